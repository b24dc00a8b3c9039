package import Feedback

/// One line of `drafts/`: all answers so far of a response that is not finished.
package struct DraftLine: Sendable, Equatable {
    /// The id that the response will have.
    package var id: ResponseID
    /// The survey being answered.
    package var survey: SurveyID
    /// The version it was started under; it keeps it.
    package var version: SurveyVersion
    /// The pages accepted so far.
    package var pages: [PageID]
    /// All answers so far, in definition order.
    package var answers: Answers
    /// The invitation's fields.
    package var fields: Answers
    /// The language last used.
    package var language: LanguageTag?
    /// When the first page was sent.
    package var started: Timestamp
    /// When this line was written.
    package var recorded: Timestamp

    /// A draft with everything it holds.
    package init(
        id: ResponseID, survey: SurveyID, version: SurveyVersion, pages: [PageID], answers: Answers, fields: Answers,
        language: LanguageTag?, started: Timestamp, recorded: Timestamp
    ) {
        self.id = id
        self.survey = survey
        self.version = version
        self.pages = pages
        self.answers = answers
        self.fields = fields
        self.language = language
        self.started = started
        self.recorded = recorded
    }

    /// Reads a line in any key order.
    package init(_ bytes: some Sequence<UInt8>) throws(LineError) {
        let value: JSONValue
        do { value = try JSONParser.parse(bytes) } catch { throw LineError(error.description) }
        id = try value.required("id", ResponseID.init)
        survey = try value.required("survey", SurveyID.init)
        version = try value.required("version", SurveyVersion.init)
        guard let names = value["pages"]?.array else { throw LineError("\"pages\" is missing") }
        pages = names.compactMap { $0.string.flatMap(PageID.init) }
        guard let answers = value["answers"].flatMap(Answers.init) else {
            throw LineError("\"answers\" cannot be read")
        }
        self.answers = answers
        fields = value["fields"].flatMap(Answers.init) ?? Answers()
        language = try value.optional("language", LanguageTag.init)
        started = try value.required("started") { Timestamp($0) }
        recorded = try value.required("recorded") { Timestamp($0) }
    }

    /// Appends the line, line end included.
    package func append(to bytes: inout [UInt8]) {
        var writer = JSONWriter(appendingTo: bytes)
        bytes = []
        writer.object { writer in
            writer.member("id", id.rawValue)
            writer.member("survey", survey.rawValue)
            writer.member("version", version.rawValue)
            writer.key("pages")
            writer.array { writer in pages.forEach { writer.string($0.rawValue) } }
            writer.key("answers")
            writer.answers(answers)
            if !fields.isEmpty {
                writer.key("fields")
                writer.answers(fields)
            }
            writer.member("language", language?.rawValue)
            writer.member("started", started.description)
            writer.member("recorded", recorded.description)
        }
        writer.endLine()
        bytes = writer.bytes
    }
}
