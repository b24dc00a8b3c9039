/// What an element of the survey language may hold; the schema, the checks and the manual are made from it.
package struct ElementShape: Sendable {
    /// The element's name.
    package let name: String
    /// What it is for, in one sentence.
    package let summary: String
    /// The attributes it may carry.
    package let attributes: [AttributeShape]
    /// The children it may hold; order does not matter to us, the schema allows any.
    package let children: [ChildShape]
    /// Whether words may stand directly inside, beside the children.
    package let holdsText: Bool
    /// Whether what it holds counts as held by its parent too: it only puts some of the parent's children together.
    package let isBracket: Bool
    /// Examples of it, each as it stands in a survey; together they use every attribute and child of its own.
    package let examples: [String]

    /// What an element may hold.
    package init(
        _ name: String, _ summary: String, attributes: [AttributeShape] = [], children: [ChildShape] = [],
        holdsText: Bool = false, isBracket: Bool = false, examples: [String] = []
    ) {
        self.name = name
        self.summary = summary
        self.attributes = attributes
        self.children = children
        self.holdsText = holdsText
        self.isBracket = isBracket
        self.examples = examples
    }
}

/// An attribute that an element may carry.
package struct AttributeShape: Sendable {
    /// What values an attribute takes.
    package enum Kind: Sendable {
        /// An id: `[a-z][a-z0-9-]*`.
        case name
        /// A field's name: ids joined by dots.
        case dottedName
        /// `true` or `false`.
        case boolean
        /// A whole number within bounds.
        case integer(ClosedRange<Int>)
        /// A decimal number.
        case decimal
        /// A date as `YYYY-MM-DD`.
        case date
        /// A date, or a day counted from the day of answering such as `today-1y`.
        case day
        /// A pattern that a text must have.
        case pattern
        /// A span of time such as `24h` or `3d`.
        case duration
        /// One of some words.
        case oneOf([String])
        /// Language tags parted by spaces.
        case languages
        /// A condition (section *Conditions*).
        case condition
        /// A value of any type, in the language of conditions.
        case value
        /// A version as its author numbers it: letters, digits, dots and dashes.
        case version
        /// An https address.
        case address
        /// Any text.
        case text
    }

    /// The attribute's name.
    package let name: String
    /// What values it takes.
    package let kind: Kind
    /// Whether it must be there.
    package let isRequired: Bool
    /// What it is for, in one sentence.
    package let summary: String

    /// An attribute that an element may carry.
    package init(_ name: String, _ kind: Kind, required: Bool = false, _ summary: String) {
        self.name = name
        self.kind = kind
        isRequired = required
        self.summary = summary
    }
}

/// A child that an element may hold.
package struct ChildShape: Sendable {
    /// What stands inside a child.
    package enum Content: Sendable {
        /// Text that may pipe names and repeat per language.
        case text
        /// An element of its own shape.
        case element(ElementShape)
        /// Any question element of the registry.
        case question
    }

    /// The child element's name; for questions only a label.
    package let name: String
    /// What stands inside.
    package let content: Content
    /// The least number of children (for texts: in the default language).
    package let least: Int
    /// The greatest number of children, or nil for no bound; texts repeat once a language beyond it.
    package let most: Int?
    /// What it is for, in one sentence.
    package let summary: String

    /// A text child, repeated once a language.
    package static func text(_ name: String, required: Bool = false, _ summary: String) -> ChildShape {
        ChildShape(name: name, content: .text, least: required ? 1 : 0, most: 1, summary: summary)
    }

    /// A child element with a shape of its own.
    package static func element(_ shape: ElementShape, least: Int = 0, most: Int? = nil) -> ChildShape {
        ChildShape(name: shape.name, content: .element(shape), least: least, most: most, summary: shape.summary)
    }

    /// Question elements of any registered type.
    package static func questions(least: Int) -> ChildShape {
        ChildShape(name: "question", content: .question, least: least, most: nil, summary: "Any question element.")
    }
}
