import Feedback
import FeedbackTestSupport
import FoundationEssentials
import Markup
import Records
import Testing

@testable import ArchiveExport

@Suite("Archive: the golden one")
struct GoldenArchiveTests {
    /// `exports/golden/club.xml`, committed: what an archive looks like, for readers and for other programs.
    static var path: String { Checkout.path + "/exports/golden/club.xml" }

    @Test("the archive of known lines is the committed one, byte for byte; a change of the format shows here")
    func golden() async throws {
        var fixture = try ExportFixture()
        var full = try fixture.line(
            "01KB2V8J3N5Q7R9T1W3Y5Z7A9C", recommend: 2, text: "Late & <broken>.\nডেলিভারি দেরি, متأخر!")
        full.revision = 2
        full.recorded = full.submitted.adding(days: 1)
        full.role = .decisionMaker
        full.wave = "2026Q4"
        full.language = LanguageTag("en")
        full.started = full.submitted.adding(milliseconds: -61_000)
        full.answers = Answers([
            .init(key: "recommend", answer: .integer(2)), .init(key: "product", answer: .integer(1)),
            .init(key: "wrong", answer: .list(["late", "other"])),
            .init(key: "wrong.other", answer: .text("The box = \"wet\"")),
            .init(key: "call", answer: .text("yes")),
            .init(key: "seats", answer: .number(try #require(DecimalNumber("12.5")))),
            .init(key: "reason", answer: try #require(full.answers["reason"])),
            .init(key: "quote", answer: .consent(given: true, text: "3f2a")),
        ])
        full.fields = Answers([
            .init(key: "order.product", answer: .text("Kettle")), .init(key: "order.amount", answer: .integer(40)),
        ])
        full.offers = .array([.object([.init("kind", .string("coupon")), .init("code", .string("K7-QX2"))])])
        var partial = try fixture.line("01KB2V8J3N5Q7R9T1W3Y5Z7A9D", recommend: 10, text: "")
        partial.isComplete = false
        partial.answers["reason"] = nil
        try fixture.add([full, partial])
        var acme = AccountLine(id: try #require(AccountID("acme")))
        acme.name = "ACME GmbH"
        acme.tier = "gold"
        acme.annualValue = DecimalNumber("9000")
        acme.currency = "EUR"
        acme.renewal = LocalDate("2027-01-15")
        var maria = ContactLine(id: try #require(ContactID("maria")))
        maria.account = acme.id
        maria.name = "Maria Keller"
        maria.role = .decisionMaker
        try fixture.write(accounts: [acme], contacts: [maria])
        let bytes = try await fixture.export().bytes
        _ = try ExportFixture.parse(bytes)
        guard FileManager.default.fileExists(atPath: Self.path) else {
            try FileManager.default.createDirectory(
                atPath: String(Self.path.dropLast("/club.xml".count)), withIntermediateDirectories: true)
            try Files.write(bytes, to: Self.path)
            Issue.record("there was no golden archive; it is written now: look at it and commit it")
            return
        }
        #expect(try String(decoding: Files.read(Self.path), as: UTF8.self) == String(decoding: bytes, as: UTF8.self))
        #expect(try ArchiveVerification.verify(Self.path).isSound)
    }
}
