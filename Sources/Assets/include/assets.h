#ifndef HEED_ASSETS_H
#define HEED_ASSETS_H

#include <stddef.h>

/// A file that was embedded at compile time.
struct heed_asset {
    const unsigned char *bytes;
    size_t count;
};

struct heed_asset heed_asset_survey_xsd(void);

#endif
