internal import Feedback
internal import QuestionnaireModel

/// Tries a part of a condition under every answer, where answers can be counted.
struct FiniteAnswers {
    private let names: Names
    /// The most combinations that are tried of one part.
    private static let most = 5000
    /// How many parts of expressions may still be evaluated for this survey; when it is spent, nothing more is said.
    private var budget = 3_000_000

    init(_ names: Names) { self.names = names }

    /// Whether anything more can be said.
    var mayGoOn: Bool { budget > 0 }

    /// The values that questions of a domain can have; nil when they cannot be counted, or are too many.
    static func all(of domain: AnswerDomain) -> [Value]? {
        switch domain {
        case .integers(let range): return range.count <= 300 ? range.map { .number(Double($0)) } : nil
        case .oneOf(let codes): return codes.map { .text($0) }
        case .consent: return [.boolean(true), .boolean(false)]
        case .subsets(let codes):
            guard codes.count <= 10 else { return nil }
            return (1..<(1 << codes.count)).map { mask in
                .set(codes.indices.filter { mask & (1 << $0) != 0 }.map { codes[$0] })
            }
        // Of all rows together a condition can only ask whether any was answered.
        case .rows(let items): return [.set(items)]
        case .orders(let codes): return all(of: .subsets(codes))
        case .numbers, .dates, .open, .none: return nil
        }
    }

    /// Every truth that a part takes; nil when not all can be tried. Silence stands for a question not answered.
    mutating func truths(of part: TypedExpression, withSilence: Bool) -> Set<Value>? {
        if budget <= 0 { return nil }
        let references = part.expression.references
        var domains: [[Value]] = []
        var combinations = 1
        for reference in references {
            guard let symbol = names[reference], var values = Self.values(of: symbol, in: part) else { return nil }
            if withSilence { values.append(.unknown) }
            combinations *= max(1, values.count)
            if combinations > Self.most { return nil }
            domains.append(values)
        }
        var size = 0
        part.expression.visit { _ in size += 1 }
        budget -= combinations * size
        if budget <= 0 { return nil }
        var truths: Set<Value> = []
        var places = [Int](repeating: 0, count: domains.count)
        for _ in 0..<combinations {
            let truth = part.expression.value { reference in
                references.firstIndex(of: reference).map { domains[$0][places[$0]] } ?? .unknown
            }
            truths.insert(truth)
            if truths.contains(.boolean(true)), truths.contains(.boolean(false)) { break }
            for index in places.indices {
                places[index] += 1
                if places[index] < domains[index].count { break }
                places[index] = 0
            }
        }
        return truths
    }

    private static func values(of symbol: Names.Symbol, in part: TypedExpression) -> [Value]? {
        switch symbol.domain {
        case .numbers(let low, let high): samples(low, high, in: part)
        case .dates(let low, let high): samples(low, high, in: part)
        default: all(of: symbol.domain)
        }
    }

    /// Of free numbers: the constants, points between them and beyond, and the bounds. Enough where numbers are only
    /// compared with constants, since nothing changes between two of these points; nil where they are calculated with.
    private static func samples(_ low: Double?, _ high: Double?, in part: TypedExpression) -> [Value]? {
        var cuts: [Double] = [low, high].compactMap(\.self)
        var isPlain = !part.expression.calculates
        // Those of the computed values that it names too.
        part.expression.visit { inner in
            switch inner {
            case .literal(.number(let number)): cuts.append(number)
            case .isIn(_, let members): for case .number(let number) in members { cuts.append(number) }
            case .compare(_, let left, let right): isPlain = isPlain && (left.isConstant || right.isConstant)
            default: break
            }
        }
        guard isPlain else { return nil }
        cuts.sort()
        var points = cuts
        for (first, second) in zip(cuts, cuts.dropFirst()) { points.append((first + second) / 2) }
        if let first = cuts.first, let last = cuts.last { points += [first - 1, last + 1] } else { points = [0] }
        let possible = points.filter { $0 >= low ?? -.infinity && $0 <= high ?? .infinity }
        return possible.map { .number($0) }
    }

    /// Of dates: the constants and the bounds, each with the day before and after; nil where days between them count.
    private static func samples(_ low: LocalDate?, _ high: LocalDate?, in part: TypedExpression) -> [Value]? {
        var cuts = [low, high].compactMap(\.self)
        var isPlain = !part.expression.calculates
        part.expression.visit { inner in
            switch inner {
            case .literal(.date(let date)): cuts.append(date)
            case .compare(_, let left, let right): isPlain = isPlain && (left.isConstant || right.isConstant)
            case .isIn(_, let members): for case .date(let date) in members { cuts.append(date) }
            default: break
            }
        }
        guard isPlain else { return nil }
        let days =
            cuts.isEmpty ? [LocalDate(dayNumber: 0)] : cuts.flatMap { [$0.adding(days: -1), $0, $0.adding(days: 1)] }
        return days.filter { date in
            (low.map { date >= $0 } ?? true) && (high.map { date <= $0 } ?? true)
        }
        .map { .date($0) }
    }

    /// What the questions of a part can be answered with, for messages; empty when there is nothing short to say.
    func described(_ part: TypedExpression) -> String {
        let references = part.expression.references
        guard references.count == 1, let symbol = names[references[0]] else { return "" }
        switch symbol.domain {
        case .integers(let range): return ": \"\(references[0].name)\" is \(range.lowerBound) to \(range.upperBound)"
        case .numbers(let low?, let high?):
            return ": \"\(references[0].name)\" is \(low.formattedBriefly) to \(high.formattedBriefly)"
        case .dates(let low?, let high?): return ": \"\(references[0].name)\" is \(low) to \(high)"
        default: return ""
        }
    }
}

extension Expression {
    fileprivate var isConstant: Bool { if case .literal = self { true } else { false } }
}
