/* What stands in a file of records that is to leave: its variables, their codes, and each record in turn. */
#ifndef CANVASS_DEPOSIT_CONTENTS_H
#define CANVASS_DEPOSIT_CONTENTS_H

#include "dictionary.h"
#include "error.h"
#include "mem.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

struct contents_code {
	const char *code, *label;
	double number; /* what stands for it where a number must: the code itself where all codes of the list are whole
	                * numbers, else its position from 1 */
	size_t records;
};

struct contents_variable {
	const char *name, *label, *question, *type, *level, *unit, *treatment, *role; /* NULL: none */
	bool has_least, has_most, has_bottom, has_top;
	double least, most; /* the range that the file may hold */
	double bottom, top; /* a value of so much stands for that or less, or more */
	size_t key;         /* its place among the keys, from 1; 0: none */
	bool sensitive;
	bool text;                   /* its values are texts: districts, several codes in one */
	size_t width;                /* bytes of the longest of them */
	double smallest;             /* of its numbers, where anybody has one */
	struct contents_code *codes; /* none: a number or a text */
	size_t code_count;
	size_t answered, missing[MISSING_COUNT]; /* records, by why there is no answer */
};

struct contents {
	struct store *store;                 /* borrowed */
	struct contents_variable *variables; /* in their order */
	size_t variable_count, record_count;
	struct contents_item {
		const char *item, *value;
	} * items; /* what was demanded of the file, and what it is of: table file */
	size_t item_count;
	struct contents_subset {
		int size, k; /* on any so many keys everybody agrees with so many */
	} * subsets;
	size_t subset_count;
	const char **left_out; /* variables of the analysis table that are not in it */
	size_t left_out_count;
	struct mem_arena *strings;
};

/* One value of a record. */
struct contents_value {
	enum missing_reason missing; /* MISSING_NONE: it has one */
	double number;               /* of a code: its position, from 1 */
	const char *text;            /* of a variable whose values are texts; else NULL */
};

/* Read anonymised.db, and count. Borrows the store. Free with contents_free(). */
bool contents_load(struct contents **contents, struct store *anonymised, struct error *err);
void contents_free(struct contents *contents); /* accepts NULL */

/* The value of an item; NULL: the file has none. */
const char *contents_item(const struct contents *contents, const char *item);

/* The records in their order, `values` in that of the variables. Ends where `take` returns false. */
bool contents_each(const struct contents *contents,
                   bool (*take)(size_t record, const struct contents_value *values, void *data, struct error *err),
                   void *data, struct error *err);

#endif
