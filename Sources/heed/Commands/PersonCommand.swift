internal import AccountReports
internal import ArgumentParser
internal import DataFolder
internal import Feedback
internal import Markup
internal import Records

/// `heed person`: what is held on somebody, and erasing them.
struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person", abstract: "Shows everything that is held on a person, or erases them.",
        subcommands: [PersonShowCommand.self, PersonEraseCommand.self])

    @ParentCommand var heed: Heed

    /// The contact of an id that was given.
    static func contact(_ text: String) throws(FolderError) -> ContactID {
        guard let contact = ContactID(text) else {
            throw FolderError(.notFound, "\"\(text)\" is not a contact's id.")
        }
        return contact
    }

    /// Carries out what an earlier command or server did not live to finish, and says so.
    static func finishErasures(_ folder: DataFolder, exports: String) async throws(FolderError) {
        for certificate in try await folder.finishErasures(exports: exports) {
            let erasure = certificate.erasure
            Terminal.note("The erasure \(erasure.id), which was broken off, is finished: nothing of it is left to do.")
        }
    }
}

/// `heed person show`: everything held on a person.
struct PersonShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Writes everything that is held on a person: as JSON, or as a page to hand to them.",
        discussion: "That it was looked at is written to the audit journal.")

    /// The form it is written in.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case json, html
    }

    @ParentCommand var person: PersonCommand

    @Argument(help: ArgumentHelp("The contact's id.", valueName: "contact"))
    var contact: String

    @Option(help: "The form: json, or html for a page that stands alone.")
    var format = Format.json

    func run() async throws {
        let folders = person.heed.folders
        try await withFolder(folders.data, as: .command) { folder in
            try await PersonCommand.finishErasures(folder, exports: folders.exports)
            let record = try await folder.personRecord(
                try PersonCommand.contact(contact), exports: folders.exports, by: operatorName)
            switch format {
            case .html: try Terminal.write(PersonPage(record.json).render())
            case .json:
                var writer = JSONWriter()
                writer.value(record.json)
                writer.endLine()
                try Terminal.write(writer.bytes)
            }
        }
    }
}
