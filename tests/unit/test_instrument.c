/* The files of data-dictionary/instruments, and what an instrument's file may say. */
#include "testing.h"

#include <dirent.h>

#include "instrument.h"
#include "number.h"
#include "text.h"

static const char folder[] = "data-dictionary/instruments";

static struct instrument *load(const char *yaml, struct error *err)
{
	char *made = test_folder(), *path = test_file(made, "i.yaml", yaml);
	struct instrument *instrument = NULL;
	instrument_load(&instrument, path, err);
	free(path);
	free(made);
	return instrument;
}

/* --- every file that is shipped --- */

static struct instrument *load_shipped(const char *name)
{
	struct error err = { 0 };
	struct instrument *instrument = NULL;
	char *path = mem_print("%s/%s.yaml", folder, name);
	assert_ok(instrument_load(&instrument, path, &err), &err);
	free(path);
	return instrument;
}

static bool is_instrument(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);
	return length > 5 && strcmp(entry->d_name + length - 5, ".yaml") == 0;
}

/* Calls `ask` with each file of the folder; how many there are. */
static size_t each_shipped(void (*ask)(const struct instrument *, const char *name))
{
	DIR *open = opendir(folder);
	size_t count = 0;
	assert_non_null(open);
	for (const struct dirent *entry = readdir(open); entry; entry = readdir(open)) {
		if (!is_instrument(entry))
			continue;
		char *name = mem_copy_bytes(entry->d_name, strlen(entry->d_name) - 5);
		struct instrument *instrument = load_shipped(name);
		ask(instrument, name);
		instrument_free(instrument);
		free(name);
		count++;
	}
	closedir(open);
	return count;
}

/* What the file's example says, computed here once more: instrument_load has done so, and this does not believe it. */
static void run_examples(const struct instrument *instrument, const char *name)
{
	double items[100], scores[100];
	assert_string_equal(instrument->instrument, name);
	assert_true(instrument->examples_count > 0);
	for (unsigned e = 0; e < instrument->examples_count; e++) {
		const struct example *example = &instrument->examples[e];
		for (unsigned i = 0; i < instrument->items_count; i++) {
			items[i] = NAN;
			if (strcmp(example->items[i], ".") != 0)
				assert_true(number_read_decimal(example->items[i], &items[i]));
		}
		instrument_score(instrument, items, scores);
		for (unsigned s = 0; s < instrument->scores_count; s++) {
			const char *expected = example->scores[s];
			double number = NAN;
			if (strcmp(expected, ".") == 0) {
				assert_true(isnan(scores[s]));
			} else if (instrument->scores[s].method == SCORE_BANDS) {
				assert_string_equal(instrument->scores[s].bands[(int)scores[s] - 1].code, expected);
			} else {
				assert_true(number_read_decimal(expected, &number));
				assert_close(scores[s], number, 1e-6);
			}
		}
	}
}

static void the_examples_of_every_file_come_out(void **state)
{
	(void)state;
	/* swemwbs wemwbs ons4 phq9 gad7 ucla3 ons-loneliness sdq gci pathway-plan */
	assert_true(each_shipped(run_examples) >= 10);
}

/* The numbers from which a band is looked up, in an example: of a score of whole numbers, rounded half up. */
static double value_of(const struct instrument *instrument, const struct example *example, const char *score)
{
	for (unsigned s = 0; s < instrument->scores_count; s++) {
		double value = NAN;
		if (strcmp(instrument->scores[s].variable, score) != 0 || strcmp(example->scores[s], ".") == 0)
			continue;
		assert_true(number_read_decimal(example->scores[s], &value));
		return instrument->scores[s].method == SCORE_CONVERT ? value : floor(value + 0.5);
	}
	return NAN;
}

/* A prorated copy of bands whose own edges are shown needs no second set. */
static bool is_prorated(const struct instrument *instrument, const char *variable)
{
	for (unsigned s = 0; s < instrument->scores_count; s++)
		if (strcmp(instrument->scores[s].variable, variable) == 0)
			return instrument->scores[s].prorate > 0;
	return false;
}

/* The smallest and the largest value that lies in a band, by stepping through all of its source. */
static void find_edges(const struct instrument *instrument, const struct score *score, const struct band *band,
                       double *first, double *last)
{
	*first = *last = NAN;
	for (unsigned s = 0; s < instrument->scores_count; s++) {
		const struct score *of = &instrument->scores[s];
		if (strcmp(of->variable, score->of) != 0)
			continue;
		bool converted = of->method == SCORE_CONVERT;
		double steps = converted ? of->conversion_count - 1 : of->most - of->least;
		for (unsigned i = 0; i <= steps; i++) {
			double value = converted ? of->conversion[i].to : of->least + i;
			if (value < band->least || value > band->most)
				continue;
			*first = isnan(*first) ? value : *first;
			*last = value;
		}
	}
}

