internal import Markup

extension String {
    /// A number as a cell: the shortest decimal, or empty when undefined.
    static func cell(_ value: Double?) -> String { value.map { $0 == 0 ? "0" : "\($0)" } ?? "" }

    /// Somebody's text as a cell that no spreadsheet runs as a formula; empty when there is none.
    static func text(_ text: String?) -> String { text.map(CSVWriter.safe) ?? "" }
}
