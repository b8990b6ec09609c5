#include "survey_linear.h"

#include <math.h>
#include <stdlib.h>

#include "mem.h"

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
	bool touched; /* the domain, or the margins, reach into it: else it adds nothing and lacks nothing */
	size_t clusters, touched_clusters; /* of the sample */
};

struct cluster {
	bool sampled;
	size_t stratum, units;
	size_t place; /* among those that are touched, from 1; 0: z is 0 all over it */
};

struct frame {
	const struct survey_design *design;
	size_t count;    /* numbers */
	size_t *touched; /* clusters, in no order */
	size_t touched_count;
	long double *totals; /* [place * count + v]: the touched clusters' z */
	long double *sums;   /* [stratum * count + v] */
	long double *z;      /* [v * units + unit]: kept where there is a second stage */
	struct stratum *strata;
	struct cluster *clusters;
	long double *covariance; /* [v * count + u] */
};

static void touch(struct frame *frame, size_t c, size_t h)
{
	struct cluster *cluster = &frame->clusters[c];
	frame->strata[h].touched = true;
	if (cluster->place)
		return;
	frame->touched[frame->touched_count++] = c;
	frame->strata[h].touched_clusters++;
	cluster->place = frame->touched_count;
}

static void take_units(struct frame *frame, const size_t *member, size_t n)
{
	const struct survey_design *design = frame->design;
	for (size_t unit = 0; unit < design->units; unit++) {
		if (!is_sampled(design, unit))
			continue;
		size_t c = cluster_of(design, unit), h = stratum_of(design, unit);
		struct cluster *cluster = &frame->clusters[c];
		cluster->stratum = h;
		frame->strata[h].clusters += !cluster->sampled;
		cluster->sampled = true;
		cluster->units++;
		if (design->margin_count)
			touch(frame, c, h);
	}
	for (size_t i = 0; i < n; i++)
		touch(frame, cluster_of(design, member[i]), stratum_of(design, member[i]));
	frame->totals = mem_alloc(frame->touched_count * frame->count, sizeof *frame->totals);
}

static long double *totals_of(const struct frame *frame, size_t c)
{
	return frame->totals + (frame->clusters[c].place - 1) * frame->count;
}

/* Cluster totals around their stratum's mean, or as they are where that is the rule for one alone. `unit` lists those
 * whose z is given; NULL: all. */
static void take_totals(struct frame *frame, size_t v, const long double *z, const size_t *unit, size_t n)
{
	const struct survey_design *design = frame->design;
	for (size_t i = 0; i < n; i++)
		if (is_sampled(design, unit ? unit[i] : i))
			totals_of(frame, cluster_of(design, unit ? unit[i] : i))[v] += z[i];
	for (size_t i = 0; i < frame->touched_count; i++) {
		size_t c = frame->touched[i];
		frame->sums[frame->clusters[c].stratum * frame->count + v] += totals_of(frame, c)[v];
	}
	for (size_t h = 0; h < design->strata; h++)
		frame->sums[h * frame->count + v] /=
			(long double)(frame->strata[h].clusters + !frame->strata[h].clusters);
	for (size_t i = 0; i < frame->touched_count; i++) {
		size_t c = frame->touched[i], h = frame->clusters[c].stratum;
		if (frame->strata[h].clusters > 1)
			totals_of(frame, c)[v] -= frame->sums[h * frame->count + v];
	}
}

/* The part of a stratum that was not asked. */
static long double left_of(const struct survey_design *design, size_t h, size_t n)
{
	double population = design->population ? design->population[h] : NAN;
	return isnan(population) ? 1 : ((long double)population - (long double)n) / population;
}

static void add_products(struct frame *frame, const long double *of, long double factor)
{
	for (size_t v = 0; v < frame->count; v++)
		for (size_t u = 0; factor > 0 && of[v] != 0 && u <= v; u++)
			frame->covariance[v * frame->count + u] += factor * of[v] * of[u];
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
	const struct survey_design *design = frame->design;
	long double *factor = mem_alloc(design->strata, sizeof *factor);
	enum refusal refusal = weigh_strata(frame, factor);
	for (size_t i = 0; !refusal && i < frame->touched_count; i++)
		add_products(frame, totals_of(frame, frame->touched[i]),
		             factor[frame->clusters[frame->touched[i]].stratum]);
	for (size_t h = 0; !refusal && h < design->strata; h++) { /* the others are as far from the mean as 0 is */
		size_t others = frame->strata[h].clusters - frame->strata[h].touched_clusters;
		add_products(frame, frame->sums + h * frame->count, factor[h] * (long double)others);
	}
	free(factor);
	return refusal;
}

/* --- the second stage --- */

/* What the squares of the units of each cluster count. A unit alone: by the rule, as a lonely cluster; the mean of
 * other strata is no mean of other units. */
