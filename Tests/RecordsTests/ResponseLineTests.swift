import Feedback
import Records
import Testing

@Suite struct ResponseLineTests {
    /// The line of DESIGN section 5, byte for byte.
    static let contract =
        #"{"v":1,"id":"01KB2V8J3N5Q7R9T1W3Y5Z7A9C","revision":1,"survey":"post-purchase","version":"1","submitted":"2026-11-21T10:12:12.345Z","recorded":"2026-12-01T09:00:00.000Z","complete":false,"account":"acme","contact":"maria","role":"decision-maker","wave":"2026Q4","channel":"link","language":"en","started":"2026-11-21T10:11:02.000Z","answers":{"recommend":9,"satisfaction":4,"contact-me":"no","topics":["price","speed"]},"fields":{"order.product":"Kettle"},"offers":[{"kind":"coupon","code":"K7-QX2"}]}"#

    @Test func `the contract's own line is written as it was read`() throws {
        let line = try ResponseLine(Self.contract.utf8)
        var bytes: [UInt8] = []
        line.append(to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == Self.contract + "\n")
        #expect(!line.isComplete && line.role == .decisionMaker && line.effectiveWave == "2026Q4")
    }

    @Test func `any key order is read and unknown keys are kept`() throws {
        let text =
            #"{"answers":{"n":1.50,"m":{"a":3},"c":{"given":true,"text":"d"}},"x":[1,{"y":null}],"version":"2","survey":"s","submitted":"2026-01-01T00:00:00Z","revision":2,"id":"a","v":1}"#
        let line = try ResponseLine(text.utf8)
        #expect(line.isComplete && line.effectiveWave == "2026Q1" && line.unknown.map(\.key) == ["x"])
        #expect(line.answers["n"] == DecimalNumber("1.5").map(Answer.number))
        #expect(line.answers["m"] == .grid([GridRow(item: "a", answer: .integer(3))]))
        #expect(line.answers["c"] == .consent(given: true, text: "d"))
        var bytes: [UInt8] = []
        line.append(to: &bytes)
        #expect(try ResponseLine(bytes) == line)
    }

    @Test func `a newer line is told apart from a broken one`() {
        do {
            _ = try ResponseLine(#"{"v":2}"#.utf8)
            Issue.record("read a line of the future")
        } catch { #expect(error.isNewer) }
        do {
            _ = try ResponseLine(#"{"v":1,"id":"a b"}"#.utf8)
            Issue.record("read a line with a broken id")
        } catch { #expect(!error.isNewer && error.reason.contains("id")) }
    }

    @Test func `other records survive being written and read`() throws {
        var account = AccountLine(id: try #require(AccountID("a")))
        account.annualValue = DecimalNumber("9000.5")
        account.renewal = LocalDate("2027-01-15")
        account.unknown = [.init("extra", .boolean(true))]
        var bytes: [UInt8] = []
        account.append(to: &bytes)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"id":"a","annualValue":9000.5,"renewal":"2027-01-15","extra":true}"# + "\n")
        #expect(try AccountLine(bytes) == account)
        var event = EventLine(id: "e", kind: .acquisitionCost, at: Timestamp(milliseconds: 0))
        event.fields = Answers([.init(key: "campaign", answer: .text("x"))])
        bytes = []
        event.append(to: &bytes)
        #expect(try EventLine(bytes) == event)
    }
}
