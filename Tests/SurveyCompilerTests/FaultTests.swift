import Diagnostics
import FeedbackTestSupport
import FoundationEssentials
import SurveyCompiler
import Testing

/// Faults of many kinds, at random places of good surveys: those that an oracle knows for faults are found where they
/// are, and nothing that is sound is refused.
@Suite struct FaultTests {
    static let environment = ProcessInfo.processInfo.environment
    static let isLong = environment["HEED_LONG"] == "1"
    /// `HEED_SEED=7 swift test --filter FaultTests` chooses other places.
    static let seed = environment["HEED_SEED"].flatMap { UInt64($0) } ?? 20_261_122

    /// Small surveys in which every part of the language stands.
    private static let written = [
        MarkedSurvey.around(
            """
            <title xml:lang="bn">শিরোনাম</title>
            <page id="score">
            <rating id="stars" from="1" to="3" required="true"><prompt>How many stars?</prompt><prompt xml:lang="bn">কত?</prompt></rating>
            <text id="reason" max-length="20" pattern="[a-z]+" show-if="stars le 1"><prompt>Why?</prompt><prompt xml:lang="bn">কেন?</prompt></text>
            </page>
            <page id="more" show-if="stars ge 2">
            <choice id="contact-me"><prompt>You gave {stars}. May we call, {contact.name|friend}?</prompt><prompt xml:lang="bn">ফোন?</prompt>
            <option code="yes"><label>Yes</label><label xml:lang="bn">হ্যাঁ</label></option>
            <option code="no"><label>No</label><label xml:lang="bn">না</label></option></choice>
            </page>
            <ending show-if="stars ge 3 and contact-me eq 'yes'"><message>Thank you!</message><message xml:lang="bn">ধন্যবাদ!</message></ending>
            """, attributes: "languages=\"en bn\"",
            ending:
                "<ending><message>Thanks.</message><message xml:lang=\"bn\">ধন্যবাদ।</message></ending>\n<case id=\"unhappy\" when=\"stars le 1 or contact-me eq 'yes'\" due=\"24h\"/>"
        ),
        MarkedSurvey.around(
            """
            <fields><field name="order.size" type="number"/></fields>
            <page id="about">
            <choices id="topics" required="true"><prompt>What was it about, {order.size|your order}?</prompt>
            <option code="price">Price</option>
            <option code="speed">Speed</option>
            <option code="none" exclusive="true">None of these</option></choices>
            <number id="visits" least="0" most="3" whole="true"><prompt>How often?</prompt></number>
            </page>
            <page id="details" show-if="selected(topics, 'price') and visits gt 0">
            <matrix id="grid" from="1" to="2"><prompt>How was it?</prompt>
            <item id="speed">Speed</item>
            <item id="care">Care</item></matrix>
            </page>
            <page id="when">
            <date id="visited" from="2026-01-01" to="2026-01-04" show-if="count(topics) eq 2"><prompt>When?</prompt></date>
            <consent id="quote" show-if="not(answered(visits)) or visits le 1"><prompt>May we quote you?</prompt></consent>
            </page>
            <ending show-if="grid.speed eq 1"><message>We are sorry.</message></ending>
            """),
    ]

    /// The good surveys: those above, those that are shipped, and some made at random, every tag on a line of its own.
    private static let bases: [String] = {
        let (oracle, count) = (MutantOracle(), isLong ? 40 : 4)
        // Large files take their time without the optimizer: one of them, another with another seed.
        let files = ShippedSurveyTests.files
        let chosen = isLong || files.isEmpty ? files : [files[Int(seed % UInt64(files.count))]]
        let shipped = chosen.compactMap { Checkout.bytes(of: "surveys/" + $0) }
            .map { String(decoding: $0, as: UTF8.self) }
        var made: [String] = []
        var number: UInt64 = 0
        while made.count < count, number < UInt64(count) * 100 {
            let text = RandomSurvey.text(seed: number).replacing("><", with: ">\n<")
            number += 1
            if isClean(text), oracle.verdict(text) == .sound { made.append(text) }
        }
        return written + shipped + made
    }()

