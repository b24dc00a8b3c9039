internal import Crypto
package import Feedback
internal import Journal
internal import Records

/// What is to be done with what others typed about a person.
package enum MentionPolicy: Sendable, Equatable {
    /// Nobody has said yet; nothing is erased while there is any mention.
    case undecided
    /// The texts stay as they are.
    case keep
    /// Their address and whole name are taken out.
    case redact
}

/// The wish to erase somebody.
package struct ErasureRequest: Sendable {
    /// Who is to be erased.
    package var contact: ContactID
    /// What of their answers stays.
    package var kept: KeptAnswers
    /// What becomes of the texts in which others speak of them.
    package var policy: MentionPolicy
    /// Further mentions to be taken out, by the names they were shown under.
    package var named: Set<String>
    /// Why, in words that tell nothing of the person.
    package var reason: String
    /// Who gives the command.
    package var by: String
    /// The folder of exports.
    package var exports: String
    /// How that folder is written down, for whoever finishes the erasure from elsewhere.
    package var listedExports: String

    /// The wish to erase somebody, who leaves scores behind under a pseudonym.
    package init(
        _ contact: ContactID, kept: KeptAnswers = .scores, policy: MentionPolicy = .undecided, named: Set<String> = [],
        reason: String = "the person asked for it", by: String, exports: String, listedAs listedExports: String? = nil
    ) {
        self.contact = contact
        self.kept = kept
        self.policy = policy
        self.named = named
        self.reason = reason
        self.by = by
        self.exports = exports
        self.listedExports = listedExports ?? exports
    }

    var choice: MentionChoice { MentionChoice(takesCertain: policy == .redact, named: named) }
}

/// What an erasure will do, before anything is done.
package struct ErasurePlan: Sendable {
    /// Names exactly what was found and decided; the real erasure must name it.
    package let digest: String
    /// What of their answers stays.
    package let kept: KeptAnswers
    /// How many lines of each kind are theirs, in the order they are told.
    package let counts: [(kind: String, count: Int)]
    /// The texts of others that speak of them, and whether they are redacted.
    package let mentions: [(mention: Mention, goes: Bool)]
    /// Whether it has been said what becomes of the mentions.
    package let isDecided: Bool
    /// The exports in which they occur.
    package let exports: [PersonalExport]
    /// Torn lines that were kept aside and name them.
    package let quarantine: [String]
    /// Lines that cannot be read and name them.
    package let unreadable: [String]
}

extension ErasurePlan {
    init(
        _ request: ErasureRequest, _ findings: PersonFindings, exports: [PersonalExport], quarantine: [String]
    ) {
        kept = request.kept
        counts = [
            ("contact lines", findings.contacts.count), ("invitations", findings.invitations.count),
            ("drafts", findings.drafts.count), ("responses", findings.answered.count),
            ("events", findings.events.count), ("cases", findings.cases.count),
            ("suppressions", findings.suppressions.count), ("audit lines", findings.audit.count),
        ]
        let choice = request.choice
        mentions = findings.mentions.map { ($0, choice.takes($0.id, isCertain: $0.isCertain)) }
        isDecided = findings.mentions.isEmpty || request.policy != .undecided || !request.named.isEmpty
        self.exports = exports
        self.quarantine = quarantine
        unreadable = findings.unreadable
        digest = Self.digest(request, findings)
    }

    /// What was found and decided, in twelve hexadecimal digits; what the search itself leaves behind is left out.
    private static func digest(_ request: ErasureRequest, _ findings: PersonFindings) -> String {
        var writer = JSONWriter()
        writer.array { writer in
            writer.string(request.contact.rawValue)
            writer.string(request.kept.rawValue)
            writer.string("\(request.policy)")
            for name in request.named.sorted() { writer.string(name) }
            let own = [
                findings.contacts, findings.invitations, findings.drafts, findings.answered, findings.events,
                findings.cases,
            ]
            for line in own.joined() { writer.value(line.value) }
            for mention in findings.mentions {
                writer.string(mention.id)
                writer.string(mention.text)
            }
        }
        let digits = SHA256.hash(data: writer.bytes).prefix(6).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return digits.joined()
    }
}

/// What an erasure has done.
package struct ErasureCertificate: Sendable {
    /// The erasure as it was recorded.
    package let erasure: ErasureLine
    /// The segments that changed, with how many lines were removed and replaced.
    package let segments: [(segment: String, removed: Int, changed: Int)]
    /// The exports that were rewritten.
    package let exports: [PersonalExport]
    /// Torn lines that were kept aside and are removed.
    package let quarantine: [String]
    /// Where the person's name, address or id still stands, and stays by decision or because it is somebody else's.
    package let remaining: [String]
    /// How many files were searched for that.
    package let searched: Int
    /// Copies of the folder made before, which still hold them, oldest first.
    package let backups: [BackupLine]
}