static void show_edges(const struct instrument *instrument, const char *name)
{
	bool missing = false;
	for (unsigned e = 0; e < instrument->examples_count; e++)
		for (unsigned i = 0; i < instrument->items_count; i++)
			missing = missing || strcmp(instrument->examples[e].items[i], ".") == 0;
	if (!missing)
		fail_msg("%s: no example has a missing item", name);
	for (unsigned s = 0; s < instrument->scores_count; s++) {
		const struct score *score = &instrument->scores[s];
		for (unsigned b = 0; b < score->bands_count && !is_prorated(instrument, score->of); b++) {
			double first, last;
			bool shows_first = false, shows_last = false;
			find_edges(instrument, score, &score->bands[b], &first, &last);
			for (unsigned e = 0; e < instrument->examples_count; e++) {
				double value = value_of(instrument, &instrument->examples[e], score->of);
				shows_first = shows_first || value == first;
				shows_last = shows_last || value == last;
			}
			if (!shows_first || !shows_last)
				fail_msg("%s: no example at %s of the band %s of %s", name,
				         shows_first ? "the upper end" : "the lower end", score->bands[b].code,
				         score->variable);
		}
	}
}

static void every_file_shows_a_missing_item_and_both_ends_of_every_band(void **state)
{
	(void)state;
	assert_true(each_shipped(show_edges) >= 10);
}

/* What mixed-methods research says of each measure: how many items, from where to where, and the ends of its scores. */
static const struct measure {
	const char *name, *score;
	unsigned items;
	double least, most, score_least, score_most;
} measures[] = {
	{ "swemwbs", "swemwbs_raw", 7, 1, 5, 7, 35 },
	{ "wemwbs", "wemwbs", 14, 1, 5, 14, 70 },
	{ "ons4", "ons4_anxiety", 4, 0, 10, 0, 10 },
	{ "phq9", "phq9", 9, 0, 3, 0, 27 },
	{ "gad7", "gad7", 7, 0, 3, 0, 21 },
	{ "ucla3", "ucla3", 3, 1, 3, 3, 9 },
	{ "ons-loneliness", "ons_loneliness", 1, 1, 5, 1, 5 },
	{ "sdq", "sdq_total", 25, 0, 2, 0, 40 },
	{ "gci", "gci_satisfaction", 16, 0, 10, 0, 20 },
	{ "pathway-plan", "plan_matters", 10, 0, 2, 0, 10 },
};

static const struct score *find_score(const struct instrument *instrument, const char *variable)
{
	for (unsigned s = 0; s < instrument->scores_count; s++)
		if (strcmp(instrument->scores[s].variable, variable) == 0)
			return &instrument->scores[s];
	fail_msg("%s has no score %s", instrument->instrument, variable);
	return NULL;
}

static void a_measure_has_its_items_and_range(void **state)
{
	const struct measure *measure = *state;
	struct instrument *instrument = load_shipped(measure->name);
	const struct score *score = find_score(instrument, measure->score);
	assert_int_equal(instrument->items_count, measure->items);
	assert_close(instrument->least, measure->least, 0);
	assert_close(instrument->most, measure->most, 0);
	assert_close(score->least, measure->score_least, 0);
	assert_close(score->most, measure->score_most, 0);
	instrument_free(instrument);
}

static void no_score_of_ons4_adds_its_four_questions(void **state)
{
	(void)state;
	struct instrument *instrument = load_shipped("ons4");
	for (unsigned s = 0; s < instrument->scores_count; s++) {
		unsigned items = 0;
		for (unsigned i = 0; i < instrument->items_count; i++)
			items += instrument_uses(instrument, s, i);
		assert_int_equal(items, 1);
	}
	assert_string_equal(find_score(instrument, "ons4_anxiety")->polarity, "higher_worse");
	assert_int_equal(instrument->reverse_count, 0); /* in meaning only */
	instrument_free(instrument);
}

