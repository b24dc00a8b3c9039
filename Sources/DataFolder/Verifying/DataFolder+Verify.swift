package import ArchiveExport
internal import Feedback
internal import Journal
internal import QuestionnaireModel
internal import Records

extension DataFolder {
    /// Proves what can be proven of a data folder: every line readable, every definition the one that was published, every
    /// sealed byte the one that was sealed, and of a backup every byte the one that was copied.
    ///
    /// `head` is the head of the chain of seals as it was kept elsewhere.
    package func verify(
        head: String? = nil, progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) async throws(FolderError) -> Verification {
        var result = Verification(path: path)
        try verifyBackup(&result) { progress($0 * 0.3) }
        try verifySeals(&result, head: head) { progress(0.3 + $0 * 0.3) }
        let versions = try verifyDefinitions(&result)
        var lines = 0
        for log in LogName.common { lines += try verify(log, &result) }
        if versions > 0, secrets == nil {
            result.problems.append("\(path)/secret is missing: no link that was sent works. Restore it from a backup.")
        }
        var responses = 0
        let surveys = try surveysWithResponses()
        for (index, survey) in surveys.enumerated() {
            responses += try await verifyResponses(of: survey, &result) { share in
                progress(0.6 + 0.4 * (Double(index) + share) / Double(surveys.count))
            }
        }
        guard result.isSound else { return result }
        result.proven.append(
            "Every line can be read: \(responses) responses to \(surveys.count) surveys, and \(lines) others.")
        result.proven.append(
            "Each of the \(versions) published definitions is the one that its digest names, and compiles.")
        result.proven.append("Every response belongs to a survey and version that was published.")
        return result
    }

    private func verifyDefinitions(_ result: inout Verification) throws(FolderError) -> Int {
        var seen: Set<String> = []
        var lines: [PublishedLine] = []
        try eachLine(.published) { bytes in
            guard let line = try? PublishedLine(bytes), seen.insert("\(line.survey)/\(line.version)").inserted else {
                return
            }
            lines.append(line)
        }
        for line in lines {
            do throws(FolderError) {
                let questionnaire = try definitions.questionnaire(line.survey, line.version)
                if questionnaire.digest != line.digest {
                    result.problems.append(
                        "\(definitions.path(line.survey, line.version)) was changed after it was published.")
                }
            } catch { result.problems.append(error.message) }
        }
        return lines.count
    }

    /// Reads the lines of a log as what they are; says how many can be.
    private func verify(_ log: LogName, _ result: inout Verification) throws(FolderError) -> Int {
        let paths: [String]
        do { paths = try journal.segments(log).map(\.path) } catch { throw FolderError(error) }
        var count = 0
        for path in paths {
            var reader = JSONLReader(try ByteChunks(path: path))
            while let item = try reader.next() {
                if reader.isUnfinished {
                    result.note(unfinished: path)
                    continue
                }
                switch item {
                case .reject(let reject): result.problems.append("\(path):\(reject.line): \(reject.reason)")
                case .record(let record):
                    do throws(LineError) {
                        try Self.read(.object(record.cells), of: log)
                        count += 1
                    } catch { result.problems.append("\(path):\(record.line): \(error.reason)") }
                }
            }
        }
        return count
    }

    private static func read(_ value: JSONValue, of log: LogName) throws(LineError) {
        switch log {
        case .accounts: _ = try AccountLine(value)
        case .backups: _ = try BackupLine(value)
        case .contacts: _ = try ContactLine(value)
        case .events: _ = try EventLine(value)
        case .invitations: _ = try InvitationLine(value)
        case .published: _ = try PublishedLine(value)
        case .suppressions: _ = try SuppressionLine(value)
        case .users: _ = try UserLine(value)
        case .drafts:
            var writer = JSONWriter()
            writer.value(value)
            _ = try DraftLine(writer.bytes)
        default: break
        }
    }

    private func verifyResponses(
        of survey: SurveyID, _ result: inout Verification, progress: @Sendable (Double) -> Void
    ) async throws(FolderError) -> Int {
        // Exporting to nowhere reads every line as an archive would.
        let (job, segments): (ExportJob, Segments)
        do throws(FolderError) { (job, segments) = try exportJob(survey, since: nil, until: nil, generator: "") } catch
        {
            // Without its definitions nothing can be said of a survey's responses.
            if !result.problems.contains(error.message) { result.problems.append(error.message) }
            return 0
        }
        for (path, _) in segments.unfinished { result.note(unfinished: path) }
        guard let exporter = Exporter(job, format: "jsonl", segments: segments) else { return 0 }
        let summary: ExportSummary
        do { summary = try await exporter.run(to: NoSink(), progress: progress) } catch { throw FolderError(error) }
        result.problems += summary.unreadable
        if summary.unreadableCount > summary.unreadable.count {
            result.problems.append(
                "\(path)/responses/\(survey): \(summary.unreadableCount - summary.unreadable.count) more lines cannot be read."
            )
        }
        if summary.undefined > 0 {
            result.problems.append(
                "\(path)/responses/\(survey): \(summary.undefined) responses are to a version that was never published here."
            )
        }
        return summary.responses
    }
}

extension Verification {
    /// A line that is not finished was never acknowledged: torn in a crash, or being written just now.
    fileprivate mutating func note(unfinished path: String) {
        notProven.append(
            "The last line of \(path) is not finished. It was never acknowledged; the next write cuts it off.")
    }
}
