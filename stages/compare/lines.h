/* Lines of results with their figures, what they rest on, and the cautions that they call for. */
#ifndef CANVASS_COMPARE_LINES_H
#define CANVASS_COMPARE_LINES_H

#include "analysis.h"

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
size_t analysis_figure_sum(struct analysis *analysis, const char *name, double value, size_t measure);

/* The line of a row's base: how many answered. Returns the figure. */
size_t analysis_base(struct analysis *analysis, const struct analysis_row *row);

/* An interval that knows how much of a finite population was asked tells how many of the area are in the sample, beside
 * the spread of those who answered: so a line by design rests on who of its area answered and who did not, behind no
 * filter, and that of all areas on those of each. Where the population is without end, few people in a stratum (or in all of
 * a sample without strata) tell the same to those who know the weights, if enough digits are printed. Nothing where
 * clusters are taken whole. */
void analysis_rest_design(const struct analysis *analysis, const struct analysis_row *row,
                          struct analysis_rests *rests);

/* A line that counts one cell: what `line` does not give is filled in. Returns the figure. */
size_t analysis_count_line(struct analysis *analysis, struct result line, size_t cell);

/* The cautions of a base of n; of a standard error that is large beside its estimate; of an estimate by weights and
 * design, these and few degrees of freedom, a small effective size, a large design effect. */
unsigned analysis_cautions(long long n);
unsigned analysis_error_cautions(const struct survey_estimate *estimate);
unsigned analysis_estimate_cautions(const struct survey_estimate *estimate, size_t n);

/* Of a weighted line that is not refused: deff_replace and df of its struct survey_estimate. NaN: nothing to say. */
unsigned analysis_design_cautions(double deff_replace, double df);

#endif
