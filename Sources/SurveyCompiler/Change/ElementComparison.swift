internal import Feedback
internal import Markup
internal import QuestionnaireModel

/// Judges what became of one element between two versions.
struct ElementComparison {
    /// One thing that changed, and what it does to answers.
    struct Finding {
        let verdict: SurveyDiff.Verdict
        let words: String

        init(_ verdict: SurveyDiff.Verdict, _ words: String) {
            self.verdict = verdict
            self.words = words
        }
    }

    let old: Questionnaire
    let new: Questionnaire

    init(_ old: Questionnaire, _ new: Questionnaire) {
        self.old = old
        self.new = new
    }

    /// What changed of an element; nil on one side where it was added or taken out.
    func findings(_ key: ListedElement.Key, _ before: MarkupElement?, _ after: MarkupElement?) -> [Finding] {
        guard let before else { return [Finding(.same, added(key))] }
        guard let after else { return removed(key) }
        let ours =
            switch key.kind {
            case "survey": survey
            case "field": field(key.name)
            case "let": computed(key.name)
            case "page": page(key.name)
            case "question": QuestionID(key.name).map { question($0) } ?? []
            case "option", "row": answer(key)
            default: [Finding]()
            }
        return ours + WrittenChanges.between(before, after).map { Finding(.same, $0) }
    }

    // MARK: Added and taken out

    private func added(_ key: ListedElement.Key) -> String {
        guard key.kind == "question", let question = QuestionID(key.name).flatMap({ new.question($0) }) else {
            return "is new"
        }
        let asked = words(question.prompt, new)
        let namesake = old.questions.map(\.question).first { other in
            new.question(other.id) == nil && words(other.prompt, old) == asked
        }
        return namesake.map { "is new, with the words of \($0.id): keep the id \"\($0.id)\" if it asks the same" }
            ?? "is new"
    }

    private func removed(_ key: ListedElement.Key) -> [Finding] {
        switch key.kind {
        case "question":
            guard let question = QuestionID(key.name).flatMap({ old.question($0) }), question.type.domain != .none
            else {
                return [Finding(.same, "was taken out; nothing is stored under it")]
            }
            return [Finding(.breaksAnswers, "was taken out, and answers are stored under its id")]
        case "option", "row":
            let isWhole = key.question.flatMap { QuestionID($0) }.map { new.question($0) == nil } ?? true
            if isWhole { return [Finding(.same, "was taken out with its question")] }
            return [Finding(.breaksAnswers, "was taken out, and answers are stored under \"\(key.code ?? "")\"")]
        case "field": return [Finding(.breaksAnswers, "was taken out, and responses hold values under it")]
        case "let": return [Finding(.breaksTrend, "was taken out; what was told apart by it no longer is")]
        default: return [Finding(.same, "was taken out")]
        }
    }

    // MARK: The survey and its names

    private var survey: [Finding] {
        var findings: [Finding] = []
        if old.id != new.id { findings.append(Finding(.breaksAnswers, "\(old.id) became \(new.id): another survey")) }
        if old.profile.kind != new.profile.kind {
            findings.append(
                Finding(
                    .breaksTrend,
                    "kind was \(old.profile.kind.rawValue) and is \(new.profile.kind.rawValue): their scores are never mixed"
                ))
        }
        return findings
    }

    private func field(_ name: String) -> [Finding] {
        guard let before = old.fields.first(where: { $0.name == name }),
            let after = new.fields.first(where: { $0.name == name }), before.type != after.type
        else { return [] }
        return [Finding(.breaksAnswers, "the type of its values changed, and responses hold values of the other")]
    }

    private func computed(_ name: String) -> [Finding] {
        guard let before = old.computed(name), let after = new.computed(name), before.expression != after.expression
        else { return [] }
        return [Finding(.breaksTrend, "is worked out otherwise, so that its values before and after are not the same")]
    }

    private func page(_ name: String) -> [Finding] {
        guard let before = PageID(name).flatMap({ old.page($0) }), let after = PageID(name).flatMap({ new.page($0) })
        else { return [] }
        return shown(before.visibleWhen, after.visibleWhen)
    }

