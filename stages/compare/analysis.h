/* One analysis of the study under way: what its three kinds share. */
#ifndef CANVASS_COMPARE_ANALYSIS_H
#define CANVASS_COMPARE_ANALYSIS_H

#include <stdbool.h>
#include <stddef.h>

#include "axis.h"
#include "cell.h"
#include "dataset.h"
#include "error.h"
#include "lattice.h"
#include "reason.h"
#include "sample.h"
#include "study.h"
#include "text.h"
#include "twins.h"

enum { ANALYSIS_LEVEL = 95, ANALYSIS_STATISTIC_DECIMALS = 2, ANALYSIS_DF2_DECIMALS = 1, ANALYSIS_P_DECIMALS = 4 };

/* A row of the analysis: an area, or a code of the variable that a table goes across; the last one is all of them
 * together. */
struct analysis_row {
	size_t facet;                      /* of the row axis */
	const char *area;                  /* the area's code; NULL: all areas */
	char *across;                      /* variable=code; NULL: none */
	const char *heading, *code;        /* code NULL: none */
	const char *kind;                  /* of a line: area, category, total */
	size_t first_member, member_count; /* in analysis.members: who is in the base of this row */
};

struct analysis {
	const struct study *study;
	const struct study_analysis *config;
	const char *study_path;
	const struct dataset *dataset;
	const struct dataset_variable *outcome, *across; /* across NULL: by area */
	struct universe *universe;
	struct twins *twins;
	struct sample *sample;
	struct axis filters, by, answers; /* the axes of the lattice, in this order */
	struct lattice *lattice;
	struct analysis_row *rows;
	size_t row_count; /* with the last: all together */
	size_t *members;  /* respondents in the base, row after row; all of them are the last row's */
	char *base;       /* in words */
	int tested_from;  /* the smallest base that a test across areas takes in */
	size_t arrangement;
	bool *group; /* share: codes that count together; NULL: each for itself */
};

/* Check the analysis against the dataset, read the respondents, add cells, relations and labels to the universe. */
bool analysis_begin(struct analysis *analysis, struct error *err);
void analysis_release(struct analysis *analysis);

/* Where the facet `answer` of the outcome crosses a row, under the analysis' filter. */
size_t analysis_cell(const struct analysis *analysis, const struct analysis_row *row, size_t answer);
long long analysis_count(const struct analysis *analysis, const struct analysis_row *row, size_t answer);

/* Whether a test across the areas takes the row in. Across a variable, every row is. */
bool analysis_is_tested(const struct analysis *analysis, const struct analysis_row *row);

/* Begin the arrangement with the config's title and note, the base, and `method` in words. */
void analysis_arrange(struct analysis *analysis, const char *method);

/* What a line of results rests on. Zero it to begin with. */
struct analysis_rests {
	size_t *cells, *measures;
	size_t cell_count, measure_count, cell_capacity, measure_capacity;
};
void analysis_rest_cell(struct analysis_rests *rests, size_t cell);
void analysis_rest_measure(struct analysis_rests *rests, size_t measure);

/* Add a line of results: what `line` does not give (analysis, dataset, outcome, base, status) is filled in. Its figures
 * follow. Takes what is in `rests` and empties it. */
void analysis_result(struct analysis *analysis, struct result line, struct analysis_rests *rests, enum refusal refusal,
                     unsigned cautions);

/* Figures of the newest result: of a refused one, without a value. Each returns the figure's id. */
size_t analysis_figure(struct analysis *analysis, const char *name, int decimals, double value);
size_t analysis_figure_count(struct analysis *analysis, size_t cell);
size_t analysis_figure_share(struct analysis *analysis, double value, size_t cell, size_t base);
size_t analysis_figure_mean(struct analysis *analysis, double value, size_t measure, size_t base);

/* The line of a row's base: how many answered. Returns the figure. */
size_t analysis_base(struct analysis *analysis, const struct analysis_row *row);

/* The cautions of a base of n. */
unsigned analysis_cautions(long long n);

/* The kinds. */
void analysis_mean(struct analysis *analysis);
void analysis_share(struct analysis *analysis);
void analysis_table(struct analysis *analysis);

/* Of share and table: chi-square between rows and the facets `answers` of the outcome, as a line of results and of the
 * arrangement, whose columns it adds. */
void analysis_chi_square(struct analysis *analysis, const size_t *answers, size_t count);

#endif