static void five_items_of_the_sdq_are_turned_and_each_subscale_has_five(void **state)
{
	(void)state;
	struct instrument *instrument = load_shipped("sdq");
	unsigned turned = 0;
	for (unsigned i = 0; i < instrument->items_count; i++) {
		unsigned subscales = 0;
		turned += instrument_reverses(instrument, i);
		for (unsigned s = 0; s < 5; s++)
			subscales += instrument_uses(instrument, s, i);
		assert_int_equal(subscales, 1);
	}
	assert_int_equal(turned, 5);
	for (unsigned s = 0; s < 5; s++) {
		unsigned items = 0;
		for (unsigned i = 0; i < instrument->items_count; i++)
			items += instrument_uses(instrument, s, i);
		assert_int_equal(items, 5);
		assert_int_equal(instrument->scores[s].prorate, 2);
	}
	instrument_free(instrument);
}

/* Every row of the published table, raw 7 to 35: Stewart-Brown and others 2009, as the University of Warwick gives it. */
static void every_raw_score_has_its_metric_score(void **state)
{
	(void)state;
	static const double metric[] = { 7.00,  9.51,  11.25, 12.40, 13.33, 14.08, 14.75, 15.32, 15.84, 16.36,
					 16.88, 17.43, 17.98, 18.59, 19.25, 19.98, 20.73, 21.54, 22.35, 23.21,
					 24.11, 25.03, 26.02, 27.03, 28.13, 29.31, 30.70, 32.55, 35.00 };
	struct instrument *instrument = load_shipped("swemwbs");
	for (int raw = 7; raw <= 35; raw++) {
		double items[7], scores[3];
		for (int i = 0; i < 7; i++)
			items[i] = raw / 7 + (i < raw % 7);
		instrument_score(instrument, items, scores);
		assert_close(scores[0], raw, 0);
		assert_close(scores[1], metric[raw - 7], 1e-15);
		assert_close(scores[2], metric[raw - 7] <= 19.5 ? 1 : metric[raw - 7] < 27.5 ? 2 : 3, 0);
	}
	instrument_free(instrument);
}

/* --- how scores come out --- */

#define HEAD "instrument: i\ntitle: T\nsource: S\n"
#define ITEMS "items: [a, b, c]\nleast: 0\nmost: 3\n"
#define SCORES "scores:\n"
#define SUM "  - {variable: total, label: T, level: scale, method: sum, least: 0, most: 9}\n"
#define PRORATED(keys) "  - {variable: total, label: T, level: scale, method: sum, prorate: 1" keys "}\n"
#define BANDS(of, rows) "  - {variable: band, label: B, level: ordinal, method: bands, of: " of ", bands: [" rows "]}\n"
#define LOW_HIGH "{code: l, label: L, least: 0, most: 4}, {code: h, label: H, least: 5, most: 9}"
#define EXAMPLE(items, scores) "examples:\n  - {what: w, items: [" items "], scores: [" scores "]}\n"

