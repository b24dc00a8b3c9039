internal import Feedback
internal import FeedbackTestSupport
internal import Journal
internal import Testing

/// Lines of these tests are `id text`, found by the id.
let lineSchema = LogSchema(
    keys: { line, keys in
        guard let space = line.firstIndex(of: 0x20) else { return .unreadable("no id") }
        keys.append(LineKey(line[..<space]))
        return .readable
    },
    moment: { _ in nil })

let log = LogName.monthly("responses/bench")
let november = Timestamp("2026-11-21T10:00:00.000Z") ?? Timestamp(milliseconds: 0)

func makeJournal(
    _ files: any FileSystem, root: String = "data", time: any TimeSource = FixedTime(november), steps: Int = 4096
) -> Journal {
    Journal(root: root, files: files, time: time, steps: steps, patience: 2000, schema: { _ in lineSchema })
}

func makeFiles() throws -> MemoryFiles {
    let files = MemoryFiles()
    try files.makeFolders("data")
    return files
}

extension Journal {
    /// Appends `id text` unless the id is there already; whether it was appended.
    func put(_ id: String, _ text: String = "x", to log: LogName = log) async throws -> Bool {
        try await step { step in
            guard try step.lines(log, LineKey(id)).isEmpty else { return false }
            let moment = try step.moment(log)
            try step.append(to: log, at: moment, keys: [LineKey(id)]) { $0 += "\(id) \(text)\n".utf8 }
            return true
        }
    }

    /// The text of each line of an id.
    func texts(_ id: String, in log: LogName = log) throws -> [String] {
        try lines(log, LineKey(id)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Every line of a log.
    func all(_ log: LogName = log) throws -> [String] {
        var lines: [String] = []
        try eachLine(log) { lines.append(String(decoding: $0, as: UTF8.self)) }
        return lines
    }
}
