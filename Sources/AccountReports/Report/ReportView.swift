internal import Analysis
internal import Feedback
internal import Markup

/// The report's heading, tiles and table, the same on the workspace's page and in the file.
struct ReportView {
    let report: PortfolioReport
    /// Leads to an account's own page, where there is one.
    let link: ((AccountID) -> String)?

    func heading(_ html: inout HTMLWriter) {
        html.element("h1", text: "Accounts at risk")
        html.element(
            "p", ["class": "sub"],
            text: "As of \(NumberWords.moment(report.asOf)) · highest risk first, then annual value")
    }

    func tiles(_ html: inout HTMLWriter) {
        let words = PortfolioWords(report)
        let risk = report.portfolio.byRisk
        html.element("ul", ["class": "tiles", "aria-label": "Summary"]) { html in
            tile(
                "Value at risk", words.value(.high),
                NumberWords.count(risk[.high] ?? 0, "account") + " at high risk"
                    + (risk[.medium] == nil || risk[.medium] == 0 ? "" : " · \(words.value(.medium)) more at medium"),
                &html)
            let score = words.hasScore ? report.portfolio.perAccount : nil
            tile("Portfolio NPS, per account", NumberWords.points(score), words.score, &html)
            tile(
                "Heard from",
                report.portfolio.valueHeard.map { NumberWords.percent($0) + " of value" }
                    ?? "\(NumberWords.whole(report.portfolio.accountsHeard)) of \(NumberWords.whole(report.portfolio.accounts))",
                words.heard, &html)
            let newHigh = report.accounts.filter { $0.risk == .high && $0.earlierRisk != .high }.count
            tile(
                "Since \(report.comparedWith.date.words)", "\(NumberWords.whole(newHigh)) new high", words.changes,
                &html)
        }
    }

    private func tile(_ name: String, _ figure: String, _ text: String, _ html: inout HTMLWriter) {
        html.element("li", ["class": "tile"]) { html in
            html.element("h2", text: name)
            html.element("p", text: figure)
            html.element("small", text: text)
        }
    }

    func table(_ accounts: [AccountAnalysis], _ html: inout HTMLWriter) {
        html.element("div", ["class": "wrap"]) { html in
            html.element("table", ["class": "cards"]) { html in
                html.element("thead") { html in
                    html.element("tr") { html in
                        for name in ["Account", "Risk", "Why", "NPS, \(NumberWords.level(report.settings.level))"] {
                            html.element("th", ["scope": "col"], text: name)
                        }
                        for name in ["Voices", "Renewal", "Value a year"] {
                            html.element("th", ["scope": "col", "class": "n"], text: name)
                        }
                    }
                }
                html.element("tbody") { html in for account in accounts { row(account, &html) } }
            }
        }
    }

    private func row(_ account: AccountAnalysis, _ html: inout HTMLWriter) {
        let words = AccountWords(account, settings: report.settings, asOf: report.asOf.date)
        html.element("tr") { html in
            html.element("th", ["scope": "row"]) { html in
                if let link {
                    html.element("a", ["href": link(account.id), "dir": "auto"], text: words.name)
                } else {
                    html.element("bdi", text: words.name)
                }
                if !words.keeper.isEmpty { html.element("small", ["dir": "auto"], text: words.keeper) }
            }
            html.element("td", ["data-label": "Risk"]) { html in
                html.element("span", ["class": "badge " + words.riskClass], text: words.risk)
                if !words.changes.isEmpty { html.element("small", text: words.changes) }
            }
            html.element("td", ["class": "why", "data-label": "Why"]) { html in why(words, &html) }
            html.element("td", ["data-label": "NPS"]) { html in
                if let value = account.nps.value, let interval = account.nps.interval, account.nps.counts.count >= 3 {
                    Charts.score(value, interval, level: report.settings.level, &html)
                }
                html.element("small", text: words.score)
            }
            html.element("td", ["class": "n", "data-label": "Voices"]) { html in
                html.text(words.voices)
                if account.withheld > 0 { html.element("small", text: "\(account.withheld) withheld") }
            }
            html.element("td", ["class": "n", "data-label": "Renewal"], text: words.renewal)
            html.element("td", ["class": "n", "data-label": "Value a year"], text: words.value)
        }
    }

    private func why(_ words: AccountWords, _ html: inout HTMLWriter) {
        if words.reasons.isEmpty, words.notices.isEmpty {
            html.text(words.riskClass == RiskBand.unknown.rawValue ? "Nobody has spoken yet" : "Nothing stands out")
            return
        }
        html.element("ul") { html in
            // What a person said often raises several flags: each is named, their words are shown once.
            var told: Set<String> = []
            for reason in words.reasons {
                html.element("li") { html in
                    html.element("b", text: reason.title)
                    if told.insert(reason.text).inserted {
                        html.open("br")
                        html.element("span", ["dir": "ltr"], text: reason.text)
                    }
                    if let quote = reason.quote, told.insert(quote).inserted {
                        Self.quote(quote, reason.language, &html)
                    }
                }
            }
            for notice in words.notices {
                html.element("li") { html in html.element("small", ["dir": "ltr"], text: notice) }
            }
        }
    }

    /// A customer's own words, in their own language and direction.
    static func quote(_ text: String, _ language: LanguageTag?, _ html: inout HTMLWriter) {
        html.element("q", ["lang": language?.rawValue, "dir": "auto"], text: text)
    }

    func method(_ html: inout HTMLWriter) {
        html.element(
            "p", ["class": "note"],
            text:
                "Risk is the number and weight of flags, not a probability. NPS: the latest answer of each person in the "
                + "\(report.settings.windowDays) days before, Tango's score interval at \(NumberWords.level(report.settings.level))."
        )
        for own in report.breaks { html.element("p", ["class": "note"], text: own.sentence) }
        if report.unreadableCount > 0 {
            html.element(
                "p", ["class": "note"],
                text: "\(NumberWords.count(report.unreadableCount, "line")) could not be read and count nowhere.")
        }
    }
}
