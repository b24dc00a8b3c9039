internal import Feedback
internal import QuestionnaireModel
internal import Records

/// Reads response lines in heed's own key order and spelling without building anything (TECHNIQUES 6).
///
/// Whatever it accepts, `ResponseLine` accepts with the same meaning; anything else it leaves to `ResponseLine`.
struct LineScanner {
    /// Versions met so far, by the numbers that lines carry.
    let versions: KnownVersions

    private let words = LineWords()
    /// The keys of the version that lines were last given under.
    private var keys = KeyWords()
    private var isWanted: [Bool] = []

    /// The bytes from behind the id up to the moment of the last line, which the next line mostly repeats.
    private var template: [UInt8] = []
    private var templateCount = 0
    private var templateVersion = 0
    private var templateRevision = 1

    private var moments = MomentScanner()

    /// A scanner that hands on the answers to the questions wanted.
    init(_ definitions: SurveyDefinitions, wanted: @escaping @Sendable (Question) -> Bool) {
        versions = KnownVersions(definitions, wanted: wanted)
    }

    /// Scans the line that begins at an offset; returns the place of its line feed, or nil when the full parser must
    /// decide.
    mutating func scan(_ bytes: RawSpan, from start: Int, into line: inout ScannedLine) -> Int? {
        guard start + 16 <= bytes.byteCount, ByteWords.word(bytes, start) == words.opening,
            ByteWords.word(bytes, start + 8) & 0xFF_FFFF_FFFF == words.id
        else { return nil }
        var at = start + 13
        guard let idEnd = Self.identifierEnd(bytes, from: at) else { return nil }
        line.id = ByteRange(start: at, count: idEnd - at)
        at = idEnd
        guard at + templateCount + ByteWords.slack <= bytes.byteCount else { return nil }
        if templateCount > 0, ByteWords.equal(template.span.bytes, 0, bytes, at, count: templateCount) {
            at += templateCount
        } else {
            guard let end = learn(bytes, from: at) else { return nil }
            at = end
        }
        line.version = templateVersion
        line.revision = templateRevision
        guard let submitted = moments.scan(bytes, at) else { return nil }
        line.submitted = submitted
        line.known = submitted
        line.quarter = moments.quarter
        at += 25
        return rest(bytes, from: at, into: &line)
    }

    /// Reads revision, survey and version, and keeps their bytes for the next line.
    private mutating func learn(_ bytes: RawSpan, from start: Int) -> Int? {
        var at = start
        guard Self.take("\",\"revision\":", bytes, &at), let number = Self.integer(bytes, from: at), number.value >= 1
        else { return nil }
        at = number.end
        guard Self.take(",\"survey\":\"", bytes, &at), let surveyEnd = Self.identifierEnd(bytes, from: at),
            let survey = SurveyID(ByteWords.text(bytes, at, count: surveyEnd - at))
        else { return nil }
        at = surveyEnd
        guard Self.take("\",\"version\":\"", bytes, &at), let versionEnd = StringScanning.plainEnd(bytes, from: at),
            let version = SurveyVersion(ByteWords.text(bytes, at, count: versionEnd - at))
        else { return nil }
        at = versionEnd
        guard Self.take("\",\"submitted\":\"", bytes, &at) else { return nil }
        let index = versions.number(of: survey, version)
        // Without a definition the order of keys is unknown.
        guard let known = versions[index].keys else { return nil }
        keys = known.keys
        isWanted = known.isWanted
        template = ByteWords.array(bytes, start, count: at - start) + [UInt8](repeating: 0, count: ByteWords.slack)
        templateCount = at - start
        templateVersion = index
        templateRevision = number.value
        return at
    }

    /// Keys after `submitted`, each at most once and in this order.
    private enum Stage: Int, Comparable {
        case submitted, recorded, complete, account, contact, role, wave, channel, language, started

        static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
    }

