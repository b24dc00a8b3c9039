internal import Feedback
internal import Records

/// One line of `users.jsonl`: a sign-in, or that it was taken away; the last line of a name counts.
struct UserLine: RecordLine {
    enum State: String, Sendable, CaseIterable {
        case active, removed
    }

    var name: String
    var hash: PasswordHash?
    var state: State
    var recorded: Timestamp

    init(name: String, hash: PasswordHash?, state: State, recorded: Timestamp) {
        self.name = name
        self.hash = hash
        self.state = state
        self.recorded = recorded
    }

    init(_ value: JSONValue) throws(LineError) {
        name = try value.required("name")
        hash = try value.optional("hash", PasswordHash.init)
        state = try value.required("state", State.init(rawValue:))
        recorded = try value.required("recorded") { Timestamp($0) }
    }

    func write(_ writer: inout JSONWriter) {
        writer.member("name", name)
        writer.member("hash", hash?.description)
        writer.member("state", state.rawValue)
        writer.member("recorded", recorded.description)
    }
}
