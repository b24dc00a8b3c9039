package import Analysis
internal import Feedback

/// Writes the report as a table, one account a row, for spreadsheets.
package enum ReportCSV {
    /// The whole table; scores are in points, unrounded.
    package static func bytes(_ report: PortfolioReport) -> [UInt8] {
        var csv = CSVWriter()
        csv.row([
            "id", "name", "tier", "manager", "annualValue", "currency", "renewal", "risk", "contacts", "answered",
            "detractors", "passives", "promoters", "nps", "low", "high", "shrunk", "weight", "flags", "why", "clears",
            "notices",
        ])
        for account in report.accounts {
            let words = AccountWords(account, settings: report.settings, asOf: report.asOf.date)
            let nps = account.nps
            csv.row([
                account.id.rawValue, account.name, account.tier, account.manager, account.annualValue?.text,
                account.currency, account.renewal?.description, account.risk.rawValue, String(account.contacts),
                String(account.answered), String(nps.counts.detractors), String(nps.counts.passives),
                String(nps.counts.promoters), .cell(nps.value.map { $0 * 100 }),
                .cell(nps.interval.map { $0.low * 100 }),
                .cell(nps.interval.map { $0.high * 100 }), .cell(nps.shrunk.map { $0 * 100 }), .cell(nps.weight),
                account.flags.map(\.rule).joined(separator: " "),
                words.reasons.map { $0.quote == nil ? $0.text : "\($0.text) “\($0.quote ?? "")”" }.joined(
                    separator: "\n"),
                account.flags.map(\.clears).joined(separator: "\n"), words.notices.joined(separator: "\n"),
            ])
        }
        return csv.bytes
    }
}
