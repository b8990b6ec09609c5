#include "constraint.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "number.h"
#include "text.h"

void constraint_tighten(struct constraint *bounds, bool is_min, double value, const char *text)
{
	if (is_min && (!bounds->has_min || value > bounds->min)) {
		bounds->has_min = true;
		bounds->min = value;
		snprintf(bounds->min_text, sizeof bounds->min_text, "%s", text);
	} else if (!is_min && (!bounds->has_max || value < bounds->max)) {
		bounds->has_max = true;
		bounds->max = value;
		snprintf(bounds->max_text, sizeof bounds->max_text, "%s", text);
	}
}

/* A number, or date('2024-01-31'), of at most 30 characters at *at, which moves behind it. */
static bool read_literal(const char **at, char literal[40])
{
	static const char digits[] = "0123456789.-";
	const char *from = *at, *behind_it;
	bool date = strncmp(from, "date", 4) == 0;
	if (date) {
		from += 4 + strspn(from + 4, " ");
		if (*from++ != '(')
			return false;
		from += strspn(from, " ");
		char quote = *from++;
		if (quote != '\'' && quote != '"')
			return false;
		size_t length = strspn(from, digits);
		behind_it = from + length;
		if (*behind_it++ != quote)
			return false;
		behind_it += strspn(behind_it, " ");
		if (*behind_it++ != ')')
			return false;
	} else {
		behind_it = from + strspn(from, digits);
	}
	size_t length = strspn(from, digits);
	if (length == 0 || length > 30)
		return false;
	snprintf(literal, 40, "%.*s", (int)length, from);
	*at = behind_it;
	return true;
}

/* < <= > >= at *at, which moves behind it. */
static bool read_sign(const char **at, bool *above, bool *strict)
{
	if (**at != '<' && **at != '>')
		return false;
	*above = **at == '>';
	*strict = (*at)[1] != '=';
	*at += *strict ? 1 : 2;
	return true;
}

static void skip_blanks(const char **at)
{
	*at += strspn(*at, " \t\r\n");
}

/* Take a bound of a value of `type`; *exact false where the platform's is narrower: above 0 of a number that has
 * decimals. */
static bool take_bound(struct constraint *bounds, enum variable_type type, const char *literal, bool is_min,
                       bool strict, bool *exact)
{
	char text[40];
	long long whole;
	double value;
	snprintf(text, sizeof text, "%s", literal);
	if (type == VARIABLE_DATE) {
		if (!date_read(literal, &whole))
			return false;
		whole += strict ? (is_min ? 1 : -1) : 0;
		date_print(text, whole);
		value = (double)whole;
	} else if (type != VARIABLE_INTEGER && type != VARIABLE_NUMBER) {
		return false;
	} else if (type == VARIABLE_INTEGER && strict && number_read_integer(literal, &whole)
	           && whole > -1000000000000000 && whole < 1000000000000000) {
		whole += is_min ? 1 : -1;
		snprintf(text, sizeof text, "%lld", whole);
		value = (double)whole;
	} else {
		if (!number_read_decimal(literal, &value))
			return false;
		*exact = *exact && !strict;
	}
	constraint_tighten(bounds, is_min, value, text);
	return true;
}

/* `. >= 18` or `18 <= .`, from `at` to `end`. */
static bool read_bound(const char *at, const char *end, enum variable_type type, struct constraint *bounds, bool *exact)
{
	char literal[40];
	bool above, strict, self = *at == '.' && !(at[1] >= '0' && at[1] <= '9');
	if (self)
		at++;
	else if (!read_literal(&at, literal))
		return false;
	skip_blanks(&at);
	if (!read_sign(&at, &above, &strict))
		return false;
	skip_blanks(&at);
	if (self && !read_literal(&at, literal))
		return false;
	if (!self && *at++ != '.')
		return false;
	return at == end && take_bound(bounds, type, literal, above == self, strict, exact);
}

/* A pattern as variables.csv takes it, of the whole answer, in POSIX; to be freed. NULL: it means something else there.
 * Only one that is anchored at both ends: without, programs that fill in XLSForms differ in what it means. */
