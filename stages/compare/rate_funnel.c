/* What tells of all areas at once: how far an area lies from the centre by chance, without and with overdispersion, and
 * the estimates of a random intercept, which draws each area towards the others. */
#include "rates.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "lines.h"
#include "mem.h"
#include "random_area.h"
#include "shrunken.h"
#include "standing.h"

enum { WIDE_DECIMALS = 3, PHI_DECIMALS = 2 };

/* --- the funnel --- */

/* Two levels of limits, and where the share lies. */
struct funnel_kind {
	const char *inner, *outer; /* statistics */
	const char *method;
	bool wide; /* with overdispersion */
};
static const struct funnel_kind funnels[] = {
	{ "funnel_inner", "funnel_outer", "exact binomial funnel limits", false },
	{ "funnel_inner_overdispersed", "funnel_outer_overdispersed",
	  "funnel limits with overdispersion, on the arcsine scale", true },
};

static enum refusal limits_of(struct funnel_limits *limits, const struct rates *rates, const struct funnel_kind *kind,
                              double n, double level)
{
	enum refusal refusal = kind->wide ? rates->over_refusal : rates->centre_refusal;
	if (refusal)
		return refusal;
	return kind->wide ? funnel_share_over(limits, rates->centre, n, rates->over.tau2, level)
	                  : funnel_share(limits, rates->centre, n, level);
}

static void say_limits(struct analysis *analysis, size_t area, size_t line, size_t column,
                       const struct funnel_kind *kind)
{
	const struct rates *rates = analysis->own;
	const struct published_pair *pair = published_at(rates->areas, rates->period, area);
	double n = (double)pair->base.n, share = n > 0 ? (double)pair->events.n / n : 0;
	struct funnel_limits inner = { 0 }, outer = { 0 };
	enum refusal refusal = published_refusal(pair);
	if (!refusal)
		refusal = limits_of(&inner, rates, kind, n, ANALYSIS_LEVEL);
	if (!refusal)
		refusal = limits_of(&outer, rates, kind, n, published_outer_level);
	const struct {
		const char *statistic;
		double level;
		struct funnel_limits limits;
	} lines[] = { { kind->inner, ANALYSIS_LEVEL, inner }, { kind->outer, published_outer_level, outer } };
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct analysis_rests rests = { 0 };
		rates_rest_on(&rests, pair);
		if (kind->wide)
			rates_rest_on_all(analysis, &rests);
		rates_rest_on_centre(analysis, &rests);
		analysis_result(analysis,
		                (struct result){ .statistic = lines[i].statistic,
		                                 .area = analysis->dataset->areas[area].code,
		                                 .across = rates->across,
		                                 .comparator = rates_centre_name(analysis),
		                                 .method = kind->method,
		                                 .level = lines[i].level },
		                &rests, refusal, 0);
		int decimals = analysis->config->decimals;
		published_enter(analysis, line, column + 2 * i,
		                analysis_figure(analysis, "low", decimals, 100 * lines[i].limits.low));
		published_enter(analysis, line, column + 2 * i + 1,
		                analysis_figure(analysis, "high", decimals, 100 * lines[i].limits.high));
	}
	/* of the newest line, the outer limits': it tells of both */
	published_enter(
		analysis, line, column + 4,
		analysis_figure(analysis, "standing", 0,
	                        standing_in_funnel(share, (double[]){ outer.low, inner.low, inner.high, outer.high })));
}

static void say_overdispersion(struct analysis *analysis)
{
	const struct rates *rates = analysis->own;
	const struct {
		const char *statistic, *heading;
		int decimals;
		double value;
	} figures[] = {
		{ "overdispersion", "Overdispersion (phi)", PHI_DECIMALS, rates->over.phi },
		{ "between_areas_sd", "Standard deviation between areas (tau, arcsine scale)", WIDE_DECIMALS,
		  sqrt(rates->over.tau2) },
	};
	size_t line = published_line(analysis, "Overdispersion", NULL, "test");
	for (size_t i = 0; i < COUNT(figures); i++) {
		struct analysis_rests rests = { 0 };
		rates_rest_on_all(analysis, &rests);
		rates_rest_on_centre(analysis, &rests);
		analysis_result(analysis,
		                (struct result){ .statistic = figures[i].statistic,
		                                 .category = "funnel",
		                                 .across = rates->across,
		                                 .comparator = rates_centre_name(analysis),
		                                 .method = "Spiegelhalter 2005, 10 per cent winsorised",
		                                 .level = NAN },
		                &rests, rates->over_refusal, 0);
		published_enter(analysis, line, published_column(analysis, figures[i].heading, NULL),
		                analysis_figure(analysis, "estimate", figures[i].decimals, figures[i].value));
	}
}

