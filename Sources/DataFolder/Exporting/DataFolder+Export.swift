package import ArchiveExport
package import Feedback
internal import Journal
internal import Records

extension DataFolder {
    /// Everything an export of a survey needs: every version ever published, the people's journals and the segments.
    package func exportJob(
        _ survey: SurveyID, since: Timestamp?, until: Timestamp?, generator: String
    ) throws(FolderError) -> (job: ExportJob, segments: Segments) {
        var versions: [SurveyVersion] = []
        try eachLine(.published) { bytes in
            guard let line = try? PublishedLine(bytes), line.survey == survey, !versions.contains(line.version) else {
                return
            }
            versions.append(line.version)
        }
        let paths = try responseSegments(of: survey)
        guard !versions.isEmpty || !paths.isEmpty else {
            throw FolderError(.notFound, "There is no survey \"\(survey)\" in \(path): it was never published here.")
        }
        var published: [PublishedDefinition] = []
        for version in versions {
            guard let source = try definitions.bytes(survey, version) else {
                throw FolderError(
                    .notFound,
                    "\(definitions.path(survey, version)) is missing, though it was published. Restore it from a backup."
                )
            }
            published.append(
                PublishedDefinition(questionnaire: try definitions.questionnaire(survey, version), source: source))
        }
        let job = ExportJob(
            survey: survey, definitions: published, accountsPath: path + "/accounts.jsonl",
            contactsPath: path + "/contacts.jsonl", since: since, until: until, made: time.now(), generator: generator)
        do { return (job, try Segments(paths)) } catch { throw FolderError(error) }
    }
}

extension FolderError {
    /// What to say of a failed export or verification.
    package init(_ error: ExportError) {
        let kind: Kind =
            switch error {
            case .cannotRead(_, let code): code == 2 ? .notFound : .inputOutput
            case .cannotCreate, .notOurs: .cannotCreate
            case .cannotWrite: .inputOutput
            case .newer: .refused
            }
        self.init(kind, error.description)
    }
}
