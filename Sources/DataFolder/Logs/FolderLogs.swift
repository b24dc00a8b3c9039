internal import Feedback
internal import Journal
internal import Records

/// The logs of a data folder (DESIGN section 5).
extension LogName {
    static let accounts = LogName.single("accounts")
    static let contacts = LogName.single("contacts")
    static let published = LogName.single("published")
    static let suppressions = LogName.single("suppressions")
    static let settings = LogName.single("settings")
    static let users = LogName.single("users")
    static let drafts = LogName.monthly("drafts")
    static let events = LogName.monthly("events")
    static let invitations = LogName.monthly("invitations")
    static let audit = LogName.monthly("audit")
    static let cases = LogName.monthly("cases")
    static let erasures = LogName.single("erasures")
    static let backups = LogName.single("backups")

    static func responses(_ survey: SurveyID) -> LogName { .monthly("responses/" + survey.rawValue) }

    /// Every log but the responses, which are one a survey.
    static let common: [LogName] = [
        .accounts, .contacts, .published, .suppressions, .settings, .users, .drafts, .events, .invitations, .audit,
        .erasures, .backups,
    ]
}

/// How the lines of each log are found again, without making values of them.
enum FolderLogs {
    static func schema(of log: LogName) -> LogSchema {
        let judge: @Sendable (ArraySlice<UInt8>, inout [LineKey]) -> LogSchema.Verdict =
            switch log {
            case .invitations: { invitationKeys($0, &$1) }
            case .suppressions: { keyed($0, "key", &$1) }
            case .users: { keyed($0, "name", &$1) }
            case .published: { keyed($0, "survey", &$1) }
            case .erasures: { keyed($0, "person", &$1) }
            case .settings, .audit, .backups: { keyed($0, nil, &$1) }
            default: { keyed($0, "id", &$1) }
            }
        return LogSchema(keys: judge, moment: moment)
    }

    /// The key of an id.
    static func key(_ id: String) -> LineKey { LineKey(id) }

    /// The key of what an invitation is unique by: survey, contact, and event or wave.
    static func uniqueKey(survey: String, contact: String, event: String?, wave: String?) -> LineKey {
        let occasion = event.map { "e" + $0 } ?? wave.map { "w" + $0 } ?? ""
        return LineKey("\(survey)\u{0}\(contact)\u{0}\(occasion)", purpose: 1)
    }

    /// The key of all invitations of one contact, whatever the survey.
    static func askedKey(_ contact: ContactID) -> LineKey { LineKey(contact.rawValue, purpose: 2) }

    private static func keyed(_ line: ArraySlice<UInt8>, _ name: StaticString?, _ keys: inout [LineKey])
        -> LogSchema.Verdict
    {
        var key: Range<Int>?
        var version: Range<Int>?
        let isJSON = LineOutline.scan(line) { member, value in
            if let name, line[member].elementsEqual(UnsafeBufferPointer(name)) { key = value }
            if line[member].elementsEqual([UInt8(ascii: "v")]) { version = value }
        }
        guard isJSON else { return .unreadable(reason(line)) }
        if let version, let number = Int(digits: line[version]), number > 1 { return .newer }
        guard let name else { return .readable }
        guard let key else { return .unreadable("\"\(name)\" is missing") }
        if !line[key].contains(UInt8(ascii: "\\")) {
            keys.append(LineKey(line[key]))
        } else {
            keys.append(LineKey(text(line[key])))
        }
        return .readable
    }

    private static func invitationKeys(_ line: ArraySlice<UInt8>, _ keys: inout [LineKey]) -> LogSchema.Verdict {
        do {
            let invitation = try InvitationLine(line)
            keys.append(key(invitation.id.rawValue))
            keys.append(uniqueKey(of: invitation))
            keys.append(askedKey(invitation.contact))
            return .readable
        } catch { return error.isNewer ? .newer : .unreadable(error.reason) }
    }

    static func uniqueKey(of invitation: InvitationLine) -> LineKey {
        uniqueKey(
            survey: invitation.survey.rawValue, contact: invitation.contact.rawValue, event: invitation.event,
            wave: invitation.wave)
    }

    @Sendable private static func moment(_ line: ArraySlice<UInt8>) -> Timestamp? {
        var found: [String: Timestamp] = [:]
        _ = LineOutline.scan(line) { member, value in
            let name = String(decoding: line[member], as: UTF8.self)
            if ["recorded", "submitted", "at"].contains(name) { found[name] = Timestamp(text(line[value])) }
        }
        return found["recorded"] ?? found["submitted"] ?? found["at"]
    }

    private static func text(_ raw: ArraySlice<UInt8>) -> String {
        let quoted = [UInt8(ascii: "\"")] + raw + [UInt8(ascii: "\"")]
        return (try? JSONParser.parse(quoted))?.string ?? ""
    }

    private static func reason(_ line: ArraySlice<UInt8>) -> String {
        do {
            _ = try JSONParser.parse(line)
            return "not a JSON object"
        } catch { return error.description }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// A static string's bytes, which are there as long as the program runs.
    fileprivate init(_ text: StaticString) { self.init(start: text.utf8Start, count: text.utf8CodeUnitCount) }
}
