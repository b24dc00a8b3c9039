import DataFolder
import Feedback
import FeedbackService
import Records
import Testing

/// A personal link from the first look to long after the end (DESIGN section 7).
@Suite struct PersonalSurveyTests {
    @Test func `two pages, saved one by one, then thanks, then already answered`() async throws {
        let service = try await TestService(deliverySurvey)
        let link = try await service.invite("maria", name: "Maria", to: .delivery)

        let first = try await service.get(link)
        #expect(
            first.status == 200 && first.text.contains("Would you recommend us?") && !first.text.contains("Satisfied?"))
        #expect(first["content-security-policy"]?.contains("default-src 'none'") == true)
        #expect(first["referrer-policy"] == "no-referrer" && first["cache-control"] == "no-store")
        #expect(first["x-robots-tag"]?.contains("noindex") == true && first["x-content-type-options"] == "nosniff")
        #expect(first["content-type"] == "text/html; charset=utf-8" && first["x-frame-options"] == "DENY")

        let next = try await service.post(link, ["_page": "score", "_in": "en", "recommend": "9", "_go": "next"])
        #expect(next.status == 303 && next.location == link)
        let second = try await service.get(link)
        #expect(second.text.contains("Satisfied?"))
        #expect(try service.responses(.delivery).isEmpty)

        let last = try await service.post(link, ["_page": "more", "_in": "en", "satisfaction": "4", "_go": "next"])
        #expect(last.status == 303 && last.location.hasPrefix(link))
        let thanks = try await service.get(last.location)
        #expect(thanks.status == 200 && thanks.text.contains("A promoter, thank you!"))

