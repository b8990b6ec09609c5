/* What an analysis compares besides its test across the areas (compare in the config): every two areas, each area with
 * the rest of the areas, each area with a value from elsewhere.
 *
 * This room knows the rows that are compared, which areas are taken in, what a line of results rests on, how p-values
 * are adjusted and the tables NAME.pairs, NAME.rest and NAME.benchmark. A kind of analysis says what two rows are
 * compared by (comparison_mean.c, comparison_share.c, comparison_rank.c; where there are weights or a design,
 * comparison_design.c). No test is chosen by another one: kind and level decide.
 *
 * A line about two rows rests on what these two show. A line that tells of the other areas too, by an adjusted p, a
 * studentised range or ranks over all of them, rests on what all areas show. */
#ifndef CANVASS_COMPARE_COMPARISON_H
#define CANVASS_COMPARE_COMPARISON_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis.h"
#include "lines.h"

enum { COMPARISON_LINES = 6, COMPARISON_FIGURES = 6, COMPARISON_DECIMALS = 2, COMPARISON_SHARE_DECIMALS = 3 };

/* One side: an area, or what is left of the areas without it. */
struct comparison_side {
	struct analysis_row row;
	size_t n;        /* who answered */
	double *values;  /* theirs; NULL where the kind needs none */
	size_t *members; /* which of the sample they are, in the order of the values */
	bool taken;      /* its base is large enough for a test */
};

/* What is compared: one thing, or each code of the outcome. */
struct comparison_item {
	const char *category, *label; /* NULL: none */
	size_t facet;                 /* of the outcome; 0: of all answers together */
};

struct comparison_pair {
	const struct comparison_side *first, *second;
	const struct comparison_item *item;
	size_t number; /* among the pairs of areas that are taken in, in their order; SIZE_MAX: not one of them */
};

struct comparison_figure {
	const char *name, *heading, *unit; /* heading NULL: in the results, in no table */
	int decimals;
	double value;
};

/* A line of results: figures that stand or fall together. */
struct comparison_line {
	const char *statistic, *method;
	double level; /* NaN: none */
	enum refusal refusal;
	unsigned cautions;
	bool of_all;        /* it tells of every area that was taken in */
	size_t family_size; /* its p is adjusted for so many tests; 0: it is not */
	bool draws;         /* it may draw random numbers */
	bool by_design;     /* it uses the weights and the design */
	bool has_variance;  /* how the design gives a variance belongs before the method's words */
	struct comparison_figure figures[COMPARISON_FIGURES];
	size_t figure_count;
};

struct comparison_lines {
	struct comparison_line lines[COMPARISON_LINES];
	size_t count;
	enum refusal refusal; /* of the test whose p is `p` */
	double p;             /* to be adjusted for the other tests of the table; NaN: refused */
	bool by_design;       /* its lines use the weights and the design */
};

struct comparison {
	struct analysis *analysis;
	struct comparison_side *areas;
	size_t area_count, taken_count;
	double (*value)(const struct analysis *analysis, size_t member); /* NULL: values are not asked for */
	const void *with;                                                /* the kind's own */
};

/* How a kind compares two rows. */
struct comparison_way {
	const struct comparison_item *items;
	size_t item_count;
	const char *part, *about; /* of the table NAME.part; NULL: pairs and rest say */
	const char *method;       /* a sentence about it */
	bool adjusts;             /* `p` of the lines is adjusted by Holm, and by Benjamini and Hochberg */
	bool by_design;           /* all its lines are */
	void (*rest_on)(const struct analysis *analysis, const struct analysis_row *row,
	                const struct comparison_item *item, struct analysis_rests *rests);
	void (*contrast)(const struct comparison *comparison, const struct comparison_pair *pair,
	                 struct comparison_lines *lines);
};

/* How a kind estimates what a row is held against the benchmark by, with its limits. */
struct comparison_estimate {
	double estimate, low, high;
	enum refusal refusal;
	unsigned cautions; /* besides those of a small base */
};
struct comparison_standard {
	const struct comparison_item *item;
	bool by_design;
	const char *method, *unit, *difference_unit; /* units NULL: none */
	enum polarity polarity;
	void (*rest_on)(const struct analysis *analysis, const struct analysis_row *row,
	                const struct comparison_item *item, struct analysis_rests *rests);
	struct comparison_estimate (*estimate)(const struct comparison *comparison, const struct analysis_row *row,
	                                       const struct comparison_item *item, double level);
};

/* Whether the config asks for this one; for any. */
bool comparison_is_asked(const struct analysis *analysis, enum study_compare with);
bool comparison_is_any_asked(const struct analysis *analysis);

/* Whether a table's answers have an order and are compared by ranks, not by the share of each. */
bool comparison_is_by_rank(const struct analysis *analysis);

/* Whether what the config asks for can be compared. Else an ERROR_CONFIG. */
bool comparison_check(const struct analysis *analysis, struct error *err);

/* Where the benchmark is of a dataset, read what it has of the areas (comparison_benchmark.c). A dataset that holds no
 * published figures, or none of any area, is an ERROR_CONFIG. */
