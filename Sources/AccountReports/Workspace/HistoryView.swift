internal import Analysis
internal import Feedback
internal import Markup

/// Draws one thing that happened in an account.
enum HistoryView {
    static func draw(_ entry: HistoryEntry, _ html: inout HTMLWriter) {
        switch entry.happening {
        case .answered(let survey, let isComplete, let answers):
            html.element("div") { html in
                html.element("b") { html in
                    html.element("bdi", text: entry.person ?? entry.contact?.rawValue ?? "Somebody unnamed")
                }
                let score = answers.first { $0.score != nil }?.score
                var text = entry.role.map { " (\($0.words))" } ?? ""
                text += score.map { " answered \($0)" } ?? " answered"
                text += " · \(survey)" + (isComplete ? "" : ", not finished")
                html.text(text)
            }
            for answer in answers where answer.isVerbatim {
                html.element("q", ["lang": entry.language?.rawValue, "dir": "auto"], text: answer.words)
            }
            let rest = answers.filter { !$0.isVerbatim }
            if rest.isEmpty { return }
            html.element("details") { html in
                html.element("summary", text: NumberWords.count(rest.count, "answer"))
                html.element("dl", ["class": "answers"]) { html in
                    for answer in rest {
                        html.element("dt", ["dir": "auto"], text: answer.prompt)
                        html.element("dd", ["dir": "auto"], text: answer.words)
                    }
                }
            }
        case .event(let kind, let amount, let currency, let note):
            var parts = [
                kind == .acquisitionCost
                    ? "Acquisition cost" : kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst()
            ]
            if let amount { parts.append(NumberWords.money(amount.value, currency)) }
            if let person = entry.person { parts.append(person) }
            html.element("div", ["dir": "auto"], text: parts.joined(separator: ", "))
            if let note { html.element("small", ["dir": "auto"], text: note) }
        }
    }
}
