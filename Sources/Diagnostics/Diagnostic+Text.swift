extension Diagnostic {
    /// The place and the sentence: `file:line:column: error[S014]: one plain sentence`.
    package var headline: String {
        "\(file.visible):\(position.line):\(position.column): \(severity.rawValue)[\(code.id)]: \(message.visible)"
    }

    /// The headline, the source line with a caret under the very word, why it matters, and what to write instead.
    package var text: String {
        var lines = [headline]
        if !sourceLine.isEmpty {
            let number = String(position.line)
            let margin = String(repeating: " ", count: number.count)
            let (source, marks) = caretLines
            lines += [" \(number) | \(source)", " \(margin) | \(marks)"]
        }
        lines.append("   why: \(code.why.visible)")
        if let help { lines.append("  help: \(help.visible)") }
        if let witness { lines.append("   for: \(witness.visible)") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The source line made visible, and a line that marks the place below it; tabs stay tabs in both.
    private var caretLines: (source: String, marks: String) {
        var source = ""
        var marks = ""
        for (index, scalar) in sourceLine.unicodeScalars.enumerated() {
            let shown = scalar == "\t" ? "\t" : scalar.visible
            source += shown
            let isMarked = index >= caret && index < caret + width
            if index >= caret + width { continue }
            if scalar == "\t", !isMarked {
                marks += "\t"
            } else {
                let mark: Character = index == caret ? "^" : isMarked ? "~" : " "
                marks += String(
                    repeating: mark, count: scalar == "\t" ? 1 : shown.unicodeScalars.reduce(0) { $0 + $1.columns })
                // A wide character under the caret is marked once, and filled up.
                if index == caret, marks.count > 1 { marks = fillingCaret(marks) }
            }
        }
        // Past the end of the line, such as where something is missing.
        if caret >= sourceLine.unicodeScalars.count { marks += "^" }
        return (source, marks)
    }

    private func fillingCaret(_ marks: String) -> String {
        guard let first = marks.firstIndex(of: "^") else { return marks }
        return String(marks[...first]) + marks[marks.index(after: first)...].replacing("^", with: "~")
    }
}

extension String {
    /// With control and direction characters spelt out, so that no file can move the cursor or hide a word.
    package var visible: String {
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
        return unicodeScalars.reduce(into: "") { $0 += $1.visible }
    }
}

extension Unicode.Scalar {
    /// Itself, or `<U+XXXX>` for what would not be seen: controls, line separators, direction marks and overrides.
    var visible: String {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: spelt
        default: String(self)
        }
    }

    private var spelt: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
    }

    /// How many terminal columns it takes: none for marks that join the letter before, two for East Asian wide letters.
    var columns: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch value {
        // Unicode Standard Annex 11: the blocks that are wide throughout, and emoji.
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
