internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials

/// A password as it may be kept: scrypt (RFC 7914) with its cost and salt.
struct PasswordHash: Sendable, Equatable, CustomStringConvertible {
    /// OWASP's password storage advice: N = 2^15, r = 8, p = 3; 32 MiB and some tenths of a second a try.
    private static let cost = (rounds: 1 << 15, blockSize: 8, parallelism: 3)
    private static let keyLength = 32

    private let rounds: Int
    private let blockSize: Int
    private let parallelism: Int
    private let salt: [UInt8]
    private let key: [UInt8]

    /// The hash of a password under a fresh salt.
    init(password: String) {
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        (rounds, blockSize, parallelism) = Self.cost
        self.salt = salt
        key = Self.derive(password, salt, Self.cost.rounds, Self.cost.blockSize, Self.cost.parallelism) ?? []
    }

    /// A hash that no password has, to spend the same time on names nobody has.
    static let nobody = PasswordHash(salt: [UInt8](repeating: 0, count: 16))

    private init(salt: [UInt8]) {
        (rounds, blockSize, parallelism) = Self.cost
        self.salt = salt
        key = [UInt8](repeating: 0, count: Self.keyLength)
    }

    /// Reads `scrypt$N$r$p$salt$key`; costs that could stop the machine are refused.
    init?(_ text: String) {
        let parts = text.split(separator: "$").map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), (2...1 << 20).contains(rounds), rounds.nonzeroBitCount == 1,
            (1...16).contains(blockSize), (1...16).contains(parallelism), let salt = Base64URL.decode(parts[4]),
            let key = Base64URL.decode(parts[5]), key.count == Self.keyLength
        else { return nil }
        self.rounds = rounds
        self.blockSize = blockSize
        self.parallelism = parallelism
        self.salt = salt
        self.key = key
    }

    var description: String {
        "scrypt$\(rounds)$\(blockSize)$\(parallelism)$\(Base64URL.encode(salt))$\(Base64URL.encode(key))"
    }

    /// Whether a password is the one; takes as long for a wrong one.
    func matches(_ password: String) -> Bool {
        guard let given = Self.derive(password, salt, rounds, blockSize, parallelism), given.count == key.count else {
            return false
        }
        return zip(given, key).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(
        _ password: String, _ salt: [UInt8], _ rounds: Int, _ blockSize: Int, _ parallelism: Int
    ) -> [UInt8]? {
        let key = try? KDF.Scrypt.deriveKey(
            from: Array(password.utf8), salt: salt, outputByteCount: keyLength, rounds: rounds, blockSize: blockSize,
            parallelism: parallelism)
        return key?.withUnsafeBytes { Array($0) }
    }
}
