package import Feedback
internal import QuestionnaireModel
internal import Records

/// How an import is run, and who hears of it.
package struct ImportRun {
    /// Whether everything is checked and nothing written.
    package var isDry: Bool
    /// Hears the share of the file that is done, from 0 to 1.
    package var progress: (Double) -> Void
    /// Hears of every row that could not be taken.
    package var reject: (Reject) -> Void

    /// How an import is run.
    package init(
        isDry: Bool = false, progress: @escaping (Double) -> Void = { _ in },
        reject: @escaping (Reject) -> Void = { _ in }
    ) {
        self.isDry = isDry
        self.progress = progress
        self.reject = reject
    }
}

extension DataFolder {
    /// Imports accounts from a file: new ones are added, known ones changed where the file says so.
    package func importAccounts(_ path: String, _ run: ImportRun) async throws(FolderError) -> ImportSummary {
        let file = try ImportFile(path: path)
        try ColumnCheck.require("id", in: file.columns, file: path)
        let fields = declaredFields(besides: AccountImport.columns)
        let known = AccountImport.columns + fields.map(\.name)
        try ColumnCheck.refuseUnknown(
            file.columns, known: known, file: path,
            advice: "Accounts have \(known.joined(separator: ", ")), and the fields that a published survey declares.")
        var merge = RecordMerge<AccountID, AccountLine>(
            id: AccountImport.id, current: { self.account($0) },
            read: { (row, current) throws(Reject) in try AccountImport.read(row, current: current, fields: fields) },
            forget: { line in
                var line = line
                line.recorded = nil
                return line
            })
        return try await merge.run(file, run) { (lines: [AccountLine]) throws(FolderError) in
            try await self.upsert(accounts: lines)
        }
    }

    /// Imports contacts from a file: new ones are added, known ones changed where the file says so.
    package func importContacts(_ path: String, _ run: ImportRun) async throws(FolderError) -> ImportSummary {
        let file = try ImportFile(path: path)
        try ColumnCheck.require("id", in: file.columns, file: path)
        let fields = declaredFields(besides: ContactImport.columns)
        let known = ContactImport.columns + fields.map(\.name)
        try ColumnCheck.refuseUnknown(
            file.columns, known: known, file: path,
            advice: "Contacts have \(known.joined(separator: ", ")), and the fields that a published survey declares.")
        var strangers: Set<AccountID> = []
        var merge = RecordMerge<ContactID, ContactLine>(
            id: ContactImport.id, current: { self.contact($0) },
            read: { (row, current) throws(Reject) in
                let contact = try ContactImport.read(row, current: current, fields: fields)
                if let erased = self.erased(contact) {
                    throw Reject(
                        row.line,
                        "this person was erased on \(erased.date) and is not taken in again (heed person erase)")
                }
                if let account = contact.account, self.account(account) == nil { strangers.insert(account) }
                return contact
            },
            forget: { line in
                var line = line
                line.recorded = nil
                return line
            })
        var summary = try await merge.run(file, run) { (lines: [ContactLine]) throws(FolderError) in
            try await self.upsert(contacts: lines)
        }
        if let first = strangers.min() {
            summary.notes.append(
                strangers.count == 1
                    ? "The account \"\(first)\" is named here and not known. Import accounts to see it in reports."
                    : "\(strangers.count) accounts are named here and not known, such as \"\(first)\". Import accounts to see them."
            )
        }
        return summary
    }

    /// What published surveys want to know of whom they ask: columns that people and accounts may bring, once each.
    private func declaredFields(besides own: [String]) -> [FieldDeclaration] {
        var names = Set(own + ["recorded"])
        return catalog.all.flatMap(\.questionnaire.fields).filter { names.insert($0.name).inserted }
    }

    /// Imports events from a file; columns that events do not have are kept as fields.
    package func importEvents(_ path: String, _ run: ImportRun) async throws(FolderError) -> ImportSummary {
        var file = try ImportFile(path: path)
        try ColumnCheck.require("kind", in: file.columns, file: path)
        try ColumnCheck.require("at", in: file.columns, file: path)
        var summary = ImportSummary()
        var identity = RowIdentity("events")
        var known: [String: EventLine] = [:]
        if run.isDry { for event in try events() { known[event.id] = event } }
        var batch: [EventLine] = []
        while let item = try file.next() {
            do throws(Reject) {
                let row = try item.record
                if row.isBlank { continue }
                var event = try EventImport.read(row) { identity.makeID(row).rawValue }
                event.recorded = nil
                if run.isDry {
                    var before = known.updateValue(event, forKey: event.id)
                    before?.recorded = nil
                    summary.count(before == nil ? .added : before == event ? .unchanged : .changed)
                } else {
                    batch.append(event)
                }
            } catch {
                summary.rejected += 1
                run.reject(error)
            }
            if batch.count == ImportBatch.size {
                summary.add(try await append(events: batch))
                batch = []
                run.progress(file.progress)
            }
        }
        if !batch.isEmpty { summary.add(try await append(events: batch)) }
        let others = file.columns.filter { !EventImport.columns.contains($0) && !["fields", "recorded"].contains($0) }
        if !others.isEmpty { summary.notes.append("Kept as fields: \(others.joined(separator: ", ")).") }
        return summary
    }

