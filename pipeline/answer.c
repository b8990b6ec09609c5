#include "answer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "damage.h"
#include "date.h"
#include "mem.h"
#include "number.h"
#include "text.h"

enum { LONGEST_PART = 1024 }; /* an option, one byte more */

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

static bool has_hidden(const char *text)
{
	for (; *text; text++)
		if (text_hidden(text))
			return true;
	return false;
}

/* The text without them, trimmed; what does not fit is cut off. */
static void strip_hidden(char *stripped, size_t size, const char *text)
{
	size_t length = 0;
	while (*text && length + 1 < size) {
		size_t hidden = text_hidden(text);
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

/* What is wrong with a text that is no code of the list; *meant is the code that may have been meant, or NULL. */
static enum finding_code miss_code(const char **meant, const struct dictionary *dictionary,
                                   const struct code_list *list, const char *text)
{
	*meant = NULL;
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->codes[i].label, text) == 0) {
			*meant = list->codes[i].code;
			return FINDING_CELL_LABEL;
		}
	for (size_t i = 0; i < list->count; i++)
		if (strcasecmp(list->codes[i].code, text) == 0) {
			*meant = list->codes[i].code;
			return FINDING_CELL_CODE_CASE;
		}
	enum finding_code finding = FINDING_CELL_CODE;
	const char *near = strlen(text) < LONGEST_PART ? dictionary_near_code(dictionary, list, text) : NULL;
	for (size_t i = 0; near && i < list->count; i++) {
		if (strcmp(list->codes[i].code, near) != 0)
			continue;
		size_t from_code = text_distance(text, near), from_label = text_distance(text, list->codes[i].label);
		bool label = from_label < from_code;
		if (label)
			finding = FINDING_CELL_LABEL;
		bool spelt = label || !near[strcspn(near, "0123456789")]; /* a number that is near is another number */
		if (spelt && 2 * (label ? from_label : from_code) <= strlen(text))
			*meant = near;
	}
	return finding;
}

static void read_code(struct answer *answer, const struct dictionary *dictionary, const struct variable *variable,
                      const char *text)
{
	const char *meant = NULL;
	enum finding_code finding = miss_code(&meant, dictionary, variable->codes, text);
	fail(answer, finding, meant);
}

/* A number as the export writes it: where that is with a comma, a point is none. */
static bool read_decimal(double *value, const char *text, const struct form *form)
{
	char pointed[NUMBER_TEXT_SIZE];
	size_t length = strlen(text), mark = strcspn(text, ".,");
	if (!form->decimal_comma)
		return number_read_decimal(text, value);
	if (length >= sizeof pointed || text[mark] == '.')
		return false;
	memcpy(pointed, text, length + 1);
	if (pointed[mark])
		pointed[mark] = '.';
	return number_read_decimal(pointed, value);
}

static void read_integer(struct answer *answer, const char *text, const struct form *form)
{
	if (number_read_integer(text, &answer->integer)) {
		answer->number = (double)answer->integer;
		return;
	}
	double value = 0;
	bool decimal = read_decimal(&value, text, form);
	if (decimal && !strpbrk(text, ".,")) { /* digits alone, but more of them than any whole number has */
		fail(answer, FINDING_CELL_RANGE, NULL);
		return;
	}
	bool whole = decimal && value == floor(value) && fabs(value) < 1e15;
	if (whole)
		snprintf(answer->buffer, sizeof answer->buffer, "%lld", (long long)value);
	fail(answer, FINDING_CELL_TYPE, whole ? answer->buffer : NULL);
}

static void read_number(struct answer *answer, const char *text, const struct form *form)
{
	if (!read_decimal(&answer->number, text, form))
		fail(answer, FINDING_CELL_TYPE, NULL);
}

/* A text that is no date as the export writes them: none at all, or a day that no calendar has. Of the latter the day
 * that it is with day and month the other way round is suggested, with the time where one is `timed`. */
