internal import Feedback

/// One score with what rules need to know of it.
struct GivenScore: Sendable {
    /// When it was sent.
    let at: Timestamp
    /// 0 to 10.
    let score: Int
    /// The question, the same for every version and wave.
    let group: Int
    /// Where its line stands, to read the giver's own words again.
    let place: LinePlace

    var isDetractor: Bool { PromoterBand(score: score) == .detractor }
}

/// Where a line stands.
struct LinePlace: Sendable, Hashable {
    let part: Int
    let offset: Int
}

/// One person of an account at a moment.
struct PersonHistory: Sendable {
    /// The contact's number, where listed.
    let contact: Int?
    /// The contact's id; nil for answers that name nobody.
    let id: String?
    /// The name, if known.
    let name: String?
    /// The role at that moment, if known.
    let role: ContactRole?
    /// Whether the contacts list them under this account.
    let isListed: Bool
    /// Every score of the window that may be told with their name, by moment.
    let scores: [GivenScore]
    /// Those that count in the account's NPS, by moment.
    let headline: [GivenScore]
    /// Whether they answered a survey whose answers are not told with names.
    let answeredInConfidence: Bool
    /// When the contacts' record of them was written, if it says.
    let known: Timestamp?

    /// The person in words.
    var words: String {
        let name = name ?? id ?? "Somebody unnamed"
        return role.map { "\(name) (\($0.words))" } ?? name
    }
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
    /// The moment after which scores speak.
    let windowStart: Timestamp
    /// Listed or answering, by contact id; answers that name nobody stand last, one each.
    let people: [PersonHistory]
    /// The bands of confidential answers, where there are enough of them to show.
    let confidential: PromoterCounts
    /// Confidential answers that are too few to show.
    let withheld: Int
    /// Transactional scores by touchpoint.
    let touchpoints: [String: PromoterCounts]
    /// Purchases, by moment.
    let purchases: [Timestamp]

    /// The latest score of every person that counts in the account's NPS.
    var voices: [(person: Int, score: GivenScore)] {
        people.indices.compactMap { index in people[index].headline.last.map { (index, $0) } }
    }

    /// The account's NPS in bands.
    var counts: PromoterCounts {
        var counts = confidential
        for person in people { if let last = person.headline.last { counts.add(score: last.score) } }
        return counts
    }

    /// People listed or answering.
    var contacts: Int { people.count + confidentialStrangers }

    /// People known only by confidential answers that are shown; they are not listed one by one.
    let confidentialStrangers: Int
}

/// Makes account histories out of members' scores.
struct AccountHistories: Sendable {
    let histories: Histories
    let window: ReportWindow
    let minimumGroup: Int
    /// Purchases by account number, by moment.
    let purchases: [Int: [Timestamp]]

    /// One account at the report's moment, or at the earlier report's.
    func account(_ number: Int, then: Bool) -> AccountHistory {
        let people = histories.people
        let columns = histories.columns
        var persons: [PersonHistory] = []
        var confidential: [GivenScore] = []
        var confidentialUnlisted = 0
        var touchpoints: [String: PromoterCounts] = [:]
        for memberNumber in histories.membersByAccount[number] {
            let member = histories.member(memberNumber)
            let record = member.contact.map { people.contacts[$0] }
            let isListed = record.map { Int($0.account) == number && (!then || $0.isEarlier) } ?? false
            let role = record.flatMap { then ? $0.earlierRole : $0.role }
            var scores: [GivenScore] = []
            var headline: [GivenScore] = []
            var hidden: [GivenScore] = []
            var saidRole: ContactRole?
            for counted in histories.scores(of: memberNumber, then: then) {
                let series = Int(counted.series)
                let (isRelationship, isHeadline) = (columns.isRelationship[series], columns.isHeadline[series])
                let given = GivenScore(
                    at: counted.at, score: counted.score, group: Int(columns.groups[series]),
                    place: LinePlace(part: Int(counted.part), offset: Int(counted.offset)))
                saidRole = counted.moment.role ?? saidRole
                guard columns.isNamed[series] else {
                    if isRelationship, isHeadline { hidden.append(given) }
                    continue
                }
                scores.append(given)
                if isRelationship {
                    if isHeadline { headline.append(given) }
                } else if isHeadline {
                    touchpoints[histories.series[series].touchpoint, default: PromoterCounts()].add(score: given.score)
                }
            }
            let known = record.flatMap { $0.recorded == .min ? nil : Timestamp(milliseconds: $0.recorded) }
            let person = { (scores: [GivenScore], headline: [GivenScore]) in
                PersonHistory(
                    contact: member.contact, id: member.contactID, name: member.contact.flatMap { people.name(ofContact: $0) },
                    role: record == nil ? saidRole : role, isListed: isListed, scores: scores, headline: headline,
                    answeredInConfidence: !hidden.isEmpty, known: known)
            }
            if member.contactID == nil {
                // Nobody is named, so every answer is a voice of its own.
                persons += scores.map { score in person([score], headline.filter { $0.place == score.place }) }
                confidential += hidden
                confidentialUnlisted += hidden.count
                continue
            }
            // Who also spoke under a name counts by that.
            if let last = hidden.last, headline.isEmpty {
                confidential.append(last)
                if !isListed, scores.isEmpty { confidentialUnlisted += 1 }
            }
            if isListed || !scores.isEmpty { persons.append(person(scores, headline)) }
        }
        persons.sort { left, right in
            guard let a = left.id, let b = right.id else { return left.id != nil && right.id == nil }
            return a.utf8.lexicographicallyPrecedes(b.utf8)
        }
        var bands = PromoterCounts()
        for score in confidential { bands.add(score: score.score) }
        // All alike would tell everybody's answer.
        let isShown = bands.count >= minimumGroup && [bands.detractors, bands.passives, bands.promoters].max() != bands.count
        return AccountHistory(
            number: number, id: people.accountIDs.name(number), record: people.accounts[number],
            asOf: then ? window.earlier : window.asOf, windowStart: window.start(then: then), people: persons,
            confidential: isShown ? bands : PromoterCounts(), withheld: isShown ? 0 : bands.count,
            touchpoints: touchpoints, purchases: purchases[number] ?? [],
            confidentialStrangers: isShown ? confidentialUnlisted : 0)
    }
}
