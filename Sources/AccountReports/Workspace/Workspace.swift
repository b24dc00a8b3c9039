internal import Feedback
internal import Markup

/// What every page of the workspace shares: who looks at it, and where things are.
package struct Workspace: Sendable {
    /// Where a page belongs in the navigation.
    package enum Section: Sendable, CaseIterable {
        case accounts, surveys
    }

    /// The name of the one who is signed in; nil on pages for nobody in particular.
    package var user: String?
    /// The secret that every form carries, in the field `_token`.
    package var token: String
    /// What stands before every path, such as `/feedback`; empty at the root.
    package var prefix: String

    /// The frame of a page for one who is signed in, or for nobody in particular.
    package init(user: String? = nil, token: String = "", prefix: String = "") {
        self.user = user
        self.token = token
        self.prefix = prefix
    }

    /// The name of the form field that carries the token.
    package static let tokenField = "_token"

    /// A whole page.
    func page(
        title: String, section: Section? = nil, mainClass: String? = nil, _ content: (inout HTMLWriter) -> Void
    ) -> [UInt8] {
        var html = HTMLWriter(reserving: 64 * 1024)
        html.markup("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        html.markup("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        html.element("title", text: "\(title) · heed")
        html.markup("<style>")
        html.trusted(WorkspaceStyle.bytes)
        html.markup("</style></head><body><a class=\"skip\" href=\"#main\">Skip to the content</a>")
        if user != nil { top(section, &html) }
        html.element("main", ["id": "main", "class": mainClass], content: content)
        html.markup("</body></html>\n")
        return html.bytes
    }

    private func top(_ current: Section?, _ html: inout HTMLWriter) {
        html.element("header", ["class": "top"]) { html in
            html.markup("<b>heed</b>")
            html.element("nav", ["aria-label": "Workspace"]) { html in
                for section in Section.allCases {
                    let (path, name) = section == .accounts ? ("/accounts", "Accounts") : ("/surveys", "Surveys")
                    html.element(
                        "a", ["href": prefix + path, "aria-current": section == current ? "page" : nil], text: name)
                }
            }
            html.element("form", ["method": "post", "action": prefix + "/logout"]) { html in
                html.element("span", ["dir": "auto"], text: user ?? "")
                hiddenToken(&html)
                html.element("button", ["class": "plain"], text: "Sign out")
            }
        }
    }

    func hiddenToken(_ html: inout HTMLWriter) {
        html.open("input", ["type": "hidden", "name": Self.tokenField, "value": token])
    }

    /// The path of an account's page.
    func path(of account: AccountID) -> String { prefix + "/accounts/" + Self.encoded(account.rawValue) }

    /// The path of a survey's results.
    func path(of survey: SurveyID) -> String { prefix + "/surveys/" + Self.encoded(survey.rawValue) }

    /// A text as one segment of a path (RFC 3986 section 3.3).
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        // A segment of dots alone would be taken for a way up.
        return result.allSatisfy { $0 == "." } ? result.replacing(".", with: "%2E") : result
    }
}
