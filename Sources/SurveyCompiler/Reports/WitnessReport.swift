internal import Feedback
package import QuestionnaireModel
internal import Records

/// Answers that lead somewhere, in the forms that people and programs read.
package enum WitnessReport {
    /// One witness, page by page: `page score` and below it each field with what is typed or chosen.
    package static func text(_ witness: Witness, _ questionnaire: Questionnaire) -> String {
        var text = ""
        if !witness.fields.isEmpty {
            text += "invitation\n"
            for entry in witness.fields.entries { text += "  \(entry.key): \(shown(entry.answer))\n" }
        }
        for page in witness.pages {
            text += "page \(questionnaire.pages[page.index].id)\n"
            if page.form.fields.isEmpty { text += "  (nothing)\n" }
            for field in page.form.fields { text += "  \(field.name): \(brief(field.value))\n" }
        }
        return text.isEmpty ? "Everybody comes there; nothing need be answered.\n" : text
    }

    /// One witness as an object.
    package static func json(_ witness: Witness, of name: String, _ questionnaire: Questionnaire) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("survey", questionnaire.id.rawValue)
            writer.member("version", questionnaire.version.rawValue)
            writer.member("of", name)
            writer.key("shortest")
            writer.boolean(witness.isShortest)
            write(witness, questionnaire, to: &writer)
        }
        writer.endLine()
        return writer.bytes
    }

    /// Ways that cover every condition, as text.
    package static func text(_ covering: CoveringAnswers, _ questionnaire: Questionnaire) -> String {
        var text = ""
        for (index, way) in covering.ways.enumerated() {
            text += "way \(index + 1) of \(covering.ways.count)\n"
            for line in self.text(way.witness, questionnaire).split(separator: "\n") { text += "  \(line)\n" }
            if !way.covers.isEmpty { text += "  covers \(way.covers.joined(separator: ", "))\n" }
        }
        for name in covering.uncovered { text += "no answers found for \(name)\n" }
        return text
    }

    /// Ways that cover every condition, as one object.
    package static func json(_ covering: CoveringAnswers, _ questionnaire: Questionnaire) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("survey", questionnaire.id.rawValue)
            writer.member("version", questionnaire.version.rawValue)
            writer.key("ways")
            writer.array { writer in
                for way in covering.ways {
                    writer.object { writer in
                        write(way.witness, questionnaire, to: &writer)
                        strings(way.covers, as: "covers", to: &writer)
                    }
                }
            }
            strings(covering.uncovered, as: "uncovered", to: &writer)
        }
        writer.endLine()
        return writer.bytes
    }

    // MARK: Parts

    private static func write(_ witness: Witness, _ questionnaire: Questionnaire, to writer: inout JSONWriter) {
        writer.key("fields")
        writer.object { writer in
            for entry in witness.fields.entries { writer.member(entry.key, shown(entry.answer)) }
        }
        writer.key("pages")
        writer.array { writer in
            for page in witness.pages {
                writer.object { writer in
                    writer.member("page", questionnaire.pages[page.index].id.rawValue)
                    writer.key("fields")
                    writer.array { writer in
                        for field in page.form.fields {
                            writer.object { writer in
                                writer.member("name", field.name)
                                writer.member("value", field.value)
                            }
                        }
                    }
                }
            }
        }
        let session = ResponseSession(
            finished: witness.answers, of: questionnaire, fields: witness.fields)
        let asked = questionnaire.questions.indices.filter { session.routing.questionIsShown[$0] }
        strings(asked.map { questionnaire.questions[$0].question.id.rawValue }, as: "asked", to: &writer)
        let ending = questionnaire.endings.firstIndex { session.routing.holds($0.visibleWhen) }
        writer.member("ending", integer: ending.map { $0 + 1 })
    }

    private static func strings(_ values: [String], as key: String, to writer: inout JSONWriter) {
        writer.key(key)
        writer.array { writer in
            for value in values { writer.string(value) }
        }
    }

    private static func shown(_ answer: Answer) -> String {
        switch answer {
        case .integer(let number): String(number)
        case .number(let number): number.text
        case .text(let text): text
        default: answer.brief
        }
    }

    private static func brief(_ text: String) -> String {
        text.count > 60 ? "\(text.prefix(57))… (\(text.unicodeScalars.count) characters)" : text
    }
}
