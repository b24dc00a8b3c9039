internal import Feedback
internal import Journal
internal import Records

/// Where a person may have left traces besides the journals.
extension DataFolder {
    /// Torn tails kept aside that name a person, by their path below the folder.
    func tornTails(naming findings: PersonFindings) throws(FileError) -> [String] {
        let ids = findings.responses.values.flatMap { $0.map(\.rawValue) }
        var found: [String] = []
        for name in try files.list(path + "/quarantine").sorted() {
            guard let bytes = try files.contents(of: "\(path)/quarantine/\(name)") else { continue }
            let text = String(decoding: bytes, as: UTF8.self)
            // A torn line may end in the middle of a name: what is theirs by its beginning goes too.
            let isTheirs =
                text.contains("\"\(findings.terms.id.rawValue)\"") || ids.contains { text.contains("\"\($0)\"") }
                || !findings.terms.hits(in: text).isEmpty
            if isTheirs { found.append("quarantine/" + name) }
        }
        return found
    }

    /// Removes what can be made anew: it was made from lines that are no more.
    func emptyCache() throws(FolderError) {
        do { try removeFiles(below: path + "/cache") } catch { throw FolderError(error) }
    }

    private func removeFiles(below folder: String) throws(FileError) {
        guard try files.status(folder)?.isFolder == true else { return }
        for name in try files.list(folder) {
            let path = folder + "/" + name
            if try files.status(path)?.isFolder == true {
                try removeFiles(below: path)
            } else {
                do { try files.remove(path) } catch { if !error.isMissing { throw error } }
            }
        }
        try files.syncFolder(folder)
    }

    /// Looks through every file once more for the person's id, name and addresses.
    func search(_ scrub: LineScrub, exports: String, _ work: inout ErasureWork) throws(FolderError) {
        do {
            var paths = try ExportScrub.files(below: path, files)
            if try files.status(exports)?.isFolder == true { paths += try ExportScrub.files(below: exports, files) }
            for file in paths where file != path + "/secret" && file != path + "/lock" {
                guard let size = try files.status(file)?.size else { continue }
                work.searched += 1
                var places: [Int] = []
                _ = try LineScanner.scan(try files.open(file, .reading), from: 0, to: size) { line in
                    if scrub.isNamed(in: line.bytes) { places.append(line.index + 1) }
                }
                if places.isEmpty { continue }
                let listed = places.prefix(5).map(String.init).joined(separator: ", ")
                let label = file.hasPrefix(path + "/") ? String(file.dropFirst(path.count + 1)) : file
                work.remaining.append(
                    "\(label): line \(listed)\(places.count > 5 ? " and \(places.count - 5) more" : "")")
            }
        } catch { throw FolderError(error) }
    }
}
