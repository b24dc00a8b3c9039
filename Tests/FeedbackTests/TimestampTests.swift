import Feedback
import FeedbackTestSupport
import Testing

@Suite struct TimestampTests {
    @Test func `every day of ten thousand years survives the way through civil dates`() throws {
        var expected = LocalDate(dayNumber: try #require(LocalDate(year: 1, month: 1, day: 1)).dayNumber)
        let last = try #require(LocalDate(year: 9999, month: 12, day: 31))
        // A naive calendar, counted up day by day.
        var (year, month, day) = (1, 1, 1)
        while expected <= last {
            guard (expected.year, expected.month, expected.day) == (year, month, day),
                LocalDate(year: year, month: month, day: day) == expected
            else {
                Issue.record("\(year)-\(month)-\(day) is taken for \(expected)")
                return
            }
            let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
            let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
            day += 1
            if day > length { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
            expected = expected.adding(days: 1)
        }
    }

    @Test func `moments are written and read back to the millisecond`() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<20_000 {
            let moment = Timestamp(milliseconds: .random(in: -62_135_596_800_000...253_402_300_799_999, using: &random))
            #expect(Timestamp(moment.description) == moment)
        }
        #expect(Timestamp("2026-11-21T10:12:12.345Z")?.description == "2026-11-21T10:12:12.345Z")
    }

    @Test(arguments: [
        ("2026-11-21T10:12:12Z", "2026-11-21T10:12:12.000Z"),
        ("2026-11-21T10:12:12.5+02:00", "2026-11-21T08:12:12.500Z"),
        ("2026-11-21 10:12:12.1234567-05:30", "2026-11-21T15:42:12.123Z"),
        ("1969-12-31t23:59:59.999z", "1969-12-31T23:59:59.999Z"),
    ])
    func `RFC 3339 is read in all its spellings`(written: String, normal: String) {
        #expect(Timestamp(written)?.description == normal)
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-11-21T10:12Z", "2026-02-29T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T10:12:12",
        "2026-11-21T10:12:12.Z", "2026-11-21T10:12:12+2", "２０２６-11-21T10:12:12Z", "2026-11-21T10:12:12Z ",
    ])
    func `what is no moment is refused`(text: String) { #expect(Timestamp(text) == nil) }

    @Test func `months and quarters name segments and waves`() {
        #expect(Timestamp("2026-11-30T23:59:59.999Z")?.month == "2026-11")
        #expect(Timestamp("2026-03-31T23:59:59Z")?.quarter == "2026Q1")
        #expect(Timestamp("2026-10-01T00:00:00Z")?.quarter == "2026Q4")
    }
}
