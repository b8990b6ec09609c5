/* derive: scores by the instrument's file. Expected values by hand from the published tables. */
#include "testing.h"

#include "instrument.h"

#define ITEMS "items: [a, b, c]\nleast: 0\nmost: 3\n"
#define SUM "scores:\n  - {variable: total, label: T, level: scale, method: sum, least: 0, most: 9}\n"

static struct instrument *load(const char *yaml, struct error *err)
{
	char *folder = test_folder(), *path = test_file(folder, "i.yaml", yaml);
	struct instrument *instrument = NULL;
	instrument_load(&instrument, path, err);
	free(path);
	free(folder);
	return instrument;
}

/* The file in the project, from the folder in which the tests run. */
static const struct swemwbs {
	const char *name;
	double items[7], raw, metric, band;
} swemwbs[] = {
	{ "the lowest score", { 1, 1, 1, 1, 1, 1, 1 }, 7, 7.00, 1 },
	{ "the highest score", { 5, 5, 5, 5, 5, 5, 5 }, 35, 35.00, 3 },
	{ "raw 21 is 19.25 and the top of low", { 3, 3, 3, 3, 3, 3, 3 }, 21, 19.25, 1 },
	{ "raw 22 is 19.98 and the bottom of medium", { 4, 3, 3, 3, 3, 3, 3 }, 22, 19.98, 2 },
	{ "raw 30 is 27.03 and the top of medium", { 5, 5, 4, 4, 4, 4, 4 }, 30, 27.03, 2 },
	{ "raw 31 is 28.13 and the bottom of high", { 5, 5, 5, 4, 4, 4, 4 }, 31, 28.13, 3 },
	{ "an item missing leaves no score", { 5, 5, 5, 4, 4, 4, NAN }, NAN, NAN, NAN },
};

static void swemwbs_scores_as_published(void **state)
{
	const struct swemwbs *example = *state;
	struct instrument *instrument = NULL;
	struct error err = { 0 };
	double scores[3];
	assert_ok(instrument_load(&instrument, "data-dictionary/instruments/swemwbs.yaml", &err), &err);
	assert_int_equal(instrument->items_count, 7);
	assert_int_equal(instrument->scores_count, 3);
	instrument_score(instrument, example->items, scores);
	assert_close(scores[0], example->raw, 0);
	assert_close(scores[1], example->metric, 1e-15);
	assert_close(scores[2], example->band, 0);
	instrument_free(instrument);
}

static void reverse_items_are_turned_and_prorating_takes_the_mean_of_the_rest(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct instrument *instrument = load("instrument: i\ntitle: T\nsource: S\n" ITEMS "reverse: [b]\nmissing: prorate\nprorate: 1\n" SUM, &err);
	assert_non_null(instrument);
	double total = 0;
	instrument_score(instrument, (double[]){ 3, 0, 2 }, &total);
	assert_close(total, 8, 0); /* 3 + (0 + 3 - 0) + 2 */
	instrument_score(instrument, (double[]){ 3, 0, NAN }, &total);
	assert_close(total, 9, 1e-15); /* (3 + 3) / 2 * 3 */
	instrument_score(instrument, (double[]){ 3, NAN, NAN }, &total);
	assert_true(isnan(total));
	instrument_free(instrument);
}

