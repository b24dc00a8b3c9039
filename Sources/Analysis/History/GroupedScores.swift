/// The scores of a range of members, by member, as numbers into the logs laid end to end.
struct GroupedScores: Sendable {
    /// The members.
    let members: Range<Int>
    private(set) var log = ScoreLog()
    private(set) var firsts: [UInt32]
    private(set) var order: [UInt32]
    /// Where each part's scores begin in the log.
    private var partFirsts: [Int] = [0]

    init(_ logs: [(log: ScoreLog, firsts: [Int])], range: Int, members: Range<Int>) {
        self.members = members
        log.reserve(logs.reduce(0) { $0 + $1.firsts[range + 1] - $1.firsts[range] })
        for part in logs {
            log.append(part.log, part.firsts[range]..<part.firsts[range + 1])
            partFirsts.append(log.count)
        }
        // One place more, for scores that are nobody's.
        firsts = [UInt32](repeating: 0, count: members.count + 2)
        func place(_ member: UInt32) -> Int { min(Int(member) - members.lowerBound, members.count) }
        for member in log.members { firsts[place(member) + 1] += 1 }
        for index in 1..<firsts.count { firsts[index] += firsts[index - 1] }
        var places = firsts
        order = [UInt32](repeating: 0, count: log.count)
        for (index, member) in log.members.enumerated() {
            let place = place(member)
            order[Int(places[place])] = UInt32(index)
            places[place] += 1
        }
    }

    /// The scores of a member, in the order of their lines.
    func scores(of member: Int) -> ArraySlice<UInt32> {
        let place = member - members.lowerBound
        return order[Int(firsts[place])..<Int(firsts[place + 1])]
    }

    /// The part that a score's line stands in.
    func part(of score: UInt32) -> Int {
        var low = 0
        var high = partFirsts.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if partFirsts[middle] <= Int(score) { low = middle } else { high = middle }
        }
        return low
    }
}
