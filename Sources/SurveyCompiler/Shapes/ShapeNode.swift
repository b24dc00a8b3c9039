internal import QuestionnaireModel

/// A shape made ready for looking up: what is asked of every element of every file stands in plain arrays.
final class ShapeNode: Sendable {
    let shape: ElementShape
    let attributeNames: [String]
    let attributeKinds: [AttributeShape.Kind]
    /// Positions of the attributes that must be there.
    let requiredAttributes: [Int]
    /// The children's names, in the order of the shape's children; empty for "any question".
    let childNames: [String]
    /// The shapes of the children that are elements; nil for texts.
    let children: [ShapeNode?]
    /// The position of "any question", if such children are allowed.
    let questionChild: Int?
    /// The children that must be there, and how many.
    let least: [(index: Int, least: Int)]

    static let survey = ShapeNode(SurveyLanguage.survey)

    private static let questions = Dictionary(
        SurveyLanguage.questions.map { ($0.name, ShapeNode($0)) }, uniquingKeysWith: { first, _ in first })

    static func question(named name: String) -> ShapeNode? { questions[name] }

    private init(_ shape: ElementShape) {
        self.shape = shape
        attributeNames = shape.attributes.map(\.name)
        attributeKinds = shape.attributes.map(\.kind)
        requiredAttributes = shape.attributes.indices.filter { shape.attributes[$0].isRequired }
        childNames = shape.children.map { if case .question = $0.content { "" } else { $0.name } }
        children = shape.children.map { if case .element(let inner) = $0.content { ShapeNode(inner) } else { nil } }
        questionChild = shape.children.firstIndex { if case .question = $0.content { true } else { false } }
        least = shape.children.indices.filter { shape.children[$0].least > 0 }.map { ($0, shape.children[$0].least) }
    }
}