        let lines = try service.responses(.delivery)
        #expect(lines.count == 1)
        #expect(
            lines.first?.contact == ContactID("maria") && lines.first?.channel == .link
                && lines.first?.language == .english)
        #expect(
            lines.first?.answers
                == Answers([
                    .init(key: "recommend", answer: .integer(9)), .init(key: "satisfaction", answer: .integer(4)),
                ]))

        let later = try await service.get(link)
        #expect(later.status == 200 && later.text.contains("already answered") && !later.text.contains("<input"))
        let again = try await service.post(link, ["_page": "more", "_in": "en", "satisfaction": "4", "_go": "next"])
        #expect(again.status == 303)
        let other = try await service.post(link, ["_page": "more", "_in": "en", "satisfaction": "1", "_go": "next"])
        #expect(other.status == 409)
        #expect(try service.responses(.delivery).count == 1)
    }

    @Test func `a refused page comes back with everything typed, and nothing is stored`() async throws {
        let service = try await TestService(deliverySurvey)
        let link = try await service.invite("maria", to: .delivery)
        let missing = try await service.post(link, ["_page": "score", "_in": "en", "_go": "next"])
        #expect(missing.status == 422 && missing.text.contains("Please answer this question."))
        for score in ["-1", "11", "5.5", "１０", "1e1", "NaN", "07"] {
            let page = try await service.post(
                link, ["_page": "score", "_in": "en", "recommend": score, "reason": "<i>slow</i> & \"late\""])
            #expect(page.status == 422, "\(score)")
            #expect(page.text.contains("&lt;i&gt;slow&lt;/i&gt; &amp; &quot;late&quot;") && !page.text.contains("<i>"))
        }
        let id = try service.id(of: link)
        #expect(try service.folder.state(of: id, survey: .delivery) == .none)
    }

    @Test func `an answer to a question that is not shown is not stored`() async throws {
        let service = try await TestService(deliverySurvey)
        let link = try await service.invite("maria", to: .delivery)
        #expect(
            try await service.post(link, ["_page": "score", "recommend": "9", "reason": "left over"]).status == 303)
        #expect(try await service.post(link, ["_page": "more", "satisfaction": "5", "nonsense": "x"]).status == 303)
        #expect(try service.responses(.delivery).first?.answers.entries.map(\.key) == ["recommend", "satisfaction"])
    }

    @Test func `a question that the answers of its page open is drawn before the page is taken`() async throws {
        let service = try await TestService(deliverySurvey)
        let link = try await service.invite("maria", to: .delivery)
        _ = try await service.post(link, ["_page": "score", "_in": "en", "recommend": "5", "reason": "late"])
        let page = try await service.get(link)
        #expect(!page.text.contains("What did that cost you?"))
        let opened = try await service.post(
            link, ["_page": "more", "_in": "en", "satisfaction": "2", "days": "5", "_go": "next"])
        #expect(
            opened.status == 422 && opened.text.contains("What did that cost you?")
                && opened.text.contains("value=\"5\""))
        #expect(opened.isChecked("satisfaction", "2"))
        #expect(opened.hidden("_drawn") == "late")
        let sent = try await service.post(
            link,
            [
                "_page": "more", "_in": "en", "satisfaction": "2", "days": "5", "_drawn": "late", "late": "",
                "_go": "next",
            ])
        #expect(sent.status == 303)
        #expect(
            try service.responses(.delivery).first?.answers.entries.map(\.key) == [
                "recommend", "reason", "satisfaction", "days",
            ])
    }

    @Test func `back keeps what was typed without taking the page`() async throws {
        let service = try await TestService(deliverySurvey)
        let link = try await service.invite("maria", to: .delivery)
        _ = try await service.post(link, ["_page": "score", "_in": "en", "recommend": "7", "_go": "next"])
        let back = try await service.post(link, ["_page": "more", "_in": "en", "satisfaction": "3", "_go": "back"])
        #expect(back.status == 303 && back.location.contains("_page=score"))
        let first = try await service.get(back.location)
        #expect(first.isChecked("recommend", "7"))
        let changed = try await service.post(link, ["_page": "score", "_in": "en", "recommend": "10", "_go": "next"])
        let second = try await service.get(changed.location)
        #expect(second.text.contains("Satisfied?") && second.isChecked("satisfaction", "3"))
        #expect(try service.responses(.delivery).isEmpty)
    }

    @Test func `what going back would lose is said once`() async throws {
        let service = try await TestService(deliverySurvey)
        let link = try await service.invite("maria", to: .delivery)
        _ = try await service.post(link, ["_page": "score", "_in": "en", "recommend": "7", "_go": "next"])
        let said = try await service.post(link, ["_page": "more", "_in": "en", "days": "many", "_go": "back"])
        #expect(said.status == 422 && said.text.contains("many") && said.text.contains("Please write a number"))
        #expect(said.hidden("_warned") == "1")
        let gone = try await service.post(
            link, ["_page": "more", "_in": "en", "days": "many", "_warned": "1", "_go": "back"])
        #expect(gone.status == 303 && gone.location.contains("_page=score"))
    }

    @Test func `another language keeps what was typed`() async throws {
        let service = try await TestService(deliverySurvey)
        let link = try await service.invite("maria", to: .delivery)
        let turned = try await service.post(
            link, ["_page": "score", "_in": "en", "recommend": "4", "reason": "slow", "_language": "bn"])
        #expect(turned.status == 303)
        let page = try await service.get(turned.location)
        #expect(page.text.contains("সুপারিশ করবেন?") && page.isChecked("recommend", "4") && page.text.contains("slow"))
        #expect(page.text.contains("lang=\"bn\""))
        _ = try await service.post(link, ["_page": "score", "_in": "bn", "recommend": "4", "reason": "slow"])
        #expect(try await service.get(link).text.contains("সন্তুষ্ট?"))
    }

    @Test func `another language chosen on the way back stays, though nothing else changed`() async throws {
        let service = try await TestService(deliverySurvey)
        let link = try await service.invite("maria", to: .delivery)
        #expect(try await service.post(link, ["_page": "score", "_in": "en", "recommend": "9"]).status == 303)
        let bengali = try await service.post(
            link, ["_page": "score", "_in": "en", "recommend": "9", "_language": "bn"])
        #expect(try await service.get(bengali.location).text.contains("<html lang=\"bn\""))
        #expect(try await service.post(link, ["_page": "score", "_in": "bn", "recommend": "9"]).status == 303)
        #expect(try await service.get(link).text.contains("<html lang=\"bn\""))
    }

    @Test func `a page that the survey does not have finishes nothing, and what was typed comes back`() async throws {
        let service = try await TestService(deliverySurvey)
        let link = try await service.invite("maria", to: .delivery)
        _ = try await service.post(link, ["_page": "score", "_in": "en", "recommend": "9"])
        let page = try await service.post(link, ["_page": "zzz", "_in": "en", "satisfaction": "4"])
        #expect(page.status == 422 && page.isChecked("satisfaction", "4"))
        #expect(try await service.get(link).text.contains("Satisfied?"))
    }

    @Test func `the first view is in the language asked for, the contact's, or the browser's`() async throws {
        let service = try await TestService(deliverySurvey)
        let plain = try await service.invite("maria", to: .delivery)
        let bengali = try await service.invite("ines", to: .delivery, language: LanguageTag("bn"))
        #expect(try await service.get(plain).text.contains("<html lang=\"en\""))
        #expect(try await service.get(plain, [("Accept-Language", "fr, bn;q=0.8")]).text.contains("<html lang=\"bn\""))
        #expect(try await service.get(plain + "?_language=bn").text.contains("<html lang=\"bn\""))
        #expect(try await service.get(bengali).text.contains("<html lang=\"bn\""))
        #expect(try await service.get(bengali + "?_language=en").text.contains("<html lang=\"en\""))
    }

    @Test func `a score in the address is preset and records nothing`() async throws {
        let service = try await TestService(deliverySurvey)
        let link = try await service.invite("maria", to: .delivery)
        let page = try await service.get(link + "?recommend=9&reason=%3Cscript%3E")
        #expect(page.isChecked("recommend", "9") && !page.text.contains("<script"))
        #expect(!(try await service.get(link + "?recommend=11").text.contains(" checked")))
        let id = try service.id(of: link)
        #expect(try service.folder.state(of: id, survey: .delivery) == .none)
    }

    @Test func `pages cannot be skipped by the address`() async throws {
        let service = try await TestService(deliverySurvey)
        let link = try await service.invite("maria", to: .delivery)
        #expect(try await service.get(link + "?_page=more").text.contains("Would you recommend us?"))
        #expect(try await service.get(link + "?_page=nonsense").status == 200)
    }

    @Test func `every changed bit of a token leads to the same page as any other forgery`() async throws {
        let service = try await TestService(deliverySurvey, openSurvey)
        let link = try await service.invite("maria", to: .delivery)
        let token = Array(link.split(separator: "/")[2].utf8)
        let forged = try await service.get("/s/delivery/x")
        #expect(forged.status == 404)
        for index in token.indices {
            for bit in 0..<7 {
                var changed = token
                changed[index] ^= 1 << UInt8(bit)
                let name = String(decoding: changed.map { UInt8($0) }, as: UTF8.self)
                let path = "/s/delivery/" + TestService.encoded(name)
                let page = try await service.get(path)
                // The last character of base64 carries bits that no byte uses: such a spelling is refused as well.
                #expect(page.status == 404, "\(index) \(bit) \(name)")
                #expect(page.text == forged.text)
            }
        }
        let text = String(decoding: token, as: UTF8.self)
        for path in [
            "/s/open/\(text)", "/s/nothing/\(text)", "/unsubscribe/\(text)", "/s/delivery/\(text)A", "/s/delivery/",
            "/s/delivery",
            "/s/delivery/\(String(repeating: "A", count: 10_000))", "/s/Delivery/\(text)",
        ] {
            let page = try await service.get(path)
            #expect(page.status == 404 && page.text == forged.text, "\(path)")
        }
        #expect(try await service.post("/s/delivery/x", ["recommend": "9"]).status == 404)
    }

    @Test func `a closed survey says so kindly, and what was finished stays answered`() async throws {
        let service = try await TestService(deliverySurvey)
        let link = try await service.invite("maria", to: .delivery)
        let done = try await service.invite("ines", to: .delivery)
        _ = try await service.post(done, ["_page": "score", "recommend": "9"])
        _ = try await service.post(done, ["_page": "more", "satisfaction": "4"])
        try await service.folder.close(.delivery, by: "test")
        // What is published is looked at twenty times a second.
        try await Task.sleep(for: .milliseconds(100))
        #expect(try await service.get(link).status == 410)
        #expect(try await service.post(link, ["_page": "score", "recommend": "9"]).status == 410)
        #expect(try await service.get(done).status == 200)
    }

    @Test func `a link used sixteen times at once gives one response`() async throws {
        let service = try await TestService(openSurvey)
        let form = try await service.get("/s/open")
        let token = try #require(form.hidden("_form"))
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for score in 0..<16 {
                group.addTask {
                    try await service.post(
                        "/s/open", ["_page": "all", "_form": token, "recommend": String(score % 11)]
                    ).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.allSatisfy { $0 == 303 || $0 == 409 } && statuses.contains(303))
        #expect(try service.responses(.open).count == 1)
    }

    @Test func `stopping mail asks first and takes the one-click form of mail programs`() async throws {
        let service = try await TestService(deliverySurvey)
        let link = try await service.invite("maria", to: .delivery)
        let id = try service.id(of: link)
        let path = "/unsubscribe/" + service.folder.links.token(for: id, survey: .delivery, purpose: .unsubscribe)
        #expect(try await service.get(link).text.contains(path))
        let maria = try #require(ContactID("maria"))
        let contact = try #require(service.folder.contact(maria))
        #expect(try await service.get(path).status == 200)
        #expect(try !service.folder.isSuppressed(contact))
        #expect(try await service.post(path, ["List-Unsubscribe": "One-Click"]).status == 200)
        #expect(try service.folder.isSuppressed(contact))
        #expect(try await service.post(path, [:]).status == 200)
        #expect(try await service.get("/unsubscribe/x").status == 404)
    }
}
