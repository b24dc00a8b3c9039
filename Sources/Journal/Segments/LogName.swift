package import Feedback

/// Names one journal of a folder: a series of segments by month, or by its own name.
package struct LogName: Sendable, Hashable, CustomStringConvertible {
    /// The folder of its segments below the root, such as `responses/bench`; empty for the root itself.
    package let folder: String
    /// The segments' name, such as `accounts`; nil when they are named by the UTC month of appending.
    package let stem: String?

    /// A journal of monthly segments in a folder of its own.
    package static func monthly(_ folder: String) -> LogName { LogName(folder: folder, stem: nil) }

    /// A journal of one name at the root, such as `accounts.jsonl`.
    package static func single(_ stem: String) -> LogName { LogName(folder: "", stem: stem) }

    /// The journal as people name it.
    package var description: String { stem.map { $0 + ".jsonl" } ?? folder }

    /// The folder of its segments in a data folder.
    func path(in root: String) -> String { folder.isEmpty ? root : root + "/" + folder }

    /// Where the index of a journal of a folder is kept.
    func tablePath(in root: String) -> String {
        let plain = (folder.isEmpty ? "" : folder + "/") + (stem ?? "")
        return root + "/cache/index/" + plain.split(separator: "/").joined(separator: ".") + ".idx"
    }
}

extension SegmentName {
    /// The segment that a file's name stands for, or nil when it is none of this journal's.
    package init?(file: String, of log: LogName) {
        self.init(file: file)
        guard log.stem.map({ $0 == period }) ?? isMonthly else { return nil }
    }
}
