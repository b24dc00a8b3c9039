internal import Feedback
internal import Markup
internal import QuestionnaireModel
internal import Records

/// Turns a response line into its element: at once where it is written as heed writes, with care otherwise.
///
/// Both ways write the same bytes for the same line; a test holds them against each other.
struct ResponseElement: Sendable {
    /// What is known of one version before any line is read.
    struct Version: Sendable {
        let version: SurveyVersion
        let name: [UInt8]
        /// Whether the people are named beside the answers: accounts unless anonymous, contacts where the survey is
        /// named.
        let namesAccounts: Bool
        let namesContacts: Bool
        /// The keys of answers in definition order.
        let answers: [Key]
        /// The declared fields in order.
        let fields: [Key]
    }

    /// A key as it stands in a line, with the tags that its value stands between.
    struct Key: Sendable {
        let quoted: [UInt8]
        let start: [UInt8]
        let isOther: Bool
    }

    let survey: SurveyID
    let versions: [Version]
    let since: [UInt8]?
    let until: [UInt8]?
    private let sinceTime: Timestamp?
    private let untilTime: Timestamp?
    /// What stands between the revision and the version.
    let surveyAndVersion: [UInt8]

    static let roles = ContactRole.allCases.map { Array($0.rawValue.utf8) }
    static let channels = ResponseChannel.allCases.map { Array($0.rawValue.utf8) }

    init(_ job: ExportJob) {
        survey = job.survey
        since = job.since.map { Array($0.description.utf8) }
        until = job.until.map { Array($0.description.utf8) }
        sinceTime = job.since
        untilTime = job.until
        surveyAndVersion = Array(",\"survey\":\"\(job.survey)\",\"version\":\"".utf8)
        versions = job.definitions.map { Version($0.questionnaire) }
    }

    func write(_ line: LineScanner, into out: inout LineWriter, seed: UInt64) -> LineOutcome {
        let before = out
        if let outcome = writeAtOnce(line, into: &out, seed: seed) { return outcome }
        out.rewind(to: before)
        return writeWithCare(line, into: &out, seed: seed)
    }

    /// Reads the line as JSON in any key order and writes whatever it holds.
    func writeWithCare(_ line: LineScanner, into out: inout LineWriter, seed: UInt64) -> LineOutcome {
        read(line, seed: seed) { write($0, into: &out) }
    }

    /// Reads the line as JSON, and hands it on when it is one of those that were asked for.
    func read(_ line: LineScanner, seed: UInt64, _ use: (ResponseLine) -> Void) -> LineOutcome {
        let response: ResponseLine
        do { response = try ResponseLine(line.rest) } catch {
            return error.isNewer ? .newer(error.reason) : .unreadable(error.reason)
        }
        if response.survey != survey { return .unreadable("it belongs to the survey \"\(response.survey)\"") }
        if let sinceTime, response.submitted < sinceTime { return .leftOut }
        if let untilTime, response.submitted >= untilTime { return .leftOut }
        use(response)
        let version = versions.first { $0.version == response.version }
        var tally = LineTally(answers: response.answers.entries.count, isComplete: response.isComplete)
        tally.isUndefined = version == nil
        if version?.namesAccounts == true, let account = response.account {
            tally.account = LineScanner.fingerprint(Array(account.rawValue.utf8), seed: seed)
        }
        if version?.namesContacts == true, let contact = response.contact {
            tally.contact = LineScanner.fingerprint(Array(contact.rawValue.utf8), seed: seed)
        }
        return .written(tally)
    }

    private func write(_ response: ResponseLine, into out: inout LineWriter) {
        out.put("  <response")
        out.attribute("id", response.id.rawValue)
        if response.revision != 1 { out.attribute("revision", String(response.revision)) }
        out.attribute("version", response.version.rawValue)
        out.attribute("submitted", response.submitted.description)
        out.attribute("recorded", response.recorded?.description)
        if !response.isComplete { out.attribute("complete", "false") }
        out.attribute("account", response.account?.rawValue)
        out.attribute("contact", response.contact?.rawValue)
        out.attribute("role", response.role?.rawValue)
        out.attribute("wave", response.wave)
        out.attribute("channel", response.channel?.rawValue)
        out.attribute("language", response.language?.rawValue)
        out.attribute("started", response.started?.description)
        out.put(">")
        for entry in response.answers.entries {
            out.put(Key(answer: entry.key).start)
            write(entry.answer, into: &out)
            if entry.key.hasSuffix(".other") { out.put("</other>") } else { out.put("</answer>") }
        }
        for entry in response.fields.entries {
            out.put(Key(field: entry.key).start)
            write(entry.answer, into: &out)
            out.put("</field>")
        }
        if let offers = response.offers { write(extra: "offers", offers, into: &out) }
        if let orders = response.orders { write(extra: "orders", orders, into: &out) }
        for member in response.unknown { write(extra: member.key, member.value, into: &out) }
        out.put("</response>\n")
    }

    private func write(_ answer: Answer, into out: inout LineWriter) {
        switch answer {
        case .integer(let number): out.escaped(String(number), inAttribute: false)
        case .number(let number): out.escaped(number.text, inAttribute: false)
        case .text(let text): out.escaped(text, inAttribute: false)
        case .list(let codes):
            for code in codes {
                out.put("<code>")
                out.escaped(code, inAttribute: false)
                out.put("</code>")
            }
        case .consent(let given, let text):
            if given { out.put("<consent given=\"true\"") } else { out.put("<consent given=\"false\"") }
            out.attribute("text", text)
            out.put("/>")
        case .grid(let rows):
            for row in rows {
                out.put("<row")
                out.attribute("item", row.item)
                out.put(">")
                write(row.answer, into: &out)
                out.put("</row>")
            }
        }
    }

    /// What heed does not know the meaning of is kept as the JSON it was.
    private func write(extra key: String, _ value: JSONValue, into out: inout LineWriter) {
        out.put("<extra")
        out.attribute("key", key)
        out.put(">")
        var json = JSONWriter()
        json.value(value)
        out.escaped(String(decoding: json.bytes, as: UTF8.self), inAttribute: false)
        out.put("</extra>")
    }
}

extension ResponseElement.Version {
    init(_ questionnaire: Questionnaire) {
        version = questionnaire.version
        name = Array(questionnaire.version.rawValue.utf8)
        namesAccounts = questionnaire.profile.privacy != .anonymous
        namesContacts = questionnaire.profile.privacy == .named
        answers = questionnaire.questions.flatMap { entry in
            [entry.question.id.rawValue, entry.question.id.rawValue + ".other"].map { ResponseElement.Key(answer: $0) }
        }
        fields = questionnaire.fields.map { ResponseElement.Key(field: $0.name) }
    }
}

extension ResponseElement.Key {
    /// The key of an answer, or of an option's free text.
    init(answer key: String) {
        isOther = key.hasSuffix(".other")
        quoted = Self.quoted(key)
        start = isOther ? Self.tag("other question", String(key.dropLast(6))) : Self.tag("answer question", key)
    }

    /// The key of a declared field.
    init(field key: String) {
        isOther = false
        quoted = Self.quoted(key)
        start = Self.tag("field name", key)
    }

    private static func quoted(_ key: String) -> [UInt8] {
        var bytes: [UInt8] = []
        JSONWriter.appendString(key, to: &bytes)
        return bytes + [UInt8(ascii: ":")]
    }

    private static func tag(_ opening: String, _ value: String) -> [UInt8] {
        var bytes = Array("<\(opening)=\"".utf8)
        Escaping.appendXMLAttribute(value, to: &bytes)
        return bytes + Array("\">".utf8)
    }
}
