/// What an operator has set, with heed's own choice where nothing is set; a later line of `settings.jsonl` replaces the earlier.
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
}
