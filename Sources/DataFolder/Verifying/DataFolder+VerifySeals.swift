internal import ArchiveExport
internal import Feedback
internal import Journal

extension DataFolder {
    /// More redactions than this are counted only.
    private static let shownRedactions = 20

    /// Compares every sealed segment with its seal, and says what the chain of seals can prove and what it cannot.
    func verifySeals(
        _ result: inout Verification, head: String?, progress: (Double) -> Void
    ) throws(FolderError) {
        let report: SealReport
        do {
            result.bytes = try files.tree(path) { ["cache", "lock"].contains($0) }.reduce(0) { $0 + $1.status.size }
            report = try SealVerifier(root: path, files: files, time: time).verify(head: head, progress: progress)
        } catch { throw FolderError(error) }
        result.problems += report.problems
        result.notProven += Self.unsealed(report)
        result.notProven += report.regrown.map {
            "\($0). Such lines come where a clock was set back; seals cannot tell who wrote them."
        }
        if let own = report.head, report.problems.isEmpty {
            result.proven.append(
                "\(report.bytes) bytes in \(report.segments) segments are, byte for byte, what was sealed.")
            result.proven.append("The chain of \(report.seals) seals holds. Its head is \(own).")
        }
        for redaction in report.redactions.suffix(Self.shownRedactions) {
            result.proven.append("With a record of it, \(redaction).")
        }
        if report.redactions.count > Self.shownRedactions {
            result.proven.append("\(report.redactions.count) segments in all were rewritten with a record of it.")
        }
        if let since = report.since, report.problems.isEmpty {
            result.proven.append(
                "The head that was kept elsewhere is in the chain: nothing sealed until then was altered since. \(since) seals were added."
            )
        } else {
            result.notProven.append(
                """
                Seals find accidents. Against somebody who may write this folder, and so make new seals, they prove only \
                what a head kept elsewhere proves: note the head where nobody here can write, and check later with \
                heed verify \(path) --head HEAD.
                """)
        }
    }

    private static func unsealed(_ report: SealReport) -> [String] {
        var words: [String] = []
        if !report.unsealed.isEmpty {
            words.append(
                "Closed but not sealed yet: \(report.unsealed.joined(separator: ", ")). heed serve, or the next command that writes, seals them."
            )
        }
        if report.openBytes > 0 {
            words.append(
                "\(report.openBytes) bytes are still being appended to and not sealed: of them only lines that can no longer be read are noticed."
            )
        }
        return words
    }

    /// Compares every file of a backup with what was copied, where the folder is one.
    func verifyBackup(_ result: inout Verification, progress: (Double) -> Void) throws(FolderError) {
        if path.hasSuffix(BackupPlace.unfinishedSuffix) {
            result.problems.append(
                "This backup was broken off. Make it again; the one before it is still in its place.")
        }
        guard let manifest = try BackupManifest.read(path, files) else { return }
        let problems = try manifest.problems(in: path, files, progress: progress)
        result.problems += problems
        if problems.isEmpty {
            result.proven.append(
                "It is a backup of \(manifest.folder) as it was at \(manifest.made), and each of its \(manifest.files.count) files is what was copied."
            )
        }
    }
}

extension BackupManifest {
    /// What is missing or altered in a backup, each in a sentence; what was appended or added since is not what was copied.
    fileprivate func problems(
        in folder: String, _ system: any FileSystem, progress: (Double) -> Void
    ) throws(FolderError) -> [String] {
        var problems: [String] = []
        var done = 0
        for file in files {
            do throws(FileError) {
                var copy = DigestedCopy()
                let opened = try system.open(folder + "/" + file.path, .reading)
                try copy.read(opened, first: file.bytes) { count in
                    done += count
                    progress(Double(done) / Double(max(1, bytes)))
                }
                if copy.sha256 != file.sha256 {
                    let isCut = copy.bytes < file.bytes
                    problems.append(
                        "\(file.path) is \(isCut ? "shorter than" : "not") what was backed up on \(made.date).")
                }
                let size = try opened.status().size
                if size > file.bytes {
                    problems.append(
                        "\(file.path) has \(size - file.bytes) bytes more than were backed up on \(made.date).")
                }
            } catch {
                guard error.isMissing else { throw FolderError(error) }
                problems.append("\(file.path) is missing. It was backed up on \(made.date).")
            }
        }
        let known = Set(files.map(\.path))
        do throws(FileError) {
            // What may be made anew, and the lock that reading it takes, was never copied.
            let present = try system.tree(folder) { ["lock", "cache", Self.name].contains($0) }
            for path in present.map(\.path).sorted() where !known.contains(path) {
                problems.append("\(path) was not backed up on \(made.date): somebody added it.")
            }
        } catch { throw FolderError(error) }
        return problems
    }
}
