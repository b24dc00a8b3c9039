internal import CLibXML2
internal import Diagnostics
internal import Markup

/// Receives libxml2's events and builds the value tree; one object a parse, used by one thread.
final class TreeBuilder {
    let source: SourceText
    var isWellFormed = false
    private(set) var hasInstanceAttributes = false

    private var context: xmlParserCtxtPtr?
    private var open: [OpenElement] = []
    private var root: MarkupElement?
    private var text: [UInt8] = []
    /// Where the last tag or comment ended: text begins there.
    private var markupEnd = 0
    /// The start tag that schema errors are about: the last one opened or closed.
    private var lastPlace = 0..<0
    private var diagnostics: [Diagnostic] = []
    private var violations: [Diagnostic] = []
    /// Where a tag ends that the parser gave up; what it says of the rest of it says nothing new.
    private var brokenEnd = -1
    private var namespaces: [(pointer: UnsafePointer<xmlChar>, text: String)] = []

    /// An element whose end has not been read.
    private struct OpenElement {
        let name: String
        let namespace: String?
        let attributes: [MarkupAttribute]
        let startTag: Range<Int>
        let nameLength: Int
        var children: [MarkupNode] = []
        var hasElements = false
    }

    init(source: SourceText) { self.source = source }

    func document() -> XMLReader.Document {
        if !isWellFormed, diagnostics.isEmpty {
            // libxml2 always says why; should it ever not, nothing may pass for sound.
            diagnostics.append(Diagnostic(.notWellFormed, file: source.file, message: "The file is not well-formed."))
        }
        let isRead = diagnostics.isEmpty
        return XMLReader.Document(root: isRead ? root : nil, diagnostics: diagnostics, violations: violations)
    }

    /// Keeps the context at hand while a parse runs.
    func reading(_ context: xmlParserCtxtPtr, _ body: () -> Void) {
        self.context = context
        body()
        self.context = nil
    }

    /// How many bytes the parser has read.
    private var offset: Int {
        guard let context else { return 0 }
        return min(max(Int(xmlByteConsumed(context)), 0), source.bytes.count)
    }

    // MARK: Events

