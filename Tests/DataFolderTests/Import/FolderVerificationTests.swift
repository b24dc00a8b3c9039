import ArchiveExport
import DataFolder
import Feedback
import FeedbackTestSupport
import FoundationEssentials
import Records
import Testing

@Suite("Verify: a data folder")
struct FolderVerificationTests {
    private func folder() async throws -> ImportFixture {
        let fixture = try await ImportFixture(publishing: ["post-purchase"])
        _ = try await fixture.responses("r.csv", "id,recommend\na,9\nb,8\nc,3\n", survey: "post-purchase")
        let accounts = try fixture.file("a.csv", "id,name\nacme,ACME\n")
        _ = try await fixture.run { try await fixture.folder.importAccounts(accounts, $0) }
        return fixture
    }

    private func verify(_ fixture: ImportFixture) async throws -> Verification {
        let folder = try DataFolder.open(fixture.folder.path, as: .reading, time: fixture.time)
        defer { folder.close() }
        return try await folder.verify()
    }

    private func change(_ path: String, _ change: (inout [UInt8]) -> Void) throws {
        var bytes = Array(try Data(contentsOf: URL(filePath: path)))
        change(&bytes)
        try Data(bytes).write(to: URL(filePath: path))
    }

    @Test("a sound folder is proven; a line that is not finished is no fault")
    func sound() async throws {
        let fixture = try await folder()
        var result = try await verify(fixture)
        #expect(result.isSound && result.proven.count == 3, "\(result.problems)")
        #expect(result.proven.first?.contains("3 responses to 1 surveys") == true)
        let survey = try #require(SurveyID("post-purchase"))
        let segment = try #require(fixture.folder.responseSegments(of: survey).first)
        try change(segment) { $0 += Array("{\"v\":1,\"id\":\"torn".utf8) }
        try change(fixture.folder.path + "/accounts.jsonl") { $0 += Array("{\"id\":".utf8) }
        result = try await verify(fixture)
        #expect(result.isSound && result.notProven.filter { $0.contains("is not finished") }.count == 2)
    }

    @Test("a response that cannot be read, a person, a definition that was changed or is gone: each is named")
    func problems() async throws {
        let fixture = try await folder()
        let survey = try #require(SurveyID("post-purchase"))
        let segment = try #require(fixture.folder.responseSegments(of: survey).first)
        try change(segment) { bytes in
            if let second = bytes.firstIndex(of: UInt8(ascii: "\n")) { bytes[second + 1] = UInt8(ascii: "!") }
        }
        try change(fixture.folder.path + "/accounts.jsonl") { $0 += Array("{\"name\":\"nobody\"}\n".utf8) }
        let definition = fixture.folder.path + "/definitions/post-purchase/1.xml"
        try change(definition) { bytes in
            if let place = bytes.firstRange(of: Array("A few short".utf8))?.lowerBound {
                bytes[place] = UInt8(ascii: "a")
            }
        }
        var result = try await verify(fixture)
        #expect(result.problems.count == 3 && result.proven.isEmpty)
        #expect(result.problems[0].contains("1.xml was changed after it was published"))
        #expect(result.problems[1].contains("accounts.jsonl:2: \"id\" is missing"))
        #expect(result.problems[2].contains(".jsonl:2: "))
        try FileManager.default.removeItem(atPath: definition)
        result = try await verify(fixture)
        #expect(result.problems.contains { $0.contains("1.xml is missing") })
    }
}
