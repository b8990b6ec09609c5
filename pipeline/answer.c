#include "answer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "date.h"
#include "number.h"
#include "text.h"

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

const char *answer_trim(const char *text, size_t *length)
{
	while (is_blank(*text))
		text++;
	*length = strlen(text);
	while (*length && is_blank(text[*length - 1]))
		(*length)--;
	return text;
}

/* --- what is wrong with a cell --- */

static void fail(struct answer *answer, enum finding_code finding, const char *suggestion)
{
	answer->missing = MISSING_UNUSABLE;
	answer->text = NULL;
	answer->finding = finding;
	answer->severity = SEVERITY_BLANK;
	answer->suggestion = suggestion;
}

static void note(struct answer *answer, enum finding_code finding, enum severity severity)
{
	if (answer->finding == FINDING_NONE) {
		answer->finding = finding;
		answer->severity = severity;
	}
}

/* Characters that take no ink, beyond ASCII: they make two texts differ that look alike. The length of the one at
 * `text`; 0: none. */
static size_t hidden_length(const char *text)
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
	for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
		size_t length = strlen(hidden[i].first);
		if (strncmp(text, hidden[i].first, length) >= 0 && strncmp(text, hidden[i].last, length) <= 0)
			return length;
	}
	return 0;
}

static bool has_hidden(const char *text)
{
	for (; *text; text++)
		if (hidden_length(text))
			return true;
	return false;
}

/* The text without them, trimmed; what does not fit is cut off. */
static void strip_hidden(char *stripped, size_t size, const char *text)
{
	size_t length = 0;
	while (*text && length + 1 < size) {
		size_t hidden = hidden_length(text);
		if (hidden)
			text += hidden;
		else
			stripped[length++] = *text++;
	}
	stripped[length] = '\0';
	const char *start = answer_trim(stripped, &length);
	memmove(stripped, start, length);
	stripped[length] = '\0';
}

/* What a spreadsheet takes for a formula. A minus before a digit is a number, and no matter. */
static bool is_formula(const char *text)
{
	return *text == '=' || *text == '@' || ((*text == '+' || *text == '-') && is_letter(text[1]));
}

/* --- reading by type --- */

static void read_code(struct answer *answer, const struct dictionary *dictionary, const struct variable *variable,
                      const char *text)
{
	const struct code_list *list = variable->codes;
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->codes[i].label, text) == 0) {
			fail(answer, FINDING_CELL_LABEL, list->codes[i].code);
			return;
		}
	for (size_t i = 0; i < list->count; i++)
		if (strcasecmp(list->codes[i].code, text) == 0) {
			fail(answer, FINDING_CELL_CODE_CASE, list->codes[i].code);
			return;
		}
	fail(answer, FINDING_CELL_CODE, NULL);
	const char *near = strlen(text) < sizeof answer->buffer ? dictionary_near_code(dictionary, list, text) : NULL;
	for (size_t i = 0; near && i < list->count; i++) {
		if (strcmp(list->codes[i].code, near) != 0)
			continue;
		size_t from_code = text_distance(text, near), from_label = text_distance(text, list->codes[i].label);
		bool label = from_label < from_code;
		if (label)
			answer->finding = FINDING_CELL_LABEL;
		bool spelt = label || !near[strcspn(near, "0123456789")]; /* a number that is near is another number */
		if (spelt && 2 * (label ? from_label : from_code) <= strlen(text))
			answer->suggestion = near;
	}
}

static void read_integer(struct answer *answer, const char *text)
{
	if (number_read_integer(text, &answer->integer)) {
		answer->number = (double)answer->integer;
		return;
	}
	double value = 0;
	bool decimal = number_read_decimal(text, &value);
	if (decimal && !strchr(text, '.')) { /* digits alone, but more of them than any whole number has */
		fail(answer, FINDING_CELL_RANGE, NULL);
		return;
	}
	bool whole = decimal && value == floor(value) && fabs(value) < 1e15;
	if (whole)
		snprintf(answer->buffer, sizeof answer->buffer, "%lld", (long long)value);
	fail(answer, FINDING_CELL_TYPE, whole ? answer->buffer : NULL);
}

static void read_number(struct answer *answer, const char *text)
{
	if (!number_read_decimal(text, &answer->number))
		fail(answer, FINDING_CELL_TYPE, NULL);
}

static void read_day(struct answer *answer, const char *text, const char *dates)
{
	const char *end = text;
	bool ok = date_read_part(&end, dates, &answer->integer);
	if (ok)
		date_print(answer->buffer, answer->integer);
	if (ok && !*end) {
		answer->number = (double)answer->integer;
		answer->text = answer->buffer;
	} else {
		fail(answer, FINDING_CELL_DATE, ok && strchr(" T", *end) ? answer->buffer : NULL);
	}
}

