#include "literals.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "date.h"
#include "mem.h"
#include "number.h"
#include "text.h"

/* --- the words of an expression --- */

enum kind { END, NAME, QUOTED_NAME, TEXT, NUMBER, SIGN };

struct token {
	enum kind kind;
	char *text;   /* a name or a text without its quotes */
	size_t at;    /* bytes from the beginning of the expression */
	bool ordered; /* of a sign that compares: it asks which comes first */
};

struct tokens {
	struct token *items;
	size_t count, capacity;
};

static void add_token(struct tokens *tokens, enum kind kind, char *text, size_t at)
{
	tokens->items = mem_grow(tokens->items, tokens->count, &tokens->capacity, sizeof *tokens->items);
	bool ordered = kind == SIGN && strchr("<>", *text) && strcmp(text, "<>") != 0;
	tokens->items[tokens->count++] = (struct token){ kind, text, at, ordered };
}

static void tokens_free(struct tokens *tokens)
{
	for (size_t i = 0; i < tokens->count; i++)
		free(tokens->items[i].text);
	free(tokens->items);
}

/* Behind the quoted text that begins at `at`; two closing quotes are one of the text. */
static size_t read_quoted(struct tokens *tokens, const char *text, size_t at)
{
	char close = text[at] == '[' ? ']' : text[at];
	char *inside = mem_alloc(strlen(text + at) + 1, 1);
	size_t length = 0, i = at + 1;
	while (text[i] && (text[i] != close || (close != ']' && text[i + 1] == close))) {
		i += text[i] == close;
		inside[length++] = text[i++];
	}
	add_token(tokens, close == '\'' ? TEXT : QUOTED_NAME, inside, at);
	return i + (text[i] != '\0');
}

static bool is_name_byte(char byte)
{
	return isalnum((unsigned char)byte) || byte == '_' || byte == '$' || (unsigned char)byte >= 0x80;
}

/* Behind what is no word: blanks and comments; `at` itself where a word begins. */
static size_t skip_between(const char *text, size_t at)
{
	if (isspace((unsigned char)text[at]))
		return at + 1;
	if (strncmp(text + at, "--", 2) == 0)
		return at + strcspn(text + at, "\n");
	if (strncmp(text + at, "/*", 2) == 0) {
		const char *end = strstr(text + at + 2, "*/");
		return end ? (size_t)(end - text) + 2 : at + strlen(text + at);
	}
	return at;
}

static size_t read_sign(struct tokens *tokens, const char *text, size_t at)
{
	static const char *const signs[] = { "->>", "->", "<>", "<=", ">=", "==", "!=", "||", "<<", ">>" };
	size_t length = 1;
	for (size_t i = 0; i < COUNT(signs) && length == 1; i++)
		if (strncmp(text + at, signs[i], strlen(signs[i])) == 0)
			length = strlen(signs[i]);
	add_token(tokens, SIGN, mem_copy_bytes(text + at, length), at);
	return at + length;
}

/* With an END behind the last. */
static void read_tokens(struct tokens *tokens, const char *text)
{
	size_t at = 0;
	while (text[at]) {
		size_t next = skip_between(text, at), length = 0;
		bool digit = isdigit((unsigned char)text[at + (text[at] == '.')]);
		if (next > at) {
			at = next;
		} else if (strchr("'\"`[", text[at])) {
			at = read_quoted(tokens, text, at);
		} else if (digit || is_name_byte(text[at])) {
			while (is_name_byte(text[at + length]) || (digit && text[at + length] == '.'))
				length++;
			add_token(tokens, digit ? NUMBER : NAME, mem_copy_bytes(text + at, length), at);
			at += length;
		} else {
			at = read_sign(tokens, text, at);
		}
	}
	add_token(tokens, END, mem_copy_text(""), at);
}

/* --- what stands beside a column --- */

struct search {
	const struct expression_column *columns;
	size_t count;
	struct tokens tokens;
	const char *path;
	size_t line;
	struct error *err;
};

/* How a literal is asked about. */
enum question { EQUAL, ORDER, HAS };

static const struct token *token_at(const struct search *in, size_t i)
{
	static char nothing[] = "";
	static const struct token none = { END, nothing, 0, false };
	return i < in->tokens.count ? &in->tokens.items[i] : &none; /* also one before the first: SIZE_MAX */
}

static bool is(const struct search *in, size_t i, enum kind kind, const char *text)
{
	const struct token *token = token_at(in, i);
	return token->kind == kind && strcasecmp(token->text, text) == 0;
}

