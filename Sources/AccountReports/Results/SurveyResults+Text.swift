package import Analysis
internal import Feedback
internal import Markup

/// Writes a survey's results for a terminal.
package enum ResultsText {
    /// All results in a number of columns, 60 at least.
    package static func text(_ results: SurveyResults, columns: Int) -> String {
        let width = max(60, columns)
        let words = ResultsWords(results)
        var lines = DisplayWidth.wrap(Escaping.visible(results.title), width)
        lines += DisplayWidth.wrap(words.heading, width)
        for question in results.questions {
            lines.append("")
            lines += self.question(question, results, width)
        }
        for group in results.groups {
            lines += ["", "\(results.breakdown?.rawValue ?? ""): \(Escaping.visible(group.value ?? "not given"))"]
            lines += indented(ResultsWords.counts(group.responses, group.partials), width)
            for question in group.questions {
                lines += indented("\(question.id): \(words.line(question))", width)
            }
        }
        if !words.notes.isEmpty { lines.append("") }
        for note in words.notes { lines += DisplayWidth.wrap(note, width) }
        return lines.map { String($0.trimmedEnd) }.joined(separator: "\n") + "\n"
    }

    private static func question(_ question: QuestionResults, _ results: SurveyResults, _ width: Int) -> [String] {
        var lines = DisplayWidth.wrap("\(question.id) · \(Escaping.visible(question.prompt))", width)
        lines += indented(ResultsWords(results).line(question), width)
        if question.n > 0, !question.distribution.isEmpty {
            let labels = question.distribution.map { Escaping.visible($0.label) }
            let labelWidth = min(28, labels.map { DisplayWidth.of($0) }.max() ?? 0)
            let countWidth = question.distribution.map { NumberWords.whole($0.count).utf8.count }.max() ?? 0
            let room = max(10, width - labelWidth - countWidth - 14)
            for (share, label) in zip(question.distribution, labels) {
                let part = Double(share.count) / Double(question.n)
                let bar = String(repeating: "█", count: Int((part * Double(room)).rounded()))
                let number = DisplayWidth.fit(NumberWords.whole(share.count), countWidth + 2, alignEnd: true)
                let percent = DisplayWidth.fit(NumberWords.percent(part), 6, alignEnd: true)
                lines.append("  " + DisplayWidth.fit(label, labelWidth) + number + percent + "  " + bar)
            }
        }
        for quote in question.quotes {
            let score = quote.score.map { "gave \($0), " } ?? ""
            lines += indented("“\(Escaping.visible(quote.text.folded))” (\(score)\(quote.at.date.words))", width)
        }
        return lines
    }

    private static func indented(_ text: String, _ width: Int) -> [String] {
        DisplayWidth.wrap(text, width - 2).map { "  " + $0 }
    }
}
