internal import Feedback
internal import QuestionnaireModel

/// Values of a question, row or field, enough of them that conditions can tell no others apart.
struct AnswerSamples {
    /// The values, each different; without the unknown.
    private(set) var values: [Value]
    /// Whether every other value is like one of these to every condition.
    private(set) var isComplete: Bool

    /// Values that can be counted, or chosen at the constants that atoms compare with and between them.
    ///
    /// `others` are the values of what is compared with it, and `rivals` is how many of those cannot be counted either:
    /// so many values are needed between two constants for every order among them.
    init(
        _ domain: AnswerDomain, read by: [Expression], others: [Value], rivals: Int, isTaken: (Value) -> Bool
    ) {
        switch domain {
        case .integers(let range): self.init(all: range.map { .number(Double($0)) })
        case .oneOf(let codes): self.init(all: codes.map { .text($0) })
        case .consent: self.init(all: [.boolean(true), .boolean(false)])
        case .subsets, .orders, .rows, .none: self.init(all: [])
        case .numbers(let low?, let high?) where high - low <= 1000 && Self.isWhole(low, high, isTaken):
            self.init(all: (Int(low.rounded(.up))...Int(high.rounded(.down))).map { .number(Double($0)) })
        case .numbers(let low, let high):
            var cuts = others + by.flatMap(\.constants)
            for bound in [low, high] { if let bound { cuts.append(.number(bound)) } }
            self.init(all: Self.numbers(cuts, by, each: rivals + 1))
            settle(by, isTaken)
        case .dates(let low, let high):
            var cuts = others + by.flatMap(\.constants)
            for bound in [low, high] { if let bound { cuts.append(.date(bound)) } }
            self.init(all: Self.dates(cuts, by, each: rivals + 1))
            settle(by, isTaken)
        case .open:
            self.init(all: Self.texts(others, by, each: rivals + 1, isTaken))
            settle(by, isTaken)
            // A pattern or an address that none of the samples fits: something can be answered, but not which.
            if values.isEmpty { isComplete = false }
        }
    }

    private init(all values: [Value]) {
        self.values = values
        isComplete = true
    }

    private mutating func settle(_ atoms: [Expression], _ isTaken: (Value) -> Bool) {
        var seen: Set<Value> = []
        values = values.filter { seen.insert($0).inserted && isTaken($0) }
        if atoms.contains(where: \.calculates) { isComplete = false }
    }

    // MARK: Numbers

    /// Whether only whole numbers are taken between two bounds with room for a half.
    private static func isWhole(_ low: Double, _ high: Double, _ isTaken: (Value) -> Bool) -> Bool {
        let half = low.rounded(.down) + (low.rounded(.down) + 0.5 < low ? 1.5 : 0.5)
        return half < high && !isTaken(.number(half))
    }

    private static func numbers(_ cuts: [Value], _ atoms: [Expression], each count: Int) -> [Value] {
        var cuts = Set(cuts.compactMap { if case .number(let number) = $0 { number } else { nil } })
        if cuts.isEmpty { cuts = [0] }
        if atoms.contains(where: \.calculates) {
            // No guarantee, but what makes sums and products come out one way or the other is usually among these.
            let given = cuts.sorted().prefix(12)
            for a in given { for b in given { cuts.formUnion([a + b, a - b, a * b, b == 0 ? 0 : a / b]) } }
            cuts.formUnion([-1000, -10, -1, 0, 1, 2, 3, 5, 10, 100, 1000])
        }
        let sorted = cuts.filter(\.isFinite).sorted()
        guard let first = sorted.first, let last = sorted.last else { return [] }
        var found = sorted
        for step in 1...count { found += [first.rounded(.down) - Double(step), last.rounded(.up) + Double(step)] }
        for (low, high) in zip(sorted, sorted.dropFirst()) { found += between(low, high, count) }
        return found.map { .number($0 == 0 ? 0 : $0) }
    }

    /// Numbers strictly between two others with as few decimals as possible, whole ones first.
    private static func between(_ low: Double, _ high: Double, _ count: Int) -> [Double] {
        var found: [Double] = []
        var scale = 1.0
        for _ in 0..<15 where found.count < count * 2 {
            let start = (low * scale).rounded(.down) + 1
            for step in 0..<count {
                let number = (start + Double(step)) / scale
                if number > low, number < high { found.append(number) }
            }
            scale *= 10
        }
        return found
    }

    // MARK: Dates

    private static func dates(_ cuts: [Value], _ atoms: [Expression], each count: Int) -> [Value] {
        var days = cuts.compactMap { if case .date(let date) = $0 { date.dayNumber } else { nil } }
        if days.isEmpty { days = [LocalDate(year: 2026, month: 1, day: 15)?.dayNumber ?? 0] }
        let spans = atoms.filter(\.calculates).flatMap(\.constants).compactMap { value in
            if case .number(let number) = value, abs(number) < 100_000 { Int(number) } else { nil }
        }
        for span in spans { days += days.prefix(40).flatMap { [$0 - span, $0 + span] } }
        let sorted = Set(days).sorted()
        var found = Set(sorted)
        for day in sorted { for step in 1...count { found.formUnion([day - step, day + step]) } }
        return found.sorted().map { .date(LocalDate(dayNumber: $0)) }
    }

    // MARK: Texts

    private static func texts(
        _ others: [Value], _ atoms: [Expression], each count: Int, _ isTaken: (Value) -> Bool
    ) -> [Value] {
        let given = others + atoms.flatMap(\.constants)
        var found = given.filter { if case .text = $0 { true } else { false } }
        var lengths: Set<Int> = [1]
        for case .number(let number) in given where number >= 0 && number <= 10_000 {
            lengths.formUnion([Int(number) - 1, Int(number), Int(number) + 1])
        }
        for length in lengths.sorted() where length > 0 { found += texts(of: length, count) }
        found += ["a@example.org", "5550100", "555 0101", "abc", "ABC", "12345", "AB-1234", "some words, and more"]
            .map { .text($0) }
        // A text may have to be longer before it is taken.
        if !found.contains(where: isTaken) { for length in 2...60 { found += texts(of: length, 1) } }
        return found
    }

    /// Different texts of a length; a survey that has all letters of the alphabet as constants leaves the last.
    private static func texts(of length: Int, _ count: Int) -> [Value] {
        var found: [Value] = []
        for letter in "xyzwvutsrqponmlkjihgfedcba".prefix(count + 4) {
            found.append(.text(String(repeating: letter, count: length)))
        }
        if length > 12 { found.append(.text(String(repeating: "a", count: length - 12) + "@example.org")) }
        if length >= 5 { found.append(.text(String(repeating: "5", count: length))) }
        return found
    }
}
