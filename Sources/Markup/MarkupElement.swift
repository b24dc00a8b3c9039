/// An element of a parsed document with the places of its parts, free of the parser that made it.
///
/// A value in one word: its parts never change once it is made, so copies share them.
package struct MarkupElement: Sendable, Equatable {
    private final class Parts: Sendable {
        let name: String
        let namespace: String?
        let attributes: [MarkupAttribute]
        let children: [MarkupNode]
        let startTag: Range<Int>
        let nameLength: Int

        init(
            _ name: String, _ namespace: String?, _ attributes: [MarkupAttribute], _ children: [MarkupNode],
            _ startTag: Range<Int>, _ nameLength: Int
        ) {
            self.name = name
            self.namespace = namespace
            self.attributes = attributes
            self.children = children
            self.startTag = startTag
            self.nameLength = nameLength
        }
    }

    private let parts: Parts

    /// An element with its place and content; the length of the name as written counts a prefix too.
    package init(
        name: String, namespace: String?, attributes: [MarkupAttribute], children: [MarkupNode], startTag: Range<Int>,
        nameLength: Int? = nil
    ) {
        parts = Parts(name, namespace, attributes, children, startTag, nameLength ?? name.utf8.count)
    }

    package static func == (left: MarkupElement, right: MarkupElement) -> Bool {
        left.parts === right.parts
            || (left.name == right.name && left.namespace == right.namespace && left.startTag == right.startTag
                && left.attributes == right.attributes && left.children == right.children)
    }

    /// The local name, without prefix.
    package var name: String { parts.name }
    /// The namespace, or nil for none.
    package var namespace: String? { parts.namespace }
    /// The attributes in the order written, without namespace declarations.
    package var attributes: [MarkupAttribute] { parts.attributes }
    /// Child elements and runs of text, in order.
    package var children: [MarkupNode] { parts.children }
    /// The bytes of the start tag, from `<` on; its lower bound places the element.
    package var startTag: Range<Int> { parts.startTag }

    /// The bytes of the element's name in its start tag, where a caret belongs.
    package var nameRange: Range<Int> {
        startTag.lowerBound
            + 1..<max(startTag.lowerBound + 2, min(startTag.upperBound, startTag.lowerBound + 1 + parts.nameLength))
    }

    /// The child elements, in order.
    package var elements: [MarkupElement] {
        children.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// The child elements of one name, in order.
    package func elements(named name: String) -> [MarkupElement] {
        children.compactMap { if case .element(let element) = $0, element.name == name { element } else { nil } }
    }

    /// The first child element of a name, if there is one.
    package func element(named name: String) -> MarkupElement? {
        for case .element(let element) in children where element.name == name { return element }
        return nil
    }

    /// The attribute of a name without namespace, if there is one.
    package func attribute(_ name: String) -> MarkupAttribute? {
        attributes.first { $0.name == name && $0.namespace == nil }
    }

    /// The value of an attribute without namespace, if there is one.
    package subscript(name: String) -> String? { attribute(name)?.value }

    /// The language that `xml:lang` on this very element names, as written.
    package var writtenLanguage: MarkupAttribute? {
        attributes.first { $0.name == "lang" && $0.namespace == "http://www.w3.org/XML/1998/namespace" }
    }

    /// All text directly inside, joined, as written.
    package var text: String {
        children.reduce(into: "") { if case .text(let text) = $1 { $0 += text.value } }
    }

    /// The place of the first text that is more than white space, else of the element's name.
    package var textRange: Range<Int> {
        for case .text(let text) in children where !text.value.allSatisfy(\.isWhitespace) { return text.range }
        return nameRange
    }
}

/// An attribute with the places of its name and value.
package struct MarkupAttribute: Sendable, Equatable {
    /// The local name, without prefix.
    package let name: String
    /// The namespace, or nil for none.
    package let namespace: String?
    /// The value with entities resolved.
    package let value: String
    /// The bytes of the name, prefix included.
    package let nameRange: Range<Int>
    /// The bytes between the quotes.
    package let valueRange: Range<Int>

    /// An attribute with the places of its parts.
    package init(name: String, namespace: String?, value: String, nameRange: Range<Int>, valueRange: Range<Int>) {
        self.name = name
        self.namespace = namespace
        self.value = value
        self.nameRange = nameRange
        self.valueRange = valueRange
    }
}

/// What stands inside an element: another element, or text.
package enum MarkupNode: Sendable, Equatable {
    /// A child element.
    case element(MarkupElement)
    /// A run of text, entities resolved.
    case text(MarkupText)
}

/// A run of text with its place.
package struct MarkupText: Sendable, Equatable {
    /// The text, entities resolved and CDATA opened.
    package let value: String
    /// The bytes it was read from.
    package let range: Range<Int>

    /// A run of text with its place.
    package init(value: String, range: Range<Int>) {
        self.value = value
        self.range = range
    }
}
