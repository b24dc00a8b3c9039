import DataFolder
import Feedback
import FeedbackTestSupport
import FoundationEssentials
import Journal
import QuestionnaireModel
import Records
import Testing

@Suite("Erasing a person")
struct ErasureTests {
    /// Every call in turn takes a while; odd, so that every other one is a power cut.
    private static let stride = ProcessInfo.processInfo.environment["HEED_LONG"] == nil ? 5 : 1

    /// Maria, who answered, began and was invited; others, of whom one speaks of her; events.
    private func folder() async throws -> FolderWorkbench {
        let bench = try await FolderWorkbench(Sample.trip, Sample.one)
        try await bench.person("maria-77", "Maria Lopez", "maria@acme.example")
        try await bench.person("bob-12", "Bob Stone", "bob@birch.example")
        let maria = try await bench.asked("maria-77", wave: "2026Q4")
        _ = try await bench.send(
            maria.id, "trip", page: "score", ["recommend": "3", "reason": "I am Maria Lopez, call me"])
        _ = try await bench.send(maria.id, "trip", page: "more", ["satisfaction": "2"])
        _ = try await bench.send(maria.id, "trip", page: "last", ["wish": "a raise for maria@acme.example"])
        let second = try await bench.asked("maria-77", wave: "2027Q1")
        _ = try await bench.send(second.id, "trip", page: "score", ["recommend": "5", "reason": "unfinished secret"])
        let bob = try await bench.asked("bob-12", wave: "2026Q4")
        _ = try await bench.send(bob.id, "trip", page: "score", ["recommend": "9"])
        _ = try await bench.send(
            bob.id, "trip", page: "last", ["wish": "MARIA LOPEZ was great, Maria helps"])
        var event = EventLine(id: "e1", kind: .purchase, at: bench.time.now())
        (event.account, event.contact, event.note) = (AccountID("acme"), try contactID("maria-77"), "called Maria")
        event.product = "Kettle of Maria Lopez"
        try await bench.folder.append(events: [event])
        event.id = "maria-77/e2"
        try await bench.folder.append(events: [event])
        return bench
    }

    @Test("nothing of her is left in any file, and her score stays counted")
    func complete() async throws {
        let bench = try await folder()
        let before = try bench.scores("trip")
        try bench.put(
            "data/quarantine/drafts.2026-11.jsonl.9", Array("{\"id\":\"x\",\"answers\":{\"wish\":\"I, Maria Lo".utf8))
        try bench.put(
            "data/quarantine/drafts.2026-11.jsonl.7", Array("{\"id\":\"y\",\"answers\":{\"wish\":\"nobody".utf8))
        try bench.put("data/cache/folds/trip.fold", Array("maria-77".utf8))
        try bench.put("data/accounts.jsonl", Array("garbage of Maria Lopez\ngarbage of nobody\n".utf8))
        let certificate = try await bench.erase("maria-77", policy: .redact)
        #expect(certificate.quarantine == ["quarantine/drafts.2026-11.jsonl.9"])
        #expect(bench.files.files["data/quarantine/drafts.2026-11.jsonl.7"] != nil)
        #expect(bench.lines("accounts") == ["garbage of nobody"])
        #expect(bench.files(holding: ["maria-77", "Maria", "MARIA", "maria@", "unfinished secret", "call me"]) == [])
        #expect(try bench.scores("trip") == before)
        #expect(certificate.remaining == [] && certificate.searched > 5)
        #expect(certificate.erasure.state == .finished)
        // Bob's own answers are as they were, but for her name.
        let bob = try #require(try bench.responses("trip").first { $0.contact?.rawValue == "bob-12" })
        #expect(bob.answers["wish"] == .text("[erased] was great, [erased] helps"))
        #expect(bob.answers["recommend"] == .integer(9))
    }

