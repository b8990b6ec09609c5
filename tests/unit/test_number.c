#include "testing.h"

#include <float.h>

#include "number.h"

/* ---- the rounding rule ---- */

static const struct rounding {
	double value;
	int decimals;
	const char *printed;
} roundings[] = {
	/* by hand: half away from zero on the shortest decimal */
	{ 1.005, 2, "1.01" }, { 0.25, 1, "0.3" }, { 2.5, 0, "3" }, { -2.5, 0, "-3" }, { 0.5, 0, "1" }, { -0.5, 0, "-1" },
	{ 1.5, 0, "2" }, { 0.125, 2, "0.13" }, { 2.675, 2, "2.68" }, { 1.015, 2, "1.02" }, { 0.285, 2, "0.29" },
	{ 1.0049999999999999, 2, "1.01" }, /* the same double as 1.005 */ { 1.00499999999999, 2, "1.00" },
	{ 0.04, 1, "0.0" }, { -0.04, 1, "0.0" }, { -0.05, 1, "-0.1" }, { 0.05, 1, "0.1" }, { 0.049999, 1, "0.0" },
	{ 0.0, 0, "0" }, { -0.0, 0, "0" }, { -0.0, 3, "0.000" }, { -0.4, 0, "0" }, { 0.4, 0, "0" },
	{ 999.95, 1, "1000.0" }, { 999.94, 1, "999.9" }, { 9.5, 0, "10" }, { 99.995, 2, "100.00" }, { -9.96, 1, "-10.0" },
	{ 0.999, 2, "1.00" }, { 0.0999, 3, "0.100" }, { 9.9999999999, 9, "10.000000000" },
	{ 1e22, 0, "10000000000000000000000" }, { 1e22, 2, "10000000000000000000000.00" }, { 1e-9, 9, "0.000000001" },
	{ 5e-10, 9, "0.000000001" }, { 4.9e-10, 9, "0.000000000" }, { 5e-324, 9, "0.000000000" }, { 2.2250738585072014e-308, 9, "0.000000000" },
	{ 123456789, 0, "123456789" }, { 123456789, 3, "123456789.000" }, { 12, 1, "12.0" }, { 100, 0, "100" }, { 0.1, 9, "0.100000000" },
	{ 9007199254740993.0, 0, "9007199254740992" }, { 19.5, 1, "19.5" }, { 66.66666666666667, 1, "66.7" },
	/* made with Python 3.11: Decimal(repr(x)).quantize(Decimal(1).scaleb(-d), rounding=ROUND_HALF_UP) */
	{ -370.76982186518603, 7, "-370.7698219" },
	{ -717687218932.0587, 4, "-717687218932.0587" },
	{ 50.718, 4, "50.7180" },
	{ 1.3559470611635076e-41, 7, "0.0000000" },
	{ -245.23385753893172, 2, "-245.23" },
	{ -6756455.416642995, 0, "-6756455" },
	{ 6.2, 3, "6.200" },
	{ 1.5683271252448871e-291, 6, "0.000000" },
	{ 561.7775915261573, 3, "561.778" },
	{ -1.0042262625188449e-11, 2, "0.00" },
	{ 41.957, 2, "41.96" },
	{ 2.7711358891283163e-69, 7, "0.0000000" },
	{ -645.8043952506034, 3, "-645.804" },
	{ -1.6876366836718582e-07, 0, "0" },
	{ 24.3, 3, "24.300" },
	{ 2.24281704093167e-52, 2, "0.00" },
	{ 701.6244237502378, 3, "701.624" },
	{ 14933.961121139164, 3, "14933.961" },
	{ 39.8827, 3, "39.883" },
	{ 1.4467027831715657e-209, 6, "0.000000" },
	{ 552.4218232340179, 9, "552.421823234" },
	{ -8.639796536938687e-06, 2, "0.00" },
	{ 62.3222, 3, "62.322" },
	{ 7.005257624389457e-288, 7, "0.0000000" },
};

static void value_is_rounded_half_away_from_zero(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(roundings); i++) {
		char text[NUMBER_TEXT_SIZE];
		number_print(text, roundings[i].value, roundings[i].decimals);
		assert_string_equal(text, roundings[i].printed);
		double back = strtod(roundings[i].printed, NULL), rounded = number_round(roundings[i].value, roundings[i].decimals);
		assert_true(rounded == back && signbit(rounded) == signbit(back));
	}
}

