#include "survey_linear.h"

#include <math.h>
#include <stdlib.h>

#include "mem.h"
#include "survey_scatter.h"

/* Sweeping ends where no mean of a cell is further from 0 than this part of the largest value, or after so many rounds.
 */
static const long double sweep_error = 1e-15L;
enum { MOST_SWEEPS = 10000 };

static double weight_of(const struct survey_design *design, size_t unit)
{
	return design->weight ? design->weight[unit] : 1;
}

static size_t stratum_of(const struct survey_design *design, size_t unit)
{
	return design->stratum ? design->stratum[unit] : 0;
}

static size_t cluster_of(const struct survey_design *design, size_t unit)
{
	return design->cluster ? design->cluster[unit] : unit;
}

static bool is_sampled(const struct survey_design *design, size_t unit)
{
	return !isnan(weight_of(design, unit));
}

/* --- what the margins leave of z --- */

/* Take the mean of each cell off; the largest of these means. */
static long double sweep(const struct survey_design *design, const struct survey_margin *margin, long double *rest)
{
	long double *sums = mem_alloc(margin->cells, sizeof *sums);
	long double *weights = mem_alloc(margin->cells, sizeof *weights), largest = 0;
	for (size_t unit = 0; unit < design->units; unit++) {
		if (!is_sampled(design, unit))
			continue;
		sums[margin->cell[unit]] += design->start[unit] * rest[unit];
		weights[margin->cell[unit]] += design->start[unit];
	}
	for (size_t cell = 0; cell < margin->cells; cell++) {
		sums[cell] = weights[cell] > 0 ? sums[cell] / weights[cell] : 0;
		largest = fmaxl(largest, fabsl(sums[cell]));
	}
	for (size_t unit = 0; unit < design->units; unit++)
		rest[unit] -= sums[margin->cell[unit]];
	free(sums);
	free(weights);
	return largest;
}

static void take_margins(const struct survey_design *design, long double *z)
{
	if (design->margin_count == 0)
		return;
	long double *rest = mem_alloc(design->units, sizeof *rest), size = 0, moved = 0;
	for (size_t unit = 0; unit < design->units; unit++) {
		double w = weight_of(design, unit);
		rest[unit] = w > 0 ? z[unit] / w : 0;
		size = fmaxl(size, fabsl(rest[unit]));
	}
	for (int round = 0; round < MOST_SWEEPS && (round == 0 || moved > sweep_error * size); round++) {
		moved = 0;
		for (size_t m = 0; m < design->margin_count; m++)
			moved = fmaxl(moved, sweep(design, &design->margins[m], rest));
		if (design->margin_count == 1)
			break;
	}
	for (size_t unit = 0; unit < design->units; unit++)
		z[unit] = is_sampled(design, unit) ? weight_of(design, unit) * rest[unit] : 0;
	free(rest);
}

/* --- strata and clusters --- */

struct stratum {
	bool touched;    /* the domain, or the margins, reach into it: else it adds nothing and lacks nothing */
	size_t clusters; /* of the sample */
};

/* Who moves numbers: a unit, or all of a cluster. */
struct mover {
	size_t stratum, cluster;
	size_t place; /* in `moves` */
};

struct frame {
	const struct survey_design *design;
	struct survey_moves moves;
	long double *left;    /* what the margins left of z, which `moves` then has */
	struct mover *movers; /* by stratum and cluster */
	size_t mover_count;
	struct stratum *strata;
	size_t *units; /* of each cluster, in the sample */
	struct survey_scatter scatter;
};

static bool has_second_stage(const struct survey_design *design)
{
	return design->cluster_size && design->cluster && design->population;
}

