internal import Diagnostics
internal import Feedback
internal import Markup
internal import QuestionnaireModel

/// Compares every element with its shape: names, attributes, values, how many children, words where none belong.
struct ShapeCheck {
    private var source: SurveySource

    /// Walks the document below its root; what is found is added to the source.
    static func check(_ root: MarkupElement, _ source: inout SurveySource) {
        var check = ShapeCheck(source: source)
        check.element(root, ShapeNode.survey)
        source = check.source
    }

    @discardableResult
    private mutating func element(_ element: MarkupElement, _ node: ShapeNode) -> [Int] {
        attributes(of: element, node)
        var counts = [Int](repeating: 0, count: node.children.count)
        for child in element.children {
            switch child {
            case .text(let text):
                if !node.shape.holdsText, let place = wordsPlace(text) {
                    source.report(
                        .strayText, at: place, "<\(element.name)> holds elements only, not words.",
                        help: Self.advice(for: node.shape))
                }
            case .element(let child):
                self.child(child, of: element, node, &counts)
            }
        }
        for (index, least) in node.least where counts[index] < least {
            report(missing: node.shape.children[index], in: element, having: counts[index])
        }
        return counts
    }

    /// What an author who wrote words there probably meant.
    private static func advice(for shape: ElementShape) -> String {
        let text = shape.children.first { if case .text = $0.content { true } else { false } }
        return text.map { "Put them into <\($0.name)>…</\($0.name)>." } ?? "Remove them."
    }

