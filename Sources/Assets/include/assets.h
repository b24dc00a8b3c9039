#ifndef HEED_ASSETS_H
#define HEED_ASSETS_H

#include <stddef.h>

/// A file of `files/`, embedded at compile time so that there is one binary.
struct heed_asset {
    const unsigned char *bytes;
    size_t count;
};

struct heed_asset heed_asset_survey_xsd(void);
struct heed_asset heed_asset_archive_xsd(void);
struct heed_asset heed_asset_settings_schema(void);
struct heed_asset heed_asset_questionnaire_css(void);
struct heed_asset heed_asset_workspace_css(void);
struct heed_asset heed_asset_relationship_survey(void);
struct heed_asset heed_asset_post_purchase_survey(void);

#endif
