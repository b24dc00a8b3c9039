internal import Feedback
internal import QuestionnaireModel

/// What conditions and pipes may name: questions and fields.
struct Names {
    /// What one name stands for.
    struct Symbol {
        let reference: Reference
        /// The type; nil when its own element is wrong, so that nothing more is said of it.
        let type: ValueType?
        let domain: AnswerDomain
        /// The page it is asked on; nil for fields.
        let page: Int?
        /// The position in the draft's questions; nil for fields.
        let question: Int?
    }

    /// What a computed value is, once it has been read.
    struct Computed {
        /// Its expression over questions and fields; nil when something in it is wrong, which is said there.
        let typed: TypedExpression?
        /// What it reads, others that it names included.
        let references: [Reference]
    }

    private(set) var computed: [String: Computed] = [:]
    private(set) var symbols: [String: Symbol] = [:]
    /// Names that were written where one is declared, but badly; conditions that read them are not blamed again.
    private(set) var spoiled: Set<String> = []

    /// The codes of questions with many options, so that a thousand conditions need not read a thousand codes each.
    private var codeSets: [String: Set<String>] = [:]

    /// Keeps the first of a name.
    mutating func declare(_ name: String, _ symbol: Symbol) {
        guard symbols[name] == nil else { return }
        symbols[name] = symbol
        switch symbol.type {
        case .choice(let codes) where codes.count > 50: codeSets[name] = Set(codes)
        case .set(let codes) where codes.count > 50: codeSets[name] = Set(codes)
        default: break
        }
    }

    /// Whether a question has an option of a code, given all its codes.
    func has(_ code: String, in codes: [String], of name: String) -> Bool {
        codeSets[name]?.contains(code) ?? codes.contains(code)
    }

    /// Keeps a computed value, unless a question or field has its name.
    mutating func define(_ name: String, _ value: Computed) {
        if symbols[name] == nil { computed[name] = value }
    }

    mutating func spoil(_ name: String) { spoiled.insert(name) }

    subscript(name: String) -> Symbol? { symbols[name] }

    subscript(reference: Reference) -> Symbol? { symbols[reference.name] }

    /// The declared name, or one of some others, nearest to a word; nothing in a survey too large to be searched for
    /// each.
    func nearest(to word: String, or others: [String] = []) -> String? {
        symbols.count <= 2000 ? nearestName(word, among: Array(symbols.keys) + Array(computed.keys) + others) : nil
    }
}
