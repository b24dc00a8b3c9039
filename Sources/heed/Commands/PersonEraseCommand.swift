internal import ArgumentParser
internal import DataFolder
internal import Feedback
internal import Markup
internal import Records

/// `heed person erase`: takes a person out of everything that is kept.
struct PersonEraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erases a person: journals, exports, torn lines and caches lose them; their scores stay counted.",
        discussion: """
            First say --dry-run: it shows what was found and names the plan. The same line with --plan instead of --dry-run \
            carries it out, unless something was written meanwhile that changes the plan. What they typed goes, their scores \
            and choices stay under a pseudonym; --keep-words keeps what they typed, --remove-answers keeps nothing. Where \
            others speak of them it must be said what becomes of it. Their opt-out stays, and they are not imported again.
            """)

    /// The form the plan and the certificate are written in.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @ParentCommand var person: PersonCommand

    @Argument(help: ArgumentHelp("The contact's id.", valueName: "contact"))
    var contact: String

    @Flag(help: "Shows what would be done, and names the plan; nothing is changed.")
    var dryRun = false

    @Option(help: ArgumentHelp("The plan that was looked at, as --dry-run names it.", valueName: "digest"))
    var plan: String?

    @Flag(help: "Keeps what they typed too, without their name and address.")
    var keepWords = false

    @Flag(help: "Removes their answers altogether; reports count them no more.")
    var removeAnswers = false

    @Flag(help: "Takes their address and whole name out of what others typed.")
    var redactMentions = false

    @Flag(help: "Leaves what others typed as it is, but for what --redact names.")
    var keepMentions = false

    @Option(help: ArgumentHelp("Takes them out of this text too; may be repeated.", valueName: "mention"))
    var redact: [String] = []

    @Option(help: "Why; kept for ever, so it must not name the person.")
    var reason = "the person asked for it"

    @Option(help: "The form of the plan and the certificate: text or json.")
    var format = Format.text

    func validate() throws {
        if dryRun == (plan != nil) {
            throw ValidationError("Say --dry-run first, and then --plan with the digest that it names.")
        }
        if keepWords, removeAnswers { throw ValidationError("--keep-words and --remove-answers exclude one another.") }
        if redactMentions, keepMentions {
            throw ValidationError("--redact-mentions and --keep-mentions exclude one another.")
        }
    }

    func run() async throws {
        let folders = person.heed.folders
        try await withFolder(folders.data, as: .command) { folder in
            try await PersonCommand.finishErasures(folder, exports: folders.exports)
            let request = ErasureRequest(
                try PersonCommand.contact(contact), kept: keepWords ? .words : removeAnswers ? .nothing : .scores,
                policy: redactMentions ? .redact : keepMentions ? .keep : .undecided, named: Set(redact),
                reason: reason, by: operatorName, exports: folders.exports,
                listedAs: FolderPath.absolute(folders.exports))
            guard let plan else {
                let plan = try await folder.showErasure(request)
                try format == .json
                    ? Terminal.write(ErasureWords.json(plan))
                    : Terminal.print(ErasureWords.text(plan, contact: contact))
                return
            }
            let bar = ProgressBar("Erasing")
            defer { bar.clear() }
            let certificate = try await folder.erase(request, plan: plan) { bar.show($0) }
            bar.clear()
            try format == .json
                ? Terminal.write(ErasureWords.json(certificate)) : Terminal.print(ErasureWords.text(certificate))
        }
    }
}
