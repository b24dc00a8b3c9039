/// The form a text must have, written as a plain regular expression over the whole text.
///
/// Literals, `.`, classes such as `[A-Z0-9]`, `\d \w \s` and their opposites, groups, `|`, and `* + ? {m,n}`; no back
/// references and no looking around. It runs as a Thompson automaton, so the time for a text grows with its length and
/// never more, whatever the pattern.
package struct TextPattern: Sendable {
    /// Why a pattern cannot be taken, and where in it, as an offset in UTF-8.
    package struct Problem: Error, Equatable {
        /// One plain sentence.
        package let message: String
        /// What to write instead, where that is known.
        package let help: String?
        /// The bytes that the problem is about.
        package let range: Range<Int>
    }

    /// A step of the automaton.
    enum Step: Sendable {
        /// Takes a character of a set and goes on with the next step.
        case take(CharacterClass)
        /// Goes on in both places.
        case split(Int, Int)
        /// Goes on there.
        case jump(Int)
        /// The text fits, if it ends here.
        case accept
    }

    /// The most steps of an automaton; `[A-Z]{3}[0-9]{5}` has nine.
    static let mostSteps = 600

    private let steps: [Step]
    /// The pattern as written.
    package let source: String
    /// The fewest characters that fit.
    package let least: Int
    /// The most characters that fit; nil for no bound.
    package let most: Int?

    /// Reads a pattern.
    package init(_ source: String) throws(Problem) {
        var parser = PatternParser(source)
        let tree = try parser.whole()
        var steps: [Step] = []
        guard tree.size < Self.mostSteps else {
            throw Problem(
                message: "This pattern asks for more than \(Self.mostSteps) steps.",
                help: "Make the numbers in braces smaller; max-length bounds the text anyway.",
                range: 0..<source.utf8.count)
        }
        tree.write(to: &steps)
        steps.append(.accept)
        self.steps = steps
        self.source = source
        least = tree.least
        most = tree.most
    }

    /// Whether the whole of a text fits.
    package func matches(_ text: String) -> Bool {
        var places = Places(count: steps.count)
        var next = Places(count: steps.count)
        add(0, to: &places)
        for scalar in text.unicodeScalars {
            next.removeAll()
            for place in places.list {
                if case .take(let characters) = steps[place], characters.contains(scalar) { add(place + 1, to: &next) }
            }
            if next.list.isEmpty { return false }
            swap(&places, &next)
        }
        return places.list.contains { if case .accept = steps[$0] { true } else { false } }
    }

    /// Adds a step and all that it leads to without a character; each at most once, so that it ends.
    private func add(_ start: Int, to places: inout Places) {
        var waiting = [start]
        while let place = waiting.popLast() {
            guard places.insert(place) else { continue }
            switch steps[place] {
            case .take, .accept: break
            case .split(let one, let other): waiting += [other, one]
            case .jump(let target): waiting.append(target)
            }
        }
    }

    /// A set of steps that is emptied without being cleared (Briggs and Torczon's sparse set).
    private struct Places {
        private(set) var list: [Int] = []
        private var isIn: [Bool]

        init(count: Int) { isIn = Array(repeating: false, count: count) }

        mutating func insert(_ place: Int) -> Bool {
            if isIn[place] { return false }
            isIn[place] = true
            list.append(place)
            return true
        }

        mutating func removeAll() {
            for place in list { isIn[place] = false }
            list.removeAll(keepingCapacity: true)
        }
    }
}

extension TextPattern: Equatable {
    package static func == (left: TextPattern, right: TextPattern) -> Bool { left.source == right.source }
}

/// A set of characters, as a pattern names it.
struct CharacterClass: Sendable {
    /// What a backslash and a letter stand for.
    enum Named: Sendable {
        case digit, word, space

        func contains(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .digit: scalar.properties.numericType == .decimal
            case .word:
                scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
                    || scalar.properties.generalCategory == .nonspacingMark
            case .space: scalar.properties.isWhitespace
            }
        }
    }

    var ranges: [ClosedRange<Unicode.Scalar>] = []
    var named: [(set: Named, isOpposite: Bool)] = []
    var isNegated = false

    static func only(_ scalar: Unicode.Scalar) -> CharacterClass { CharacterClass(ranges: [scalar...scalar]) }

    /// Any character but a line feed.
    static let any = CharacterClass(ranges: ["\n"..."\n"], isNegated: true)

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let isIn =
            ranges.contains { $0.contains(scalar) } || named.contains { $0.set.contains(scalar) != $0.isOpposite }
        return isIn != isNegated
    }
}