bool comparison_benchmark_read(struct analysis *analysis, struct error *err);

/* The areas with their values, as `value` gives each respondent's. Free with comparison_release(). */
void comparison_begin(struct comparison *comparison, struct analysis *analysis,
                      double (*value)(const struct analysis *analysis, size_t member));
void comparison_release(struct comparison *comparison);

/* The values of all areas that are taken in, one after the other; *first gets taken_count + 1 positions. Free both with
 * free(). */
double *comparison_taken(const struct comparison *comparison, size_t **first);

/* A row's values. Free with free(). */
double *comparison_values(const struct comparison *comparison, const struct analysis_row *row);

/* Say the lines and the table of every pair; of each area and that of the number `control`; of each and the rest. */
void comparison_pairs(struct comparison *comparison, const struct comparison_way *way);
void comparison_control(struct comparison *comparison, const struct comparison_way *way, size_t control);
void comparison_rest(struct comparison *comparison, const struct comparison_way *way);
void comparison_benchmark(struct comparison *comparison, const struct comparison_standard *standard);

/* Begin a line of a pair, with the cautions that its bases call for; add a figure to it. */
struct comparison_line *comparison_line(const struct comparison *comparison, const struct comparison_pair *pair,
                                        struct comparison_lines *lines, const char *statistic, const char *method,
                                        double level, enum refusal refusal);
void comparison_figure(struct comparison_line *line, const char *name, const char *heading, const char *unit,
                       int decimals, double value);

/* A line of results and of the analysis' own table, beside its test across the areas. Takes what is in `rests`. Only
 * the name, heading, decimals and value of a figure count. */
void comparison_beside_test(struct analysis *analysis, const char *heading, const struct comparison_line *line,
                            struct analysis_rests *rests);

/* Of means: why no difference of an area that is taken in may be told: one of them has no mean, as all gave the same
 * answer. Whoever knows the means of the others could work its answer out from what is of all of them. */
enum refusal comparison_flat(const struct comparison *comparison);

/* Of means: every pair by Tukey and Kramer, each area and the control by Dunnett (comparison_pooled.c). */
void comparison_tukey(struct comparison *comparison);
void comparison_dunnett(struct comparison *comparison);

/* What a line rests on of a row. */
typedef void comparison_rest_on(const struct analysis *analysis, const struct analysis_row *row,
                                const struct comparison_item *item, struct analysis_rests *rests);

/* Of means of amounts, which are skewed: the test of ranks beside that of the means, and the table NAME.ranks. */
void comparison_ranks_of_amounts(struct comparison *comparison, comparison_rest_on *rest_on);

/* Whether the values rise or fall with the areas in their order, as a line beside the test across them. */
void comparison_trend(const struct comparison *comparison, comparison_rest_on *rest_on);

/* What a test of ranks of these values is to be flagged with. */
unsigned comparison_tie_caution(const double *values, size_t count);

/* By weights and design, in the place of what takes everybody to have been drawn alike: how a pair of means, of shares,
 * of ranks is compared; an area's mean and share, for the benchmark; the test of ranks, and the size of the differences
 * of a table, beside the test across the areas. `rest_on` says what a line rests on, but for the groups of margins. */
void comparison_means_by_design(const struct comparison *comparison, const struct comparison_pair *pair,
                                struct comparison_lines *lines);
void comparison_shares_by_design(const struct comparison *comparison, const struct comparison_pair *pair,
                                 struct comparison_lines *lines);
void comparison_ranks_by_design(const struct comparison *comparison, const struct comparison_pair *pair,
                                struct comparison_lines *lines);
struct comparison_estimate comparison_mean_by_design(const struct comparison *comparison,
                                                     const struct analysis_row *row, const struct comparison_item *item,
                                                     double level);
struct comparison_estimate comparison_share_by_design(const struct comparison *comparison,
                                                      const struct analysis_row *row,
                                                      const struct comparison_item *item, double level);
void comparison_rank_test_by_design(const struct comparison *comparison, comparison_rest_on *rest_on);
void comparison_cramer_by_design(struct analysis *analysis, const size_t *answers, size_t count);

/* What a line rests on of one side of a comparison, or of the area that is held against a benchmark. */
void comparison_rest_side(const struct comparison *comparison, const struct analysis_row *row,
                          const struct comparison_item *item, comparison_rest_on *rest_on, bool by_design,
                          struct analysis_rests *rests);

/* What the kinds of analysis call once their own lines are said: all that the config asks for. */
void comparison_of_means(struct analysis *analysis);
void comparison_of_shares(struct analysis *analysis, const struct comparison_item *items, size_t count);
void comparison_of_table(struct analysis *analysis); /* of an ordinal outcome by ranks, of another by its shares */

/* Beside chi-square between the areas and the facets `answers` of the outcome: how closely they go together, and what
 * needs no large counts. */
void comparison_beside_chi_square(struct analysis *analysis, const size_t *answers, size_t count);

#endif
