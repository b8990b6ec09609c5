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

static bool wrong(const struct published *published, const char *study, struct error *err, const char *what,
                  const char *name)
{
	return error_at(err, ERROR_CONFIG, study, 0, "analysis %s: %s %s", published->config->name, what, name);
}

/* --- what the config names --- */

static bool find_count(const struct published *published, const struct dataset_variable **variable, const char *name,
                       const char *study, struct error *err)
{
	const struct dataset *dataset = published->dataset;
	*variable = dataset_variable(dataset, name);
	if (!*variable || !(*variable)->column) {
		const char *near = dataset_near(dataset, name);
		wrong(published, study, err, *variable ? "deidentify keeps nothing of" : "the dataset has no variable",
		      name);
		return near && !*variable
		               ? error_help(err, "did you mean %s?", near)
		               : error_help(err, "name a variable of the dictionary of the dataset %s", dataset->name);
	}
	if (strcmp((*variable)->type, "integer") != 0 || (*variable)->code_count > 0) {
		wrong(published, study, err, "it takes whole numbers, and these are none:", name);
		return error_help(err, "take a variable of type integer");
	}
	return true;
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

/* What the rows under way are taken from. */
struct rows {
	const struct dataset_variable *outcome;
	struct sample *counts, *series; /* series NULL: there is none */
	bool filtered;
};

static bool is_taken(const struct rows *rows, size_t row)
{
	unsigned long long bits = rows->counts->filters[row];
	bool kept = !rows->filtered || bits >> FILTER & 1;
	return kept && (bits & (1u << EVENTS | 1u << BASE));
}

static long long period_of(const struct rows *rows, size_t row)
{
	return rows->series ? (long long)rows->series->value[row] : 0;
}

static void find_periods(struct published *published, const struct rows *rows)
{
	long long *found = mem_alloc(rows->counts->count + 1, sizeof *found);
	size_t count = 0;
	for (size_t i = 0; i < rows->counts->count; i++)
		if (is_taken(rows, i) && !(rows->series && isnan(rows->series->value[i])))
			found[count++] = period_of(rows, i);
	if (count)
		mem_sort(found, count, sizeof *found, compare_periods);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || found[i] != found[i - 1])
			found[published->period_count++] = found[i];
	published->periods = found;
}

static struct published_pair *pair_at(const struct published *published, long long period, size_t area)
{
	for (size_t i = 0; i < published->period_count; i++)
		if (published->periods[i] == period)
			return &published->pairs[i * published->dataset->area_count + area];
	return NULL;
}

const struct published_pair *published_at(const struct published *published, long long period, size_t area)
{
	return pair_at(published, period, area);
}

static bool take_row(const struct published *published, const struct rows *rows, size_t row, bool *taken,
                     const char *study, struct error *err)
{
	size_t area = rows->counts->area[row], areas = published->dataset->area_count;
	if (!is_taken(rows, row) || area >= areas || (rows->series && isnan(rows->series->value[row])))
		return true;
	struct published_pair *pair = pair_at(published, period_of(rows, row), area);
	struct published_figure *figures[] = { [EVENTS] = &pair->events, [BASE] = &pair->base };
	const char *expressions[] = { published->config->events, published->config->base };
	for (size_t which = EVENTS; which <= BASE; which++) {
		size_t at = (size_t)(pair - published->pairs) * 2 + which;
		if (!(rows->counts->filters[row] >> which & 1))
			continue;
		if (taken[at]) {
			wrong(published, study, err, "more than one figure of an area fits", expressions[which]);
			return error_help(err,
			                  "say more in it, or in the filter; or name the variable that they differ "
			                  "by as the series");
		}
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

static bool take_rows(struct published *published, const struct rows *rows, const char *study, struct error *err)
{
	find_periods(published, rows);
	if (published->period_count == 0) {
		wrong(published, study, err, "no figure fits its expressions in the dataset", published->dataset->name);
		return error_help(err, "see the codes of the data dictionary");
	}
	size_t count = published->period_count * published->dataset->area_count;
	bool *taken = mem_alloc(2 * count, sizeof *taken), ok = true;
	published->pairs = mem_alloc(count, sizeof *published->pairs);
	for (size_t i = 0; i < count; i++)
		published->pairs[i].events.refusal = published->pairs[i].base.refusal = REFUSAL_SOURCE_MISSING;
	for (size_t i = 0; ok && i < rows->counts->count; i++)
		ok = take_row(published, rows, i, taken, study, err);
	free(taken);
	return ok;
}

bool published_read(struct published **published, const struct dataset *dataset, const struct study_analysis *config,
                    const char *study, struct error *err)
{
	struct published *read = mem_alloc(1, sizeof *read);
	*read = (struct published){ .dataset = dataset, .config = config };
	const char *filters[FILTERS] = { [EVENTS] = config->events, [BASE] = config->base, [FILTER] = config->filter };
	struct sample_request request = { .filters = filters,
		                          .filter_count = config->filter ? FILTERS : FILTER,
		                          .study = study };
	struct rows rows = { .filtered = config->filter != NULL };
	bool ok = provenance_read(&read->digest, dataset->store, "population", err)
	          && find_count(read, &rows.outcome, config->outcome, study, err);
	request.outcome = rows.outcome;
	ok = ok && sample_read(&rows.counts, dataset, &request, err);
	if (ok && config->series) {
		struct sample_request series = { .study = study };
		ok = find_count(read, &series.outcome, config->series, study, err)
		     && sample_read(&rows.series, dataset, &series, err);
	}
	ok = ok && take_rows(read, &rows, study, err);
	sample_free(rows.counts);
	sample_free(rows.series);
	if (ok)
		*published = read;
	else
		published_free(read);
	return ok;
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
