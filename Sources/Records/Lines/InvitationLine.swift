package import Feedback

/// One line of `invitations/`: one ask of one contact; the last line of an id is its state.
package struct InvitationLine: RecordLine {
    /// The invitation's id, which the response will have too.
    package var id: ResponseID
    /// The survey asked.
    package var survey: SurveyID
    /// The version it was asked under; the response keeps it.
    package var version: SurveyVersion
    /// The person asked.
    package var contact: ContactID
    /// The account they belonged to when asked.
    package var account: AccountID?
    /// Their role when asked.
    package var role: ContactRole?
    /// The wave, if given.
    package var wave: String?
    /// The event it follows, if any.
    package var event: String?
    /// The survey's declared fields, frozen.
    package var fields: Answers
    /// What became of it.
    package var state: InvitationState
    /// Why, where the state needs a reason.
    package var reason: String?
    /// When the link stops working.
    package var expires: Timestamp?
    /// When this line was written.
    package var recorded: Timestamp
    /// Keys written by others, kept as they are.
    package var unknown: [JSONValue.Member] = []

    /// One ask of one contact.
    package init(
        id: ResponseID, survey: SurveyID, version: SurveyVersion, contact: ContactID, fields: Answers,
        state: InvitationState, recorded: Timestamp
    ) {
        self.id = id
        self.survey = survey
        self.version = version
        self.contact = contact
        self.fields = fields
        self.state = state
        self.recorded = recorded
    }

    package init(_ value: JSONValue) throws(LineError) {
        id = try value.required("id", ResponseID.init)
        survey = try value.required("survey", SurveyID.init)
        version = try value.required("version", SurveyVersion.init)
        contact = try value.required("contact", ContactID.init)
        account = try value.optional("account", AccountID.init)
        role = try value.optional("role", ContactRole.init(rawValue:))
        wave = try value.optional("wave") { $0 }
        event = try value.optional("event") { $0 }
        fields = value["fields"].flatMap(Answers.init) ?? Answers()
        state = try value.required("state", InvitationState.init(rawValue:))
        reason = try value.optional("reason") { $0 }
        expires = try value.optional("expires") { Timestamp($0) }
        recorded = try value.required("recorded") { Timestamp($0) }
        unknown = value.unknown(besides: [
            "id", "survey", "version", "contact", "account", "role", "wave", "event", "fields", "state", "reason",
            "expires",
            "recorded",
        ])
    }

    package func write(_ writer: inout JSONWriter) {
        writer.member("id", id.rawValue)
        writer.member("survey", survey.rawValue)
        writer.member("version", version.rawValue)
        writer.member("contact", contact.rawValue)
        writer.member("account", account?.rawValue)
        writer.member("role", role?.rawValue)
        writer.member("wave", wave)
        writer.member("event", event)
        if !fields.isEmpty {
            writer.key("fields")
            writer.answers(fields)
        }
        writer.member("state", state.rawValue)
        writer.member("reason", reason)
        writer.member("expires", expires?.description)
        writer.member("recorded", recorded.description)
        for member in unknown {
            writer.key(member.key)
            writer.value(member.value)
        }
    }
}
