import Feedback
import FeedbackTestSupport
import Markup
import QuestionnaireModel
import Records
import Testing

/// What every question type promises, over the whole registry.
@Suite struct QuestionTypeConformanceTests {
    static let names = QuestionTypeRegistry.standard.map { $0.shape.name }

    @Test func namesAreUnique() { #expect(Set(Self.names).count == Self.names.count) }

    @Test(arguments: names) func everyAcceptedAnswerComesBack(_ name: String) throws {
        for question in try Self.questions(name) {
            var accepted = 0
            for fields in Self.forms(for: question.type, name) {
                guard case .answers(let entries) = question.type.decode(fields, id: question.id) else { continue }
                accepted += 1
                try Self.check(entries, of: question)
            }
            #expect(accepted > 0 || question.type.domain == .none, "\(name) accepted nothing")
        }
    }

    @Test(arguments: names) func hostileInputIsRefusedOrKeptExactly(_ name: String) throws {
        for question in try Self.questions(name) {
            var forms = Samples.hostile.map { [$0] } + Samples.hostile.map { [$0, $0] }
            forms += Samples.hostile.map { ["0", $0] }
            for values in forms {
                var forms = [values.map { ("q", $0) } + [("q.other", values[0])]]
                if let part = Self.parts(of: question.type).first {
                    forms += [values.map { ("q." + part, $0) }, [("q." + values[0], "1")]]
                }
                for fields in forms.map(Self.fields) {
                    try Self.refusedOrKept(fields, values, by: question, name)
                    try Self.drawingStaysMarkup(question, fields)
                }
            }
        }
    }

    static func parts(of type: any QuestionType) -> [String] {
        switch type.domain {
        case .orders(let codes), .rows(let codes): codes
        default: []
        }
    }

    static func refusedOrKept(
        _ fields: FormFields, _ values: [String], by question: Question, _ name: String
    ) throws {
        guard case .answers(let entries) = question.type.decode(fields, id: question.id) else { return }
        try Self.check(entries, of: question)
        for entry in entries {
            guard case .text(let text) = entry.answer, question.type.domain == .open || entry.key == "q.other" else {
                continue
            }
            #expect(values.contains(text), "\(name) changed what was typed")
        }
    }

    @Test(arguments: names) func blankIsNoAnswer(_ name: String) throws {
        for question in try Self.questions(name) {
            var blanks = [[], [("q", "")], [("q", ""), ("q", "")], [("other", "1")], [("q2.speed", "1")]]
            let parts = Self.parts(of: question.type)
            // Where parts are asked, a part that nobody asked is refused.
            blanks.append(parts.isEmpty ? [("q.other", "text")] : parts.map { ("q." + $0, "") })
            for fields in blanks {
                #expect(question.type.decode(Self.fields(fields), id: question.id) == .none)
            }
            #expect(question.type.formFields(for: Answers(), id: question.id).isEmpty)
        }
    }

    @Test(arguments: names) func aDrawnAnswerIsSentBackAsItWas(_ name: String) throws {
        for question in try Self.questions(name) {
            for fields in Self.forms(for: question.type, name) {
                guard case .answers(let entries) = question.type.decode(fields, id: question.id) else { continue }
                let sent = FormFields(question.type.formFields(for: Answers(entries), id: question.id))
                let page = try HTMLPage(Self.drawn(question, sent))
                let back = Self.fields(page.submitted.map { ($0.name, $0.value) })
                #expect(question.type.decode(back, id: question.id) == .answers(entries))
            }
        }
    }

    @Test(arguments: names) func wrongAnswersDrawNothing(_ name: String) throws {
        let strange: [Answer] = [
            .integer(99), .text("?"), .list(["?"]), .list([]), .consent(given: true, text: ""), .grid([]),
        ]
        for question in try Self.questions(name) {
            for answer in strange {
                let stored = Answers([Answers.Entry(key: "q", answer: answer)])
                _ = question.type.formFields(for: stored, id: question.id)
                _ = question.type.value(of: answer)
                _ = question.type.words(for: answer, in: .english)
            }
        }
    }

    // MARK: Reading and checking

    static func questions(_ name: String) throws -> [Question] {
        try #require(Samples.elements[name], "add an element of \(name) to Samples.elements").map {
            try Samples.question($0)
        }
    }

    static func fields(_ pairs: [(String, String)]) -> FormFields {
        FormFields(pairs.map { FormFields.Field(name: $0.0, value: $0.1) })
    }