/* Each is a file of its own, whose examples say how it comes out: worked by hand. */
static const struct right {
	const char *name, *yaml;
} rights[] = {
	{ "a reverse item counts least + most - answer",
	  HEAD ITEMS "reverse: [b]\n" SCORES SUM EXAMPLE("3, 0, 2", "8") "  - {what: w, items: [0, 3, 0], scores: [0]}\n" },
	{ "turning starts from the least answer, not from 0",
	  HEAD "items: [a, b]\nleast: 1\nmost: 5\nreverse: [b]\n" SCORES "  - {variable: t, label: T, level: scale, method: sum}\n" EXAMPLE("1, 1", "6") },
	{ "a mean is over all items", HEAD ITEMS SCORES "  - {variable: m, label: M, level: scale, method: mean}\n" EXAMPLE("3, 1, 0", "1.333333") },
	{ "a prorated mean is that of those answered",
	  HEAD ITEMS SCORES "  - {variable: m, label: M, level: scale, method: mean, prorate: 1}\n" EXAMPLE("3, ., 2", "2.5") "  - {what: w, items: [3, ., .], scores: [.]}\n" },
	{ "a prorated sum takes the mean of the rest for what is missing", HEAD ITEMS SCORES PRORATED("") EXAMPLE("3, ., 2", "7.5") },
	{ "and is not rounded, but its band is of the rounded sum, half up",
	  HEAD ITEMS SCORES PRORATED("") BANDS("total", LOW_HIGH) EXAMPLE("3, ., 0", "4.5, h") },
	{ "where it says so, the sum is rounded half up", HEAD ITEMS SCORES PRORATED(", round: yes") BANDS("total", LOW_HIGH) EXAMPLE("3, ., 2", "8, h")
	  "  - {what: w, items: [3, ., 0], scores: [5, h]}\n" },
	{ "half up is upwards below 0 too",
	  HEAD "items: [a, b, c]\nleast: -3\nmost: 3\n" SCORES PRORATED(", round: yes") EXAMPLE("-1, 0, .", "-1") "  - {what: w, items: [1, 0, .], scores: [2]}\n" },
	{ "one more missing than prorated leaves no score", HEAD ITEMS SCORES PRORATED("") EXAMPLE("3, ., .", ".") "  - {what: w, items: [., ., .], scores: [.]}\n" },
	{ "a complete sum is the same prorated or not", HEAD ITEMS SCORES PRORATED("") EXAMPLE("3, 3, 1", "7") },
	{ "strict leaves no score where one is missing", HEAD ITEMS SCORES SUM EXAMPLE("3, 3, .", ".") },
	{ "a score asks only its own items",
	  HEAD ITEMS SCORES "  - {variable: t, label: T, level: scale, method: sum, items: [a, c], least: 0, most: 6}\n" EXAMPLE("3, ., 2", "5") },
	{ "a count is of items at or above", HEAD ITEMS SCORES "  - {variable: n, label: N, level: count, method: count, at_least: 2, least: 0, most: 3}\n"
	  EXAMPLE("1, 2, 3", "2") "  - {what: w, items: [2, 2, .], scores: [.]}\n" },
	{ "a count turns its reverse items first", HEAD ITEMS "reverse: [a]\n" SCORES "  - {variable: n, label: N, level: count, method: count, at_least: 3}\n"
	  EXAMPLE("0, 3, 0", "2") },
	{ "an item is as it was answered", HEAD ITEMS SCORES "  - {variable: x, label: X, level: scale, method: item, items: [b], least: 0, most: 3}\n" EXAMPLE("., 2, .", "2") },
	{ "a total adds scores, and is missing where one of them is",
	  HEAD ITEMS SCORES "  - {variable: x, label: X, level: scale, method: sum, items: [a, b], prorate: 1, round: yes}\n"
	  "  - {variable: y, label: Y, level: scale, method: item, items: [c]}\n"
	  "  - {variable: t, label: T, level: scale, method: total, scores: [x, y], least: 0, most: 9}\n"
	  EXAMPLE("3, ., 2", "6, 2, 8") "  - {what: w, items: [3, 3, .], scores: [6, ., .]}\n" },
	{ "an item may have a range of its own",
	  HEAD ITEMS "ranges:\n  - {items: [c], least: 0, most: 10}\nreverse: [c]\n" SCORES "  - {variable: t, label: T, level: scale, method: sum, least: 0, most: 16}\n"
	  EXAMPLE("3, 3, 1", "15") },
	{ "a band holds both its ends",
	  HEAD ITEMS SCORES SUM BANDS("total", LOW_HIGH) EXAMPLE("3, 1, 0", "4, l") "  - {what: w, items: [3, 2, 0], scores: [5, h]}\n"
	  "  - {what: w, items: [0, 0, 0], scores: [0, l]}\n  - {what: w, items: [3, 3, 3], scores: [9, h]}\n" },
	{ "bands of a mean hold every mean of whole numbers",
	  HEAD ITEMS SCORES "  - {variable: m, label: M, level: scale, method: mean, prorate: 1}\n"
	  BANDS("m", "{code: l, label: L, least: 0, most: 1.9}, {code: h, label: H, least: 2, most: 3}") EXAMPLE("1, 2, .", "1.5, l")
	  "  - {what: w, items: [2, 2, 2], scores: [2, h]}\n" },
	{ "bands of a converted score are of it as it is, not rounded",
	  HEAD "items: [a]\nleast: 0\nmost: 1\n" SCORES "  - {variable: t, label: T, level: scale, method: sum}\n"
	  "  - {variable: m, label: M, level: scale, method: convert, of: t, conversion: [{from: 0, to: 1.6}, {from: 1, to: 2.6}]}\n"
	  BANDS("m", "{code: l, label: L, least: 1.6, most: 1.9}, {code: h, label: H, least: 2, most: 2.6}") EXAMPLE("0", "0, 1.6, l") "  - {what: w, items: [1], scores: [1, 2.6, h]}\n" },
	{ "a conversion is looked up by the sum, and a prorated one by the rounded sum",
	  HEAD "items: [a, b, c]\nleast: 0\nmost: 1\n" SCORES PRORATED("")
	  "  - {variable: m, label: M, level: scale, method: convert, of: total, conversion: [{from: 0, to: 1.5}, {from: 1, to: 2.5}, {from: 2, to: 4}, {from: 3, to: 7}]}\n"
	  EXAMPLE("1, 0, .", "1.5, 4") "  - {what: w, items: [1, 1, 1], scores: [3, 7]}\n" },
	{ "a benchmark may have limits, a standard deviation and a number of people",
	  HEAD ITEMS SCORES SUM BANDS("total", LOW_HIGH) "benchmarks:\n"
	  "  - {score: total, what: mean, population: P, area: England, value: 4, lower: 3, upper: 5, sd: 2, n: 10, year: \"2025\", source: S, recalled: yes}\n"
	  "  - {score: band, what: percent, codes: [l], population: P, area: England, value: 30, year: \"2025\", source: S}\n" EXAMPLE("0, 0, 0", "0, l") },
};