static void largest_double_is_printed_in_full(void **state)
{
	(void)state;
	char text[NUMBER_TEXT_SIZE];
	number_print(text, -DBL_MAX, 9);
	assert_int_equal(strlen(text), 1 + 309 + 1 + 9);
	assert_memory_equal(text, "-179769313486231570000", 22); /* the shortest decimal, 1.7976931348623157e308, and zeros */
	assert_true(strtod(text, NULL) == -DBL_MAX);
}

static unsigned long long random_state = 88172645463325252ull;

/* Marsaglia's xorshift64. */
static unsigned long long next_random(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return random_state;
}

/* Up to 15 digits come back from a double as they went in, so the rule can be worked out on the integer of the digits:
 * digits / 10^places, rounded to `decimals`. */
static void random_decimals_are_rounded_as_integers_are(void **state)
{
	(void)state;
	for (size_t round = 0; round < 60000; round++) {
		unsigned long long limit = 1;
		for (unsigned long long size = next_random() % 16; size > 0; size--)
			limit *= 10;
		long long digits = (long long)(next_random() % limit);
		int places = (int)(next_random() % 13), decimals = (int)(next_random() % 10);
		bool negative = next_random() % 2;
		char written[40], expected[60], got[NUMBER_TEXT_SIZE];
		snprintf(written, sizeof written, "%s%llde-%d", negative ? "-" : "", digits, places);

		long long rounded = digits;
		for (int i = places; i > decimals + 1; i--)
			rounded /= 10; /* what is beyond the deciding digit does not matter: half and more goes up */
		if (places > decimals)
			rounded = rounded / 10 + (rounded % 10 >= 5);
		char whole[40];
		int behind = places > decimals ? decimals : places; /* digits behind the point in `rounded` */
		snprintf(whole, sizeof whole, "%0*lld", behind + 1, rounded);
		size_t point = strlen(whole) - (size_t)behind;
		snprintf(expected, sizeof expected, "%s%.*s%s%s%.*s", negative && rounded ? "-" : "", (int)point, whole,
		         decimals ? "." : "", whole + point, decimals - behind, "000000000");

		number_print(got, strtod(written, NULL), decimals);
		assert_string_equal(got, expected);
	}
}

/* Any double: what is printed lies within half a unit of its last place, and a little more for the shortest decimal's own
 * distance; and printing what was printed changes nothing. */
static void random_doubles_are_printed_near_and_once(void **state)
{
	(void)state;
	for (size_t round = 0; round < 40000; round++) {
		double value = ((double)(next_random() >> 11) / 4503599627370496.0 - 1) * pow(10, (double)(next_random() % 24) - 12);
		int decimals = (int)(next_random() % 10);
		char text[NUMBER_TEXT_SIZE], again[NUMBER_TEXT_SIZE];
		number_print(text, value, decimals);
		long double back = strtold(text, NULL), half = powl(10, -decimals) / 2;
		assert_true(fabsl(back - (long double)value) <= half * (1 + 1e-12L) + fabsl((long double)value) * 1.2e-16L);
		number_print(again, strtod(text, NULL), decimals);
		if (fabs(value) < 1e5) /* beyond, nine decimals are more than a double has */
			assert_string_equal(again, text);
	}
}

/* ---- exact ---- */

static const struct exact {
	double value;
	const char *text;
} exacts[] = {
	{ 0, "0" }, { -0.0, "0" }, { 1, "1" }, { 10, "10" }, { 20, "20" }, { 100, "100" }, { -1500, "-1500" }, { 0.1, "0.1" }, { 0.5, "0.5" },
	{ 2.5, "2.5" }, { -0.25, "-0.25" }, { 100.5, "100.5" }, { 123456789, "123456789" }, { 1e15, "1000000000000000" },
	{ 9007199254740992.0, "9007199254740992" }, { 0.30000000000000004, "0.30000000000000004" }, { 1.0 / 3, "0.3333333333333333" },
	{ 0.00001, "0.00001" }, { 0.0000012, "1.2e-06" }, { 1e22, "1e+22" }, { 1.5e300, "1.5e+300" }, { 5e-324, "5e-324" }, { 1e16, "10000000000000000" },
	{ 12345678901234568.0, "12345678901234568" }, { 1e17, "1e+17" },
};

