package import Analysis
internal import Feedback
internal import Markup

/// Writes a survey's results as a table, one question a row, for spreadsheets.
package enum ResultsCSV {
    /// The whole table; shares and scores are times 100, unrounded.
    package static func bytes(_ results: SurveyResults) -> [UInt8] {
        var csv = CSVWriter.record([
            "group", "question", "kind", "prompt", "n", "figure", "value", "low", "high", "counts", "distribution",
            "versions",
        ])
        for question in results.questions { csv += CSVWriter.record(row(question, group: nil)) }
        for group in results.groups {
            for question in group.questions {
                csv += CSVWriter.record(row(question, group: group.value ?? "not given"))
            }
        }
        return csv
    }

    private static func row(_ question: QuestionResults, group: String?) -> [String] {
        let figure = question.figure
        let scale = figure?.unit == .plain ? 1.0 : 100
        return [
            .text(group), .text(question.id), question.kind, .text(question.prompt), String(question.n),
            .text(figure?.name),
            .cell(figure?.value.map { $0 * scale }), .cell(figure?.interval.map { $0.low * scale }),
            .cell(figure?.interval.map { $0.high * scale }),
            .text(
                question.isWithheld
                    ? "withheld" : question.counts.map { "\($0.key) \($0.count)" }.joined(separator: "; ")),
            .text(question.distribution.map { "\($0.code) \($0.count)" }.joined(separator: "; ")),
            .text(question.versions.map(\.rawValue).joined(separator: " ")),
        ]
    }
}
