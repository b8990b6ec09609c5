#include "verdict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "finding.h"
#include "mem.h"
#include "number.h"
#include "text.h"

struct verdict_private {
	struct mem_arena *texts;
	size_t capacity;
};

static struct verdict_line *find_line(struct verdict *verdict, const char *limit)
{
	for (size_t i = 0; i < verdict->count; i++)
		if (strcmp(verdict->lines[i].limit, limit) == 0)
			return &verdict->lines[i];
	return NULL;
}

/* Add a limit. One that is stated twice (in the config and in rules.csv) counts as the stricter of the two. */
static void add_line(struct verdict *verdict, const struct verdict_line *line)
{
	struct verdict_line *same = find_line(verdict, line->limit);
	if (same) {
		if (line->at_most < same->at_most) {
			const char *limit = same->limit;
			*same = *line;
			same->limit = limit;
		}
		return;
	}
	verdict->lines = mem_grow(verdict->lines, verdict->count, &verdict->private->capacity, sizeof *verdict->lines);
	verdict->lines[verdict->count] = *line;
	verdict->lines[verdict->count].limit = mem_arena_copy(verdict->private->texts, line->limit);
	verdict->count++;
}

/* Rounded, so that 0.7 per cent of 1,000 is 7 and not a hair less. */
static double share(double per_cent, long long base)
{
	return number_round(per_cent * (double)base / 100.0, 6);
}

/* Whether the row is set aside for what its respondent did or was, and not for a fault in the data: previews and tests,
 * responses that were broken off or rejected in review, people who withdrew. */
static bool is_no_fault(const char *code)
{
	static const enum finding_code codes[] = { FINDING_WITHDRAWN, FINDING_ROW_PREVIEW, FINDING_ROW_INCOMPLETE,
		                                   FINDING_ROW_REJECTED };
	for (size_t i = 0; i < COUNT(codes); i++)
		if (strcmp(code, finding_kind(codes[i])->code) == 0)
			return true;
	return false;
}

/* A limit on rows that are no fault is a share of all; any other would grow with them, and let more faults through. */
static void add_stated(struct verdict *verdict, const struct study_limit *stated)
{
	struct verdict_line line = { .limit = stated->finding,
		                     .per_cent = NAN,
		                     .base = is_no_fault(stated->finding) ? verdict->rows_read
		                                                          : verdict->rows_counted };
	if (stated->per_cent) {
		line.per_cent = *stated->per_cent;
		line.at_most = share(line.per_cent, line.base);
		add_line(verdict, &line);
	}
	if (stated->at_most) {
		line.per_cent = NAN;
		line.at_most = *stated->at_most;
		add_line(verdict, &line);
	}
}

static void add_default(struct verdict *verdict, enum severity severity)
{
	if (find_line(verdict, severity_word(severity)))
		return;
	struct verdict_line line = { .limit = severity_word(severity),
		                     .by_default = true,
		                     .per_cent = VERDICT_DEFAULT_PER_CENT,
		                     .base = verdict->rows_counted };
	line.at_most = share(line.per_cent, line.base);
	add_line(verdict, &line);
}

/* Texts of the first column, for telling what a limit can speak of. */
static bool read_names(const char ***names, size_t *count, struct verdict *verdict, struct store *validated,
                       const char *sql, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	size_t capacity = 0;
	bool ok = store_prepare(&select, validated, sql, err);
	while (ok && (ok = store_step(validated, select, &row, err)) && row) {
		*names = mem_grow(*names, *count, &capacity, sizeof **names);
		(*names)[(*count)++] =
			mem_arena_copy(verdict->private->texts, (const char *)sqlite3_column_text(select, 0));
	}
	sqlite3_finalize(select);
	return ok;
}

static bool unknown_limit(const char *study_path, const char *limit, const char *near, const char *what,
                          struct error *err)
{
	error_at(err, ERROR_CONFIG, study_path, 0, "the limit %s speaks of no %s", limit, what);
	if (near)
		return error_help(err, "did you mean %s?", near);
	return error_help(err,
	                  "name a severity (reject, blank, warn, note), a code of docs/findings.md, or a code and its "
	                  "variable such as cell-range:age");
}

/* A misspelt limit would never stop anything: it is an error instead. */
static bool check_limit(const char *limit, struct verdict *verdict, struct store *validated, const char *study_path,
                        struct error *err)
{
	enum severity severity;
	enum finding_code code;
	if (severity_read(limit, &severity) || finding_read_code(limit, &code))
		return true;
	const char *colon = strchr(limit, ':');
	char *word = mem_copy_bytes(limit, strcspn(limit, ":"));
	bool known = finding_read_code(word, &code);
	const char *near = known ? NULL : finding_nearest_code(word);
	free(word);
	if (!known)
		return unknown_limit(study_path, limit, near, "finding", err);
	/* A column that the dictionary lacks has no name that could be checked. */
	if (code == FINDING_HEADER_COLUMN_UNKNOWN)
		return true;
	bool of_rule = code == FINDING_RULE_BROKEN || code == FINDING_RULE_UNKNOWABLE;
	const char **names = NULL;
	size_t count = 0;
	bool ok = read_names(&names, &count, verdict, validated, of_rule ? sql_verdict_rules : sql_verdict_variables,
	                     err);
	bool found = false;
	for (size_t i = 0; i < count && !found; i++)
		found = strcmp(names[i], colon + 1) == 0;
	if (ok && !found)
		ok = unknown_limit(study_path, limit, text_nearest(colon + 1, names, count),
		                   of_rule ? "rule" : "variable", err);
	free(names);
	return ok;
}

