/* Dates in full, and which of them are somebody's birth. */
#include <stdio.h>
#include <string.h>

#include "date.h"
#include "identifier_private.h"
#include "mem.h"

enum { YOUNGEST = 14, OLDEST = 30 }; /* care leavers, as they answer */

static const char birth_words[] = " born birth birthday birthdate bday dob ";
static const char move_words[] =
	" moved move moving placed placement placements foster fostered adopted adoption hostel "
	"evicted left leaving care remand ";

static const char *const months[] = { "january", "february", "march",     "april",   "may",      "june",
	                              "july",    "august",   "september", "october", "november", "december" };

/* The month that a word at *at names, in full or by three letters (Sept too), which moves behind it; 0: none. */
static int read_month(const char **at)
{
	size_t length = 0;
	while (is_letter((*at)[length]))
		length++;
	for (size_t i = 0; i < COUNT(months); i++) {
		bool all = length >= 3 && length <= strlen(months[i]);
		for (size_t c = 0; all && c < length; c++)
			all = ((*at)[c] | 0x20) == months[i][c];
		if (all && (length == 3 || length == strlen(months[i]) || (i == 8 && length == 4))) {
			*at += length;
			*at += **at == '.' && length < strlen(months[i]) && (is_digit((*at)[1]) || (*at)[1] == ' ');
			return (int)i + 1;
		}
	}
	return 0;
}

/* At most four digits. How many; 0: none, or more. */
static size_t read_number(int *value, const char **at)
{
	size_t digits = 0;
	*value = 0;
	for (; is_digit((*at)[digits]); digits++) {
		if (digits == 4)
			return 0;
		*value = *value * 10 + ((*at)[digits] - '0');
	}
	*at += digits;
	return digits;
}

static void skip_blanks(const char **at, const char *signs)
{
	for (size_t i = 0; i < 3 && **at && strchr(signs, **at); i++)
		(*at)++;
}

static void skip_ordinal(const char **at)
{
	static const char *const ends[] = { "st", "nd", "rd", "th" };
	for (size_t i = 0; i < COUNT(ends); i++)
		if (((*at)[0] | 0x20) == ends[i][0] && ((*at)[1] | 0x20) == ends[i][1]) {
			*at += 2;
			return;
		}
}

/* A year of four digits from 1900, or of two: the last hundred years before last_year. */
static bool read_year(int *year, const char **at, int last_year)
{
	skip_blanks(at, "'");
	size_t digits = read_number(year, at);
	int century = last_year - last_year % 100;
	if (digits == 2)
		*year += *year > last_year % 100 ? century - 100 : century;
	return digits == 2 || (digits == 4 && *year >= 1900 && *year <= 2100);
}

/* Parts of a date, of which a text may leave out the year or the day (0). */
struct parts {
	int day, month, year;
};

/* 12/03/2004, 12.3.04 and, where the first can be no day of that month, 12/31/2004. */
static bool read_slashed(struct parts *parts, const char **at, int last_year)
{
	const char *next = *at;
	size_t digits = read_number(&parts->day, &next);
	char sign = *next;
	if (digits < 1 || digits > 2 || !sign || !strchr("/.-", sign))
		return false;
	next++;
	digits = read_number(&parts->month, &next);
	if (digits < 1 || digits > 2 || *next++ != sign || !is_digit(*next)
	    || !read_year(&parts->year, &next, last_year))
		return false;
	if (parts->month > 12 && parts->day <= 12) {
		int day = parts->month;
		parts->month = parts->day;
		parts->day = day;
	}
	*at = next;
	return true;
}

/* 2004-03-12 */
static bool read_iso(struct parts *parts, const char **at)
{
	const char *next = *at;
	if (read_number(&parts->year, &next) != 4 || !strchr("-/.", *next) || !*next)
		return false;
	char sign = *next++;
	if (read_number(&parts->month, &next) != 2 || *next++ != sign || read_number(&parts->day, &next) != 2)
		return false;
	*at = next;
	return parts->year >= 1900 && parts->year <= 2100;
}

/* 12th of March 2004, 12 Mar 04, 12th March */
static bool read_day_month(struct parts *parts, const char **at, int last_year)
{
	const char *next = *at;
	size_t digits = read_number(&parts->day, &next);
	if (digits < 1 || digits > 2)
		return false;
	skip_ordinal(&next);
	skip_blanks(&next, " -/.");
	if (strncmp(next, "of ", 3) == 0)
		next += 3;
	if (!(parts->month = read_month(&next)))
		return false;
	*at = next;
	skip_blanks(&next, " ,-/.");
	if (read_year(&parts->year, &next, last_year) && !is_letter(*next))
		*at = next;
	else
		parts->year = 0;
	return true;
}

/* March 12th, 2004, March 12; March 2004 */
static bool read_month_day(struct parts *parts, const char **at, int last_year)
{
	const char *next = *at;
	if (!(parts->month = read_month(&next)))
		return false;
	skip_blanks(&next, " -/");
	const char *number = next;
	size_t digits = read_number(&parts->day, &next);
	if (digits == 4) {
		parts->year = parts->day;
		parts->day = 0;
		*at = next;
		return parts->year >= 1900 && parts->year <= 2100;
	}
	if (digits < 1 || digits > 2 || next == number)
		return false;
	skip_ordinal(&next);
	*at = next;
	skip_blanks(&next, " ,");
	if (read_year(&parts->year, &next, last_year) && !is_letter(*next))
		*at = next;
	else
		parts->year = 0;
	return true;
}

