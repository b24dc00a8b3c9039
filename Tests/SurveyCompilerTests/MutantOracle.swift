import Diagnostics
import LibXML
import Markup
import QuestionnaireModel
import SurveyCompiler

/// Says whether a survey is faulty without asking the compiler's checks or its proof: by the schema, by a plain look at
/// names, and by trying every answer.
struct MutantOracle {
    enum Verdict { case faulty, sound, unknown }

    private let schema = XMLSchema(Asset.surveySchema.bytes)
    private let compiler = SurveyCompiler()

    func verdict(_ text: String) -> Verdict {
        let document = XMLReader.read(SourceText(file: "m.xml", bytes: Array(text.utf8)), schema: schema)
        guard let root = document.root, document.violations.isEmpty, document.diagnostics.isEmpty else {
            return .faulty
        }
        let look = PlainLook(root)
        if root.namespace != "urn:heed:survey:1" || look.isFaulty { return .faulty }
        // Lowering only: routing is what customers meet, and the proof is not asked.
        guard let questionnaire = compiler.unproven(SourceText(file: "m.xml", bytes: Array(text.utf8))) else {
            return .sound
        }
        guard let truth = BruteForce(questionnaire, limit: 1000) else { return .unknown }
        let isWhole = ProofTarget.all(of: questionnaire).allSatisfy { truth.reached.contains($0) }
        if isWhole, truth.stuck.isEmpty, !truth.hasGap { return .sound }
        // Of what is typed freely only a few values were tried: what they do not reach another may.
        return look.readsWhatIsTyped ? .unknown : .faulty
    }
}

/// What a careful reader sees in a survey's elements: names, codes, texts, languages and the shape of conditions.
private struct PlainLook {
    private(set) var isFaulty = false
    /// Whether a condition reads a text, a number or a date, or a field.
    private(set) var readsWhatIsTyped = false
    private let languages: [String]
    /// Question types by id, with the page they stand on and whether everybody answers them.
    private var types: [String: (type: String, page: Int, isSure: Bool)] = [:]
    private var codes: [String: [String]] = [:]
    private var scales: [String: ClosedRange<Int>] = [:]
    /// What the condition of a question reads, for circles.
    private var reads: [String: Set<String>] = [:]
    private static let numeric: Set<String> = ["nps", "csat", "ces", "rating", "number"]
    private static let functions: Set<String> = [
        "answered", "selected", "count", "length", "not", "default", "if", "starts-with", "contains", "today", "min",
        "max",
        "round", "abs", "lower", "in",
    ]
    private static let operators: Set<String> = [
        "or", "and", "eq", "ne", "lt", "le", "gt", "ge", "in", "div", "mod", "+", "-", "*",
    ]

    init(_ root: MarkupElement) {
        languages = (root["languages"] ?? "").split(separator: " ").map(String.init)
        if Set(languages).count != languages.count { isFaulty = true }
        var pages: Set<String> = []
        for field in root.elements(named: "fields").flatMap(\.elements) {
            declare(field["name"] ?? "", "field-" + (field["type"] ?? ""), -1, false)
        }
        for value in root.elements(named: "let") { declare(value["name"] ?? "", "let", -1, false) }
        for (index, page) in root.elements(named: "page").enumerated() {
            if !pages.insert(page["id"] ?? "").inserted { isFaulty = true }
            for question in page.elements where question["id"] != nil {
                let isSure = question["required"] == "true" && question["show-if"] == nil && page["show-if"] == nil
                declare(question["id"] ?? "", question.name, index, isSure)
                let own = question.elements.compactMap { $0["code"] ?? ($0.name == "item" ? $0["id"] : nil) }
                if Set(own).count != own.count { isFaulty = true }
                codes[question["id"] ?? ""] = own
                if question.name == "ranking", own.count < 2 { isFaulty = true }
                let (from, to) = (Int(question["from"] ?? "1") ?? 1, Int(question["to"] ?? "10") ?? 10)
                if question.name == "nps" { scales[question["id"] ?? ""] = 0...10 }
                if question.name == "rating", from < to { scales[question["id"] ?? ""] = from...to }
                if question.name == "number", let least = question["least"].flatMap({ Int($0) }),
                    let most = question["most"].flatMap({ Int($0) }), least < most
                {
                    scales[question["id"] ?? ""] = least...most
                }
                if question.name == "matrix", question.elements(named: "option").isEmpty, from < to {
                    for row in own { scales["\(question["id"] ?? "").\(row)"] = from...to }
                }
                if question.element(named: "prompt") == nil { isFaulty = true }
                bounds(question, own.count)
            }
        }
        texts(root)
        for (index, page) in root.elements(named: "page").enumerated() {
            condition(page["show-if"], before: index)
            pipes(page, page: index, isGuarded: page["show-if"] != nil)
            for part in page.elements {
                condition(part["show-if"] ?? part["that"], before: index + 1)
                let names = (part["show-if"] ?? "").matches(of: /[a-z][a-z0-9-]*/).map { String($0.0) }
                reads[part["id"] ?? ""] = Set(names)
                for option in part.elements { condition(option["show-if"], before: index + 1) }
            }
        }
        for name in reads.keys where rests(name, on: name, []) { isFaulty = true }
        if root.elements(named: "ending").dropLast().contains(where: { $0["show-if"] == nil }) { isFaulty = true }
        let last = pages.count
        for part in root.elements where ["ending", "case"].contains(part.name) {
            condition(part["show-if"] ?? part["when"], before: last)
            pipes(part, page: last, isGuarded: part["show-if"] != nil)
            if let due = part["due"], due.wholeMatch(of: /[1-9][0-9]{0,4}[mhdw]/) == nil { isFaulty = true }
        }
        for part in root.elements(named: "let") { condition(part["value"], before: last) }
    }

