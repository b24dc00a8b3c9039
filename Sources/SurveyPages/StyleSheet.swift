internal import Crypto
internal import FoundationEssentials
internal import Markup

/// The bytes of a page's inline style with their digest: what every page shares, then the rules of one page.
struct StyleSheet: Sendable {
    /// The exact bytes between `<style>` and `</style>`.
    let bytes: [UInt8]
    /// `sha256-…` in base64, as CSP level 3 names an inline style.
    let digest: String
    /// The policy for a page that nobody may frame.
    let policy: String

    private static let shared = Asset.questionnaireStyle.bytes
    /// The sheet of pages without rules of their own.
    static let plain = StyleSheet(rules: "")

    /// The shared style followed by a page's own rules.
    init(rules: String) {
        bytes = Self.shared + Array(rules.utf8)
        digest = "sha256-" + Data(SHA256.hash(data: bytes)).base64EncodedString()
        policy = Self.policy(digest: digest, framedBy: [])
    }

    /// Nothing is loaded or run; this style, this origin's forms, and frames only where allowed.
    static func policy(digest: String, framedBy origins: [String]) -> String {
        let ancestors = origins.isEmpty ? "'none'" : origins.joined(separator: " ")
        return
            "default-src 'none'; style-src '\(digest)'; form-action 'self'; base-uri 'none'; frame-ancestors \(ancestors)"
    }

    /// The rules that show questions, and hide options, while what they rest on is chosen; where `:has()` is unknown all
    /// are shown.
    static func rules(
        showing conditional: [(id: String, selector: String)], hiding options: [(place: String, selector: String)] = []
    ) -> String {
        var rules = ""
        if !conditional.isEmpty {
            let hidden = conditional.map { "#_\($0.id)" }.joined(separator: ",")
            let shown = conditional.map { "form\($0.selector) #_\($0.id)" }.joined(separator: ",")
            rules += "\(hidden){display:none}\(shown){display:block}"
        }
        if !options.isEmpty {
            rules += options.map { "form\($0.selector) \($0.place)" }.joined(separator: ",") + "{display:none}"
        }
        return rules.isEmpty ? "" : "@supports selector(:has(*)){\(rules)}"
    }
}
