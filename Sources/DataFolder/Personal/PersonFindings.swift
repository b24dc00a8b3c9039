internal import Feedback
internal import Journal
internal import Records

/// Everything in a data folder that is about one person, or speaks of them.
struct PersonFindings: Sendable {
    /// A line, and where it stands.
    struct Line: Sendable {
        let log: LogName
        /// The file below the data folder, with the number of the line.
        let place: String
        let value: JSONValue
    }

    let terms: PersonTerms
    /// The person's invitations and responses, by survey.
    let responses: [SurveyID: Set<ResponseID>]
    /// Holds back lines that are not theirs and do not speak of them.
    let sieve: LineSieve
    /// The person's lines in journal order, by how they belong to them.
    var contacts: [Line] = []
    var invitations: [Line] = []
    var drafts: [Line] = []
    var answered: [Line] = []
    var events: [Line] = []
    var cases: [Line] = []
    var suppressions: [Line] = []
    var audit: [Line] = []
    /// Texts of others that speak of the person, each once.
    var mentions: [Mention] = []
    /// Lines that cannot be read and name the person, by place.
    var unreadable: [String] = []

    /// Whether the folder holds nothing of anybody of that id.
    var isEmpty: Bool {
        [contacts, invitations, drafts, answered, events, cases].allSatisfy(\.isEmpty)
            && !suppressions.contains { $0.value["key"]?.string?.hasPrefix("contact:") == true }
    }

    init(_ terms: PersonTerms, responses: [SurveyID: Set<ResponseID>]) {
        self.terms = terms
        self.responses = responses
        sieve = LineSieve(terms, responses: responses)
    }

    mutating func add(_ line: Line, _ own: LineScrub.Own) {
        switch own {
        case .contact: contacts.append(line)
        case .invitation: invitations.append(line)
        case .draft: drafts.append(line)
        case .response: answered.append(line)
        case .event: events.append(line)
        case .caseOf: cases.append(line)
        case .suppression: suppressions.append(line)
        case .audit: audit.append(line)
        }
    }

    /// Takes in the texts of a line of somebody else.
    mutating func addMentions(of line: JSONValue, _ log: LogName) {
        if log.isOperators { return }
        TypedTexts.each(in: line, of: log) { path, text in
            let hits = terms.hits(in: text)
            if hits.isEmpty { return }
            let mention = Mention(
                id: TypedTexts.name(of: path, in: line, of: log), text: text,
                isCertain: hits.contains(where: \.isCertain))
            if !mentions.contains(mention) { mentions.append(mention) }
        }
    }
}

extension DataFolder {
    /// Reads every journal for what is about a person, as of the last look.
    func findings(_ contact: ContactID) throws(FolderError) -> PersonFindings {
        let logs = try personalLogs()
        var lines: [ContactLine] = []
        try eachLine(.contacts) { line in
            if let line = try? ContactLine(line), line.id == contact { lines.append(line) }
        }
        let terms = PersonTerms(contact, lines)
        let sieve = LineSieve(terms, responses: [:])
        var responses: [SurveyID: Set<ResponseID>] = [:]
        for log in logs where log == .invitations || log.isResponses {
            try eachLine(log) { line in
                guard sieve.mayName(line), let value = try? JSONParser.parse(line),
                    value["contact"]?.string == contact.rawValue,
                    let survey = value["survey"]?.string.flatMap(SurveyID.init),
                    let id = value["id"]?.string.flatMap(ResponseID.init)
                else { return }
                responses[survey, default: []].insert(id)
            }
        }
        var findings = PersonFindings(terms, responses: responses)
        for log in logs { try read(log, into: &findings) }
        if let secrets, !findings.isEmpty || !findings.audit.isEmpty {
            // Opt-outs of an address are found by what they are known by.
            let keys = Set(findings.terms.addresses.compactMap { secrets.addressKey($0) }.map { "address:" + $0 })
                .union([secrets.personKey(contact)])
            try read(.suppressions) { line in
                if let key = line.value["key"]?.string, keys.contains(key) { findings.suppressions.append(line) }
            } unreadable: { _, _ in
            }
        }
        return findings
    }

    private func read(_ log: LogName, into findings: inout PersonFindings) throws(FolderError) {
        var found = findings
        let contact = findings.terms.id
        let (responses, sieve) = (findings.responses, findings.sieve)
        try read(log, through: sieve) { line in
            if let own = LineScrub.kind(of: line.value, log, contact, responses) {
                found.add(line, own)
            } else {
                found.addMentions(of: line.value, log)
            }
        } unreadable: { place, text in
            if text.contains("\"\(contact.rawValue)\"") || found.terms.hits(in: text).contains(where: \.isCertain) {
                found.unreadable.append(place)
            }
        }
        findings = found
    }

    /// Every line of a journal that a sieve lets through, with its place.
    func read(
        _ log: LogName, through sieve: LineSieve? = nil, _ body: (PersonFindings.Line) -> Void,
        unreadable: (_ place: String, _ text: String) -> Void
    ) throws(FolderError) {
        do {
            for segment in try journal.segments(log) {
                let label = String(segment.path.dropFirst(path.utf8.count + 1))
                _ = try LineScanner.scan(try files.open(segment.path, .reading), from: 0, to: segment.end) { line in
                    if line.bytes.isEmpty || sieve?.lets(line.bytes) == false { return }
                    let place = "\(label):\(line.index + 1)"
                    if let value = try? JSONParser.parse(line.bytes), value.members != nil {
                        body(PersonFindings.Line(log: log, place: place, value: value))
                    } else {
                        unreadable(place, String(decoding: line.bytes, as: UTF8.self))
                    }
                }
            }
        } catch { throw FolderError(error) }
    }

    /// Every journal in the folder, whoever made it; not the seals, which hold nothing of anybody.
    func personalLogs() throws(FolderError) -> [LogName] {
        do {
            var logs: Set<LogName> = []
            for name in try files.list(path) {
                if let segment = SegmentName(file: name), segment.period != "seals" {
                    logs.insert(.single(segment.period))
                } else if !["cache", "quarantine", "definitions"].contains(name) {
                    try addLogs(below: name, to: &logs)
                }
            }
            return logs.sorted { ($0.folder, $0.stem ?? "") < ($1.folder, $1.stem ?? "") }
        } catch { throw FolderError(error) }
    }

    private func addLogs(below folder: String, to logs: inout Set<LogName>) throws(FileError) {
        guard try files.status(path + "/" + folder)?.isFolder == true else { return }
        for name in try files.list(path + "/" + folder) {
            if let segment = SegmentName(file: name) {
                if segment.isMonthly { logs.insert(.monthly(folder)) }
            } else {
                try addLogs(below: folder + "/" + name, to: &logs)
            }
        }
    }
}
