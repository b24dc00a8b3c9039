internal import Feedback

/// More than a third of at least three voices of the account are detractors.
enum DetractorShare: ChurnRiskRule {
    static let id = "detractor-share"
    static let title = "More than a third are detractors"

    /// The fewest voices that make a share.
    static let leastVoices = 3

    static func fires(_ account: AccountHistory, _ context: PortfolioContext) -> Bool { isMet(account.counts) }

    static func evaluate(_ account: AccountHistory, _ context: PortfolioContext) -> Finding? {
        let counts = account.counts
        guard isMet(counts) else { return nil }
        let detractors = account.voices.filter { $0.score.isDetractor }
        var citations = detractors.map { Citation.score(account.people[$0.person], $0.score, before: nil) }
        if account.confidential.detractors > 0 {
            let (some, all) = (account.confidential.detractors, account.confidential.count)
            citations.append(.account(at: nil, text: "\(some) of \(all) confidential answers are detractors."))
        }
        // Enough of the detractors must answer 7 or more for the share to be a third or less.
        let needed = counts.detractors - counts.count / 3
        let people =
            needed == 1
            ? "1 of its \(counts.detractors) detractors answers"
            : "\(needed) of its \(counts.detractors) detractors answer"
        return Finding(since: since(account), citations: citations, remedy: .words("when \(people) 7 or more."))
    }

    static func isMet(_ counts: PromoterCounts) -> Bool {
        counts.count >= leastVoices && counts.detractors * 3 > counts.count
    }

    /// When the share last rose above a third, over the answers that speak now.
    private static func since(_ account: AccountHistory) -> Timestamp {
        var answers: [(person: Int, score: CountedScore)] = []
        for (index, person) in account.people.enumerated() {
            for score in person.scores where score.isVoice { answers.append((index, score)) }
        }
        answers.sort { $0.score.moment.milliseconds < $1.score.moment.milliseconds }
        var latest = [Int?](repeating: nil, count: account.people.count)
        var counts = account.confidential
        var since: Timestamp?
        for (person, answer) in answers {
            if let before = latest[person] { counts.remove(score: before) }
            counts.add(score: answer.score)
            latest[person] = answer.score
            if isMet(counts) { since = since ?? answer.at } else { since = nil }
        }
        return since ?? account.asOf
    }
}

extension PromoterCounts {
    /// Takes one score away again.
    mutating func remove(score: Int) {
        switch PromoterBand(score: score) {
        case .detractor: detractors -= 1
        case .passive: passives -= 1
        case .promoter: promoters -= 1
        case nil: break
        }
    }
}