static enum refusal weigh_clusters(const struct frame *frame, long double *factor)
{
	const struct survey_design *design = frame->design;
	for (size_t c = 0; c < design->clusters; c++) {
		const struct cluster *cluster = &frame->clusters[c];
		if (!cluster->place || isnan(design->cluster_size[c]))
			continue;
		size_t m = cluster->units;
		long double left = (design->cluster_size[c] - (long double)m) / design->cluster_size[c];
		long double drawn = 1 - left_of(design, cluster->stratum, frame->strata[cluster->stratum].clusters);
		if (left < 1e-7L || drawn <= 0) /* all of the cluster were asked; clusters without end */
			continue;
		if (m > 1)
			factor[c] = drawn * left * (long double)m / (long double)(m - 1);
		else if (design->lonely == SURVEY_LONELY_FAIL || design->lonely == SURVEY_LONELY_AVERAGE)
			return REFUSAL_LONELY_CLUSTER;
		else if (design->lonely == SURVEY_LONELY_ADJUST)
			factor[c] = drawn * left;
	}
	return REFUSAL_NONE;
}

static enum refusal add_units(struct frame *frame)
{
	const struct survey_design *design = frame->design;
	size_t count = frame->count;
	long double *factor = mem_alloc(design->clusters, sizeof *factor);
	long double *sums = mem_alloc(design->clusters * count, sizeof *sums), *of = mem_alloc(count, sizeof *of);
	enum refusal refusal = weigh_clusters(frame, factor);
	for (size_t unit = 0; !refusal && unit < design->units; unit++)
		for (size_t v = 0; is_sampled(design, unit) && v < count; v++)
			sums[cluster_of(design, unit) * count + v] += frame->z[v * design->units + unit];
	for (size_t unit = 0; !refusal && unit < design->units; unit++) {
		size_t c = cluster_of(design, unit), m = frame->clusters[c].units;
		if (!is_sampled(design, unit) || factor[c] == 0)
			continue;
		for (size_t v = 0; v < count; v++)
			of[v] = frame->z[v * design->units + unit] - (m > 1 ? sums[c * count + v] / (long double)m : 0);
		add_products(frame, of, factor[c]);
	}
	free(factor);
	free(sums);
	free(of);
	return refusal;
}

/* --- all of it --- */

/* So small beside the spread of z that it is what rounding leaves of none. */
static void write_covariance(double *covariance, const struct frame *frame, const long double *squares)
{
	size_t count = frame->count;
	for (size_t v = 0; v < count; v++)
		for (size_t u = 0; u <= v; u++) {
			bool is_nothing = !(frame->covariance[v * count + v] > 1e-20L * squares[v])
			                  || !(frame->covariance[u * count + u] > 1e-20L * squares[u]);
			covariance[v * count + u] = covariance[u * count + v] =
				is_nothing ? 0 : (double)frame->covariance[v * count + u];
		}
}

static struct frame frame_begin(const struct survey_design *design, size_t count, const size_t *member, size_t n)
{
	bool second_stage = design->cluster_size && design->cluster && design->population;
	struct frame frame = {
		.design = design,
		.count = count,
		.touched = mem_alloc(design->clusters, sizeof *frame.touched),
		.sums = mem_alloc(design->strata * count, sizeof *frame.sums),
		.z = second_stage ? mem_alloc(design->units * count, sizeof *frame.z) : NULL,
		.strata = mem_alloc(design->strata, sizeof *frame.strata),
		.clusters = mem_alloc(design->clusters, sizeof *frame.clusters),
		.covariance = mem_alloc(count * count, sizeof *frame.covariance),
	};
	take_units(&frame, member, n);
	return frame;
}

static void frame_end(struct frame *frame)
{
	free(frame->touched);
	free(frame->totals);
	free(frame->sums);
	free(frame->z);
	free(frame->strata);
	free(frame->clusters);
	free(frame->covariance);
}

/* One number: the members' z, `own`. Where margins or a second stage ask for it, every unit's. */
static void take_number(struct frame *frame, size_t v, const long double *own, const size_t *member, size_t n)
{
	const struct survey_design *design = frame->design;
	if (!frame->z && design->margin_count == 0) {
		take_totals(frame, v, own, member, n);
		return;
	}
	long double *z = mem_alloc(design->units, sizeof *z);
	for (size_t i = 0; i < n; i++)
		z[member[i]] = own[i];
	take_margins(design, z);
	if (design->margin_count)
		take_totals(frame, v, z, NULL, design->units);
	else
		take_totals(frame, v, own, member, n);
	for (size_t unit = 0; frame->z && unit < design->units; unit++)
		frame->z[v * design->units + unit] = z[unit];
	free(z);
}

enum refusal survey_linear(double *covariance, size_t count, const struct survey_design *design,
                           void (*fill)(const void *with, size_t v, long double *z), const void *with,
                           const size_t *member, size_t n)
{
	struct frame frame = frame_begin(design, count, member, n);
	long double *own = mem_alloc(n, sizeof *own), *squares = mem_alloc(count, sizeof *squares);
	for (size_t v = 0; v < count; v++) {
		for (size_t i = 0; i < n; i++)
			own[i] = 0;
		fill(with, v, own);
		for (size_t i = 0; i < n; i++)
			squares[v] += own[i] * own[i];
		take_number(&frame, v, own, member, n);
	}
	enum refusal refusal = add_clusters(&frame);
	if (!refusal && frame.z)
		refusal = add_units(&frame);
	if (!refusal)
		write_covariance(covariance, &frame, squares);
	frame_end(&frame);
	free(own);
	free(squares);
	return refusal;
}
