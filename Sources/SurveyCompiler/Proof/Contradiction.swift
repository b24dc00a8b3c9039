internal import QuestionnaireModel

/// A condition of the file that can be left out to see whether it matters.
enum Guard: Hashable {
    case page(Int)
    case question(Int)
    case option(Int, String)
    case check(Int)
    case ending(Int)
    case caseRule(Int)
}

extension Prover {
    /// Conditions that together keep everybody from a part, of which none can be left out; found by leaving out many at
    /// a time and then one after another, from the first that is asked on; none where that takes too long.
    mutating func contradiction(of claim: Claim, _ extent: Extent) -> [Guard] {
        var kept = questionnaire.guards(around: claim.guards, upTo: extent.lastPage)
        let all = Set(kept)
        for size in [64, 16, 4, 1] where size == 1 || kept.count > size {
            var start = 0
            while start < kept.count {
                // A copy of the survey is made for each try.
                tellingStepsLeft -= logic.diagrams.size / 8
                guard tellingStepsLeft > 0 else { return [] }
                let chunk = start..<min(start + size, kept.count)
                let rest = kept[..<start] + kept[chunk.upperBound...]
                var weaker = logic.dropping(all.subtracting(rest))
                if let (isPossible, _) = Self.isPossible(claim, extent, in: &weaker, &tellingStepsLeft), !isPossible {
                    kept.removeSubrange(chunk)
                } else {
                    start = chunk.upperBound
                }
            }
        }
        return kept
    }
}

extension Questionnaire {
    /// Some conditions, and those that what they read is asked under, in the order asked; checks and what comes after
    /// the pages last.
    fileprivate func guards(around own: [Guard], upTo page: Int) -> [Guard] {
        var seen: Set<Guard> = []
        var reads: Set<Int> = []
        var open = own
        while let next = open.popLast() {
            guard seen.insert(next).inserted else { continue }
            for reference in condition(of: next)?.references ?? [] {
                guard let index = reference.question.flatMap({ self.index(of: $0) }), reads.insert(index).inserted
                else { continue }
                open += guards(of: index)
            }
            // A question's condition stands beside its page's.
            if case .question(let index) = next { open += guards(of: index) }
            if case .option(let index, _) = next { open += guards(of: index) }
        }
        for (index, check) in checks.enumerated() where check.page <= page {
            let read = check.that.references.compactMap(\.question).compactMap { self.index(of: $0) }
            guard read.contains(where: reads.contains) else { continue }
            seen.formUnion([.check(index)] + read.flatMap(guards))
        }
        return seen.filter { condition(of: $0) != nil }.sorted { $0.place < $1.place }
    }

    private var checks: [(page: Int, that: Condition)] {
        pages.enumerated().flatMap { index, page in page.checks.map { (index, $0.that) } }
    }

    private func guards(of index: Int) -> [Guard] {
        [.page(questions[index].page), .question(index)]
            + questions[index].question.optionConditions.keys.map { .option(index, $0) }
    }

    private func condition(of place: Guard) -> Condition? {
        switch place {
        case .page(let index): pages[index].visibleWhen
        case .question(let index): questions[index].question.visibleWhen
        case .option(let index, let code): questions[index].question.optionConditions[code]
        case .check(let index): checks[index].that
        case .ending(let index): endings[index].visibleWhen
        case .caseRule(let index): caseRules[index].when
        }
    }
}

extension Guard {
    /// Where it stands among all, so that contradictions are told in one order.
    fileprivate var place: (Int, Int, String) {
        switch self {
        case .page(let index): (0, index, "")
        case .question(let index): (1, index, "")
        case .option(let index, let code): (2, index, code)
        case .check(let index): (3, index, "")
        case .ending(let index): (4, index, "")
        case .caseRule(let index): (5, index, "")
        }
    }
}

extension Claim {
    /// The conditions of the file that it speaks of itself.
    fileprivate var guards: [Guard] {
        switch self {
        case .page(let index): [.page(index)]
        case .question(let index): [.question(index)]
        case .option(let index, let code): [.question(index), .option(index, code)]
        case .unlessDropped(let condition, let inner): inner.guards + [condition]
        case .not(let inner): inner.guards
        case .all(let parts): parts.flatMap(\.guards)
        case .holds, .isFalse, .answered, .given: []
        }
    }
}
