/// A set of fingerprints: they are well mixed already, so that their own bits say where they lie (open addressing).
struct FingerprintSet: Sendable {
    private var slots: [UInt64]
    private(set) var count = 0
    /// Zero marks an empty slot, so whether it is a member is kept apart.
    private var holdsZero = false

    init() { slots = [UInt64](repeating: 0, count: 1024) }

    func contains(_ print: UInt64) -> Bool {
        if print == 0 { return holdsZero }
        var index = Int(truncatingIfNeeded: print) & (slots.count - 1)
        while slots[index] != 0 {
            if slots[index] == print { return true }
            index = (index + 1) & (slots.count - 1)
        }
        return false
    }

    mutating func insert(_ print: UInt64) {
        if print == 0 {
            if !holdsZero { count += 1 }
            holdsZero = true
            return
        }
        var index = Int(truncatingIfNeeded: print) & (slots.count - 1)
        while slots[index] != 0 {
            if slots[index] == print { return }
            index = (index + 1) & (slots.count - 1)
        }
        slots[index] = print
        count += 1
        if count * 2 > slots.count { grow() }
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: old.count * 2)
        count = holdsZero ? 1 : 0
        for print in old where print != 0 { insert(print) }
    }
}
