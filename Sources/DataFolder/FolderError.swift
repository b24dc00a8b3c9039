/// Why something could not be done with a data folder: one sentence of what, where and what to do, and an exit status.
package struct FolderError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of trouble it is, where a caller acts on it.
    package enum Kind: Int32, Sendable {
        /// The input has errors, or was refused.
        case refused = 65
        /// There is no such input.
        case notFound = 66
        /// An output cannot be created.
        case cannotCreate = 73
        /// Reading or writing failed.
        case inputOutput = 74
        /// Somebody else holds the folder, or too many wait for it.
        case locked = 75
        /// Not permitted.
        case notPermitted = 77
    }

    /// What kind of trouble it is.
    package let kind: Kind
    /// What happened, where, and what to do, in plain sentences.
    package let message: String

    /// Why something could not be done.
    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// The message.
    package var description: String { message }

    /// The exit status of DESIGN section 6.
    package var exitStatus: Int32 { kind.rawValue }
}
