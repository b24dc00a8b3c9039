/// Themes by word lists that the user keeps for one language (METRICS 8).
package struct WordLists: Sendable, Hashable {
    /// A theme and its words.
    package struct List: Sendable, Hashable {
        /// The theme's name.
        package var name: String
        /// Words or pairs that make a comment one of the theme; two words match side by side.
        package var words: [String]

        /// A theme and its words.
        package init(name: String, words: [String]) {
            self.name = name
            self.words = words
        }
    }

    /// What the lists found.
    package struct Matches: Sendable, Hashable {
        /// The places of the comments of each theme, in the order of the lists.
        package var themes: [[Int]]
        /// The places of comments that no list matches, which are always shown too.
        package var unmatched: [Int]
        /// Comments matched by any list, among those with a word.
        package var coverage: Proportion
    }

    private let phrases: [[[String]]]

    /// Lists of one language.
    package init(_ lists: [List]) {
        phrases = lists.map { $0.words.map(Tokens.of).filter { !$0.isEmpty } }
    }

    /// The comments of each theme; a comment may have several.
    package func matches(_ comments: [String]) -> Matches {
        var themes = [[Int]](repeating: [], count: phrases.count)
        var unmatched: [Int] = []
        var worded = 0
        for (place, comment) in comments.enumerated() {
            let tokens = Tokens.of(comment)
            if tokens.isEmpty { continue }
            worded += 1
            var isMatched = false
            for (theme, list) in phrases.enumerated() where list.contains(where: { Self.holds(tokens, $0) }) {
                themes[theme].append(place)
                isMatched = true
            }
            if !isMatched { unmatched.append(place) }
        }
        return Matches(
            themes: themes, unmatched: unmatched, coverage: Proportion(worded - unmatched.count, among: worded))
    }

    private static func holds(_ tokens: [String], _ phrase: [String]) -> Bool {
        guard tokens.count >= phrase.count else { return false }
        return (0...(tokens.count - phrase.count)).contains { tokens[$0..<$0 + phrase.count].elementsEqual(phrase) }
    }
}
