#include "writers.h"

#include <readstat.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "date.h"
#include "number.h"

enum {
	LABEL_LIMIT = 120,         /* bytes of a code's label that SPSS shows */
	VARIABLE_LABEL_LIMIT = 250 /* of a variable's */
};

/* What is missing stands below everything that is there: -91 to -99, or as far down as it takes. */
double sav_reason(const struct contents_variable *variable, enum missing_reason reason)
{
	double base = -90, least = variable->answered ? variable->smallest : 0;
	if (variable->text)
		return 1;
	for (size_t c = 0; c < variable->code_count; c++)
		least = fmin(least, variable->codes[c].number);
	while (least <= base)
		base *= 10;
	return base - (double)reason;
}

static bool is_variable(const struct contents *contents, const char *name)
{
	for (size_t v = 0; v < contents->variable_count; v++)
		if (strcmp(contents->variables[v].name, name) == 0)
			return true;
	return false;
}

void sav_name(char name[80], const struct contents *contents, const struct contents_variable *variable)
{
	static const char *const reserved[] = { "all", "and", "by",  "eq", "ge", "gt",  "le",
		                                "lt",  "ne",  "not", "or", "to", "with" };
	snprintf(name, 70, "%s", variable->name);
	for (size_t i = 0; i < COUNT(reserved); i++)
		if (strcasecmp(name, reserved[i]) == 0)
			do
				strcat(name, "_");
			while (is_variable(contents, name) && strlen(name) < 79);
}

/* At most so many bytes of a label, and no half of a letter. */
static void cut(char *to, const char *label, size_t limit)
{
	size_t length = label ? strlen(label) : 0;
	if (length > limit)
		for (length = limit; length && ((unsigned char)label[length] & 0xc0) == 0x80;)
			length--;
	memcpy(to, label ? label : "", length);
	to[length] = '\0';
}

struct writing {
	const struct contents *contents;
	readstat_writer_t *writer;
	const readstat_variable_t *record, **variables;
};

/* Where bytes go; what fails there is told behind ReadStat's back. */
struct sink {
	struct folder_file *file;
	struct error *err;
};

static ssize_t sink_take(const void *bytes, size_t length, void *data)
{
	struct sink *sink = data;
	return folder_file_add(sink->file, bytes, length, sink->err) ? (ssize_t)length : -1;
}

static bool check(readstat_error_t status, struct error *err)
{
	return status == READSTAT_OK || err->kind != ERROR_NONE
	       || error_set(err, ERROR_FAULT, "cannot write the SPSS file: %s", readstat_error_message(status));
}

/* The labels of a variable's codes and of what is missing of it. */
static readstat_label_set_t *add_labels(readstat_writer_t *writer, const struct contents_variable *variable)
{
	readstat_label_set_t *labels = readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, variable->name);
	char label[LABEL_LIMIT + 1];
	for (size_t c = 0; c < variable->code_count; c++) {
		cut(label, variable->codes[c].label, LABEL_LIMIT);
		readstat_label_double_value(labels, variable->codes[c].number, label);
	}
	for (int reason = 1; reason < MISSING_COUNT; reason++)
		if (variable->missing[reason])
			readstat_label_double_value(labels, sav_reason(variable, (enum missing_reason)reason),
			                            missing_reason_word((enum missing_reason)reason));
	return labels;
}

static readstat_measure_t measure_of(const struct contents_variable *variable)
{
	if (variable->text || strcmp(variable->level, "nominal") == 0 || strcmp(variable->level, "binary") == 0)
		return READSTAT_MEASURE_NOMINAL;
	return strcmp(variable->level, "ordinal") == 0 ? READSTAT_MEASURE_ORDINAL : READSTAT_MEASURE_SCALE;
}

static const readstat_variable_t *add_variable(readstat_writer_t *writer, const struct contents *contents,
                                               const struct contents_variable *variable)
{
	char name[80], label[VARIABLE_LABEL_LIMIT + 1];
	sav_name(name, contents, variable);
	cut(label, variable->label, VARIABLE_LABEL_LIMIT);
	readstat_variable_t *added =
		readstat_add_variable(writer, name, variable->text ? READSTAT_TYPE_STRING : READSTAT_TYPE_DOUBLE,
	                              variable->text ? (variable->width ? variable->width : 1) : 0);
	readstat_variable_set_label(added, label);
	readstat_variable_set_measure(added, measure_of(variable));
	if (!variable->text)
		readstat_variable_add_missing_double_range(added, sav_reason(variable, MISSING_COUNT),
		                                           sav_reason(variable, MISSING_REFUSED));
	if (!variable->text)
		readstat_variable_set_label_set(added, add_labels(writer, variable));
	return added;
}

static bool add_record(size_t record, const struct contents_value *values, void *data, struct error *err)
{
	struct writing *with = data;
	bool ok = check(readstat_begin_row(with->writer), err)
	          && check(readstat_insert_double_value(with->writer, with->record, (double)record), err);
	for (size_t v = 0; ok && v < with->contents->variable_count; v++) {
		const struct contents_variable *variable = &with->contents->variables[v];
		const struct contents_value *value = &values[v];
		bool coded = variable->code_count && !variable->text;
		double number = value->missing != MISSING_NONE ? sav_reason(variable, value->missing)
		                : coded                        ? variable->codes[(size_t)value->number - 1].number
		                                               : value->number;
		ok = check(variable->text ? readstat_insert_string_value(with->writer, with->variables[v],
		                                                         value->text ? value->text : "")
		                          : readstat_insert_double_value(with->writer, with->variables[v], number),
		           err);
	}
	return ok && check(readstat_end_row(with->writer), err);
}

/* The study's date at noon: a file of the same inputs has the same bytes wherever it is made. */
static time_t made_on(const struct study *study)
{
	long long days = 0;
	date_read(study->study.date, &days);
	return (time_t)(days * 86400 + 43200);
}

bool records_sav(struct folder_file *file, const struct deposit *deposit, struct error *err)
{
	const struct contents *contents = deposit->contents;
	struct writing with = { contents, readstat_writer_init(), NULL,
		                mem_alloc(contents->variable_count, sizeof *with.variables) };
	struct sink sink = { file, err };
	setenv("TZ", "UTC", 1); /* ReadStat writes the time of day of where it runs */
	tzset();
	with.record = readstat_add_variable(with.writer, "record", READSTAT_TYPE_DOUBLE, 0);
	for (size_t v = 0; v < contents->variable_count; v++)
		with.variables[v] = add_variable(with.writer, contents, &contents->variables[v]);
	bool ok = check(readstat_set_data_writer(with.writer, sink_take), err)
	          && check(readstat_writer_set_file_timestamp(with.writer, made_on(deposit->study)), err)
	          && check(readstat_writer_set_file_label(with.writer,
	                                                  deposit->study->study.synthetic ? "Synthetic data" : ""),
	                   err)
	          && check(readstat_begin_writing_sav(with.writer, &sink, (long)contents->record_count), err)
	          && contents_each(contents, add_record, &with, err) && check(readstat_end_writing(with.writer), err);
	readstat_writer_free(with.writer);
	free(with.variables);
	return ok;
}
