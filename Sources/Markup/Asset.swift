internal import Assets

/// A file inside the binary.
package enum Asset: Sendable, CaseIterable {
    /// The schema of survey files.
    case surveySchema
    /// The schema of archives.
    case archiveSchema
    /// The schema of a line of settings.
    case settingsSchema
    /// The style of questionnaire pages.
    case questionnaireStyle
    /// The style of the workspace.
    case workspaceStyle
    /// The shipped survey of a relationship, for the demonstration.
    case relationshipSurvey
    /// The shipped survey after a purchase, for the demonstration.
    case postPurchaseSurvey

    /// The file's bytes.
    package var bytes: [UInt8] {
        let asset =
            switch self {
            case .surveySchema: heed_asset_survey_xsd()
            case .archiveSchema: heed_asset_archive_xsd()
            case .settingsSchema: heed_asset_settings_schema()
            case .questionnaireStyle: heed_asset_questionnaire_css()
            case .workspaceStyle: heed_asset_workspace_css()
            case .relationshipSurvey: heed_asset_relationship_survey()
            case .postPurchaseSurvey: heed_asset_post_purchase_survey()
            }
        return Array(UnsafeBufferPointer(start: asset.bytes, count: asset.count))
    }
}
