internal import Markup

/// A page that says one thing: not found, not allowed, something failed, nothing here yet.
package struct NoticePage: Sendable {
    /// What there is to say.
    package enum Kind: Sendable {
        /// Nothing stands at this address.
        case notFound
        /// The one signed in may not see this.
        case forbidden
        /// The form was sent too late or from elsewhere.
        case staleForm
        /// Something failed here; it has been noted.
        case failed
        /// Too much at once; with how many seconds to wait.
        case busy(seconds: Int)
        /// Words of the caller's own.
        case other(title: String, text: String)

        var title: String {
            switch self {
            case .notFound: "There is nothing here"
            case .forbidden: "This is not for you to see"
            case .staleForm: "Please try once more"
            case .failed: "Something went wrong"
            case .busy: "One moment, please"
            case .other(let title, _): title
            }
        }

        var text: String {
            switch self {
            case .notFound: "The address may be mistyped, or what stood here is gone."
            case .forbidden: "Ask whoever runs heed if you need it."
            case .staleForm: "The page was open for too long, so nothing was done. Go back, load it again and repeat."
            case .failed: "Nothing of yours is lost. Please try again; if it stays, tell whoever runs heed."
            case .busy(let seconds):
                "Too much came in at once. Please try again in \(NumberWords.count(seconds, "second"))."
            case .other(_, let text): text
            }
        }
    }

    private let frame: Workspace
    private let kind: Kind

    /// The page for something to say.
    package init(_ frame: Workspace, _ kind: Kind) {
        self.frame = frame
        self.kind = kind
    }

    /// The page as HTML.
    package func render() -> [UInt8] {
        frame.page(title: kind.title, mainClass: "text") { html in
            html.element("h1", text: kind.title)
            html.element("p", text: kind.text)
            if frame.user != nil {
                html.element("p") { html in
                    html.element("a", ["href": frame.prefix + "/accounts"], text: "To the accounts")
                }
            }
        }
    }
}
