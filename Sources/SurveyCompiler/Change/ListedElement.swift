internal import Diagnostics
internal import LibXML
internal import Markup
internal import QuestionnaireModel

/// An element of a survey file that versions are compared by, with what it is known by in both.
struct ListedElement {
    /// What the same element is found by in another version.
    struct Key: Hashable {
        let kind: String
        let name: String
        /// Of an option or row, its question's id.
        var question: String?
        /// Of an option or row, its own code.
        var code: String?
    }

    let key: Key
    let markup: MarkupElement

    /// Every such element of a file, in order; none where it cannot be read.
    static func all(of text: SourceText) -> [ListedElement] {
        guard let root = XMLReader.read(text).root else { return [] }
        var listing = Listing()
        listing.add("survey", root["id"] ?? "", root)
        root.elements.forEach { listing.walk($0, page: "") }
        return listing.elements
    }

    private struct Listing {
        var elements: [ListedElement] = []
        private var counts: [Key: Int] = [:]

        mutating func add(_ kind: String, _ name: String, _ markup: MarkupElement) {
            add(Key(kind: kind, name: name), markup)
        }

        /// What has no id is known by its condition, and by how many came before it with the same.
        private mutating func add(_ key: Key, _ markup: MarkupElement) {
            counts[key, default: 0] += 1
            let count = counts[key] ?? 1
            let known =
                count == 1
                ? key : Key(kind: key.kind, name: "\(key.name) (\(count))", question: key.question, code: key.code)
            elements.append(ListedElement(key: known, markup: markup))
        }

        mutating func walk(_ element: MarkupElement, page: String) {
            switch element.name {
            case "fields", "block": element.elements.forEach { walk($0, page: page) }
            case "field", "let": add(element.name, element["name"] ?? "", element)
            case "page":
                add("page", element["id"] ?? "", element)
                element.elements.forEach { walk($0, page: element["id"] ?? "") }
            case "check": add("check", "on \(page) that \(element["that"] ?? "")", element)
            case "ending": add("ending", element["show-if"].map { "if \($0)" } ?? "otherwise", element)
            case "case": add("case", element["id"] ?? "", element)
            default:
                guard QuestionTypeRegistry.type(named: element.name) != nil else { return }
                let id = element["id"] ?? ""
                add("question", id, element)
                answers(of: element, question: id)
            }
        }

        private mutating func answers(of element: MarkupElement, question: String) {
            for child in element.elements {
                if child.name == "group" { answers(of: child, question: question) }
                guard child.name == "option" || child.name == "item" else { continue }
                let code = child["code"] ?? child["id"] ?? ""
                let kind = child.name == "item" ? "row" : "option"
                add(Key(kind: kind, name: "\(question).\(code)", question: question, code: code), child)
            }
        }
    }
}
