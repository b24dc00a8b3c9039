internal import Assets

/// A file inside the binary.
package enum Asset: Sendable, CaseIterable {
    /// The schema of survey files.
    case surveySchema
    /// The schema of archives.
    case archiveSchema
    /// The style of questionnaire pages.
    case questionnaireStyle
    /// The style of the workspace.
    case workspaceStyle

    /// The file's bytes.
    package var bytes: [UInt8] {
        let asset =
            switch self {
            case .surveySchema: heed_asset_survey_xsd()
            case .archiveSchema: heed_asset_archive_xsd()
            case .questionnaireStyle: heed_asset_questionnaire_css()
            case .workspaceStyle: heed_asset_workspace_css()
            }
        return Array(UnsafeBufferPointer(start: asset.bytes, count: asset.count))
    }
}
