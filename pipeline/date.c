#include "date.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_YEAR = 1800, LAST_YEAR = 2200 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_leap(long long year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static const int days_before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 };

static long long year_begin(long long year)
{
	long long past = year - 1;
	return 365 * year + past / 4 - past / 100 + past / 400 - 719527; /* so that 1970 begins at 0 */
}

static bool date_days(long long year, long long month, long long day, long long *days)
{
	if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1)
		return false;
	bool leap = is_leap(year);
	if (day > days_before[month] - days_before[month - 1] + (month == 2 && leap))
		return false;
	*days = year_begin(year) + days_before[month - 1] + (month > 2 && leap) + day - 1;
	return true;
}

void date_print(char text[11], long long days)
{
	int year = 1970 + (int)floor((double)days / 365.2425);
	while (year_begin(year) > days)
		year--;
	while (year_begin(year + 1) <= days)
		year++;
	int day = (int)(days - year_begin(year)), month = 12, leap = is_leap(year);
	while (days_before[month - 1] + (month > 2 ? leap : 0) > day)
		month--;
	day -= days_before[month - 1] + (month > 2 ? leap : 0);
	snprintf(text, 11, "%04u-%02u-%02u", (unsigned)year % 10000u, (unsigned)month % 100u,
	         (unsigned)(day + 1) % 100u);
}

/* `least` to `most` digits at *text, which moves behind them. */
static bool read_digits(const char **text, size_t least, size_t most, long long *value)
{
	size_t count = 0;
	for (*value = 0; count < most && is_digit(**text); count++)
		*value = 10 * *value + *(*text)++ - '0';
	return count >= least && !is_digit(**text);
}

static bool skip(const char **text, char c)
{
	if (**text != c)
		return false;
	(*text)++;
	return true;
}

/* YYYY-MM-DD */
static bool read_iso(const char **text, long long parts[3])
{
	return read_digits(text, 4, 4, &parts[0]) && skip(text, '-') && read_digits(text, 2, 2, &parts[1])
	       && skip(text, '-') && read_digits(text, 2, 2, &parts[2]);
}

/* Years have four digits: two would have to be guessed. */
bool date_read_slashed(const char **text, long long parts[3])
{
	if (!read_digits(text, 1, 2, &parts[0]) || !**text || !strchr("/.-", **text))
		return false;
	char mark = *(*text)++;
	return read_digits(text, 1, 2, &parts[1]) && skip(text, mark) && read_digits(text, 4, 4, &parts[2]);
}

/* The year, month and day of a date as `dates` says; *slashed where it is not YYYY-MM-DD. */
static bool read_parts(const char **text, const char *dates, long long parts[3], bool *slashed)
{
	const char *start = *text;
	long long read[3] = { 0 };
	*slashed = false;
	if (read_iso(text, parts))
		return true;
	*text = start;
	*slashed = true;
	if (!dates || strcmp(dates, "iso") == 0 || !date_read_slashed(text, read))
		return false;
	bool month_first = strcmp(dates, "mdy") == 0;
	parts[0] = read[2];
	parts[1] = read[month_first ? 0 : 1];
	parts[2] = read[month_first ? 1 : 0];
	return true;
}

bool date_read_part(const char **text, const char *dates, long long *days)
{
	long long parts[3] = { 0 };
	bool slashed = false;
	return read_parts(text, dates, parts, &slashed) && date_days(parts[0], parts[1], parts[2], days);
}

bool date_is_impossible(const char **text, const char *dates, long long *other, bool *fits)
{
	long long parts[3] = { 0 }, days = 0;
	bool slashed = false;
	if (!read_parts(text, dates, parts, &slashed) || parts[0] < FIRST_YEAR || parts[0] > LAST_YEAR
	    || date_days(parts[0], parts[1], parts[2], &days))
		return false;
	*fits = slashed && date_days(parts[0], parts[2], parts[1], other);
	return true;
}

/* Days since 1970-01-01: GNU date -u -d DATE +%s, by 86400. */
bool date_is_sentinel(long long days)
{
	static const long long sentinels[] = {
		-25569, /* 1899-12-30: day 0 of OLE, LibreOffice, Access */
		-25567, /* 1900-01-01: day 1 of Excel, SQL Server's datetime 0 */
		-24107, /* 1904-01-01: day 0 of Excel for Macintosh */
		0,      /* 1970-01-01: Unix */
	};
	for (size_t i = 0; i < sizeof sentinels / sizeof *sentinels; i++)
		if (sentinels[i] == days)
			return true;
	return false;
}

bool date_is_written_sentinel(const char *text)
{
	static const char *const sentinels[] = { "0000-00-00", "0001-01-01", "9999-12-31" };
	for (size_t i = 0; i < sizeof sentinels / sizeof *sentinels; i++) {
		size_t length = strlen(sentinels[i]);
		if (strncmp(text, sentinels[i], length) == 0 && (!text[length] || strchr(" T", text[length])))
			return true;
	}
	return false;
}

bool date_read(const char *text, long long *days)
{
	return date_read_part(&text, "iso", days) && *text == '\0';
}

bool date_read_time(const char *text, long long *seconds)
{
	long long hour = 0, minute = 0, second = 0;
	if (!read_digits(&text, 2, 2, &hour) || !skip(&text, ':') || !read_digits(&text, 2, 2, &minute)
	    || (skip(&text, ':') && !read_digits(&text, 2, 2, &second)) || *text || hour > 23 || minute > 59
	    || second > 59)
		return false;
	*seconds = 3600 * hour + 60 * minute + second;
	return true;
}
