/// Where a page is shown, which decides what a browser may do with it (FAULTS.md section 5, headers).
enum Surroundings: Int, Sendable, CaseIterable {
    /// A customer's questionnaire: its address holds a secret.
    case questionnaire
    /// The CSM's workspace.
    case workspace
    /// Anything else: health, figures, a refused request.
    case plain

    /// The headers that protect a reply in these surroundings; made once.
    func headers(isSecure: Bool) -> [(name: String, value: String)] {
        var headers = [
            (name: "x-content-type-options", value: "nosniff"),
            (name: "referrer-policy", value: self == .workspace ? "same-origin" : "no-referrer"),
        ]
        if self == .questionnaire { headers.append((name: "x-robots-tag", value: "noindex, nofollow")) }
        if isSecure { headers.append((name: "strict-transport-security", value: "max-age=31536000")) }
        return headers
    }

    /// The policy of what is no page: nothing is loaded, sent or framed.
    static let plainPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}
