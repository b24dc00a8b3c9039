internal import Feedback

/// The scores of a range of members that count: in relationship surveys one a contact, question and wave, the latest.
struct CompactedScores: Sendable {
    var now: [CountedScore] = []
    var nowEnds: [UInt32] = []
    var then: [UInt32: [CountedScore]] = [:]

    /// A score that counts so far, with what decides whether a later one takes its place.
    private struct Kept {
        let score: UInt32
        let series: UInt32
        let unit: Int32
        let group: Int32
    }

    init(
        _ grouped: GroupedScores, isNamed: [Bool], series: SeriesColumns, parts: [SegmentPart], window: ReportWindow
    ) throws(AnalysisError) {
        var tieBreaker = TieBreaker(parts)
        var scores: [UInt32] = []
        var kept: [Kept] = []
        let nowStart = window.start(then: false).milliseconds
        let thenStart = window.start(then: true).milliseconds
        let earlier = window.earlier.milliseconds
        for member in grouped.members {
            scores.removeAll(keepingCapacity: true)
            scores += grouped.scores(of: member)
            try Self.sort(&scores, grouped, &tieBreaker)
            kept.removeAll(keepingCapacity: true)
            var differs = false
            for score in scores {
                let moment = ScoreMoment(bits: grouped.log.moments[Int(score)])
                let isNow = moment.now && moment.milliseconds > nowStart
                let isThen = moment.then && moment.milliseconds > thenStart && moment.milliseconds <= earlier
                if isNow != isThen { differs = true }
                if isNow { Self.keep(score, grouped, isNamed[member], series, &kept) }
            }
            for score in kept { now.append(Self.counted(score, grouped, series)) }
            nowEnds.append(UInt32(now.count))
            guard differs else { continue }
            kept.removeAll(keepingCapacity: true)
            for score in scores {
                let moment = ScoreMoment(bits: grouped.log.moments[Int(score)])
                guard moment.then, moment.milliseconds > thenStart, moment.milliseconds <= earlier else { continue }
                Self.keep(score, grouped, isNamed[member], series, &kept)
            }
            then[UInt32(member)] = kept.map { Self.counted($0, grouped, series) }
        }
    }

    /// Keeps a score; it takes the place of an earlier one of its unit and question.
    private static func keep(
        _ score: UInt32, _ grouped: GroupedScores, _ isNamed: Bool, _ series: SeriesColumns, _ kept: inout [Kept]
    ) {
        let number = grouped.log.series[Int(score)]
        let group = series.groups[Int(number)]
        let unit = isNamed && series.isRelationship[Int(number)] ? series.units[Int(number)] : -1
        let own = Kept(score: score, series: number, unit: unit, group: group)
        var index = kept.count - 1
        while unit >= 0, index >= 0 {
            if kept[index].unit == unit, kept[index].group == group {
                // Mostly the last: nothing needs to move.
                if index == kept.count - 1 {
                    kept[index] = own
                    return
                }
                kept.remove(at: index)
                break
            }
            index -= 1
        }
        kept.append(own)
    }

    private static func counted(_ kept: Kept, _ grouped: GroupedScores, _ series: SeriesColumns) -> CountedScore {
        let number = Int(kept.series)
        let (isRelationship, isHeadline) = (series.isRelationship[number], series.isHeadline[number])
        return CountedScore(
            moment: ScoreMoment(bits: grouped.log.moments[Int(kept.score)]), group: kept.group, series: kept.series,
            part: UInt32(grouped.part(of: kept.score)), offset: grouped.log.offsets[Int(kept.score)],
            isVoice: isRelationship && isHeadline, isTouchpoint: !isRelationship && isHeadline,
            isNamed: series.isNamed[number], unit: kept.unit)
    }

    /// By moment, then by id; nearly always in order already.
    private static func sort(
        _ scores: inout [UInt32], _ grouped: GroupedScores, _ tieBreaker: inout TieBreaker
    ) throws(AnalysisError) {
        func moment(_ score: UInt32) -> UInt64 { grouped.log.moments[Int(score)] >> 8 }
        var isSorted = true
        var hasTies = false
        for index in scores.indices.dropFirst() {
            let (before, own) = (moment(scores[index - 1]), moment(scores[index]))
            if before > own { isSorted = false }
            if before == own { hasTies = true }
        }
        if !isSorted {
            scores.sort { moment($0) < moment($1) }
            hasTies = zip(scores, scores.dropFirst()).contains { moment($0) == moment($1) }
        }
        guard hasTies else { return }
        var first = 0
        while first < scores.count {
            var last = first + 1
            while last < scores.count, moment(scores[last]) == moment(scores[first]) { last += 1 }
            if last > first + 1 { scores[first..<last] = try tieBreaker.sorted(scores[first..<last], grouped)[...] }
            first = last
        }
    }
}

/// Decides by id between scores of the very same moment.
private struct TieBreaker: ~Copyable {
    private var fetcher: LineFetcher

    init(_ parts: [SegmentPart]) { fetcher = LineFetcher(parts) }

    mutating func sorted(_ scores: ArraySlice<UInt32>, _ grouped: GroupedScores) throws(AnalysisError) -> [UInt32] {
        var keyed: [(id: ResponseIDBytes, score: UInt32)] = []
        for score in scores {
            try fetcher.fetch(part: grouped.part(of: score), offset: Int(grouped.log.offsets[Int(score)]))
            keyed.append((ResponseIDBytes(line: fetcher.line), score))
        }
        // Two scores of one line stand in the order of its answers.
        return keyed.sorted { $0.id != $1.id ? $0.id < $1.id : $0.score < $1.score }.map(\.score)
    }
}
