internal import Feedback
internal import QuestionnaireModel
internal import Records

/// Two years of a company's customers: who they are, what they bought, and what they said.
struct DemoHistory {
    /// The contact whose link is open.
    static let maria = "maria"

    /// A person with the score they tend to.
    struct Person {
        var line: ContactLine
        let account: Int
        let language: String
        /// The score they give, more or less.
        var leaning: Int
        /// What they give from the last wave on, and what they say, where something happened to them.
        var turn: (score: Int, words: String?)?
        /// Whether they answer at all.
        var answers = true
    }

    let now: Timestamp
    var random: DemoRandom
    private(set) var accounts: [AccountLine] = []
    private(set) var people: [Person] = []
    private(set) var events: [EventLine] = []
    private(set) var responses: [ResponseLine] = []

    init(now: Timestamp, seed: UInt64) {
        self.now = now
        random = DemoRandom(seed: seed)
    }

    /// The contacts, in the order they became known.
    var contacts: [ContactLine] { people.map(\.line).sorted { ($0.recorded ?? now) < ($1.recorded ?? now) } }

    /// Makes everything up.
    mutating func write(relationship: Questionnaire, purchase: Questionnaire) {
        for index in DemoNames.accounts.indices { addAccount(index) }
        accounts.sort { ($0.recorded ?? now) < ($1.recorded ?? now) }
        for person in people.indices { askEveryHalfYear(person, relationship) }
        for index in DemoNames.accounts.indices { buy(index, purchase) }
        for index in accounts.indices { renewAndRepair(index) }
        responses.sort { ($0.submitted, $0.id) < ($1.submitted, $1.id) }
        events.sort { ($0.at, $0.id) < ($1.at, $1.id) }
    }

    // MARK: Who they are

    private mutating func addAccount(_ index: Int) {
        let (name, title, region) = DemoNames.accounts[index]
        guard let id = AccountID(name) else { return }
        let story = DemoStory.of(name)
        var account = AccountLine(id: id)
        account.name = title
        account.tier = story?.tier ?? ["bronze", "silver", "silver", "gold"][random.number(0...3)]
        account.manager = DemoNames.managers[index % DemoNames.managers.count]
        let worth = (account.tier == "gold" ? 40...95 : account.tier == "silver" ? 12...38 : 3...11)
        account.annualValue = DecimalNumber(String(random.number(worth) * 1000 * region.rate))
        account.currency = region.currency
        let since = story == .new ? random.number(20...70) : random.number(760...1900)
        account.since = now.date.adding(days: -since)
        account.renewal = now.date.adding(days: story?.renewalInDays ?? random.number(100...360))
        account.recorded = now.adding(days: -min(since, 745))
        accounts.append(account)
        addPeople(index, account, story)
    }

    private mutating func addPeople(_ index: Int, _ account: AccountLine, _ story: DemoStory?) {
        let region = DemoNames.accounts[index].region
        let base = random.number(8...9)
        for place in 0..<(story?.people ?? random.number(4...5)) {
            guard let given = random.pick(region.given), let family = random.pick(region.family),
                let id = ContactID("\(given.1).\(family.1).\(index + 1)\(place)")
            else { continue }
            var line = ContactLine(id: id)
            line.account = account.id
            line.name = "\(given.0) \(family.0)"
            line.email = "\(given.1).\(family.1)@\(DemoNames.accounts[index].id).example"
            line.role = place == 0 ? .decisionMaker : place == 1 ? .influencer : .user
            let speaksEnglish = region.language != "en" && random.happens(20)
            line.language = LanguageTag(speaksEnglish ? "en" : region.language)
            line.recorded = account.recorded
            var person = Person(
                line: line, account: index, language: speaksEnglish ? "en" : region.language,
                leaning: min(max(base + random.number(-1...1), 8), 9))
            story?.tell(place, &person)
            people.append(person)
        }
        if account.id.rawValue == "kaffeehaus-lindner" { addMaria(index, account) }
    }

    private mutating func addMaria(_ index: Int, _ account: AccountLine) {
        guard let id = ContactID(Self.maria) else { return }
        var line = ContactLine(id: id)
        line.account = account.id
        line.name = "Maria Keller"
        line.email = "maria.keller@kaffeehaus-lindner.example"
        line.role = .user
        line.language = .english
        line.recorded = account.recorded
        // What her open invitation is about.
        line.unknown = [JSONValue.Member("order.product", .string("Copper kettle"))]
        people.append(Person(line: line, account: index, language: "en", leaning: 9))
    }

    // MARK: What they said

    /// Days before now at which each round began; the last answers came within the last two weeks.
    private static let rounds = [735, 552, 370, 187, 14]

