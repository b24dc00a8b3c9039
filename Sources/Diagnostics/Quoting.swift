/// Cuts what messages quote of a file: a value of megabytes would make a message of megabytes, in every format.
package enum Quoting {
    /// How many Unicode scalars of a quoted value, or of any other unbroken word, are shown.
    package static let most = 60
    /// The most Unicode scalars of a message, whatever it quotes.
    private static let mostInAll = 1000

    /// A message in which every quoted value and every word ends in an ellipsis once it is long.
    package static func shortened(_ message: String) -> String {
        if message.utf8.count <= most { return message }
        var shown = String.UnicodeScalarView()
        var count = 0
        var (inQuotes, inWord) = (0, 0)
        var isQuoted = false
        for scalar in message.unicodeScalars {
            if count >= mostInAll {
                shown.append("…")
                break
            }
            if scalar == "\"" {
                isQuoted.toggle()
                (inQuotes, inWord) = (0, 0)
            } else {
                inQuotes += isQuoted ? 1 : 0
                inWord = scalar == " " && !isQuoted ? 0 : inWord + 1
                let length = isQuoted ? inQuotes : inWord
                if length > most {
                    if length == most + 1 { shown.append("…") }
                    continue
                }
            }
            shown.append(scalar)
            count += 1
        }
        return String(shown)
    }
}
