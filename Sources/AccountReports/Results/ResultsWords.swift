package import Analysis
internal import Feedback

/// A survey's results in words, the same for text and pages.
package struct ResultsWords: Sendable {
    private let results: SurveyResults

    /// The words for some results.
    package init(_ results: SurveyResults) { self.results = results }

    /// How many, and of which time.
    package var heading: String {
        var parts = [Self.counts(results.responses, results.partials)]
        if let since = results.since { parts.append("from \(since.date.words)") }
        if let until = results.until { parts.append("before \(until.date.words)") }
        parts.append("as of \(NumberWords.moment(results.asOf))")
        return parts.joined(separator: ", ")
    }

    /// Complete and partial responses.
    package static func counts(_ responses: Int, _ partials: Int) -> String {
        let complete = NumberWords.count(responses, "response")
        return partials == 0 ? complete : "\(complete) and \(NumberWords.whole(partials)) not finished"
    }

    /// One question's figures in a line: `NPS -8.4 (95 % -17.9 to +1.2), n = 250: 86 detractors, 99 passives, 65
    /// promoters`.
    package func line(_ question: QuestionResults) -> String {
        ([figures(question), rejected(question)].compactMap(\.self) + question.breaks).joined(separator: "; ")
    }

    private func rejected(_ question: QuestionResults) -> String? {
        switch question.rejected {
        case 0: nil
        case 1: "1 answer is none to this question, such as a score off its scale, and counts nowhere"
        default:
            "\(NumberWords.whole(question.rejected)) answers are none to this question, such as scores off its scale, and count nowhere"
        }
    }

    private func figures(_ question: QuestionResults) -> String {
        if !question.versions.isEmpty {
            var alone = question
            alone.versions = []
            let versions = question.versions.map(\.rawValue).joined(separator: ", ")
            return "version \(versions): \(figures(alone))"
        }
        if question.n == 0 { return "Nobody answered." }
        if question.isWithheld {
            return
                "n = \(NumberWords.whole(question.n)): too few answers, or too much alike, to show without telling who said what."
        }
        var text = ""
        if let figure = question.figure, let said = fewScores(question) {
            // One answer is an answer, not a score of plus or minus 100 (METRICS 1).
            text = "\(said): too few for \(figure.name), "
        } else if let figure = question.figure {
            text =
                figure.unit == .percent
                ? "\(NumberWords.figure(figure)) \(figure.name)" : "\(figure.name) \(NumberWords.figure(figure))"
            if let interval = figure.interval {
                text += " (\(NumberWords.interval(interval, figure.unit, level: results.settings.level)))"
            }
            text += ", "
        }
        text += "n = \(NumberWords.whole(question.n))"
        if !question.counts.isEmpty {
            text += ": " + question.counts.map { "\(NumberWords.whole($0.count)) \($0.key)" }.joined(separator: ", ")
        }
        for figure in question.besides where figure.value != nil {
            text += "; \(figure.name) \(NumberWords.figure(figure))"
        }
        return text
    }

    /// The answers themselves, such as `9 and 10`, where a score stands on fewer than three.
    func fewScores(_ question: QuestionResults) -> String? {
        guard question.figure?.unit == .points, question.n < 3 else { return nil }
        return question.distribution.flatMap { Array(repeating: $0.label, count: $0.count) }.joined(separator: " and ")
    }

    /// What the numbers do not say by themselves.
    package var notes: [String] {
        var notes: [String] = []
        let methods = Set(results.questions.compactMap { $0.figure?.interval == nil ? nil : $0.figure?.method })
            .sorted()
        if !methods.isEmpty {
            notes.append("Intervals: \(NumberWords.level(results.settings.level)), \(methods.joined(separator: ", ")).")
        }
        if results.privacy != .named {
            notes.append(
                "This survey is \(results.privacy.rawValue): groups below \(results.settings.minimumGroup) answers are not shown."
            )
        }
        if results.unreadableCount > 0 {
            notes.append("\(NumberWords.count(results.unreadableCount, "line")) could not be read and count nowhere.")
        }
        for (name, count) in results.unknownVersions.sorted(by: { $0.key < $1.key }) {
            notes.append(
                "\(NumberWords.count(count, "response")) to \(name) count nowhere: no such version was published here.")
        }
        return notes
    }
}
