/* One analysis of the study under way: what its kinds share. */
#ifndef CANVASS_COMPARE_ANALYSIS_H
#define CANVASS_COMPARE_ANALYSIS_H

#include <stdbool.h>
#include <stddef.h>

#include "axis.h"
#include "universe.h"
#include "dataset.h"
#include "error.h"
#include "lattice.h"
#include "proportion.h"
#include "rao_scott.h"
#include "reason.h"
#include "sample.h"
#include "study.h"
#include "subgroups.h"
#include "survey.h"
#include "text.h"
#include "twins.h"

enum { ANALYSIS_LEVEL = 95, ANALYSIS_STATISTIC_DECIMALS = 2, ANALYSIS_DF2_DECIMALS = 1, ANALYSIS_P_DECIMALS = 4 };

/* A row of the analysis: an area, or a code of the variable that a table goes across; all of them together; a group of
 * areas. */
struct analysis_row {
	size_t facet;                      /* of the row axis */
	const char *area;                  /* the area's code, or the group's; NULL: all areas */
	const struct dataset_group *group; /* of areas; NULL: it is none */
	char *across;                      /* variable=code; NULL: none */
	const char *heading, *code;        /* code NULL: none */
	const char *kind;                  /* of a line: area, category, total, or the group's */
	size_t first_member, member_count; /* in analysis.members: who is in the base of this row */
};

struct analysis_rests; /* lines.h */

struct analysis {
	const struct study *study;
	const struct study_analysis *config;
	const char *study_path;
	const struct dataset *dataset;
	const struct subgroups *subgroups;               /* all filters of the dataset */
	const struct dataset_variable *outcome, *across; /* across NULL: by area; outcome NULL: of kind accounts */
	struct universe *universe;
	struct twins *twins;
	struct sample *sample;
	struct axis filters, by, answers; /* the axes of the lattice, in this order */
	struct lattice *lattice;
	struct analysis_row *rows;
	size_t row_count;   /* areas or codes, and the last: all together */
	size_t group_count; /* behind them in `rows`: groups of areas, which nothing is tested or compared with */
	size_t *places;     /* of an outcome where several options may be ticked: where each respondent stands, as
	                     * answers.first divides them; NULL else */
	size_t *members; /* respondents in the base, row after row; those of all areas or codes, which come first, are
	                  * the row of all together; each group's stand again behind them */
	size_t member_count;
	char *base;      /* in words */
	int tested_from; /* the smallest base that a test across areas takes in */
	size_t arrangement;
	bool *group;                        /* share: codes that count together; NULL: each for itself */
	struct margin_groups *margins;      /* that weights were adjusted to; NULL: none were, or it is not weighted */
	const struct dataset *against;      /* the dataset of its benchmark; NULL: none */
	struct published_values *benchmark; /* of answers, what was published of their areas; NULL: none */
	const struct dataset *standard;     /* the dataset of the population that it is standardised to; NULL: none */
	void *own;                          /* the kind's; NULL: nothing */
};

/* What a kind does: a row of kinds.c. It reads what it needs and adds its cells (begin); then it says them in lines of
 * results and arrangements (say). Most begin with analysis_begin, which asks the functions behind it. */
struct analysis_kind {
	bool (*begin)(struct analysis *analysis, struct error *err);
	void (*say)(struct analysis *analysis);
	void (*free)(void *own); /* accepts NULL; NULL: it has nothing of its own */

	/* Whether the kind can be of this outcome; may set across and group. */
	bool (*check)(struct analysis *analysis, struct error *err);
	/* Read what it needs besides the sample, into own. NULL: nothing. */
	bool (*read)(struct analysis *analysis, struct error *err);
	/* Make the axis `answers`; where each respondent stands on it, to be freed with free(). `filters` says where
	 * each stands on that of the filters. NULL: the answers to the outcome. */
	size_t *(*axis)(struct analysis *analysis, const size_t *filters);
	bool sums; /* the outcome adds up over the respondents of a cell */
};
const struct analysis_kind *analysis_kind_of(const struct analysis *analysis);

/* Check the analysis against the dataset, read the respondents, add cells, relations and labels to the universe. */
bool analysis_begin(struct analysis *analysis, struct error *err);
void analysis_release(struct analysis *analysis);

/* The rows in the order in which lines of a table stand: areas or codes, groups of areas, all together. `line` is below
 * analysis_line_count(). Returns the row's place in analysis.rows. */
