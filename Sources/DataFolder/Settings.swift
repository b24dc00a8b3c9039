internal import Markup
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

    /// What a line of settings holds that has no effect, a sentence each.
    package var remarks: [String] = []

    /// heed's own choices.
    package init() {}

    /// The settings of a line; what it leaves out, or has out of range, is heed's own choice, and `remarks` say so.
    package init(_ value: JSONValue) {
        self.init()
        for member in value.members ?? [] {
            if let remark = take(member.key, member.value) {
                remarks.append("settings.jsonl: \(Escaping.visible(member.key)) \(remark)")
            }
        }
    }

    /// Sets one setting; what is wrong with it otherwise.
    private mutating func take(_ key: String, _ value: JSONValue) -> String? {
        switch key {
        case "timeZone":
            guard let zone = value.string else { return "is not the name of a zone." }
            timeZone = zone
            return zone == "UTC" ? nil : "is not honoured yet: dates are in UTC."
        case "confidence":
            guard let level = value.double, (0.5..<1).contains(level) else {
                return "is not a number from 0.5 to below 1."
            }
            confidence = level
        case "minimumGroup":
            guard let least = value.integer, least >= 1 else { return "is not a whole number from 1 on." }
            minimumGroup = least
        case "trustedProxies":
            guard let hops = value.integer, (0...16).contains(hops) else {
                return "is not a whole number from 0 to 16."
            }
            trustedProxies = hops
        case "embeddingOrigins":
            guard let origins = value.array else { return "is not a list of origins." }
            embeddingOrigins = origins.compactMap(\.string)
        case "sender":
            guard let address = value.string else { return "is not an address." }
            sender = address
        case "recorded": break
        default: return "is not a setting of this heed. See heed schema settings."
        }
        return nil
    }
}
