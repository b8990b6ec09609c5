#include "number.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

enum { FEW_DIGITS = 18 }; /* any number of so many fits */

bool number_read_integer(const char *text, long long *value)
{
	const char *digits = *text == '-' || *text == '+' ? text + 1 : text;
	const char *end = digits;
	long long read = 0;
	for (; is_digit(*end) && end - digits < FEW_DIGITS; end++)
		read = 10 * read + (*end - '0');
	if (end > digits && !*end) {
		*value = *text == '-' ? -read : read;
		return true;
	}
	for (; is_digit(*end);)
		end++;
	if (end == digits || *end)
		return false;
	errno = 0;
	read = strtoll(text, NULL, 10);
	if (errno)
		return false;
	*value = read;
	return true;
}

/* strtod follows the locale's decimal point; no stage calls setlocale, so the point is a point. */
bool number_read_decimal(const char *text, double *value)
{
	const char *c = *text == '-' || *text == '+' ? text + 1 : text;
	size_t digits = 0;
	for (; is_digit(*c); c++)
		digits++;
	if (*c == '.')
		for (c++; is_digit(*c); c++)
			digits++;
	if (digits == 0 || *c)
		return false;
	double read = strtod(text, NULL);
	if (!isfinite(read))
		return false;
	*value = read;
	return true;
}

enum { LONGEST_EXACT = 15 }; /* digits that a spreadsheet keeps */

/* The digits of a whole number whose point moves `exponent` places to the right. */
static void write_whole(char whole[NUMBER_TEXT_SIZE], bool negative, const char *digits, size_t before, size_t after,
                        long exponent)
{
	size_t count = before + after;
	*whole = '\0';
	if (exponent < 0 || (size_t)exponent > after || before + (size_t)exponent > LONGEST_EXACT)
		return;
	for (size_t i = before + (size_t)exponent; i < count; i++)
		if (digits[i] != '0')
			return;
	snprintf(whole, NUMBER_TEXT_SIZE, "%s%.*s", negative ? "-" : "", (int)(before + (size_t)exponent), digits);
}

bool number_read_scientific(const char *text, double *value, char whole[NUMBER_TEXT_SIZE])
{
	char pointed[NUMBER_TEXT_SIZE], digits[NUMBER_TEXT_SIZE];
	size_t length = strlen(text), before = 0, after = 0;
	if (length >= sizeof pointed)
		return false;
	memcpy(pointed, text, length + 1);
	char *c = pointed;
	bool negative = *c == '-';
	c += *c == '-' || *c == '+';
	for (; is_digit(*c); c++)
		digits[before++] = *c;
	if (*c == '.' || *c == ',')
		for (*c++ = '.'; is_digit(*c); c++)
			digits[before + after++] = *c;
	if (before == 0 || (*c != 'e' && *c != 'E'))
		return false;
	long long exponent = 0;
	if (!number_read_integer(c + 1, &exponent))
		return false;
	*value = strtod(pointed, NULL); /* too large: infinite; too small: 0 */
	bool small = exponent > -1000 && exponent < 1000;
	write_whole(whole, negative, digits, before, after, small ? (long)exponent : -1);
	return true;
}

/* The shortest digits that read back as the same double: 17 always do. */
static void shortest(char *text, size_t size, double value)
{
	for (int precision = 0; precision < 17; precision++) {
		snprintf(text, size, "%.*e", precision, value);
		if (strtod(text, NULL) == value)
			return;
	}
}

void number_print(char text[NUMBER_TEXT_SIZE], double value, int decimals)
{
	assert(isfinite(value) && decimals >= 0 && decimals <= NUMBER_MAX_DECIMALS);
	char scientific[40], digits[360] = { 0 };
	shortest(scientific, sizeof scientific, fabs(value));

	/* d.ddde[+-]xx into whole digits and the place of the point among them */
	int exponent = atoi(strchr(scientific, 'e') + 1);
	size_t count = 0;
	for (const char *c = scientific; *c != 'e'; c++)
		if (*c != '.')
			digits[count++] = *c;

	/* keep: digits before the cut; the one at the cut decides, half goes away from zero */
	long keep = (long)exponent + 1 + decimals;
	bool up = keep >= 0 && keep < (long)count && digits[keep] >= '5';
	char kept[370];
	size_t length = 0;
	kept[length++] = '0'; /* room for a carry */
	for (long i = 0; i < keep; i++)
		kept[length++] = i < (long)count ? digits[i] : '0';
	for (size_t i = length; up && i-- > 0;) {
		if (kept[i] != '9') {
			kept[i]++;
			up = false;
		} else {
			kept[i] = '0';
		}
	}

	/* at least one digit before the point */
	char padded[400];
	size_t start = 0;
	for (; length + start < (size_t)decimals + 1; start++)
		padded[start] = '0';
	memcpy(padded + start, kept, length);
	length += start;
	size_t first = 0;
	while (first + 1 < length - (size_t)decimals && padded[first] == '0')
		first++;

	bool zero = true;
	for (size_t i = first; i < length; i++)
		zero = zero && padded[i] == '0';
	char *out = text;
	if (value < 0 && !zero)
		*out++ = '-';
	for (size_t i = first; i < length; i++) {
		if (i == length - (size_t)decimals)
			*out++ = '.';
		*out++ = padded[i];
	}
	*out = '\0';
}

double number_round(double value, int decimals)
{
	char text[NUMBER_TEXT_SIZE];
	number_print(text, value, decimals);
	return strtod(text, NULL);
}

void number_print_exact(char text[NUMBER_TEXT_SIZE], double value)
{
	if (!isfinite(value) || value == 0) {
		snprintf(text, NUMBER_TEXT_SIZE, "%g", value + 0); /* -0 is 0 */
		return;
	}
	shortest(text, NUMBER_TEXT_SIZE, value);
	const char *e = strchr(text, 'e');
	int exponent = atoi(e + 1);
	int digits = (int)strspn(strpbrk(text, "0123456789"), "0123456789.");
	digits -= digits > 1; /* the point */
	if (exponent < -5 || exponent > 16) {
		snprintf(text, NUMBER_TEXT_SIZE, "%.*e", digits - 1, value);
		return;
	}
	/* the same digits without an exponent: 10 and not 1e+01 */
	int decimals = digits - 1 - exponent;
	snprintf(text, NUMBER_TEXT_SIZE, "%.*f", decimals > 0 ? decimals : 0, value);
}
