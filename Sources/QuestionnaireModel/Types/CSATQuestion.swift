package import Markup

/// Satisfaction on 1 to 5; satisfied is 4 or 5.
package struct CSATQuestion: ScaleQuestion {
    package static let shape = ElementShape(
        "csat", "Satisfaction on 1 to 5: 4 and 5 count as satisfied.", children: ScaleControls.endShapes,
        examples: [
            """
            <csat id="service">
              <prompt>How satisfied are you with the service?</prompt>
              <low>Not at all</low> <high>Very</high>
            </csat>
            """
        ])

    package let scale: ScaleControls

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {
        scale = ScaleControls(1...5, element, &source)
    }

    package var measure: Measure? { .csat }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        scale.draw(drawing, lowPhrase: .veryDissatisfied, highPhrase: .verySatisfied, into: &html)
    }
}
