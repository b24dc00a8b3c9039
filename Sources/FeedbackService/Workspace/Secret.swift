internal import Crypto

/// Comparing secrets so that the time it takes tells nothing of them.
enum Secret {
    static func isSame(_ left: String, _ right: String) -> Bool {
        // Digests are compared whole, in constant time (swift-crypto, `Digest.==`).
        SHA256.hash(data: Array(left.utf8)) == SHA256.hash(data: Array(right.utf8))
    }
}
