internal import Feedback
internal import FeedbackTestSupport
import Testing

@testable import AccountReports
@testable import Analysis

/// The workspace's pages: whole, safe whatever is in the data, and with everything a CSM needs on them.
@Suite struct WorkspacePagesTests {
    private static let frame = Workspace(user: SampleReports.hostile, token: "t\"0", prefix: "/x")

    private static let pages: [(name: String, bytes: [UInt8])] = [
        ("sign in", SignInPage(Workspace(token: "t")).render()),
        (
            "wrong",
            SignInPage(Workspace(), problem: .wrong, user: SampleReports.hostile, next: "/accounts?q=\"").render()
        ),
        ("wait", SignInPage(Workspace(), problem: .tooMany(seconds: 61)).render()),
        (
            "accounts",
            AccountsPage(frame, SampleReports.report, filter: AccountFilter(search: "<i>", tier: "gold")).render()
        ),
        ("all accounts", AccountsPage(frame, SampleReports.report).render()),
        ("account", AccountPage(frame, SampleReports.detail).render()),
        ("results", ResultsPage(frame, SampleReports.results).render()),
        (
            "surveys",
            SurveysPage(
                frame,
                [
                    SurveyListItem(
                        id: sure(SurveyID("bank")), title: "Bank", version: sure(SurveyVersion("1")), isOpen: true,
                        kind: .relationship)
                ]
            ).render()
        ),
        ("no surveys", SurveysPage(frame, []).render()), ("not found", NoticePage(frame, .notFound).render()),
        ("forbidden", NoticePage(Workspace(), .forbidden).render()),
        ("busy", NoticePage(frame, .busy(seconds: 1)).render()),
        ("other", NoticePage(frame, .other(title: SampleReports.hostile, text: SampleReports.hostile)).render()),
    ]

    @Test func pagesAreWholeAndSafe() throws {
        for (name, bytes) in Self.pages {
            let page = try HTMLPage(bytes)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(page.all("script").isEmpty && page.all("style").count == 1, "\(name)")
            #expect(!text.contains("<script") && !text.contains(" style=") && !text.contains("onclick"), "\(name)")
            #expect(page.all("h1").count == 1 && page.all("main").count == 1 && page.all("title").count == 1, "\(name)")
            #expect(page.all("html").first?["lang"] == "en", "\(name)")
            // Every form that changes something carries the token.
            for form in page.all("form") where form["method"] == "post" && form["action"]?.hasSuffix("/logout") == true
            {
                #expect(text.contains("name=\"_token\" value=\"t&quot;0\""), "\(name)")
            }
        }
    }

    @Test func policyNamesTheStyle() {
        #expect(WorkspaceStyle.contentSecurityPolicy.contains("style-src 'sha256-"))
        #expect(!WorkspaceStyle.contentSecurityPolicy.contains("unsafe"))
        #expect(WorkspaceStyle.digest.count == "sha256-".count + 44)
    }

    @Test func accountsCanBeSoughtAndFiltered() {
        func found(_ filter: AccountFilter) -> [String] {
            SampleReports.report.accounts.filter(filter.takes).map(\.id.rawValue)
        }
        #expect(found(AccountFilter()).count == 4)
        #expect(found(AccountFilter(search: "NORTH")) == ["northwind"])
        #expect(found(AccountFilter(search: "nobody called")) == ["northwind"])
        #expect(found(AccountFilter(search: "কেস্ট্রেল")) == ["kestrel"])
        #expect(found(AccountFilter(flag: "person-fell")).count == 1)
        #expect(found(AccountFilter(manager: "Somebody else")).isEmpty)
        #expect(AccountFilter { ["q": "a", "flag": "b"][$0] } == AccountFilter(search: "a", flag: "b"))
    }

    @Test func accountPageSaysWhoWhyAndWhatNext() {
        let text = String(decoding: AccountPage(Self.frame, SampleReports.detail).render(), as: UTF8.self)
        for words in [
            "Why, and what would clear it", "Clears when Tom Berg answers 7 or more.", "Who has spoken", "was 8",
            "silent",
            "Whatever the others think, the account lies between -67 and +33", "What happened",
            "Call Tom Berg, who gave 2 on 19 Nov 2026.",
            "Do it before the renewal on 16 Dec 2026.",
        ] { #expect(text.contains(words), "\(words)") }
    }

    @Test func linksSurviveAnyId() {
        let path = Self.frame.path(of: sure(AccountID("a/b?c#d e%ü")))
        #expect(path == "/x/accounts/a%2Fb%3Fc%23d%20e%25%C3%BC")
        #expect(Self.frame.path(of: sure(AccountID(".."))) == "/x/accounts/%2E%2E")
    }

    @Test func numbersAsPeopleReadThem() {
        #expect(
            NumberWords.points(0.385) == "+39" && NumberWords.points(-0.385) == "-39"
                && NumberWords.points(-0.001) == "0")
        #expect(
            NumberWords.points(nil) == "–" && NumberWords.finePoints(-0.084) == "-8.4"
                && NumberWords.finePoints(-0.0001) == "0.0")
        #expect(
            NumberWords.decimal(0.05, places: 1) == "0.1" && NumberWords.decimal(-1234.567, places: 2) == "-1,234.57")
        #expect(NumberWords.money(84_000, "EUR") == "€ 84,000" && NumberWords.money(1250.5, "CHF") == "CHF 1,251")
        #expect(NumberWords.level(0.95) == "95 %" && NumberWords.level(0.999) == "99.9 %")
        #expect(
            NumberWords.count(1, "person", "people") == "1 person"
                && NumberWords.count(20_000, "account") == "20,000 accounts")
        for tenth in -2000...2000 {
            let text = NumberWords.decimal(Double(tenth) / 10, places: 1, signed: true)
            #expect(
                Double(text.replacing(",", with: "").replacing("+", with: "")) == Double(tenth) / 10
                    && !text.hasPrefix("-0.0"))
        }
    }
}
