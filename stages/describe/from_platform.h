/* What a platform's profile says of its own columns. */
#ifndef DESCRIBE_FROM_PLATFORM_H
#define DESCRIBE_FROM_PLATFORM_H

#include "drafting.h"

/* `variable` is as the cells tell: given the profile's type and role where the cells do not say otherwise, as an export
 * that was saved again may have its dates written in another way. */
void from_platform(const struct drafting *in, struct draft_variable *variable, const struct gather_column *column,
                   const struct guess *guess);

/* Make it the key; a dictionary has one. */
void from_platform_key(const struct drafting *in, struct draft_variable *variable, const struct gather_column *column);

#endif