static int by_cluster(const void *left, const void *right)
{
	const struct mover *a = left, *b = right;
	if (a->stratum != b->stratum)
		return a->stratum < b->stratum ? -1 : 1;
	if (a->cluster != b->cluster)
		return a->cluster < b->cluster ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

static void add_mover(struct frame *frame, size_t unit, size_t place)
{
	const struct survey_design *design = frame->design;
	frame->movers[frame->mover_count++] =
		(struct mover){ stratum_of(design, unit), cluster_of(design, unit), place };
	frame->strata[stratum_of(design, unit)].touched = true;
}

static void take_units(struct frame *frame, const size_t *member, size_t n)
{
	const struct survey_design *design = frame->design;
	bool all = design->margin_count > 0, sorted = true;
	frame->movers = mem_alloc(all ? design->units : n, sizeof *frame->movers);
	for (size_t unit = 0; unit < design->units; unit++) {
		if (!is_sampled(design, unit))
			continue;
		size_t c = cluster_of(design, unit);
		bool is_first = frame->units[c]++ == 0;
		frame->strata[stratum_of(design, unit)].clusters += is_first;
		if (all && (is_first || has_second_stage(design)))
			add_mover(frame, unit, has_second_stage(design) ? unit : c);
	}
	for (size_t i = 0; !all && i < n; i++)
		add_mover(frame, member[i], i);
	for (size_t i = 1; sorted && i < frame->mover_count; i++)
		sorted = by_cluster(&frame->movers[i - 1], &frame->movers[i]) < 0;
	if (!sorted)
		mem_sort(frame->movers, frame->mover_count, sizeof *frame->movers, by_cluster);
}

/* What the margins leave of the members' z reaches every unit: of each unit, or of each cluster where nobody asks for
 * the units. */
static void spread_moves(struct frame *frame, const size_t *member, size_t n)
{
	const struct survey_design *design = frame->design;
	const struct survey_moves own = frame->moves;
	bool by_unit = has_second_stage(design);
	frame->left = mem_alloc((by_unit ? design->units : design->clusters) * own.count, sizeof *frame->left);
	long double *z = mem_alloc(design->units, sizeof *z);
	for (size_t v = 0; v < own.count; v++) {
		for (size_t unit = 0; unit < design->units; unit++)
			z[unit] = 0;
		for (size_t i = 0; i < n * own.reach; i++)
			if (own.number[i] == v)
				z[member[i / own.reach]] += own.z[i];
		take_margins(design, z);
		for (size_t unit = 0; unit < design->units; unit++)
			frame->left[(by_unit ? unit : cluster_of(design, unit)) * own.count + v] += z[unit];
	}
	free(z);
	frame->moves = (struct survey_moves){ .count = own.count, .reach = own.count, .z = frame->left };
}

/* The movers from `first` on who are of one stratum (one cluster) with it end at: */
static size_t end_of(const struct frame *frame, size_t first, bool cluster)
{
	const struct mover *movers = frame->movers;
	size_t end = first + 1;
	while (end < frame->mover_count && movers[end].stratum == movers[first].stratum
	       && (!cluster || movers[end].cluster == movers[first].cluster))
		end++;
	return end;
}

static void tell(struct frame *frame, size_t first, size_t end)
{
	const struct survey_moves *moves = &frame->moves;
	for (size_t i = first; i < end; i++)
		for (size_t k = 0; k < moves->reach; k++) {
			size_t at = frame->movers[i].place * moves->reach + k;
			survey_scatter_tell(&frame->scatter, moves->number ? moves->number[at] : k, moves->z[at]);
		}
}

/* The scatter of the clusters, or of the units, among the movers from `first` to `end`, of n that there are; the others
 * move nothing. */
static void add_scatter(struct frame *frame, size_t first, size_t end, bool clusters, size_t n, long double factor)
{
	if (!(factor > 0))
		return;
	for (size_t i = first, next = 0; i < end; i = next) {
		next = clusters ? end_of(frame, i, true) : i + 1;
		tell(frame, i, next);
		survey_scatter_meet(&frame->scatter);
	}
	survey_scatter_centre(&frame->scatter, n);
	for (size_t i = first, next = 0; i < end; i = next) {
		next = clusters ? end_of(frame, i, true) : i + 1;
		tell(frame, i, next);
		survey_scatter_add(&frame->scatter);
	}
	survey_scatter_close(&frame->scatter, factor);
}

/* The part of a stratum that was not asked. */
static long double left_of(const struct survey_design *design, size_t h, size_t n)
{
	double population = design->population ? design->population[h] : NAN;
	return isnan(population) ? 1 : ((long double)population - (long double)n) / population;
}

/* What the squares of the clusters of each stratum count, in *factor; for those of one by the rule. */
static enum refusal weigh_strata(const struct frame *frame, long double *factor)
{
	const struct survey_design *design = frame->design;
	size_t known = 0, unknown = 0;
	for (size_t h = 0; h < design->strata; h++) {
		size_t n = frame->strata[h].clusters;
		long double left = left_of(design, h, n);
		if (n == 0 || !frame->strata[h].touched)
			continue;
		known++;
		if (left < 1e-7L) /* all of the stratum were asked */
			continue;
		if (n > 1)
			factor[h] = left * (long double)n / (long double)(n - 1);
		else if (design->lonely == SURVEY_LONELY_FAIL)
			return REFUSAL_LONELY_CLUSTER;
		else if (design->lonely == SURVEY_LONELY_ADJUST)
			factor[h] = left;
		else if (design->lonely == SURVEY_LONELY_AVERAGE)
			known--, unknown++;
	}
	if (known == 0)
		return REFUSAL_LONELY_CLUSTER;
	for (size_t h = 0; h < design->strata; h++)
		factor[h] *= (long double)(known + unknown) / (long double)known;
	return REFUSAL_NONE;
}

static enum refusal add_clusters(struct frame *frame)
{
	long double *factor = mem_alloc(frame->design->strata, sizeof *factor);
	enum refusal refusal = weigh_strata(frame, factor);
	for (size_t i = 0, end = 0; !refusal && i < frame->mover_count; i = end) {
		size_t h = frame->movers[i].stratum;
		end = end_of(frame, i, false);
		add_scatter(frame, i, end, true, frame->strata[h].clusters, factor[h]);
	}
	free(factor);
	return refusal;
}

/* --- the second stage --- */

/* What the squares of the units of a cluster count. A unit alone: by the rule, as a lonely cluster; the mean of other
 * strata is no mean of other units. */
static enum refusal weigh_cluster(long double *factor, const struct frame *frame, size_t h, size_t c)
{
	const struct survey_design *design = frame->design;
	*factor = 0;
	if (isnan(design->cluster_size[c]))
		return REFUSAL_NONE;
	size_t m = frame->units[c];
	long double left = (design->cluster_size[c] - (long double)m) / design->cluster_size[c];
	long double drawn = 1 - left_of(design, h, frame->strata[h].clusters);
	if (left < 1e-7L || drawn <= 0) /* all of the cluster were asked; clusters without end */
		return REFUSAL_NONE;
	if (m > 1)
		*factor = drawn * left * (long double)m / (long double)(m - 1);
	else if (design->lonely == SURVEY_LONELY_FAIL || design->lonely == SURVEY_LONELY_AVERAGE)
		return REFUSAL_LONELY_CLUSTER;
	else if (design->lonely == SURVEY_LONELY_ADJUST)
		*factor = drawn * left;
	return REFUSAL_NONE;
}

static enum refusal add_units(struct frame *frame)
{
	enum refusal refusal = REFUSAL_NONE;
	for (size_t i = 0, end = 0; !refusal && i < frame->mover_count; i = end) {
		long double factor = 0;
		size_t c = frame->movers[i].cluster;
		end = end_of(frame, i, true);
		refusal = weigh_cluster(&factor, frame, frame->movers[i].stratum, c);
		if (!refusal)
			add_scatter(frame, i, end, false, frame->units[c], factor);
	}
	return refusal;
}

/* --- all of it --- */

/* So small beside the spread of z that it is what rounding leaves of none. */
static void write_covariance(double *covariance, const struct survey_scatter *scatter, const long double *squares)
{
	size_t count = scatter->count;
	for (size_t v = 0; v < count; v++)
		for (size_t u = 0; u <= v; u++) {
			bool is_nothing = !(scatter->covariance[v * count + v] > 1e-20L * squares[v])
			                  || !(scatter->covariance[u * count + u] > 1e-20L * squares[u]);
			covariance[v * count + u] = covariance[u * count + v] =
				is_nothing ? 0 : (double)scatter->covariance[v * count + u];
		}
}

enum refusal survey_linear(double *covariance, const struct survey_design *design, const struct survey_moves *moves,
                           const size_t *member, size_t n)
{
	struct frame frame = {
		.design = design,
		.moves = *moves,
		.strata = mem_alloc(design->strata, sizeof *frame.strata),
		.units = mem_alloc(design->clusters, sizeof *frame.units),
		.scatter = survey_scatter_begin(moves->count),
	};
	long double *squares = mem_alloc(moves->count, sizeof *squares);
	for (size_t i = 0; i < n * moves->reach; i++)
		squares[moves->number[i]] += moves->z[i] * moves->z[i];
	take_units(&frame, member, n);
	if (design->margin_count)
		spread_moves(&frame, member, n);
	enum refusal refusal = add_clusters(&frame);
	if (!refusal && has_second_stage(design))
		refusal = add_units(&frame);
	if (!refusal)
		write_covariance(covariance, &frame.scatter, squares);
	survey_scatter_end(&frame.scatter);
	free(frame.left);
	free(frame.movers);
	free(frame.strata);
	free(frame.units);
	free(squares);
	return refusal;
}
