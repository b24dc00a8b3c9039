internal import Feedback

/// Lets of a member's scores only those stay that count: in relationship surveys one a wave and question, the latest.
///
/// Reducing what was reduced before, with more scores beside it, gives what reducing all of them at once gives.
struct ScoreReducer: ~Copyable {
    private let series: SeriesColumns
    private var fetcher: LineFetcher

    init(_ parts: [SegmentPart], _ series: SeriesColumns) {
        self.series = series
        fetcher = LineFetcher(parts)
    }

    /// Orders a member's scores by moment and id, and drops those that another took the place of in both reports.
    mutating func reduce(_ scores: inout [StoredScore], isNamed: Bool) throws(AnalysisError) {
        if scores.count < 2 { return }
        try order(&scores)
        guard isNamed else { return }
        var kept = 0
        for index in scores.indices {
            let own = scores[index]
            let unit = series.units[Int(own.series)]
            if unit >= 0, series.isRelationship[Int(own.series)] {
                let group = series.groups[Int(own.series)]
                // Mostly the one just before.
                var back = kept - 1
                while back >= 0 {
                    let other = Int(scores[back].series)
                    if series.units[other] == unit, series.groups[other] == group {
                        let moment = scores[back].moment
                        let isNow = moment.now && !own.moment.now
                        let isThen = moment.then && !own.moment.then
                        scores[back].moment = moment.standing(now: isNow, then: isThen)
                        if !isNow, !isThen {
                            for index in back..<(kept - 1) { scores[index] = scores[index + 1] }
                            kept -= 1
                        }
                    }
                    back -= 1
                }
            }
            scores[kept] = own
            kept += 1
        }
        scores.removeLast(scores.count - kept)
    }

    /// By moment, then by id; nearly always in order already.
    private mutating func order(_ scores: inout [StoredScore]) throws(AnalysisError) {
        var isSorted = true
        var hasTies = false
        for index in scores.indices.dropFirst() {
            let (before, own) = (scores[index - 1].moment.bits >> 8, scores[index].moment.bits >> 8)
            if before > own { isSorted = false }
            if before == own { hasTies = true }
        }
        if !isSorted {
            let order = scores.indices.sorted { left, right in
                let (a, b) = (scores[left].moment.bits >> 8, scores[right].moment.bits >> 8)
                return a != b ? a < b : left < right
            }
            let old = scores
            scores = order.map { old[$0] }
            hasTies = zip(scores, scores.dropFirst()).contains { $0.moment.bits >> 8 == $1.moment.bits >> 8 }
        }
        guard hasTies else { return }
        var first = 0
        while first < scores.count {
            var last = first + 1
            while last < scores.count, scores[last].moment.bits >> 8 == scores[first].moment.bits >> 8 { last += 1 }
            if last > first + 1 { try orderByID(&scores, first..<last) }
            first = last
        }
    }

    /// Decides by id between scores of the very same moment; those of one line stand in the order of its answers.
    private mutating func orderByID(_ scores: inout [StoredScore], _ range: Range<Int>) throws(AnalysisError) {
        let (part, offset) = (scores[range.lowerBound].part, scores[range.lowerBound].offset)
        let isOneLine = range.allSatisfy { scores[$0].offset == offset && scores[$0].part == part }
        if isOneLine { return }
        var keyed: [(id: ResponseIDBytes, place: Int, score: StoredScore)] = []
        for index in range {
            try fetcher.fetch(part: Int(scores[index].part), offset: Int(scores[index].offset))
            keyed.append((ResponseIDBytes(line: fetcher.line), index, scores[index]))
        }
        keyed.sort { $0.id != $1.id ? $0.id < $1.id : $0.place < $1.place }
        scores.replaceSubrange(range, with: keyed.map(\.score))
    }
}
