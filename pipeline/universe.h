/* The universe of cells: what everything that compare computes hangs on, and what disclosure control decides about.
 *
 * A cell is a set of units that satisfy a canonical condition, with its unweighted count. A relation ties cells: a
 * parent is the sum of its parts, or contains each. A measure is the sum of a variable over a cell. A result is a line
 * of figures that are shown together or not at all, and rests on cells and measures: one of them hidden hides the line.
 * An arrangement is a table: lines, columns and the figure at each crossing. The tables of
 * pipeline/sql/schema/universe.sql hold it.
 *
 * Ids are positions in the arrays below plus one; 0 means none. The arrays are open for reading; only the functions
 * add. */
#ifndef CANVASS_UNIVERSE_H
#define CANVASS_UNIVERSE_H

#include "error.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

struct unit {
	const char *name, *plural;
	bool confidential;
	int threshold; /* 0 where not confidential */
};

enum { UNIVERSE_KEYS = 256, UNIVERSE_LARGEST = 3 };

struct cell {
	size_t unit;
	const char *condition;
	long long n;           /* -1: not shown as it is (in withheld.db) */
	int key;               /* compared.db: the sum of the people's record keys modulo UNIVERSE_KEYS; -1: none */
	long long least, most; /* withheld.db: what everybody may know of a count that is not shown as it is (rounded, a
	                        * band); -1: nothing */
};

enum relation_kind { RELATION_SUM, RELATION_CONTAINS };

struct relation {
	enum relation_kind kind;
	size_t parent;
	size_t first_part, part_count; /* in universe.parts */
};

struct measure {
	size_t cell;
	const char *variable;
	double least, most;               /* of one unit; NaN: no bound known */
	double total;                     /* NaN: not shown */
	bool whole;                       /* everybody knows that each unit contributes a whole number */
	double largest[UNIVERSE_LARGEST]; /* compared.db: the largest contributions by their size, the largest first, of
	                                   * people; NaN: there are no more, or nobody asked */
};

enum result_status { RESULT_OK, RESULT_REFUSED, RESULT_HIDDEN };

struct result {
	const char *analysis, *dataset, *statistic, *outcome, *category, *area, *across, *comparator, *method, *weight;
	double level;       /* NaN: none */
	const char *family; /* of an adjusted p: the name of the arrangement that its tests stand in; NULL: none */
	size_t family_size; /* 0: none */
	bool has_seed;      /* the method may draw random numbers */
	long long seed;
	enum result_status status;
	const char *reason, *flags, *denominator;
	size_t first_cell, cell_count;       /* in universe.rests */
	size_t first_measure, measure_count; /* in universe.rests_measures */
};

struct figure {
	size_t result;
	const char *name;
	int decimals;
	double value;                                     /* NaN: refused or hidden */
	const char *printed; /* NULL but in withheld.db; of a hidden share a word may stand there */
	size_t numerator, numerator_measure, denominator; /* 0: none */
	double factor;                                    /* NaN where there is no numerator */
};

struct arrangement_column {
	const char *heading, *unit;
};
struct arrangement_line {
	const char *heading, *code, *kind;
};
struct arrangement_entry {
	size_t line, column, figure;
}; /* line and column from 1 */

struct arrangement {
	const char *name, *kind, *analysis, *title, *base, *method;
	struct arrangement_column *columns;
	struct arrangement_line *lines;
	struct arrangement_entry *entries;
	const char **notes;
	size_t column_count, line_count, entry_count, note_count;
	size_t column_capacity, line_capacity, entry_capacity, note_capacity;
};

/* Words for a code that results and arrangements use. */
struct label {
	const char *kind; /* variable | code | area */
	const char *name; /* the variable; variable=code; the area's code */
	const char *label;
};

struct universe {
	struct unit *units;
	struct cell *cells;
	struct relation *relations;
	size_t *parts;
	struct measure *measures;
	struct result *results;
	size_t *rests, *rests_measures;
	struct figure *figures;
	struct arrangement *arrangements;
	struct label *labels;
	size_t unit_count, cell_count, relation_count, part_count, measure_count, result_count, rest_count,
		rest_measure_count, figure_count, arrangement_count, label_count;
	struct universe_private *private; /* strings, capacities, look-ups by condition */
};

struct universe *universe_new(void);
void universe_free(struct universe *universe);

/* Each returns the id, of the one that stands already where unit and condition (or cell and variable, or relation) are
 * the same. A cell given again with another n is our mistake and asserted. Texts are copied. */
size_t universe_unit(struct universe *universe, const char *name, const char *plural, bool confidential, int threshold);
size_t universe_cell(struct universe *universe, size_t unit, const char *condition, long long n);
size_t universe_measure(struct universe *universe, size_t cell, const char *variable, double least, double most,
                        double total);
/* What compared.db and withheld.db say of a cell or measure besides (see above). */
void universe_cell_key(struct universe *universe, size_t cell, int key);
void universe_cell_known(struct universe *universe, size_t cell, long long least, long long most);
void universe_measure_whole(struct universe *universe, size_t measure);
void universe_measure_largest(struct universe *universe, size_t measure, const double largest[UNIVERSE_LARGEST]);

void universe_relation(struct universe *universe, enum relation_kind kind, size_t parent, const size_t *parts,
                       size_t count);

/* Whether the condition says of the variable which of its codes, or which not: "area=E06000055 & lonely=often" and
 * "lonely!=often" do of lonely, "lonely:answered" does not. */
bool cell_names_code(const char *condition, const char *variable);

/* 0 where there is no such cell. */
size_t universe_find(const struct universe *universe, const char *condition);

/* Add a line of results and what it rests on: its cells, then its measures. Texts are copied. */
size_t universe_result(struct universe *universe, const struct result *result, const size_t *cells, size_t cell_count,
                       const size_t *measures, size_t measure_count);

/* Add a figure to the newest result. */
size_t universe_figure(struct universe *universe, const struct figure *figure);

size_t universe_arrangement(struct universe *universe, const char *name, const char *kind, const char *analysis,
                            const char *title, const char *base, const char *method);
size_t universe_column(struct universe *universe, size_t arrangement, const char *heading, const char *unit);
size_t universe_line(struct universe *universe, size_t arrangement, const char *heading, const char *code,
                     const char *kind);
void universe_entry(struct universe *universe, size_t arrangement, size_t line, size_t column, size_t figure);
void universe_note(struct universe *universe, size_t arrangement, const char *words);

/* A word given again for the same kind and name is dropped. universe_label_of: NULL where there is none. */
void universe_label(struct universe *universe, const char *kind, const char *name, const char *label);
const char *universe_label_of(const struct universe *universe, const char *kind, const char *name);

/* Write into a stage file whose schema holds universe.sql; read all of it from one. */
bool universe_store(const struct universe *universe, struct store *store, struct error *err);
bool universe_load(struct universe **universe, struct store *store, struct error *err);

#endif
