#include "expression.h"

#include <assert.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "date.h"
#include "literals.h"
#include "mem.h"
#include "recall.h"
#include "store.h"
#include "text.h"

enum { PROGRESS_STEP = 1000, PROGRESS_LIMIT = 1000, COLUMN_LIMIT = 2000 };

struct expression {
	struct expressions *owner;
	sqlite3_stmt *statement;
	bool *reads; /* one flag a column */
	struct recall *recall;
	struct expression *next;
};

struct expressions {
	sqlite3 *database;
	struct expression_column *columns; /* borrowed */
	size_t count;
	struct expression *first;

	/* What the authorizer sees while an expression is compiled. */
	struct expression *compiling; /* NULL: nothing may be compiled */
	int selects;
	char denied[120]; /* in words; empty: nothing was */

	int progress; /* of the evaluation under way */
};

/* --- the virtual table `row`: one row that never ends, whose cells are the columns' current values --- */

struct row_table {
	sqlite3_vtab base;
	struct expressions *owner;
};

static int row_connect(sqlite3 *database, void *data, int argc, const char *const *argv, sqlite3_vtab **made,
                       char **message)
{
	(void)argc, (void)argv, (void)message;
	static const char *const types[] = {
		[EXPRESSION_INTEGER] = "INTEGER",
		[EXPRESSION_REAL] = "REAL",
		[EXPRESSION_TEXT] = "TEXT",
	};
	struct expressions *owner = data;
	struct text sql = { 0 };
	text_add(&sql, "CREATE TABLE row (");
	for (size_t i = 0; i < owner->count; i++) {
		char *name = store_quote_name(owner->columns[i].name);
		text_print(&sql, "%s%s %s", i ? ", " : "", name, types[owner->columns[i].type]);
		free(name);
	}
	text_add(&sql, ")");
	int code = sqlite3_declare_vtab(database, sql.bytes);
	text_free(&sql);
	if (code != SQLITE_OK)
		return code;
	struct row_table *table = mem_alloc(1, sizeof *table);
	table->owner = owner;
	*made = &table->base;
	return SQLITE_OK;
}

static int row_disconnect(sqlite3_vtab *table)
{
	free(table);
	return SQLITE_OK;
}

static int row_best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table, (void)info;
	return SQLITE_OK;
}

static int row_open(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor)
{
	(void)table;
	*cursor = mem_alloc(1, sizeof **cursor);
	return SQLITE_OK;
}

static int row_close(sqlite3_vtab_cursor *cursor)
{
	free(cursor);
	return SQLITE_OK;
}

static int row_filter(sqlite3_vtab_cursor *cursor, int number, const char *text, int argc, sqlite3_value **argv)
{
	(void)cursor, (void)number, (void)text, (void)argc, (void)argv;
	return SQLITE_OK;
}

static int row_next(sqlite3_vtab_cursor *cursor)
{
	(void)cursor;
	return SQLITE_OK;
}

static int row_eof(sqlite3_vtab_cursor *cursor)
{
	(void)cursor;
	return 0;
}

static int row_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int index)
{
	const struct expressions *owner = ((const struct row_table *)cursor->pVtab)->owner;
	const struct expression_column *column = &owner->columns[index];
	if (column->missing)
		sqlite3_result_null(context);
	else if (column->type == EXPRESSION_INTEGER)
		sqlite3_result_int64(context, column->integer);
	else if (column->type == EXPRESSION_REAL)
		sqlite3_result_double(context, column->real);
	else /* it stays where it is until the next step reads it anew */
		sqlite3_result_text(context, column->text, -1, SQLITE_STATIC);
	return SQLITE_OK;
}

static int row_number(sqlite3_vtab_cursor *cursor, sqlite3_int64 *number)
{
	(void)cursor;
	*number = 1;
	return SQLITE_OK;
}

