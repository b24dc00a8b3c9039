package import Feedback
package import Records

/// One line of `erasures.jsonl`: an erasure that has begun, or has been finished; it tells nothing of the person.
package struct ErasureLine: RecordLine {
    /// How far an erasure is.
    package enum State: String, Sendable {
        /// It was decided; some of it may be done.
        case begun
        /// Nothing of it is left to do.
        case finished
    }

    /// The erasure's id.
    package var id: String
    /// How far it is.
    package var state: State
    /// What the person is known by: an HMAC of the contact's id.
    package var person: String
    /// Tells the key of that HMAC from others.
    package var key: String
    /// What of their answers stays.
    package var kept: KeptAnswers
    /// Whether the certain mentions in the texts of others go.
    package var takesMentions: Bool
    /// The mentions that go besides.
    package var mentions: [String]
    /// Why, in words that tell nothing of the person.
    package var reason: String
    /// Who gave the command.
    package var by: String
    /// The folder of exports it was decided on, as long as some of it may be left to do.
    package var exports: String?
    /// How many lines were removed, and how many changed, once finished.
    package var removed: Int?
    /// How many lines were changed, once finished.
    package var changed: Int?
    /// When the line was written.
    package var recorded: Timestamp

    /// Reads a parsed line.
    package init(_ value: JSONValue) throws(LineError) {
        id = try value.required("id") { $0.isEmpty ? nil : $0 }
        state = try value.required("state", State.init(rawValue:))
        person = try value.required("person")
        key = try value.required("key")
        kept = try value.required("kept", KeptAnswers.init(rawValue:))
        takesMentions = value["takesMentions"]?.boolean ?? false
        mentions = (value["mentions"]?.array ?? []).compactMap(\.string)
        reason = try value.required("reason")
        by = try value.required("by")
        exports = value["exports"]?.string
        removed = value["removed"]?.integer
        changed = value["changed"]?.integer
        recorded = try value.required("recorded") { Timestamp($0) }
    }

    /// An erasure that begins.
    init(
        id: String, person: String, key: String, kept: KeptAnswers, mentions: MentionChoice, reason: String, by: String,
        exports: String, recorded: Timestamp
    ) {
        self.id = id
        state = .begun
        self.person = person
        self.key = key
        self.kept = kept
        takesMentions = mentions.takesCertain
        self.mentions = mentions.named.sorted()
        self.reason = reason
        self.by = by
        self.exports = exports
        self.recorded = recorded
    }

    /// Writes the members of the line's object.
    package func write(_ writer: inout JSONWriter) {
        writer.member("id", id)
        writer.member("state", state.rawValue)
        writer.member("person", person)
        writer.member("key", key)
        writer.member("kept", kept.rawValue)
        writer.member("takesMentions", boolean: takesMentions)
        if !mentions.isEmpty {
            writer.key("mentions")
            writer.array { writer in mentions.forEach { writer.string($0) } }
        }
        writer.member("reason", reason)
        writer.member("by", by)
        writer.member("exports", exports)
        writer.member("removed", integer: removed)
        writer.member("changed", integer: changed)
        writer.member("recorded", recorded.description)
    }

    /// The choice of mentions as the scrubbing takes it.
    var choice: MentionChoice { MentionChoice(takesCertain: takesMentions, named: Set(mentions)) }
}
