/* All analyses of a study, one after the other, into one universe of cells. */
#ifndef CANVASS_COMPARE_COMPARE_H
#define CANVASS_COMPARE_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "universe.h"
#include "dataset.h"
#include "error.h"
#include "study.h"

/* The datasets that the operands NAME=FILE give: each dataset that an analysis names, and each only once. */
struct datasets {
	struct dataset **items;
	size_t count;
	const char *places; /* the path of places.csv, where levels were read from it; NULL else */
};
bool datasets_open(struct datasets *datasets, const struct study *study, char *const *operands, size_t count,
                   struct error *err);
void datasets_close(struct datasets *datasets);

/* NULL where none has the name. */
const struct dataset *datasets_find(const struct datasets *datasets, const char *name);

/* `study_path` is for messages. */
bool compare_study(struct universe *universe, const struct study *study, const char *study_path,
                   const struct datasets *datasets, struct error *err);

/* Write compared.db: the universe, and what it was made from. */
bool compare_store(const struct universe *universe, const struct study *study, const struct datasets *datasets,
                   const char *output, struct error *err);

#endif
