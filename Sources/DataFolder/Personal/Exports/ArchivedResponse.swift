internal import Feedback
internal import Markup
internal import Records

/// One `response` element of an archive, in the form that heed writes.
struct ArchivedResponse {
    /// An answer, the text of an option, a field, or what heed does not know the meaning of.
    private struct Part {
        let element: String
        let key: String
        /// What stands between its tags, as it stands there.
        var content: String

        /// The text, where it is one.
        var text: String? { content.contains("<") ? nil : ArchivedResponse.unescaped(content) }
        /// What its text is called in a line's answers.
        var path: String {
            switch element {
            case "other": key + ".other"
            case "field": "fields." + key
            default: key
            }
        }
    }

    private var attributes: [(name: String, value: String)]
    private var parts: [Part] = []

    /// Reads an element; nil when it is not as heed writes it.
    init?(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.firstIndex(of: ">"), let attributes = Self.attributes(Array(text[...end].utf8)[...]),
            text.hasSuffix("</response>\n")
        else { return nil }
        self.attributes = attributes
        var rest = text[text.index(after: end)...].dropLast("</response>\n".count)
        while !rest.isEmpty {
            guard rest.first == "<", let tagEnd = rest.firstIndex(of: ">") else { return nil }
            let tag = rest[...tagEnd]
            let element = String(tag.dropFirst().prefix { $0 != " " })
            guard let key = Self.attributes(Array(tag.utf8)[...])?.first?.value,
                let close = rest.firstRange(of: "</\(element)>")
            else { return nil }
            parts.append(
                Part(element: element, key: key, content: String(rest[rest.index(after: tagEnd)..<close.lowerBound])))
            rest = rest[close.upperBound...]
        }
    }

    /// An attribute's value.
    subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }

    /// How many answers and texts of options it holds.
    var answers: Int { parts.count { $0.element == "answer" || $0.element == "other" } }

    /// The element as heed writes it.
    var bytes: [UInt8] {
        var bytes = Array("  <response".utf8)
        for (name, value) in attributes {
            bytes += Array(" \(name)=\"".utf8)
            Escaping.appendXMLAttribute(value, to: &bytes)
            bytes.append(0x22)
        }
        bytes.append(UInt8(ascii: ">"))
        for part in parts {
            let name = part.element == "field" ? "name" : part.element == "extra" ? "key" : "question"
            bytes += Array("<\(part.element) \(name)=\"".utf8)
            Escaping.appendXMLAttribute(part.key, to: &bytes)
            bytes += Array("\">\(part.content)</\(part.element)>".utf8)
        }
        return bytes + Array("</response>\n".utf8)
    }

    /// Takes the person out of one of their own responses.
    mutating func scrub(_ scrub: LineScrub, _ survey: SurveyID, _ id: ResponseID) {
        let isOpen = scrub.openQuestions(
            of: .object([.init("version", .string(self["version"] ?? ""))]), survey)
        attributes = attributes.compactMap { name, value in
            switch name {
            case "id": (name, scrub.secrets.pseudonym(of: id, in: survey).rawValue)
            case "contact": (name, scrub.secrets.pseudonym(of: scrub.terms.id).rawValue)
            case "role" where scrub.kept == .scores: nil
            default: (name, value)
            }
        }
        if scrub.kept == .words {
            for index in parts.indices { change(index) { scrub.terms.redacted($0) } }
            return
        }
        parts.removeAll { part in
            switch part.element {
            case "answer": isOpen(part.key, part.text.map(JSONValue.string) ?? .null)
            case "extra": part.key != "offers"
            default: true
            }
        }
    }

    /// Takes what speaks of the person out of somebody else's response; false where there was nothing to take.
    mutating func redact(_ scrub: LineScrub, _ survey: SurveyID, _ id: ResponseID) -> Bool {
        var isChanged = false
        for index in parts.indices {
            guard let text = parts[index].text else { continue }
            let hits = scrub.terms.hits(in: text)
            let name = "\(survey):\(id)#\(parts[index].path)"
            guard !hits.isEmpty, scrub.mentions.takes(name, isCertain: hits.contains(where: \.isCertain)) else {
                continue
            }
            change(index) { scrub.terms.redacted($0) }
            isChanged = true
        }
        return isChanged
    }

    private mutating func change(_ index: Int, _ change: (String) -> String) {
        guard let text = parts[index].text else { return }
        var bytes: [UInt8] = []
        Escaping.appendXMLText(change(text), to: &bytes)
        parts[index].content = String(decoding: bytes, as: UTF8.self)
    }

    /// The attributes of a start tag.
    static func attributes(_ tag: ArraySlice<UInt8>) -> [(name: String, value: String)]? {
        let text = String(decoding: tag, as: UTF8.self)
        var rest = text.drop { $0 == " " }.drop { $0 != " " && $0 != ">" && $0 != "/" }
        var attributes: [(String, String)] = []
        while rest.first == " " {
            rest = rest.dropFirst()
            guard let equals = rest.firstRange(of: "=\""), let end = rest[equals.upperBound...].firstIndex(of: "\"")
            else {
                return nil
            }
            attributes.append((String(rest[..<equals.lowerBound]), unescaped(rest[equals.upperBound..<end])))
            rest = rest[rest.index(after: end)...]
        }
        return rest.first == ">" || rest.first == "/" ? attributes : nil
    }

    private static func unescaped(_ text: some StringProtocol) -> String {
        guard text.contains("&") else { return String(text) }
        var result = String(text)
        for (entity, character) in [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#10;", "\n"), ("&#9;", "\t"), ("&#13;", "\r"),
            ("&amp;", "&"),
        ] { result = result.replacing(entity, with: character) }
        return result
    }
}
