#include "guess.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "header_identifier.h"
#include "label.h"
#include "mem.h"
#include "number.h"
#include "slug.h"

enum {
	/* Few distinct answers that come again are the options of a question: so many at most, and so many rows for
	 * each on average. Sixty lets states and countries in; three keep out names, and remarks that a few people
	 * share. */
	MOST_ANSWERS = 60,
	ROWS_AN_ANSWER = 3,

	/* A column is what nearly all its cells are, where there are enough to say so; validate tells of the others. */
	NEARLY_ALL = 95,
	ENOUGH = 20,

	TELLING = 20,     /* per cent of the cells that have the shape of an identifier */
	TELLING_NHS = 90, /* one number of eleven has a right check digit by chance */
};

static bool is_share(size_t part, size_t whole, size_t per_cent)
{
	return whole > 0 && part * 100 >= whole * per_cent;
}

/* All, or nearly all of many. */
static bool is_nearly(size_t part, size_t whole)
{
	return whole > 0 && (part == whole || (whole >= ENOUGH && is_share(part, whole, NEARLY_ALL)));
}

static void __attribute__((format(printf, 2, 3))) remark(struct guess *guess, const char *format, ...)
{
	va_list arguments;
	char words[300];
	va_start(arguments, format);
	vsnprintf(words, sizeof words, format, arguments);
	va_end(arguments);
	text_print(&guess->remarks, "; %s", words);
}

/* --- how the file writes dates and numbers --- */

static size_t dates_in(const struct cells *cells, const char *order)
{
	return strcmp(order, "dmy") == 0 ? cells->dmy : strcmp(order, "mdy") == 0 ? cells->mdy : cells->iso;
}

struct guess_form guess_form(const struct cells *const *columns, size_t count, const char *dates)
{
	struct guess_form form = { .dates = dates ? dates : "iso" };
	size_t day_first = 0, month_first = 0, either = 0, commas = 0, points = 0;
	for (size_t i = 0; i < count; i++) {
		const struct cells *cells = columns[i];
		size_t written = cells->days + cells->moments;
		if (is_nearly(written, cells->filled) && cells->iso < written) {
			day_first += cells->dmy > cells->mdy;
			month_first += cells->mdy > cells->dmy;
			either += cells->mdy == cells->dmy;
		}
		bool comma = cells->commas > cells->thousands;
		commas += comma && is_nearly(cells->integers + cells->commas, cells->filled);
		points += cells->decimals > 0 && is_nearly(cells->integers + cells->decimals, cells->filled);
	}
	form.decimal_comma = commas > 0 && points == 0;
	form.dates_seen = day_first + month_first + either > 0;
	form.dates_differ = day_first && month_first;
	form.dates_ambiguous = either && !day_first && !month_first;
	if (day_first + month_first > 0)
		form.dates = day_first >= month_first ? "dmy" : "mdy";
	else if (either && strcmp(form.dates, "iso") == 0)
		form.dates = "dmy"; /* a study of local authorities */
	return form;
}

/* --- the answers of a list --- */

/* Not where the text would run in a spreadsheet: a missing code is written as it came. */
static enum missing_reason reason_of(const char *text)
{
	return cells_is_formula(text) ? MISSING_NONE : label_reason(text);
}

/* The first number in a text, commas between digits overlooked; false: there is none. */
static bool first_number(const char *text, double *number)
{
	const char *digit = text + strcspn(text, "0123456789");
	bool negative = digit == text + 1 && *text == '-';
	if (!*digit)
		return false;
	for (*number = 0; (*digit >= '0' && *digit <= '9') || (*digit == ',' && digit[1] >= '0' && digit[1] <= '9');
	     digit++)
		if (*digit != ',')
			*number = 10 * *number + (*digit - '0');
	if (negative)
		*number = -*number;
	return true;
}

int guess_compare(const char *a, const char *b)
{
	double left = 0, right = 0;
	bool has_left = first_number(a, &left), has_right = first_number(b, &right);
	if (has_left != has_right)
		return has_left ? -1 : 1;
	if (has_left && left != right)
		return left < right ? -1 : 1;
	char *folded_a = slug_fold(a), *folded_b = slug_fold(b);
	int order = strcmp(folded_a, folded_b);
	free(folded_a);
	free(folded_b);
	return order ? order : strcmp(a, b);
}