    // MARK: Questions

    private func question(_ id: QuestionID) -> [Finding] {
        guard let before = old.question(id), let after = new.question(id) else { return [] }
        let (was, `is`) = (Swift.type(of: before.type).shape.name, Swift.type(of: after.type).shape.name)
        if was != `is` {
            return [Finding(.breaksAnswers, "<\(was)> became <\(`is`)>, and answers are stored as the former")]
        }
        var findings = shown(before.visibleWhen, after.visibleWhen)
        if !Self.alike(before.type.row?.domain, after.type.row?.domain) {
            findings.append(
                Finding(.breaksAnswers, "its rows are answered in another way, and answers are stored in the former"))
        }
        findings += series(id, row: nil)
        let terms = (before.type.texts.map { words($0, old) }, after.type.texts.map { words($0, new) })
        if after.type.measure == .consent, terms.0 != terms.1 {
            findings.append(Finding(.breaksTrend, "the terms changed: consent was given to other words"))
        }
        if words(before.prompt, old) != words(after.prompt, new) {
            if after.type.measure == .consent {
                findings.append(Finding(.breaksTrend, "the wording changed: consent was given to other words"))
            } else if new.scoreSeries(of: id) == nil {
                findings.append(Finding(.same, "the wording changed"))
            }
        }
        return findings
    }

    /// Why the scores of a question or row are no one series with those before.
    private func series(_ id: QuestionID, row: String?) -> [Finding] {
        guard let after = new.scoreSeries(of: id, row: row), let before = old.scoreSeries(of: id, row: row),
            let reason = after.reason(against: before)
        else { return [] }
        return [Finding(.breaksTrend, reason)]
    }

    private static func alike(_ old: AnswerDomain?, _ new: AnswerDomain?) -> Bool {
        switch (old, new) {
        case (nil, nil), (.integers, .integers), (.oneOf, .oneOf): true
        default: false
        }
    }

    private func shown(_ before: Condition?, _ after: Condition?) -> [Finding] {
        guard before?.source != after?.source else { return [] }
        let (was, `is`) = (before.map { "if \($0.source)" } ?? "always", after.map { "if \($0.source)" } ?? "always")
        return [Finding(.same, "was shown \(was) and is shown \(`is`)")]
    }

    // MARK: Options and rows

    private func answer(_ key: ListedElement.Key) -> [Finding] {
        guard let code = key.code, let id = key.question.flatMap({ QuestionID($0) }),
            let before = old.question(id), let after = new.question(id)
        else { return [] }
        func choices(_ question: Question) -> [Choice] {
            key.kind == "row" ? question.type.items : question.type.options
        }
        guard let was = choices(before).first(where: { $0.code == code }),
            let own = choices(after).first(where: { $0.code == code })
        else { return [] }
        var findings = key.kind == "row" ? series(id, row: code) : []
        let (old, new) = (words(was.label, old), words(own.label, new))
        if old != new {
            let elsewhere = choices(after).first { $0.code != code && words($0.label, self.new) == old }
            if let elsewhere {
                findings.append(
                    Finding(
                        .breaksAnswers,
                        "\"\(code)\" was \"\(old)\" and is \"\(new)\", while \"\(old)\" is \"\(elsewhere.code)\" now"))
            } else if !Wording.isSameMeant(old, new) {
                findings.append(
                    Finding(
                        .breaksAnswers,
                        "\"\(code)\" was \"\(old)\" and is \"\(new)\": the code was given to something else"))
            } else {
                findings.append(Finding(.same, "the words were \"\(old)\" and are \"\(new)\""))
            }
        }
        if was.takesText, !own.takesText {
            findings.append(Finding(.breaksAnswers, "no longer takes words of its own, and some are stored"))
        }
        return findings
    }

    private func words(_ text: LocalizedText, _ questionnaire: Questionnaire) -> String {
        text.version(in: questionnaire.profile.languages[0])?.text.written ?? ""
    }
}
