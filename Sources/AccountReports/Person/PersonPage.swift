internal import Feedback
internal import Markup
package import Records

/// Everything that is held on a person, as one page that stands alone and can be handed to them.
///
/// It is drawn from the record's JSON, so that the page says neither less nor more than that.
package struct PersonPage: Sendable {
    private let record: JSONValue

    /// The page of a record.
    package init(_ record: JSONValue) { self.record = record }

    /// The page as HTML.
    package func render() -> [UInt8] {
        Workspace().page(title: "What is held on \(name)", mainClass: "text") { html in
            html.element("h1") { html in
                html.text("What is held on ")
                html.element("bdi", text: name)
            }
            let made = text("made").flatMap { Timestamp($0) }.map(NumberWords.moment) ?? ""
            html.element("p", ["class": "sub"], text: "As of \(made) · contact \(text("contact") ?? "")")
            tiles(&html)
            lines("contacts", "Who they are", "Every version of their record, as it was imported or changed.", &html)
            answers("responses", "What they answered", "Every revision, with the words of the questions.", &html)
            answers("drafts", "What they began to answer", "Pages sent of responses that were not finished.", &html)
            lines("invitations", "What they were asked", "Personal links that were made for them.", &html)
            lines("events", "What happened", "Purchases, tickets and the like in which they are named.", &html)
            lines("cases", "What was done about it", "Cases that were opened by their answers.", &html)
            mentions(&html)
            suppressions(&html)
            lines("audit", "Who looked at it, and what was done", "The audit journal, where it names them.", &html)
            copies(&html)
        }
    }

    private var name: String {
        record["names"]?.array?.first?.string ?? text("contact") ?? ""
    }

    private func text(_ key: String) -> String? { record[key]?.string }

    private func count(_ key: String) -> Int { record[key]?.array?.count ?? 0 }

    private func tiles(_ html: inout HTMLWriter) {
        html.element("ul", ["class": "tiles", "aria-label": "Summary"]) { html in
            for (name, count, words) in [
                ("Responses", count("responses"), "lines, every revision"),
                ("Invitations", count("invitations"), "lines, every state"),
                ("Said about them", count("mentions"), "texts of others"),
            ] {
                html.element("li", ["class": "tile"]) { html in
                    html.element("h2", text: name)
                    html.element("p", text: NumberWords.whole(count))
                    html.element("small", text: words)
                }
            }
        }
    }

    private func section(
        _ title: String, _ words: String, _ html: inout HTMLWriter, _ content: (inout HTMLWriter) -> Void
    ) {
        html.element("section", ["class": "card"]) { html in
            html.element("h2", text: title)
            html.element("p", ["class": "sub"], text: words)
            content(&html)
        }
    }

    /// Lines as they stand, key by key.
    private func lines(_ key: String, _ title: String, _ words: String, _ html: inout HTMLWriter) {
        guard let lines = record[key]?.array, !lines.isEmpty else { return }
        section(title, words, &html) { html in
            for line in lines {
                html.element("div", ["class": "flag i"]) { html in
                    html.element("h3", text: line["place"]?.string ?? "")
                    members(line["line"]?.members ?? [], &html)
                }
            }
        }
    }

    private func answers(_ key: String, _ title: String, _ words: String, _ html: inout HTMLWriter) {
        guard let lines = record[key]?.array, !lines.isEmpty else { return }
        section(title, words, &html) { html in
            for line in lines {
                let stored = line["line"] ?? .null
                let language = stored["language"]?.string
                html.element("div", ["class": "flag i"]) { html in
                    html.element("h3", ["dir": "auto"], text: line["survey"]?.string ?? stored["survey"]?.string ?? "")
                    html.element("p", text: line["place"]?.string ?? "")
                    html.element("dl", ["class": "answers"]) { html in
                        for question in line["questions"]?.array ?? [] {
                            html.element(
                                "dt", ["lang": language, "dir": "auto"],
                                text: question["asked"]?.string ?? question["id"]?.string ?? "")
                            html.element(
                                "dd", ["lang": language, "dir": "auto"], text: Self.words(question["answer"] ?? .null))
                        }
                    }
                    html.element("details") { html in
                        html.element("summary", text: "What is kept beside the answers")
                        members((stored.members ?? []).filter { $0.key != "answers" }, &html)
                    }
                }
            }
        }
    }

    private func mentions(_ html: inout HTMLWriter) {
        guard let mentions = record["mentions"]?.array, !mentions.isEmpty else { return }
        section("What others said about them", "Texts that hold their name or address, or may.", &html) { html in
            for mention in mentions {
                html.element("blockquote", ["dir": "auto"]) { html in
                    html.text(mention["text"]?.string ?? "")
                    let kind = mention["certain"]?.boolean == true ? "names them" : "may mean somebody else"
                    html.element("footer", text: "\(mention["id"]?.string ?? "") · \(kind)")
                }
            }
        }
    }

    private func suppressions(_ html: inout HTMLWriter) {
        let isSuppressed = record["isSuppressed"]?.boolean == true
        section(
            "Whether they are asked",
            isSuppressed ? "They have opted out and are never asked again." : "They have not opted out.", &html
        ) { html in
            for line in record["suppressions"]?.array ?? [] { members(line["line"]?.members ?? [], &html) }
        }
    }

    /// Where else they occur: exports, torn lines, lines that cannot be read.
    private func copies(_ html: inout HTMLWriter) {
        let exports = record["exports"]?.array ?? []
        let others = ["quarantine", "unreadable"].flatMap { record[$0]?.array ?? [] }.compactMap(\.string)
        if exports.isEmpty, others.isEmpty { return }
        section("Where else they occur", "Files made from the above, and remains of writes that failed.", &html) {
            html in
            html.element("ul") { html in
                for export in exports {
                    let records = export["records"]?.integer ?? 0
                    let problem =
                        export["problem"]?.string.map { ", \($0)" } ?? ": \(NumberWords.count(records, "record"))"
                    html.element("li", text: (export["path"]?.string ?? "") + problem)
                }
                for other in others { html.element("li", text: other) }
            }
        }
    }

    private func members(_ members: [JSONValue.Member], _ html: inout HTMLWriter) {
        html.element("dl", ["class": "answers"]) { html in
            for member in members {
                html.element("dt", text: member.key)
                html.element("dd", ["dir": "auto"], text: Self.words(member.value))
            }
        }
    }

    /// A stored value as a person reads it.
    private static func words(_ value: JSONValue) -> String {
        switch value {
        case .null: "none"
        case .boolean(let truth): truth ? "yes" : "no"
        case .number(let text), .string(let text): text
        case .array(let elements): elements.map(words).joined(separator: ", ")
        case .object(let members): members.map { "\($0.key): \(words($0.value))" }.joined(separator: "; ")
        }
    }
}