static void a_right_instrument_is_taken(void **state)
{
	const struct right *right = *state;
	struct error err = { 0 };
	struct instrument *instrument = load(right->yaml, &err);
	assert_ok(instrument, &err);
	assert_int_equal(err.kind, ERROR_NONE);
	instrument_free(instrument);
}

static void what_a_file_leaves_out_is_filled_in(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct instrument *instrument = load(HEAD ITEMS SCORES "  - {variable: m, label: M, level: scale, method: mean}\n" EXAMPLE("0, 0, 0", "0"), &err);
	double least, most;
	assert_ok(instrument, &err);
	assert_close(instrument->scores[0].least, 0, 0);
	assert_close(instrument->scores[0].most, 3, 0);
	instrument_range(instrument, 2, &least, &most);
	assert_close(most, 3, 0);
	assert_false(instrument->scores[0].on_request);
	assert_true(score_adds_items(&instrument->scores[0]));
	instrument_free(instrument);
}

/* --- what is refused --- */

#define OK_EXAMPLE EXAMPLE("0, 0, 0", "0")
#define SCORE(keys) "  - {variable: s, label: L, level: scale, " keys "}\n"
#define BENCHMARK(keys) "benchmarks:\n  - {population: P, area: England, year: \"2025\", source: S, " keys "}\n"

