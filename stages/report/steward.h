/* What the steward has said and looked at, laid beside the findings: the tables temp.settled and temp.seen. */
#ifndef CANVASS_REPORT_STEWARD_H
#define CANVASS_REPORT_STEWARD_H

#include "view.h"

#include <stdbool.h>

/* Once for a store, before any query that names those tables. The seen file (view->seen) has the columns finding and
 * code: the identity of each finding that the steward has looked at, and its code. */
bool steward_lay(const struct view *view, struct error *err);

#endif
