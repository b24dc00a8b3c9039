internal import Diagnostics
internal import Feedback
internal import QuestionnaireModel

/// No condition, and no comparison in one, is decided before anybody answers.
///
/// Exact over questions with few answers: every answer is tried (see `FiniteAnswers`). Where answers cannot be counted
/// nothing is said.
enum DecidedConditionCheck: SurveyCheck {
    static let neverTrue = DiagnosticCode(
        "S035", title: "never true", why: "No answer makes it true, so nobody will ever see what depends on it.",
        example: "<text id=\"why\" show-if=\"recommend ge 11\"><prompt>Why?</prompt></text>")
    static let alwaysTrue = DiagnosticCode(
        "S036", .warning, title: "true for every answer",
        why: "It parts nobody from anybody; probably another bound was meant.",
        example: "<text id=\"why\" show-if=\"recommend ge 0\"><prompt>Why?</prompt></text>")

    static let codes = [neverTrue, alwaysTrue]

    static func check(_ draft: SurveyDraft, _ source: inout SurveySource) {
        var answers = FiniteAnswers(draft.names)
        for condition in draft.computed.compactMap(\.value) {
            guard let whole = condition.typed, answers.mayGoOn else { continue }
            whole.visit { comparison($0, &answers, &source) }
        }
        for condition in draft.conditions {
            guard let whole = condition.typed, answers.mayGoOn else { continue }
            let before = source.diagnostics.count
            whole.visit { comparison($0, &answers, &source) }
            if source.diagnostics.count == before, case .and = whole.expression {
                contradiction(whole, &answers, &source)
            }
        }
    }

    private static func comparison(
        _ part: TypedExpression, _ answers: inout FiniteAnswers, _ source: inout SurveySource
    ) {
        switch part.expression {
        case .compare, .isIn: break
        default: return
        }
        // Answered is taken for granted: a comparison with silence is unknown, and that is not what the author asks.
        guard let truths = answers.truths(of: part, withSilence: false) else { return }
        let values = answers.described(part)
        if !truths.contains(.boolean(true)) {
            source.report(
                neverTrue, at: part.range, "No answer makes this true\(values).",
                help: "Compare with something that can be answered.")
        } else if !truths.contains(.boolean(false)) {
            source.report(
                alwaysTrue, at: part.range, "Every answer makes this true\(values).",
                help: "If that is meant, write answered(…).")
        } else if case .isIn(_, let members) = part.expression, let inner = part.operands.first {
            unreachable(members, of: inner, in: part, &answers, &source)
        }
    }

    /// Members of a list that no answer can be.
    private static func unreachable(
        _ members: [Value], of inner: TypedExpression, in part: TypedExpression, _ answers: inout FiniteAnswers,
        _ source: inout SurveySource
    ) {
        guard let possible = answers.truths(of: inner, withSilence: false) else { return }
        let values = answers.described(part)
        for case .number(let number) in members where !possible.contains(.number(number)) {
            source.report(
                neverTrue, at: part.range, "No answer is \(number.formattedBriefly)\(values).",
                help: "Remove it from the list.")
        }
    }

    /// Parts whose answers cannot be counted are left out: if the others contradict each other, so does the whole.
    private static func contradiction(
        _ whole: TypedExpression, _ answers: inout FiniteAnswers, _ source: inout SurveySource
    ) {
        var conjuncts: [TypedExpression] = []
        collectConjuncts(of: whole, into: &conjuncts)
        let countable = conjuncts.filter { answers.truths(of: $0, withSilence: true) != nil }
        guard var joined = countable.first, countable.count > 1 else { return }
        for part in countable.dropFirst() {
            joined = TypedExpression(
                expression: .and(joined.expression, part.expression), type: .boolean, range: whole.range,
                operands: [joined, part])
        }
        guard let truths = answers.truths(of: joined, withSilence: true), !truths.contains(.boolean(true)) else {
            return
        }
        source.report(
            neverTrue, at: whole.range, "Its parts contradict each other: no answers make all of them true.",
            help: "Join them with or, or correct a bound.")
    }

    private static func collectConjuncts(of part: TypedExpression, into conjuncts: inout [TypedExpression]) {
        guard case .and = part.expression else { return conjuncts.append(part) }
        for operand in part.operands { collectConjuncts(of: operand, into: &conjuncts) }
    }
}
