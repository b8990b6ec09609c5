/* The exports under way: every respondent's row, in the file that holds it, and the files themselves. */
#ifndef CANVASS_SYNTHESISE_SHEET_H
#define CANVASS_SYNTHESISE_SHEET_H

#include "error.h"
#include "finding.h"
#include "person.h"
#include "spelling.h"
#include "study.h"
#include "text.h"

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stddef.h>

struct sheet_row {
	size_t export;            /* position in the dataset's exports */
	struct value *values;     /* one a variable: what the respondent answered */
	char **cells;             /* one a variable: what the file says */
	enum finding_code damage; /* what is done to the row as a whole when it is written; FINDING_NONE */
};

struct sheets {
	const struct study *study; /* these four are borrowed */
	const struct study_dataset *dataset;
	const struct dictionary *dictionary;
	const struct spellings *spellings;
	struct sheet_row *rows;
	size_t count, capacity;
	const struct variable *absent; /* has no column in the last export; NULL: every variable has one */
	bool faults;                   /* byte order mark, a column too many, mixed line ends, blank lines */
};

/* Draw the dataset's respondents; the first export gets the most of them. */
bool sheets_fill(struct sheets *sheets, const struct study *study, const struct study_dataset *dataset,
                 const struct dictionary *dictionary, const struct spellings *spellings, struct people *people,
                 gsl_rng *rng, struct error *err);
void sheets_release(struct sheets *sheets);

/* Answer `index` of a row as its export writes it; replaces the cell. */
void sheet_spell(struct sheets *sheets, size_t row, size_t index);
void sheet_set_cell(struct sheets *sheets, size_t row, size_t index, char *cell); /* owned from here on */

/* The same row once more, at the end of its file. */
void sheets_repeat(struct sheets *sheets, size_t row);

bool sheets_has_column(const struct sheets *sheets, size_t export, const struct variable *variable);

/* One export's bytes, as CSV. */
void sheets_print(struct text *csv, const struct sheets *sheets, size_t export);

/* Write every export into a new folder that takes the place of `path`: packed where its name ends in .gz. A folder that
 * synthesise did not make is never replaced. */
bool sheets_write(const struct sheets *sheets, const char *path, struct error *err);

#endif