static void read_day_and_time(struct answer *answer, const char *text, const char *dates)
{
	long long seconds = 0;
	if (!date_read_part(&text, dates, &answer->integer) || !*text || !strchr(" T", *text)
	    || !date_read_time(text + 1, &seconds)) {
		fail(answer, FINDING_CELL_DATE, NULL);
		return;
	}
	char date[11];
	date_print(date, answer->integer);
	unsigned time = (unsigned)seconds;
	snprintf(answer->buffer, sizeof answer->buffer, "%s %02u:%02u:%02u", date, time / 3600, time / 60 % 60,
	         time % 60);
	answer->number = (double)answer->integer + (double)seconds / 86400;
	answer->text = answer->buffer;
}

/* A datetime's limits are dates, and include their whole day. */
static bool in_range(const struct answer *answer, const struct variable *variable)
{
	double value = variable->type == VARIABLE_DATETIME ? (double)answer->integer : answer->number;
	return !(variable->has_min && value < variable->min) && !(variable->has_max && value > variable->max);
}

/* A code of the list, or a missing code: exact, as the dictionary spells it. */
static bool read_known(struct answer *answer, const struct dictionary *dictionary, const struct variable *variable,
                       const char *text)
{
	const struct code *code = dictionary_code(dictionary, variable->codes, text);
	if (!code)
		return false;
	answer->code = code;
	answer->text = code->code;
	answer->missing = code->missing;
	if (code->missing != MISSING_NONE && !(variable->missing & 1u << code->missing))
		fail(answer, FINDING_CELL_MISSING_UNLISTED, NULL);
	else if (code->missing == MISSING_NONE && number_read_integer(code->code, &answer->integer))
		answer->number = (double)answer->integer;
	return true;
}

/* `text` is trimmed and not empty. */
static void read_text(struct answer *answer, const struct dictionary *dictionary, const struct variable *variable,
                      const char *text, const char *dates)
{
	if (read_known(answer, dictionary, variable, text))
		return;
	answer->text = text;
	switch (variable->type) {
	case VARIABLE_CODE: read_code(answer, dictionary, variable, text); break;
	case VARIABLE_INTEGER: read_integer(answer, text); break;
	case VARIABLE_NUMBER: read_number(answer, text); break;
	case VARIABLE_DATE: read_day(answer, text, dates); break;
	case VARIABLE_DATETIME: read_day_and_time(answer, text, dates); break;
	case VARIABLE_ID:
	case VARIABLE_TEXT: break;
	}
	if (answer->finding == FINDING_NONE && !in_range(answer, variable))
		fail(answer, FINDING_CELL_RANGE, NULL);
	if (answer->finding == FINDING_NONE && variable->pattern && regexec(&variable->compiled, text, 0, NULL, 0) != 0)
		fail(answer, FINDING_CELL_PATTERN, NULL);
}

/* Characters that cannot be seen stay in texts, and are told; any other cell with one is no answer, and what it would
 * be without them is suggested. A text of nothing else is no answer either. */
static void judge_hidden(struct answer *answer, const struct dictionary *dictionary, const struct variable *variable,
                         const char *text, const char *dates)
{
	char stripped[sizeof answer->buffer];
	strip_hidden(stripped, sizeof stripped, text);
	if (answer->missing != MISSING_UNUSABLE && *stripped) {
		note(answer, FINDING_CELL_HIDDEN_CHARACTER, SEVERITY_WARN);
		return;
	}
	struct answer meant = { 0 };
	if (*stripped)
		read_text(&meant, dictionary, variable, stripped, dates);
	fail(answer, FINDING_CELL_HIDDEN_CHARACTER, NULL);
	if (*stripped && meant.missing != MISSING_UNUSABLE) {
		memcpy(answer->buffer, stripped, sizeof stripped);
		answer->suggestion = answer->buffer;
	}
}

void answer_read(struct answer *answer, const struct dictionary *dictionary, const struct variable *variable,
                 const char *raw, const char *dates)
{
	*answer = (struct answer){ .missing = MISSING_NOT_ASKED };
	if (!raw)
		return;
	size_t length = 0;
	const char *text = answer_trim(raw, &length);
	bool spaced = text != raw || text[length];
	char trimmed[sizeof answer->buffer];
	bool copied = text[length] && length < sizeof trimmed;
	if (copied) {
		memcpy(trimmed, text, length);
		trimmed[length] = '\0';
		text = trimmed;
	}

	answer->missing = length ? MISSING_NONE : MISSING_NOT_ANSWERED;
	if (length)
		read_text(answer, dictionary, variable, text, dates);
	bool known = answer->code && answer->finding == FINDING_NONE; /* the dictionary spells it so, hidden or not */
	if (length && !known && has_hidden(text))
		judge_hidden(answer, dictionary, variable, text, dates);
	bool words = variable->type == VARIABLE_ID || variable->type == VARIABLE_TEXT;
	if (answer->text && words && is_formula(text))
		note(answer, FINDING_CELL_FORMULA, SEVERITY_WARN);
	if (spaced)
		note(answer, FINDING_CELL_SPACE, SEVERITY_NOTE);
	if (copied && answer->text == trimmed) {
		memcpy(answer->buffer, trimmed, length + 1);
		answer->text = answer->buffer;
	}
}
