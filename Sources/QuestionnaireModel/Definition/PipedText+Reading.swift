internal import Diagnostics
internal import Feedback
internal import Markup

extension PipedText {
    /// Reads an element's text: white space folded as in HTML, `{name|fallback}` as pipes, `{{` as a brace.
    init(_ element: MarkupElement, _ source: inout SurveySource) {
        var reading = Reading()
        for case .text(let run) in element.children { reading.read(run, &source) }
        reading.flush()
        self.init(parts: reading.parts)
    }

    /// What has been read of a text so far.
    private struct Reading {
        var parts: [Part] = []
        private var words: [UInt8] = []
        /// Folded space is written when something follows it, so that none stands at either end.
        private var isSpacePending = false
        /// The longest pipe, with its fallback.
        private static let mostBytes = 300

        mutating func read(_ run: MarkupText, _ source: inout SurveySource) {
            let bytes = Array(run.value.utf8)
            var written: WrittenText?
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D {
                    isSpacePending = !(words.isEmpty && parts.isEmpty)
                    index += 1
                } else if byte != UInt8(ascii: "{") {
                    put(byte)
                    index += 1
                } else if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "{") {
                    put(byte)
                    index += 2
                } else {
                    let places = written ?? WrittenText(run.range, of: source.text.bytes, count: bytes.count)
                    written = places
                    index = pipe(at: index, bytes, places, &source)
                }
            }
        }

        mutating func flush() {
            if !words.isEmpty { parts.append(.words(String(decoding: words, as: UTF8.self))) }
            words.removeAll(keepingCapacity: true)
        }

        private mutating func put(_ byte: UInt8) {
            if isSpacePending { words.append(0x20) }
            isSpacePending = false
            words.append(byte)
        }

        /// Reads a pipe and returns the index behind it; what is none is reported and stays as written.
        private mutating func pipe(
            at start: Int, _ bytes: [UInt8], _ places: WrittenText, _ source: inout SurveySource
        ) -> Int {
            // Bounded, so that a file full of open braces is not searched to its end for each.
            let reach = bytes[start..<min(start + Self.mostBytes, bytes.count)]
            guard let end = reach.firstIndex(of: UInt8(ascii: "}")),
                let (name, fallback) = Self.halves(bytes[(start + 1)..<end])
            else {
                source.report(
                    .brokenPipe, at: places.place(of: start..<start + 1),
                    "A brace opens here but no {name} or {name|fallback} follows.",
                    help: "Write {contact.name|there}, or {{ for a brace itself.")
                put(bytes[start])
                return start + 1
            }
            if isSpacePending { words.append(0x20) }
            isSpacePending = false
            flush()
            parts.append(.pipe(name: name, fallback: fallback, range: places.place(of: start..<end + 1)))
            return end + 1
        }

        private static func halves(_ inside: ArraySlice<UInt8>) -> (name: String, fallback: String?)? {
            if inside.contains(UInt8(ascii: "{")) { return nil }
            let halves = inside.split(separator: UInt8(ascii: "|"), maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(decoding: halves[0], as: UTF8.self)
            let isName = name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
                QuestionID(String($0)) != nil
            }
            guard isName else { return nil }
            return (name, halves.count > 1 ? String(decoding: halves[1], as: UTF8.self) : nil)
        }
    }
}
