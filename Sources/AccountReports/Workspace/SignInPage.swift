internal import Markup

/// The page to sign in at.
package struct SignInPage: Sendable {
    /// Why signing in did not work.
    package enum Problem: Sendable {
        /// The name or the password is wrong; which one is not said.
        case wrong
        /// Too many attempts; with how many seconds to wait, if known.
        case tooMany(seconds: Int?)
        /// The form is too old.
        case expired

        fileprivate var words: String {
            switch self {
            case .wrong: return "That name and password do not go together. Please try again."
            case .tooMany(let seconds):
                guard let seconds else { return "Too many attempts. Please wait a little and try again." }
                let minutes = (seconds + 59) / 60
                return "Too many attempts. Please try again in \(NumberWords.count(max(1, minutes), "minute"))."
            case .expired: return "This page was open for too long. Please sign in again."
            }
        }
    }

    private let frame: Workspace
    private let problem: Problem?
    private let user: String
    private let next: String?

    /// The page, with what was wrong and what was typed, and where to go afterwards.
    package init(_ frame: Workspace, problem: Problem? = nil, user: String = "", next: String? = nil) {
        self.frame = frame
        self.problem = problem
        self.user = user
        self.next = next
    }

    /// The page as HTML; its form posts `user`, `password`, `next` and `_token` to `/login`.
    package func render() -> [UInt8] {
        frame.page(title: "Sign in", mainClass: "narrow") { html in
            html.element("h1", text: "heed")
            html.element("p", ["class": "sub"], text: "Sign in to read your accounts.")
            if let problem {
                html.element("p", ["class": "error", "role": "alert", "id": "problem"], text: problem.words)
            }
            html.element("form", ["class": "card", "method": "post", "action": frame.prefix + "/login"]) { html in
                if !frame.token.isEmpty { frame.hiddenToken(&html) }
                if let next { html.open("input", ["type": "hidden", "name": "next", "value": next]) }
                field("user", "Name", "text", "username", value: user, isFocused: user.isEmpty, &html)
                field(
                    "password", "Password", "password", "current-password", value: nil, isFocused: !user.isEmpty, &html)
                html.element("button", text: "Sign in")
            }
        }
    }

    private func field(
        _ name: String, _ label: String, _ type: String, _ completion: String, value: String?, isFocused: Bool,
        _ html: inout HTMLWriter
    ) {
        html.element("div", ["class": "field"]) { html in
            html.element("label", ["for": name], text: label)
            html.open(
                "input",
                [
                    "type": type, "id": name, "name": name, "value": value.flatMap { $0.isEmpty ? nil : $0 },
                    "autocomplete": completion, "required": "", "autofocus": isFocused ? "" : nil,
                    "aria-describedby": problem == nil ? nil : "problem", "aria-invalid": problem == nil ? nil : "true",
                ])
        }
    }
}
