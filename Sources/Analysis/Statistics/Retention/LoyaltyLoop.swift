/// Where accounts stand on the loyalty loop: a description, not a cause (METRICS 5.1).
package struct LoyaltyLoop: Sendable, Hashable {
    /// What is known of one account.
    package struct Account: Sendable, Hashable {
        /// Answers that count for it.
        package var answers: Int
        /// Whether the latest satisfaction answer is in the top two; nil when never asked.
        package var isSatisfied: Bool?
        /// Whether the latest likelihood to recommend makes a promoter; nil when never asked.
        package var isPromoter: Bool?
        /// Whether a referral of theirs is recorded.
        package var hasReferred: Bool
        /// Renewals, or purchases without contracts.
        package var renewals: Int

        /// An account.
        package init(answers: Int, isSatisfied: Bool?, isPromoter: Bool?, hasReferred: Bool, renewals: Int) {
            self.answers = answers
            self.isSatisfied = isSatisfied
            self.isPromoter = isPromoter
            self.hasReferred = hasReferred
            self.renewals = renewals
        }
    }

    /// A stage; each account stands on every stage whose condition it meets.
    package enum Stage: String, Sendable, CaseIterable {
        /// Satisfied at last asking.
        case enjoy
        /// A promoter at last asking, or with a recorded referral.
        case advocate
        /// An advocate with two renewals or purchases.
        case bond
    }

    /// Accounts on each stage among those of which it can be said.
    package var stages: [Stage: Proportion]
    /// Accounts with fewer answers than the minimum, which have no stage.
    package var withoutStage: Int

    /// The stages of one account; nil with fewer answers than the minimum, and a stage is absent when never asked for.
    package static func stages(of account: Account, fewestAnswers: Int) -> [Stage: Bool]? {
        guard account.answers >= fewestAnswers else { return nil }
        var stages: [Stage: Bool] = [:]
        stages[.enjoy] = account.isSatisfied
        stages[.advocate] = account.hasReferred ? true : account.isPromoter
        stages[.bond] = stages[.advocate].map { $0 && account.renewals >= 2 }
        return stages
    }

    /// The stages of accounts.
    package init(_ accounts: some Sequence<Account>, fewestAnswers: Int) {
        stages = [:]
        withoutStage = 0
        for stage in Stage.allCases { stages[stage] = Proportion(0, among: 0) }
        for account in accounts {
            guard let own = Self.stages(of: account, fewestAnswers: fewestAnswers) else {
                withoutStage += 1
                continue
            }
            for (stage, isThere) in own {
                stages[stage]?.all += 1
                if isThere { stages[stage]?.count += 1 }
            }
        }
    }
}
