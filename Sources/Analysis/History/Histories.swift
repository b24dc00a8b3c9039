internal import Feedback

/// One score as it counts: the latest of its giver in its unit, with what rules need to know of it.
struct CountedScore: Sendable {
    /// When, what, and in which role.
    let moment: ScoreMoment
    /// The question as it is asked, the same for every wave and for versions that ask it alike.
    let group: Int32
    /// The place of the touchpoint among the series.
    let series: UInt32
    /// The part its line stands in.
    let part: UInt32
    /// The line's place in that part.
    let offset: UInt32
    /// Whether it counts in the account's NPS.
    let isVoice: Bool
    /// Whether it is the first question of a survey about one contact moment.
    let isTouchpoint: Bool
    /// Whether it may be told with its giver's name.
    let isNamed: Bool
    /// The same for every version of a survey's wave; -1 where a contact counts with every response.
    let unit: Int32

    /// When it was sent.
    var at: Timestamp { Timestamp(milliseconds: moment.milliseconds) }
    /// 0 to 10.
    var score: Int { moment.score }
    /// Whether it is 6 or less.
    var isDetractor: Bool { PromoterBand(score: score) == .detractor }
}

/// Somebody who gave scores and is no listed contact of that account.
struct Member: Sendable {
    /// The account's number.
    let account: Int
    /// The contact's number, if the contacts have a record, under another account.
    let contact: Int?
    /// Whether the answers name somebody.
    let isNamed: Bool
}

/// Every member's scores at two moments, without those that another of the same unit replaced.
final class Histories: Sendable {
    /// The people, with accounts that only responses name.
    let people: People
    /// All series, by number.
    let series: [Series]
    /// Where the answers to one version of a question are not compared with those to the one before.
    let breaks: [SeriesBreak]
    /// The parts that lines stand in.
    let parts: [SegmentPart]
    /// Members that no contact's record stands for; their numbers follow the contacts'.
    private let others: [Member]
    /// The contact ids of those.
    private let otherIDs: [String]
    /// Members by account, by contact id.
    private let memberOrder: [UInt32]
    private let memberFirsts: [UInt32]
    /// Scores that count now or counted for the earlier report, by member, by moment.
    private let scores: [StoredScore]
    private let firsts: [UInt32]
    /// What the series say of scores.
    private let columns: SeriesColumns

    /// Whether a member's answers name somebody.
    func isNamed(_ member: UInt32) -> Bool {
        Int(member) < people.contacts.count || others[Int(member) - people.contacts.count].isNamed
    }

    /// What a touchpoint is called.
    func touchpoint(of score: CountedScore) -> String { series[Int(score.series)].touchpoint }

    /// What the contacts' record says of a member, as a report about an account reads it.
    func standing(
        of member: UInt32, in account: Int, then: Bool
    ) -> (hasRecord: Bool, isListed: Bool, role: ContactRole?) {
        guard let contact = contact(of: member) else { return (false, false, nil) }
        let isEarlier = people.contacts[contact].isEarlier
        let isListed = Int(people.contacts[contact].account) == account && (!then || isEarlier)
        return (true, isListed, then ? people.contacts[contact].earlierRole : people.contacts[contact].role)
    }

    /// The contact's number, if the contacts have a record.
    private func contact(of member: UInt32) -> Int? {
        let number = Int(member)
        return number < people.contacts.count ? number : others[number - people.contacts.count].contact
    }

    /// The contact id of a member; nil for answers that name nobody.
    func id(of member: UInt32) -> String? {
        let number = Int(member)
        if number < people.contacts.count { return people.contactIDs.name(number) }
        let other = number - people.contacts.count
        return others[other].isNamed ? otherIDs[other] : nil
    }

    /// The name of a member, if known.
    func name(of member: UInt32) -> String? { contact(of: member).flatMap { people.name(ofContact: $0) } }

    /// When the contacts' record of a member was written, if it says.
    func known(_ member: UInt32) -> Timestamp? {
        guard let contact = contact(of: member), people.contacts[contact].recorded != .min else { return nil }
        return Timestamp(milliseconds: people.contacts[contact].recorded)
    }

    /// A person in words, without the role.
    func shortWords(_ person: PersonHistory) -> String {
        name(of: person.member) ?? id(of: person.member) ?? "Somebody unnamed"
    }

    /// A person in words.
    func words(_ person: PersonHistory) -> String {
        guard let role = person.role else { return shortWords(person) }
        var words = shortWords(person)
        words.reserveCapacity(words.utf8.count + 64)
        words += " ("
        words += role.words
        words += ")"
        return words
    }

    /// How many members an account has.
    func memberCount(of account: Int) -> Int { Int(memberFirsts[account + 1] - memberFirsts[account]) }

    /// Hands the members of an account to a closure, by contact id.
    func forEachMember(of account: Int, _ body: (UInt32) -> Void) {
        for index in Int(memberFirsts[account])..<Int(memberFirsts[account + 1]) { body(memberOrder[index]) }
    }

    /// Hands a member's scores that count to a closure, by moment.
    ///
    /// A closure, so that threads do not count one shared array's references up and down.
    func forEachScore(of member: UInt32, then isThen: Bool, _ body: (CountedScore) -> Void) {
        for index in Int(firsts[Int(member)])..<Int(firsts[Int(member) + 1]) {
            let score = scores[index]
            guard isThen ? score.moment.then : score.moment.now else { continue }
            body(counted(score, isNamed: isNamed(member)))
        }
    }

