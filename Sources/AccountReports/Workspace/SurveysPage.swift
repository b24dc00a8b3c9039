package import Feedback
internal import Markup

/// One survey in the list.
package struct SurveyListItem: Sendable {
    /// The survey's id.
    package var id: SurveyID
    /// Its title.
    package var title: String
    /// The live version.
    package var version: SurveyVersion
    /// Whether it takes answers.
    package var isOpen: Bool
    /// What it is about.
    package var kind: SurveyKind

    /// One survey in the list.
    package init(id: SurveyID, title: String, version: SurveyVersion, isOpen: Bool, kind: SurveyKind) {
        self.id = id
        self.title = title
        self.version = version
        self.isOpen = isOpen
        self.kind = kind
    }
}

/// The list of published surveys.
package struct SurveysPage: Sendable {
    private let frame: Workspace
    private let surveys: [SurveyListItem]

    /// The page for the surveys there are.
    package init(_ frame: Workspace, _ surveys: [SurveyListItem]) {
        self.frame = frame
        self.surveys = surveys
    }

    /// The page as HTML.
    package func render() -> [UInt8] {
        frame.page(title: "Surveys", section: .surveys) { html in
            html.element("h1", text: "Surveys")
            html.element("p", ["class": "sub"], text: NumberWords.count(surveys.count, "published survey"))
            if surveys.isEmpty {
                return html.element(
                    "p", ["class": "card"],
                    text: "No survey is published yet. Whoever runs heed publishes one: heed publish SURVEY")
            }
            html.element("div", ["class": "wrap"]) { html in
                html.element("table", ["class": "cards"]) { html in
                    html.element("thead") { html in
                        html.element("tr") { html in
                            for name in ["Survey", "About", "Version", "State"] {
                                html.element("th", ["scope": "col"], text: name)
                            }
                        }
                    }
                    html.element("tbody") { html in for survey in surveys { row(survey, &html) } }
                }
            }
        }
    }

    private func row(_ survey: SurveyListItem, _ html: inout HTMLWriter) {
        html.element("tr") { html in
            html.element("th", ["scope": "row"]) { html in
                html.element("a", ["href": frame.path(of: survey.id), "dir": "auto"], text: survey.title)
                html.element("small", text: survey.id.rawValue)
            }
            html.element(
                "td", ["data-label": "About"],
                text: survey.kind == .relationship ? "the whole relationship" : "one contact moment")
            html.element("td", ["data-label": "Version"], text: survey.version.rawValue)
            html.element("td", ["data-label": "State"]) { html in
                html.element(
                    "span", ["class": survey.isOpen ? "badge low" : "badge unknown"],
                    text: survey.isOpen ? "open" : "closed")
            }
        }
    }
}
