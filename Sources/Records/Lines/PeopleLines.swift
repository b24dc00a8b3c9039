package import Feedback

/// One line of `accounts.jsonl`; the last line of an id is the whole record.
package struct AccountLine: RecordLine {
    /// The account's id in the customer's own systems.
    package var id: AccountID
    /// Its name.
    package var name: String?
    /// Its tier, such as `gold`.
    package var tier: String?
    /// The CSM who keeps it.
    package var manager: String?
    /// What it pays a year, in whole units of its currency and parts.
    package var annualValue: DecimalNumber?
    /// ISO 4217 code of the annual value.
    package var currency: String?
    /// The next renewal date.
    package var renewal: LocalDate?
    /// Customer since.
    package var since: LocalDate?
    /// When the line was written; always known when absent.
    package var recorded: Timestamp?
    /// Keys written by others, kept as they are.
    package var unknown: [JSONValue.Member] = []

    /// An account of which only the id is known.
    package init(id: AccountID) { self.id = id }

    package init(_ value: JSONValue) throws(LineError) {
        id = try value.required("id", AccountID.init)
        name = try value.optional("name") { $0 }
        tier = try value.optional("tier") { $0 }
        manager = try value.optional("manager") { $0 }
        currency = try value.optional("currency") { $0 }
        renewal = try value.optional("renewal") { LocalDate($0) }
        since = try value.optional("since") { LocalDate($0) }
        recorded = try value.optional("recorded") { Timestamp($0) }
        annualValue = try Self.amount(value["annualValue"])
        unknown = value.unknown(besides: [
            "id", "name", "tier", "manager", "annualValue", "currency", "renewal", "since", "recorded",
        ])
    }

    private static func amount(_ value: JSONValue?) throws(LineError) -> DecimalNumber? {
        guard let value, value != .null else { return nil }
        guard case .number(let text) = value, let number = DecimalNumber(text) else {
            throw LineError("\"annualValue\" is not a number")
        }
        return number
    }

    package func write(_ writer: inout JSONWriter) {
        writer.member("id", id.rawValue)
        writer.member("name", name)
        writer.member("tier", tier)
        writer.member("manager", manager)
        if let annualValue {
            writer.key("annualValue")
            writer.raw(annualValue.text)
        }
        writer.member("currency", currency)
        writer.member("renewal", renewal?.description)
        writer.member("since", since?.description)
        writer.member("recorded", recorded?.description)
        for member in unknown {
            writer.key(member.key)
            writer.value(member.value)
        }
    }
}

/// One line of `contacts.jsonl`; the last line of an id is the whole record.
package struct ContactLine: RecordLine {
    /// The contact's id in the customer's own systems.
    package var id: ContactID
    /// The account they belong to.
    package var account: AccountID?
    /// Their name, never written into a response.
    package var name: String?
    /// Where mail reaches them.
    package var email: String?
    /// Their part in the account's decisions.
    package var role: ContactRole?
    /// The language they are asked in.
    package var language: LanguageTag?
    /// When the line was written; always known when absent.
    package var recorded: Timestamp?
    /// Keys written by others, kept as they are.
    package var unknown: [JSONValue.Member] = []

    /// A contact of whom only the id is known.
    package init(id: ContactID) { self.id = id }

    package init(_ value: JSONValue) throws(LineError) {
        id = try value.required("id", ContactID.init)
        account = try value.optional("account", AccountID.init)
        name = try value.optional("name") { $0 }
        email = try value.optional("email") { $0 }
        role = try value.optional("role", ContactRole.init(rawValue:))
        language = try value.optional("language", LanguageTag.init)
        recorded = try value.optional("recorded") { Timestamp($0) }
        unknown = value.unknown(besides: ["id", "account", "name", "email", "role", "language", "recorded"])
    }

    package func write(_ writer: inout JSONWriter) {
        writer.member("id", id.rawValue)
        writer.member("account", account?.rawValue)
        writer.member("name", name)
        writer.member("email", email)
        writer.member("role", role?.rawValue)
        writer.member("language", language?.rawValue)
        writer.member("recorded", recorded?.description)
        for member in unknown {
            writer.key(member.key)
            writer.value(member.value)
        }
    }
}
