internal import Crypto
internal import FoundationEssentials
internal import Markup

/// The one stylesheet of the workspace and of reports, and the policy that lets nothing else in.
package enum WorkspaceStyle {
    /// The style, as it stands inside `<style>`.
    package static let bytes: [UInt8] = Asset.workspaceStyle.bytes

    /// The style's digest as `Content-Security-Policy` names it: `sha256-…` in base64 (CSP level 3).
    package static let digest: String = "sha256-" + Data(SHA256.hash(data: bytes)).base64EncodedString()

    /// The policy of every workspace page: this style, our own forms, and nothing else.
    package static let contentSecurityPolicy =
        "default-src 'none'; style-src '\(digest)'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}