static const struct wrong {
	const char *name, *yaml, *message;
	size_t line; /* 0: any */
} wrongs[] = {
	{ "an unknown key", HEAD ITEMS "missing: strict\n" SCORES SUM OK_EXAMPLE, "unknown key `missing`", 7 },
	{ "an unknown key of a score", HEAD ITEMS SCORES SCORE("method: sum, prorated: 1") OK_EXAMPLE, "unknown key `prorated`", 8 },
	{ "an unknown method", HEAD ITEMS SCORES SCORE("method: median") OK_EXAMPLE, "none of the words", 8 },
	{ "a file without examples", HEAD ITEMS SCORES SUM, "`examples` is missing", 0 },
	{ "a name that would lead to another folder", "instrument: ../i\ntitle: T\nsource: S\n" ITEMS SCORES SUM OK_EXAMPLE, "cannot be the name", 1 },
	{ "an item named twice", HEAD "items: [a, b, a]\nleast: 0\nmost: 3\n" SCORES SUM OK_EXAMPLE, "named twice", 4 },
	{ "an item that cannot be a key", HEAD "items: [a, b, C 1]\nleast: 0\nmost: 3\n" SCORES SUM OK_EXAMPLE, "cannot be the key", 4 },
	{ "a range upside down", HEAD "items: [a, b, c]\nleast: 3\nmost: 0\n" SCORES SUM OK_EXAMPLE, "above least", 6 },
	{ "a range of halves", HEAD "items: [a, b, c]\nleast: 0\nmost: 2.5\n" SCORES SUM OK_EXAMPLE, "whole numbers", 6 },
	{ "a range of an item that there is not", HEAD ITEMS "ranges:\n  - {items: [d], least: 0, most: 4}\n" SCORES SUM OK_EXAMPLE, "none of the items", 8 },
	{ "two ranges of one item", HEAD ITEMS "ranges:\n  - {items: [a], least: 0, most: 4}\n  - {items: [a], least: 0, most: 5}\n" SCORES SUM OK_EXAMPLE, "second range", 9 },
	{ "a reverse item that is no item", HEAD ITEMS "reverse: [d]\n" SCORES SUM OK_EXAMPLE, "none of the items", 7 },
	{ "a reverse item named twice", HEAD ITEMS "reverse: [a, a]\n" SCORES SUM OK_EXAMPLE, "named twice", 7 },
	{ "a score named like a column of the analysis table", HEAD ITEMS SCORES "  - {variable: weight, label: W, level: scale, method: sum}\n" OK_EXAMPLE, "cannot be the name", 8 },
	{ "two scores of one name", HEAD ITEMS SCORES SUM SUM OK_EXAMPLE, "named twice", 9 },
	{ "a level that there is not", HEAD ITEMS SCORES "  - {variable: s, label: L, level: interval, method: sum}\n" OK_EXAMPLE, "no level", 8 },
	{ "a polarity that there is not", HEAD ITEMS SCORES SCORE("polarity: lower_better, method: sum") OK_EXAMPLE, "higher_better or higher_worse", 8 },
	{ "an item of a score that is no item", HEAD ITEMS SCORES SCORE("method: sum, items: [a, d]") OK_EXAMPLE, "none of the items", 8 },
	{ "an item twice in a score", HEAD ITEMS SCORES SCORE("method: sum, items: [a, a]") OK_EXAMPLE, "named twice", 8 },
	{ "a score by item without its item", HEAD ITEMS SCORES SCORE("method: item") OK_EXAMPLE, "needs `items`", 8 },
	{ "a score by item of two", HEAD ITEMS SCORES SCORE("method: item, items: [a, b]") OK_EXAMPLE, "is of one", 8 },
	{ "a sum that counts", HEAD ITEMS SCORES SCORE("method: sum, at_least: 2") OK_EXAMPLE, "does not take `at_least`", 8 },
	{ "a count without a number", HEAD ITEMS SCORES SCORE("method: count") OK_EXAMPLE, "needs `at_least`", 8 },
	{ "a count of every answer", HEAD ITEMS SCORES SCORE("method: count, at_least: 0") OK_EXAMPLE, "every answer, or none", 8 },
	{ "a count that is prorated", HEAD ITEMS SCORES SCORE("method: count, at_least: 1, prorate: 1") OK_EXAMPLE, "does not take `prorate`", 8 },
	{ "prorating all items away", HEAD ITEMS SCORES SCORE("method: sum, prorate: 3") OK_EXAMPLE, "fewer than all", 8 },
	{ "prorating all of a score's own items away", HEAD ITEMS SCORES SCORE("method: sum, items: [a, b], prorate: 2") OK_EXAMPLE, "fewer than all", 8 },
	{ "prorating none", HEAD ITEMS SCORES SCORE("method: sum, prorate: 0") OK_EXAMPLE, "1 or more", 8 },
	{ "prorating over items of different ranges", HEAD ITEMS "ranges:\n  - {items: [c], least: 0, most: 10}\n" SCORES SCORE("method: sum, prorate: 1") OK_EXAMPLE, "different ranges", 10 },
	{ "rounding what is whole", HEAD ITEMS SCORES SCORE("method: sum, round: yes") OK_EXAMPLE, "only a prorated sum", 8 },
	{ "a least that the items do not make possible", HEAD ITEMS SCORES SCORE("method: sum, least: 1, most: 9") OK_EXAMPLE, "the least of `s` is 0", 8 },
	{ "a most that the items do not make possible", HEAD ITEMS SCORES SCORE("method: sum, least: 0, most: 10") OK_EXAMPLE, "the most of `s` is 9", 8 },
	{ "bands of no score above", HEAD ITEMS SCORES BANDS("total", LOW_HIGH) SUM OK_EXAMPLE, "stands above", 8 },
	{ "bands without an of", HEAD ITEMS SCORES SUM SCORE("method: bands, bands: [" LOW_HIGH "]") OK_EXAMPLE, "needs `of`", 9 },
	{ "bands of bands", HEAD ITEMS SCORES SUM BANDS("total", LOW_HIGH) "  - {variable: c, label: C, level: ordinal, method: bands, of: band, bands: [" LOW_HIGH "]}\n" OK_EXAMPLE,
	  "no number", 10 },
	{ "bands that overlap", HEAD ITEMS SCORES SUM BANDS("total", "{code: l, label: L, least: 0, most: 5}, {code: h, label: H, least: 5, most: 9}") OK_EXAMPLE, "overlap", 9 },
	{ "bands with a gap", HEAD ITEMS SCORES SUM BANDS("total", "{code: l, label: L, least: 0, most: 3}, {code: h, label: H, least: 5, most: 9}") OK_EXAMPLE, "holds the value 4", 9 },
	{ "bands that end too soon", HEAD ITEMS SCORES SUM BANDS("total", "{code: l, label: L, least: 0, most: 4}, {code: h, label: H, least: 5, most: 8}") OK_EXAMPLE, "holds the value 9", 9 },
	{ "bands that go further than the score", HEAD ITEMS SCORES SUM BANDS("total", "{code: l, label: L, least: 0, most: 4}, {code: h, label: H, least: 5, most: 10}") OK_EXAMPLE,
	  "and the band further", 9 },
	{ "a band between two whole numbers", HEAD ITEMS SCORES SUM
	  BANDS("total", "{code: l, label: L, least: 0, most: 4}, {code: m, label: M, least: 4.2, most: 4.8}, {code: h, label: H, least: 5, most: 9}") OK_EXAMPLE, "lies in the band `m`", 9 },
	{ "two bands of one code", HEAD ITEMS SCORES SUM BANDS("total", "{code: l, label: L, least: 0, most: 4}, {code: l, label: H, least: 5, most: 9}") OK_EXAMPLE, "given twice", 9 },
	{ "bands of a mean that miss a third", HEAD ITEMS SCORES SCORE("method: mean") BANDS("s", "{code: l, label: L, least: 0, most: 1}, {code: h, label: H, least: 2, most: 3}") OK_EXAMPLE,
	  "holds the value 1.33", 9 },
	{ "bands of a prorated mean that miss a half", HEAD ITEMS SCORES SCORE("method: mean, prorate: 1")
	  BANDS("s", "{code: l, label: L, least: 0, most: 1.4}, {code: h, label: H, least: 1.6, most: 3}") OK_EXAMPLE, "holds the value 1.5", 9 },
	{ "a conversion of a score that does not stand above", HEAD ITEMS SCORES SCORE("method: convert, of: total, conversion: [{from: 0, to: 0}]") OK_EXAMPLE, "stands above", 8 },
	{ "a conversion of a mean", HEAD ITEMS SCORES "  - {variable: m, label: M, level: scale, method: mean}\n" SCORE("method: convert, of: m, conversion: [{from: 0, to: 0}]") OK_EXAMPLE,
	  "a conversion is of", 9 },
	{ "a conversion that lacks a sum", HEAD "items: [a, b]\nleast: 0\nmost: 1\n" SCORES "  - {variable: t, label: T, level: scale, method: sum}\n"
	  SCORE("method: convert, of: t, conversion: [{from: 0, to: 1}, {from: 2, to: 3}]") EXAMPLE("0, 0", "0, 1"), "1 comes next", 9 },
	{ "a conversion that ends too soon", HEAD "items: [a, b]\nleast: 0\nmost: 1\n" SCORES "  - {variable: t, label: T, level: scale, method: sum}\n"
	  SCORE("method: convert, of: t, conversion: [{from: 0, to: 1}, {from: 1, to: 3}]") EXAMPLE("0, 0", "0, 1"), "ends at 1", 9 },
	{ "a conversion of a sum that cannot be", HEAD "items: [a, b]\nleast: 0\nmost: 1\n" SCORES "  - {variable: t, label: T, level: scale, method: sum}\n"
	  SCORE("method: convert, of: t, conversion: [{from: 0, to: 1}, {from: 1, to: 2}, {from: 2, to: 3}, {from: 3, to: 4}]") EXAMPLE("0, 0", "0, 1"), "never above 2", 9 },
	{ "a conversion outside its own range", HEAD "items: [a, b]\nleast: 0\nmost: 1\n" SCORES "  - {variable: t, label: T, level: scale, method: sum}\n"
	  SCORE("method: convert, of: t, least: 0, most: 2, conversion: [{from: 0, to: 1}, {from: 1, to: 2}, {from: 2, to: 3}]") EXAMPLE("0, 0", "0, 1"), "by its conversion", 9 },
	{ "a total of nothing", HEAD ITEMS SCORES SCORE("method: total") OK_EXAMPLE, "needs `scores`", 8 },
	{ "a total of a mean", HEAD ITEMS SCORES "  - {variable: m, label: M, level: scale, method: mean}\n" SCORE("method: total, scores: [m]") OK_EXAMPLE, "a total is of", 9 },
	{ "a total that counts an item twice", HEAD ITEMS SCORES "  - {variable: x, label: X, level: scale, method: sum, items: [a, b]}\n"
	  "  - {variable: y, label: Y, level: scale, method: sum, items: [b, c]}\n" SCORE("method: total, scores: [x, y]") OK_EXAMPLE, "`b` would count twice", 10 },
	{ "a total that names a score twice", HEAD ITEMS SCORES SUM SCORE("method: total, scores: [total, total]") OK_EXAMPLE, "named twice", 9 },
	{ "an example that is too short", HEAD ITEMS SCORES SUM EXAMPLE("0, 0", "0"), "2 answers to 3 items", 10 },
	{ "an example without a score", HEAD ITEMS SCORES SUM EXAMPLE("0, 0, 0", "0, 0"), "2 of 1 scores", 10 },
	{ "an example outside the range", HEAD ITEMS SCORES SUM EXAMPLE("0, 0, 4", "4"), "no answer to `c`", 10 },
	{ "an example of halves", HEAD ITEMS SCORES SUM EXAMPLE("0, 0, 1.5", "1.5"), "no answer to `c`", 10 },
	{ "an example that comes out otherwise", HEAD ITEMS SCORES SUM EXAMPLE("1, 1, 1", "4"), "`total` comes out as 3, and not as 4", 10 },
	{ "an example that comes out, and should not", HEAD ITEMS SCORES SUM EXAMPLE("1, 1, 1", "."), "comes out as 3", 10 },
	{ "an example that should come out, and does not", HEAD ITEMS SCORES SUM EXAMPLE("1, 1, .", "2"), "comes out as .", 10 },
	{ "an example in another band", HEAD ITEMS SCORES SUM BANDS("total", LOW_HIGH) EXAMPLE("3, 3, 0", "6, l"), "`band` comes out as h", 11 },
	{ "an example wrong in the second decimal", HEAD ITEMS SCORES "  - {variable: m, label: M, level: scale, method: mean}\n" EXAMPLE("1, 1, 2", "1.34"), "comes out as 1.33", 10 },
	{ "a benchmark of no score", HEAD ITEMS SCORES SUM BENCHMARK("score: x, what: mean, value: 1") OK_EXAMPLE, "no score is named", 10 },
	{ "a benchmark outside the score", HEAD ITEMS SCORES SUM BENCHMARK("score: total, what: mean, value: 10") OK_EXAMPLE, "from 0 to 9", 10 },
	{ "a benchmark in per cent of a sum", HEAD ITEMS SCORES SUM BENCHMARK("score: total, what: percent, value: 1") OK_EXAMPLE, "score in bands", 10 },
	{ "a benchmark of no band", HEAD ITEMS SCORES SUM BANDS("total", LOW_HIGH) BENCHMARK("score: band, what: percent, codes: [x], value: 1") OK_EXAMPLE, "no band `x`", 11 },
	{ "a benchmark with one limit", HEAD ITEMS SCORES SUM BENCHMARK("score: total, what: mean, value: 1, lower: 0") OK_EXAMPLE, "go together", 10 },
};

