/* The Gregorian calendar, years 1800 to 2200, as days since 1970-01-01. No clock, no time zone. */
#ifndef CANVASS_DATE_H
#define CANVASS_DATE_H

#include <stdbool.h>

/* YYYY-MM-DD and nothing else. */
bool date_read(const char *text, long long *days);
void date_print(char text[11], long long days);

/* A date at *text, which moves behind it, written as `dates` says: iso (NULL too), dmy or mdy with / . or -; YYYY-MM-DD
 * is understood in each. */
bool date_read_part(const char **text, const char *dates, long long *days);

/* The numbers of a date that is written with / . or -, the year last, at *text, which moves behind it. No calendar is
 * asked whether there is such a day. */
bool date_read_slashed(const char **text, long long parts[3]);

/* A date that is written as `dates` says (date_read_part) and that no calendar has: 31/02/2024, month 13. *other is the
 * day that it is with day and month the other way round, and *fits whether there is one. *text moves behind it. */
bool date_is_impossible(const char **text, const char *dates, long long *other, bool *fits);

/* Whether a day is one that software writes for no date. */
bool date_is_sentinel(long long days);

/* The same of a text that is no day of the calendar here: 0000-00-00, 0001-01-01, 9999-12-31; a time may follow. */
bool date_is_written_sentinel(const char *text);

/* HH:MM or HH:MM:SS, to the end, as seconds since midnight. */
bool date_read_time(const char *text, long long *seconds);

#endif
