internal import Feedback
internal import Records

/// One line of `suppressions.jsonl`: an address or a contact that is never asked again.
struct SuppressionLine: RecordLine {
    /// What the address is known by, or `contact:` and the contact's id.
    var key: String
    /// Why, such as `opt-out`.
    var kind: String
    var recorded: Timestamp

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

    /// The keys that a contact may be suppressed under.
    static func keys(of contact: ContactLine, _ secrets: Secrets?) -> [String] {
        var keys = ["contact:" + contact.id.rawValue]
        if let email = contact.email, let key = secrets?.addressKey(email) { keys.append("address:" + key) }
        return keys
    }
}

extension LineSource {
    /// Whether anything says that a contact is not to be asked.
    func isSuppressed(_ contact: ContactLine, _ secrets: Secrets?) throws -> Bool {
        for key in SuppressionLine.keys(of: contact, secrets) {
            let line: SuppressionLine? = try last(.suppressions, key) { $0.key }
            if line != nil { return true }
        }
        return false
    }
}
