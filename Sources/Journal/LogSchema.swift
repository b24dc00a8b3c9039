package import Feedback

/// What a journal knows of the lines of a log without understanding them.
package struct LogSchema: Sendable {
    /// Whether a line can be used.
    package enum Verdict: Sendable, Equatable {
        /// It can be read.
        case readable
        /// It cannot be read, and why; it is kept, left out and reported.
        case unreadable(String)
        /// It was written by a newer heed, so that going on would be guessing.
        case newer
    }

    /// Judges a line and appends the keys that it can be found by.
    package let keys: @Sendable (_ line: ArraySlice<UInt8>, _ keys: inout [LineKey]) -> Verdict
    /// When a line was written, if it says so.
    package let moment: @Sendable (_ line: ArraySlice<UInt8>) -> Timestamp?

    /// How keys and moments are found.
    package init(
        keys: @escaping @Sendable (ArraySlice<UInt8>, inout [LineKey]) -> Verdict,
        moment: @escaping @Sendable (ArraySlice<UInt8>) -> Timestamp?
    ) {
        self.keys = keys
        self.moment = moment
    }
}
