#include "spreadsheet.h"

#include <stdbool.h>
#include <string.h>

/* Whether a cell that begins here would be run, where a number would not. */
static bool is_formula(const char *text)
{
	static const char wide[] = "\xef\xbc\x9d\xef\xbc\x8b\xef\xbc\x8d\xef\xbc\xa0"; /* = + - @, full width */
	text += strspn(text, " \"");
	for (const char *c = wide; *c; c += 3)
		if (strncmp(text, c, 3) == 0)
			return true;
	if (!*text || !strchr("=+-@", *text))
		return false;
	size_t number = strchr("+-", *text) ? strspn(text + 1, "0123456789.") : 0;
	return number == 0 || (text[1 + number] && !strchr(" \";\t\r\n", text[1 + number]));
}

static const char ends[] = ";\t\r\n";

void spreadsheet_add_field(struct text *csv, const char *value)
{
	if (!value || !strpbrk(value, ends)) {
		text_add_escaped(csv, TEXT_CSV, value);
		return;
	}
	struct text safe = { 0 };
	for (const char *c = value; *c; c++) {
		text_add_bytes(&safe, c, 1);
		if (strchr(ends, *c) && is_formula(c + 1))
			text_add(&safe, "'");
	}
	size_t begin = csv->length;
	text_add_escaped(csv, TEXT_CSV, safe.bytes);
	if (csv->bytes[begin] != '"') {
		csv->length = begin;
		text_add(csv, "\"");
		text_add_escaped(csv, TEXT_CSV, safe.bytes); /* holds no quotation mark, or it would be quoted */
		text_add(csv, "\"");
	}
	text_free(&safe);
}
