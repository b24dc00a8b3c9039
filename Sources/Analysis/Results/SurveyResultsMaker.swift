internal import Feedback
internal import QuestionnaireModel
internal import Records

/// Turns what was counted into figures, with words of the survey's own and small groups left out.
struct SurveyResultsMaker {
    let survey: SurveyID
    let live: SurveyVersion?
    let versions: [SurveyVersion]
    let definitions: SurveyDefinitions
    let settings: AnalysisSettings
    let parts: [SegmentPart]

    private struct Row {
        /// The question; of a matrix, its row as a question of the row's type.
        let question: Question
        /// The words that ask.
        let prompt: String
        let slot: ResultsSink.Slot
        let metric: any QuestionMetric.Type
        let language: LanguageTag
        /// The versions that ask it so.
        var versions: [SurveyVersion]
        /// What it is not compared with and why.
        var breaks: [String] = []
    }

    func results(
        _ sink: ResultsSink, asOf: Timestamp, selection: SurveyAnalyzer.Selection, _ unreadable: UnreadableLines
    ) throws(AnalysisError) -> SurveyResults {
        let known = [live].compactMap { $0 } + versions.filter { $0 != live }.sorted(by: >)
        let questionnaires = known.compactMap { definitions[survey, $0] }
        var rows: [Row] = []
        for questionnaire in questionnaires {
            let language = questionnaire.language(nearest: nil)
            for (question, _) in questionnaire.questions {
                for row in self.rows(of: question, in: language, questionnaire) {
                    if let known = rows.firstIndex(where: { $0.slot == row.slot }) {
                        rows[known].versions += row.versions
                    } else {
                        rows.append(row)
                    }
                }
            }
        }
        Self.tellApart(&rows) { (sink.total.metrics[$0]?.n ?? 0) > 0 }
        let privacies = questionnaires.map(\.profile.privacy)
        let strictest: SurveyPrivacy =
            privacies.contains(.anonymous) ? .anonymous : privacies.contains(.confidential) ? .confidential : .named
        var questions: [QuestionResults] = []
        for row in rows { questions.append(try result(row, sink.total, strictest, withQuotes: true)) }
        let first = questionnaires.first
        return SurveyResults(
            survey: survey,
            title: first.map { $0.title.filled(in: $0.language(nearest: nil)) { _ in nil } } ?? survey.rawValue,
            asOf: asOf, since: selection.since, until: selection.until, settings: settings, privacy: strictest,
            responses: sink.total.responses, partials: sink.total.partials, questions: questions,
            breakdown: selection.breakdown, groups: try groups(sink, rows, strictest), unreadable: unreadable.lines,
            unreadableCount: unreadable.count, unknownVersions: sink.unknownVersions)
    }

    /// A question as one row of results, a matrix as one for each of its own rows.
    private func rows(of question: Question, in language: LanguageTag, _ questionnaire: Questionnaire) -> [Row] {
        func row(_ item: String?, _ question: Question, _ prompt: String) -> [Row] {
            guard let metric = question.type.measure.flatMap({ MetricRegistry.metric(for: $0) }) else { return [] }
            let slot = ResultsSink.Slot(questionnaire, question.id, row: item, kind: metric.kind)
            return [
                Row(
                    question: question, prompt: prompt, slot: slot, metric: metric, language: language,
                    versions: [questionnaire.version])
            ]
        }
        let prompt = question.prompt.filled(in: language) { _ in nil }
        guard let type = question.type.row else { return row(nil, question, prompt) }
        let part = question.asking(type)
        return question.type.items.flatMap { item in
            row(item.code, part, "\(prompt) · \(item.label.filled(in: language) { _ in nil })")
        }
    }

    /// Says of a question that versions ask in more than one way which answers are not compared with which; ways that
    /// nobody was asked in are left out, except the first.
    private static func tellApart(_ rows: inout [Row], isAnswered: (ResultsSink.Slot) -> Bool) {
        var told: [Row] = []
        for var row in rows {
            if let first = told.firstIndex(where: { $0.slot.question == row.slot.question && $0.slot.asked != nil }),
                let asked = row.slot.asked, let leading = told[first].slot.asked,
                let reason = leading.reason(against: asked)
            {
                guard isAnswered(row.slot) else { continue }
                told[first].breaks.append("not compared with \(words(row.versions)): \(reason)")
                row.breaks.append("not compared with \(words(told[first].versions))")
            }
            told.append(row)
        }
        for index in told.indices where told[index].breaks.isEmpty { told[index].versions = [] }
        rows = told
    }

