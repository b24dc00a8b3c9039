internal import Feedback
internal import Journal
internal import QuestionnaireModel
internal import Records

/// Erasing a person (DESIGN section 10, promise 7).
///
/// An erasure is first written down in `erasures.jsonl` with an HMAC instead of a name, together with the suppression of
/// the address; then exports, torn tails, all journals at once, and the cache lose the person; last it is written down
/// as finished. Each of these may be done again, so that an erasure that was broken off is simply carried out once more.
extension DataFolder {
    /// What an erasure will do; that it was looked at is written down.
    package func showErasure(_ request: ErasureRequest) async throws(FolderError) -> ErasurePlan {
        let plan = try planErasure(request)
        try await audit("person erase --dry-run", object: request.contact.rawValue, by: request.by)
        return plan
    }

    /// What an erasure will do.
    func planErasure(_ request: ErasureRequest) throws(FolderError) -> ErasurePlan {
        let findings = try found(request.contact)
        let scrub = try makeScrub(findings, request.kept, request.choice)
        let known = Set(findings.mentions.map(\.id))
        if let stranger = request.named.subtracting(known).min() {
            throw FolderError(
                .notFound, "There is no mention \(stranger). They are listed by heed person erase CONTACT --dry-run.")
        }
        if scrub.isNamed(in: request.reason) || scrub.terms.hits(in: request.reason).count > 0 {
            throw FolderError(.refused, "The reason is kept for ever, so it must not name the person.")
        }
        do {
            let exports = try ExportScrub(scrub: scrub, files: files).find(in: request.exports)
            return ErasurePlan(
                request, findings, exports: exports, quarantine: try tornTails(naming: findings))
        } catch { throw FolderError(error) }
    }

    /// Erases a person as a plan says that was looked at; refused when the plan would be another by now.
    package func erase(
        _ request: ErasureRequest, plan digest: String, progress: (Double) -> Void = { _ in }
    ) async throws(FolderError) -> ErasureCertificate {
        let plan = try planErasure(request)
        guard plan.digest == digest else {
            throw FolderError(
                .refused,
                "The plan is \(plan.digest) now, not \(digest): the data or what was asked has changed. Look at it again with --dry-run."
            )
        }
        guard plan.isDecided else {
            throw FolderError(
                .refused,
                "Others speak of the person in \(plan.mentions.count) texts. Say --redact-mentions, --keep-mentions, or --redact with the name of each."
            )
        }
        let secrets = try erasingSecrets()
        let id = ids.makeSortable(at: time.now()).rawValue
        let line = try await begin { moment in
            ErasureLine(
                id: id, person: secrets.personKey(request.contact), key: secrets.fingerprint, kept: request.kept,
                mentions: request.choice, reason: request.reason, by: request.by,
                exports: request.listedExports, recorded: moment)
        }
        return try await carryOut(line, contact: request.contact, exports: request.exports, progress: progress)
    }

    /// Erasures that were begun and not finished, the first one first.
    package func unfinishedErasures() throws(FolderError) -> [ErasureLine] {
        var last: [String: ErasureLine] = [:]
        var order: [String] = []
        try eachLine(.erasures) { bytes in
            guard let line = try? ErasureLine(bytes) else { return }
            if last.updateValue(line, forKey: line.id) == nil { order.append(line.id) }
        }
        return order.compactMap { last[$0] }.filter { $0.state == .begun }
    }

    /// Carries out what was begun and not finished, in the exports it was decided on where they still are.
    package func finishErasures(exports: String) async throws(FolderError) -> [ErasureCertificate] {
        var certificates: [ErasureCertificate] = []
        let fingerprint = try erasingSecrets().fingerprint
        for line in try unfinishedErasures() where line.key == fingerprint {
            var folder = exports
            do throws(FileError) {
                if let decided = line.exports, try files.status(decided)?.isFolder == true { folder = decided }
            } catch { throw FolderError(error) }
            certificates.append(try await carryOut(line, contact: nil, exports: folder))
        }
        return certificates
    }

    func begin(_ make: @escaping @Sendable (Timestamp) -> ErasureLine) async throws(FolderError) -> ErasureLine {
        try await step { step in
            let line = make(try step.moment(.erasures))
            try step.append(line, to: .erasures, at: line.recorded, id: line.person)
            // From now on nobody invites them while the rest is done.
            try step.suppress(line.person)
            return line
        }
    }

    /// Does all of it that is not done yet; `contact` is nil where only the HMAC is known.
    func carryOut(
        _ line: ErasureLine, contact: ContactID?, exports: String, progress: (Double) -> Void = { _ in }
    ) async throws(FolderError) -> ErasureCertificate {
        // What others wrote a moment ago counts too.
        try await refresh()
        let contact = if let contact { contact } else { try self.contact(knownAs: line.person) }
        var work = ErasureWork()
        if let contact {
            let findings = try self.findings(contact)
            let scrub = try makeScrub(findings, line.kept, line.choice)
            try await suppress(findings, line)
            do {
                let scrubber = ExportScrub(scrub: scrub, files: files)
                for export in try scrubber.find(in: exports) {
                    work.exports.append(export)
                    if export.problem == nil { try scrubber.rewrite(export.path) }
                }
                work.quarantine = try tornTails(naming: findings)
                for torn in work.quarantine { try files.remove(path + "/" + torn) }
                if !work.quarantine.isEmpty { try files.syncFolder(path + "/quarantine") }
            } catch { throw FolderError(error) }
            work.segments = try rewrite(
                try personalLogs(), because: "erasure \(line.id)", progress: progress
            ) { scrub.fate(of: $0, $1) }
            work.scrub = scrub
        }
        try emptyCache()
        if let scrub = work.scrub { try search(scrub, exports: exports, &work) }
        return try await finish(line, work)
    }

