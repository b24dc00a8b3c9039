internal import CLibXML2

/// Reads a document of any length piece by piece, checking it against a schema on the way; memory does not grow with
/// it.
///
/// The listener is called during `feed` and `finish`, on the same thread. The caller bounds tags (FAULTS section 4:
/// libxml2's cost grows with the square of a tag's attributes) and refuses what begins with `<!` or `<?`.
package final class XMLStream {
    /// Who hears of the document's parts.
    package struct Listener {
        /// A start tag; the tag is only good during the call.
        package var start: (borrowing StreamedTag) -> Void
        /// An end tag, by the element's name.
        package var end: (StreamedName) -> Void
        /// Text inside the elements that `wantsText` names.
        package var text: (UnsafeBufferPointer<UInt8>) -> Void

        /// A listener that hears tags and text.
        package init(
            start: @escaping (borrowing StreamedTag) -> Void, end: @escaping (StreamedName) -> Void = { _ in },
            text: @escaping (UnsafeBufferPointer<UInt8>) -> Void = { _ in }
        ) {
            self.start = start
            self.end = end
            self.text = text
        }
    }

    /// The most problems that are kept.
    private static let mostProblems = 20

    private let listener: Listener
    private let schema: XMLSchema?
    private let compiled: XMLSchema.Compiled?
    private let context: xmlParserCtxtPtr
    private let validation: xmlSchemaValidCtxtPtr?
    private var plug: xmlSchemaSAXPlugPtr?
    private let report: UnsafeMutablePointer<clibxml2_listener>
    private var isFinished = false
    /// What is wrong with the document, each with its line; the first twenty.
    package private(set) var problems: [String] = []
    /// Whether nothing was found wrong so far.
    package private(set) var isFine = true

    /// Begins a document; nil when libxml2 has no memory for it.
    package init?(schema: XMLSchema?, _ listener: Listener) {
        XMLReader.prepare()
        guard let context = xmlCreatePushParserCtxt(nil, nil, nil, 0, nil) else { return nil }
        self.listener = listener
        self.schema = schema
        self.context = context
        compiled = schema?.borrow()
        validation = compiled.flatMap { xmlSchemaNewValidCtxt($0.pointer) }
        report = .allocate(capacity: 1)
        report.initialize(to: clibxml2_listener(owner: nil, report: Self.note))
        // The context, which holds this object unretained, is freed before the object ends.
        report.pointee.owner = Unmanaged.passUnretained(self).toOpaque()
        xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_BIG_LINES.rawValue))
        context.pointee.sax.pointee = Self.handlers(basedOn: context.pointee.sax.pointee)
        clibxml2_listen(context, report)
        if let validation {
            clibxml2_listen_validation(validation, report)
            plug = xmlSchemaSAXPlug(validation, &context.pointee.sax, &context.pointee.userData)
            // The plug stands in for our table and has no error handler of its own.
            clibxml2_listen(context, report)
        }
    }

    deinit {
        if let plug { xmlSchemaSAXUnplug(plug) }
        if let validation { xmlSchemaFreeValidCtxt(validation) }
        xmlFreeParserCtxt(context)
        report.deinitialize(count: 1)
        report.deallocate()
        if let compiled { schema?.giveBack(compiled) }
    }

    /// Reads on; false once something is wrong.
    package func feed(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard isFine, let start = bytes.bindMemory(to: CChar.self).baseAddress else { return isFine }
        if xmlParseChunk(context, start, Int32(clamping: bytes.count), 0) != 0 { isFine = false }
        return isFine
    }

    /// Ends the document; whether all of it was well-formed and as the schema says.
    package func finish() -> Bool {
        guard !isFinished else { return isFine }
        isFinished = true
        if isFine, xmlParseChunk(context, nil, 0, 1) != 0 { isFine = false }
        if context.pointee.wellFormed != 1 || context.pointee.nsWellFormed != 1 { isFine = false }
        return isFine
    }

    private static func handlers(basedOn usual: xmlSAXHandler) -> xmlSAXHandler {
        var sax = xmlSAXHandler()
        sax.initialized = usual.initialized
        sax.startElementNs = { context, name, _, _, _, _, count, _, attributes in
            guard let name, let stream = XMLStream.of(context) else { return }
            stream.listener.start(StreamedTag(name: StreamedName(name), attributes: attributes, count: Int(count)))
        }
        sax.endElementNs = { context, name, _, _ in
            if let name { XMLStream.of(context)?.listener.end(StreamedName(name)) }
        }
        let characters: charactersSAXFunc = { context, start, count in
            XMLStream.of(context)?.listener.text(UnsafeBufferPointer(start: start, count: Int(count)))
        }
        sax.characters = characters
        sax.ignorableWhitespace = characters
        sax.cdataBlock = characters
        sax.getEntity = { _, name in xmlGetPredefinedEntity(name) }
        sax.internalSubset = { context, _, _, _ in
            guard let context else { return }
            XMLStream.of(context)?.isFine = false
            xmlStopParser(context.assumingMemoryBound(to: xmlParserCtxt.self))
        }
        return sax
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> XMLStream? {
        guard let context, let listener = context.assumingMemoryBound(to: xmlParserCtxt.self).pointee._private,
            let owner = listener.assumingMemoryBound(to: clibxml2_listener.self).pointee.owner
        else { return nil }
        return Unmanaged<XMLStream>.fromOpaque(owner).takeUnretainedValue()
    }

    private static let note: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<clibxml2_problem>?) -> Void = {
        owner, problem in
        guard let owner, let problem = problem?.pointee, problem.level >= XML_ERR_ERROR.rawValue else { return }
        let stream = Unmanaged<XMLStream>.fromOpaque(owner).takeUnretainedValue()
        stream.isFine = false
        guard stream.problems.count < mostProblems else { return }
        let words = problem.message.map { String(cString: $0) } ?? "not well-formed"
        let line = Int(xmlSAX2GetLineNumber(stream.context))
        stream.problems.append(
            "line \(line): \(words.split(whereSeparator: \.isNewline).first.map { String($0) } ?? words)")
    }
}

