package import Analysis
internal import Feedback
internal import Records
internal import Synchronization

/// Writes the report as DESIGN section 6 fixes it: scores in points, unrounded; what is undefined is `null`.
package struct ReportJSON {
    /// Gives a report in pieces as it is made, so that a large one is never held whole.
    package static func write(_ analysis: PortfolioAnalysis, to sink: ([UInt8]) throws -> Void) throws {
        let frame = analysis.frame
        try sink(head(frame))
        let book = ScoreWords()
        // Several pieces at a time, written in order.
        let piece = 128
        let batch = 16 * piece
        for first in stride(from: 0, to: analysis.count, by: batch) {
            let count = (min(batch, analysis.count - first) + piece - 1) / piece
            let pieces = try Threads.map(count) { (index) throws(AnalysisError) -> [UInt8] in
                let start = first + index * piece
                return accounts(
                    try analysis.accounts(start..<min(start + piece, analysis.count)), isFirst: start == 0, book)
            }
            for piece in pieces { try sink(piece) }
        }
        try sink(tail(frame))
    }

    /// A whole report as one run of bytes.
    package static func bytes(_ report: PortfolioReport) -> [UInt8] {
        head(report) + accounts(report.accounts, isFirst: true, ScoreWords()) + tail(report)
    }

    private static func head(_ report: PortfolioReport) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("asOf", report.asOf.description)
            writer.member("comparedWith", report.comparedWith.description)
            writer.member("level", number: report.settings.level)
        }
        return writer.bytes.dropLast() + Array(",\"accounts\":[".utf8)
    }

    private static func tail(_ report: PortfolioReport) -> [UInt8] {
        Array("],\"portfolio\":".utf8) + portfolio(report) + Array("}\n".utf8)
    }

    private static func accounts(_ accounts: [AccountAnalysis], isFirst: Bool, _ book: ScoreWords) -> [UInt8] {
        var writer = JSONWriter(reserving: accounts.count * 2048)
        for account in accounts { self.account(account, &writer, book) }
        // What stands between two pieces.
        return isFirst || accounts.isEmpty ? writer.bytes : [UInt8(ascii: ",")] + writer.bytes
    }

    private static func account(_ account: AccountAnalysis, _ writer: inout JSONWriter, _ book: ScoreWords) {
        writer.object { writer in
            writer.member("id", account.id.rawValue)
            nullable("name", account.name, &writer)
            nullable("tier", account.tier, &writer)
            nullable("manager", account.manager, &writer)
            writer.key("annualValue")
            if let value = account.annualValue { writer.raw(value.text) } else { writer.null() }
            nullable("currency", account.currency, &writer)
            nullable("renewal", account.renewal?.description, &writer)
            writer.member("risk", account.risk.rawValue)
            nullable("earlierRisk", account.earlierRisk?.rawValue, &writer)
            writer.member("contacts", integer: account.contacts)
            writer.member("answered", integer: account.answered)
            if account.withheld > 0 { writer.member("withheld", integer: account.withheld) }
            writer.key("nps")
            writer.raw(book.words(account.nps, contacts: account.contacts))
            if !account.touchpoints.isEmpty {
                writer.key("touchpoints")
                writer.array { writer in account.touchpoints.forEach { touchpoint($0, &writer) } }
            }
            writer.key("flags")
            writer.array { writer in account.flags.forEach { flag($0, &writer) } }
            writer.key("notices")
            writer.array { writer in
                for notice in account.notices {
                    writer.object { writer in
                        writer.member("rule", notice.rule)
                        evidence(notice.evidence, &writer)
                    }
                }
            }
            if !account.cleared.isEmpty {
                writer.key("cleared")
                writer.array { writer in account.cleared.forEach { writer.string($0) } }
            }
        }
    }

    private static func nullable(_ key: String, _ text: String?, _ writer: inout JSONWriter) {
        writer.key(key)
        if let text { writer.string(text) } else { writer.null() }
    }

    static func counts(_ counts: PromoterCounts, _ interval: Interval?, _ writer: inout JSONWriter) {
        writer.member("detractors", integer: counts.detractors)
        writer.member("passives", integer: counts.passives)
        writer.member("promoters", integer: counts.promoters)
        let lead = 100 * (counts.promoters - counts.detractors)
        writer.member("value", number: counts.count == 0 ? nil : Double(lead) / Double(counts.count))
        writer.member("low", number: interval.map { $0.low * 100 })
        writer.member("high", number: interval.map { $0.high * 100 })
    }

    /// Scores as they are written, each made once: accounts are many, counts are few.
    private final class ScoreWords: Sendable {
        private struct Key: Hashable {
            let counts: PromoterCounts
            let contacts: Int
        }

        private let known = Mutex<[Key: String]>([:])

        /// The score of an account of some people, which with the counts decides all of it within one report.
        func words(_ score: AccountScore, contacts: Int) -> String {
            let key = Key(counts: score.counts, contacts: contacts)
            if let words = known.withLock({ $0[key] }) { return words }
            var writer = JSONWriter()
            nps(score, &writer)
            let words = String(decoding: writer.bytes, as: UTF8.self)
            known.withLock { $0[key] = words }
            return words
        }
    }

    private static func nps(_ score: AccountScore, _ writer: inout JSONWriter) {
        writer.object { writer in
            counts(score.counts, score.interval, &writer)
            writer.member("certainLow", number: score.certain.map { $0.low * 100 })
            writer.member("certainHigh", number: score.certain.map { $0.high * 100 })
            writer.member("predictedLow", number: score.predicted.map { $0.interval.low * 100 })
            writer.member("predictedHigh", number: score.predicted.map { $0.interval.high * 100 })
            writer.member("probabilityNegative", number: score.predicted?.negative)
            writer.member("shrunk", number: score.shrunk.map { $0 * 100 })
            writer.member("weight", number: score.weight)
        }
    }

    private static func touchpoint(_ score: TouchpointScore, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("touchpoint", score.touchpoint)
            writer.member("n", integer: score.counts.count)
            counts(score.counts, score.interval, &writer)
        }
    }

    private static func flag(_ flag: Flag, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("rule", flag.rule)
            writer.member("since", flag.since.description)
            if flag.isNew { writer.member("new", boolean: true) }
            evidence(flag.evidence, &writer)
            writer.member("clears", flag.clears)
        }
    }

    private static func evidence(_ list: [Evidence], _ writer: inout JSONWriter) {
        writer.key("evidence")
        writer.array { writer in
            for evidence in list {
                writer.object { writer in
                    writer.member("kind", evidence.kind.rawValue)
                    writer.member("id", evidence.id)
                    nullable("at", evidence.at?.description, &writer)
                    writer.member("text", evidence.text)
                    writer.member("quote", evidence.quote)
                    writer.member("language", evidence.language?.rawValue)
                }
            }
        }
    }

    private static func portfolio(_ report: PortfolioReport) -> [UInt8] {
        let portfolio = report.portfolio
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("accounts", integer: portfolio.accounts)
            writer.key("byRisk")
            writer.object { writer in
                for band in RiskBand.allCases { writer.member(band.rawValue, integer: portfolio.byRisk[band] ?? 0) }
            }
            writer.key("annualValue")
            writer.array { writer in
                for value in portfolio.values {
                    writer.object { writer in
                        writer.member("risk", value.risk.rawValue)
                        nullable("currency", value.currency, &writer)
                        writer.member("accounts", integer: value.accounts)
                        writer.member("value", number: value.annualValue)
                    }
                }
            }
            writer.key("nps")
            writer.object { writer in
                writer.member("variant", "per account")
                writer.member("accounts", integer: portfolio.accountsHeard)
                writer.member("n", integer: portfolio.counts.count)
                writer.member("value", number: portfolio.perAccount.map { $0 * 100 })
                writer.member("low", number: portfolio.perAccountInterval.map { $0.low * 100 })
                writer.member("high", number: portfolio.perAccountInterval.map { $0.high * 100 })
            }
            writer.key("answers")
            writer.object { writer in counts(portfolio.counts, nil, &writer) }
            writer.member("accountsHeard", integer: portfolio.accountsHeard)
            writer.member("decisionMakers", integer: portfolio.decisionMakers)
            writer.member("decisionMakersHeard", integer: portfolio.decisionMakersHeard)
            writer.member("valueHeard", number: portfolio.valueHeard)
            writer.member("unreadableLines", integer: report.unreadableCount)
            if !report.breaks.isEmpty {
                writer.key("breaks")
                writer.array { writer in
                    for own in report.breaks {
                        writer.object { writer in
                            writer.member("survey", own.question.survey.rawValue)
                            writer.member("question", own.question.question.rawValue)
                            writer.member("version", own.version.rawValue)
                            writer.member("earlier", own.earlier.rawValue)
                            writer.member("reason", own.reason)
                        }
                    }
                }
            }
            if !report.unknownVersions.isEmpty {
                writer.key("unknownVersions")
                writer.object { writer in
                    for (name, count) in report.unknownVersions.sorted(by: { $0.key < $1.key }) {
                        writer.member(name, integer: count)
                    }
                }
            }
        }
        return writer.bytes
    }
}
