/// The places of a start tag's parts, read from its own bytes; libxml2 gives values but no columns.
struct StartTag {
    /// From `<` to behind `>`.
    let range: Range<Int>
    /// The bytes of the name, prefix included.
    let nameLength: Int
    /// Names and values of the attributes in order, namespace declarations left out as libxml2 does.
    let attributes: [(name: Range<Int>, value: Range<Int>)]

    /// The tag that ends at `>` or `/>` at an offset, known to be well-formed.
    init(endingAt stop: Int, in bytes: [UInt8]) {
        (range, nameLength, attributes) = bytes.withUnsafeBufferPointer { Self.scan($0, stop: stop) }
    }

    private static func scan(
        _ bytes: UnsafeBufferPointer<UInt8>, stop: Int
    ) -> (Range<Int>, Int, [(name: Range<Int>, value: Range<Int>)]) {
        var start = min(stop, bytes.count)
        while start > 0, start == bytes.count || bytes[start] != UInt8(ascii: "<") { start -= 1 }
        var end = stop
        while end < bytes.count, bytes[end] != UInt8(ascii: ">") { end += 1 }
        var index = start + 1
        while index < stop, !ByteScan.isSpace(bytes[index]) { index += 1 }
        let nameLength = index - start - 1
        var attributes: [(name: Range<Int>, value: Range<Int>)] = []
        while true {
            while index < stop, ByteScan.isSpace(bytes[index]) { index += 1 }
            let name = index
            while index < stop, bytes[index] != UInt8(ascii: "="), !ByteScan.isSpace(bytes[index]) { index += 1 }
            let nameEnd = index
            while index < stop, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "'") { index += 1 }
            guard index < stop else { break }
            let quote = bytes[index]
            let value = index + 1
            index = value
            while index < stop, bytes[index] != quote { index += 1 }
            if !isDeclaration(bytes, name..<nameEnd) { attributes.append((name..<nameEnd, value..<index)) }
            index += 1
        }
        return (start..<min(end + 1, bytes.count), nameLength, attributes)
    }

    private static func isDeclaration(_ bytes: UnsafeBufferPointer<UInt8>, _ name: Range<Int>) -> Bool {
        let word = bytes[name]
        guard word.starts(with: "xmlns".utf8) else { return false }
        return word.count == 5 || word[name.lowerBound + 5] == UInt8(ascii: ":")
    }
}
