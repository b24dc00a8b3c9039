internal import Feedback

extension SegmentFold {
    /// The fold as flat bytes, without digests of ids and without its end.
    var bytes: FoldBytes {
        var bytes = FoldBytes(reserving: givers.bytes.count + scores.count * 24 + 4096)
        bytes.put(reading.lines)
        bytes.put(reading.unreadableCount)
        bytes.put(reading.unreadable.count)
        for line in reading.unreadable {
            bytes.put(line.line)
            bytes.put(line.isNewer ? 1 : 0)
            bytes.put(line.reason)
        }
        bytes.put(versions.count)
        for version in versions {
            bytes.put(version.survey.rawValue)
            bytes.put(version.version.rawValue)
            bytes.put(version.questions.map(\.count) ?? -1)
            for question in version.questions ?? [] { bytes.put(question.rawValue) }
        }
        bytes.put(series.count)
        for own in series {
            bytes.put(own.version)
            bytes.put(own.question)
            bytes.put(own.wave)
        }
        bytes.put(unknownVersions.count)
        for (name, moments) in unknownVersions.sorted(by: { $0.key < $1.key }) {
            bytes.put(name)
            bytes.put(moments)
        }
        bytes.put(UInt64(bitPattern: latest))
        ids.put(&bytes)
        bytes.put(givers.count)
        bytes.put(givers.bytes)
        bytes.put(hints)
        bytes.put(scores.firsts)
        bytes.put(scores.moments)
        bytes.put(scores.series)
        bytes.put(scores.offsets)
        bytes.put(scores.known)
        return bytes
    }

    /// Reads a fold from bytes with slack behind them; nil where they are none.
    init?(_ bytes: [UInt8]) {
        var words = FoldWords(bytes)
        reading.lines = words.integer()
        reading.unreadableCount = words.integer()
        for _ in 0..<words.count() {
            let (line, isNewer) = (words.integer(), words.integer() == 1)
            reading.unreadable.append((line, words.text(), isNewer))
        }
        for _ in 0..<words.count() {
            guard let survey = SurveyID(words.text()), let version = SurveyVersion(words.text()) else { return nil }
            let count = words.integer()
            guard count >= -1, count < bytes.count else { return nil }
            var questions: [QuestionID] = []
            for _ in 0..<max(0, count) {
                guard let question = QuestionID(words.text()) else { return nil }
                questions.append(question)
            }
            versions.append(Version(survey: survey, version: version, questions: count < 0 ? nil : questions))
        }
        for _ in 0..<words.count() {
            let own = Series(version: words.integer(), question: words.integer(), wave: words.text())
            guard versions.indices.contains(own.version),
                versions[own.version].questions?.indices.contains(own.question) ?? false
            else { return nil }
            series.append(own)
        }
        for _ in 0..<words.count() {
            let name = words.text()
            unknownVersions[name] = words.column(Int64.self)
        }
        latest = Int64(bitPattern: words.word())
        ids = IDLedger(&words)
        let count = words.count()
        guard let givers = GiverList(words.run(), count: count) else { return nil }
        self.givers = givers
        hints = words.column(UInt32.self)
        scores = GivenScores(
            firsts: words.column(UInt32.self), moments: words.column(UInt64.self), series: words.column(UInt32.self),
            offsets: words.column(UInt32.self), known: words.column(Int64.self))
        guard words.isWhole, hints.count == count, scores.isConsistent(givers: count, series: series.count) else {
            return nil
        }
    }
}

extension GivenScores {
    /// Whether the columns belong together.
    fileprivate func isConsistent(givers: Int, series count: Int) -> Bool {
        guard firsts.count == givers + 1, firsts.first == 0, firsts.last.map(Int.init) == self.count,
            series.count == self.count, offsets.count == self.count, known.isEmpty || known.count == self.count
        else { return false }
        // What is written is checked by its checksum; this keeps a reader of any other bytes inside its bounds.
        var isRising = true
        for index in firsts.indices.dropFirst() where firsts[index] < firsts[index - 1] { isRising = false }
        for number in series where Int(number) >= count { return false }
        return isRising
    }
}
