internal import Diagnostics
internal import Feedback
internal import Markup
internal import QuestionnaireModel

/// Proves of a survey that everybody can answer it and that everything in it is for somebody; says where not.
struct Proof {
    static let unreachable = DiagnosticCode(
        "S060", title: "nobody comes here",
        why: "Conditions contradict each other, so that no answers lead here: it would be asked of nobody.",
        example:
            "<page id=\"sorry\" show-if=\"recommend le 6\"><text id=\"best\" show-if=\"recommend ge 9\"><prompt>What did you like?</prompt></text></page>"
    )
    static let stuck = DiagnosticCode(
        "S061", title: "nobody can go on from here",
        why: "Whoever comes to this page with such answers cannot satisfy its checks, whatever is written there.",
        example:
            "<rating id=\"score\" to=\"5\" required=\"true\"><prompt>And now?</prompt></rating> <check that=\"score gt recommend\">More than before, please.</check>"
    )
    static let alwaysHolds = DiagnosticCode(
        "S062", .warning, title: "always true where it stands",
        why: "Everybody who could be asked it is; the condition parts nobody from anybody.",
        example:
            "<page id=\"sorry\" show-if=\"recommend le 6\"><text id=\"why\" show-if=\"recommend le 8\"><prompt>Why?</prompt></text></page>"
    )
    static let idleCheck = DiagnosticCode(
        "S063", .warning, title: "check that refuses nobody",
        why: "All answers that can be given satisfy it already, so it guards against nothing.",
        example:
            "<page id=\"sorry\" show-if=\"recommend le 6\"><rating id=\"score\"><prompt>And now?</prompt></rating> <check that=\"score ge 3 or recommend le 8\">Please look again.</check></page>"
    )
    static let mayNotBeAsked = DiagnosticCode(
        "S064", .warning, title: "turned round where it may not have been asked",
        why: "For whoever was not asked, \"not\" and \"ne\" are unknown too, and unknown shows nothing.",
        example:
            "<page id=\"sorry\" show-if=\"recommend le 6\"><consent id=\"again\"><prompt>May we write again?</prompt></consent></page> <page id=\"more\"><text id=\"why\" show-if=\"not(again)\"><prompt>Why not?</prompt></text></page>"
    )
    static let overlap = DiagnosticCode(
        "S065", .warning, title: "bands that overlap",
        why: "An answer that belongs to two bands is usually a bound that is off by one.",
        example:
            "<ending show-if=\"satisfaction le 3\"><message>We are sorry.</message></ending> <ending show-if=\"satisfaction ge 3\"><message>We are glad.</message></ending> <ending><message>Thank you.</message></ending>"
    )
    static let gap = DiagnosticCode(
        "S066", .warning, title: "bands that leave an answer out",
        why: "An answer between two bands that belongs to neither is usually a bound that is off by one.",
        example:
            "<text id=\"bad\" show-if=\"recommend lt 7\"><prompt>What went wrong?</prompt></text> <text id=\"good\" show-if=\"recommend gt 7\"><prompt>What went well?</prompt></text>"
    )
    static let notProven = DiagnosticCode(
        "S069", .note, title: "not proven",
        why: "heed never guesses: it may be so, but the work allowed or what it understands exactly was not enough.",
        example:
            "<text id=\"large\" show-if=\"order.size * order.size eq 7\"><prompt>Why so much?</prompt></text>")

    static let codes = [
        unreachable, stuck, alwaysHolds, idleCheck, mayNotBeAsked, overlap, gap, notProven,
    ]

    let questionnaire: Questionnaire
    let draft: SurveyDraft
    var prover: Prover
    /// Whether it was said that the work allowed is spent.
    var isSpent = false

    /// Whether a survey is sound enough to be asked where its conditions lead: only words may be wrong with it.
    static func canBegin(after diagnostics: [Diagnostic]) -> Bool {
        diagnostics.allSatisfy { $0.severity != .error || wordCodes.contains($0.code) }
    }

    private static let wordCodes: Set<DiagnosticCode> = [
        .undeclaredLanguage, .repeatedText, .missingDefaultText, .emptyText, .brokenPipe,
        PipeCheck.missingFallback, PipeCheck.unknownPipe, PipeCheck.pipedTooEarly, PipeCheck.nothingToPipe,
    ]

    /// Reports what is wrong, and tells the ways through a survey; nil where nothing is known of them.
    static func check(
        _ questionnaire: Questionnaire, _ draft: SurveyDraft, _ source: inout SurveySource
    ) -> PathStatistics? {
        // What could not be made is reported already, and then places would not be those of the file.
        guard questionnaire.questions.count == draft.questions.count, questionnaire.pages.count == draft.pages.count,
            questionnaire.endings.count == draft.endings.count, questionnaire.caseRules.count == draft.cases.count
        else { return nil }
        if draft.conditions.isEmpty { return PathStatistics(ofUnconditional: questionnaire) }
        guard let prover = Prover(questionnaire) else {
            source.report(
                notProven, at: draft.root.nameRange, "The conditions of this survey are too large to be laid out.",
                help: "Split the survey, or simplify its longest conditions.")
            return nil
        }
        var proof = Proof(questionnaire: questionnaire, draft: draft, prover: prover)
        proof.goals(&source)
        proof.checks(&source)
        proof.endings(&source)
        proof.pipes(&source)
        proof.silence(&source)
        proof.bands(&source)
        return proof.prover.pathStatistics()
    }

    /// Reports what is proven of a part, with the shortest answers that show it where there are such.
    mutating func report(
        _ code: DiagnosticCode, at range: Range<Int>, _ message: String, help: String? = nil, witness: Witness? = nil,
        witnessed: String? = nil, _ source: inout SurveySource
    ) {
        if source.isFull { return }
        source.diagnostics.append(
            Diagnostic(
                code, in: source.text, at: range, message: message, help: help,
                witness: witnessed ?? witness?.line(questionnaire)))
    }

    func line(_ range: Range<Int>, _ source: SurveySource) -> Int {
        source.text.position(at: range.lowerBound).line
    }
}
