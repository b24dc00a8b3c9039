internal import Feedback
internal import Journal

/// Rewrites one kind of export without a person, line by line.
///
/// An implementer guarantees that lines of others come out byte for byte as they went in, and that a file without the
/// person comes out unchanged.
protocol ExportRewriting {
    /// Whether a file that begins with some bytes is of this kind.
    static func isOwn(_ beginning: ArraySlice<UInt8>) -> Bool
    /// Prepares to rewrite a file.
    init(_ scrub: LineScrub)
    /// How many responses and people were changed, and how many removed, so far.
    var outcome: ExportOutcome { get }
    /// Takes a line without its end and returns what is now to be written, line ends included.
    mutating func take(_ line: ArraySlice<UInt8>) -> [UInt8]
    /// What is still to be written when all lines were taken.
    mutating func finish() -> [UInt8]
}

/// What became of an export.
struct ExportOutcome: Sendable, Equatable {
    var changed = 0
    var removed = 0
    /// Why the file cannot be rewritten, in words.
    var problem: String?
    /// Whether any response in it is one of this folder's, and whether one of those that are touched is.
    private var (holdsOurs, touchesOurs, touches) = (false, false, false)

    init(problem: String? = nil) { self.problem = problem }

    /// Takes note of a response in it.
    mutating func note(isTouched: Bool, isOurs: @autoclosure () -> Bool) {
        touches = touches || isTouched
        if isTouched ? touchesOurs : holdsOurs { return }
        guard isOurs() else { return }
        holdsOurs = true
        touchesOurs = touchesOurs || isTouched
    }

    /// Whether it is an export of this folder, and not of another one where somebody has the same id or name.
    var isOurs: Bool { touches ? touchesOurs : holdsOurs }

    var isUntouched: Bool { changed == 0 && removed == 0 && problem == nil }
}

/// An export in which the person occurs.
package struct PersonalExport: Sendable, Equatable {
    /// The file.
    package let path: String
    /// How many responses or people in it change.
    package let changed: Int
    /// How many are removed from it.
    package let removed: Int
    /// Why heed cannot rewrite it; nil where it can.
    package let problem: String?
}

/// The exports of a folder in which a person occurs, and their rewriting.
struct ExportScrub {
    private static var kinds: [any ExportRewriting.Type] {
        [ArchiveRewriting.self, TableRewriting.self, LinesRewriting.self]
    }

    let scrub: LineScrub
    let files: any FileSystem

    /// The files of a folder, and of those in it, in which the person occurs.
    func find(in folder: String) throws(FileError) -> [PersonalExport] {
        var found: [PersonalExport] = []
        for path in try Self.files(below: folder, files) {
            guard let outcome = try outcome(path, { _ in }), !outcome.isUntouched else { continue }
            found.append(
                PersonalExport(
                    path: path, changed: outcome.changed, removed: outcome.removed, problem: outcome.problem))
        }
        return found
    }

    /// Puts a copy without the person in a file's place.
    func rewrite(_ path: String) throws(FileError) {
        let temporary = path + ".erasing"
        if try files.status(temporary) != nil { try files.remove(temporary) }
        let copy = try files.open(temporary, .creating)
        do {
            _ = try outcome(path) { (bytes) throws(FileError) in try copy.writeAll(bytes[...]) }
            try copy.sync()
            try files.rename(temporary, to: path)
        } catch {
            try? files.remove(temporary)
            throw error
        }
        try files.syncFolder(PosixFiles.parent(of: path))
    }

    /// Every file below a folder; copies of an earlier try are removed on the way.
    static func files(below folder: String, _ files: any FileSystem) throws(FileError) -> [String] {
        var found: [String] = []
        for name in try files.list(folder).sorted() {
            let path = folder + "/" + name
            if name.hasSuffix(".erasing") {
                try files.remove(path)
            } else if try files.status(path)?.isFolder == true {
                found += try Self.files(below: path, files)
            } else {
                found.append(path)
            }
        }
        return found
    }

    /// Reads a file as its kind and hands on what it becomes; nil where it went away.
    private func outcome(
        _ path: String, _ write: ([UInt8]) throws(FileError) -> Void
    ) throws(FileError) -> ExportOutcome? {
        guard let size = try files.status(path)?.size else { return nil }
        let file = try files.open(path, .reading)
        let beginning = try file.readAll(min(1024, size), at: 0)
        guard let kind = Self.kinds.first(where: { $0.isOwn(beginning[...]) }) else { return try foreign(file, size) }
        var rewriting = kind.init(scrub)
        let result = try LineScanner.scan(file, from: 0, to: size) { (line) throws(FileError) in
            try write(rewriting.take(line.bytes))
        }
        if result.end < size { try write(rewriting.take(try file.readAll(size - result.end, at: result.end)[...])) }
        try write(rewriting.finish())
        var outcome = rewriting.outcome
        if !outcome.isUntouched, outcome.problem == nil, !outcome.isOurs {
            outcome.problem = "none of these answers is in this data folder, so it may be the export of another one"
        }
        return outcome
    }

    /// A file that heed did not make: whether it names the person is said, and nothing is done to it.
    private func foreign(_ file: any OpenFile, _ size: Int) throws(FileError) -> ExportOutcome {
        var outcome = ExportOutcome()
        func look(_ bytes: ArraySlice<UInt8>) {
            guard outcome.problem == nil, scrub.isNamed(in: bytes) else { return }
            outcome.problem = "heed did not make it, and it names them"
        }
        let result = try LineScanner.scan(file, from: 0, to: size) { line in look(line.bytes) }
        if result.end < size { look(try file.readAll(min(size - result.end, 1 << 20), at: result.end)[...]) }
        return outcome
    }
}
