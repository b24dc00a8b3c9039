import Dispatch
import Feedback
import FeedbackService
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A TCP client that sends exactly the bytes it is told to; it works on a thread of its own.
struct RawClient: Sendable {
    let port: Int

    /// What came back until the server closed, and how long that took; nil when it did not close within the limit.
    struct Answer: Sendable {
        let text: String
        let seconds: Double
        let isClosed: Bool

        /// The status of each reply in it, in order.
        var statuses: [Int] {
            text.split(separator: "HTTP/1.1 ", omittingEmptySubsequences: true).compactMap { Int($0.prefix(3)) }
        }
    }

    /// Sends the parts, waiting between them, and reads until the server closes or the time is over.
    func exchange(
        _ parts: [String], pause: Double = 0, closing: Bool = false, deafFor deaf: Double = 0,
        atMost seconds: Double = 3
    ) async -> Answer {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: talk(parts, pause: pause, closing: closing, deaf: deaf, atMost: seconds))
            }
        }
    }

    func exchange(_ text: String, closing: Bool = false, atMost seconds: Double = 3) async -> Answer {
        await exchange([text], closing: closing, atMost: seconds)
    }

    private func talk(_ parts: [String], pause: Double, closing: Bool, deaf: Double, atMost limit: Double) -> Answer {
        let socket = connected()
        defer { Glibc.close(socket) }
        let start = Self.now()
        for (index, part) in parts.enumerated() {
            if index > 0 { usleep(UInt32(pause * 1_000_000)) }
            guard sendAll(Array(part.utf8), socket) else { break }
        }
        if closing { shutdown(socket, Int32(SHUT_WR)) }
        usleep(UInt32(deaf * 1_000_000))
        var received: [UInt8] = []
        var isClosed = false
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while Self.now() - start < limit {
            var poller = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard poll(&poller, 1, Int32(max(1, (limit - (Self.now() - start)) * 1000))) > 0 else { break }
            let count = recv(socket, &buffer, buffer.count, 0)
            if count <= 0 {
                isClosed = true
                break
            }
            received += buffer[..<count]
        }
        return Answer(text: String(decoding: received, as: UTF8.self), seconds: Self.now() - start, isClosed: isClosed)
    }

    private func connected() -> Int32 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return socket
    }

    private func sendAll(_ bytes: [UInt8], _ socket: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Runs a test against a server on a free port of 127.0.0.1, and ends it.
func withServer(
    _ responder: some Responder, limits: GuardLimits = GuardLimits(),
    _ body: @escaping @Sendable (RawClient) async throws -> Void
) async throws {
    let server = WebServer(host: "127.0.0.1", port: 0, limits: limits, responder: responder, time: SystemTime())
    let (ports, ready) = AsyncStream<Int>.makeStream()
    let failure = Mutex<(any Error)?>(nil)
    try await server.run(
        until: {
            for await port in ports {
                do { try await body(RawClient(port: port)) } catch { failure.withLock { $0 = error } }
                break
            }
        }, onListening: { ready.yield($0) })
    if let error = failure.withLock({ $0 }) { throw error }
}