/* No xCreate: the table stands there by itself and cannot be made again under another name. */
static const sqlite3_module row_module = {
	.xConnect = row_connect,
	.xBestIndex = row_best_index,
	.xDisconnect = row_disconnect,
	.xOpen = row_open,
	.xClose = row_close,
	.xFilter = row_filter,
	.xNext = row_next,
	.xEof = row_eof,
	.xColumn = row_column,
	.xRowid = row_number,
};

/* --- our own functions --- */

/* Dates as answers hold them, YYYY-MM-DD, or the date of a date and time. */
static bool read_date(sqlite3_context *context, sqlite3_value *value, const char *function, long long *days,
                      char date[11])
{
	const char *text = (const char *)sqlite3_value_text(value);
	if (text && strlen(text) >= 10 && (text[10] == '\0' || text[10] == ' ' || text[10] == 'T')) {
		snprintf(date, 11, "%.10s", text);
		if (date_read(date, days))
			return true;
	}
	char *message = mem_print("%s() of something that is no date", function);
	sqlite3_result_error(context, message, -1);
	free(message);
	return false;
}

static bool any_null(int argc, sqlite3_value **argv)
{
	for (int i = 0; i < argc; i++)
		if (sqlite3_value_type(argv[i]) == SQLITE_NULL)
			return true;
	return false;
}

/* days(a, b): how many days b comes after a. */
static void function_days(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	long long from, to;
	char text[11];
	if (!any_null(argc, argv) && read_date(context, argv[0], "days", &from, text)
	    && read_date(context, argv[1], "days", &to, text))
		sqlite3_result_int64(context, to - from);
}

/* years(a, b): full years from a to b, as ages are counted; who was born on 29 February has a birthday on 1 March. The
 * whole number below: b a day before a is -1, so that what must not be below 0 is ruled out by that. */
static void function_years(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	long long from, to;
	char first[11], second[11];
	if (any_null(argc, argv) || !read_date(context, argv[0], "years", &from, first)
	    || !read_date(context, argv[1], "years", &to, second))
		return;
	sqlite3_result_int64(context, atoi(second) - atoi(first) - (strcmp(second + 5, first + 5) < 0));
}

/* months(a, b): full months from a to b, below 0 likewise. A month is full on the day of its own number, or where it
 * has none, on the first of the next: from 31 January it is one month on 1 March. */
static void function_months(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	long long from, to;
	char first[11], second[11];
	if (any_null(argc, argv) || !read_date(context, argv[0], "months", &from, first)
	    || !read_date(context, argv[1], "months", &to, second))
		return;
	sqlite3_result_int64(context, 12 * (atoi(second) - atoi(first)) + atoi(second + 5) - atoi(first + 5)
	                                      - (strcmp(second + 8, first + 8) < 0));
}

/* has(codes, code): whether an answer of several codes, with ; between, holds this one. */
static void function_has(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	if (any_null(argc, argv))
		return;
	const char *codes = (const char *)sqlite3_value_text(argv[0]);
	const char *code = (const char *)sqlite3_value_text(argv[1]);
	size_t length = code ? strlen(code) : 0;
	bool found = false;
	while (codes && length && !found) {
		size_t next = strcspn(codes, ";");
		found = next == length && memcmp(codes, code, length) == 0;
		codes = codes[next] ? codes + next + 1 : NULL;
	}
	sqlite3_result_int(context, found);
}

/* --- what an expression may do --- */

/* Pure functions of their arguments, whose results are no larger than what they are given. min and max of one argument
 * would run over rows: the second form of expression_compile refuses them. */
static const char *const functions[] = {
	"abs",   "coalesce", "days",   "glob",      "has",  "ifnull", "iif",    "instr",   "length",
	"like",  "lower",    "ltrim",  "max",       "min",  "months", "nullif", "replace", "round",
	"rtrim", "sign",     "substr", "substring", "trim", "upper",  "years",
};

static int deny(struct expressions *expressions, const char *what, const char *name)
{
	if (expressions->denied[0] == '\0')
		snprintf(expressions->denied, sizeof expressions->denied, "%s%s", what, name);
	return SQLITE_DENY;
}

