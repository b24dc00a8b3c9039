package import Feedback
internal import Journal
internal import Records

/// One line of `audit/`: who did what.
struct AuditLine: RecordLine {
    var at: Timestamp
    var by: String
    var action: String
    var object: String
    var fields: Answers

    init(at: Timestamp, by: String, action: String, object: String, fields: Answers) {
        self.at = at
        self.by = by
        self.action = action
        self.object = object
        self.fields = fields
    }

    init(_ value: JSONValue) throws(LineError) {
        at = try value.required("at") { Timestamp($0) }
        by = try value.required("by")
        action = try value.required("action")
        object = try value.required("object")
        fields = value["fields"].flatMap { Answers($0) } ?? Answers()
    }

    func write(_ writer: inout JSONWriter) {
        writer.member("at", at.description)
        writer.member("by", by)
        writer.member("action", action)
        writer.member("object", object)
        guard !fields.isEmpty else { return }
        writer.key("fields")
        writer.answers(fields)
    }
}

extension JournalStep {
    /// Notes who did what, in the same batch as the deed.
    func audit(_ action: String, object: String, by: String, fields: Answers = Answers()) throws(JournalError) {
        let moment = try moment(.audit)
        let line = AuditLine(at: moment, by: by, action: action, object: object, fields: fields)
        try append(to: .audit, at: moment, keys: []) { line.append(to: &$0) }
    }
}

extension DataFolder {
    /// Notes who did what, for things that change what others see.
    package func audit(
        _ action: String, object: String, by: String, fields: Answers = Answers()
    ) async throws(FolderError) {
        try await step { step in try step.audit(action, object: object, by: by, fields: fields) }
    }
}