static int compare_texts(const void *a, const void *b)
{
	const struct cells_text *const *left = a, *const *right = b;
	return guess_compare((*left)->text, (*right)->text);
}

static bool is_sentinel(const char *text)
{
	for (size_t i = 0; i < CELLS_SENTINELS; i++)
		if (strcmp(cells_sentinels[i].text, text) == 0)
			return true;
	return false;
}

static void add_missing(struct guess *guess, const char *text, enum missing_reason reason, bool number)
{
	guess->missing[guess->missing_count++] = (struct guess_missing){ text, reason, number };
}

/* Whether two texts are spellings of one answer. */
static bool is_same(const struct cells_text *a, const struct cells_text *b)
{
	char *left = slug_fold(a->text), *right = slug_fold(b->text);
	bool same = strcmp(left, right) == 0;
	free(left);
	free(right);
	return same;
}

/* Take out of guess->texts what hardly anybody gave, where that is most of it: spellings, jokes, and sentences that
 * could tell who wrote them. What is left must be nearly all that was answered. */
static bool keep_recurring(struct guess *guess, size_t answers)
{
	size_t distinct = 0, once = 0, kept = 0, covered = 0;
	for (size_t i = 0, end = 0; i < guess->text_count; i = end) {
		size_t rows = 0;
		for (end = i; end < guess->text_count && is_same(guess->texts[i], guess->texts[end]); end++)
			rows += guess->texts[end]->count;
		distinct++;
		once += rows == 1;
	}
	if (distinct > MOST_ANSWERS || answers < distinct * ROWS_AN_ANSWER)
		return false;
	if (once * 2 <= distinct)
		return true;
	for (size_t i = 0; i < guess->text_count; i++)
		if (guess->texts[i]->count >= ROWS_AN_ANSWER) {
			covered += guess->texts[i]->count;
			guess->texts[kept++] = guess->texts[i];
		}
	size_t left_out = guess->text_count - kept;
	guess->text_count = kept;
	if (!is_share(covered, answers, 90))
		return false;
	remark(guess, "%zu further texts that at most two rows hold are not listed", left_out);
	return true;
}

/* All distinct texts of the sets but those that say why there is none, sorted into guess->texts; how many rows they
 * are. */
static size_t collect(struct guess *guess, const struct cells_set *const *sets, size_t count)
{
	size_t most = 0, rows = 0;
	for (size_t s = 0; s < count; s++)
		most += sets[s]->count;
	free(guess->texts);
	guess->texts = mem_alloc(most, sizeof *guess->texts);
	guess->text_count = 0;
	for (size_t s = 0; s < count; s++)
		for (const struct cells_text *text = sets[s]->texts; text; text = text->hh.next) {
			if (reason_of(text->text) != MISSING_NONE)
				continue;
			guess->texts[guess->text_count++] = text;
			rows += text->count;
		}
	if (guess->text_count)
		mem_sort(guess->texts, guess->text_count, sizeof *guess->texts, compare_texts);
	return rows;
}

/* Among answers in words, the only numbers are -99 and its kin. */
static void part_sentinels(struct guess *guess)
{
	size_t sentinels = 0, numbers = 0, kept = 0;
	double value = 0;
	for (size_t i = 0; i < guess->text_count; i++) {
		sentinels += is_sentinel(guess->texts[i]->text);
		numbers += number_read_decimal(guess->texts[i]->text, &value);
	}
	if (sentinels != numbers || sentinels == guess->text_count)
		return;
	for (size_t i = 0; i < guess->text_count; i++) {
		if (is_sentinel(guess->texts[i]->text))
			add_missing(guess, guess->texts[i]->text, MISSING_NOT_ANSWERED, false);
		else
			guess->texts[kept++] = guess->texts[i];
	}
	guess->text_count = kept;
}

/* No list of answers is made of what could tell who somebody is, run in a spreadsheet, or fill several lines. */
static bool may_be_listed(const struct cells *cells)
{
	size_t telling = 0;
	for (int i = IDENTIFIER_NONE + 1; i < IDENTIFIER_COUNT; i++)
		telling += i == IDENTIFIER_NHS ? 0 : cells->shapes[i];
	bool rounded =
		cells->exponents && is_nearly(cells->integers + cells->decimals + cells->exponents, cells->filled);
	return telling == 0 && cells->formulas == 0 && cells->line_ends == 0 && !rounded;
}

