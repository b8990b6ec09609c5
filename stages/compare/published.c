#include "published.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "provenance.h"
#include "sample.h"
#include "text.h"

enum { EVENTS, BASE, FILTER, FILTERS };
enum { DIGITS = 16 };

/* Of what analysis and dataset the words of an error are. */
struct asking {
	const struct dataset *dataset;
	const char *analysis, *study;
};

static bool wrong(const struct asking *asking, struct error *err, const char *what, const char *name)
{
	return error_at(err, ERROR_CONFIG, asking->study, 0, "analysis %s: %s %s", asking->analysis, what, name);
}

/* --- what the config names --- */

static bool find_kept(const struct asking *asking, const struct dataset_variable **variable, const char *name,
                      struct error *err)
{
	const struct dataset *dataset = asking->dataset;
	*variable = dataset_variable(dataset, name);
	if (*variable && (*variable)->column)
		return true;
	const char *near = dataset_near(dataset, name);
	wrong(asking, err, *variable ? "deidentify keeps nothing of" : "the dataset has no variable", name);
	return near && !*variable
	               ? error_help(err, "did you mean %s?", near)
	               : error_help(err, "name a variable of the dictionary of the dataset %s", dataset->name);
}

static bool find_count(const struct asking *asking, const struct dataset_variable **variable, const char *name,
                       struct error *err)
{
	if (!find_kept(asking, variable, name, err))
		return false;
	if (strcmp((*variable)->type, "integer") == 0 && (*variable)->code_count == 0)
		return true;
	wrong(asking, err, "it takes whole numbers, and these are none:", name);
	return error_help(err, "take a variable of type integer");
}

static bool find_series(const struct asking *asking, const struct dataset_variable **variable, const char *name,
                        struct error *err)
{
	if (!find_kept(asking, variable, name, err))
		return false;
	if ((*variable)->integers || (strcmp((*variable)->type, "integer") == 0 && (*variable)->code_count == 0))
		return true;
	wrong(asking, err, "periods are whole numbers, and these are none:", name);
	return error_help(err, "take a variable of type integer, or one whose codes are whole numbers");
}

static bool find_number(const struct asking *asking, const struct dataset_variable **variable, const char *name,
                        struct error *err)
{
	if (!find_kept(asking, variable, name, err))
		return false;
	if (sample_is_number(*variable) && (*variable)->code_count == 0)
		return true;
	wrong(asking, err, "it takes numbers, and these are none:", name);
	return error_help(err, "take a variable of type number");
}

/* --- reading --- */

static enum refusal refusal_of(const struct dataset_variable *variable, size_t atom)
{
	static const struct {
		const char *reason;
		enum refusal refusal;
	} reasons[] = {
		{ "suppressed", REFUSAL_SOURCE_SUPPRESSED },
		{ "not_applicable", REFUSAL_SOURCE_NOT_APPLICABLE },
		{ "low", REFUSAL_SOURCE_LOW },
	};
	size_t answers = sample_answers(variable);
	for (size_t i = 0; atom >= answers && i < COUNT(reasons); i++)
		if (strcmp(variable->reasons[atom - answers], reasons[i].reason) == 0)
			return reasons[i].refusal;
	return atom >= answers ? REFUSAL_SOURCE_MISSING : REFUSAL_NONE;
}

static int compare_periods(const void *left, const void *right)
{
	long long a = *(const long long *)left, b = *(const long long *)right;
	return (a > b) - (a < b);
}

/* What the rows under way are taken from: those of which all of `needed` are true, and any of `either` if there is
 * one. */
struct rows {
	const struct dataset_variable *outcome;
	struct sample *counts, *series; /* series NULL: there is none */
	unsigned long long needed, either;
};

static bool is_taken(const struct rows *rows, size_t row)
{
	unsigned long long bits = rows->counts->filters[row];
	return (bits & rows->needed) == rows->needed && (!rows->either || bits & rows->either)
	       && !(rows->series && isnan(rows->series->value[row]));
}

static long long period_of(const struct rows *rows, size_t row)
{
	return rows->series ? (long long)rows->series->value[row] : 0;
}

/* The periods of all rows that are taken, in their order: free with free(). */
static long long *find_periods(const struct rows *rows, size_t *period_count)
{
	long long *found = mem_alloc(rows->counts->count + 1, sizeof *found);
	size_t count = 0;
	*period_count = 0;
	for (size_t i = 0; i < rows->counts->count; i++)
		if (is_taken(rows, i))
			found[count++] = period_of(rows, i);
	if (count)
		mem_sort(found, count, sizeof *found, compare_periods);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || found[i] != found[i - 1])
			found[(*period_count)++] = found[i];
	return found;
}

