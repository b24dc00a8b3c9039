package import Analysis
internal import Feedback
internal import Markup

/// Writes the report as one page that stands alone: no script, no address to fetch from.
package enum ReportHTML {
    /// The whole page.
    package static func bytes(_ report: PortfolioReport) -> [UInt8] {
        let view = ReportView(report: report, link: nil)
        return Workspace().page(title: "Accounts at risk") { html in
            view.heading(&html)
            view.tiles(&html)
            if report.accounts.isEmpty {
                html.element(
                    "p", ["class": "card"], text: "There are no accounts yet. Import them: heed import accounts FILE")
            } else {
                view.table(report.accounts, &html)
            }
            view.method(&html)
        }
    }
}
