package import Markup

/// A rating on whole numbers of the author's own choosing.
package struct RatingQuestion: ScaleQuestion {
    package static let shape = ElementShape(
        "rating", "A rating on whole numbers, 1 to 10 unless from and to say otherwise; at most 21 steps.",
        attributes: [
            AttributeShape("from", .integer(-100...100), "The lowest number, 1 when not given."),
            AttributeShape("to", .integer(-100...100), "The highest number, 10 when not given."),
        ],
        children: ScaleControls.endShapes,
        examples: [
            """
            <rating id="quality" from="1" to="5">
              <prompt>How good is it?</prompt>
              <low>Poor</low> <high>Excellent</high>
            </rating>
            """
        ])

    private static let mostSteps = 21
    package let scale: ScaleControls

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {
        let from = element["from"].flatMap { Int($0) } ?? 1
        let to = element["to"].flatMap { Int($0) } ?? 10
        let place = (element.attribute("to") ?? element.attribute("from"))?.valueRange ?? element.nameRange
        guard (-100...100).contains(from), (-100...100).contains(to), from < to else {
            source.report(
                .impossibleBounds, at: place, "This scale runs from \(from) to \(to).",
                help: "Give from=\"…\" the lower number and to=\"…\" the higher one, both between -100 and 100.")
            return nil
        }
        guard to - from < Self.mostSteps else {
            source.report(
                .scaleTooLong, at: place, "This scale has \(to - from + 1) steps; 21 are the most.",
                help:
                    "Bring from and to closer together, or use <number least=\"\(from)\" most=\"\(to)\" whole=\"true\">."
            )
            return nil
        }
        scale = ScaleControls(from...to, element, &source)
    }

    package var measure: Measure? { .rating(scale.range) }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) { scale.draw(drawing, into: &html) }
}