static bool guess_code(struct guess *guess, const struct cells *cells)
{
	const struct cells_set *sets[] = { &cells->values, &cells->texts };
	if (cells->values.over || cells->texts.over || !may_be_listed(cells))
		return false;
	size_t rows = collect(guess, sets, COUNT(sets));
	if (!keep_recurring(guess, rows))
		return false;
	part_sentinels(guess);
	guess->type = VARIABLE_CODE;
	return true;
}

/* yes, no, true and false are answers in however few rows. */
static bool guess_yes_no(struct guess *guess, const struct cells *cells)
{
	static const char *const pairs[][2] = { { "yes", "no" }, { "true", "false" }, { "y", "n" }, { "t", "f" } };
	const struct cells_set *sets[] = { &cells->texts };
	if (cells->values.count || cells->values.over || cells->texts.over)
		return false;
	collect(guess, sets, 1);
	bool all = false;
	for (size_t p = 0; p < COUNT(pairs) && !all; p++) {
		all = guess->text_count > 0;
		for (size_t i = 0; i < guess->text_count; i++) {
			char *folded = slug_fold(guess->texts[i]->text);
			all = all && (strcmp(folded, pairs[p][0]) == 0 || strcmp(folded, pairs[p][1]) == 0);
			free(folded);
		}
	}
	if (all)
		guess->type = VARIABLE_CODE;
	return all;
}

/* What a cell holds in its middle has to be looked at by itself. */
static bool parts_may_be_listed(const struct guess *guess)
{
	for (size_t i = 0; i < guess->text_count; i++) {
		enum identifier identifier = identifier_of_value(guess->texts[i]->text);
		if (cells_is_formula(guess->texts[i]->text)
		    || (identifier != IDENTIFIER_NONE && identifier != IDENTIFIER_NHS))
			return false;
	}
	return true;
}

/* Few answers in more combinations than there are answers, each of them often: or every cell ends with the separator,
 * as Microsoft Forms writes them. */
static bool guess_codes(struct guess *guess, const struct cells *cells, const struct cells_joined *joined)
{
	const struct cells_set *sets[] = { &joined->parts };
	size_t whole = cells->values.count + cells->texts.count, rows = 0;
	bool many = cells->values.over || cells->texts.over, ended = joined->ended == cells->filled;
	if (!joined->separator || joined->parts.over || joined->parts.count < 2 || !may_be_listed(cells)
	    || (joined->cells < 2 && !ended))
		return false;
	rows = collect(guess, sets, 1);
	if (guess->text_count < 2 || guess->text_count > MOST_ANSWERS
	    || (!ended && !many && whole <= joined->parts.count) || !parts_may_be_listed(guess)
	    || (!ended && !keep_recurring(guess, rows)))
		return false;
	for (const struct cells_text *part = joined->parts.texts; part; part = part->hh.next) {
		enum missing_reason reason = reason_of(part->text);
		bool known = reason == MISSING_NONE;
		for (size_t i = 0; i < guess->missing_count; i++)
			known = known || strcmp(guess->missing[i].text, part->text) == 0;
		if (!known)
			add_missing(guess, part->text, reason, false);
	}
	guess->type = VARIABLE_CODES;
	guess->separator = joined->separator;
	remark(guess, "several answers in one cell: look whether an answer was cut in two");
	return true;
}

/* --- numbers --- */

/* -99 where no other number is below 0; 99 or 999 where it lies three times above all others. The bounds leave them
 * out, and say nothing of the answers but that they lie between. */
