internal import Feedback
internal import Records

/// Turns the line of an account or a contact into its element: at once where it stands as heed writes it, with care
/// otherwise.
///
/// Both ways write the same bytes for the same line; a test holds them against each other.
struct PersonElement: Sendable {
    /// A key of the line, with what its value must look like to be copied.
    private struct Member: Sendable {
        enum Kind {
            /// Any text.
            case text
            /// An id of the customer's own systems.
            case foreignKey
            case role, language, moment, date
            /// A number, not in quotes.
            case number
        }

        let quoted: [UInt8]
        let start: [UInt8]
        let kind: Kind

        init(_ key: String, _ kind: Kind, as attribute: String? = nil) {
            quoted = Array(",\"\(key)\":".utf8)
            start = Array(" \(attribute ?? key)=\"".utf8)
            self.kind = kind
        }
    }

    private let opening: StaticString
    private let members: [Member]
    private let careful: @Sendable (LineScanner, inout LineWriter) -> String?

    /// The element of accounts.
    static let account = PersonElement(
        opening: "  <account id=\"",
        members: [
            Member("name", .text), Member("tier", .text), Member("manager", .text),
            Member("annualValue", .number, as: "annual-value"), Member("currency", .text), Member("renewal", .date),
            Member("since", .date), Member("recorded", .moment),
        ],
        careful: { line, out in
            guard let account = try? AccountLine(line.rest) else { return nil }
            account.writeElement(into: &out)
            return account.id.rawValue
        })

    /// The element of contacts.
    static let contact = PersonElement(
        opening: "  <contact id=\"",
        members: [
            Member("account", .foreignKey), Member("name", .text), Member("email", .text), Member("role", .role),
            Member("language", .language), Member("recorded", .moment),
        ],
        careful: { line, out in
            guard let contact = try? ContactLine(line.rest) else { return nil }
            contact.writeElement(into: &out)
            return contact.id.rawValue
        })

    /// Writes a line's element and gives the id's fingerprint; nil, and nothing written, where the line cannot be read.
    func write(_ line: LineScanner, into out: inout LineWriter, seed: UInt64) -> UInt64? {
        let before = out
        if let id = writeAtOnce(line, into: &out) { return line.fingerprint(id, seed: seed) }
        out.rewind(to: before)
        guard let id = writeWithCare(line, into: &out) else { return nil }
        return LineScanner.fingerprint(Array(id.utf8), seed: seed)
    }

    /// Reads the line as JSON in any key order; gives the id.
    func writeWithCare(_ line: LineScanner, into out: inout LineWriter) -> String? { careful(line, &out) }

    /// Writes a line with the keys in heed's order and nothing else in it; gives the id's place.
    func writeAtOnce(_ given: LineScanner, into out: inout LineWriter) -> Range<Int>? {
        var line = given
        guard line.take("{\"id\":\""), let id = line.plainString(), (1...128).contains(id.count) else { return nil }
        out.put(opening)
        out.put(line, id)
        out.put("\"")
        for member in members where line.take(member.quoted) {
            out.put(member.start)
            guard Self.copy(member.kind, &line, into: &out) else { return nil }
            out.put("\"")
        }
        guard line.take("}"), line.at == line.end else { return nil }
        out.put("/>\n")
        return id
    }

    private static func copy(_ kind: Member.Kind, _ line: inout LineScanner, into out: inout LineWriter) -> Bool {
        if kind == .number { return out.copyNumber(&line) }
        guard line.take("\"") else { return false }
        switch kind {
        case .text, .number: return out.copyString(&line, inAttribute: true)
        case .moment: return copy(line.timestamp(), line, into: &out)
        case .foreignKey:
            return copy(line.plainString().flatMap { (1...128).contains($0.count) ? $0 : nil }, line, into: &out)
        case .role:
            return copy(
                line.plainString().flatMap { role in
                    ResponseElement.roles.contains { line.holds($0, at: role) } ? role : nil
                }, line, into: &out)
        case .language:
            return copy(line.plainString().flatMap { line.isPlainLanguage($0) ? $0 : nil }, line, into: &out)
        case .date:
            return copy(
                line.plainString().flatMap { LocalDate(ascii: line.bytes($0)[...]) == nil ? nil : $0 }, line, into: &out
            )
        }
    }

    private static func copy(_ range: Range<Int>?, _ line: LineScanner, into out: inout LineWriter) -> Bool {
        guard let range else { return false }
        out.put(line, range)
        return true
    }
}

extension LineScanner {
    /// Whether a range is a language of letters only, as most are.
    @inline(__always)
    func isPlainLanguage(_ range: Range<Int>) -> Bool {
        (2...8).contains(range.count) && range.allSatisfy { (97...122).contains(self[$0]) }
    }

    /// A copy of some bytes.
    func bytes(_ range: Range<Int>) -> [UInt8] { range.map { self[$0] } }
}

extension AccountLine {
    fileprivate func writeElement(into out: inout LineWriter) {
        out.put("  <account")
        out.attribute("id", id.rawValue)
        out.attribute("name", name)
        out.attribute("tier", tier)
        out.attribute("manager", manager)
        out.attribute("annual-value", annualValue?.text)
        out.attribute("currency", currency)
        out.attribute("renewal", renewal?.description)
        out.attribute("since", since?.description)
        out.attribute("recorded", recorded?.description)
        out.put("/>\n")
    }
}

extension ContactLine {
    fileprivate func writeElement(into out: inout LineWriter) {
        out.put("  <contact")
        out.attribute("id", id.rawValue)
        out.attribute("account", account?.rawValue)
        out.attribute("name", name)
        out.attribute("email", email)
        out.attribute("role", role?.rawValue)
        out.attribute("language", language?.rawValue)
        out.attribute("recorded", recorded?.description)
        out.put("/>\n")
    }
}
