internal import Feedback
internal import QuestionnaireModel
internal import Records

/// Puts what rules rest on into words, with the customers' own words read from their lines again.
struct CitationWriter: ~Copyable {
    private var fetcher: LineFetcher
    private var scanner: LineScanner
    private let parts: [SegmentPart]
    private let definitions: SurveyDefinitions

    init(_ parts: [SegmentPart], _ definitions: SurveyDefinitions) {
        fetcher = LineFetcher(parts)
        scanner = LineScanner(definitions) { $0.type.measure == .verbatim }
        self.parts = parts
        self.definitions = definitions
    }

    /// A citation as evidence of a report.
    mutating func evidence(_ citation: Citation, account: String) throws(AnalysisError) -> Evidence {
        switch citation {
        case .account(let at, let text): return Evidence(kind: .account, id: account, at: at, text: text)
        case .person(let person, let at, let text):
            return Evidence(kind: .contact, id: person.id ?? "", at: at, text: text)
        case .score(let person, let score, let before):
            var text = "\(person.words) gave \(score.score) on \(score.at.date.words)"
            if let before { text += "; \(before.score) on \(before.at.date.words)" }
            let words = try words(part: Int(score.part), offset: Int(score.offset))
            return Evidence(
                kind: .response, id: words.id, at: score.at, text: text + ".", quote: words.quote, language: words.language)
        }
    }

    /// The id of a line, and its giver's own words: the first after the recommend question, else the first at all.
    private mutating func words(
        part: Int, offset: Int
    ) throws(AnalysisError) -> (id: String, quote: String?, language: LanguageTag?) {
        try fetcher.fetch(part: part, offset: offset)
        let buffer = fetcher.buffer
        let bytes = buffer.span.bytes
        var line = ScannedLine()
        guard scanner.scan(bytes, from: 0, into: &line) != nil else { return slowWords() }
        let version = scanner.versions[line.version]
        let language = line.language.isEmpty ? nil : LanguageTag(ByteWords.text(bytes, line.language.start, count: line.language.count))
        let id = ByteWords.text(bytes, line.id.start, count: line.id.count)
        guard let questionnaire = version.questionnaire, let keys = version.keys else { return (id, nil, language) }
        let recommend = questionnaire.recommendQuestion.flatMap { questionnaire.index(of: $0.id) } ?? -1
        let after = line.answers.first { keys.questions[$0.key] > recommend } ?? line.answers.first
        return (id, after.flatMap { Self.text(bytes, $0.range) }, language)
    }

    private func slowWords() -> (id: String, quote: String?, language: LanguageTag?) {
        guard let line = try? ResponseLine(fetcher.line) else { return ("", nil, nil) }
        let questions = definitions[line.survey, line.version]?.questions ?? []
        let recommend = questions.firstIndex { $0.question.type.measure == .nps } ?? -1
        let said = questions.indices.filter { questions[$0].question.type.measure == .verbatim }.compactMap { index in
            if case .text(let text)? = line.answers[questions[index].question.id.rawValue] { (index, text) } else { nil }
        }
        let quote = said.first { $0.0 > recommend } ?? said.first
        return (line.id.rawValue, quote?.1, line.language)
    }

    /// The text of a JSON string.
    private static func text(_ bytes: RawSpan, _ range: ByteRange) -> String? {
        guard range.count >= 2, ByteWords.byte(bytes, range.start) == 0x22 else { return nil }
        let (first, last) = (range.start + 1, range.start + range.count - 1)
        var isPlain = true
        for index in first..<last where ByteWords.byte(bytes, index) == 0x5C { isPlain = false }
        if isPlain { return ByteWords.text(bytes, first, count: last - first) }
        return unescaped(bytes, first, last)
            ?? (try? JSONParser.parse(ByteWords.array(bytes, range.start, count: range.count)))?.string
    }

    /// A text whose escapes stand for single bytes; nil where the full parser must decide.
    private static func unescaped(_ bytes: RawSpan, _ first: Int, _ last: Int) -> String? {
        var isReadable = true
        let text = String(unsafeUninitializedCapacity: last - first) { buffer in
            var index = first
            var count = 0
            while index < last {
                var byte = ByteWords.byte(bytes, index)
                if byte == 0x5C {
                    index += 1
                    switch ByteWords.byte(bytes, index) {
                    case UInt8(ascii: "n"): byte = 0x0A
                    case UInt8(ascii: "r"): byte = 0x0D
                    case UInt8(ascii: "t"): byte = 0x09
                    case UInt8(ascii: "b"): byte = 0x08
                    case UInt8(ascii: "f"): byte = 0x0C
                    case UInt8(ascii: "u"):
                        isReadable = false
                        return 0
                    case let other: byte = other
                    }
                }
                buffer[count] = byte
                count += 1
                index += 1
            }
            return count
        }
        return isReadable ? text : nil
    }
}
