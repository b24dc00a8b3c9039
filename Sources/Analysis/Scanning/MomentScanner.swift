internal import Feedback

/// Reads moments in heed's own spelling; mostly they are of the day of the one before.
struct MomentScanner: Sendable {
    private var dayWord: UInt64 = 0
    private var dayRest: UInt64 = 0
    private var dayStart: Int64 = 0
    /// The UTC quarter of the moment last read: year * 4 + quarter - 1.
    private(set) var quarter: Int32 = 0

    /// A moment as heed writes it, `2026-11-21T10:12:12.345Z"`, in milliseconds since 1970; 25 bytes must be there.
    mutating func scan(_ bytes: RawSpan, _ at: Int) -> Int64? {
        let date = ByteWords.word(bytes, at)
        let middle = ByteWords.word(bytes, at + 8)
        let last = ByteWords.word(bytes, at + 16)
        if date != dayWord || middle & 0xFF_FFFF != dayRest {
            guard middle >> 16 & 0xFF == UInt64(UInt8(ascii: "T")),
                let day = LocalDate(ascii: ByteWords.array(bytes, at, count: 10)[...])
            else { return nil }
            dayWord = date
            dayRest = middle & 0xFF_FFFF
            dayStart = Int64(day.dayNumber) * 86_400_000
            quarter = Int32(day.year * 4 + (day.month - 1) / 3)
        }
        // `hh:mm` and `:ss.mmmZ`: digits become 0 to 9, marks become 0.
        let hours = (middle >> 24) ^ 0x30_303A_3030
        let seconds = last ^ 0x5A30_3030_2E30_303A
        let beyond = (hours | (hours &+ 0x76_767F_7676)) & 0x80_8080_8080
        let past = (seconds | (seconds &+ 0x7F76_7676_7F76_767F)) & ByteWords.highs
        guard beyond | past == 0, ByteWords.byte(bytes, at + 24) == 0x22 else { return nil }
        func digit(_ word: UInt64, _ place: UInt64) -> Int64 { Int64(word >> (place * 8) & 15) }
        let hour = digit(hours, 0) * 10 + digit(hours, 1)
        let minute = digit(hours, 3) * 10 + digit(hours, 4)
        let second = digit(seconds, 1) * 10 + digit(seconds, 2)
        guard hour < 24, minute < 60, second < 60 else { return nil }
        let fraction = digit(seconds, 4) * 100 + digit(seconds, 5) * 10 + digit(seconds, 6)
        return dayStart + ((hour * 60 + minute) * 60 + second) * 1000 + fraction
    }
}