static int authorize(void *data, int action, const char *first, const char *second, const char *database,
                     const char *inner)
{
	(void)database, (void)inner;
	struct expressions *expressions = data;
	if (!expressions->compiling)
		return SQLITE_DENY;
	switch (action) {
	case SQLITE_SELECT: /* ours; any other is a sub-select */
		return expressions->selects++ == 0 ? SQLITE_OK : deny(expressions, "a sub-select", "");
	case SQLITE_FUNCTION:
		for (size_t i = 0; i < COUNT(functions); i++)
			if (strcasecmp(functions[i], second) == 0)
				return SQLITE_OK;
		return deny(expressions, "the function or operator ", second);
	case SQLITE_READ:
		if (strcmp(first, "row") != 0)
			return deny(expressions, "the table ", first);
		if (*second == '\0') /* the table as such, where no column is read */
			return SQLITE_OK;
		for (size_t i = 0; i < expressions->count; i++)
			if (strcmp(expressions->columns[i].name, second) == 0) {
				expressions->compiling->reads[i] = true;
				return SQLITE_OK;
			}
		return deny(expressions, "the row's number", "");
	default: return deny(expressions, "a statement", "");
	}
}

static int on_progress(void *data)
{
	struct expressions *expressions = data;
	return ++expressions->progress > PROGRESS_LIMIT;
}

/* The progress handler does not bound a single call of a function; the length of what it is given does. */
static void set_limits(sqlite3 *database)
{
	static const struct {
		int limit, value;
	} limits[] = {
		{ SQLITE_LIMIT_LENGTH, 65536 },     { SQLITE_LIMIT_SQL_LENGTH, 65536 },
		{ SQLITE_LIMIT_EXPR_DEPTH, 100 },   { SQLITE_LIMIT_COMPOUND_SELECT, 1 },
		{ SQLITE_LIMIT_VDBE_OP, 100000 },   { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100 },
		{ SQLITE_LIMIT_ATTACHED, 0 },       { SQLITE_LIMIT_TRIGGER_DEPTH, 0 },
		{ SQLITE_LIMIT_WORKER_THREADS, 0 },
	};
	for (size_t i = 0; i < COUNT(limits); i++)
		sqlite3_limit(database, limits[i].limit, limits[i].value);
}

