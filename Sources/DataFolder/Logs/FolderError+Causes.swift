internal import Journal

extension FolderError {
    /// What to say of a failure of the journal, the file system or a decision.
    init(_ cause: any Error) {
        switch cause {
        case let error as FolderError: self = error
        case let error as FileError: self.init(error)
        case .file(let error) as JournalError: self.init(error)
        case let error as JournalError:
            let kind: Kind =
                switch error {
                case .busy, .locked, .closed: .locked
                case .tooLong, .newer: .refused
                case .readOnly: .notPermitted
                case .file: .inputOutput
                }
            self.init(kind, error.description)
        default: self.init(.inputOutput, "\(cause)")
        }
    }

    private init(_ error: FileError) {
        self.init(error.isForbidden ? .notPermitted : .inputOutput, error.description)
    }
}
