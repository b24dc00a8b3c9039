internal import Feedback
internal import QuestionnaireModel

/// How hard a survey's words are to read, by the rule that is usual for their language.
///
/// Flesch–Kincaid gives a school grade (Kincaid et al. 1975); the others give an ease from 0, hard, to 100, easy: Amstad
/// (1978), Fernández Huerta (1959), Kandel and Moles (1958), Martins et al. (1996). Syllables are counted by the vowels
/// that sound, which is right for nearly all words; prompts, help and introductions count, labels do not.
struct ReadingGrade: Sendable, Equatable {
    /// The rule's name.
    let rule: String
    /// Whether it is a school grade, where less is easier, and not an ease, where more is.
    let isGrade: Bool
    /// The grade or ease, to one decimal.
    let value: Double

    /// `grade 4.1 (Flesch–Kincaid)`, or `ease 71.3 (Amstad)`.
    var text: String { "\(isGrade ? "grade" : "ease") \(value) (\(rule))" }

    private struct Rule {
        let name: String
        var isGrade = false
        let base: Double
        /// For each word of a sentence.
        let length: Double
        /// For each syllable of a word.
        let syllables: Double
    }

    private static let rules: [String: Rule] = [
        "en": Rule(name: "Flesch–Kincaid", isGrade: true, base: -15.59, length: 0.39, syllables: 11.8),
        "de": Rule(name: "Amstad", base: 180, length: -1, syllables: -58.5),
        "es": Rule(name: "Fernández Huerta", base: 206.84, length: -1.02, syllables: -60),
        "fr": Rule(name: "Kandel–Moles", base: 207, length: -1.015, syllables: -73.6),
        "pt": Rule(name: "Martins", base: 248.835, length: -1.015, syllables: -84.6),
    ]

    /// The grade of a survey in a language; nil where there is no rule, or nothing to read.
    init?(_ questionnaire: Questionnaire, in language: LanguageTag) {
        guard let rule = Self.rules[language.primary] else { return nil }
        var (sentences, words, syllables) = (0, 0, 0)
        for text in Self.texts(of: questionnaire) {
            guard let version = text.versions[language] else { continue }
            let spoken = version.filled { _ in nil }
            let parts = spoken.split { ".!?…:".contains($0) }.filter { $0.contains(where: \.isLetter) }
            sentences += parts.count
            for word in parts.flatMap({ $0.split { !$0.isLetter && $0 != "'" && $0 != "’" } }) {
                words += 1
                syllables += Self.syllables(of: word.lowercased(), language.primary)
            }
        }
        guard sentences > 0, words > 0 else { return nil }
        self.rule = rule.name
        isGrade = rule.isGrade
        let score =
            rule.base + rule.length * Double(words) / Double(sentences)
            + rule.syllables * Double(syllables) / Double(words)
        value = max(0, isGrade ? score : min(100, score)).roundedToTenths
    }

    private static func texts(of questionnaire: Questionnaire) -> [LocalizedText] {
        let asked = questionnaire.questions.flatMap { [$0.question.prompt, $0.question.help] }
        let ended = questionnaire.endings.map { Optional($0.message) }
        return ([questionnaire.introduction] + asked + ended).compactMap(\.self)
    }

    private static let vowels: [String: Set<Character>] = [
        "en": Set("aeiouy"), "de": Set("aeiouyäöü"), "fr": Set("aeiouyàâéèêëîïôûùüœ"),
    ]
    private static let others = Set<Character>("aeiouáéíóúüâêôãõà")
    private static let strong = Set<Character>("aeoáéóíú")

    /// Groups of vowels, without those at the end that are not spoken; at least one.
    static func syllables(of word: String, _ language: String) -> Int {
        let vowels = vowels[language] ?? others
        let splitsStrong = language == "es" || language == "pt"
        var count = 0
        var last: Character?
        for letter in word {
            if vowels.contains(letter) {
                let isHiatus = splitsStrong && last.map { strong.contains($0) && strong.contains(letter) } ?? false
                if last == nil || isHiatus { count += 1 }
                last = letter
            } else {
                last = nil
            }
        }
        if language == "en", word.hasSuffix("e"), !word.hasSuffix("le"), !word.hasSuffix("ee") { count -= 1 }
        if language == "fr", ["e", "es", "ent"].contains(where: { word.hasSuffix($0) }), word.count > 3 { count -= 1 }
        return max(1, count)
    }
}

extension Double {
    /// To one decimal.
    fileprivate var roundedToTenths: Double { (self * 10).rounded() / 10 }
}