static void miss_day(struct answer *answer, const char *text, const char *dates, bool timed)
{
	const char *rest = text;
	long long other = 0, seconds = 0;
	bool fits = false;
	enum finding_code finding = FINDING_CELL_DATE;
	if (date_is_written_sentinel(text))
		finding = FINDING_CELL_DATE_SENTINEL;
	else if (date_is_impossible(&rest, dates, &other, &fits)
	         && (!*rest || (strchr(" T", *rest) && date_read_time(rest + 1, &seconds))))
		finding = FINDING_CELL_DATE_IMPOSSIBLE;
	fits = fits && finding == FINDING_CELL_DATE_IMPOSSIBLE && (*rest || !timed);
	if (fits) {
		char date[11];
		date_print(date, other);
		snprintf(answer->buffer, sizeof answer->buffer, "%s%s", date, timed ? rest : "");
	}
	fail(answer, finding, fits ? answer->buffer : NULL);
}

static void read_day(struct answer *answer, const char *text, const char *dates)
{
	const char *end = text;
	if (!date_read_part(&end, dates, &answer->integer)) {
		miss_day(answer, text, dates, false);
		return;
	}
	date_print(answer->buffer, answer->integer);
	if (!*end) {
		answer->number = (double)answer->integer;
		answer->text = answer->buffer;
	} else {
		fail(answer, FINDING_CELL_DATE, strchr(" T", *end) ? answer->buffer : NULL);
	}
}