static char *posix_pattern(const char *regex, size_t length)
{
	struct text pattern = { 0 };
	bool in_set = false,
	     ok = length > 2 && regex[0] == '^' && regex[length - 1] == '$' && regex[length - 2] != '\\';
	int depth = 0;
	text_add(&pattern, "");
	for (size_t i = 1; ok && i + 1 < length; i++) {
		char c = regex[i], next = regex[i + 1];
		bool letter =
			(next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || (next >= '0' && next <= '9');
		if (in_set) {
			ok = c != '\\' && c != '[';
			in_set = c != ']';
		} else if (c == '\\' && next == 'd') {
			text_add(&pattern, "[0-9]");
			i++;
			continue;
		} else if (c == '\\') {
			ok = !letter && i + 2 < length;
			text_add_bytes(&pattern, &c, 1);
			c = regex[++i];
		} else if (c == '[') {
			in_set = true;
			ok = next != ']' && !(next == '^' && regex[i + 2] == ']');
		} else if (c == '(' || c == ')') {
			depth += c == '(' ? 1 : -1;
			ok = depth >= 0 && !(c == '(' && next == '?');
		} else if (strchr("*+?}", c)) {
			ok = !strchr("*+?{", next);
		} else {
			ok = c != '^' && c != '$' && !(c == '|' && depth == 0);
		}
		text_add_bytes(&pattern, &c, 1);
	}
	regex_t compiled;
	ok = ok && depth == 0 && !in_set && regcomp(&compiled, pattern.bytes, REG_EXTENDED | REG_NOSUB) == 0;
	if (ok) {
		regfree(&compiled);
		return pattern.bytes;
	}
	text_free(&pattern);
	return NULL;
}

/* regex(., '...'), from `at` to `end`. */
static bool read_regex(const char *at, const char *end, enum variable_type type, struct constraint *bounds)
{
	if (strncmp(at, "regex", 5) != 0 || bounds->pattern || type != VARIABLE_TEXT)
		return false;
	static const char marks[] = "(.,";
	at += 5;
	for (size_t i = 0; i < 3; i++) {
		skip_blanks(&at);
		if (*at++ != marks[i])
			return false;
	}
	skip_blanks(&at);
	char quote = *at++;
	const char *close = quote == '\'' || quote == '"' ? strchr(at, quote) : NULL;
	if (!close || close >= end)
		return false;
	const char *rest = close + 1;
	skip_blanks(&rest);
	if (*rest++ != ')')
		return false;
	bounds->pattern = rest == end ? posix_pattern(at, (size_t)(close - at)) : NULL;
	return bounds->pattern != NULL;
}

static bool is_word(const char *text, const char *at, const char *word)
{
	size_t length = strlen(word);
	bool begins = at == text || strchr(" \t\r\n)'\"", at[-1]);
	return begins && strncmp(at, word, length) == 0 && strchr(" \t\r\n('\"", at[length]);
}

/* Where the part of `a and b` at `text` ends, at `and` or `end`; NULL: an `or` stands beside it, or brackets are not
 * closed. */
static const char *part_end(const char *text, const char *end)
{
	int depth = 0;
	char quote = '\0';
	for (const char *at = text; at < end; at++) {
		if (quote) {
			quote = *at == quote ? '\0' : quote;
		} else if (*at == '\'' || *at == '"') {
			quote = *at;
		} else if (*at == '(' || *at == '{' || *at == '[') {
			depth++;
		} else if (*at == ')' || *at == '}' || *at == ']') {
			if (--depth < 0)
				return NULL;
		} else if (depth == 0 && is_word(text, at, "or")) {
			return NULL;
		} else if (depth == 0 && is_word(text, at, "and")) {
			const char *rest = part_end(at + 3, end); /* an `or` further on joins this part too */
			return rest ? at : NULL;
		}
	}
	return depth == 0 && !quote ? end : NULL;
}

/* The parts from `text` to `end`, joined by `and`: false where any is neither bound nor pattern, or narrower. */
static bool read_parts(struct constraint *bounds, const char *text, const char *end, enum variable_type type, int depth)
{
	bool exact = true;
	while (text < end) {
		const char *close = part_end(text, end), *last = close;
		if (!close || depth > 10)
			return false;
		const char *next = close < end ? close + 3 : end;
		text += strspn(text, " \t\r\n");
		while (last > text && strchr(" \t\r\n", last[-1]))
			last--;
		if (*text == '(' && last[-1] == ')')
			exact = read_parts(bounds, text + 1, last - 1, type, depth + 1) && exact;
		else if (!read_bound(text, last, type, bounds, &exact))
			exact = read_regex(text, last, type, bounds) && exact;
		text = next;
	}
	return exact;
}

bool constraint_read(struct constraint *bounds, const char *text, enum variable_type type)
{
	return read_parts(bounds, text, text + strlen(text), type, 0);
}

void constraint_free(struct constraint *bounds)
{
	free(bounds->pattern);
	bounds->pattern = NULL;
}
