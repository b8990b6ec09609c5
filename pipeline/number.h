/* Numbers between text and double, by one decimal rule, whatever the locale. */
#ifndef CANVASS_NUMBER_H
#define CANVASS_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

enum { NUMBER_MAX_DECIMALS = 9, NUMBER_TEXT_SIZE = 400 };

/* A whole number: optional sign, ASCII digits, nothing else, within int64. */
bool number_read_integer(const char *text, long long *value);

/* A decimal number: optional sign, digits, optional point and digits. No exponent, inf, nan, hexadecimal or comma. */
bool number_read_decimal(const char *text, double *value);

/* A number in scientific notation: 1.23E+05, with a point or a comma. *value is infinite where no double is so large.
 * `whole` is the whole number that it is, where every digit of that is written out: 123457 of 1.23457E+05; of 1.23E+05
 * "", which stands for 123456 too. */
bool number_read_scientific(const char *text, double *value, char whole[NUMBER_TEXT_SIZE]);

/* Round half away from zero on the shortest decimal that reads back as `value` (so 1.005 gives 1.01, 0.25 gives 0.3,
 * 2.5 gives 3), and print with exactly `decimals` digits behind the point. -0 prints as 0. `value` must be finite. */
void number_print(char text[NUMBER_TEXT_SIZE], double value, int decimals);

/* The same rule, as a double. */
double number_round(double value, int decimals);

/* The shortest text that reads back as the same double. */
void number_print_exact(char text[NUMBER_TEXT_SIZE], double value);

#endif
