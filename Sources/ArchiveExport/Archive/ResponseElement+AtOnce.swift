internal import Feedback

extension ResponseElement {
    /// Writes a line that stands as heed writes it (DESIGN section 5: key order, no spaces), without building anything.
    ///
    /// Nil where anything is out of the ordinary; what was written is then to be taken back.
    func writeAtOnce(_ given: LineScanner, into out: inout LineWriter, seed: UInt64) -> LineOutcome? {
        var line = given
        var tally = LineTally()
        guard line.take("{\"v\":1,\"id\":\""), let id = line.plainString(), Self.isResponseID(line, id),
            line.take(",\"revision\":"), let revision = line.digits(),
            revision.count > 1 || line[revision.lowerBound] != 48,
            line.take(surveyAndVersion), let version = version(&line), line.take(",\"submitted\":\"")
        else { return nil }
        out.put("  <response id=\"")
        out.put(line, id)
        if revision.count > 1 || line[revision.lowerBound] != UInt8(ascii: "1") {
            out.put("\" revision=\"")
            out.put(line, revision)
        }
        out.put("\" version=\"")
        out.put(version.name)
        guard let submitted = line.timestamp() else { return nil }
        if let since, line.compare(submitted, since) < 0 { return .leftOut }
        if let until, line.compare(submitted, until) >= 0 { return .leftOut }
        out.put("\" submitted=\"")
        out.put(line, submitted)
        if line.take(",\"recorded\":\"") {
            guard let recorded = line.timestamp() else { return nil }
            out.put("\" recorded=\"")
            out.put(line, recorded)
        }
        if line.take(",\"complete\":false") {
            out.put("\" complete=\"false")
            tally.isComplete = false
        }
        guard writePerson(&line, version, into: &out, &tally, seed), writeManner(&line, into: &out) else { return nil }
        out.put("\">")
        guard line.take(",\"answers\":{"), let answers = writeValues(&line, version.answers, into: &out) else {
            return nil
        }
        tally.answers = answers
        if line.take(",\"fields\":{") {
            guard let fields = writeFields(&line, version.fields, into: &out), fields > 0 else { return nil }
        }
        guard line.take("}"), line.at == line.end else { return nil }
        out.put("</response>\n")
        return .written(tally)
    }

    @inline(__always)
    private func version(_ line: inout LineScanner) -> Version? {
        guard let range = line.plainString() else { return nil }
        return versions.first { line.holds($0.name, at: range) }
    }

    @inline(__always)
    private func writePerson(
        _ line: inout LineScanner, _ version: Version, into out: inout LineWriter, _ tally: inout LineTally,
        _ seed: UInt64
    ) -> Bool {
        if line.take(",\"account\":\"") {
            guard let account = line.plainString(), (1...128).contains(account.count) else { return false }
            out.put("\" account=\"")
            out.put(line, account)
            if version.namesAccounts { tally.account = line.fingerprint(account, seed: seed) }
        }
        if line.take(",\"contact\":\"") {
            guard let contact = line.plainString(), (1...128).contains(contact.count) else { return false }
            out.put("\" contact=\"")
            out.put(line, contact)
            if version.namesContacts { tally.contact = line.fingerprint(contact, seed: seed) }
        }
        return true
    }

    @inline(__always)
    private func writeManner(_ line: inout LineScanner, into out: inout LineWriter) -> Bool {
        if line.take(",\"role\":\"") {
            guard let role = line.plainString(), Self.roles.contains(where: { line.holds($0, at: role) }) else {
                return false
            }
            out.put("\" role=\"")
            out.put(line, role)
        }
        if line.take(",\"wave\":\"") {
            guard let wave = line.plainString() else { return false }
            out.put("\" wave=\"")
            out.put(line, wave)
        }
        if line.take(",\"channel\":\"") {
            guard let channel = line.plainString(), Self.channels.contains(where: { line.holds($0, at: channel) })
            else {
                return false
            }
            out.put("\" channel=\"")
            out.put(line, channel)
        }
        if line.take(",\"language\":\"") {
            guard let language = line.plainString(), line.isPlainLanguage(language) else { return false }
            out.put("\" language=\"")
            out.put(line, language)
        }
        if line.take(",\"started\":\"") {
            guard let started = line.timestamp() else { return false }
            out.put("\" started=\"")
            out.put(line, started)
        }
        return true
    }

    /// The members of `answers`, whose keys must stand in definition order, so that none can stand twice; says how
    /// many.
    @inline(__always)
    private func writeValues(_ line: inout LineScanner, _ keys: [Key], into out: inout LineWriter) -> Int? {
        var count = 0
        var key = 0
        if line.take("}") { return 0 }
        while true {
            while key < keys.count, !line.take(keys[key].quoted) { key += 1 }
            guard key < keys.count else { return nil }
            out.put(keys[key].start)
            guard out.copyValue(&line, depth: 0) else { return nil }
            if keys[key].isOther { out.put("</other>") } else { out.put("</answer>") }
            count += 1
            key += 1
            if line.take(",") { continue }
            return line.take("}") ? count : nil
        }
    }

    private func writeFields(_ line: inout LineScanner, _ keys: [Key], into out: inout LineWriter) -> Int? {
        var count = 0
        var key = 0
        while true {
            while key < keys.count, !line.take(keys[key].quoted) { key += 1 }
            guard key < keys.count else { return nil }
            out.put(keys[key].start)
            guard out.copyValue(&line, depth: 1) else { return nil }
            out.put("</field>")
            count += 1
            key += 1
            if line.take(",") { continue }
            return line.take("}") ? count : nil
        }
    }

