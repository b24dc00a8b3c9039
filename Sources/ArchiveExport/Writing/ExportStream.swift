internal import Crypto

/// What is being written, with its length and digest so far.
final class ExportStream {
    private let sink: any ExportSink
    private var hash = SHA256()
    /// How many bytes have been written.
    private(set) var count = 0

    init(_ sink: any ExportSink) { self.sink = sink }

    func put(_ bytes: [UInt8]) throws(ExportError) {
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        count += bytes.count
        try sink.write(bytes)
    }

    /// SHA-256 of everything written so far, in lower-case hexadecimal.
    var digest: String { hash.finalize().hexadecimal }
}

extension SHA256.Digest {
    /// The digest in lower-case hexadecimal.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
