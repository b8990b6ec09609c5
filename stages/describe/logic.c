#include "logic.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "date.h"
#include "mem.h"
#include "number.h"

/* SQLite refuses expressions deeper than 100 (expression.c): these stay well below. */
enum { TERM_LIMIT = 50, DEPTH_LIMIT = 20, LITERAL_LIMIT = 500 };

struct translation {
	const struct questionnaire *questionnaire;
	enum logic_dialect dialect;
	const char *at;
	struct mem_arena *texts;
	int terms, depth;
};

enum node_kind {
	NODE_CONDITION, /* true or false, never NULL */
	NODE_FIELD,     /* an entry's answer */
	NODE_BOX,       /* whether one option of an entry is ticked */
	NODE_SUM,       /* arithmetic over numbers, NULL where one of them is */
	NODE_TEXT,      /* a literal in quotes */
	NODE_NUMBER,    /* a literal without */
};

struct node {
	enum node_kind kind;
	bool either;                             /* of a condition: its parts are joined by `or` */
	const struct questionnaire_entry *entry; /* of FIELD and BOX */
	const struct questionnaire_code *code;   /* of BOX */
	const char *sql;                         /* of CONDITION, FIELD and SUM */
	const char *literal;                     /* of TEXT and NUMBER */
};

enum comparison { EQUAL, UNEQUAL, BELOW, AT_MOST, ABOVE, AT_LEAST };

static const char *const signs[] = {
	[EQUAL] = "is", [UNEQUAL] = "is not", [BELOW] = "<", [AT_MOST] = "<=", [ABOVE] = ">", [AT_LEAST] = ">=",
};

static bool read_either(struct translation *in, struct node *node);

static const char *say(struct translation *in, const char *format, ...) __attribute__((format(printf, 2, 3)));

static const char *say(struct translation *in, const char *format, ...)
{
	va_list arguments, again;
	va_start(arguments, format);
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	char *text = mem_alloc((size_t)length + 1, 1);
	vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	va_end(arguments);
	const char *copy = mem_arena_copy(in->texts, text);
	free(text);
	return copy;
}

/* --- marks and words --- */

static void skip_blanks(struct translation *in)
{
	in->at += strspn(in->at, " \t\r\n");
}

static bool take(struct translation *in, const char *mark)
{
	skip_blanks(in);
	if (strncmp(in->at, mark, strlen(mark)) != 0)
		return false;
	in->at += strlen(mark);
	return true;
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
	       || c == '.' || c == ':' || (unsigned char)c >= 0x80;
}

static bool take_word(struct translation *in, const char *word)
{
	skip_blanks(in);
	size_t length = strlen(word);
	if (strncasecmp(in->at, word, length) != 0 || is_name(in->at[length]))
		return false;
	in->at += length;
	return true;
}

/* The text up to `end`, which is passed over. */
static const char *take_until(struct translation *in, char end)
{
	const char *close = strchr(in->at, end);
	if (!close || close - in->at > LITERAL_LIMIT)
		return NULL;
	const char *text = say(in, "%.*s", (int)(close - in->at), in->at);
	in->at = close + 1;
	return text;
}

static const char *quoted(struct translation *in, char quote, const char *text)
{
	struct text copy = { 0 };
	text_add_bytes(&copy, &quote, 1);
	for (; *text; text++) {
		if (*text == quote)
			text_add_bytes(&copy, &quote, 1);
		text_add_bytes(&copy, text, 1);
	}
	text_add_bytes(&copy, &quote, 1);
	const char *kept = mem_arena_copy(in->texts, copy.bytes);
	text_free(&copy);
	return kept;
}

/* --- the parts of a comparison --- */

static bool is_number(const struct questionnaire_entry *entry)
{
	return entry->type == VARIABLE_INTEGER || entry->type == VARIABLE_NUMBER;
}

static const struct questionnaire_code *answer_of(const struct questionnaire_entry *entry, const char *text)
{
	for (size_t i = 0; entry->list && i < entry->list->count; i++)
		if (strcmp(entry->list->codes[i].code, text) == 0)
			return entry->list->codes[i].missing == MISSING_NONE ? &entry->list->codes[i] : NULL;
	return NULL;
}

static bool set_field(struct translation *in, struct node *node, const char *name)
{
	const struct questionnaire_entry *entry = name ? questionnaire_find(in->questionnaire, name) : NULL;
	if (!entry || strcmp(entry->name, name) != 0)
		return false;
	*node = (struct node){ .kind = NODE_FIELD, .entry = entry, .sql = quoted(in, '"', name) };
	return true;
}