    /// Imports responses to a survey's live version from a file (DESIGN section 6).
    package func importResponses(
        _ path: String, survey: SurveyID, map: [(column: String, name: String)], _ run: ImportRun
    ) async throws(FolderError) -> ImportSummary {
        guard let live = catalog.live(survey) else {
            throw FolderError(
                .notFound, "The survey \"\(survey)\" is not published. Publish it first: heed publish \(survey)")
        }
        var file = try ImportFile(path: path)
        var reader = try ResponseImport(
            live.questionnaire, columns: file.columns, map: map, now: time.now(), file: path,
            accountOf: { self.contact($0)?.account })
        var summary = ImportSummary()
        var batch: [ResponseLine] = []
        var seen: [ResponseID: ResponseLine] = [:]
        var given = GivenIDs()
        while let item = try file.next() {
            var response: ResponseLine?
            do throws(Reject) {
                let row = try item.record
                if row.isBlank { continue }
                let read = try reader.read(row)
                try given.take(read, row)
                response = read
            } catch {
                summary.rejected += 1
                run.reject(error)
            }
            if let response {
                if run.isDry { summary.count(try change(response, &seen)) } else { batch.append(response) }
            }
            if batch.count == ImportBatch.size {
                summary.add(try await append(imported: batch))
                batch = []
                run.progress(file.progress)
            }
        }
        if !batch.isEmpty { summary.add(try await append(imported: batch)) }
        return summary
    }

    /// What storing a response would do.
    private func change(_ response: ResponseLine, _ seen: inout [ResponseID: ResponseLine]) throws(FolderError)
        -> ImportChange
    {
        let before: ResponseLine?
        if let earlier = seen[response.id] {
            before = earlier
        } else {
            switch try state(of: response.id, survey: response.survey) {
            case .partial(let line, _), .complete(let line): before = line
            case .none, .draft: before = nil
            }
        }
        seen[response.id] = response
        guard let before else { return .added }
        return before.says(theSameAs: response) ? .unchanged : .changed
    }
}

extension ImportFile.Item {
    /// The row, if it can be read.
    fileprivate var record: ImportRecord {
        get throws(Reject) {
            switch self {
            case .record(let record): return record
            case .reject(let reject): throw reject
            }
        }
    }
}

/// What a row does to what is there.
enum ImportChange {
    case added, changed, unchanged
}

/// The ids of a file so far: one that came twice with other answers would be a revision more at every repeat.
private struct GivenIDs {
    /// By a digest of the id, a digest of all that was said.
    private var said: [Int: Int] = [:]

    /// Takes a row's id down; refuses the second row of an id that says something else than the first.
    mutating func take(_ response: ResponseLine, _ row: ImportRecord) throws(Reject) {
        var bytes: [UInt8] = []
        response.append(to: &bytes)
        let digest = bytes.hashValue
        guard let before = said.updateValue(digest, forKey: response.id.hashValue), before != digest else { return }
        throw Reject(
            row.line, "id: \(response.id) stands on an earlier row with other answers; a file gives an id once")
    }
}

/// How many rows are written in one step.
enum ImportBatch {
    static let size = 2000
}

extension ImportSummary {
    mutating func count(_ change: ImportChange) {
        switch change {
        case .added: added += 1
        case .changed: changed += 1
        case .unchanged: unchanged += 1
        }
    }
}

/// Merges rows into records of which each row may say only a part.
private struct RecordMerge<ID: Hashable, Line: RecordLine> {
    let id: (ImportRecord) throws(Reject) -> ID
    let current: (ID) -> Line?
    let read: (ImportRecord, Line?) throws(Reject) -> Line
    /// The line without the moment it was written.
    let forget: (Line) -> Line

    mutating func run(
        _ file: ImportFile, _ run: ImportRun, write: ([Line]) async throws(FolderError) -> UpsertOutcome
    ) async throws(FolderError) -> ImportSummary {
        var file = file
        var summary = ImportSummary()
        // Rows of one batch may concern the same record; a dry run remembers them all.
        var pending: [ID: Line] = [:]
        var order: [ID] = []
        while let item = try file.next() {
            do throws(Reject) {
                let row = try item.record
                if row.isBlank { continue }
                let id = try id(row)
                let before = pending[id] ?? current(id)
                let after = try read(row, before)
                let change: ImportChange = before.map { forget($0) == forget(after) ? .unchanged : .changed } ?? .added
                summary.count(change)
                if change == .unchanged { continue }
                if pending.updateValue(after, forKey: id) == nil { order.append(id) }
            } catch {
                summary.rejected += 1
                run.reject(error)
            }
            if order.count == ImportBatch.size, !run.isDry {
                _ = try await write(order.compactMap { pending[$0] })
                (pending, order) = ([:], [])
                run.progress(file.progress)
            }
        }
        if !order.isEmpty, !run.isDry { _ = try await write(order.compactMap { pending[$0] }) }
        return summary
    }
}
