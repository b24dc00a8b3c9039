internal import Feedback

/// What a rule rests on, before it is put into words.
enum Citation: Sendable {
    /// A person's score, with the one before where that matters.
    case score(PersonHistory, CountedScore, before: CountedScore?)
    /// A person who is silent.
    case silent(PersonHistory)
    /// The account itself, with a sentence about it.
    case account(at: Timestamp?, text: String)
}

/// What a rule found in an account.
struct Finding: Sendable {
    /// Since when it has held, as far as the window shows.
    let since: Timestamp
    /// What it rests on, one an answer or person.
    let citations: [Citation]
    /// What would clear it.
    let remedy: Remedy
}

/// What would clear a flag, before people are named.
enum Remedy: Sendable {
    /// What each of these people must do: `Eva Holm answers 7 or more`.
    case people([(person: PersonHistory, does: String)])
    /// Words of the rule's own, behind "Clears ".
    case words(String)
}

/// What rules may know of the other accounts.
struct PortfolioContext: Sendable {
    /// What the operator chose.
    let settings: AnalysisSettings
    /// What few answers are drawn towards.
    let shrinkage: Shrinkage
    /// What the silent would say, if they are like those who spoke.
    let predictions: PredictionBook

    init(settings: AnalysisSettings, shrinkage: Shrinkage) {
        self.settings = settings
        self.shrinkage = shrinkage
        predictions = PredictionBook(prior: shrinkage.prior, level: settings.level)
    }
}

/// A reason to fear for an account: one file a rule, one line in the registry.
///
/// An implementer guarantees that it depends on the history and the context alone, that every finding cites what it
/// rests on,
/// and that doing what `clears` says makes it find nothing.
protocol ChurnRiskRule: Sendable {
    /// The rule's id, as DESIGN section 6 names it.
    static var id: String { get }
    /// The rule in a few words.
    static var title: String { get }
    /// What the rule finds in an account at its moment; nil for nothing.
    static func evaluate(_ account: AccountHistory, _ context: PortfolioContext) -> Finding?
    /// Whether the rule finds anything; the same answer sooner, where that is worth a second way.
    static func fires(_ account: AccountHistory, _ context: PortfolioContext) -> Bool
}

extension ChurnRiskRule {
    static func fires(_ account: AccountHistory, _ context: PortfolioContext) -> Bool {
        evaluate(account, context) != nil
    }
}

/// Every rule there is; a new one is one file and one line here.
package enum ChurnRiskRules {
    static let standard: [any ChurnRiskRule.Type] = [
        DecisionMakerDetractor.self,
        PersonFell.self,
        DetractorShare.self,
        ProbablyNegative.self,
        PurchaseGap.self,
    ]

    /// The ids of the rules that find something in an account.
    static func fired(_ account: AccountHistory, _ context: PortfolioContext) -> [String] {
        var fired: [String] = []
        for rule in standard where rule.fires(account, context) { fired.append(rule.id) }
        return fired
    }

    /// The ids and titles of all rules, in order, for filters.
    package static var all: [(id: String, title: String)] { standard.map { ($0.id, $0.title) } }

    /// The band that flags of these rules give (DESIGN section 6).
    static func band(_ rules: [String], hasAnswers: Bool) -> RiskBand {
        if rules.count >= 2 || rules.contains(DecisionMakerDetractor.id) { return .high }
        if rules.count == 1 { return .medium }
        return hasAnswers ? .low : .unknown
    }
}

/// Something to know about an account that does not count as risk.
protocol NoticeRule: Sendable {
    /// The rule's id, as DESIGN section 6 names it.
    static var id: String { get }
    /// The rule in a few words.
    static var title: String { get }
    /// What to know, one citation a person or fact; empty for nothing.
    static func evaluate(_ account: AccountHistory, _ context: PortfolioContext) -> [Citation]
}

/// Every notice there is; a new one is one file and one line here.
enum NoticeRules {
    static let standard: [any NoticeRule.Type] = [
        SilentDecisionMaker.self,
        RenewalNear.self,
    ]
}
