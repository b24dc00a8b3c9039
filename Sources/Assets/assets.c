#include "assets.h"

// #embed is standard from C23 on; this clang has it as an extension of C17.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char survey_xsd[] = {
#embed "files/survey.xsd"
};

static const unsigned char archive_xsd[] = {
#embed "files/archive.xsd"
};

static const unsigned char questionnaire_css[] = {
#embed "files/questionnaire.css"
};

static const unsigned char workspace_css[] = {
#embed "files/workspace.css"
};

static const unsigned char settings_schema[] = {
#embed "files/settings.schema.json"
};

static const unsigned char relationship_survey[] = {
#embed "../../surveys/relationship.xml"
};

static const unsigned char post_purchase_survey[] = {
#embed "../../surveys/post-purchase.xml"
};

struct heed_asset heed_asset_survey_xsd(void) {
    return (struct heed_asset){survey_xsd, sizeof survey_xsd};
}

struct heed_asset heed_asset_archive_xsd(void) {
    return (struct heed_asset){archive_xsd, sizeof archive_xsd};
}

struct heed_asset heed_asset_questionnaire_css(void) {
    return (struct heed_asset){questionnaire_css, sizeof questionnaire_css};
}

struct heed_asset heed_asset_workspace_css(void) {
    return (struct heed_asset){workspace_css, sizeof workspace_css};
}

struct heed_asset heed_asset_relationship_survey(void) {
    return (struct heed_asset){relationship_survey, sizeof relationship_survey};
}

struct heed_asset heed_asset_post_purchase_survey(void) {
    return (struct heed_asset){post_purchase_survey, sizeof post_purchase_survey};
}

struct heed_asset heed_asset_settings_schema(void) {
    return (struct heed_asset){settings_schema, sizeof settings_schema};
}
