import Feedback
import FeedbackTestSupport
import QuestionnaireModel
import Records

/// Responses as a survey could get them, and worse.
struct RandomLines {
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    static let pieces = [
        "plain words", "a", "", " ", "\n", "\t", "\"quoted\"", "back\\slash", "<b>&amp;</b>", "]]>", "'", "দেরি", "متأخر",
        "é",
        "👍🏽", "\u{2028}", "\u{FEFF}", "=SUM(A1)", "\u{7F}", "z̷̢a", "\u{10FFFF}", "\u{D7FF}\u{E000}", "\u{FFFD}", "%00",
        "{x|y}",
    ]

    mutating func text() -> String {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
            .joined()
    }

    mutating func line(_ id: ResponseID, _ questionnaire: Questionnaire) -> ResponseLine {
        var answers: [Answers.Entry] = []
        func maybe(_ likelihood: Int = 2) -> Bool { Int.random(in: 0..<likelihood, using: &random) == 0 }
        if maybe() { answers.append(.init(key: "recommend", answer: .integer(.random(in: 0...10, using: &random)))) }
        if maybe() { answers.append(.init(key: "stars", answer: .integer(.random(in: 0...5, using: &random)))) }
        if maybe() {
            answers.append(.init(key: "wrong", answer: .list(["late", "broken", "other"].filter { _ in maybe() })))
            if maybe() { answers.append(.init(key: "wrong.other", answer: .text(text()))) }
        }
        if maybe() { answers.append(.init(key: "call", answer: .text(maybe() ? "yes" : "no"))) }
        if maybe(),
            let number = DecimalNumber(
                ["0", "12", "-3", "0.5", "1234.25", "-0.125", "99999999999999"].randomElement(using: &random) ?? "1")
        {
            answers.append(.init(key: "seats", answer: Int(number.text).map(Answer.integer) ?? .number(number)))
        }
        if maybe() { answers.append(.init(key: "reason", answer: .text(text()))) }
        if maybe() { answers.append(.init(key: "quote", answer: .consent(given: maybe(), text: "ab\(text())"))) }
        // A key that the survey does not have, and one that two versions may share.
        if maybe(12) { answers.append(.init(key: "gone", answer: .text(text()))) }
        if maybe(12) {
            answers.append(
                .init(
                    key: "grid",
                    answer: .grid([GridRow(item: "a", answer: .integer(1)), GridRow(item: "b", answer: .text("x"))])))
        }
        var line = ResponseLine(
            id: id, revision: maybe(5) ? .random(in: 2...40, using: &random) : 1, survey: questionnaire.id,
            version: questionnaire.version,
            submitted: Timestamp(milliseconds: .random(in: 1_700_000_000_000...1_800_000_000_000, using: &random)),
            isComplete: !maybe(4), answers: Answers(answers))
        if maybe() { line.recorded = line.submitted.adding(milliseconds: .random(in: 0...99_999, using: &random)) }
        if line.recorded == line.submitted { line.recorded = nil }
        if maybe() {
            line.account = AccountID(["acme", "o'neill & söhne", "\"q\"", "a<b"].randomElement(using: &random) ?? "x")
        }
        if maybe() { line.contact = ContactID("maria") }
        if maybe() { line.role = ContactRole.allCases.randomElement(using: &random) }
        if maybe(3) { line.wave = maybe() ? "2026Q4" : text() }
        if maybe() { line.channel = ResponseChannel.allCases.randomElement(using: &random) }
        if maybe() { line.language = LanguageTag(maybe() ? "en" : "pt-br") }
        if maybe() { line.started = line.submitted.adding(milliseconds: -60_000) }
        if maybe(3) { line.fields["order.product"] = .text(text()) }
        if maybe(3) { line.fields["order.amount"] = .integer(12) }
        if maybe(9) {
            line.offers = .array([.object([.init("kind", .string("coupon")), .init("code", .string(text()))])])
        }
        if maybe(9) { line.unknown = [.init("later", .object([.init("x", .number("1e3"))]))] }
        return line
    }
}
