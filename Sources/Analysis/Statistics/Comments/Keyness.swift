#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Whether a two-by-two table shows more than chance, exactly (Fisher 1922).
package enum FisherExact {
    /// Two-sided p, 0 to 1: the chance of all tables with these margins that are at most as likely as the one seen.
    /// Rows are (in first, not in first) and (in second, not in second); 1 for an empty margin.
    package static func p(_ a: Int, among first: Int, _ b: Int, among second: Int) -> Double {
        let marked = a + b
        let low = max(0, marked - second)
        let high = min(marked, first)
        guard low < high else { return 1 }
        // Chances relative to the table seen, by their ratios to neighbours.
        func ratio(up k: Int) -> Double {
            Double(first - k) * Double(marked - k) / (Double(k + 1) * Double(second - marked + k + 1))
        }
        var total = 1.0
        var extreme = 1.0
        func add(_ chance: Double) {
            total += chance
            if chance <= 1 + 1e-7 { extreme += chance }
        }
        var chance = 1.0
        for k in a..<max(a, high) {
            chance *= ratio(up: k)
            add(chance)
        }
        chance = 1
        for k in stride(from: a - 1, through: low, by: -1) {
            chance /= ratio(up: k)
            add(chance)
        }
        return total.isFinite ? min(1, extreme / total) : 0
    }
}

/// How much more often something is said in one group than in another.
package enum Keyness {
    /// Log-likelihood G² of counts a and b in texts of c and d words, two cells, 0 or more (Rayson and Garside 2000);
    /// nil when a text is empty.
    package static func g2(_ a: Int, _ b: Int, of c: Int, _ d: Int) -> Double? {
        guard c > 0, d > 0 else { return nil }
        let rate = Double(a + b) / Double(c + d)
        func part(_ seen: Int, _ size: Int) -> Double {
            seen > 0 ? Double(seen) * log(Double(seen) / (Double(size) * rate)) : 0
        }
        return max(0, 2 * (part(a, c) + part(b, d)))
    }

    /// log2 of (a / c) / (b / d), a count of 0 taken as ½; nil when a group is empty or nothing was counted (Hardie
    /// 2014).
    package static func logRatio(_ a: Int, _ b: Int, of c: Int, _ d: Int) -> Double? {
        guard c > 0, d > 0, a + b > 0 else { return nil }
        return log2((max(0.5, Double(a)) / Double(c)) / (max(0.5, Double(b)) / Double(d)))
    }
}
