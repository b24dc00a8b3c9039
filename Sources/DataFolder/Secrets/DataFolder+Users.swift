internal import Feedback
internal import Journal
internal import Records

extension DataFolder {
    /// The fewest characters of a password (NIST SP 800-63B asks for 8 or more).
    package static let shortestPassword = 10

    /// Adds a user who may sign in, or changes their password.
    package func addUser(_ name: String, password: String, by: String) async throws(FolderError) {
        guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw FolderError(.refused, "A user's name has 1 to 64 characters without spaces; \"\(name)\" has not.")
        }
        guard password.count >= Self.shortestPassword else {
            throw FolderError(
                .refused, "The password is too short. Give it \(Self.shortestPassword) characters or more.")
        }
        // Slow on purpose, so not in the serial step.
        let hash = PasswordHash(password: password)
        try await step { step in
            let moment = try step.moment(.users)
            let line = UserLine(name: name, hash: hash, state: .active, recorded: moment)
            try step.append(line, to: .users, at: moment, id: name)
            try step.audit("user add", object: name, by: by)
        }
    }

    /// Takes a user's sign-in away.
    package func removeUser(_ name: String, by: String) async throws(FolderError) {
        try await step { step in
            let before: UserLine? = try step.last(.users, name, \.name)
            guard before?.state == .active else { throw FolderError(.notFound, "There is no user \(name).") }
            let moment = try step.moment(.users)
            let line = UserLine(name: name, hash: nil, state: .removed, recorded: moment)
            try step.append(line, to: .users, at: moment, id: name)
            try step.audit("user remove", object: name, by: by)
        }
    }

    /// Names of the users who may sign in, sorted.
    package func users() throws(FolderError) -> [String] {
        var names: Set<String> = []
        try eachLine(.users) { bytes in
            guard let line = try? UserLine(bytes) else { return }
            if line.state == .active { names.insert(line.name) } else { names.remove(line.name) }
        }
        return names.sorted()
    }

    /// Whether a name and password belong together; takes as long for unknown names.
    ///
    /// Some tenths of a second on purpose, and 32 MiB meanwhile: callers let few do it at a time.
    package func verify(user name: String, password: String) throws(FolderError) -> Bool {
        var line: UserLine?
        do {
            line = try journal.last(.users, name, \.name)
            if line?.state != .active {
                // A command beside this process may just have added them.
                try journal.lookForNews(.users)
                line = try journal.last(.users, name, \.name)
            }
        } catch { throw FolderError(error) }
        guard let line, line.state == .active, let hash = line.hash else {
            _ = PasswordHash.nobody.matches(password)
            return false
        }
        return hash.matches(password)
    }
}
