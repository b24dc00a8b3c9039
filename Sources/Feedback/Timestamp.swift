/// A moment in UTC, to the millisecond; written as RFC 3339.
package struct Timestamp: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let milliseconds: Int64

    /// A moment by its milliseconds since 1970, within years 0001 to 9999.
    package init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, -62_135_596_800_000), 253_402_300_799_999)
    }

    /// The first moment of a date in UTC.
    package init(startOf date: LocalDate) {
        self.init(milliseconds: Int64(date.dayNumber) * 86_400_000)
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// The date in UTC.
    package var date: LocalDate { LocalDate(dayNumber: Int(milliseconds.floorDivided(by: 86_400_000))) }

    /// The UTC month as segments are named, such as `2026-11`.
    package var month: String { String(description.prefix(7)) }

    /// The UTC quarter as waves are named, such as `2026Q4`.
    package var quarter: String {
        let date = date
        return "\(date.year)Q\((date.month + 2) / 3)"
    }

    /// A moment later (or earlier) by a number of milliseconds.
    package func adding(milliseconds more: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds + more) }

    /// A moment later (or earlier) by a number of days of 24 hours.
    package func adding(days: Int) -> Timestamp { adding(milliseconds: Int64(days) * 86_400_000) }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with milliseconds: `2026-11-21T10:12:12.345Z`.
    package var description: String {
        String(unsafeUninitializedCapacity: 24) { buffer in
            let date = date
            var rest = Int(milliseconds - Int64(date.dayNumber) * 86_400_000)
            func put(_ value: Int, digits: Int, at index: Int) {
                var value = value
                for place in stride(from: index + digits - 1, through: index, by: -1) {
                    buffer[place] = UInt8(48 + value % 10)
                    value /= 10
                }
            }
            put(date.year, digits: 4, at: 0)
            buffer[4] = UInt8(ascii: "-")
            put(date.month, digits: 2, at: 5)
            buffer[7] = UInt8(ascii: "-")
            put(date.day, digits: 2, at: 8)
            buffer[10] = UInt8(ascii: "T")
            put(rest / 3_600_000, digits: 2, at: 11)
            rest %= 3_600_000
            buffer[13] = UInt8(ascii: ":")
            put(rest / 60_000, digits: 2, at: 14)
            rest %= 60_000
            buffer[16] = UInt8(ascii: ":")
            put(rest / 1000, digits: 2, at: 17)
            buffer[19] = UInt8(ascii: ".")
            put(rest % 1000, digits: 3, at: 20)
            buffer[23] = UInt8(ascii: "Z")
            return 24
        }
    }
}

extension Timestamp {
    /// Reads RFC 3339 (RFC 3339 section 5.6): a date, `T` or a space, a time, optional fraction, `Z` or an offset.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, let date = LocalDate(ascii: bytes[0..<10]),
            [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(bytes[10]),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let hour = Int(digits: bytes[11..<13]), hour < 24, let minute = Int(digits: bytes[14..<16]), minute < 60,
            let second = Int(digits: bytes[17..<19]), second < 60
        else { return nil }
        var index = 19
        var fraction = 0
        if bytes[index] == UInt8(ascii: ".") {
            index += 1
            var scale = 100
            let start = index
            while index < bytes.count, (48...57).contains(bytes[index]) {
                fraction += Int(bytes[index] - 48) * scale
                scale /= 10
                index += 1
            }
            if index == start { return nil }
        }
        guard index < bytes.count, let offset = Self.offset(bytes[index...]) else { return nil }
        let ofDay = ((hour * 60 + minute) * 60 + second) * 1000 + fraction
        self.init(milliseconds: Int64(date.dayNumber) * 86_400_000 + Int64(ofDay) - Int64(offset) * 60_000)
    }

    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.first else { return nil }
        if bytes.count == 1 { return first == UInt8(ascii: "Z") || first == UInt8(ascii: "z") ? 0 : nil }
        let start = bytes.startIndex
        guard bytes.count == 6, first == UInt8(ascii: "+") || first == UInt8(ascii: "-"),
            bytes[start + 3] == UInt8(ascii: ":"), let hours = Int(digits: bytes[start + 1..<start + 3]), hours < 24,
            let minutes = Int(digits: bytes[start + 4..<start + 6]), minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (first == UInt8(ascii: "-") ? -1 : 1)
    }
}

extension Int {
    /// The value of a run of ASCII digits, or nil when anything else stands there.
    package init?(digits: ArraySlice<UInt8>) {
        var value = 0
        guard !digits.isEmpty, digits.count <= 18 else { return nil }
        for byte in digits {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        self = value
    }
}

extension Int64 {
    /// Division that rounds towards minus infinity, so that moments before 1970 fall on the right day.
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