    private mutating func askEveryHalfYear(_ index: Int, _ questionnaire: Questionnaire) {
        let person = people[index]
        guard person.answers else { return }
        for (number, days) in Self.rounds.enumerated() {
            let isLast = number == Self.rounds.count - 1
            let begun = now.adding(days: -days)
            guard begun >= person.line.recorded ?? now else { continue }
            // Decision makers are asked in person, and what the story tells must have been said.
            let isSure = (person.line.role == .decisionMaker && number >= 3) || (person.turn != nil && number >= 3)
            guard isSure || random.happens(62) else { continue }
            let hours = isLast && person.turn != nil ? random.number(250...264) : random.number(2...230)
            let moment = begun.adding(milliseconds: Int64(hours) * 3_600_000 + Int64(random.number(0...3_599_999)))
            let turn = isLast ? person.turn : nil
            // Those of whom a story is told say just what it says.
            let step = person.turn == nil ? random.number(-1...1) : 0
            let score = turn?.score ?? min(max(person.leaning + step, 0), 10)
            add(
                person, questionnaire, at: moment, score: score, words: turn?.words, fields: Answers(),
                wave: begun.quarter)
        }
    }

    private mutating func buy(_ index: Int, _ questionnaire: Questionnaire) {
        let (name, _, region) = DemoNames.accounts[index]
        guard let account = AccountID(name) else { return }
        let staff = people.filter {
            $0.account == index && $0.answers && $0.turn == nil && $0.line.id.rawValue != Self.maria
        }
        let cadence = random.number(35...70)
        // The last purchase is fresh, so that only a story makes a gap.
        var days = random.number(4...cadence / 2)
        while days < 735, now.adding(days: -days) > accounts.first(where: { $0.id == account })?.recorded ?? now {
            let moment = now.adding(days: -days).adding(milliseconds: Int64(random.number(0...43_200_000)))
            days += cadence * random.number(85...115) / 100
            let product = random.pick(DemoNames.products) ?? ""
            var event = EventLine(id: "order-\(random.id(at: moment))", kind: .purchase, at: moment)
            event.account = account
            event.amount = DecimalNumber(String(random.number(40...900) * region.rate))
            event.currency = region.currency
            event.product = product
            event.recorded = moment
            events.append(event)
            let answered = moment.adding(milliseconds: Int64(random.number(50...110)) * 3_600_000)
            guard answered < now, random.happens(55), let person = random.pick(staff) else { continue }
            let score = min(max(person.leaning + random.number(-1...1), 0), 10)
            add(
                person, questionnaire, at: answered, score: score, words: nil,
                fields: Answers([.init(key: "order.product", answer: .text(product))]), wave: nil)
        }
    }

    /// Contracts are renewed once a year, and sometimes something breaks.
    private mutating func renewAndRepair(_ index: Int) {
        let account = accounts[index]
        guard let renewal = account.renewal else { return }
        for years in 1...2 {
            let moment = Timestamp(startOf: renewal.adding(days: -365 * years)).adding(milliseconds: 36_000_000)
            guard moment < now, moment >= account.recorded ?? now else { continue }
            var event = EventLine(id: "renewal-\(account.id)-\(moment.date.year)", kind: .renewal, at: moment)
            event.account = account.id
            event.amount = account.annualValue
            event.currency = account.currency
            event.recorded = moment
            events.append(event)
        }
        for _ in 0..<random.number(0...3) {
            let moment = now.adding(days: -random.number(3...700)).adding(
                milliseconds: Int64(random.number(0...43_200_000)))
            guard moment >= account.recorded ?? now else { continue }
            var event = EventLine(id: "ticket-\(random.id(at: moment))", kind: .ticket, at: moment)
            event.account = account.id
            event.product = random.pick(DemoNames.products)
            event.note = random.pick(["Leaks", "Does not heat", "Wrong part sent", "Question about an invoice"])
            event.recorded = moment
            events.append(event)
        }
    }

    private mutating func add(
        _ person: Person, _ questionnaire: Questionnaire, at moment: Timestamp, score: Int, words: String?,
        fields: Answers,
        wave: String?
    ) {
        let band = PromoterBand(score: score) ?? .passive
        let said = words ?? (random.happens(55) ? random.pick(DemoTexts.texts(person.language, band)) : nil)
        let declared = Answers(
            fields.entries.filter { entry in questionnaire.fields.contains { $0.name == entry.key } })
        let answering = DemoAnswering(score: score, words: said, givesUp: words == nil && random.happens(4))
        guard let (answers, isComplete) = answering.answer(questionnaire, fields: declared, &random) else { return }
        let asked = moment.adding(milliseconds: -Int64(random.number(45_000...260_000)))
        var line = ResponseLine(
            id: random.id(at: asked), survey: questionnaire.id, version: questionnaire.version, submitted: moment,
            isComplete: isComplete, answers: answers)
        line.account = person.line.account
        line.contact = person.line.id
        line.role = person.line.role
        line.wave = wave
        line.channel = .link
        line.language = questionnaire.language(nearest: person.line.language)
        line.started = asked
        line.fields = declared
        responses.append(line)
    }
}
