internal import ArgumentParser
internal import DataFolder

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// `heed user`: who may sign in to the workspace.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Adds, removes and lists those who may sign in to the workspace.")

    /// What is to be done.
    enum Action: String, ExpressibleByArgument, CaseIterable {
        case add, remove, list
    }

    @ParentCommand var heed: Heed

    @Argument(help: ArgumentHelp("add (or change the password), remove, or list.", valueName: "action"))
    var action: Action

    @Argument(help: ArgumentHelp("The name to sign in with.", valueName: "name"))
    var name: String?

    func validate() throws {
        if action != .list, name == nil { throw ValidationError("Name the user: heed user \(action.rawValue) NAME.") }
    }

    func run() async throws {
        let password = action == .add ? try Self.password() : nil
        try await withFolder(heed.folders.data, as: action == .list ? .reading : .command) { folder in
            switch (action, name, password) {
            case (.add, let name?, let password?):
                try await folder.addUser(name, password: password, by: operatorName)
                try Terminal.print("\(name) may sign in.")
            case (.remove, let name?, _):
                try await folder.removeUser(name, by: operatorName)
                try Terminal.print("\(name) may not sign in any more.")
            default: for user in try folder.users() { try Terminal.print(user) }
            }
        }
    }

    /// The password: asked for twice at a terminal, without showing it; else the first line of standard input.
    private static func password() throws -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            guard let line = readLine(), !line.isEmpty else {
                throw ValidationError("Write the password to standard input, on a line of its own.")
            }
            return line
        }
        var before = termios()
        tcgetattr(STDIN_FILENO, &before)
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }
        Terminal.note("Password:")
        let first = readLine() ?? ""
        Terminal.note("Once more:")
        guard let second = readLine(), first == second else {
            throw ValidationError("The two passwords differ. Nothing was changed.")
        }
        return first
    }
}
