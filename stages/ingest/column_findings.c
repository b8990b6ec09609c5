#include "column_findings.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

static bool is_unknown(const struct columns *columns, size_t at)
{
	return !columns->at[at].variable && !columns->at[at].own && *columns->sheet[at].name;
}

static int compare_names(const struct sheet_column *a, const struct sheet_column *b)
{
	return strcmp(a->name, b->name);
}

static int compare_all_names(const struct sheet_column *a, const struct sheet_column *b)
{
	int name = strcmp(a->name, b->name), path = strcmp(a->path, b->path);
	if (name || path)
		return name ? name : path;
	return strcmp(a->import_id ? a->import_id : "", b->import_id ? b->import_id : "");
}

/* Columns that are alike come together, and among them in the order of the file. */
static int compare_name_and_place(const void *left, const void *right)
{
	const struct sheet_column *a = *(const struct sheet_column *const *)left;
	const struct sheet_column *b = *(const struct sheet_column *const *)right;
	int names = compare_names(a, b);
	return names ? names : (a > b) - (a < b);
}

static int compare_all_and_place(const void *left, const void *right)
{
	const struct sheet_column *a = *(const struct sheet_column *const *)left;
	const struct sheet_column *b = *(const struct sheet_column *const *)right;
	int names = compare_all_names(a, b);
	return names ? names : (a > b) - (a < b);
}

/* Of the unknown columns, how many are like it at the first of each kind; 0 at all others. Free with free(). */
static size_t *count_alike(const struct columns *columns, int (*order)(const void *, const void *),
                           int (*compare)(const struct sheet_column *, const struct sheet_column *))
{
	const struct sheet_column **unknown = mem_alloc(columns->count, sizeof *unknown);
	size_t *alike = mem_alloc(columns->count, sizeof *alike), count = 0;
	for (size_t i = 0; i < columns->count; i++)
		if (is_unknown(columns, i))
			unknown[count++] = &columns->sheet[i];
	if (count > 0)
		mem_sort(unknown, count, sizeof *unknown, order);
	for (size_t first = 0, next; first < count; first = next) {
		for (next = first + 1; next < count && compare(unknown[first], unknown[next]) == 0; next++)
			;
		alike[unknown[first] - columns->sheet] = next - first;
	}
	free(unknown);
	return alike;
}

/* One finding for each header that the dictionary does not name, however many columns bear it. */
static bool find_unknown(const struct columns *columns, const struct found *found, struct error *err)
{
	size_t *named = count_alike(columns, compare_name_and_place, compare_names);
	size_t *twins = count_alike(columns, compare_all_and_place, compare_all_names);
	bool ok = true;
	for (size_t i = 0; ok && i < columns->count; i++) {
		struct finding finding = { .line = columns->line,
			                   .record = columns->record,
			                   .variable = columns->sheet[i].name };
		if (named[i] > 0) {
			finding.code = FINDING_HEADER_COLUMN_UNKNOWN;
			finding.occurrences = named[i];
			ok = found_add(found, finding, err);
		}
		if (ok && twins[i] > 1) {
			finding.code = FINDING_HEADER_DUPLICATE;
			finding.occurrences = twins[i];
			ok = found_add(found, finding, err);
		}
	}
	free(named);
	free(twins);
	return ok;
}

static bool find_spoilt(const struct columns *columns, const struct found *found, struct error *err)
{
	size_t blank = 0;
	for (size_t i = 0; i < columns->count; i++) {
		struct finding hidden = { .code = FINDING_HEADER_HIDDEN,
			                  .line = columns->line,
			                  .record = columns->record,
			                  .variable = columns->sheet[i].name };
		blank += *columns->sheet[i].name == '\0' && !columns->at[i].variable;
		if (columns->sheet[i].hidden && !found_add(found, hidden, err))
			return false;
	}
	struct finding finding = {
		.code = FINDING_HEADER_BLANK, .line = columns->line, .record = columns->record, .occurrences = blank
	};
	return blank == 0 || found_add(found, finding, err);
}

static bool has_box(const struct columns *columns, const struct variable *variable, const char *option)
{
	for (size_t i = 0; i < columns->count; i++)
		if (columns->at[i].variable == variable && column_is_box(&columns->at[i])
		    && strcmp(columns->at[i].header->option, option) == 0)
			return true;
	return false;
}

/* An option whose column is gone would be one that nobody ticked. */
static bool find_missing_boxes(const struct columns *columns, const char *profile, const struct dictionary *dictionary,
                               const struct variable *variable, const struct found *found, struct error *err)
{
	const struct header *last = NULL;
	struct finding finding = { .code = FINDING_HEADER_COLUMN_MISSING,
		                   .line = columns->line,
		                   .record = columns->record,
		                   .variable = variable->name };
	struct text lacking = { 0 };
	for (size_t i = 0; i < dictionary->header_count; i++) {
		const struct header *row = &dictionary->headers[i];
		if (&dictionary->variables[row->variable] != variable || strcmp(row->profile, profile) != 0
		    || !row->option || has_box(columns, variable, row->option)
		    || (last && strcmp(last->option, row->option) == 0)) /* its names stand one below the other */
			continue;
		text_print(&lacking, "%s%s", last ? ", " : "a column for each option, also ", row->option);
		last = row;
	}
	finding.expected = lacking.bytes;
	bool ok = !last || found_add(found, finding, err);
	text_free(&lacking);
	return ok;
}

static bool find_missing(const struct columns *columns, const struct source *source,
                         const struct dictionary *dictionary, const struct found *found, struct error *err)
{
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		struct finding finding = { .code = FINDING_HEADER_COLUMN_MISSING,
			                   .line = columns->line,
			                   .record = columns->record,
			                   .variable = variable->name };
		size_t cell = columns->cells[i];
		if (cell == 0 && !source_fixed(source, variable) && !found_add(found, finding, err))
			return false;
		if (cell > 0 && column_is_box(&columns->at[cell - 1])
		    && !find_missing_boxes(columns, source->headers, dictionary, variable, found, err))
			return false;
	}
	return true;
}

bool column_findings_add(const struct columns *columns, const struct source *source,
                         const struct dictionary *dictionary, const struct found *found, struct error *err)
{
	return find_unknown(columns, found, err) && find_spoilt(columns, found, err)
	       && find_missing(columns, source, dictionary, found, err);
}

bool column_findings_add_dropped(const struct columns *columns, const struct found *found, struct error *err)
{
	for (size_t i = 0; i < columns->dropped_count; i++) {
		size_t at = columns->dropped[i];
		struct finding finding = { .code = FINDING_PRIVACY_COLUMN,
			                   .line = columns->line,
			                   .record = columns->record,
			                   .variable = columns->sheet[at].name,
			                   .occurrences = columns->at[at].present };
		if (columns->at[at].present > 0 && !found_add(found, finding, err))
			return false;
	}
	return true;
}