    @Test("a plan must have been looked at, still hold, and say what becomes of what others typed")
    func plan() async throws {
        let bench = try await folder()
        var request = try bench.request("maria-77")
        var plan = try await bench.folder.showErasure(request)
        #expect(!plan.isDecided && plan.mentions.map(\.mention.isCertain) == [true])
        #expect(plan.mentions.first?.mention.id.hasPrefix("trip:") == true)
        await #expect(throws: FolderError.self) { try await bench.folder.erase(request, plan: plan.digest) }
        request.policy = .keep
        await #expect(throws: FolderError.self) { try await bench.folder.erase(request, plan: plan.digest) }
        plan = try await bench.folder.showErasure(request)
        // Looking at it twice is no change; another answer is one.
        #expect(try await bench.folder.showErasure(request).digest == plan.digest)
        let third = try await bench.asked("maria-77", wave: "2027Q2")
        _ = try await bench.send(third.id, "trip", page: "score", ["recommend": "0"])
        await #expect(throws: FolderError.self) { try await bench.folder.erase(request, plan: plan.digest) }
        let certificate = try await bench.erase("maria-77", policy: .keep)
        // Bob's words were kept, and the certificate says where.
        #expect(certificate.remaining.count == 1 && certificate.remaining.first?.hasPrefix("responses/trip/") == true)
        #expect(bench.files(holding: ["maria-77", "maria@"]) == [])
        await #expect(throws: FolderError.self) { try await bench.folder.showErasure(request) }
    }

    @Test("her links are gone, her opt-out stays, and no import brings her back")
    func aftermath() async throws {
        let bench = try await folder()
        let open = try await bench.asked("maria-77", wave: "2027Q3")
        _ = try await bench.erase("maria-77", policy: .redact)
        #expect(try await bench.send(open.id, "trip", page: "score", ["recommend": "0"]).word == "unavailable: revoked")
        let again = try await bench.person("maria-77", "Maria Lopez", "maria@acme.example")
        let renamed = try await bench.person("maria-new", "Maria Lopez", "MARIA@acme.example")
        #expect(again == 0 && renamed == 0)
        let other = try await bench.person("maria-new", "Maria Lopez", "maria@home.example")
        #expect(other == 1)
        let known = bench.lines("events")
        #expect(known.count == 2 && known.allSatisfy { $0.contains("Kettle of [erased]") })
        var event = EventLine(id: "e1", kind: .purchase, at: bench.time.now())
        (event.account, event.contact, event.note) = (AccountID("acme"), try contactID("maria-77"), "called Maria")
        event.product = "Kettle of Maria Lopez"
        try await bench.folder.append(events: [event])
        #expect(bench.lines("events") == known, "the same event adds nothing")
        var line = ResponseLine(
            id: try responseID("r1"), survey: try surveyID("trip"), version: try version("1"),
            submitted: bench.time.now(),
            answers: Answers([
                .init(key: "recommend", answer: .integer(4)), .init(key: "wish", answer: .text("from Maria")),
            ]))
        line.contact = try contactID("maria-77")
        for _ in 0..<2 { try await bench.folder.append(imported: [line]) }
        let stored = try bench.responses("trip").filter { $0.answers["recommend"] == .integer(4) }
        #expect(stored.count == 1 && stored.first?.answers["wish"] == nil && stored.first?.contact != line.contact)
        #expect(bench.files(holding: ["maria-77"]) == [])
    }

    @Test(
        "what she answered goes altogether where that is asked for, and stays where that is",
        arguments: KeptAnswers.allCases)
    func kept(_ kept: KeptAnswers) async throws {
        let bench = try await folder()
        _ = try await bench.erase("maria-77", kept: kept, policy: .keep)
        let theirs = try bench.responses("trip").filter { $0.contact?.rawValue != "bob-12" }
        switch kept {
        case .nothing: #expect(theirs == [])
        case .scores:
            #expect(theirs.map(\.answers.entries.count) == [2])
            #expect(theirs.first?.answers["satisfaction"] == .integer(2) && theirs.first?.role == nil)
        case .words:
            #expect(theirs.first?.answers["reason"] == .text("I am [erased], call me"))
            #expect(theirs.first?.answers["wish"] == .text("a raise for [erased]"))
        }
        #expect(theirs.first?.contact?.rawValue.hasPrefix("erased-") != false)
    }

