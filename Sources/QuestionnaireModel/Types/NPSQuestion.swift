package import Markup

/// Likelihood to recommend, always 0 to 10 and never recoded (Reichheld 2003).
package struct NPSQuestion: ScaleQuestion {
    package static let shape = ElementShape(
        "nps", "Likelihood to recommend on 0 to 10: 0–6 detractor, 7–8 passive, 9–10 promoter.",
        children: ScaleControls.endShapes,
        examples: [
            """
            <nps id="score" required="true">
              <prompt>How likely are you to recommend us?</prompt>
              <required-message>Please choose a number; it is the one thing we must know.</required-message>
              <low>Not at all</low> <high>Certainly</high>
            </nps>
            """
        ])

    package let scale: ScaleControls

    package init?(_ element: MarkupElement, _ source: inout SurveySource) {
        scale = ScaleControls(0...10, element, &source)
    }

    package var measure: Measure? { .nps }

    package func draw(_ drawing: QuestionDrawing, into html: inout HTMLWriter) {
        scale.draw(drawing, lowPhrase: .notAtAllLikely, highPhrase: .extremelyLikely, into: &html)
    }
}
