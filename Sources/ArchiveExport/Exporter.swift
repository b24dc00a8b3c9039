/// Writes a survey's responses in one format, in one pass, in memory that does not grow with them.
package struct Exporter: Sendable {
    private static let blockSize = 192 << 10

    private let job: ExportJob
    private let format: any ExportFormat
    private let segments: Segments

    /// An export to one of the registered formats; nil when there is no such format.
    package init?(_ job: ExportJob, format name: String, segments: Segments) {
        guard let type = ExportFormatRegistry.standard.first(where: { $0.name == name }) else { return nil }
        self.job = job
        format = type.init(job)
        self.segments = segments
    }

    /// Whether a file that begins with some bytes is an earlier export of this survey in this format.
    package func isOwn(_ beginning: [UInt8]) -> Bool { format.isOwn(beginning) }

    /// Writes everything to a sink; `progress` hears the share that is done, from 0 to 1.
    package func run(
        to sink: any ExportSink, progress: @Sendable (Double) -> Void = { _ in }
    ) async throws(ExportError) -> ExportSummary {
        // Ids of heed's own rise, and rising ids do not repeat; only when they do not is it worth looking for repeats.
        if sink.canBeginAgain, let summary = try await write(to: sink, overruled: nil, progress) { return summary }
        let overruled = try await WinningLines.overruled(in: segments, blockSize: Self.blockSize)
        try sink.beginAgain()
        guard let summary = try await write(to: sink, overruled: overruled, progress) else {
            preconditionFailure("with the overruled lines known, the order of ids does not matter")
        }
        return summary
    }

    /// Writes all responses; nil when `overruled` is not known and the ids do not rise, so that some may repeat.
    private func write(
        to sink: any ExportSink, overruled: [Int]?, _ progress: @Sendable (Double) -> Void
    ) async throws(ExportError) -> ExportSummary? {
        var summary = ExportSummary()
        summary.overruled = overruled?.count ?? 0
        var people = NamedPeople(seed: .random(in: .min ... .max))
        let stream = ExportStream(sink)
        try stream.put(format.beginning())
        let blocks = Block.cover(segments, size: Self.blockSize)
        let (format, segments, seed) = (format, segments, people.seed)
        var lastID: [UInt8] = []
        var order = LineOrder()
        var done = 0
        let isWhole = try await Pipeline.run(
            blocks,
            { block throws(ExportError) in
                try BlockConversion(
                    LoadedBlock(block, of: segments), format: format, overruled: overruled ?? [], seed: seed)
            }
        ) { (result: BlockConversion) throws(ExportError) in
            if overruled == nil {
                guard result.idsRise,
                    result.firstID.isEmpty || lastID.lexicographicallyPrecedes(result.firstID)
                else { return false }
                if !result.lastID.isEmpty { lastID = result.lastID }
            }
            try order.note(result, in: blocks[done], of: segments, &summary)
            for piece in result.pieces { try stream.put(piece) }
            summary.add(result, to: &people)
            done += 1
            progress(Double(done) / Double(blocks.count))
            return true
        }
        guard isWhole else { return nil }
        try await format.end(stream, people: people, summary: &summary)
        return summary
    }
}

/// Counts lines, so that an unreadable one can be named by file and number.
private struct LineOrder {
    private var segment = -1
    private var line = 0

    mutating func note(
        _ result: BlockConversion, in block: Block, of segments: Segments, _ summary: inout ExportSummary
    ) throws(ExportError) {
        if block.segment != segment { (segment, line) = (block.segment, 0) }
        for problem in result.problems {
            let place = "\(segments.all[segment].path):\(line + problem.line + 1)"
            if problem.isNewer { throw .newer(place: place, reason: problem.reason) }
            summary.unreadableCount += 1
            if summary.unreadable.count < 1000 { summary.unreadable.append("\(place): \(problem.reason)") }
        }
        line += result.lines
    }
}

extension ExportSummary {
    fileprivate mutating func add(_ result: BlockConversion, to people: inout NamedPeople) {
        responses += result.tally.responses
        complete += result.tally.complete
        answers += result.tally.answers
        undefined += result.tally.undefined
        replaced += result.replaced
        for account in result.tally.accounts { people.accounts.insert(account) }
        for contact in result.tally.contacts { people.contacts.insert(contact) }
    }
}
