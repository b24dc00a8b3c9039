internal import Feedback

/// Parts of lines as words of eight bytes; held by the scanner, since reaching for a global costs more than comparing
/// with it.
struct LineWords: Sendable {
    let opening = ByteWords.word("{\"v\":1,\"")
    let id = ByteWords.word("id\":\"")

    // Keys without their first letter, up to eight bytes.
    let recorded = ByteWords.word("ecorded\"")
    let complete = ByteWords.word("omplete\"")
    let account = ByteWords.word("ccount\":")
    let contact = ByteWords.word("ontact\":")
    let role = ByteWords.word("ole\":\"")
    let wave = ByteWords.word("ave\":\"")
    let channel = ByteWords.word("hannel\":")
    let language = ByteWords.word("anguage\"")
    let started = ByteWords.word("tarted\":")
    let answers = ByteWords.word("nswers\":")

    let decisionMaker = (ByteWords.word("decision"), ByteWords.word("-maker\""))
    let influencer = (ByteWords.word("influenc"), ByteWords.word("er\""))
    let user = ByteWords.word("user\"")

    /// Every channel in quotes.
    let channels: [(word: UInt64, mask: UInt64, count: Int)] = ResponseChannel.allCases.map {
        let bytes = Array("\"\($0.rawValue)\"".utf8)
        return (bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }, ByteWords.mask(bytes.count), bytes.count)
    }
}
