/* Questions of an export that have a column for each option (tick all that apply), gathered into one cell. */
#ifndef CANVASS_INGEST_BOXES_H
#define CANVASS_INGEST_BOXES_H

#include "columns.h"
#include "csv.h"
#include "dictionary.h"
#include "source.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>

struct box {
	size_t cell;                 /* from 0 */
	size_t rank;                 /* of its code in the list */
	const struct header *header; /* its row of headers.csv */
	const char *option;          /* as the export words it; "" */
	const char *label;           /* of its code */
};

/* One question. All borrowed but the boxes and the cell. */
struct boxes {
	const struct dictionary *dictionary;
	const struct platform *platform;
	const struct variable *variable;
	struct box *box; /* in the order of the code list */
	size_t count;
	struct text cell; /* the last that was gathered */
};

/* Whether the variable (by index) has boxes in this export; if so, *boxes is freed with boxes_free(). */
bool boxes_new(struct boxes *boxes, const struct columns *columns, const struct source *source,
               const struct dictionary *dictionary, size_t variable);
void boxes_free(struct boxes *boxes);

/* The codes of the ticked boxes with `;` between. A text that is neither ticked nor unticked is added, so that the cell
 * is found to fail: as it is, or as OPTION=TEXT where it would pass for the code of another option; one that several
 * boxes hold once, so that a missing code is known as one. Nothing ticked: (none) where the platform tells a question
 * that was answered from one that was not, and this one was; else "". Borrowed until the next call. */
const char *boxes_gather(struct boxes *boxes, const struct csv_record *record);

#endif
