/* Everything that the report is made from; borrowed by its parts. */
#ifndef CANVASS_RISK_VIEW_H
#define CANVASS_RISK_VIEW_H

#include "key_table.h"
#include "measures.h"
#include "offers.h"
#include "places.h"
#include "store.h"
#include "study.h"
#include "text.h"

#include <stdbool.h>

/* The records before anonymise, and after. */
struct side {
	const char *words; /* Before, After */
	struct store *store;
	struct key_table *table;
	struct measures measures;
};

struct view {
	const struct study *study;
	const struct study_dataset *dataset;
	const struct study_microdata *entry;
	struct side sides[2];
	size_t side_count; /* 2: there is a file that anonymise made */
	struct places *places;
	struct offers offers; /* of the records before */
};

struct view_inputs {
	const char *config, *dataset, *deidentified, *anonymised, *places; /* the last two may be NULL */
};

/* Release with risk_view_close(), also where this fails. */
bool risk_view_open(struct view *view, const struct study *study, const struct view_inputs *inputs, struct error *err);
void risk_view_close(struct view *view);

/* "Area, Age and Gender": the labels of a set of keys. */
void view_say_keys(struct text *words, const struct view *view, unsigned keys);

/* "Bedford, 16-17, –": what a record says to a set of keys; a dash where it is missing. */
void view_say_values(struct text *words, const struct key_table *table, size_t record, unsigned keys);

/* A number with so many decimals; a dash of NaN. */
void view_say_number(struct text *words, double number, int decimals);

/* "3 respondents", "1 respondent". */
void view_say_people(struct text *words, const struct view *view, size_t count);

/* After anonymise, where that ran; else before. */
const struct side *view_last(const struct view *view);

/* Whether there is anything to say of: a file without records has no risk. */
bool view_is_empty(const struct view *view);

#endif
