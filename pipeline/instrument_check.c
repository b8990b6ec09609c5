#include "instrument_check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dictionary.h"
#include "mem.h"
#include "number.h"
#include "reading.h"
#include "scoring.h"
#include "text.h"

enum { PLACE_SIZE = 80, FARTHEST = 10000, MOST_ITEMS = 500 };

/* What is being checked: the file, and where in it. */
struct check {
	struct instrument *instrument;
	const struct config_marks *marks;
	struct error *err;
	char place[PLACE_SIZE];
};

/* Go to a place; the message of what is wrong there follows. */
static const char *at(struct check *check, const char *format, ...) __attribute__((format(printf, 2, 3)));
static const char *at(struct check *check, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(check->place, sizeof check->place, format, arguments);
	va_end(arguments);
	return check->place;
}

static bool is_whole(double value)
{
	return value == floor(value) && fabs(value) <= FARTHEST;
}

/* --- items --- */

static bool check_range(struct check *check, const char *place, double least, double most)
{
	if (!is_whole(least) || !is_whole(most))
		return config_error(check->marks, check->err, place, "items are answered with whole numbers up to %d",
		                    FARTHEST);
	return least < most || config_error(check->marks, check->err, place, "most must be above least");
}

/* Keys that must be among `known`, each once. `place` is that of the list. */
static bool check_keys(struct check *check, const char *place, char *const *keys, unsigned count, char *const *known,
                       unsigned known_count)
{
	for (unsigned i = 0; i < count; i++) {
		char one[PLACE_SIZE + 20];
		snprintf(one, sizeof one, "%s[%u]", place, i);
		if (scoring_find(keys, i, keys[i]) != SCORING_NONE)
			return config_error(check->marks, check->err, one, "`%s` is named twice", keys[i]);
		if (scoring_find(known, known_count, keys[i]) != SCORING_NONE)
			continue;
		const char *near = text_nearest(keys[i], (const char *const *)known, known_count);
		config_error(check->marks, check->err, one, "`%s` is none of the items", keys[i]);
		return near ? error_help(check->err, "did you mean %s?", near) : false;
	}
	return true;
}

