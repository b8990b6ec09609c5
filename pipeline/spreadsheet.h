/* What a respondent wrote, as a field of a CSV file that a steward may open in a spreadsheet. */
#ifndef CANVASS_SPREADSHEET_H
#define CANVASS_SPREADSHEET_H

#include "text.h"

/* Where its settings say so, a spreadsheet takes a semicolon or a tab for the end of a cell, and with it a line end for
 * the end of a row: an apostrophe leads what would then begin one, too, and quotation marks keep the rest together. */
void spreadsheet_add_field(struct text *csv, const char *value);

#endif