static void read_day_and_time(struct answer *answer, const char *text, const char *dates)
{
	const char *end = text;
	long long seconds = 0;
	if (!date_read_part(&end, dates, &answer->integer)) {
		miss_day(answer, text, dates, true);
		return;
	}
	if (!*end || !strchr(" T", *end) || !date_read_time(end + 1, &seconds)) {
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

/* A day that software writes for no date; where the dictionary's own limits hold it, it is an answer. */
static bool is_sentinel(const struct answer *answer, const struct variable *variable)
{
	bool date = variable->type == VARIABLE_DATE || variable->type == VARIABLE_DATETIME;
	return date && date_is_sentinel(answer->integer) && !(variable->has_min && in_range(answer, variable));
}

/* --- codes --- */

/* A code of the list, or a missing code. */
static void take_code(struct answer *answer, const struct variable *variable, const struct code *code)
{
	bool missing = code->missing != MISSING_NONE;
	answer->code = missing || variable->type == VARIABLE_CODE ? code : NULL;
	answer->text = code->code;
	answer->missing = code->missing;
	if (missing && !(variable->missing & 1u << code->missing))
		fail(answer, FINDING_CELL_MISSING_UNLISTED, NULL);
	else if (answer->code && !missing && number_read_integer(code->code, &answer->integer))
		answer->number = (double)answer->integer;
}

/* Who is told by the platform to have withdrawn has, whether or not variables.csv lists the reason. */
static void take_reason(struct answer *answer, const struct variable *variable, enum missing_reason reason)
{
	answer->missing = reason;
	answer->text = NULL;
	bool withdrawn = reason == MISSING_WITHDRAWN && variable->role == ROLE_CONSENT;
	if (!withdrawn && !(variable->missing & 1u << reason))
		fail(answer, FINDING_CELL_MISSING_UNLISTED, NULL);
}

/* --- several codes in one cell --- */

enum { MOST_PARTS = 1000 }; /* between separators; no question has so many options */

/* A cell that may hold several codes: what stands between its separators, without blanks around. An option may hold a
 * separator itself, so that one option can be several parts. */
struct cell {
	const struct dictionary *dictionary;
	const struct variable *variable;
	const struct form *form;
	size_t longest; /* bytes of an option */
	struct {
		const char *start;
		size_t length;
	} parts[MOST_PARTS];
	size_t count;
};

/* Which options a cell says, in the order in which it says them. */
struct ticks {
	const struct code *codes[MOST_PARTS + 1];
	size_t count;
};

static bool separates(const struct form *form, char c)
{
	return c == ';' || (form->separator && c == form->separator) || (form->separator == ' ' && is_blank(c));
}

/* False where there are too many. Separators before, behind or beside one another have nothing between them. */
static bool split(struct cell *cell, const char *text)
{
	cell->count = 0;
	while (*text) {
		size_t length = 0;
		while (text[length] && !separates(cell->form, text[length]))
			length++;
		const char *next = text[length] ? text + length + 1 : text + length;
		while (length && is_blank(*text)) {
			text++;
			length--;
		}
		while (length && is_blank(text[length - 1]))
			length--;
		if (length && cell->count == MOST_PARTS)
			return false;
		if (length) {
			cell->parts[cell->count].start = text;
			cell->parts[cell->count++].length = length;
		}
		text = next;
	}
	return true;
}

/* The parts from `first` to `last`, and what stands between, as a text of its own; false: longer than any option. */
static bool join(char text[LONGEST_PART], const struct cell *cell, size_t first, size_t last)
{
	const char *start = cell->parts[first].start;
	size_t length = (size_t)(cell->parts[last].start + cell->parts[last].length - start);
	if (length > cell->longest || length >= LONGEST_PART)
		return false;
	memcpy(text, start, length);
	text[length] = '\0';
	return true;
}

/* The code that a text stands for; NULL: none. */
static const struct code *find_option(const struct cell *cell, const char *text)
{
	const char *word = NULL;
	bool noted = form_read(cell->form, cell->variable->name, text, &word) == FORM_CODE;
	return dictionary_code(cell->dictionary, cell->variable->codes, noted ? word : text);
}

/* Every way of reading the cell as options one after another, from its end: `ways` is 0, 1, or 2 for more. An option
 * that holds a separator makes them of one, or of two; a cell that can be read in two ways says neither. */
static unsigned read_ticks(struct ticks *ticks, const struct cell *cell)
{
	struct {
		unsigned ways;
		size_t next;
		const struct code *code;
	} from[MOST_PARTS + 1];
	char text[LONGEST_PART];
	from[cell->count].ways = 1;
	for (size_t first = cell->count; first-- > 0;) {
		from[first].ways = 0;
		for (size_t last = first; last < cell->count && join(text, cell, first, last); last++) {
			const struct code *code = from[last + 1].ways ? find_option(cell, text) : NULL;
			if (!code || code->missing != MISSING_NONE)
				continue;
			from[first].ways += from[last + 1].ways;
			from[first].next = last + 1;
			from[first].code = code;
		}
		from[first].ways = from[first].ways > 2 ? 2 : from[first].ways;
	}
	ticks->count = 0;
	for (size_t part = 0; from[0].ways == 1 && part < cell->count; part = from[part].next)
		ticks->codes[ticks->count++] = from[part].code;
	return from[0].ways;
}

static bool is_ticked(const struct ticks *ticks, const struct code *code)
{
	for (size_t i = 0; i < ticks->count; i++)
		if (ticks->codes[i] == code)
			return true;
	return false;
}

/* The codes with ; between, each once and in the order of the list. */
static const char *write_ticks(struct answer *answer, const struct code_list *list, const struct ticks *ticks)
{
	size_t needed = 1;
	for (size_t i = 0; i < ticks->count; i++)
		needed += strlen(ticks->codes[i]->code) + 1;
	if (needed > sizeof answer->buffer && needed > answer->longer_size) {
		free(answer->longer);
		answer->longer = mem_alloc(needed, 1);
		answer->longer_size = needed;
	}
	char *text = needed > sizeof answer->buffer ? answer->longer : answer->buffer, *end = text;
	*end = '\0';
	for (size_t i = 0; i < list->count; i++) {
		if (!is_ticked(ticks, &list->codes[i]))
			continue;
		size_t length = strlen(list->codes[i].code);
		if (end != text)
			*end++ = ';';
		memcpy(end, list->codes[i].code, length + 1);
		end += length;
	}
	return text;
}

/* The code of this label; a missing one has no place among others. */
static const struct code *find_label(const struct code_list *list, const char *label)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->codes[i].missing == MISSING_NONE && strcmp(list->codes[i].label, label) == 0)
			return &list->codes[i];
	return NULL;
}

