internal import Feedback
internal import QuestionnaireModel

extension ResponseImport {
    /// What every column of a file is read as; refuses what means nothing, and two columns for one thing.
    static func targets(
        _ questionnaire: Questionnaire, _ columns: [String], _ map: [(column: String, name: String)], _ file: String
    ) throws(FolderError) -> [String: Target] {
        var targets: [String: Target] = [:]
        for (column, name) in map {
            guard columns.contains(column) else {
                let known = columns.prefix(20).joined(separator: ", ")
                throw FolderError(
                    .refused,
                    "--map \(column)=\(name): \(file) has no column \"\(column)\". It has \(known). Nothing was imported."
                )
            }
            if targets[column] != nil {
                throw FolderError(.refused, "--map names the column \"\(column)\" twice. Nothing was imported.")
            }
            guard let target = target(of: name, questionnaire) else {
                try ColumnCheck.refuseUnknown(
                    [name], known: names(questionnaire), file: "--map \(column)=\(name)", advice: advice(questionnaire))
                continue
            }
            targets[column] = target
        }
        for column in columns where targets[column] == nil { targets[column] = target(of: column, questionnaire) }
        let unknown = columns.filter { targets[$0] == nil }
        if unknown.count < columns.count || !unknown.isEmpty {
            try ColumnCheck.refuseUnknown(
                unknown, known: names(questionnaire).filter { !columns.contains($0) || unknown.contains($0) },
                file: file,
                advice: advice(questionnaire))
        }
        try refuseRepeats(columns, targets, file)
        guard columns.isEmpty || targets.values.contains(where: \.isAnswer) else {
            throw FolderError(
                .refused,
                "\(file): No column is a question of \"\(questionnaire.id)\". \(advice(questionnaire)) Nothing was imported."
            )
        }
        return targets
    }

    private static func refuseRepeats(_ columns: [String], _ targets: [String: Target], _ file: String)
        throws(FolderError)
    {
        var taken: [(target: Target, column: String)] = []
        for column in columns {
            guard let target = targets[column], target != .ignored else { continue }
            if let other = taken.first(where: { $0.target == target }) {
                throw FolderError(
                    .refused,
                    "\(file): The columns \"\(other.column)\" and \"\(column)\" are both \(target.words). Keep one. Nothing was imported."
                )
            }
            taken.append((target, column))
        }
    }

    /// What a name stands for: a reserved column, a question, the text beside an option, or a declared field.
    static func target(of name: String, _ questionnaire: Questionnaire) -> Target? {
        if reservedColumns.contains(name) { return .reserved(name) }
        // A matrix has a column a row, every other question one of its own.
        if let id = QuestionID(name), let question = questionnaire.question(id), question.type.domain != .none {
            return .form(name)
        }
        if let id = QuestionID(String(name.prefix { $0 != "." })), let item = id.part(of: name),
            questionnaire.question(id)?.type.items.contains(where: { $0.code == item }) == true
        {
            return .form(name)
        }
        if questionnaire.fields.contains(where: { $0.name == name }) { return .field(name) }
        if name.hasSuffix(".other"), let id = QuestionID(String(name.dropLast(6))),
            questionnaire.question(id)?.type.options.contains(where: \.takesText) == true
        {
            return .form(name)
        }
        if name == "answers" { return .answers }
        if name == "fields" { return .fields }
        return ownKeys.contains(name) ? .ignored : nil
    }

    private static func names(_ questionnaire: Questionnaire) -> [String] {
        let questions = questionnaire.questions.map(\.question).filter { $0.type.domain != .none }
        let others = questions.filter { $0.type.options.contains(where: \.takesText) }.map { $0.id.rawValue + ".other" }
        let columns = questions.flatMap { question in
            question.type.items.isEmpty
                ? [question.id.rawValue] : question.type.items.map { "\(question.id).\($0.code)" }
        }
        return reservedColumns + columns + others + questionnaire.fields.map(\.name)
    }

    private static func advice(_ questionnaire: Questionnaire) -> String {
        "Columns are called as the questions and fields of \"\(questionnaire.id)\", or led there by --map COLUMN=QUESTION."
    }
}

extension ResponseImport.Target {
    fileprivate var isAnswer: Bool {
        switch self {
        case .form, .answers: true
        case .reserved, .field, .fields, .ignored: false
        }
    }

    fileprivate var words: String {
        switch self {
        case .reserved(let name), .form(let name), .field(let name): "\"\(name)\""
        case .answers: "\"answers\""
        case .fields: "\"fields\""
        case .ignored: "read over"
        }
    }
}
