internal import Diagnostics
internal import Feedback
internal import QuestionnaireModel

extension TypeChecker {
    /// A comparison of two typed parts; nil when they cannot be compared, which is reported.
    func compare(
        _ comparison: Expression.Comparison, _ left: TypedExpression, _ right: TypedExpression, _ range: Range<Int>,
        _ source: inout SurveySource
    ) -> TypedExpression? {
        var left = left
        var right = right
        switch (left.type, right.type) {
        case (.number, .number), (.date, .date): break
        case (.date, .text):
            guard let date = date(right, besides: left, &source) else { return nil }
            right = date
        case (.text, .date):
            guard let date = date(left, besides: right, &source) else { return nil }
            left = date
        case (.choice(let codes), .text):
            guard hasOrder(comparison, left, range, &source) else { return nil }
            if let code = right.quoted, !isCode(code, of: codes, left, at: right.range, &source) { return nil }
        case (.text, .choice(let codes)):
            guard hasOrder(comparison, right, range, &source) else { return nil }
            if let code = left.quoted, !isCode(code, of: codes, right, at: left.range, &source) { return nil }
        case (.text, .text), (.choice, .choice), (.boolean, .boolean):
            guard hasOrder(comparison, left, range, &source) else { return nil }
        default:
            reportMismatch(left, right, range, &source)
            return nil
        }
        return TypedExpression(
            expression: .compare(comparison, left.expression, right.expression), type: .boolean, range: range,
            operands: [left, right])
    }

    /// A text in quotes as the date it is; nil when it is none, which is reported.
    func date(
        _ text: TypedExpression, besides other: TypedExpression, _ source: inout SurveySource
    ) -> TypedExpression? {
        guard let words = text.quoted else {
            reportMismatch(other, text, text.range, &source)
            return nil
        }
        guard let date = LocalDate(words) else {
            source.report(
                .typeMismatch, at: text.range, "\"\(other.name)\" is a date, and '\(words)' is none.",
                help: "Write a date as '2026-01-31'.")
            return nil
        }
        return TypedExpression(expression: .literal(.date(date)), type: .date, range: text.range)
    }

    /// Only numbers and dates come before or after one another.
    private func hasOrder(
        _ comparison: Expression.Comparison, _ part: TypedExpression, _ range: Range<Int>, _ source: inout SurveySource
    ) -> Bool {
        if comparison == .eq || comparison == .ne { return true }
        source.report(
            .typeMismatch, at: range,
            "\"\(comparison.rawValue)\" orders numbers and dates; this is \(part.type.words).",
            help: "Write eq or ne, or in ('a','b').")
        return false
    }

    private func reportMismatch(
        _ left: TypedExpression, _ right: TypedExpression, _ range: Range<Int>, _ source: inout SurveySource
    ) {
        var help: String?
        let (set, other) = if case .set = right.type { (right, left) } else { (left, right) }
        if case .set(let codes) = set.type {
            help = "Write selected(\(set.name), '\(other.quoted ?? codes.first ?? "price")')."
        } else if let rows = [left, right].first(where: { $0.type == .rows }) {
            help = "Name one of its rows: \(rows.name).row."
        } else if let text = right.quoted ?? left.quoted, let number = DecimalNumber(text) {
            help = "Write the number without quotes: \(number.text)."
        } else if left.type == .boolean || right.type == .boolean {
            help = "A yes or no stands for itself: write \(left.type == .boolean ? left.name : right.name), or not(…)."
        }
        source.report(
            .typeMismatch, at: range,
            "\(described(left)) cannot be compared with \(described(right)).", help: help)
    }

    private func described(_ part: TypedExpression) -> String {
        if part.name != "…" { return "\"\(part.name)\" (\(part.type.words))" }
        return part.quoted.map { "the text '\($0)'" } ?? part.type.words
    }

    // MARK: Lists

    /// Membership in a list of constants; nil when one of them does not fit, which is reported.
    func isIn(
        _ inner: TypedExpression, _ members: [SyntaxNode], _ range: Range<Int>, _ source: inout SurveySource
    ) -> TypedExpression? {
        var values: [Value] = []
        for member in members {
            if let value = value(member, in: inner, &source) { values.append(value) }
        }
        guard values.count == members.count else { return nil }
        return TypedExpression(
            expression: .isIn(inner.expression, values), type: .boolean, range: range, operands: [inner])
    }

    private func value(_ member: SyntaxNode, in inner: TypedExpression, _ source: inout SurveySource) -> Value? {
        switch (inner.type, member.kind) {
        case (.number, .number(let number)): return .number(number)
        case (.text, .text(let text)): return .text(text)
        case (.choice(let codes), .text(let code)):
            return isCode(code, of: codes, inner, at: member.range, &source) ? .text(code) : nil
        case (.date, .text(let text)):
            let literal = TypedExpression(expression: .literal(.text(text)), type: .text, range: member.range)
            guard let date = date(literal, besides: inner, &source), case .literal(let value) = date.expression else {
                return nil
            }
            return value
        case (.set(let codes), _):
            source.report(
                .typeMismatch, at: inner.range, "\(described(inner)) holds several codes at once.",
                help: "Write selected(\(inner.name), '\(codes.first ?? "price")'), joined with or.")
        default:
            source.report(
                .typeMismatch, at: member.range,
                "\(described(inner)) cannot be one of these: the list holds another type.",
                help: inner.type == .number ? "Write numbers without quotes." : "Write texts in quotes.")
        }
        return nil
    }
}

extension TypedExpression {
    /// The text, when it is one in quotes.
    var quoted: String? { if case .literal(.text(let text)) = expression { text } else { nil } }
}
