/// A text as people compare it: without case, accents, width or invisible characters, any white space one space.
///
/// Canonically equivalent texts fold alike, because Swift's characters compare so.
struct FoldedText: Sendable {
    /// The folded characters.
    let characters: [Character]
    /// Where in the text each of them came from.
    private let sources: [String.Index]
    private let text: String

    /// Folds a text.
    init(_ text: String) {
        var characters: [Character] = []
        var sources: [String.Index] = []
        for index in text.indices {
            for folded in Self.fold(text[index]) where folded != " " || characters.last != " " {
                characters.append(folded)
                sources.append(index)
            }
        }
        self.text = text
        self.characters = characters
        self.sources = sources
    }

    /// The places in the text where a folded word or phrase stands, beginning at a word and ending with one.
    ///
    /// Where `isStem`, the last word may go on: names are inflected in many languages.
    func ranges(of term: [Character], isStem: Bool = false) -> [Range<String.Index>] {
        guard let first = term.first, term.count <= characters.count else { return [] }
        var found: [Range<String.Index>] = []
        var start = 0
        while start + term.count <= characters.count {
            guard characters[start] == first, characters[start..<start + term.count].elementsEqual(term),
                isBoundary(before: start)
            else {
                start += 1
                continue
            }
            var end = start + term.count
            if isStem, !characters[end - 1].isWrittenWithoutSpaces {
                while end < characters.count, characters[end].isWordPart { end += 1 }
            }
            guard isBoundary(before: end) else {
                start += 1
                continue
            }
            found.append(sources[start]..<text.index(after: sources[end - 1]))
            start = end
        }
        return found
    }

    /// Whether a word may begin or end there; scripts without spaces have no such places, so that any will do.
    private func isBoundary(before index: Int) -> Bool {
        guard index > 0, index < characters.count else { return true }
        let (left, right) = (characters[index - 1], characters[index])
        return !(left.isWordPart && right.isWordPart) || left.isWrittenWithoutSpaces || right.isWrittenWithoutSpaces
    }

    /// The characters that one folds to; none for what cannot be seen.
    private static func fold(_ character: Character) -> [Character] {
        if let ascii = character.asciiValue {
            switch ascii {
            case 65...90: return [Character(Unicode.Scalar(ascii + 32))]
            case 9...13, 32: return [" "]
            case 0...31, 127: return []
            default: return [character]
            }
        }
        if character.isWhitespace { return [" "] }
        if let plain = unaccented[character] { return Array(plain) }
        let scalars = character.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
        guard let first = scalars.first else { return [] }
        // The full-width forms of Latin letters, digits and signs (U+FF01 to U+FF5E).
        if (0xFF01...0xFF5E).contains(first.value), let narrow = Unicode.Scalar(first.value - 0xFEE0) {
            return fold(Character(narrow))
        }
        // A letter of which an invisible character was the accent.
        if scalars.count == 1, first.isASCII { return fold(Character(first)) }
        var kept = ""
        kept.unicodeScalars.append(contentsOf: scalars)
        return kept.uppercased().lowercased().flatMap { letter in unaccented[letter].map(Array.init) ?? [letter] }
    }

    /// Latin letters with accents and the plain letters people type instead, found whichever way they are composed.
    private static let unaccented: [Character: String] = {
        let marks = (0x300...0x331).compactMap(Unicode.Scalar.init)
        var table: [Character: String] = [
            "ß": "ss", "ẞ": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d",
            "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th", "ı": "i", "’": "'", "‘": "'", "ʼ": "'",
            "‐": "-", "‑": "-", "–": "-", "−": "-",
        ]
        for letter in "abcdefghijklmnopqrstuvwxyz" {
            for base in [letter, Character(letter.uppercased())] {
                for mark in marks {
                    var once = String(base)
                    once.unicodeScalars.append(mark)
                    table[Character(once)] = String(letter)
                    // Vietnamese letters have a tone besides.
                    guard "aeiouyAEIOUY".contains(base), [0x302, 0x306, 0x31B, 0x323].contains(mark.value) else {
                        continue
                    }
                    for tone in [0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x323].compactMap(Unicode.Scalar.init) {
                        var twice = once
                        twice.unicodeScalars.append(tone)
                        table[Character(twice)] = String(letter)
                    }
                }
            }
        }
        return table
    }()
}

extension Character {
    /// Whether it belongs to a word.
    var isWordPart: Bool { isLetter || isNumber }

    /// Whether its script puts no spaces between words: Han, kana, Thai and its neighbours.
    fileprivate var isWrittenWithoutSpaces: Bool {
        guard let value = unicodeScalars.first?.value else { return false }
        return switch value {
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF,
            0x20000...0x3FFFF:
            true
        default: false
        }
    }
}