static void exact_text_is_short_and_reads_back(void **state)
{
	(void)state;
	char text[NUMBER_TEXT_SIZE];
	for (size_t i = 0; i < COUNT(exacts); i++) {
		number_print_exact(text, exacts[i].value);
		assert_string_equal(text, exacts[i].text);
	}
	for (size_t round = 0; round < 40000; round++) {
		union {
			unsigned long long bits;
			double value;
		} any = { next_random() };
		if (round % 2)
			any.value = (double)(long long)(next_random() % 2000001) / (double)(1 + next_random() % 1000);
		if (!isfinite(any.value))
			continue;
		number_print_exact(text, any.value);
		assert_true(strtod(text, NULL) == any.value);
	}
}

/* ---- reading ---- */

static const struct integer {
	const char *text;
	bool ok;
	long long value;
} integers[] = {
	{ "0", true, 0 }, { "7", true, 7 }, { "-7", true, -7 }, { "+7", true, 7 }, { "007", true, 7 }, { "-0", true, 0 },
	{ "9223372036854775807", true, INT64_MAX }, { "-9223372036854775808", true, INT64_MIN }, { "9223372036854775808", false, 0 },
	{ "-9223372036854775809", false, 0 }, { "99999999999999999999999", false, 0 }, { "", false, 0 }, { "-", false, 0 }, { "+", false, 0 },
	{ "--7", false, 0 }, { "+-7", false, 0 }, { " 7", false, 0 }, { "7 ", false, 0 }, { "7.0", false, 0 }, { "7e1", false, 0 },
	{ "0x7", false, 0 }, { "1,000", false, 0 }, { "7\n", false, 0 }, { "\xd9\xa7", false, 0 } /* an Arabic seven */,
};

static void whole_numbers_are_read_and_nothing_else(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(integers); i++) {
		long long value = 12;
		assert_int_equal(number_read_integer(integers[i].text, &value), integers[i].ok);
		assert_true(value == (integers[i].ok ? integers[i].value : 12));
	}
}

static const struct decimal {
	const char *text;
	bool ok;
	double value;
} decimals[] = {
	{ "0", true, 0 }, { "3.14", true, 3.14 }, { "-3.14", true, -3.14 }, { "+0.5", true, 0.5 }, { ".5", true, 0.5 }, { "5.", true, 5 },
	{ "007.50", true, 7.5 }, { "99999999999", true, 99999999999.0 }, { "", false, 0 }, { ".", false, 0 }, { "-", false, 0 }, { "-.", false, 0 },
	{ "1e5", false, 0 }, { "1E5", false, 0 }, { "0x1p3", false, 0 }, { "0x10", false, 0 }, { "inf", false, 0 }, { "-Infinity", false, 0 },
	{ "nan", false, 0 }, { "NaN", false, 0 }, { "1,5", false, 0 }, { "1.000,5", false, 0 }, { "1.5.2", false, 0 }, { " 1.5", false, 0 },
	{ "1.5 ", false, 0 }, { "--1", false, 0 }, { "1-", false, 0 }, { "\xe2\x88\x92" "5", false, 0 } /* a typographic minus */,
};

static void decimals_are_read_and_nothing_else(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(decimals); i++) {
		double value = 12;
		assert_int_equal(number_read_decimal(decimals[i].text, &value), decimals[i].ok);
		assert_true(value == (decimals[i].ok ? decimals[i].value : 12));
	}
	char huge[400];
	double value = 12;
	memset(huge, '9', sizeof huge - 1);
	huge[sizeof huge - 1] = '\0';
	assert_false(number_read_decimal(huge, &value));
	assert_true(value == 12);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(value_is_rounded_half_away_from_zero),
		cmocka_unit_test(largest_double_is_printed_in_full),
		cmocka_unit_test(random_decimals_are_rounded_as_integers_are),
		cmocka_unit_test(random_doubles_are_printed_near_and_once),
		cmocka_unit_test(exact_text_is_short_and_reads_back),
		cmocka_unit_test(whole_numbers_are_read_and_nothing_else),
		cmocka_unit_test(decimals_are_read_and_nothing_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
