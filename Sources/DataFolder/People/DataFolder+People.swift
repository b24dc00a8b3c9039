package import Feedback
internal import Journal
package import Records

/// How many records a write touched.
package struct UpsertOutcome: Sendable, Equatable {
    /// Records that were not there before.
    package var added = 0
    /// Records that were changed.
    package var changed = 0
    /// Records that were there already, just so.
    package var unchanged = 0

    /// Nothing touched yet.
    package init() {}

    /// Counts another write in.
    package mutating func add(_ other: UpsertOutcome) {
        added += other.added
        changed += other.changed
        unchanged += other.unchanged
    }
}

extension DataFolder {
    /// The contact of an id, as last written.
    package func contact(_ id: ContactID) -> ContactLine? {
        if let found = try? journal.contact(id) { return found }
        try? journal.lookForNews(.contacts)
        return try? journal.contact(id)
    }

    /// The account of an id, as last written.
    package func account(_ id: AccountID) -> AccountLine? { try? journal.account(id) }

    /// The event of an id, as last written.
    package func event(_ id: String) -> EventLine? { try? journal.event(id) }

    /// Every contact as last written, by id.
    package func contacts() throws(FolderError) -> [ContactLine] {
        try latest(.contacts) { (line: ContactLine) in line.id }
    }

    /// Every account as last written, by id.
    package func accounts() throws(FolderError) -> [AccountLine] {
        try latest(.accounts) { (line: AccountLine) in line.id }
    }

    /// Every event as last written, in the order first written.
    package func events() throws(FolderError) -> [EventLine] {
        var places: [String: Int] = [:]
        var events: [EventLine] = []
        try eachLine(.events) { bytes in
            guard let event = try? EventLine(bytes) else { return }
            if let place = places[event.id] {
                events[place] = event
            } else {
                places[event.id] = events.count
                events.append(event)
            }
        }
        return events
    }

    private func latest<Line: RecordLine, ID: Identifier>(_ log: LogName, _ id: (Line) -> ID) throws(FolderError)
        -> [Line]
    {
        var last: [ID: Line] = [:]
        try eachLine(log) { bytes in if let line = try? Line(bytes) { last[id(line)] = line } }
        return last.values.sorted { id($0) < id($1) }
    }

    /// Writes accounts that differ from what is there; each line is the whole record, its `recorded` is set here.
    @discardableResult
    package func upsert(accounts: [AccountLine]) async throws(FolderError) -> UpsertOutcome {
        try await upsert(accounts, to: .accounts, id: { $0.id.rawValue }, recorded: \.recorded)
    }

    /// Writes contacts that differ from what is there; each line is the whole record, its `recorded` is set here.
    ///
    /// Who was erased is left out, also when that happened a moment ago.
    @discardableResult
    package func upsert(contacts: [ContactLine]) async throws(FolderError) -> UpsertOutcome {
        try await upsert(contacts, to: .contacts, id: { $0.id.rawValue }, recorded: \.recorded) { [secrets] in
            try $1.admits($0, secrets) ? $0 : nil
        }
    }

    /// Writes events that differ from what is there under their id; `recorded` is set here.
    ///
    /// Those of an erased person are kept under their pseudonym.
    @discardableResult
    package func append(events: [EventLine]) async throws(FolderError) -> UpsertOutcome {
        try await upsert(events, to: .events, id: { $0.id }, recorded: \.recorded) { [secrets] in
            try $1.admitted($0, secrets)
        }
    }

    /// One step for some thousand lines, so that customers wait only moments beside a long import.
    private func upsert<Line: RecordLine>(
        _ lines: [Line], to log: LogName, id: @escaping @Sendable (Line) -> String,
        recorded: any WritableKeyPath<Line, Timestamp?> & Sendable,
        admitted: @escaping @Sendable (Line, JournalStep) throws -> Line? = { line, _ in line }
    ) async throws(FolderError) -> UpsertOutcome {
        var outcome = UpsertOutcome()
        var start = 0
        while start < lines.count {
            let part = Array(lines[start..<min(lines.count, start + 2000)])
            start += part.count
            outcome.add(
                try await step(weighing: part.count * 256) { step in
                    var outcome = UpsertOutcome()
                    let moment = try step.moment(log)
                    for given in part {
                        guard var line = try admitted(given, step) else { continue }
                        let before: Line? = try step.last(log, id(line), id)
                        line[keyPath: recorded] = before?[keyPath: recorded]
                        if line == before {
                            outcome.unchanged += 1
                            continue
                        }
                        line[keyPath: recorded] = moment
                        try step.append(line, to: log, at: moment, id: id(line))
                        if before == nil { outcome.added += 1 } else { outcome.changed += 1 }
                    }
                    return outcome
                })
        }
        return outcome
    }
}
