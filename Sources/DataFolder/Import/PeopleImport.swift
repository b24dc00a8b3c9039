package import Feedback
internal import Markup
package import QuestionnaireModel
package import Records

/// Turns rows into accounts: an absent column keeps what is there, an empty cell clears it.
package enum AccountImport {
    /// The columns, as DESIGN section 5 names the keys.
    package static let columns = ["id", "name", "tier", "manager", "annualValue", "currency", "renewal", "since"]

    /// The id of a row's account.
    package static func id(_ row: ImportRecord) throws(Reject) -> AccountID { try row.identifier("id", AccountID.init) }

    /// The account as the row leaves it; `fields` are what published surveys want to know of it besides.
    package static func read(
        _ row: ImportRecord, current: AccountLine?, fields: [FieldDeclaration] = []
    ) throws(Reject) -> AccountLine {
        var account = if let current { current } else { AccountLine(id: try id(row)) }
        try row.set("name", &account.name) { $0 }
        try row.set("tier", &account.tier) { $0 }
        try row.set("manager", &account.manager) { $0 }
        try row.set("annualValue", &account.annualValue, "a number such as 12500 or 99.5") { DecimalNumber($0) }
        try row.set("currency", &account.currency, Expected.currency, ImportRecord.currency)
        try row.set("renewal", &account.renewal, Expected.date) { LocalDate($0) }
        try row.set("since", &account.since, Expected.date) { LocalDate($0) }
        for field in fields { try row.set(field, in: &account.unknown) }
        return account
    }
}

/// Turns rows into contacts: an absent column keeps what is there, an empty cell clears it.
package enum ContactImport {
    /// The columns, as DESIGN section 5 names the keys.
    package static let columns = ["id", "account", "name", "email", "role", "language"]

    /// The id of a row's contact.
    package static func id(_ row: ImportRecord) throws(Reject) -> ContactID { try row.identifier("id", ContactID.init) }

    /// The contact as the row leaves it; `fields` are what published surveys want to know of them besides.
    package static func read(
        _ row: ImportRecord, current: ContactLine?, fields: [FieldDeclaration] = []
    ) throws(Reject) -> ContactLine {
        var contact = if let current { current } else { ContactLine(id: try id(row)) }
        try row.set("account", &contact.account, Expected.foreignKey, AccountID.init)
        try row.set("name", &contact.name) { $0 }
        try row.set("email", &contact.email, "an address such as maria@example.org", ImportRecord.email)
        try row.set("role", &contact.role, Expected.role, ContactRole.init(rawValue:))
        try row.set("language", &contact.language, Expected.language, LanguageTag.init)
        for field in fields { try row.set(field, in: &contact.unknown) }
        return contact
    }
}

/// Turns rows into events; columns that events do not have become fields.
package enum EventImport {
    /// The columns, as DESIGN section 5 names the keys.
    package static let columns = [
        "id", "account", "contact", "kind", "at", "amount", "currency", "order", "product", "note",
    ]

    /// The event of a row; `id` is used where the row has none of its own.
    package static func read(_ row: ImportRecord, id: () -> String) throws(Reject) -> EventLine {
        var kind: EventKind?
        try row.set(
            "kind", &kind, "one of \(EventKind.allCases.map(\.rawValue).joined(separator: ", "))",
            EventKind.init(rawValue:))
        guard let kind else { throw Reject(row.line, "kind: this is missing; every event needs it") }
        var at: Timestamp?
        try row.set("at", &at, Expected.moment, ImportRecord.moment)
        guard let at else { throw Reject(row.line, "at: this is missing; every event needs it") }
        var own: String?
        try row.set("id", &own) { $0 }
        var event = EventLine(id: own ?? id(), kind: kind, at: at)
        try row.set("account", &event.account, Expected.foreignKey, AccountID.init)
        try row.set("contact", &event.contact, Expected.foreignKey, ContactID.init)
        try row.set("amount", &event.amount, "a number such as 120 or 99.5") { DecimalNumber($0) }
        try row.set("currency", &event.currency, Expected.currency, ImportRecord.currency)
        try row.set("order", &event.order) { $0 }
        try row.set("product", &event.product) { $0 }
        try row.set("note", &event.note) { $0 }
        for cell in row.cells where cell.key == "fields" || !columns.contains(cell.key) {
            try add(cell, to: &event.fields, row)
        }
        return event
    }

    private static func add(_ cell: JSONValue.Member, to fields: inout Answers, _ row: ImportRecord) throws(Reject) {
        // A line of heed's own has its fields in an object.
        if cell.key == "fields", let members = cell.value.members {
            for member in members { try add(member, to: &fields, row) }
            return
        }
        if let text = cell.value.cellText {
            if text.isEmpty { return }
            if text.hasForbiddenCharacter {
                throw Reject(row.line, "\(cell.key): this holds a character that cannot be stored")
            }
            if case .number = cell.value, let number = Answer(cell.value) {
                fields[cell.key] = number
            } else {
                fields[cell.key] = .text(text)
            }
        } else if let answer = Answer(cell.value) {
            fields[cell.key] = answer
        } else {
            throw Reject(row.line, "\(cell.key): this cannot be kept")
        }
    }
}

