package import Markup

/// Effort on 1 to 7, where 7 is the easiest; easy is 6 or 7.
package struct CESQuestion: ScaleQuestion {
    package static let shape = ElementShape(
        "ces", "Effort on 1 to 7, 7 the easiest: 6 and 7 count as easy.", children: ScaleControls.endShapes,
        examples: [
            """
            <ces id="ease">
              <prompt>How easy was it to get what you wanted?</prompt>
              <low>Hard</low> <high>Easy</high>
            </ces>
            """
        ])

    package let scale: ScaleControls

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {
        scale = ScaleControls(1...7, element, &source)
    }

    package var measure: Measure? { .ces }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        scale.draw(drawing, lowPhrase: .veryDifficult, highPhrase: .veryEasy, into: &html)
    }
}
