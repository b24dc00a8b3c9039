/// Random numbers that are the same on every machine for a seed (SplitMix64, Steele et al. 2014).
package struct RepeatableGenerator: Sendable {
    private var state: UInt64

    /// A generator for a seed, which the report prints.
    package init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A whole number from 0 up to, not including, a bound; the bias is below bound / 2^64.
    package mutating func index(below bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A number on [0, 1) with 53 random bits.
    package mutating func share() -> Double { Double(next() >> 11) * 0x1p-53 }
}
