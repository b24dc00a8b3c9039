internal import Markup
internal import QuestionnaireModel

/// The XML schema of the survey language, made from its shapes.
///
/// One file that editors and `xmllint` take offline. Children may stand in any order, so it checks names, attributes
/// and
/// values; how many of a child there must be is checked by the compiler.
package enum SurveySchema {
    /// The schema's bytes; `Sources/Assets/files/survey.xsd` holds the same, and the test suite compares them.
    package static func generate() -> [UInt8] {
        var xml = XMLWriter()
        xml.start("xs:schema")
        xml.attribute("xmlns:xs", "http://www.w3.org/2001/XMLSchema")
        xml.attribute("xmlns", SurveyLanguage.namespace)
        xml.attribute("targetNamespace", SurveyLanguage.namespace)
        xml.attribute("elementFormDefault", "qualified")
        documentation("heed survey definitions. Generated from the compiler's shapes; do not edit.", &xml)
        simpleTypes(&xml)
        dayType(&xml)
        textType(&xml)
        xml.start("xs:group")
        xml.attribute("name", "question")
        xml.start("xs:choice")
        for shape in SurveyLanguage.questions { element(shape, &xml) }
        xml.end()
        xml.end()
        element(SurveyLanguage.survey, &xml)
        xml.end()
        return xml.bytes
    }

    // MARK: Types

    private static let patterns: [(name: String, pattern: String, says: String)] = [
        ("name", "[a-z][a-z0-9\\-]{0,63}", "An id."),
        ("dotted-name", "[a-z][a-z0-9\\-]*(\\.[a-z][a-z0-9\\-]*)*", "Ids joined by dots."),
        ("boolean", "true|false", "true or false."),
        ("date", "[0-9]{4}\\-[0-9]{2}\\-[0-9]{2}", "Year, month and day, such as 2026-01-31."),
        ("day-from-today", "today([+\\-][0-9]{1,5}[dwmy])?", "A day counted from the one of answering."),
        ("duration", "[1-9][0-9]{0,4}[mhdw]", "Minutes, hours, days or weeks, such as 24h."),
        (
            "languages",
            "[A-Za-z]{2,8}(\\-[A-Za-z0-9]{1,8})*( [A-Za-z]{2,8}(\\-[A-Za-z0-9]{1,8})*)*",
            "Language tags parted by spaces."
        ),
        ("version", "[A-Za-z0-9][A-Za-z0-9.\\-]{0,31}", "A version as its author numbers it."),
        ("address", "https://\\S+", "An https address."),
        ("condition", ".*\\S.*", "A condition; the compiler checks it."),
        ("value", ".*\\S.*", "A value in the language of conditions; the compiler checks it."),
    ]

    /// What a type is a restriction of, where it is more than a string.
    private static let bases = ["languages": "xs:token", "date": "xs:date"]

    private static func simpleTypes(_ xml: inout XMLWriter) {
        for type in patterns {
            xml.start("xs:simpleType")
            xml.attribute("name", type.name)
            documentation(type.says, &xml)
            xml.start("xs:restriction")
            xml.attribute("base", bases[type.name] ?? "xs:string")
            xml.element("xs:pattern", ["value": type.pattern])
            xml.end()
            xml.end()
        }
    }

    /// A date, or a day counted from today.
    private static func dayType(_ xml: inout XMLWriter) {
        xml.start("xs:simpleType")
        xml.attribute("name", "day")
        documentation("A date, or a day such as today-18y.", &xml)
        xml.element("xs:union", ["memberTypes": "date day-from-today"])
        xml.end()
    }

    /// Words in a language.
    private static func textType(_ xml: inout XMLWriter) {
        xml.start("xs:complexType")
        xml.attribute("name", "text")
        documentation("Words that may pipe {name|fallback}; once a language, by xml:lang.", &xml)
        xml.start("xs:simpleContent")
        xml.start("xs:extension")
        xml.attribute("base", "xs:string")
        xml.element(
            "xs:anyAttribute",
            ["namespace": "http://www.w3.org/XML/1998/namespace", "processContents": "skip"])
        xml.end()
        xml.end()
        xml.end()
    }

    // MARK: Elements

    private static func element(_ shape: ElementShape, _ xml: inout XMLWriter) {
        xml.start("xs:element")
        xml.attribute("name", shape.name)
        documentation(shape.summary, &xml)
        xml.start("xs:complexType")
        xml.attribute("mixed", shape.holdsText ? "true" : nil)
        if !shape.children.isEmpty {
            xml.start("xs:choice")
            xml.attribute("minOccurs", "0")
            xml.attribute("maxOccurs", "unbounded")
            for child in shape.children { self.child(child, &xml) }
            xml.end()
        }
        for attribute in shape.attributes { self.attribute(attribute, &xml) }
        xml.end()
        xml.end()
    }

    private static func child(_ child: ChildShape, _ xml: inout XMLWriter) {
        switch child.content {
        case .text:
            xml.start("xs:element")
            xml.attribute("name", child.name)
            xml.attribute("type", "text")
            documentation(child.summary, &xml)
            xml.end()
        case .element(let shape): element(shape, &xml)
        case .question: xml.element("xs:group", ["ref": "question"])
        }
    }

    private static func attribute(_ shape: AttributeShape, _ xml: inout XMLWriter) {
        xml.start("xs:attribute")
        xml.attribute("name", shape.name)
        if let type = namedType(shape.kind) { xml.attribute("type", type) }
        if shape.isRequired { xml.attribute("use", "required") }
        documentation(shape.summary, &xml)
        switch shape.kind {
        case .integer(let range):
            xml.start("xs:simpleType")
            xml.start("xs:restriction")
            xml.attribute("base", "xs:integer")
            xml.element("xs:minInclusive", ["value": String(range.lowerBound)])
            xml.element("xs:maxInclusive", ["value": String(range.upperBound)])
            xml.end()
            xml.end()
        case .oneOf(let words):
            xml.start("xs:simpleType")
            xml.start("xs:restriction")
            xml.attribute("base", "xs:string")
            for word in words { xml.element("xs:enumeration", ["value": word]) }
            xml.end()
            xml.end()
        default: break
        }
        xml.end()
    }

    private static func namedType(_ kind: AttributeShape.Kind) -> String? {
        switch kind {
        case .name: "name"
        case .dottedName: "dotted-name"
        case .boolean: "boolean"
        case .decimal: "xs:decimal"
        case .date: "date"
        case .day: "day"
        case .duration: "duration"
        case .languages: "languages"
        case .condition: "condition"
        case .value: "value"
        case .version: "version"
        case .address: "address"
        case .pattern, .text: "xs:string"
        case .integer, .oneOf: nil
        }
    }

    private static func documentation(_ words: String, _ xml: inout XMLWriter) {
        xml.start("xs:annotation")
        xml.element("xs:documentation", text: words)
        xml.end()
    }
}
