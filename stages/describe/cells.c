#include "cells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mem.h"
#include "number.h"
#include "text.h"

const struct cells_sentinel cells_sentinels[CELLS_SENTINELS] = {
	{ -9999, "-9999" }, { -999, "-999" }, { -998, "-998" }, { -997, "-997" }, { -888, "-888" }, { -777, "-777" },
	{ -99, "-99" },     { -98, "-98" },   { -97, "-97" },   { -88, "-88" },   { -77, "-77" },   { -9, "-9" },
	{ -8, "-8" },       { -7, "-7" },     { 77, "77" },     { 88, "88" },     { 97, "97" },     { 98, "98" },
	{ 99, "99" },       { 888, "888" },   { 999, "999" },   { 9999, "9999" },
};

/* As statistics programs, databases and spreadsheets write "nothing here". */
const char *const cells_tokens[CELLS_TOKENS] = { "NA",  "N/A", "n/a", "#N/A", "#NULL!", "NULL", "null",
	                                         "NaN", "nan", ".",   "..",   "-",      "--" };

/* --- distinct texts --- */

void cells_set_free(struct cells_set *set)
{
	struct cells_text *text, *next;
	HASH_ITER(hh, set->texts, text, next)
	{
		HASH_DEL(set->texts, text);
		free(text->text);
		free(text);
	}
	*set = (struct cells_set){ 0 };
}

static void give_up(struct cells_set *set)
{
	cells_set_free(set);
	set->over = true;
}

const struct cells_text *cells_set_find(const struct cells_set *set, const char *text)
{
	struct cells_text *found = NULL;
	HASH_FIND_STR(set->texts, text, found);
	return found;
}

void cells_set_add(struct cells_set *set, const char *text, size_t count)
{
	if (set->over)
		return;
	struct cells_text *found = NULL;
	HASH_FIND_STR(set->texts, text, found);
	if (found) {
		found->count += count;
		return;
	}
	if (set->count == CELLS_KEPT || strlen(text) > CELLS_LONGEST) {
		give_up(set);
		return;
	}
	struct cells_text *added = mem_alloc(1, sizeof *added);
	added->text = mem_copy_text(text);
	added->count = count;
	HASH_ADD_KEYPTR(hh, set->texts, added->text, strlen(added->text), added);
	set->count++;
}

/* --- numbers --- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* 007 is no number: who writes it means the zeros. */
static bool has_leading_zero(const char *text)
{
	text += *text == '-' || *text == '+';
	return *text == '0' && is_digit(text[1]);
}

bool cells_is_thousands(const char *text)
{
	text += *text == '-' || *text == '+';
	size_t first = strspn(text, "0123456789");
	if (first == 0 || first > 3 || text[first] != ',')
		return false;
	text += first;
	while (*text == ',' && is_digit(text[1]) && is_digit(text[2]) && is_digit(text[3]) && !is_digit(text[4]))
		text += 4;
	return *text == '\0';
}

/* 1,5 as 1.5; a thousand too, as the text alone cannot tell. */
static bool read_comma(const char *text, double *value)
{
	const char *comma = strchr(text, ',');
	if (!comma || !is_digit(comma[1]) || strchr(text, '.') || strchr(comma + 1, ',') || strlen(text) > 40)
		return false;
	char *pointed = mem_copy_text(text);
	pointed[comma - text] = '.';
	bool ok = number_read_decimal(pointed, value);
	free(pointed);
	return ok;
}

/* 1e+05, 2.5E6. */
static bool has_exponent(const char *text)
{
	text += *text == '-' || *text == '+';
	size_t digits = strspn(text, "0123456789.");
	if (digits == 0 || !is_digit(*text) || (text[digits] != 'e' && text[digits] != 'E'))
		return false;
	text += digits + 1;
	text += *text == '-' || *text == '+';
	return is_digit(*text) && text[strspn(text, "0123456789")] == '\0';
}

static void count_value(struct cells *cells, double value)
{
	for (size_t i = 0; i < CELLS_SENTINELS; i++)
		if (value == cells_sentinels[i].value) {
			cells->sentinels[i]++;
			return;
		}
	cells->least = isnan(cells->least) || value < cells->least ? value : cells->least;
	cells->most = isnan(cells->most) || value > cells->most ? value : cells->most;
}