    /// A table with our handlers, so that libxml2 builds no tree of its own.
    static func handlers(basedOn usual: xmlSAXHandler) -> xmlSAXHandler {
        var sax = xmlSAXHandler()
        sax.initialized = usual.initialized
        sax.startElementNs = { context, name, prefix, namespace, _, _, count, _, attributes in
            TreeBuilder.of(context)?.start(name, prefix, namespace, Int(count), attributes)
        }
        sax.endElementNs = { context, _, _, _ in TreeBuilder.of(context)?.end() }
        let characters: charactersSAXFunc = { context, start, count in
            TreeBuilder.of(context)?.text.append(contentsOf: UnsafeBufferPointer(start: start, count: Int(count)))
        }
        sax.characters = characters
        sax.ignorableWhitespace = characters
        sax.cdataBlock = characters
        sax.comment = { context, _ in TreeBuilder.of(context)?.comment() }
        sax.getEntity = { _, name in xmlGetPredefinedEntity(name) }
        // The byte scan refuses these; should one ever come through, nothing of it is read.
        sax.internalSubset = { context, _, _, _ in
            TreeBuilder.of(context)?.stop(.doctype, "A DOCTYPE is not allowed here.")
        }
        sax.processingInstruction = { context, _, _ in
            TreeBuilder.of(context)?.stop(.processingInstruction, "A processing instruction is not allowed here.")
        }
        return sax
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> TreeBuilder? {
        guard let context, let listener = context.assumingMemoryBound(to: xmlParserCtxt.self).pointee._private,
            let owner = listener.assumingMemoryBound(to: clibxml2_listener.self).pointee.owner
        else { return nil }
        return Unmanaged<TreeBuilder>.fromOpaque(owner).takeUnretainedValue()
    }

    private func start(
        _ name: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?,
        _ count: Int, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        // The parser stands before `>` or `/>`; a `<` cannot stand inside a tag, so the nearest one opens it.
        let stop = offset
        let tag = StartTag(endingAt: stop, in: source.bytes)
        flushText(before: tag.range.lowerBound, keepingSpace: false)
        let places = tag.attributes
        var read: [MarkupAttribute] = []
        read.reserveCapacity(count)
        for index in 0..<count {
            guard let attributes, let name = attributes[index * 5], let start = attributes[index * 5 + 3],
                let end = attributes[index * 5 + 4]
            else { continue }
            let namespace = interned(attributes[index * 5 + 2])
            if namespace == "http://www.w3.org/2001/XMLSchema-instance" { hasInstanceAttributes = true }
            let place = index < places.count ? places[index] : (name: tag.range, value: tag.range)
            read.append(
                MarkupAttribute(
                    name: String(cString: name), namespace: namespace,
                    value: Self.value(UnsafeBufferPointer(start: start, count: end - start)),
                    nameRange: place.name, valueRange: place.value))
        }
        if !open.isEmpty { open[open.count - 1].hasElements = true }
        lastPlace = tag.range
        markupEnd = tag.range.upperBound
        open.append(
            OpenElement(
                name: name.map { String(cString: $0) } ?? "", namespace: interned(namespace), attributes: read,
                startTag: tag.range, nameLength: tag.nameLength))
    }

    /// Without entity replacement (which must stay off) libxml2 hands on every & of a value as `&#38;`, and no other
    /// way.
    static func value(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return bytes.contains(UInt8(ascii: "&")) ? text.replacing("&#38;", with: "&") : text
    }

    private func end() {
        // After `</name>`; of an empty element the parser has just passed `/>`.
        let stop = offset
        let close = source.bytes[..<stop].lastIndex(of: UInt8(ascii: "<")) ?? stop
        guard var element = open.popLast() else { return }
        flushText(before: max(close, markupEnd), keepingSpace: !element.hasElements, into: &element)
        markupEnd = max(stop, markupEnd)
        lastPlace = element.startTag
        let done = MarkupElement(
            name: element.name, namespace: element.namespace, attributes: element.attributes,
            children: element.children, startTag: element.startTag, nameLength: element.nameLength)
        if open.isEmpty { root = done } else { open[open.count - 1].children.append(.element(done)) }
    }

    private func comment() {
        let stop = offset
        // `--` cannot stand inside a comment, so the nearest `<!--` opens it.
        var start = source.bytes[..<stop].lastIndex(of: UInt8(ascii: "<")) ?? stop
        while start > markupEnd, !source.bytes[start...].starts(with: "<!--".utf8) {
            start = source.bytes[..<start].lastIndex(of: UInt8(ascii: "<")) ?? 0
        }
        flushText(before: max(start, markupEnd), keepingSpace: true)
        markupEnd = max(stop, markupEnd)
    }

    private func stop(_ code: DiagnosticCode, _ message: String) {
        diagnostics.append(Diagnostic(code, in: source, at: max(0, offset - 1)..<offset, message: message))
        if let context { xmlStopParser(context) }
    }

    // MARK: Parts

    private func flushText(before end: Int, keepingSpace: Bool) {
        guard !text.isEmpty else { return }
        if open.isEmpty {
            text.removeAll(keepingCapacity: true)
            return
        }
        flushText(before: end, keepingSpace: keepingSpace, into: &open[open.count - 1])
    }

    /// Space that only parts elements is left out of the tree.
    private func flushText(before end: Int, keepingSpace: Bool, into element: inout OpenElement) {
        guard !text.isEmpty else { return }
        if keepingSpace || !text.allSatisfy(ByteScan.isSpace) {
            element.children.append(
                .text(MarkupText(value: String(decoding: text, as: UTF8.self), range: markupEnd..<max(end, markupEnd))))
        }
        text.removeAll(keepingCapacity: true)
    }

    /// Namespaces come as pointers into the parser's dictionary, the same one each time.
    private func interned(_ pointer: UnsafePointer<xmlChar>?) -> String? {
        guard let pointer else { return nil }
        if let known = namespaces.first(where: { $0.pointer == pointer }) { return known.text }
        let text = String(cString: pointer)
        if namespaces.count < 16 { namespaces.append((pointer, text)) }
        return text
    }

    // MARK: Problems

    static let report: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<clibxml2_problem>?) -> Void = {
        owner, problem in
        guard let owner, let problem = problem?.pointee else { return }
        Unmanaged<TreeBuilder>.fromOpaque(owner).takeUnretainedValue().note(problem)
    }

    private func note(_ problem: clibxml2_problem) {
        guard diagnostics.count + violations.count < XMLReader.mostProblems, problem.level >= XML_ERR_ERROR.rawValue
        else { return }
        let words = problem.message.map { String(cString: $0) } ?? ""
        if (1700..<2000).contains(problem.code) || (3000..<4000).contains(problem.code) {
            let place = lastPlace.lowerBound + 1..<max(lastPlace.lowerBound + 2, lastPlace.upperBound)
            violations.append(
                Diagnostic(.schemaViolation, in: source, at: place, message: XMLProblem.schemaSentence(words)))
            return
        }
        let sentence = XMLProblem(
            code: Int(problem.code), words: words, first: problem.first.map { String(cString: $0) },
            second: problem.second.map { String(cString: $0) }, source: source, offset: offset)
        // What a first error makes of the tags around it says nothing new.
        if sentence.isConsequence, !diagnostics.isEmpty { return }
        if offset <= brokenEnd { return }
        if problem.code == XML_ERR_LT_IN_ATTRIBUTE.rawValue {
            // The parser gives this tag up and takes the < for the next one.
            brokenEnd = source.bytes[offset...].firstIndex(of: UInt8(ascii: ">")) ?? source.bytes.count
        }
        diagnostics.append(sentence.diagnostic)
    }

    /// An empty file gives the parser nothing to begin with.
    func reportEmpty() {
        diagnostics.append(Diagnostic(.notWellFormed, file: source.file, message: "The file is empty."))
    }
}
