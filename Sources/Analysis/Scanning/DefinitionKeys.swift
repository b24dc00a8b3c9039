internal import Feedback
internal import QuestionnaireModel

/// Keys in the order they are mostly written, ready to be compared eight bytes at a time.
struct KeyWords: Sendable {
    /// Words of every key as it stands in a line: `key":`.
    private var words: [UInt64] = []
    private var masks: [UInt64] = []
    private var firsts: [Int] = [0]
    private var lengths: [Int] = []

    /// How many keys there are.
    var count: Int { lengths.count }

    /// Adds a key behind the others.
    mutating func add(_ key: String) {
        let bytes = Array((key + "\":").utf8)
        for start in stride(from: 0, to: bytes.count, by: 8) {
            let part = bytes[start..<min(start + 8, bytes.count)]
            words.append(part.reversed().reduce(0) { $0 << 8 | UInt64($1) })
            masks.append(ByteWords.mask(part.count))
        }
        firsts.append(words.count)
        lengths.append(bytes.count)
    }

    /// The first key at or after a place in the order that stands at an offset, with the offset behind its colon.
    @inline(__always)
    func match(_ bytes: RawSpan, _ offset: Int, from first: Int) -> (key: Int, end: Int)? {
        var key = first
        while key < lengths.count {
            var word = firsts[key]
            let last = firsts[key + 1]
            var place = offset
            while word < last, ByteWords.word(bytes, place) & masks[word] == words[word] {
                word += 1
                place += 8
            }
            if word == last { return (key, offset + lengths[key]) }
            key += 1
        }
        return nil
    }
}

/// The keys that answers of one version stand under, in the order they are written.
struct DefinitionKeys: Sendable {
    private(set) var keys = KeyWords()
    /// The place of a key's question among the questionnaire's questions.
    private(set) var questions: [Int] = []
    /// Whether the reader wants the key's answers.
    private(set) var isWanted: [Bool] = []

    /// The keys of a questionnaire; `wanted` chooses whose answers are handed on.
    init(_ questionnaire: Questionnaire, wanted: (Question) -> Bool) {
        for (index, entry) in questionnaire.questions.enumerated() {
            add(entry.question.id.rawValue, index, wanted(entry.question))
            if entry.question.type.options.contains(where: \.takesText) {
                // The free text of an option is no answer of its own.
                add(entry.question.id.rawValue + ".other", index, false)
            }
        }
    }

    private mutating func add(_ key: String, _ question: Int, _ isWanted: Bool) {
        keys.add(key)
        questions.append(question)
        self.isWanted.append(isWanted)
    }
}
