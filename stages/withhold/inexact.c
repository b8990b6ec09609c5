#include "inexact.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "study.h"

/* A share of so many or more is printed with one decimal, else with none. */
static const double LARGE = 100;

/* And a mean of so many: to one decimal, some sum of whole scores of any number from 10 on has it, of 9 or fewer not
 * always, which would tell how many they can be. */
static const long long SEVERAL = 10;

static bool is_inexact(const struct withholding *withholding)
{
	return withholding->policy && (withholding->policy->rounding || withholding->policy->cell_key);
}

static bool is_of_people(const struct universe *compared, size_t cell)
{
	return compared->units[compared->cells[cell - 1].unit - 1].confidential;
}

static bool *find_lines(const struct universe *compared)
{
	bool *lines = mem_alloc(compared->result_count, sizeof *lines);
	for (size_t i = 0; i < compared->result_count; i++) {
		const struct result *result = &compared->results[i];
		for (size_t j = 0; j < result->cell_count; j++)
			lines[i] = lines[i] || is_of_people(compared, compared->rests[result->first_cell + j]);
		for (size_t j = 0; j < result->measure_count; j++) {
			size_t measure = compared->rests_measures[result->first_measure + j];
			lines[i] = lines[i] || is_of_people(compared, compared->measures[measure - 1].cell);
		}
	}
	for (size_t i = 0; i < compared->figure_count; i++) {
		const struct figure *figure = &compared->figures[i];
		bool *line = &lines[figure->result - 1];
		*line = *line || (figure->numerator && is_of_people(compared, figure->numerator))
		        || (figure->denominator && is_of_people(compared, figure->denominator))
		        || (figure->numerator_measure
		            && is_of_people(compared, compared->measures[figure->numerator_measure - 1].cell));
	}
	return lines;
}

bool *inexact_lines(const struct universe *compared, const struct withholding *withholding)
{
	return is_inexact(withholding) ? find_lines(compared) : NULL;
}

/* A mean beside perturbed counts would tell what they were. */
static bool stays(const struct figure *figure, const struct study_disclosure *policy)
{
	return figure->numerator || (figure->numerator_measure && policy->rounding);
}

static double printed_count(const struct universe *compared, const struct withholding *withholding, size_t cell)
{
	long long printed = withholding->counts ? withholding->counts[cell - 1].printed : -1;
	return (double)(printed >= 0 ? printed : compared->cells[cell - 1].n);
}

/* The least that a reader can take the count to be. */
static long long least_count(const struct universe *compared, const struct withholding *withholding, size_t cell)
{
	long long least = withholding->counts ? withholding->counts[cell - 1].least : -1;
	return least >= 0 ? least : compared->cells[cell - 1].n;
}

static bool is_changed(const struct withholding *withholding, size_t cell)
{
	return withholding->counts && withholding->counts[cell - 1].printed >= 0;
}

/* A share of nobody is refused, and a mean of one: where as few may be meant by the count that is printed, a share or
 * mean that stands would tell that they are more, and one that does not that they are fewer. */
static bool may_be_refused(const struct figure *figure, const struct universe *compared,
                           const struct withholding *withholding)
{
	size_t base = figure->numerator_measure ? compared->measures[figure->numerator_measure - 1].cell
	                                        : figure->denominator;
	long long enough = figure->numerator_measure ? 2 : 1;
	return base && is_changed(withholding, base) && least_count(compared, withholding, base) < enough;
}

bool *inexact_gone(const struct universe *compared, const struct withholding *withholding, const bool *lines)
{
	if (!lines)
		return NULL;
	bool *gone = mem_alloc(compared->figure_count, sizeof *gone);
	bool *bare = mem_alloc(compared->result_count, sizeof *bare);
	for (size_t i = 0; i < compared->figure_count; i++) {
		size_t line = compared->figures[i].result - 1;
		bare[line] = bare[line] || may_be_refused(&compared->figures[i], compared, withholding);
	}
	for (size_t i = 0; i < compared->figure_count; i++) {
		size_t line = compared->figures[i].result - 1;
		gone[i] = lines[line] && (bare[line] || !stays(&compared->figures[i], withholding->policy));
	}
	free(bare);
	return gone;
}

bool inexact_reason_stays(const struct result *result, const struct universe *compared,
                          const struct withholding *withholding)
{
	for (size_t i = 0; i < result->cell_count; i++)
		if (is_changed(withholding, compared->rests[result->first_cell + i]))
			return false;
	return result->cell_count > 0;
}

struct figure inexact_figure(const struct figure *figure, const struct universe *compared,
                             const struct withholding *withholding, bool gone)
{
	struct figure made = *figure;
	double base = figure->denominator ? printed_count(compared, withholding, figure->denominator) : NAN;
	int most = base < LARGE ? 0 : 1;
	if (figure->numerator_measure)
		most = !figure->denominator || least_count(compared, withholding, figure->denominator) >= SEVERAL;
	else if (figure->numerator && isfinite(figure->value))
		made.value = (isnan(figure->factor) ? 1 : figure->factor)
		             * printed_count(compared, withholding, figure->numerator);
	if (!figure->numerator_measure && figure->numerator && figure->denominator)
		made.value /= base; /* no number where the base is printed as 0 */
	if (gone)
		made.value = NAN;
	made.decimals = figure->decimals < most ? figure->decimals : most;
	if (!figure->numerator_measure) {
		made.numerator = made.denominator = 0;
		made.factor = NAN;
	}
	return made;
}

static void add_rest(size_t *rests, size_t *count, size_t cell)
{
	for (size_t i = 0; i < *count; i++)
		if (rests[i] == cell)
			return;
	if (cell)
		rests[(*count)++] = cell;
}

size_t *inexact_rests(size_t *count, const struct universe *compared, size_t line, size_t first_figure)
{
	const struct result *result = &compared->results[line - 1];
	size_t figures = 0;
	while (first_figure + figures < compared->figure_count
	       && compared->figures[first_figure + figures].result == line)
		figures++;
	size_t *rests = mem_alloc(result->cell_count + 2 * figures, sizeof *rests);
	*count = 0;
	for (size_t i = 0; i < result->cell_count; i++)
		add_rest(rests, count, compared->rests[result->first_cell + i]);
	for (size_t i = first_figure; i < first_figure + figures; i++) {
		add_rest(rests, count, compared->figures[i].numerator);
		add_rest(rests, count, compared->figures[i].denominator);
	}
	return rests;
}