/* period_count: there is no such period. */
static size_t find_period(const long long *periods, size_t period_count, long long period)
{
	size_t i = 0;
	while (i < period_count && periods[i] != period)
		i++;
	return i;
}

static bool read_series(const struct asking *asking, struct rows *rows, const char *name, struct error *err)
{
	struct sample_request series = { .study = asking->study };
	return !name
	       || (find_series(asking, &series.outcome, name, err)
	           && sample_read(&rows->series, asking->dataset, &series, err));
}

static bool twice(const struct asking *asking, struct error *err, const char *what)
{
	wrong(asking, err, "more than one figure of an area fits", what);
	return error_help(err,
	                  "say more in it, or in the filter; or name the variable that they differ by as the series");
}

static bool none_fits(const struct asking *asking, struct error *err)
{
	wrong(asking, err, "no figure fits its expressions in the dataset", asking->dataset->name);
	return error_help(err, "see the codes of the data dictionary");
}

/* --- counts --- */

static struct published_pair *pair_at(const struct published *published, long long period, size_t area)
{
	size_t at = find_period(published->periods, published->period_count, period);
	return at < published->period_count ? &published->pairs[at * published->dataset->area_count + area] : NULL;
}

const struct published_pair *published_at(const struct published *published, long long period, size_t area)
{
	return pair_at(published, period, area);
}

static bool take_row(const struct published *published, const struct asking *asking, const struct rows *rows,
                     size_t row, bool *taken, struct error *err)
{
	size_t area = rows->counts->area[row], areas = published->dataset->area_count;
	if (!is_taken(rows, row) || area >= areas)
		return true;
	struct published_pair *pair = pair_at(published, period_of(rows, row), area);
	struct published_figure *figures[] = { [EVENTS] = &pair->events, [BASE] = &pair->base };
	const char *expressions[] = { published->config->events, published->config->base };
	for (size_t which = EVENTS; which <= BASE; which++) {
		size_t at = (size_t)(pair - published->pairs) * 2 + which;
		if (!(rows->counts->filters[row] >> which & 1))
			continue;
		if (taken[at])
			return twice(asking, err, expressions[which]);
		taken[at] = true;
		*figures[which] = (struct published_figure){
			.refusal = refusal_of(rows->outcome, rows->counts->outcome[row]),
			.n = isnan(rows->counts->value[row]) ? 0 : (long long)rows->counts->value[row],
		};
		if (figures[which]->n < 0)
			return error_at(err, ERROR_INPUT, store_path(published->dataset->store), 0,
			                "a count of %s is negative: min 0 in the data dictionary finds it",
			                rows->outcome->name);
	}
	return true;
}

static bool take_rows(struct published *published, const struct asking *asking, const struct rows *rows,
                      struct error *err)
{
	published->periods = find_periods(rows, &published->period_count);
	size_t count = published->period_count * published->dataset->area_count;
	bool *taken = mem_alloc(2 * count, sizeof *taken), ok = true;
	published->pairs = mem_alloc(count, sizeof *published->pairs);
	for (size_t i = 0; i < count; i++)
		published->pairs[i].events.refusal = published->pairs[i].base.refusal = REFUSAL_SOURCE_MISSING;
	for (size_t i = 0; ok && i < rows->counts->count; i++)
		ok = take_row(published, asking, rows, i, taken, err);
	free(taken);
	return ok;
}

bool published_read_any(struct published **published, const struct dataset *dataset,
                        const struct study_analysis *config, const char *study, struct error *err)
{
	struct published *read = mem_alloc(1, sizeof *read);
	*read = (struct published){ .dataset = dataset, .config = config };
	struct asking asking = { dataset, config->name, study };
	const char *filters[FILTERS] = { [EVENTS] = config->events, [BASE] = config->base, [FILTER] = config->filter };
	struct sample_request request = { .filters = filters,
		                          .filter_count = config->filter ? FILTERS : FILTER,
		                          .study = study };
	struct rows rows = { .needed = config->filter ? 1u << FILTER : 0, .either = 1u << EVENTS | 1u << BASE };
	bool ok = provenance_read(&read->digest, dataset->store, "population", err)
	          && find_count(&asking, &rows.outcome, config->outcome, err);
	request.outcome = rows.outcome;
	ok = ok && sample_read(&rows.counts, dataset, &request, err) && read_series(&asking, &rows, config->series, err)
	     && take_rows(read, &asking, &rows, err);
	sample_free(rows.counts);
	sample_free(rows.series);
	if (ok)
		*published = read;
	else
		published_free(read);
	return ok;
}

bool published_read(struct published **published, const struct dataset *dataset, const struct study_analysis *config,
                    const char *study, struct error *err)
{
	struct published *read = NULL;
	if (!published_read_any(&read, dataset, config, study, err))
		return false;
	if (read->period_count == 0) {
		published_free(read);
		return none_fits(&(struct asking){ dataset, config->name, study }, err);
	}
	*published = read;
	return true;
}

