/// The value given for one question, in the shape it is stored in.
package enum Answer: Sendable, Hashable {
    /// A score or rating.
    case integer(Int)
    /// A number, as the shortest decimal.
    case number(DecimalNumber)
    /// Free text, the code of a choice, or a date as `YYYY-MM-DD`.
    case text(String)
    /// The codes of several choices, in definition order, or of a ranking, in rank order.
    case list([String])
    /// Whether consent was given, and the digest of the text that was agreed to.
    case consent(given: Bool, text: String)
    /// One answer an item of a matrix, in definition order.
    case grid([GridRow])
}

/// The answer to one row of a matrix.
package struct GridRow: Sendable, Hashable {
    /// The row's id.
    package let item: String
    /// What was given: a code or a number.
    package let answer: Answer

    /// The answer to one row of a matrix.
    package init(item: String, answer: Answer) {
        self.item = item
        self.answer = answer
    }
}

/// A decimal number written as briefly as it can be, so that equal numbers are equal bytes.
package struct DecimalNumber: Sendable, Hashable {
    /// The shortest decimal: no leading zero, no trailing zero, no exponent, never `-0`.
    package let text: String

    /// Reads digits with an optional sign and fraction, at most 15 digits in all; anything else is nil.
    package init?(_ written: some StringProtocol) {
        var digits = Array(written.utf8)[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
        let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, digits.count <= 16,
            parts.allSatisfy({ $0.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        var fraction = parts.count > 1 ? parts[1] : []
        if parts.count > 1, fraction.isEmpty { return nil }
        while fraction.last == UInt8(ascii: "0") { fraction = fraction.dropLast() }
        let significant = whole.drop { $0 == UInt8(ascii: "0") }
        guard significant.count + fraction.count <= 15 else { return nil }
        var text = significant.isEmpty ? "0" : String(decoding: significant, as: UTF8.self)
        if !fraction.isEmpty { text += "." + String(decoding: fraction, as: UTF8.self) }
        self.text = isNegative && text != "0" ? "-" + text : text
    }

    /// The nearest binary number; 15 digits survive the way there and back.
    package var value: Double { Double(text) ?? 0 }
}

/// Answers by key, in the order they are stored in.
///
/// A key is a question's id, or `id.other` for the free text of an option.
package struct Answers: Sendable, Hashable {
    /// One stored answer.
    package struct Entry: Sendable, Hashable {
        /// The question's id, or `id.other`.
        package let key: String
        /// What was given.
        package let answer: Answer

        /// One stored answer.
        package init(key: String, answer: Answer) {
            self.key = key
            self.answer = answer
        }
    }

    /// The answers, in stored order.
    package private(set) var entries: [Entry]

    /// Answers in the order given; of a repeated key the last counts.
    package init(_ entries: [Entry] = []) {
        self.entries = []
        for entry in entries { self[entry.key] = entry.answer }
    }

    /// Whether nothing was answered.
    package var isEmpty: Bool { entries.isEmpty }

    /// The answer under a key; setting keeps the key's place, or appends.
    package subscript(key: String) -> Answer? {
        get { entries.first { $0.key == key }?.answer }
        set {
            let index = entries.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): entries[index] = Entry(key: key, answer: value)
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?): entries.append(Entry(key: key, answer: value))
            case (nil, nil): break
            }
        }
    }
}