    @Test("the same table once more brings no word back that was taken out, and takes none that was kept")
    func again() async throws {
        let bench = try await folder()
        func line(_ id: String, _ contact: String, _ wish: String) throws -> ResponseLine {
            var line = ResponseLine(
                id: try responseID(id), survey: try surveyID("trip"), version: try version("1"),
                submitted: bench.time.now(),
                answers: Answers([
                    .init(key: "recommend", answer: .integer(4)), .init(key: "wish", answer: .text(wish)),
                ]))
            line.contact = try contactID(contact)
            return line
        }
        let table = [
            try line("r1", "maria-77", "more of it"),
            try line("r2", "bob-12", "ask Maria Lopez, or maria@acme.example!"),
        ]
        try await bench.folder.append(imported: table)
        _ = try await bench.erase("maria-77", kept: .words, policy: .redact)
        let stored = try bench.responses("trip")
        #expect(stored.contains { $0.answers["wish"] == .text("ask [erased], or [erased]!") })
        let outcome = try await bench.folder.append(imported: table)
        #expect(outcome.unchanged == 2 && outcome.changed == 0)
        #expect(try bench.responses("trip") == stored)
        // A text that says something else is a new one.
        let changed = try await bench.folder.append(imported: [try line("r2", "bob-12", "ask nobody")])
        #expect(changed.changed == 1)
    }

    @Test("whatever fails, the erasure is finished later and comes to the same")
    func faults() async throws {
        let bench = try await folder()
        let plan = try await bench.folder.showErasure(try bench.request("maria-77", policy: .redact))
        bench.folder.close()
        let reference = bench.copy()
        _ = try await reference.erase("maria-77", policy: .redact)
        let expected = reference.content
        var failing = 0
        var broken = 0
        while true {
            let tried = bench.copy()
            let files = tried.files
            files.setPlan { [failing] number, _ in number >= failing ? .error(5) : nil }
            let folder = try? tried.another()
            let result = try? await folder?.erase(try tried.request("maria-77", policy: .redact), plan: plan.digest)
            files.setPlan(nil)
            let left = failing.isMultiple(of: 2) ? FolderWorkbench(tried, files.afterPowerCut { $0 / 2 }) : tried
            let next = try left.another()
            broken += try next.unfinishedErasures().count
            let begun = left.lines("erasures").count
            _ = try await next.finishErasures(exports: "exports")
            #expect(try next.unfinishedErasures().isEmpty)
            if begun > 0 {
                #expect(left.content == expected, "failing at \(failing)")
                #expect(left.files(holding: ["maria-77", "Maria", "maria@"]) == [], "failing at \(failing)")
            }
            next.close()
            if result != nil { break }
            failing += Self.stride
        }
        #expect(failing > 50 && broken * Self.stride > 30, "\(failing) calls, \(broken) broken off")
    }

    @Test("an erasure that was broken off is finished in the exports it was decided on, whoever finishes it")
    func exportsOfBroken() async throws {
        let bench = try await folder()
        let export = try #require(bench.files.files.first { $0.key.hasPrefix("data/responses/trip/") }?.value)
        try bench.put("exports/trip.jsonl", export)
        let plan = try await bench.folder.showErasure(try bench.request("maria-77", policy: .redact))
        bench.folder.close()
        var failing = 0
        while true {
            let tried = bench.copy()
            tried.files.setPlan { [failing] number, _ in number >= failing ? .error(5) : nil }
            let folder = try? tried.another()
            _ = try? await folder?.erase(try tried.request("maria-77", policy: .redact), plan: plan.digest)
            tried.files.setPlan(nil)
            let next = try tried.another()
            defer { next.close() }
            if try next.unfinishedErasures().isEmpty {
                failing += 1
                continue
            }
            let certificates = try await next.finishErasures(exports: "elsewhere")
            #expect(certificates.map { $0.exports.map(\.path) } == [["exports/trip.jsonl"]])
            #expect(tried.files(holding: ["maria-77", "maria@"]) == [])
            break
        }
    }

