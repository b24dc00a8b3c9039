package import Analysis
internal import Feedback
internal import Markup

/// Writes a survey's results as one page that stands alone.
package enum ResultsHTML {
    /// The whole page.
    package static func bytes(_ results: SurveyResults) -> [UInt8] {
        Workspace().page(title: results.title) { html in ResultsView(results: results).draw(&html) }
    }
}

/// A survey's results as a page of the workspace.
package struct ResultsPage: Sendable {
    private let frame: Workspace
    private let results: SurveyResults

    /// The page for some results.
    package init(_ frame: Workspace, _ results: SurveyResults) {
        self.frame = frame
        self.results = results
    }

    /// The page as HTML.
    package func render() -> [UInt8] {
        frame.page(title: results.title, section: .surveys) { html in ResultsView(results: results).draw(&html) }
    }
}
