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
