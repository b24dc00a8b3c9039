/// Finds the cheapest values for all variables that some diagrams rest on, by doing away with one variable after another.
///
/// Bucket elimination (Dechter 1999): exact, and quick where few variables hang together at a time, as in questionnaires.
struct Elimination {
    /// The cheapest values, and what they cost.
    struct Solution {
        var values: [Int32: Int]
        var cost: Int
    }

    private var steps: [(variable: Int32, joined: Diagrams.Diagram)] = []
    private var constant = 0
    private var isPossible = true

    /// Whether all diagrams can hold at once.
    static func isPossible(
        _ factors: [Diagrams.Diagram], _ diagrams: inout Diagrams
    ) throws(Diagrams.BudgetSpent) -> Bool {
        var elimination = Elimination()
        try elimination.run(factors, &diagrams)
        return elimination.isPossible
    }

    /// The cheapest way in which all diagrams hold; nil when there is none.
    static func solve(
        _ factors: [Diagrams.Diagram], _ diagrams: inout Diagrams
    ) throws(Diagrams.BudgetSpent) -> Solution? {
        var elimination = Elimination()
        try elimination.run(factors, &diagrams)
        guard elimination.isPossible else { return nil }
        var values: [Int32: Int] = [:]
        for step in elimination.steps.reversed() {
            var best: (value: Int, cost: Int32)?
            for value in 0..<diagrams.widths[Int(step.variable)] {
                values[step.variable] = value
                let cost = diagrams.cost(of: step.joined) { values[$0] ?? 0 }
                if cost < best?.cost ?? Diagrams.impossible { best = (value, cost) }
            }
            values[step.variable] = best?.value ?? 0
        }
        return Solution(values: values, cost: elimination.constant)
    }

    private mutating func run(
        _ factors: [Diagrams.Diagram], _ diagrams: inout Diagrams
    ) throws(Diagrams.BudgetSpent) {
        var open = Buckets()
        for factor in factors { take(factor, into: &open, &diagrams) }
        while isPossible, let variable = open.next() {
            try diagrams.spend(1 + open.count / 8)
            var joined = Diagrams.always
            for factor in open.remove(variable) { joined = try diagrams.sum(joined, factor) }
            steps.append((variable, joined))
            take(try diagrams.cheapest(over: variable, joined), into: &open, &diagrams)
        }
    }

    private mutating func take(
        _ factor: Diagrams.Diagram, into open: inout Buckets, _ diagrams: inout Diagrams
    ) {
        let support = diagrams.support(of: factor)
        if support.isEmpty {
            let cost = diagrams.cost(of: factor) { _ in 0 }
            if cost == Diagrams.impossible { isPossible = false } else { constant += Int(cost) }
        } else {
            open.add(factor, support)
        }
    }
}

/// The diagrams still to be joined, by the variables they rest on; the variable with the fewest neighbours is next.
private struct Buckets {
    private var factors: [(diagram: Diagrams.Diagram, support: [Int32])?] = []
    private var places: [Int32: [Int]] = [:]
    private var neighbours: [Int32: Int] = [:]

    /// How many variables are left.
    var count: Int { places.count }

    mutating func add(_ diagram: Diagrams.Diagram, _ support: [Int32]) {
        for variable in support {
            places[variable, default: []].append(factors.count)
            neighbours[variable] = nil
        }
        factors.append((diagram, support))
    }

    /// The variable to do away with; ties go to the last, which was asked last.
    mutating func next() -> Int32? {
        var best: (variable: Int32, count: Int)?
        for variable in places.keys {
            let count = neighbours[variable] ?? countNeighbours(of: variable)
            neighbours[variable] = count
            if let found = best, (found.count, -found.variable) <= (count, -variable) { continue }
            best = (variable, count)
        }
        return best?.variable
    }

    private func countNeighbours(of variable: Int32) -> Int {
        var found: Set<Int32> = []
        for place in places[variable] ?? [] { found.formUnion(factors[place]?.support ?? []) }
        return found.count
    }

    /// Takes out every diagram that rests on a variable.
    mutating func remove(_ variable: Int32) -> [Diagrams.Diagram] {
        var taken: [Diagrams.Diagram] = []
        for place in places[variable] ?? [] {
            guard let factor = factors[place] else { continue }
            taken.append(factor.diagram)
            factors[place] = nil
            for other in factor.support where other != variable {
                places[other]?.removeAll { $0 == place }
                neighbours[other] = nil
                if places[other]?.isEmpty == true { places[other] = nil }
            }
        }
        places[variable] = nil
        return taken
    }
}