static bool is_day(const struct parts *parts)
{
	char text[40];
	long long days;
	snprintf(text, sizeof text, "%04d-%02d-%02d", parts->year ? parts->year : 2000, parts->month,
	         parts->day ? parts->day : 1);
	return date_read(text, &days);
}

static bool read_date(struct parts *parts, size_t *bytes, const char *at, int last_year)
{
	const char *next = at;
	*parts = (struct parts){ 0 };
	bool read = is_digit(*at) ? read_iso(parts, &next) || read_slashed(parts, &next, last_year)
	                                    || read_day_month(parts, &next, last_year)
	                          : read_month_day(parts, &next, last_year);
	*bytes = (size_t)(next - at);
	return read && is_day(parts);
}

bool shape_date(struct shape *shape, const char *at, int last_year)
{
	struct parts parts;
	*shape = (struct shape){ 0 };
	if (!read_date(&parts, &shape->bytes, at, last_year))
		return false;
	snprintf(shape->key, sizeof shape->key, "%04d-%02d-%02d", parts.year, parts.month, parts.day);
	return true;
}

/* Whether somebody born in that year may be of the age of those who answer. No years of fieldwork: nobody can tell. */
static bool is_age(const struct identifier_context *context, int year)
{
	return !context->last_year
	       || (context->last_year - year >= YOUNGEST && context->first_year - year - 1 <= OLDEST);
}

/* D.O.B. is three words of one letter. */
static bool is_near_birth(const struct passage *passage, size_t from, size_t end)
{
	enum { BEFORE = 8, AFTER = 4 };
	if (passage_near(passage, from, end, BEFORE, AFTER, birth_words))
		return true;
	size_t first = passage_word_from(passage, from);
	for (size_t i = first > BEFORE ? first - BEFORE : 0; i + 2 < first; i++)
		if (word_in(&passage->words[i], " d ") && word_in(&passage->words[i + 1], " o ")
		    && word_in(&passage->words[i + 2], " b "))
			return true;
	return false;
}

static void judge_date(struct finder *finder, const struct parts *parts, size_t from, size_t end)
{
	const struct passage *passage = &finder->passage;
	bool birth = is_near_birth(passage, from, end);
	bool move = passage_near(passage, from, end, 6, 6, move_words);
	if (parts->day && parts->year && birth && is_age(finder->context, parts->year))
		finder_add(finder, from, end, IDENTIFIER_BIRTH, CONFIDENCE_HIGH,
		           "a date near a word such as born, of the age of those who answer");
	else if (parts->day && parts->year && birth)
		finder_add(finder, from, end, IDENTIFIER_BIRTH, CONFIDENCE_MEDIUM,
		           "a date near a word such as born, of somebody younger or older than those who answer");
	else if (parts->day && birth)
		finder_add(finder, from, end, IDENTIFIER_BIRTH, CONFIDENCE_MEDIUM, "a day near a word such as born");
	else if (birth && parts->year)
		finder_add(finder, from, end, IDENTIFIER_BIRTH, CONFIDENCE_LOW, "a month near a word such as born");
	else if (parts->day && parts->year && passage_near(passage, from, end, 4, 0, " turned turn "))
		finder_add(finder, from, end, IDENTIFIER_BIRTH, CONFIDENCE_MEDIUM,
		           "a day on which somebody came of an age");
	else if (move && parts->year)
		finder_add(finder, from, end, IDENTIFIER_INDIRECT, CONFIDENCE_LOW,
		           "when somebody moved, or came into care");
	else if (parts->day && parts->year)
		finder_add(finder, from, end, IDENTIFIER_DATE, CONFIDENCE_LOW, "a date");
}

/* born in 2004 */
static void find_year(struct finder *finder, size_t i)
{
	const struct passage *passage = &finder->passage;
	const struct word *words = passage->words;
	const char *at = passage->text + words[i].byte;
	if (i < 2 || words[i].bytes != 4 || (strncmp(at, "19", 2) != 0 && strncmp(at, "20", 2) != 0) || !words[i].digits
	    || !word_in(&words[i - 1], " in ") || !word_in(&words[i - 2], " born "))
		return;
	finder_add(finder, words[i].byte, words[i].byte + 4, IDENTIFIER_BIRTH, CONFIDENCE_LOW, "a year of birth");
}

/* Where no fieldwork is known, a year of two digits up to this one is of this century. */
enum { CENTURY_TURNS = 2030 };

void find_dates(struct finder *finder)
{
	const struct passage *passage = &finder->passage;
	int last_year = finder->context->last_year ? finder->context->last_year : CENTURY_TURNS;
	size_t free_from = 0;
	for (size_t i = 0; i < passage->count; i++) {
		size_t from = passage->words[i].byte, bytes;
		const char *text = passage->text;
		struct parts parts;
		if (from < free_from || (from > 1 && strchr("/.-", text[from - 1]) && is_digit(text[from - 2])))
			continue;
		if (read_date(&parts, &bytes, text + from, last_year) && passage_parts(passage, from + bytes)
		    && !(strchr("/-", text[from + bytes]) && text[from + bytes] && is_digit(text[from + bytes + 1]))) {
			judge_date(finder, &parts, from, from + bytes);
			free_from = from + bytes;
		} else {
			find_year(finder, i);
		}
	}
}
