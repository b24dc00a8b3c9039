internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The file `lock` of a folder: held for each batch of appends, and in another way by the one server.
///
/// Deleting the file while it is held is noticed, so that no two processes lock different files.
package final class FolderLock: Sendable {
    /// How often, and for how many microseconds each time, somebody else who waits is let go first.
    private static let (courtesies, pause) = (8, 500)

    private let path: String
    private let files: any FileSystem
    private let held = Mutex(Held())
    /// Taken as long as the lock is: `flock` does not tell threads of one process apart.
    private let turn = DispatchSemaphore(value: 0)

    private struct Held: Sendable {
        var file: (any OpenFile)?
        /// The process that serves, once it is this one.
        var server: Int32?
    }

    /// The lock of a folder; nothing is opened yet.
    package init(root: String, files: any FileSystem) {
        path = root + "/lock"
        self.files = files
        // Not made with 1: a lock may end while it is held.
        turn.signal()
    }

    /// Takes the batch lock, waiting for another holder at most so many milliseconds; false when it kept the lock.
    ///
    /// Who waits says so by a lock of their own, and who comes next lets them go first: a command beside a server under
    /// load would never find the moment between two batches.
    func acquire(patience: Int) throws(FileError) -> Bool {
        guard turn.wait(timeout: .now() + .milliseconds(patience)) == .success else { return false }
        var isTaken = false
        defer { if !isTaken { turn.signal() } }
        try letOthersGoFirst()
        var waiting: (any OpenFile)?
        defer { try? waiting?.unlock(.waiting) }
        var waited = 0
        while true {
            let file = try current()
            if try file.lock(.batch) {
                isTaken = try isCurrent(file)
                if isTaken { return true }
                try file.unlock(.batch)
                continue
            }
            if waited >= patience * 1000 { return false }
            if waiting == nil, try file.lock(.waiting) { waiting = file }
            usleep(UInt32(Self.pause))
            waited += Self.pause
        }
    }

    private func letOthersGoFirst() throws(FileError) {
        for _ in 0..<Self.courtesies {
            let file = try current()
            if try file.lock(.waiting) { return try file.unlock(.waiting) }
            usleep(UInt32(Self.pause))
        }
    }

    /// Gives the batch lock back.
    func release() {
        try? held.withLock { $0.file }?.unlock(.batch)
        turn.signal()
    }

    /// Takes the server's lock and notes the process in the file; otherwise returns what the holder noted.
    package func acquireServer(process: Int32) throws(FileError) -> ServerLock {
        let file = try current()
        guard try Self.become(process, file) else {
            let note = try file.readAll(32, at: 0)
            return .held(by: Int32(String(decoding: note.prefix { $0 != 0x0A }, as: UTF8.self)))
        }
        held.withLock { $0.server = process }
        return .taken
    }

    /// Gives the server's lock back, if it was taken.
    package func releaseServer() {
        held.withLock { held in
            if held.server != nil { try? held.file?.unlock(.server) }
            held.server = nil
        }
    }

    private static func become(_ process: Int32, _ file: any OpenFile) throws(FileError) -> Bool {
        guard try file.lock(.server) else { return false }
        try file.truncate(to: 0)
        try file.writeAll(Array("\(process)\n".utf8)[...])
        return true
    }

    /// Whether the server's lock was taken.
    package enum ServerLock: Sendable, Equatable {
        /// It is ours until we end.
        case taken
        /// Another process has it.
        case held(by: Int32?)
    }

    private func current() throws(FileError) -> any OpenFile {
        try held.withLock { (held) throws(FileError) in
            if let file = held.file { return file }
            let file = try files.open(path, .making)
            // The file was removed beneath a server: it serves on with the new one, unless another has begun meanwhile.
            if let server = held.server, !(try Self.become(server, file)) {
                throw FileError("serve with", path, code: EAGAIN)
            }
            held.file = file
            return file
        }
    }

    private func isCurrent(_ file: any OpenFile) throws(FileError) -> Bool {
        if try files.status(path)?.inode == file.status().inode { return true }
        held.withLock { $0.file = nil }
        return false
    }
}
