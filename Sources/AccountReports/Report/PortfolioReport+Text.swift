package import Analysis
internal import Feedback
internal import Markup

/// Writes the report for a terminal: what matters first, lined up in the columns there are.
package enum ReportText {
    /// The whole report in a number of columns, 60 at least.
    ///
    /// Of a part, such as one account, every account is shown, also those with nothing to say.
    package static func text(_ report: PortfolioReport, columns: Int, isPart: Bool = false) -> String {
        let width = max(60, columns)
        var lines = heading(report, width)
        let shown = report.accounts.filter {
            isPart || $0.risk != .low || !$0.notices.isEmpty || !$0.cleared.isEmpty
        }
        for account in shown {
            lines.append("")
            lines += self.account(account, report, width)
        }
        let quiet = report.accounts.count - shown.count
        if quiet > 0 {
            lines.append("")
            lines += DisplayWidth.wrap(
                "\(NumberWords.count(quiet, "account")) at low risk with nothing to say: heed report --account ID shows one.",
                width)
        }
        if report.accounts.isEmpty {
            lines += ["", "There are no accounts yet. Import them: heed import accounts FILE"]
        }
        lines.append("")
        lines += footing(report, width)
        return lines.map { String($0.trimmedEnd) }.joined(separator: "\n") + "\n"
    }

    private static func heading(_ report: PortfolioReport, _ width: Int) -> [String] {
        let portfolio = report.portfolio
        var lines = ["Accounts at risk, as of \(NumberWords.moment(report.asOf))", ""]
        func line(_ label: String, _ text: String) {
            let wrapped = DisplayWidth.wrap(text, width - 20)
            for (index, part) in wrapped.enumerated() {
                lines.append(DisplayWidth.fit(index == 0 ? label : "", 20) + part)
            }
        }
        line(
            "Accounts",
            RiskBand.allCases.map { "\(NumberWords.whole(portfolio.byRisk[$0] ?? 0)) \(shortRisk($0))" }.joined(
                separator: ", "))
        for value in portfolio.values where value.risk == .high {
            line("Value at high risk", "\(NumberWords.money(value.annualValue, value.currency)) a year")
        }
        line("NPS per account", PortfolioWords(report).score)
        line("Heard from", PortfolioWords(report).heard)
        line("Since \(report.comparedWith.date.words)", PortfolioWords(report).changes)
        return lines
    }

    private static func shortRisk(_ band: RiskBand) -> String { band == .unknown ? "unknown" : band.rawValue }

    private static func account(_ account: AccountAnalysis, _ report: PortfolioReport, _ width: Int) -> [String] {
        let words = AccountWords(account, settings: report.settings, asOf: report.asOf.date)
        let tail = [words.keeper, words.value == NumberWords.undefined ? "" : words.value + " a year"].filter {
            !$0.isEmpty
        }
        .joined(separator: " · ")
        let label = shortRisk(account.risk).uppercased()
        let room = max(20, width - 9)
        let name = Escaping.visible(words.name)
        let nameWidth = min(DisplayWidth.of(name), max(16, room - DisplayWidth.of(tail) - 2))
        var lines = [
            DisplayWidth.fit(label, 9) + DisplayWidth.fit(name, nameWidth)
                + DisplayWidth.fit(Escaping.visible(tail), room - nameWidth, alignEnd: true)
        ]
        func add(_ text: String, mark: String) {
            let wrapped = DisplayWidth.wrap(Escaping.visible(text), room - 2)
            for (index, part) in wrapped.enumerated() {
                lines.append(String(repeating: " ", count: 9) + (index == 0 ? mark : " ") + " " + part)
            }
        }
        var facts = ["NPS \(words.score)", "\(words.voices) answered"]
        if account.withheld > 0 { facts.append("\(account.withheld) confidential, too few to show") }
        if words.renewal != NumberWords.undefined { facts.append("renewal \(words.renewal)") }
        if !words.changes.isEmpty { facts.append(words.changes) }
        add(facts.joined(separator: " · "), mark: " ")
        // One comment often raises several flags: it is shown once.
        var quoted: Set<String> = []
        for (flag, reason) in zip(account.flags, words.reasons) {
            add("\(reason.title)\(flag.isNew ? " (new)" : ""). \(reason.text)", mark: "!")
            if let quote = reason.quote, quoted.insert(quote).inserted { add("“\(quote.folded)”", mark: " ") }
            add(flag.clears, mark: ">")
        }
        for notice in words.notices { add(notice, mark: "i") }
        return lines
    }

    private static func footing(_ report: PortfolioReport, _ width: Int) -> [String] {
        var sentences = [
            "Risk is the number and weight of flags, not a probability. Intervals: \(NumberWords.level(report.settings.level)), "
                + "Tango's score interval; answers of the \(report.settings.windowDays) days before."
        ]
        if report.unreadableCount > 0 {
            sentences.append(
                "\(NumberWords.count(report.unreadableCount, "line")) could not be read and count nowhere.")
        }
        if case .pooled = report.portfolio.shrinkage {
            sentences.append(
                "The accounts' scores differ no more than chance would have them: what is said of silent people rests on all answers together."
            )
        }
        for own in report.breaks { sentences.append(own.sentence) }
        for (name, count) in report.unknownVersions.sorted(by: { $0.key < $1.key }) {
            sentences.append(
                "\(NumberWords.count(count, "response")) to \(name) count nowhere: no such version was published here.")
        }
        return sentences.flatMap { DisplayWidth.wrap($0, width) }
    }
}

extension String {
    /// Without spaces at the end.
    var trimmedEnd: Substring {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return text
    }

    /// On one line: runs of white space become one space.
    var folded: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
