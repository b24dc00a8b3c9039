internal import Feedback

/// What happened at the customers that a CSM should look at; everywhere else all is well.
enum DemoStory: Equatable {
    /// The decision maker fell, and says why.
    case fallen(from: Int, to: Int, words: String)
    /// The decision maker was never happy, and others are not either.
    case unhappy
    /// Somebody who does not decide fell, and two others are unhappy.
    case souring
    /// Somebody who does not decide fell; the others are fine.
    case oneFell
    /// Too many are unhappy, none of whom decides.
    case grumbling
    /// All is well, but the decision maker does not answer.
    case silentDecisionMaker
    /// A customer too new to have been asked.
    case new
    /// All is well, and the contract ends soon.
    case renewing(inDays: Int)

    static func of(_ account: String) -> DemoStory? {
        switch account {
        case "bergmann-hotels":
            .fallen(
                from: 8, to: 2,
                words:
                    "We were promised a new boiler in spring and are still waiting. Unless that changes I will not renew."
            )
        case "harbour-and-pine":
            .fallen(
                from: 9, to: 4,
                words: "Three different people told me three different prices for the same service visit.")
        case "meghna-hotels": .unhappy
        case "lakeshore-hotels": .souring
        case "nordlicht-kliniken", "oasis-hotels", "pembroke-inns": .oneFell
        case "padma-roasters", "redwood-offices": .grumbling
        case "sundarban-tea", "zaytoun", "thistle-offices", "maison-perrin": .silentDecisionMaker
        case "hotel-des-cedres", "union-hall", "falcon-lounge": .new
        case "kaffeehaus-lindner": .renewing(inDays: 41)
        case "al-noor": .renewing(inDays: 68)
        case "oakfield-schools": .renewing(inDays: 83)
        default: nil
        }
    }

    var tier: String? {
        switch self {
        case .fallen(_, to: 2, _), .unhappy, .oneFell: "gold"
        case .fallen, .souring: "silver"
        case .new: "bronze"
        default: nil
        }
    }

    var renewalInDays: Int? {
        switch self {
        case .fallen(_, to: 2, _): 52
        case .unhappy: 75
        case .renewing(let days): days
        default: nil
        }
    }

    /// How many people are known there, where the story needs a number.
    var people: Int? {
        switch self {
        case .souring, .unhappy, .grumbling: 5
        case .oneFell, .fallen: 6
        case .new: 2
        case .silentDecisionMaker, .renewing: nil
        }
    }

    /// Makes a person of a place (0 decides, 1 influences) part of the story.
    func tell(_ place: Int, _ person: inout DemoHistory.Person) {
        switch self {
        case .fallen(let from, let to, let words):
            guard place == 0 else { return }
            person.leaning = from
            person.turn = (to, words)
        case .unhappy:
            if place <= 1 { person.leaning = place == 0 ? 4 : 5 }
            if place == 0 { person.turn = (4, "বছরজুড়ে একই সমস্যা: মেশিন বন্ধ, অতিথিরা অপেক্ষায়, আর আপনাদের কেউ ফোন ধরেন না।") }
            if place == 1 { person.turn = (5, nil) }
        case .souring:
            if place == 1 { person.turn = (4, "The new water filters leak. We lost a weekend over it.") }
            if place == 1 { person.leaning = 9 }
            if place == 2 || place == 3 {
                person.leaning = 5
                person.turn = (5, nil)
            }
        case .oneFell:
            if place == 2 { person.leaning = 9 }
            person.turn = (place == 2 ? 5 : person.leaning, nil)
        case .grumbling:
            person.leaning = place == 2 || place == 3 ? 5 : 9
            person.turn = (person.leaning, nil)
        case .silentDecisionMaker: if place == 0 { person.answers = false }
        case .new: person.answers = false
        case .renewing: break
        }
    }
}
