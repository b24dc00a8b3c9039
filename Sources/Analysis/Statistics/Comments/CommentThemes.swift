package import Feedback

/// What detractors say that promoters do not, and the reverse: words and pairs, each respondent counted once (METRICS
/// 8).
package struct CommentThemes: Sendable, Equatable {
    /// One comment; several of one respondent count as one.
    package struct Comment: Sendable, Hashable {
        /// Who said it: any number that is the same for the same respondent.
        package var respondent: Int
        /// The band of the respondent's own score.
        package var band: PromoterBand
        /// What was said.
        package var text: String

        /// A comment.
        package init(respondent: Int, band: PromoterBand, text: String) {
            self.respondent = respondent
            self.band = band
            self.text = text
        }
    }

    /// A word, or two in a row, that one side says more.
    package struct Theme: Sendable, Equatable {
        /// The word or pair, lower-cased.
        package var words: String
        /// Detractors who say it, among all detractors with a comment.
        package var detractors: Proportion
        /// Promoters who say it, among all promoters with a comment.
        package var promoters: Proportion
        /// log2 of the ratio of the two shares: above 0 when detractors say it more.
        package var logRatio: Double
        /// Fisher's two-sided p.
        package var p: Double
        /// Benjamini–Hochberg's adjusted p over all words and pairs tested.
        package var adjusted: Double
        /// Where it was said, by place among the comments given: up to three of the side that says it more.
        package var examples: [Int]
    }

    /// Words and pairs that were tested: at least so many respondents say them.
    package var tested: Int
    /// Those whose adjusted p is at most q, the least p first.
    package var themes: [Theme]
    /// Detractors with a comment.
    package var detractors: Int
    /// Promoters with a comment.
    package var promoters: Int

    /// The themes; passives take no side and are left out.
    package init(_ comments: [Comment], fewestRespondents: Int = 5, q: Double = 0.05) {
        var spoken: [PromoterBand: Set<Int>] = [:]
        var said: [String: Said] = [:]
        for (place, comment) in comments.enumerated() where comment.band != .passive {
            let tokens = Tokens.of(comment.text)
            guard !tokens.isEmpty else { continue }
            spoken[comment.band, default: []].insert(comment.respondent)
            for words in Set(Self.candidates(tokens)) {
                said[words, default: Said(words: words)].add(words, comment, place)
            }
        }
        detractors = spoken[.detractor]?.count ?? 0
        promoters = spoken[.promoter]?.count ?? 0
        let (down, up) = (detractors, promoters)
        var all: [Theme] = said.values.compactMap { said in
            let (a, b) = (said.detractors.count, said.promoters.count)
            guard a + b >= fewestRespondents, let ratio = Keyness.logRatio(a, b, of: down, up) else { return nil }
            return Theme(
                words: said.words, detractors: Proportion(a, among: down), promoters: Proportion(b, among: up),
                logRatio: ratio, p: FisherExact.p(a, among: down, b, among: up), adjusted: 1,
                examples: Array((ratio > 0 ? said.detractorPlaces : said.promoterPlaces).prefix(3)))
        }
        tested = all.count
        all.sort { ($0.p, $0.words) < ($1.p, $1.words) }
        for (index, adjusted) in BenjaminiHochberg.adjusted(all.map(\.p)).enumerated() {
            all[index].adjusted = adjusted
        }
        themes = all.filter { $0.adjusted <= q }
    }

    /// Words, and pairs of words that stand side by side.
    private static func candidates(_ tokens: [String]) -> [String] {
        let pairs = zip(tokens, tokens.dropFirst()).filter { Tokens.isThematic($0) && Tokens.isThematic($1) }
        return tokens.filter(Tokens.isThematic) + pairs.map { "\($0) \($1)" }
    }

    /// Who said something, and where.
    private struct Said {
        var words: String
        var detractors: Set<Int> = []
        var promoters: Set<Int> = []
        var detractorPlaces: [Int] = []
        var promoterPlaces: [Int] = []

        mutating func add(_ spelling: String, _ comment: Comment, _ place: Int) {
            // Equal words may differ in their bytes; the least spelling is shown, whichever came first.
            if spelling.utf8.lexicographicallyPrecedes(words.utf8) { words = spelling }
            if comment.band == .detractor {
                if detractors.insert(comment.respondent).inserted { detractorPlaces.append(place) }
            } else if promoters.insert(comment.respondent).inserted {
                promoterPlaces.append(place)
            }
        }
    }
}
