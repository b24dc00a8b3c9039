internal import Diagnostics
internal import Feedback
internal import Markup
internal import QuestionnaireModel

/// The values of a scale that one condition holds for.
private struct Band {
    let condition: LocatedCondition
    let values: Set<Int>
}

extension Proof {
    /// Conditions side by side that cut one scale into bands leave no answer out and share none by a bound that is off
    /// by one.
    mutating func bands(_ source: inout SurveySource) {
        bands(of: draft.pages.map(\.condition), &source)
        for page in draft.pages { bands(of: draft.questions[page.questions].map(\.condition), &source) }
        // What no band takes falls to the ending without a condition.
        bands(of: draft.endings.map(\.condition), leavesNothingOut: true, &source)
    }

    private mutating func bands(
        of conditions: [LocatedCondition?], leavesNothingOut: Bool = false, _ source: inout SurveySource
    ) {
        var groups: [Reference: [Band]] = [:]
        var scales: [Reference: ClosedRange<Int>] = [:]
        for condition in conditions.compactMap(\.self) {
            guard let expression = condition.typed?.expression, let reference = expression.references.first,
                expression.references.count == 1, case .integers(let scale)? = draft.names[reference]?.domain
            else { continue }
            let values = scale.filter { number in
                expression.value { _ in .number(Double(number)) } == .boolean(true)
            }
            guard let first = values.first, let last = values.last, last - first + 1 == values.count else { continue }
            scales[reference] = scale
            groups[reference, default: []].append(Band(condition: condition, values: Set(values)))
        }
        for (reference, bands) in groups.sorted(by: { $0.key.name < $1.key.name }) where bands.count > 1 {
            guard let scale = scales[reference] else { continue }
            overlaps(bands, reference, &source)
            if !leavesNothingOut { gap(bands, reference, scale, &source) }
        }
    }

    /// Two bands that share just the answer at which one ends and the other begins.
    private mutating func overlaps(_ bands: [Band], _ reference: Reference, _ source: inout SurveySource) {
        for (index, band) in bands.enumerated() {
            for other in bands[..<index] {
                let shared = band.values.intersection(other.values)
                guard shared.count == 1, let value = shared.first, !band.values.isSubset(of: other.values),
                    !other.values.isSubset(of: band.values),
                    !isKnown(band.condition.attribute.markedRange, source)
                else { continue }
                let there = line(other.condition.attribute.valueRange, source)
                report(
                    Self.overlap, at: band.condition.attribute.valueRange,
                    "\(value) belongs to \"\(other.condition.attribute.value)\" on line \(there) too.",
                    help: "Let one of them end before \(value).", witnessed: "\(reference.name) = \(value)", &source)
            }
        }
    }

    /// One answer between two bands that belongs to neither; the middle of a scale may be left out on purpose.
    private mutating func gap(
        _ bands: [Band], _ reference: Reference, _ scale: ClosedRange<Int>, _ source: inout SurveySource
    ) {
        let left = scale.filter { number in !bands.contains { $0.values.contains(number) } }
        guard left.count == 1, let value = left.first, value * 2 != scale.lowerBound + scale.upperBound,
            value > scale.lowerBound, value < scale.upperBound, let last = bands.last,
            !isKnown(last.condition.attribute.markedRange, source)
        else { return }
        report(
            Self.gap, at: last.condition.attribute.valueRange,
            "Of \"\(reference.name)\" only \(value) belongs to none of the bands here.",
            help: "Let one of them take it.", witnessed: "\(reference.name) = \(value)", &source)
    }
}
