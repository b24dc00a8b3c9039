internal import Feedback
package import Journal
internal import Records

/// What replaying a list of erasures and opt-outs came to.
package struct ReplaySummary: Sendable, Equatable {
    /// How many people were erased again.
    package var erased = 0
    /// How many of them the folder held nothing of.
    package var absent = 0
    /// How many suppressions were added.
    package var suppressed = 0
}

/// Doing again in a restored folder what was done after its backup was made (DESIGN section 10, promise 7).
extension DataFolder {
    /// Erases whom a list of erasures names, and adds the opt-outs of the `suppressions.jsonl` that stands beside it.
    ///
    /// The list is the `erasures.jsonl` of the folder that the backup was made of: it names people by an HMAC, which only
    /// the same folder's secret makes, and that is in the backup. A list made with another secret is refused.
    package func replay(_ list: String, exports: String) async throws(FolderError) -> ReplaySummary {
        var summary = ReplaySummary()
        let lines = try Self.erasures(list, files)
        guard lines.allSatisfy({ $0.key == secrets?.fingerprint }) else {
            throw FolderError(
                .refused,
                "\(list) was made in a folder with another secret, so nobody in it can be found here. Nothing was restored."
            )
        }
        let suppressions = PosixFiles.parent(of: list) + "/suppressions.jsonl"
        let isBeside: Bool
        do { isBeside = try files.status(suppressions) != nil } catch { throw FolderError(error) }
        if isBeside {
            let optOuts = try Self.records(suppressions, files) { (line: JSONValue) throws(LineError) in
                try SuppressionLine(line)
            }
            summary.suppressed = try await add(optOuts)
        }
        var last: [String: ErasureLine] = [:]
        for line in lines { last[line.id] = line }
        for line in last.values.sorted(by: { $0.id < $1.id }) {
            let begun = try await begin { moment in
                var begun = line
                begun.state = .begun
                (begun.removed, begun.changed, begun.exports) = (nil, nil, nil)
                begun.recorded = moment
                return begun
            }
            let certificate = try await carryOut(begun, contact: nil, exports: exports)
            summary.erased += 1
            if certificate.segments.isEmpty { summary.absent += 1 }
        }
        return summary
    }

    private func add(_ optOuts: [SuppressionLine]) async throws(FolderError) -> Int {
        try await step(weighing: optOuts.count * 128) { step in
            var added = 0
            for optOut in optOuts {
                let before: SuppressionLine? = try step.last(.suppressions, optOut.key) { $0.key }
                if before != nil { continue }
                let moment = try step.moment(.suppressions)
                var line = optOut
                line.recorded = moment
                try step.append(line, to: .suppressions, at: moment, id: line.key)
                added += 1
            }
            return added
        }
    }

    /// A list of erasures, read before anything is restored that it may have to be taken out of.
    package static func erasures(
        _ list: String, _ files: any FileSystem = PosixFiles()
    ) throws(FolderError) -> [ErasureLine] {
        try records(list, files) { (line: JSONValue) throws(LineError) in try ErasureLine(line) }
    }

    private static func records<Line>(
        _ path: String, _ files: any FileSystem, _ read: (JSONValue) throws(LineError) -> Line
    ) throws(FolderError) -> [Line] {
        let bytes: [UInt8]?
        do { bytes = try files.contents(of: path) } catch { throw FolderError(error) }
        guard let bytes else { throw FolderError(.notFound, "There is no file \(path).") }
        var lines: [Line] = []
        for (index, line) in bytes.split(separator: 0x0A).enumerated() {
            do {
                let value = try JSONParser.parse(line)
                lines.append(try read(value))
            } catch { throw FolderError(.refused, "\(path):\(index + 1) is no line of such a list: \(error).") }
        }
        return lines
    }
}
