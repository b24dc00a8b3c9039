internal import ArgumentParser

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Where a command's words go: results to standard output, everything else to standard error.
enum Terminal {
    /// Writes a result, whole; a reader that went away ends the command quietly.
    static func write(_ bytes: [UInt8]) throws {
        try put(bytes, to: STDOUT_FILENO)
    }

    /// Writes a line of a result.
    static func print(_ line: String = "") throws {
        try write(Array((line + "\n").utf8))
    }

    /// Writes a line beside the result.
    static func note(_ line: String) {
        try? put(Array((line + "\n").utf8), to: STDERR_FILENO)
    }

    /// Draws on standard error without ending the line.
    static func draw(_ text: String) {
        try? put(Array(text.utf8), to: STDERR_FILENO)
    }

    /// Whether standard error is a terminal, so that progress is worth drawing.
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    /// How many columns there are: the terminal's own, else `COLUMNS`, else 80.
    static var columns: Int {
        var size = winsize()
        if isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
            return Int(size.ws_col)
        }
        return getenv("COLUMNS").flatMap { Int(String(cString: $0)) } ?? 80
    }

    private static func put(_ bytes: [UInt8], to descriptor: Int32) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EPIPE { throw ExitCode.success }
            if count < 0 { throw ExitStatus.inputOutput }
            written += count
        }
    }
}

/// The exit statuses of DESIGN section 6 (sysexits.h).
enum ExitStatus {
    /// The input has errors; also a refused publish, a breaking difference, a failed verification.
    static let dataError = ExitCode(65)
    /// No such input.
    static let noInput = ExitCode(66)
    /// An output cannot be created.
    static let cannotCreate = ExitCode(73)
    /// Reading or writing failed.
    static let inputOutput = ExitCode(74)
    /// Somebody else holds the folder.
    static let locked = ExitCode(75)
    /// Not permitted.
    static let notPermitted = ExitCode(77)
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
