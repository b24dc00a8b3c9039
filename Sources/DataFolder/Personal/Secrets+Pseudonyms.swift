internal import Crypto
internal import Feedback
internal import FoundationEssentials

/// What takes the place of a person who was erased, derived from the folder's first key.
///
/// The same person has the same pseudonym after a crash, in a restored backup, and when their lines are imported once
/// more, and nothing that tells who they were has to be kept for that.
extension Secrets {
    /// What an erased contact is known by among the suppressions and erasures.
    func personKey(_ contact: ContactID) -> String { "person:" + code("person", contact.rawValue) }

    /// The contact that responses and events of an erased person belong to.
    func pseudonym(of contact: ContactID) -> ContactID {
        // A prefix and 22 characters of base64url always make a contact's id.
        ContactID("erased-" + code("contact", contact.rawValue).prefix(22)) ?? contact
    }

    /// The id that an erased person's response has from then on, so that the link in their mail leads to it no more.
    func pseudonym(of response: ResponseID, in survey: SurveyID) -> ResponseID {
        if response.rawValue.hasPrefix(Self.responsePrefix) { return response }
        return ResponseID(Self.responsePrefix + code("response", survey.rawValue, response.rawValue).prefix(22))
            ?? response
    }

    /// The id that an erased person's event has from then on: the one there was may name them.
    func pseudonym(ofEvent id: String) -> String {
        id.hasPrefix(Self.responsePrefix) ? id : Self.responsePrefix + code("event", id).prefix(22)
    }

    /// The stand-in of one who answered, where what was kept of them has had its time: one a survey and wave.
    func pseudonym(of contact: ContactID, in survey: SurveyID, wave: String) -> ContactID {
        ContactID("past-" + code("past", contact.rawValue, survey.rawValue, wave).prefix(22)) ?? contact
    }

    /// Tells the key from others without telling the key.
    var fingerprint: String { String(code("fingerprint").prefix(16)) }

    private static let responsePrefix = "erased-"

    private func code(_ words: String...) -> String {
        guard let key = keys.first else { return "" }
        var message: [UInt8] = []
        for word in words { message += Array(word.utf8) + [0] }
        return Base64URL.encode(Array(HMAC<SHA256>.authenticationCode(for: message, using: key.key)))
    }
}

extension ContactID {
    /// Whether it stands for somebody who is known no more.
    var isPseudonym: Bool {
        ["erased-", "past-"].contains { rawValue.hasPrefix($0) && rawValue.utf8.count == $0.utf8.count + 22 }
    }
}
