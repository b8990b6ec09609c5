#include "decision.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "csv_table.h"
#include "finding.h"
#include "identifier.h"
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

static const struct {
	const char *word;
	enum decision_about about;
} kinds[] = {
	[DECISION_ACCEPT] = { "accept", DECISION_ABOUT_ANSWERS },
	[DECISION_CORRECT] = { "correct", DECISION_ABOUT_ANSWERS },
	[DECISION_SET_ASIDE] = { "set_aside", DECISION_ABOUT_ANSWERS },
	[DECISION_REDACT] = { "redact", DECISION_ABOUT_TEXTS },
	[DECISION_KEEP] = { "keep", DECISION_ABOUT_TEXTS },
};

struct decisions {
	struct csv_table *table; /* owns the texts; NULL: no file */
	struct decision *items;
	size_t count, capacity;
};

const char *decision_word(enum decision_kind kind)
{
	assert((size_t)kind < COUNT(kinds));
	return kinds[kind].word;
}

enum decision_about decision_about(enum decision_kind kind)
{
	assert((size_t)kind < COUNT(kinds));
	return kinds[kind].about;
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

/* A type of what tells who somebody is, behind text-. */
static bool check_type(const char *code, const struct decision *decision, const char *path, struct error *err)
{
	const char *type = code + strlen(DECISION_TEXT), *types[IDENTIFIER_COUNT - 1];
	enum identifier known;
	if (identifier_named(&known, type))
		return true;
	for (int i = IDENTIFIER_NONE + 1; i < IDENTIFIER_COUNT; i++)
		types[i - 1] = identifier_word((enum identifier)i);
	const char *near = text_nearest(type, types, COUNT(types));
	error_at(err, ERROR_CONFIG, path, decision->line, "nothing that is found in texts has the code %s", code);
	if (near)
		return error_help(err, "did you mean " DECISION_TEXT "%s? All codes stand in docs/text.md", near);
	return error_help(err, "all codes of what is found in texts stand in docs/text.md");
}

/* What is found in answers and what is found in texts have decisions of their own. */
static bool check_about(const char *code, const struct decision *decision, const char *path, struct error *err)
{
	bool texts = decision_about(decision->kind) == DECISION_ABOUT_TEXTS;
	if (texts == (strncmp(code, DECISION_TEXT, strlen(DECISION_TEXT)) == 0))
		return true;
	error_at(err, ERROR_CONFIG, path, decision->line, "the decision %s does not fit %s", decision_word(decision->kind),
	         code);
	return error_help(err, texts ? "redact and keep are about what is found in texts, such as " DECISION_TEXT
	                               "phone:comment; use accept, correct or set_aside"
	                             : "what is found in texts takes redact or keep");
}

static bool check_code(const char *code, const struct decision *decision, const char *path, struct error *err)
{
	enum finding_code known;
	if (strncmp(code, DECISION_TEXT, strlen(DECISION_TEXT)) == 0)
		return check_type(code, decision, path, err);
	if (finding_read_code(code, &known))
		return true;
	const char *near = finding_nearest_code(code);
	error_at(err, ERROR_CONFIG, path, decision->line, "no finding has the code %s", code);
	if (near)
		return error_help(err, "did you mean %s? All codes stand in docs/findings.md", near);
	return error_help(err, "give the 12 digits of one finding, a code such as cell-range, or a code and its "
	                       "variable such as cell-range:age; all codes stand in docs/findings.md");
}

static bool check_finding(const struct decision *decision, const char *path, struct error *err)
{
	if (is_identity(decision->finding))
		return true;
	char *code = code_of(decision->finding);
	const char *colon = strchr(decision->finding, ':');
	bool ok = check_code(code, decision, path, err) && check_about(code, decision, path, err);
	if (ok && colon && text_is_blank(colon + 1)) {
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
		         decision_word(decision->kind));
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
	const char *words[COUNT(kinds)];
	for (size_t i = 0; i < COUNT(kinds); i++) {
		words[i] = kinds[i].word;
		if (strcmp(words[i], word) == 0) {
			decision->kind = (enum decision_kind)i;
			return check(decision, csv_table_path(table), err);
		}
	}
	const char *near = text_nearest(word, words, COUNT(words));
	/* not echoed: in a row that has slipped by a cell, it is an answer */
	error_at(err, ERROR_CONFIG, csv_table_path(table), decision->line, "the column decision holds %s",
	         *word ? "none of its words" : "nothing");
	return near ? error_help(err, "did you mean %s?", near) : error_help(err, "use accept, correct or set_aside; of what is found in texts redact or keep");
}

static bool load(struct decisions **decisions, enum decision_about about, const char *path, const char *dataset,
                 struct error *err)
{
	struct decisions *made = mem_alloc(1, sizeof *made);
	if (path && !csv_table_load(&made->table, path, columns, COLUMN_COUNT, err))
		goto failed;
	for (size_t row = 0; path && row < csv_table_rows(made->table); row++) {
		struct decision decision;
		if (!read_row(&decision, made->table, row, err))
			goto failed;
		if ((*decision.dataset && strcmp(decision.dataset, dataset) != 0)
		    || decision_about(decision.kind) != about)
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

bool decisions_load(struct decisions **decisions, const char *path, const char *dataset, struct error *err)
{
	return load(decisions, DECISION_ABOUT_ANSWERS, path, dataset, err);
}

bool decisions_load_texts(struct decisions **decisions, const char *path, const char *dataset, struct error *err)
{
	return load(decisions, DECISION_ABOUT_TEXTS, path, dataset, err);
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