static bool add_rules(struct verdict *verdict, struct store *validated, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, validated, sql_verdict_rules, err);
	while (ok && (ok = store_step(validated, select, &row, err)) && row) {
		if (sqlite3_column_type(select, 1) == SQLITE_NULL)
			continue;
		char *limit = mem_print("%s:%s", finding_kind(FINDING_RULE_BROKEN)->code,
		                        (const char *)sqlite3_column_text(select, 0));
		struct verdict_line line = { .limit = limit,
			                     .by_rule = true,
			                     .per_cent = sqlite3_column_double(select, 1),
			                     .base = sqlite3_column_int64(select, 2) };
		line.at_most = share(line.per_cent, line.base);
		add_line(verdict, &line);
		free(limit);
	}
	sqlite3_finalize(select);
	return ok;
}

bool verdict_is_settled(const struct decisions *decisions, const char *identity, const char *code, const char *subject,
                        const char *date)
{
	const struct decision *decision = decisions_find(decisions, identity, code, subject, date);
	return decision && (decision->kind == DECISION_ACCEPT || decision->kind == DECISION_CORRECT);
}

/* A limit on all rejected rows leaves out those that are no fault; one on such a code itself does not. */
bool verdict_counts(const struct verdict_line *line, const char *code, const char *severity, const char *subject)
{
	size_t length = strlen(code);
	if (strcmp(line->limit, severity) == 0)
		return !is_no_fault(code);
	if (strncmp(line->limit, code, length) != 0)
		return false;
	return line->limit[length] == '\0'
	       || (line->limit[length] == ':' && subject && strcmp(line->limit + length + 1, subject) == 0);
}

static bool count_findings(struct verdict *verdict, struct store *validated, const struct decisions *decisions,
                           const char *date, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, validated, sql_verdict_findings, err);
	while (ok && (ok = store_step(validated, select, &row, err)) && row) {
		const char *identity = (const char *)sqlite3_column_text(select, 0);
		const char *code = (const char *)sqlite3_column_text(select, 1);
		const char *severity = (const char *)sqlite3_column_text(select, 2);
		const char *subject = (const char *)sqlite3_column_text(select, 3);
		long long occurrences = sqlite3_column_int64(select, 4);
		bool settled = verdict_is_settled(decisions, identity, code, subject, date);
		for (size_t i = 0; i < verdict->count; i++) {
			struct verdict_line *line = &verdict->lines[i];
			if (!verdict_counts(line, code, severity, subject))
				continue;
			line->found += occurrences;
			line->accepted += settled ? occurrences : 0;
		}
	}
	sqlite3_finalize(select);
	return ok;
}

static bool read_rows(struct verdict *verdict, struct store *validated, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, validated, "SELECT reason, sum(rows) FROM account GROUP BY reason", err);
	while (ok && (ok = store_step(validated, select, &row, err)) && row) {
		const char *reason = (const char *)sqlite3_column_text(select, 0);
		long long rows = sqlite3_column_int64(select, 1);
		verdict->rows_read += rows;
		verdict->rows_accepted += *reason ? 0 : rows;
		verdict->rows_counted += is_no_fault(reason) ? 0 : rows;
	}
	sqlite3_finalize(select);
	return ok;
}

static bool add_limits(struct verdict *verdict, struct store *validated, const struct study_dataset *dataset,
                       const char *study_path, struct error *err)
{
	for (unsigned i = 0; i < dataset->limits_count; i++)
		if (!check_limit(dataset->limits[i].finding, verdict, validated, study_path, err))
			return false;
	for (int severity = 0; severity < SEVERITY_COUNT; severity++) {
		for (unsigned i = 0; i < dataset->limits_count; i++)
			if (strcmp(dataset->limits[i].finding, severity_word((enum severity)severity)) == 0)
				add_stated(verdict, &dataset->limits[i]);
		if (severity == SEVERITY_REJECT || severity == SEVERITY_BLANK)
			add_default(verdict, (enum severity)severity);
	}
	enum severity none;
	for (unsigned i = 0; i < dataset->limits_count; i++)
		if (!severity_read(dataset->limits[i].finding, &none))
			add_stated(verdict, &dataset->limits[i]);
	return add_rules(verdict, validated, err);
}

bool verdict_judge(struct verdict **verdict, struct store *validated, const struct study_dataset *dataset,
                   const struct decisions *decisions, const char *date, const char *study_path, struct error *err)
{
	struct verdict *made = mem_alloc(1, sizeof *made);
	made->private = mem_alloc(1, sizeof *made->private);
	made->private->texts = mem_arena_new();
	if (!read_rows(made, validated, err) || !add_limits(made, validated, dataset, study_path, err)
	    || !count_findings(made, validated, decisions, date, err)) {
		verdict_free(made);
		return false;
	}
	for (size_t i = 0; i < made->count; i++) {
		struct verdict_line *line = &made->lines[i];
		line->allowed = (long long)floor(line->at_most);
		line->ok = line->found - line->accepted <= line->allowed;
		made->exceeded += !line->ok;
	}
	made->go_on = made->exceeded == 0 && made->rows_accepted > 0;
	*verdict = made;
	return true;
}

void verdict_free(struct verdict *verdict)
{
	if (!verdict)
		return;
	mem_arena_free(verdict->private->texts);
	free(verdict->private);
	free(verdict->lines);
	free(verdict);
}