static bool is_one_of(const struct search *in, size_t i, enum kind kind, const char *const *texts, size_t count)
{
	bool found = false;
	for (size_t t = 0; t < count && !found; t++)
		found = is(in, i, kind, texts[t]);
	return found;
}

/* Whether what ends before `i`, or begins behind it, is the whole of one side of a comparison. */
static bool is_edge(const struct search *in, size_t i)
{
	static const char *const words[] = { "and", "or", "not", "when", "then", "else", "end" };
	return token_at(in, i)->kind == END || is(in, i, SIGN, "(") || is(in, i, SIGN, ")") || is(in, i, SIGN, ",")
	       || is_one_of(in, i, NAME, words, COUNT(words));
}

static bool is_comparison(const struct search *in, size_t i)
{
	static const char *const signs[] = { "=", "==", "<>", "!=", "<", "<=", ">", ">=" };
	return is_one_of(in, i, SIGN, signs, COUNT(signs));
}

/* The words of a literal at `i`, its sign with it; 0: there is none. */
static size_t literal_length(const struct search *in, size_t i)
{
	bool sign = is(in, i, SIGN, "-") || is(in, i, SIGN, "+");
	if (sign)
		return token_at(in, i + 1)->kind == NUMBER ? 2 : 0;
	return token_at(in, i)->kind == TEXT || token_at(in, i)->kind == NUMBER || is(in, i, NAME, "null");
}

/* --- faults --- */

static bool fault(const struct search *in, size_t literal, const char *message, const char *help)
{
	error_at(in->err, ERROR_CONFIG, in->path, in->line, "%s", message);
	error_help(in->err, "%s", help);
	return error_record(in->err, "character %zu of the expression", token_at(in, literal)->at + 1);
}

/* Frees both texts. */
static bool faults(const struct search *in, size_t literal, char *message, char *help)
{
	fault(in, literal, message, help);
	free(message);
	free(help);
	return false;
}

/* The answer that was meant, or the first of those that there are. Free with free(). */
static char *near_code(const struct expression_column *column, const char *text)
{
	enum { LISTED = 8 };
	const char **names = mem_alloc(2 * column->answer_count, sizeof *names);
	const char **codes = mem_alloc(column->answer_count, sizeof *codes);
	size_t count = 0;
	for (size_t i = 0; i < column->answer_count; i++) {
		if (column->answers[i].missing)
			continue;
		names[2 * count] = codes[count] = column->answers[i].code;
		names[2 * count + 1] = column->answers[i].label;
		count++;
	}
	const char *near = text_nearest(text, names, 2 * count);
	struct text help = { 0 };
	for (size_t i = 0; near && i < count && !help.length; i++)
		if (near == names[2 * i] || near == names[2 * i + 1])
			text_print(&help, "did you mean '%s'?", codes[i]);
	if (!near) {
		text_add(&help, "its codes are");
		for (size_t i = 0; i < count && i < LISTED; i++)
			text_print(&help, "%s '%s'", i ? "," : "", codes[i]);
		if (count > LISTED)
			text_print(&help, " and %zu more", count - LISTED);
	}
	free(names);
	free(codes);
	return help.bytes;
}

/* Where in the list it stands; answer_count: nowhere. A column of whole numbers compares as a number. */
static size_t find_answer(const struct expression_column *column, const char *text, bool as_number)
{
	double wanted = 0, value = 0;
	as_number = as_number && number_read_decimal(text, &wanted);
	size_t i = 0;
	while (i < column->answer_count
	       && !(as_number && number_read_decimal(column->answers[i].code, &value)
	                    ? value == wanted
	                    : strcmp(column->answers[i].code, text) == 0))
		i++;
	return i;
}

static bool check_code(const struct search *in, size_t literal, const struct expression_column *column,
                       const char *text, bool as_number)
{
	size_t found = find_answer(column, text, as_number);
	if (found == column->answer_count)
		return faults(in, literal, mem_print("`%s` is no code of `%s`", text, column->name),
		              near_code(column, text));
	return !column->answers[found].missing
	       || faults(in, literal,
	                 mem_print("`%s` is a missing code of `%s`, and what is missing is NULL in an expression", text,
	                           column->name),
	                 mem_print("ask for it with: %s is null", column->name));
}

