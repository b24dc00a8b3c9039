internal import Feedback
internal import Markup
internal import QuestionnaireModel

/// A page on which nothing has been typed, cut where it differs from customer to customer.
///
/// The page is drawn once with marks (U+0001, kind, name, U+0003, fallback, U+0002) in those places; no text of a
/// survey can
/// hold these characters, since XML 1.0 cannot (section 2.2, `Char`).
struct PageTemplate: Sendable {
    /// What is filled in at a cut.
    enum Hole: Sendable, Equatable {
        /// The form's path.
        case action
        /// The further hidden fields.
        case hidden
        /// Where "Not you?" leads.
        case notYou
        /// Where "Stop asking me" leads.
        case unsubscribe
        /// A name's value, else the author's fallback, already escaped.
        case pipe(name: String, fallback: [UInt8])
    }

    private let pieces: [(bytes: [UInt8], hole: Hole?)]
    private let size: Int

    /// The mark for a hole.
    static func mark(_ kind: Character, name: String = "", fallback: String = "") -> String {
        "\u{1}\(kind)\(name)\u{3}\(fallback)\u{2}"
    }

    /// A text with a mark for every pipe.
    static func marked(_ text: LocalizedText, in language: LanguageTag) -> String {
        (text.version(in: language)?.text.parts ?? []).reduce(into: "") { result, part in
            switch part {
            case .words(let words): result += words
            case .pipe(let name, let fallback, _): result += mark("p", name: name, fallback: fallback ?? "")
            }
        }
    }

    /// Cuts a page drawn with marks.
    init(marked bytes: [UInt8]) {
        var pieces: [(bytes: [UInt8], hole: Hole?)] = []
        var rest = bytes[...]
        while let start = rest.firstIndex(of: 1), let end = rest[start...].firstIndex(of: 2) {
            let inside = rest[(start + 1)..<end]
            let halves = inside.dropFirst().split(separator: 3, maxSplits: 1, omittingEmptySubsequences: false)
            let hole: Hole =
                switch inside.first {
                case UInt8(ascii: "a"): .action
                case UInt8(ascii: "h"): .hidden
                case UInt8(ascii: "n"): .notYou
                case UInt8(ascii: "u"): .unsubscribe
                default: .pipe(name: String(decoding: halves[0], as: UTF8.self), fallback: Array(halves.last ?? []))
                }
            pieces.append((Array(rest[..<start]), hole))
            rest = rest[(end + 1)...]
        }
        pieces.append((Array(rest), nil))
        self.pieces = pieces
        size = bytes.count
    }

    /// The page for one customer.
    func filled(for page: SurveyPage) -> [UInt8] {
        var html = HTMLWriter(reserving: size + 1024)
        let filler = page.filler
        for piece in pieces {
            html.trusted(piece.bytes)
            switch piece.hole {
            case nil: break
            case .action: html.text(page.action)
            case .hidden: PageWriter.write(hidden: page.hidden, into: &html)
            case .notYou: html.text(page.notYouPath ?? "")
            case .unsubscribe: html.text(page.unsubscribePath ?? "")
            case .pipe(let name, let fallback):
                if let words = filler.lookup(name) { html.text(words) } else { html.trusted(fallback) }
            }
        }
        return html.bytes
    }
}
