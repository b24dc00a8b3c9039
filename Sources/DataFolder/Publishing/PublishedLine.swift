internal import Feedback
internal import Records

/// One line of `published.jsonl`; the last line of a survey is live.
struct PublishedLine: RecordLine {
    var survey: SurveyID
    var version: SurveyVersion
    var digest: String
    var state: PublishedSurvey.State
    var recorded: Timestamp
    var by: String?
    var unknown: [JSONValue.Member] = []

    init(
        survey: SurveyID, version: SurveyVersion, digest: String, state: PublishedSurvey.State, recorded: Timestamp,
        by: String?
    ) {
        self.survey = survey
        self.version = version
        self.digest = digest
        self.state = state
        self.recorded = recorded
        self.by = by
    }

    init(_ value: JSONValue) throws(LineError) {
        survey = try value.required("survey", SurveyID.init)
        version = try value.required("version", SurveyVersion.init)
        digest = try value.required("digest")
        state = try value.required("state", PublishedSurvey.State.init(rawValue:))
        recorded = try value.required("recorded") { Timestamp($0) }
        by = try value.optional("by") { $0 }
        unknown = value.unknown(besides: ["survey", "version", "digest", "state", "recorded", "by"])
    }

    func write(_ writer: inout JSONWriter) {
        writer.member("survey", survey.rawValue)
        writer.member("version", version.rawValue)
        writer.member("digest", digest)
        writer.member("state", state.rawValue)
        writer.member("recorded", recorded.description)
        writer.member("by", by)
        for member in unknown {
            writer.key(member.key)
            writer.value(member.value)
        }
    }
}
