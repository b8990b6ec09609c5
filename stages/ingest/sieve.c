#include "sieve.h"

#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "mem.h"

/* Responses that do not count, by any of some cells. */
struct aside {
	const struct platform_aside *rule;
	enum finding_code code;
	enum severity severity;
	size_t *cells, cell_count;
};

struct sieve {
	const struct columns *columns;
	const struct study_export *export;
	const struct platform *platform;
	size_t *where; /* the cell of each condition */
	struct aside *asides;
	size_t aside_count;
};

static bool is_among(const char *cell, char *const *values, unsigned count)
{
	size_t length;
	const char *text = answer_trim(cell, &length);
	for (unsigned i = 0; i < count; i++)
		if (strncmp(text, values[i], length) == 0 && values[i][length] == '\0')
			return true;
	return false;
}

/* ---- of another dataset ---- */

static bool find_where(struct sieve *sieve, const struct source *source, struct error *err)
{
	const struct study_export *export = sieve->export;
	sieve->where = mem_alloc(export->where_count, sizeof *sieve->where);
	for (unsigned i = 0; i < export->where_count; i++) {
		const char *name = export->where[i].column;
		size_t count = columns_named(sieve->columns, name, &sieve->where[i]);
		if (count == 1)
			continue;
		error_at(err, ERROR_CONFIG, source->study_path, 0, "the export %s has %s `%s`, which `where` asks for",
		         export->path, count ? "more than one column" : "no column", name);
		if (count)
			return error_help(err,
			                  "name it by its path or import id, or give the columns different headers");
		return columns_help_nearest(sieve->columns, name, err);
	}
	return true;
}

bool sieve_is_elsewhere(const struct sieve *sieve, const struct csv_record *record)
{
	for (unsigned i = 0; i < sieve->export->where_count; i++) {
		const struct study_where *where = &sieve->export->where[i];
		if (!is_among(record->fields[sieve->where[i]], where->values, where->values_count))
			return true;
	}
	return false;
}

/* ---- set aside ---- */

static bool is_meant(const struct platform_aside *rule, const struct sheet_column *column)
{
	return platform_matches(rule->column, column->name) || platform_matches(rule->column, column->path)
	       || (column->import_id && platform_matches(rule->column, column->import_id));
}

/* A pattern means every column that fits it. A name means one column: where a question bears the same name, as `Status`
 * may in Qualtrics, it is not the one that the dictionary reads, and it comes after the platform's own. */
static void find_cells(struct aside *aside, const struct columns *columns)
{
	size_t capacity = 0;
	for (size_t i = 0; i < columns->count; i++)
		if (is_meant(aside->rule, &columns->sheet[i])) {
			aside->cells = mem_grow(aside->cells, aside->cell_count, &capacity, sizeof *aside->cells);
			aside->cells[aside->cell_count++] = i;
		}
	if (aside->cell_count < 2 || strchr(aside->rule->column, '*'))
		return;
	size_t own = 0;
	while (own < aside->cell_count && columns->at[aside->cells[own]].variable)
		own++;
	aside->cells[0] = aside->cells[own < aside->cell_count ? own : 0];
	aside->cell_count = 1;
}

static bool find_asides(struct sieve *sieve, struct error *err)
{
	const struct platform *platform = sieve->platform;
	sieve->asides = mem_alloc(platform->aside_count, sizeof *sieve->asides);
	for (unsigned i = 0; i < platform->aside_count; i++) {
		struct aside aside = { .rule = &platform->aside[i] };
		if (!finding_read_code(aside.rule->finding, &aside.code))
			return error_set(err, ERROR_FAULT, "no finding has the code %s", aside.rule->finding);
		aside.severity = finding_kind(aside.code)->severity;
		if (aside.code == FINDING_ROW_INCOMPLETE && sieve->export->unfinished == STUDY_UNFINISHED_KEPT)
			aside.severity = SEVERITY_NOTE;
		find_cells(&aside, sieve->columns);
		if (aside.cell_count > 0)
			sieve->asides[sieve->aside_count++] = aside;
	}
	return true;
}

/* Whether some column of the export tells who is set aside for the reason that a rule gives. */
static bool can_tell(const struct sieve *sieve, const struct platform_aside *rule)
{
	for (size_t i = 0; i < sieve->aside_count; i++)
		if (strcmp(sieve->asides[i].rule->finding, rule->finding) == 0)
			return true;
	return strcmp(rule->finding, "row-incomplete") == 0 && sieve->export->unfinished == STUDY_UNFINISHED_KEPT;
}

/* Of several columns that could tell, or several reasons that one could, the first stands for all. */
bool sieve_find_lacking(const struct sieve *sieve, const struct found *found, struct error *err)
{
	const struct platform_aside *rules = sieve->platform->aside;
	for (unsigned i = 0; i < sieve->platform->aside_count; i++) {
		bool told = can_tell(sieve, &rules[i]);
		for (unsigned k = 0; k < i && !told; k++)
			told = strcmp(rules[k].finding, rules[i].finding) == 0
			       || (strcmp(rules[k].column, rules[i].column) == 0 && !can_tell(sieve, &rules[k]));
		struct finding finding = { .code = FINDING_HEADER_COLUMN_MISSING,
			                   .line = sieve->columns->line,
			                   .record = sieve->columns->record,
			                   .variable = rules[i].column,
			                   .expected = "the platform's column that tells which responses count" };
		if (!told && !found_add(found, finding, err))
			return false;
	}
	return true;
}

static bool holds(const struct aside *aside, const struct csv_record *record)
{
	const struct platform_aside *rule = aside->rule;
	for (size_t i = 0; i < aside->cell_count; i++)
		if (is_among(record->fields[aside->cells[i]], rule->values, rule->values_count) != rule->other)
			return true;
	return false;
}

/* Two rules may give one reason: it is told once. */
static bool is_told(const struct sieve *sieve, size_t at, const struct csv_record *record)
{
	for (size_t i = 0; i < at; i++)
		if (sieve->asides[i].code == sieve->asides[at].code && holds(&sieve->asides[i], record))
			return true;
	return false;
}

bool sieve_find(const struct sieve *sieve, const struct csv_record *record, long long row, const struct found *found,
                struct error *err)
{
	for (size_t i = 0; i < sieve->aside_count; i++) {
		const struct aside *aside = &sieve->asides[i];
		if (!holds(aside, record) || is_told(sieve, i, record))
			continue;
		struct finding finding = { .code = aside->code,
			                   .row = row,
			                   .line = record->line,
			                   .record = record->record,
			                   .variable = sieve->columns->sheet[aside->cells[0]].name };
		if (!found_add_as(found, finding, aside->severity, err))
			return false;
	}
	return true;
}

bool sieve_new(struct sieve **made, const struct columns *columns, const struct source *source, struct error *err)
{
	struct sieve *sieve = mem_alloc(1, sizeof *sieve);
	*sieve = (struct sieve){ .columns = columns, .export = source->export, .platform = source->platform };
	bool ok = find_where(sieve, source, err) && find_asides(sieve, err);
	if (ok)
		*made = sieve;
	else
		sieve_free(sieve);
	return ok;
}

void sieve_free(struct sieve *sieve)
{
	if (!sieve)
		return;
	for (size_t i = 0; i < sieve->aside_count; i++)
		free(sieve->asides[i].cells);
	free(sieve->asides);
	free(sieve->where);
	free(sieve);
}
