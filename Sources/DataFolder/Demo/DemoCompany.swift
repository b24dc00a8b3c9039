package import Diagnostics
internal import Feedback
internal import Journal
package import Markup
internal import QuestionnaireModel
internal import Records
internal import SurveyCompiler

/// A believable company to try heed with: Kettle & Co, forty customers, two years of feedback; the same for a seed and
/// a now.
package enum DemoCompany {
    /// The demo user's name.
    package static let userName = "demo"
    /// The demo user's password: known to everybody, as the whole company is invented.
    package static let password = "kettle-and-company"
    /// The surveys that its customers answered.
    package static let surveys = [
        Survey(id: "relationship", asset: .relationshipSurvey), Survey(id: "post-purchase", asset: .postPurchaseSurvey),
    ]

    /// A survey that its customers answered.
    package struct Survey: Sendable {
        /// Its id.
        package let id: String
        /// Its definition inside the binary.
        package let asset: Asset
    }

    /// What was laid out.
    package struct Summary: Sendable, Equatable {
        /// How many customers.
        package var accounts = 0
        /// How many people there.
        package var contacts = 0
        /// How many events.
        package var events = 0
        /// How many responses.
        package var responses = 0
    }

    /// Where a customer may answer, ready to be clicked on behind the server's address.
    package struct PersonalLink: Sendable, Equatable {
        /// The customer's name.
        package let name: String
        /// The path of the page, from `/` on.
        package let path: String
    }

    /// Lays the company out in a folder that holds no customers yet; publishes the surveys and adds the demo user.
    package static func layOut(
        in folder: DataFolder, surveys sources: [SourceText], seed: UInt64 = 7
    ) async throws(FolderError) -> Summary {
        guard try folder.accounts().isEmpty, try folder.contacts().isEmpty, try folder.surveysWithResponses().isEmpty,
            try folder.events().isEmpty
        else {
            throw FolderError(
                .cannotCreate,
                "\(folder.path) holds customers already. Lay the demonstration out in an empty folder, with --data.")
        }
        let compiler = SurveyCompiler()
        var questionnaires: [String: Questionnaire] = [:]
        for source in sources {
            guard let questionnaire = compiler.compile(source).questionnaire else {
                throw FolderError(.refused, "\(source.file) has errors. See heed compile \(source.file).")
            }
            _ = try await folder.publish(source, questionnaire, by: userName)
            questionnaires[questionnaire.id.rawValue] = questionnaire
        }
        guard let relationship = questionnaires["relationship"], let purchase = questionnaires["post-purchase"] else {
            throw FolderError(
                .notFound, "The demonstration needs the surveys \(surveys.map(\.id).joined(separator: " and ")).")
        }
        var history = DemoHistory(now: folder.time.now(), seed: seed)
        history.write(relationship: relationship, purchase: purchase)
        try await store(history, in: folder)
        try await folder.addUser(userName, password: password, by: userName)
        return Summary(
            accounts: history.accounts.count, contacts: history.contacts.count, events: history.events.count,
            responses: history.responses.count)
    }

    /// A link that Maria has not used up: the first of her links that is not finished, made anew where all are.
    package static func personalLink(in folder: DataFolder) async throws(FolderError) -> PersonalLink? {
        guard let survey = SurveyID("post-purchase"), let id = ContactID(DemoHistory.maria),
            let maria = folder.contact(id), folder.catalog.live(survey)?.isOpen == true
        else { return nil }
        for number in 1...1000 {
            let issued = try await folder.invite(survey, contacts: [id], wave: "demo-\(number)")
            guard case .link(_, let token, _)? = issued.first?.outcome else { continue }
            return PersonalLink(name: maria.name ?? maria.id.rawValue, path: "/s/\(survey)/\(token)")
        }
        return nil
    }

    /// Writes the history as it would have been written while it happened, month by month.
    private static func store(_ history: DemoHistory, in folder: DataFolder) async throws(FolderError) {
        let (accounts, contacts) = (history.accounts, history.contacts)
        try await folder.step(weighing: (accounts.count + contacts.count) * 256) { step in
            for line in accounts {
                try step.append(line, to: .accounts, at: line.recorded ?? step.now, id: line.id.rawValue)
            }
            for line in contacts {
                try step.append(line, to: .contacts, at: line.recorded ?? step.now, id: line.id.rawValue)
            }
        }
        let months = Set(history.events.map(\.at.month) + history.responses.map(\.submitted.month))
        for month in months.sorted() {
            let events = history.events.filter { $0.at.month == month }
            let responses = history.responses.filter { $0.submitted.month == month }
            try await folder.step(weighing: (events.count + responses.count) * 512) { step in
                for event in events { try step.append(event, to: .events, at: event.at, id: event.id) }
                for response in responses {
                    try step.append(response, to: .responses(response.survey), at: response.submitted)
                }
            }
        }
    }
}
