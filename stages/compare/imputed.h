/* Datasets of several imputations: what is missing was filled in several times by another program, and everybody has a
 * row for each (and one, imputation 0, as the answers were collected). A mean or share without a filter is made of each
 * imputation and pooled; every other analysis keeps the rows of one by a filter. */
#ifndef CANVASS_COMPARE_IMPUTED_H
#define CANVASS_COMPARE_IMPUTED_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis.h"

/* Whether an analysis of the dataset is pooled over its imputations. */
bool imputed_is_pooled(const struct dataset *dataset, const struct study_analysis *analysis);

/* Everybody once in each imputation, in the same order. */
struct imputation {
	int number; /* 0: as collected */
	size_t *area, *outcome;
	double *value;
	struct axis areas, answers;
	struct lattice *lattice;
};

struct imputed {
	size_t people;
	struct imputation *items; /* ascending */
	size_t count;
	const struct imputation *collected; /* imputation 0; NULL: there is none */
	struct imputation *first;           /* the m imputations; NULL where there is none */
	size_t m;
};

/* Read the outcome in each, check that they hold the same people in the same areas, of whom the same have an answer,
 * and add cells and relations: those of each imputation beside its number, and that the people are the same.
 * ERROR_INPUT where they do not. Free with imputed_free(), also where this fails. */
bool imputed_read(struct imputed *imputed, struct analysis *analysis, struct error *err);
void imputed_free(struct imputed *imputed);

/* Where an area (a facet of the axis of areas) crosses a facet of the answers in one imputation. */
size_t imputed_cell(const struct imputation *imputation, size_t area, size_t answers);

#endif
