/// A pattern taken apart.
indirect enum PatternTree {
    case one(CharacterClass)
    case sequence([PatternTree])
    case either([PatternTree])
    case repeated(PatternTree, least: Int, most: Int?)

    /// How many steps it becomes; counted no further than what matters.
    var size: Int {
        switch self {
        case .one: return 1
        case .sequence(let parts): return Self.bounded(parts.reduce(0) { Self.bounded($0 + $1.size) })
        case .either(let parts): return Self.bounded(parts.reduce(0) { Self.bounded($0 + $1.size + 2) })
        case .repeated(let inner, let least, let most):
            return Self.bounded(max(1, inner.size) * max(1, most ?? least + 1) + (most ?? 1) + 1)
        }
    }

    /// The fewest characters it takes.
    var least: Int {
        switch self {
        case .one: 1
        case .sequence(let parts): Self.bounded(parts.reduce(0) { Self.bounded($0 + $1.least) })
        case .either(let parts): parts.map(\.least).min() ?? 0
        case .repeated(let inner, let least, _): Self.bounded(inner.least * least)
        }
    }

    /// The most characters it takes; nil for no bound.
    var most: Int? {
        switch self {
        case .one: return 1
        case .sequence(let parts):
            return parts.reduce(Optional(0)) { sum, part in
                guard let sum, let most = part.most else { return nil }
                return Self.bounded(sum + most)
            }
        case .either(let parts):
            return parts.reduce(Optional(0)) { greatest, part in
                guard let greatest, let most = part.most else { return nil }
                return max(greatest, most)
            }
        case .repeated(let inner, _, let most):
            guard let times = most, let each = inner.most else { return inner.most == 0 ? 0 : nil }
            return Self.bounded(each * times)
        }
    }

    private static func bounded(_ number: Int) -> Int { min(number, 1_000_000) }

    func write(to steps: inout [TextPattern.Step]) {
        switch self {
        case .one(let characters): steps.append(.take(characters))
        case .sequence(let parts): for part in parts { part.write(to: &steps) }
        case .either(let parts): writeEither(parts[...], to: &steps)
        case .repeated(let inner, let least, let most):
            for _ in 0..<least { inner.write(to: &steps) }
            guard let most else {
                let start = steps.count
                steps.append(.accept)
                inner.write(to: &steps)
                steps.append(.jump(start))
                steps[start] = .split(start + 1, steps.count)
                return
            }
            var splits: [Int] = []
            for _ in least..<most {
                splits.append(steps.count)
                steps.append(.accept)
                inner.write(to: &steps)
            }
            for place in splits { steps[place] = .split(place + 1, steps.count) }
        }
    }

    private func writeEither(_ parts: ArraySlice<PatternTree>, to steps: inout [TextPattern.Step]) {
        guard let first = parts.first else { return }
        guard parts.count > 1 else { return first.write(to: &steps) }
        let start = steps.count
        steps.append(.accept)
        first.write(to: &steps)
        let end = steps.count
        steps.append(.accept)
        steps[start] = .split(start + 1, steps.count)
        writeEither(parts.dropFirst(), to: &steps)
        steps[end] = .jump(steps.count)
    }
}