static void a_wrong_instrument_is_refused(void **state)
{
	const struct wrong *wrong = *state;
	struct error err = { 0 };
	assert_null(load(wrong->yaml, &err));
	assert_int_equal(err.kind, ERROR_CONFIG);
	if (!strstr(err.message, wrong->message))
		fail_msg("%s (line %zu)", err.message, err.line);
	assert_true(err.line > 0);
	if (wrong->line)
		assert_int_equal(err.line, wrong->line);
}

int main(void)
{
	static struct CMUnitTest tests[COUNT(measures) + COUNT(rights) + COUNT(wrongs) + 6];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(measures); i++)
		tests[count++] = (struct CMUnitTest){ .name = measures[i].name, .test_func = a_measure_has_its_items_and_range, .initial_state = (void *)&measures[i] };
	for (size_t i = 0; i < COUNT(rights); i++)
		tests[count++] = (struct CMUnitTest){ .name = rights[i].name, .test_func = a_right_instrument_is_taken, .initial_state = (void *)&rights[i] };
	for (size_t i = 0; i < COUNT(wrongs); i++)
		tests[count++] = (struct CMUnitTest){ .name = wrongs[i].name, .test_func = a_wrong_instrument_is_refused, .initial_state = (void *)&wrongs[i] };
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(the_examples_of_every_file_come_out);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(every_file_shows_a_missing_item_and_both_ends_of_every_band);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(no_score_of_ons4_adds_its_four_questions);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(five_items_of_the_sdq_are_turned_and_each_subscale_has_five);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(every_raw_score_has_its_metric_score);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(what_a_file_leaves_out_is_filled_in);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
