package import Analysis
internal import Feedback
internal import Markup

/// Which accounts the CSM wants to see: the query of `/accounts`.
package struct AccountFilter: Sendable, Equatable {
    /// Words that the account's name, id or evidence must hold.
    package var search = ""
    /// The manager, or empty for everyone.
    package var manager = ""
    /// The tier, or empty for all.
    package var tier = ""
    /// The rule of a flag, or empty for any.
    package var flag = ""

    /// All accounts, unless said.
    package init(search: String = "", manager: String = "", tier: String = "", flag: String = "") {
        self.search = search
        self.manager = manager
        self.tier = tier
        self.flag = flag
    }

    /// The filter of a query; names it does not know are ignored.
    package init(_ query: (String) -> String?) {
        self.init(
            search: query("q") ?? "", manager: query("manager") ?? "", tier: query("tier") ?? "",
            flag: query("flag") ?? "")
    }

    /// Whether an account is wanted.
    package func takes(_ account: AccountAnalysis) -> Bool {
        if !manager.isEmpty, account.manager != manager { return false }
        if !tier.isEmpty, account.tier != tier { return false }
        if !flag.isEmpty, !account.flags.contains(where: { $0.rule == flag }) { return false }
        let words = search.lowercased().split(whereSeparator: \.isWhitespace)
        if words.isEmpty { return true }
        var text = "\(account.id) \(account.name ?? "")"
        for evidence in account.flags.flatMap(\.evidence) + account.notices.flatMap(\.evidence) {
            text += " \(evidence.text) \(evidence.quote ?? "")"
        }
        let lower = text.lowercased()
        return words.allSatisfy { lower.contains($0) }
    }
}

/// The report as the workspace's first page.
package struct AccountsPage: Sendable {
    /// The most accounts of one page; more are reached by the filter.
    package static let mostRows = 200

    private let frame: Workspace
    private let report: PortfolioReport
    private let filter: AccountFilter

    /// The page for a report, with the accounts that a filter takes.
    package init(_ frame: Workspace, _ report: PortfolioReport, filter: AccountFilter = AccountFilter()) {
        self.frame = frame
        self.report = report
        self.filter = filter
    }

    /// The page as HTML; its filter is sent by GET as `q`, `manager`, `tier` and `flag`.
    package func render() -> [UInt8] {
        let view = ReportView(report: report) { frame.path(of: $0) }
        let wanted = report.accounts.filter(filter.takes)
        return frame.page(title: "Accounts at risk", section: .accounts) { html in
            view.heading(&html)
            if report.accounts.isEmpty {
                html.element(
                    "p", ["class": "card"],
                    text: "There are no accounts yet. Whoever runs heed imports them: heed import accounts FILE")
                return
            }
            view.tiles(&html)
            form(&html)
            if wanted.isEmpty {
                html.element("p", ["class": "card"]) { html in
                    html.text("No account fits. ")
                    html.element("a", ["href": frame.prefix + "/accounts"], text: "Show all")
                }
            } else {
                view.table(Array(wanted.prefix(Self.mostRows)), &html)
            }
            if wanted.count > Self.mostRows {
                html.element(
                    "p", ["class": "note"],
                    text:
                        "The first \(Self.mostRows) of \(NumberWords.count(wanted.count, "account")). Narrow the choice above to see others."
                )
            }
            view.method(&html)
        }
    }

    private func form(_ html: inout HTMLWriter) {
        html.element(
            "form", ["class": "filter", "method": "get", "action": frame.prefix + "/accounts", "role": "search"]
        ) { html in
            html.element("label") { html in
                html.text("Account or words")
                html.open(
                    "input", ["type": "search", "name": "q", "value": filter.search.isEmpty ? nil : filter.search])
            }
            let managers = Set(report.accounts.compactMap(\.manager)).sorted()
            menu("Manager", "manager", "Everyone", managers.map { ($0, $0) }, filter.manager, &html)
            let tiers = Set(report.accounts.compactMap(\.tier)).sorted()
            menu("Tier", "tier", "All tiers", tiers.map { ($0, $0) }, filter.tier, &html)
            menu("Flag", "flag", "Any flag or none", ChurnRiskRules.all.map { ($0.id, $0.title) }, filter.flag, &html)
            html.element("button", text: "Show")
        }
    }

    private func menu(
        _ label: String, _ name: String, _ all: String, _ options: [(value: String, words: String)], _ chosen: String,
        _ html: inout HTMLWriter
    ) {
        html.element("label") { html in
            html.text(label)
            html.element("select", ["name": name]) { html in
                html.element("option", ["value": "", "selected": chosen.isEmpty ? "" : nil], text: all)
                for option in options {
                    html.element(
                        "option", ["value": option.value, "selected": option.value == chosen ? "" : nil],
                        text: option.words)
                }
            }
        }
    }
}