static void find_sentinels(struct guess *guess, const struct cells *cells)
{
	double least = cells->least, most = cells->most;
	int lowest = 0, highest = 0; /* the nearest to the answers from below and above */
	for (size_t i = 0; i < CELLS_SENTINELS; i++) {
		int sentinel = cells_sentinels[i].value;
		if (!cells->sentinels[i])
			continue;
		bool below = sentinel < 0 && !isnan(least) && least >= 0;
		bool above = sentinel > 0 && !isnan(most) && most >= 0 && most * 3 < sentinel;
		if (above && !highest)
			highest = sentinel;
		if (below)
			lowest = sentinel;
		if (!below && !above && sentinel > 0) /* an answer, then: it may lie near the next one */
			most = isnan(most) || sentinel > most ? sentinel : most;
		else if (!below && !above)
			least = isnan(least) || sentinel < least ? sentinel : least;
	}
	if (lowest < 0)
		snprintf(guess->min, sizeof guess->min, "0");
	if (highest > 0)
		snprintf(guess->max, sizeof guess->max, "%d", highest - 1);
	for (size_t i = 0; i < CELLS_SENTINELS; i++) {
		int sentinel = cells_sentinels[i].value;
		bool missing = (lowest && sentinel < 0) || (highest && sentinel >= highest);
		if (cells->sentinels[i] && missing)
			add_missing(guess, cells_sentinels[i].text, MISSING_NOT_ANSWERED, true);
	}
}

static bool guess_number(struct guess *guess, const struct cells *cells, const struct guess_form *form, size_t answers)
{
	size_t fractions = form->decimal_comma ? cells->commas : cells->decimals;
	size_t numbers = cells->integers + fractions;
	if (!is_nearly(numbers, answers))
		return false;
	if (!cells->texts.over && numbers < answers && cells->texts.count) {
		/* words among numbers that come again, as in 0, 1, 2, "3 or more", are answers to choose */
		size_t least = (size_t)-1;
		for (const struct cells_text *text = cells->texts.texts; text; text = text->hh.next)
			if (reason_of(text->text) == MISSING_NONE && text->count < least)
				least = text->count;
		if (least != (size_t)-1 && least >= ROWS_AN_ANSWER && guess_code(guess, cells))
			return true;
	}
	guess->type = fractions ? VARIABLE_NUMBER : VARIABLE_INTEGER;
	find_sentinels(guess, cells);
	if (numbers < answers)
		remark(guess, "%zu cells are no number", answers - numbers);
	return true;
}

/* --- dates --- */

static bool guess_date(struct guess *guess, const struct cells *cells, const struct guess_form *form, size_t answers)
{
	size_t written = cells->days + cells->moments;
	if (!is_nearly(written, answers))
		return false;
	if (!is_nearly(dates_in(cells, form->dates), answers)) {
		remark(guess, "dates, but not written as in the other columns (%s)", form->dates);
		return false;
	}
	bool moments = cells->moments > cells->days;
	size_t fit = moments ? cells->moments : cells->days;
	if (!is_nearly(fit, answers)) {
		remark(guess, "dates, some with a time and some without");
		return false;
	}
	guess->type = moments ? VARIABLE_DATETIME : VARIABLE_DATE;
	if (fit < answers)
		remark(guess, "%zu cells are no such date", answers - fit);
	return true;
}

/* --- who somebody is --- */

/* A header may speak of something else: whether somebody has a phone, how many e-mails they get, which they prefer. */
static bool is_harmless(const struct cells *cells, enum identifier named, bool sure)
{
	enum { CHOICES = 10 };
	struct guess guess = { .missing = mem_alloc(CELLS_KEPT, sizeof *guess.missing) };
	bool small = cells->integers == cells->filled && !(cells->most >= 1000) && !(cells->least < -1000);
	bool device = named == IDENTIFIER_EMAIL || named == IDENTIFIER_PHONE || named == IDENTIFIER_ADDRESS;
	bool harmless = small || guess_yes_no(&guess, cells)
	                || (!sure && device && guess_code(&guess, cells) && guess.text_count <= CHOICES);
	guess_free(&guess);
	return harmless;
}

static enum identifier find_identifier(const struct cells *cells, const char *const *headers)
{
	for (int i = IDENTIFIER_NONE + 1; i < IDENTIFIER_COUNT; i++)
		if (is_share(cells->shapes[i], cells->filled, i == IDENTIFIER_NHS ? TELLING_NHS : TELLING))
			return (enum identifier)i;
	for (size_t i = 0; headers[i]; i++) {
		bool sure = false;
		enum identifier named = header_identifier(headers[i], &sure);
		if (named && (!cells->filled || !is_harmless(cells, named, sure)))
			return named;
	}
	return IDENTIFIER_NONE;
}

bool guess_is_key(const struct cells *cells, size_t rows, const char *header)
{
	return rows > 0 && cells->filled == rows && cells->prints_wanted && !cells->prints_repeat
	       && header_is_key(header);
}

