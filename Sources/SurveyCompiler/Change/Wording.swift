internal import Diagnostics
internal import Markup
internal import QuestionnaireModel

/// Whether two wordings of an option can mean the same.
enum Wording {
    /// A correction keeps three quarters of the letters or most of the words; anything else is another option under an
    /// old code.
    static func isSameMeant(_ old: String, _ new: String) -> Bool {
        let (before, after) = (old.lowercased(), new.lowercased())
        let longest = max(before.unicodeScalars.count, after.unicodeScalars.count)
        if longest <= 64, Spelling.distance(before, after) * 4 <= longest { return true }
        let (left, right) = (Self.words(before), Self.words(after))
        return left.intersection(right).count * 2 > max(left.count, right.count)
    }

    private static func words(_ text: String) -> Set<Substring> {
        Set(text.split { !$0.isLetter && !$0.isNumber })
    }
}

/// What an author wrote otherwise in an element, apart from what its questionnaire is judged by.
enum WrittenChanges {
    /// Told by the questionnaires, or what the element is known by.
    private static let known: Set<String> = ["id", "code", "name", "show-if", "version", "kind", "that"]

    /// The attributes and texts that differ, each in one clause.
    static func between(_ old: MarkupElement, _ new: MarkupElement) -> [String] {
        let names = old.attributes.map(\.name) + new.attributes.map(\.name).filter { old[$0] == nil }
        let attributes = names.filter { !known.contains($0) && old[$0] != new[$0] }.map { name in
            switch (old[name], new[name]) {
            case (let was?, let own?): "\(name) was \"\(was)\" and is \"\(own)\""
            case (nil, let own?): "\(name)=\"\(own)\" is new"
            case (let was?, nil): "\(name)=\"\(was)\" was taken out"
            case (nil, nil): ""
            }
        }
        let (before, after) = (texts(of: old), texts(of: new))
        let keys = before.map(\.key) + after.map(\.key).filter { key in !before.contains { $0.key == key } }
        let texts = keys.filter { key in
            before.filter { $0.key == key }.map(\.text) != after.filter { $0.key == key }.map(\.text)
        }
        var told: [String] = []
        for key in texts where !told.contains("\(key) differs") { told.append("\(key) differs") }
        return attributes + told
    }

    /// The texts of an element that are told by nothing else: not of the default language's prompt or label.
    private static func texts(of element: MarkupElement) -> [(key: String, text: String)] {
        element.elements.filter { isText($0) }.map { child in
            let language = child.writtenLanguage.map { " in \($0.value)" } ?? ""
            let attributes = child.attributes.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
            return (
                key: "<\(child.name)>\(language)",
                text: folded(child.text) + attributes + child.elements.map { folded($0.text) }.joined()
            )
        }
    }

    private static func isText(_ element: MarkupElement) -> Bool {
        let told = element.writtenLanguage == nil && ["prompt", "label", "low", "high"].contains(element.name)
        let others = ["option", "item", "group", "page", "block", "fields", "field", "let", "check", "ending", "case"]
        return !told && !others.contains(element.name) && QuestionTypeRegistry.type(named: element.name) == nil
    }

    private static func folded(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
