internal import Analysis
internal import Feedback
internal import Markup

/// The results of a survey as cards, the same on the workspace's page and in the file.
struct ResultsView {
    let results: SurveyResults

    func draw(_ html: inout HTMLWriter) {
        let words = ResultsWords(results)
        html.element("h1", ["dir": "auto"], text: results.title)
        html.element("p", ["class": "sub"], text: words.heading)
        if results.responses + results.partials == 0 {
            html.element("p", ["class": "card"], text: "Nobody has answered yet.")
        }
        for question in results.questions { self.question(question, &html) }
        for group in results.groups { self.group(group, &html) }
        for note in words.notes { html.element("p", ["class": "note"], text: note) }
    }

    private func question(_ question: QuestionResults, _ html: inout HTMLWriter) {
        html.element("section", ["class": "card"]) { html in
            html.element("h2", ["dir": "auto"], text: question.prompt)
            html.element("p", ["class": "sub"], text: ResultsWords(results).line(question))
            if let figure = question.figure, figure.unit == .points, let value = figure.value,
                let interval = figure.interval, question.n >= 3
            {
                Charts.score(value, interval, level: results.settings.level, &html)
            }
            if question.n > 0, !question.distribution.isEmpty {
                html.element("div", ["class": "bars"]) { html in
                    for share in question.distribution {
                        let part = Double(share.count) / Double(question.n)
                        html.element("span", ["dir": "auto"], text: share.label)
                        Charts.bar(part, label: "\(share.label): \(share.count) of \(question.n)", &html)
                        html.element("span", text: "\(NumberWords.whole(share.count)) · \(NumberWords.percent(part))")
                    }
                }
            }
            for quote in question.quotes {
                html.element("blockquote", ["lang": quote.language?.rawValue, "dir": "auto"]) { html in
                    html.text(quote.text)
                    html.element("footer", ["lang": "en", "dir": "ltr"]) { html in
                        html.text(quote.at.date.words + (quote.score.map { " · gave \($0)" } ?? ""))
                    }
                }
            }
        }
    }

    private func group(_ group: GroupResults, _ html: inout HTMLWriter) {
        html.element("section", ["class": "card"]) { html in
            html.element(
                "h2", ["dir": "auto"], text: "\(results.breakdown?.rawValue ?? ""): \(group.value ?? "not given")")
            html.element("p", ["class": "sub"], text: ResultsWords.counts(group.responses, group.partials))
            for question in group.questions {
                html.element("p", ["dir": "auto"], text: "\(question.prompt) \(ResultsWords(results).line(question))")
            }
        }
    }
}
