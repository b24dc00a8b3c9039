internal import Journal

extension DataFolder {
    /// Seals the segments that are closed and not sealed yet; returns their names.
    ///
    /// Blocks for as long as their bytes take to be read, but holds the folder's lock for moments only.
    @discardableResult
    package func sealClosedSegments() throws(FolderError) -> [String] {
        let sealer = SegmentSealer(root: path, files: files, time: time)
        do { return try sealer.seal().map(\.segment) } catch { throw FolderError(error) }
    }
}
