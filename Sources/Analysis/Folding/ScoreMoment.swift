internal import Feedback

/// A score with its moment, packed into one word: 52 bits of milliseconds since year 1, 4 of score, 2 of role, 2 of
/// standing, which a fold leaves empty.
struct ScoreMoment: Sendable {
    private(set) var bits: UInt64

    private static let yearOne: Int64 = -62_135_596_800_000

    init(bits: UInt64) { self.bits = bits }

    @inline(__always)
    init(milliseconds: Int64, score: Int, role: ContactRole?) {
        let roleBits: UInt64 =
            switch role {
            case nil: 0
            case .decisionMaker: 1
            case .influencer: 2
            case .user: 3
            }
        bits = UInt64(bitPattern: milliseconds - Self.yearOne) << 8 | UInt64(score) << 4 | roleBits << 2
    }

    /// When it was sent, in milliseconds since 1970.
    var milliseconds: Int64 { Int64(bits >> 8) + Self.yearOne }
    /// 0 to 10.
    var score: Int { Int(bits >> 4 & 15) }
    /// The role the line names.
    var role: ContactRole? {
        switch bits >> 2 & 3 {
        case 1: .decisionMaker
        case 2: .influencer
        case 3: .user
        default: nil
        }
    }
    /// Whether it counts now.
    var now: Bool { bits & 2 != 0 }
    /// Whether it counted for the earlier report.
    var then: Bool { bits & 1 != 0 }

    /// The same with its standing.
    @inline(__always)
    func standing(now: Bool, then: Bool) -> ScoreMoment {
        ScoreMoment(bits: bits & ~3 | (now ? 2 : 0) | (then ? 1 : 0))
    }
}
