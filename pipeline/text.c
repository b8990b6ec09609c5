#include "text.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"

static void make_room(struct text *text, size_t more)
{
	size_t needed = text->length + more + 1;
	if (needed <= text->capacity)
		return;
	size_t capacity = text->capacity ? text->capacity : 64;
	while (capacity < needed)
		capacity *= 2;
	char *bytes = mem_alloc(capacity, 1);
	if (text->bytes)
		memcpy(bytes, text->bytes, text->length);
	free(text->bytes);
	text->bytes = bytes;
	text->capacity = capacity;
}

void text_add_bytes(struct text *text, const char *bytes, size_t length)
{
	make_room(text, length);
	if (length > 0) /* bytes may then be NULL */
		memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
	text->bytes[text->length] = '\0';
}

void text_add(struct text *text, const char *string)
{
	text_add_bytes(text, string, strlen(string));
}

void text_print(struct text *text, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	assert(length >= 0);
	make_room(text, (size_t)length);
	va_start(arguments, format);
	vsnprintf(text->bytes + text->length, (size_t)length + 1, format, arguments);
	va_end(arguments);
	text->length += (size_t)length;
}

void text_add_listed(struct text *text, const char *item, size_t at, size_t count)
{
	text_add(text, at == 0 ? "" : at + 1 == count ? " and " : ", ");
	text_add(text, item);
}

void text_free(struct text *text)
{
	free(text->bytes);
	*text = (struct text){ 0 };
}

/* The length of the valid sequence at `bytes`, or 0 (RFC 3629: no overlong forms, no surrogates, no more than 10FFFF).
 */
static size_t utf8_sequence(const unsigned char *bytes, size_t length)
{
	unsigned char first = bytes[0];
	if (first < 0x80)
		return 1;
	size_t count = first >= 0xc2 && first <= 0xdf   ? 2
	               : first >= 0xe0 && first <= 0xef ? 3
	               : first >= 0xf0 && first <= 0xf4 ? 4
	                                                : 0;
	if (count == 0 || count > length)
		return 0;
	unsigned char low = 0x80, high = 0xbf;
	if (first == 0xe0)
		low = 0xa0;
	else if (first == 0xed)
		high = 0x9f;
	else if (first == 0xf0)
		low = 0x90;
	else if (first == 0xf4)
		high = 0x8f;
	if (bytes[1] < low || bytes[1] > high)
		return 0;
	for (size_t i = 2; i < count; i++)
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
	return count;
}

size_t text_valid_utf8(const char *bytes, size_t length)
{
	size_t at = 0;
	while (at < length) {
		size_t count = utf8_sequence((const unsigned char *)bytes + at, length - at);
		if (count == 0)
			return at;
		at += count;
	}
	return length;
}

static const char *escape_html(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return NULL;
	}
}

static const char *escape_latex(char c)
{
	switch (c) {
	case '\\': return "\\textbackslash{}";
	case '{': return "\\{";
	case '}': return "\\}";
	case '$': return "\\$";
	case '&': return "\\&";
	case '#': return "\\#";
	case '%': return "\\%";
	case '_': return "\\_";
	case '^': return "\\textasciicircum{}";
	case '~': return "\\textasciitilde{}";
	case '[': return "{[}";
	case ']': return "{]}";
	case '<': return "\\textless{}";
	case '>': return "\\textgreater{}";
	case '"': return "{''}";
	case '|': return "\\textbar{}";
	case '*': return "{*}"; /* \\* would lose it */
	case '`': return "\\textasciigrave{}";
	case '\n': return " ";
	default: return NULL;
	}
}

static const char *escape_markdown(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '\\': return "\\\\";
	case '|': return "\\|";
	case '*': return "\\*";
	case '_': return "\\_";
	case '`': return "\\`";
	case '[': return "\\[";
	case ']': return "\\]";
	case '#': return "\\#";
	case '~': return "\\~";
	case '$': return "\\$";
	case '!': return "\\!";
	case '^': return "\\^";
	case '\n': return "<br>";
	default: return NULL;
	}
}

static const char *escape_json(char c)
{
	switch (c) {
	case '"': return "\\\"";
	case '\\': return "\\\\";
	case '\n': return "\\n";
	case '\t': return "\\t";
	default: return NULL;
	}
}

