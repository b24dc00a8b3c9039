/// Puts the manual's examples, which are parts of a survey, into a whole one, so that they can be compiled.
package enum SurveyExample {
    /// What stands around an example: what it may name.
    package static let surroundings = """
        <fields>
          <field name="order.product" type="text"/>
          <field name="order.size" type="number"/>
          <field name="order.date" type="date"/>
        </fields>
        <page id="first">
          <nps id="recommend" required="true"><prompt>How likely are you to recommend us?</prompt></nps>
          <csat id="satisfaction"><prompt>How satisfied are you?</prompt></csat>
          <choice id="contact-me"><prompt>May we call you?</prompt><option code="yes">Yes</option><option code="no">No</option></choice>
          <choices id="topics">
            <prompt>What was it about?</prompt>
            <option code="price">Price</option><option code="speed">Speed</option><option code="none" exclusive="true">None of these</option>
          </choices>
          <text id="reason"><prompt>Why?</prompt></text>
          <date id="delivered"><prompt>When did it come?</prompt></date>
        </page>
        """

    /// A whole survey around an example: parts of a survey or of a page, a condition, or a root's start tag.
    package static func document(_ example: String) -> String {
        if isWhole(example) { return example }
        if example.hasPrefix("<survey") {
            return "\(example)<title>An example</title>\(surroundings)\(ending)</survey>"
        }
        let parts: String
        if example.hasPrefix("show-if=") {
            parts = page("<text id=\"more\" \(example)><prompt>More?</prompt></text>")
        } else if ["title", "fields", "let", "page", "ending", "case"].contains(where: { example.hasPrefix("<\($0)") })
            || example.hasPrefix("<block") && example.contains("<page")
        {
            parts = example
        } else {
            parts = page(example)
        }
        let around =
            parts.contains("<fields>")
            ? surroundings.replacing(/<fields>.*<\/fields>/.dotMatchesNewlines(), with: "") : surroundings
        return """
            <survey xmlns="\(SurveyLanguage.namespace)" id="example" version="1" kind="transactional" languages="en">
            <title>An example</title>
            \(around)
            \(parts)
            \(parts.contains("<ending") ? "" : ending)
            </survey>
            """
    }

    private static let ending = "<ending><message>Thank you.</message></ending>"

    private static func page(_ questions: String) -> String { "<page id=\"second\">\(questions)</page>" }

    /// Whether an example is a file by itself.
    private static func isWhole(_ example: String) -> Bool {
        example.hasPrefix("<?") || example.hasPrefix("<!") || example.hasPrefix("<h:") || example.contains("</survey>")
            || (example.hasPrefix("<survey") && example.hasSuffix("/>"))
    }
}
