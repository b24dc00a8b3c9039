import ArchiveExport
import DataFolder
import Feedback
import FeedbackTestSupport
import FoundationEssentials
import Journal
import Testing

@Suite("Links, keys and users")
struct SecretsTests {
    @Test func `a token opens what it was made for, and nothing else`() async throws {
        let bench = try await FolderWorkbench()
        let links = bench.folder.links
        let id = try responseID("01KB2V8J3N5Q7R9T1W3Y5Z7A9C")
        let token = links.token(for: id, survey: try surveyID("a"), purpose: .answer)
        #expect(links.verify(token, survey: try surveyID("a"), purpose: .answer) == id)
        #expect(links.verify(token, survey: try surveyID("b"), purpose: .answer) == nil)
        #expect(links.verify(token, survey: try surveyID("a"), purpose: .unsubscribe) == nil)
        #expect(links.verifyForm(token, survey: try surveyID("a")) == nil)
        #expect(
            token.utf8.allSatisfy {
                ($0 >= 48 && $0 < 58) || ($0 >= 65 && $0 < 91) || ($0 >= 97 && $0 < 123) || $0 == 45 || $0 == 95
            })
        // The same after a restart, and from a command beside.
        #expect(try bench.another(.reading).links.verify(token, survey: try surveyID("a"), purpose: .answer) == id)
        let stranger = try await FolderWorkbench()
        #expect(stranger.folder.links.verify(token, survey: try surveyID("a"), purpose: .answer) == nil)
    }

    @Test func `no token with a changed character, cut or lengthened, is taken`() async throws {
        let bench = try await FolderWorkbench()
        let links = bench.folder.links
        let survey = try surveyID("a")
        let token = links.token(for: try responseID("x"), survey: survey, purpose: .answer)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        for (place, character) in token.enumerated() {
            for other in alphabet where other != character {
                var changed = Array(token)
                changed[place] = other
                #expect(links.verify(String(changed), survey: survey, purpose: .answer) == nil)
            }
            #expect(links.verify(String(token.prefix(place)), survey: survey, purpose: .answer) == nil)
        }
        for bad in [
            "", "A", token + "A", token + "=", token + " ", "é" + token, String(repeating: "A", count: 1 << 20),
        ] {
            #expect(links.verify(bad, survey: survey, purpose: .answer) == nil)
        }
    }

    @Test func `a secret that was lost is missed, and made anew only when asked to`() async throws {
        let bench = try await FolderWorkbench(Sample.one)
        bench.folder.close()
        try bench.files.remove("data/secret")
        for use in [DataFolder.Use.serve, .command, .existing] {
            let error = #expect(throws: FolderError.self) { try bench.another(use) }
            #expect(error?.exitStatus == 65 && error?.message.contains("data/secret is missing") == true)
        }
        #expect(bench.files.files["data/secret"] == nil)
        _ = try bench.another(.recovering)
        _ = try bench.another(.command)
    }

    @Test func `verifying a folder misses its secret`() async throws {
        let temporary = try TemporaryFolder()
        let path = temporary.file("data")
        let folder = try DataFolder.open(path, as: .command)
        try await FolderWorkbench.publish(Sample.one, in: folder)
        folder.close()
        #expect(try await DataFolder.open(path, as: .reading).verify().problems == [])
        try FileManager.default.removeItem(atPath: path + "/secret")
        let problems = try await DataFolder.open(path, as: .reading).verify().problems
        #expect(problems.contains { $0.hasPrefix(path + "/secret is missing") })
    }

    @Test func `a form token tells its id and moment`() async throws {
        let bench = try await FolderWorkbench()
        let (links, now) = (bench.folder.links, bench.time.now())
        let id = try responseID(String(repeating: "z", count: 64))
        let token = links.formToken(for: id, survey: try surveyID("a"), drawn: now)
        let form = links.verifyForm(token, survey: try surveyID("a"))
        #expect(form?.id == id)
        #expect(form?.drawn == now)
        #expect(links.verifyForm(token, survey: try surveyID("b")) == nil)
        #expect(links.verify(token, survey: try surveyID("a"), purpose: .answer) == nil)
    }

    @Test func `a secret that cannot be read stops everything rather than breaking every link`() async throws {
        let bench = try await FolderWorkbench()
        bench.folder.close()
        for bytes in [[], Array("garbage\n".utf8), Array("{\"number\":1,\"key\":\"short\"}\n".utf8)] {
            bench.files.overwrite("data/secret", with: bytes)
            #expect(throws: FolderError.self) { try bench.another(.serve) }
        }
    }

    @Test func `users sign in with their password only, until removed`() async throws {
        let bench = try await FolderWorkbench()
        let folder = bench.folder
        try await folder.addUser("ines", password: "correct horse battery", by: "test")
        #expect(try folder.users() == ["ines"])
        #expect(try folder.verify(user: "ines", password: "correct horse battery"))
        #expect(try !folder.verify(user: "ines", password: "correct horse batterY"))
        #expect(try !folder.verify(user: "omar", password: "correct horse battery"))
        #expect(!bench.lines("users").joined().contains("horse"))
        try await folder.addUser("ines", password: "another long one", by: "test")
        #expect(try bench.another().verify(user: "ines", password: "another long one"))
        try await folder.removeUser("ines", by: "test")
        #expect(try !folder.verify(user: "ines", password: "another long one"))
        #expect(try folder.users().isEmpty)
        #expect(bench.lines("audit").count == 3)
        await #expect(throws: FolderError.self) { try await folder.removeUser("ines", by: "test") }
        await #expect(throws: FolderError.self) {
            try await folder.addUser("", password: "correct horse battery", by: "test")
        }
        await #expect(throws: FolderError.self) { try await folder.addUser("omar", password: "short", by: "test") }
    }
}