    private static func compile(_ text: String) -> CompiledSurvey {
        MarkedSurvey.compiler.compile(SourceText(file: "t.xml", bytes: Array(text.utf8)))
    }

    private static func isClean(_ text: String) -> Bool { compile(text).diagnostics.isEmpty }

    /// Whether a diagnostic stands on one of some lines, or names one as the cause of what it stands on.
    private static func points(_ diagnostic: Diagnostic, at lines: Set<Int>) -> Bool {
        let named = diagnostic.message.matches(of: /line ([0-9]+)/).compactMap { Int($0.1) }
        return lines.contains(diagnostic.position.line) || !lines.isDisjoint(with: named)
    }

    private struct Tally {
        var faulty = 0
        var caught = 0
    }

    @Test func faultsAreFoundWhereTheyAreAndNothingElseIsRefused() {
        let oracle = MutantOracle()
        var random = SeededGenerator(seed: Self.seed)
        let bases = Self.bases
        var tallies: [String: Tally] = [:]
        var missed: [String] = []
        var refused: [String] = []
        var sound = 0
        var seen: Set<String> = []
        for base in bases where !Self.isClean(base) {
            Issue.record("not a good survey: \(Self.compile(base).diagnostics.map(\.headline)) \(base)")
        }
        for kind in SurveyMutation.all {
            // As many of every kind, wherever there is a place for it.
            var (made, tries) = (0, 0)
            while made < (Self.isLong ? 60 : 8), tries < (Self.isLong ? 400 : 40) {
                tries += 1
                guard let base = bases.randomElement(using: &random), let mutant = kind.mutant(of: base, &random) else {
                    continue
                }
                guard seen.insert(mutant.text).inserted else { continue }
                let verdict = oracle.verdict(mutant.text)
                let found = Self.compile(mutant.text).diagnostics
                switch verdict {
                case .unknown: continue
                case .sound:
                    sound += 1
                    if found.contains(where: { $0.severity == .error }) {
                        refused.append("\(kind.name): \(found.map(\.headline))\n\(mutant.text)")
                    }
                case .faulty:
                    made += 1
                    tallies[kind.name, default: Tally()].faulty += 1
                    if found.contains(where: { Self.points($0, at: mutant.lines) }) {
                        tallies[kind.name, default: Tally()].caught += 1
                    } else {
                        missed.append(
                            "\(kind.name), lines \(mutant.lines.sorted()): \(found.map(\.headline))\n\(mutant.text)")
                    }
                }
            }
        }
        let faulty = tallies.values.reduce(0) { $0 + $1.faulty }
        let caught = tallies.values.reduce(0) { $0 + $1.caught }
        print(
            "faults: \(tallies.count) kinds, \(faulty) faulty mutants, \(caught) caught, \(sound) sound (seed \(Self.seed))"
        )
        for own in missed { print("missed: " + own.prefix { !$0.isNewline }) }
        #expect(
            tallies.count >= 45,
            "without a faulty mutant: \(SurveyMutation.all.map(\.name).filter { tallies[$0] == nil })")
        #expect(faulty >= 300)
        #expect(caught * 100 >= faulty * 98, "\(missed.prefix(12).joined(separator: "\n\n"))")
        #expect(refused.isEmpty, "\(refused.prefix(8).joined(separator: "\n\n"))")
    }

    @Test func whatHarmsNothingIsNotRefused() {
        var random = SeededGenerator(seed: Self.seed)
        let bases = Self.bases
        for kind in SurveyMutation.harmless {
            var made = 0
            for base in bases.shuffled(using: &random).prefix(Self.isLong ? bases.count : 6) {
                guard let mutant = kind.mutant(of: base, &random) else { continue }
                made += 1
                let errors = Self.compile(mutant.text).diagnostics.filter { $0.severity == .error }
                #expect(errors.isEmpty, "\(kind.name): \(errors.map(\.headline))\n\(mutant.text)")
            }
            #expect(made > 0, "\(kind.name)")
        }
    }
}