static bool check_items(struct check *check)
{
	const struct instrument *instrument = check->instrument;
	char *const *items = instrument->items;
	unsigned count = instrument->items_count;
	const char *name = instrument->instrument;
	if (name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-")])
		return config_error(check->marks, check->err, "instrument",
		                    "`%s` cannot be the name of an instrument: small letters, digits, - and _", name);
	if (count > MOST_ITEMS)
		return config_error(check->marks, check->err, "items", "an instrument has at most %d items",
		                    MOST_ITEMS);
	if (!check_range(check, "most", instrument->least, instrument->most))
		return false;
	for (unsigned i = 0; i < count; i++) {
		at(check, "items[%u]", i);
		if (!reading_is_name(items[i]))
			return config_error(check->marks, check->err, check->place,
			                    "`%s` cannot be the key of an item: small letters, digits and _", items[i]);
		if (scoring_find(items, i, items[i]) != SCORING_NONE)
			return config_error(check->marks, check->err, check->place, "the item `%s` is named twice",
			                    items[i]);
	}
	for (unsigned r = 0; r < instrument->ranges_count; r++) {
		const struct item_range *range = &instrument->ranges[r];
		if (!check_keys(check, at(check, "ranges[%u].items", r), range->items, range->items_count, items, count)
		    || !check_range(check, at(check, "ranges[%u]", r), range->least, range->most))
			return false;
		for (unsigned other = 0; other < r; other++)
			for (unsigned i = 0; i < range->items_count; i++)
				if (scoring_find(instrument->ranges[other].items, instrument->ranges[other].items_count,
				                 range->items[i])
				    != SCORING_NONE)
					return config_error(check->marks, check->err, check->place,
					                    "`%s` is given a second range", range->items[i]);
	}
	return check_keys(check, "reverse", instrument->reverse, instrument->reverse_count, items, count);
}

/* --- one score --- */

enum {
	SUM = 1 << SCORE_SUM,
	MEAN = 1 << SCORE_MEAN,
	ITEM = 1 << SCORE_ITEM,
	TALLY = 1 << SCORE_COUNT,
	TOTAL = 1 << SCORE_TOTAL,
	CONVERT = 1 << SCORE_CONVERT,
	BANDS = 1 << SCORE_BANDS,
};

static const char *const method_words[] = { "sum", "mean", "item", "count", "total", "convert", "bands" };

/* Which methods take a key, and which cannot do without it. */
static const struct key {
	const char *key;
	unsigned takes, needs;
} keys[] = {
	{ "items", SUM | MEAN | ITEM | TALLY, ITEM },
	{ "scores", TOTAL, TOTAL },
	{ "of", CONVERT | BANDS, CONVERT | BANDS },
	{ "prorate", SUM | MEAN, 0 },
	{ "round", SUM, 0 },
	{ "at_least", TALLY, TALLY },
	{ "conversion", CONVERT, CONVERT },
	{ "bands", BANDS, BANDS },
	{ "least", SUM | MEAN | ITEM | TALLY | TOTAL | CONVERT, 0 },
	{ "most", SUM | MEAN | ITEM | TALLY | TOTAL | CONVERT, 0 },
	{ "unit", SUM | MEAN | ITEM | TALLY | TOTAL | CONVERT, 0 },
};

static bool score_has(const struct check *check, unsigned s, const char *key)
{
	char place[PLACE_SIZE];
	snprintf(place, sizeof place, "scores[%u].%s", s, key);
	return config_has(check->marks, place);
}

static bool check_method(struct check *check, unsigned s)
{
	const struct score *score = &check->instrument->scores[s];
	unsigned method = 1u << score->method;
	for (size_t i = 0; i < COUNT(keys); i++) {
		bool given = score_has(check, s, keys[i].key);
		at(check, given ? "scores[%u].%s" : "scores[%u]", s, keys[i].key);
		if (given && !(keys[i].takes & method))
			return config_error(check->marks, check->err, check->place,
			                    "a score by `%s` does not take `%s`", method_words[score->method],
			                    keys[i].key);
		if (!given && keys[i].needs & method)
			return config_error(check->marks, check->err, check->place, "a score by `%s` needs `%s`",
			                    method_words[score->method], keys[i].key);
	}
	return true;
}

static bool is_level(const char *word)
{
	bool known = false;
	for (int level = LEVEL_NONE + 1; level <= LEVEL_RATE; level++)
		known = known || strcmp(variable_level_word((enum variable_level)level), word) == 0;
	return known;
}

static bool check_words(struct check *check, unsigned s)
{
	const struct score *score = &check->instrument->scores[s];
	at(check, "scores[%u].variable", s);
	if (!variable_can_be_named(score->variable))
		return config_error(check->marks, check->err, check->place, "`%s` cannot be the name of a score",
		                    score->variable);
	if (scoring_find_score(check->instrument, score->variable, s) != SCORING_NONE)
		return config_error(check->marks, check->err, check->place, "the score `%s` is named twice",
		                    score->variable);
	at(check, "scores[%u].level", s);
	if (!is_level(score->level))
		return config_error(check->marks, check->err, check->place, "`%s` is no level of a variable",
		                    score->level);
	at(check, "scores[%u].polarity", s);
	if (score->polarity && strcmp(score->polarity, "higher_better") != 0
	    && strcmp(score->polarity, "higher_worse") != 0)
		return config_error(check->marks, check->err, check->place,
		                    "polarity is higher_better or higher_worse");
	return true;
}

/* Whether all the items of a score have one range. */
static bool one_range(const struct check *check, unsigned s)
{
	const struct instrument *instrument = check->instrument;
	double least = NAN, most = NAN;
	for (unsigned i = 0; i < instrument->items_count; i++) {
		double low, high;
		instrument_range(instrument, i, &low, &high);
		if (!instrument_uses(instrument, s, i))
			continue;
		if (!isnan(least) && (least != low || most != high))
			return false;
		least = low;
		most = high;
	}
	return true;
}

static unsigned count_items(const struct check *check, unsigned s)
{
	unsigned count = 0;
	for (unsigned i = 0; i < check->instrument->items_count; i++)
		count += instrument_uses(check->instrument, s, i);
	return count;
}

static bool check_prorate(struct check *check, unsigned s)
{
	const struct score *score = &check->instrument->scores[s];
	at(check, "scores[%u].prorate", s);
	if (score->round && !score_has(check, s, "prorate"))
		return config_error(check->marks, check->err, check->place, "only a prorated sum is rounded");
	if (!score_has(check, s, "prorate"))
		return true;
	if (score->prorate < 1 || (unsigned)score->prorate >= count_items(check, s))
		return config_error(check->marks, check->err, check->place,
		                    "`prorate` is how many items may be missing: 1 or more, and fewer than all");
	return one_range(check, s)
	       || config_error(check->marks, check->err, check->place,
	                       "items of different ranges cannot stand for one another");
}

/* The scores that a score is made of: above it, and of numbers. */
static bool check_source(struct check *check, unsigned s, const char *name)
{
	int other = scoring_find_score(check->instrument, name, s);
	if (other == SCORING_NONE)
		return config_error(check->marks, check->err, check->place, "no score `%s` stands above", name);
	return check->instrument->scores[other].method != SCORE_BANDS
	       || config_error(check->marks, check->err, check->place, "`%s` is in bands, and no number", name);
}

static bool is_of_whole_numbers(const struct score *score)
{
	return score->method != SCORE_MEAN && score->method != SCORE_CONVERT;
}

static bool check_total(struct check *check, unsigned s)
{
	const struct instrument *instrument = check->instrument;
	const struct score *score = &instrument->scores[s];
	for (unsigned i = 0; i < score->scores_count; i++) {
		at(check, "scores[%u].scores[%u]", s, i);
		if (scoring_find(score->scores, i, score->scores[i]) != SCORING_NONE)
			return config_error(check->marks, check->err, check->place, "`%s` is named twice",
			                    score->scores[i]);
		if (!check_source(check, s, score->scores[i]))
			return false;
		unsigned part = (unsigned)scoring_find_score(instrument, score->scores[i], s);
		if (!is_of_whole_numbers(&instrument->scores[part]))
			return config_error(check->marks, check->err, check->place,
			                    "a total is of sums, counts, items and totals");
		for (unsigned other = 0; other < i; other++) {
			unsigned before = (unsigned)scoring_find_score(instrument, score->scores[other], s);
			for (unsigned item = 0; item < instrument->items_count; item++)
				if (instrument_uses(instrument, part, item)
				    && instrument_uses(instrument, before, item))
					return config_error(check->marks, check->err, check->place,
					                    "the item `%s` would count twice", instrument->items[item]);
		}
	}
	return true;
}

/* Everything that a score names is there. */
static bool check_parts(struct check *check, unsigned s)
{
	const struct score *score = &check->instrument->scores[s];
	if (!check_keys(check, at(check, "scores[%u].items", s), score->items, score->items_count,
	                check->instrument->items, check->instrument->items_count))
		return false;
	if (score->method == SCORE_ITEM && score->items_count != 1)
		return config_error(check->marks, check->err, check->place, "a score by `item` is of one");
	at(check, "scores[%u].of", s);
	if (score->of && !check_source(check, s, score->of))
		return false;
	if (score->method == SCORE_CONVERT
	    && !is_of_whole_numbers(&check->instrument->scores[scoring_find_score(check->instrument, score->of, s)]))
		return config_error(check->marks, check->err, check->place,
		                    "a conversion is of sums, counts, items and totals");
	return check_total(check, s);
}

/* --- the values that a score can take --- */

static void find_range(const struct check *check, unsigned s, double *least, double *most)
{
	const struct instrument *instrument = check->instrument;
	const struct score *score = &instrument->scores[s];
	unsigned count = count_items(check, s);
	*least = *most = 0;
	for (unsigned i = 0; i < instrument->items_count; i++) {
		double low, high;
		instrument_range(instrument, i, &low, &high);
		*least += instrument_uses(instrument, s, i) ? low : 0;
		*most += instrument_uses(instrument, s, i) ? high : 0;
	}
	if (score->method == SCORE_MEAN) {
		*least /= count;
		*most /= count;
	}
	if (score->method == SCORE_COUNT) {
		*least = 0;
		*most = count;
	}
	if (score->method == SCORE_TOTAL) {
		*least = *most = 0;
		for (unsigned part = 0; part < s; part++)
			if (instrument->scoring->parts[(size_t)s * instrument->scores_count + part]) {
				*least += instrument->scores[part].least;
				*most += instrument->scores[part].most;
			}
	}
	for (unsigned i = 0; i < score->conversion_count; i++) {
		double to = score->conversion[i].to;
		*least = i == 0 || to < *least ? to : *least;
		*most = i == 0 || to > *most ? to : *most;
	}
}

/* What the file says of least and most must be so; what it does not say is filled in. */
static bool check_extremes(struct check *check, unsigned s)
{
	struct score *score = &check->instrument->scores[s];
	double least, most;
	if (score->method == SCORE_BANDS)
		return true;
	find_range(check, s, &least, &most);
	for (int end = 0; end < 2; end++) {
		const char *key = end ? "most" : "least";
		double said = end ? score->most : score->least, is = end ? most : least;
		at(check, "scores[%u].%s", s, key);
		if (score_has(check, s, key) && said != is)
			return config_error(check->marks, check->err, check->place, "the %s of `%s` is %g, by its %s",
			                    key, score->variable, is,
			                    score->method == SCORE_CONVERT ? "conversion" : "items");
	}
	score->least = least;
	score->most = most;
	at(check, "scores[%u].at_least", s);
	double low = INFINITY, high = -INFINITY;
	for (unsigned i = 0; i < check->instrument->items_count && score->method == SCORE_COUNT; i++) {
		double item_least, item_most;
		instrument_range(check->instrument, i, &item_least, &item_most);
		if (instrument_uses(check->instrument, s, i)) {
			low = fmin(low, item_least);
			high = fmax(high, item_most);
		}
	}
	if (score->method == SCORE_COUNT && !(score->at_least > low && score->at_least <= high))
		return config_error(check->marks, check->err, check->place,
		                    "every answer, or none, is at or above `at_least`");
	return true;
}

/* The conversion has every value of the score that it is of, each once, in order, and nothing else. */
static bool check_conversion(struct check *check, unsigned s)
{
	const struct score *score = &check->instrument->scores[s];
	const struct score *of = &check->instrument->scores[check->instrument->scoring->of[s]];
	if (score->method != SCORE_CONVERT)
		return true;
	for (unsigned i = 0; i < score->conversion_count; i++) {
		at(check, "scores[%u].conversion[%u]", s, i);
		double wanted = of->least + i;
		if (wanted > of->most)
			return config_error(check->marks, check->err, check->place, "`%s` is never above %g",
			                    of->variable, of->most);
		if (score->conversion[i].from != wanted)
			return config_error(
				check->marks, check->err, check->place,
				"the conversion goes upwards through every value of `%s`, and %g comes next",
				of->variable, wanted);
	}
	double last = score->conversion[score->conversion_count - 1].from;
	at(check, "scores[%u].conversion", s);
	return last == of->most
	       || config_error(check->marks, check->err, check->place, "the conversion ends at %g, but `%s` at %g",
	                       last, of->variable, of->most);
}

/* One value that the score in bands may have: it must be in a band, which is then marked as in use. */
static bool check_value(struct check *check, unsigned s, double value, bool *used)
{
	const struct score *score = &check->instrument->scores[s];
	double band = scoring_band(score, value);
	if (isnan(band)) {
		at(check, "scores[%u].bands", s);
		return config_error(check->marks, check->err, check->place, "no band of `%s` holds the value %g",
		                    score->variable, value);
	}
	used[(size_t)band - 1] = true;
	return true;
}

/* Every value of the score that the bands are of: whole numbers, the ends of a conversion, or means of whole numbers
 * over as many items as may be answered. */
static bool check_values(struct check *check, unsigned s, bool *used)
{
	const struct instrument *instrument = check->instrument;
	unsigned of = instrument->scoring->of[s];
	const struct score *source = &instrument->scores[of];
	bool ok = true;
	for (unsigned i = 0; i < source->conversion_count && ok; i++)
		ok = check_value(check, s, source->conversion[i].to, used);
	for (double value = source->least; is_of_whole_numbers(source) && value <= source->most && ok; value++)
		ok = check_value(check, s, value, used);
	unsigned count = count_items(check, of);
	for (unsigned n = count - (unsigned)source->prorate; source->method == SCORE_MEAN && n <= count && ok; n++)
		for (double sum = round(source->least * n); sum <= round(source->most * n) && ok; sum++)
			ok = check_value(check, s, sum / n, used);
	return ok;
}

static bool check_bands(struct check *check, unsigned s)
{
	const struct score *score = &check->instrument->scores[s];
	const struct score *of = &check->instrument->scores[check->instrument->scoring->of[s]];
	if (score->method != SCORE_BANDS)
		return true;
	for (unsigned i = 0; i < score->bands_count; i++) {
		const struct band *band = &score->bands[i];
		at(check, "scores[%u].bands[%u]", s, i);
		if (!(band->least <= band->most) || (i > 0 && !(score->bands[i - 1].most < band->least)))
			return config_error(check->marks, check->err, check->place,
			                    "the bands must go upwards without overlap");
		if (band->least < of->least || band->most > of->most)
			return config_error(check->marks, check->err, check->place,
			                    "`%s` goes from %g to %g, and the band further", of->variable, of->least,
			                    of->most);
		for (unsigned other = 0; other < i; other++)
			if (strcmp(score->bands[other].code, band->code) == 0)
				return config_error(check->marks, check->err, check->place,
				                    "the code `%s` is given twice", band->code);
	}
	bool *used = mem_alloc(score->bands_count, sizeof *used);
	bool ok = check_values(check, s, used);
	for (unsigned i = 0; i < score->bands_count && ok; i++) {
		at(check, "scores[%u].bands[%u]", s, i);
		ok = used[i]
		     || config_error(check->marks, check->err, check->place, "no value of `%s` lies in the band `%s`",
		                     of->variable, score->bands[i].code);
	}
	free(used);
	return ok;
}

static bool check_score(struct check *check, unsigned s)
{
	if (!check_words(check, s) || !check_method(check, s) || !check_parts(check, s))
		return false;
	scoring_add(check->instrument->scoring, check->instrument, s);
	return check_prorate(check, s) && check_extremes(check, s) && check_conversion(check, s)
	       && check_bands(check, s);
}

/* --- benchmarks and examples --- */

static int find_code(const struct score *score, const char *code)
{
	for (unsigned i = 0; i < score->bands_count; i++)
		if (strcmp(score->bands[i].code, code) == 0)
			return (int)i;
	return SCORING_NONE;
}

static bool check_benchmark(struct check *check, unsigned b)
{
	const struct instrument *instrument = check->instrument;
	const struct benchmark *benchmark = &instrument->benchmarks[b];
	int found = scoring_find_score(instrument, benchmark->score, instrument->scores_count);
	at(check, "benchmarks[%u].score", b);
	if (found == SCORING_NONE)
		return config_error(check->marks, check->err, check->place, "no score is named `%s`", benchmark->score);
	const struct score *score = &instrument->scores[found];
	bool percent = benchmark->what == BENCHMARK_PERCENT;
	if (percent != (score->method == SCORE_BANDS))
		return config_error(check->marks, check->err, check->place,
		                    "percent is of a score in bands; mean and median are of the others");
	at(check, "benchmarks[%u].codes", b);
	if (percent != (benchmark->codes_count > 0))
		return config_error(check->marks, check->err, check->place, "percent, and it alone, needs `codes`");
	for (unsigned i = 0; i < benchmark->codes_count; i++)
		if (find_code(score, benchmark->codes[i]) == SCORING_NONE)
			return config_error(check->marks, check->err, check->place, "`%s` has no band `%s`",
			                    score->variable, benchmark->codes[i]);
	at(check, "benchmarks[%u].value", b);
	double least = percent ? 0 : score->least, most = percent ? 100 : score->most;
	if (!(benchmark->value >= least && benchmark->value <= most))
		return config_error(check->marks, check->err, check->place, "the value must lie from %g to %g", least,
		                    most);
	if ((benchmark->lower == NULL) != (benchmark->upper == NULL)
	    || (benchmark->lower && !(*benchmark->lower <= benchmark->value && benchmark->value <= *benchmark->upper)))
		return config_error(check->marks, check->err, check->place,
		                    "`lower` and `upper` go together, with the value between them");
	if ((benchmark->sd && !(*benchmark->sd > 0)) || benchmark->n < 0)
		return config_error(check->marks, check->err, check->place, "`sd` and `n` are above 0");
	return true;
}

static bool read_item(struct check *check, const struct example *example, unsigned i, double *value)
{
	double least, most;
	instrument_range(check->instrument, i, &least, &most);
	*value = NAN;
	if (strcmp(example->items[i], ".") == 0)
		return true;
	return (number_read_decimal(example->items[i], value) && *value >= least && *value <= most && is_whole(*value))
	       || config_error(check->marks, check->err, check->place,
	                       "`%s` is no answer to `%s`: a whole number from %g to %g, or . where it is missing",
	                       example->items[i], check->instrument->items[i], least, most);
}

/* As the file writes it: a number, the code of a band, or . for none. */
static void print_score(char text[NUMBER_TEXT_SIZE], const struct score *score, double value)
{
	if (isnan(value)) {
		snprintf(text, NUMBER_TEXT_SIZE, ".");
	} else if (score->method == SCORE_BANDS) {
		snprintf(text, NUMBER_TEXT_SIZE, "%s", score->bands[(size_t)value - 1].code);
	} else {
		number_print_exact(text, value);
	}
}

static bool is_score(const struct score *score, const char *expected, double value)
{
	double number;
	if (isnan(value) || strcmp(expected, ".") == 0)
		return isnan(value) && strcmp(expected, ".") == 0;
	if (score->method == SCORE_BANDS)
		return strcmp(score->bands[(size_t)value - 1].code, expected) == 0;
	/* 28 / 3 is written with a few digits */
	return number_read_decimal(expected, &number) && fabs(number - value) < 0.5e-6;
}

static bool check_example(struct check *check, unsigned e, double *items, double *scores)
{
	const struct instrument *instrument = check->instrument;
	const struct example *example = &instrument->examples[e];
	at(check, "examples[%u].items", e);
	if (example->items_count != instrument->items_count)
		return config_error(check->marks, check->err, check->place, "the example has %u answers to %u items",
		                    example->items_count, instrument->items_count);
	for (unsigned i = 0; i < example->items_count; i++)
		if (!read_item(check, example, i, &items[i]))
			return false;
	at(check, "examples[%u].scores", e);
	if (example->scores_count != instrument->scores_count)
		return config_error(check->marks, check->err, check->place, "the example has %u of %u scores",
		                    example->scores_count, instrument->scores_count);
	instrument_score(instrument, items, scores);
	for (unsigned s = 0; s < instrument->scores_count; s++) {
		char got[NUMBER_TEXT_SIZE];
		at(check, "examples[%u].scores[%u]", e, s);
		print_score(got, &instrument->scores[s], scores[s]);
		if (!is_score(&instrument->scores[s], example->scores[s], scores[s]))
			return config_error(check->marks, check->err, check->place,
			                    "`%s` comes out as %s, and not as %s", instrument->scores[s].variable, got,
			                    example->scores[s]);
	}
	return true;
}

static bool check_examples(struct check *check)
{
	double *items = mem_alloc(check->instrument->items_count, sizeof *items);
	double *scores = mem_alloc(check->instrument->scores_count, sizeof *scores);
	bool ok = true;
	for (unsigned e = 0; e < check->instrument->examples_count && ok; e++)
		ok = check_example(check, e, items, scores);
	free(items);
	free(scores);
	return ok;
}

bool instrument_check(struct instrument *instrument, const struct config_marks *marks, struct error *err)
{
	struct check check = { .instrument = instrument, .marks = marks, .err = err };
	if (!check_items(&check))
		return false;
	instrument->scoring = scoring_new(instrument);
	bool ok = true;
	for (unsigned s = 0; s < instrument->scores_count && ok; s++)
		ok = check_score(&check, s);
	for (unsigned b = 0; b < instrument->benchmarks_count && ok; b++)
		ok = check_benchmark(&check, b);
	return ok && check_examples(&check);
}
