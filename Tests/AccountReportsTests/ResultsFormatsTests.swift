internal import Feedback
internal import FeedbackTestSupport
internal import Records
import Testing

@testable import AccountReports
@testable import Analysis

/// A survey's results as text, JSON, HTML and CSV.
@Suite struct ResultsFormatsTests {
    @Test func textSaysWhatTheBankShows() {
        let text = ResultsText.text(SampleReports.results, columns: 80)
        #expect(text.contains("NPS -8.4 (95 % -17.9 to +1.2), n = 250: 86 detractors, 99 passives, 65"))
        #expect(text.contains("70.0 % satisfied (95 % 57.5 to 80.1), n = 60: 42 satisfied; mean 3.90"))
        #expect(text.contains("Nobody answered."))
        #expect(text.contains("n = 3: too few answers"))
        for line in text.split(separator: "\n") { #expect(DisplayWidth.of(line) <= 80, "\(line)") }
        #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
    }

    @Test func jsonHasTheKeysOfTheContract() throws {
        let value = try JSONParser.parse(ResultsJSON.bytes(SampleReports.results))
        #expect(
            value["survey"]?.string == "bank" && value["responses"] == .number("250")
                && value["partials"] == .number("3"))
        let questions = try #require(value["questions"]?.array)
        let recommend = questions[0]
        #expect(
            recommend["id"]?.string == "recommend" && recommend["kind"]?.string == "nps"
                && recommend["n"] == .number("250"))
        #expect(recommend["nps"]?["detractors"] == .number("86") && recommend["nps"]?["value"] == .number("-8.4"))
        #expect(
            abs((recommend["nps"]?["low"]?.double ?? 0) + 17.8668) < 1e-9
                && abs((recommend["nps"]?["high"]?.double ?? 0) - 1.2388) < 1e-9)
        #expect(questions[1]["csat"]?["satisfied"] == .number("42") && questions[1]["csat"]?["value"] == .number("70"))
        #expect(questions[2]["ces"]?["value"] == .null && questions[2]["ces"]?["low"] == .null)
        #expect(questions[3]["withheld"] == .boolean(true) && questions[3]["csat"] == nil)
        #expect(questions[4]["quotes"]?.array?.count == 1)
    }

    @Test func pageAndTable() throws {
        let bytes = ResultsHTML.bytes(SampleReports.results)
        let page = try HTMLPage(bytes)
        #expect(page.all("script").isEmpty)
        #expect(page.all("blockquote").first?["lang"] == "bn")
        #expect(String(decoding: bytes, as: UTF8.self).contains("Nobody answered."))
        let csv = String(decoding: ResultsCSV.bytes(SampleReports.results), as: UTF8.self)
        #expect(
            csv.hasPrefix(
                "group,question,kind,prompt,n,figure,value,low,high,counts,distribution,versions\r\n,recommend,nps,"
            ))
    }
}