void published_free(struct published *published)
{
	if (!published)
		return;
	free(published->digest);
	free(published->periods);
	free(published->pairs);
	free(published);
}

/* --- cells --- */

static void add_cell(const struct published *published, struct universe *universe, struct published_figure *figure,
                     const char *expression, size_t area, long long period)
{
	const struct dataset *dataset = published->dataset;
	const struct unit *unit = &dataset->unit;
	struct text condition = { 0 };
	if (figure->refusal != REFUSAL_NONE)
		return;
	text_print(&condition, "%s{%.*s} & %s=%s & (%s)", dataset->name, DIGITS,
	           published->digest ? published->digest : "", dataset->variables[dataset->area].name,
	           dataset->areas[area].code, expression);
	if (published->config->filter)
		text_print(&condition, " & (%s)", published->config->filter);
	if (published->config->series)
		text_print(&condition, " & %s=%lld", published->config->series, period);
	figure->cell = universe_cell(
		universe, universe_unit(universe, unit->name, unit->plural, unit->confidential, unit->threshold),
		condition.bytes, figure->n);
	text_free(&condition);
}

void published_cells(struct published *published, struct universe *universe)
{
	size_t areas = published->dataset->area_count;
	for (size_t i = 0; i < published->period_count * areas; i++) {
		struct published_pair *pair = &published->pairs[i];
		long long period = published->periods[i / areas];
		add_cell(published, universe, &pair->events, published->config->events, i % areas, period);
		add_cell(published, universe, &pair->base, published->config->base, i % areas, period);
	}
}

enum refusal published_refusal(const struct published_pair *pair)
{
	if (pair->base.refusal != REFUSAL_NONE)
		return pair->base.refusal;
	if (pair->events.refusal != REFUSAL_NONE)
		return pair->events.refusal;
	if (pair->base.n == 0)
		return REFUSAL_SOURCE_ZERO;
	return pair->events.n > pair->base.n ? REFUSAL_EVENTS_ABOVE_BASE : REFUSAL_NONE;
}

/* --- numbers --- */

static bool take_values(struct published_values *values, const struct asking *asking, const struct rows *rows,
                        struct error *err)
{
	values->periods = find_periods(rows, &values->period_count);
	if (values->period_count == 0)
		return none_fits(asking, err);
	size_t areas = values->dataset->area_count, count = values->period_count * areas;
	bool *taken = mem_alloc(count, sizeof *taken), ok = true;
	values->values = mem_alloc(count, sizeof *values->values);
	for (size_t i = 0; i < count; i++)
		values->values[i] = (struct published_value){ REFUSAL_SOURCE_MISSING, NAN };
	for (size_t i = 0; ok && i < rows->counts->count; i++) {
		size_t area = rows->counts->area[i];
		if (!is_taken(rows, i) || area >= areas)
			continue;
		size_t at = find_period(values->periods, values->period_count, period_of(rows, i)) * areas + area;
		ok = !taken[at] || twice(asking, err, rows->outcome->name);
		taken[at] = true;
		values->values[at] = (struct published_value){
			refusal_of(rows->outcome, rows->counts->outcome[i]),
			rows->counts->value[i],
		};
	}
	free(taken);
	return ok;
}

bool published_values_read(struct published_values **values, const struct dataset *dataset,
                           const struct published_request *request, struct error *err)
{
	struct published_values *read = mem_alloc(1, sizeof *read);
	*read = (struct published_values){ .dataset = dataset };
	struct asking asking = { dataset, request->analysis, request->study };
	struct rows rows = { .needed = request->filter ? 1 : 0 };
	bool ok = find_number(&asking, &rows.outcome, request->variable, err);
	read->variable = rows.outcome;
	ok = ok
	     && sample_read(&rows.counts, dataset,
	                    &(struct sample_request){ .outcome = rows.outcome,
	                                              .filters = &request->filter,
	                                              .filter_count = request->filter ? 1 : 0,
	                                              .study = request->study },
	                    err)
	     && read_series(&asking, &rows, request->series, err) && take_values(read, &asking, &rows, err);
	sample_free(rows.counts);
	sample_free(rows.series);
	if (ok)
		*values = read;
	else
		published_values_free(read);
	return ok;
}

void published_values_free(struct published_values *values)
{
	if (!values)
		return;
	free(values->periods);
	free(values->values);
	free(values);
}

struct published_value published_value_at(const struct published_values *values, long long period, size_t area)
{
	size_t at = find_period(values->periods, values->period_count, period);
	return at < values->period_count ? values->values[at * values->dataset->area_count + area]
	                                 : (struct published_value){ REFUSAL_SOURCE_MISSING, NAN };
}
