/// Words of a comment in any script (METRICS 8).
package enum Tokens {
    /// The words in order, lower-cased where the script has case: runs of letters, digits, combining marks and joiners.
    /// Words that differ only in how accents are composed are equal as Swift strings are.
    package static func of(_ text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        var holdsText = false
        func close() {
            // Joiners belong inside words only.
            while let last = word.last, isJoiner(last) { word.removeLast() }
            if holdsText { words.append(String(word).lowercased()) }
            word = String.UnicodeScalarView()
            holdsText = false
        }
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
                .letterNumber, .otherNumber:
                holdsText = true
                word.append(scalar)
            case .nonspacingMark, .spacingMark:
                word.append(scalar)
            default:
                if isJoiner(scalar), !word.isEmpty { word.append(scalar) } else { close() }
            }
        }
        close()
        return words
    }

    /// Whether a word can be a theme: two scalars or more, and none of them a digit.
    package static func isThematic(_ word: String) -> Bool {
        word.unicodeScalars.count >= 2
            && !word.unicodeScalars.contains { $0.properties.numericType != nil && !$0.properties.isAlphabetic }
    }

    /// Zero-width joiner and non-joiner, which shape letters in Bengali, Persian and other scripts.
    private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool { scalar == "\u{200D}" || scalar == "\u{200C}" }
}
