internal import Feedback
internal import Records

/// One line of `suppressions.jsonl`: an address or a contact that is never asked again.
struct SuppressionLine: RecordLine {
    /// What the address or the contact is known by: `address:` or `person:` and an HMAC.
    var key: String
    /// Why, such as `opt-out`.
    var kind: String
    var recorded: Timestamp

    /// The kind of those that outlive an erased person.
    static let erasure = "erasure"

    init(key: String, kind: String, recorded: Timestamp) {
        self.key = key
        self.kind = kind
        self.recorded = recorded
    }

    init(_ value: JSONValue) throws(LineError) {
        key = try value.required("key")
        kind = try value.required("kind")
        recorded = try value.required("recorded") { Timestamp($0) }
    }

    func write(_ writer: inout JSONWriter) {
        writer.member("key", key)
        writer.member("kind", kind)
        writer.member("recorded", recorded.description)
    }

    /// The keys that a contact is suppressed under: the id and the address by what tells neither.
    static func keys(of contact: ContactLine, _ secrets: Secrets?) -> [String] {
        guard let secrets else { return ["contact:" + contact.id.rawValue] }
        var keys = [secrets.personKey(contact.id)]
        if let email = contact.email, let key = secrets.addressKey(email) { keys.append("address:" + key) }
        return keys
    }
}

extension LineSource {
    /// Whether anything says that a contact is not to be asked.
    func isSuppressed(_ contact: ContactLine, _ secrets: Secrets?) throws -> Bool {
        // Contacts once were suppressed by their bare ids.
        for key in SuppressionLine.keys(of: contact, secrets) + ["contact:" + contact.id.rawValue] {
            let line: SuppressionLine? = try last(.suppressions, key) { $0.key }
            if line != nil { return true }
        }
        return false
    }
}
