/// How the service is set up by its operator.
package struct ServiceOptions: Sendable {
    /// The address customers and CSMs reach it by, such as `https://feedback.example`; nil for plain http on this
    /// machine.
    package var publicURL: String?
    /// How many pages one address may send in a minute; nil lifts all limits and form tokens, for load tests only.
    package var rateLimit: Int? = ServiceOptions.usualRateLimit
    /// The bearer token that opens `/metrics` from elsewhere; nil leaves it to this machine.
    package var metricsToken: String?

    /// How many pages one address may send in a minute where nothing else is said.
    package static let usualRateLimit = 300

    /// A service on this machine with the usual limits.
    package init() {}

    /// Whether browsers reach it over TLS.
    var isSecure: Bool { publicURL?.hasPrefix("https://") ?? false }
    /// Whether forms of open surveys need a token and addresses are limited.
    var isGuarded: Bool { rateLimit != nil }
}