/// An element's name as the parser holds it; only good during the listener's call.
package struct StreamedName {
    private let pointer: UnsafePointer<UInt8>

    init(_ pointer: UnsafePointer<UInt8>) { self.pointer = pointer }

    /// Whether it is just this name.
    package func isCalled(_ name: StaticString) -> Bool {
        let length = name.utf8CodeUnitCount
        for index in 0..<length where pointer[index] != name.utf8Start[index] { return false }
        return pointer[length] == 0
    }
}

/// A start tag as the parser holds it; only good during the listener's call.
package struct StreamedTag: ~Copyable {
    /// The element's name.
    package let name: StreamedName
    private let attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    private let count: Int

    init(name: StreamedName, attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, count: Int) {
        self.name = name
        self.attributes = attributes
        self.count = count
    }

    /// The value of an attribute without namespace, if the tag has it.
    package subscript(name: StaticString) -> String? {
        guard let attributes else { return nil }
        for index in 0..<count {
            guard let local = attributes[index * 5], attributes[index * 5 + 2] == nil,
                StreamedName(local).isCalled(name),
                let start = attributes[index * 5 + 3], let end = attributes[index * 5 + 4]
            else { continue }
            return TreeBuilder.value(UnsafeBufferPointer(start: start, count: end - start))
        }
        return nil
    }

    /// Whether the tag has an attribute of just this value.
    package func has(_ name: StaticString, _ value: StaticString) -> Bool {
        guard let attributes else { return false }
        for index in 0..<count {
            guard let local = attributes[index * 5], StreamedName(local).isCalled(name),
                let start = attributes[index * 5 + 3], let end = attributes[index * 5 + 4]
            else { continue }
            return end - start == value.utf8CodeUnitCount
                && (0..<value.utf8CodeUnitCount).allSatisfy { start[$0] == value.utf8Start[$0] }
        }
        return false
    }
}
