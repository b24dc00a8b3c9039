internal import Feedback

@testable import Analysis

/// A report with everything in it, hostile words included.
enum SampleReports {
    static let asOf = Timestamp(endOf: "2026-11-23")
    static let hostile = "</style><script>alert(1)</script>\"'&<b>\u{202E}\u{1B}[31m"

    static let report = PortfolioReport(
        asOf: asOf, comparedWith: Timestamp(endOf: "2026-11-16"), settings: AnalysisSettings(),
        accounts: [northwind, hostileAccount, oakline, kestrel], portfolio: summary, unreadable: [], unreadableCount: 3,
        unknownVersions: ["old 1": 2])

    static let northwind = account(
        "northwind", "Northwind Foods", .high, counts: PromoterCounts(detractors: 3, passives: 2, promoters: 1),
        contacts: 12,
        value: "84000",
        flags: [
            Flag(
                rule: "decision-maker-detractor", title: "A decision maker is a detractor", since: day("2026-11-19"),
                evidence: [
                    Evidence(
                        kind: .response, id: "01KB", at: day("2026-11-19"),
                        text: "Tom Berg (decision maker) gave 2 on 19 Nov 2026; 8 on 3 May 2026.",
                        quote: "Support promised twice and nobody called.", language: .english)
                ], clears: "Clears when Tom Berg answers 7 or more.", isNew: true)
        ],
        notices: [
            Notice(
                rule: "renewal-near", title: "Renewal is near",
                evidence: [
                    Evidence(
                        kind: .account, id: "northwind", at: day("2026-12-16"),
                        text: "Renewal on 16 Dec 2026, in 23 days.")
                ])
        ], earlier: .medium)

    static let hostileAccount = account(
        "=cmd|' /C calc'!A0", hostile, .medium, counts: PromoterCounts(detractors: 1, passives: 1), contacts: 2,
        value: "1250.5", few: [3, 8],
        flags: [
            Flag(
                rule: "person-fell", title: "Somebody's score fell", since: day("2026-11-01"),
                evidence: [
                    Evidence(
                        kind: .response, id: "x", at: day("2026-11-01"), text: "\(hostile) gave 3 on 1 Nov 2026.",
                        quote: "=1+1\n" + hostile,
                        language: LanguageTag("ar"))
                ], clears: "Clears when \(hostile) answers 6 or more.")
        ], notices: [], earlier: .medium)

    static let oakline = account(
        "oakline", "Oakline", .unknown, counts: PromoterCounts(), contacts: 6, value: nil, flags: [], notices: [],
        earlier: .unknown)

    static let kestrel = account(
        "kestrel", "কেস্ট্রেল বুকস", .low, counts: PromoterCounts(passives: 4, promoters: 15), contacts: 25, value: "9800",
        flags: [],
        notices: [], earlier: .low)

    static let summary = PortfolioSummary(
        accounts: 4, byRisk: [.high: 1, .medium: 1, .unknown: 1, .low: 1],
        values: [
            .init(risk: .high, currency: "EUR", accounts: 1, annualValue: 84_000),
            .init(risk: .medium, currency: "EUR", accounts: 1, annualValue: 1250.5),
            .init(risk: .low, currency: "EUR", accounts: 1, annualValue: 9800),
        ], counts: PromoterCounts(detractors: 4, passives: 7, promoters: 16), perAccount: 0.2054,
        perAccountInterval: Interval(-0.4, 0.81),
        accountsHeard: 3, decisionMakers: 4, decisionMakersHeard: 2, valueHeard: 0.74, shrinkage: .fixed)

    static let detail = AccountDetail(
        analysis: northwind,
        people: [
            PersonDetail(
                id: id("tom"), name: "Tom Berg", role: .decisionMaker, isListed: true, score: 2, at: day("2026-11-19"),
                earlier: 8,
                earlierAt: day("2026-05-03"), answeredInConfidence: false),
            PersonDetail(
                id: id("eva"), name: hostile, role: .decisionMaker, isListed: true, score: nil, at: nil, earlier: nil,
                earlierAt: nil,
                answeredInConfidence: false),
        ],
        history: [
            HistoryEntry(
                at: day("2026-11-19"), id: "01KB", contact: id("tom"), person: "Tom Berg", role: .decisionMaker,
                language: LanguageTag("bn"),
                happening: .answered(
                    survey: survey, isComplete: false,
                    answers: [
                        AnsweredQuestion(
                            id: "recommend", prompt: "Would you?", words: "2", score: 2, isVerbatim: false),
                        AnsweredQuestion(id: "reason", prompt: "Why?", words: hostile, score: nil, isVerbatim: true),
                    ])),
            HistoryEntry(
                at: day("2026-11-02"), id: "e1", contact: nil, person: nil, role: nil, language: nil,
                happening: .event(.purchase, amount: DecimalNumber("6200"), currency: "EUR", note: hostile)),
        ], asOf: asOf, settings: AnalysisSettings())

