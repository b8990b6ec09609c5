#include "damage.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "date.h"
#include "mem.h"
#include "number.h"

/* What a cell may have been before it was damaged. */
struct readings {
	char texts[10][DAMAGE_SIZE];
	size_t count;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_number(enum variable_type type)
{
	return type == VARIABLE_INTEGER || type == VARIABLE_NUMBER;
}

static bool is_among(const char *text, const char *const *words, size_t count,
                     int (*compare)(const char *, const char *))
{
	for (size_t i = 0; i < count; i++)
		if (compare(text, words[i]) == 0)
			return true;
	return false;
}

static void add_reading(struct readings *readings, const char *text)
{
	if (readings->count < COUNT(readings->texts) && strlen(text) < DAMAGE_SIZE)
		strcpy(readings->texts[readings->count++], text);
}

/* --- a spreadsheet's error values --- */

static bool is_error_word(const char *text)
{
	static const char *const words[] = { "#REF!",  "#N/A",  "#VALUE!", "#DIV/0!", "#NAME?",
		                             "#NULL!", "#NUM!", "#SPILL!", "#CALC!" };
	return is_among(text, words, COUNT(words), strcmp);
}

/* A column too narrow for its numbers is saved as it is shown: ##### */
static bool find_error(struct readings *readings, const struct damage_cell *cell)
{
	(void)readings;
	size_t hashes = strspn(cell->text, "#");
	return is_error_word(cell->text) || (hashes > 1 && !cell->text[hashes]);
}

/* --- no number --- */

/* A number without an exponent, of more digits than any double has. */
static bool is_too_long(const char *text)
{
	double value = 0;
	text += *text == '-' || *text == '+';
	size_t before = strspn(text, "0123456789"), after = text[before] == '.' ? 1 : 0;
	after += after ? strspn(text + before + 1, "0123456789") : 0;
	return before > 0 && !text[before + after] && !number_read_decimal(text, &value);
}

/* What Python, R, SAS, C and Windows write. Infinity is a word that a code or an id may be. */
static bool find_not_finite(struct readings *readings, const struct damage_cell *cell)
{
	static const char *const none[] = { "nan", "-nan", "+nan", "1.#QNAN", "-1.#IND", "nan(ind)", "-nan(ind)" };
	static const char *const infinite[] = { "inf",       "-inf",   "+inf",    "infinity",    "-infinity",
		                                "+infinity", "1.#INF", "-1.#INF", "\xe2\x88\x9e" };
	char whole[NUMBER_TEXT_SIZE];
	double value = 0;
	(void)readings;
	bool date = cell->type == VARIABLE_DATE || cell->type == VARIABLE_DATETIME;
	if (is_among(cell->text, none, COUNT(none), strcasecmp) || (date && strcmp(cell->text, "NaT") == 0))
		return true;
	if (!is_number(cell->type))
		return false;
	bool beyond = number_read_scientific(cell->text, &value, whole) && !isfinite(value);
	return beyond || is_too_long(cell->text) || is_among(cell->text, infinite, COUNT(infinite), strcasecmp);
}

/* --- digits of other scripts --- */

/* The zero of each script that has decimal digits: Unicode 14, general category Nd, without ASCII. Nine follow each. */
static const unsigned zeros[] = {
	0x0660,  0x06f0,  0x07c0,  0x0966,  0x09e6,  0x0a66,  0x0ae6,  0x0b66,  0x0be6,  0x0c66,  0x0ce6,
	0x0d66,  0x0de6,  0x0e50,  0x0ed0,  0x0f20,  0x1040,  0x1090,  0x17e0,  0x1810,  0x1946,  0x19d0,
	0x1a80,  0x1a90,  0x1b50,  0x1bb0,  0x1c40,  0x1c50,  0xa620,  0xa8d0,  0xa900,  0xa9d0,  0xa9f0,
	0xaa50,  0xabf0,  0xff10,  0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450,
	0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0,
	0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
};

/* The character at *text, which moves behind it. The text is valid UTF-8: ingest has seen to that. */
static unsigned next_character(const char **text)
{
	const unsigned char *c = (const unsigned char *)*text;
	size_t more = *c >= 0xf0 ? 3 : *c >= 0xe0 ? 2 : *c >= 0xc0 ? 1 : 0;
	unsigned character = more == 3 ? *c & 0x07u : more == 2 ? *c & 0x0fu : more == 1 ? *c & 0x1fu : *c;
	size_t read = 1;
	for (; read <= more && (c[read] & 0xc0) == 0x80; read++)
		character = character << 6 | (c[read] & 0x3fu);
	*text += read;
	return character;
}

/* The ASCII digit of the same value; '\0': it is no digit of another script. */
static char ascii_digit(unsigned character)
{
	for (size_t i = 0; i < COUNT(zeros); i++)
		if (character >= zeros[i] && character <= zeros[i] + 9)
			return (char)('0' + (character - zeros[i]));
	return '\0';
}

/* Full-width letters and signs come with full-width digits, from one keyboard. */
static bool find_digits(struct readings *readings, const struct damage_cell *cell)
{
	char plain[DAMAGE_SIZE];
	size_t length = 0;
	bool any = false, whole = strlen(cell->text) < sizeof plain;
	for (const char *at = cell->text; *at;) {
		const char *start = at;
		unsigned character = next_character(&at);
		char digit = character < 0x80 ? '\0' : ascii_digit(character);
		any = any || digit;
		if (!digit && character >= 0xff01 && character <= 0xff5e)
			digit = (char)(character - 0xff01 + '!');
		if (!whole)
			continue;
		if (digit)
			plain[length++] = digit;
		else
			for (; start < at; start++)
				plain[length++] = *start;
	}
	plain[whole ? length : 0] = '\0';
	if (any && whole)
		add_reading(readings, plain);
	return any;
}

/* --- scientific notation --- */

/* As spreadsheets write it: one digit before the point, a large E, a sign, two digits or three. What is looser than
 * that may be an id or code of its own: 12E5. */
static bool is_spreadsheet_number(const char *text)
{
	text += *text == '-';
	if (!is_digit(*text++))
		return false;
	if (*text == '.' || *text == ',') {
		size_t digits = strspn(text + 1, "0123456789");
		text += digits ? digits + 1 : 0;
	}
	if (text[0] != 'E' || (text[1] != '+' && text[1] != '-'))
		return false;
	size_t exponent = strspn(text + 2, "0123456789");
	return (exponent == 2 || exponent == 3) && !text[2 + exponent];
}

static bool find_spreadsheet_number(struct readings *readings, const struct damage_cell *cell)
{
	char whole[NUMBER_TEXT_SIZE];
	double value = 0;
	if (!number_read_scientific(cell->text, &value, whole)
	    || (!is_number(cell->type) && !is_spreadsheet_number(cell->text)))
		return false;
	if (*whole)
		add_reading(readings, whole);
	return true;
}

/* --- dates --- */

static long long read_month(const char **text)
{
	static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun",
		                              "jul", "aug", "sep", "oct", "nov", "dec" };
	for (size_t i = 0; i < COUNT(months); i++)
		if (strncasecmp(*text, months[i], 3) == 0) {
			*text += 3;
			return (long long)i + 1;
		}
	return 0;
}

