import Feedback
import FeedbackTestSupport
import Testing

@Suite struct DecimalNumberTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("007", "7"), ("+3.50", "3.5"), ("-12.000", "-12"), ("0.10", "0.1"),
        ("123456789012345", "123456789012345"),
    ])
    func `numbers have one spelling`(written: String, normal: String) {
        #expect(DecimalNumber(written)?.text == normal)
    }

    @Test(arguments: [
        "", "-", ".", "1.", ".5", "1e3", "1,5", "NaN", "１", "1 ", "1234567890123456", "0.1234567890123456", "--1",
        "1.2.3",
    ])
    func `anything else is no number`(written: String) { #expect(DecimalNumber(written) == nil) }

    @Test func `fifteen digits survive the way through a binary number`() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<20_000 {
            let whole = Int.random(in: 0...999_999_999, using: &random)
            let part = Int.random(in: 0...99999, using: &random)
            guard let number = DecimalNumber("\(whole).\(part)") else {
                Issue.record("\(whole).\(part)")
                continue
            }
            #expect(Double("\(whole).\(part)") == number.value)
        }
    }
}