/* [name], [name(code)]. A second pair of brackets is another event or instance, whose answers stand in another row. */
static bool read_redcap_field(struct translation *in, struct node *node)
{
	const char *inside = take_until(in, ']');
	if (!inside || *in->at == '[')
		return false;
	size_t length = strcspn(inside, "(");
	if (inside[length] == '\0')
		return set_field(in, node, inside);
	size_t rest = strlen(inside + length);
	if (inside[length + rest - 1] != ')' || !set_field(in, node, say(in, "%.*s", (int)length, inside))
	    || node->entry->type != VARIABLE_CODES)
		return false;
	node->kind = NODE_BOX;
	node->code = answer_of(node->entry, say(in, "%.*s", (int)rest - 2, inside + length + 1));
	return node->code != NULL;
}

static void ticked(struct translation *in, const struct questionnaire_entry *entry, const char *code, bool is_ticked,
                   struct node *node)
{
	const char *name = quoted(in, '"', entry->name), *value = quoted(in, '\'', code);
	*node = (struct node){ .kind = NODE_CONDITION,
		               .sql = say(in, "%scoalesce(has(%s, %s), 0)", is_ticked ? "" : "not ", name, value) };
}

/* selected(${name}, 'code') */
static bool read_selected(struct translation *in, struct node *node)
{
	struct node field, option;
	if (!take(in, "(") || !read_either(in, &field) || !take(in, ",") || !read_either(in, &option) || !take(in, ")")
	    || field.kind != NODE_FIELD || option.kind != NODE_TEXT || !answer_of(field.entry, option.literal))
		return false;
	if (field.entry->type == VARIABLE_CODES)
		ticked(in, field.entry, option.literal, true, node);
	else
		*node = (struct node){ .kind = NODE_CONDITION,
			               .sql = say(in, "%s is %s", field.sql, quoted(in, '\'', option.literal)) };
	return true;
}

static bool read_not(struct translation *in, struct node *node)
{
	struct node inner;
	if (!take(in, "(") || !read_either(in, &inner) || !take(in, ")") || inner.kind != NODE_CONDITION)
		return false;
	*node = (struct node){ .kind = NODE_CONDITION, .sql = say(in, "not (%s)", inner.sql) };
	return true;
}

/* date('2024-01-31') is its text here. */
static bool read_date(struct translation *in, struct node *node)
{
	long long days;
	return take(in, "(") && read_either(in, node) && take(in, ")") && node->kind == NODE_TEXT
	       && date_read(node->literal, &days);
}

static bool read_literal(struct translation *in, struct node *node, bool negative)
{
	size_t length = strspn(in->at, "0123456789");
	if (in->at[length] == '.')
		length += 1 + strspn(in->at + length + 1, "0123456789");
	double value;
	*node = (struct node){ .kind = NODE_NUMBER };
	node->literal = say(in, "%s%.*s", negative ? "-" : "", (int)length, in->at);
	in->at += length;
	return length <= 20 && number_read_decimal(node->literal, &value) && !is_name(*in->at);
}

static bool read_part(struct translation *in, struct node *node)
{
	skip_blanks(in);
	char first = *in->at;
	if (first == '\'' || first == '"') {
		in->at++;
		*node = (struct node){ .kind = NODE_TEXT, .literal = take_until(in, first) };
		return node->literal != NULL;
	}
	if (first >= '0' && first <= '9')
		return read_literal(in, node, false);
	if (first == '-' && in->at[1] >= '0' && in->at[1] <= '9') {
		in->at++;
		return read_literal(in, node, true);
	}
	if (take(in, "("))
		return read_either(in, node) && take(in, ")");
	if (in->dialect == LOGIC_REDCAP)
		return take(in, "[") && read_redcap_field(in, node);
	if (take(in, "${"))
		return set_field(in, node, take_until(in, '}'));
	if (take_word(in, "selected"))
		return read_selected(in, node);
	if (take_word(in, "not"))
		return read_not(in, node);
	return take_word(in, "date") && read_date(in, node);
}

/* What may stand in a sum: NULL where it may not. */
static const char *summand(const struct node *node)
{
	if (node->kind == NODE_NUMBER)
		return node->literal;
	if (node->kind == NODE_SUM || (node->kind == NODE_FIELD && is_number(node->entry)))
		return node->sql;
	return NULL;
}

