#include "groups.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"

/* So many of one text are no accident of typing; so many in one place are worth one look there. */
enum { SAME_TEXTS = 3, SAME_PLACE = 5 };

static bool other_version(const struct view *view, struct error *err)
{
	error_at(err, ERROR_INPUT, store_path(view->store), 0, "a finding has the code or severity of another version");
	return error_help(err, "remove the file and run make again");
}

static bool read_kind(enum severity *severity, enum finding_code *code, const char *severity_text,
                      const char *code_text)
{
	return severity_read(severity_text, severity) && finding_read_code(code_text, code);
}

static bool read_groups(struct groups *groups, const struct view *view, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	size_t capacity = 0;
	bool ok = store_prepare(&select, view->store, sql_report_codes, err);
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		groups->items = mem_grow(groups->items, groups->count, &capacity, sizeof *groups->items);
		struct group *group = &groups->items[groups->count++];
		*group = (struct group){ .occurrences = sqlite3_column_int64(select, 2),
			                 .findings = sqlite3_column_int64(select, 3),
			                 .open = sqlite3_column_int64(select, 4) };
		if (!read_kind(&group->severity, &group->code, view_column(select, 0), view_column(select, 1)))
			ok = other_version(view, err);
		else if (group->severity != SEVERITY_NOTE)
			groups->open += group->open;
	}
	sqlite3_finalize(select);
	return ok;
}

static enum cause_kind read_cause_kind(const char *word)
{
	return strcmp(word, "column") == 0   ? CAUSE_COLUMN
	       : strcmp(word, "header") == 0 ? CAUSE_HEADER
	       : strcmp(word, "file") == 0   ? CAUSE_FILE
	       : strcmp(word, "text") == 0   ? CAUSE_TEXT
	                                     : CAUSE_PLACE;
}

static void credit(struct groups *groups, const struct cause *cause)
{
	for (size_t i = 0; i < groups->count; i++) {
		struct group *group = &groups->items[i];
		if (group->code != cause->by || group->severity != cause->by_severity)
			continue;
		if (cause->kind == CAUSE_COLUMN)
			group->lost += cause->count;
		else
			group->explains += cause->count;
	}
}

static bool read_causes(struct groups *groups, const struct view *view, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	size_t capacity = 0;
	bool ok = store_prepare(&select, view->store, sql_report_causes, err);
	if (ok) {
		store_bind_integer(select, ":same", SAME_TEXTS);
		store_bind_integer(select, ":place", SAME_PLACE);
	}
	while (ok && (ok = store_step(view->store, select, &row, err)) && row) {
		groups->causes = mem_grow(groups->causes, groups->cause_count, &capacity, sizeof *groups->causes);
		struct cause *cause = &groups->causes[groups->cause_count++];
		*cause = (struct cause){
			.kind = read_cause_kind(view_column(select, 0)),
			.file = mem_arena_copy(groups->texts, view_column(select, 5)),
			.variable = mem_arena_copy(groups->texts, view_column(select, 6)),
			.rule = mem_arena_copy(groups->texts, view_column(select, 7)),
			.value = mem_arena_copy(groups->texts, view_column(select, 8)),
			.count = sqlite3_column_int64(select, 9),
			.of = sqlite3_column_int64(select, 10),
		};
		ok = read_kind(&cause->severity, &cause->code, view_column(select, 4), view_column(select, 3))
		     && (!view_column(select, 1)
		         || read_kind(&cause->by_severity, &cause->by, view_column(select, 2), view_column(select, 1)));
		if (!ok)
			other_version(view, err);
		else if (cause->by)
			credit(groups, cause);
	}
	sqlite3_finalize(select);
	return ok;
}

/* What explains others first, then the gravest, and of these files before headers before rows before answers, as in
 * finding.h. */
static int compare_groups(const void *left, const void *right)
{
	const struct group *a = left, *b = right;
	if (a->explains + a->lost != b->explains + b->lost)
		return a->explains + a->lost > b->explains + b->lost ? -1 : 1;
	if (a->severity != b->severity)
		return a->severity < b->severity ? -1 : 1;
	return (a->code > b->code) - (a->code < b->code);
}

bool groups_load(struct groups *groups, const struct view *view, struct error *err)
{
	*groups = (struct groups){ .texts = mem_arena_new() };
	if (!read_groups(groups, view, err) || !read_causes(groups, view, err))
		return false;
	if (groups->count)
		mem_sort(groups->items, groups->count, sizeof *groups->items, compare_groups);
	return true;
}

void groups_free(struct groups *groups)
{
	free(groups->items);
	free(groups->causes);
	mem_arena_free(groups->texts);
	*groups = (struct groups){ 0 };
}

char *groups_title(const struct groups *groups, const struct group *group)
{
	size_t same = 0;
	for (size_t i = 0; i < groups->count; i++)
		same += groups->items[i].code == group->code;
	const char *title = finding_kind(group->code)->title;
	return same > 1 ? mem_print("%s (%s)", title, severity_word(group->severity)) : mem_copy_text(title);
}

const struct cause *groups_main_cause(const struct groups *groups, const struct group *group)
{
	const struct cause *main = NULL;
	for (size_t i = 0; i < groups->cause_count; i++) {
		const struct cause *cause = &groups->causes[i];
		if (cause->code == group->code && cause->severity == group->severity && cause->kind != CAUSE_COLUMN
		    && 2 * cause->count >= cause->of && (!main || cause->count > main->count))
			main = cause;
	}
	return main;
}
