internal import CLibXML2
internal import Diagnostics

/// A problem that libxml2 found, said in plain words at the place that an author would look at.
struct XMLProblem {
    let diagnostic: Diagnostic
    /// Whether it only follows from an earlier problem.
    let isConsequence: Bool

    init(code: Int, words: String, first: String?, second: String?, source: SourceText, offset: Int) {
        let bytes = source.bytes
        var kind = DiagnosticCode.notWellFormed
        // The parser stands behind or at the place; one character is marked unless something better is known.
        var range = min(offset, max(0, bytes.count - 1))..<offset + 1
        // For what the library says in its own terms only.
        var message = "The XML is not well-formed here."
        var help: String?
        var isConsequence = false
        func back(to byte: UInt8) -> Int { bytes[..<min(offset, bytes.count)].lastIndex(of: byte) ?? range.lowerBound }
        func name(from start: Int) -> Range<Int> {
            let end = bytes[start...].firstIndex { !Self.isNameByte($0) } ?? bytes.count
            return start..<max(start + 1, end)
        }
        switch xmlParserErrors(rawValue: UInt32(clamping: code)) {
        case XML_ERR_TAG_NAME_MISMATCH:
            isConsequence = true
            let open = first ?? "?"
            let close = back(to: UInt8(ascii: "<"))
            range = close..<name(from: min(close + 2, bytes.count)).upperBound
            let line = words.split(separator: " ").drop { $0 != "line" }.dropFirst().first
            message =
                "</\(second ?? String(decoding: bytes[name(from: min(close + 2, bytes.count))], as: UTF8.self))> stands where </\(open)> must come first"
            message += line.map { "; <\(open)> opened on line \($0)." } ?? "."
            help = "Write </\(open)> before it, or correct the name."
        case XML_ERR_TAG_NOT_FINISHED:
            isConsequence = true
            message = "The file ends inside <\(first ?? "?")>."
            help = "Write </\(first ?? "?")> where it ends."
        case XML_ERR_UNDECLARED_ENTITY, XML_WAR_UNDECLARED_ENTITY:
            let start = back(to: UInt8(ascii: "&"))
            range = start..<max(start + 1, offset)
            message = "The entity \"&\(first ?? "?");\" is not known; XML has &amp; &lt; &gt; &quot; and &apos;."
            help = "Write the character itself, or its number such as &#160;."
        case XML_ERR_NAME_REQUIRED, XML_ERR_ENTITYREF_SEMICOL_MISSING, XML_ERR_ENTITYREF_NO_NAME:
            guard offset > 0 else { break }
            let start = back(to: UInt8(ascii: "&"))
            if bytes[start] == UInt8(ascii: "&"), offset - start < 80 {
                range = start..<start + 1
                message = "A & begins an entity such as &amp;, and this one does not end as one."
                help = "Write &amp; for a plain &."
            } else {
                message = "A name is missing here."
            }
        case XML_ERR_LT_IN_ATTRIBUTE:
            message = "A < cannot stand inside an attribute."
            help = "In conditions write lt or le; elsewhere write &lt;."
        case XML_ERR_ATTRIBUTE_NOT_STARTED, XML_ERR_ATTRIBUTE_NOT_FINISHED:
            message = "The value of an attribute must stand in quotes."
            help = "Write name=\"value\"."
        case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
            message = "The attribute \"\(first ?? "?")\" has no value."
            help = "Write \(first ?? "name")=\"…\"."
        case XML_ERR_INVALID_CHAR, XML_ERR_INVALID_CHARREF, XML_ERR_INVALID_HEX_CHARREF, XML_ERR_INVALID_DEC_CHARREF:
            let start = back(to: UInt8(ascii: "&"))
            guard bytes[start...].starts(with: "&#".utf8), offset - start < 80 else {
                message = "This character cannot stand in XML."
                help = "Remove it."
                break
            }
            let end = bytes[start...].prefix(80).firstIndex(of: UInt8(ascii: ";")).map { $0 + 1 } ?? offset
            range = start..<max(start + 2, end)
            let written = String(decoding: bytes[range], as: UTF8.self)
            message = "\(written) stands for no character that XML may hold."
            help = "Remove it, or write the number of another character; control characters cannot be written at all."
        case XML_ERR_ATTRIBUTE_REDEFINED:
            let tag = back(to: UInt8(ascii: "<"))
            if let second = Self.attributes(of: tag, in: bytes, named: first ?? "").dropFirst().first { range = second }
            message = "The attribute \"\(first ?? "?")\" stands twice on this tag."
            help = "Keep one of the two."
        case XML_ERR_GT_REQUIRED:
            isConsequence = true
            message = "This tag is not finished: \">\" is missing."
        case XML_ERR_SPACE_REQUIRED:
            message = "A space is missing between two attributes here."
        case XML_ERR_DOCUMENT_END:
            isConsequence = true
            message = "Something follows after the end of the root element."
            help = "A survey file holds one <survey> and nothing after it."
        case XML_ERR_DOCUMENT_EMPTY:
            message = "There is no element where the file should begin with one."
            help = "Begin with <survey xmlns=\"urn:heed:survey:1\" …>."
        case XML_ERR_MISPLACED_CDATA_END:
            message = "\"]]>\" cannot stand in text."
            help = "Write ]]&gt;."
        case XML_ERR_HYPHEN_IN_COMMENT:
            message = "\"--\" cannot stand inside a comment."
        case XML_ERR_COMMENT_NOT_FINISHED:
            message = "A comment is not finished: \"-->\" is missing."
        case XML_ERR_CDATA_NOT_FINISHED:
            message = "A CDATA section is not finished: \"]]>\" is missing."
        case XML_ERR_VERSION_MISSING, XML_ERR_XMLDECL_NOT_STARTED, XML_ERR_XMLDECL_NOT_FINISHED,
            XML_ERR_STANDALONE_VALUE, XML_ERR_ENCODING_NAME, XML_ERR_UNKNOWN_VERSION, XML_ERR_STRING_NOT_STARTED,
            XML_ERR_STRING_NOT_CLOSED:
            message = "The declaration at the start of the file is not as it must be."
            help = "Write <?xml version=\"1.0\" encoding=\"UTF-8\"?>, or leave it out."
        case XML_NS_ERR_XML_NAMESPACE, XML_NS_ERR_QNAME, XML_NS_ERR_EMPTY, XML_NS_ERR_COLON:
            message = "This name or namespace declaration is not allowed."
            help = "Write plain names, and xmlns=\"urn:heed:survey:1\" on <survey> only."
        case XML_NS_ERR_ATTRIBUTE_REDEFINED:
            message = "The attribute \"\(first ?? "?")\" stands twice on this tag."
            help = "Keep one of the two."
        case XML_NS_ERR_UNDEFINED_NAMESPACE:
            kind = .undeclaredPrefix
            // libxml2 names the prefix first for elements, second for attributes' values.
            message = "The prefix \"\(first ?? "?")\" is not declared."
            help = "Leave the prefix out, or declare it with xmlns:\(first ?? "…")=\"…\"."
            let start = back(to: UInt8(ascii: "<"))
            range = start..<name(from: min(start + 1, bytes.count)).upperBound
        default: break
        }
        self.isConsequence = isConsequence
        diagnostic = Diagnostic(kind, in: source, at: range, message: message, help: help)
    }

    /// The places of a tag's attributes of one name; the tag may be unfinished.
    private static func attributes(of start: Int, in bytes: [UInt8], named name: String) -> [Range<Int>] {
        var quote: UInt8?
        let stop = bytes[start...].firstIndex { byte in
            if let open = quote {
                if byte == open { quote = nil }
                return false
            }
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { quote = byte }
            return byte == UInt8(ascii: ">")
        }
        let tag = StartTag(endingAt: stop ?? bytes.count, in: bytes)
        return tag.attributes.map(\.name).filter { bytes[$0].elementsEqual(name.utf8) }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            || byte == 0x2D
            || byte == 0x2E || byte == 0x5F || byte == 0x3A
    }

    /// libxml2's message as one sentence.
    private static func plain(_ words: String) -> String {
        let line = words.split(whereSeparator: \.isNewline).first.map(String.init) ?? "The file is not well-formed here"
        return line.hasSuffix(".") ? line : line + "."
    }

    /// A schema message without the namespace in braces.
    static func schemaSentence(_ words: String) -> String {
        plain(words.replacing("{urn:heed:survey:1}", with: ""))
    }
}