    /// Everything behind `submitted`.
    private mutating func rest(_ bytes: RawSpan, from start: Int, into line: inout ScannedLine) -> Int? {
        var at = start
        var stage = Stage.submitted
        line.isComplete = true
        line.account.count = 0
        line.contact.count = 0
        line.role = nil
        line.wave.count = 0
        line.language.count = 0
        while true {
            // A comma, a quote and the key's first letter; then the rest of the key as one word.
            guard at + 32 <= bytes.byteCount, ByteWords.byte(bytes, at) == UInt8(ascii: ","),
                ByteWords.byte(bytes, at + 1) == UInt8(ascii: "\"")
            else { return nil }
            let word = ByteWords.word(bytes, at + 3)
            let next: Stage
            switch ByteWords.byte(bytes, at + 2) {
            case UInt8(ascii: "a"):
                guard word == words.account else {
                    guard word == words.answers else { return nil }
                    return answers(bytes, from: at + 11, into: &line)
                }
                next = .account
                guard stage < next, let end = Self.foreignKey(bytes, from: at + 11, &line.account) else { return nil }
                at = end
            case UInt8(ascii: "c"):
                if word == words.contact {
                    next = .contact
                    guard stage < next, let end = Self.foreignKey(bytes, from: at + 11, &line.contact) else {
                        return nil
                    }
                    at = end
                } else if word == words.channel {
                    next = .channel
                    guard stage < next, let end = channel(bytes, from: at + 11) else { return nil }
                    at = end
                } else {
                    next = .complete
                    at += 11
                    guard stage < next, word == words.complete, Self.take(":false", bytes, &at) else { return nil }
                    line.isComplete = false
                }
            case UInt8(ascii: "l"):
                next = .language
                guard stage < next, word == words.language,
                    let end = Self.language(bytes, from: at + 11, &line.language)
                else { return nil }
                at = end
            case UInt8(ascii: "s"):
                next = .started
                guard stage < next, word == words.started, ByteWords.byte(bytes, at + 11) == 0x22,
                    at + 48 <= bytes.byteCount, moments.scan(bytes, at + 12) != nil
                else { return nil }
                at += 37
            case UInt8(ascii: "r"):
                if word & 0xFFFF_FFFF_FFFF == words.role {
                    next = .role
                    guard stage < next, let end = role(bytes, from: at + 9, &line.role) else { return nil }
                    at = end
                } else {
                    next = .recorded
                    at += 11
                    guard stage < next, word == words.recorded, Self.take(":\"", bytes, &at),
                        at + 32 <= bytes.byteCount, let recorded = moments.scan(bytes, at)
                    else { return nil }
                    line.known = recorded
                    at += 25
                }
            case UInt8(ascii: "w"):
                next = .wave
                guard stage < next, word & 0xFFFF_FFFF_FFFF == words.wave,
                    let end = StringScanning.plainEnd(bytes, from: at + 9)
                else { return nil }
                line.wave = ByteRange(start: at + 9, count: end - at - 9)
                // An empty wave is a wave of its own, which only the full parser tells from none.
                if line.wave.isEmpty { return nil }
                at = end + 1
            default: return nil
            }
            stage = next
        }
    }

    /// The answers, and what follows them to the end of the line.
    private func answers(_ bytes: RawSpan, from start: Int, into line: inout ScannedLine) -> Int? {
        guard ByteWords.byte(bytes, start) == UInt8(ascii: "{") else { return nil }
        var at = start + 1
        line.answers.removeAll(keepingCapacity: true)
        if ByteWords.byte(bytes, at) == UInt8(ascii: "}") { return LineScanner.tail(bytes, from: at + 1) }
        var next = 0
        while true {
            guard at + ByteWords.slack <= bytes.byteCount, ByteWords.byte(bytes, at) == 0x22,
                let match = keys.match(bytes, at + 1, from: next),
                let value = AnswerScanning.value(bytes, from: match.end)
            else { return nil }
            if isWanted[match.key] {
                line.answers.append(
                    ScannedAnswer(
                        key: match.key, range: ByteRange(start: match.end, count: value.end - match.end),
                        integer: value.integer))
            }
            next = match.key + 1
            at = value.end
            switch ByteWords.byte(bytes, at) {
            case UInt8(ascii: ","): at += 1
            case UInt8(ascii: "}"): return LineScanner.tail(bytes, from: at + 1)
            default: return nil
            }
        }
    }

    /// Behind the answers: fields, then the end; offers and unknown keys are left to the full parser.
    private static func tail(_ bytes: RawSpan, from start: Int) -> Int? {
        var at = start
        guard at + ByteWords.slack <= bytes.byteCount else { return nil }
        if ByteWords.byte(bytes, at) == UInt8(ascii: ",") {
            guard take(",\"fields\":", bytes, &at), let end = AnswerScanning.object(bytes, from: at, depth: 0) else {
                return nil
            }
            at = end
        }
        guard ByteWords.byte(bytes, at) == UInt8(ascii: "}"), ByteWords.byte(bytes, at + 1) == 0x0A else { return nil }
        return at + 1
    }
}

