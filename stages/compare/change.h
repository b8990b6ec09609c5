/* A change between two waves under way (kind change): what its tables share. analysis_change.c makes the cells and says
 * who answered, and what, at each wave; change_mean.c and change_share.c say the change itself.
 *
 * Everybody with a row in either wave stands once in it: in one area, with what he or she answered at both. So those
 * who answered at one wave only are a cell like any other, and what they answered a sum like any other: whatever two
 * figures tell of them, protect and audit see. */
#ifndef CANVASS_COMPARE_CHANGE_H
#define CANVASS_COMPARE_CHANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis.h"
#include "lines.h"
#include "matched.h"

enum { CHANGE_LINES = 10, CHANGE_FIGURES = 6, CHANGE_DECIMALS = 2 };

struct change {
	struct matched people;
	size_t *atom; /* where each stands on the axis of the answers */
	const struct dataset_code *wave[MATCHED_WAVES];
	char *across[MATCHED_WAVES];                /* wave=code, as lines of results say it */
	char *yes;                                  /* the codes that count together, in the results; NULL: of means */
	char *yes_words;                            /* theirs, for a reader */
	struct survey_design design[MATCHED_WAVES]; /* the dataset's, of the rows of one wave */
	double *weight[MATCHED_WAVES];              /* which it borrows */
	double *sums[MATCHED_WAVES]; /* of the values of each area and position of the answers; NULL of shares */
};

/* Whose figures: the facets of those who answered at each wave, and of those of them who said yes. */
struct change_base {
	size_t answered[MATCHED_WAVES], yes[MATCHED_WAVES];
};
extern const struct change_base change_everybody, change_pairs;

const struct change *change_of(const struct analysis *analysis);

/* What the row's people at the facet answered at the wave, and which of the sample's rows these are. Returns how many;
 * free both with free(). */
size_t change_values(double **values, size_t **members, const struct analysis *analysis, const struct analysis_row *row,
                     size_t facet, size_t wave);

/* Of them, 1 for each who said yes. */
size_t change_answers(double **values, size_t **members, const struct analysis *analysis,
                      const struct analysis_row *row, size_t facet, size_t wave);

/* The cautions of a test or an effect of n: it uses no weights. */
unsigned change_cautions(const struct analysis *analysis, long long n);

/* The sum of what the row's people at the facet answered at the wave. */
size_t change_measure(const struct analysis *analysis, const struct analysis_row *row, size_t facet, size_t wave);

/* What the mean or share of the base at a wave rests on, in the row. */
void change_rest(const struct analysis *analysis, const struct analysis_row *row, const struct change_base *base,
                 size_t wave, struct analysis_rests *rests);

/* What the test of the two waves rests on: of the same people both means, or all four pairs of answers; of different
 * people what both waves had, and that nobody is in both, which the method says. */
void change_rest_test(const struct analysis *analysis, const struct analysis_row *row, const struct change_base *base,
                      struct analysis_rests *rests);

struct change_figure {
	const char *name;
	char *heading; /* taken */
	const char *unit;
	int decimals;
	double value;
	size_t count;       /* it is how many the cell has; 0: it is not */
	size_t part, whole; /* it is the share of these cells; 0: it is none */
	size_t measure;     /* it is the mean of this sum, whose base is `whole`; 0: it is none */
};

/* Figures that stand or fall together. */
struct change_line {
	const char *statistic, *across;
	char *method; /* taken; NULL: none */
	double level; /* NaN: none */
	enum refusal refusal;
	unsigned cautions;
	bool weighted;
	bool uncoded; /* it is of who answered, whatever the answer */
	struct change_figure figures[CHANGE_FIGURES];
	size_t figure_count;
	struct analysis_rests rests;
};

/* The lines of a row. Of the test that is adjusted for the other areas' tests, its p; NaN: there is none. */
struct change_row {
	struct change_line lines[CHANGE_LINES];
	size_t count;
	double p;
	enum refusal refusal; /* of that test */
};

struct change_line *change_line(struct change_row *row, const char *statistic, const char *across, char *method,
                                double level, enum refusal refusal);
void change_figure(struct change_line *line, const char *name, char *heading, const char *unit, int decimals,
                   double value);
/* The limits at a wave. `kind`: empty, or a word and a blank. */
void change_limits(struct change_line *line, const char *kind, const char *wave, const char *unit, int decimals,
                   double low, double high);
void change_figure_count(struct change_line *line, char *heading, const char *unit, size_t cell);

/* What a table's lines are: `fill` gives those of a row, the same ones of each. */
typedef void change_fill(struct analysis *analysis, const struct analysis_row *row, struct change_row *lines);

/* A table of a line for each row. `base`: what its adjusted p rests on in every area; NULL: none is adjusted. */
void change_table(struct analysis *analysis, struct analysis_part part, change_fill *fill,
                  const struct change_base *base);

/* The mean or the share of the base at a wave. `limits`: with its interval. */
void change_add_mean(struct analysis *analysis, const struct analysis_row *row, struct change_row *lines,
                     const struct change_base *base, size_t wave);
void change_add_share(struct analysis *analysis, const struct analysis_row *row, struct change_row *lines,
                      const struct change_base *base, size_t wave);

/* By the design of the sample, of everybody who answered at the wave; where it has none, nothing. */
void change_add_weighted(struct analysis *analysis, const struct analysis_row *row, struct change_row *lines,
                         size_t wave);

/* By the design of the later rows, the mean of what those who answered at both have changed by, times `factor`.
 * `unweighted`: the change without weights. Where there is no design, nothing. */
void change_add_weighted_change(struct analysis *analysis, const struct analysis_row *row, struct change_row *lines,
                                double unweighted, double factor, const char *unit);

/* What it says of a method: nothing where there is no design. Borrowed. */
const char *change_weighted_words(const struct analysis *analysis);

/* NAME.change, and of means NAME.areas. Where nobody has a row in both waves, the waves are compared as different
 * people. */
void change_say_means(struct analysis *analysis);
void change_say_shares(struct analysis *analysis);

#endif
