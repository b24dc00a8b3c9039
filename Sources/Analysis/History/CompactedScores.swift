internal import Feedback

/// The scores of a range of members that count: in relationship surveys one a contact, question and wave, the latest.
struct CompactedScores: Sendable {
    var now: [CountedScore] = []
    var nowEnds: [UInt32] = []
    var then: [UInt32: [CountedScore]] = [:]

    init(
        _ grouped: GroupedScores, isNamed: [Bool], series: SeriesColumns, parts: [SegmentPart], window: ReportWindow
    ) throws(AnalysisError) {
        var tieBreaker = TieBreaker(parts)
        var scores: [UInt32] = []
        let nowStart = window.start(then: false).milliseconds
        let thenStart = window.start(then: true).milliseconds
        let earlier = window.earlier.milliseconds
        for member in grouped.members {
            scores.removeAll(keepingCapacity: true)
            scores += grouped.scores(of: member)
            try Self.sort(&scores, grouped, &tieBreaker)
            let first = now.count
            var differs = false
            for score in scores {
                let moment = ScoreMoment(bits: grouped.log.moments[Int(score)])
                let isNow = moment.now && moment.milliseconds > nowStart
                let isThen = moment.then && moment.milliseconds > thenStart && moment.milliseconds <= earlier
                if isNow != isThen { differs = true }
                if isNow { Self.put(score, moment, grouped, isNamed[member], series, into: &now, from: first) }
            }
            nowEnds.append(UInt32(now.count))
            guard differs else { continue }
            var list: [CountedScore] = []
            for score in scores {
                let moment = ScoreMoment(bits: grouped.log.moments[Int(score)])
                guard moment.then, moment.milliseconds > thenStart, moment.milliseconds <= earlier else { continue }
                Self.put(score, moment, grouped, isNamed[member], series, into: &list, from: 0)
            }
            then[UInt32(member)] = list
        }
    }

    /// Adds a score; it takes the place of an earlier one of its unit and question.
    private static func put(
        _ score: UInt32, _ moment: ScoreMoment, _ grouped: GroupedScores, _ isNamed: Bool, _ series: SeriesColumns,
        into list: inout [CountedScore], from first: Int
    ) {
        let number = Int(grouped.log.series[Int(score)])
        let isRelationship = series.isRelationship[number]
        let group = series.groups[number]
        let unit = isNamed && isRelationship ? series.units[number] : -1
        var index = list.count - 1
        while unit >= 0, index >= first {
            if list[index].unit == unit, list[index].group == group {
                list.remove(at: index)
                break
            }
            index -= 1
        }
        let isHeadline = series.isHeadline[number]
        list.append(
            CountedScore(
                moment: moment, group: group, series: UInt32(number), part: UInt32(grouped.part(of: score)),
                offset: grouped.log.offsets[Int(score)], isVoice: isRelationship && isHeadline,
                isTouchpoint: !isRelationship && isHeadline, isNamed: series.isNamed[number], unit: unit))
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
