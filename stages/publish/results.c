#include "results.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "number.h"

static void add(struct text *value, const char *words)
{
	if (words)
		text_add(value, words);
}

static void read_outcome_label(struct text *value, const struct publication *publication, const struct result *result)
{
	add(value, universe_label_of(publication->universe, "variable", result->outcome));
}

static void read_category_label(struct text *value, const struct publication *publication, const struct result *result)
{
	if (!result->category)
		return;
	char *name = mem_print("%s=%s", result->outcome, result->category);
	add(value, universe_label_of(publication->universe, "code", name));
	free(name);
}

static void read_area(struct text *value, const struct publication *publication, const struct result *result)
{
	add(value, result->area ? universe_label_of(publication->universe, "area", result->area) : "All areas");
}

static void read_across_label(struct text *value, const struct publication *publication, const struct result *result)
{
	add(value, result->across ? universe_label_of(publication->universe, "code", result->across) : NULL);
}

static void read_level(struct text *value, const struct publication *publication, const struct result *result)
{
	(void)publication;
	char level[NUMBER_TEXT_SIZE];
	if (isnan(result->level))
		return;
	number_print_exact(level, result->level);
	text_add(value, level);
}

static void read_family_size(struct text *value, const struct publication *publication, const struct result *result)
{
	(void)publication;
	if (result->family_size && result->status == RESULT_OK)
		text_print(value, "%zu", result->family_size);
}

static void read_seed(struct text *value, const struct publication *publication, const struct result *result)
{
	(void)publication;
	if (result->has_seed && result->status == RESULT_OK)
		text_print(value, "%lld", result->seed);
}

static void read_status(struct text *value, const struct publication *publication, const struct result *result)
{
	if (result->status == RESULT_HIDDEN) /* bare: what stands in a table without its brackets */
		text_add_bytes(value, publication->symbol + 1, strlen(publication->symbol) - 2);
	else if (result->status == RESULT_REFUSED)
		text_add(value, "x");
}

/* Method, reason and cautions of a hidden line depend on what is hidden. */
static void read_method(struct text *value, const struct publication *publication, const struct result *result)
{
	(void)publication;
	add(value, result->status == RESULT_HIDDEN ? NULL : result->method);
}

static void read_reason(struct text *value, const struct publication *publication, const struct result *result)
{
	(void)publication;
	add(value, result->status == RESULT_REFUSED ? result->reason : NULL);
}

static void read_flags(struct text *value, const struct publication *publication, const struct result *result)
{
	(void)publication;
	add(value, result->status == RESULT_OK ? result->flags : NULL);
}

static void read_policy(struct text *value, const struct publication *publication, const struct result *result)
{
	(void)result;
	add(value, publication_told(publication, "policy"));
}

static void read_synthetic(struct text *value, const struct publication *publication, const struct result *result)
{
	(void)result;
	add(value, publication_synthetic(publication) ? "yes" : "no");
}

#define FIELD(member) .is_field = true, .field = offsetof(struct result, member)

