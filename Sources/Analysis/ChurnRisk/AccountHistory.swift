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
    let scores: ArraySlice<CountedScore>
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
    var asOf: Timestamp
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
        var reading = AccountReading(histories, number, then: then)
        histories.forEachMember(of: number) { reading.add($0) }
        let count = reading.count
        let people = reading.people
        let shown = count.confidential(minimum: minimumGroup)
        return AccountHistory(
            number: number, renewal: histories.people.accounts[number]?.renewal,
            asOf: then ? window.earlier : window.asOf, people: people, counts: count.counts(minimum: minimumGroup),
            confidential: shown ?? PromoterCounts(), withheld: count.withheld(minimum: minimumGroup),
            contacts: people.count + (shown == nil ? 0 : count.strangers), touchpoints: reading.touchpoints,
            purchases: purchases[number] ?? [])
    }

    /// The account at the earlier report's moment, given how it stands now; for most nothing but the date differs.
    func earlier(_ now: AccountHistory) -> AccountHistory {
        if histories.differs(now.number) { return account(now.number, then: true) }
        var then = now
        then.asOf = window.earlier
        return then
    }
}

/// Gathers one account's people and scores; the scores of all people lie in one run, so that each costs no memory of
/// its own.
private struct AccountReading {
    private struct Person {
        let member: UInt32
        let isNamed: Bool
        let role: ContactRole?
        let isListed: Bool
        let scores: Range<Int>
        let answeredInConfidence: Bool
    }

    private let histories: Histories
    private let number: Int
    private let isThen: Bool
    private var persons: [Person] = []
    private var unnamed: [Person] = []
    private var scores: [CountedScore] = []
    private(set) var count = VoiceCount()
    private(set) var touchpoints: [String: PromoterCounts] = [:]

    init(_ histories: Histories, _ number: Int, then: Bool) {
        self.histories = histories
        self.number = number
        isThen = then
        let members = histories.memberCount(of: number)
        persons.reserveCapacity(members)
        scores.reserveCapacity(members * 6)
    }

    /// Listed or answering, by contact id; answers that name nobody stand last, one each.
    var people: [PersonHistory] {
        let scores = scores
        func history(_ person: Person) -> PersonHistory {
            PersonHistory(
                member: person.member, isNamed: person.isNamed, role: person.role, isListed: person.isListed,
                scores: scores[person.scores], answeredInConfidence: person.answeredInConfidence)
        }
        var people: [PersonHistory] = []
        people.reserveCapacity(persons.count + unnamed.count)
        for person in persons { people.append(history(person)) }
        for person in unnamed { people.append(history(person)) }
        return people
    }

    /// Takes in one member.
    mutating func add(_ member: UInt32) {
        let first = scores.count
        var hidden: [Int] = []
        var saidRole: ContactRole?
        var voice: Int?
        histories.forEachScore(of: member, then: isThen) { score in
            saidRole = score.moment.role ?? saidRole
            guard score.isNamed else {
                if score.isVoice { hidden.append(score.score) }
                return
            }
            scores.append(score)
            if score.isVoice { voice = score.score }
            if score.isTouchpoint {
                touchpoints[histories.touchpoint(of: score), default: PromoterCounts()].add(score: score.score)
            }
        }
        guard histories.isNamed(member) else {
            // Nobody is named, so every answer is a voice of its own.
            for place in first..<scores.count {
                let score = scores[place]
                count.add(named: score.isVoice ? score.score : nil, hidden: nil, isKnown: true)
                unnamed.append(
                    Person(
                        member: member, isNamed: false, role: score.moment.role, isListed: false,
                        scores: place..<(place + 1), answeredInConfidence: false))
            }
            for score in hidden { count.add(named: nil, hidden: score, isKnown: false) }
            return
        }
        let standing = histories.standing(of: member, in: number, then: isThen)
        let isKnown = standing.isListed || scores.count > first
        count.add(named: voice, hidden: hidden.last, isKnown: isKnown)
        guard isKnown else { return }
        persons.append(
            Person(
                member: member, isNamed: true, role: standing.hasRecord ? standing.role : saidRole,
                isListed: standing.isListed, scores: first..<scores.count, answeredInConfidence: !hidden.isEmpty))
    }
}