/* Such as -1.5 or +2e-7. */
static bool is_number(const char *value)
{
	value += *value == '-' || *value == '+';
	size_t whole = strspn(value, "0123456789"), part = 0;
	value += whole;
	if (*value == '.') {
		part = strspn(value + 1, "0123456789");
		value += 1 + part;
	}
	if (whole + part == 0)
		return false;
	if (*value == 'e' || *value == 'E') {
		value++;
		value += *value == '-' || *value == '+';
		size_t exponent = strspn(value, "0123456789");
		if (exponent == 0)
			return false;
		value += exponent;
	}
	return *value == '\0';
}

/* What a spreadsheet may run: =, +, - or @ first, behind blanks too, or their full-width forms; a tab or line end
 * first. */
static bool is_formula(const char *value)
{
	static const char *const wide[] = { "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0" };
	if (*value == '\t' || *value == '\n')
		return true;
	value += strspn(value, " ");
	for (size_t i = 0; i < COUNT(wide); i++)
		if (strncmp(value, wide[i], strlen(wide[i])) == 0)
			return true;
	return *value && strchr("=+-@", *value) && !is_number(value);
}

/* One CSV field. A formula is led by an apostrophe; a number stays one. */
static void add_csv(struct text *text, const char *value)
{
	bool quoted = strpbrk(value, ",\"\n") || *value == ' ' || (*value && value[strlen(value) - 1] == ' ');
	if (quoted)
		text_add(text, "\"");
	if (is_formula(value))
		text_add(text, "'");
	for (const char *c = value; *c; c++) {
		if (*c == '"')
			text_add(text, "\"");
		text_add_bytes(text, c, 1);
	}
	if (quoted)
		text_add(text, "\"");
}

