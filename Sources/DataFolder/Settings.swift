package import Records

/// What an operator has set, with heed's own choice where nothing is set; the last line of `settings.jsonl` is the
/// whole of it.
package struct Settings: Sendable, Equatable {
    /// The time zone that dates are in, as the tz database names it.
    package var timeZone = "UTC"
    /// The level of every interval, between 0 and 1.
    package var confidence = 0.95
    /// The least number of people a group needs on confidential and anonymous surveys.
    package var minimumGroup = 5
    /// How many proxies stand before heed and may tell a client's address.
    package var trustedProxies = 0
    /// Origins that may embed a questionnaire; empty for none.
    package var embeddingOrigins: [String] = []
    /// The address mail comes from, if set.
    package var sender: String?

    /// heed's own choices.
    package init() {}

    /// The settings of a line; what it leaves out, or has out of range, is heed's own choice.
    package init(_ value: JSONValue) {
        self.init()
        if let zone = value["timeZone"]?.string { timeZone = zone }
        if let level = value["confidence"]?.double, (0.5..<1).contains(level) { confidence = level }
        if let least = value["minimumGroup"]?.integer, least >= 1 { minimumGroup = least }
        if let hops = value["trustedProxies"]?.integer, (0...16).contains(hops) { trustedProxies = hops }
        embeddingOrigins = value["embeddingOrigins"]?.array?.compactMap(\.string) ?? []
        sender = value["sender"]?.string
    }
}
