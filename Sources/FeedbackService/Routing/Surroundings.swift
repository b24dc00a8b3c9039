/// Where a page is shown, which decides what a browser may do with it (FAULTS.md section 5, headers).
enum Surroundings: Sendable {
    /// A customer's questionnaire: its address holds a secret.
    case questionnaire
    /// The CSM's workspace.
    case workspace
    /// Anything else: health, figures, a refused request.
    case plain

    /// Adds the headers that protect a reply; what the route set already stands.
    func protect(_ reply: inout Reply, isSecure: Bool, isFramed: Bool) {
        reply.set("x-content-type-options", "nosniff")
        reply.set("referrer-policy", self == .workspace ? "same-origin" : "no-referrer")
        if reply["cache-control"] == nil { reply.set("cache-control", "no-store") }
        if reply["content-security-policy"] == nil {
            reply.set("content-security-policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
        }
        // Old browsers that know no frame-ancestors; there is no way to name several origins to them.
        if !isFramed || self != .questionnaire { reply.set("x-frame-options", "DENY") }
        if self == .questionnaire { reply.set("x-robots-tag", "noindex, nofollow") }
        if isSecure { reply.set("strict-transport-security", "max-age=31536000") }
    }
}
