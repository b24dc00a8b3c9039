package import Feedback
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle
internal import UnixSignals

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Serves a responder on an address until it is told to stop.
package struct WebServer: Sendable {
    /// The address to listen on.
    package let host: String
    /// The port to listen on; 0 for any free one.
    package let port: Int
    /// How much and how long one connection may take.
    package let limits: GuardLimits

    private let responder: any Responder
    private let time: any TimeSource

    /// A server that does not listen yet.
    package init(
        host: String, port: Int, limits: GuardLimits = GuardLimits(), responder: any Responder, time: any TimeSource
    ) {
        self.host = host
        self.port = port
        self.limits = limits
        self.responder = responder
        self.time = time
    }

    /// Listens and answers until SIGTERM, SIGINT or SIGHUP comes, or until something ends; running requests end first,
    /// within 9 seconds.
    package func run(
        upkeep: [@Sendable () async -> Void] = [], until end: (@Sendable () async -> Void)? = nil,
        onListening: @escaping @Sendable (_ port: Int) async -> Void
    ) async throws(ServerError) {
        let log = Logger.standardError(time: time, level: .warning)
        let server = ServiceChannel(responder: responder, limits: limits, dates: DateHeader(time: time)).server(
            configuration: ServerConfiguration(
                address: .hostname(host, port: port), backlog: 1024,
                availableConnectionsDelegate: .maximum(Self.connections(limits), logger: log)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: log)
        var configuration = ServiceGroupConfiguration(
            services: ([server] + upkeep.map { Repeating(work: $0) }).map { .init(service: $0) },
            gracefulShutdownSignals: end == nil ? [.sigterm, .sigint, .sighup] : [], logger: log)
        if let end {
            configuration.services.append(
                .init(service: Once(work: end), successTerminationBehavior: .gracefullyShutdownGroup))
        }
        configuration.maximumGracefulShutdownDuration = .seconds(9)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as IOError {
            throw ServerError(host: host, port: port, errnoCode: error.errnoCode)
        } catch let error as NIOConnectionError {
            throw ServerError(host: host, port: port, reason: "\(error)")
        } catch is CancellationError {
            return
        } catch {
            throw ServerError(host: host, port: port, reason: "\(error)")
        }
    }
}

extension WebServer {
    /// Descriptors kept back from connections: journals, definitions, reports and event loops need them.
    private static let reserved = 64

    /// How many connections may be open: what the system gives, asked to give all it may, less what heed itself needs.
    ///
    /// Others wait in the backlog; without this, a server out of descriptors would spin (FAULTS.md section 2, EMFILE).
    private static func connections(_ limits: GuardLimits) -> Int {
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return limits.connections }
        let wanted = rlim_t(limits.connections + reserved)
        if limit.rlim_cur < wanted {
            var raised = limit
            raised.rlim_cur = min(wanted, limit.rlim_max)
            if setrlimit(resource, &raised) == 0 { limit = raised }
        }
        return max(8, min(limits.connections, Int(clamping: limit.rlim_cur) - reserved))
    }
}

/// Why a server cannot listen.
package struct ServerError: Error, Sendable, CustomStringConvertible {
    /// What is wrong and what to do, in a sentence.
    package let description: String

    init(host: String, port: Int, reason: String) { description = "Cannot listen on \(host):\(port): \(reason)" }

    init(host: String, port: Int, errnoCode: CInt) {
        let reason =
            switch errnoCode {
            case EADDRINUSE: "another program is listening there already. Choose another with --port, or end it."
            case EACCES: "that port is reserved for the system. Choose one above 1023 with --port."
            case EADDRNOTAVAIL: "this machine does not have that address. Choose another with --host."
            default: String(cString: strerror(errnoCode)) + "."
            }
        self.init(host: host, port: port, reason: reason)
    }
}

/// Work done again and again beside the server, until it stops; the work itself says how long to wait.
private struct Repeating: Service {
    let work: @Sendable () async -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled { await work() }
        }
    }
}

/// Work done once, whose end ends the server.
private struct Once: Service {
    let work: @Sendable () async -> Void

    func run() async throws { await work() }
}