/* Sums and differences; a product would need to know of units, and a quotient of whole numbers is another in SQL. */
static bool read_sum(struct translation *in, struct node *node)
{
	if (!read_part(in, node))
		return false;
	for (;;) {
		skip_blanks(in);
		char sign = *in->at;
		if (sign != '+' && sign != '-')
			return true;
		in->at++;
		struct node right;
		if (++in->terms > TERM_LIMIT || !read_part(in, &right) || !summand(node) || !summand(&right)
		    || (node->kind == NODE_NUMBER && right.kind == NODE_NUMBER))
			return false;
		bool brackets = right.kind == NODE_SUM;
		const char *sum = say(in, "%s %c %s%s%s", summand(node), sign, brackets ? "(" : "", summand(&right),
		                      brackets ? ")" : "");
		*node = (struct node){ .kind = NODE_SUM, .sql = sum };
	}
}

/* --- comparisons --- */

static bool holds(double left, enum comparison how, double right)
{
	switch (how) {
	case BELOW: return left < right;
	case AT_MOST: return left <= right;
	case ABOVE: return left > right;
	case AT_LEAST: return left >= right;
	case EQUAL: return left == right;
	case UNEQUAL: break;
	}
	return left != right;
}

static bool has_missing_code(const struct questionnaire_entry *entry)
{
	for (size_t i = 0; entry->list && i < entry->list->count; i++)
		if (entry->list->codes[i].missing != MISSING_NONE)
			return true;
	return false;
}

/* Whether codes above or below a number mean the same here: every answer is a whole number, and no missing code, which
 * is NULL here, would make the comparison true. */
static bool codes_compare(const struct questionnaire_entry *entry, enum comparison how, double bound)
{
	for (size_t i = 0; i < entry->list->count; i++) {
		const struct questionnaire_code *code = &entry->list->codes[i];
		long long integer;
		double value;
		if (code->missing == MISSING_NONE && !number_read_integer(code->code, &integer))
			return false;
		if (code->missing != MISSING_NONE && number_read_decimal(code->code, &value)
		    && holds(value, how, bound))
			return false;
	}
	return true;
}

static bool compare_box(struct translation *in, const struct node *box, enum comparison how, const char *literal,
                        struct node *node)
{
	bool one = strcmp(literal, "1") == 0, zero = strcmp(literal, "0") == 0;
	if (how > UNEQUAL || (!one && !zero))
		return false;
	ticked(in, box->entry, box->code->code, one == (how == EQUAL), node);
	return true;
}

/* An entry's answer and a literal: the SQL, or NULL where it cannot be said. */
static const char *compare_field(struct translation *in, const struct node *field, enum comparison how,
                                 const struct node *right)
{
	const struct questionnaire_entry *entry = field->entry;
	const char *literal = right->literal, *sign = signs[how];
	bool ordered = how > UNEQUAL;
	double value;
	long long days;
	if (*literal == '\0') /* an answer that is taken for missing is no blank on the platform, but NULL here */
		return ordered || has_missing_code(entry) ? NULL : say(in, "%s %s null", field->sql, sign);
	bool number = number_read_decimal(literal, &value);
	switch (entry->type) {
	case VARIABLE_CODE:
		if (ordered && number && entry->list && codes_compare(entry, how, value))
			return say(in, "coalesce(%s %s %s, 0)", field->sql, sign, literal);
		if (!ordered && answer_of(entry, literal))
			return say(in, "%s %s %s", field->sql, sign, quoted(in, '\'', literal));
		return NULL;
	case VARIABLE_INTEGER:
	case VARIABLE_NUMBER:
		if (!number)
			return NULL;
		return say(in, ordered ? "coalesce(%s %s %s, 0)" : "%s %s %s", field->sql, sign, literal);
	case VARIABLE_DATE:
		if (!date_read(literal, &days))
			return NULL;
		return say(in, ordered ? "coalesce(%s %s '%s', 0)" : "%s %s '%s'", field->sql, sign, literal);
	case VARIABLE_ID:
	case VARIABLE_TEXT:
		if (ordered || right->kind != NODE_TEXT)
			return NULL;
		return say(in, "%s %s %s", field->sql, sign, quoted(in, '\'', literal));
	case VARIABLE_CODES:
	case VARIABLE_DATETIME: break;
	}
	return NULL;
}

/* Two answers, or sums of answers: only which is larger, as two blanks are equal on one platform and not on the other.
 */
