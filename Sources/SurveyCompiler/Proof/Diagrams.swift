/// Decision diagrams over variables with a few values each, hash-consed, whose leaves are costs.
///
/// A condition is a diagram of two leaves: holding costs nothing, failing costs more than anything. So "and" is the sum,
/// "or" is the least, and doing away with a variable keeps the cheapest of its values (Bryant 1986; Bahar et al. 1993).
/// Every operation counts its steps and throws when the budget is spent; no answer is ever guessed.
struct Diagrams {
    /// A diagram, by its place in the store; equal functions are equal places.
    typealias Diagram = Int32
    /// The work allowed for one question is spent.
    struct BudgetSpent: Error {}

    /// Holds for everything, at no cost.
    static let always: Diagram = 0
    /// Holds for nothing.
    static let never: Diagram = 1
    /// The cost of what cannot be.
    static let impossible = Int32.max

    private enum Operation: UInt64 { case sum, least, cheapest, negation }

    /// The variable that a node asks; `Int32.max` for leaves, so that they come last in the order.
    private var variables: [Int32] = [.max, .max]
    /// Where a node's branches begin in `branches`; the cost for leaves.
    private var starts: [Int32] = [0, Self.impossible]
    private var branches: [Diagram] = []
    private var leaves: [Int32: Diagram] = [0: always, Self.impossible: never]
    /// How many values each variable has.
    private(set) var widths: [Int] = []

    /// Places of nodes by the hash of what they hold; -1 is free. Its size is a power of two.
    private var table = [Diagram](repeating: -1, count: 64)
    private var used = 0
    /// Results of operations, the newest of each place; grows with the store.
    private var memory = [(left: Diagram, right: Diagram, operation: UInt64, result: Diagram)](
        repeating: (-1, -1, 0, -1), count: 64)
    private var supports: [Diagram: [Int32]] = [:]

    /// How many steps may still be taken.
    var budget: Int

    init(budget: Int) { self.budget = budget }

    /// A new variable, behind all others in the order.
    mutating func addVariable(width: Int) -> Int32 {
        widths.append(width)
        return Int32(widths.count - 1)
    }

    /// The diagram that costs the same whatever the answers.
    mutating func leaf(_ cost: Int32) -> Diagram {
        if let known = leaves[cost] { return known }
        variables.append(.max)
        starts.append(cost)
        let place = Diagram(variables.count - 1)
        leaves[cost] = place
        return place
    }

    /// The diagram that follows one branch a value of a variable, which stands before all in the branches.
    mutating func node(_ variable: Int32, _ children: [Diagram]) throws(BudgetSpent) -> Diagram {
        if children.allSatisfy({ $0 == children[0] }) { return children[0] }
        var slot = Self.hash(variable, children) & (table.count - 1)
        while table[slot] >= 0 {
            let place = table[slot]
            if variables[Int(place)] == variable, holds(place, children) { return place }
            slot = (slot + 1) & (table.count - 1)
        }
        let place = Diagram(variables.count)
        try spend(children.count)
        variables.append(variable)
        starts.append(Int32(branches.count))
        branches += children
        table[slot] = place
        used += 1
        if used * 2 > table.count { grow() }
        return place
    }

    /// The condition that a variable has one of some values.
    mutating func test(_ variable: Int32, _ holds: (Int) -> Bool) throws(BudgetSpent) -> Diagram {
        try node(variable, (0..<widths[Int(variable)]).map { holds($0) ? Self.always : Self.never })
    }

    /// How many nodes and leaves there are.
    var size: Int { variables.count }

    /// Takes steps off the budget.
    mutating func spend(_ steps: Int) throws(BudgetSpent) {
        budget -= steps
        if budget < 0 { throw BudgetSpent() }
    }

    // MARK: Operations

    /// Both conditions; of costs the sum.
    mutating func sum(_ left: Diagram, _ right: Diagram) throws(BudgetSpent) -> Diagram {
        if left == Self.never || right == Self.never { return Self.never }
        if left == Self.always { return right }
        if right == Self.always { return left }
        return try combine(.sum, min(left, right), max(left, right))
    }

    /// Either condition; of costs the lesser.
    mutating func least(_ left: Diagram, _ right: Diagram) throws(BudgetSpent) -> Diagram {
        if left == Self.always || right == Self.always { return Self.always }
        if left == Self.never || left == right { return right }
        if right == Self.never { return left }
        return try combine(.least, min(left, right), max(left, right))
    }

    /// The condition turned round; costs are not conditions and cannot be.
    mutating func negation(_ inner: Diagram) throws(BudgetSpent) -> Diagram {
        if inner <= Self.never { return 1 - inner }
        if let known = remembered(.negation, inner, inner) { return known }
        try spend(1)
        var children: [Diagram] = []
        for child in self.children(of: inner) { children.append(try negation(child)) }
        return remember(.negation, inner, inner, try node(variables[Int(inner)], children))
    }

