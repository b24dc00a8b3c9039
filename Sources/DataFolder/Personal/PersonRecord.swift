package import Feedback
internal import Journal
internal import QuestionnaireModel
package import Records

/// Everything that is held on a person, for them to read (GDPR article 15).
package struct PersonRecord: Sendable {
    /// Who it is about.
    package let contact: ContactID
    /// The whole of it; pages and texts are drawn from this, so that none of them says less.
    package let json: JSONValue
}

extension DataFolder {
    /// Everything held on a person; that it was looked at is written down.
    package func personRecord(
        _ contact: ContactID, exports: String, by: String
    ) async throws(FolderError) -> PersonRecord {
        let findings = try self.findings(contact)
        let scrub = try makeScrub(findings, .scores, MentionChoice())
        let found: (exports: [PersonalExport], torn: [String])
        do {
            found = (
                try ExportScrub(scrub: scrub, files: files).find(in: exports), try tornTails(naming: findings)
            )
        } catch { throw FolderError(error) }
        let isKnown = !findings.isEmpty || !findings.suppressions.isEmpty || !findings.audit.isEmpty
        guard isKnown || !found.exports.isEmpty || !found.torn.isEmpty else {
            throw FolderError(.notFound, "Nothing is held on a contact \(contact). Check the id.")
        }
        let made = try await step { step in
            try step.audit("person show", object: contact.rawValue, by: by)
            return step.now
        }
        return PersonRecord(contact: contact, json: try json(findings, found.exports, found.torn, made))
    }

    private func json(
        _ findings: PersonFindings, _ exports: [PersonalExport], _ torn: [String], _ made: Timestamp
    ) throws(FolderError) -> JSONValue {
        func lines(_ lines: [PersonFindings.Line]) -> JSONValue {
            .array(lines.map { .object([.init("place", .string($0.place)), .init("line", $0.value)]) })
        }
        let isSuppressed: Bool
        do {
            var contact = ContactLine(id: findings.terms.id)
            isSuppressed = try ([nil] + findings.terms.addresses).contains { address in
                contact.email = address
                return try journal.isSuppressed(contact, secrets)
            }
        } catch { throw FolderError(error) }
        return .object([
            .init("contact", .string(findings.terms.id.rawValue)),
            .init("made", .string(made.description)),
            .init("folder", .string(path)),
            .init("names", .array(findings.terms.names.map(JSONValue.string))),
            .init("addresses", .array(findings.terms.addresses.map(JSONValue.string))),
            .init("isSuppressed", .boolean(isSuppressed)),
            .init("contacts", lines(findings.contacts)),
            .init("invitations", lines(findings.invitations)),
            .init("drafts", .array(findings.drafts.map { answered($0, findings) })),
            .init("responses", .array(findings.answered.map { answered($0, findings) })),
            .init("events", lines(findings.events)),
            .init("cases", lines(findings.cases)),
            .init("suppressions", lines(findings.suppressions)),
            .init("audit", lines(findings.audit)),
            .init(
                "mentions",
                .array(
                    findings.mentions.map { mention in
                        .object([
                            .init("id", .string(mention.id)), .init("text", .string(mention.text)),
                            .init("certain", .boolean(mention.isCertain)),
                        ])
                    })),
            .init(
                "exports",
                .array(
                    exports.map { export in
                        .object(
                            [
                                .init("path", .string(export.path)),
                                .init("records", .number(String(export.changed + export.removed))),
                            ] + (export.problem.map { [.init("problem", .string($0))] } ?? []))
                    })),
            .init("quarantine", .array(torn.map(JSONValue.string))),
            .init("unreadable", .array(findings.unreadable.map(JSONValue.string))),
        ])
    }

    /// A response or draft with the words of what was asked.
    private func answered(_ line: PersonFindings.Line, _ findings: PersonFindings) -> JSONValue {
        let survey = line.value["survey"]?.string.flatMap(SurveyID.init)
        let version = line.value["version"]?.string.flatMap(SurveyVersion.init)
        let language = line.value["language"]?.string.flatMap(LanguageTag.init)
        var questionnaire: Questionnaire?
        if let survey, let version { questionnaire = try? definitions.questionnaire(survey, version) }
        let values = (line.value["fields"]?.members ?? []) + (line.value["answers"]?.members ?? [])
        func filled(_ text: LocalizedText) -> String {
            text.filled(in: questionnaire?.language(nearest: language) ?? .english) { name in
                name == "contact.name" ? findings.terms.names.first : values.first { $0.key == name }?.value.words
            }
        }
        var questions: [JSONValue] = []
        for member in line.value["answers"]?.members ?? [] {
            let id = String(member.key.prefix { $0 != "." })
            let question = QuestionID(id).flatMap { questionnaire?.question($0) }
            var asked: [JSONValue.Member] = [.init("id", .string(member.key))]
            if let prompt = question?.prompt { asked.append(.init("asked", .string(filled(prompt)))) }
            asked.append(.init("answer", member.value))
            questions.append(.object(asked))
        }
        var members: [JSONValue.Member] = [.init("place", .string(line.place))]
        if let title = questionnaire?.title { members.append(.init("survey", .string(filled(title)))) }
        members.append(.init("line", line.value))
        members.append(.init("questions", .array(questions)))
        return .object(members)
    }
}

extension JSONValue {
    /// A number or text in words, as a page pipes it.
    fileprivate var words: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .null, .boolean, .array, .object: nil
        }
    }
}
