package import Analysis
internal import Feedback
internal import Markup

/// Writes the report as a table, one account a row, for spreadsheets.
package enum ReportCSV {
    /// The whole table; scores are in points, unrounded.
    package static func bytes(_ report: PortfolioReport) -> [UInt8] {
        var csv = CSVWriter.record([
            "id", "name", "tier", "manager", "annualValue", "currency", "renewal", "risk", "contacts", "answered",
            "detractors", "passives", "promoters", "nps", "low", "high", "shrunk", "weight", "flags", "why", "clears",
            "notices",
        ])
        for account in report.accounts {
            let words = AccountWords(account, settings: report.settings, asOf: report.asOf.date)
            let nps = account.nps
            csv += CSVWriter.record([
                .text(account.id.rawValue), .text(account.name), .text(account.tier), .text(account.manager),
                account.annualValue?.text ?? "", .text(account.currency), account.renewal?.description ?? "",
                account.risk.rawValue, String(account.contacts),
                String(account.answered), String(nps.counts.detractors), String(nps.counts.passives),
                String(nps.counts.promoters), .cell(nps.value.map { $0 * 100 }),
                .cell(nps.interval.map { $0.low * 100 }),
                .cell(nps.interval.map { $0.high * 100 }), .cell(nps.shrunk.map { $0 * 100 }), .cell(nps.weight),
                account.flags.map(\.rule).joined(separator: " "),
                .text(
                    words.reasons.map { $0.quote == nil ? $0.text : "\($0.text) “\($0.quote ?? "")”" }.joined(
                        separator: "\n")),
                .text(account.flags.map(\.clears).joined(separator: "\n")),
                .text(words.notices.joined(separator: "\n")),
            ])
        }
        return csv
    }
}
