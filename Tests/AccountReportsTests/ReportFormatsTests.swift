internal import Feedback
internal import FeedbackTestSupport
internal import Records
import Testing

@testable import AccountReports
@testable import Analysis

/// The report as text, JSON, HTML and CSV.
@Suite struct ReportFormatsTests {
    @Test func textInEightyColumns() {
        var report = SampleReports.report
        report.accounts.remove(at: 1)
        let text = ReportText.text(report, columns: 80)
        #expect(
            text == """
                Accounts at risk, as of the end of 23 Nov 2026 UTC

                Accounts            1 high, 1 medium, 1 unknown, 1 low
                Value at high risk  € 84,000 a year
                NPS per account     +21 (95 % -40 to +81), 3 accounts, 27 people
                Heard from          74 % of annual value, 3 of 4 accounts, 2 of 4 decision
                                    makers
                Since 16 Nov 2026   1 new at high risk, 0 no longer; 1 new flag, 1 cleared

                HIGH     Northwind Foods                      gold · Ines Park · € 84,000 a year
                           NPS -33 (-75 to +31) · 6 of 12 answered · renewal in 23 days · was
                           medium, 1 new flag
                         ! A decision maker is a detractor (new). Tom Berg (decision maker) gave
                           2 on 19 Nov 2026; 8 on 3 May 2026.
                           “Support promised twice and nobody called.”
                         > Clears when Tom Berg answers 7 or more.
                         i Renewal on 16 Dec 2026, in 23 days.

                UNKNOWN  Oakline                                                gold · Ines Park
                           NPS nobody answered · 0 of 6 answered · renewal in 23 days

                LOW      কেস্ট্রেল বুকস                           gold · Ines Park · € 9,800 a year
                           NPS +79 (+49 to +91) · 19 of 25 answered · renewal in 23 days · 1
                           cleared

                Risk is the number and weight of flags, not a probability. Intervals: 95 %,
                Tango's score interval; answers of the 365 days before.
                3 lines could not be read and count nowhere.
                2 responses to old 1 count nowhere: no such version was published here.

                """, "\(text)")
    }

    @Test(arguments: [10, 60, 72, 80, 100, 132, 200]) func textStaysInItsColumns(columns: Int) {
        let text = ReportText.text(SampleReports.report, columns: columns)
        for line in text.split(separator: "\n") { #expect(DisplayWidth.of(line) <= max(60, columns), "\(line)") }
        // Nothing that moves the cursor or turns the writing direction.
        #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
    }

    @Test func jsonHasTheKeysOfTheContract() throws {
        let value = try JSONParser.parse(ReportJSON.bytes(SampleReports.report))
        #expect(value["asOf"]?.string == "2026-11-23T23:59:59.999Z")
        let accounts = try #require(value["accounts"]?.array)
        #expect(accounts.count == 4)
        for account in accounts {
            for key in [
                "id", "name", "tier", "manager", "annualValue", "currency", "renewal", "risk", "contacts", "answered",
                "nps", "flags", "notices",
            ] { #expect(account[key] != nil, "\(key)") }
            for key in [
                "detractors", "passives", "promoters", "value", "low", "high", "certainLow", "certainHigh", "shrunk",
                "weight",
            ] {
                #expect(account["nps"]?[key] != nil, "\(key)")
            }
        }
        let first = accounts[0]
        #expect(
            first["annualValue"] == .number("84000") && first["renewal"]?.string == "2026-12-16"
                && first["risk"]?.string == "high")
        let flag = try #require(first["flags"]?.array?.first)
        #expect(
            flag["rule"]?.string == "decision-maker-detractor" && flag["since"]?.string == "2026-11-19T10:00:00.000Z")
        #expect(flag["clears"]?.string == "Clears when Tom Berg answers 7 or more.")
        let evidence = try #require(flag["evidence"]?.array?.first)
        #expect(
            evidence["kind"]?.string == "response" && evidence["id"]?.string == "01KB"
                && evidence["at"]?.string == "2026-11-19T10:00:00.000Z")
        #expect(evidence["quote"]?.string == "Support promised twice and nobody called.")
        #expect(first["notices"]?.array?.first?["rule"]?.string == "renewal-near")
        // Points, unrounded; undefined is null and never 0.
        #expect(abs((first["nps"]?["value"]?.double ?? 0) - (-100.0 / 3)) < 1e-12)
        let silent = try #require(accounts.first { $0["id"]?.string == "oakline" }?["nps"])
        for key in ["value", "low", "high", "shrunk", "weight"] { #expect(silent[key] == .null) }
        #expect(silent["certainLow"] == .number("-100") && silent["certainHigh"] == .number("100"))
        #expect(value["portfolio"]?["byRisk"]?["high"] == .number("1"))
    }

    @Test func csvIsATableAndNoProgram() {
        let rows = Self.rows(ReportCSV.bytes(SampleReports.report))
        #expect(rows.count == 5 && Set(rows.map(\.count)) == [22])
        #expect(rows[1][0] == "northwind" && rows[1][7] == "high" && rows[1][4] == "84000")
        #expect(rows[2][0] == "'=cmd|' /C calc'!A0", "a formula is written as text")
        #expect(rows[3][13] == "" && rows[3][10] == "0", "undefined is empty, none is 0")
        #expect(rows[1][13].hasPrefix("-33.33"), "numbers stay numbers")
        for row in rows {
            for cell in row { #expect(!["=", "+", "@"].contains(cell.prefix(1)) || Double(cell) != nil) }
        }
    }

    @Test func pageStandsAlone() throws {
        let bytes = ReportHTML.bytes(SampleReports.report)
        let page = try HTMLPage(bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(
            page.all("script").isEmpty && page.all("link").isEmpty && page.all("img").isEmpty
                && page.all("a").count == 1)
        #expect(!text.contains(" style=") && !text.contains("http"))
        #expect(page.all("tr").count == 5)
        #expect(page.all("svg").allSatisfy { $0["role"] == "img" && $0["aria-label"]?.isEmpty == false })
        #expect(text.contains("3 and 8"), "fewer than three answers are shown themselves")
        #expect(text.contains("dir=\"auto\"") && text.contains("lang=\"ar\""))
        #expect(text.contains("@media(max-width:40rem)") && text.contains("prefers-color-scheme:dark"))
    }

    /// RFC 4180.
    private static func rows(_ bytes: [UInt8]) -> [[String]] {
        var rows: [[String]] = [[""]]
        var isQuoted = false
        var previous: Character = " "
        for character in String(decoding: bytes, as: UTF8.self) {
            let row = rows.count - 1
            let cell = rows[row].count - 1
            switch character {
            case "\"":
                if !isQuoted, previous == "\"" { rows[row][cell].append("\"") }
                isQuoted.toggle()
            case "," where !isQuoted: rows[row].append("")
            case "\r\n" where !isQuoted: rows.append([""])
            default: rows[row][cell].append(character)
            }
            previous = character
        }
        return rows.dropLast()
    }
}
