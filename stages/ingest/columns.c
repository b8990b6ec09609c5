#include "columns.h"

#include <stdlib.h>
#include <string.h>

#include "finding.h"
#include "mem.h"
#include "text.h"

static char *trimmed(const char *cell)
{
	static const char blanks[] = " \t\r\n\v\f";
	cell += strspn(cell, blanks);
	size_t length = strlen(cell);
	while (length > 0 && strchr(blanks, cell[length - 1]))
		length--;
	return mem_copy_bytes(cell, length);
}

static bool check_damage(const struct csv_record *header, const char *path, struct error *err)
{
	enum finding_code code = FINDING_NONE;
	if (!header->damage)
		return true;
	if (!finding_read_code(header->damage, &code))
		return error_set(err, ERROR_FAULT, "no finding has the code %s", header->damage);
	error_at(err, ERROR_INPUT, path, header->line, "the header cannot be read: %s", finding_kind(code)->title);
	error_code(err, header->damage);
	return error_help(err, "%s", finding_kind(code)->cure);
}

/* The header that the profile gives a variable in headers.csv, or the variable's own name. */
static const char *expected_header(const struct dictionary *dictionary, const char *profile,
                                   const struct variable *variable)
{
	for (size_t i = 0; i < dictionary->header_count; i++) {
		const struct header *row = &dictionary->headers[i];
		if (&dictionary->variables[row->variable] == variable && strcmp(row->profile, profile) == 0)
			return row->header;
	}
	return variable->name;
}

/* What cannot be done without: who somebody is, where the study has a key, and which area they belong to. */
static bool check_needed(const struct columns *columns, const struct csv_record *header,
                         const struct dictionary *dictionary, const char *profile, const char *path, struct error *err)
{
	static const enum variable_role needed[] = { ROLE_KEY, ROLE_AREA };
	bool any = false;
	for (size_t i = 0; i < columns->count; i++)
		any = any || columns->variables[i];
	if (!any) {
		error_at(err, ERROR_INPUT, path, header->line, "the dictionary knows no column of this file");
		error_code(err, "header-missing");
		return error_help(err,
		                  "its first line must name the columns, with commas between; headers.csv "
		                  "says under the profile `%s` by which names they go",
		                  profile);
	}
	for (size_t i = 0; i < COUNT(needed); i++) {
		const struct variable *variable = dictionary_role(dictionary, needed[i]);
		if (!variable || columns->cells[variable - dictionary->variables])
			continue;
		error_at(err, ERROR_INPUT, path, header->line, "no column holds `%s`, the study's %s", variable->name,
		         variable_role_word(needed[i]));
		error_code(err, "header-column-missing");
		return error_help(
			err,
			"it should be headed `%s`, letter by letter (some cannot be seen); if it goes by another "
			"name, add that to headers.csv under the profile `%s`",
			expected_header(dictionary, profile, variable), profile);
	}
	return true;
}

bool columns_match(struct columns *columns, const struct csv_record *header, const struct dictionary *dictionary,
                   const char *profile, const char *path, struct error *err)
{
	*columns = (struct columns){ 0 };
	if (!check_damage(header, path, err))
		return false;
	columns->headers = mem_alloc(header->count, sizeof *columns->headers);
	columns->variables = mem_alloc(header->count, sizeof *columns->variables);
	columns->cells = mem_alloc(dictionary->variable_count, sizeof *columns->cells);
	for (columns->count = 0; columns->count < header->count; columns->count++) {
		size_t at = columns->count;
		columns->headers[at] = trimmed(header->fields[at]);
		const struct variable *variable = dictionary_header(dictionary, profile, columns->headers[at]);
		if (!variable)
			continue;
		size_t *cell = &columns->cells[variable - dictionary->variables];
		if (*cell) {
			error_at(err, ERROR_INPUT, path, header->line, "two columns hold `%s`", variable->name);
			error_code(err, "header-duplicate");
			error_record(err, "columns %zu and %zu", *cell, at + 1);
			columns->count++;
			return error_help(err, "remove one from the export, or give them different headers");
		}
		*cell = at + 1;
		columns->variables[at] = variable;
	}
	return check_needed(columns, header, dictionary, profile, path, err);
}

void columns_free(struct columns *columns)
{
	for (size_t i = 0; i < columns->count; i++)
		free(columns->headers[i]);
	free(columns->headers);
	free(columns->variables);
	free(columns->cells);
	*columns = (struct columns){ 0 };
}
