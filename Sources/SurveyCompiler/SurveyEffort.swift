internal import Feedback
package import QuestionnaireModel

/// How long a survey takes to answer, by a stated rule.
///
/// A score or single choice takes 7.5 s, a row of a matrix or an option to be ranked 5 s, several choices 12 s, words
/// 15 s
/// (30 s where they are required), a statement 4 s, anything else 10 s; what is shown on a condition counts half. The
/// rule is a rough one: it is there to compare surveys, and to notice one that asks for ten minutes.
package struct SurveyEffort: Sendable, Equatable {
    /// Seconds for somebody who sees what an average customer may see, rounded to whole ones.
    package let seconds: Int

    /// The effort that a questionnaire asks for.
    package init(_ questionnaire: Questionnaire) {
        let total = questionnaire.questions.reduce(0.0) { sum, entry in
            let isConditional =
                entry.question.visibleWhen != nil || questionnaire.pages[entry.page].visibleWhen != nil
            return sum + Self.seconds(for: entry.question) * (isConditional ? 0.5 : 1)
        }
        seconds = Int(total.rounded())
    }

    private static func seconds(for question: Question) -> Double {
        switch question.type.domain {
        case .rows(let items): return Double(items.count) * 5
        case .orders(let codes): return Double(codes.count) * 5
        default: break
        }
        return switch question.type.measure {
        case .nps, .csat, .ces, .rating, .choice: 7.5
        case .choices: 12
        case .verbatim: question.isRequired ? 30 : 15
        case nil: question.type.domain == .none ? 4 : 10
        default: 10
        }
    }
}
