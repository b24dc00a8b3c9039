#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Why an export could not be made; nothing is left behind.
package enum ExportError: Error, Equatable, CustomStringConvertible {
    /// A file could not be read.
    case cannotRead(path: String, code: Int32)
    /// The output could not be created.
    case cannotCreate(path: String, code: Int32)
    /// Writing the output failed.
    case cannotWrite(path: String, code: Int32)
    /// Something stands at the output's place that heed did not write there.
    case notOurs(path: String)
    /// A line was written by a newer heed, so that reading on would be guessing.
    case newer(place: String, reason: String)

    /// What went wrong and what to do.
    package var description: String {
        switch self {
        case .cannotRead(let path, let code): "\(path) cannot be read: \(Self.words(code))."
        case .cannotCreate(let path, let code): "\(path) cannot be created: \(Self.words(code))."
        case .cannotWrite(let path, let code): "\(path) cannot be written: \(Self.words(code)). Nothing was replaced."
        case .notOurs(let path):
            "\(path) is not an earlier export of this survey. Move it away, or choose another place with --output."
        case .newer(let place, let reason): "\(place): \(reason). Use that version of heed."
        }
    }

    static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}
