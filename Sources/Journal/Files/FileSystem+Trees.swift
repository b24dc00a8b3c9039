extension FileSystem {
    /// Every file below a folder by its path from there, sorted; a closure says which names are left out, with all below.
    package func tree(
        _ root: String, except isLeftOut: (String) -> Bool = { _ in false }
    ) throws(FileError) -> [(path: String, status: FileStatus)] {
        var found: [(path: String, status: FileStatus)] = []
        var folders = [""]
        while let folder = folders.popLast() {
            for name in try list(folder.isEmpty ? root : root + "/" + folder) {
                let path = folder.isEmpty ? name : folder + "/" + name
                // What is gone by now was on its way to another name.
                guard !isLeftOut(path), let status = try status(root + "/" + path) else { continue }
                if status.isFolder { folders.append(path) } else { found.append((path, status)) }
            }
        }
        return found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// Removes a folder with everything in it; one that is missing is no trouble.
    package func removeTree(_ path: String) throws(FileError) {
        guard let status = try status(path) else { return }
        if status.isFolder { for name in try list(path) { try removeTree(path + "/" + name) } }
        do throws(FileError) { try remove(path) } catch { if !error.isMissing { throw error } }
    }
}
