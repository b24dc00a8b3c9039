/// Where each byte of a value that was read stands in the file: entities, CDATA and line ends are longer as written.
package struct WrittenText: Sendable {
    private let whole: Range<Int>
    /// The file's offset of each byte read, and of the end; nil when they follow one another without a gap.
    private let offsets: [Int]?

    /// Follows the bytes that a text or attribute value was read from; the count is that of the value's UTF-8.
    package init(_ range: Range<Int>, of bytes: [UInt8], count: Int) {
        whole = range
        offsets = range.count == count ? nil : Self.offsets(range.clamped(to: 0..<bytes.count), bytes)
    }

    /// The place in the file of some bytes of the value.
    package func place(of part: Range<Int>) -> Range<Int> {
        guard let offsets else {
            let lower = min(whole.lowerBound + part.lowerBound, whole.upperBound)
            return lower..<max(lower, min(whole.lowerBound + part.upperBound, whole.upperBound))
        }
        let last = offsets.count - 1
        return offsets[min(part.lowerBound, last)]..<offsets[min(part.upperBound, last)]
    }

    private static func offsets(_ range: Range<Int>, _ bytes: [UInt8]) -> [Int] {
        var offsets: [Int] = []
        offsets.reserveCapacity(range.count + 1)
        var index = range.lowerBound
        var isLiteral = false
        while index < range.upperBound {
            let rest = bytes[index..<range.upperBound]
            if isLiteral, rest.starts(with: "]]>".utf8) {
                isLiteral = false
                index += 3
            } else if !isLiteral, rest.starts(with: "<![CDATA[".utf8) {
                isLiteral = true
                index += 9
            } else if !isLiteral, rest.first == UInt8(ascii: "&"), let end = rest.firstIndex(of: UInt8(ascii: ";")) {
                for _ in 0..<width(ofEntity: rest[(index + 1)..<end]) { offsets.append(index) }
                index = end + 1
            } else {
                offsets.append(index)
                // XML 1.0 section 2.11: CR LF is read as one line end.
                index += rest.starts(with: "\r\n".utf8) ? 2 : 1
            }
        }
        offsets.append(range.upperBound)
        return offsets
    }

    /// How many bytes of UTF-8 an entity stands for: one for each of XML's five names.
    private static func width(ofEntity name: ArraySlice<UInt8>) -> Int {
        guard name.first == UInt8(ascii: "#") else { return 1 }
        let digits = String(decoding: name.dropFirst(), as: UTF8.self)
        let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap(Unicode.Scalar.init).map { String($0).utf8.count } ?? 1
    }
}
