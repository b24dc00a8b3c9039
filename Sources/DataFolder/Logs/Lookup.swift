internal import Feedback
internal import Journal
internal import Records

/// Where lines are looked up: in a decision, under the lock, or outside, as of the last look.
protocol LineSource {
    /// Every line of a key, in order; keys of different texts may fall together.
    func lines(_ log: LogName, _ key: LineKey) throws(JournalError) -> [[UInt8]]
}

extension JournalStep: LineSource {}
extension Journal: LineSource {}

extension LineSource {
    /// The last line of an id that can be read.
    func last<Line: RecordLine>(_ log: LogName, _ id: String, _ name: (Line) -> String) throws(JournalError) -> Line? {
        for bytes in try lines(log, FolderLogs.key(id)).reversed() {
            if let line = try? Line(bytes), name(line) == id { return line }
        }
        return nil
    }

    func account(_ id: AccountID) throws(JournalError) -> AccountLine? {
        try last(.accounts, id.rawValue) { $0.id.rawValue }
    }

    func contact(_ id: ContactID) throws(JournalError) -> ContactLine? {
        try last(.contacts, id.rawValue) { $0.id.rawValue }
    }

    func event(_ id: String) throws(JournalError) -> EventLine? { try last(.events, id) { $0.id } }

    func invitation(_ id: ResponseID) throws(JournalError) -> InvitationLine? {
        try last(.invitations, id.rawValue) { $0.id.rawValue }
    }

    /// The last draft of a response.
    func draft(_ id: ResponseID, _ survey: SurveyID) throws(JournalError) -> DraftLine? {
        for bytes in try lines(.drafts, FolderLogs.key(id.rawValue)).reversed() {
            if let line = try? DraftLine(bytes), line.id == id, line.survey == survey { return line }
        }
        return nil
    }

    /// The line of a response that counts: the greatest revision, then the latest recorded, then the greatest bytes.
    func response(_ id: ResponseID, _ survey: SurveyID) throws(JournalError) -> ResponseLine? {
        var best: (line: ResponseLine, bytes: [UInt8])?
        for bytes in try lines(.responses(survey), FolderLogs.key(id.rawValue)) {
            guard let line = try? ResponseLine(bytes), line.id == id, line.survey == survey else { continue }
            if let before = best, !Self.wins((line, bytes), over: before) { continue }
            best = (line, bytes)
        }
        return best?.line
    }

    private static func wins(
        _ new: (line: ResponseLine, bytes: [UInt8]), over old: (line: ResponseLine, bytes: [UInt8])
    ) -> Bool {
        if new.line.revision != old.line.revision { return new.line.revision > old.line.revision }
        if new.line.known != old.line.known { return new.line.known > old.line.known }
        return old.bytes.lexicographicallyPrecedes(new.bytes)
    }
}

extension JournalStep {
    /// Appends a record that is found by its id.
    func append(_ line: some RecordLine, to log: LogName, at moment: Timestamp, id: String) throws(JournalError) {
        try append(to: log, at: moment, keys: [FolderLogs.key(id)]) { line.append(to: &$0) }
    }
}
