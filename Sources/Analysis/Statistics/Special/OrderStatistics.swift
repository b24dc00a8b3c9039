/// Figures that depend on the order of values only.
package enum OrderStatistics {
    /// The median; nil without values.
    package static func median(_ values: [Double]) -> Double? { quantile(0.5, ofSorted: values.sorted()) }

    /// The quantile of values in rising order, by linear interpolation (Hyndman and Fan 1996, type 7); nil without
    /// values.
    package static func quantile(_ share: Double, ofSorted values: [Double]) -> Double? {
        guard let last = values.indices.last else { return nil }
        let place = min(max(share, 0), 1) * Double(last)
        let low = Int(place)
        if low >= last { return values[last] }
        let part = place - Double(low)
        return part == 0 ? values[low] : values[low] + part * (values[low + 1] - values[low])
    }

    /// The ranks from 1, equal values sharing the mean of their ranks.
    package static func ranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start
            while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
            for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
            start = end + 1
        }
        return ranks
    }

    /// The sizes of the groups of equal values that hold more than one.
    package static func ties(_ values: [Double]) -> [Int] {
        var sizes: [Int] = []
        let sorted = values.sorted()
        var start = 0
        for index in sorted.indices where index + 1 == sorted.count || sorted[index + 1] != sorted[index] {
            if index > start { sizes.append(index - start + 1) }
            start = index + 1
        }
        return sizes
    }
}
