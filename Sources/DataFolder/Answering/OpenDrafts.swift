internal import Feedback
internal import Journal
internal import QuestionnaireModel
internal import Records
internal import Synchronization

/// Drafts that may yet have to be counted unfinished, and how far the draft journal was read for them.
struct OpenDrafts: Sendable {
    /// A place in the draft journal.
    struct Mark: Sendable, Equatable {
        var inode: UInt64
        var offset: Int
    }

    struct Entry: Sendable {
        let survey: SurveyID
        let version: SurveyVersion
        let recorded: Timestamp
        let place: Mark
    }

    var open: [ResponseID: Entry] = [:]
    var read: Mark?
    var hasStarted = false
}

extension DataFolder {
    private var markPath: String { path + "/cache/drafts.mark" }

    /// Writes drafts that nobody touched for the survey's partial-after as unfinished responses; says how many.
    @discardableResult
    package func settlePartials() async throws(FolderError) -> Int {
        try readDrafts()
        let now = time.now()
        let due = openDrafts.withLock { drafts in drafts.open.map { (id: $0.key, entry: $0.value) } }
            .filter { isDue($0.entry, now) }
            .sorted { $0.id < $1.id }
        var settled = 0
        var start = 0
        while start < due.count {
            let part = Array(due[start..<min(due.count, start + 500)])
            start += part.count
            settled += try await step { [self] step in
                try part.count { try settle($0.id, $0.entry, step) }
            }
            openDrafts.withLock { drafts in
                for (id, entry) in part where drafts.open[id]?.place == entry.place { drafts.open[id] = nil }
            }
        }
        keepMark()
        return settled
    }

    private func isDue(_ entry: OpenDrafts.Entry, _ now: Timestamp) -> Bool {
        guard let profile = catalog.questionnaire(entry.survey, entry.version)?.profile else { return false }
        // Of an anonymous draft only the day is written: it may have been touched as late as the day's end.
        let least = profile.partialAfter + (profile.privacy == .anonymous ? 86_400_000 : 0)
        return now.milliseconds - entry.recorded.milliseconds >= least
    }

    private func settle(_ id: ResponseID, _ entry: OpenDrafts.Entry, _ step: JournalStep) throws -> Bool {
        guard let draft = try step.draft(id, entry.survey), draft.recorded <= entry.recorded else { return false }
        let before = try step.response(id, entry.survey)
        if let before, before.isComplete { return false }
        guard let session = resumed(draft) else { return false }
        let answers = session.acceptedAnswers
        if answers.isEmpty || before?.answers == answers { return false }
        let record = ResponseRecord(settling: draft, session, try step.invitation(id), before)
        try record.appendResponse(step, isComplete: false)
        return true
    }

    /// Reads what was added to the draft journal since the last time.
    private func readDrafts() throws(FolderError) {
        let segments: [LogSegment]
        do { segments = try journal.segments(.drafts) } catch { throw FolderError(error) }
        let first = openDrafts.withLock { drafts in
            if !drafts.hasStarted { drafts.read = storedMark() }
            drafts.hasStarted = true
            return drafts.read
        }
        // A journal that was rewritten is read from its beginning.
        let from = segments.firstIndex { $0.inode == first?.inode && $0.end >= first?.offset ?? 0 } ?? 0
        for (index, segment) in segments.enumerated() where index >= from {
            let start = segment.inode == first?.inode && segment.end >= first?.offset ?? 0 ? first?.offset ?? 0 : 0
            var found: [(ResponseID, OpenDrafts.Entry)] = []
            do {
                _ = try LineScanner.scan(try files.open(segment.path, .reading), from: start, to: segment.end) { line in
                    guard let draft = try? DraftLine(line.bytes) else { return }
                    let place = OpenDrafts.Mark(inode: segment.inode, offset: line.offset)
                    let entry = OpenDrafts.Entry(
                        survey: draft.survey, version: draft.version, recorded: draft.recorded, place: place)
                    found.append((draft.id, entry))
                }
            } catch { throw FolderError(error) }
            openDrafts.withLock { [found] drafts in
                for (id, entry) in found { drafts.open[id] = entry }
                drafts.read = OpenDrafts.Mark(inode: segment.inode, offset: segment.end)
            }
        }
    }

    /// Remembers in the cache from where on there may be something to settle.
    private func keepMark() {
        guard let segments = try? journal.segments(.drafts) else { return }
        let order = Dictionary(segments.enumerated().map { ($0.element.inode, $0.offset) }) { first, _ in first }
        let mark = openDrafts.withLock { drafts in
            drafts.open.values.map(\.place).min { left, right in
                (order[left.inode] ?? 0, left.offset) < (order[right.inode] ?? 0, right.offset)
            } ?? drafts.read
        }
        guard let mark, mark != storedMark() else { return }
        try? files.makeFolders("cache", in: path)
        try? files.replace(markPath, with: Array("\(mark.inode) \(mark.offset)\n".utf8))
    }

    private func storedMark() -> OpenDrafts.Mark? {
        guard let bytes = try? files.contents(of: markPath) else { return nil }
        let words = String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self).split(separator: " ")
        guard words.count == 2, let inode = UInt64(words[0]), let offset = Int(words[1]), offset >= 0 else {
            return nil
        }
        return OpenDrafts.Mark(inode: inode, offset: offset)
    }
}
