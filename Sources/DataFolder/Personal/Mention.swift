internal import Journal
internal import Records

/// A text of somebody else in which the person is spoken of.
package struct Mention: Sendable, Equatable {
    /// What it is called on the command line: the journal, the record's id and the field.
    package let id: String
    /// The text as it stands there.
    package let text: String
    /// Whether it holds the person's address or whole name, and not just one of their names.
    package let isCertain: Bool
}

/// The texts of a line that people have typed, with what each is called.
enum TypedTexts {
    /// Keys whose values are codes, times and names of things, never prose.
    private static let codes: Set<String> = [
        "v", "id", "survey", "version", "account", "contact", "role", "wave", "channel", "language", "state", "kind",
        "currency", "rule", "status", "response", "recorded", "submitted", "started", "expires", "at", "due", "action",
        "key", "revision", "complete", "pages", "owner", "renewal", "since", "tier", "person", "by", "object",
    ]

    /// Calls back for each text of a line with its path below the line: the question's id for an answer.
    static func each(in line: JSONValue, of log: LogName, _ body: (_ path: String, _ text: String) -> Void) {
        for member in line.members ?? [] where !isCode(member.key, in: log) {
            let path = member.key == "answers" ? "" : member.key
            each(member.value, path) { body($0, $1) }
        }
    }

    /// The line with each text put through a closure.
    static func mapped(
        _ line: JSONValue, of log: LogName, _ change: (_ path: String, _ text: String) -> String
    ) -> JSONValue {
        .object(
            (line.members ?? []).map { member in
                if isCode(member.key, in: log) { return member }
                return .init(member.key, mapped(member.value, member.key == "answers" ? "" : member.key, change))
            })
    }

    private static func isCode(_ key: String, in log: LogName) -> Bool {
        // A contact's own name and address are theirs, whoever else bears them.
        codes.contains(key) || log == .contacts && ["name", "email"].contains(key)
    }

    private static func each(_ value: JSONValue, _ path: String, _ body: (String, String) -> Void) {
        switch value {
        case .string(let text): body(path, text)
        case .array(let elements): for element in elements { each(element, path, body) }
        case .object(let members):
            for member in members { each(member.value, path.isEmpty ? member.key : "\(path).\(member.key)", body) }
        case .null, .boolean, .number: break
        }
    }

    private static func mapped(_ value: JSONValue, _ path: String, _ change: (String, String) -> String) -> JSONValue {
        switch value {
        case .string(let text): .string(change(path, text))
        case .array(let elements): .array(elements.map { mapped($0, path, change) })
        case .object(let members):
            .object(
                members.map { .init($0.key, mapped($0.value, path.isEmpty ? $0.key : "\(path).\($0.key)", change)) })
        case .null, .boolean, .number: value
        }
    }

    /// What a text is called: `trip:01K…#reason`, `events:e17#note`.
    static func name(of path: String, in line: JSONValue, of log: LogName) -> String {
        let journal = log.stem ?? log.folder.split(separator: "/").last.map(String.init) ?? log.folder
        return "\(journal):\(line["id"]?.string ?? line["object"]?.string ?? "")#\(path)"
    }
}
