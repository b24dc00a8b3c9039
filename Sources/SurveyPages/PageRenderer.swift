internal import QuestionnaireModel
internal import Synchronization

/// Draws questionnaire pages; keeps what is the same for all customers, so that a first page is little more than a
/// copy.
package final class PageRenderer: Sendable {
    private struct Kept {
        let frame: PageFrame
        var template: PageTemplate?
    }

    private struct State {
        var facts: [String: [PageFacts]] = [:]
        var kept: [FrameKey: Kept] = [:]
    }

    /// Fields and earlier answers are part of a key, so keys are many; past this number all are made anew.
    private static let mostKept = 1000
    private let state = Mutex(State())

    /// A renderer with nothing kept yet; one serves a whole process.
    package init() {}

    /// The page's bytes and its content security policy.
    package func render(_ page: SurveyPage) -> RenderedPage {
        let facts = facts(of: page)
        let key = FrameKey(page, facts)
        let isFresh =
            page.fields.fields.isEmpty && page.problems.isEmpty && page.notice == nil
            && !(facts.isShuffled && page.response != nil)
        if let kept = state.withLock({ $0.kept[key] }) {
            guard isFresh else { return PageWriter(page, kept.frame).rendered() }
            if let template = kept.template {
                return RenderedPage(bytes: template.filled(for: page), sheet: kept.frame.sheet)
            }
        }
        let frame = state.withLock { $0.kept[key]?.frame } ?? PageFrame(page)
        let template = isFresh ? PageTemplate(marked: PageWriter(page, frame, marks: true).rendered().bytes) : nil
        state.withLock { state in
            if state.kept.count >= Self.mostKept { state.kept.removeAll(keepingCapacity: true) }
            state.kept[key] = Kept(frame: frame, template: template)
        }
        guard let template else { return PageWriter(page, frame).rendered() }
        return RenderedPage(bytes: template.filled(for: page), sheet: frame.sheet)
    }

    private func facts(of page: SurveyPage) -> PageFacts {
        let digest = page.questionnaire.digest
        if let found = state.withLock({ $0.facts[digest] }) { return found[page.page] }
        let made = page.questionnaire.pages.indices.map { PageFacts(page.questionnaire, page: $0) }
        state.withLock { state in
            if state.facts.count >= Self.mostKept { state.facts.removeAll() }
            state.facts[digest] = made
        }
        return made[page.page]
    }
}