/* The furthest that an option (or a label) reaches from `first`: one behind its last part, or `first`. */
static size_t reach(const struct code **code, const struct cell *cell, size_t first, bool label)
{
	char text[LONGEST_PART];
	size_t end = first;
	for (size_t last = first; last < cell->count && join(text, cell, first, last); last++) {
		const struct code *found = label ? find_label(cell->variable->codes, text) : find_option(cell, text);
		if (!found || found->missing != MISSING_NONE)
			continue;
		*code = found;
		end = last + 1;
	}
	return end;
}

/* damage_cell's fits, of one part of a cell. */
static bool part_fits(const void *context, const char *meant)
{
	const struct code *code = find_option((const struct cell *)context, meant);
	return code && code->missing == MISSING_NONE;
}

/* What a part is that is no option: its finding, and the code that may have been meant, or NULL. */
static enum finding_code miss_part(const struct code **meant, const struct cell *cell, size_t part)
{
	const struct code_list *list = cell->variable->codes;
	char text[LONGEST_PART];
	size_t length = cell->parts[part].length;
	const char *near = NULL;
	*meant = NULL;
	if (length >= sizeof text)
		return FINDING_CELL_CODE;
	memcpy(text, cell->parts[part].start, length);
	text[length] = '\0';
	if (find_option(cell, text)) /* a missing code beside others */
		return FINDING_CELL_CODE;
	enum finding_code finding = miss_code(&near, cell->dictionary, list, text);
	for (size_t i = 0; near && i < list->count; i++)
		if (strcmp(list->codes[i].code, near) == 0 && list->codes[i].missing == MISSING_NONE)
			*meant = &list->codes[i];
	const struct damage_cell damaged = { text, VARIABLE_CODE, cell->form->decimal_comma, part_fits, cell };
	char was[DAMAGE_SIZE];
	enum finding_code damage = finding == FINDING_CELL_CODE ? damage_find(was, &damaged) : FINDING_NONE;
	if (damage == FINDING_NONE)
		return finding;
	*meant = *was ? find_option(cell, was) : NULL;
	return damage;
}

/* What is wrong with a cell that cannot be read as options. Where one part alone is in the way and what was meant can
 * be guessed, the whole cell as it would then be is suggested: nobody loses an option by following it. */
static void miss_ticks(struct answer *answer, const struct cell *cell)
{
	struct ticks ticks = { .count = 0 };
	enum finding_code finding = FINDING_NONE;
	bool guessed = false;
	for (size_t part = 0, end = 0; part < cell->count; part = end) {
		const struct code *code = NULL;
		end = reach(&code, cell, part, false);
		if (end == part && finding != FINDING_NONE) {
			fail(answer, FINDING_CELL_CODE, NULL);
			return;
		}
		if (end == part) {
			end = reach(&code, cell, part, true);
			finding = end > part ? FINDING_CELL_LABEL : miss_part(&code, cell, part);
			end = end > part ? end : part + 1;
			guessed = code != NULL;
		}
		if (code)
			ticks.codes[ticks.count++] = code;
	}
	fail(answer, finding, guessed ? write_ticks(answer, cell->variable->codes, &ticks) : NULL);
}

