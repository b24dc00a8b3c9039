internal import Feedback
internal import QuestionnaireModel

/// Makes the folds of parts: from the cache where it holds them, from the lines where it does not.
struct FoldReader: Sendable {
    let definitions: SurveyDefinitions
    /// Where folds are kept; nil for nowhere.
    let cache: FoldCache?
    /// The contacts that givers are mostly among.
    let members: MemberIndex

    /// A part's folds: what is kept of it, and the lines written since.
    struct Folds: Sendable {
        var folds: [SegmentFold]
        /// The ids of all of them.
        var ids = IDLedger()

        /// How many lines there are, and which of them cannot be read.
        var reading: PartReading {
            var all = PartReading()
            for fold in folds { all.append(fold.reading) }
            return all
        }
    }

    /// From how many new bytes on the kept fold is written anew, so that reports do not read the same lines again and
    /// again.
    var mostUnkept = Self.usuallyUnkept

    /// As much as is read in a few milliseconds.
    static let usuallyUnkept = 1 << 20

    /// The folds of a part.
    func folds(of part: SegmentPart) throws(AnalysisError) -> Folds {
        if let cache, let kept = cache.load(part), kept.fold.agrees(with: definitions) {
            let fold = kept.fold
            if fold.reading.end >= part.range.upperBound { return Folds(folds: [fold], ids: fold.ids) }
            let later = try read(part, from: fold.reading.end)
            if later.reading.identity?.isSameFile(as: kept.identity) ?? false {
                if later.reading.end - fold.reading.end < mostUnkept {
                    var ids = fold.ids
                    ids.append(later.ids)
                    return Folds(folds: [fold, later], ids: ids)
                }
                var whole = fold
                if !fold.ids.hasDigests, let digests = cache.digests(part) { whole.ids = digests }
                whole.append(later)
                if whole.ids.isRising || whole.ids.hasDigests { return keep(whole, part) }
            }
        }
        return keep(try read(part, from: part.range.lowerBound), part)
    }

    /// The ids of a part with a digest of every line.
    func digests(of part: SegmentPart, _ ids: IDLedger) throws(AnalysisError) -> IDLedger {
        if ids.hasDigests { return ids }
        if let cache, let kept = cache.load(part), var all = cache.digests(part) {
            if kept.fold.reading.end < part.range.upperBound {
                all.append(try read(part, from: kept.fold.reading.end).ids)
            }
            if all.hasDigests, all.count == ids.count { return all }
        }
        let fold = try read(part, from: part.range.lowerBound)
        // From now on they are asked for again and again.
        cache?.store(fold, of: part, digested: true)
        return fold.ids
    }

    /// Keeps a fold for the next report, if that is possible; what the ids do not need is let go.
    private func keep(_ fold: consuming SegmentFold, _ part: SegmentPart) -> Folds {
        cache?.store(fold, of: part, digested: !fold.ids.isRising)
        fold.ids.settle()
        let ids = fold.ids
        return Folds(folds: [fold], ids: ids)
    }

    private func read(_ part: SegmentPart, from start: Int) throws(AnalysisError) -> SegmentFold {
        var scanner = LineScanner(definitions) { $0.type.measure == .nps }
        var folder = ScoreFolder(members)
        let reading = try part.read(&scanner, &folder, (), from: start)
        return folder.folded(reading, scanner.versions)
    }
}
