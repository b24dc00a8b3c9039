package import Feedback

/// What the operator may choose about numbers; printed with them.
package struct AnalysisSettings: Sendable, Equatable {
    /// The level of every interval, between 0 and 1.
    package var level = 0.95
    /// How many days back an answer still speaks for its giver.
    package var windowDays = 365
    /// The least number of answers a group of a confidential or anonymous survey needs to be shown.
    package var minimumGroup = 5
    /// How many days before a renewal it is worth a notice.
    package var renewalNoticeDays = 90
    /// P(NPS < 0) above which an account is probably negative.
    package var probablyNegative = 0.8

    /// heed's own choices.
    package init() {}

    /// The normal quantile that goes with the level.
    package var z: Double { NormalDistribution.z(level: level) }
}

/// Why an analysis cannot be made; what is wrong with single lines is counted instead.
package enum AnalysisError: Error, Equatable {
    /// There is no data folder at a path.
    case noFolder(path: String)
    /// There is no such survey in the folder.
    case noSurvey(SurveyID)
    /// A line was written by a newer heed, so that reading on would be guessing.
    case newerLine(file: String, line: Int, reason: String)
    /// The system refused to read a file.
    case unreadable(path: String, errno: Int32)
}

/// A line that no number includes, because it cannot be read.
package struct UnreadableLine: Sendable, Equatable {
    /// The file's path.
    package let file: String
    /// The line's number, from 1.
    package let line: Int
    /// What is wrong with it, in words.
    package let reason: String
}