static bool prepare_connection(struct expressions *expressions)
{
	static const int switches[][2] = {
		{ SQLITE_DBCONFIG_DQS_DML, 0 },        { SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 }, { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 }, { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
	};
	static const int pure = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;

	int mode = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
	if (sqlite3_open_v2(":memory:", &expressions->database, mode, NULL) != SQLITE_OK)
		return false;
	sqlite3 *database = expressions->database;
	for (size_t i = 0; i < COUNT(switches); i++)
		if (sqlite3_db_config(database, switches[i][0], switches[i][1], NULL) != SQLITE_OK)
			return false;
	if (sqlite3_create_module(database, "row", &row_module, expressions) != SQLITE_OK
	    || sqlite3_create_function(database, "days", 2, pure, NULL, function_days, NULL, NULL) != SQLITE_OK
	    || sqlite3_create_function(database, "years", 2, pure, NULL, function_years, NULL, NULL) != SQLITE_OK
	    || sqlite3_create_function(database, "months", 2, pure, NULL, function_months, NULL, NULL) != SQLITE_OK
	    || sqlite3_create_function(database, "has", 2, pure, NULL, function_has, NULL, NULL) != SQLITE_OK)
		return false;

	/* Connects the table, which the authorizer and the limits would not let happen. */
	sqlite3_stmt *first = NULL;
	bool ok = sqlite3_prepare_v2(database, "SELECT 1 FROM row", -1, &first, NULL) == SQLITE_OK;
	sqlite3_finalize(first);
	set_limits(database);
	sqlite3_progress_handler(database, PROGRESS_STEP, on_progress, expressions);
	return ok && sqlite3_set_authorizer(database, authorize, expressions) == SQLITE_OK;
}

bool expressions_new(struct expressions **expressions, struct expression_column *columns, size_t count,
                     struct error *err)
{
	if (count == 0 || count > COLUMN_LIMIT)
		return error_set(err, ERROR_CONFIG, "expressions take 1 to %d variables, not %zu", COLUMN_LIMIT, count);
	struct expressions *made = mem_alloc(1, sizeof *made);
	made->columns = columns;
	made->count = count;
	if (!prepare_connection(made)) {
		error_set(err, ERROR_FAULT, "cannot prepare for expressions: %s", sqlite3_errmsg(made->database));
		expressions_free(made);
		return false;
	}
	*expressions = made;
	return true;
}

void expressions_free(struct expressions *expressions)
{
	if (!expressions)
		return;
	for (struct expression *expression = expressions->first, *next; expression; expression = next) {
		next = expression->next;
		sqlite3_finalize(expression->statement);
		free(expression->reads);
		recall_free(expression->recall);
		free(expression);
	}
	sqlite3_close(expressions->database);
	free(expressions);
}

size_t expressions_count(const struct expressions *expressions)
{
	return expressions->count;
}

/* --- compiling --- */

/* The name after `no such column: `, without the table. */
static const char *unknown_name(const char *message)
{
	static const char head[] = "no such column: ";
	if (strncmp(message, head, sizeof head - 1) != 0)
		return NULL;
	const char *name = message + sizeof head - 1;
	return strncasecmp(name, "row.", 4) == 0 ? name + 4 : name;
}

static bool unknown_column(const struct expressions *expressions, const char *name, bool quoted, const char *path,
                           size_t line, struct error *err)
{
	const char **names = mem_alloc(expressions->count, sizeof *names);
	for (size_t i = 0; i < expressions->count; i++)
		names[i] = expressions->columns[i].name;
	const char *near = text_nearest(name, names, expressions->count);
	error_at(err, ERROR_CONFIG, path, line, "no variable named %s", name);
	if (near)
		error_help(err, "did you mean %s?", near);
	else if (quoted)
		error_help(err, "a text stands in single quotes: '%s'", name);
	else
		error_help(err, "use a name from the first column of variables.csv; a text stands in single quotes");
	free(names);
	return false;
}

/* What SQLite or the authorizer said about `text`, which begins `prefix` bytes into the statement. */
static bool compile_error(const struct expressions *expressions, const char *text, size_t prefix, const char *path,
                          size_t line, struct error *err)
{
	const char *message = sqlite3_errmsg(expressions->database);
	const char *unknown = unknown_name(message);
	int offset = sqlite3_error_offset(expressions->database);
	bool inside = offset >= (int)prefix && (size_t)offset - prefix < strlen(text);
	size_t position = inside ? (size_t)offset - prefix : 0;

	if (expressions->denied[0]) {
		error_at(err, ERROR_CONFIG, path, line, "an expression may not use %s", expressions->denied);
		error_help(
			err,
			"an expression compares the variables of one row with = <> < > in between like is null "
			"and or not, case, + - * / and the functions abs coalesce days has iif instr length lower max "
			"min months nullif round substr trim upper years");
	} else if (unknown) {
		unknown_column(expressions, unknown, inside && text[position] == '"', path, line, err);
	} else {
		error_at(err, ERROR_CONFIG, path, line, "cannot understand the expression: %s", message);
		error_help(err,
		           "it is an SQL expression over one row's variables, such as: age >= 18 and sex in (1, 2)");
	}
	if (inside)
		error_record(err, "character %zu of the expression", position + 1);
	return false;
}

/* An expression must compile in both places. A text that closes our parenthesis to go on with a statement of its own
 * can do so at one depth of parentheses only; and in WHERE no function may run over rows. */
static const struct {
	const char *before, *after;
} forms[] = {
	{ "SELECT 1 FROM row WHERE ((", "\n))" },
	{ "SELECT (", "\n) FROM row" },
};

static bool compile_form(struct expression *expression, size_t form, const char *text, const char *path, size_t line,
                         struct error *err)
{
	struct expressions *expressions = expression->owner;
	struct text sql = { 0 };
	text_print(&sql, "%s%s%s", forms[form].before, text, forms[form].after);
	sqlite3_finalize(expression->statement);
	expression->statement = NULL;

	const char *tail = NULL;
	sqlite3_stmt **statement = &expression->statement;
	expressions->compiling = expression;
	expressions->selects = 0;
	expressions->denied[0] = '\0';
	expressions->progress = 0;
	int code =
		sqlite3_prepare_v3(expressions->database, sql.bytes, -1, SQLITE_PREPARE_PERSISTENT, statement, &tail);
	expressions->compiling = NULL;

	bool ok = code == SQLITE_OK;
	if (!ok) {
		compile_error(expressions, text, strlen(forms[form].before), path, line, err);
	} else if (!*statement || *tail || sqlite3_column_count(*statement) != 1
	           || sqlite3_bind_parameter_count(*statement) != 0) {
		ok = error_at(err, ERROR_CONFIG, path, line, "this is more than one expression, or has a place holder");
		error_help(err, "write one expression, without ; ? : @ or $");
	}
	text_free(&sql);
	return ok;
}

static bool reads_any(const struct expression *expression)
{
	for (size_t i = 0; i < expression->owner->count; i++)
		if (expression->reads[i])
			return true;
	return false;
}

bool expression_compile(struct expression **expression, struct expressions *expressions, const char *text,
                        const char *path, size_t line, struct error *err)
{
	if (text_is_blank(text)) {
		error_at(err, ERROR_CONFIG, path, line, "the expression is empty");
		return error_help(err, "write an expression, such as age >= 18");
	}
	struct expression *made = mem_alloc(1, sizeof *made);
	made->owner = expressions;
	made->reads = mem_alloc(expressions->count, sizeof *made->reads);
	made->next = expressions->first;
	expressions->first = made;

	for (size_t form = 0; form < COUNT(forms); form++)
		if (!compile_form(made, form, text, path, line, err))
			return false;
	if (!reads_any(made)) {
		error_at(err, ERROR_CONFIG, path, line,
		         "the expression names no variable: it is the same for every row");
		return error_help(err, "names stand without quotes: age > 3, not 'age' > 3");
	}
	if (!literals_check(expressions->columns, expressions->count, text, path, line, err))
		return false;
	made->recall = recall_new(expressions->columns, made->reads, expressions->count);
	*expression = made;
	return true;
}

bool expression_reads(const struct expression *expression, size_t index)
{
	assert(index < expression->owner->count);
	return expression->reads[index];
}

/* --- evaluating --- */

/* The type of the expression's value on the current row; 0 where it could not be computed. */
static int evaluate(struct expression *expression)
{
	expression->owner->progress = 0;
	if (sqlite3_step(expression->statement) == SQLITE_ROW)
		return sqlite3_column_type(expression->statement, 0);
	sqlite3_reset(expression->statement);
	return 0;
}

/* A text is neither true nor false: where one comes out, the expression is not what its writer meant. */
static enum expression_result find_truth(struct expression *expression)
{
	switch (evaluate(expression)) {
	case SQLITE_NULL: return EXPRESSION_UNKNOWN;
	case SQLITE_INTEGER:
	case SQLITE_FLOAT:
		return sqlite3_column_double(expression->statement, 0) != 0 ? EXPRESSION_TRUE : EXPRESSION_FALSE;
	default: return EXPRESSION_FAILED;
	}
}

enum expression_result expression_truth(struct expression *expression)
{
	enum expression_result result;
	if (recall_find(expression->recall, &result))
		return result;
	result = find_truth(expression);
	recall_keep(expression->recall, result);
	return result;
}

bool expression_number(struct expression *expression, double *value, bool *missing)
{
	int type = evaluate(expression);
	bool number = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
	*missing = type == SQLITE_NULL;
	*value = number ? sqlite3_column_double(expression->statement, 0) : NAN;
	return *missing || (number && isfinite(*value));
}
