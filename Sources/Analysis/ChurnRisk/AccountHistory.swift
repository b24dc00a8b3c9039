internal import Feedback

/// One score with what rules need to know of it.
struct GivenScore: Sendable {
    /// The score with its moment.
    let moment: ScoreMoment
    /// The question, the same for every version and wave.
    let group: Int32
    /// Whether it counts in the account's NPS.
    let isHeadline: Bool
    /// The part its line stands in.
    let part: UInt32
    /// The line's place in that part.
    let offset: UInt32

    /// When it was sent.
    var at: Timestamp { Timestamp(milliseconds: moment.milliseconds) }
    /// 0 to 10.
    var score: Int { moment.score }
    /// Whether it is 6 or less.
    var isDetractor: Bool { PromoterBand(score: score) == .detractor }
}

/// One person of an account at a moment.
struct PersonHistory: Sendable {
    private let histories: Histories
    private let member: Member
    /// The role at that moment, if known.
    let role: ContactRole?
    /// Whether the contacts list them under this account.
    let isListed: Bool
    /// Every score of the window that may be told with their name, by moment.
    let scores: [GivenScore]
    /// Whether they answered a survey whose answers are not told with names.
    let answeredInConfidence: Bool

    init(
        _ histories: Histories, _ member: Member, role: ContactRole?, isListed: Bool, scores: [GivenScore],
        answeredInConfidence: Bool
    ) {
        self.histories = histories
        self.member = member
        self.role = role
        self.isListed = isListed
        self.scores = scores
        self.answeredInConfidence = answeredInConfidence
    }

    /// Whether the answers name somebody.
    var isNamed: Bool { member.isNamed }
    /// The contact's id; nil for answers that name nobody.
    var id: String? { member.isNamed ? histories.id(of: member) : nil }
    /// The name, if known.
    var name: String? { member.contact.flatMap { histories.people.name(ofContact: $0) } }
    /// The latest score that counts in the account's NPS.
    var voice: GivenScore? { scores.last { $0.isHeadline } }

    /// When the contacts' record of them was written, if it says.
    var known: Timestamp? {
        guard let contact = member.contact, case let recorded = histories.people.contacts[contact].recorded, recorded != .min
        else { return nil }
        return Timestamp(milliseconds: recorded)
    }

    /// The person in words, without the role.
    var shortWords: String { name ?? id ?? "Somebody unnamed" }

    /// The person in words.
    var words: String { role.map { "\(shortWords) (\($0.words))" } ?? shortWords }
}

/// One account at a moment: all that the rules of DESIGN section 6 read.
struct AccountHistory: Sendable {
    /// The account's number.
    let number: Int
    /// The account's id.
    let id: String
    /// The account's record, if there is one.
    let record: People.Account?
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
    var voices: [(person: Int, score: GivenScore)] {
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
        let columns = histories.columns
        var count = VoiceCount()
        for memberNumber in histories.members(of: number) {
            let isNamed = histories.member(memberNumber).isNamed
            var voice: Int?
            var hidden: Int?
            for counted in histories.scores(of: memberNumber, then: false) {
                let series = Int(counted.series)
                guard columns.isRelationship[series], columns.isHeadline[series] else { continue }
                if columns.isNamed[series] { voice = counted.score } else { hidden = counted.score }
                if !isNamed {
                    count.add(named: voice, hidden: hidden, isKnown: true)
                    (voice, hidden) = (nil, nil)
                }
            }
            count.add(named: voice, hidden: hidden, isKnown: true)
        }
        return count.counts(minimum: minimumGroup)
    }

    /// One account at the report's moment, or at the earlier report's.
    func account(_ number: Int, then: Bool) -> AccountHistory {
        let members = histories.members(of: number)
        var persons: [PersonHistory] = []
        persons.reserveCapacity(members.count)
        var unnamed: [PersonHistory] = []
        var count = VoiceCount()
        var touchpoints: [String: PromoterCounts] = [:]
        for memberNumber in members {
            read(memberNumber, number, then, &persons, &unnamed, &count, &touchpoints)
        }
        persons += unnamed
        let shown = count.confidential(minimum: minimumGroup)
        return AccountHistory(
            number: number, id: histories.people.accountIDs.name(number), record: histories.people.accounts[number],
            asOf: then ? window.earlier : window.asOf, people: persons, counts: count.counts(minimum: minimumGroup),
            confidential: shown ?? PromoterCounts(), withheld: count.withheld(minimum: minimumGroup),
            contacts: persons.count + (shown == nil ? 0 : count.strangers), touchpoints: touchpoints,
            purchases: purchases[number] ?? [])
    }

    private func read(
        _ memberNumber: UInt32, _ number: Int, _ then: Bool, _ persons: inout [PersonHistory],
        _ unnamed: inout [PersonHistory], _ count: inout VoiceCount, _ touchpoints: inout [String: PromoterCounts]
    ) {
        let columns = histories.columns
        let member = histories.member(memberNumber)
        let counted = histories.scores(of: memberNumber, then: then)
        var scores: [GivenScore] = []
        scores.reserveCapacity(counted.count)
        var hidden: [Int] = []
        var role: ContactRole?
        for score in counted {
            let series = Int(score.series)
            let isVoice = columns.isRelationship[series] && columns.isHeadline[series]
            role = score.moment.role ?? role
            guard columns.isNamed[series] else {
                if isVoice { hidden.append(score.score) }
                continue
            }
            scores.append(
                GivenScore(
                    moment: score.moment, group: columns.groups[series], isHeadline: isVoice, part: score.part,
                    offset: score.offset))
            if !columns.isRelationship[series], columns.isHeadline[series] {
                touchpoints[histories.series[series].touchpoint, default: PromoterCounts()].add(score: score.score)
            }
        }
        guard member.isNamed else {
            // Nobody is named, so every answer is a voice of its own.
            for score in scores {
                count.add(named: score.isHeadline ? score.score : nil, hidden: nil, isKnown: true)
                unnamed.append(
                    PersonHistory(
                        histories, member, role: score.moment.role, isListed: false, scores: [score],
                        answeredInConfidence: false))
            }
            for score in hidden { count.add(named: nil, hidden: score, isKnown: false) }
            return
        }
        var isListed = false
        if let contact = member.contact {
            let record = histories.people.contacts[contact]
            isListed = Int(record.account) == number && (!then || record.isEarlier)
            role = then ? record.earlierRole : record.role
        }
        let isKnown = isListed || !scores.isEmpty
        let person = PersonHistory(
            histories, member, role: role, isListed: isListed, scores: scores, answeredInConfidence: !hidden.isEmpty)
        count.add(named: person.voice?.score, hidden: hidden.last, isKnown: isKnown)
        if isKnown { persons.append(person) }
    }
}
