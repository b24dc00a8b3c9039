internal import Feedback
internal import Journal
internal import Records

/// Rewrites an export of stored lines (`--format jsonl`).
struct LinesRewriting: ExportRewriting {
    private let scrub: LineScrub
    private(set) var outcome = ExportOutcome()

    static func isOwn(_ beginning: ArraySlice<UInt8>) -> Bool { beginning.starts(with: "{\"v\":1,\"id\":\"".utf8) }

    init(_ scrub: LineScrub) { self.scrub = scrub }

    mutating func take(_ line: ArraySlice<UInt8>) -> [UInt8] {
        var survey: SurveyID?
        var id: ResponseID?
        _ = LineOutline.scan(line) { key, value in
            if line[key].elementsEqual("survey".utf8) {
                survey = SurveyID(String(decoding: line[value], as: UTF8.self))
            } else if line[key].elementsEqual("id".utf8) {
                id = ResponseID(String(decoding: line[value], as: UTF8.self))
            }
        }
        guard let survey else { return line + [0x0A] }
        let fate = scrub.fate(of: .responses(survey), line)
        if let id { outcome.note(isTouched: fate != .keep, isOurs: scrub.holds(survey, id)) }
        switch fate {
        case .keep: return line + [0x0A]
        case .replace(let other):
            outcome.changed += 1
            return other + [0x0A]
        case .drop:
            outcome.removed += 1
            return []
        }
    }

    mutating func finish() -> [UInt8] { [] }
}