/// What a cell must hold, in words.
enum Expected {
    static let date = "a date such as 2026-11-21"
    static let moment = "a moment such as 2026-11-21T10:12:00Z, or a date such as 2026-11-21"
    static let currency = "a currency code such as EUR"
    static let language = "a language tag such as en or pt-br"
    static let foreignKey = "an id of 1 to 128 bytes without control characters"
    static let role = "one of \(ContactRole.allCases.map(\.rawValue).joined(separator: ", "))"
}

extension ImportRecord {
    /// The checked id of a row; every row needs one.
    func identifier<ID>(_ column: String, _ make: (String) -> ID?) throws(Reject) -> ID {
        guard let text = try text(column), !text.isEmpty else {
            throw Reject(line, "\(column): this is missing; every row needs it")
        }
        guard let id = make(text) else {
            throw Reject(line, "\(column): \(Self.shown(text)) is not \(Expected.foreignKey)")
        }
        return id
    }

    /// Sets a value from a cell: an absent column keeps it, an empty cell clears it.
    func set<T>(
        _ column: String, _ value: inout T?, _ expected: String = "text", _ make: (String) -> T?
    ) throws(Reject) {
        guard let text = try text(column) else { return }
        if text.isEmpty {
            value = nil
            return
        }
        if text.hasForbiddenCharacter { throw Reject(line, "\(column): this holds a character that cannot be stored") }
        guard let made = make(text) else { throw Reject(line, "\(column): \(Self.shown(text)) is not \(expected)") }
        value = made
    }

    /// Sets what a survey declared as a field: an absent column keeps it, an empty cell clears it.
    func set(_ field: FieldDeclaration, in members: inout [JSONValue.Member]) throws(Reject) {
        guard let cell = self[field.name] else { return }
        let place = members.firstIndex { $0.key == field.name }
        guard let value = try value(of: field, cell) else {
            if let place { members.remove(at: place) }
            return
        }
        if let place {
            members[place] = JSONValue.Member(field.name, value)
        } else {
            members.append(JSONValue.Member(field.name, value))
        }
    }

    private func value(of field: FieldDeclaration, _ cell: JSONValue) throws(Reject) -> JSONValue? {
        guard let answer = try answer(to: field, cell) else { return nil }
        switch answer {
        case .integer(let number): return .number(String(number))
        case .number(let number): return .number(number.text)
        case .text(let text): return .string(text)
        case .list, .consent, .grid: return nil
        }
    }

    /// What a cell says of a declared field; nil where it is empty.
    func answer(to field: FieldDeclaration, _ cell: JSONValue) throws(Reject) -> Answer? {
        guard let text = cell.cellText else {
            throw Reject(line, "\(field.name): this is a list or an object, not a single value")
        }
        if text.isEmpty { return nil }
        if text.hasForbiddenCharacter {
            throw Reject(line, "\(field.name): this holds a character that cannot be stored")
        }
        switch field.type {
        case .number:
            guard let number = DecimalNumber(text) else {
                throw Reject(line, "\(field.name): \(Self.shown(text)) is not a number such as 12 or 3.5")
            }
            return Int(number.text).map(Answer.integer) ?? .number(number)
        case .date:
            guard LocalDate(text) != nil else {
                throw Reject(line, "\(field.name): \(Self.shown(text)) is not \(Expected.date)")
            }
            return .text(text)
        default: return .text(text.withLineFeeds)
        }
    }

    /// A cell's text for a message: short, on one line, with nothing that could steer a terminal.
    static func shown(_ text: String) -> String {
        let short = text.unicodeScalars.count > 40 ? String(text.unicodeScalars.prefix(40)) + "…" : text
        return "\"\(Escaping.visible(short))\""
    }

    static func currency(_ text: String) -> String? {
        text.utf8.count == 3 && text.utf8.allSatisfy { (65...90).contains($0) } ? text : nil
    }

    /// A moment, or the first moment of a date in UTC.
    static func moment(_ text: String) -> Timestamp? {
        Timestamp(text) ?? LocalDate(text).map { Timestamp(startOf: $0) }
    }

    /// An address that mail could reach: one @ with something on both sides, no white space (RFC 5321 section 4.5.3.1
    /// for length).
    static func email(_ text: String) -> String? {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), (1...190).contains(parts[1].utf8.count),
            !text.contains(where: { $0.isWhitespace || "<>,;\"()".contains($0) })
        else { return nil }
        return text
    }
}
