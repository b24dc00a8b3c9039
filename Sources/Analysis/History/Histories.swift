internal import Feedback
internal import Synchronization

/// One score as it counts: the latest of its giver in its unit, with what rules need to know of it.
struct CountedScore: Sendable {
    /// When, what, and in which role.
    let moment: ScoreMoment
    /// The question, the same for every version and wave.
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
    /// The parts that lines stand in.
    let parts: [SegmentPart]
    /// Members that no contact's record stands for; their numbers follow the contacts'.
    private let others: [Member]
    /// The contact ids of those.
    private let otherIDs: [String]
    /// Members by account, by contact id.
    private let memberOrder: [UInt32]
    private let memberFirsts: [UInt32]
    /// Scores that count now, by member, by moment.
    private let now: [CountedScore]
    private let nowFirsts: [UInt32]
    /// Scores that counted for the earlier report, of members for whom they differ.
    private let then: [UInt32: [CountedScore]]

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
        person.role.map { "\(shortWords(person)) (\($0.words))" } ?? shortWords(person)
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
        if isThen, let scores = then[member] { return scores.forEach(body) }
        for index in Int(nowFirsts[Int(member)])..<Int(nowFirsts[Int(member) + 1]) { body(now[index]) }
    }

    /// The members whose scores `ScoreLog.partitioned` puts into a range.
    private static func members(of range: Int, _ ranges: Int, _ total: Int) -> Range<Int> {
        func first(_ range: Int) -> Int { min(total, (range * (total + 1) + ranges - 1) / ranges) }
        return first(range)..<first(range + 1)
    }

    /// Gathers the logs of all parts; nothing depends on the order of lines or on how segments were cut.
    init(
        logs: consuming [ScoreLog], others names: [NameTable], parts: [SegmentPart], people: consuming People,
        registry: SeriesRegistry, window: ReportWindow
    ) throws(AnalysisError) {
        let series = registry.all
        let columns = SeriesColumns(series)
        let contacts = people.contacts.count
        var members: [Member] = []
        var otherIDs: [String] = []
        var known = NameTable()
        var translations: [[UInt32]] = []
        for table in names {
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
        let isNamed = (0..<(contacts + members.count)).map { $0 < contacts || members[$0 - contacts].isNamed }
        let total = isNamed.count
        let translated = translations
        let logs = Mutex(logs)
        // By ranges of members first, each part by itself, so that what is gathered then lies close together.
        let ranges = 32
        let sorted = try Threads.map(parts.count) { (part) throws(AnalysisError) -> (log: ScoreLog, firsts: [Int]) in
            var log = logs.withLock { logs in
                var taken = ScoreLog()
                swap(&taken, &logs[part])
                return taken
            }
            let translation = translated[part]
            log.renumber { member in
                if member & ScoreSink.ownBit == 0 { return member }
                return member == ScoreSink.nobody ? UInt32(total) : translation[Int(member & ~ScoreSink.ownBit)]
            }
            return log.partitioned(members: total + 1, ranges: ranges)
        }
        let compacted = try Threads.map(ranges) { (range) throws(AnalysisError) -> CompactedScores in
            let grouped = GroupedScores(sorted, range: range, members: Self.members(of: range, ranges, total))
            return try CompactedScores(grouped, isNamed: isNamed, series: columns, parts: parts, window: window)
        }
        var now: [CountedScore] = []
        now.reserveCapacity(compacted.reduce(0) { $0 + $1.now.count })
        var firsts: [UInt32] = [0]
        firsts.reserveCapacity(isNamed.count + 1)
        var then: [UInt32: [CountedScore]] = [:]
        for part in compacted {
            let base = UInt32(now.count)
            for end in part.nowEnds { firsts.append(base + end) }
            now += part.now
            then.merge(part.then) { first, _ in first }
        }
        (memberOrder, memberFirsts) = Self.byAccount(people, members, otherIDs)
        self.people = people
        self.series = series
        self.parts = parts
        others = members
        self.otherIDs = otherIDs
        self.now = now
        nowFirsts = firsts
        self.then = then
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
