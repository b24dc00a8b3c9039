package import Feedback

/// The order in which a response sees the options of a shuffled question: the same on every visit and device.
package enum OptionOrder {
    /// All codes of a question's options or rows, in the order that a response with this id sees them.
    ///
    /// Options that take text or exclude the others keep their places, and nothing leaves its group. The order is made
    /// from the ids alone, so it needs no storing before the response is written.
    package static func codes(of question: Question, seed: ResponseID) -> [String] {
        let options = question.type.offered
        var codes = options.map(\.code)
        guard question.isShuffled else { return codes }
        var random = Generator(seed: "\(seed.rawValue)/\(question.id.rawValue)")
        var groups: [(heading: LocalizedText?, places: [Int])] = []
        for (place, option) in options.enumerated() where !option.takesText && !option.isExclusive {
            if let index = groups.firstIndex(where: { $0.heading == option.group }) {
                groups[index].places.append(place)
            } else {
                groups.append((option.group, [place]))
            }
        }
        for (_, places) in groups {
            // Fisher and Yates, in Durstenfeld's form.
            for last in places.indices.dropFirst().reversed() {
                codes.swapAt(places[last], places[random.below(last + 1)])
            }
        }
        return codes
    }

    /// SplitMix64 (Steele, Lea and Flood 2014), begun at the FNV-1a hash of a text: Swift's own generators and hashes
    /// differ from run to run.
    private struct Generator {
        private var state: UInt64 = 0xCBF2_9CE4_8422_2325

        init(seed: String) {
            for byte in seed.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }

        /// A number from 0 to less than a bound, each as likely as the others.
        mutating func below(_ bound: Int) -> Int {
            // Lemire's multiplication; its unevenness, bound / 2^64, is far below what any survey could show.
            Int(next().multipliedFullWidth(by: UInt64(bound)).high)
        }

        private mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