void text_add_escaped(struct text *text, enum text_format format, const char *value)
{
	static const char *(*const escapes[])(char) = {
		[TEXT_HTML] = escape_html,
		[TEXT_LATEX] = escape_latex,
		[TEXT_MARKDOWN] = escape_markdown,
		[TEXT_JSON] = escape_json,
	};
	if (!value)
		return;
	struct text clean = { 0 };
	size_t length = strlen(value);
	for (size_t at = 0; at < length;) {
		size_t count = utf8_sequence((const unsigned char *)value + at, length - at);
		unsigned char c = (unsigned char)value[at];
		if (c == '\r') /* CR, or CR and LF, is one line end */
			text_add(&clean, value[at + 1] == '\n' ? "" : "\n");
		else if (count == 0 || (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
			text_add(&clean, "\xef\xbf\xbd");
		else
			text_add_bytes(&clean, value + at, count);
		at += count ? count : 1;
	}
	if (format == TEXT_CSV) {
		add_csv(text, clean.bytes ? clean.bytes : "");
	} else {
		for (size_t i = 0; i < clean.length; i++) {
			const char *escaped = escapes[format](clean.bytes[i]);
			if (escaped)
				text_add(text, escaped);
			else
				text_add_bytes(text, clean.bytes + i, 1);
		}
	}
	text_free(&clean);
}

static bool has_hole(const char *template, const char *name)
{
	size_t length = strlen(name);
	for (const char *at = template; (at = strstr(at, "{{")); at += 2)
		if (strncmp(at + 2, name, length) == 0 && strncmp(at + 2 + length, "}}", 2) == 0)
			return true;
	return false;
}

void text_fill(struct text *text, const char *template, enum text_format format, const struct text_hole *holes,
               size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert(has_hole(template, holes[i].name));
	const char *at = template;
	for (const char *open; (open = strstr(at, "{{"));) {
		const char *close = strstr(open, "}}");
		assert(close);
		text_add_bytes(text, at, (size_t)(open - at));
		size_t length = (size_t)(close - open - 2), i = 0;
		while (i < count && !(strlen(holes[i].name) == length && memcmp(holes[i].name, open + 2, length) == 0))
			i++;
		assert(i < count);
		if (holes[i].ready)
			text_add(text, holes[i].value ? holes[i].value : "");
		else
			text_add_escaped(text, format, holes[i].value);
		at = close + 2;
	}
	text_add(text, at);
}

void text_fill_item(struct text *list, const char *template, const struct text_hole *holes, size_t count)
{
	if (list->length)
		text_add(list, ",\n");
	text_fill(list, template, TEXT_JSON, holes, count);
	if (list->length && list->bytes[list->length - 1] == '\n') /* the template's own line end */
		list->bytes[--list->length] = '\0';
}

size_t text_hidden(const char *text)
{
	static const struct {
		const char *first, *last; /* UTF-8, of the same length, in the order of their bytes */
	} hidden[] = {
		{ "\xc2\xa0", "\xc2\xa0" },         /* no-break space */
		{ "\xc2\xad", "\xc2\xad" },         /* soft hyphen */
		{ "\xcd\x8f", "\xcd\x8f" },         /* combining grapheme joiner */
		{ "\xe1\xa0\x8e", "\xe1\xa0\x8e" }, /* Mongolian vowel separator */
		{ "\xe2\x80\x80", "\xe2\x80\x8f" }, /* wide and narrow spaces, zero width ones, marks of direction */
		{ "\xe2\x80\xa8", "\xe2\x80\xaf" }, /* line and paragraph separators, embeddings, narrow space */
		{ "\xe2\x81\x9f", "\xe2\x81\xaf" }, /* mathematical space, word joiner, invisible operators, isolates */
		{ "\xe3\x80\x80", "\xe3\x80\x80" }, /* ideographic space */
		{ "\xef\xbb\xbf", "\xef\xbb\xbf" }, /* byte order mark */
	};
	if ((unsigned char)*text < 0x80)
		return 0;
	for (size_t i = 0; i < COUNT(hidden); i++) {
		size_t length = strlen(hidden[i].first);
		if (strncmp(text, hidden[i].first, length) >= 0 && strncmp(text, hidden[i].last, length) <= 0)
			return length;
	}
	return 0;
}

bool text_is_blank(const char *string)
{
	return !string || string[strspn(string, " \t\r\n\v\f")] == '\0';
}

bool text_equal(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Damerau and Levenshtein, restricted to swaps of neighbours. Names are short; longer ones are cut. */
size_t text_distance(const char *a, const char *b)
{
	enum { LONGEST = 64 };
	size_t n = least(strlen(a), LONGEST), m = least(strlen(b), LONGEST);
	size_t rows[3][LONGEST + 1];
	for (size_t j = 0; j <= m; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= m; j++) {
			size_t change = lower(a[i - 1]) != lower(b[j - 1]);
			row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + change);
			if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
				row[j] = least(row[j], two_above[j - 2] + 1);
		}
	}
	return rows[n % 3][m];
}

const char *text_nearest(const char *name, const char *const *candidates, size_t count)
{
	const char *nearest = NULL;
	size_t shortest = SIZE_MAX;
	for (size_t i = 0; i < count; i++) {
		size_t distance = text_distance(name, candidates[i]);
		if (distance < shortest) {
			shortest = distance;
			nearest = candidates[i];
		}
	}
	size_t length = strlen(name), allowed = length < 4 ? 1 : length < 8 ? 2 : 3;
	return shortest <= allowed && shortest < length ? nearest : NULL; /* something must be left of the name */
}

bool text_read_file(struct text *text, const char *path, size_t limit, struct error *err)
{
	struct stat status;
	int file =
		open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK); /* a pipe would wait for somebody to write */
	if (file < 0)
		return error_at(err, errno == ENOENT ? ERROR_NO_INPUT : ERROR_IO, path, 0, "cannot open: %s",
		                strerror(errno));
	if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
		close(file);
		return error_at(err, ERROR_INPUT, path, 0, "a folder or a device, not a file");
	}
	bool ok = true;
	for (;;) {
		make_room(text, 65536);
		ssize_t got = read(file, text->bytes + text->length, 65536);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			ok = error_at(err, ERROR_IO, path, 0, "cannot read: %s", strerror(errno));
		if (got <= 0)
			break;
		text->length += (size_t)got;
		if (text->length > limit) {
			ok = error_at(err, ERROR_INPUT, path, 0, "larger than the %zu bytes allowed here", limit);
			break;
		}
	}
	text->bytes[text->length] = '\0';
	close(file);
	return ok;
}
