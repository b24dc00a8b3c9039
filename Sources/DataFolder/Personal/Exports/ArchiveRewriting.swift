internal import Crypto
internal import Feedback
internal import Journal
internal import Markup
internal import Records

/// Rewrites an archive that heed sealed, and seals it anew; one that was altered since is left as it is.
///
/// It reads what heed's own archive writer writes: an element a line, but for line feeds in answers.
struct ArchiveRewriting: ExportRewriting {
    private static let root = "<archive xmlns=\"urn:heed:archive:1\" survey=\""

    private let scrub: LineScrub
    private(set) var outcome = ExportOutcome()
    private var survey: SurveyID?
    private var versions: Set<String> = []
    /// The lines of a response that is not at its end yet.
    private var response: [UInt8] = []
    private var read = SHA256()
    private var written = SHA256()
    private var count = 0
    private var removed = ArchiveCounts()

    static func isOwn(_ beginning: ArraySlice<UInt8>) -> Bool {
        beginning.starts(with: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(root)".utf8)
    }

    init(_ scrub: LineScrub) { self.scrub = scrub }

    mutating func take(_ line: ArraySlice<UInt8>) -> [UInt8] {
        if line.starts(with: " <seal ".utf8) { return seal(line) }
        read.update(data: line + [0x0A])
        if response.isEmpty, !line.starts(with: "  <response ".utf8) { return put(other(line)) }
        response += line + [0x0A]
        guard line.suffix(11).elementsEqual("</response>".utf8) else { return [] }
        defer { response = [] }
        guard let survey, var element = ArchivedResponse(response) else { return put(response) }
        let isComplete = element["complete"] != "false"
        let isDefined = versions.contains(element["version"] ?? "")
        let answers = element.answers
        guard let id = element["id"].flatMap(ResponseID.init) else { return put(response) }
        guard element["contact"] == scrub.terms.id.rawValue || scrub.responses[survey]?.contains(id) == true else {
            let isTouched = element.redact(scrub, survey, id)
            outcome.note(isTouched: isTouched, isOurs: scrub.holds(survey, id))
            guard isTouched else { return put(response) }
            outcome.changed += 1
            return put(element.bytes)
        }
        outcome.note(isTouched: true, isOurs: scrub.holds(survey, id))
        if scrub.kept == .nothing {
            outcome.removed += 1
            removed.add(answers: answers, isComplete: isComplete, isDefined: isDefined)
            return []
        }
        outcome.changed += 1
        element.scrub(scrub, survey, id)
        removed.answers += answers - element.answers
        return put(element.bytes)
    }

    mutating func finish() -> [UInt8] { [] }

    private mutating func put(_ bytes: [UInt8]) -> [UInt8] {
        written.update(data: bytes)
        count += bytes.count
        return bytes
    }

    /// A line outside of the responses.
    private mutating func other(_ line: ArraySlice<UInt8>) -> [UInt8] {
        if line.starts(with: Self.root.utf8) {
            survey = SurveyID(
                String(decoding: line.dropFirst(Self.root.utf8.count).prefix { $0 != 0x22 }, as: UTF8.self))
        } else if line.starts(with: "  <definition version=\"".utf8) {
            versions.insert(String(decoding: line.dropFirst(23).prefix { $0 != 0x22 }, as: UTF8.self))
        } else if line.starts(with: "  <contact ".utf8), let contact = ArchivedResponse.attributes(line[...]),
            contact.first(where: { $0.name == "id" })?.value == scrub.terms.id.rawValue
        {
            outcome.removed += 1
            removed.contacts += 1
            return []
        } else if line.starts(with: "  <account ".utf8), let account = redacted(account: line) {
            outcome.changed += 1
            return account
        }
        return line + [0x0A]
    }

    /// An account's line without what speaks of the person; nil where nothing does, or it is to stay.
    private func redacted(account line: ArraySlice<UInt8>) -> [UInt8]? {
        guard let attributes = ArchivedResponse.attributes(line),
            let id = attributes.first(where: { $0.name == "id" })?.value
        else { return nil }
        var isChanged = false
        var bytes = Array("  <account".utf8)
        for (name, value) in attributes {
            var value = value
            let hits = ["name", "manager"].contains(name) ? scrub.terms.hits(in: value) : []
            if !hits.isEmpty,
                scrub.mentions.takes("accounts:\(id)#\(name)", isCertain: hits.contains(where: \.isCertain))
            {
                value = scrub.terms.redacted(value)
                isChanged = true
            }
            bytes += Array(" \(name)=\"".utf8)
            Escaping.appendXMLAttribute(value, to: &bytes)
            bytes.append(0x22)
        }
        return isChanged ? bytes + Array("/>\n".utf8) : nil
    }

    /// The seal over what is written now, if the one there was over what was read.
    private mutating func seal(_ line: ArraySlice<UInt8>) -> [UInt8] {
        read.update(data: [0x20])
        guard let attributes = ArchivedResponse.attributes(line) else { return line + [0x0A] }
        let digest = read.finalize().lowerHexadecimal
        if outcome.changed + outcome.removed > 0, attributes.first(where: { $0.name == "sha256" })?.value != digest {
            outcome = ExportOutcome(problem: "it was altered after heed had sealed it")
        }
        written.update(data: [0x20])
        count += 1
        var text = " <seal"
        for (name, value) in attributes {
            let value =
                switch name {
                case "bytes": String(count)
                case "sha256": written.finalize().lowerHexadecimal
                default: Int(value).map { String($0 - removed[name]) } ?? value
                }
            text += " \(name)=\"\(value)\""
        }
        return Array((text + "/>\n").utf8)
    }
}

/// How much less an archive holds than before.
private struct ArchiveCounts {
    var responses = 0
    var complete = 0
    var answers = 0
    var contacts = 0
    var undefined = 0

    mutating func add(answers: Int, isComplete: Bool, isDefined: Bool) {
        responses += 1
        self.answers += answers
        if isComplete { complete += 1 }
        if !isDefined { undefined += 1 }
    }

    subscript(name: String) -> Int {
        switch name {
        case "responses": responses
        case "complete": complete
        case "answers": answers
        case "contacts": contacts
        case "undefined": undefined
        default: 0
        }
    }
}

extension SHA256.Digest {
    fileprivate var lowerHexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