/// Reads a pattern by recursive descent, a few levels deep at most.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    /// Where each character begins in UTF-8, and where the last ends.
    private let places: [Int]
    private var index = 0
    private var depth = 0
    private static let mostRepeats = 500

    init(_ source: String) {
        scalars = Array(source.unicodeScalars)
        places = scalars.reduce(into: [0]) { $0.append(($0.last ?? 0) + UTF8.width($1)) }
    }

    mutating func whole() throws(TextPattern.Problem) -> PatternTree {
        let tree = try either()
        if index < scalars.count {
            throw problem("This parenthesis closes nothing.", help: #"Write \) for a parenthesis itself."#)
        }
        return tree
    }

    private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private func problem(_ message: String, help: String? = nil, at start: Int? = nil) -> TextPattern.Problem {
        let first = min(start ?? index, scalars.count)
        let end = min(max(first, index) + 1, scalars.count)
        return TextPattern.Problem(
            message: message, help: help, range: places[first]..<places[max(end, first)])
    }

    private mutating func either() throws(TextPattern.Problem) -> PatternTree {
        depth += 1
        defer { depth -= 1 }
        if depth > 20 { throw problem("Parentheses stand more than 20 deep in one another.") }
        var parts = [try sequence()]
        while next == "|" {
            index += 1
            parts.append(try sequence())
        }
        return parts.count == 1 ? parts[0] : .either(parts)
    }

    private mutating func sequence() throws(TextPattern.Problem) -> PatternTree {
        var parts: [PatternTree] = []
        while let scalar = next, scalar != "|", scalar != ")" { parts.append(try repeated()) }
        return .sequence(parts)
    }

    private mutating func repeated() throws(TextPattern.Problem) -> PatternTree {
        let atom = try atom()
        let start = index
        let tree: PatternTree
        switch next {
        case "*": tree = .repeated(atom, least: 0, most: nil)
        case "+": tree = .repeated(atom, least: 1, most: nil)
        case "?": tree = .repeated(atom, least: 0, most: 1)
        case "{":
            index += 1
            let least = try number(from: start)
            var most: Int? = least
            if next == "," {
                index += 1
                most = next == "}" ? nil : try number(from: start)
            }
            guard next == "}" else {
                throw problem("This brace is not closed.", help: "Write {3} or {2,5}.", at: start)
            }
            if let most, most < least { throw problem("No number of times is \(least) to \(most).", at: start) }
            tree = .repeated(atom, least: least, most: most)
        default: return atom
        }
        index += 1
        if let scalar = next, "*+?{".unicodeScalars.contains(scalar) {
            throw problem("Two signs of repetition follow one another.", help: "Keep one, or put parentheses around.")
        }
        return tree
    }

    private mutating func number(from start: Int) throws(TextPattern.Problem) -> Int {
        var digits = ""
        while let scalar = next, ("0"..."9").contains(scalar), digits.utf8.count < 5 {
            digits.unicodeScalars.append(scalar)
            index += 1
        }
        guard let number = Int(digits), number <= Self.mostRepeats else {
            throw problem(
                "In braces a number from 0 to \(Self.mostRepeats) must stand.",
                help: #"Write {3} or {2,5}, or \{ for a brace itself."#,
                at: start)
        }
        return number
    }

    private mutating func atom() throws(TextPattern.Problem) -> PatternTree {
        let start = index
        guard let scalar = next else { throw problem("The pattern ends too early.") }
        index += 1
        switch scalar {
        case "(":
            if next == "?" {
                throw problem(
                    "Groups that begin with (? are not known here.",
                    help: "Write a plain group; patterns neither look around nor name anything.", at: start)
            }
            let inner = try either()
            guard next == ")" else {
                index = start
                throw problem(
                    "This parenthesis is not closed.", help: #"Close it, or write \( for a parenthesis itself."#)
            }
            index += 1
            return inner
        case "[": return .one(try characters(from: start))
        case ".": return .one(.any)
        case "\\": return .one(try escaped(from: start))
        case "*", "+", "?", "{":
            index = start
            throw problem(
                "\"\(scalar)\" repeats nothing here.",
                help: "Put something before it, or write \\\(scalar) for the sign itself.")
        case "^", "$":
            index = start
            throw problem(
                "\"\(scalar)\" is not needed: the whole text is compared.",
                help: "Leave it out, or write \\\(scalar) for the sign itself.")
        default: return .one(.only(scalar))
        }
    }

    /// What stands behind a backslash.
    private mutating func escaped(from start: Int) throws(TextPattern.Problem) -> CharacterClass {
        guard let scalar = next else {
            throw problem("A backslash ends the pattern.", help: #"Write \\ for a backslash itself."#, at: start)
        }
        index += 1
        switch scalar {
        case "d": return CharacterClass(named: [(.digit, false)])
        case "D": return CharacterClass(named: [(.digit, true)])
        case "w": return CharacterClass(named: [(.word, false)])
        case "W": return CharacterClass(named: [(.word, true)])
        case "s": return CharacterClass(named: [(.space, false)])
        case "S": return CharacterClass(named: [(.space, true)])
        case "n": return .only("\n")
        case "t": return .only("\t")
        default:
            if scalar.isASCII, scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal {
                index -= 1
                throw problem(
                    "\\\(scalar) is not known here.", help: #"There are \d, \w, \s, their capitals, \n and \t."#,
                    at: start)
            }
            return .only(scalar)
        }
    }

    private mutating func characters(from start: Int) throws(TextPattern.Problem) -> CharacterClass {
        var found = CharacterClass()
        if next == "^" {
            found.isNegated = true
            index += 1
        }
        while let scalar = next, scalar != "]" {
            let place = index
            index += 1
            if scalar == "[" {
                index = place
                throw problem("A bracket stands in brackets.", help: #"Write \[ for a bracket itself."#)
            }
            let one = scalar == "\\" ? try escaped(from: place) : .only(scalar)
            guard next == "-", index + 1 < scalars.count, scalars[index + 1] != "]",
                let low = one.ranges.first?.lowerBound
            else {
                found.ranges += one.ranges
                found.named += one.named
                continue
            }
            index += 1
            let highPlace = index
            index += 1
            let high =
                scalars[highPlace] == "\\" ? try escaped(from: highPlace).ranges.first?.lowerBound : scalars[highPlace]
            guard let high, low <= high else {
                throw problem(
                    "This range runs backwards, or its end is no character.",
                    help: "Write A-Z, or \\- for a hyphen itself.", at: place)
            }
            found.ranges.append(low...high)
        }
        guard next == "]", !found.ranges.isEmpty || !found.named.isEmpty else {
            throw problem(
                "These brackets are empty or not closed.", help: #"Write [a-z], or \[ for a bracket itself."#, at: start
            )
        }
        index += 1
        return found
    }
}
