internal import Feedback

/// Finishes or undoes a rewriting whose process did not live to its end.
enum BrokenRewrites {
    /// Puts the copies in a log's folder in place that were decided on, and removes the others; the folder's lock is held.
    ///
    /// Returns whether somebody is still working on one, so that it has to be looked at again.
    @discardableResult
    static func settle(
        _ log: LogName, in names: [String], root: String, _ files: any FileSystem
    ) throws(FileError) -> Bool {
        var isBusy = false
        var chain: SealChain?
        for name in names {
            guard let copied = FolderSegment.copied(name), let segment = SegmentName(file: copied.segment, of: log)
            else {
                continue
            }
            let left = FolderSegment(log: log, name: segment, folder: log.path(in: root), inode: 0, size: 0)
            let copy: any OpenFile
            do throws(FileError) { copy = try files.open(left.copyPath(copied.mark), .appending) } catch {
                if error.isMissing { continue }
                throw error
            }
            guard try copy.lock(.batch) else {
                isBusy = true
                continue
            }
            let seals: SealChain
            if let chain { seals = chain } else { seals = try SealChain(root: root, files: files, isLocked: true) }
            chain = seals
            // The copy was durable before the seal was written.
            if try seals.last(left.label)?.redaction?.copy == copied.mark {
                try FolderSegment.put([(left, copied.mark)], inPlace: root, files)
            } else {
                try files.remove(left.copyPath(copied.mark))
                try files.syncFolder(left.folder)
            }
        }
        return isBusy
    }
}
