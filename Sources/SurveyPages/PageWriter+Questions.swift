internal import Feedback
internal import Markup
internal import QuestionnaireModel

extension PageWriter {
    /// A question's block: fieldset and legend for a group of controls, label for a single one, words for a statement.
    mutating func write(_ entry: PageFrame.Entry) {
        let (question, presence) = (entry.question, entry.presence)
        let id = question.id.rawValue
        html.open("div", ["class": "ask", "id": "_" + id])
        if presence == .drawn { Self.hiddenField("_drawn", id, into: &html) }
        let problem = page.problems.first { $0.question == question.id }
        let described = [question.help.map { _ in "_\(id).help" }, problem.map { _ in "_\(id).problem" }]
            .compactMap(\.self).joined(separator: " ")
        let describedBy = described.isEmpty ? nil : described
        switch (question.type.domain, question.type.isGroup) {
        case (.none, _):
            html.open("p", ["id": id, "class": "say"])
            write(question.prompt)
            html.close("p")
            writeHelp(question)
        case (_, true):
            html.open("fieldset", ["id": id, "tabindex": "-1", "aria-describedby": describedBy])
            html.open("legend")
            writePrompt(question)
            html.close("legend")
            writeHelp(question)
            write(problem, question)
            draw(entry, describedBy: describedBy, isInvalid: problem != nil)
            html.close("fieldset")
        case (_, false):
            html.open("label", ["for": id, "class": "prompt"])
            writePrompt(question)
            html.close("label")
            writeHelp(question)
            write(problem, question)
            draw(entry, describedBy: describedBy, isInvalid: problem != nil)
        }
        html.close("div")
    }

    private mutating func writePrompt(_ question: Question) {
        write(question.prompt)
        guard question.isRequired else { return }
        html.markup(" ")
        // A single control says it by `aria-required`; a group of controls only by this word.
        html.element(
            "span",
            [
                "class": "need", "aria-hidden": question.type.isGroup ? nil : "true", "lang": ours.lang,
                "dir": ours.direction,
            ],
            text: words(.required))
    }

    private mutating func writeHelp(_ question: Question) {
        guard let help = question.help else { return }
        html.open("p", ["class": "hint", "id": "_\(question.id.rawValue).help"])
        write(help)
        html.close("p")
    }

    private mutating func draw(_ entry: PageFrame.Entry, describedBy: String?, isInvalid: Bool) {
        let question = entry.question
        var type = question.type
        if question.isShuffled || !question.optionConditions.isEmpty {
            let order = page.response.map { OptionOrder.codes(of: question, seed: $0) }
            type = type.offering((order ?? type.offered.map(\.code)).filter { entry.options.contains($0) })
        }
        type.draw(
            QuestionDrawing(
                id: question.id, language: page.language, words: words, fields: page.fields, describedBy: describedBy,
                isRequired: question.isRequired, isInvalid: isInvalid, today: page.today, styled: entry.styled,
                fill: fill),
            into: &html)
    }

    private mutating func write(_ problem: AnswerProblem?, _ question: Question) {
        guard let problem else { return }
        html.open("p", ["class": "wrong", "id": "_\(question.id.rawValue).problem"])
        write(sentenceFor: problem, question)
        html.close("p")
    }

    private func ownWords(for kind: AnswerProblem.Kind, _ question: Question) -> LocalizedText? {
        if case .unmet(let message) = kind { return message }
        return OwnMessage(kind).flatMap { question.messages[$0] }
    }

    /// What is wrong, in the author's own words if there are any.
    private mutating func write(sentenceFor problem: AnswerProblem, _ question: Question) {
        if let own = ownWords(for: problem.kind, question) {
            write(own)
            return
        }
        let exclusive = question.type.options.first { option in
            option.isExclusive && page.fields.values(question.id.rawValue).contains(option.code)
        }
        let sentence = problem.kind.sentence(in: words, exclusiveLabel: exclusive.map { fill($0.label) } ?? "")
        guard ours.lang != nil else {
            html.text(sentence)
            return
        }
        html.element("span", ["lang": ours.lang, "dir": ours.direction], text: sentence)
    }

    /// All problems above the questions, each a link to its place; browsers put the focus here.
    mutating func writeSummary() {
        let problems = page.problems.compactMap { problem in
            page.questionnaire.question(problem.question).map { (problem, $0) }
        }
        if problems.isEmpty { return }
        html.open("div", ["class": "problems", "id": "_problems", "role": "alert", "tabindex": "-1", "autofocus": ""])
        html.element("strong", ["lang": ours.lang, "dir": ours.direction], text: problemsHeading)
        html.open("ul")
        for (problem, question) in problems {
            html.open("li")
            html.open("a", ["href": "#" + question.id.rawValue])
            write(question.prompt)
            html.close("a")
            html.markup(" ")
            write(sentenceFor: problem, question)
            html.close("li")
        }
        html.close("ul")
        html.close("div")
    }

    /// What went wrong that is not the customer's doing, above everything else.
    mutating func writeNotice() {
        guard let notice = page.notice else { return }
        let (title, text): (Phrase, Phrase) =
            switch notice {
            case .busy: (.busyTitle, .busyText)
            case .onceMore: (.onceMoreTitle, .onceMoreText)
            }
        html.open("div", ["class": "problems", "role": "alert", "lang": ours.lang, "dir": ours.direction])
        html.element("strong", text: words(title))
        html.element("p", text: words(text))
        html.close("div")
    }

    /// Who asks, whose link it is, what happens with the answers, and the way out.
    mutating func writeFooter() {
        html.open("footer")
        if let sender = page.questionnaire.sender {
            html.element("p", ["lang": ours.lang, "dir": ours.direction], text: words(.askedBy, fill(sender)))
        }
        if page.questionnaire.pages.count > 1 {
            html.element("p", ["lang": ours.lang, "dir": ours.direction], text: words(.savedNote))
        }
        if page.isPersonalLink {
            html.element("p", ["lang": ours.lang, "dir": ours.direction], text: words(.resumeNote))
        }
        if let notice = page.questionnaire.privacyNotice {
            html.open("details")
            html.element("summary", ["lang": ours.lang, "dir": ours.direction], text: words(.privacy))
            html.open("p")
            write(notice)
            html.close("p")
            html.close("details")
        }
        let notYou = page.contactName == nil ? nil : page.notYouPath
        if notYou != nil || page.unsubscribePath != nil {
            html.open("p", ["class": "ways", "lang": ours.lang, "dir": ours.direction])
            if let notYou, let name = page.contactName {
                html.element(
                    "a", ["href": isTemplate ? PageTemplate.mark("n") : notYou],
                    text: words(
                        .notYou,
                        isTemplate
                            ? PageTemplate.mark("p", name: "contact.name")
                            : PipeFiller.isolated(name, on: page.language)))
            }
            if let unsubscribe = page.unsubscribePath {
                html.element(
                    "a", ["href": isTemplate ? PageTemplate.mark("u") : unsubscribe], text: words(.stopAsking))
            }
            html.close("p")
        }
        html.close("footer")
    }
}
