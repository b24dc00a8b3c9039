internal import Diagnostics
internal import Feedback
internal import Markup

extension PipedText {
    /// Reads an element's text: white space folded as in HTML, `{name|fallback}` as pipes, `{{` as a brace.
    init(_ element: MarkupElement, _ source: inout SurveySource) {
        var parts: [Part] = []
        var words = ""
        var pendingSpace = false
        func put(_ character: Character) {
            if character.isWhitespace, character != "\u{A0}", character != "\u{202F}" {
                pendingSpace = !(words.isEmpty && parts.isEmpty)
                return
            }
            if pendingSpace { words.append(" ") }
            pendingSpace = false
            words.append(character)
        }
        for case .text(let run) in element.children {
            var rest = run.value[...]
            while let character = rest.popFirst() {
                if character == "{", rest.first == "{" {
                    rest.removeFirst()
                    put("{")
                } else if character == "{" {
                    guard let end = rest.firstIndex(of: "}"), let pipe = Self.pipe(rest[..<end], at: run.range) else {
                        source.report(
                            .brokenPipe, at: run.range, "A brace opens here but no {name} or {name|fallback} follows.",
                            help: "Write {contact.name|there}, or {{ for a brace itself.")
                        put(character)
                        continue
                    }
                    if pendingSpace { words.append(" ") }
                    pendingSpace = false
                    if !words.isEmpty { parts.append(.words(words)) }
                    words = ""
                    parts.append(pipe)
                    rest = rest[rest.index(after: end)...]
                } else {
                    put(character)
                }
            }
        }
        if !words.isEmpty { parts.append(.words(words)) }
        self.init(parts: parts)
    }

    private static func pipe(_ inside: Substring, at range: Range<Int>) -> Part? {
        let halves = inside.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let name = halves[0]
        let isName = name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
            QuestionID(String($0)) != nil
        }
        guard isName else { return nil }
        return .pipe(name: String(name), fallback: halves.count > 1 ? String(halves[1]) : nil, range: range)
    }
}
