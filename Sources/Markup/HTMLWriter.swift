/// Writes HTML into one byte buffer; text is escaped by construction, tags and attribute names come from source code.
package struct HTMLWriter: Sendable {
    /// What has been written so far.
    package private(set) var bytes: [UInt8] = []

    /// A writer with an empty buffer, with room for a page.
    package init(reserving capacity: Int = 16_384) { bytes.reserveCapacity(capacity) }

    /// Markup that was written by this program, never by anybody else.
    package mutating func markup(_ literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Text from anywhere, escaped.
    package mutating func text(_ text: some StringProtocol) { Escaping.appendHTML(text, to: &bytes) }

    /// An element with content; attributes whose value is nil are left out, an empty value writes the bare name.
    package mutating func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:],
        content: (inout HTMLWriter) -> Void
    ) {
        open(name, attributes)
        content(&self)
        close(name)
    }

    /// An element with escaped text inside.
    package mutating func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:], text: some StringProtocol
    ) {
        open(name, attributes)
        self.text(text)
        close(name)
    }

    /// A start tag; attributes whose value is nil are left out, an empty value writes the bare name.
    package mutating func open(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:]) {
        bytes.append(UInt8(ascii: "<"))
        markup(name)
        for (key, value) in attributes {
            guard let value else { continue }
            bytes.append(UInt8(ascii: " "))
            markup(key)
            if value.isEmpty { continue }
            markup("=\"")
            text(value)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: ">"))
    }

    /// An end tag.
    package mutating func close(_ name: StaticString) {
        markup("</")
        markup(name)
        bytes.append(UInt8(ascii: ">"))
    }

    /// Appends what another writer wrote.
    package mutating func append(_ other: HTMLWriter) { bytes.append(contentsOf: other.bytes) }

    /// Appends a stylesheet or similar that this program made itself, such as an embedded asset or generated selectors.
    package mutating func trusted(_ content: some Sequence<UInt8>) { bytes.append(contentsOf: content) }
}