    @Test("a restored backup loses her again by the list of erasures, and a list of another folder is refused")
    func replay() async throws {
        let bench = try await folder()
        bench.folder.close()
        let backup = bench.copy()
        _ = try await bench.copyBack().erase("maria-77", policy: .redact)
        let erased = bench.copyBack()
        let list = try #require(erased.files.files["data/erasures.jsonl"])
        try backup.put("list/erasures.jsonl", list)
        try backup.put(
            "list/suppressions.jsonl",
            Array("{\"key\":\"address:x\",\"kind\":\"opt-out\",\"recorded\":\"2026-11-21T10:00:00.000Z\"}\n".utf8))
        let folder = try backup.another()
        let summary = try await folder.replay("list/erasures.jsonl", exports: "exports")
        #expect(summary.erased == 1 && summary.absent == 0 && summary.suppressed == 1)
        #expect(backup.files(holding: ["maria-77", "Maria", "maria@"]) == [])
        #expect(backup.lines("responses/trip").sorted() == erased.lines("responses/trip").sorted())
        let stranger = try await FolderWorkbench(as: .command)
        try stranger.put("list/erasures.jsonl", list)
        await #expect(throws: FolderError.self) {
            try await stranger.folder.replay("list/erasures.jsonl", exports: "exports")
        }
    }

    @Test("who shares her address, her name or her id as a user's name loses nothing")
    func namesakes() async throws {
        let bench = try await folder()
        try await bench.person("eva-3", "Maria Lopez", "maria@acme.example")
        try await bench.folder.audit("login", object: "maria-77", by: "maria-77")
        let certificate = try await bench.erase("maria-77", policy: .redact)
        #expect(bench.lines("contacts").count == 2 && bench.lines("contacts").contains { $0.contains("eva-3") })
        #expect(certificate.remaining.map { String($0.prefix(8)) } == ["audit/20", "contacts"])
        _ = try await bench.folder.refresh()
        #expect(try await bench.asked("eva-3", wave: "2028Q1").contact.rawValue == "eva-3")
        #expect(bench.lines("audit").contains { $0.contains("\"login\"") && $0.contains("\"by\":\"maria-77\"") })
    }

    @Test("of random people and texts nothing is left but what others are called", arguments: 0..<12)
    func random(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let bench = try await FolderWorkbench(Sample.trip, as: .command)
        let given = ["Wanda", "Xaver", "Yılmaz", "Zoë", "Quirin", "Żaneta"]
        let family = ["Quux", "Vogelsang", "Öztürk", "O'Brien", "Nguyễn", "Ivanov-Petrov"]
        let fillers = ["was late", "=1+1", "\"quoted\"", "line\nbreak", "\u{1F600}", "</text>", "naïve", ""]
        var people: [(id: String, name: String, email: String)] = []
        for number in 0..<5 {
            let name = "\(given[Int.random(in: 0..<6, using: &random)]) \(family[number])"
            people.append(("contact/\(number)#\(seed)", name, "p\(number)x\(seed)@acme.example"))
        }
        for person in people {
            try await bench.person(person.id, "Former \(person.name)", "old-" + person.email)
            try await bench.person(person.id, person.name, person.email)
        }
        for person in people {
            for wave in ["w1", "w2"] where Int.random(in: 0..<4, using: &random) > 0 {
                func text() -> String {
                    let other = people.randomElement(using: &random) ?? person
                    let said =
                        [other.name, other.name.uppercased(), other.email, other.id].randomElement(using: &random) ?? ""
                    let filler = fillers.randomElement(using: &random) ?? ""
                    return Int.random(in: 0..<3, using: &random) == 0 ? filler : "\(filler) \(said) \(filler)"
                }
                let asked = try await bench.asked(person.id, wave: wave)
                let score = String(Int.random(in: 0...10, using: &random))
                _ = try await bench.send(asked.id, "trip", page: "score", ["recommend": score, "reason": text()])
                _ = try await bench.send(asked.id, "trip", page: "more", ["satisfaction": "4"])
                if Bool.random(using: &random) {
                    _ = try await bench.send(asked.id, "trip", page: "last", ["wish": text()])
                }
            }
        }
        let scores = try bench.scores("trip")
        let kept: KeptAnswers = Bool.random(using: &random) ? .scores : .words
        for gone in people.shuffled(using: &random).prefix(3) {
            let certificate = try await bench.erase(gone.id, kept: kept, policy: .redact)
            #expect(certificate.remaining == [], "seed \(seed)")
            let traces = [gone.id, gone.name, gone.name.uppercased(), gone.email, "old-" + gone.email]
            #expect(bench.files(holding: traces) == [], "seed \(seed): \(gone)")
        }
        #expect(try bench.scores("trip") == scores, "seed \(seed)")
        for line in bench.lines("responses/trip") + bench.lines("contacts") + bench.lines("invitations") {
            #expect(throws: Never.self) { try JSONParser.parse(line.utf8) }
        }
    }
}
