/// The scores of a range of members out of all parts.
struct GatheredScores: Sendable {
    /// The scores, by member and moment.
    private(set) var scores: [StoredScore] = []
    /// Where each member's scores end.
    private(set) var ends: [UInt32] = []

    init(
        _ parts: [PartScores], others: [[UInt32]], members: Range<Int>, isNamed: (Int) -> Bool,
        _ reducer: consuming ScoreReducer
    ) throws(AnalysisError) {
        // Where each member's scores begin, when they are laid by member, part after part.
        var firsts = [UInt32](repeating: 0, count: members.count + 1)
        Self.forEachRun(parts, others, members) { place, run, _ in firsts[place + 1] += UInt32(run.count) }
        for index in firsts.indices.dropFirst() { firsts[index] += firsts[index - 1] }
        var places = firsts
        let empty = StoredScore(moment: ScoreMoment(bits: 0), series: 0, part: 0, offset: 0)
        var laid = [StoredScore](repeating: empty, count: Int(firsts[members.count]))
        Self.forEachRun(parts, others, members) { place, run, scores in
            for index in run {
                laid[Int(places[place])] = scores[index]
                places[place] += 1
            }
        }
        ends.reserveCapacity(members.count)
        scores.reserveCapacity(laid.count)
        var run: [StoredScore] = []
        for place in 0..<members.count {
            let range = Int(firsts[place])..<Int(firsts[place + 1])
            if range.count > 1 {
                run.removeAll(keepingCapacity: true)
                run += laid[range]
                try reducer.reduce(&run, isNamed: isNamed(members.lowerBound + place))
                scores += run
            } else {
                scores += laid[range]
            }
            ends.append(UInt32(scores.count))
        }
    }

    /// Hands the runs of scores of the members of a range to a closure, part after part.
    private static func forEachRun(
        _ parts: [PartScores], _ others: [[UInt32]], _ members: Range<Int>,
        _ body: (_ place: Int, _ run: Range<Int>, _ scores: [StoredScore]) -> Void
    ) {
        for (number, part) in parts.enumerated() {
            let (own, ends, scores, translation) = (part.members, part.ends, part.scores, others[number])
            var first = 0
            for index in own.indices {
                let last = Int(ends[index])
                var member = Int(own[index])
                if own[index] & PartScores.ownBit != 0 {
                    member = Int(translation[Int(own[index] & ~PartScores.ownBit)])
                }
                if member >= members.lowerBound, member < members.upperBound {
                    body(member - members.lowerBound, first..<last, scores)
                }
                first = last
            }
        }
    }
}
