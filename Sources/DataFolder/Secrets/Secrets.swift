internal import Crypto
internal import Feedback
internal import FoundationEssentials
internal import Journal
internal import Records

/// The numbered keys of a folder, in the file `secret`, readable by its owner only.
struct Secrets: Sendable {
    /// One key; the number goes into every token it signs.
    struct Key: Sendable {
        let number: UInt8
        let key: SymmetricKey
    }

    let keys: [Key]

    /// Reads the file; nil when there is none.
    init?(path: String, _ files: any FileSystem) throws(FolderError) {
        let bytes: [UInt8]?
        do { bytes = try files.contents(of: path) } catch { throw FolderError(error) }
        guard let bytes else { return nil }
        var keys: [Key] = []
        for line in bytes.split(separator: 0x0A) {
            guard let value = try? JSONParser.parse(line),
                let number = value["number"]?.integer.flatMap(UInt8.init(exactly:)),
                let key = value["key"]?.string.flatMap(Base64URL.decode), key.count >= 32
            else {
                throw FolderError(
                    .refused, "\(path) cannot be read, and without it no link works. Restore it from a backup.")
            }
            keys.append(Key(number: number, key: SymmetricKey(data: key)))
        }
        guard !keys.isEmpty else {
            throw FolderError(
                .refused, "\(path) is empty, and without its keys no link works. Restore it from a backup.")
        }
        self.keys = keys
    }

    /// Makes the file with a first key; called under the folder's lock.
    static func make(path: String, at moment: Timestamp, _ files: any FileSystem) throws(FolderError) {
        let key = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("number", integer: 1)
            writer.member("key", Base64URL.encode(key))
            writer.member("recorded", moment.description)
        }
        writer.endLine()
        do { try files.replace(path, with: writer.bytes) } catch { throw FolderError(error) }
    }

    /// What an address is known by once it has opted out: its HMAC under the first key, which stays when others are
    /// added.
    func addressKey(_ address: String) -> String? {
        guard let key = keys.first else { return nil }
        let message = Array("suppress\u{0}".utf8) + address.lowercased().utf8
        return Base64URL.encode(Array(HMAC<SHA256>.authenticationCode(for: message, using: key.key)))
    }
}
