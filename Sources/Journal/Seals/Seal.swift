package import Feedback
package import Records

/// One line of `seals.jsonl`: what the first bytes of a segment were when they were sealed (DESIGN section 5).
///
/// A closed segment is sealed whole, a journal that never closes up to where it had grown. A later seal of the same
/// segment supersedes the earlier ones: because it has grown, or because lines were removed, which its redaction says.
package struct Seal: RecordLine {
    /// One block's digest, and two sums that tell where a single byte was changed.
    package struct Block: Sendable, Equatable {
        /// SHA-256 of the block's bytes, in lower-case hexadecimal.
        package var sha256: String
        /// The sum of its bytes.
        package var sum: Int
        /// The sum of its bytes, each times its place in the block from 1.
        package var weighted: Int
    }

    /// What was removed when the segment was rewritten, and why.
    package struct Redaction: Sendable, Equatable {
        /// Why, in words that tell nothing of the person.
        package var reason: String
        /// How many lines were removed.
        package var dropped: Int
        /// How many lines were replaced by others.
        package var replaced: Int

        /// The mark of the copy that took the segment's place.
        package var copy: String

        /// Reads a seal's member.
        init(_ value: JSONValue) throws(LineError) {
            reason = try value.required("reason")
            dropped = try value.count("dropped")
            replaced = try value.count("replaced")
            copy = try value.required("copy")
        }

        /// What was removed, and why.
        init(reason: String, dropped: Int, replaced: Int, copy: String) {
            self.reason = reason
            self.dropped = dropped
            self.replaced = replaced
            self.copy = copy
        }
    }

    /// The segment's path below the folder, such as `responses/bench/2026-11.jsonl`.
    package var segment: String
    /// How many bytes are sealed.
    package var bytes: Int
    /// How many line ends are among them.
    package var lines: Int
    /// SHA-256 of these bytes, in lower-case hexadecimal: what `head -c BYTES FILE | sha256sum` says.
    package var sha256: String
    /// SHA-256 of the line of `seals.jsonl` before this one, line end included; empty in the first.
    package var previous: String
    /// When it was sealed.
    package var recorded: Timestamp
    /// What was removed, where lines were.
    package var redaction: Redaction?
    /// How many bytes a block has; the last one may have fewer.
    package var blockSize: Int
    /// The blocks, in order.
    package var blocks: [Block]

    /// A seal of what was digested, not yet in the chain.
    init(segment: String, _ digest: SegmentDigest, recorded: Timestamp, redaction: Redaction? = nil) {
        self.segment = segment
        let sealed = digest.finished
        (bytes, lines, sha256, blocks) = (sealed.bytes, sealed.lines, sealed.sha256, sealed.blocks)
        blockSize = digest.blockSize
        previous = ""
        self.recorded = recorded
        self.redaction = redaction
    }

    /// Reads a parsed line.
    package init(_ value: JSONValue) throws(LineError) {
        if let version = value["v"]?.integer, version > 1 { throw LineError("a newer heed wrote it", isNewer: true) }
        segment = try value.required("segment")
        bytes = try value.count("bytes")
        lines = try value.count("lines")
        sha256 = try value.required("sha256")
        previous = try value.required("previous")
        recorded = try value.required("recorded") { Timestamp($0) }
        blockSize = try value.count("blockSize")
        guard blockSize > 0, let listed = value["blocks"]?.array else { throw LineError("\"blocks\" is missing") }
        blocks = []
        for block in listed {
            guard let parts = block.array, parts.count == 3, let sha256 = parts[0].string, let sum = parts[1].integer,
                let weighted = parts[2].integer
            else { throw LineError("\"blocks\" cannot be read") }
            blocks.append(Block(sha256: sha256, sum: sum, weighted: weighted))
        }
        guard blocks.count == (bytes + blockSize - 1) / blockSize else { throw LineError("blocks are missing") }
        if let given = value["redaction"] { redaction = try Redaction(given) }
    }

    /// Writes the members of the line's object.
    package func write(_ writer: inout JSONWriter) {
        writer.member("v", integer: 1)
        writer.member("segment", segment)
        writer.member("bytes", integer: bytes)
        writer.member("lines", integer: lines)
        writer.member("sha256", sha256)
        writer.member("previous", previous)
        writer.member("recorded", recorded.description)
        if let redaction {
            writer.key("redaction")
            writer.object { writer in
                writer.member("reason", redaction.reason)
                writer.member("dropped", integer: redaction.dropped)
                writer.member("replaced", integer: redaction.replaced)
                writer.member("copy", redaction.copy)
            }
        }
        writer.member("blockSize", integer: blockSize)
        writer.key("blocks")
        writer.array { writer in
            for block in blocks {
                writer.array { writer in
                    writer.string(block.sha256)
                    writer.integer(block.sum)
                    writer.integer(block.weighted)
                }
            }
        }
    }
}

extension JSONValue {
    /// A member that is a whole number from 0.
    fileprivate func count(_ key: String) throws(LineError) -> Int {
        guard let count = self[key]?.integer, count >= 0 else { throw LineError("\"\(key)\" is missing") }
        return count
    }
}
