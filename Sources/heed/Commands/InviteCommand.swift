internal import ArgumentParser
internal import DataFolder
internal import Feedback
internal import Markup
internal import Records

/// `heed invite`: personal links for the contacts that may be asked.
struct InviteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite",
        abstract: "Makes personal links for contacts, as CSV on standard output.",
        discussion:
            "Unique by survey, contact and wave: a repeat gives the same links. Who is not asked is named beside it, with the reason."
    )

    @ParentCommand var heed: Heed

    @Argument(help: ArgumentHelp("The survey's id.", valueName: "survey"))
    var survey: String

    @Flag(help: "Write the links as CSV; the one way there is so far.")
    var links = false

    @Option(help: ArgumentHelp("Only this contact; may be repeated.", valueName: "id"))
    var contact: [String] = []

    @Option(help: "The wave, such as 2026Q4; each wave asks once.")
    var wave: String?

    @Option(help: "The address customers reach heed by.")
    var publicURL = "http://127.0.0.1:8080"

    func validate() throws {
        guard links else {
            throw ValidationError("Say --links: heed writes the links as CSV, for your own mail program to send.")
        }
    }

    func run() async throws {
        try await withFolder(heed.folders.data, as: .existing) { folder in
            guard let id = SurveyID(survey) else { throw FolderError(.notFound, "\"\(survey)\" is not a survey's id.") }
            var wanted: [ContactID] = []
            for text in contact {
                guard let contact = ContactID(text) else {
                    throw FolderError(.notFound, "\"\(text)\" is not a contact's id.")
                }
                wanted.append(contact)
            }
            let issued = try await folder.invite(id, contacts: wanted.isEmpty ? nil : wanted, wave: wave)
            var table = CSVWriter.record(["contact", "account", "name", "email", "language", "expires", "link"])
            let base = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
            var skipped = 0
            for invitation in issued {
                let person = invitation.contact
                switch invitation.outcome {
                case .link(let line, let token, _):
                    let cells = [
                        person.id.rawValue, person.account?.rawValue, person.name, person.email,
                        person.language?.rawValue,
                        line.expires?.description,
                    ]
                    table += CSVWriter.record(
                        cells.map { CSVWriter.safe($0 ?? "") } + ["\(base)/s/\(id)/\(token)"])
                case .skipped(let reason):
                    skipped += 1
                    Terminal.note("\(person.id) is not asked: \(reason).")
                }
            }
            try Terminal.write(table)
            Terminal.note("\(issued.count - skipped) links, \(skipped) not asked.")
        }
    }
}
