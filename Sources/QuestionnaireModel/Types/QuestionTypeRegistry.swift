/// Every question type there is; a new one is one file and one line here.
package enum QuestionTypeRegistry {
    /// The types, in the order the manual lists them.
    package static let standard: [any QuestionType.Type] = [
        NPSQuestion.self,
        CSATQuestion.self,
        CESQuestion.self,
        RatingQuestion.self,
        ChoiceQuestion.self,
        ChoicesQuestion.self,
        MatrixQuestion.self,
        RankingQuestion.self,
        NumberQuestion.self,
        TextQuestion.self,
        EmailQuestion.self,
        PhoneQuestion.self,
        DateQuestion.self,
        ConsentQuestion.self,
        StatementQuestion.self,
    ]

    /// The type that an element of the survey language names, if there is one.
    package static func type(named element: String) -> (any QuestionType.Type)? {
        standard.first { $0.shape.name == element }
    }
}
