internal import Feedback
internal import QuestionnaireModel

/// One score as reports read it.
struct StoredScore: Sendable {
    /// When, what, in which role, and for which of the two reports it counts.
    var moment: ScoreMoment
    /// Which series.
    let series: UInt32
    /// The part its line stands in.
    let part: UInt32
    /// The line's place in that part.
    let offset: UInt32
}

/// A part's scores that can still count at a report's moments, by member.
struct PartScores: Sendable {
    /// What all parts share.
    struct Context: Sendable {
        let members: MemberIndex
        let registry: SeriesRegistry
        let definitions: SurveyDefinitions
        let parts: [SegmentPart]
        let window: ReportWindow
    }

    /// A member number with this bit is one of `others`.
    static let ownBit: UInt32 = 0x8000_0000

    /// The members that have scores; each stands once.
    private(set) var members: [UInt32] = []
    /// Where each member's scores end.
    private(set) var ends: [UInt32] = []
    /// The scores.
    private(set) var scores: [StoredScore] = []
    /// Members that no contact's record stands for: account, zero byte, contact.
    private(set) var others = NameTable()

    /// The scores of a part's fold; `standings` are the lines that are not the last word of their ids.
    init(
        _ fold: borrowing SegmentFold, part: Int, standings: [Winners.Standing], _ context: Context
    ) throws(AnalysisError) {
        let numbers = Self.numbers(of: fold.series, fold.versions, context)
        let series = SeriesColumns(context.registry.all)
        let standing = Dictionary(standings.map { ($0.offset, $0) }, uniquingKeysWith: { first, _ in first })
        let asOf = context.window.asOf.milliseconds
        let earlier = context.window.earlier.milliseconds
        let nowStart = context.window.start(then: false).milliseconds
        let thenStart = context.window.start(then: true).milliseconds
        var reducer = ScoreReducer(context.parts, series)
        let given = fold.scores
        let givers = fold.givers
        let found = context.members.find(givers, hints: fold.hints)
        let keys = givers.keys
        let bytes = givers.entries.span.bytes
        members.reserveCapacity(keys.count)
        ends.reserveCapacity(keys.count)
        scores.reserveCapacity(given.count / 2)
        var run: [StoredScore] = []
        for giver in keys.indices {
            run.removeAll(keepingCapacity: true)
            for index in Int(given.firsts[giver])..<Int(given.firsts[giver + 1]) {
                let moment = ScoreMoment(bits: given.moments[index])
                let at = moment.milliseconds
                let known = given.known(index)
                var isNow = at > nowStart && at <= asOf && known <= asOf
                var isThen = at > thenStart && at <= earlier && known <= earlier
                if !standing.isEmpty, let own = standing[given.offsets[index]] {
                    isNow = isNow && own.now
                    isThen = isThen && own.then
                }
                guard isNow || isThen else { continue }
                run.append(
                    StoredScore(
                        moment: moment.standing(now: isNow, then: isThen), series: numbers[Int(given.series[index])],
                        part: UInt32(part), offset: given.offsets[index]))
            }
            if run.isEmpty { continue }
            let (account, contact) = keys[giver]
            let member: UInt32
            if found[giver] != GiverTable.missing {
                member = found[giver]
            } else if account.isEmpty {
                // Without an account an answer counts only where the contacts say which.
                continue
            } else {
                member = other(bytes, account, contact)
            }
            try reducer.reduce(&run, isNamed: !contact.isEmpty)
            members.append(member)
            scores += run
            ends.append(UInt32(scores.count))
        }
    }

    /// The numbers that the series of a fold have in all of them.
    private static func numbers(
        of series: [SegmentFold.Series], _ versions: [SegmentFold.Version], _ context: Context
    ) -> [UInt32] {
        let questionnaires = versions.map { version in context.definitions[version.survey, version.version] }
        return series.map { own in
            guard let questionnaire = questionnaires[own.version],
                let id = versions[own.version].questions?[own.question], let question = questionnaire.question(id)
            else { preconditionFailure("a fold is used only under the definitions it was made with") }
            return UInt32(context.registry.number(questionnaire, question: question, wave: own.wave))
        }
    }

    /// A member that no contact's record stands for.
    private mutating func other(_ bytes: RawSpan, _ account: ByteRange, _ contact: ByteRange) -> UInt32 {
        var key = ByteWords.array(bytes, account.start, count: account.count)
        key.append(0)
        key += ByteWords.array(bytes, contact.start, count: contact.count)
        let count = key.count
        key.append(contentsOf: repeatElement(0, count: ByteWords.slack))
        return UInt32(others.insert(key.span.bytes, 0, count: count)) | Self.ownBit
    }
}
