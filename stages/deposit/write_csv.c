#include "writers.h"

#include <stdio.h>
#include <string.h>

#include "date.h"
#include "number.h"

/* The line under way: written and emptied, record by record. */
struct writing {
	const struct contents *contents;
	struct folder_file *file;
	struct text line;
};

static bool write_line(struct writing *with, struct error *err)
{
	bool ok = with->line.length == 0 || folder_file_add(with->file, with->line.bytes, with->line.length, err);
	with->line.length = 0;
	return ok;
}

static void add_value(struct text *line, const struct contents_variable *variable, const struct contents_value *value)
{
	char number[NUMBER_TEXT_SIZE];
	if (value->missing != MISSING_NONE)
		return;
	if (value->text) {
		text_add_escaped(line, TEXT_CSV, value->text);
	} else if (variable->code_count) {
		text_add_escaped(line, TEXT_CSV, variable->codes[(size_t)value->number - 1].code);
	} else if (strcmp(variable->type, "date") == 0) {
		date_print(number, (long long)value->number);
		text_add(line, number);
	} else {
		number_print_exact(number, value->number);
		text_add(line, number);
	}
}

static bool add_record(size_t record, const struct contents_value *values, void *data, struct error *err)
{
	struct writing *with = data;
	text_print(&with->line, "%zu", record);
	for (size_t v = 0; v < with->contents->variable_count; v++) {
		text_add(&with->line, ",");
		add_value(&with->line, &with->contents->variables[v], &values[v]);
	}
	text_add(&with->line, "\n");
	return write_line(with, err);
}

bool records_csv(struct folder_file *file, const struct deposit *deposit, struct error *err)
{
	struct writing with = { deposit->contents, file, { 0 } };
	text_add(&with.line, "record");
	for (size_t v = 0; v < with.contents->variable_count; v++) {
		text_add(&with.line, ",");
		text_add_escaped(&with.line, TEXT_CSV, with.contents->variables[v].name);
	}
	text_add(&with.line, "\n");
	bool ok = write_line(&with, err) && contents_each(with.contents, add_record, &with, err);
	text_free(&with.line);
	return ok;
}

static bool add_reasons(size_t record, const struct contents_value *values, void *data, struct error *err)
{
	struct writing *with = data;
	for (size_t v = 0; v < with->contents->variable_count; v++)
		if (values[v].missing != MISSING_NONE)
			text_print(&with->line, "%zu,%s,%s\n", record, with->contents->variables[v].name,
			           missing_reason_word(values[v].missing));
	return write_line(with, err);
}

bool records_missing(struct folder_file *file, const struct deposit *deposit, struct error *err)
{
	struct writing with = { deposit->contents, file, { 0 } };
	text_add(&with.line, "record,variable,reason\n");
	bool ok = write_line(&with, err) && contents_each(with.contents, add_reasons, &with, err);
	text_free(&with.line);
	return ok;
}