    private static func words(_ versions: [SurveyVersion]) -> String {
        "version\(versions.count == 1 ? "" : "s") "
            + versions.sorted { $0.isBefore($1) }.map(\.rawValue).joined(separator: ", ")
    }

    private func result(
        _ row: Row, _ tally: ResultsSink.Tally, _ privacy: SurveyPrivacy, withQuotes: Bool
    ) throws(AnalysisError) -> QuestionResults {
        let metric = tally.metrics[row.slot] ?? row.metric.init()
        let summary = metric.summary(of: row.question, in: row.language, settings)
        var result = QuestionResults(
            id: row.slot.question, kind: row.metric.kind, prompt: row.prompt, n: metric.n, isWithheld: false,
            figure: nil, besides: [], counts: [], distribution: [], quotes: [], versions: row.versions,
            breaks: row.breaks)
        result.rejected = tally.rejected[row.slot] ?? 0
        let isSmall = metric.n > 0 && (metric.n < settings.minimumGroup || summary.isUniform)
        if privacy != .named, isSmall {
            result.isWithheld = true
            return result
        }
        result.figure = summary.figure
        result.besides = summary.besides
        result.counts = summary.counts
        result.distribution = summary.distribution
        if withQuotes, let words = metric as? VerbatimMetric {
            result.quotes = try quotes(words.latest, of: row.question)
        }
        return result
    }

    /// Reads the latest words from their lines again.
    private func quotes(_ mentions: [Mention], of question: Question) throws(AnalysisError) -> [Quote] {
        var fetcher = LineFetcher(parts)
        var quotes: [Quote] = []
        for mention in mentions {
            try fetcher.fetch(part: mention.part, offset: mention.offset)
            guard let line = try? ResponseLine(fetcher.line), case .text(let text)? = line.answers[question.id.rawValue]
            else {
                continue
            }
            var score: Int?
            if let recommend = definitions[line.survey, line.version]?.recommendQuestion,
                case .integer(let value)? = line.answers[recommend.id.rawValue]
            {
                score = value
            }
            quotes.append(Quote(text: text, language: line.language, at: line.submitted, score: score))
        }
        return quotes
    }

    private func groups(
        _ sink: ResultsSink, _ rows: [Row], _ privacy: SurveyPrivacy
    ) throws(AnalysisError) -> [GroupResults] {
        guard sink.frame.breakdown != nil else { return [] }
        let sorted = sink.groups.sorted { left, right in
            guard let a = left.key, let b = right.key else { return left.key != nil && right.key == nil }
            return a < b
        }
        var groups: [GroupResults] = []
        for (value, tally) in sorted {
            var questions: [QuestionResults] = []
            for row in rows { questions.append(try result(row, tally, privacy, withQuotes: false)) }
            groups.append(
                GroupResults(value: value, responses: tally.responses, partials: tally.partials, questions: questions))
        }
        if privacy != .named { for index in rows.indices { suppress(index, in: &groups) } }
        for index in groups.indices { groups[index].questions.removeAll { $0.figure == nil && !$0.isWithheld } }
        return groups
    }

    /// Leaves out one group more where the one left out could be had by taking the others from the total (METRICS 7).
    private func suppress(_ question: Int, in groups: inout [GroupResults]) {
        while true {
            let hidden = groups.filter { $0.questions[question].isWithheld }.reduce(0) { $0 + $1.questions[question].n }
            guard hidden > 0 else { return }
            let isSafe =
                hidden >= settings.minimumGroup && groups.filter { $0.questions[question].isWithheld }.count > 1
            if isSafe { return }
            let shown = groups.indices.filter {
                !groups[$0].questions[question].isWithheld && groups[$0].questions[question].n > 0
            }
            guard let smallest = shown.min(by: { groups[$0].questions[question].n < groups[$1].questions[question].n })
            else { return }
            let full = groups[smallest].questions[question]
            groups[smallest].questions[question] = QuestionResults(
                id: full.id, kind: full.kind, prompt: full.prompt, n: full.n, isWithheld: true, figure: nil,
                besides: [], counts: [], distribution: [], quotes: [], versions: full.versions, breaks: full.breaks)
        }
    }
}
