/* What the cells of one column are like: counters, and the distinct texts as long as they are few. All that a guess is
 * made from, and no larger for a million rows than for a thousand. */
#ifndef DESCRIBE_CELLS_H
#define DESCRIBE_CELLS_H

#include "identifier.h"

#include <stdbool.h>
#include <stddef.h>
#include <uthash.h>

enum {
	CELLS_KEPT = 150,       /* distinct texts that are kept; a column with more of them is no list of answers */
	CELLS_LONGEST = 120,    /* bytes of a text that could be an answer to choose */
	CELLS_PRINTS = 1 << 20, /* cells of an id whose hashes are kept, to see whether all differ */
	CELLS_TOKENS = 13,
	CELLS_SENTINELS = 22,
};

struct cells_text {
	char *text;
	size_t count;
	UT_hash_handle hh;
};

/* Distinct texts in the order in which they came. Over: there were too many or too long ones, and none is kept. */
struct cells_set {
	struct cells_text *texts;
	size_t count;
	bool over;
};

void cells_set_add(struct cells_set *set, const char *text, size_t count);
const struct cells_text *cells_set_find(const struct cells_set *set, const char *text); /* NULL: none */
void cells_set_free(struct cells_set *set);

/* Cells that take several answers, with one sign between. */
struct cells_joined {
	char separator;
	size_t cells, ended;    /* that hold it before another answer; that end with it */
	struct cells_set parts; /* of all cells, also of those with one answer */
};

enum { CELLS_JOINED = 2 };

/* Which whole numbers stand for a missing answer in many files, and how often they occur. */
struct cells_sentinel {
	int value;
	const char *text;
};
extern const struct cells_sentinel cells_sentinels[CELLS_SENTINELS]; /* going up */

/* What is written into a cell that holds nothing. */
extern const char *const cells_tokens[CELLS_TOKENS];

struct cells {
	size_t filled;               /* with an answer: neither blank nor a token */
	size_t tokens[CELLS_TOKENS]; /* NA, N/A, NULL and the like */

	/* Of the filled ones: at most one of these three, or a date, or a text. */
	size_t integers, decimals, commas; /* 12; 1.5; 1,5 */
	size_t thousands;                  /* of the texts: 1,234, which may be either */
	size_t days, moments;              /* dates that date.h reads, without and with a time */
	size_t iso, dmy, mdy;              /* in how many of them each order reads; iso reads in all three */
	size_t exponents;                  /* of the texts: 1e+05, as a program writes that rounds */
	size_t odd_dates;                  /* of the texts: dates written as date.h does not read them */
	double least, most;                /* of the numbers, sentinels apart; NaN: there is none */
	size_t sentinels[CELLS_SENTINELS];
	struct cells_set values; /* numbers and dates */
	struct cells_set texts;  /* all others */
	struct cells_joined joined[CELLS_JOINED];

	size_t shapes[IDENTIFIER_COUNT];
	size_t line_ends, formulas, longest;

	bool prints_wanted, prints_over, prints_repeat; /* of an id; there were too many; two of one file are equal */
	unsigned long long *prints;
	size_t print_count, print_capacity;
};

/* `separator`: what the platform puts between the answers in one cell; '\0': nothing. A semicolon always separates.
 * `key`: remember hashes. Free with cells_free(). */
void cells_begin(struct cells *cells, char separator, bool key);
void cells_free(struct cells *cells);

/* One cell, trimmed; blank ones count for nothing. */
void cells_add(struct cells *cells, const char *text, bool line_end);

/* The file ends: ids need to differ within a file only, as two waves have the same people. */
void cells_end_file(struct cells *cells);

/* Add what another column counted, the hashes apart. */
void cells_merge(struct cells *cells, const struct cells *other);

/* What a spreadsheet would run. */
bool cells_is_formula(const char *text);

/* "1,234", "12,345,678". */
bool cells_is_thousands(const char *text);

#endif
