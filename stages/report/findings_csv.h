/* findings.csv: every finding, one a line, safe to open in a spreadsheet. */
#ifndef CANVASS_REPORT_FINDINGS_CSV_H
#define CANVASS_REPORT_FINDINGS_CSV_H

#include "text.h"
#include "view.h"

/* Begins with a byte order mark, so that a spreadsheet reads the letters right. */
bool findings_csv(struct text *csv, const struct view *view, struct error *err);

#endif