/* `text` is no missing code. */
static bool read_codes(struct answer *answer, const struct dictionary *dictionary, const struct variable *variable,
                       const char *text, const struct form *form)
{
	struct cell cell;
	struct ticks ticks;
	cell.dictionary = dictionary;
	cell.variable = variable;
	cell.form = form;
	cell.longest = dictionary_longest(dictionary, variable->codes);
	cell.longest = form_longest(form) > cell.longest ? form_longest(form) : cell.longest;
	if (strcmp(text, ANSWER_NONE_TICKED) == 0) {
		answer->text = ANSWER_NONE_TICKED;
		return true;
	}
	if (!split(&cell, text) || cell.count == 0) {
		fail(answer, FINDING_CELL_CODE, NULL);
		return false;
	}
	unsigned ways = read_ticks(&ticks, &cell);
	if (ways == 0)
		miss_ticks(answer, &cell);
	else if (ways > 1)
		fail(answer, FINDING_CELL_CODE, NULL);
	if (ways != 1)
		return false;
	answer->text = write_ticks(answer, variable->codes, &ticks);
	for (size_t i = 0; i < ticks.count; i++)
		if (ticks.codes[i]->exclusive && strchr(answer->text, ';'))
			note(answer, FINDING_CELL_MULTI_EXCLUSIVE, SEVERITY_WARN);
	return true;
}

/* --- the cell --- */

/* What the export's form says of the whole text, or the dictionary's codes. False: it is neither's. */
static bool read_known(struct answer *answer, const struct dictionary *dictionary, const struct variable *variable,
                       const char *text, const struct form *form)
{
	const char *word = NULL;
	enum missing_reason reason = MISSING_NONE;
	enum form_meaning meaning = form_read(form, variable->name, text, &word);
	const struct code *code = dictionary_code(dictionary, variable->codes, meaning == FORM_CODE ? word : text);
	if (meaning == FORM_REASON && missing_reason_read(word, &reason)) {
		take_reason(answer, variable, reason);
		return true;
	}
	if (meaning == FORM_DECLARED && (!code || code->missing == MISSING_NONE)) {
		fail(answer, FINDING_CELL_MISSING_DECLARED, NULL);
		return true;
	}
	/* of several codes, what looks like one may be two: read_codes knows */
	bool one = variable->type != VARIABLE_CODES || meaning == FORM_CODE;
	if (!code || (!one && code->missing == MISSING_NONE))
		return false;
	take_code(answer, variable, code);
	return true;
}

/* `text` is trimmed and not empty. True: the dictionary or the form knows it letter by letter. */
static bool read_text(struct answer *answer, const struct dictionary *dictionary, const struct variable *variable,
                      const char *text, const struct form *form)
{
	if (read_known(answer, dictionary, variable, text, form))
		return answer->finding == FINDING_NONE;
	answer->text = text;
	switch (variable->type) {
	case VARIABLE_CODE: read_code(answer, dictionary, variable, text); break;
	case VARIABLE_CODES: return read_codes(answer, dictionary, variable, text, form);
	case VARIABLE_INTEGER: read_integer(answer, text, form); break;
	case VARIABLE_NUMBER: read_number(answer, text, form); break;
	case VARIABLE_DATE: read_day(answer, text, form->dates); break;
	case VARIABLE_DATETIME: read_day_and_time(answer, text, form->dates); break;
	case VARIABLE_ID:
	case VARIABLE_TEXT: break;
	}
	if (answer->finding == FINDING_NONE && is_sentinel(answer, variable))
		fail(answer, FINDING_CELL_DATE_SENTINEL, NULL);
	if (answer->finding == FINDING_NONE && !in_range(answer, variable))
		fail(answer, FINDING_CELL_RANGE, NULL);
	if (answer->finding == FINDING_NONE && variable->pattern && regexec(&variable->compiled, text, 0, NULL, 0) != 0)
		fail(answer, FINDING_CELL_PATTERN, NULL);
	return false;
}

/* Characters that cannot be seen stay in texts, and are told; any other cell with one is no answer, and what it would
 * be without them is suggested. A text of nothing else is no answer either. */
