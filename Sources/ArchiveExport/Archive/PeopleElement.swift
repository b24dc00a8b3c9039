/// Writes the records of the accounts and contacts that the responses name, as last written, in journal order.
struct PeopleElement {
    private let job: ExportJob
    private let people: NamedPeople

    init(_ job: ExportJob, _ people: NamedPeople) {
        self.job = job
        self.people = people
    }

    func write(to stream: ExportStream, _ summary: inout ExportSummary) async throws(ExportError) {
        summary.accounts = try await write(.account, from: job.accountsPath, named: people.accounts, to: stream)
        summary.contacts = try await write(.contact, from: job.contactsPath, named: people.contacts, to: stream)
    }

    private func write(
        _ element: PersonElement, from path: String, named: FingerprintSet, to stream: ExportStream
    ) async throws(ExportError) -> Int {
        if named.count == 0 { return 0 }
        let journal = try Segments(existing: path)
        let blocks = Block.cover(journal, size: 128 << 10)
        let seed = people.seed
        // The last readable line of an id is the whole record: the first pass finds it, the second writes it.
        var last = LastPlaces(expecting: named.count)
        try await Pipeline.run(
            blocks,
            { block throws(ExportError) in
                PeopleBlock(try LoadedBlock(block, of: journal), element, named: named, seed: seed, places: nil)
            }
        ) { (found: PeopleBlock) in
            for line in found.lines { last.set(line.print, line.place) }
            return true
        }
        var count = 0
        let places = last
        try await Pipeline.run(
            blocks,
            { block throws(ExportError) in
                PeopleBlock(try LoadedBlock(block, of: journal), element, named: named, seed: seed, places: places)
            }
        ) { (found: PeopleBlock) throws(ExportError) in
            count += found.lines.count
            try stream.put(found.bytes)
            return true
        }
        return count
    }
}

/// The lines of a block that are about people who are named, and their elements where those are wanted.
private struct PeopleBlock: Sendable {
    private(set) var lines: [(print: UInt64, place: Int)] = []
    private(set) var bytes: [UInt8] = []

    init(_ block: LoadedBlock, _ element: PersonElement, named: FingerprintSet, seed: UInt64, places: LastPlaces?) {
        if block.lines.isEmpty { return }
        // Every character takes six bytes at most, and the names around a record fewer than its keys and 256 more.
        let room = block.bytes.count * 6 + block.lines.count * 256
        bytes = block.bytes.withUnsafeBytes { source in
            [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                var out = LineWriter(buffer)
                for range in block.lines where !range.isEmpty {
                    let before = out
                    let place = block.offset + range.lowerBound
                    guard let print = element.write(LineScanner(source, range), into: &out, seed: seed),
                        named.contains(print),
                        places == nil || places?[print] == place
                    else {
                        out.rewind(to: before)
                        continue
                    }
                    lines.append((print, place))
                    if places == nil { out.rewind(to: before) }
                }
                precondition(!out.isFull, "the bound on an element's length holds")
                count = out.count
            }
        }
    }
}

/// The place of the last line of each fingerprint; made for about as many as are expected.
private struct LastPlaces: Sendable {
    private var prints: [UInt64]
    private var places: [Int]

    init(expecting count: Int) {
        var size = 16
        while size < count * 2 { size *= 2 }
        prints = [UInt64](repeating: 0, count: size)
        places = [Int](repeating: -1, count: size)
    }

    /// The slot of a fingerprint, or the empty one where it would go; there are never more than were expected.
    private func slot(_ print: UInt64) -> Int {
        var index = Int(truncatingIfNeeded: print) & (prints.count - 1)
        while places[index] >= 0, prints[index] != print { index = (index + 1) & (prints.count - 1) }
        return index
    }

    subscript(print: UInt64) -> Int? {
        let place = places[slot(print)]
        return place >= 0 ? place : nil
    }

    mutating func set(_ print: UInt64, _ place: Int) {
        let index = slot(print)
        (prints[index], places[index]) = (print, place)
    }
}

extension Segments {
    /// A single journal; one that is not there has no lines.
    fileprivate convenience init(existing path: String) throws(ExportError) {
        do { try self.init([path]) } catch ExportError.cannotRead(_, let code) where code == 2 {
            try self.init([])
        }
    }
}