static long long read_pair(const char **text)
{
	long long value = 0;
	size_t count = strspn(*text, "0123456789");
	if (count == 0 || count > 2)
		return -1;
	while (count--)
		value = 10 * value + *(*text)++ - '0';
	return value;
}

/* 3-Apr, 03-Apr-26, 03-Apr-2026, Apr-25: the two numbers that a person wrote for it. */
static bool read_named_day(const char *text, long long *first, long long *second)
{
	bool month_first = !is_digit(*text);
	*first = month_first ? read_month(&text) : read_pair(&text);
	if (*first < 1 || *text++ != '-')
		return false;
	*second = month_first ? read_pair(&text) : read_month(&text);
	if (*second < (month_first ? 0 : 1))
		return false;
	if (*text != '-' || month_first)
		return !*text;
	size_t year = strspn(++text, "0123456789");
	return (year == 2 || year == 4) && !text[year];
}

/* A whole date, in any order, with or without a time. */
static bool read_whole_day(const char *text, long long *first, long long *second)
{
	static const char *const orders[] = { "dmy", "mdy" };
	long long days = 0, seconds = 0;
	for (size_t i = 0; i < COUNT(orders); i++) {
		const char *end = text;
		char date[11];
		if (!date_read_part(&end, orders[i], &days)
		    || (*end && ((*end != ' ' && *end != 'T') || !date_read_time(end + 1, &seconds))))
			continue;
		date_print(date, days);
		*first = atoi(date + 8);
		*second = atoi(date + 5);
		return true;
	}
	return false;
}

