package import Feedback

/// One line of `events/`: something that happened in an account.
package struct EventLine: RecordLine {
    /// The event's id in the customer's own systems.
    package var id: String
    /// The account it happened in, if known.
    package var account: AccountID?
    /// The person it concerns, if known.
    package var contact: ContactID?
    /// What kind of thing happened.
    package var kind: EventKind
    /// When it happened.
    package var at: Timestamp
    /// Money, if any.
    package var amount: DecimalNumber?
    /// ISO 4217 code of the amount.
    package var currency: String?
    /// The order it belongs to, if any.
    package var order: String?
    /// The product it concerns, if any.
    package var product: String?
    /// A note, if any.
    package var note: String?
    /// Other columns of an import, as they came.
    package var fields: Answers = Answers()
    /// When the line was written; always known when absent.
    package var recorded: Timestamp?
    /// Keys written by others, kept as they are.
    package var unknown: [JSONValue.Member] = []

    /// Something that happened, of which only the kind and moment are known.
    package init(id: String, kind: EventKind, at: Timestamp) {
        self.id = id
        self.kind = kind
        self.at = at
    }

    package init(_ value: JSONValue) throws(LineError) {
        id = try value.required("id") { $0.isEmpty ? nil : $0 }
        account = try value.optional("account", AccountID.init)
        contact = try value.optional("contact", ContactID.init)
        kind = try value.required("kind", EventKind.init(rawValue:))
        at = try value.required("at") { Timestamp($0) }
        currency = try value.optional("currency") { $0 }
        order = try value.optional("order") { $0 }
        product = try value.optional("product") { $0 }
        note = try value.optional("note") { $0 }
        recorded = try value.optional("recorded") { Timestamp($0) }
        if case .number(let text)? = value["amount"] { amount = DecimalNumber(text) }
        fields = value["fields"].flatMap(Answers.init) ?? Answers()
        unknown = value.unknown(besides: [
            "id", "account", "contact", "kind", "at", "amount", "currency", "order", "product", "note", "fields",
            "recorded",
        ])
    }

    package func write(_ writer: inout JSONWriter) {
        writer.member("id", id)
        writer.member("account", account?.rawValue)
        writer.member("contact", contact?.rawValue)
        writer.member("kind", kind.rawValue)
        writer.member("at", at.description)
        if let amount {
            writer.key("amount")
            writer.raw(amount.text)
        }
        writer.member("currency", currency)
        writer.member("order", order)
        writer.member("product", product)
        writer.member("note", note)
        if !fields.isEmpty {
            writer.key("fields")
            writer.answers(fields)
        }
        writer.member("recorded", recorded?.description)
        for member in unknown {
            writer.key(member.key)
            writer.value(member.value)
        }
    }
}
