package import Feedback
package import Records

/// What a person is known by, and how that is found in what others typed.
package struct PersonTerms: Sendable {
    /// Where a text speaks of the person.
    package struct Hit: Sendable {
        /// The words.
        package let range: Range<String.Index>
        /// Whether it is their address or whole name, and not just one of their names.
        package let isCertain: Bool
    }

    private struct Term: Sendable {
        let characters: [Character]
        let isCertain: Bool
        let isStem: Bool
    }

    /// The contact's id.
    package let id: ContactID
    /// Every name the contact has had, the last one first.
    package let names: [String]
    /// Every address the contact has had, the last one first.
    package let addresses: [String]
    private let terms: [Term]

    /// The terms of a contact by all lines there are of them, in journal order.
    package init(_ id: ContactID, _ lines: [ContactLine]) {
        var names: [String] = []
        var addresses: [String] = []
        for line in lines.reversed() {
            if let name = line.name, !names.contains(name) { names.append(name) }
            if let email = line.email, !addresses.contains(email) { addresses.append(email) }
        }
        var terms: [Term] = []
        func add(_ characters: [Character], isCertain: Bool, isStem: Bool) {
            guard !characters.isEmpty, !terms.contains(where: { $0.characters == characters }) else { return }
            terms.append(Term(characters: characters, isCertain: isCertain, isStem: isStem))
        }
        for address in addresses { add(Self.fold(address), isCertain: true, isStem: false) }
        for name in names {
            let words = Self.words(name)
            let isWhole = words.count > 1
            add(Self.fold(name), isCertain: isWhole, isStem: true)
            guard isWhole, let last = words.last else { continue }
            add(Array(words.joined(separator: " ")), isCertain: true, isStem: true)
            let others = words.dropLast().joined(separator: " ")
            for turned in ["\(String(last)), \(String(others))", "\(String(last)) \(String(others))"] {
                add(Array(turned), isCertain: true, isStem: true)
            }
        }
        let folded = Self.fold(id.rawValue)
        // An id that nobody would type by chance.
        let isTelling = folded.count >= 4 && (folded.count >= 12 || folded.contains { !$0.isLetter })
        if folded.count >= 3 { add(folded, isCertain: isTelling, isStem: false) }
        for word in names.flatMap(Self.words) where Self.isName(word) {
            add(word, isCertain: false, isStem: word.count >= 4)
        }
        for address in addresses {
            let local = Array(Self.fold(address).prefix { $0 != "@" })
            if local.count >= 5 { add(local, isCertain: false, isStem: false) }
        }
        self.id = id
        self.names = names
        self.addresses = addresses
        self.terms = terms
    }

    /// Where a text speaks of them, in order; certain where both is said of the same words.
    package func hits(in text: String) -> [Hit] {
        if terms.isEmpty { return [] }
        let folded = FoldedText(text)
        var hits: [Hit] = []
        for isCertain in [true, false] {
            for term in terms where term.isCertain == isCertain {
                for range in folded.ranges(of: term.characters, isStem: term.isStem)
                where !hits.contains(where: { $0.range.overlaps(range) }) {
                    hits.append(Hit(range: range, isCertain: isCertain))
                }
            }
        }
        return hits.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// A text without what speaks of them.
    package func redacted(_ text: String) -> String {
        var result = text
        for hit in hits(in: text).reversed() { result.replaceSubrange(hit.range, with: Self.mark) }
        return result
    }

    /// What stands where something was taken out of a text.
    package static let mark = "[erased]"

    /// The first word of each term, folded; no text without any of them speaks of the person.
    var beginnings: [String] { terms.map { String($0.characters.prefix { $0 != " " }) } }

    private static func fold(_ text: String) -> [Character] {
        var characters = FoldedText(text).characters[...]
        while characters.first == " " { characters = characters.dropFirst() }
        while characters.last == " " { characters = characters.dropLast() }
        return Array(characters)
    }

    private static func words(_ name: String) -> [[Character]] {
        fold(name).split { !$0.isWordPart }.map(Array.init)
    }

    /// Whether a word of a name is worth looking for by itself.
    private static func isName(_ word: [Character]) -> Bool {
        let least = word.allSatisfy(\.isASCII) ? 3 : 2
        return word.count >= least && !particles.contains(String(word))
    }

    private static let particles: Set<String> = [
        "von", "van", "der", "den", "del", "des", "dos", "the", "and", "und", "bin", "ibn", "mrs", "miss", "sir",
    ]
}
