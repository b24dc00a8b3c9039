internal import Feedback

/// One person of an account at a moment.
struct PersonHistory: Sendable {
    /// The member's number.
    let member: UInt32
    /// Whether the answers name somebody.
    let isNamed: Bool
    /// The role at that moment, if known.
    let role: ContactRole?
    /// Whether the contacts list them under this account.
    let isListed: Bool
    /// Every score of the window that may be told with their name, by moment.
    let scores: [CountedScore]
    /// Whether they answered a survey whose answers are not told with names.
    let answeredInConfidence: Bool

    /// The latest score that counts in the account's NPS.
    var voice: CountedScore? { scores.last { $0.isVoice } }
}

/// One account at a moment: all that the rules of DESIGN section 6 read.
struct AccountHistory: Sendable {
    /// The account's number.
    let number: Int
    /// When the next renewal is due, if known.
    let renewal: LocalDate?
    /// The moment.
    let asOf: Timestamp
    /// Listed or answering, by contact id; answers that name nobody stand last, one each.
    let people: [PersonHistory]
    /// The account's NPS in bands.
    let counts: PromoterCounts
    /// The bands of confidential answers, where there are enough of them to show.
    let confidential: PromoterCounts
    /// Confidential answers that are too few to show.
    let withheld: Int
    /// People listed or answering.
    let contacts: Int
    /// Transactional scores by touchpoint.
    let touchpoints: [String: PromoterCounts]
    /// Purchases, by moment.
    let purchases: [Timestamp]

    /// The latest score of every person that counts in the account's NPS.
    var voices: [(person: Int, score: CountedScore)] {
        people.indices.compactMap { index in people[index].voice.map { (index, $0) } }
    }
}

/// Whose answer counts how in an account's NPS; small groups of confidential answers are kept apart.
struct VoiceCount: Sendable {
    private var named = PromoterCounts()
    private var hidden = PromoterCounts()
    /// People known by confidential answers alone.
    private(set) var strangers = 0

    /// Somebody's latest named score, and their latest in confidence; who also spoke under a name counts by that.
    mutating func add(named score: Int?, hidden confidential: Int?, isKnown: Bool) {
        if let score {
            named.add(score: score)
        } else if let confidential {
            hidden.add(score: confidential)
            if !isKnown { strangers += 1 }
        }
    }

    /// Confidential answers, if they are enough and not all alike, which would tell everybody's.
    func confidential(minimum: Int) -> PromoterCounts? {
        let most = max(hidden.detractors, hidden.passives, hidden.promoters)
        return hidden.count >= minimum && most < hidden.count ? hidden : nil
    }

    /// Everything that may be shown.
    func counts(minimum: Int) -> PromoterCounts { named + (confidential(minimum: minimum) ?? PromoterCounts()) }

    /// Confidential answers that may not be shown.
    func withheld(minimum: Int) -> Int { confidential(minimum: minimum) == nil ? hidden.count : 0 }
}

/// Makes account histories out of members' scores.
struct AccountHistories: Sendable {
    let histories: Histories
    let window: ReportWindow
    let minimumGroup: Int
    /// Purchases by account number, by moment.
    let purchases: [Int: [Timestamp]]

    /// The account's NPS in bands at the report's moment, and nothing else.
    func counts(_ number: Int) -> PromoterCounts {
        var count = VoiceCount()
        histories.forEachMember(of: number) { member in
            let isNamed = histories.isNamed(member)
            var voice: Int?
            var hidden: Int?
            histories.forEachScore(of: member, then: false) { counted in
                guard counted.isVoice else { return }
                if counted.isNamed { voice = counted.score } else { hidden = counted.score }
                if isNamed { return }
                count.add(named: voice, hidden: hidden, isKnown: true)
                (voice, hidden) = (nil, nil)
            }
            count.add(named: voice, hidden: hidden, isKnown: true)
        }
        return count.counts(minimum: minimumGroup)
    }

    /// One account at the report's moment, or at the earlier report's.
    func account(_ number: Int, then: Bool) -> AccountHistory {
        var persons: [PersonHistory] = []
        persons.reserveCapacity(histories.memberCount(of: number))
        var unnamed: [PersonHistory] = []
        var count = VoiceCount()
        var touchpoints: [String: PromoterCounts] = [:]
        histories.forEachMember(of: number) { member in
            read(member, number, then, &persons, &unnamed, &count, &touchpoints)
        }
        persons += unnamed
        let shown = count.confidential(minimum: minimumGroup)
        return AccountHistory(
            number: number, renewal: histories.people.accounts[number]?.renewal,
            asOf: then ? window.earlier : window.asOf, people: persons, counts: count.counts(minimum: minimumGroup),
            confidential: shown ?? PromoterCounts(), withheld: count.withheld(minimum: minimumGroup),
            contacts: persons.count + (shown == nil ? 0 : count.strangers), touchpoints: touchpoints,
            purchases: purchases[number] ?? [])
    }

    private func read(
        _ member: UInt32, _ number: Int, _ then: Bool, _ persons: inout [PersonHistory],
        _ unnamed: inout [PersonHistory], _ count: inout VoiceCount, _ touchpoints: inout [String: PromoterCounts]
    ) {
        var scores: [CountedScore] = []
        var hidden: [Int] = []
        var saidRole: ContactRole?
        histories.forEachScore(of: member, then: then) { score in
            saidRole = score.moment.role ?? saidRole
            guard score.isNamed else {
                if score.isVoice { hidden.append(score.score) }
                return
            }
            scores.append(score)
            if score.isTouchpoint {
                touchpoints[histories.touchpoint(of: score), default: PromoterCounts()].add(score: score.score)
            }
        }
        guard histories.isNamed(member) else {
            // Nobody is named, so every answer is a voice of its own.
            for score in scores {
                count.add(named: score.isVoice ? score.score : nil, hidden: nil, isKnown: true)
                unnamed.append(
                    PersonHistory(
                        member: member, isNamed: false, role: score.moment.role, isListed: false, scores: [score],
                        answeredInConfidence: false))
            }
            for score in hidden { count.add(named: nil, hidden: score, isKnown: false) }
            return
        }
        let standing = histories.standing(of: member, in: number, then: then)
        let isKnown = standing.isListed || !scores.isEmpty
        let person = PersonHistory(
            member: member, isNamed: true, role: standing.hasRecord ? standing.role : saidRole,
            isListed: standing.isListed,
            scores: scores, answeredInConfidence: !hidden.isEmpty)
        count.add(named: person.voice?.score, hidden: hidden.last, isKnown: isKnown)
        if isKnown { persons.append(person) }
    }
}