void rates_say_funnel(struct analysis *analysis)
{
	static const char *const headings[] = { "95% lower limit", "95% upper limit", "99.8% lower limit",
		                                "99.8% upper limit", "Where" };
	const struct dataset *dataset = analysis->dataset;
	const struct rates *rates = analysis->own;
	char *method = mem_print(
		"Funnel around %s. Limits: exact binomial, interpolated; of so many areas with no difference but chance, "
		"about 5 in 100 lie outside the 95 per cent limits and 2 in 1,000 outside the 99.8 per cent ones. With "
		"overdispersion: widened by how much more than chance the areas differ. An area outside its limits is not "
		"for that better or worse.",
		rates_centre_name(analysis));
	rates_arrange(analysis, "funnel", "funnel", method);
	free(method);
	size_t base = published_column(analysis, "Base", dataset->unit.plural),
	       share = published_column(analysis, "Share", "%");
	size_t columns[COUNT(funnels)];
	for (size_t f = 0; f < COUNT(funnels); f++)
		for (size_t i = 0; i < COUNT(headings); i++) {
			char *heading = mem_print(funnels[f].wide ? "%s, overdispersed" : "%s", headings[i]);
			size_t column = published_column(analysis, heading, i + 1 < COUNT(headings) ? "%" : NULL);
			columns[f] = i == 0 ? column : columns[f];
			free(heading);
		}
	for (size_t a = 0; a < dataset->area_count; a++) {
		const struct dataset_area *area = &dataset->areas[a];
		size_t line = published_line(analysis, area->label, area->code, "area");
		published_enter(analysis, line, base, rates->said[a].base);
		published_enter(analysis, line, share, rates->said[a].share.estimate);
		for (size_t f = 0; f < COUNT(funnels); f++)
			say_limits(analysis, a, line, columns[f], &funnels[f]);
	}
	say_overdispersion(analysis);
}

/* --- drawn together --- */

static double share_at(double logit)
{
	return 1 / (1 + exp(-logit));
}

static void rest_on_area(const struct analysis *analysis, size_t area, struct analysis_rests *rests)
{
	const struct rates *rates = analysis->own;
	rates_rest_on(rests, published_at(rates->areas, rates->period, area));
}

/* What is said of each area; those that have a share stand in `drawn` one after the other. Free with free(). */
static struct shrunken_area *area_lines(const struct analysis *analysis, const struct random_area *drawn, bool is_drawn)
{
	const struct rates *rates = analysis->own;
	size_t count = analysis->dataset->area_count, i = 0;
	struct shrunken_area *areas = mem_alloc(count, sizeof *areas);
	double z = gsl_cdf_ugaussian_Qinv((1 - ANALYSIS_LEVEL / 100.) / 2);
	for (size_t a = 0; a < count; a++) {
		areas[a] = (struct shrunken_area){ .base = rates->said[a].base,
			                           .own = rates->said[a].share.estimate,
			                           .refusal = published_refusal(
							   published_at(rates->areas, rates->period, a)) };
		if (areas[a].refusal || !is_drawn)
			continue;
		const struct random_area *of = &drawn[i++];
		double logit = log(of->estimate / (1 - of->estimate));
		areas[a].estimate = 100 * of->estimate;
		areas[a].low = 100 * share_at(logit - z * of->se);
		areas[a].high = 100 * share_at(logit + z * of->se);
	}
	return areas;
}

void rates_say_shrunken(struct analysis *analysis)
{
	const struct rates *rates = analysis->own;
	struct random_logit model = { 0 };
	struct random_area *drawn = mem_alloc(rates->count + 1, sizeof *drawn);
	enum refusal refusal = random_logit(&model, drawn, rates->x, rates->n, rates->count);
	struct shrunken_area *areas = area_lines(analysis, drawn, !refusal);
	rates_arrange(
		analysis, "shrunken", "drawn together",
		"Empirical-Bayes share: a logistic model with a random intercept for each area draws an area's share towards "
		"the average of the areas, the more so the smaller its base. 95 per cent interval given the model. Read the "
		"published share beside it: this one is the better guess, and never the published figure. The p of the "
		"likelihood ratio is halved, as the standard deviation between areas cannot be below 0.");
	shrunken_say(analysis, analysis->arrangement,
	             &(struct shrunken){
			     .own = "Share",
			     .drawn = "Empirical-Bayes share",
			     .unit = "%",
			     .area_method = "random intercept, empirical Bayes at the mode",
			     .model_method = "random intercept, adaptive Gauss-Hermite quadrature",
			     .across = rates->across,
			     .areas = areas,
			     .refusal = refusal,
			     .alike = !refusal && model.tau == 0,
			     .between = { { "between_areas_sd", "Standard deviation between areas (tau, logit scale)",
	                                    NULL, SHRUNKEN_DECIMALS, model.tau, NULL, REFUSAL_NONE },
	                                  { "median_odds_ratio", "Median odds ratio", NULL, SHRUNKEN_DECIMALS,
	                                    model.mor, NULL, REFUSAL_NONE } },
			     .between_count = 2,
			     .statistic = model.statistic,
			     .p = model.p,
			     .rest_on = rest_on_area,
			     .rest_on_all = rates_rest_on_all,
		     });
	free(areas);
	free(drawn);
}
