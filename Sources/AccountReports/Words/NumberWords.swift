package import Analysis
package import Feedback

/// Numbers as people read them: rounded half away from zero, signs where they matter, never "-0", undefined as a dash.
package enum NumberWords {
    /// What stands where a number is undefined.
    package static let undefined = "–"

    /// A score on [-1, 1] in points with its sign: `+39`, `-8`, `0`.
    package static func points(_ value: Double?) -> String { decimal(value.map { $0 * 100 }, places: 0, signed: true) }

    /// A score on [-1, 1] in points to the tenth with its sign: `-8.4`.
    package static func finePoints(_ value: Double?) -> String {
        decimal(value.map { $0 * 100 }, places: 1, signed: true)
    }

    /// A share on [0, 1] in percent: `70 %`.
    package static func percent(_ share: Double?) -> String {
        share.map { decimal($0 * 100, places: 0) + " %" } ?? undefined
    }

    /// A decimal of some places, with a sign where asked.
    package static func decimal(_ value: Double?, places: Int, signed: Bool = false) -> String {
        guard let value, value.isFinite, abs(value) < 1e15 else { return undefined }
        let scale = places == 0 ? 1 : places == 1 ? 10 : 100
        let scaled = Int((value * Double(scale)).rounded(.toNearestOrAwayFromZero))
        let digits = String(scaled.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
        let whole = grouped(String(padded.dropLast(places)))
        let text = places == 0 ? whole : whole + "." + padded.suffix(places)
        return scaled < 0 ? "-" + text : signed && scaled > 0 ? "+" + text : text
    }

    /// A figure in its own unit, to the tenth.
    package static func figure(_ figure: Figure) -> String { value(figure.value, figure.unit) }

    /// A value in a unit, to the tenth; plain numbers to the hundredth.
    package static func value(_ value: Double?, _ unit: Figure.Unit) -> String {
        switch unit {
        case .points: finePoints(value)
        case .percent: value.map { decimal($0 * 100, places: 1) + " %" } ?? undefined
        case .plain: decimal(value, places: 2)
        }
    }

    /// An interval with its level: `95 % -17.9 to +1.2`.
    package static func interval(_ interval: Interval, _ unit: Figure.Unit, level: Double) -> String {
        let (low, high) =
            switch unit {
            case .points: (finePoints(interval.low), finePoints(interval.high))
            case .percent: (decimal(interval.low * 100, places: 1), decimal(interval.high * 100, places: 1))
            case .plain: (decimal(interval.low, places: 2), decimal(interval.high, places: 2))
            }
        return "\(self.level(level)) \(low) to \(high)"
    }

    /// A level in percent: `95 %`.
    package static func level(_ level: Double) -> String {
        let tenths = decimal(level * 100, places: 1)
        return (tenths.hasSuffix(".0") ? String(tenths.dropLast(2)) : tenths) + " %"
    }

    /// Money: `€ 84,000`, `CHF 1,250`.
    package static func money(_ value: Double, _ currency: String?) -> String {
        let amount = decimal(value, places: 0)
        guard let currency else { return amount }
        let signs = ["EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "BDT": "৳", "INR": "₹"]
        return "\(signs[currency] ?? currency) \(amount)"
    }

    /// A count with its noun: `1 contact`, `12 contacts`.
    package static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(grouped(String(number))) \(number == 1 ? one : many ?? one + "s")"
    }

    /// A whole number with its thousands apart: `20,000`.
    package static func whole(_ number: Int) -> String {
        number < 0 ? "-" + grouped(String(number.magnitude)) : grouped(String(number))
    }

    private static func grouped(_ digits: String) -> String {
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return result
    }

    /// A moment in words, to the minute: `23 Nov 2026, 08:00 UTC`; the very end of a day as the day alone.
    package static func moment(_ moment: Timestamp) -> String {
        let text = moment.description
        let time = text.dropFirst(11).prefix(5)
        return time == "23:59" ? "the end of \(moment.date.words) UTC" : "\(moment.date.words), \(time) UTC"
    }
}
