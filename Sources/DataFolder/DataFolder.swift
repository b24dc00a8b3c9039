package import Feedback
internal import FoundationEssentials
package import Journal
package import QuestionnaireModel
internal import Synchronization

/// A data folder: everything heed keeps, and the operations on it (DESIGN section 5).
///
/// Reading gives what is on disk as of the last look; changes are decided in the journal's one serial step, under the
/// folder's
/// lock, and are on disk when the call returns. Any number of processes may do so at once.
package final class DataFolder: Sendable {
    /// What a folder is opened for.
    package enum Use: Sendable {
        /// The one server of the folder.
        case serve
        /// A command that may write, and makes the folder where there is none.
        case command
        /// A command that may write to what is there already.
        case existing
        /// A command that makes a new secret where the old one was lost.
        case recovering
        /// A command that only reads; nothing is created or written.
        case reading
    }

    /// The folder's path.
    package let path: String
    /// Signs links and forms.
    package let links: LinkKeys
    /// The clock.
    package let time: any TimeSource
    let ids: any IDSource
    let files: any FileSystem
    let journal: Journal
    let secrets: Secrets?
    let definitions: Definitions
    let snapshot = Mutex(FolderSnapshot())
    let openDrafts = Mutex(OpenDrafts())
    /// Held as long as the folder is served.
    private let lock: FolderLock
    private let isCommand: Bool

    private init(_ path: String, use: Use, time: any TimeSource, ids: any IDSource, files: any FileSystem)
        throws(FolderError)
    {
        self.path = path
        self.time = time
        self.ids = ids
        self.files = files
        lock = FolderLock(root: path, files: files)
        isCommand = use != .serve && use != .reading
        definitions = Definitions(root: path, files: files)
        if use == .serve { try Self.becomeServer(lock, path) }
        journal = Journal(
            root: path, files: files, time: time, isReadOnly: use == .reading, lock: lock,
            schema: { FolderLogs.schema(of: $0) })
        secrets = try Self.secrets(of: path, journal, files, mayBeLost: use == .recovering)
        links = LinkKeys(secrets?.keys ?? [])
    }

    /// Opens a folder, creating what is missing unless it is only read; one server at a time.
    package static func open(
        _ path: String, as use: Use, time: any TimeSource = SystemTime(), ids: any IDSource = RandomIDs(),
        files: any FileSystem = PosixFiles()
    ) throws(FolderError) -> DataFolder {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let status: FileStatus?
        do { status = try files.status(path) } catch { throw FolderError(error) }
        if let status, !status.isFolder { throw FolderError(.cannotCreate, "\(path) is a file, not a data folder.") }
        if status == nil {
            guard use == .serve || use == .command else {
                throw FolderError(.notFound, "There is no data folder at \(path). Name one with --data.")
            }
            do { try files.makeFolders(path) } catch {
                throw FolderError(error.isForbidden ? .notPermitted : .cannotCreate, error.description)
            }
        }
        // A folder that was made just before the power went may not have its name on disk yet.
        if use == .serve { try? files.syncFolder(PosixFiles.parent(of: path)) }
        let folder = try DataFolder(path, use: use, time: time, ids: ids, files: files)
        if use == .serve { try folder.readEverything() }
        return folder
    }

    private static func becomeServer(_ lock: FolderLock, _ path: String) throws(FolderError) {
        let result: FolderLock.ServerLock
        do { result = try lock.acquireServer(process: ProcessInfo.processInfo.processIdentifier) } catch {
            throw FolderError(error)
        }
        guard case .held(let holder) = result else { return }
        let process = holder.map { " (process \($0))" } ?? ""
        throw FolderError(
            .locked, "Another heed\(process) serves \(path) already. End that one first, or serve another folder.")
    }

    private static func secrets(
        of path: String, _ journal: Journal, _ files: any FileSystem, mayBeLost: Bool
    ) throws(FolderError) -> Secrets? {
        let file = path + "/secret"
        if let secrets = try Secrets(path: file, files) { return secrets }
        do {
            try journal.blockingStep { step in
                // Another process may have made it meanwhile.
                if try Secrets(path: file, files) != nil { return }
                if !mayBeLost { try refuseLostSecret(of: path, files) }
                try Secrets.make(path: file, at: step.now, files)
            }
        } catch JournalError.readOnly { return nil } catch { throw FolderError(error) }
        return try Secrets(path: file, files)
    }

    /// Refuses to make up for a secret that was there once: links and opt-outs rest on it, and none would be missed
    /// until a customer follows a link.
    private static func refuseLostSecret(of path: String, _ files: any FileSystem) throws {
        for name in ["published.jsonl", "suppressions.jsonl", "invitations", "drafts", "users.jsonl"]
        where try files.status("\(path)/\(name)") != nil {
            throw FolderError(
                .refused,
                """
                \(path)/secret is missing, and without it no link that was sent works and no opt-out is recognised. Restore \
                it from a backup. If there is none, heed secret new makes another: links sent so far stay dead.
                """)
        }
    }

    /// Reads, and mends, every log before the first customer comes.
    private func readEverything() throws(FolderError) {
        let logs = LogName.common + (try surveysWithResponses()).map(LogName.responses)
        do {
            try journal.blockingStep { step in for log in logs { try step.look(log) } }
        } catch { throw FolderError(error) }
        _ = try currentCatalog()
    }

    /// Ends the work in progress, leaves the cache in order and lets the folder go; nothing may be asked of it
    /// afterwards.
    package func close() {
        journal.close()
        // A command that wrote seals what is due; should it fail, heed verify says what is not sealed.
        if isCommand, journal.figures.lines > 0 { _ = try? sealClosedSegments() }
        lock.releaseServer()
    }

    /// What was mended or could not be read so far, in words: torn tails that were cut, unreadable lines with file and
    /// line.
    package var mended: [String] { journal.notes + snapshot.withLock { $0.problems } }

    /// What was written since the folder was opened, and what waits to be.
    package var journalFigures: JournalFigures { journal.figures }

    /// Catches up with what other processes appended, such as a publish or new invitations.
    package func refresh() async throws(FolderError) {
        do { try await journal.refresh() } catch { throw FolderError(error) }
    }

    /// A fresh response id: one that tells nothing on anonymous surveys.
    package func makeResponseID(for questionnaire: Questionnaire) -> ResponseID {
        questionnaire.profile.privacy == .anonymous ? ids.makeRandom() : ids.makeSortable(at: time.now())
    }

    /// Decides in the serial step; what it came to is on disk on return.
    func step<T: Sendable>(
        weighing bytes: Int = 512, _ decide: @escaping @Sendable (JournalStep) throws -> T
    ) async throws(FolderError) -> T {
        do { return try await journal.step(weighing: bytes, decide) } catch { throw FolderError(error) }
    }
}
