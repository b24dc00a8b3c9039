internal import Feedback

/// Scores as columns of whole numbers, by giver and moment.
struct GivenScores: Sendable {
    /// Where each giver's scores begin, and where the last one's end.
    private(set) var firsts: [UInt32] = [0]
    /// When, what and by whom in role; see `ScoreMoment`.
    private(set) var moments: [UInt64] = []
    /// Which series.
    private(set) var series: [UInt32] = []
    /// Where the line stands in its part.
    private(set) var offsets: [UInt32] = []
    /// When the line was known; empty where all were known when they were sent.
    private(set) var known: [Int64] = []

    /// How many scores there are.
    var count: Int { moments.count }

    init() {}

    /// Columns as `GivenScores` gave them.
    init(firsts: [UInt32], moments: [UInt64], series: [UInt32], offsets: [UInt32], known: [Int64]) {
        self.firsts = firsts
        self.moments = moments
        self.series = series
        self.offsets = offsets
        self.known = known
    }

    /// Groups scores that come in the order of their lines.
    init(_ lines: ScoreLines, givers count: Int) {
        firsts = [UInt32](repeating: 0, count: count + 1)
        for giver in lines.givers { firsts[Int(giver) + 1] += 1 }
        for index in 1..<firsts.count { firsts[index] += firsts[index - 1] }
        var places = firsts
        let total = lines.givers.count
        moments = [UInt64](repeating: 0, count: total)
        series = [UInt32](repeating: 0, count: total)
        offsets = series
        known = lines.isKnownLater ? [Int64](repeating: 0, count: total) : []
        var isSorted = true
        for index in 0..<total {
            let giver = Int(lines.givers[index])
            let place = Int(places[giver])
            places[giver] += 1
            let moment = lines.moments[index]
            if place > Int(firsts[giver]), moments[place - 1] >> 8 > moment >> 8 { isSorted = false }
            moments[place] = moment
            series[place] = lines.series[index]
            offsets[place] = lines.offsets[index]
            if lines.isKnownLater { known[place] = lines.known[index] }
        }
        if !isSorted { sort() }
    }

    /// Joins scores with those of later lines, whose givers and series have new numbers.
    init(_ first: GivenScores, _ later: GivenScores, givers: [UInt32], count: Int, series numbers: [UInt32]) {
        var lines = ScoreLines()
        lines.reserve(first.count + later.count)
        for giver in 0..<(first.firsts.count - 1) {
            for index in Int(first.firsts[giver])..<Int(first.firsts[giver + 1]) {
                lines.append(
                    first.moments[index], giver: UInt32(giver), series: first.series[index],
                    offset: first.offsets[index], known: first.known(index))
            }
        }
        for giver in 0..<(later.firsts.count - 1) {
            for index in Int(later.firsts[giver])..<Int(later.firsts[giver + 1]) {
                lines.append(
                    later.moments[index], giver: givers[giver], series: numbers[Int(later.series[index])],
                    offset: later.offsets[index], known: later.known(index))
            }
        }
        self.init(lines, givers: count)
    }

    /// When a score was known.
    @inline(__always)
    func known(_ index: Int) -> Int64 {
        known.isEmpty ? ScoreMoment(bits: moments[index]).milliseconds : known[index]
    }

    /// Puts every giver's scores by moment, those of one moment in the order they stood.
    private mutating func sort() {
        for giver in 0..<(firsts.count - 1) {
            let range = Int(firsts[giver])..<Int(firsts[giver + 1])
            if range.count < 2 || zip(range, range.dropFirst()).allSatisfy({ moments[$0] >> 8 <= moments[$1] >> 8 }) {
                continue
            }
            let order = range.sorted { left, right in
                let (a, b) = (moments[left] >> 8, moments[right] >> 8)
                return a != b ? a < b : left < right
            }
            let old = (
                order.map { moments[$0] }, order.map { series[$0] }, order.map { offsets[$0] },
                known.isEmpty ? [] : order.map { known[$0] }
            )
            moments.replaceSubrange(range, with: old.0)
            series.replaceSubrange(range, with: old.1)
            offsets.replaceSubrange(range, with: old.2)
            if !known.isEmpty { known.replaceSubrange(range, with: old.3) }
        }
    }
}

/// Scores in the order of their lines, before they are grouped by giver.
struct ScoreLines: Sendable {
    private(set) var moments: [UInt64] = []
    private(set) var givers: [UInt32] = []
    private(set) var series: [UInt32] = []
    private(set) var offsets: [UInt32] = []
    private(set) var known: [Int64] = []
    /// Whether a line was known at another moment than it was sent at.
    private(set) var isKnownLater = false

    var count: Int { moments.count }

    @inline(__always)
    mutating func append(_ moment: UInt64, giver: UInt32, series number: UInt32, offset: UInt32, known moment2: Int64) {
        let own = ScoreMoment(bits: moment).milliseconds
        if moment2 != own, !isKnownLater {
            // From here on it must be kept; so far it was the moment of sending.
            isKnownLater = true
            known = moments.map { ScoreMoment(bits: $0).milliseconds }
        }
        moments.append(moment)
        givers.append(giver)
        series.append(number)
        offsets.append(offset)
        if isKnownLater { known.append(moment2) }
    }

    /// Says whose a score is, once that is known.
    @inline(__always)
    mutating func set(giver: UInt32, of index: Int) { givers[index] = giver }

    /// Gives every giver a new number.
    mutating func renumber(_ number: (UInt32) -> UInt32) {
        for index in givers.indices { givers[index] = number(givers[index]) }
    }

    mutating func reserve(_ count: Int) {
        moments.reserveCapacity(count)
        givers.reserveCapacity(count)
        series.reserveCapacity(count)
        offsets.reserveCapacity(count)
    }
}