    static let results = SurveyResults(
        survey: survey, title: "Your bank", asOf: asOf, since: day("2026-01-01"), until: nil,
        settings: AnalysisSettings(), privacy: .confidential,
        responses: 250, partials: 3,
        questions: [
            QuestionResults(
                id: "recommend", kind: "nps", prompt: "Would you recommend us?", n: 250, isWithheld: false,
                figure: Figure(
                    name: "NPS", unit: .points, value: -0.084, interval: Interval(-0.178668, 0.012388),
                    method: "Tango's score interval", numerator: -21),
                besides: [],
                counts: [
                    .init(key: "detractors", count: 86), .init(key: "passives", count: 99),
                    .init(key: "promoters", count: 65),
                ],
                distribution: (0...10).map { Share(code: String($0), label: String($0), count: $0 * 4 + 2) }, quotes: []
            ),
            QuestionResults(
                id: "satisfaction", kind: "csat", prompt: "Satisfied?", n: 60, isWithheld: false,
                figure: Figure(
                    name: "satisfied", unit: .percent, value: 0.7, interval: Interval(0.574913, 0.801018),
                    method: "Wilson's interval", numerator: 42),
                besides: [Figure(name: "mean", unit: .plain, value: 3.9)], counts: [.init(key: "satisfied", count: 42)],
                distribution: [], quotes: []),
            QuestionResults(
                id: "effort", kind: "ces", prompt: "Easy?", n: 0, isWithheld: false,
                figure: Figure(name: "easy", unit: .percent, value: nil, interval: nil), besides: [],
                counts: [.init(key: "easy", count: 0)],
                distribution: [], quotes: []),
            QuestionResults(
                id: "hidden", kind: "csat", prompt: "Hidden", n: 3, isWithheld: true, figure: nil, besides: [],
                counts: [], distribution: [], quotes: []),
            QuestionResults(
                id: "reason", kind: "text", prompt: hostile, n: 1, isWithheld: false, figure: nil, besides: [],
                counts: [], distribution: [],
                quotes: [
                    Quote(text: hostile + "\nসেবা কমেছে", language: LanguageTag("bn"), at: day("2026-11-03"), score: 2)
                ]),
        ],
        breakdown: .role,
        groups: [GroupResults(value: nil, responses: 9, partials: 0, questions: [])], unreadable: [],
        unreadableCount: 1, unknownVersions: [:])

    private static let survey = sure(SurveyID("bank"))
    private static func id(_ text: String) -> ContactID { sure(ContactID(text)) }
    private static func day(_ text: String) -> Timestamp {
        Timestamp(startOf: sure(LocalDate(text))).adding(milliseconds: 36_000_000)
    }

    private static func account(
        _ id: String, _ name: String, _ risk: RiskBand, counts: PromoterCounts, contacts: Int, value: String?,
        few: [Int] = [], flags: [Flag],
        notices: [Notice], earlier: RiskBand
    ) -> AccountAnalysis {
        var nps = ScoreBook(PortfolioContext(settings: AnalysisSettings(), shrinkage: .fixed)).score(
            counts, contacts: contacts)
        nps.few = few
        return AccountAnalysis(
            id: sure(AccountID(id)), name: name, tier: "gold", manager: "Ines Park",
            annualValue: value.flatMap { DecimalNumber($0) },
            currency: value == nil ? nil : "EUR", renewal: LocalDate("2026-12-16"), since: LocalDate("2019-03-01"),
            risk: risk, earlierRisk: earlier,
            contacts: contacts, answered: counts.count, withheld: 0, nps: nps,
            touchpoints: [
                TouchpointScore(
                    touchpoint: "delivery", counts: PromoterCounts(promoters: 3), interval: Interval(0.1, 1))
            ], flags: flags,
            notices: notices, cleared: risk == .low ? ["person-fell"] : [])
    }
}

extension Timestamp {
    fileprivate init(endOf date: String) {
        self = Timestamp(startOf: sure(LocalDate(date)).adding(days: 1)).adding(milliseconds: -1)
    }
}

/// A value that a test writes.
func sure<T>(_ value: T?) -> T {
    guard let value else { fatalError("a test wrote something that is none") }
    return value
}
