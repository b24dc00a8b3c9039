package import Analysis
internal import Feedback
internal import Markup

/// One account: why it stands where it stands, who has spoken, what happened, what to do next.
package struct AccountPage: Sendable {
    private let frame: Workspace
    private let detail: AccountDetail
    private let words: AccountWords

    /// The page for an account.
    package init(_ frame: Workspace, _ detail: AccountDetail) {
        self.frame = frame
        self.detail = detail
        words = AccountWords(detail.analysis, settings: detail.settings, asOf: detail.asOf.date)
    }

    /// The page as HTML.
    package func render() -> [UInt8] {
        frame.page(title: words.name, section: .accounts) { html in
            html.element("h1") { html in
                html.element("bdi", text: words.name)
                html.element("span", ["class": "badge " + words.riskClass], text: words.risk)
            }
            html.element("p", ["class": "sub", "dir": "auto"], text: facts)
            html.element("div", ["class": "cols"]) { html in
                html.element("div") { html in
                    flags(&html)
                    history(&html)
                }
                html.element("div") { html in
                    next(&html)
                    people(&html)
                    scores(&html)
                }
            }
        }
    }

    private var facts: String {
        let account = detail.analysis
        var parts = [words.keeper]
        if let since = account.since { parts.append("customer since \(since.year)") }
        if account.annualValue != nil { parts.append(words.value + " a year") }
        if let renewal = account.renewal { parts.append("renewal \(renewal.words), \(words.renewal)") }
        return parts.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private func flags(_ html: inout HTMLWriter) {
        let account = detail.analysis
        html.element("section", ["class": "card"]) { html in
            html.element("h2", text: "Why, and what would clear it")
            if account.flags.isEmpty, account.notices.isEmpty {
                html.element(
                    "p", ["class": "sub"],
                    text: account.answered == 0 ? "Nobody has spoken yet." : "Nothing stands out.")
            }
            for flag in account.flags {
                html.element("div", ["class": account.risk == .high ? "flag h" : "flag"]) { html in
                    html.element("h3", text: flag.title + (flag.isNew ? " · new" : ""))
                    for evidence in flag.evidence.prefix(6) {
                        html.element("p", ["dir": "ltr"], text: evidence.text)
                        if let quote = evidence.quote { ReportView.quote(quote, evidence.language, &html) }
                    }
                    if flag.evidence.count > 6 { html.element("p", text: "And \(flag.evidence.count - 6) more.") }
                    html.element("p", text: "Since \(flag.since.date.words).")
                    html.element("p", ["class": "clears", "dir": "ltr"], text: flag.clears)
                }
            }
            for notice in account.notices {
                html.element("div", ["class": "flag i"]) { html in
                    html.element("h3", text: notice.title)
                    for evidence in notice.evidence { html.element("p", ["dir": "ltr"], text: evidence.text) }
                }
            }
        }
    }

    private func next(_ html: inout HTMLWriter) {
        html.element("section", ["class": "card"]) { html in
            html.element("h2", text: "Next best step")
            html.element("p", ["dir": "ltr"], text: NextStep(detail).words)
        }
    }

    private func people(_ html: inout HTMLWriter) {
        html.element("section", ["class": "card"]) { html in
            html.element("h2", text: "Who has spoken")
            html.element("p", ["class": "sub"], text: coverage)
            if detail.people.isEmpty { return }
            html.element("table") { html in
                html.element("thead") { html in
                    html.element("tr") { html in
                        html.element("th", ["scope": "col"], text: "Person")
                        html.element("th", ["scope": "col", "class": "n"], text: "Latest")
                        html.element("th", ["scope": "col", "class": "n"], text: "Before")
                    }
                }
                html.element("tbody") { html in for person in detail.people { self.person(person, &html) } }
            }
        }
    }

    private var coverage: String {
        let account = detail.analysis
        var text = "\(words.voices) answered."
        if account.answered > 0, let certain = account.nps.certain, account.contacts > account.answered {
            text += " Whatever the others think, the account lies between \(NumberWords.points(certain.low)) and "
            text += NumberWords.points(certain.high)
            if let predicted = account.nps.predicted?.interval {
                text += "; if they are like those who answered, between \(NumberWords.points(predicted.low)) and "
                text += NumberWords.points(predicted.high)
            }
            text += "."
        }
        if account.withheld > 0 {
            text += " \(NumberWords.count(account.withheld, "confidential answer")) too few to show."
        }
        return text
    }

    private func person(_ person: PersonDetail, _ html: inout HTMLWriter) {
        html.element("tr") { html in
            html.element("th", ["scope": "row"]) { html in
                html.element("bdi", text: person.name ?? person.id.rawValue)
                let facts = [person.role?.words, person.isListed ? nil : "not listed"].compactMap { $0 }
                if !facts.isEmpty { html.element("small", text: facts.joined(separator: ", ")) }
            }
            html.element("td", ["class": "n"]) { html in
                if let score = person.score, let at = person.at {
                    html.element("span", ["class": "badge " + Self.style(score)], text: String(score))
                    html.element("small", text: at.date.words)
                } else {
                    html.element(
                        "span", ["class": "badge unknown"],
                        text: person.answeredInConfidence ? "in confidence" : "silent")
                }
            }
            html.element("td", ["class": "n"]) { html in
                if let earlier = person.earlier {
                    html.text("was \(earlier)")
                    if let at = person.earlierAt { html.element("small", text: at.date.words) }
                }
            }
        }
    }

    private static func style(_ score: Int) -> String {
        switch PromoterBand(score: score) {
        case .detractor: "high"
        case .promoter: "low"
        case .passive, nil: "unknown"
        }
    }

    private func scores(_ html: inout HTMLWriter) {
        let account = detail.analysis
        guard account.nps.counts.count >= 3 || !account.touchpoints.isEmpty else { return }
        html.element("section", ["class": "card"]) { html in
            html.element("h2", text: "Scores")
            if let value = account.nps.value, let interval = account.nps.interval, account.nps.counts.count >= 3 {
                html.element("h3", text: "Relationship NPS")
                Charts.score(value, interval, level: detail.settings.level, &html)
                html.element("p", ["class": "sub"], text: "\(words.score), \(bands(account.nps.counts))")
                if let shrunk = account.nps.shrunk, let weight = account.nps.weight {
                    html.element(
                        "p", ["class": "note"],
                        text: "Beside the other accounts: \(NumberWords.points(shrunk)), with a weight of "
                            + "\(NumberWords.percent(weight)) on its own answers.")
                }
            }
            for score in account.touchpoints {
                html.element("h3", text: "After \(score.touchpoint)")
                var text = bands(score.counts)
                if score.counts.count >= 3, let interval = score.interval, let value = score.counts.value {
                    Charts.score(value, interval, level: detail.settings.level, &html)
                    text =
                        "NPS \(NumberWords.points(value)) (\(NumberWords.points(interval.low)) to \(NumberWords.points(interval.high))), "
                        + text
                }
                html.element("p", ["class": "sub"], text: text)
            }
        }
    }

    private func bands(_ counts: PromoterCounts) -> String {
        "\(NumberWords.count(counts.detractors, "detractor")), \(NumberWords.count(counts.passives, "passive")), "
            + NumberWords.count(counts.promoters, "promoter")
    }

    private func history(_ html: inout HTMLWriter) {
        html.element("section", ["class": "card"]) { html in
            html.element("h2", text: "What happened")
            if detail.history.isEmpty { return html.element("p", ["class": "sub"], text: "Nothing is recorded yet.") }
            html.element("ol", ["class": "time"]) { html in
                for entry in detail.history {
                    html.element("li") { html in
                        html.element("time", ["datetime": entry.at.description], text: entry.at.date.words)
                        html.element("div") { html in HistoryView.draw(entry, &html) }
                    }
                }
            }
        }
    }
}
