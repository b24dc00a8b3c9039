/// A record that is one JSON object a line.
///
/// An implementer guarantees that reading what it wrote gives an equal value, and that keys it does not know are kept.
package protocol RecordLine: Sendable, Equatable {
    /// Reads a parsed line.
    init(_ value: JSONValue) throws(LineError)
    /// Writes the members of the line's object.
    func write(_ writer: inout JSONWriter)
}

extension RecordLine {
    /// Reads a line's bytes.
    package init(_ bytes: some Sequence<UInt8>) throws(LineError) {
        let value: JSONValue
        do { value = try JSONParser.parse(bytes) } catch { throw LineError(error.description) }
        try self.init(value)
    }

    /// Appends the line, line end included.
    package func append(to bytes: inout [UInt8]) {
        var writer = JSONWriter(appendingTo: bytes)
        bytes = []
        writer.object { write(&$0) }
        writer.endLine()
        bytes = writer.bytes
    }
}
