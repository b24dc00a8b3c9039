/// A language as BCP 47 writes it, in lower case, such as `en` or `pt-br`.
package struct LanguageTag: Identifier {
    package let rawValue: String

    package init?(_ text: String) {
        let lower = text.lowercased()
        let parts = lower.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard let first = parts.first, (2...8).contains(first.count), lower.utf8.count <= 35,
            first.allSatisfy({ (97...122).contains($0) }),
            parts.allSatisfy({
                (1...8).contains($0.count) && $0.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
            })
        else { return nil }
        rawValue = lower
    }

    /// English, the language of heed's own words where no other is known.
    package static let english: LanguageTag = {
        guard let tag = LanguageTag("en") else { preconditionFailure("en is a language tag") }
        return tag
    }()

    /// The language without region or script, such as `pt` of `pt-br`.
    package var primary: String { String(rawValue.prefix { $0 != "-" }) }

    /// Whether the script runs from right to left (Unicode CLDR, orientation of the language's main script).
    package var isRightToLeft: Bool {
        ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"].contains(primary)
    }

    /// The `dir` attribute's value.
    package var direction: String { isRightToLeft ? "rtl" : "ltr" }
}
