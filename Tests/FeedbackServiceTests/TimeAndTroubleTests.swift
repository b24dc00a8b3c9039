import DataFolder
import Feedback
import FeedbackService
import FeedbackTestSupport
import Journal
import Records
import Testing

/// What time and a failing disk do to a customer's answers.
@Suite struct TimeAndTroubleTests {
    private let noon = Timestamp(milliseconds: 1_795_000_000_000)

    @Test func `when the disk is full, everything typed comes back, and nothing is promised`() async throws {
        let files = MemoryFiles()
        let service = try await TestService(deliverySurvey, openSurvey, files: files)
        let link = try await service.invite("maria", to: .delivery)
        let token = try #require(try await service.get("/s/open").hidden("_form"))
        // 28 is ENOSPC.
        files.setPlan { _, call in call == .write || call == .create ? .error(28) : nil }
        let personal = try await service.post(
            link, ["_page": "score", "_in": "en", "recommend": "3", "reason": "typed <here>"])
        #expect(personal.status == 503 && personal["retry-after"] != nil)
        #expect(personal.text.contains("typed &lt;here&gt;") && personal.isChecked("recommend", "3"))
        let open = try await service.post(
            "/s/open", ["_page": "all", "_form": token, "recommend": "8", "reason": "typed"])
        #expect(open.status == 503 && open.text.contains("typed") && open.hidden("_form") == token)

        #expect(try await service.get("/health/ready").status == 503)

        files.setPlan(nil)
        #expect(
            try await service.post("/s/open", ["_page": "all", "_form": token, "recommend": "8", "reason": "typed"])
                .status == 303)
        #expect(
            try await service.post(link, ["_page": "score", "_in": "en", "recommend": "3", "reason": "typed"]).status
                == 303)
        let lines = files.files.filter { $0.key.contains("/responses/open/") }.values.map {
            String(decoding: $0, as: UTF8.self)
        }
        #expect(lines.joined().split(separator: "\n").count == 1)
    }

    @Test func `a failed sync is an error to whoever waited, and the next one is no lie`() async throws {
        let files = MemoryFiles()
        let service = try await TestService(openSurvey, files: files)
        let token = try #require(try await service.get("/s/open").hidden("_form"))
        files.setPlan { _, call in call == .sync ? .error(5) : nil }
        #expect(try await service.post("/s/open", ["_page": "all", "_form": token, "recommend": "8"]).status == 503)
        files.setPlan(nil)
        #expect(try await service.post("/s/open", ["_page": "all", "_form": token, "recommend": "8"]).status == 303)
        let after = files.afterPowerCut().files.filter { $0.key.contains("/responses/open/") }
        #expect(after.values.reduce(0) { $0 + $1.count { $0 == UInt8(ascii: "\n") } } == 1)
    }

    @Test func `an expired link says so kindly, unless it was answered`() async throws {
        let time = SettableTime(noon)
        let service = try await TestService(deliverySurvey, time: time)
        let link = try await service.invite("maria", to: .delivery)
        let done = try await service.invite("ines", to: .delivery)
        _ = try await service.post(done, ["_page": "score", "recommend": "9"])
        let end = try await service.post(done, ["_page": "more", "satisfaction": "4"])
        #expect(try await service.get(end.location).text.contains("A promoter"))
        time.set(noon.adding(days: 91))
        #expect(try await service.get(link).status == 410)
        #expect(try await service.post(link, ["_page": "score", "recommend": "9"]).status == 410)
        let later = try await service.get(end.location)
        #expect(later.status == 200 && later.text.contains("already answered"))
    }

    @Test func `a form of yesterday needs one more tap`() async throws {
        let time = SettableTime(noon)
        let service = try await TestService(openSurvey, time: time)
        let token = try #require(try await service.get("/s/open").hidden("_form"))
        time.set(noon.adding(days: 2))
        let page = try await service.post(
            "/s/open", ["_page": "all", "_in": "en", "_form": token, "recommend": "8", "reason": "typed"])
        #expect(page.status == 422 && page.text.contains("One more tap") && page.text.contains("typed"))
        let fresh = try #require(page.hidden("_form"))
        #expect(fresh != token)
        #expect(try await service.post("/s/open", ["_page": "all", "_form": fresh, "recommend": "8"]).status == 303)
    }

    @Test func `a score given is a score counted, and whoever comes back may finish`() async throws {
        let time = SettableTime(noon)
        let service = try await TestService(deliverySurvey, time: time)
        let link = try await service.invite("maria", to: .delivery)
        _ = try await service.post(link, ["_page": "score", "recommend": "2"])
        time.set(noon.adding(milliseconds: 2 * 3_600_000))
        #expect(try await service.folder.settlePartials() == 1)
        #expect(try service.responses(.delivery).map(\.isComplete) == [false])
        #expect(try await service.get(link).text.contains("Satisfied?"))
        #expect(try await service.post(link, ["_page": "more", "satisfaction": "2"]).status == 303)
        #expect(try service.responses(.delivery).map(\.revision) == [1, 2])
    }
}
