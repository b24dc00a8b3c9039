extension DiagnosticPlaceTests {
    /// Samples of computed values, checks, patterns, options under conditions, blocks and coupons.
    static let ofConstructs: [(code: String, marked: String)] = [
        ("S039", MarkedSurvey.asking("<let name=\"a\" value=\"«b» + 1\"/><let name=\"b\" value=\"a * 2\"/>")),
        ("S039", MarkedSurvey.asking("<let name=\"a\" value=\"1 + «a»\"/>")),
        ("S014", MarkedSurvey.asking("<let name=\"a\" value=\"«recomend» + 1\"/>")),
        (
            "S033",
            MarkedSurvey.asking("<let name=\"a\" value=\"if(recommend ge 9, 1, «'two'»)\"/>")
        ),
        ("S033", MarkedSurvey.asking("<let name=\"a\" value=\"if(«recommend», 1, 2)\"/>")),
        ("S033", MarkedSurvey.asking("<let name=\"a\" value=\"«grid»\"/>")),
        ("S032", MarkedSurvey.asking("<let name=\"a\" value=\"«default(recommend)»\"/>")),
        ("S034", MarkedSurvey.asking("<let name=\"a\" value=\"contact-me\"><option code=\"«yess»\">Y</option></let>")),
        ("S033", MarkedSurvey.asking("<let name=\"a\" value=\"stars\"><«option» code=\"one\">Y</option></let>")),
        (
            "S034",
            MarkedSurvey.shown(if: "mood eq «'gald'»").replacing(
                "<page id=\"second",
                with: "<let name=\"mood\" value=\"if(stars ge 4, 'glad', 'sorry')\"/><page id=\"second")
        ),
        (
            "S037",
            MarkedSurvey.around(
                "<let name=\"l\" value=\"later + 1\"/><page id=\"p\" show-if=\"«l» le 6\"><nps id=\"y\"><prompt>P</prompt></nps></page><page id=\"q\"><nps id=\"later\"><prompt>P</prompt></nps></page>"
            )
        ),
        (
            "S038",
            MarkedSurvey.around(
                "<let name=\"l\" value=\"x + 1\"/><page id=\"p\"><nps id=\"x\" show-if=\"«l» le 6\"><prompt>P</prompt></nps></page>"
            )
        ),
        ("S019", MarkedSurvey.asking("<let name=\"«stars»\" value=\"1\"/>")),
        ("S050", MarkedSurvey.asking("<let name=\"«wave»\" value=\"recommend\"/>")),
        (
            "S026",
            MarkedSurvey.asking(
                "<let name=\"l\" value=\"stars * 2\"/><page id=\"p\"><nps id=\"y\"><prompt>«{l}»</prompt></nps></page>")
        ),
        (
            "S028",
            MarkedSurvey.asking(
                "<let name=\"l\" value=\"y * 2\"/><page id=\"p\"><nps id=\"y\"><prompt>P</prompt><help>«{l|none}»</help></nps></page>"
            )
        ),
        (
            "S029",
            MarkedSurvey.asking(
                "<let name=\"l\" value=\"stars ge 2\"/><page id=\"p\"><nps id=\"y\"><prompt>«{l|none}»</prompt></nps></page>"
            )
        ),
        (
            "S044",
            MarkedSurvey.asking(
                "<page id=\"p\"><text id=\"y\" pattern=\"[A-Z]«(?»=a)\"><prompt>P</prompt></text></page>")
        ),
        (
            "S044",
            MarkedSurvey.asking(
                "<page id=\"p\"><text id=\"y\" pattern=\"é&amp;«^»a\"><prompt>P</prompt></text></page>")
        ),
        (
            "S044",
            MarkedSurvey.asking(
                "<page id=\"p\"><text id=\"y\" pattern=\"(a{500}){500}\"><prompt>P</prompt></text></page>".replacing(
                    "(a{500}){500}", with: "«(a{500}){500}»"))
        ),
        (
            "S040",
            MarkedSurvey.asking(
                "<page id=\"p\"><text id=\"y\" max-length=\"3\" pattern=\"«a{4,}»\"><prompt>P</prompt></text></page>")
        ),
        (
            "S040",
            MarkedSurvey.asking(
                "<page id=\"p\"><date id=\"y\" from=\"today\" to=\"«today-1m»\"><prompt>P</prompt></date></page>")
        ),
        (
            "S018",
            MarkedSurvey.asking(
                "<page id=\"p\"><date id=\"y\" from=\"«tomorrow»\"><prompt>P</prompt></date></page>")
        ),
        (
            "S046",
            MarkedSurvey.around(
                "<page id=\"p\"><nps id=\"y\"><prompt>P</prompt></nps></page>",
                ending: "<ending><message>T</message><«offer» kind=\"coupon\"/></ending>")
        ),
        (
            "S046",
            MarkedSurvey.around(
                "<page id=\"p\"><nps id=\"y\"><prompt>P</prompt></nps></page>",
                ending: "<ending><message>T</message><offer kind=\"review\" «code»=\"K7\"/></ending>")
        ),
        (
            "S058",
            MarkedSurvey.asking(
                "<page id=\"p\"><nps id=\"y\"><prompt>P</prompt></nps><check that=\"«stars le 3»\">Look again.</check></page>"
            )
        ),
        (
            "S059",
            MarkedSurvey.asking(
                "<page id=\"p\"><text id=\"y\"><prompt>P</prompt></text><choice id=\"z\"><prompt>P</prompt><option code=\"a\">A</option><option code=\"b\" show-if=\"answered(«y»)\">B</option></choice></page>"
            )
        ),
        (
            "S038",
            MarkedSurvey.asking(
                "<page id=\"p\"><choice id=\"z\"><prompt>P</prompt><option code=\"a\">A</option><option code=\"b\" show-if=\"answered(«z»)\">B</option></choice></page>"
            )
        ),
        (
            "S024",
            MarkedSurvey.asking(
                "<page id=\"p\"><nps id=\"y\"><prompt>P</prompt></nps><«check» that=\"y ge 3\"/></page>")
        ),
        (
            "S013",
            MarkedSurvey.asking(
                "<page id=\"p\"><choice id=\"z\"><prompt>P</prompt><group><label>G</label><option code=\"a\">A</option></group><option code=\"«a»\">B</option></choice></page>"
            )
        ),
        (
            "S015",
            MarkedSurvey.asking(
                "<page id=\"p\"><«block» show-if=\"recommend le 6\"/><nps id=\"y\"><prompt>P</prompt></nps></page>")
        ),
    ]
}
