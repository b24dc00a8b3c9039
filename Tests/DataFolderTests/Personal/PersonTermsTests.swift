import DataFolder
import Feedback
import FeedbackTestSupport
import Records
import Testing

@Suite("Finding a person in what others typed")
struct PersonTermsTests {
    private func terms(_ id: String, _ people: (name: String?, email: String?)...) throws -> PersonTerms {
        let id = try contactID(id)
        return PersonTerms(
            id,
            people.map { person in
                var line = ContactLine(id: id)
                (line.name, line.email) = (person.name, person.email)
                return line
            })
    }

    /// What is found, as the text with certain finds in brackets and possible ones in braces.
    private func marked(_ terms: PersonTerms, _ text: String) -> String {
        var result = text
        for hit in terms.hits(in: text).reversed() {
            let (left, right) = hit.isCertain ? ("[", "]") : ("{", "}")
            result.replaceSubrange(hit.range, with: left + text[hit.range] + right)
        }
        return result
    }

    @Test(
        "whole names and addresses are certain, a single name is possible, a part of another word is nothing",
        arguments: [
            ("Ask Maria Lopez about it", "Ask [Maria Lopez] about it"),
            ("MARIA  LOPEZ!", "[MARIA  LOPEZ]!"),
            ("maria\u{00A0}lópez", "[maria\u{00A0}lópez]"),
            ("Lopez, Maria said so", "[Lopez, Maria] said so"),
            ("Maria Lopez's desk, Maria Lopezen", "[Maria Lopez]'s desk, [Maria Lopezen]"),
            ("mail Maria.L@Acme.example, now", "mail [Maria.L@Acme.example], now"),
            ("xmaria.l@acme.example is somebody else", "xmaria.l@acme.example is somebody else"),
            ("Maria was kind", "{Maria} was kind"),
            ("Ave Mariaaa, and Sanmaria", "Ave {Mariaaa}, and Sanmaria"),
            ("L\u{200B}opez and Ｌｏｐｅｚ", "{L\u{200B}opez} and {Ｌｏｐｅｚ}"),
            ("contact c-4711 please", "contact [c-4711] please"),
            ("order c-47110", "order c-47110"),
            ("Everything was fine.", "Everything was fine."),
            ("", ""),
        ])
    func latin(_ text: String, _ expected: String) throws {
        let terms = try terms("c-4711", ("Maria Lopez", "maria.l@acme.example"))
        #expect(marked(terms, text) == expected)
    }

    @Test("canonically equivalent texts are the same, and accents are no difference")
    func composed() throws {
        let terms = try terms("c1", ("José Núñez", nil), ("Nguyễn Thị Hòa", nil))
        for text in [
            "José Núñez", "Jose\u{301} Nu\u{301}n\u{303}ez", "jose nunez", "NGUYEN THI HOA",
            "Nguye\u{302}\u{303}n Thi\u{323} Ho\u{300}a",
        ] {
            #expect(terms.hits(in: text).map(\.isCertain) == [true], "\(text)")
        }
    }

    @Test("other scripts: inflected, without spaces, composed in two ways")
    func scripts() throws {
        let bengali = try terms("c2", ("তারিক হাসান", nil))
        #expect(marked(bengali, "তারিক হাসানকে বলুন") == "[তারিক হাসানকে] বলুন")
        #expect(marked(bengali, "তারিক ভালো") == "{তারিক} ভালো")
        let han = try terms("c3", ("王 小明", nil))
        #expect(marked(han, "请问王 小明在吗") == "请问[王 小明]在吗")
        let german = try terms("c4", ("Jürgen Groß", nil))
        #expect(marked(german, "JÜRGEN GROSS und Juergen") == "[JÜRGEN GROSS] und Juergen")
        let hangul = try terms("c5", ("\u{AE40} \u{CCA0}\u{C218}", nil))
        #expect(
            hangul.hits(in: "\u{1100}\u{1175}\u{11B7} \u{110E}\u{1165}\u{11AF}\u{1109}\u{116E}").map(\.isCertain) == [
                true
            ])
    }

    @Test("nothing of the person is left in a redacted text, and all of the rest is")
    func redaction() throws {
        let terms = try terms("c-4711", ("Maria Lopez", "maria.l@acme.example"))
        #expect(
            terms.redacted("Maria Lopez (maria.l@acme.example), ask for Maria.")
                == "[erased] ([erased]), ask for [erased].")
        var random = SeededGenerator(seed: 7)
        let words = [
            "Maria", "maria", "LOPEZ", "Lopez", "was", "late", "é", "!", "Mário", "ma", "\n", "maria.l@acme.example",
        ]
        for _ in 0..<500 {
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in words.randomElement(using: &random) ?? ""
            }
            .joined(separator: Bool.random(using: &random) ? " " : "")
            let redacted = terms.redacted(text)
            #expect(terms.hits(in: redacted).isEmpty, "\(text) became \(redacted)")
            if terms.hits(in: text).isEmpty { #expect(redacted == text) }
        }
    }
}
