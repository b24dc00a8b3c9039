internal import Diagnostics
internal import Markup
internal import QuestionnaireModel

/// Cuts a condition into tokens; stops at the first thing that is none, and says what to write instead.
struct Tokenizer {
    private let bytes: [UInt8]
    private let written: WrittenText
    private var index = 0

    /// The tokens of an attribute's value, the last one `end`; nil after a problem, which is reported.
    static func tokens(of attribute: MarkupAttribute, _ source: inout SurveySource) -> [Token]? {
        let bytes = Array(attribute.value.utf8)
        guard bytes.count <= mostBytes else {
            source.report(
                .conditionSyntax, at: attribute.valueRange, "This condition is longer than \(mostBytes) characters.",
                help: "Ask for what decides in a question of its own, or split the page.")
            return nil
        }
        var tokenizer = Tokenizer(
            bytes: bytes, written: WrittenText(attribute.valueRange, of: source.text.bytes, count: bytes.count))
        return tokenizer.run(&source)
    }

    /// Bounds the depth of what is read from it, too.
    static let mostBytes = 4000

    private init(bytes: [UInt8], written: WrittenText) {
        self.bytes = bytes
        self.written = written
    }

    private mutating func run(_ source: inout SurveySource) -> [Token]? {
        var tokens: [Token] = []
        while index < bytes.count {
            let start = index
            let byte = bytes[index]
            index += 1
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D: continue
            case UInt8(ascii: "+"): tokens.append(token(.plus, start))
            case UInt8(ascii: "-"): tokens.append(token(.minus, start))
            case UInt8(ascii: "*"): tokens.append(token(.star, start))
            case UInt8(ascii: "("): tokens.append(token(.open, start))
            case UInt8(ascii: ")"): tokens.append(token(.close, start))
            case UInt8(ascii: ","): tokens.append(token(.comma, start))
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                guard let text = quoted(byte) else {
                    source.report(
                        .conditionSyntax, at: written.place(of: start..<bytes.count), "This quoted text does not end.",
                        help: "Close it with \(Character(Unicode.Scalar(byte))).")
                    return nil
                }
                tokens.append(token(.text(text), start))
            case 48...57:
                while index < bytes.count, isDigit(bytes[index]) || bytes[index] == UInt8(ascii: ".") { index += 1 }
                let digits = String(decoding: bytes[start..<index], as: UTF8.self)
                guard let number = Double(digits), !digits.hasSuffix("."), digits.utf8.count <= 16 else {
                    source.report(
                        .conditionSyntax, at: written.place(of: start..<index), "\"\(digits)\" is not a number.",
                        help: "Write digits and, if needed, a point, such as 2.5.")
                    return nil
                }
                tokens.append(token(.number(number), start))
            case 97...122:
                name()
                tokens.append(token(.name(String(decoding: bytes[start..<index], as: UTF8.self)), start))
            default:
                reportStray(start, &source)
                return nil
            }
        }
        let end = max(0, bytes.count - 1)
        tokens.append(Token(kind: .end, range: written.place(of: end..<bytes.count)))
        return tokens
    }

    private func token(_ kind: Token.Kind, _ start: Int) -> Token {
        Token(kind: kind, range: written.place(of: start..<index))
    }

    private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// The rest of a name: ids joined by dots.
    private mutating func name() {
        while index < bytes.count {
            let byte = bytes[index]
            let isDot = byte == UInt8(ascii: ".") && index + 1 < bytes.count && (97...122).contains(bytes[index + 1])
            guard isDot || (97...122).contains(byte) || isDigit(byte) || byte == UInt8(ascii: "-") else { return }
            index += 1
        }
    }

    /// Text up to its closing quote; a doubled quote stands for itself, as in XPath.
    private mutating func quoted(_ quote: UInt8) -> String? {
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == quote {
                guard index < bytes.count, bytes[index] == quote else {
                    return String(decoding: text, as: UTF8.self)
                }
                index += 1
            }
            text.append(byte)
        }
        return nil
    }

    /// What other languages write, and what to write here.
    private static let habits: [(written: String, instead: String)] = [
        ("<=", "le"), (">=", "ge"), ("!=", "ne"), ("<>", "ne"), ("==", "eq"), ("&&", "and"), ("||", "or"), ("=", "eq"),
        ("<", "lt"), (">", "gt"), ("!", "not(…)"), ("/", "div"), ("%", "mod"), ("&", "and"), ("|", "or"),
        ("‘", "' (a straight quote)"), ("’", "' (a straight quote)"), ("“", "' (a straight quote)"),
        ("”", "' (a straight quote)"), ("–", "-"), ("−", "-"), ("$", "the bare name"), ("{", "the bare name"),
    ]

    private func reportStray(_ start: Int, _ source: inout SurveySource) {
        let rest = bytes[start...]
        if let habit = Self.habits.first(where: { rest.starts(with: $0.written.utf8) }) {
            source.report(
                .conditionSyntax, at: written.place(of: start..<start + habit.written.utf8.count),
                "Conditions do not have \"\(habit.written)\".", help: "Write \(habit.instead).")
            return
        }
        let text = String(decoding: rest, as: UTF8.self)
        let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        let shown = word.isEmpty ? text.prefix(1) : word
        source.report(
            .conditionSyntax, at: written.place(of: start..<start + shown.utf8.count),
            "\"\(shown)\" is no part of a condition.",
            help: word.isEmpty
                ? nil : "Names begin with a small letter; texts and codes stand in quotes, such as 'yes'.")
    }
}
