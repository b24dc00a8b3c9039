/// How many columns of a terminal text takes.
package enum DisplayWidth {
    /// The columns of a text: marks that combine take none, wide characters two (Unicode TR 11, by block).
    package static func of(_ text: some StringProtocol) -> Int {
        var width = 0
        for scalar in text.unicodeScalars { width += columns(scalar) }
        return width
    }

    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return scalar.value < 0x20 ? 0 : 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }

    /// A text cut or filled to a number of columns; what is cut ends in an ellipsis.
    package static func fit(_ text: String, _ width: Int, alignEnd: Bool = false) -> String {
        let own = of(text)
        if own <= width {
            let fill = String(repeating: " ", count: width - own)
            return alignEnd ? fill + text : text + fill
        }
        var result = ""
        var used = 0
        for character in text {
            let columns = of(String(character))
            if used + columns > width - 1 { break }
            result.append(character)
            used += columns
        }
        return result + "…" + String(repeating: " ", count: max(0, width - 1 - used))
    }

    /// A text broken at spaces into lines of at most a number of columns; a longer word stands alone, cut.
    package static func wrap(_ text: String, _ width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: \.isWhitespace) {
            let candidate = line.isEmpty ? String(word) : line + " " + word
            if of(candidate) <= width {
                line = candidate
            } else {
                if !line.isEmpty { lines.append(line) }
                line = of(word) <= width ? String(word) : fit(String(word), width)
            }
        }
        if !line.isEmpty || lines.isEmpty { lines.append(line) }
        return lines
    }
}
