import Diagnostics
import Feedback
import FeedbackTestSupport
import FoundationEssentials
import QuestionnaireModel
import SurveyCompiler
import Testing

/// In the surveys we ship, CSS and server agree on what is visible, page by page, for every combination of answers.
@Suite struct ShippedVisibilityTests {
    static let files: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: Checkout.path + "/surveys")) ?? []
        return names.filter { $0.hasSuffix(".xml") }.sorted()
    }()

    @Test(arguments: files) func pagesShowWhatTheServerCounts(_ name: String) throws {
        let bytes = try #require(Checkout.bytes(of: "surveys/" + name))
        let survey = try #require(SurveyCompiler().compile(SourceText(file: name, bytes: bytes)).questionnaire)
        for page in survey.pages.indices {
            let conditional = survey.pages[page].questions.filter { $0.visibleWhen != nil }
            if conditional.isEmpty { continue }
            // Only what conditions of this page read can matter, here and on the pages before.
            let read = Set(conditional.flatMap { $0.visibleWhen?.references ?? [] })
            func questions(_ isWanted: (Int) -> Bool) -> [Question] {
                survey.questions.filter { isWanted($0.page) && read.contains(.question($0.question.id)) }.map(
                    \.question)
            }
            for before in ConditionSelectorTests.combinations(of: questions { $0 < page }) {
                let known = Routing(
                    survey, answers: ConditionSelectorTests.answers(before, survey, early: nil), fields: [:]
                ).lookup
                let formulas = conditional.map { ($0.id, survey.visibility(of: $0.id, known: known)) }
                for here in ConditionSelectorTests.combinations(of: questions { $0 == page }) {
                    let answers = ConditionSelectorTests.answers(before + here, survey, early: nil)
                    let routing = Routing(survey, answers: answers, fields: [:])
                    guard routing.pageIsShown[page] else { continue }
                    var css = SelectorEvaluator(checked: here)
                    for (id, formula) in formulas {
                        let index = try #require(survey.index(of: id))
                        let selector = try #require(formula, "\(id) of a shipped survey is beyond CSS").selector
                        #expect(
                            try css.matches(selector) == routing.questionIsShown[index], "\(id) after \(before + here)")
                    }
                }
            }
        }
    }
}