/* Which of 3-4 and 4/3 it was depends on the computer that made a date of it. */
static bool find_spreadsheet_date(struct readings *readings, const struct damage_cell *cell)
{
	long long first = 0, second = 0;
	char text[32];
	if (!read_named_day(cell->text, &first, &second) && !read_whole_day(cell->text, &first, &second))
		return false;
	for (const char *mark = "-/"; *mark; mark++) {
		snprintf(text, sizeof text, "%d%c%d", (int)first, *mark, (int)second);
		add_reading(readings, text);
		snprintf(text, sizeof text, "%d%c%d", (int)second, *mark, (int)first);
		add_reading(readings, text);
	}
	return true;
}

/* --- other ways of writing a number --- */

static size_t sign_of_money(const char *text)
{
	static const char *const signs[] = { "$", "\xc2\xa3", "\xe2\x82\xac" }; /* pound, euro */
	for (size_t i = 0; i < COUNT(signs); i++)
		if (strncmp(text, signs[i], strlen(signs[i])) == 0)
			return strlen(signs[i]);
	return 0;
}

/* What a number is without the signs around it. */
struct dressed {
	char bare[64]; /* digits, and what stands between them */
	bool negative, per_cent;
};

static bool undress(struct dressed *dressed, const char *text)
{
	static const char minus[] = "\xe2\x88\x92";
	size_t length = 0, skipped = 0;
	*dressed = (struct dressed){ .negative = false };
	for (; *text && !is_digit(*text) && !strchr(".,", *text); text += skipped) {
		bool is_minus = *text == '-' || strncmp(text, minus, strlen(minus)) == 0;
		if (*text == '-' || *text == '+' || *text == ' ')
			skipped = 1;
		else
			skipped = is_minus ? strlen(minus) : sign_of_money(text);
		if (skipped == 0 || (is_minus && dressed->negative))
			return false;
		dressed->negative = dressed->negative || is_minus;
	}
	while (*text && (is_digit(*text) || strchr("., '", *text)) && length + 1 < sizeof dressed->bare)
		dressed->bare[length++] = *text++;
	while (length && dressed->bare[length - 1] == ' ')
		length--;
	dressed->bare[length] = '\0';
	for (; *text; text += skipped) {
		skipped = *text == ' ' || *text == '%' ? 1 : sign_of_money(text);
		dressed->per_cent = dressed->per_cent || *text == '%';
		if (skipped == 0)
			return false;
	}
	return strpbrk(dressed->bare, "0123456789") != NULL;
}

/* Digits in groups of three with `group` between ('\0': none), and what follows `decimal`. False: not so written. */
static bool read_grouped(char *plain, const char *bare, char group, char decimal)
{
	size_t before = 0, since = 0, groups = 0, length = 0;
	for (; *bare && *bare != decimal; bare++) {
		if (is_digit(*bare)) {
			plain[length++] = *bare;
			before++;
			since++;
		} else if (group && *bare == group && since > 0 && since <= 3 && (groups == 0 || since == 3)) {
			groups++;
			since = 0;
		} else {
			return false;
		}
	}
	if ((group && (groups == 0 || since != 3)) || before == 0)
		return false;
	if (*bare == decimal) {
		plain[length++] = '.';
		for (bare++; is_digit(*bare); bare++)
			plain[length++] = *bare;
	}
	plain[length] = '\0';
	return !*bare;
}

/* Digits that blanks alone keep from being a number. */
static bool is_spaced(const char *bare)
{
	return strchr(bare, ' ') && !bare[strspn(bare, "0123456789 ")];
}

/* Written as the export declares: what is wrong with it is something else. */
static bool is_declared(const struct damage_cell *cell)
{
	char plain[DAMAGE_SIZE];
	const char *bare = cell->text + (*cell->text == '-' || *cell->text == '+');
	return strlen(bare) < sizeof plain && read_grouped(plain, bare, '\0', cell->decimal_comma ? ',' : '.');
}

/* What was written, for a whole number without its zeros behind the point. */
static bool write_number(char meant[DAMAGE_SIZE], const struct dressed *dressed, const char *plain,
                         const struct damage_cell *cell)
{
	size_t point = strcspn(plain, "."), decimals = strlen(plain) - point;
	bool whole = plain[point] == '\0' || !plain[point + 1 + strspn(plain + point + 1, "0")];
	if (cell->type == VARIABLE_INTEGER && !whole)
		return false;
	if (cell->type == VARIABLE_INTEGER || decimals == 1)
		decimals = 0;
	const char *sign = dressed->negative ? "-" : "", *mark = cell->decimal_comma ? "," : ".";
	snprintf(meant, DAMAGE_SIZE, "%s%.*s%s%s", sign, (int)point, plain, decimals ? mark : "",
	         decimals ? plain + point + 1 : "");
	return true;
}

