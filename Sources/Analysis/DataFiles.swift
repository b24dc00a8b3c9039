package import Feedback
internal import FoundationEssentials

/// One file of responses, in the order of its records.
package struct ResponseSegment: Sendable, Hashable {
    /// The survey whose folder it lies in.
    package let survey: SurveyID
    /// Its path.
    package let path: String

    /// One file of responses.
    package init(survey: SurveyID, path: String) {
        self.survey = survey
        self.path = path
    }
}

/// The journals that reports are made from (DESIGN section 5); reading takes no lock and sees a whole prefix of each.
package struct DataFiles: Sendable {
    /// The accounts, if there are any.
    package var accounts: String?
    /// The contacts, if there are any.
    package var contacts: String?
    /// The events, by month and number.
    package var events: [String]
    /// The responses, by survey, month and number.
    package var segments: [ResponseSegment]

    /// The folder for what may be made again at any time; nil where nothing is kept.
    package var cache: String?

    /// The journals named, for data that does not lie in a folder.
    package init(
        accounts: String? = nil, contacts: String? = nil, events: [String] = [], segments: [ResponseSegment] = []
    ) {
        self.accounts = accounts
        self.contacts = contacts
        self.events = events
        self.segments = segments
    }

    /// The journals of a data folder.
    package init(folder: String) throws(AnalysisError) {
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory), isDirectory else {
            throw .noFolder(path: folder)
        }
        func file(_ name: String) -> String? {
            let path = folder + "/" + name
            return FileManager.default.fileExists(atPath: path) ? path : nil
        }
        func names(_ path: String) -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }
        func journals(_ path: String) -> [String] {
            names(path).compactMap { SegmentName(file: $0) }.filter(\.isMonthly).sorted().map { path + "/" + $0.file }
        }
        cache = folder + "/cache"
        accounts = file("accounts.jsonl")
        contacts = file("contacts.jsonl")
        events = journals(folder + "/events")
        let responses = folder + "/responses"
        segments = names(responses).compactMap(SurveyID.init).sorted().flatMap { survey in
            journals(responses + "/" + survey.rawValue).map { ResponseSegment(survey: survey, path: $0) }
        }
    }
}
