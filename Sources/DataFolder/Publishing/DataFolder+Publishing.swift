package import Diagnostics
package import Feedback
internal import Journal
package import QuestionnaireModel
internal import Records
package import SurveyCompiler

/// What a publish came to.
package enum PublishOutcome: Sendable, Equatable {
    /// The version is live now.
    case published(SurveyID, SurveyVersion)
    /// The very same definition was live already.
    case unchanged(SurveyID, SurveyVersion)
}

extension DataFolder {
    /// What a definition means for the answers given to every other version that was published and can be read, the
    /// latest first; empty where the definition is the one published last.
    package func changes(
        _ source: SourceText, _ questionnaire: Questionnaire
    ) async throws(FolderError) -> [SurveyDiff] {
        let survey = questionnaire.id
        let versions = try await step { step in
            try step.lines(.published, FolderLogs.key(survey.rawValue)).compactMap { try? PublishedLine($0) }
                .filter { $0.survey == survey }.map(\.version)
        }
        guard versions.last != questionnaire.version else { return [] }
        var seen: Set<SurveyVersion> = [questionnaire.version]
        return versions.reversed().filter { seen.insert($0).inserted }.compactMap {
            changes(since: $0, source, questionnaire)
        }
    }

    /// Makes a compiled definition the one being asked; other bytes under a published version are refused.
    package func publish(
        _ source: SourceText, _ questionnaire: Questionnaire, by: String
    ) async throws(FolderError) -> PublishOutcome {
        let outcome = try await step(weighing: source.bytes.count + 512) { [self] step in
            try publish(source, questionnaire, by: by, step)
        }
        definitions.keep(questionnaire)
        return outcome
    }

    private func publish(
        _ source: SourceText, _ questionnaire: Questionnaire, by: String, _ step: JournalStep
    ) throws -> PublishOutcome {
        let (survey, version) = (questionnaire.id, questionnaire.version)
        let lines = try step.lines(.published, FolderLogs.key(survey.rawValue)).compactMap { try? PublishedLine($0) }
            .filter { $0.survey == survey }
        if let same = lines.last(where: { $0.version == version }), same.digest != questionnaire.digest {
            let next = Self.nextVersion(after: lines.map(\.version))
            let breaks = changes(since: version, source, questionnaire)?.lines(.breaksAnswers) ?? []
            throw FolderError(
                .refused,
                """
                \(source.file) differs from what was published as \(survey) version \(version), and a published version never \
                changes. Give it version="\(next)" and publish it again.
                """
                    + (breaks.isEmpty ? "" : " It would break stored answers:")
                    + breaks.map { "\n  " + $0 }.joined())
        }
        if let live = lines.last, live.version == version, live.state == .open { return .unchanged(survey, version) }
        // The bytes may be there already: from an earlier time, or from a publish that was never finished.
        if try definitions.bytes(survey, version) != source.bytes { try definitions.store(questionnaire, source.bytes) }
        try append(survey, version, questionnaire.digest, .open, by: by, step)
        return .published(survey, version)
    }

    /// Ends a survey: it takes no more answers until it is published again; false when it was closed already.
    @discardableResult
    package func close(_ survey: SurveyID, by: String) async throws(FolderError) -> Bool {
        try await step { [self] step in
            let lines = try step.lines(.published, FolderLogs.key(survey.rawValue)).compactMap {
                try? PublishedLine($0)
            }
            guard let live = lines.last(where: { $0.survey == survey }) else {
                throw FolderError(.notFound, "No survey \(survey) was ever published in \(path).")
            }
            if live.state == .closed { return false }
            try append(survey, live.version, live.digest, .closed, by: by, step)
            return true
        }
    }

    /// What a definition means for the answers given to a published version; nil where that cannot be read.
    private func changes(
        since version: SurveyVersion, _ source: SourceText, _ questionnaire: Questionnaire
    ) -> SurveyDiff? {
        guard let earlier = try? definitions.questionnaire(questionnaire.id, version),
            let bytes = try? definitions.bytes(questionnaire.id, version)
        else { return nil }
        let text = SourceText(file: definitions.path(questionnaire.id, version), bytes: bytes)
        return SurveyDiff(
            from: SurveyDiff.Version(earlier, text), to: SurveyDiff.Version(questionnaire, source))
    }

    private func append(
        _ survey: SurveyID, _ version: SurveyVersion, _ digest: String, _ state: PublishedSurvey.State, by: String,
        _ step: JournalStep
    ) throws(JournalError) {
        let moment = try step.moment(.published)
        let line = PublishedLine(
            survey: survey, version: version, digest: digest, state: state, recorded: moment, by: by)
        try step.append(line, to: .published, at: moment, id: survey.rawValue)
        try step.audit(state == .open ? "publish" : "close", object: "\(survey)/\(version)", by: by)
    }

    /// One more than the greatest whole number among some versions, or the last one with a number behind it.
    private static func nextVersion(after versions: [SurveyVersion]) -> String {
        if let greatest = versions.compactMap({ Int($0.rawValue) }).max() { return String(greatest + 1) }
        return (versions.last?.rawValue ?? "1") + "-2"
    }
}
