internal import Feedback
internal import Journal
internal import QuestionnaireModel
internal import Records
internal import Synchronization

/// Small things that are read whole and swapped whole when their log has grown.
struct FolderSnapshot: Sendable {
    var catalog = SurveyCatalog()
    var catalogGeneration = -1
    /// Published definitions that cannot be used, in words.
    var problems: [String] = []
    var settings = Settings()
    var settingsGeneration = -1
}

extension DataFolder {
    /// Every published survey, as of the last look.
    package var catalog: SurveyCatalog { (try? currentCatalog()) ?? snapshot.withLock { $0.catalog } }

    /// What the operator has set, as of the last look.
    package var settings: Settings { (try? currentSettings()) ?? snapshot.withLock { $0.settings } }

    func currentCatalog() throws(FolderError) -> SurveyCatalog {
        let generation = try generation(.published)
        let known = snapshot.withLock { $0.catalogGeneration == generation ? $0.catalog : nil }
        if let known { return known }
        var live: [SurveyID: PublishedLine] = [:]
        try eachLine(.published) { line in if let line = try? PublishedLine(line) { live[line.survey] = line } }
        var surveys: [SurveyID: PublishedSurvey] = [:]
        var problems: [String] = []
        for line in live.values {
            do throws(FolderError) {
                let questionnaire = try definitions.questionnaire(line.survey, line.version)
                surveys[line.survey] = PublishedSurvey(questionnaire: questionnaire, state: line.state, published: line.recorded)
                guard questionnaire.digest != line.digest else { continue }
                problems.append("\(definitions.path(line.survey, line.version)) was changed after it was published.")
            } catch { problems.append(error.message) }
        }
        let definitions = definitions
        let catalog = SurveyCatalog(surveys) { try? definitions.questionnaire($0, $1) }
        snapshot.withLock {
            $0.catalog = catalog
            $0.catalogGeneration = generation
            $0.problems = problems.sorted()
        }
        return catalog
    }

    func currentSettings() throws(FolderError) -> Settings {
        let generation = try generation(.settings)
        let known = snapshot.withLock { $0.settingsGeneration == generation ? $0.settings : nil }
        if let known { return known }
        var settings = Settings()
        try eachLine(.settings) { line in if let value = try? JSONParser.parse(line) { settings = Settings(value) } }
        snapshot.withLock { [settings] in
            $0.settings = settings
            $0.settingsGeneration = generation
        }
        return settings
    }

    private func generation(_ log: LogName) throws(FolderError) -> Int {
        do { return try journal.generation(log) } catch { throw FolderError(error) }
    }

    func eachLine(_ log: LogName, _ body: (ArraySlice<UInt8>) -> Void) throws(FolderError) {
        do { try journal.eachLine(log, body) } catch { throw FolderError(error) }
    }
}
