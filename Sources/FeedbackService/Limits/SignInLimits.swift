internal import Feedback

/// How often somebody may try to sign in (FAULTS.md section 5).
final class SignInLimits: Sendable {
    private struct Attempt: Hashable {
        let name: String
        let address: ClientAddress
    }

    private let byNameAndAddress = RateLimiter<Attempt>(most: 10, seconds: 900)
    private let byAddress = RateLimiter<ClientAddress>(most: 100, seconds: 900)

    /// Counts a try of a name from an address before its password is looked at, so that many at once count too; the
    /// seconds to wait where that is one too many.
    func begin(_ name: String, _ address: ClientAddress, at now: Timestamp) -> Int? {
        let own = byNameAndAddress.count(Attempt(name: name, address: address), at: now)
        return own ?? byAddress.count(address, at: now)
    }

    /// Takes a try back that was no guess: the password was right, or could not be looked at.
    func forgive(_ name: String, _ address: ClientAddress, at now: Timestamp) {
        byNameAndAddress.forgive(Attempt(name: name, address: address), at: now)
        byAddress.forgive(address, at: now)
    }
}
