import AccountReports
import LibXML
import Records
import Testing

@Suite("The page of everything held on a person")
struct PersonPageTests {
    private static let record = """
        {"contact":"maria-77","made":"2026-11-21T10:00:00.000Z","folder":"data","names":["Maria <b>Lopez</b>"],"addresses":["m@acme.example"],\
        "isSuppressed":true,"contacts":[{"place":"contacts.jsonl:1","line":{"id":"maria-77","name":"Maria <b>Lopez</b>","phone":"+49 1"}}],\
        "invitations":[],"drafts":[],"responses":[{"place":"responses/trip/2026-11.jsonl:4","survey":"Your trip","line":{"id":"r1","language":"ar",\
        "submitted":"2026-11-21T09:00:00.000Z","answers":{"recommend":3}},"questions":[{"id":"recommend","asked":"Would you?","answer":3},\
        {"id":"topics","answer":["price","speed"]},{"id":"gone","answer":{"given":true,"text":"3f"}}]}],"events":[],"cases":[],\
        "suppressions":[{"place":"suppressions.jsonl:1","line":{"key":"person:x","kind":"opt-out"}}],"audit":[],\
        "mentions":[{"id":"trip:r2#wish","text":"ask <script>Maria</script>","certain":false}],\
        "exports":[{"path":"exports/trip.xml","records":1},{"path":"exports/notes.txt","records":0,"problem":"heed did not make it"}],\
        "quarantine":["quarantine/drafts.2026-11.jsonl.9"],"unreadable":["accounts.jsonl:7"]}
        """

    private func page(_ json: String) throws -> String {
        String(decoding: PersonPage(try JSONParser.parse(json.utf8)).render(), as: UTF8.self)
    }

    @Test("says everything that the record does, and nothing of it as markup")
    func complete() throws {
        let page = try page(Self.record)
        for words in [
            "Maria &lt;b&gt;Lopez&lt;/b&gt;", "+49 1", "contacts.jsonl:1", "Your trip", "Would you?", "price, speed",
            "given: yes; text: 3f", "2026-11-21T09:00:00.000Z", "They have opted out", "opt-out",
            "ask &lt;script&gt;Maria&lt;/script&gt;", "trip:r2#wish", "may mean somebody else",
            "exports/trip.xml: 1 record",
            "exports/notes.txt, heed did not make it", "quarantine/drafts.2026-11.jsonl.9", "accounts.jsonl:7",
        ] { #expect(page.contains(words), "\(words) is missing") }
        #expect(!page.contains("<script"))
        #expect(page.contains("<dd lang=\"ar\" dir=\"auto\">3</dd>"))
    }

    @Test("of what there is none nothing is drawn")
    func empty() throws {
        let page = try page(
            #"{"contact":"x","made":"2026-11-21T10:00:00.000Z","names":[],"mentions":[],"contacts":[]}"#)
        #expect(page.contains("What is held on <bdi>x</bdi>"))
        #expect(page.contains("They have not opted out."))
        for title in ["What they answered", "Who they are", "What others said", "Where else"] {
            #expect(!page.contains(title))
        }
    }
}