static bool add_number(struct cells *cells, const char *text)
{
	long long integer = 0;
	double value = 0;
	if (has_leading_zero(text) && !strchr(text, '.') && !strchr(text, ','))
		return false;
	if (number_read_integer(text, &integer)) {
		cells->integers++;
		count_value(cells, (double)integer);
	} else if (number_read_decimal(text, &value)) {
		cells->decimals++;
		count_value(cells, value);
	} else if (read_comma(text, &value)) {
		cells->commas++;
		cells->thousands += cells_is_thousands(text);
		count_value(cells, value);
	} else {
		return false;
	}
	return true;
}

/* --- dates --- */

/* A date in one order, and what follows it: nothing, a time, or something else. */
enum written { WRITTEN_NO, WRITTEN_DAY, WRITTEN_MOMENT, WRITTEN_ODD };

static enum written read_date(const char *text, const char *order)
{
	long long days = 0, seconds = 0;
	const char *end = text;
	if (!date_read_part(&end, order, &days))
		return WRITTEN_NO;
	if (!*end)
		return WRITTEN_DAY;
	return strchr(" T", *end) && date_read_time(end + 1, &seconds) ? WRITTEN_MOMENT : WRITTEN_ODD;
}

/* 5/10/21, 5/10/21 9:36:44. */
static bool is_odd_date(const char *text)
{
	size_t parts = 0;
	char mark = '\0';
	for (; parts < 3; parts++) {
		size_t digits = strspn(text, "0123456789");
		if (digits == 0 || digits > 4)
			return false;
		text += digits;
		if (parts == 0)
			mark = *text;
		if (parts < 2 && (!mark || !strchr("/.-", mark) || *text++ != mark))
			return false;
	}
	return !*text || *text == ' ' || *text == 'T' || *text == ',';
}

static bool add_date(struct cells *cells, const char *text)
{
	enum written iso = read_date(text, "iso"), dmy = read_date(text, "dmy"), mdy = read_date(text, "mdy");
	enum written any = iso ? iso : dmy ? dmy : mdy;
	if (any == WRITTEN_ODD || (!any && is_odd_date(text))) {
		cells->odd_dates++;
		return false;
	}
	cells->days += any == WRITTEN_DAY;
	cells->moments += any == WRITTEN_MOMENT;
	cells->iso += iso != WRITTEN_NO;
	cells->dmy += dmy != WRITTEN_NO;
	cells->mdy += mdy != WRITTEN_NO;
	return any != WRITTEN_NO;
}

/* --- several answers in one cell --- */

