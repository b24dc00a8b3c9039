/// How much a document may ask for; beyond it nothing is read (FAULTS section 4).
package struct XMLLimits: Sendable {
    /// The most bytes in the file.
    package var bytes: Int
    /// The most elements inside one another; libxml2's own bound is 256.
    package var depth: Int
    /// The most attributes on one tag; libxml2 compares each with all before it.
    package var attributes: Int
    /// The most elements in all.
    package var elements: Int

    /// The most bytes between two tags; validation reads a text again for each piece of it.
    package var textBytes: Int
    /// The most entities, comments and CDATA sections between two tags.
    package var textPieces: Int

    /// What a survey file may ask for.
    package static let survey = XMLLimits(
        bytes: 8 << 20, depth: 64, attributes: 256, elements: 200_000, textBytes: 1 << 20, textPieces: 10_000)
}