    /// The diagram without a variable: at every place the cheapest of its values.
    mutating func cheapest(over variable: Int32, _ inner: Diagram) throws(BudgetSpent) -> Diagram {
        let asked = variables[Int(inner)]
        if asked > variable { return inner }
        if let known = remembered(.cheapest, inner, variable) { return known }
        try spend(1)
        var result = Self.never
        if asked == variable {
            for child in children(of: inner) { result = try least(result, child) }
        } else {
            var children: [Diagram] = []
            for child in self.children(of: inner) { children.append(try cheapest(over: variable, child)) }
            result = try node(asked, children)
        }
        return remember(.cheapest, inner, variable, result)
    }

    private mutating func combine(
        _ operation: Operation, _ left: Diagram, _ right: Diagram
    ) throws(BudgetSpent) -> Diagram {
        if let known = remembered(operation, left, right) { return known }
        try spend(1)
        let (first, second) = (variables[Int(left)], variables[Int(right)])
        let variable = min(first, second)
        if variable == .max {
            let (a, b) = (starts[Int(left)], starts[Int(right)])
            return leaf(operation == .least ? min(a, b) : a.addingReportingOverflow(b).partialValue)
        }
        var children: [Diagram] = []
        children.reserveCapacity(widths[Int(variable)])
        for value in 0..<widths[Int(variable)] {
            let a = first == variable ? branches[Int(starts[Int(left)]) + value] : left
            let b = second == variable ? branches[Int(starts[Int(right)]) + value] : right
            children.append(operation == .sum ? try sum(a, b) : try least(a, b))
        }
        return remember(operation, left, right, try node(variable, children))
    }

    // MARK: Reading

    /// The cost at some values; a variable that was not given one has its first.
    func cost(of diagram: Diagram, at value: (Int32) -> Int) -> Int32 {
        var place = diagram
        while variables[Int(place)] != .max {
            place = branches[Int(starts[Int(place)]) + value(variables[Int(place)])]
        }
        return starts[Int(place)]
    }

    /// The variables that a diagram rests on, in order.
    mutating func support(of diagram: Diagram) -> [Int32] {
        if diagram <= Self.never { return [] }
        if let known = supports[diagram] { return known }
        var seen: Set<Diagram> = [diagram]
        var found: Set<Int32> = []
        var open = [diagram]
        while let place = open.popLast() {
            guard variables[Int(place)] != .max else { continue }
            found.insert(variables[Int(place)])
            for child in children(of: place) where child > Self.never && seen.insert(child).inserted {
                open.append(child)
            }
        }
        let support = found.sorted()
        supports[diagram] = support
        return support
    }

    // MARK: Store

    private func children(of place: Diagram) -> ArraySlice<Diagram> {
        let start = Int(starts[Int(place)])
        return branches[start..<start + widths[Int(variables[Int(place)])]]
    }

    private func holds(_ place: Diagram, _ children: [Diagram]) -> Bool {
        let start = Int(starts[Int(place)])
        for index in children.indices where branches[start + index] != children[index] { return false }
        return true
    }

    private static func hash(_ variable: Int32, _ children: some Sequence<Diagram>) -> Int {
        var hash = UInt64(UInt32(bitPattern: variable)) &* 0x9E37_79B9_7F4A_7C15
        for child in children { hash = (hash ^ UInt64(UInt32(bitPattern: child))) &* 0xFF51_AFD7_ED55_8CCD }
        return Int(truncatingIfNeeded: (hash ^ (hash >> 29)) >> 1)
    }

    private mutating func grow() {
        table = [Diagram](repeating: -1, count: table.count * 4)
        for place in variables.indices where variables[place] != .max {
            var slot = Self.hash(variables[place], children(of: Diagram(place))) & (table.count - 1)
            while table[slot] >= 0 { slot = (slot + 1) & (table.count - 1) }
            table[slot] = Diagram(place)
        }
        memory = [(left: Diagram, right: Diagram, operation: UInt64, result: Diagram)](
            repeating: (-1, -1, 0, -1), count: min(table.count, 1 << 18))
    }

    private func slot(_ operation: Operation, _ left: Diagram, _ right: Diagram) -> Int {
        var hash = UInt64(UInt32(bitPattern: left)) &* 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ UInt64(UInt32(bitPattern: right))) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ operation.rawValue) &* 0xC4CE_B9FE_1A85_EC53
        return Int(truncatingIfNeeded: hash >> 33) & (memory.count - 1)
    }

    private func remembered(_ operation: Operation, _ left: Diagram, _ right: Diagram) -> Diagram? {
        let entry = memory[slot(operation, left, right)]
        return entry.left == left && entry.right == right && entry.operation == operation.rawValue
            ? entry.result : nil
    }

    private mutating func remember(
        _ operation: Operation, _ left: Diagram, _ right: Diagram, _ result: Diagram
    ) -> Diagram {
        memory[slot(operation, left, right)] = (left, right, operation.rawValue, result)
        return result
    }
}
