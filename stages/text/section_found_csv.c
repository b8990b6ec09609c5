#include "sections.h"

#include "embedded.h"
#include "spreadsheet.h"

static const char *const names[LIST_COLUMNS] = {
	[LIST_IDENTITY] = "finding",  [LIST_TYPE] = "type",
	[LIST_VARIABLE] = "variable", [LIST_CONFIDENCE] = "confidence",
	[LIST_REASON] = "why",        [LIST_START] = "start",
	[LIST_LENGTH] = "length",     [LIST_PLACEHOLDER] = "placeholder",
	[LIST_DECISION] = "decision", [LIST_STATE] = "state",
	[LIST_KEY] = "key",           [LIST_EXPORT] = "export",
	[LIST_LINE] = "line",         [LIST_BEFORE] = "before",
	[LIST_WORDS] = "words",       [LIST_AFTER] = "after",
};

static void add_row(void *with, sqlite3_stmt *select)
{
	struct text *csv = with;
	for (int i = 0; i < LIST_COLUMNS; i++) {
		text_add(csv, i ? "," : "");
		spreadsheet_add_field(csv, text_view_text(select, i));
	}
	text_add(csv, "\n");
}

bool section_found_csv(struct text *csv, const struct view *view, struct error *err)
{
	text_add(csv, "\xef\xbb\xbf");
	for (int i = 0; i < LIST_COLUMNS; i++)
		text_print(csv, "%s%s", i ? "," : "", names[i]);
	text_add(csv, "\n");
	return text_view_each(view, sql_text_list, NULL, add_row, csv, err);
}
