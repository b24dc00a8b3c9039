internal import Diagnostics
internal import Feedback
internal import QuestionnaireModel
internal import Records

extension SurveyDiff {
    /// A line for every element, with its places in both files and what changed below it.
    package var text: String {
        var text = ""
        for change in changes {
            let places = [change.old, change.new].compactMap(\.self).map { "\($0.file):\($0.line)" }
            let direction = change.old == nil ? "new at " : change.new == nil ? "was at " : ""
            text += "\(change.verdict.words): \(change.element) \(change.name.visible)"
            text += " (\(direction)\(places.joined(separator: " → ")))\n"
            for reason in change.reasons { text += "    \(reason.visible)\n" }
        }
        return text
    }

    /// How many elements there are of each verdict, in one line.
    package var summary: String {
        let counts = Verdict.allCases.reversed().compactMap { verdict in
            let count = changes(verdict).count
            return count == 0 ? nil : "\(count) \(count == 1 ? "element" : "elements"): \(verdict.words)"
        }
        return "\(old.title) → \(new.title): " + counts.joined(separator: ", ")
    }

    /// The same for programs.
    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            for (name, version) in [("old", old), ("new", new)] {
                writer.key(name)
                writer.object { writer in
                    writer.member("file", version.text.file)
                    writer.member("id", version.questionnaire.id.rawValue)
                    writer.member("version", version.questionnaire.version.rawValue)
                }
            }
            writer.member("verdict", verdict.rawValue)
            writer.key("changes")
            writer.array { writer in
                for change in changes { Self.write(change, to: &writer) }
            }
        }
        writer.endLine()
        return writer.bytes
    }

    private static func write(_ change: Change, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("element", change.element)
            writer.member("name", change.name)
            writer.member("verdict", change.verdict.rawValue)
            for (name, place) in [("old", change.old), ("new", change.new)] {
                writer.key(name)
                guard let place else {
                    writer.null()
                    continue
                }
                writer.object { writer in
                    writer.member("file", place.file)
                    writer.member("line", integer: place.line)
                }
            }
            writer.key("reasons")
            writer.array { writer in
                for reason in change.reasons { writer.string(reason) }
            }
        }
    }
}

extension SurveyDiff.Version {
    fileprivate var title: String { "\(questionnaire.id) version \(questionnaire.version)" }
}
