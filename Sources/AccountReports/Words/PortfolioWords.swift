package import Analysis

/// The portfolio's figures in words, the same for text and pages.
package struct PortfolioWords: Sendable {
    private let report: PortfolioReport

    /// The words for a report.
    package init(_ report: PortfolioReport) { self.report = report }

    /// Whether enough people answered for a score to say more than their answers (METRICS 1).
    package var hasScore: Bool { report.portfolio.counts.count >= 3 }

    /// The NPS per account with its interval, or the answers themselves below three.
    package var score: String {
        let portfolio = report.portfolio
        guard let value = portfolio.perAccount else { return "nobody answered" }
        if !hasScore {
            let (promoters, detractors) = (portfolio.counts.promoters, portfolio.counts.detractors)
            let passives = portfolio.counts.count - promoters - detractors
            let said = [(promoters, "promoter"), (passives, "passive"), (detractors, "detractor")]
            return said.filter { $0.0 > 0 }.map { NumberWords.count($0.0, $0.1) }.joined(separator: ", ")
                + ": too few for a score"
        }
        var text = NumberWords.points(value)
        if let interval = portfolio.perAccountInterval {
            text +=
                " (\(NumberWords.level(report.settings.level)) \(NumberWords.points(interval.low)) to \(NumberWords.points(interval.high)))"
        }
        return text
            + ", \(NumberWords.count(portfolio.accountsHeard, "account")), \(NumberWords.count(portfolio.counts.count, "person", "people"))"
    }

    /// Who was heard.
    package var heard: String {
        let portfolio = report.portfolio
        var parts: [String] = []
        if let share = portfolio.valueHeard { parts.append("\(NumberWords.percent(share)) of annual value") }
        parts.append(
            "\(NumberWords.whole(portfolio.accountsHeard)) of \(NumberWords.count(portfolio.accounts, "account"))")
        parts.append(
            "\(NumberWords.whole(portfolio.decisionMakersHeard)) of \(NumberWords.count(portfolio.decisionMakers, "decision maker"))"
        )
        return parts.joined(separator: ", ")
    }

    /// What changed since the earlier report.
    package var changes: String {
        let newHigh = report.accounts.filter { $0.risk == .high && $0.earlierRisk != .high }.count
        let noLonger = report.accounts.filter { $0.risk != .high && $0.earlierRisk == .high }.count
        let new = report.accounts.reduce(0) { $0 + $1.flags.filter(\.isNew).count }
        let cleared = report.accounts.reduce(0) { $0 + $1.cleared.count }
        return "\(NumberWords.whole(newHigh)) new at high risk, \(NumberWords.whole(noLonger)) no longer; "
            + "\(NumberWords.count(new, "new flag")), \(NumberWords.whole(cleared)) cleared"
    }

    /// Annual value of a band by currency, such as `€ 185,700`; a dash for none.
    package func value(_ band: RiskBand) -> String {
        let values = report.portfolio.values.filter { $0.risk == band }.map {
            NumberWords.money($0.annualValue, $0.currency)
        }
        return values.isEmpty ? NumberWords.undefined : values.joined(separator: " + ")
    }
}
