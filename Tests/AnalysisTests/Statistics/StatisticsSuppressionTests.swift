internal import FeedbackTestSupport
import Testing

@testable import Analysis

@Suite struct StatisticsSuppressionTests {
    @Test func examples() {
        let groups = SmallGroups(fewest: 5)
        #expect(groups.showing([9, 3]) == [.withheldForOthers, .withheld])
        #expect(groups.showing([7, 5]) == [.figures, .figures])
        #expect(groups.showing([20, 4, 8, 6]) == [.figures, .withheld, .figures, .withheldForOthers])
        #expect(groups.showing([2, 3, 30]) == [.withheld, .withheld, .figures])
        #expect(groups.showing([0, 8]) == [.figures, .figures])
        #expect(groups.showing([2, 1]) == [.withheld, .withheld])
        #expect(groups.showing([]) == [])
        #expect(SmallGroups(fewest: 1).fewest == 3)
        #expect(groups.showing(answersByChoice: [0, 5, 0]) == .band)
        #expect(groups.showing(answersByChoice: [1, 5, 0]) == .figures)
        #expect(groups.showing(answersByChoice: [4]) == .withheld)
        #expect(!groups.allows(9, within: 12) && groups.allows(7, within: 12) && groups.allows(12, within: 12))
        #expect(!groups.allows(3, within: 12))
        #expect(!groups.allows(Set(0..<12), beside: Set(0..<15)))
        #expect(groups.allows(Set(0..<12), beside: Set(0..<17)) && groups.allows(Set(0..<12), beside: Set(6..<18)))
    }

    /// All splits of small wholes: no difference of a whole and shown parts leaves fewer than the limit.
    @Test func nothingSmallIsLeftBySubtraction() {
        func check(_ counts: [Int]) {
            let groups = SmallGroups(fewest: 4)
            let shown = groups.showing(counts)
            let hidden = zip(counts, shown).filter { $0.1 != .figures }.map(\.0)
            let rest = hidden.reduce(0, +)
            for (count, showing) in zip(counts, shown) where showing == .figures { #expect(count == 0 || count >= 4) }
            // Either nothing is hidden, or what is hidden adds to enough, or the whole itself is too small to show.
            #expect(hidden.isEmpty || (rest >= 4 && hidden.count >= 2) || counts.reduce(0, +) < 4, "\(counts) \(shown)")
        }
        for a in 0..<10 { for b in 0..<10 { for c in 0..<10 { for d in 0..<5 { check([a, b, c, d]) } } } }
    }
}
