internal import Feedback
internal import Journal
internal import QuestionnaireModel
internal import Records

/// What of an erased person's answers stays.
package enum KeptAnswers: String, Sendable, CaseIterable {
    /// Scores, choices and numbers stay under a pseudonym; what was typed is gone.
    case scores
    /// Everything they answered stays under a pseudonym, without their name and address.
    case words
    /// Nothing stays.
    case nothing
}

/// Which texts of others lose what speaks of the person.
struct MentionChoice: Sendable, Equatable {
    /// Every text that holds their address or whole name.
    var takesCertain = false
    /// These too, by the names they were shown under.
    var named: Set<String> = []

    func takes(_ name: String, isCertain: Bool) -> Bool { takesCertain && isCertain || named.contains(name) }
}

/// What becomes of each line when a person is erased: a pure function of the line.
struct LineScrub: Sendable {
    let terms: PersonTerms
    /// The person's invitations and responses, by survey.
    let responses: [SurveyID: Set<ResponseID>]
    let sieve: LineSieve
    let kept: KeptAnswers
    let mentions: MentionChoice
    let secrets: Secrets
    /// The definition of a version, where it is known.
    let questionnaire: @Sendable (SurveyID, SurveyVersion) -> Questionnaire?
    /// Whether the folder has a response of an id, to a survey or to any; an export of others is not to be rewritten.
    let holds: @Sendable (SurveyID?, ResponseID) -> Bool

    /// What becomes of a line.
    func fate(of log: LogName, _ line: ArraySlice<UInt8>) -> LineFate {
        // An earlier erasure names responses within a text.
        guard log == .erasures || sieve.lets(line) else { return .keep }
        guard let value = try? JSONParser.parse(line), value.members != nil else {
            // What cannot be read cannot be mended either.
            return isNamed(in: line) ? .drop : .keep
        }
        guard let changed = scrubbed(value, of: log) else { return .drop }
        guard changed != value else { return .keep }
        var writer = JSONWriter()
        writer.value(changed)
        return .replace(writer.bytes)
    }

    /// The line without the person; nil when nothing of it stays.
    func scrubbed(_ line: JSONValue, of log: LogName) -> JSONValue? {
        if let own = Self.kind(of: line, log, terms.id, responses) { return scrubbed(line, own) }
        return withoutMentions(line, of: log)
    }

    /// How a line belongs to a person.
    enum Own: Sendable, Equatable {
        case contact, invitation, draft, event, audit, suppression
        case response(SurveyID, ResponseID)
        case caseOf(SurveyID?, ResponseID)
    }

    /// How a line belongs to the person; nil when it does not.
    static func kind(
        of line: JSONValue, _ log: LogName, _ contact: ContactID, _ responses: [SurveyID: Set<ResponseID>]
    ) -> Own? {
        let id = line["id"]?.string
        let isTheirs = line["contact"]?.string == contact.rawValue
        func known(_ key: String) -> (SurveyID?, ResponseID)? {
            guard let id = line[key]?.string.flatMap(ResponseID.init) else { return nil }
            if let survey = line["survey"]?.string.flatMap(SurveyID.init) {
                return responses[survey]?.contains(id) == true ? (survey, id) : nil
            }
            let surveys = responses.filter { $0.value.contains(id) }.keys.sorted()
            return surveys.isEmpty ? nil : (surveys.first, id)
        }
        switch log {
        case .contacts: return id == contact.rawValue ? .contact : nil
        case .suppressions: return line["key"]?.string == "contact:" + contact.rawValue ? .suppression : nil
        case .invitations: return isTheirs ? .invitation : nil
        case .drafts: return isTheirs || known("id") != nil ? .draft : nil
        case .cases:
            return known("response").map { .caseOf($0.0, $0.1) }
        case .audit:
            // A user who signs in may be called as a contact's id is.
            let isObject =
                line["action"]?.string?.hasPrefix("person ") == true && line["object"]?.string == contact.rawValue
            return isObject || line["fields"].map { names(contact, in: $0) } == true ? .audit : nil
        case .events: return isTheirs ? .event : nil
        default:
            guard log.isResponses, let response = id.flatMap(ResponseID.init),
                let survey = SurveyID(String(log.folder.dropFirst(10))), isTheirs || known("id") != nil
            else { return isTheirs ? .event : nil }
            return .response(survey, response)
        }
    }

    private static func names(_ contact: ContactID, in line: JSONValue) -> Bool {
        switch line {
        case .string(let text): text == contact.rawValue
        case .array(let elements): elements.contains { names(contact, in: $0) }
        case .object(let members): members.contains { names(contact, in: $0.value) }
        case .null, .boolean, .number: false
        }
    }

    private func scrubbed(_ line: JSONValue, _ own: Own) -> JSONValue? {
        switch own {
        case .contact, .draft: return nil
        case .invitation:
            // A stone that says the link was withdrawn: nothing leads from it to the answers.
            var stone = line.keeping(["id", "survey", "version", "contact", "state", "reason", "recorded"])
            stone.set("contact", .string("erased"))
            stone.set("state", .string(InvitationState.revoked.rawValue))
            stone.set("reason", .string("erased"))
            return stone
        case .event:
            var event = line.keeping([
                "id", "account", "contact", "kind", "at", "amount", "currency", "product", "recorded",
            ])
            event.set("contact", .string(secrets.pseudonym(of: terms.id).rawValue))
            // Whoever recorded it may have made its id, or what it says was bought, of their name.
            if let id = line["id"]?.string { event.set("id", .string(secrets.pseudonym(ofEvent: id))) }
            if let product = line["product"]?.string { event.set("product", .string(terms.redacted(product))) }
            return event
        case .suppression:
            var suppression = line
            suppression.set("key", .string(secrets.personKey(terms.id)))
            return suppression
        case .audit:
            var audit = line
            for key in ["object", "fields"] { if let value = line[key] { audit.set(key, withoutName(value)) } }
            return audit
        case .caseOf(let survey, let id):
            guard kept != .nothing, let survey else { return nil }
            let response = secrets.pseudonym(of: id, in: survey).rawValue
            var changed = line.keeping([
                "id", "response", "rule", "account", "owner", "status", "due", "by", "recorded",
            ])
            changed.set("id", .string(response + "." + (line["rule"]?.string ?? "")))
            changed.set("response", .string(response))
            return changed
        case .response(let survey, let id): return kept == .nothing ? nil : scrubbed(response: line, survey, id)
        }
    }