    private func rests(_ name: String, on goal: String, _ seen: Set<String>) -> Bool {
        (reads[name] ?? []).contains { $0 == goal || !seen.contains($0) && rests($0, on: goal, seen.union([$0])) }
    }

    /// A question, field or value of a name, or the question whose row it names.
    private func known(_ name: String) -> (type: String, page: Int, isSure: Bool)? {
        if let own = types[name] { return own }
        let parts = name.split(separator: ".").map(String.init)
        guard parts.count == 2, let owner = types[parts[0]], owner.type == "matrix",
            codes[parts[0]]?.contains(parts[1]) == true
        else { return nil }
        return ("rating", owner.page, false)
    }

    private mutating func declare(_ name: String, _ type: String, _ page: Int, _ isSure: Bool) {
        if types.updateValue((type, page, isSure), forKey: name) != nil { isFaulty = true }
    }

    private mutating func bounds(_ question: MarkupElement, _ options: Int) {
        for (low, high) in [("least", "most"), ("from", "to"), ("min-length", "max-length")] {
            guard let least = question[low] else { continue }
            if let low = Int(least) {
                let usual = question.name == "choices" || question.name == "ranking" ? options : 10
                if low >= (question[high].flatMap { Int($0) } ?? usual)
                    + (question.name == "rating" || question.name == "matrix" ? 0 : 1),
                    question[high] != nil || question.name != "number"
                {
                    isFaulty = true
                }
                if ["choices", "ranking"].contains(question.name), low > options { isFaulty = true }
            }
        }
        for value in [question["from"], question["to"]].compactMap(\.self) where question.name == "date" {
            if let date = value.wholeMatch(of: /[0-9]{4}-([0-9]{2})-([0-9]{2})/),
                (Int(date.1) ?? 0) > 12 || (Int(date.2) ?? 0) > 31
            {
                isFaulty = true
            }
        }
        if let pattern = question["pattern"], (try? Regex(pattern)) == nil { isFaulty = true }
    }

    /// Every text of a kind stands in the first language, and in all of them or it is missing in some.
    private mutating func texts(_ element: MarkupElement) {
        let written = element.elements.filter {
            $0.elements.isEmpty && !$0.text.allSatisfy(\.isWhitespace) && $0.attributes.allSatisfy { $0.name == "lang" }
        }
        for (_, same) in Dictionary(grouping: written, by: \.name) {
            let spoken = same.map { $0.writtenLanguage?.value ?? languages.first ?? "" }
            if Set(spoken) != Set(languages) || Set(spoken).count != spoken.count { isFaulty = true }
        }
        if ["prompt", "title", "message", "label", "low", "high", "help"].contains(element.name),
            element.text.allSatisfy(\.isWhitespace)
        {
            isFaulty = true
        }
        if ["option", "item", "check"].contains(element.name), element.elements.isEmpty, languages.count > 1 {
            isFaulty = true
        }
        element.elements.forEach { texts($0) }
    }

