/* The items that a score is made of, and everybody's answers to them. */
#ifndef CANVASS_COMPARE_ITEMS_H
#define CANVASS_COMPARE_ITEMS_H

#include <stdbool.h>
#include <stddef.h>

#include "dataset.h"
#include "error.h"

struct item {
	const struct dataset_variable *variable;
	bool reversed;      /* it counts least + most - answer */
	double least, most; /* its range */
};

struct items {
	struct item *items;
	size_t count;
	double *answers; /* of respondent r, in the order of the sample, item i: answers[r * count + i], turned where it
	                    is reversed; NaN: missing */
};

/* A variable that is no score, an item that deidentify keeps no answers to or whose answers are no numbers is an
 * ERROR_CONFIG in the config `study`; an answer outside its item's range is an ERROR_INPUT. The caller frees *items
 * with items_free(). */
bool items_read(struct items **items, const struct dataset *dataset, const struct dataset_variable *score,
                const char *study, struct error *err);
void items_free(struct items *items); /* accepts NULL */

/* How many items respondent r answered. */
size_t items_answered(const struct items *items, size_t respondent);

#endif