extension LineScanner {
    /// The end of an id of letters, digits, `_` and `-`, 1 to 64 bytes, with its quote behind it.
    private static func identifierEnd(_ bytes: RawSpan, from start: Int) -> Int? {
        var at = start
        while at + 8 <= bytes.byteCount, at - start <= 64 {
            let word = ByteWords.word(bytes, at)
            let quote = ByteWords.matches(word, 0x22)
            let length = quote == 0 ? 8 : quote.trailingZeroBitCount / 8
            // What is no letter and no digit, for bytes below 0x80; the others carry their own high bit.
            let lower = word | 0x2020_2020_2020_2020
            let letters = (lower &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(lower &+ 0x0505_0505_0505_0505)
            let digits = (word &+ 0x5050_5050_5050_5050) & ~(word &+ 0x4646_4646_4646_4646)
            let others = (~(letters | digits) | word) & ByteWords.highs & ByteWords.mask(length)
            if word & ByteWords.highs & ByteWords.mask(length) != 0 { return nil }
            if others != 0 {
                for index in 0..<length where others >> UInt64(index * 8) & 0x80 != 0 {
                    let byte = UInt8(truncatingIfNeeded: word >> UInt64(index * 8))
                    guard byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") else { return nil }
                }
            }
            at += length
            if quote != 0 {
                let count = at - start
                return (1...64).contains(count) ? at : nil
            }
        }
        return nil
    }

    /// A customer's own id: 1 to 128 bytes without control characters; returns the place behind its quote.
    private static func foreignKey(_ bytes: RawSpan, from start: Int, _ range: inout ByteRange) -> Int? {
        guard ByteWords.byte(bytes, start) == 0x22, let end = StringScanning.plainEnd(bytes, from: start + 1) else {
            return nil
        }
        let count = end - start - 1
        guard (1...128).contains(count) else { return nil }
        var at = start + 1
        while at < end {
            if ByteWords.matches(ByteWords.word(bytes, at), 0x7F) & ByteWords.mask(end - at) != 0 { return nil }
            at += 8
        }
        range = ByteRange(start: start + 1, count: count)
        return end + 1
    }

    private func role(_ bytes: RawSpan, from start: Int, _ role: inout ContactRole?) -> Int? {
        let first = ByteWords.word(bytes, start)
        if first & ByteWords.mask(5) == words.user {
            role = .user
            return start + 5
        }
        let second = ByteWords.word(bytes, start + 8)
        if first == words.decisionMaker.0, second & ByteWords.mask(7) == words.decisionMaker.1 {
            role = .decisionMaker
            return start + 15
        }
        if first == words.influencer.0, second & ByteWords.mask(3) == words.influencer.1 {
            role = .influencer
            return start + 11
        }
        return nil
    }

    private func channel(_ bytes: RawSpan, from start: Int) -> Int? {
        let word = ByteWords.word(bytes, start)
        for channel in words.channels where word & channel.mask == channel.word { return start + channel.count }
        return nil
    }

    /// A language in lower case; returns the place behind its quote.
    private static func language(_ bytes: RawSpan, from start: Int, _ range: inout ByteRange) -> Int? {
        var at = start
        guard take(":\"", bytes, &at) else { return nil }
        let first = at
        var part = 0
        var isFirst = true
        while at - first <= 35, at < bytes.byteCount {
            let byte = ByteWords.byte(bytes, at)
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): part += 1
            case UInt8(ascii: "0")...UInt8(ascii: "9") where !isFirst: part += 1
            case UInt8(ascii: "-"), 0x22:
                guard (isFirst ? 2...8 : 1...8).contains(part) else { return nil }
                if byte == 0x22 {
                    range = ByteRange(start: first, count: at - first)
                    return at + 1
                }
                part = 0
                isFirst = false
            default: return nil
            }
            at += 1
        }
        return nil
    }

    /// Takes a text that must stand at an offset.
    static func take(_ text: StaticString, _ bytes: RawSpan, _ at: inout Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard at + count <= bytes.byteCount else { return false }
        for index in 0..<count where text.utf8Start[index] != ByteWords.byte(bytes, at + index) { return false }
        at += count
        return true
    }

    /// A whole number of at most 15 digits, without sign or leading zero.
    private static func integer(_ bytes: RawSpan, from start: Int) -> (value: Int, end: Int)? {
        var at = start
        var value = 0
        while at < bytes.byteCount, case let byte = ByteWords.byte(bytes, at), (48...57).contains(byte) {
            value = value * 10 + Int(byte - 48)
            at += 1
            if at - start > 15 { return nil }
        }
        guard at > start, ByteWords.byte(bytes, start) != UInt8(ascii: "0") || at == start + 1 else { return nil }
        return (value, at)
    }
}