    /// Rewrites those of some journals in which a line has another fate than to stay: all of them at once, or none.
    func rewrite(
        _ logs: [LogName], because reason: String, progress: (Double) -> Void = { _ in },
        _ fate: (LogName, ArraySlice<UInt8>) throws -> LineFate
    ) throws(FolderError) -> [RewrittenSegment] {
        let rewriter = SegmentRewriter(root: path, files: files, time: time)
        do {
            return try rewriter.rewrite(logs, because: reason, progress: progress, fate)
        } catch { throw FolderError(error) }
    }

    private func found(_ contact: ContactID) throws(FolderError) -> PersonFindings {
        let findings = try self.findings(contact)
        guard findings.isEmpty else { return findings }
        if let secrets, let erasure = try erasure(of: contact, secrets) {
            throw FolderError(.notFound, "\(contact) was erased on \(erasure.recorded.date); nothing is held on them.")
        }
        throw FolderError(.notFound, "Nothing is held on a contact \(contact). Check the id.")
    }

    private func erasure(of contact: ContactID, _ secrets: Secrets) throws(FolderError) -> ErasureLine? {
        do { return try journal.last(.erasures, secrets.personKey(contact)) { $0.person } } catch {
            throw FolderError(error)
        }
    }

    func makeScrub(
        _ findings: PersonFindings, _ kept: KeptAnswers, _ mentions: MentionChoice
    ) throws(FolderError) -> LineScrub {
        let definitions = definitions
        return LineScrub(
            terms: findings.terms, responses: findings.responses, sieve: findings.sieve, kept: kept, mentions: mentions,
            secrets: try erasingSecrets(), questionnaire: { try? definitions.questionnaire($0, $1) }
        ) { [self] survey, id in
            ((survey.map { [$0] } ?? (try? surveysWithResponses())) ?? []).contains { survey in
                if case .some(.none) = try? state(of: id, survey: survey) { return false }
                return true
            }
        }
    }

    private func erasingSecrets() throws(FolderError) -> Secrets {
        guard let secrets else {
            throw FolderError(.notFound, "\(path)/secret is missing; without it nobody can be erased. Restore it.")
        }
        return secrets
    }

    /// The contact that an erasure is of, if any line still names them.
    private func contact(knownAs person: String) throws(FolderError) -> ContactID? {
        let secrets = try erasingSecrets()
        var checked: Set<ContactID> = []
        var found: ContactID?
        for log in try personalLogs() where found == nil && !log.isOperators {
            let key = log == .contacts ? "id" : log == .audit ? "object" : "contact"
            try eachLine(log) { line in
                guard found == nil, let id = (try? JSONParser.parse(line))?[key]?.string.flatMap(ContactID.init),
                    checked.insert(id).inserted
                else { return }
                if secrets.personKey(id) == person { found = id }
            }
        }
        return found
    }

    /// Has the person and their addresses never asked again, under names that tell nothing.
    ///
    /// An address that somebody else has too stays theirs.
    private func suppress(_ findings: PersonFindings, _ line: ErasureLine) async throws(FolderError) {
        guard let secrets else { return }
        let addressKey = { (address: String) in secrets.addressKey(address).map { "address:" + $0 } }
        let shared = Set(
            try contacts().filter { $0.id != findings.terms.id }.compactMap { $0.email.flatMap(addressKey) })
        let keys = findings.terms.addresses.compactMap(addressKey).filter { !shared.contains($0) }
        try await step { step in for key in [line.person] + keys { try step.suppress(key) } }
    }

    private func finish(_ line: ErasureLine, _ work: ErasureWork) async throws(FolderError) -> ErasureCertificate {
        let finished = try await step { step in
            var done = line
            done.state = .finished
            done.exports = nil
            done.removed = work.segments.reduce(0) { $0 + $1.dropped }
            done.changed = work.segments.reduce(0) { $0 + $1.replaced }
            done.recorded = try step.moment(.erasures)
            try step.append(done, to: .erasures, at: done.recorded, id: done.person)
            try step.audit("person erase", object: line.id, by: line.by)
            return done
        }
        return ErasureCertificate(
            erasure: finished, segments: work.segments.map { ($0.segment, $0.dropped, $0.replaced) },
            exports: work.exports, quarantine: work.quarantine, remaining: work.remaining, searched: work.searched,
            backups: try backups().filter { $0.made <= finished.recorded })
    }
}

extension JournalStep {
    /// Has a person or an address never asked again.
    fileprivate func suppress(_ key: String) throws(JournalError) {
        let before: SuppressionLine? = try last(.suppressions, key) { $0.key }
        if before?.kind == SuppressionLine.erasure { return }
        let moment = try moment(.suppressions)
        let line = SuppressionLine(key: key, kind: SuppressionLine.erasure, recorded: moment)
        try append(line, to: .suppressions, at: moment, id: key)
    }
}

/// What an erasure has come to so far.
struct ErasureWork: Sendable {
    var scrub: LineScrub?
    var segments: [RewrittenSegment] = []
    var exports: [PersonalExport] = []
    var quarantine: [String] = []
    var remaining: [String] = []
    var searched = 0
}
