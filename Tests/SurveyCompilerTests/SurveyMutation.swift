import FeedbackTestSupport

/// One kind of fault: what it looks for in a good survey, and what it writes instead.
struct SurveyMutation: Sendable {
    let name: String
    /// Finds places; its capture is what is replaced.
    private let places: @Sendable (String) -> [Range<String.Index>]
    private let write: @Sendable (String, String, inout SeededGenerator) -> String?
    /// Whether the fault may show itself only further down, as an end tag that is missing does.
    let showsLater: Bool

    private init(
        _ name: String, _ pattern: String, showsLater: Bool = false,
        _ write: @escaping @Sendable (_ found: String, _ text: String, _ random: inout SeededGenerator) -> String?
    ) {
        self.name = name
        self.showsLater = showsLater
        self.write = write
        places = { text in
            guard let regex = try? Regex(pattern) else { return [] }
            return text.matches(of: regex).compactMap { $0.output.count > 1 ? $0.output[1].range : nil }
        }
    }

    private init(_ name: String, _ pattern: String, with other: String, showsLater: Bool = false) {
        self.init(name, pattern, showsLater: showsLater) { _, _, _ in other }
    }

    /// A mutant, with the lines on which its fault may be shown; nil where there is no place for it.
    struct Mutant {
        let text: String
        let lines: Set<Int>
    }

    func mutant(of text: String, _ random: inout SeededGenerator) -> Mutant? {
        guard let place = places(text).randomElement(using: &random) else { return nil }
        let found = String(text[place])
        guard let other = write(found, text, &random), other != found else { return nil }
        let mutated = text[..<place.lowerBound] + other + text[place.upperBound...]
        let line = text[..<place.lowerBound].count(where: \.isNewline) + 1
        let all = mutated.split(separator: "\n", omittingEmptySubsequences: false)
        var lines: Set<Int> = [line, line + other.count(where: \.isNewline)]
        // What is taken out is missed beside it, or in what it stood in.
        if other.isEmpty { lines.formUnion(Self.lineOfParent(text[..<place.lowerBound])...line + 1) }
        // Renaming or removing is wrong where the old name is still used, or where the new one was taken.
        let names = Self.names(in: found).union(Self.names(in: other))
        for (index, written) in all.enumerated() where !names.isDisjoint(with: Self.names(in: String(written))) {
            lines.insert(index + 1)
        }
        if showsLater { lines.formUnion(line...max(line, all.count)) }
        return Mutant(text: String(mutated), lines: lines)
    }

    /// The line of the element that is open where a text ends.
    private static func lineOfParent(_ text: Substring) -> Int {
        var open: [Substring.Index] = []
        for tag in text.matches(of: /<(\/?)[a-z][^<>]*?(\/?)>/) {
            if !tag.1.isEmpty { _ = open.popLast() } else if tag.2.isEmpty { open.append(tag.range.lowerBound) }
        }
        return text[..<(open.last ?? text.startIndex)].count(where: \.isNewline) + 1
    }

