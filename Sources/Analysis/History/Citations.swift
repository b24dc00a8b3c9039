internal import Feedback
internal import QuestionnaireModel
internal import Records

/// Puts what rules rest on into words, with the customers' own words read from their lines again.
struct CitationWriter: ~Copyable {
    /// What a line says of its giver.
    private struct Said {
        let id: String
        let quote: String?
        let language: LanguageTag?
    }

    /// Which of a version's keys come behind its recommend question.
    private struct Order {
        let isBehind: [Bool]
    }

    private var fetcher: LineFetcher
    private var scanner: LineScanner
    private var line = ScannedLine()
    private let histories: Histories
    private let definitions: SurveyDefinitions
    private let windowDays: Int
    private var orders: [Order] = []
    /// Days in words: many scores, few days.
    private var days: [Int: String] = [:]
    /// Languages met so far, by their bytes.
    private var languages: [[UInt8]: LanguageTag?] = [:]
    /// The lines that the present account's citations have read, so that none is read twice.
    private var said: [(part: UInt32, offset: UInt32, said: Said)] = []

    init(_ histories: Histories, _ definitions: SurveyDefinitions, windowDays: Int) {
        fetcher = LineFetcher(histories.parts)
        scanner = LineScanner(definitions) { $0.type.measure == .verbatim }
        self.histories = histories
        self.definitions = definitions
        self.windowDays = windowDays
    }

    /// Begins another account.
    mutating func begin() { said.removeAll(keepingCapacity: true) }

    /// A citation as evidence of a report.
    mutating func evidence(_ citation: Citation, account: String) throws(AnalysisError) -> Evidence {
        switch citation {
        case .account(let at, let text): return Evidence(kind: .account, id: account, at: at, text: text)
        case .silent(let person):
            return Evidence(
                kind: .contact, id: histories.id(of: person.member) ?? "", at: histories.known(person.member),
                text: "\(histories.words(person)) has not answered in \(windowDays) days.")
        case .score(let person, let score, let before):
            var text = histories.words(person)
            text += " gave "
            append(score, to: &text)
            if let before {
                text += "; "
                append(before, to: &text)
            }
            text += "."
            let said = try said(by: score)
            return Evidence(
                kind: .response, id: said.id, at: score.at, text: text, quote: said.quote, language: said.language)
        }
    }

    /// A score and its date, such as `4 on 21 Nov 2026`.
    private mutating func append(_ score: CountedScore, to text: inout String) {
        let day = score.at.date.dayNumber
        let words = days[day] ?? score.at.date.words
        days[day] = words
        text += Self.numbers[score.score]
        text += " on "
        text += words
    }

    private static let numbers = (0...10).map { "\($0)" }

    /// A remedy as a sentence.
    func words(_ remedy: Remedy) -> String {
        switch remedy {
        case .words(let words): return "Clears \(words)"
        case .people(let people):
            let parts = people.map { "\(histories.shortWords($0.person)) \($0.does)" }
            return "Clears when \(parts.joined(separator: " and "))."
        }
    }

    private mutating func said(by score: CountedScore) throws(AnalysisError) -> Said {
        for known in said where known.offset == score.offset && known.part == score.part { return known.said }
        let own = try read(score)
        said.append((score.part, score.offset, own))
        return own
    }

    /// The id of a line, and its giver's own words: the first behind the recommend question, else the first at all.
    private mutating func read(_ score: CountedScore) throws(AnalysisError) -> Said {
        try fetcher.fetch(part: Int(score.part), offset: Int(score.offset))
        let buffer = fetcher.buffer
        let bytes = buffer.span.bytes
        guard scanner.scan(bytes, from: 0, into: &line) != nil else { return slowly() }
        let isBehind = order(of: line.version).isBehind
        let language = line.language
        let chosen = line.answers.first { isBehind[$0.key] } ?? line.answers.first
        return Said(
            id: ByteWords.text(bytes, line.id.start, count: line.id.count),
            quote: chosen.flatMap { Self.text(bytes, $0.range) },
            language: language.isEmpty
                ? nil : self.language(ByteWords.array(bytes, language.start, count: language.count))
        )
    }

    private mutating func language(_ bytes: [UInt8]) -> LanguageTag? {
        if let known = languages[bytes] { return known }
        let tag = LanguageTag(String(decoding: bytes, as: UTF8.self))
        languages[bytes] = .some(tag)
        return tag
    }

    private mutating func order(of version: Int) -> Order {
        while orders.count <= version {
            let known = scanner.versions[orders.count]
            let recommend =
                known.questionnaire.flatMap { own in own.recommendQuestion.flatMap { own.index(of: $0.id) } } ?? -1
            orders.append(Order(isBehind: (known.keys?.questions ?? []).map { $0 > recommend }))
        }
        return orders[version]
    }

    private func slowly() -> Said {
        guard let line = try? ResponseLine(fetcher.line) else { return Said(id: "", quote: nil, language: nil) }
        let questions = definitions[line.survey, line.version]?.questions ?? []
        let recommend = questions.firstIndex { $0.question.type.measure == .nps } ?? -1
        let said = questions.indices.filter { questions[$0].question.type.measure == .verbatim }.compactMap { index in
            if case .text(let text)? = line.answers[questions[index].question.id.rawValue] {
                (index, text)
            } else {
                nil
            }
        }
        let quote = said.first { $0.0 > recommend } ?? said.first
        return Said(id: line.id.rawValue, quote: quote?.1, language: line.language)
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
