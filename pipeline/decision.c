#include "decision.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "csv_table.h"
#include "finding.h"
#include "mem.h"
#include "text.h"

enum column {
	COLUMN_FINDING,
	COLUMN_DATASET,
	COLUMN_DECISION,
	COLUMN_VALUE,
	COLUMN_BY,
	COLUMN_WHEN,
	COLUMN_WHY,
	COLUMN_UNTIL,
	COLUMN_COUNT,
};

static const char *const columns[COLUMN_COUNT] = {
	[COLUMN_FINDING] = "finding", [COLUMN_DATASET] = "dataset", [COLUMN_DECISION] = "decision",
	[COLUMN_VALUE] = "value",     [COLUMN_BY] = "by",           [COLUMN_WHEN] = "when",
	[COLUMN_WHY] = "why",         [COLUMN_UNTIL] = "until",
};

static const char *const words[] = {
	[DECISION_ACCEPT] = "accept",
	[DECISION_CORRECT] = "correct",
	[DECISION_SET_ASIDE] = "set_aside",
};

struct decisions {
	struct csv_table *table; /* owns the texts; NULL: no file */
	struct decision *items;
	size_t count, capacity;
};

const char *decision_word(enum decision_kind kind)
{
	assert((size_t)kind < COUNT(words));
	return words[kind];
}

static bool is_identity(const char *finding)
{
	return strlen(finding) == FINDING_IDENTITY_SIZE - 1
	       && strspn(finding, "0123456789abcdef") == FINDING_IDENTITY_SIZE - 1;
}

/* The code before the colon, or the whole. The caller frees. */
static char *code_of(const char *finding)
{
	return mem_copy_bytes(finding, strcspn(finding, ":"));
}

static bool check_finding(const struct decision *decision, const char *path, struct error *err)
{
	if (is_identity(decision->finding))
		return true;
	char *code = code_of(decision->finding);
	enum finding_code known;
	const char *colon = strchr(decision->finding, ':');
	bool ok = true;
	if (!finding_read_code(code, &known)) {
		const char *near = finding_nearest_code(code);
		ok = error_at(err, ERROR_CONFIG, path, decision->line, "no finding has the code %s", code);
		if (near)
			error_help(err, "did you mean %s? All codes stand in docs/findings.md", near);
		else
			error_help(err,
			           "give the 12 digits of one finding, a code such as cell-range, or a code and its "
			           "variable such as cell-range:age; all codes stand in docs/findings.md");
	} else if (colon && text_is_blank(colon + 1)) {
		ok = error_at(err, ERROR_CONFIG, path, decision->line, "nothing stands behind the colon of %s",
		              decision->finding);
		error_help(
			err,
			"name the variable or the rule, such as cell-range:age, or leave the colon out to speak of all");
	}
	free(code);
	return ok;
}

static bool check_date(const struct decision *decision, const char *name, const char *date, const char *path,
                       struct error *err)
{
	long long days;
	if (date_read(date, &days))
		return true;
	error_at(err, ERROR_CONFIG, path, decision->line, "the column %s holds no date", name);
	return error_help(err, "write it as YYYY-MM-DD, such as 2026-03-31");
}

static bool check(const struct decision *decision, const char *path, struct error *err)
{
	static const struct {
		const char *name;
		size_t offset;
	} demanded[] = {
		{ "by", offsetof(struct decision, by) },
		{ "when", offsetof(struct decision, when) },
		{ "why", offsetof(struct decision, why) },
	};
	for (size_t i = 0; i < COUNT(demanded); i++)
		if (!**(const char *const *)((const char *)decision + demanded[i].offset)) {
			error_at(err, ERROR_CONFIG, path, decision->line, "the decision does not say %s",
			         demanded[i].name);
			return error_help(err,
			                  "fill the columns by, when and why: a decision that nobody signs is none");
		}
	if (!check_finding(decision, path, err) || !check_date(decision, "when", decision->when, path, err)
	    || (*decision->until && !check_date(decision, "until", decision->until, path, err)))
		return false;
	if (*decision->until && strcmp(decision->until, decision->when) < 0) {
		error_at(err, ERROR_CONFIG, path, decision->line, "the decision ends on %s, before it was made",
		         decision->until);
		return error_help(err, "mend until, the last day on which the decision counts, or when");
	}
	if (decision->kind == DECISION_CORRECT && !*decision->value) {
		error_at(err, ERROR_CONFIG, path, decision->line, "a correction without a value");
		return error_help(err, "fill the column value, or use set_aside if the right answer is not known");
	}
	if (decision->kind == DECISION_CORRECT && !is_identity(decision->finding)) {
		error_at(err, ERROR_CONFIG, path, decision->line, "a correction of every %s at once",
		         decision->finding);
		return error_help(err,
		                  "a correction speaks of one finding: give its 12 digits, as in the report and in "
		                  "findings.csv; spellings that stand for a code belong in codes.csv");
	}
	if (decision->kind != DECISION_CORRECT && *decision->value) {
		error_at(err, ERROR_CONFIG, path, decision->line, "a value beside the decision %s",
		         words[decision->kind]);
		return error_help(err, "only correct takes a value: use it, or empty the cell");
	}
	return true;
}

