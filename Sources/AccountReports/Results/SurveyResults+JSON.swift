package import Analysis
internal import Feedback
internal import Records

/// Writes a survey's results as DESIGN section 6 fixes them: shares and scores times 100, unrounded; undefined is
/// `null`.
package enum ResultsJSON {
    /// All results as one object and a line end.
    package static func bytes(_ results: SurveyResults) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("survey", results.survey.rawValue)
            writer.member("title", results.title)
            writer.member("asOf", results.asOf.description)
            writer.member("since", results.since?.description)
            writer.member("until", results.until?.description)
            writer.member("level", number: results.settings.level)
            writer.member("privacy", results.privacy.rawValue)
            writer.member("responses", integer: results.responses)
            writer.member("partials", integer: results.partials)
            writer.key("questions")
            writer.array { writer in for question in results.questions { self.question(question, &writer) } }
            if let breakdown = results.breakdown {
                writer.member("by", breakdown.rawValue)
                writer.key("groups")
                writer.array { writer in for group in results.groups { self.group(group, &writer) } }
            }
            writer.member("unreadableLines", integer: results.unreadableCount)
            if !results.unknownVersions.isEmpty {
                writer.key("unknownVersions")
                writer.object { writer in
                    for (name, count) in results.unknownVersions.sorted(by: { $0.key < $1.key }) {
                        writer.member(name, integer: count)
                    }
                }
            }
        }
        writer.endLine()
        return writer.bytes
    }

    private static func group(_ group: GroupResults, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("value")
            if let value = group.value { writer.string(value) } else { writer.null() }
            writer.member("responses", integer: group.responses)
            writer.member("partials", integer: group.partials)
            writer.key("questions")
            writer.array { writer in for question in group.questions { self.question(question, &writer) } }
        }
    }

    private static func question(_ question: QuestionResults, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", question.id)
            writer.member("kind", question.kind)
            writer.member("prompt", question.prompt)
            writer.member("n", integer: question.n)
            if question.rejected > 0 { writer.member("rejected", integer: question.rejected) }
            if !question.versions.isEmpty {
                for (key, values) in [("versions", question.versions.map(\.rawValue)), ("breaks", question.breaks)] {
                    writer.key(key)
                    writer.array { writer in for value in values { writer.string(value) } }
                }
            }
            if question.isWithheld { return writer.member("withheld", boolean: true) }
            if question.figure != nil || !question.counts.isEmpty {
                writer.key(question.kind)
                writer.object { writer in figures(question, &writer) }
            }
            if !question.distribution.isEmpty {
                writer.key("distribution")
                writer.array { writer in
                    for share in question.distribution {
                        writer.object { writer in
                            writer.member("code", share.code)
                            if share.label != share.code { writer.member("label", share.label) }
                            writer.member("count", integer: share.count)
                        }
                    }
                }
            }
            if question.kind == "text" {
                writer.key("quotes")
                writer.array { writer in for quote in question.quotes { self.quote(quote, &writer) } }
            }
        }
    }

    private static func figures(_ question: QuestionResults, _ writer: inout JSONWriter) {
        for count in question.counts { writer.member(count.key, integer: count.count) }
        if let figure = question.figure {
            writer.member("value", number: scaled(figure.value, figure, n: question.n))
            writer.member("low", number: scaled(figure.interval?.low, figure))
            writer.member("high", number: scaled(figure.interval?.high, figure))
        }
        for figure in question.besides {
            writer.member(figure.name, number: scaled(figure.value, figure))
            if let interval = figure.interval {
                writer.member(figure.name + "Low", number: scaled(interval.low, figure))
                writer.member(figure.name + "High", number: scaled(interval.high, figure))
            }
        }
    }

    private static func scaled(_ value: Double?, _ figure: Figure, n: Int = 0) -> Double? {
        guard let value else { return nil }
        if figure.unit == .plain { return value }
        // Divided once, so that -21 of 250 is -8.4 and not its neighbour.
        if let numerator = figure.numerator, n > 0 { return Double(100 * numerator) / Double(n) }
        return value * 100
    }

    private static func quote(_ quote: Quote, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("text", quote.text)
            writer.member("language", quote.language?.rawValue)
            writer.member("at", quote.at.description)
            writer.member("score", integer: quote.score)
        }
    }
}
