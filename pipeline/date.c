#include "date.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

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
	if (year < 1800 || year > 2200 || month < 1 || month > 12 || day < 1)
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

/* Years have four digits: two would have to be guessed. */
bool date_read_part(const char **text, const char *dates, long long *days)
{
	const char *start = *text;
	long long parts[3] = { 0 };
	if (read_digits(text, 4, 4, &parts[0]) && skip(text, '-') && read_digits(text, 2, 2, &parts[1])
	    && skip(text, '-') && read_digits(text, 2, 2, &parts[2]))
		return date_days(parts[0], parts[1], parts[2], days);
	if (!dates || strcmp(dates, "iso") == 0)
		return false;
	*text = start;
	if (!read_digits(text, 1, 2, &parts[0]) || !strchr("/.-", **text) || !**text)
		return false;
	char mark = *(*text)++;
	if (!read_digits(text, 1, 2, &parts[1]) || !skip(text, mark) || !read_digits(text, 4, 4, &parts[2]))
		return false;
	bool month_first = strcmp(dates, "mdy") == 0;
	return date_days(parts[2], parts[month_first ? 0 : 1], parts[month_first ? 1 : 0], days);
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
