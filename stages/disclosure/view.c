#include "view.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "embedded.h"
#include "mem.h"

/* The files speak of the same cells, or they are of different runs. */
static bool check_same(const struct view *view, struct error *err)
{
	long long others = 0;
	if (!store_read_integer(view->store, sql_disclosure_others, 0, &others, err))
		return false;
	if (others == 0)
		return true;
	error_at(err, ERROR_INPUT, store_path(view->store), 0,
	         "the files are not of one run: %lld of their cells differ", others);
	return error_help(err, "give those that one run of make wrote, or run make again");
}

bool view_open(struct view *view, const struct study *study, char *const paths[4], const char *ledger,
               struct error *err)
{
	view->study = study;
	view->has_ledger = ledger && access(ledger, F_OK) == 0;
	bool ok = store_open(&view->store, paths[0], "compare", err) && universe_load(&view->universe, view->store, err)
	          && store_attach(view->store, paths[1], "protect", "protected", err)
	          && store_attach(view->store, paths[2], "withhold", "withheld", err)
	          && store_attach(view->store, paths[3], "audit", "audited", err)
	          && (!view->has_ledger || store_attach(view->store, ledger, "release", "ledger", err))
	          && check_same(view, err);
	const struct {
		const char *sql;
		long long *number;
	} counts[] = {
		{ sql_disclosure_figures, &view->figures },
		{ sql_disclosure_hidden_figures, &view->hidden_figures },
		{ "SELECT count(*) FROM protected.decision WHERE published AND status = 'hidden'",
		  &view->hidden_cells },
		{ "SELECT count(*) FROM protected.decision WHERE published AND rule = 'secondary'",
		  &view->secondary_cells },
		{ "SELECT value FROM audited.verdict WHERE item = 'attacked'", &view->attacked },
		{ "SELECT value FROM audited.verdict WHERE item = 'releases'", &view->releases },
	};
	for (size_t i = 0; ok && i < COUNT(counts); i++)
		ok = store_read_integer(view->store, counts[i].sql, 0, counts[i].number, err);
	long long passed = 0;
	ok = ok
	     && store_read_integer(view->store, "SELECT value FROM audited.verdict WHERE item = 'passed'", 0, &passed,
	                           err);
	view->passed = passed == 1;
	return ok;
}

void view_close(struct view *view)
{
	universe_free(view->universe);
	store_close(view->store);
	*view = (struct view){ 0 };
}

const char *view_label(const struct view *view, const char *kind, const char *name)
{
	for (size_t i = 0; i < view->universe->label_count; i++) {
		const struct label *label = &view->universe->labels[i];
		if (strcmp(label->kind, kind) == 0 && strcmp(label->name, name) == 0)
			return label->label;
	}
	return NULL;
}

const char *view_text(sqlite3_stmt *select, int column)
{
	const char *text = (const char *)sqlite3_column_text(select, column);
	return text ? text : "";
}

bool view_each(const struct view *view, const char *sql, void (*row)(void *with, sqlite3_stmt *select), void *with,
               struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool more = false, ok = store_prepare(&select, view->store, sql, err);
	while (ok && (ok = store_step(view->store, select, &more, err)) && more)
		row(with, select);
	sqlite3_finalize(select);
	return ok;
}

/* --- conditions in words --- */

/* One code, or several: any(a|b) of options that may be ticked together, {a+b} of areas in a group. */
static void say_codes(struct text *words, const struct view *view, const char *variable, char *codes)
{
	static const char any[] = "any(";
	size_t length = strlen(codes);
	const char *between = "|";
	char *rest = NULL;
	if (strncmp(codes, any, strlen(any)) == 0 && codes[length - 1] == ')') {
		codes[length - 1] = '\0';
		codes += strlen(any);
	} else if (*codes == '{' && codes[length - 1] == '}') {
		codes[length - 1] = '\0';
		codes++;
		between = "+";
	}
	for (char *code = strtok_r(codes, between, &rest); code; code = strtok_r(NULL, between, &rest)) {
		char *name = mem_print("%s=%s", variable, code);
		const char *label = view_label(view, "code", name);
		text_print(words, "%s%s", code == codes ? "" : " or ", label ? label : code);
		free(name);
	}
}

/* lonely=often, lonely!=often, lonely:answered, and of a derived variable lonely{how it is made}=often. What has
 * another form is said as it stands. */
static void say_term(struct text *words, const struct view *view, char *term)
{
	size_t name = strcspn(term, "={!:~");
	char *sign = term + name;
	if (*sign == '{' && strchr(sign, '}'))
		sign = strchr(sign, '}') + 1;
	char *variable = mem_copy_bytes(term, name);
	const char *label = view_label(view, "variable", variable);
	bool no = strncmp(sign, "!=", 2) == 0;
	if (label && (*sign == '=' || no)) {
		text_print(words, "%s %s ", label, no ? "is not" : "is");
		say_codes(words, view, variable, sign + (no ? 2 : 1));
	} else if (label && *sign == ':') {
		for (char *c = sign; *c; c++)
			*c = (char)(*c == '_' || *c == '-' ? ' ' : *c);
		text_print(words, "%s: %s", label, sign + 1);
	} else {
		text_add(words, term);
	}
	free(variable);
}

void view_say_condition(struct text *words, const struct view *view, const char *condition)
{
	static const char between[] = " & ";
	const char *at = condition;
	for (size_t part = 0; at; part++) {
		const char *end = strstr(at, between);
		char *term = mem_copy_bytes(at, end ? (size_t)(end - at) : strlen(at));
		text_add(words, part == 0 ? "" : part == 1 ? ": " : ", ");
		if (part == 0)
			text_add(words, term);
		else
			say_term(words, view, term);
		free(term);
		at = end ? end + strlen(between) : NULL;
	}
}
