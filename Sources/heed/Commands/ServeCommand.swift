internal import Analysis
internal import ArgumentParser
internal import DataFolder
internal import Feedback
internal import FeedbackService
internal import FoundationEssentials

/// `heed serve`: the endpoint for customers and the workspace for CSMs, over one data folder.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serves questionnaires and the workspace from the data folder.",
        discussion:
            "Ends on SIGTERM or SIGINT, when running requests are answered. HEED_METRICS_TOKEN opens /metrics from elsewhere."
    )

    @ParentCommand var heed: Heed

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 for any free one.")
    var port = 8080

    @Option(help: "The address people reach it by, such as https://feedback.example.")
    var publicURL: String?

    @Option(help: ArgumentHelp("Pages one address may send in a minute; off only for load tests.", valueName: "n|off"))
    var rateLimit = RateLimit.perMinute(ServiceOptions.usualRateLimit)

    @ArgumentParser.Flag(help: "Also print a personal link and the sign-in of the demonstration company.")
    var demo = false

    /// `--rate-limit`: a number, or off.
    enum RateLimit: ExpressibleByArgument, Sendable {
        case perMinute(Int)
        case off

        init?(argument: String) {
            if argument == "off" { self = .off; return }
            guard let most = Int(argument), most > 0 else { return nil }
            self = .perMinute(most)
        }

        var defaultValueDescription: String {
            switch self {
            case .perMinute(let most): String(most)
            case .off: "off"
            }
        }
    }

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("A port is a number from 0 to 65535.") }
        guard let publicURL else { return }
        let url = URL(string: publicURL)
        guard let url, ["http", "https"].contains(url.scheme), url.host != nil, ["", "/"].contains(url.path),
            url.query == nil,
            url.fragment == nil, url.user == nil
        else {
            throw ValidationError(
                "--public-url is a scheme and a host, such as https://feedback.example, and nothing after it.")
        }
    }

    func run() async throws {
        let folder: DataFolder
        do throws(FolderError) {
            folder = try DataFolder.open(heed.folders.data, as: .serve)
        } catch {
            Terminal.note(error.message)
            throw ExitCode(error.exitStatus)
        }
        defer { folder.close() }
        let ahead = (try? DataFiles(folder: folder.path))?.aheadOfClock(folder.time.now()) ?? []
        for line in folder.mended + folder.settings.remarks + ahead { Terminal.note(line) }
        do throws(FolderError) {
            try await PersonCommand.finishErasures(folder, exports: heed.folders.exports)
        } catch {
            Terminal.note("An erasure that was broken off could not be finished: \(error.message) Try heed retain.")
        }
        let endpoint = Endpoint(folder: folder, options: options, time: SystemTime())
        let server = WebServer(host: host, port: port, responder: endpoint, time: SystemTime())
        do throws(ServerError) {
            try await server.run(upkeep: endpoint.upkeep) { port in await announce(port, folder) }
        } catch {
            Terminal.note(error.description)
            throw ExitStatus.cannotCreate
        }
    }

    private var options: ServiceOptions {
        var options = ServiceOptions()
        options.publicURL = origin
        options.metricsToken = ProcessInfo.processInfo.environment["HEED_METRICS_TOKEN"].flatMap {
            $0.isEmpty ? nil : $0
        }
        if case .perMinute(let most) = rateLimit { options.rateLimit = most } else { options.rateLimit = nil }
        return options
    }

    /// `--public-url` as browsers write an origin: without a slash behind it.
    private var origin: String? { publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 } }

    /// Where everything is, to be clicked on.
    private func announce(_ port: Int, _ folder: DataFolder) async {
        let shown = host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host.contains(":") ? "[\(host)]" : host
        let base = origin ?? "http://\(shown):\(port)"
        var lines: [String] = []
        if demo, let link = try? await DemoCompany.personalLink(in: folder) {
            lines.append("Survey           \(base)\(link.path)")
            lines.append("                 the personal link of \(link.name)")
        }
        lines.append("Workspace        \(base)/accounts")
        let users = (try? folder.users()) ?? []
        if demo, users.contains(DemoCompany.userName) {
            lines.append(
                "                 sign in as \(DemoCompany.userName) with the password \(DemoCompany.password)")
        } else if users.isEmpty {
            lines.append("                 nobody can sign in yet: heed user add NAME")
        }
        lines.append("Health           \(base)/health/ready")
        // A reader that went away is no reason to end.
        for line in lines { try? Terminal.print(line) }
    }
}