/* Between blanks stand codes: free text has words, and more of them than a question has answers. */
static bool is_code(const char *part)
{
	return part[strspn(part, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-")] == '\0';
}

static void add_joined(struct cells_joined *joined, const char *text)
{
	if (!joined->separator || joined->parts.over)
		return;
	size_t parts = 0;
	const char separator[] = { joined->separator, '\0' };
	char *copy = mem_copy_text(text), *next = copy;
	joined->ended += text[strlen(text) - 1] == joined->separator;
	for (char *part; (part = strtok_r(next, separator, &next));) {
		part += strspn(part, " \t\n\r");
		for (size_t length = strlen(part); length && strchr(" \t\n\r", part[length - 1]); length--)
			part[length - 1] = '\0';
		if (!*part)
			continue;
		parts++;
		if (joined->separator == ' ' && !is_code(part))
			give_up(&joined->parts);
		cells_set_add(&joined->parts, part, 1);
	}
	joined->cells += parts > 1;
	free(copy);
}

/* --- a column --- */

void cells_begin(struct cells *cells, char separator, bool key)
{
	*cells = (struct cells){ .least = NAN, .most = NAN, .prints_wanted = key };
	cells->joined[0].separator = separator;
	cells->joined[1].separator = separator == ';' ? '\0' : ';';
}

void cells_free(struct cells *cells)
{
	cells_set_free(&cells->values);
	cells_set_free(&cells->texts);
	for (size_t i = 0; i < CELLS_JOINED; i++)
		cells_set_free(&cells->joined[i].parts);
	free(cells->prints);
	cells->prints = NULL;
}

/* FNV-1a, 64 bits. Of a million ids two share a hash by chance once in 30 million files. */
static unsigned long long hash_of(const char *text)
{
	unsigned long long hash = 14695981039346656037u;
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 1099511628211u;
	return hash;
}

static void add_print(struct cells *cells, const char *text)
{
	if (!cells->prints_wanted || cells->prints_over)
		return;
	if (cells->print_count == CELLS_PRINTS) {
		cells->prints_over = true;
		return;
	}
	cells->prints = mem_grow(cells->prints, cells->print_count, &cells->print_capacity, sizeof *cells->prints);
	cells->prints[cells->print_count++] = hash_of(text);
}

static int compare_prints(const void *a, const void *b)
{
	unsigned long long left = *(const unsigned long long *)a, right = *(const unsigned long long *)b;
	return left < right ? -1 : left > right;
}

void cells_end_file(struct cells *cells)
{
	if (cells->print_count)
		mem_sort(cells->prints, cells->print_count, sizeof *cells->prints, compare_prints);
	for (size_t i = 1; i < cells->print_count; i++)
		cells->prints_repeat = cells->prints_repeat || cells->prints[i] == cells->prints[i - 1];
	cells->print_count = 0;
}

bool cells_is_formula(const char *text)
{
	if (!*text || !strchr("=+-@ \t\n\xef", *text)) /* most texts, and cheaply */
		return false;
	struct text field = { 0 };
	text_add_escaped(&field, TEXT_CSV, text); /* the one rule, which leads it with an apostrophe */
	const char *first = field.bytes + (*field.bytes == '"');
	bool formula = *first == '\'' && *text != '\'';
	text_free(&field);
	return formula;
}

/* Also behind a semicolon, where some spreadsheets begin a new cell. */
static bool holds_formula(const char *text)
{
	bool holds = cells_is_formula(text);
	for (const char *part = text; !holds && (part = strpbrk(part, ";\t\n")); part++)
		holds = cells_is_formula(part + 1 + strspn(part + 1, " "));
	return holds;
}

void cells_add(struct cells *cells, const char *text, bool line_end)
{
	if (!*text)
		return;
	for (size_t i = 0; i < CELLS_TOKENS; i++)
		if (strcmp(cells_tokens[i], text) == 0) {
			cells->tokens[i]++;
			return;
		}
	cells->filled++;
	cells->shapes[identifier_of_value(text)]++;
	cells->line_ends += line_end || strpbrk(text, "\r\n");
	size_t length = strlen(text);
	cells->longest = length > cells->longest ? length : cells->longest;
	add_print(cells, text);
	bool number = add_number(cells, text), date = !number && add_date(cells, text);
	cells->exponents += !number && !date && has_exponent(text);
	cells_set_add(number || date ? &cells->values : &cells->texts, text, 1);
	if (!number)
		cells->formulas += holds_formula(text);
	for (size_t i = 0; i < CELLS_JOINED; i++)
		add_joined(&cells->joined[i], text);
}

static void merge_set(struct cells_set *set, const struct cells_set *other)
{
	if (other->over)
		give_up(set);
	for (const struct cells_text *text = other->texts; text; text = text->hh.next)
		cells_set_add(set, text->text, text->count);
}

void cells_merge(struct cells *cells, const struct cells *other)
{
	cells->filled += other->filled;
	for (size_t i = 0; i < CELLS_TOKENS; i++)
		cells->tokens[i] += other->tokens[i];
	for (size_t i = 0; i < CELLS_SENTINELS; i++)
		cells->sentinels[i] += other->sentinels[i];
	for (size_t i = 0; i < IDENTIFIER_COUNT; i++)
		cells->shapes[i] += other->shapes[i];
	cells->integers += other->integers;
	cells->decimals += other->decimals;
	cells->commas += other->commas;
	cells->thousands += other->thousands;
	cells->days += other->days;
	cells->moments += other->moments;
	cells->iso += other->iso;
	cells->dmy += other->dmy;
	cells->mdy += other->mdy;
	cells->odd_dates += other->odd_dates;
	cells->exponents += other->exponents;
	cells->line_ends += other->line_ends;
	cells->formulas += other->formulas;
	cells->longest = other->longest > cells->longest ? other->longest : cells->longest;
	cells->least = isnan(cells->least) || other->least < cells->least ? other->least : cells->least;
	cells->most = isnan(cells->most) || other->most > cells->most ? other->most : cells->most;
	merge_set(&cells->values, &other->values);
	merge_set(&cells->texts, &other->texts);
	for (size_t i = 0; i < CELLS_JOINED; i++) {
		cells->joined[i].cells += other->joined[i].cells;
		cells->joined[i].ended += other->joined[i].ended;
		merge_set(&cells->joined[i].parts, &other->joined[i].parts);
	}
}