const struct results_column results_columns[] = {
	{ "analysis", "The analysis, as the study's config names it.", FIELD(analysis) },
	{ "dataset", "The dataset that it is made from.", FIELD(dataset) },
	{ "statistic", "What the line is: a count, a mean, a share, a test.", FIELD(statistic) },
	{ "outcome", "The variable.", FIELD(outcome) },
	{ "outcome_label", "The variable in words.", .read = read_outcome_label },
	{ "category", "The code of the variable that the line is about; empty where it is about all of them.",
	  FIELD(category) },
	{ "category_label", "The code in words.", .read = read_category_label },
	{ "area_code",
	  "The code of the area, or of several areas that are taken together (a group, a region, a country); empty for all areas together.",
	  FIELD(area) },
	{ "area", "Its name.", .read = read_area },
	{ "across", "The code of a second variable that the line is confined to, as variable=code.", FIELD(across) },
	{ "across_label", "That code in words.", .read = read_across_label },
	{ "comparator",
	  "What the area is compared with: the code of another area, rest (all the others together), or the "
	  "benchmark's name. A difference is the area's figure less the comparator's, a ratio the area's divided by "
	  "it.",
	  FIELD(comparator) },
	{ "denominator", "The base: who is counted.", FIELD(denominator) },
	{ "weight", "The weight; empty where the line is unweighted.", FIELD(weight) },
	{ "method", "How the interval or the test was computed.", .read = read_method },
	{ "level", "The level of the interval, per cent.", .read = read_level },
	{ "n", "Unweighted count.", .figure = "n" },
	{ "estimate", "The estimate: a mean in the unit of the variable, a share in per cent.", .figure = "estimate" },
	{ "sd", "Standard deviation.", .figure = "sd" },
	{ "se", "Standard error.", .figure = "se" },
	{ "low", "Lower end of the interval.", .figure = "low" },
	{ "high", "Upper end of the interval.", .figure = "high" },
	{ "test_statistic", "The statistic of a test.", .figure = "statistic" },
	{ "df", "Its degrees of freedom; the first of two where it has two.", .figure = "df" },
	{ "df2", "The second.", .figure = "df2" },
	{ "p", "The p-value of a test.", .figure = "p" },
	{ "p_adjusted", "The p-value adjusted for all tests of its family.", .figure = "p_adjusted" },
	{ "family", "Of an adjusted p-value: the table that holds the tests that are read together.", FIELD(family) },
	{ "family_size", "How many tests the family has.", .read = read_family_size },
	{ "seed", "From which random numbers are drawn, where the method draws any.", .read = read_seed },
	{ "standing",
	  "Against a benchmark: lower, similar or higher; where the variable says which is good, worse, similar or "
	  "better. In a funnel: within its limits, or below or above those of 95% or 99.8%. Of a trend: falling, rising or no "
	  "significant change. In five levels also much lower and the like. Of a point of a control chart: usual, or its "
	  "signals.",
	  .figure = "standing" },
	{ "status",
	  "Empty: shown. c, or the policy's own symbol: hidden to protect people from being recognised. x: refused, the "
	  "reason beside it.",
	  .read = read_status },
	{ "band", "Of a hidden share: the word that the policy has for how much of the base it is, where it is told.",
	  .figure = "estimate", .is_band = true },
	{ "reason", "Why the line is refused.", .read = read_reason },
	{ "flags", "Cautions about a line that is shown, with blanks between.", .read = read_flags },
	{ "policy", "The disclosure policy that the line follows.", .read = read_policy },
	{ "synthetic", "yes: made up by a program, about nobody. no: about real people.", .read = read_synthetic },
};
const size_t results_column_count = COUNT(results_columns);

static bool check_figures(const struct universe *universe, struct error *err)
{
	for (size_t i = 0; i < universe->figure_count; i++) {
		size_t column = 0;
		while (column < results_column_count
		       && !text_equal(results_columns[column].figure, universe->figures[i].name))
			column++;
		if (column == results_column_count)
			return error_set(err, ERROR_FAULT, "results.csv has no column for the figure %s",
			                 universe->figures[i].name);
	}
	return true;
}

/* The figures of a result stand together in no promised order: the index of the first of each result, then along
 * `next`. */
struct chains {
	size_t *first, *next; /* ids from 1; 0: none */
};

static struct chains chains_new(const struct universe *universe)
{
	struct chains chains = { mem_alloc(universe->result_count + 1, sizeof *chains.first),
		                 mem_alloc(universe->figure_count + 1, sizeof *chains.next) };
	for (size_t id = universe->figure_count; id >= 1; id--) {
		size_t result = universe->figures[id - 1].result;
		chains.next[id] = chains.first[result];
		chains.first[result] = id;
	}
	return chains;
}

static const char *printed_figure(const struct universe *universe, const struct chains *chains, size_t result,
                                  const char *name)
{
	for (size_t id = chains->first[result]; id; id = chains->next[id])
		if (strcmp(universe->figures[id - 1].name, name) == 0)
			return universe->figures[id - 1].printed;
	return NULL;
}

static void add_value(struct text *value, const struct results_column *column, const struct publication *publication,
                      const struct chains *chains, size_t id)
{
	const struct result *result = &publication->universe->results[id - 1];
	if (column->read)
		column->read(value, publication, result);
	else if (column->is_field)
		add(value, *(const char *const *)((const char *)result + column->field));
	else if (column->is_band == (result->status == RESULT_HIDDEN))
		add(value, printed_figure(publication->universe, chains, id, column->figure));
}

bool results_write(struct text *file, const struct publication *publication, struct error *err)
{
	const struct universe *universe = publication->universe;
	if (!check_figures(universe, err))
		return false;
	struct chains chains = chains_new(universe);
	for (size_t i = 0; i < results_column_count; i++) {
		text_add(file, i ? "," : "");
		text_add(file, results_columns[i].name);
	}
	text_add(file, "\n");
	for (size_t id = 1; id <= universe->result_count; id++) {
		for (size_t i = 0; i < results_column_count; i++) {
			struct text value = { 0 };
			add_value(&value, &results_columns[i], publication, &chains, id);
			text_add(file, i ? "," : "");
			text_add_escaped(file, TEXT_CSV, value.bytes);
			text_free(&value);
		}
		text_add(file, "\n");
	}
	free(chains.first);
	free(chains.next);
	return true;
}
