/// The simplex search for the least value of a smooth function of few variables (Nelder and Mead 1965), the same every
/// time.
enum NelderMead {
    /// The point where the function is least, and its value there; restarts until a restart gains nothing.
    static func least(
        from start: [Double], step: Double = 0.5, of function: ([Double]) -> Double
    ) -> (point: [Double], value: Double) {
        var best = search(from: start, step: step, of: function)
        for _ in 0..<20 {
            let next = search(from: best.point, step: step / 4, of: function)
            let gain = best.value - next.value
            if next.value < best.value { best = next }
            if !(gain > 1e-10 * (1 + abs(best.value))) { break }
        }
        return best
    }

    private static func search(
        from start: [Double], step: Double, of function: ([Double]) -> Double
    ) -> (point: [Double], value: Double) {
        let size = start.count
        func valued(_ point: [Double]) -> (point: [Double], value: Double) {
            let value = function(point)
            return (point, value.isNaN ? .infinity : value)
        }
        var simplex = [valued(start)]
        for index in 0..<size {
            var point = start
            point[index] += step
            simplex.append(valued(point))
        }
        for _ in 0..<(400 * size) {
            simplex.sort { $0.value < $1.value }
            let spread = simplex[size].value - simplex[0].value
            let width = (0..<size).map { axis in abs(simplex[size].point[axis] - simplex[0].point[axis]) }.max() ?? 0
            if spread <= 1e-14 * (1 + abs(simplex[0].value)), width < 1e-8 { break }
            if width < 1e-13 { break }
            let centre = (0..<size).map { axis in
                simplex[..<size].reduce(0) { $0 + $1.point[axis] } / Double(size)
            }
            func along(_ factor: Double) -> (point: [Double], value: Double) {
                valued((0..<size).map { centre[$0] + factor * (simplex[size].point[$0] - centre[$0]) })
            }
            let reflected = along(-1)
            if reflected.value < simplex[0].value {
                let expanded = along(-2)
                simplex[size] = expanded.value < reflected.value ? expanded : reflected
            } else if reflected.value < simplex[size - 1].value {
                simplex[size] = reflected
            } else {
                let inner = reflected.value < simplex[size].value ? along(-0.5) : along(0.5)
                if inner.value < min(reflected.value, simplex[size].value) {
                    simplex[size] = inner
                } else {
                    for index in 1...size {
                        simplex[index] = valued(
                            (0..<size).map { (simplex[0].point[$0] + simplex[index].point[$0]) / 2 })
                    }
                }
            }
        }
        simplex.sort { $0.value < $1.value }
        return simplex[0]
    }
}
