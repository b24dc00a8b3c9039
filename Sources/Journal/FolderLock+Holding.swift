extension FolderLock {
    /// Runs something while no other process, and no journal of this one, changes the folder.
    func hold<T>(_ root: String, patience: Int, _ body: () throws -> T) throws -> T {
        do {
            guard try acquire(patience: patience) else { throw JournalError.locked(root) }
        } catch let error as FileError { throw JournalError.file(error) }
        defer { release() }
        do { return try body() } catch let error as FileError { throw JournalError.file(error) }
    }
}