size_t analysis_line_count(const struct analysis *analysis);
size_t analysis_line_row(const struct analysis *analysis, size_t line);

/* Whether the row takes the area of row `r` together with others: one of a group's, any of all areas. */
bool analysis_row_unites(const struct analysis *analysis, const struct analysis_row *row, size_t r);

/* Where the facet `answer` of the outcome crosses a row, under the analysis' filter. */
size_t analysis_cell(const struct analysis *analysis, const struct analysis_row *row, size_t answer);
long long analysis_count(const struct analysis *analysis, const struct analysis_row *row, size_t answer);

/* The smallest base that may be told: the unit's threshold, and at least 2; and the smallest that a test across the
 * areas takes in, which the policy may set higher. */
int analysis_least_base(const struct dataset *dataset);
int analysis_tested_base(const struct dataset *dataset);

/* Whether a test across the areas takes the row in. Across a variable, every row is. */
bool analysis_is_tested(const struct analysis *analysis, const struct analysis_row *row);

/* A table of the analysis: NAME.part, or NAME where there is none. No other has its name: no analysis has a point in
 * its own. NULL: the default. */
struct analysis_part {
	const char *part;
	const char *about; /* follows the analysis' title */
	const char *kind;  /* default: table */
	const char *base;  /* in words; default: the analysis' */
	const char *method;
};

/* Begin the table, with the config's title and note. Returns the arrangement. */
size_t analysis_begin_part(const struct analysis *analysis, struct analysis_part part);

/* The analysis' own table, as analysis->arrangement. */
void analysis_arrange(struct analysis *analysis, const char *method);

/* Whether the analysis shows the weighted figures alone: the weights were adjusted to margins, so that others can work
 * them out, and the same figure without them would say how the groups of the margins differ. */
bool analysis_is_weighted_only(const struct analysis *analysis);

/* Whether tests and comparisons go by the weights and the design: wherever the dataset has either, but for tables where
 * others can work out the weights, whose cells do not say what a test that uses them would tell: of how the groups of
 * the margins divide up the counts, or the areas those of a table across a variable. */
bool analysis_is_by_design(const struct analysis *analysis);

/* Add to a method in words what the estimate by weights and design is, such as "mean with a 95 per cent t interval".
 * Nothing where there is neither. */
void analysis_say_design(const struct analysis *analysis, struct text *method, const char *estimate);

/* What a test leaves out: the weights, or without any the design; "" where there is neither. */
const char *analysis_untested(const struct analysis *analysis, const char *weights, const char *design);

/* The words for a variable and its codes, for a reader of results. */
void analysis_label(struct analysis *analysis, const struct dataset_variable *variable);
void analysis_label_areas(struct analysis *analysis);
void analysis_label_code(struct analysis *analysis, const char *variable, const char *code, const char *words);

/* The counts of the facets `answers` in each row that a test across the areas takes in, row by row, and what such a
 * test rests on. Returns how many rows these are. */
size_t analysis_crossing(const struct analysis *analysis, const size_t *answers, size_t count, long long *counts,
                         struct analysis_rests *rests);

/* How the interval of a share is made; *name gets what it is called, by the design where that is used, unless NULL. */
enum proportion_method analysis_share_interval(const struct analysis *analysis, const char **name);

/* The sum of the outcome over those of the row who answered, as a measure of the universe: a mean and a total of the
 * same people have the same one. Add those of every row and of what is left of it, with and without the filter: whoever
 * knows the sums of two of them knows the third. */
size_t analysis_measure(const struct analysis *analysis, const struct analysis_row *row);
/* Note of a measure whether everybody knows it to be whole: a sum of whole numbers is one. */
void analysis_measure_whole(const struct analysis *analysis, size_t measure, const struct dataset_variable *variable);
void analysis_add_measures(const struct analysis *analysis);

/* What the mean of the row, or its total, rests on. */
void analysis_rest_mean(const struct analysis *analysis, const struct analysis_row *row, struct analysis_rests *rests);

/* Of share and table: the test between rows and the facets `answers` of the outcome, as a line of results and of the
 * arrangement, whose columns it adds: chi-square, or Rao and Scott's where tests go by the design. A sentence on it for
 * the arrangement's method. */
void analysis_chi_square(struct analysis *analysis, const size_t *answers, size_t count);
void analysis_say_chi_square(const struct analysis *analysis, struct text *method);
enum refusal analysis_rao_scott(struct rao_scott *test, const struct analysis *analysis, const size_t *answers,
                                size_t count);

#endif