static void judge_hidden(struct answer *answer, const struct dictionary *dictionary, const struct variable *variable,
                         const char *text, const struct form *form)
{
	char stripped[sizeof answer->buffer];
	bool whole = strlen(text) < sizeof stripped;
	strip_hidden(stripped, sizeof stripped, text);
	if (answer->missing != MISSING_UNUSABLE && *stripped) {
		note(answer, FINDING_CELL_HIDDEN_CHARACTER, SEVERITY_WARN);
		return;
	}
	struct answer meant = { 0 };
	if (*stripped && whole)
		read_text(&meant, dictionary, variable, stripped, form);
	fail(answer, FINDING_CELL_HIDDEN_CHARACTER, NULL);
	if (*stripped && whole && meant.missing != MISSING_UNUSABLE) {
		memcpy(answer->buffer, stripped, sizeof stripped);
		answer->suggestion = answer->buffer;
	}
	answer_release(&meant);
}

/* Where a text that may have been meant is to be read. */
struct place_of_answer {
	const struct dictionary *dictionary;
	const struct variable *variable;
	const struct form *form;
};

static bool fits(const void *context, const char *meant)
{
	const struct place_of_answer *at = context;
	struct answer answer = { 0 };
	read_text(&answer, at->dictionary, at->variable, meant, at->form);
	bool usable = answer.missing != MISSING_UNUSABLE;
	answer_release(&answer);
	return usable;
}

/* Of a cell that is no answer, the cause instead of the symptom where it can be seen. A code but for its capitals, or a
 * label, is no damage. */
static void judge_damage(struct answer *answer, const struct dictionary *dictionary, const struct variable *variable,
                         const char *text, const struct form *form)
{
	const struct place_of_answer at = { dictionary, variable, form };
	const struct damage_cell cell = { text, variable->type, form->decimal_comma, fits, &at };
	char meant[DAMAGE_SIZE];
	bool symptom = answer->finding == FINDING_CELL_TYPE || answer->finding == FINDING_CELL_CODE
	               || answer->finding == FINDING_CELL_DATE || answer->finding == FINDING_CELL_PATTERN;
	if (answer->finding == FINDING_CELL_DATE_IMPOSSIBLE && answer->suggestion && !fits(&at, answer->suggestion))
		answer->suggestion = NULL;
	enum finding_code damage = symptom ? damage_find(meant, &cell) : FINDING_NONE;
	if (damage == FINDING_NONE)
		return;
	snprintf(answer->buffer, sizeof answer->buffer, "%s", meant);
	fail(answer, damage, *meant ? answer->buffer : NULL);
}

/* What the buffer holds does not matter until something points into it. */
static void forget(struct answer *answer)
{
	answer->missing = MISSING_NOT_ASKED;
	answer->code = NULL;
	answer->integer = 0;
	answer->number = 0;
	answer->text = NULL;
	answer->finding = FINDING_NONE;
	answer->severity = SEVERITY_REJECT;
	answer->suggestion = NULL;
}

void answer_read(struct answer *answer, const struct dictionary *dictionary, const struct variable *variable,
                 const char *raw, const struct form *form)
{
	forget(answer);
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
	bool known = length && read_text(answer, dictionary, variable, text, form);
	if (length && !known && has_hidden(text)) /* what is spelt so in the dictionary is meant so, hidden or not */
		judge_hidden(answer, dictionary, variable, text, form);
	else if (answer->missing == MISSING_UNUSABLE)
		judge_damage(answer, dictionary, variable, text, form);
	bool words = variable->type == VARIABLE_ID || variable->type == VARIABLE_TEXT;
	if (answer->missing == MISSING_NONE && words && !answer->code) {
		enum finding_code damage = damage_of_words(text, variable->type);
		if (damage != FINDING_NONE)
			fail(answer, damage, NULL);
	}
	if (answer->text && words && is_formula(text))
		note(answer, FINDING_CELL_FORMULA, SEVERITY_WARN);
	if (spaced)
		note(answer, FINDING_CELL_SPACE, SEVERITY_NOTE);
	if (copied && answer->text == trimmed) {
		memcpy(answer->buffer, trimmed, length + 1);
		answer->text = answer->buffer;
	}
}

void answer_release(struct answer *answer)
{
	free(answer->longer);
	*answer = (struct answer){ 0 };
}
