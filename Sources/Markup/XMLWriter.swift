/// Writes well-formed XML 1.0 in UTF-8 into a byte buffer that can be drained while writing.
package struct XMLWriter: Sendable {
    /// What has been written and not yet drained.
    package private(set) var bytes: [UInt8] = []
    private var open: [StaticString] = []
    private var isTagOpen = false
    private var hasChildren = false

    /// A writer that starts with the XML declaration.
    package init() { bytes.append(contentsOf: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8) }

    /// Opens an element on a line of its own, indented by depth.
    package mutating func start(_ name: StaticString) {
        finishTag()
        if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: open.count))
        bytes.append(UInt8(ascii: "<"))
        raw(name)
        open.append(name)
        isTagOpen = true
        hasChildren = false
    }

    /// Adds an attribute to the element just opened.
    package mutating func attribute(_ name: StaticString, _ value: some StringProtocol) {
        precondition(isTagOpen, "an attribute belongs to a start tag")
        bytes.append(UInt8(ascii: " "))
        raw(name)
        bytes.append(contentsOf: "=\"".utf8)
        Escaping.appendXMLAttribute(value, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Adds an attribute where there is a value.
    package mutating func attribute(_ name: StaticString, _ value: String?) {
        if let value { attribute(name, value[...]) }
    }

    /// Text inside the open element.
    package mutating func text(_ text: some StringProtocol) {
        finishTag()
        Escaping.appendXMLText(text, to: &bytes)
    }

    /// Closes the innermost open element.
    package mutating func end() {
        guard let name = open.popLast() else { preconditionFailure("no element is open") }
        if isTagOpen {
            bytes.append(contentsOf: "/>".utf8)
            isTagOpen = false
        } else {
            if hasChildren {
                bytes.append(UInt8(ascii: "\n"))
                bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: open.count))
            }
            bytes.append(contentsOf: "</".utf8)
            raw(name)
            bytes.append(UInt8(ascii: ">"))
        }
        hasChildren = true
        if open.isEmpty { bytes.append(UInt8(ascii: "\n")) }
    }

    /// An element with attributes and text only.
    package mutating func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:], text content: String? = nil
    ) {
        start(name)
        for (key, value) in attributes { attribute(key, value) }
        if let content { text(content) }
        end()
    }

    /// Hands over what has been written so far and keeps the state.
    package mutating func drain() -> [UInt8] {
        finishTag()
        let drained = bytes
        // The next element must still start on a new line.
        bytes.removeAll(keepingCapacity: true)
        return drained
    }

    private mutating func finishTag() {
        if isTagOpen {
            bytes.append(UInt8(ascii: ">"))
            isTagOpen = false
        }
    }

    private mutating func raw(_ literal: StaticString) { literal.withUTF8Buffer { bytes.append(contentsOf: $0) } }
}