    private func scrubbed(response line: JSONValue, _ survey: SurveyID, _ id: ResponseID) -> JSONValue {
        let known = [
            "v", "id", "revision", "survey", "version", "submitted", "recorded", "complete", "account", "contact",
            "wave", "channel", "language", "started", "answers", "offers", "orders",
        ]
        var changed = line.keeping(kept == .words ? known + ["role", "fields"] : known)
        changed.set("id", .string(secrets.pseudonym(of: id, in: survey).rawValue))
        if changed["contact"] != nil { changed.set("contact", .string(secrets.pseudonym(of: terms.id).rawValue)) }
        if kept == .words {
            return TypedTexts.mapped(changed, of: .responses(survey)) { _, text in terms.redacted(text) }
        }
        let open = openQuestions(of: line, survey)
        let answers = (line["answers"]?.members ?? []).filter { !open($0.key, $0.value) }
        changed.set("answers", .object(answers))
        return changed
    }

    /// Tells the answers that were typed, or may have been, from scores, codes and numbers.
    func openQuestions(of line: JSONValue, _ survey: SurveyID) -> (_ key: String, _ value: JSONValue) -> Bool {
        Self.openQuestions(line["version"]?.string.flatMap(SurveyVersion.init).flatMap { questionnaire(survey, $0) })
    }

    /// The same under a definition, where there is one.
    static func openQuestions(_ definition: Questionnaire?) -> (_ key: String, _ value: JSONValue) -> Bool {
        { key, value in
            guard let question = QuestionID(key).flatMap({ definition?.question($0) }) else {
                // Words of an option, or of a question that nobody knows any more.
                return key.contains(".") || value.string != nil
            }
            switch question.type.domain {
            case .open, .dates: return true
            default: return false
            }
        }
    }

    private func withoutName(_ line: JSONValue) -> JSONValue {
        switch line {
        case .string(let text):
            .string(
                text == terms.id.rawValue ? secrets.pseudonym(of: terms.id).rawValue : terms.redacted(text))
        case .array(let elements): .array(elements.map(withoutName))
        case .object(let members): .object(members.map { .init($0.key, withoutName($0.value)) })
        case .null, .boolean, .number: line
        }
    }

    private func withoutMentions(_ line: JSONValue, of log: LogName) -> JSONValue {
        if log == .erasures { return withoutOldNames(line) }
        if log.isOperators || !mentions.takesCertain && mentions.named.isEmpty { return line }
        var chosen: Set<String> = []
        TypedTexts.each(in: line, of: log) { path, text in
            let hits = terms.hits(in: text)
            if hits.isEmpty { return }
            let isCertain = hits.contains(where: \.isCertain)
            if mentions.takes(TypedTexts.name(of: path, in: line, of: log), isCertain: isCertain) {
                chosen.insert(path)
            }
        }
        if chosen.isEmpty { return line }
        return TypedTexts.mapped(line, of: log) { path, text in chosen.contains(path) ? terms.redacted(text) : text }
    }

    /// An earlier erasure's list of texts, where one of them was this person's.
    private func withoutOldNames(_ line: JSONValue) -> JSONValue {
        guard let listed = line["mentions"]?.array else { return line }
        var changed = line
        changed.set(
            "mentions",
            .array(
                listed.map { entry in
                    guard let name = entry.string else { return entry }
                    for (survey, ids) in responses {
                        for id in ids where name.hasPrefix("\(survey):\(id)#") {
                            let rest = name.dropFirst("\(survey):\(id)".count)
                            return .string("\(survey):\(secrets.pseudonym(of: id, in: survey))\(rest)")
                        }
                    }
                    return entry
                }))
        return changed
    }

    /// Whether some bytes of any kind name them for certain.
    func isNamed(in bytes: ArraySlice<UInt8>) -> Bool {
        sieve.mayName(bytes) && isNamed(in: String(decoding: bytes, as: UTF8.self))
    }

    /// Whether a text of any kind names them for certain.
    func isNamed(in text: String) -> Bool {
        text.contains("\"\(terms.id.rawValue)\"") || terms.hits(in: text).contains(where: \.isCertain)
    }
}

extension LogName {
    /// Journals of what operators do, in which customers do not occur.
    var isOperators: Bool { [.published, .settings, .users, .suppressions, .erasures, .seals].contains(self) }
}

extension JSONValue {
    /// The object with some of its keys, in the order they stand.
    func keeping(_ keys: [String]) -> JSONValue { .object((members ?? []).filter { keys.contains($0.key) }) }

    /// Sets a key in its place, or behind the others.
    mutating func set(_ key: String, _ value: JSONValue) {
        var members = members ?? []
        if let index = members.firstIndex(where: { $0.key == key }) {
            members[index] = Member(key, value)
        } else {
            members.append(Member(key, value))
        }
        self = .object(members)
    }
}
