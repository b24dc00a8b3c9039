#include "assets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"


static const unsigned char survey_xsd[] = {
#embed "files/survey.xsd"
};

struct heed_asset heed_asset_survey_xsd(void) {
    return (struct heed_asset){survey_xsd, sizeof survey_xsd};
}