/* Several codes are one text: they stand in the order of their list. */
static bool check_several(const struct search *in, size_t literal, const struct expression_column *column,
                          const char *text)
{
	char *parts = mem_copy_text(text), *rest = parts;
	bool ok = true;
	size_t last = 0, found = 0;
	for (char *part; ok && (part = strtok_r(rest, ";", &rest)); last = found + 1) {
		ok = check_code(in, literal, column, part, false);
		found = find_answer(column, part, false);
		if (ok && found < last)
			ok = faults(in, literal,
			            mem_print("the codes of `%s` stand in the order of their list, each once",
			                      column->name),
			            mem_print("ask for each with has(%s, '%s')", column->name, part));
	}
	free(parts);
	return ok;
}

static bool check_date(const struct search *in, size_t literal, const struct expression_column *column,
                       const char *text, enum question question, bool number)
{
	long long days = 0;
	char *whole = mem_print("%.10s%s", text,
	                        question == ORDER && strlen(text) == 4   ? "-01-01"
	                        : question == ORDER && strlen(text) == 7 ? "-01"
	                                                                 : "");
	bool ok = !number && date_read(whole, &days) && (strlen(text) <= 10 || text[10] == ' ');
	free(whole);
	return ok
	       || faults(in, literal, mem_print("`%s` is a date, and is compared with what is none", column->name),
	                 mem_copy_text("a date is a text in quotes, such as '2026-03-31'"));
}

/* Whether a literal can be what it is compared with. */
static bool check_literal(const struct search *in, size_t literal, const struct expression_column *column,
                          enum question question)
{
	bool sign = token_at(in, literal)->kind == SIGN;
	const struct token *token = token_at(in, literal + sign);
	bool number = token->kind == NUMBER;
	long long whole = 0;
	double value = 0;
	if (token->kind == NAME)
		return question == HAS
		       || faults(in, literal, mem_print("nothing is equal to NULL, and so `%s` is not", column->name),
		                 mem_print("write: %s is null", column->name));

	/* as SQLite compares it with a text: 01 is '1' */
	char *text = mem_print("%s%s", sign && is(in, literal, SIGN, "-") ? "-" : "", token->text);
	if (number && column->type == EXPRESSION_TEXT && number_read_integer(text, &whole)) {
		free(text);
		text = mem_print("%lld", whole);
	}
	bool ok = true;
	if (question == HAS && (column->date || column->type != EXPRESSION_TEXT) && !column->answers) {
		ok = faults(in, literal, mem_print("`%s` does not take several codes, as has() needs", column->name),
		            mem_print("compare it: %s = %s", column->name, number ? text : "'...'"));
	} else if (column->type != EXPRESSION_TEXT && !number && !number_read_decimal(text, &value)) {
		ok = column->answers ? check_code(in, literal, column, text, false)
		                     : faults(in, literal,
		                              mem_print("`%s` is a number, and is compared with a text", column->name),
		                              mem_copy_text("write a number, without quotes"));
	} else if (column->date && question != HAS) {
		ok = check_date(in, literal, column, text, question, number);
	} else if (column->answers && question == ORDER && number && column->type == EXPRESSION_TEXT) {
		ok = faults(in, literal,
		            mem_print("the codes of `%s` are texts, and are compared with a number", column->name),
		            mem_print("name those that are meant: %s in ('%s', ...)", column->name,
		                      column->answers[0].code));
	} else if (column->answers && question == EQUAL && column->several) {
		ok = strcmp(text, "(none)") == 0 || check_several(in, literal, column, text);
	} else if (column->answers && question != ORDER) {
		bool decimal = column->type != EXPRESSION_TEXT && number_read_decimal(text, &value);
		if (column->type == EXPRESSION_TEXT || decimal)
			ok = check_code(in, literal, column, text, decimal);
	}
	free(text);
	return ok;
}

/* --- where columns are compared --- */

/* The tokens of a column at `i`, which may follow `row.`: 1 or 3; 0: it is none. */
static size_t column_length(const struct search *in, size_t i, const struct expression_column **column)
{
	size_t length = is(in, i, NAME, "row") && is(in, i + 1, SIGN, ".") ? 3 : 1;
	const struct token *token = token_at(in, i + length - 1);
	if ((token->kind != NAME && token->kind != QUOTED_NAME) || is(in, i + length, SIGN, "("))
		return 0;
	for (size_t c = 0; c < in->count; c++) {
		if (strcasecmp(in->columns[c].name, token->text) == 0) {
			*column = &in->columns[c];
			return length;
		}
	}
	return 0;
}

