internal import Feedback

/// Reads numbers as people type them.
///
/// - White space around is dropped; `+`, `-` and `−` may stand in front.
/// - Digits may be Latin, Arabic-Indic, Persian, Devanagari or Bengali; nothing else is a digit, no exponent is read.
/// - A point is the decimal point, for that is how numbers are stored. A comma is the decimal comma.
/// - Groups of three may be parted by spaces or apostrophes, and by points or commas where that can mean nothing else:
///   two of the same kind (`1,234,567`), or beside the other kind (`1.234,5`).
/// - `1,234` alone could be either and is refused; `0,125` and `1,5` are not in doubt.
enum TypedNumber {
    static func read(_ typed: String) -> DecimalNumber? {
        guard typed.utf8.count <= 100 else { return nil }
        var text = typed.drop(while: \.isWhitespace)
        while let last = text.last, last.isWhitespace { text.removeLast() }
        var isNegative = false
        if let sign = text.first, "+-−".contains(sign) {
            isNegative = sign != "+"
            text.removeFirst()
        }
        guard let plain = latin(text), let decimal = withoutGroups(plain) else { return nil }
        return DecimalNumber((isNegative ? "-" : "") + decimal)
    }

    /// What a digit is worth, 0 to 9, in any of the scripts; nil for anything else.
    static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
        // Latin, Arabic-Indic, Persian, Devanagari, Bengali.
        for zero: UInt32 in [0x30, 0x0660, 0x06F0, 0x0966, 0x09E6] where (zero...zero + 9).contains(scalar.value) {
            return UInt8(scalar.value - zero)
        }
        return nil
    }

    /// The text with Latin digits, `.` and `,` for the Arabic separators, and one kind of space between groups.
    private static func latin(_ text: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if let digit = digit(scalar) {
                bytes.append(UInt8(ascii: "0") + digit)
                continue
            }
            switch scalar.value {
            case 0x2E: bytes.append(UInt8(ascii: "."))
            case 0x2C: bytes.append(UInt8(ascii: ","))
            // The Arabic decimal separator is never in doubt: written as a point.
            case 0x066B: bytes.append(UInt8(ascii: "."))
            case 0x20, 0xA0, 0x202F, 0x2009, 0x27, 0x2019, 0x066C: bytes.append(UInt8(ascii: " "))
            default: return nil
            }
        }
        return bytes
    }

    /// The digits with at most one point, once every group mark was understood.
    private static func withoutGroups(_ bytes: [UInt8]) -> String? {
        let marks = bytes.filter { $0 < UInt8(ascii: "0") }
        var decimal: UInt8?
        if let last = marks.last, last != UInt8(ascii: " "), marks.filter({ $0 == last }).count == 1 {
            decimal = last
        }
        let halves = bytes.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == decimal }
        guard let whole = halves.first else { return nil }
        let groupMarks = Set(whole.filter { $0 < UInt8(ascii: "0") })
        guard groupMarks.count <= 1 else { return nil }
        let groups = whole.split(omittingEmptySubsequences: false) { groupMarks.contains($0) }
        if groups.count > 1 {
            guard let first = groups.first, (1...3).contains(first.count),
                groups.dropFirst().allSatisfy({ $0.count == 3 })
            else { return nil }
        }
        let digits = String(decoding: groups.joined(), as: UTF8.self)
        guard let decimal else { return digits }
        let fraction = halves[1]
        // "1,234" may be a thousand or a bit more than one.
        let couldBeGroup = fraction.count == 3 && (1...3).contains(digits.utf8.count) && digits.first != "0"
        if decimal == UInt8(ascii: ","), groups.count == 1, couldBeGroup { return nil }
        return (digits.isEmpty ? "0" : digits) + "." + String(decoding: fraction, as: UTF8.self)
    }
}
