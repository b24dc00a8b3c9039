/// A page ready to be sent, with the policy that lets its own style in and nothing else.
package struct RenderedPage: Sendable {
    /// The page as UTF-8 HTML.
    package let bytes: [UInt8]
    /// The digest of its inline style as `Content-Security-Policy` names it: `sha256-…`.
    package let styleDigest: String
    /// The `Content-Security-Policy` header's value for a page that nobody may frame.
    package let contentSecurityPolicy: String

    /// A page with the sheet it carries inline.
    init(bytes: [UInt8], sheet: StyleSheet) {
        self.bytes = bytes
        styleDigest = sheet.digest
        contentSecurityPolicy = sheet.policy
    }

    /// The `Content-Security-Policy` header's value for a page that some origins may frame, such as
    /// `https://shop.example`.
    package func contentSecurityPolicy(framedBy origins: [String]) -> String {
        StyleSheet.policy(digest: styleDigest, framedBy: origins)
    }
}
