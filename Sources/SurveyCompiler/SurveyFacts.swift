package import Feedback

/// What the compiler found out about a sound survey besides the questionnaire itself.
package struct SurveyFacts: Sendable, Equatable {
    /// The ways through it; nil where nothing is known of them.
    package let paths: PathStatistics?
    /// How many texts there are in the first language.
    package let texts: Int
    /// How many of them each other language lacks; none for a language that has them all.
    package let missing: [LanguageTag: Int]
}
