internal import Feedback
internal import Journal
internal import Records

/// Keeps erased people out of what is imported later: they do not come back with the next table.
extension JournalStep {
    /// The erasure of a contact, if they were erased.
    func erasure(of contact: ContactID, _ secrets: Secrets?) throws(JournalError) -> ErasureLine? {
        guard let secrets else { return nil }
        return try last(.erasures, secrets.personKey(contact)) { $0.person }
    }

    /// Whether a contact may be taken in: nobody of that id or address was erased.
    func admits(_ contact: ContactLine, _ secrets: Secrets?) throws(JournalError) -> Bool {
        guard let secrets else { return true }
        if try erasure(of: contact.id, secrets) != nil { return false }
        guard let email = contact.email, let key = secrets.addressKey(email) else { return true }
        let suppression: SuppressionLine? = try last(.suppressions, "address:" + key) { $0.key }
        return suppression?.kind != SuppressionLine.erasure
    }

    /// An event as it may be kept: one of an erased person is kept under their pseudonym, without words.
    func admitted(_ event: EventLine, _ secrets: Secrets?) throws(JournalError) -> EventLine {
        guard let contact = event.contact, let secrets, try erasure(of: contact, secrets) != nil else { return event }
        var event = event
        event.id = secrets.pseudonym(ofEvent: event.id)
        // What the erasure has left stands: only it knew the names to look for.
        if let before: EventLine = try last(.events, event.id, { $0.id }) { return before }
        event.contact = secrets.pseudonym(of: contact)
        (event.order, event.note, event.fields, event.unknown) = (nil, nil, Answers(), [])
        return event
    }
}

extension DataFolder {
    /// An imported response as it may be kept: one of an erased person is what the erasure has left of it, or nothing.
    func admitted(_ response: ResponseLine, _ step: JournalStep) throws -> ResponseLine? {
        guard let contact = response.contact, let secrets, let erasure = try step.erasure(of: contact, secrets) else {
            return response
        }
        let pseudonym = secrets.pseudonym(of: response.id, in: response.survey)
        // What the erasure has left stands: the table still has what was taken out of it.
        if erasure.kept != .nothing, let before = try step.response(pseudonym, response.survey) { return before }
        var bytes: [UInt8] = []
        response.append(to: &bytes)
        let findings = PersonFindings(PersonTerms(contact, []), responses: [:])
        let scrub = try makeScrub(findings, erasure.kept == .nothing ? .nothing : .scores, MentionChoice())
        guard case .replace(let kept) = scrub.fate(of: .responses(response.survey), bytes.dropLast()) else {
            return nil
        }
        return try ResponseLine(kept)
    }

    /// When a contact of an id or address was erased, as of the last look; nil when nobody was.
    func erased(_ contact: ContactLine) -> Timestamp? {
        guard let secrets else { return nil }
        if let erasure: ErasureLine = try? journal.last(.erasures, secrets.personKey(contact.id), { $0.person }) {
            return erasure.recorded
        }
        guard let key = contact.email.flatMap({ secrets.addressKey($0) }) else { return nil }
        let suppression: SuppressionLine? = try? journal.last(.suppressions, "address:" + key) { $0.key }
        return suppression?.kind == SuppressionLine.erasure ? suppression?.recorded : nil
    }
}

extension ResponseLine {
    /// Leaves out again what was taken out of the stored texts because it spoke of somebody who was erased.
    ///
    /// A table that is imported once more still has it; a text that says something else is a new one.
    mutating func keepRedactions(of stored: ResponseLine) {
        answers = Self.redacted(answers, as: stored.answers)
        fields = Self.redacted(fields, as: stored.fields)
    }

    private static func redacted(_ given: Answers, as stored: Answers) -> Answers {
        Answers(
            given.entries.map { entry in
                guard case .text(let kept)? = stored[entry.key], case .text(let text) = entry.answer,
                    kept != text, isRedaction(kept, of: text)
                else { return entry }
                return Answers.Entry(key: entry.key, answer: .text(kept))
            })
    }

    /// Whether a text becomes another when something is taken out of it.
    private static func isRedaction(_ kept: String, of text: String) -> Bool {
        var parts = kept.split(separator: PersonTerms.mark, omittingEmptySubsequences: false)
        guard parts.count > 1, let last = parts.popLast(), text.hasPrefix(parts[0]) else { return false }
        var rest = text.dropFirst(parts[0].count)
        for part in parts.dropFirst() where !part.isEmpty {
            guard let place = rest.firstRange(of: part) else { return false }
            rest = rest[place.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}
