#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Who a request is counted under: one IPv4 address, or one IPv6 network of 64 bits, as one household or office has it.
struct ClientAddress: Sendable, Hashable {
    private let network: UInt64
    private let isIPv6: Bool

    /// The client of a request: the socket's other end, or what the trusted proxies say (RFC 7239 section 7.4).
    ///
    /// Each of `trustedProxies` appended one address to X-Forwarded-For; a chain that is shorter, or an entry that is
    /// no
    /// address, was not written by them and is not believed.
    init(_ request: Request, trustedProxies: Int) {
        self =
            Self.forwarded(request, trustedProxies) ?? ClientAddress(request.peer)
            ?? ClientAddress(network: 0, isIPv6: false)
    }

    private static func forwarded(_ request: Request, _ trustedProxies: Int) -> ClientAddress? {
        guard trustedProxies > 0 else { return nil }
        let chain = request.headers.tokens("x-forwarded-for")
        guard chain.count >= trustedProxies else { return nil }
        return ClientAddress(chain[chain.count - trustedProxies])
    }

    private init(network: UInt64, isIPv6: Bool) {
        self.network = network
        self.isIPv6 = isIPv6
    }

    /// An address as text; nil when it is none. IPv4 written as IPv6 (RFC 4291 section 2.5.5.2) counts as IPv4.
    init?(_ text: String) {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            self.init(network: UInt64(UInt32(bigEndian: four.s_addr)), isIPv6: false)
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        self = withUnsafeBytes(of: &six) { bytes in
            let high = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
            let low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            let isMapped = high == 0 && low >> 32 == 0xFFFF
            return isMapped
                ? ClientAddress(network: low & 0xFFFF_FFFF, isIPv6: false) : ClientAddress(network: high, isIPv6: true)
        }
    }

    /// Whether an address is this machine's own.
    static func isLoopback(_ text: String) -> Bool {
        text == "::1" || text.hasPrefix("127.") || text.hasPrefix("::ffff:127.")
    }
}
