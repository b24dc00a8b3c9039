internal import Feedback

/// Random numbers that are the same for a seed, so that the company is too (SplitMix64, Steele et al. 2014).
struct DemoRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Whether something happens that happens in so many of a hundred cases.
    mutating func happens(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    mutating func pick<T>(_ choices: [T]) -> T? { choices.randomElement(using: &self) }

    /// An id as it would have been made at a moment.
    mutating func id(at moment: Timestamp) -> ResponseID {
        ULID.encode(time: UInt64(max(0, moment.milliseconds)), random: .random(in: .min ... .max, using: &self), next())
    }
}
