internal import Feedback
internal import FeedbackTestSupport
internal import Records
import Testing

@testable import Analysis

@Suite struct StatisticsCommentTests {
    @Test func wordsOfAnyScript() {
        #expect(Tokens.of("খাবার খুব ভালো কিন্তু সার্ভিস ধীর") == ["খাবার", "খুব", "ভালো", "কিন্তু", "সার্ভিস", "ধীর"])
        #expect(Tokens.of("Don't STOP, it's 2nd-best!") == ["don", "t", "stop", "it", "s", "2nd", "best"])
        #expect(Tokens.of("الخدمة ممتازة، والدعم بطيء.") == ["الخدمة", "ممتازة", "والدعم", "بطيء"])
        // Composed and decomposed accents make one word; a non-joiner stays inside; joiners of emoji make none.
        #expect(Tokens.of("Caf\u{E9}") == Tokens.of("cafe\u{301}"))
        #expect(Tokens.of("می\u{200C}خواهم \u{200C}") == ["می\u{200C}خواهم"])
        #expect(Tokens.of("👩\u{200D}💻 👍🏽").isEmpty)
        #expect(Tokens.of("").isEmpty)
        #expect(
            Tokens.isThematic("খুব") && Tokens.isThematic("not") && !Tokens.isThematic("2nd") && !Tokens.isThematic("a"))
    }

    @Test func tokensSurviveAnyText() {
        var generator = SeededGenerator(seed: 60)
        for _ in 0..<400 {
            let text = String(
                String.UnicodeScalarView(
                    (0..<20).compactMap { _ in
                        Unicode.Scalar(
                            UInt32.random(
                                in: 0x20...(Bool.random(using: &generator) ? 0x2FF : 0x1FFFF), using: &generator))
                    }))
            for word in Tokens.of(text) { #expect(Tokens.of(word).contains(word) && !word.isEmpty) }
        }
    }

    @Test func exactTestOfTables() {
        // Fisher's tea: p 0.4857; R fisher.test of the others.
        #expect(isNear(FisherExact.p(3, among: 4, 1, among: 4), 34.0 / 70, 1e-12))
        #expect(isNear(FisherExact.p(4, among: 4, 0, among: 4), 2.0 / 70, 1e-12))
        #expect(FisherExact.p(0, among: 9, 0, among: 7) == 1 && FisherExact.p(0, among: 0, 3, among: 7) == 1)
        // Against the table of all chances.
        var generator = RepeatableGenerator(seed: 2)
        for _ in 0..<200 {
            let (m, n) = (1 + generator.index(below: 15), 1 + generator.index(below: 15))
            let (a, b) = (generator.index(below: m + 1), generator.index(below: n + 1))
            func choose(_ n: Int, _ k: Int) -> Double { (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) } }
            func chance(_ k: Int) -> Double {
                k < 0 || k > m || a + b - k < 0 || a + b - k > n
                    ? 0 : choose(m, k) * choose(n, a + b - k) / choose(m + n, a + b)
            }
            let p = (0...m).map(chance).filter { $0 <= chance(a) * (1 + 1e-7) }.reduce(0, +)
            #expect(isNear(FisherExact.p(a, among: m, b, among: n), p, 1e-10))
        }
    }

    @Test(.enabled(if: SharedStatistics.isPresent)) func likelihoodsOfWords() {
        for row in SharedStatistics.expected("keyness_g2").elements {
            let counts = ["a", "b", "c", "d"].map { row[$0]?.integer ?? -1 }
            #expect(isNear(Keyness.g2(counts[0], counts[1], of: counts[2], counts[3]), row.number("g2_two_cell"), 1e-6))
            if let ratio = row["log_ratio"]?.double {
                #expect(isNear(Keyness.logRatio(counts[0], counts[1], of: counts[2], counts[3]), ratio, 1e-4))
            }
        }
        #expect(Keyness.g2(1, 1, of: 0, 5) == nil && Keyness.logRatio(0, 0, of: 5, 5) == nil)
    }

    @Test(.enabled(if: SharedStatistics.isPresent)) func wordsOfReviews() throws {
        let rows = SharedStatistics.rows("review_sentences_amazon.csv")
        let comments = rows.enumerated().map { index, row in
            CommentThemes.Comment(
                respondent: index, band: row["positive"] == "1" ? .promoter : .detractor, text: row["text"] ?? "")
        }
        // Words alone, as METRICS counts them.
        var said: [String: (Int, Int)] = [:]
        for comment in comments {
            for word in Set(Tokens.of(comment.text)) where Tokens.isThematic(word) {
                if comment.band == .detractor {
                    said[word, default: (0, 0)].0 += 1
                } else {
                    said[word, default: (0, 0)].1 += 1
                }
            }
        }
        let tested = said.filter { $0.value.0 + $0.value.1 >= 5 }.map {
            ($0.key, FisherExact.p($0.value.0, among: 500, $0.value.1, among: 500))
        }
        #expect(tested.count == 321)
        #expect(BenjaminiHochberg.adjusted(tested.map(\.1)).count { $0 <= 0.05 } == 25)

        let themes = CommentThemes(comments)
        #expect(themes.detractors == 500 && themes.promoters == 500)
        let words = themes.themes.filter { !$0.words.contains(" ") }
        #expect(words.prefix(3).map(\.words) == ["great", "not", "works"])
        #expect(words[0].detractors.count == 5 && words[0].promoters.count == 92)
        #expect(words[1].detractors.count == 143 && words[1].promoters.count == 30)
        #expect(words[2].detractors.count == 1 && words[2].promoters.count == 45)
        #expect(words[0].logRatio < 0 && words[1].logRatio > 0)
        let example = comments[try #require(words[1].examples.first)]
        #expect(example.band == .detractor && Tokens.of(example.text).contains("not") && words[1].examples.count == 3)
        #expect(themes.themes.allSatisfy { $0.adjusted <= 0.05 && $0.detractors.count + $0.promoters.count >= 5 })
        // The order of arrival changes no figure.
        let turned = CommentThemes(comments.reversed())
        #expect(turned.themes.map(\.words) == themes.themes.map(\.words))
        #expect(turned.themes.map(\.adjusted) == themes.themes.map(\.adjusted))
    }

    @Test func respondentsCountOnce() {
        // One person repeating a word many times is one person, and passives take no side.
        let loud = (0..<30).map { _ in CommentThemes.Comment(respondent: 1, band: .detractor, text: "slow slow slow") }
        let others = (2..<12).map { CommentThemes.Comment(respondent: $0, band: .promoter, text: "quick help") }
        let passive = (20..<40).map { CommentThemes.Comment(respondent: $0, band: .passive, text: "slow") }
        let themes = CommentThemes(loud + others + passive)
        #expect(themes.detractors == 1 && themes.promoters == 10)
        #expect(!themes.themes.contains { $0.words.contains("slow") })
        #expect(themes.tested == 3, "quick, help, quick help")
        #expect(CommentThemes([]).themes.isEmpty)
    }

    @Test func keptListsAndWhatTheyMiss() {
        let lists = WordLists([
            .init(name: "speed", words: ["slow", "ধীর", "long wait"]), .init(name: "price", words: ["Price", "cost"]),
        ])
        let found = lists.matches(["Too SLOW", "a long wait at this price", "wait long", "সার্ভিস ধীর", "…", "fine"])
        #expect(found.themes == [[0, 1, 3], [1]])
        #expect(found.unmatched == [2, 5])
        #expect(found.coverage == Proportion(3, among: 5))
    }
}