    private func wordsPlace(_ text: MarkupText) -> Range<Int>? {
        guard let start = text.value.utf8.firstIndex(where: { !isSpace($0) }) else { return nil }
        let written = WrittenText(text.range, of: source.text.bytes, count: text.value.utf8.count)
        let offset = text.value.utf8.distance(from: text.value.startIndex, to: start)
        let word = text.value[start...].prefix { !$0.isWhitespace }
        return written.place(of: offset..<offset + word.utf8.count)
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    // MARK: Children

    private mutating func child(
        _ child: MarkupElement, of parent: MarkupElement, _ node: ShapeNode, _ counts: inout [Int]
    ) {
        guard child.namespace == SurveyLanguage.namespace else {
            source.report(
                .unknownElement, at: child.nameRange,
                "<\(child.name)> is not in the namespace of heed's surveys.",
                help: "Remove it, or its prefix or xmlns.")
            return
        }
        let name = child.name
        let index: Int
        if let own = node.childNames.firstIndex(of: name) {
            index = own
        } else if let question = node.questionChild, let inner = ShapeNode.question(named: name) {
            counts[question] += 1
            element(child, inner)
            return
        } else {
            return reportUnknown(child, in: parent, node.shape)
        }
        counts[index] += 1
        guard let inner = node.children[index] else { return text(child) }
        if let most = node.shape.children[index].most, counts[index] == most + 1 {
            source.report(
                .repeatedElement, at: child.nameRange,
                "<\(parent.name)> holds at most \(most == 1 ? "one" : String(most)) <\(child.name)>.",
                help: "Put their contents together.")
        }
        let held = element(child, inner)
        guard inner.shape.isBracket else { return }
        // What a block or group holds is held by its parent too: a page of blocks is a page of questions.
        for (position, count) in held.enumerated() {
            let outer = node.childNames.firstIndex(of: inner.childNames[position])
            if let outer, node.children[outer] != nil || outer == node.questionChild { counts[outer] += count }
        }
    }

    private mutating func reportUnknown(_ child: MarkupElement, in parent: MarkupElement, _ shape: ElementShape) {
        if source.isFull { return }
        let names = shape.children.flatMap { child in
            if case .question = child.content { SurveyLanguage.questions.map(\.name) } else { [child.name] }
        }
        let elsewhere = SurveyLanguage.question(named: child.name) != nil ? "page" : nil
        let help =
            nearestName(child.name, among: names).map { "Did you mean <\($0)>?" }
            ?? elsewhere.map { "Put it into a <\($0)>." }
            ?? (names.isEmpty ? nil : "It may hold \(names.prefix(12).map { "<\($0)>" }.joined(separator: ", ")).")
        source.report(
            .unknownElement, at: child.nameRange, "<\(parent.name)> cannot hold <\(child.name)>.", help: help)
    }

    private mutating func report(missing child: ChildShape, in element: MarkupElement, having count: Int) {
        let message: String
        let help: String
        switch child.content {
        case .question:
            message = "<\(element.name)> holds no question."
            help = "Add one, such as <nps id=\"recommend\">, or remove the <\(element.name)>."
        case .text:
            message = "<\(element.name)> needs \(Self.article(child.name)) <\(child.name)>."
            help = "Add <\(child.name)>…</\(child.name)>."
        case .element:
            message =
                child.least == 1
                ? "<\(element.name)> needs \(Self.article(child.name)) <\(child.name)>."
                : "<\(element.name)> needs at least \(child.least) <\(child.name)>; it has \(count)."
            help = "Add <\(child.name)>."
        }
        source.report(.missingElement, at: element.nameRange, message, help: help)
    }

    private static func article(_ name: String) -> String { "aeiou".contains(name.first ?? "x") ? "an" : "a" }

    // MARK: Attributes

    /// A text holds words and says its language, nothing else.
    private mutating func text(_ element: MarkupElement) {
        for attribute in element.attributes where attribute.namespace != xmlNamespace || attribute.name != "lang" {
            source.report(
                .unknownAttribute, at: attribute.nameRange,
                "<\(element.name)> has no attribute \"\(attribute.name)\".", help: "A text carries xml:lang only.")
        }
        for case .element(let child) in element.children {
            source.report(
                .unknownElement, at: child.nameRange, "<\(element.name)> holds words only, not <\(child.name)>.",
                help: "Write plain words; heed sets them for the page.")
        }
    }

    private mutating func attributes(of element: MarkupElement, _ node: ShapeNode) {
        for attribute in element.attributes {
            guard attribute.namespace == nil, let index = node.attributeNames.firstIndex(of: attribute.name) else {
                reportUnknown(attribute, of: element, node.shape)
                continue
            }
            if let problem = AttributeValue.problem(with: attribute.value, as: node.attributeKinds[index]) {
                let culprit = AttributeValue.culprit(in: attribute.value, as: node.attributeKinds[index])
                let start = attribute.valueRange.lowerBound
                // Language tags hold no entities; where something else does, the whole value is marked.
                let place = culprit.map { start + $0.lowerBound..<start + $0.upperBound }
                let isPlain = attribute.valueRange.count == attribute.value.utf8.count
                source.report(
                    .badValue, at: isPlain ? place ?? attribute.markedRange : attribute.markedRange, problem.message,
                    help: problem.help)
            }
        }
        for index in node.requiredAttributes {
            let name = node.attributeNames[index]
            if element.attributes.contains(where: { $0.name == name && $0.namespace == nil }) { continue }
            source.report(
                .missingAttribute, at: element.nameRange, "<\(element.name)> needs the attribute \"\(name)\".",
                help: "Add \(name)=\"…\": \(Self.lowerFirst(node.shape.attributes[index].summary))")
        }
    }

    private mutating func reportUnknown(_ attribute: MarkupAttribute, of element: MarkupElement, _ shape: ElementShape)
    {
        if source.isFull { return }
        if attribute.namespace == xmlNamespace, attribute.name == "lang" {
            source.report(
                .unknownAttribute, at: attribute.nameRange, "<\(element.name)> has no language of its own.",
                help: "Write xml:lang on the texts inside it.")
            return
        }
        let help: String
        if attribute.namespace != nil {
            help = "Remove it; heed reads no schema or attribute from elsewhere."
        } else if let near = nearestName(attribute.name, among: shape.attributes.map(\.name)) {
            help = "Did you mean \"\(near)\"?"
        } else {
            let names = shape.attributes.map(\.name)
            help = names.isEmpty ? "Remove it." : "It may have \(names.joined(separator: ", "))."
        }
        source.report(
            .unknownAttribute, at: attribute.nameRange, "<\(element.name)> has no attribute \"\(attribute.name)\".",
            help: help)
    }

    private static func lowerFirst(_ sentence: String) -> String {
        guard let first = sentence.first else { return sentence }
        return first.lowercased() + sentence.dropFirst()
    }

    private var xmlNamespace: String { "http://www.w3.org/XML/1998/namespace" }
}

extension MarkupAttribute {
    /// Where a caret belongs that is about the value: the value itself, or the name when it is empty.
    var markedRange: Range<Int> { valueRange.isEmpty ? nameRange : valueRange }
}

/// The name nearest to a word, also when only the case of letters differs; the first two thousand are looked at.
func nearestName(_ word: String, among names: some Sequence<String>) -> String? {
    let names = names.prefix(2000)
    let lower = word.lowercased()
    return names.first { $0.lowercased() == lower && $0 != word } ?? Spelling.nearest(to: lower, among: names)
}