/* `in (a, b)`, whose bracket is at `open`. */
static bool check_list(const struct search *in, size_t open, const struct expression_column *column)
{
	bool ok = true;
	size_t depth = 1;
	for (size_t i = open + 1; ok && depth > 0 && token_at(in, i)->kind != END; i++) {
		bool begins = depth == 1 && (i == open + 1 || is(in, i - 1, SIGN, ","));
		size_t length = begins ? literal_length(in, i) : 0;
		if (length > 0 && is_edge(in, i + length))
			ok = check_literal(in, i, column, EQUAL);
		depth += is(in, i, SIGN, "(");
		depth -= is(in, i, SIGN, ")");
	}
	return ok;
}

/* `case tenure when 'own' then ... end`, whose first `when` is at `at`. */
static bool check_case(const struct search *in, size_t at, const struct expression_column *column)
{
	bool ok = true;
	size_t depth = 1;
	for (size_t i = at; ok && depth > 0 && token_at(in, i)->kind != END; i++) {
		if (depth == 1 && is(in, i, NAME, "when") && literal_length(in, i + 1) > 0
		    && is(in, i + 1 + literal_length(in, i + 1), NAME, "then"))
			ok = check_literal(in, i + 1, column, EQUAL);
		depth += is(in, i, NAME, "case");
		depth -= is(in, i, NAME, "end");
	}
	return ok;
}

static bool check_between(const struct search *in, size_t low, const struct expression_column *column)
{
	size_t length = literal_length(in, low);
	if (length == 0 || !is(in, low + length, NAME, "and"))
		return true;
	size_t high = low + length + 1, high_length = literal_length(in, high);
	return check_literal(in, low, column, ORDER)
	       && (high_length == 0 || !is_edge(in, high + high_length) || check_literal(in, high, column, ORDER));
}

/* What follows the column that ends before `at`. */
static bool check_behind(const struct search *in, size_t at, const struct expression_column *column)
{
	bool compared = is_comparison(in, at), ordered = token_at(in, at)->ordered;
	if (is(in, at, NAME, "is")) {
		compared = true;
		at += is(in, at + 1, NAME, "not");
		if (is(in, at + 1, NAME, "distinct") && is(in, at + 2, NAME, "from"))
			at += 2;
		if (is(in, at + 1, NAME, "null"))
			return true;
	}
	size_t length = compared ? literal_length(in, at + 1) : 0;
	bool sum = column->date && token_at(in, at + 1)->kind == NUMBER; /* 2026-03-31 without its quotes */
	if (length > 0 && (is_edge(in, at + 1 + length) || sum))
		return check_literal(in, at + 1, column, ordered ? ORDER : EQUAL);
	at += is(in, at, NAME, "not");
	if (is(in, at, NAME, "in") && is(in, at + 1, SIGN, "("))
		return check_list(in, at + 1, column);
	return !is(in, at, NAME, "between") || check_between(in, at + 1, column);
}

/* The column `length` words long at `at`. */
static bool check_column(const struct search *in, size_t at, size_t length, const struct expression_column *column)
{
	size_t behind = at + length;
	if (at > 1 && is(in, at - 1, SIGN, "(") && is(in, at - 2, NAME, "has")) {
		size_t literal = is(in, behind, SIGN, ",") ? literal_length(in, behind + 1) : 0;
		return literal == 0 || !is_edge(in, behind + 1 + literal) || check_literal(in, behind + 1, column, HAS);
	}
	if (at > 0 && is(in, at - 1, NAME, "case"))
		return !is(in, behind, NAME, "when") || check_case(in, behind, column);
	if (at == 0 || is_edge(in, at - 1))
		return check_behind(in, behind, column);
	if (at < 2 || !is_comparison(in, at - 1) || !is_edge(in, behind))
		return true;
	size_t literal = at - 2;
	if (literal > 0 && token_at(in, literal)->kind == NUMBER
	    && (is(in, literal - 1, SIGN, "-") || is(in, literal - 1, SIGN, "+")))
		literal--;
	return literal_length(in, literal) != at - 1 - literal || (literal > 0 && !is_edge(in, literal - 1))
	       || check_literal(in, literal, column, token_at(in, at - 1)->ordered ? ORDER : EQUAL);
}

bool literals_check(const struct expression_column *columns, size_t count, const char *text, const char *path,
                    size_t line, struct error *err)
{
	struct search in = { .columns = columns, .count = count, .path = path, .line = line, .err = err };
	bool ok = true;
	read_tokens(&in.tokens, text);
	for (size_t i = 0; ok && i < in.tokens.count; i++) {
		const struct expression_column *column = NULL;
		size_t length = column_length(&in, i, &column);
		if (length == 0)
			continue;
		ok = check_column(&in, i, length, column);
		i += length - 1;
	}
	tokens_free(&in.tokens);
	return ok;
}
