internal import CLibXML2
internal import Synchronization

/// A schema compiled once and used for many documents, from any thread.
package final class XMLSchema: Sendable {
    private let bytes: [UInt8]
    private let idle: Mutex<[Compiled]>

    /// Compiles a schema; nil when it is not one.
    package init?(_ bytes: [UInt8]) {
        guard let first = Compiled(bytes) else { return nil }
        self.bytes = bytes
        idle = Mutex([first])
    }

    /// Lends a compiled schema to one caller at a time; a second caller at the same moment gets another one.
    func borrow() -> Compiled? {
        idle.withLock { $0.popLast() } ?? Compiled(bytes)
    }

    /// Takes a compiled schema back for the next caller.
    func giveBack(_ compiled: Compiled) { idle.withLock { $0.append(compiled) } }

    // @unchecked because the pointer is written once, and XMLSchema lends each instance to one caller at a time.
    final class Compiled: @unchecked Sendable {
        let pointer: xmlSchemaPtr

        init?(_ bytes: [UInt8]) {
            XMLReader.prepare()
            let pointer = bytes.withUnsafeBytes { buffer -> xmlSchemaPtr? in
                guard let start = buffer.bindMemory(to: CChar.self).baseAddress,
                    let parser = xmlSchemaNewMemParserCtxt(start, Int32(clamping: buffer.count))
                else { return nil }
                defer { xmlSchemaFreeParserCtxt(parser) }
                var silence = clibxml2_listener(owner: nil) { _, _ in }
                return withUnsafeMutablePointer(to: &silence) { silence in
                    clibxml2_listen_schema(parser, silence)
                    return xmlSchemaParse(parser)
                }
            }
            guard let pointer else { return nil }
            self.pointer = pointer
        }

        deinit { xmlSchemaFree(pointer) }
    }
}