    /// Forms over the whole domain where it is small, and many where it is not.
    static func forms(for type: any QuestionType, _ name: String) -> [FormFields] {
        var generator = SeededGenerator(seed: 7)
        if let typed = Samples.typed[name] { return typed.map { fields([("q", $0)]) } }
        switch type.domain {
        case .integers(let range):
            return (range.lowerBound - 1...range.upperBound + 1).map { fields([("q", String($0))]) }
        case .oneOf(let codes):
            return codes.flatMap { [fields([("q", $0)]), fields([("q", $0), ("q.other", "Ünter \"uns\"\n</b>")])] }
        case .subsets(let codes):
            return (0..<1 << codes.count).flatMap { bits in
                let chosen = codes.indices.filter { bits >> $0 & 1 == 1 }.map { ("q", codes[$0]) }
                // Whatever the order sent, with and without free text.
                return [fields(chosen.shuffled(using: &generator)), fields(chosen.reversed() + [("q.other", "more")])]
            }
        case .consent: return [fields([("q", "yes")]), fields([("q", "no")])]
        case .numbers:
            return (0..<300).map { _ in
                let whole = Int.random(in: -2000...2000, using: &generator)
                let fraction =
                    Bool.random(using: &generator) ? "." + String(Int.random(in: 0...99, using: &generator)) : ""
                return fields([("q", " \(whole)\(fraction)")])
            }
        case .orders(let codes):
            // Every way to give each option a place, one too high, or none.
            let places = (1...codes.count + 1).map { String($0) }
            return filled(codes, with: places).map { fields($0.shuffled(using: &generator)) }
        case .rows(let items):
            // Every way to answer each row, or leave it open.
            let answers = type.row.map { forms(for: $0, "").compactMap { $0["q"] } } ?? []
            return filled(items, with: Set(answers).sorted()).map { fields($0.shuffled(using: &generator)) }
        case .dates: return []
        case .open:
            return (0..<100).map { _ in
                let alphabet: [Character] = [
                    "a", "\n", " ", "<", "&", "\"", "'", "é", "ক", "ع", "👍🏽", "\u{2028}", "\t", "{", "}",
                ]
                let length = Int.random(in: 0...40, using: &generator)
                let text = (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "a" }
                return fields([("q", String(text))])
            }
        case .none: return [fields([("q", "1")])]
        }
    }

    /// Every way to give each part one of some values, or none.
    static func filled(_ parts: [String], with values: [String]) -> [[(String, String)]] {
        var forms: [[(String, String)]] = [[]]
        for part in parts {
            forms = forms.flatMap { form in [form] + values.map { value in form + [("q." + part, value)] } }
        }
        return forms
    }

    /// What was accepted lies in the domain, has the value type it claims, and survives form, page and disk.
    static func check(_ entries: [Answers.Entry], of question: Question) throws {
        let type = question.type
        let answers = Answers(entries)
        let first = try #require(entries.first)
        #expect(first.key == "q")
        #expect(entries.dropFirst().allSatisfy { $0.key == "q.other" })
        let sent = FormFields(type.formFields(for: answers, id: question.id))
        #expect(type.decode(sent, id: question.id) == .answers(entries))
        var writer = JSONWriter()
        writer.answers(answers)
        let stored = try #require(Answers(try JSONParser.parse(writer.bytes)))
        #expect(stored == answers)
        switch (type.domain, first.answer) {
        case (.integers(let range), .integer(let number)): #expect(range.contains(number))
        case (.oneOf(let codes), .text(let code)): #expect(codes.contains(code))
        case (.subsets(let codes), .list(let chosen)):
            #expect(!chosen.isEmpty && chosen == codes.filter { chosen.contains($0) }, "codes in definition order")
        case (.consent, .consent(_, let digest)): #expect(digest.utf8.count == 32)
        case (.numbers(let low, let high), .integer(let number)):
            #expect(Double(number) >= low ?? -.infinity && Double(number) <= high ?? .infinity)
        case (.numbers(let low, let high), .number(let number)):
            #expect(number.value >= low ?? -.infinity && number.value <= high ?? .infinity)
        case (.dates(let low, let high), .text(let text)):
            let date = try #require(LocalDate(text))
            #expect(low.map { date >= $0 } ?? true && high.map { date <= $0 } ?? true)
        case (.orders(let codes), .list(let ranked)):
            #expect(!ranked.isEmpty && Set(ranked).count == ranked.count && Set(ranked).isSubset(of: codes))
        case (.rows(let items), .grid(let rows)):
            #expect(
                !rows.isEmpty && rows.map(\.item) == items.filter { rows.map(\.item).contains($0) },
                "rows in definition order")
        case (.open, .text(let text)): #expect(text.contains { !$0.isWhitespace })
        default: Issue.record("\(first.answer) is not in \(type.domain)")
        }
        switch (type.valueType, type.value(of: first.answer)) {
        case (.number, .number), (.boolean, .boolean), (.text, .text), (.choice, .text), (.set, .set), (.date, .date),
            (.rows, .set):
            break
        default: Issue.record("\(type.value(of: first.answer)) is not \(type.valueType.words)")
        }
        #expect(!type.words(for: first.answer, in: .english).isEmpty)
    }

    static func drawn(_ question: Question, _ fields: FormFields) -> [UInt8] {
        var html = HTMLWriter()
        question.type.draw(
            QuestionDrawing(
                id: question.id, language: .english, words: .english, fields: fields, describedBy: "_q.problem",
                isRequired: true, isInvalid: true, fill: { $0.filled(in: .english) { _ in nil } }),
            into: &html)
        return html.bytes
    }

    /// The same elements and attribute names as an empty drawing, whatever was typed.
    static func drawingStaysMarkup(_ question: Question, _ fields: FormFields) throws {
        func skeleton(_ fields: FormFields) throws -> [String] {
            try HTMLPage(drawn(question, fields)).elements.map { element in
                ([element.name] + element.attributes.keys.filter { $0 != "checked" }.sorted()).joined(separator: " ")
            }
        }
        #expect(try skeleton(fields) == skeleton(FormFields()))
    }
}