    /// Whether an account's people or their scores were others for the earlier report.
    func differs(_ account: Int) -> Bool {
        for index in Int(memberFirsts[account])..<Int(memberFirsts[account + 1]) {
            let member = Int(memberOrder[index])
            for score in Int(firsts[member])..<Int(firsts[member + 1])
            where scores[score].moment.now != scores[score].moment.then { return true }
            guard let contact = contact(of: memberOrder[index]) else { continue }
            let record = people.contacts[contact]
            if !record.isEarlier || record.earlierRole != record.role { return true }
        }
        return false
    }

    private func counted(_ score: StoredScore, isNamed: Bool) -> CountedScore {
        let number = Int(score.series)
        let (isRelationship, isHeadline) = (columns.isRelationship[number], columns.isHeadline[number])
        return CountedScore(
            moment: score.moment, group: columns.comparables[number], series: score.series, part: score.part,
            offset: score.offset, isVoice: isRelationship && isHeadline, isTouchpoint: !isRelationship && isHeadline,
            isNamed: columns.isNamed[number], unit: isNamed && isRelationship ? columns.units[number] : -1)
    }

    /// Gathers the scores of all parts; nothing depends on the order of lines or on how segments were cut.
    init(
        _ found: [PartScores], parts: [SegmentPart], people: consuming People, registry: SeriesRegistry,
        window: ReportWindow
    ) throws(AnalysisError) {
        let series = registry.all
        breaks = registry.breaks
        let columns = SeriesColumns(series)
        let contacts = people.contacts.count
        var members: [Member] = []
        var otherIDs: [String] = []
        var known = NameTable()
        var translations: [[UInt32]] = []
        for table in found.map(\.others) {
            translations.append(
                (0..<table.count).map { index in
                    let key = ByteWords.padded(table.bytes(index))
                    let number = known.insert(key.span.bytes, 0, count: key.count - ByteWords.slack)
                    if number == members.count {
                        let (member, id) = Self.other(table.bytes(index), &people)
                        members.append(member)
                        otherIDs.append(id)
                    }
                    return UInt32(contacts + number)
                })
        }
        let (numbers, isNamed) = (translations, members.map(\.isNamed))
        let total = contacts + members.count
        let ranges = 4
        let gathered = try Threads.map(ranges) { (range) throws(AnalysisError) -> GatheredScores in
            try GatheredScores(
                found, others: numbers, members: (total * range / ranges)..<(total * (range + 1) / ranges),
                isNamed: { $0 < contacts || isNamed[$0 - contacts] }, ScoreReducer(parts, columns))
        }
        var scores: [StoredScore] = []
        scores.reserveCapacity(gathered.reduce(0) { $0 + $1.scores.count })
        var firsts: [UInt32] = [0]
        firsts.reserveCapacity(total + 1)
        for range in gathered {
            let base = UInt32(scores.count)
            for end in range.ends { firsts.append(base + end) }
            scores += range.scores
        }
        (memberOrder, memberFirsts) = Self.byAccount(people, members, otherIDs)
        self.people = people
        self.series = series
        self.parts = parts
        self.columns = columns
        others = members
        self.otherIDs = otherIDs
        self.scores = scores
        self.firsts = firsts
    }

    /// Members by account and contact id, byte by byte.
    private static func byAccount(
        _ people: People, _ others: [Member], _ otherIDs: [String]
    ) -> (order: [UInt32], firsts: [UInt32]) {
        var firsts = [UInt32](repeating: 0, count: people.accounts.count + 1)
        for contact in people.contacts where contact.account >= 0 { firsts[Int(contact.account) + 1] += 1 }
        for member in others { firsts[member.account + 1] += 1 }
        for index in firsts.indices.dropFirst() { firsts[index] += firsts[index - 1] }
        var places = firsts
        var order = [UInt32](repeating: 0, count: Int(firsts.last ?? 0))
        func put(_ member: Int, _ account: Int) {
            order[Int(places[account])] = UInt32(member)
            places[account] += 1
        }
        let contacts = people.contacts.count
        for (number, contact) in people.contacts.enumerated() where contact.account >= 0 {
            put(number, Int(contact.account))
        }
        for (number, member) in others.enumerated() { put(contacts + number, member.account) }
        func bytes(_ member: UInt32) -> ArraySlice<UInt8> {
            Int(member) < contacts
                ? people.contactIDs.bytes(Int(member)) : Array(otherIDs[Int(member) - contacts].utf8)[...]
        }
        for account in people.accounts.indices {
            let range = Int(firsts[account])..<Int(firsts[account + 1])
            let isSorted = zip(range.dropLast(), range.dropFirst()).allSatisfy { left, right in
                bytes(order[left]).lexicographicallyPrecedes(bytes(order[right]))
            }
            if !isSorted { order[range].sort { bytes($0).lexicographicallyPrecedes(bytes($1)) } }
        }
        return (order, firsts)
    }

    /// Somebody whom a response names as account, zero byte, contact.
    private static func other(_ key: ArraySlice<UInt8>, _ people: inout People) -> (Member, String) {
        let parts = key.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let name = ByteWords.padded(parts[0])
        let account = people.account(name.span.bytes, 0, count: parts[0].count)
        let id = String(decoding: parts[1], as: UTF8.self)
        let contact = id.isEmpty ? nil : people.contactIDs.find(id)
        return (Member(account: account, contact: contact, isNamed: !id.isEmpty), id)
    }
}

/// The two moments of a report, and from when on a score speaks for its giver.
struct ReportWindow: Sendable {
    /// The report's moment.
    let asOf: Timestamp
    /// The earlier report's moment.
    let earlier: Timestamp
    /// How many days a score speaks.
    let days: Int

    /// The moment after which scores count, now or for the earlier report.
    func start(then: Bool) -> Timestamp { (then ? earlier : asOf).adding(days: -days) }
}