static const char *compare_values(struct translation *in, const struct node *left, enum comparison how,
                                  const struct node *right)
{
	const char *a = summand(left), *b = summand(right);
	if (how <= UNEQUAL)
		return NULL;
	if (left->kind == NODE_FIELD && right->kind == NODE_FIELD && left->entry->type == VARIABLE_DATE
	    && right->entry->type == VARIABLE_DATE)
		return say(in, "coalesce(%s %s %s, 0)", left->sql, signs[how], right->sql);
	return a && b ? say(in, "coalesce(%s %s %s, 0)", a, signs[how], b) : NULL;
}

static bool is_literal(const struct node *node)
{
	return node->kind == NODE_TEXT || node->kind == NODE_NUMBER;
}

static bool compare(struct translation *in, const struct node *left, enum comparison how, const struct node *right,
                    struct node *node)
{
	static const enum comparison turned[] = {
		[EQUAL] = EQUAL,      [UNEQUAL] = UNEQUAL, [BELOW] = ABOVE,
		[AT_MOST] = AT_LEAST, [ABOVE] = BELOW,     [AT_LEAST] = AT_MOST,
	};
	if (is_literal(left) && is_literal(right))
		return false;
	if (is_literal(left))
		return compare(in, right, turned[how], left, node);
	if (left->kind == NODE_CONDITION || right->kind == NODE_CONDITION || right->kind == NODE_BOX)
		return false;
	if (left->kind == NODE_BOX)
		return is_literal(right) && compare_box(in, left, how, right->literal, node);
	const char *sql = left->kind == NODE_FIELD && is_literal(right) ? compare_field(in, left, how, right)
	                                                                : compare_values(in, left, how, right);
	*node = (struct node){ .kind = NODE_CONDITION, .sql = sql };
	return sql != NULL;
}

static bool take_comparison(struct translation *in, enum comparison *how)
{
	static const struct {
		const char *mark;
		enum comparison how;
	} marks[] = { { "<>", UNEQUAL }, { "!=", UNEQUAL }, { "<=", AT_MOST }, { ">=", AT_LEAST },
		      { "<", BELOW },    { ">", ABOVE },    { "=", EQUAL } };
	for (size_t i = 0; i < COUNT(marks); i++)
		if (take(in, marks[i].mark)) {
			*how = marks[i].how;
			return true;
		}
	return false;
}

static bool read_comparison(struct translation *in, struct node *node)
{
	enum comparison how;
	if (++in->terms > TERM_LIMIT || !read_sum(in, node))
		return false;
	if (!take_comparison(in, &how))
		return true;
	struct node left = *node, right;
	return read_sum(in, &right) && compare(in, &left, how, &right, node);
}

/* --- and, or --- */

static const char *in_brackets(struct translation *in, const struct node *node)
{
	return node->either ? say(in, "(%s)", node->sql) : node->sql;
}

static bool read_both(struct translation *in, struct node *node)
{
	if (!read_comparison(in, node))
		return false;
	while (take_word(in, "and")) {
		struct node right;
		if (!read_comparison(in, &right) || node->kind != NODE_CONDITION || right.kind != NODE_CONDITION)
			return false;
		node->sql = say(in, "%s and %s", in_brackets(in, node), in_brackets(in, &right));
		node->either = false;
	}
	return true;
}

static bool read_either(struct translation *in, struct node *node)
{
	if (++in->depth > DEPTH_LIMIT || !read_both(in, node))
		return false;
	while (take_word(in, "or")) {
		struct node right;
		if (!read_both(in, &right) || node->kind != NODE_CONDITION || right.kind != NODE_CONDITION)
			return false;
		node->sql = say(in, "%s or %s", node->sql, right.sql);
		node->either = true;
	}
	in->depth--;
	return true;
}

bool logic_translate(struct text *sql, const struct questionnaire *questionnaire, enum logic_dialect dialect,
                     const char *condition)
{
	if (dialect == LOGIC_NONE)
		return false;
	struct translation in = { .questionnaire = questionnaire, .dialect = dialect, .at = condition };
	in.texts = mem_arena_new();
	struct node node = { 0 };
	bool ok = read_either(&in, &node) && node.kind == NODE_CONDITION;
	skip_blanks(&in);
	ok = ok && *in.at == '\0';
	if (ok)
		text_add(sql, node.sql);
	mem_arena_free(in.texts);
	return ok;
}
