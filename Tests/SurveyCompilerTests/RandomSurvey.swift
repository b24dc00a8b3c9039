import FeedbackTestSupport

/// A small survey made at random, with everything that routing rests on; no condition is promised to make sense.
struct RandomSurvey {
    private var random: SeededGenerator
    /// Names that conditions may read, with what they are compared with.
    private var readable: [(name: String, kind: Kind)] = []
    private var count = 0

    enum Kind: CaseIterable {
        case score, choice, choices, consent, number, text, matrix, ranking, row, textField, numberField, date
    }

    static func text(seed: UInt64) -> String {
        var survey = RandomSurvey(random: SeededGenerator(seed: seed))
        return survey.survey()
    }

    private mutating func chance(_ part: Int, of whole: Int) -> Bool {
        Int.random(in: 0..<whole, using: &random) < part
    }

    private mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }

    private mutating func survey() -> String {
        var text =
            "<survey xmlns=\"urn:heed:survey:1\" id=\"t\" version=\"1\" kind=\"transactional\" languages=\"en\"><title>T</title>"
        if chance(1, of: 4) {
            text += "<fields><field name=\"f.t\" type=\"text\"/><field name=\"f.n\" type=\"number\"/></fields>"
            readable += [("f.t", .textField), ("f.n", .numberField)]
        }
        for page in 0..<Int.random(in: 1...3, using: &random) {
            text += "<page id=\"p\(page)\"\(showIf(5))>"
            var own: [(name: String, kind: Kind)] = []
            for _ in 0..<Int.random(in: 1...(page == 0 ? 2 : 2), using: &random) {
                let before = readable
                readable += own
                let (element, names) = question()
                readable = before
                own += names
                text += element
            }
            readable += own
            if chance(1, of: 6) {
                let before = readable
                text += "<check that=\"\(condition(2))\">M</check>"
                readable = before
            }
            text += "</page>"
        }
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            text += "<ending show-if=\"\(condition(2))\"><message>E</message></ending>"
        }
        text += "<ending><message>Z</message></ending>"
        if chance(1, of: 2) { text += "<case id=\"c\" when=\"\(condition(2))\" due=\"1d\"/>" }
        return text + "</survey>"
    }

    private mutating func showIf(_ outOf: Int, _ part: Int = 3) -> String {
        !readable.isEmpty && chance(part, of: outOf) ? " show-if=\"\(condition(2))\"" : ""
    }

    private mutating func question() -> (element: String, names: [(name: String, kind: Kind)]) {
        count += 1
        let id = "q\(count)"
        let required = chance(1, of: 3) ? " required=\"true\"" : ""
        let shown = showIf(5)
        let head = "id=\"\(id)\"\(required)\(shown)"
        switch pick([
            Kind.score, .score, .choice, .choice, .choices, .consent, .number, .text, .matrix, .ranking, .date,
        ]) {
        case .choice:
            let options = ["a", "b", "c"].map { "<option code=\"\($0)\"\(showIf(12))>\($0)</option>" }.joined()
            return ("<choice \(head)><prompt>P</prompt>\(options)</choice>", [(id, .choice)])
        case .choices:
            let bounds = pick(["", "", " least=\"2\"", " most=\"2\"", " least=\"2\" most=\"2\""])
            let exclusive = chance(1, of: 2) ? " exclusive=\"true\"" : ""
            let options =
                ["a", "b"].map { "<option code=\"\($0)\"\(showIf(12))>\($0)</option>" }.joined()
                + "<option code=\"c\"\(bounds.contains("least=\"2\"") ? "" : exclusive)>c</option>"
            return ("<choices \(head)\(bounds)><prompt>P</prompt>\(options)</choices>", [(id, .choices)])
        case .consent: return ("<consent \(head)><prompt>P</prompt></consent>", [(id, .consent)])
        case .number:
            return (
                "<number \(head) least=\"0\" most=\"3\" whole=\"true\"><prompt>P</prompt></number>", [(id, .number)]
            )
        case .date:
            return ("<date \(head) from=\"2026-01-01\" to=\"2026-01-04\"><prompt>P</prompt></date>", [(id, .date)])
        case .text: return ("<text \(head)><prompt>P</prompt></text>", [(id, .text)])
        case .matrix:
            let rows = ["r", "s"].map { "<item id=\"\($0)\"\(showIf(12))>\($0)</item>" }.joined()
            return (
                "<matrix \(head) from=\"1\" to=\"2\"><prompt>P</prompt>\(rows)</matrix>",
                [(id, .matrix), (id + ".r", .row), (id + ".s", .row)]
            )
        case .ranking:
            let least = chance(1, of: 2) ? " least=\"1\"" : ""
            let options = ["a", "b"].map { "<option code=\"\($0)\"\(showIf(12))>\($0)</option>" }.joined()
            return ("<ranking \(head)\(least)><prompt>P</prompt>\(options)</ranking>", [(id, .ranking)])
        default: return ("<rating \(head) from=\"1\" to=\"3\"><prompt>P</prompt></rating>", [(id, .score)])
        }
    }

    private mutating func condition(_ depth: Int) -> String {
        guard !readable.isEmpty else { return "1 eq 1" }
        if depth > 0, chance(2, of: 5) {
            switch Int.random(in: 0..<5, using: &random) {
            case 0: return "not(\(condition(depth - 1)))"
            case 1, 2: return "(\(condition(depth - 1)) and \(condition(depth - 1)))"
            default: return "(\(condition(depth - 1)) or \(condition(depth - 1)))"
            }
        }
        let (name, kind) = pick(readable)
        if chance(1, of: 8), ![.textField, .numberField, .row].contains(kind) { return "answered(\(name))" }
        let order = pick(["eq", "ne", "lt", "le", "gt", "ge"])
        switch kind {
        case .score, .row, .number, .numberField:
            let others = readable.filter { [.score, .row, .number, .numberField].contains($0.kind) && $0.name != name }
            if !others.isEmpty, chance(1, of: 6) { return "\(name) \(order) \(pick(others).name)" }
            if chance(1, of: 8) { return "default(\(name), 2) \(order) 2" }
            if chance(1, of: 10), kind != .numberField { return "\(name) * 2 - 1 \(order) 3" }
            if chance(1, of: 10) { return "if(\(name) le 1, 'low', 'high') eq 'low'" }
            return "\(name) \(order) \(Int.random(in: 1...3, using: &random))"
        case .choice: return "\(name) \(pick(["eq", "ne"])) '\(pick(["a", "b", "c"]))'"
        case .choices:
            return chance(1, of: 3)
                ? "count(\(name)) \(order) \(Int.random(in: 1...3, using: &random))"
                : "selected(\(name), '\(pick(["a", "b", "c"]))')"
        case .ranking:
            return chance(1, of: 3) ? "count(\(name)) \(order) 1" : "selected(\(name), '\(pick(["a", "b"]))')"
        case .consent: return name
        case .text, .textField:
            return chance(1, of: 2)
                ? "length(\(name)) \(order) \(Int.random(in: 1...3, using: &random))"
                : "\(name) \(pick(["eq", "ne"])) '\(pick(["a", "bb", "ccc"]))'"
        case .matrix: return "answered(\(name))"
        case .date: return "\(name) \(order) '2026-01-0\(Int.random(in: 1...4, using: &random))'"
        }
    }
}
