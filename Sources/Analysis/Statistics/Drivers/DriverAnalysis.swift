/// What goes together with a rating, by LMG: each driver's mean gain in R² over all orders (Lindeman, Merenda and
/// Gold 1980, which is Shapley's value of R²; METRICS 3). It says "goes together with", never "causes".
package struct DriverAnalysis: Sendable, Equatable {
    /// A column that may go together with the target.
    package struct Candidate: Sendable, Equatable {
        /// Its name, such as a question's id.
        package var name: String
        /// One value for each answer.
        package var values: [Double]

        /// A column.
        package init(name: String, values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    /// A driver and its part.
    package struct Driver: Sendable, Equatable {
        /// Its name.
        package var name: String
        /// Spearman's correlation with the target.
        package var correlation: Correlation?
        /// Its share of R², 0 to R²; the shares add to R². Nil when only correlations may be printed.
        package var share: Double?
        /// The share's percentile interval by resampling clusters; nil when not asked for or without a share.
        package var interval: Interval?
    }

    /// A column that carries nothing of its own.
    package struct Dropped: Sendable, Equatable {
        /// Why it carries nothing.
        package enum Reason: Sendable { case constant, collinear }

        /// Its name.
        package var name: String
        /// Why.
        package var reason: Reason
    }

    /// Why there are correlations only.
    package enum Refusal: Sendable, Equatable {
        /// Fewer answers than ten for each driver.
        case tooFewAnswers(needed: Int)
        /// More drivers than all orders can be gone through for.
        case tooManyDrivers(most: Int)
        /// The target, or every driver, is the same in all answers.
        case nothingVaries
    }

    /// How intervals are made: the rows' clusters (accounts), how often, at which level, from which seed.
    package struct Bootstrap: Sendable, Equatable {
        /// The cluster of each row.
        package var clusters: [Int]
        /// How often the clusters are drawn.
        package var replicates: Int
        /// The level, such as 0.95.
        package var level: Double
        /// The seed, printed.
        package var seed: UInt64

        /// A way to make intervals.
        package init(clusters: [Int], replicates: Int, level: Double, seed: UInt64) {
            self.clusters = clusters
            self.replicates = replicates
            self.level = level
            self.seed = seed
        }
    }

    /// Answers.
    package var n: Int
    /// The share of the target's variance that the drivers explain together, 0 to 1; nil when refused.
    package var rSquared: Double?
    /// The drivers, in the order given.
    package var drivers: [Driver]
    /// The columns dropped, in the order given.
    package var dropped: [Dropped]
    /// Why there are correlations only, if so.
    package var refusal: Refusal?

    /// Most drivers: 2^10 models.
    package static let most = 10

    /// The analysis of complete rows; the first of columns that say the same is kept.
    package init(target: [Double], candidates: [Candidate], bootstrap: Bootstrap? = nil, z: Double) {
        precondition(candidates.allSatisfy { $0.values.count == target.count }, "every column has a value a row")
        n = target.count
        let moments = Moments(columns: candidates.map(\.values) + [target], clusters: bootstrap?.clusters)
        let (kept, dropped) = Self.sift(candidates, moments.total)
        self.dropped = dropped
        drivers = kept.map { index in
            Driver(
                name: candidates[index].name,
                correlation: Correlation.spearman(candidates[index].values, target, z: z))
        }
        let all = kept + [candidates.count]
        guard !kept.isEmpty, let correlations = moments.total.correlations(of: all) else {
            refusal = .nothingVaries
            return
        }
        if kept.count > Self.most { refusal = .tooManyDrivers(most: Self.most) }
        if n < 10 * kept.count { refusal = .tooFewAnswers(needed: 10 * kept.count) }
        if refusal != nil { return }
        let fits = ShapleyShares(correlations: correlations)
        rSquared = fits.rSquared
        for (index, share) in fits.shares.enumerated() { drivers[index].share = share }
        if let bootstrap { addIntervals(bootstrap, moments, of: all) }
    }

    /// Columns that vary beyond the earlier ones, and the others with why not.
    private static func sift(_ candidates: [Candidate], _ moments: Moments.Sums) -> (kept: [Int], dropped: [Dropped]) {
        var kept: [Int] = []
        var dropped: [Dropped] = []
        for (index, candidate) in candidates.enumerated() {
            if candidate.values.allSatisfy({ $0 == candidate.values[0] }) {
                dropped.append(Dropped(name: candidate.name, reason: .constant))
            } else if let correlations = moments.correlations(of: kept + [index]),
                ShapleyShares.explained(correlations) < 1 - ShapleyShares.singular
            {
                kept.append(index)
            } else {
                dropped.append(Dropped(name: candidate.name, reason: .collinear))
            }
        }
        return (kept, dropped)
    }

    private mutating func addIntervals(_ bootstrap: Bootstrap, _ moments: Moments, of columns: [Int]) {
        var generator = RepeatableGenerator(seed: bootstrap.seed)
        var drawn: [[Double]] = []
        for _ in 0..<bootstrap.replicates {
            let sample = moments.resampled(&generator)
            // A sample in which nothing varies has no R² to share out.
            guard let correlations = sample.correlations(of: columns) else { continue }
            drawn.append(ShapleyShares(correlations: correlations).shares)
        }
        let tail = (1 - bootstrap.level) / 2
        for index in drivers.indices {
            let shares = drawn.map { $0[index] }.sorted()
            guard let low = OrderStatistics.quantile(tail, ofSorted: shares),
                let high = OrderStatistics.quantile(1 - tail, ofSorted: shares)
            else { continue }
            drivers[index].interval = Interval(low, high)
        }
    }
}
