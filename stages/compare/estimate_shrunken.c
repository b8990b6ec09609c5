/* What tells of all published estimates at once: how far they differ beyond their errors, and the Fay-Herriot model,
 * which draws each towards the others, the more so the larger its error. */
#include "estimates.h"

#include <math.h>
#include <stdlib.h>

#include "lines.h"
#include "mem.h"
#include "random_area.h"

enum { I2_DECIMALS = 1 };

static const char method[] = "Fay-Herriot model, REML";

/* The areas with a standard error. */
struct model {
	struct fay_herriot fit;
	struct random_area *areas;
	enum refusal refusal;
};

static struct model fit(const struct analysis *analysis)
{
	const struct estimates *estimates = analysis->own;
	size_t areas = analysis->dataset->area_count, count = 0;
	double *y = mem_alloc(areas, sizeof *y), *d = mem_alloc(areas, sizeof *d);
	struct model model = { .areas = mem_alloc(areas, sizeof *model.areas) };
	for (size_t a = 0; a < areas; a++) {
		struct estimate of = estimates_at(estimates, estimates->period, a);
		if (of.se_refusal)
			continue;
		y[count] = of.value;
		d[count++] = of.se * of.se;
	}
	model.refusal = fay_herriot(&model.fit, model.areas, y, d, count);
	if (!model.refusal && !(isfinite(model.fit.q) && isfinite(model.fit.mean) && isfinite(model.fit.tau2)))
		model.refusal = REFUSAL_NOT_COMPUTABLE;
	free(y);
	free(d);
	return model;
}

static unsigned cautions_of(const struct model *model)
{
	return !model->refusal && model->fit.tau2 == 0 ? CAUTION_BETWEEN_ZERO : 0;
}

static void begin_line(struct analysis *analysis, const struct model *model, struct result line, unsigned cautions)
{
	const struct estimates *estimates = analysis->own;
	struct analysis_rests rests = { 0 };
	line.across = estimates->across;
	line.method = line.method ? line.method : method;
	line.level = NAN;
	analysis_result(analysis, line, &rests, model->refusal, cautions);
}

static void say_model(struct analysis *analysis, const struct model *model)
{
	const struct estimates *estimates = analysis->own;
	const char *unit = analysis->outcome->unit;
	int decimals = analysis->config->decimals + 1;
	size_t line = published_line(analysis, "Differences between areas", NULL, "test");
	begin_line(analysis, model, (struct result){ .statistic = "areas_mean", .category = "fay_herriot" },
	           cautions_of(model));
	published_enter(analysis, line, published_column(analysis, "Mean of the areas", unit),
	                analysis_figure(analysis, "estimate", decimals, model->fit.mean));
	published_enter(analysis, line, published_column(analysis, "Its standard error", unit),
	                analysis_figure(analysis, "se", decimals, model->fit.se));
	begin_line(analysis, model, (struct result){ .statistic = "between_areas_sd", .category = "fay_herriot" },
	           cautions_of(model));
	published_enter(analysis, line, published_column(analysis, "Standard deviation between areas (tau)", unit),
	                analysis_figure(analysis, "estimate", decimals, sqrt(model->fit.tau2)));
	begin_line(analysis, model, (struct result){ .statistic = "i_squared", .method = "Higgins and Thompson 2002" },
	           0);
	published_enter(analysis, line, published_column(analysis, "I squared", "%"),
	                analysis_figure(analysis, "estimate", I2_DECIMALS, 100 * model->fit.i2));
	begin_line(analysis, model, (struct result){ .statistic = "heterogeneity", .method = "Cochran's Q" }, 0);
	size_t count = 0;
	for (size_t a = 0; a < analysis->dataset->area_count; a++)
		count += !estimates_at(estimates, estimates->period, a).se_refusal;
	published_enter(analysis, line, published_column(analysis, "Q", NULL),
	                analysis_figure(analysis, "statistic", ANALYSIS_STATISTIC_DECIMALS, model->fit.q));
	published_enter(analysis, line, published_column(analysis, "df", NULL),
	                analysis_figure(analysis, "df", 0, (double)count - 1));
	published_enter(analysis, line, published_column(analysis, "p", NULL),
	                analysis_figure(analysis, "p", ANALYSIS_P_DECIMALS, model->fit.p));
}

static void say_area(struct analysis *analysis, const struct model *model, size_t area, const struct random_area *drawn,
                     size_t column)
{
	const struct estimates *estimates = analysis->own;
	const struct dataset_area *about = &analysis->dataset->areas[area];
	struct estimate of = estimates_at(estimates, estimates->period, area);
	enum refusal refusal = of.se_refusal ? of.se_refusal : model->refusal;
	struct analysis_rests rests = { 0 };
	int decimals = analysis->config->decimals;
	size_t line = published_line(analysis, about->label, about->code, "area");
	published_enter(analysis, line, 1, estimates->figures[area]);
	published_enter(analysis, line, 2, estimates->se_figures[area]);
	analysis_result(analysis,
	                (struct result){ .statistic = "fay_herriot",
	                                 .area = about->code,
	                                 .across = estimates->across,
	                                 .method = "Fay-Herriot model, REML; error: root of g1 + g2 + 2 g3",
	                                 .level = NAN },
	                &rests, refusal, cautions_of(model));
	published_enter(analysis, line, column, analysis_figure(analysis, "estimate", decimals, drawn->estimate));
	published_enter(analysis, line, column + 1, analysis_figure(analysis, "se", decimals + 1, drawn->se));
	analysis_result(analysis,
	                (struct result){ .statistic = "fay_herriot_difference",
	                                 .area = about->code,
	                                 .across = estimates->across,
	                                 .method = method,
	                                 .level = NAN },
	                &rests, refusal, cautions_of(model));
	published_enter(analysis, line, column + 2,
	                analysis_figure(analysis, "estimate", decimals, drawn->estimate - of.value));
}

void estimates_say_shrunken(struct analysis *analysis)
{
	const struct estimates *estimates = analysis->own;
	const struct random_area none = { 0 };
	const char *unit = analysis->outcome->unit;
	struct model model = fit(analysis);
	published_arrange(
		analysis, &estimates->period, "shrunken", "drawn together",
		"Fay-Herriot model: an area's figure is the mean of the areas, a difference of its own and its published error; the "
		"empirical best linear unbiased prediction draws it towards the mean of the areas, the more so the larger its error. "
		"Read the published figure beside it: this one is the better guess, and never the published figure. Areas "
		"without a standard error are left out. Q tests whether the areas differ beyond their errors, and I squared is the "
		"share of their variation that does.");
	published_column(analysis, "Estimate", unit);
	published_column(analysis, "Standard error", unit);
	size_t column = published_column(analysis, "Drawn to the mean", unit);
	published_column(analysis, "Its error", unit);
	published_column(analysis, "Difference", unit);
	for (size_t a = 0, i = 0; a < analysis->dataset->area_count; a++) {
		bool in = !estimates_at(estimates, estimates->period, a).se_refusal;
		say_area(analysis, &model, a, in ? &model.areas[i++] : &none, column);
	}
	say_model(analysis, &model);
	free(model.areas);
}
