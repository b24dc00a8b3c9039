internal import Journal

/// Where a backup, or a folder that is restored, is built beside its name and then put in place whole.
struct BackupPlace: Sendable {
    /// Where it is to be.
    let target: String
    private let files: any FileSystem

    init(_ target: String, _ files: any FileSystem) {
        self.target = target
        self.files = files
    }

    /// What the name of one that is being built ends with.
    static let unfinishedSuffix = ".unfinished"

    /// Where it is built.
    var unfinished: String { target + Self.unfinishedSuffix }
    /// Where an earlier backup is while the new one takes its place.
    private var former: String { target + ".former" }

    /// Makes sure that a backup may be put there, and that nobody else is at it, as long as what is returned is held.
    func prepare() throws(FolderError) -> any OpenFile {
        try refuseOthers { () throws(FolderError) in try BackupManifest.read(target, files) != nil }
        let lock = try begin()
        do throws(FileError) {
            if try files.status(former) != nil {
                // An earlier try was broken off between two renames, or before it had removed what it replaced.
                if try files.status(target) == nil { try putBack() } else { try files.removeTree(former) }
            }
        } catch { throw FolderError(error) }
        return lock
    }

    /// Makes sure that a data folder may be put there: nothing is overwritten.
    func prepareForFolder() throws(FolderError) -> any OpenFile {
        try refuseOthers { false }
        return try begin()
    }

    /// Throws away what an earlier try has left.
    func clear() throws(FileError) {
        for name in try files.list(unfinished) where name != "lock" { try files.removeTree(unfinished + "/" + name) }
    }

    /// Throws away all that was built.
    func discard() throws(FileError) { try files.removeTree(unfinished) }

    /// Makes a file by its path in the folder.
    func make(_ name: String) throws(FileError) -> any OpenFile {
        if let slash = name.lastIndex(of: "/") { try files.makeFolders(String(name[..<slash]), in: unfinished) }
        return try files.open(unfinished + "/" + name, .creating)
    }

    /// Makes the names of all files durable.
    func syncFolders() throws(FileError) {
        let folders = Set(try files.tree(unfinished).map { PosixFiles.parent(of: unfinished + "/" + $0.path) })
        for folder in folders.union([unfinished]) { try files.syncFolder(folder) }
    }

    /// Puts what was built in its place.
    func finish() throws(FolderError) {
        do throws(FileError) {
            let parent = PosixFiles.parent(of: target)
            let isReplacing = try files.status(target + "/" + BackupManifest.name) != nil
            if isReplacing {
                try files.removeTree(former)
                try files.rename(target, to: former)
            }
            try files.rename(unfinished, to: target)
            try files.syncFolder(parent)
            if isReplacing { try files.removeTree(former) }
        } catch {
            throw FolderError(
                error.isForbidden ? .notPermitted : .cannotCreate,
                "\(error.description) Name a folder that can be renamed, such as one below \(target).")
        }
    }

    private func putBack() throws(FileError) {
        try files.rename(former, to: target)
        try files.syncFolder(PosixFiles.parent(of: target))
    }

    private func refuseOthers(_ mayReplace: () throws(FolderError) -> Bool) throws(FolderError) {
        do throws(FileError) {
            guard let status = try files.status(target) else { return }
            guard status.isFolder else { throw FileError("create", target, code: exists) }
            if try files.list(target).isEmpty { return }
        } catch { throw FolderError(.cannotCreate, error.description) }
        guard try mayReplace() else {
            throw FolderError(.cannotCreate, "\(target) is not empty. Name a folder that is not there yet.")
        }
        guard try !isServed() else {
            throw FolderError(.locked, "A heed serves \(target). End it first, or name another folder.")
        }
    }

    private func isServed() throws(FolderError) -> Bool {
        do throws(FileError) {
            let lock = try files.open(target + "/lock", .appending)
            guard try lock.lock(.server) else { return true }
            try lock.unlock(.server)
            return false
        } catch {
            if error.isMissing { return false }
            throw FolderError(error)
        }
    }

    /// Takes the lock that a server would take, which disturbs no command on the unfinished folder.
    private func begin() throws(FolderError) -> any OpenFile {
        do throws(FileError) {
            try files.makeFolders(unfinished)
            let lock = try files.open(unfinished + "/lock", .making)
            if try lock.lock(.server) { return lock }
        } catch { throw FolderError(error.isForbidden ? .notPermitted : .cannotCreate, error.description) }
        throw FolderError(.locked, "Another heed is writing \(unfinished). Wait until it has finished.")
    }
}

/// EEXIST: something of that name is there already.
private let exists: Int32 = 17
