import Feedback
import FeedbackTestSupport
import QuestionnaireModel
import SurveyPages
import Testing

/// The pages that ask nothing: endings and notices.
@Suite struct OtherPagesTests {
    @Test(arguments: Words.all.map(\.language)) func noticesSpeakEveryLanguage(_ tag: String) throws {
        let language = try #require(LanguageTag(tag))
        for kind in NoticePage.Kind.allCases {
            var notice = NoticePage(kind, language: language)
            notice.action = "/unsubscribe/x\"><script>"
            let page = try checkPage(notice.render())
            #expect(page.all("html").first?["lang"] == tag)
            #expect(page.all("h1").first?.text == page.all("title").first?.text)
            #expect(page.all("form").map { $0["action"] } == (kind == .unsubscribe ? [notice.action] : []))
        }
    }

    @Test func noticesInALanguageWeDoNotSpeakAreEnglish() throws {
        let swahili = LanguageTag("sw") ?? .english
        let page = try checkPage(NoticePage(.notFound, language: swahili).render())
        #expect(page.all("html").first?["lang"] == "en")
    }

    @Test(arguments: Fixtures.shipped) func endingsOfShippedSurveysAreWhole(_ name: String) throws {
        let survey = try Fixtures.shippedSurvey(name)
        for language in survey.profile.languages {
            for ending in survey.endings {
                var page = EndingPage(
                    questionnaire: survey, language: language, routing: Routing(survey, answers: Answers(), fields: [:])
                )
                page.ending = ending
                page.unsubscribePath = "/unsubscribe/x"
                let read = try checkPage(page.render())
                let message = ending.message.filled(in: language) { _ in nil }
                #expect(read.all("p").contains { $0.text == message })
                for link in read.all("a") where link["class"] == "offer" {
                    #expect(link["href"]?.hasPrefix("https://") == true && link["rel"] == "noopener noreferrer")
                }
            }
        }
    }

    @Test func offersLeadOnlyToSecureAddresses() throws {
        let survey = try Fixtures.survey("<page id=\"p\"><nps id=\"q\"><prompt>P</prompt></nps></page>")
        let label = try #require(survey.endings.first).message
        var page = EndingPage(
            questionnaire: survey, language: .english, routing: Routing(survey, answers: Answers(), fields: [:]))
        let addresses = [
            "https://a.example/?a=1&b=\"2", "http://a.example", "javascript:alert(1)", "https://a\u{A}b", "//a", nil,
        ]
        page.ending = Ending(
            visibleWhen: nil, message: label, offers: addresses.map { Offer(kind: .review, href: $0, label: nil) })
        let read = try checkPage(page.render())
        #expect(read.all("a").map { $0["href"] } == ["https://a.example/?a=1&b=\"2"])
        #expect(read.all("a").first?.text == "Write a review")
        page.ending = nil
        #expect(try checkPage(page.render()).all("h1").first?.text == "Thank you")
    }
}
