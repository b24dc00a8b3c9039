internal import Feedback

/// What the portfolio's figures need beyond the accounts' analyses.
struct PortfolioTally: Sendable {
    private(set) var decisionMakers = 0
    private(set) var decisionMakersHeard = 0

    mutating func add(_ account: AccountHistory) {
        for person in account.people where person.role == .decisionMaker {
            decisionMakers += 1
            if !person.scores.isEmpty || person.answeredInConfidence { decisionMakersHeard += 1 }
        }
    }

    mutating func merge(_ other: PortfolioTally) {
        decisionMakers += other.decisionMakers
        decisionMakersHeard += other.decisionMakersHeard
    }
}

extension PortfolioSummary {
    /// The figures of accounts in byte order of their ids.
    init(_ accounts: [AccountAnalysis], _ tally: PortfolioTally, _ context: PortfolioContext) {
        struct Group: Hashable {
            let risk: RiskBand
            let currency: String?
        }
        var values: [Group: Value] = [:]
        var byRisk: [RiskBand: Int] = [:]
        for account in accounts {
            byRisk[account.risk, default: 0] += 1
            guard let value = account.annualValue else { continue }
            let group = Group(risk: account.risk, currency: account.currency)
            var sum = values[group] ?? Value(risk: account.risk, currency: account.currency, accounts: 0, annualValue: 0)
            sum.accounts += 1
            sum.annualValue += value.value
            values[group] = sum
        }
        let heard = accounts.filter { $0.nps.counts.count > 0 }
        let perAccount = PortfolioScore(
            heard.map { PortfolioScore.Account(counts: $0.nps.counts) }, rule: .account, level: context.settings.level)
        self.init(
            accounts: accounts.count, byRisk: byRisk,
            values: values.values.sorted { ($0.risk, $0.currency ?? "") < ($1.risk, $1.currency ?? "") },
            counts: accounts.reduce(PromoterCounts()) { $0 + $1.nps.counts }, perAccount: perAccount?.value,
            perAccountInterval: perAccount?.interval,
            accountsHeard: heard.count, decisionMakers: tally.decisionMakers,
            decisionMakersHeard: tally.decisionMakersHeard, valueHeard: Self.valueHeard(accounts, heard),
            shrinkage: context.shrinkage)
    }

    /// Only where one currency stands for all: totals of different currencies are never added.
    private static func valueHeard(_ accounts: [AccountAnalysis], _ heard: [AccountAnalysis]) -> Double? {
        let valued = accounts.filter { $0.annualValue != nil }
        guard let currency = valued.first?.currency, valued.allSatisfy({ $0.currency == currency }) else { return nil }
        let all = valued.reduce(0) { $0 + ($1.annualValue?.value ?? 0) }
        return all > 0 ? heard.reduce(0) { $0 + ($1.annualValue?.value ?? 0) } / all : nil
    }
}