static bool read_row(struct decision *decision, const struct csv_table *table, size_t row, struct error *err)
{
	*decision = (struct decision){
		.finding = csv_table_cell(table, row, COLUMN_FINDING),
		.dataset = csv_table_cell(table, row, COLUMN_DATASET),
		.value = csv_table_cell(table, row, COLUMN_VALUE),
		.by = csv_table_cell(table, row, COLUMN_BY),
		.when = csv_table_cell(table, row, COLUMN_WHEN),
		.why = csv_table_cell(table, row, COLUMN_WHY),
		.until = csv_table_cell(table, row, COLUMN_UNTIL),
		.line = csv_table_line(table, row),
	};
	const char *word = csv_table_cell(table, row, COLUMN_DECISION);
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i], word) == 0) {
			decision->kind = (enum decision_kind)i;
			return check(decision, csv_table_path(table), err);
		}
	const char *near = text_nearest(word, words, COUNT(words));
	/* not echoed: in a row that has slipped by a cell, it is an answer */
	error_at(err, ERROR_CONFIG, csv_table_path(table), decision->line, "the column decision holds %s",
	         *word ? "none of the three words" : "nothing");
	return near ? error_help(err, "did you mean %s?", near) : error_help(err, "use accept, correct or set_aside");
}

bool decisions_load(struct decisions **decisions, const char *path, const char *dataset, struct error *err)
{
	struct decisions *made = mem_alloc(1, sizeof *made);
	if (path && !csv_table_load(&made->table, path, columns, COLUMN_COUNT, err))
		goto failed;
	for (size_t row = 0; path && row < csv_table_rows(made->table); row++) {
		struct decision decision;
		if (!read_row(&decision, made->table, row, err))
			goto failed;
		if (*decision.dataset && strcmp(decision.dataset, dataset) != 0)
			continue;
		made->items = mem_grow(made->items, made->count, &made->capacity, sizeof *made->items);
		made->items[made->count++] = decision;
	}
	*decisions = made;
	return true;
failed:
	decisions_free(made);
	return false;
}

void decisions_free(struct decisions *decisions)
{
	if (!decisions)
		return;
	csv_table_free(decisions->table);
	free(decisions->items);
	free(decisions);
}

size_t decisions_count(const struct decisions *decisions)
{
	return decisions->count;
}

const struct decision *decisions_at(const struct decisions *decisions, size_t index)
{
	assert(index < decisions->count);
	return &decisions->items[index];
}

bool decision_expired(const struct decision *decision, const char *date)
{
	return *decision->until && strcmp(date, decision->until) > 0;
}

/* How exactly a decision speaks of a finding; 0: not at all. */
static int exactness(const struct decision *decision, const char *identity, const char *code, const char *subject)
{
	const char *finding = decision->finding;
	size_t length = strlen(code);
	int exact = 0;
	if (strcmp(finding, identity) == 0)
		exact = 5;
	else if (strncmp(finding, code, length) == 0 && finding[length] == ':')
		exact = subject && strcmp(finding + length + 1, subject) == 0 ? 3 : 0;
	else if (strcmp(finding, code) == 0)
		exact = 1;
	return exact && *decision->dataset ? exact + 1 : exact;
}

const struct decision *decisions_find(const struct decisions *decisions, const char *identity, const char *code,
                                      const char *subject, const char *date)
{
	const struct decision *found = NULL;
	int best = 1;
	for (size_t i = 0; i < decisions->count; i++) {
		const struct decision *decision = &decisions->items[i];
		int exact = exactness(decision, identity, code, subject);
		if (exact < best || decision_expired(decision, date))
			continue;
		found = decision;
		best = exact;
	}
	return found;
}