/* From 1 to 5, turned: 1 is 5, and 2 is 4. The ends of a band belong to it; the mean is over all items. */
static void turning_starts_from_the_least_answer_and_a_band_holds_its_ends(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct instrument *instrument =
		load("instrument: i\ntitle: T\nsource: S\nitems: [a, b, c]\nleast: 1\nmost: 5\nreverse: [b, c]\nmissing: strict\n"
		     "scores:\n"
		     "  - {variable: t, label: T, level: scale, method: sum, least: 3, most: 15}\n"
		     "  - {variable: m, label: M, level: scale, method: mean, least: 1, most: 5}\n"
		     "  - {variable: g, label: G, level: ordinal, method: bands, of: t,"
		     " bands: [{code: l, label: L, least: 3, most: 9}, {code: h, label: H, least: 10, most: 15}]}\n",
		     &err);
	assert_non_null(instrument);
	const struct {
		double items[3], total, mean, band;
	} cases[] = {
		{ { 1, 1, 1 }, 11, 11.0 / 3, 2 },
		{ { 3, 4, 4 }, 7, 7.0 / 3, 1 },
		{ { 1, 2, 2 }, 9, 3, 1 },
		{ { 2, 2, 2 }, 10, 10.0 / 3, 2 },
		{ { 1, 5, 5 }, 3, 1, 1 },
		{ { 5, 1, 1 }, 15, 5, 2 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		double scores[3];
		instrument_score(instrument, cases[i].items, scores);
		assert_close(scores[0], cases[i].total, 0);
		assert_close(scores[1], cases[i].mean, 1e-15);
		assert_close(scores[2], cases[i].band, 0);
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
	struct instrument *instrument = NULL;
	struct error err = { 0 };
	assert_ok(instrument_load(&instrument, "data-dictionary/instruments/swemwbs.yaml", &err), &err);
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

static const struct wrong {
	const char *name, *yaml, *message;
} wrongs[] = {
	{ "a reverse item that is no item", "instrument: i\ntitle: T\nsource: S\n" ITEMS "reverse: [d]\nmissing: strict\n" SUM, "none of the items" },
	{ "prorating without a number", "instrument: i\ntitle: T\nsource: S\n" ITEMS "missing: prorate\n" SUM, "go together" },
	{ "a conversion of a score that does not stand above", "instrument: i\ntitle: T\nsource: S\n" ITEMS "missing: strict\nscores:\n"
	  "  - {variable: m, label: M, level: scale, method: convert, of: total, least: 0, most: 9, conversion: [{from: 0, to: 0}]}\n", "stands above" },
	{ "an item named twice", "instrument: i\ntitle: T\nsource: S\nitems: [a, b, a]\nleast: 0\nmost: 3\nmissing: strict\n" SUM, "named twice" },
	{ "a score named like a column of the analysis table", "instrument: i\ntitle: T\nsource: S\n" ITEMS "missing: strict\nscores:\n"
	  "  - {variable: weight, label: W, level: scale, method: sum, least: 0, most: 9}\n", "cannot be the name" },
	{ "bands that overlap", "instrument: i\ntitle: T\nsource: S\n" ITEMS "missing: strict\n" SUM
	  "  - {variable: b, label: B, level: ordinal, method: bands, of: total, bands: [{code: l, label: L, least: 0, most: 5}, {code: h, label: H, least: 5, most: 9}]}\n", "overlap" },
	{ "a conversion outside the range", "instrument: i\ntitle: T\nsource: S\n" ITEMS "missing: strict\n" SUM
	  "  - {variable: m, label: M, level: scale, method: convert, of: total, least: 0, most: 9, conversion: [{from: 0, to: 10}]}\n", "outside least and most" },
};

static void a_wrong_instrument_is_refused(void **state)
{
	const struct wrong *wrong = *state;
	struct error err = { 0 };
	assert_null(load(wrong->yaml, &err));
	assert_int_equal(err.kind, ERROR_CONFIG);
	assert_true(err.line > 0);
	assert_non_null(strstr(err.message, wrong->message));
}

int main(void)
{
	struct CMUnitTest tests[COUNT(swemwbs) + COUNT(wrongs) + 3];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(swemwbs); i++)
		tests[count++] = (struct CMUnitTest){ .name = swemwbs[i].name, .test_func = swemwbs_scores_as_published, .initial_state = (void *)&swemwbs[i] };
	for (size_t i = 0; i < COUNT(wrongs); i++)
		tests[count++] = (struct CMUnitTest){ .name = wrongs[i].name, .test_func = a_wrong_instrument_is_refused, .initial_state = (void *)&wrongs[i] };
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(reverse_items_are_turned_and_prorating_takes_the_mean_of_the_rest);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(turning_starts_from_the_least_answer_and_a_band_holds_its_ends);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(every_raw_score_has_its_metric_score);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
