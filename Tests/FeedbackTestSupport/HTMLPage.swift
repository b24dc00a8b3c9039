/// A page read back as a strict browser would: every tag closed, every attribute quoted, nothing left over.
package struct HTMLPage: Sendable {
    /// One element with its attributes and all text inside.
    package struct Element: Sendable {
        /// The tag's name.
        package let name: String
        /// The attributes, unescaped; a bare one has the empty value.
        package let attributes: [String: String]
        /// All text inside, unescaped.
        package fileprivate(set) var text = ""
        /// The positions of the elements around it in `HTMLPage.elements`, outermost first.
        package let ancestors: [Int]

        /// An attribute's value.
        package subscript(attribute: String) -> String? { attributes[attribute] }
    }

    /// What a page must not do.
    package struct Fault: Error, CustomStringConvertible {
        /// What is wrong and where.
        package let description: String
    }

    /// The elements in document order.
    package private(set) var elements: [Element] = []
    private static let void: Set<String> = ["input", "meta", "br", "hr", "img", "link"]

    /// Reads a page or a part of one.
    package init(_ bytes: some Sequence<UInt8>) throws {
        let bytes = Array(bytes)
        var position = 0
        var open: [Int] = []
        func fault(_ text: String) -> Fault {
            let around = bytes[max(0, position - 60)..<min(bytes.count, position + 40)]
            return Fault(description: "\(text) near: \(String(decoding: around, as: UTF8.self))")
        }
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "<") else {
                let end = bytes[position...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
                guard let text = Self.unescaped(bytes[position..<end]) else { throw fault("a stray & or >") }
                for index in open { elements[index].text += text }
                position = end
                continue
            }
            if bytes[position...].starts(with: "<!doctype html>".utf8) {
                position += 15
                continue
            }
            guard let (name, attributes, end) = Self.tag(bytes, from: position) else { throw fault("a broken tag") }
            if name.hasPrefix("/") {
                guard let last = open.popLast(), "/" + elements[last].name == name else {
                    throw fault("\(name) closes nothing")
                }
            } else {
                elements.append(Element(name: name, attributes: attributes, ancestors: open))
                if !Self.void.contains(name) { open.append(elements.count - 1) }
            }
            position = end
            if name == "style" {
                // Raw text: no references, up to the end tag.
                guard
                    let close = bytes[position...].indices.first(where: { bytes[$0...].starts(with: "</style>".utf8) })
                else { throw fault("a style without end") }
                elements[elements.count - 1].text = String(decoding: bytes[position..<close], as: UTF8.self)
                position = close
            }
        }
        if let last = open.last { throw fault("<\(elements[last].name)> is never closed") }
        let ids = elements.compactMap { $0["id"] }
        if Set(ids).count != ids.count { throw Fault(description: "an id stands twice: \(ids.sorted())") }
    }

    private static func tag(_ bytes: [UInt8], from start: Int) -> (
        name: String, attributes: [String: String], end: Int
    )? {
        var position = start + 1
        func word() -> String {
            let begin = position
            while position < bytes.count, bytes[position] > 32, !"=>\"'<".utf8.contains(bytes[position]) {
                position += 1
            }
            return String(decoding: bytes[begin..<position], as: UTF8.self)
        }
        let name = word()
        var attributes: [String: String] = [:]
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: ">") { return name.isEmpty ? nil : (name, attributes, position + 1) }
            guard bytes[position] == 32 else { return nil }
            position += 1
            let key = word()
            if key.isEmpty || attributes[key] != nil { return nil }
            attributes[key] = ""
            guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { continue }
            guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "\"") else { return nil }
            let begin = position + 2
            guard let end = bytes[begin...].firstIndex(of: UInt8(ascii: "\"")),
                let value = unescaped(bytes[begin..<end])
            else { return nil }
            attributes[key] = value
            position = end + 1
        }
        return nil
    }

    /// The text with the five references resolved; nil when there is another, or a bare special character.
    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String? {
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.first {
            switch byte {
            case UInt8(ascii: "&"):
                let references: [(String, String)] = [
                    ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"),
                ]
                guard let found = references.first(where: { rest.starts(with: $0.0.utf8) }) else { return nil }
                result += found.1.utf8
                rest = rest.dropFirst(found.0.utf8.count)
            case UInt8(ascii: "<"), UInt8(ascii: ">"): return nil
            default:
                result.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The elements of a name, in document order.
    package func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

    /// The element of an id.
    package func element(id: String) -> Element? { elements.first { $0["id"] == id } }

    /// What a browser would send, without any button: checked controls, menus, text fields and hidden ones.
    package var submitted: [(name: String, value: String)] {
        elements.indices.compactMap { index in
            let element = elements[index]
            guard let name = element["name"] else { return nil }
            switch (element.name, element["type"]) {
            case ("input", "radio"), ("input", "checkbox"):
                return element["checked"] == nil ? nil : (name, element["value"] ?? "on")
            case ("input", _): return (name, element["value"] ?? "")
            // One line feed after the start tag is not part of the value.
            case ("textarea", _):
                return (name, element.text.first == "\n" ? String(element.text.dropFirst()) : element.text)
            case ("select", _):
                let options = elements.filter { $0.name == "option" && $0.ancestors.last == index }
                let chosen = options.last { $0["selected"] != nil } ?? options.first
                return chosen.map { (name, $0["value"] ?? $0.text) }
            default: return nil
            }
        }
    }
}
