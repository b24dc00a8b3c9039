internal import Feedback

/// Scores in the order they were read, kept as columns of whole numbers.
struct ScoreLog: Sendable {
    /// When, what and by whom in role, and whether it counts: see `ScoreMoment`.
    private(set) var moments: [UInt64] = []
    /// Whose: a contact's number, or one beyond for others.
    private(set) var members: [UInt32] = []
    /// Which series.
    private(set) var series: [UInt32] = []
    /// Where the line stands in its part.
    private(set) var offsets: [UInt32] = []

    var count: Int { moments.count }

    @inline(__always)
    mutating func append(_ moment: ScoreMoment, member: UInt32, series number: Int, offset: Int) {
        moments.append(moment.bits)
        members.append(member)
        series.append(UInt32(truncatingIfNeeded: number))
        offsets.append(UInt32(truncatingIfNeeded: offset))
    }

    /// Sets whose a score is, once that is known.
    mutating func setMember(_ index: Int, _ member: UInt32) { members[index] = member }

    /// Gives every member a new number.
    mutating func renumber(_ number: (UInt32) -> UInt32) {
        for index in members.indices { members[index] = number(members[index]) }
    }

    /// Takes away what other lines of the same id have; standings and scores are in the order of their lines.
    mutating func limit(_ standings: [Winners.Standing]) {
        var next = 0
        for index in moments.indices {
            while next < standings.count, standings[next].offset < offsets[index] { next += 1 }
            guard next < standings.count else { return }
            if standings[next].offset == offsets[index] {
                var moment = ScoreMoment(bits: moments[index])
                moment.limit(now: standings[next].now, then: standings[next].then)
                moments[index] = moment.bits
            }
        }
    }

    /// The same scores by range of members, in their old order within each; `firsts` says where each range begins.
    func partitioned(members count: Int, ranges: Int) -> (log: ScoreLog, firsts: [Int]) {
        func range(_ member: UInt32) -> Int { Int(member) * ranges / max(1, count) }
        var firsts = [Int](repeating: 0, count: ranges + 1)
        for member in members { firsts[range(member) + 1] += 1 }
        for index in 1...ranges { firsts[index] += firsts[index - 1] }
        var places = firsts
        var sorted = ScoreLog()
        sorted.moments = [UInt64](repeating: 0, count: self.count)
        sorted.members = [UInt32](repeating: 0, count: self.count)
        sorted.series = sorted.members
        sorted.offsets = sorted.members
        for index in members.indices {
            let range = range(members[index])
            let place = places[range]
            places[range] += 1
            sorted.moments[place] = moments[index]
            sorted.members[place] = members[index]
            sorted.series[place] = series[index]
            sorted.offsets[place] = offsets[index]
        }
        return (sorted, firsts)
    }

    /// Appends a run of another log.
    mutating func append(_ other: ScoreLog, _ range: Range<Int>) {
        moments += other.moments[range]
        members += other.members[range]
        series += other.series[range]
        offsets += other.offsets[range]
    }

    mutating func reserve(_ count: Int) {
        moments.reserveCapacity(count)
        members.reserveCapacity(count)
        series.reserveCapacity(count)
        offsets.reserveCapacity(count)
    }
}

/// A score with its moment, packed into one word: 52 bits of milliseconds since year 1, 4 of score, 2 of role, 2 of
/// standing.
struct ScoreMoment: Sendable {
    private(set) var bits: UInt64

    private static let yearOne: Int64 = -62_135_596_800_000

    init(bits: UInt64) { self.bits = bits }

    @inline(__always)
    init(milliseconds: Int64, score: Int, role: ContactRole?, now: Bool, then: Bool) {
        let roleBits: UInt64 =
            switch role {
            case nil: 0
            case .decisionMaker: 1
            case .influencer: 2
            case .user: 3
            }
        bits =
            UInt64(bitPattern: milliseconds - Self.yearOne) << 8 | UInt64(score) << 4 | roleBits << 2
            | (now ? 2 : 0) | (then ? 1 : 0)
    }

    /// When it was sent, in milliseconds since 1970.
    var milliseconds: Int64 { Int64(bits >> 8) + Self.yearOne }
    /// 0 to 10.
    var score: Int { Int(bits >> 4 & 15) }
    /// The role the line names.
    var role: ContactRole? {
        switch bits >> 2 & 3 {
        case 1: .decisionMaker
        case 2: .influencer
        case 3: .user
        default: nil
        }
    }
    /// Whether it counts now.
    var now: Bool { bits & 2 != 0 }
    /// Whether it counted for the earlier report.
    var then: Bool { bits & 1 != 0 }

    /// Takes away what another line of the same id has.
    mutating func limit(now: Bool, then: Bool) {
        if !now { bits &= ~2 }
        if !then { bits &= ~1 }
    }
}
