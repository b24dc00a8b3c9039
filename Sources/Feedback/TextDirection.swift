extension Unicode.Scalar {
    /// Whether it turns the direction of what follows it (Unicode UAX 9: embeddings, overrides and isolates).
    package var turnsDirection: Bool { (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value) }
}

extension String {
    /// Without what would turn the direction of the words around it; a name needs none of that to be read.
    package var withoutDirectionTurns: String {
        guard unicodeScalars.contains(where: \.turnsDirection) else { return self }
        var kept = String.UnicodeScalarView()
        for scalar in unicodeScalars where !scalar.turnsDirection { kept.append(scalar) }
        return String(kept)
    }
}
