internal import Diagnostics
internal import Feedback
internal import Journal
internal import QuestionnaireModel
internal import SurveyCompiler
internal import Synchronization

/// The published definitions of a folder, compiled when first asked for and kept.
final class Definitions: Sendable {
    private struct Name: Hashable {
        let survey: SurveyID
        let version: SurveyVersion
    }

    private let root: String
    private let files: any FileSystem
    private let compiled = Mutex<[Name: Questionnaire]>([:])
    private let compiler = Mutex<SurveyCompiler?>(nil)

    init(root: String, files: any FileSystem) {
        self.root = root
        self.files = files
    }

    /// Where a version's bytes are.
    func path(_ survey: SurveyID, _ version: SurveyVersion) -> String {
        "\(root)/definitions/\(survey)/\(version).xml"
    }

    /// A version, compiled; why not, in words, when it cannot be read.
    func questionnaire(_ survey: SurveyID, _ version: SurveyVersion) throws(FolderError) -> Questionnaire {
        let name = Name(survey: survey, version: version)
        if let known = compiled.withLock({ $0[name] }) { return known }
        let path = path(survey, version)
        let bytes: [UInt8]?
        do { bytes = try files.contents(of: path) } catch { throw FolderError(error) }
        guard let bytes else {
            throw FolderError(.notFound, "\(path) is missing, though it was published. Restore it from a backup.")
        }
        let compiler = compiler.withLock { known in
            let compiler = known ?? SurveyCompiler()
            known = compiler
            return compiler
        }
        let result = compiler.published(SourceText(file: path, bytes: bytes))
        guard let questionnaire = result.questionnaire else {
            let reason =
                result.diagnostics.first.map { "\($0.position.line):\($0.position.column): \($0.message)" } ?? ""
            throw FolderError(.refused, "\(path) does not compile, though it was published: \(reason)")
        }
        keep(questionnaire)
        return questionnaire
    }

    /// Remembers a version that was just compiled.
    func keep(_ questionnaire: Questionnaire) {
        let name = Name(survey: questionnaire.id, version: questionnaire.version)
        compiled.withLock { $0[name] = questionnaire }
    }

    /// Puts a version's bytes in place, durably.
    func store(_ questionnaire: Questionnaire, _ bytes: [UInt8]) throws(FolderError) {
        do {
            try files.makeFolders("definitions/\(questionnaire.id)", in: root)
            try files.replace(path(questionnaire.id, questionnaire.version), with: bytes)
        } catch { throw FolderError(error) }
    }

    /// The stored bytes of a version, if there are any.
    func bytes(_ survey: SurveyID, _ version: SurveyVersion) throws(FolderError) -> [UInt8]? {
        do { return try files.contents(of: path(survey, version)) } catch { throw FolderError(error) }
    }
}
