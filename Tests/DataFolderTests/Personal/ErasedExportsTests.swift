import ArchiveExport
import DataFolder
import Feedback
import FeedbackTestSupport
import FoundationEssentials
import Records
import Testing

@Suite("Exports without an erased person")
struct ErasedExportsTests {
    private static let answers = """
        id,contact,recommend,reason,choice.other,submitted,order.product
        a1,maria-77,3,"I am Maria Lopez,
        and <angry> & ""loud"" indeed",,2026-11-01,Kettle
        b2,bob-12,9,"As Maria Lopez said: =fine",,2026-11-02,Pot
        c3,bob-12,2,nothing of her,,2026-11-03,Pan

        """

    private static let survey = """
        <survey xmlns="urn:heed:survey:1" id="trip" version="1" kind="transactional" languages="en" access="open">
          <title>Trip</title><fields><field name="order.product" type="text"/></fields>
          <page id="one"><nps id="recommend" required="true"><prompt>Would you?</prompt></nps>
          <text id="reason"><prompt>Why?</prompt></text>
          <choice id="choice"><prompt>Which?</prompt><option code="x">X</option><option code="o" other="true">O</option></choice></page>
          <ending><message>Thanks.</message></ending></survey>
        """

    /// A folder with three answers, exported in every format.
    private func exported() async throws -> (fixture: ImportFixture, exports: String) {
        let fixture = try await ImportFixture()
        try await fixture.publish(Array(Self.survey.utf8))
        let contacts = try fixture.file(
            "contacts.csv",
            "id,account,name,email\nmaria-77,acme,Maria Lopez,maria@acme.example\nbob-12,acme,Bob Stone,bob@acme.example\n"
        )
        _ = try await fixture.run { try await fixture.folder.importContacts(contacts, $0) }
        let outcome = try await fixture.responses("answers.csv", Self.answers, survey: "trip")
        #expect(outcome.rejects == [] && outcome.summary.added == 3)
        let exports = fixture.files.file("exports")
        try FileManager.default.createDirectory(atPath: exports, withIntermediateDirectories: true)
        for format in ["archive", "csv", "jsonl"] { try await export(fixture, exports + "/trip." + format, format) }
        return (fixture, exports)
    }

    private func export(_ fixture: ImportFixture, _ path: String, _ format: String) async throws {
        let (job, segments) = try fixture.folder.exportJob(
            try surveyID("trip"), since: nil, until: nil, generator: "test")
        let sink = try FileSink(path) { _ in true }
        _ = try await Exporter(job, format: format, segments: segments)?.run(to: sink)
        try sink.finish()
    }

    private func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    private func erase(
        _ fixture: ImportFixture, _ exports: String, kept: KeptAnswers, policy: MentionPolicy
    ) async throws -> ErasureCertificate {
        let request = ErasureRequest(
            try contactID("maria-77"), kept: kept, policy: policy, by: "test", exports: exports)
        let plan = try await fixture.folder.showErasure(request)
        #expect(plan.exports.map(\.path) == ["archive", "csv", "jsonl"].map { "\(exports)/trip.\($0)" })
        return try await fixture.folder.erase(request, plan: plan.digest)
    }

    @Test(
        "each format is what it would be if it were exported now, and the archive is sealed anew",
        arguments: KeptAnswers.allCases)
    func rewritten(_ kept: KeptAnswers) async throws {
        let (fixture, exports) = try await exported()
        let certificate = try await erase(fixture, exports, kept: kept, policy: .redact)
        #expect(certificate.remaining == [])
        for format in ["archive", "csv", "jsonl"] {
            let rewritten = try text("\(exports)/trip.\(format)")
            for word in ["maria-77", "Maria", "maria@", "a1\""] {
                #expect(!rewritten.contains(word), "\(format): \(word)")
            }
            let anew = "\(exports)/anew.\(format)"
            try await export(fixture, anew, format)
            let expected = try text(anew)
            #expect(lines(rewritten) == lines(expected), "\(format)")
        }
        let verification = try ArchiveVerification.verify("\(exports)/trip.archive")
        #expect(verification.isSound, "\(verification.problems)")
        let folder = try await fixture.folder.verify()
        #expect(folder.isSound, "\(folder.problems)")
    }

