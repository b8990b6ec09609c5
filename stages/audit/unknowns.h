/* Unknown numbers and what is known of them: bounds of each, and linear rows that tie them. Narrowed as far as single
 * rows and whole numbers tell; program.h does the rest. Columns and rows are open for reading. */
#ifndef CANVASS_AUDIT_UNKNOWNS_H
#define CANVASS_AUDIT_UNKNOWNS_H

#include <stdbool.h>
#include <stddef.h>
#include <uthash.h>

/* Nearer than this to a whole number, a count is that number. */
#define UNKNOWNS_NEAR 1e-6

/* Ids are positions from 1; 0 means none. */
struct column {
	char *key;
	size_t id;
	bool whole;          /* a count: bounds snap to whole numbers */
	bool unasked;        /* nobody asks for its ends: it only ties others */
	double least, most;  /* equal: known */
	size_t same_as;      /* 0, or the column that this one follows: sign * that + offset */
	double sign, offset; /* sign: 1 or -1 */
	UT_hash_handle hh;
};

struct term {
	size_t column;
	double factor;
};

/* least <= sum of factor * column <= most */
struct row {
	char *key;           /* its terms and bounds as text: what is said twice is said once */
	size_t first, count; /* in terms, by column, no factor 0 */
	double least, most;
	UT_hash_handle hh;
};

struct unknowns {
	struct column **columns, *columns_by_key;
	struct row **rows, *rows_by_key;
	struct term *terms; /* of all rows, and of the one under way */
	size_t column_count, column_capacity, row_count, row_capacity, term_count, term_capacity;
	size_t row_start;   /* first term of the row under way */
	bool contradiction; /* two facts exclude each other */
};

void unknowns_free(struct unknowns *unknowns); /* what is inside */

struct column *unknowns_at(const struct unknowns *unknowns, size_t id);
size_t unknowns_find(const struct unknowns *unknowns, const char *key); /* 0 where there is none */
/* What is added as no whole number is one: its bounds snap to whole numbers too. */
void unknowns_whole(struct unknowns *unknowns, size_t id);
size_t unknowns_add(struct unknowns *unknowns, const char *key, bool whole, double least, double most);

/* What is known of a column, and now this too; of one that follows another, what it says of that. Whether anything
 * changed. */
bool unknowns_narrow(struct unknowns *unknowns, size_t id, double least, double most);

/* Terms of a row, then its end; terms of one column add up. False where just this was said before. */
void unknowns_term(struct unknowns *unknowns, size_t column, double factor);
bool unknowns_row(struct unknowns *unknowns, double least, double most);

/* Draw the conclusions: narrow counts by every row, and let a column follow another where a row ties the two one to
 * one, until nothing changes. The rows that are left speak of the columns that are still open. */
void unknowns_conclude(struct unknowns *unknowns);

/* Narrow by every row until nothing changes, and leave the rows as they are. */
void unknowns_spread(struct unknowns *unknowns);

/* The column that `id` follows in the end, itself where none: id = *sign * that + *offset. */
size_t unknowns_leader(const struct unknowns *unknowns, size_t id, double *sign, double *offset);

/* Give the columns that follow others the bounds that are known of those by now. */
void unknowns_follow(struct unknowns *unknowns);

/* Room for the last digits of a double around a bound. */
double unknowns_slack(double bound);

#endif
