internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Makes ids that nobody can guess and that rise with time where that is wanted.
package protocol IDSource: Sendable {
    /// A new id whose first characters tell the moment (ULID specification: 48 bits of time, 80 random).
    func makeSortable(at time: Timestamp) -> ResponseID
    /// A new id that tells nothing, for anonymous answers.
    func makeRandom() -> ResponseID
}

/// Ids from the system's own random numbers.
package struct RandomIDs: IDSource {
    /// Ids from the system's own random numbers.
    package init() {}

    package func makeSortable(at time: Timestamp) -> ResponseID {
        let (high, low) = RandomWords.next()
        return ULID.encode(time: UInt64(max(0, time.milliseconds)), random: UInt16(truncatingIfNeeded: high), low)
    }

    package func makeRandom() -> ResponseID {
        let (high, low) = RandomWords.next()
        return ULID.encode(time: high >> 16, random: UInt16(truncatingIfNeeded: high), low)
    }
}

/// The system's random numbers, taken some at a time: a call for each id would cost more than the id.
private enum RandomWords {
    private static let waiting = Mutex<[UInt64]>([])

    /// 128 random bits, given out once.
    static func next() -> (UInt64, UInt64) {
        waiting.withLock { words in
            // Each call takes at most 256 bytes (getentropy(3)).
            if words.count < 2 {
                words = [UInt64](unsafeUninitializedCapacity: 32) { buffer, count in
                    precondition(getentropy(buffer.baseAddress, 256) == 0, "The system has no random numbers.")
                    count = 32
                }
            }
            return (words.removeLast(), words.removeLast())
        }
    }
}

/// Crockford's base 32 writing of 128 bits, 26 characters (ulid/spec).
package enum ULID {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// The id for 48 bits of milliseconds and 80 random bits (16 of `high`, 64 of `low`).
    package static func encode(time: UInt64, random high: UInt16, _ low: UInt64) -> ResponseID {
        let text = String(unsafeUninitializedCapacity: 26) { buffer in
            var time = time & 0xFFFF_FFFF_FFFF
            for index in stride(from: 9, through: 0, by: -1) {
                buffer[index] = alphabet[Int(time & 31)]
                time >>= 5
            }
            // 80 bits as two halves of 40, eight characters each.
            var first = UInt64(high) << 24 | low >> 40
            var second = low & 0xFF_FFFF_FFFF
            for index in stride(from: 17, through: 10, by: -1) {
                buffer[index] = alphabet[Int(first & 31)]
                first >>= 5
            }
            for index in stride(from: 25, through: 18, by: -1) {
                buffer[index] = alphabet[Int(second & 31)]
                second >>= 5
            }
            return 26
        }
        guard let id = ResponseID(text) else { preconditionFailure("26 characters of base 32 are a response id") }
        return id
    }
}