    /// Every line but those that tell when it was made.
    private func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { !$0.hasPrefix("<archive") && !$0.hasPrefix(" <seal") }
    }

    @Test("exports of another folder, where somebody has the same id and name, stay and are named")
    func others() async throws {
        let (fixture, exports) = try await exported()
        // The fixture takes its files with it.
        defer { withExtendedLifetime(fixture) {} }
        let other = try await ImportFixture()
        try await other.publish(Array(Self.survey.utf8))
        let contacts = try other.file(
            "contacts.csv", "id,account,name,email\nmaria-77,acme,Maria Lopez,maria@acme.example\n")
        _ = try await other.run { try await other.folder.importContacts(contacts, $0) }
        _ = try await other.responses(
            "answers.csv", "id,contact,recommend,submitted\nz9,maria-77,8,2026-11-01\n", survey: "trip")
        let before = try ["archive", "csv", "jsonl"].map { try text("\(exports)/trip.\($0)") }
        try await export(other, exports + "/zz.jsonl", "jsonl")
        let request = ErasureRequest(try contactID("maria-77"), policy: .redact, by: "test", exports: exports)
        let plan = try await other.folder.showErasure(request)
        #expect(plan.exports.map { $0.problem == nil } == [false, false, false, true])
        _ = try await other.folder.erase(request, plan: plan.digest)
        #expect(try ["archive", "csv", "jsonl"].map { try text("\(exports)/trip.\($0)") } == before)
        #expect(try !text(exports + "/zz.jsonl").contains("maria-77"))
    }

    @Test("an account's name that speaks of them is redacted in the archive as in the journal")
    func accountName() async throws {
        let (fixture, exports) = try await exported()
        let accounts = try fixture.file("accounts.csv", "id,name,tier\nacme,Maria Lopez & Sons,gold\n")
        _ = try await fixture.run { try await fixture.folder.importAccounts(accounts, $0) }
        try await export(fixture, exports + "/trip.archive", "archive")
        #expect(try text("\(exports)/trip.archive").contains("Maria Lopez &amp; Sons"))
        let certificate = try await erase(fixture, exports, kept: .scores, policy: .redact)
        #expect(certificate.remaining == [])
        #expect(try text("\(exports)/trip.archive").contains("[erased] &amp; Sons"))
        #expect(try ArchiveVerification.verify("\(exports)/trip.archive").isSound)
    }

    @Test("mentions that are kept, files of others and altered archives stay byte for byte, and are named")
    func untouched() async throws {
        let (fixture, exports) = try await exported()
        let bob = try text("\(exports)/trip.jsonl").split(separator: "\n").dropFirst()
        let archive = try text("\(exports)/trip.archive").replacing("nothing of her", with: "nothing of him")
        try Data(archive.utf8).write(to: URL(filePath: "\(exports)/trip.archive"))
        let foreign = try fixture.file("exports/zz-notes.txt", "Maria Lopez rang.\nNobody else.")
        let request = ErasureRequest(
            try contactID("maria-77"), policy: .keep, by: "test", exports: exports)
        let plan = try await fixture.folder.showErasure(request)
        #expect(plan.exports.filter { $0.problem != nil }.map(\.path) == ["\(exports)/trip.archive", foreign])
        let certificate = try await fixture.folder.erase(request, plan: plan.digest)
        #expect(try text("\(exports)/trip.jsonl").split(separator: "\n").dropFirst() == bob)
        #expect(try text("\(exports)/trip.archive") == archive)
        #expect(try text(foreign) == "Maria Lopez rang.\nNobody else.")
        #expect(certificate.remaining.contains { $0.contains("zz-notes.txt") })
        #expect(certificate.remaining.contains { $0.contains("trip.archive") })
    }
}
