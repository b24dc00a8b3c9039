internal import Feedback
internal import QuestionnaireModel

/// Reads and judges the values of attributes.
enum AttributeValue {
    /// What is wrong with a value, and what to write instead; nil when nothing is.
    static func problem(with value: String, as kind: AttributeShape.Kind) -> (message: String, help: String?)? {
        switch kind {
        case .name:
            if QuestionID(value) != nil { return nil }
            return (
                "\"\(value)\" is not an id.",
                "Begin with a small letter and go on with small letters, digits and -; 64 at most."
            )
        case .dottedName:
            if isDottedName(value) { return nil }
            return ("\"\(value)\" is not a field's name.", "Write ids joined by dots, such as order.product.")
        case .boolean:
            if value == "true" || value == "false" { return nil }
            return ("\"\(value)\" is neither true nor false.", "Write \"true\", or leave the attribute out.")
        case .integer(let range):
            if let number = Int(value), range.contains(number) { return nil }
            return ("\"\(value)\" is not a whole number from \(range.lowerBound) to \(range.upperBound).", nil)
        case .decimal:
            if DecimalNumber(value) != nil { return nil }
            return ("\"\(value)\" is not a number.", "Write digits and, if needed, a point, such as 2.5.")
        case .date:
            if LocalDate(value) != nil { return nil }
            return ("\"\(value)\" is not a date.", "Write year, month and day, such as 2026-01-31.")
        case .day:
            if DateBound(value) != nil { return nil }
            return (
                "\"\(value)\" is no date and no day counted from today.",
                "Write 2026-01-31, today, today+30d or today-18y; d, w, m and y are days, weeks, months and years."
            )
        case .duration:
            if milliseconds(value) != nil { return nil }
            return ("\"\(value)\" is not a span of time.", "Write a number and m, h, d or w, such as 24h or 3d.")
        case .oneOf(let words):
            if words.contains(value) { return nil }
            let list = words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
            return ("\"\(value)\" is not one of \(list).", nearest(value, words))
        case .languages:
            return languagesProblem(value)
        case .version:
            if SurveyVersion(value) != nil { return nil }
            return (
                "\"\(value)\" is not a version.",
                "Write letters, digits, dots and dashes, 32 at most, such as 1 or 2.1."
            )
        case .address:
            if isAddress(value) { return nil }
            return ("\"\(value)\" is not an https address.", "Write https://, a name and a path, without spaces.")
        case .condition:
            if !value.allSatisfy(\.isWhitespace) { return nil }
            return ("The condition is empty.", "Write one, such as recommend le 6, or leave the attribute out.")
        case .value:
            if !value.allSatisfy(\.isWhitespace) { return nil }
            return ("The value is empty.", "Write one, such as recommend div 2.")
        // Patterns are read with their places by `PatternCheck`.
        case .pattern, .text:
            return nil
        }
    }

    private static func nearest(_ word: String, _ words: [String]) -> String? {
        words.first { $0.lowercased() == word.lowercased() }.map { "Write \"\($0)\"." }
            ?? nearestName(word, among: words).map { "Did you mean \"\($0)\"?" }
    }

    private static func isDottedName(_ value: String) -> Bool {
        value.utf8.count <= 128
            && value.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
                QuestionID(String($0)) != nil
            }
    }

    private static let forbidden = Set("\"<>\\^`{|}".utf8)

    private static func isAddress(_ value: String) -> Bool {
        let rest = value.utf8.dropFirst(8)
        guard value.hasPrefix("https://"), let first = rest.first, first != UInt8(ascii: "/"), value.utf8.count <= 2000
        else { return false }
        return value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !forbidden.contains($0) }
    }

    // MARK: Languages

    private static let mostLanguages = 40

    /// The languages of an attribute's value, each once; tags that are none are left out.
    static func languages(_ value: String) -> [LanguageTag] {
        var languages: [LanguageTag] = []
        for word in value.split(separator: " ").prefix(mostLanguages) {
            if let tag = LanguageTag(String(word)), !languages.contains(tag) { languages.append(tag) }
        }
        return languages
    }

    /// The part of a value that a problem is about, in bytes from its start; nil for the whole.
    static func culprit(in value: String, as kind: AttributeShape.Kind) -> Range<Int>? {
        guard case .languages = kind else { return nil }
        let words = value.split(separator: " ")
        guard words.count <= mostLanguages else { return nil }
        let culprit = words.indices.first { isCulprit(words[$0], after: words[..<$0]) }
        return culprit.map { index in
            let word = words[index]
            let start = value.utf8.distance(from: value.startIndex, to: word.startIndex)
            return start..<start + word.utf8.count
        }
    }

    private static func isCulprit(_ word: Substring, after others: ArraySlice<Substring>) -> Bool {
        LanguageTag(String(word)) == nil || others.contains { $0.lowercased() == word.lowercased() }
    }

    private static func languagesProblem(_ value: String) -> (message: String, help: String?)? {
        let words = value.split(separator: " ")
        if words.isEmpty {
            return ("No language is named.", "Write one or more, such as \"en bn\"; the first is the default.")
        }
        if words.count > mostLanguages { return ("More than \(mostLanguages) languages are named.", nil) }
        for (index, word) in words.enumerated() {
            if LanguageTag(String(word)) == nil {
                return ("\"\(word)\" is not a language.", "Write tags such as en, bn or pt-br, parted by spaces.")
            }
            if words[..<index].contains(where: { $0.lowercased() == word.lowercased() }) {
                return ("\"\(word)\" is named twice.", "Name each language once.")
            }
        }
        return nil
    }

    // MARK: Spans of time

    /// The milliseconds of `30m`, `24h`, `3d` or `1w`; nil for anything else, and past ten years.
    static func milliseconds(_ value: String) -> Int64? {
        let digits = value.utf8.dropLast()
        guard (1...5).contains(digits.count), digits.first != UInt8(ascii: "0"),
            digits.allSatisfy({ (48...57).contains($0) }), let number = Int64(value.dropLast())
        else { return nil }
        let unit: Int64
        switch value.utf8.last {
        case UInt8(ascii: "m"): unit = 60_000
        case UInt8(ascii: "h"): unit = 3_600_000
        case UInt8(ascii: "d"): unit = 86_400_000
        case UInt8(ascii: "w"): unit = 604_800_000
        default: return nil
        }
        let span = number * unit
        return span <= 3653 * 86_400_000 ? span : nil
    }
}
