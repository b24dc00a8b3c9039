internal import Feedback

/// How often somebody may try to sign in (FAULTS.md section 5).
final class SignInLimits: Sendable {
    private struct Attempt: Hashable {
        let name: String
        let address: ClientAddress
    }

    private let byNameAndAddress = RateLimiter<Attempt>(most: 10, seconds: 900)
    private let byAddress = RateLimiter<ClientAddress>(most: 100, seconds: 900)

    /// Counts a failure of a name from an address.
    func countFailure(_ name: String, _ address: ClientAddress, at now: Timestamp) {
        _ = byNameAndAddress.count(Attempt(name: name, address: address), at: now)
        _ = byAddress.count(address, at: now)
    }

    /// Seconds to wait before another try, or nil when one may be made.
    func wait(_ name: String, _ address: ClientAddress, at now: Timestamp) -> Int? {
        byNameAndAddress.isExceeded(Attempt(name: name, address: address), at: now)
            ?? byAddress.isExceeded(address, at: now)
    }
}