    /// The ids and codes of a text: quoted ones of any length, and bare ones of two letters or more.
    private static func names(in text: String) -> Set<Substring> {
        let bare: [Substring] = text.split { !($0.isLetter || $0.isNumber || $0 == "-") }.filter {
            $0.count > 1
        }
        let quoted = text.matches(of: /(?:code|id|name)="([^"]*)"|'([^']*)'/).compactMap { $0.1 ?? $0.2 }
        let rows = text.matches(of: /\.([a-z][a-z0-9-]*)/).map(\.1)
        let alone: [Substring] = text.count == 1 ? [text[...]] : []
        return Set(bare).union(quoted).union(rows).union(alone).subtracting(Self.words)
    }

    private static let words: Set<Substring> = [
        "option", "code", "prompt", "and", "or", "not", "answered", "id", "show-if", "item", "xml", "lang", "name",
        "label",
    ]

    private static let question = "<(?:nps|csat|ces|rating|choice|choices|matrix|ranking|number|text|date|consent) id"
    private static let condition = "(?:show-if|when|that)=\""

    private static func misspelt(_ word: String) -> String {
        word.count > 2 ? String(word.dropLast()) + "q" : word + "q"
    }

    private static func another(_ pattern: String, in text: String, but word: String, _ random: inout SeededGenerator)
        -> String?
    {
        guard let regex = try? Regex(pattern) else { return nil }
        return text.matches(of: regex).compactMap { $0.output[1].substring.map(String.init) }.filter { $0 != word }
            .randomElement(using: &random)
    }

    /// Every kind of fault; a new one is one entry.
    static let all: [SurveyMutation] = [
        // Names and codes.
        SurveyMutation("misspelt name in a condition", condition + "(?:not\\(|answered\\(|\\()*([a-z][a-z0-9-]*)") {
            found, _, _ in
            misspelt(found)
        },
        SurveyMutation("renamed question", question + "=\"([^\"]+)\"") { found, _, _ in found + "-new" },
        SurveyMutation("two questions of one id", question + "=\"([^\"]+)\"") { found, text, random in
            another(question + "=\"([^\"]+)\"", in: text, but: found, &random)
        },
        SurveyMutation("two pages of one id", "<page id=\"([^\"]+)\"") { found, text, random in
            another("<page id=\"([^\"]+)\"", in: text, but: found, &random)
        },
        SurveyMutation("dropped option", "(<option code=\"[^\"]+\"[^>]*>[^<]*</option>)", with: ""),
        SurveyMutation("reused code", "<option code=\"[^\"]+\"[^>]*>[^<]*</option>\\s*<option code=\"([^\"]+)\"") {
            found, text, random in
            another("<option code=\"([^\"]+)\"", in: text, but: found, &random)
        },
        SurveyMutation("misspelt code in a condition", condition + "[^\"]*'([a-z-]+)'") { found, _, _ in misspelt(found)
        },
        SurveyMutation("dropped row", "(<item id=\"[^\"]+\"[^>]*>[^<]*</item>)", with: ""),
        SurveyMutation("renamed field", "<field name=\"([^\"]+)\"") { found, _, _ in found + "-new" },
        SurveyMutation("question of a later page", condition + "([a-z][a-z0-9-]*) ") { _, text, random in
            another(question + "=\"([^\"]+)\"", in: String(text.suffix(text.count / 2)), but: "", &random)
        },
        // Conditions.
        SurveyMutation("changed bound", condition + "[^\"]*(?:le|lt|ge|gt|eq) ([0-9]+)") { _, _, random in
            ["99", "-7", "0", "1", "6"].randomElement(using: &random)
        },
        SurveyMutation("changed operator", condition + "[^\"]* (le|lt|ge|gt|eq|ne) ") { _, _, random in
            ["le", "lt", "ge", "gt", "eq", "ne"].randomElement(using: &random)
        },
        SurveyMutation("contradictory condition", condition + "([^\"]+)\"") { found, _, _ in
            "(\(found)) and not(\(found))"
        },
        SurveyMutation("word against a number", condition + "[^\"]*[a-z0-9-]+ (?:le|lt|ge|gt) ([0-9]+)", with: "'six'"),
        SurveyMutation("number against a code", condition + "[^\"]*[a-z0-9-]+ (?:eq|ne) ('[a-z-]+')", with: "7"),
        SurveyMutation("unknown function", condition + "[^\"]*(answered|selected|count|length)\\(") { found, _, _ in
            misspelt(found)
        },
        SurveyMutation("parenthesis left open", condition + "()[^\"]+\"", with: "("),
        SurveyMutation("misspelt operator", condition + "[^\"]* (and|or|le|ge|eq) ", with: "adn"),
        SurveyMutation("half a condition", condition + "[^\"]* (?:le|ge|lt|gt|eq|ne)( [^ \"]+)\"", with: ""),
        SurveyMutation("empty condition", condition + "([^\"]+)\"", with: ""),
        // Reachability.
        SurveyMutation(
            "required but hidden", question + "=\"[^\"]+\"( )required=\"true\"", with: " show-if=\"1 eq 2\" "),
        SurveyMutation("page cut off", "<page id=\"[^\"]+\"()>", with: " show-if=\"1 gt 2\""),
        SurveyMutation("no ending for the others", "<ending()>", with: " show-if=\"1 eq 2\""),
        SurveyMutation(
            "ending for all comes first", "()<ending show-if", with: "<ending><message>All.</message></ending>\n"),
        SurveyMutation("more to choose than there is", "<choices id=\"[^\"]+\"()", with: " least=\"9\""),
        // Texts and languages.
        SurveyMutation("pipe without fallback", "\\{[a-z][a-z0-9.-]*(\\|[^}]*)\\}", with: ""),
        SurveyMutation("pipe of an unknown name", "\\{([a-z][a-z0-9.-]*)") { found, _, _ in misspelt(found) },
        SurveyMutation("unfinished pipe", "\\{[a-z][a-z0-9.-]*(?:\\|[^}]*)?(\\})", with: ""),
        SurveyMutation("missing translation", "(<[a-z]+ xml:lang=\"[^\"]+\">[^<]*</[a-z]+>)", with: ""),
        SurveyMutation("undeclared language", "xml:lang=\"([^\"]+)\"", with: "zz"),
        SurveyMutation("language taken out", " languages=\"[a-z]+( [^\"]+)\"", with: ""),
        SurveyMutation("prompt left out", "(<prompt>[^<]*</prompt>)", with: ""),
        SurveyMutation("empty prompt", "<prompt>([^<]+)</prompt>", with: ""),
        // Shapes.
        SurveyMutation("misspelt element", "<(option|prompt|message|title)[ >]", showsLater: true) { found, _, _ in
            misspelt(found)
        },
        SurveyMutation("misspelt attribute", " (required|show-if|code|kind|version)=") { found, _, _ in misspelt(found)
        },
        SurveyMutation("attribute left out", "( (?:id|kind|version|languages|code|name|due)=\"[^\"]*\")", with: ""),
        SurveyMutation("wrong value", "(?:required|exclusive)=\"(true)\"", with: "yes"),
        SurveyMutation("bad id", " id=\"([^\"]+)\"", with: "Not An Id"),
        SurveyMutation("bounds the wrong way round", " (?:from|least)=\"([0-9]+)\"", with: "150"),
        SurveyMutation("wrong type of bound", " (?:least|most|from|to|max-length)=\"([0-9]+)\"", with: "many"),
        SurveyMutation("no such day", "=\"(20[0-9]{2}-[0-9]{2}-[0-9]{2})\"", with: "2026-13-41"),
        SurveyMutation("bad span of time", " due=\"([^\"]+)\"", with: "24 hours"),
        SurveyMutation("bad pattern", " pattern=\"([^\"]+)\"", with: "[a-"),
        SurveyMutation("stray element", "()<page ", with: "<prompt>Lost</prompt>\n"),
        SurveyMutation("other namespace", "xmlns=\"(urn:heed:survey:1)\"", with: "urn:heed:survey:9"),
        // XML.
        SurveyMutation("end tag left out", "(</(?:page|prompt|option|ending)>)", with: "", showsLater: true),
        SurveyMutation("quote left out", "=\"[^\"<>]*(\")[ >]", with: "", showsLater: true),
        SurveyMutation("bare ampersand", "<prompt>[^<]*()</prompt>", with: " this & that"),
        SurveyMutation("less-than in a condition", condition + "[^\"]*( le )", with: " < "),
        SurveyMutation("attribute twice", "( id=\"[^\"]+\")") { found, _, _ in found + found },
        SurveyMutation("file cut short", "</page>(\\s*(?:.|\\n)*)$", with: "", showsLater: true),
        SurveyMutation("document type", "()<survey ", with: "<!DOCTYPE survey>\n"),
        SurveyMutation("control character by number", "<prompt>[^<]*()</prompt>", with: "&#1;"),
    ]

    /// What an author may do to any survey without harm; none of it may be refused.
    static let harmless: [SurveyMutation] = [
        SurveyMutation("comment", "(>)\\s*<page", with: "> <!-- a note -->\n"),
        SurveyMutation("other words", "<prompt>([^<{]+)</prompt>", with: "Quite other words?"),
        SurveyMutation("indentation", "()<page ", with: "\n\n      "),
        SurveyMutation("other quotes", " id=\"[^\"]+\" version=(\"[^\"']+\")") { found, _, _ in
            found.replacing("\"", with: "'")
        },
        SurveyMutation("entity for a letter", "<prompt>()[^<]*</prompt>", with: "&#65;"),
        SurveyMutation("character data section", "<prompt>([A-Za-z ]+)</prompt>") { found, _, _ in
            "<![CDATA[\(found)]]>"
        },
        SurveyMutation(
            "one more option", "</option>()\\s*</choice>", with: "<option code=\"one-more\">One more</option>"),
        SurveyMutation("parentheses around", condition + "([^\"]+)\"") { found, _, _ in "(\(found))" },
        SurveyMutation("said twice", condition + "([^\"]+)\"") { found, _, _ in "not(not(\(found)))" },
        SurveyMutation("line end within a tag", "<page()", with: "\n   "),
        SurveyMutation("other version", " id=\"[^\"]+\" version=\"([^\"]+)\"", with: "2026.11"),
        SurveyMutation("help", "</prompt>()", with: "<help>Take your time.</help>"),
    ]
}