/* 1.234 may be a thousand or one and a bit: where two readings differ neither is suggested. Of a per cent sign nobody
 * knows whether the question was about shares or per cents. */
static bool find_number_format(struct readings *readings, const struct damage_cell *cell)
{
	static const struct {
		char group, decimal;
	} ways[] = { { '\0', '.' }, { '\0', ',' }, { ',', '.' },  { '.', ',' },
		     { ' ', '.' },  { ' ', ',' },  { '\'', '.' }, { '\'', ',' } };
	struct dressed dressed;
	char plain[sizeof dressed.bare], meant[DAMAGE_SIZE], only[DAMAGE_SIZE] = "";
	bool found = false, two = false;
	if (is_declared(cell) || !undress(&dressed, cell->text))
		return false;
	for (size_t i = 0; i < COUNT(ways); i++) {
		if (!read_grouped(plain, dressed.bare, ways[i].group, ways[i].decimal))
			continue;
		found = true;
		if (!write_number(meant, &dressed, plain, cell))
			continue;
		two = two || (*only && strcmp(only, meant) != 0);
		strcpy(only, meant);
	}
	if (*only && !two && !dressed.per_cent)
		add_reading(readings, only);
	return found || is_spaced(dressed.bare);
}

/* --- zeros in front --- */

static bool find_zeros(struct readings *readings, const struct damage_cell *cell)
{
	char text[DAMAGE_SIZE];
	size_t length = strlen(cell->text);
	if (length > 20 || cell->text[strspn(cell->text, "0123456789")])
		return false;
	for (int zeros_in_front = 1; zeros_in_front <= 9; zeros_in_front++) {
		snprintf(text, sizeof text, "%0*d%s", zeros_in_front, 0, cell->text);
		add_reading(readings, text);
	}
	return true;
}

/* --- all of them --- */

#define TYPE(name) (1u << VARIABLE_##name)
enum {
	WORDS = TYPE(ID) | TYPE(TEXT),
	CODES = TYPE(CODE) | TYPE(CODES),
	NUMBERS = TYPE(INTEGER) | TYPE(NUMBER),
	DATES = TYPE(DATE) | TYPE(DATETIME),
};

/* The first that a cell shows is what is said of it. */
static const struct kind {
	enum finding_code finding;
	unsigned types;
	bool (*find)(struct readings *readings, const struct damage_cell *cell);
	bool must_fit; /* it is no damage unless a reading fits */
} kinds[] = {
	{ FINDING_CELL_EXCEL_ERROR, WORDS | CODES | NUMBERS | DATES, find_error, false },
	{ FINDING_CELL_NOT_FINITE, CODES | NUMBERS | DATES, find_not_finite, false },
	{ FINDING_CELL_DIGIT, WORDS | CODES | NUMBERS | DATES, find_digits, false },
	{ FINDING_CELL_EXCEL_NUMBER, WORDS | CODES | NUMBERS, find_spreadsheet_number, false },
	{ FINDING_CELL_EXCEL_DATE, WORDS | CODES | NUMBERS, find_spreadsheet_date, false },
	{ FINDING_CELL_NUMBER_FORMAT, NUMBERS, find_number_format, false },
	{ FINDING_CELL_EXCEL_ZEROS, WORDS | TYPE(CODE), find_zeros, true },
};

enum finding_code damage_find(char meant[DAMAGE_SIZE], const struct damage_cell *cell)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct readings readings = { .count = 0 };
		size_t fitting = 0;
		*meant = '\0';
		if (!(kinds[i].types & 1u << cell->type) || !kinds[i].find(&readings, cell))
			continue;
		for (size_t r = 0; r < readings.count; r++)
			if (cell->fits(cell->context, readings.texts[r]) && ++fitting == 1)
				strcpy(meant, readings.texts[r]);
		if (fitting == 0 && kinds[i].must_fit)
			continue;
		if (fitting > 1)
			*meant = '\0';
		return kinds[i].finding;
	}
	*meant = '\0';
	return FINDING_NONE;
}

enum finding_code damage_of_words(const char *text, enum variable_type type)
{
	if (*text == '#' && is_error_word(text))
		return FINDING_CELL_EXCEL_ERROR;
	bool number = type == VARIABLE_ID && (is_digit(*text) || *text == '-') && is_spreadsheet_number(text);
	return number ? FINDING_CELL_EXCEL_NUMBER : FINDING_NONE;
}