    private mutating func pipes(_ element: MarkupElement, page: Int, isGuarded: Bool) {
        for child in element.elements {
            let isGuarded = isGuarded || child["show-if"] != nil
            for match in child.text.replacing("{{", with: "").matches(of: /\{([^}|]*)(\|[^}]*)?(\})?/) {
                let name = String(match.1)
                guard match.3 != nil else { isFaulty = true; continue }
                guard let known = known(name) ?? (name == "contact.name" ? ("text", -1, false) : nil) else {
                    isFaulty = true; continue
                }
                if known.page >= page { isFaulty = true }
                // What comes with an invitation may always be missing; an answer may be certain where a condition asked for it.
                if match.2 == nil, !known.isSure, !isGuarded || known.page < 0, known.type != "let" { isFaulty = true }
            }
            pipes(child, page: page, isGuarded: isGuarded)
        }
    }

    // MARK: Conditions

    private mutating func condition(_ text: String?, before page: Int) {
        guard let text else { return }
        // Something and its opposite: never true, whether or not a check would ever refuse somebody by it.
        if text.contains(/\((.+)\) and not\(\1\)/) { isFaulty = true }
        let tokens = text.matches(of: /'[^']*'|[a-z][a-z0-9.-]*|-?[0-9]+(?:\.[0-9]+)?|[-+*(),]|[^ \n]/).map {
            String($0.0)
        }
        if tokens.isEmpty { isFaulty = true }
        var depth = 0
        var wantsOperand = true
        for (index, token) in tokens.enumerated() {
            let next = index + 1 < tokens.count ? tokens[index + 1] : ""
            if token == "(" {
                depth += 1
                wantsOperand = true
            } else if token == ")" {
                depth -= 1
                if wantsOperand || depth < 0 { isFaulty = true }
            } else if token == "," || Self.operators.contains(token) {
                if wantsOperand { isFaulty = true }
                wantsOperand = true
            } else {
                if !wantsOperand { isFaulty = true }
                wantsOperand = Self.functions.contains(token) && next == "("
                if !wantsOperand {
                    operand(token, next, index + 2 < tokens.count ? tokens[index + 2] : "", tokens, index, page)
                }
            }
        }
        if depth != 0 || wantsOperand { isFaulty = true }
    }

    /// The same of `name * 2 - 1 gt 5`.
    private mutating func unsatisfiableLine(_ name: String, _ tokens: ArraySlice<String>) {
        let parts = Array(tokens.prefix(6))
        guard let scale = scales[name], parts.count == 6, parts[0] == "*", parts[2] == "-", let factor = Int(parts[1]),
            let less = Int(parts[3]), let number = Int(parts[5]), Self.operators.contains(parts[4])
        else { return }
        if !scale.contains(where: { Self.holds($0 * factor - less, parts[4], number) }) { isFaulty = true }
    }

    /// A comparison that no number of a scale satisfies, nor the one that stands for silence.
    private mutating func unsatisfiable(_ name: String, _ word: String, _ number: String, _ silent: Int?) {
        guard let scale = scales[name], let number = Int(number), ["eq", "ne", "lt", "le", "gt", "ge"].contains(word)
        else {
            return
        }
        if !(Array(scale) + [silent].compactMap(\.self)).contains(where: { Self.holds($0, word, number) }) {
            isFaulty = true
        }
    }

    private static func holds(_ left: Int, _ word: String, _ right: Int) -> Bool {
        switch word {
        case "eq": left == right
        case "ne": left != right
        case "lt": left < right
        case "le": left <= right
        case "gt": left > right
        default: left >= right
        }
    }

    private mutating func operand(
        _ token: String, _ next: String, _ after: String, _ tokens: [String], _ index: Int, _ page: Int
    ) {
        if token.first?.isLetter == true {
            guard let known = known(token), known.page < page else { return isFaulty = true }
            let own = known.type
            if ["text", "email", "phone", "number", "date", "let"].contains(own) || own.hasPrefix("field") {
                readsWhatIsTyped = true
            }
            unsatisfiableLine(token, tokens[(index + 1)...])
            if index >= 2, tokens[index - 2] == "default", index + 5 < tokens.count {
                unsatisfiable(token, tokens[index + 4], tokens[index + 5], Int(tokens[index + 2]))
            }
            guard ["eq", "ne", "lt", "le", "gt", "ge"].contains(next) else { return }
            if own == "consent", after.hasPrefix("'") || Int(after) != nil { isFaulty = true }
            let isNumber = Self.numeric.contains(own) || own == "field-number"
            if after.hasPrefix("'"), isNumber { isFaulty = true }
            if Int(after) != nil, !isNumber, own != "let" { isFaulty = true }
            if ["lt", "le", "gt", "ge"].contains(next), !isNumber, !["date", "field-date", "let"].contains(own) {
                isFaulty = true
            }
            if own == "date" || own == "field-date", after.hasPrefix("'"),
                after.wholeMatch(of: /'[0-9]{4}-[0-9]{2}-[0-9]{2}'/) == nil
            {
                isFaulty = true
            }
            unsatisfiable(token, next, after, nil)
            if own == "choice", after.hasPrefix("'"),
                !(codes[token] ?? []).contains(String(after.dropFirst().dropLast()))
            {
                isFaulty = true
            }
        } else if token.hasPrefix("'"), index >= 4, tokens[index - 4] == "selected", next == ")" {
            if !(codes[tokens[index - 2]] ?? []).contains(String(token.dropFirst().dropLast())) { isFaulty = true }
        } else if token.hasPrefix("'"), index >= 2, tokens[index - 2] == ")", ["eq", "ne"].contains(tokens[index - 1]) {
            // A word compared with what if(…) gives is one of the words that it can give.
            let start = tokens[..<index].lastIndex(of: "if") ?? index
            if start < index, !tokens[start..<(index - 1)].contains(token) { isFaulty = true }
        } else if token.unicodeScalars.count == 1, token.first?.isNumber != true {
            isFaulty = true
        }
    }
}
