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

/* HH:MM or HH:MM:SS, to the end, as seconds since midnight. */
bool date_read_time(const char *text, long long *seconds);

#endif
