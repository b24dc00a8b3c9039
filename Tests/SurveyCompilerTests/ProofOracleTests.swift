import Diagnostics
import Feedback
import FeedbackTestSupport
import FoundationEssentials
import QuestionnaireModel
import SurveyCompiler
import Testing

/// What is proven of small surveys is what trying every answer finds.
@Suite struct ProofOracleTests {
    static let environment = ProcessInfo.processInfo.environment
    /// How many surveys; `HEED_LONG=1` tries many more.
    static let count = environment["HEED_LONG"] == "1" ? 6000 : 120
    static let seed = environment["HEED_SEED"].flatMap { UInt64($0) } ?? 20_261_122

    @Test func whatIsProvenIsWhatTryingEveryAnswerFinds() throws {
        let compiler = SurveyCompiler()
        var (tried, unreachable, targets, stuck) = (0, 0, 0, 0)
        // Witnesses with more answers than needed: known only where rows or options of required questions come and go.
        var longer: [String] = []
        for number in 0..<UInt64(Self.count) {
            let seed = Self.seed &* 1_000_003 &+ number
            let text = RandomSurvey.text(seed: seed)
            let source = SourceText(file: "t.xml", bytes: Array(text.utf8))
            guard let questionnaire = compiler.unproven(source), let truth = BruteForce(questionnaire) else { continue }
            let found = Set(compiler.compile(source).diagnostics.map(\.code.id))
            if found.isDisjoint(with: ["S035", "S036", "S063"]) {
                #expect(found.contains("S061") == !truth.stuck.isEmpty, "seed \(seed)\n\(text)")
            }
            // Who is stuck comes no further, and then what stands behind is another question.
            guard truth.stuck.isEmpty else {
                stuck += 1
                continue
            }
            tried += 1
            var proof = SurveyProof(questionnaire)
            let counted = proof.pathStatistics()
            let paths = try #require(counted)
            #expect(
                paths.isExact && paths.count == truth.paths.count && paths.shortest == truth.shortest
                    && paths.longest == truth.longest,
                "\(paths) but \(truth.paths.count), \(truth.shortest) to \(truth.longest) of seed \(seed)\n\(text)")
            for target in ProofTarget.all(of: questionnaire) {
                targets += 1
                let isReached = truth.reached.contains(target)
                if !isReached { unreachable += 1 }
                let name = target.name(in: questionnaire)
                #expect(ProofTarget(name, of: questionnaire) == target)
                let verdict = proof.verdict(target)
                #expect(verdict == (isReached ? .reachable : .unreachable), "\(name) of seed \(seed)\n\(text)")
                let witness = proof.witness(of: target)
                #expect((witness != nil) == isReached, "witness of \(name) of seed \(seed)\n\(text)")
                if let witness, let fewest = truth.fewest[target] {
                    let given = BruteForce.count(witness.answers) + witness.fields.entries.count
                    if given != fewest {
                        longer.append("\(witness.line(questionnaire)) to \(name) of seed \(seed)\n\(text)")
                    }
                }
            }
        }
        #expect(longer.count * 1000 <= tried, "\(longer.joined(separator: "\n\n"))")
        #expect(
            tried >= Self.count / 3 && unreachable > targets / 50 && stuck > 0,
            "\(tried) surveys, \(unreachable) of \(targets), \(stuck) stuck")
    }
}
