#include "findings_files.h"

#include "spreadsheet.h"

void findings_csv_begin(struct text *csv, const struct view *view, const struct findings *findings)
{
	(void)view, (void)findings;
	text_add(csv, "\xef\xbb\xbf");
	for (enum findings_column i = 0; i < FINDINGS_COLUMNS; i++)
		text_print(csv, "%s%s", i ? "," : "", findings_column_name(i));
	text_add(csv, "\n");
}

void findings_csv_add(struct text *csv, const struct findings_row *row, bool first)
{
	(void)first;
	for (enum findings_column i = 0; i < FINDINGS_COLUMNS; i++) {
		text_add(csv, i ? "," : "");
		spreadsheet_add_field(csv, row->texts[i]);
	}
	text_add(csv, "\n");
}
