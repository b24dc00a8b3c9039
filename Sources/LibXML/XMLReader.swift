internal import CLibXML2
package import Diagnostics
package import Markup

/// Reads XML by libxml2: one synchronous function from bytes to a value tree; nothing of C leaves it.
package enum XMLReader {
    /// What was read.
    package struct Document: Sendable {
        /// The root element; nil when the file is refused or not well-formed.
        package let root: MarkupElement?
        /// Everything wrong with the file as XML.
        package let diagnostics: [Diagnostic]
        /// What the schema found, in its own words.
        package let violations: [Diagnostic]
    }

    /// The most problems reported of one file; whoever made more will look again.
    static let mostProblems = 200

    /// Reads a document, checking it against a schema in the same pass.
    package static func read(_ source: SourceText, schema: XMLSchema? = nil, limits: XMLLimits = .survey) -> Document {
        let refusals = ByteScan.refusals(in: source, limits: limits)
        if !refusals.isEmpty { return Document(root: nil, diagnostics: refusals, violations: []) }
        prepare()
        let builder = TreeBuilder(source: source)
        guard let compiled = schema?.borrow() else {
            parse(source, into: builder, schema: nil)
            return builder.document()
        }
        parse(source, into: builder, schema: compiled.pointer)
        // A document with xsi: attributes may have changed the compiled schema (xsi:schemaLocation adds to it).
        if !builder.hasInstanceAttributes { schema?.giveBack(compiled) }
        return builder.document()
    }

    /// Makes libxml2 ready, once a process.
    static func prepare() { _ = isPrepared }

    private static let isPrepared: Bool = {
        clibxml2_prepare()
        return true
    }()

    private static func parse(_ source: SourceText, into builder: TreeBuilder, schema: xmlSchemaPtr?) {
        source.bytes.withUnsafeBytes { buffer in
            guard let start = buffer.bindMemory(to: CChar.self).baseAddress,
                let context = xmlCreateMemoryParserCtxt(start, Int32(clamping: buffer.count))
            else {
                builder.reportEmpty()
                return
            }
            defer { xmlFreeParserCtxt(context) }
            let options = XML_PARSE_NONET.rawValue | XML_PARSE_BIG_LINES.rawValue | XML_PARSE_COMPACT.rawValue
            xmlCtxtUseOptions(context, Int32(options))
            // The context owns the table, and no DOM is built: every handler is ours or none.
            let sax = context.pointee.sax.pointee
            context.pointee.sax.pointee = TreeBuilder.handlers(basedOn: sax)
            var listener = clibxml2_listener(
                owner: Unmanaged.passUnretained(builder).toOpaque(), report: TreeBuilder.report)
            withUnsafeMutablePointer(to: &listener) { listener in
                clibxml2_listen(context, listener)
                builder.reading(context) {
                    guard let schema, let validation = xmlSchemaNewValidCtxt(schema) else {
                        xmlParseDocument(context)
                        return
                    }
                    defer { xmlSchemaFreeValidCtxt(validation) }
                    clibxml2_listen_validation(validation, listener)
                    let plug = xmlSchemaSAXPlug(validation, &context.pointee.sax, &context.pointee.userData)
                    // The plug stands in for our table and has no error handler of its own.
                    clibxml2_listen(context, listener)
                    xmlParseDocument(context)
                    if let plug { xmlSchemaSAXUnplug(plug) }
                }
                builder.isWellFormed = context.pointee.wellFormed == 1 && context.pointee.nsWellFormed == 1
            }
        }
        // The builder must outlive the parse, which holds it unretained.
        withExtendedLifetime(builder) {}
    }
}