    @inline(__always)
    private static func isResponseID(_ line: LineScanner, _ range: Range<Int>) -> Bool {
        guard (1...64).contains(range.count) else { return false }
        return range.allSatisfy { index in
            let byte = line[index]
            return byte &- 48 < 10 || (byte | 0x20) &- 97 < 26 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
    }
}

extension LineWriter {
    /// Copies a value as an element's content: a plain number, a string, codes, a consent, or the rows of a matrix.
    mutating func copyValue(_ line: inout LineScanner, depth: Int) -> Bool {
        guard let first = line.next else { return false }
        switch first {
        case UInt8(ascii: "\""):
            line.at += 1
            return copyString(&line, inAttribute: false)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return copyNumber(&line)
        case UInt8(ascii: "["): return copyCodes(&line)
        case UInt8(ascii: "{"): return depth == 0 && (copyConsent(&line) ?? copyRows(&line))
        default: return false
        }
    }

    /// A whole number, or a decimal in its shortest form; others are left to the careful reader.
    @inline(__always)
    mutating func copyNumber(_ line: inout LineScanner) -> Bool {
        guard var range = line.digits() else { return false }
        if line.take(".") {
            let start = line.at
            while let byte = line.next, byte &- 48 < 10 { line.at += 1 }
            guard line.at > start, line[line.at - 1] != UInt8(ascii: "0"), line.at - range.lowerBound <= 15 else {
                return false
            }
            range = range.lowerBound..<line.at
        }
        put(line, range)
        return true
    }

    private mutating func copyCodes(_ line: inout LineScanner) -> Bool {
        guard line.take("[") else { return false }
        if line.take("]") { return true }
        while line.take("\"") {
            put("<code>")
            guard copyString(&line, inAttribute: false) else { return false }
            put("</code>")
            if line.take("]") { return true }
            guard line.take(",") else { return false }
        }
        return false
    }

    /// Nil where the object is no consent.
    private mutating func copyConsent(_ line: inout LineScanner) -> Bool? {
        if line.take("{\"given\":true,\"text\":\"") {
            put("<consent given=\"true\" text=\"")
        } else if line.take("{\"given\":false,\"text\":\"") {
            put("<consent given=\"false\" text=\"")
        } else {
            return nil
        }
        guard copyString(&line, inAttribute: true) else { return false }
        put("\"/>")
        return line.take("}")
    }

    private mutating func copyRows(_ line: inout LineScanner) -> Bool {
        guard line.take("{") else { return false }
        var seen: [Range<Int>] = []
        while line.take("\"") {
            guard let item = line.plainString(), line.take(":"), seen.count < 64,
                !seen.contains(where: { line.isSame($0, item) }), !line.isSame(item, "given")
            else { return false }
            seen.append(item)
            put("<row item=\"")
            put(line, item)
            put("\">")
            guard copyValue(&line, depth: 1) else { return false }
            put("</row>")
            if line.take("}") { return true }
            guard line.take(",") else { return false }
        }
        return false
    }
}

extension LineScanner {
    /// Steps over a moment as heed writes it, and over its quote; nil for anything else, such as the 30th of February.
    @inline(__always)
    mutating func timestamp() -> Range<Int>? {
        guard end - at > 24, self[at + 24] == UInt8(ascii: "\"") else { return nil }
        // Digits become their values, separators zero; bytes stand in reading order from the lowest bits up.
        let date = word(at: at) ^ 0x2D30_302D_3030_3030
        let middle = word(at: at + 8) ^ 0x3030_3A30_3054_3030
        let tail = word(at: at + 16) ^ 0x5A30_3030_2E30_303A
        guard Self.areDigits(date, separators: 0xFF00_00FF_0000_0000),
            Self.areDigits(middle, separators: 0x0000_FF00_00FF_0000),
            Self.areDigits(tail, separators: 0xFF00_0000_FF00_00FF)
        else { return nil }
        let month = Self.pair(date, at: 5)
        let day = Self.pair(middle, at: 0)
        guard Self.pair(middle, at: 3) < 24, Self.pair(middle, at: 6) < 60, Self.pair(tail, at: 1) < 60,
            date & 0xFFFF_FFFF != 0,
            (1...12).contains(month), day >= 1
        else { return nil }
        if day > 28 {
            let year = Self.pair(date, at: 0) * 100 + Self.pair(date, at: 2)
            guard LocalDate(year: year, month: month, day: day) != nil else { return nil }
        }
        let range = at..<at + 24
        at += 25
        return range
    }

    @inline(__always)
    private static func areDigits(_ word: UInt64, separators: UInt64) -> Bool {
        word & separators == 0 && (word | (word &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 == 0
    }

    @inline(__always)
    private static func pair(_ word: UInt64, at byte: UInt64) -> Int {
        Int(word >> (byte * 8) & 15) * 10 + Int(word >> (byte * 8 + 8) & 15)
    }

    /// Compares 24 bytes of the line with another moment as heed writes it.
    func compare(_ range: Range<Int>, _ moment: [UInt8]) -> Int {
        for (index, byte) in zip(range, moment) where self[index] != byte { return self[index] < byte ? -1 : 1 }
        return 0
    }

    func isSame(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
        one.count == other.count && zip(one, other).allSatisfy { self[$0] == self[$1] }
    }

    func isSame(_ range: Range<Int>, _ text: StaticString) -> Bool {
        range.count == text.utf8CodeUnitCount
            && text.withUTF8Buffer { zip(range, $0).allSatisfy { self[$0] == $1 } }
    }
}
