internal import Feedback
internal import Journal
internal import QuestionnaireModel
internal import Records
internal import Synchronization

/// Small things that are read whole and swapped whole when their log has grown.
struct FolderSnapshot: Sendable {
    var catalog = SurveyCatalog()
    /// What the journal of publishing looked like when it was read; nil before it was.
    var catalogSeen: [FileStatus]?
    /// The catalog as last read under the lock, with the generation of its journal.
    var decided: (generation: Int, catalog: SurveyCatalog)?
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

    /// Every published survey as of this very moment: the file is looked at each time, and read when it is another.
    ///
    /// Read without the lock, so that a page needs not wait for a batch; whoever decides has looked under it.
    func currentCatalog() throws(FolderError) -> SurveyCatalog {
        var paths: [String]
        do { paths = try journal.segments(.published).map(\.path) } catch { throw FolderError(error) }
        if paths.isEmpty { paths = [path + "/published.jsonl"] }
        var seen: [FileStatus] = []
        do { for path in paths { if let status = try files.status(path) { seen.append(status) } } } catch {
            throw FolderError(error)
        }
        let known = snapshot.withLock { [seen] in $0.catalogSeen == seen ? $0.catalog : nil }
        if let known { return known }
        var live: [SurveyID: PublishedLine] = [:]
        do {
            for (path, status) in zip(paths, seen) {
                _ = try LineScanner.scan(try files.open(path, .reading), from: 0, to: status.size) { line in
                    if let line = try? PublishedLine(line.bytes) { live[line.survey] = line }
                }
            }
        } catch { throw FolderError(error) }
        return take(live, seen: seen)
    }

    /// Every published survey as the journal has it in this step.
    func catalog(in step: JournalStep) throws -> SurveyCatalog {
        let generation = try step.generation(.published)
        if let decided = snapshot.withLock({ $0.decided }), decided.generation == generation { return decided.catalog }
        let catalog = try currentCatalog()
        snapshot.withLock { $0.decided = (generation, catalog) }
        return catalog
    }

    private func take(_ live: [SurveyID: PublishedLine], seen: [FileStatus]) -> SurveyCatalog {
        var surveys: [SurveyID: PublishedSurvey] = [:]
        var problems: [String] = []
        for line in live.values {
            do throws(FolderError) {
                let questionnaire = try definitions.questionnaire(line.survey, line.version)
                surveys[line.survey] = PublishedSurvey(
                    questionnaire: questionnaire, state: line.state, published: line.recorded)
                guard questionnaire.digest != line.digest else { continue }
                problems.append("\(definitions.path(line.survey, line.version)) was changed after it was published.")
            } catch { problems.append(error.message) }
        }
        let definitions = definitions
        let catalog = SurveyCatalog(surveys) { try? definitions.questionnaire($0, $1) }
        snapshot.withLock {
            $0.catalog = catalog
            $0.catalogSeen = seen
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
