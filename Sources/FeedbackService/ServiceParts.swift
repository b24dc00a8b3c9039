internal import DataFolder
internal import Feedback
internal import Logging
internal import SurveyPages
internal import Synchronization

/// What the routes share: the data folder, the limits, who is signed in, and the figures.
final class ServiceParts: Sendable {
    let folder: DataFolder
    let snapshot: Snapshot
    let options: ServiceOptions
    let time: any TimeSource
    let log: Logger
    let counters = Counters()
    let pages = PageRenderer()
    let sessions = SessionStore()
    let signIns = SignInLimits()
    let reports: ReportDesk
    /// What was said already of the folder's files; the command that opened it has said what it found then.
    private let told: Mutex<Set<String>>
    /// Pages sent, by address.
    let addressLimit: RateLimiter<ClientAddress>?
    /// Pages sent, by link.
    let linkLimit: RateLimiter<ResponseID>?

    private let lastTrouble = Mutex<Timestamp?>(nil)
    private let troubles = Mutex<[String: Trouble]>([:])

    init(folder: DataFolder, options: ServiceOptions, time: any TimeSource) {
        self.folder = folder
        told = Mutex(Set(folder.mended))
        snapshot = Snapshot(folder)
        self.options = options
        self.time = time
        reports = ReportDesk(folder: folder, time: time)
        log = .standardError(time: time)
        addressLimit = options.rateLimit.map { RateLimiter(most: $0, seconds: 60) }
        linkLimit = options.rateLimit.map { RateLimiter(most: $0, seconds: 60) }
    }

    /// Whether something could not be stored in the last seconds.
    var isInTrouble: Bool {
        lastTrouble.withLock { $0 }.map { time.now().milliseconds - $0.milliseconds < 10_000 } ?? false
    }

    /// The client of a request, as the limits count it.
    func client(of request: Request) -> ClientAddress {
        ClientAddress(request, trustedProxies: snapshot.settings.trustedProxies)
    }

    /// Says what was mended, lost or could not be read since the last time, and what `note` kept to itself.
    func tellNews() {
        let all = folder.mended
        let news = told.withLock { told in all.filter { told.insert($0).inserted } }
        for line in news { log.warning("data folder", metadata: ["message": "\(line)"]) }
        let now = time.now()
        let over = troubles.withLock { troubles in
            let over = troubles.filter { !$0.value.isFresh(at: now) }
            for message in over.keys { troubles[message] = nil }
            return over
        }
        for (message, trouble) in over where trouble.unsaid > 0 { tell(message, more: trouble.unsaid) }
    }

    /// Notes trouble with the data folder: for the operator's eyes, without anything a customer typed.
    ///
    /// The same is said once a second, with how often: a line for each refusal would only add to the trouble.
    func note(_ error: FolderError) {
        counters.countStorageError()
        let now = time.now()
        lastTrouble.withLock { $0 = now }
        let more = troubles.withLock { troubles -> Int? in
            let known = troubles[error.message]
            if let known, known.isFresh(at: now) {
                troubles[error.message]?.unsaid += 1
                return nil
            }
            troubles[error.message] = Trouble(said: now)
            return known?.unsaid ?? 0
        }
        if let more { tell(error.message, more: more) }
    }

    private func tell(_ message: String, more: Int) {
        log.error("storage", metadata: ["message": "\(message)"].merging(more > 0 ? ["more": "\(more)"] : [:]) { $1 })
    }

    /// What went wrong and was said, and how often it went wrong again since.
    private struct Trouble: Sendable {
        let said: Timestamp
        var unsaid = 0

        func isFresh(at now: Timestamp) -> Bool { (0..<1000).contains(now.milliseconds - said.milliseconds) }
    }
}
