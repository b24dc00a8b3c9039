internal import DataFolder
internal import Feedback
internal import Logging
internal import SurveyPages

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
    /// Pages sent, by address.
    let addressLimit: RateLimiter<ClientAddress>?
    /// Pages sent, by link.
    let linkLimit: RateLimiter<ResponseID>?

    init(folder: DataFolder, options: ServiceOptions, time: any TimeSource) {
        self.folder = folder
        snapshot = Snapshot(folder)
        self.options = options
        self.time = time
        reports = ReportDesk(folder: folder, time: time)
        log = .standardError(time: time)
        addressLimit = options.rateLimit.map { RateLimiter(most: $0, seconds: 60) }
        linkLimit = options.rateLimit.map { RateLimiter(most: $0, seconds: 60) }
    }

    /// The client of a request, as the limits count it.
    func client(of request: Request) -> ClientAddress {
        ClientAddress(request, trustedProxies: snapshot.settings.trustedProxies)
    }

    /// Notes trouble with the data folder: for the operator's eyes, without anything a customer typed.
    func note(_ error: FolderError) {
        counters.countStorageError()
        log.error("storage", metadata: ["message": "\(error.message)"])
    }
}
