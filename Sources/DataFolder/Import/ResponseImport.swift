package import Feedback
internal import Markup
package import QuestionnaireModel
package import Records

/// Turns rows into responses, each checked as the survey's own form would check it (DESIGN section 6).
///
/// A pure value: rows in, response lines or rejects out. What is new and what is a revision the data folder decides.
package struct ResponseImport: Sendable {
    /// Columns that no question can be called.
    package static let reservedColumns = ["id", "submitted", "account", "contact", "role", "language", "wave"]
    /// Further keys of heed's own lines, which are read over: what they say is decided anew.
    static let ownKeys = [
        "v", "revision", "survey", "version", "recorded", "complete", "channel", "started", "offers", "orders",
    ]

    /// What a column is read as.
    enum Target: Sendable, Equatable {
        /// One of the reserved columns.
        case reserved(String)
        /// A form field: a question's id, `id.other`, or `id.item` for a row of a matrix.
        case form(String)
        /// A declared field.
        case field(String)
        /// An object of answers or of fields by name, as heed's own lines have them.
        case answers, fields
        /// A key of heed's own lines that says nothing here.
        case ignored
    }

    private let questionnaire: Questionnaire
    private let targets: [String: Target]
    private let now: Timestamp
    private let accountOf: @Sendable (ContactID) -> AccountID?
    private var identity: RowIdentity

    /// Prepares an import into a survey's version; refuses columns that mean nothing, and maps to nowhere.
    ///
    /// `map` leads from columns to questions; `accountOf` knows the account of a contact where a row names none.
    package init(
        _ questionnaire: Questionnaire, columns: [String], map: [(column: String, name: String)] = [], now: Timestamp,
        file: String, accountOf: @escaping @Sendable (ContactID) -> AccountID? = { _ in nil }
    ) throws(FolderError) {
        self.questionnaire = questionnaire
        self.now = now
        self.accountOf = accountOf
        identity = RowIdentity(questionnaire.id.rawValue)
        targets = try Self.targets(questionnaire, columns, map, file)
    }

    /// The response of a row, or why there is none.
    package mutating func read(_ row: ImportRecord) throws(Reject) -> ResponseLine {
        var form = FormFields()
        var fields = Answers()
        var own: [String: String] = [:]
        for cell in row.cells {
            switch targets[cell.key] {
            case .reserved(let name): own[name] = try row.text(cell.key)
            case .form(let name): try append(cell.value, as: name, to: &form, row)
            case .field(let name): try set(field: name, cell.value, &fields, row)
            case .answers: try appendAnswers(cell, to: &form, row)
            case .fields: try setFields(cell, &fields, row)
            case .ignored, nil: break
            }
        }
        if let survey = row["survey"]?.string, targets["survey"] == .ignored, survey != questionnaire.id.rawValue {
            throw Reject(row.line, "survey: this row belongs to \"\(Escaping.visible(survey))\"")
        }
        fields = Answers(
            questionnaire.fields.compactMap { declared in
                fields[declared.name].map { .init(key: declared.name, answer: $0) }
            })
        // A column that cannot be read is reported with the line.
        let day = AnsweringDay(at: own["submitted"].flatMap(ImportRecord.moment) ?? now)
        let (answers, isComplete) = try answers(form, fields, row, day)
        return try line(row, own, answers, fields, isComplete: isComplete)
    }

    // MARK: Answers

    /// Decodes every question as a posted page would be, and refuses answers to questions that are not asked.
    private func answers(
        _ form: FormFields, _ fields: Answers, _ row: ImportRecord, _ day: AnsweringDay
    ) throws(Reject) -> (
        Answers, isComplete: Bool
    ) {
        var entries: [Answers.Entry] = []
        for question in questionnaire.questions.map(\.question) {
            switch question.type.decode(form, id: question.id) {
            case .none: break
            case .answers(let answers):
                let own = answers.first { $0.key == question.id.rawValue }?.answer
                if let own, let kind = question.type.problem(with: own, on: day) {
                    throw Reject(row.line, "\(question.id): \(kind.words(for: given(form, question)))")
                }
                entries += answers
            case .problem(let kind):
                throw Reject(row.line, "\(question.id): \(kind.words(for: given(form, question)))")
            }
        }
        let given = Answers(entries)
        if given.isEmpty { throw Reject(row.line, "there is no answer in this row") }
        let routing = Routing(questionnaire, answers: given, fields: ResponseSession.values(fields, questionnaire))
        if let entry = given.entries.first(where: { routing.answers[$0.key] == nil }) {
            throw Reject(row.line, "\(entry.key): \(notAsked(entry.key))")
        }
        for entry in given.entries where routing.answers[entry.key] != entry.answer {
            throw Reject(row.line, "\(entry.key): an option that is not offered beside these answers")
        }
        for page in questionnaire.pages.indices {
            for problem in routing.unmetChecks(on: page) {
                throw Reject(row.line, "\(problem.question): \(problem.kind.words(for: ""))")
            }
        }
        let isComplete = questionnaire.pages.indices.allSatisfy { routing.missing(on: $0).isEmpty }
        return (routing.answers, isComplete)
    }

    /// What a row gave for a question: its values, those of its rows, or the codes it ranks.
    private func given(_ form: FormFields, _ question: Question) -> String {
        let values = form.fields.compactMap { field -> String? in
            if field.name == question.id.rawValue { return field.value }
            guard let part = question.id.part(of: field.name) else { return nil }
            return switch question.type.domain {
            case .orders: part
            case .rows: field.value
            default: nil
            }
        }
        return values.joined(separator: ";")
    }

    private func notAsked(_ key: String) -> String {
        guard let id = QuestionID(String(key.prefix { $0 != "." })), let index = questionnaire.index(of: id) else {
            return "this is not asked"
        }
        let (question, page) = questionnaire.questions[index]
        let condition = question.visibleWhen ?? questionnaire.pages[page].visibleWhen
        return condition.map { "this is only asked when \($0.source)" } ?? "this is not asked"
    }

    // MARK: Cells

    /// A cell as form values: a list's values as they are, a text as the question's type reads tables.
    private func append(_ value: JSONValue, as name: String, to form: inout FormFields, _ row: ImportRecord)
        throws(Reject)
    {
        let id = QuestionID(name)
        if let text = value.cellText {
            let text = text.withLineFeeds
            if let id, let question = questionnaire.question(id) {
                form.fields += question.type.formFields(cell: text, id: id)
            } else {
                form.append(name, text)
            }
        } else if case .array(let elements) = value {
            try append(elements, as: name, to: &form, row)
        } else if let id, let question = questionnaire.question(id), let answer = Answer(value) {
            let fields = question.type.formFields(for: Answers([.init(key: name, answer: answer)]), id: id)
            if fields.isEmpty { throw Reject(row.line, "\(name): an object is no answer to this question") }
            form.fields += fields
        } else {
            throw Reject(row.line, "\(name): an object is no answer to this question")
        }
    }

    /// A list of codes: in an order that counts, or as a box is ticked for each.
    private func append(_ elements: [JSONValue], as name: String, to form: inout FormFields, _ row: ImportRecord)
        throws(Reject)
    {
        let codes = elements.compactMap { $0.cellText?.withLineFeeds }
        guard codes.count == elements.count else { throw Reject(row.line, "\(name): this is not a list of codes") }
        if let id = QuestionID(name), let question = questionnaire.question(id), case .orders = question.type.domain {
            form.fields += question.type.formFields(for: Answers([.init(key: name, answer: .list(codes))]), id: id)
        } else {
            for code in codes { form.append(name, code) }
        }
    }

    private func appendAnswers(_ cell: JSONValue.Member, to form: inout FormFields, _ row: ImportRecord) throws(Reject)
    {
        guard let members = cell.value.members else {
            throw Reject(row.line, "answers: this is not an object of answers by question")
        }
        for member in members {
            guard case .form(let name)? = Self.target(of: member.key, questionnaire) else {
                throw Reject(row.line, "\(Escaping.visible(member.key)): the survey has no such question")
            }
            try append(member.value, as: name, to: &form, row)
        }
    }

    private func setFields(_ cell: JSONValue.Member, _ fields: inout Answers, _ row: ImportRecord) throws(Reject) {
        guard let members = cell.value.members else {
            throw Reject(row.line, "fields: this is not an object of values by name")
        }
        for member in members {
            guard questionnaire.fields.contains(where: { $0.name == member.key }) else {
                throw Reject(row.line, "\(Escaping.visible(member.key)): the survey declares no such field")
            }
            try set(field: member.key, member.value, &fields, row)
        }
    }

    private func set(field name: String, _ value: JSONValue, _ fields: inout Answers, _ row: ImportRecord)
        throws(Reject)
    {
        guard let declared = questionnaire.fields.first(where: { $0.name == name }) else { return }
        if let answer = try row.answer(to: declared, value) { fields[name] = answer }
    }

    // MARK: The line

    private mutating func line(
        _ row: ImportRecord, _ own: [String: String], _ answers: Answers, _ fields: Answers, isComplete: Bool
    ) throws(Reject) -> ResponseLine {
        let written = try own["id"].flatMap { $0.isEmpty ? nil : $0 }.map { text throws(Reject) in
            guard let id = ResponseID(text) else {
                throw Reject(row.line, "id: \(ImportRecord.shown(text)) is not 1 to 64 letters, digits, - or _")
            }
            return id
        }
        let isAnonymous = questionnaire.profile.privacy == .anonymous
        var submitted = try row.value(own["submitted"], "submitted", Expected.moment, ImportRecord.moment) ?? now
        if isAnonymous { submitted = Timestamp(startOf: submitted.date) }
        var response = ResponseLine(
            id: written ?? identity.makeID(row), survey: questionnaire.id, version: questionnaire.version,
            submitted: submitted,
            isComplete: isComplete, answers: answers)
        response.fields = fields
        response.channel = .import
        response.language = try row.value(own["language"], "language", Expected.language, LanguageTag.init)
        response.wave = try row.value(own["wave"], "wave", "a name of at most 64 characters") {
            $0.unicodeScalars.count <= 64 ? $0 : nil
        }
        let contact = try row.value(own["contact"], "contact", Expected.foreignKey, ContactID.init)
        let account = try row.value(own["account"], "account", Expected.foreignKey, AccountID.init)
        let role = try row.value(own["role"], "role", Expected.role, ContactRole.init(rawValue:))
        guard !isAnonymous || (contact == nil && account == nil && role == nil) else {
            throw Reject(row.line, "this survey is anonymous: nothing about who answered may be imported with it")
        }
        response.contact = contact
        response.account = account ?? contact.flatMap(accountOf)
        response.role = role
        return response
    }
}

extension ImportRecord {
    /// The checked value of a cell's text; nil where it is absent or empty.
    func value<T>(_ text: String?, _ column: String, _ expected: String, _ make: (String) -> T?) throws(Reject) -> T? {
        guard let text, !text.isEmpty else { return nil }
        guard !text.hasForbiddenCharacter, let value = make(text) else {
            throw Reject(line, "\(column): \(Self.shown(text)) is not \(expected)")
        }
        return value
    }
}

extension String {
    /// The text with every line end as LF, as a browser's form is read.
    var withLineFeeds: String {
        utf8.contains(UInt8(ascii: "\r")) ? replacing("\r\n", with: "\n").replacing("\r", with: "\n") : self
    }
}
