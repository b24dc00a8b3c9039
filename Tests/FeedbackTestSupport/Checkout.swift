internal import FoundationEssentials

/// Where the files of the repository lie, for tests that read them.
package enum Checkout {
    /// The repository's folder, also when the tests are built from a package of links to it.
    package static let path: String = {
        let file = URL(fileURLWithPath: "\(#filePath)").resolvingSymlinksInPath().path
        return "/" + file.split(separator: "/").dropLast(3).joined(separator: "/")
    }()

    /// The bytes of a file of the repository, or of one beside it such as `../shared/…`; nil when it is not there.
    package static func bytes(of file: String) -> [UInt8]? {
        FileManager.default.contents(atPath: path + "/" + file).map { Array($0) }
    }
}