/* --- a column --- */

/* Rows whose text says why there is no answer: each becomes a missing code. */
static size_t find_reasons(struct guess *guess, const struct cells *cells)
{
	const struct cells_set *set = &cells->texts;
	size_t rows = 0;
	guess->missing =
		mem_alloc(set->count + cells->joined[0].parts.count + cells->joined[1].parts.count + CELLS_SENTINELS,
	                  sizeof *guess->missing);
	for (const struct cells_text *text = set->texts; text; text = text->hh.next) {
		enum missing_reason reason = reason_of(text->text);
		if (reason == MISSING_NONE)
			continue;
		add_missing(guess, text->text, reason, false);
		rows += text->count;
	}
	return rows;
}

static void forget_list(struct guess *guess)
{
	free(guess->texts);
	guess->texts = NULL;
	guess->text_count = 0;
	guess->missing_count = 0;
}

/* No list: what the steward should know of the text. */
static void guess_text(struct guess *guess, const struct cells *cells)
{
	forget_list(guess);
	guess->type = VARIABLE_TEXT;
	/* sentences, and what only free text may hold: a line end anywhere else would set the row aside */
	guess->free_text = cells->longest > 60 || cells->line_ends > 0;
	if (cells->odd_dates && is_nearly(cells->odd_dates, cells->filled))
		remark(guess,
		       "dates that cannot be read as they are: years of two digits, AM and PM, time zones or thousandths");
	if (cells->exponents && is_nearly(cells->integers + cells->decimals + cells->exponents, cells->filled))
		remark(guess, "numbers, some written as 1e+05, which a program did that rounds: export the file again");
	if (cells->formulas)
		remark(guess, "some cells begin as a spreadsheet's formulas do, and so no list was made");
	if (cells->thousands && is_nearly(cells->integers + cells->thousands, cells->filled))
		remark(guess, "numbers with commas, which may stand between thousands");
	else if (cells->commas && is_nearly(cells->integers + cells->decimals + cells->commas, cells->filled))
		remark(guess, "numbers, some with a comma, while the export writes a point elsewhere");
	for (int i = IDENTIFIER_NONE + 1; i < IDENTIFIER_COUNT; i++)
		if (cells->shapes[i] && i != IDENTIFIER_NHS)
			remark(guess, "some cells hold what looks like %s", identifier_words((enum identifier)i));
}

static void guess_direct(struct guess *guess, const struct cells *cells, const struct guess_form *form,
                         enum identifier identifier)
{
	guess->identifier = identifier;
	guess->type = VARIABLE_TEXT;
	if (identifier != IDENTIFIER_BIRTH || !guess_date(guess, cells, form, cells->filled))
		guess->type = VARIABLE_TEXT;
	guess->free_text = cells->line_ends > 0;
	text_free(&guess->remarks);
	remark(guess, "looks like %s, and so is dropped", identifier_words(identifier));
	if (guess->type != VARIABLE_TEXT)
		remark(guess, "treat can be age or year instead");
}

void guess_column(struct guess *guess, const struct cells *cells, const struct guess_form *form,
                  const char *const *headers)
{
	*guess = (struct guess){ .type = VARIABLE_TEXT };
	enum identifier identifier = find_identifier(cells, headers);
	if (identifier) {
		guess_direct(guess, cells, form, identifier);
		return;
	}
	if (cells->filled == 0) {
		remark(guess, "no cell is filled");
		return;
	}
	size_t reasons = find_reasons(guess, cells), answers = cells->filled - reasons;
	if (guess_yes_no(guess, cells) || guess_number(guess, cells, form, answers)
	    || guess_date(guess, cells, form, answers) || guess_codes(guess, cells, &cells->joined[0])
	    || guess_codes(guess, cells, &cells->joined[1]) || guess_code(guess, cells)) {
		if (guess->type != VARIABLE_CODE && guess->type != VARIABLE_CODES) {
			free(guess->texts);
			guess->texts = NULL;
			guess->text_count = 0;
		}
		return;
	}
	guess_text(guess, cells);
}

void guess_free(struct guess *guess)
{
	free(guess->texts);
	free(guess->missing);
	text_free(&guess->remarks);
	*guess = (struct guess){ 0 };
}
