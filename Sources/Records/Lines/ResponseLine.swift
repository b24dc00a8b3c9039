package import Feedback

/// One line of `responses/{survey}/`: a response, or a later revision of it (DESIGN section 5).
package struct ResponseLine: Sendable, Equatable {
    /// The response's id; of one id the greatest revision counts.
    package var id: ResponseID
    /// 1 for the first line of an id, greater for what was changed later.
    package var revision: Int
    /// The survey answered.
    package var survey: SurveyID
    /// The version it was answered under.
    package var version: SurveyVersion
    /// When the customer sent the last page.
    package var submitted: Timestamp
    /// When the line was written, where that differs from `submitted`.
    package var recorded: Timestamp?
    /// Whether the last page was reached.
    package var isComplete: Bool
    /// The account it speaks for, if known.
    package var account: AccountID?
    /// The person who answered, if known.
    package var contact: ContactID?
    /// That person's role when they were asked.
    package var role: ContactRole?
    /// The wave it belongs to, if given.
    package var wave: String?
    /// How it came in.
    package var channel: ResponseChannel?
    /// The language it was answered in.
    package var language: LanguageTag?
    /// When the first page was opened.
    package var started: Timestamp?
    /// The answers, in definition order.
    package var answers: Answers
    /// The invitation's fields, in declaration order.
    package var fields: Answers
    /// What was handed out at the end, as stored.
    package var offers: JSONValue?
    /// The order of options that was shown, by question, where every response has its own; as stored.
    package var orders: JSONValue?
    /// Keys written by others, kept as they are.
    package var unknown: [JSONValue.Member]

    /// A response with the keys that every line has.
    package init(
        id: ResponseID, revision: Int = 1, survey: SurveyID, version: SurveyVersion, submitted: Timestamp,
        isComplete: Bool = true, answers: Answers
    ) {
        self.id = id
        self.revision = revision
        self.survey = survey
        self.version = version
        self.submitted = submitted
        self.isComplete = isComplete
        self.answers = answers
        fields = Answers()
        unknown = []
    }

    /// When the line was known: `recorded`, else `submitted`.
    package var known: Timestamp { recorded ?? submitted }

    /// The wave it belongs to: the one given, else the UTC quarter of `submitted`.
    package var effectiveWave: String { wave ?? submitted.quarter }
}

extension ResponseLine {
    private static let keys: Set<String> = [
        "v", "id", "revision", "survey", "version", "submitted", "recorded", "complete", "account", "contact", "role",
        "wave", "channel", "language", "started", "answers", "fields", "offers", "orders",
    ]

    /// Reads a line in any key order; unknown keys are kept, a newer `v` is refused.
    package init(_ bytes: some Sequence<UInt8>) throws(LineError) {
        let value: JSONValue
        do { value = try JSONParser.parse(bytes) } catch { throw LineError(error.description) }
        guard let format = value["v"]?.integer else { throw LineError("\"v\" is missing") }
        guard format == 1 else { throw LineError("written by a newer heed (v \(format))", isNewer: format > 1) }
        id = try value.required("id", ResponseID.init)
        guard let revision = value["revision"]?.integer, revision >= 1 else {
            throw LineError("\"revision\" is missing")
        }
        self.revision = revision
        survey = try value.required("survey", SurveyID.init)
        version = try value.required("version", SurveyVersion.init)
        submitted = try value.required("submitted") { Timestamp($0) }
        recorded = try value.optional("recorded") { Timestamp($0) }
        isComplete = value["complete"]?.boolean ?? true
        account = try value.optional("account", AccountID.init)
        contact = try value.optional("contact", ContactID.init)
        role = try value.optional("role", ContactRole.init(rawValue:))
        wave = try value.optional("wave") { $0 }
        channel = try value.optional("channel", ResponseChannel.init(rawValue:))
        language = try value.optional("language", LanguageTag.init)
        started = try value.optional("started") { Timestamp($0) }
        guard let answers = value["answers"].flatMap(Answers.init) else {
            throw LineError("\"answers\" cannot be read")
        }
        self.answers = answers
        fields = try Self.fields(value["fields"])
        offers = value["offers"]
        orders = value["orders"]
        unknown = value.unknown(besides: Self.keys)
    }

    private static func fields(_ value: JSONValue?) throws(LineError) -> Answers {
        guard let value else { return Answers() }
        guard let fields = Answers(value) else { throw LineError("\"fields\" cannot be read") }
        return fields
    }

    /// Appends the line in the order DESIGN section 5 fixes, line end included.
    package func append(to bytes: inout [UInt8]) {
        var writer = JSONWriter(appendingTo: bytes)
        // The writer owns the bytes meanwhile, so that they are not copied.
        bytes = []
        writer.object { writer in
            writer.member("v", integer: 1)
            writer.member("id", id.rawValue)
            writer.member("revision", integer: revision)
            writer.member("survey", survey.rawValue)
            writer.member("version", version.rawValue)
            writer.member("submitted", submitted.description)
            if let recorded, recorded != submitted { writer.member("recorded", recorded.description) }
            if !isComplete { writer.member("complete", boolean: false) }
            writer.member("account", account?.rawValue)
            writer.member("contact", contact?.rawValue)
            writer.member("role", role?.rawValue)
            writer.member("wave", wave)
            writer.member("channel", channel?.rawValue)
            writer.member("language", language?.rawValue)
            writer.member("started", started?.description)
            writer.key("answers")
            writer.answers(answers)
            if !fields.isEmpty {
                writer.key("fields")
                writer.answers(fields)
            }
            if let offers {
                writer.key("offers")
                writer.value(offers)
            }
            if let orders {
                writer.key("orders")
                writer.value(orders)
            }
            for member in unknown {
                writer.key(member.key)
                writer.value(member.value)
            }
        }
        writer.endLine()
        bytes = writer.bytes
    }
}
