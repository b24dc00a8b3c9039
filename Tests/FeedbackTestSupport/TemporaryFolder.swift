internal import FoundationEssentials

/// A fresh folder that is removed when the value goes away.
package final class TemporaryFolder: Sendable {
    /// The folder's path.
    package let path: String

    /// Makes a folder of a random name under the system's temporary folder.
    package init() throws {
        path = FileManager.default.temporaryDirectory.path + "/heed-test-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a file inside.
    package func file(_ name: String) -> String { path + "/" + name }
}
