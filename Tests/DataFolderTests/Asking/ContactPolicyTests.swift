import DataFolder
import Feedback
import FeedbackTestSupport
import Records
import Testing

/// Nobody is asked more often than the surveys' contact policies say.
@Suite struct ContactPolicyTests {
    private static func survey(_ id: String, _ policy: String) -> String {
        """
        <survey xmlns="urn:heed:survey:1" id="\(id)" version="1" kind="relationship" languages="en" \(policy)>
          <title>T</title><page id="p"><nps id="recommend"><prompt>P</prompt></nps></page>
          <ending><message>Thanks.</message></ending></survey>
        """
    }

    private static let both = [survey("own", "days-between=\"30\""), survey("any", "days-between-any=\"7\"")]

    private func outcome(_ bench: FolderWorkbench, _ survey: String, _ wave: String) async throws -> String {
        let issued = try await bench.folder.invite(
            try surveyID(survey), contacts: [try contactID("maria")], wave: wave)
        return switch issued.first?.outcome {
        case .link: "asked"
        case .skipped(let reason): reason
        case nil: "nothing"
        }
    }

    @Test func aSurveyWaitsItsDaysBeforeItAsksAgain() async throws {
        let bench = try await FolderWorkbench(Self.both[0])
        _ = try await bench.invite("maria", to: "own", wave: "a")
        #expect(
            try await outcome(bench, "own", "b")
                == "was asked by this survey on 2026-11-21, and it leaves 30 days between (days-between)")
        bench.wait(minutes: 30 * 1440 - 1)
        #expect(try await outcome(bench, "own", "b") != "asked")
        bench.wait(minutes: 1)
        #expect(try await outcome(bench, "own", "b") == "asked")
        // A repeat of what was already asked is no new ask.
        #expect(try await outcome(bench, "own", "b") == "asked")
        #expect(bench.lines("invitations").count == 2)
    }

    @Test func aSurveyWaitsAfterAnyOther() async throws {
        let bench = try await FolderWorkbench(Self.both[0], Self.both[1])
        _ = try await bench.invite("maria", to: "own", wave: "a")
        #expect(
            try await outcome(bench, "any", "a")
                == "was asked by own on 2026-11-21, and this survey leaves 7 days after any other (days-between-any)")
        bench.wait(minutes: 7 * 1440)
        #expect(try await outcome(bench, "any", "a") == "asked")
        // Its own asks count as well; those of others who have no such rule do not wait for it.
        #expect(try await outcome(bench, "any", "b") != "asked")
    }

    @Test func aPersonNeverAskedIsAskedAtOnce() async throws {
        let bench = try await FolderWorkbench(Self.both[0], Self.both[1])
        _ = try await bench.invite("bob", to: "own")
        _ = try await bench.invite("maria", to: "any")
        #expect(bench.lines("invitations").count == 2)
    }

    /// The month has turned and the server was restarted: what was asked is still known.
    @Test func theMonthMayTurnInBetween() async throws {
        let bench = try await FolderWorkbench(Self.both[0])
        _ = try await bench.invite("maria", to: "own", wave: "a")
        bench.wait(minutes: 14 * 1440)
        _ = try await bench.invite("bob", to: "own", wave: "a")
        let other = FolderWorkbench(files: bench.files, time: bench.time, folder: try bench.another())
        #expect(try await outcome(other, "own", "b").hasPrefix("was asked by this survey on 2026-11-21"))
    }
}
