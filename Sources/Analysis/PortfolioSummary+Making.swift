internal import Feedback

extension PortfolioSummary {
    /// The figures of accounts in byte order of their ids.
    init(_ accounts: [PortfolioAnalysis.Outline], _ people: People, _ context: PortfolioContext) {
        struct Group: Hashable {
            let risk: RiskBand
            let currency: String?
        }
        var values: [Group: Value] = [:]
        var byRisk: [RiskBand: Int] = [:]
        var all = 0.0
        var heardValue = 0.0
        var currencies: Set<String?> = []
        for account in accounts {
            byRisk[account.risk, default: 0] += 1
            guard let value = people.accounts[account.number]?.annualValue?.value else { continue }
            let group = Group(risk: account.risk, currency: people.accounts[account.number]?.currency)
            currencies.insert(group.currency)
            var sum = values[group] ?? Value(risk: account.risk, currency: group.currency, accounts: 0, annualValue: 0)
            sum.accounts += 1
            sum.annualValue += value
            values[group] = sum
            all += value
            if account.counts.count > 0 { heardValue += value }
        }
        let heard = accounts.filter { $0.counts.count > 0 }
        let perAccount = PortfolioScore(
            heard.map { PortfolioScore.Account(counts: $0.counts) }, rule: .account, level: context.settings.level)
        self.init(
            accounts: accounts.count, byRisk: byRisk,
            values: values.values.sorted { ($0.risk, $0.currency ?? "") < ($1.risk, $1.currency ?? "") },
            counts: accounts.reduce(PromoterCounts()) { $0 + $1.counts }, perAccount: perAccount?.value,
            perAccountInterval: perAccount?.interval, accountsHeard: heard.count,
            decisionMakers: accounts.reduce(0) { $0 + $1.decisionMakers },
            decisionMakersHeard: accounts.reduce(0) { $0 + $1.decisionMakersHeard },
            // Only where one currency stands for all: totals of different currencies are never added.
            valueHeard: currencies.count == 1 && currencies.first != .some(nil) && all > 0 ? heardValue / all : nil,
            shrinkage: context.shrinkage)
    }
}
