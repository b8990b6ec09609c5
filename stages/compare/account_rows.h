/* What became of the rows of the exports, by area, and why rows were lost: the account that deidentify carries, and its
 * cells.
 *
 * The accepted rows of an area are its respondents, the same cell as in any other analysis. Rows that were read, and
 * those that were lost, have conditions of their own: DATASET [& AREA] & rows/read, rows/lost, rows/STATUS,
 * rows/STATUS/REASON. Nothing that somebody answered is in them, but that he or she is of an area. */
#ifndef CANVASS_COMPARE_ACCOUNT_ROWS_H
#define CANVASS_COMPARE_ACCOUNT_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "universe.h"
#include "dataset.h"
#include "error.h"

/* What became of rows. All but the accepted are lost. */
enum fate {
	FATE_READ,
	FATE_ACCEPTED,
	FATE_LOST,
	FATE_SET_ASIDE,
	FATE_DUPLICATE,
	FATE_PREVIEW,
	FATE_WITHDRAWN,
	FATE_UNREADABLE,
	FATE_COUNT,
};

const char *fate_word(enum fate fate); /* validate's: set_aside; read and lost besides */
const char *fate_heading(enum fate fate);

/* Where rows are of: an area, none that is known, or all of these together. */
struct place {
	const char *code, *heading; /* code NULL: all of them */
	char *term;                 /* of the condition; NULL: none */
	long long rows[FATE_COUNT];
	size_t cells[FATE_COUNT]; /* 0: there can be none */
};

struct cause {
	enum fate fate; /* set aside, or unreadable; the other fates say why by their names */
	const char *reason;
	long long rows;
	size_t cell; /* 0: it is not told */
};

struct account_rows {
	const struct dataset *dataset; /* borrowed */
	struct mem_arena *strings;
	struct place *places; /* the areas; none that is known; all */
	size_t place_count;
	bool unplaced;        /* some row is of no area that is known */
	struct cause *causes; /* over all areas, by fate and reason */
	size_t cause_count, cause_capacity;
};

extern const char account_no_area[]; /* the code of the place of rows without an area */

/* ERROR_INPUT where the account and the respondents do not add up. Free with account_rows_free(), also where it fails.
 */
bool account_rows_read(struct account_rows *account, const struct dataset *dataset, struct error *err);
void account_rows_free(struct account_rows *account);

/* Add the cells and their relations; of the causes only where they are to be told. */
void account_rows_cells(struct account_rows *account, struct universe *universe, size_t unit, bool causes);

#endif
