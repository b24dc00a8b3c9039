internal import Records

/// A response's id as it is compared: byte by byte.
struct ResponseIDBytes: Comparable {
    private let bytes: [UInt8]

    /// The id of a line, empty where the line cannot be read.
    init(line: ArraySlice<UInt8>) {
        let value = try? JSONParser.parse(line)
        bytes = Array((value?["id"]?.string ?? "").utf8)
    }

    static func < (left: ResponseIDBytes, right: ResponseIDBytes) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
