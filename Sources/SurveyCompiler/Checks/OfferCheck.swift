internal import Diagnostics
internal import Markup
internal import QuestionnaireModel

/// An offer of a coupon says its code, and no other offer has one.
enum OfferCheck: SurveyCheck {
    static let couponWithoutCode = DiagnosticCode(
        "S046", title: "coupon and code that do not go together",
        why: "A coupon without a code gives the customer nothing; a code elsewhere would never be shown.",
        example: "<ending><message>Thank you.</message><offer kind=\"coupon\"><label>10 % off</label></offer></ending>")

    static let codes = [couponWithoutCode]

    static func check(_ draft: SurveyDraft, _ source: inout SurveySource) {
        for ending in draft.endings {
            for offer in ending.element.elements(named: "offer") {
                let code = offer.attribute("code")
                if offer["kind"] == Offer.Kind.coupon.rawValue {
                    guard code?.value.allSatisfy(\.isWhitespace) ?? true else { continue }
                    source.report(
                        couponWithoutCode, at: code?.markedRange ?? offer.nameRange, "This coupon has no code.",
                        help: "Write code=\"…\", the code that everybody who sees it may use.")
                } else if let code {
                    source.report(
                        couponWithoutCode, at: code.nameRange, "Only a coupon has a code.",
                        help: "Write kind=\"coupon\", or remove the code.")
                }
            }
        }
    }
}
