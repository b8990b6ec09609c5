#include "spelling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "code_lists.h"
#include "csv_table.h"
#include "date.h"
#include "mem.h"
#include "number.h"
#include "text.h"

/* Of code_lists_columns. */
enum { LIST, CODE, LABEL, AS_EXPORTED };

struct spellings {
	const struct dictionary *dictionary; /* borrowed */
	struct csv_table *codes;
};

bool spellings_load(struct spellings **spellings, const struct dictionary *dictionary, struct error *err)
{
	struct spellings *loaded = mem_alloc(1, sizeof *loaded);
	char *path = mem_print("%s/codes.csv", dictionary->folder);
	loaded->dictionary = dictionary;
	bool ok = csv_table_load(&loaded->codes, path, code_lists_columns, CODE_LISTS_COLUMNS, err);
	free(path);
	if (!ok) {
		spellings_free(loaded);
		return false;
	}
	*spellings = loaded;
	return true;
}

void spellings_free(struct spellings *spellings)
{
	if (!spellings)
		return;
	csv_table_free(spellings->codes);
	free(spellings);
}

static bool holds(const struct code_list *list, const struct code *code)
{
	return list && code >= list->codes && code < list->codes + list->count;
}

const char *spell_code(const struct spellings *spellings, const struct code_list *list, const struct code *code,
                       size_t export)
{
	const char *name = holds(list, code) ? list->name : "any";
	size_t rows = 0, wanted = 0;
	for (int pass = 0; pass < 2; pass++) {
		size_t seen = 0;
		for (size_t row = 0; row < csv_table_rows(spellings->codes); row++) {
			if (strcmp(csv_table_cell(spellings->codes, row, LIST), name) != 0
			    || strcmp(csv_table_cell(spellings->codes, row, CODE), code->code) != 0)
				continue;
			const char *text = csv_table_cell(spellings->codes, row, AS_EXPORTED);
			if (pass == 1 && seen == wanted)
				return *text ? text : code->code;
			seen++;
		}
		rows = seen;
		if (rows == 0)
			break;
		wanted = export % rows;
	}
	bool label = export % 2 == 0 && dictionary_code(spellings->dictionary, list, code->label) == code;
	return label ? code->label : code->code;
}

char *spell_day(int year, int month, int day, const char *dates)
{
	if (dates && strcmp(dates, "dmy") == 0)
		return mem_print("%02d/%02d/%04d", day, month, year);
	if (dates && strcmp(dates, "mdy") == 0)
		return mem_print("%02d/%02d/%04d", month, day, year);
	return mem_print("%04d-%02d-%02d", year, month, day);
}

static char *spell_date(long long days, const char *dates)
{
	char iso[11];
	int year = 0, month = 0, day = 0;
	date_print(iso, days);
	sscanf(iso, "%d-%d-%d", &year, &month, &day);
	return spell_day(year, month, day, dates);
}

static char *spell_moment(const struct value *value, const char *dates)
{
	char *day = spell_date(value->integer, dates);
	char *text =
		mem_print("%s %02d:%02d:%02d", day, value->second / 3600, value->second / 60 % 60, value->second % 60);
	free(day);
	return text;
}

static char *spell_codes(const struct spellings *spellings, const struct variable *variable, const struct value *value,
                         size_t export)
{
	struct text text = { 0 };
	text_add(&text, "");
	for (size_t i = 0; i < variable->codes->count; i++)
		if (value_ticks(value, i))
			text_print(&text, "%s%s", text.length ? ";" : "",
			           spell_code(spellings, variable->codes, &variable->codes->codes[i], export));
	return text.bytes;
}

char *spell_value(const struct spellings *spellings, const struct variable *variable, const struct value *value,
                  size_t export, const char *dates)
{
	char number[NUMBER_TEXT_SIZE];
	if (value->code)
		return mem_copy_text(spell_code(spellings, variable->codes, value->code, export));
	if (value->missing != MISSING_NONE)
		return mem_copy_text("");
	switch (variable->type) {
	case VARIABLE_CODES: return spell_codes(spellings, variable, value, export);
	case VARIABLE_INTEGER: return mem_print("%lld", value->integer);
	case VARIABLE_NUMBER: number_print_exact(number, value->number); return mem_copy_text(number);
	case VARIABLE_DATE: return spell_date(value->integer, dates);
	case VARIABLE_DATETIME: return spell_moment(value, dates);
	default: return mem_copy_text(value->text);
	}
}
