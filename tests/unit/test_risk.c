/* What risk says of a file of records: who fails the demands, and what each change to a key would buy. */
#include "testing.h"

#include "risk/measures.h"
#include "risk/offers.h"
#include "study.h"

enum { PEOPLE = 6 };

static struct key_code areas[] = { { "B", "Bedford", NAN }, { "L", "Luton", NAN }, { "M", "Milton Keynes", NAN } };
static struct key_code ages[] = { { "16", "16", 16 }, { "17", "17", 17 }, { "20", "20", 20 }, { "21", "21", 21 } };
static struct key_code moods[] = { { "1", "Low", NAN }, { "2", "Middling", NAN }, { "3", "High", NAN } };

/* Bedford: 16, 16, 17. Luton: 20, 21, 21. */
static int area[PEOPLE] = { 1, 1, 1, 2, 2, 2 }, age[PEOPLE] = { 1, 1, 2, 3, 4, 4 };
static struct key_code homes[] = { { "o", "Own", NAN }, { "k", "Kin", NAN }, { "h", "Hostel", NAN }, { "n", "None", NAN } };
static int mood[PEOPLE] = { 1, 2, 3, 1, 3, 3 }, home[PEOPLE] = { 1, 1, 1, 2, 3, 4 }, answer[PEOPLE] = { 1, 1, 2, 1, 1, 2 };

static struct key_variable variables[] = {
	{ .name = "area",
	  .label = "Area",
	  .level = "nominal",
	  .area = true,
	  .codes = areas,
	  .code_count = 2,
	  .answers = area },
	{ .name = "age",
	  .label = "Age",
	  .unit = "years",
	  .level = "scale",
	  .number = true,
	  .codes = ages,
	  .code_count = 4,
	  .answers = age },
	{ .name = "mood", .label = "Mood", .level = "ordinal", .codes = moods, .code_count = 3, .answers = mood },
	{ .name = "home", .label = "Home", .level = "nominal", .codes = homes, .code_count = 4, .answers = home },
};
static struct key_variable sensitive = { .name = "answer", .label = "Answer", .level = "nominal", .answers = answer };

/* The keys at `first` and behind it. Release the codes with free(). */
static struct key_table table_of(size_t first, size_t count)
{
	struct key_table table = { .keys = variables + first, .key_count = count, .strata = count, .fraction = 1 };
	table.codes = mem_alloc(PEOPLE * count, sizeof *table.codes);
	for (size_t i = 0; i < PEOPLE; i++)
		for (size_t k = 0; k < count; k++)
			table.codes[i * count + k] = table.keys[k].answers[i];
	table.records = (struct key_records){ .codes = table.codes, .count = PEOPLE, .width = count };
	return table;
}

static void every_demand_counts_who_fails_it(void **state)
{
	(void)state;
	struct study_subset single = { .size = 1, .k = 3 };
	double most = 0.5;
	const struct study_microdata entry = {
		.keys_count = 2, .k = 2, .subsets = &single, .subsets_count = 1, .l = 2, .max_risk = &most
	};
	struct key_table table = table_of(0, 2);
	table.sensitive = &sensitive;
	table.sensitive_count = 1;
	struct measures measures;
	struct error err = { 0 };
	assert_ok(measures_take(&measures, &table, &entry, &err), &err);
	static const double f[PEOPLE] = { 2, 2, 1, 1, 2, 2 };
	assert_memory_equal(measures.f, f, sizeof f);
	assert_true(measures.alone == 2 && measures.below == 2 && measures.over == 2);
	assert_close(measures.expected, 4, 1e-15); /* everybody is in the file: 1/f each */
	assert_close(measures.rate, 4. / 6, 1e-15);
	assert_true(measures.highest == 1);
	/* all keys; age, which nobody shares with two; area, which all do */
	assert_int_equal(measures.set_count, 3);
	assert_true(measures.sets[0].keys == 3 && measures.sets[0].k == 2 && measures.sets[0].below == 2);
	assert_true(measures.sets[1].keys == 2 && measures.sets[1].k == 3 && measures.sets[1].below == 6);
	assert_true(measures.sets[2].keys == 1 && measures.sets[2].below == 0);
	/* the two of 16 in Bedford said the same, as did those who are alone */
	assert_true(measures.diversity[0].below == 4 && measures.diversity[0].least_distinct == 1);
	assert_int_equal(measures.failing, PEOPLE);
	/* 17 and 20 alone are enough */
	assert_true(measures.suda.fewest[2] == 2 && measures.suda.fewest[3] == 2 && measures.suda.fewest[0] == 0);
	assert_true(measures.match == 1); /* nobody else is in the population */
	measures_release(&measures);
	free(table.codes);
}

static void sets_are_counted_without_a_demand(void **state)
{
	(void)state;
	const struct study_microdata entry = { .keys_count = 3, .k = 2 };
	struct key_table table = table_of(0, 3);
	struct measures measures;
	struct error err = { 0 };
	assert_ok(measures_take(&measures, &table, &entry, &err), &err);
	assert_int_equal(measures.set_count, 7); /* all three, each alone, each pair */
	assert_true(measures.sets[0].keys == 7 && measures.sets[0].k == 2);
	for (size_t set = 1; set < 7; set++)
		assert_true(measures.sets[set].size == (set < 4 ? 1 : 2) && measures.sets[set].k == 0);
	assert_int_equal(measures.failing, measures.below);
	measures_release(&measures);
	free(table.codes);
}

/* Of eleven keys sets of up to three are counted: 11 + 55 + 165, and all of them. Who is alone by two keys is found. */
static void of_many_keys_small_sets_are_counted(void **state)
{
	(void)state;
	enum { MANY = 11 };
	static int codes[PEOPLE * MANY];
	static const int firsts[PEOPLE][2] = { { 1, 1 }, { 1, 2 }, { 2, 1 }, { 2, 2 }, { 2, 2 }, { 2, 2 } };
	static const size_t smallest[PEOPLE] = { 2, 2, 2, 0, 0, 0 };
	const struct study_microdata entry = { .keys_count = MANY, .k = 2 };
	struct key_variable keys[MANY];
	for (size_t at = 0; at < PEOPLE * MANY; at++)
		codes[at] = at % MANY < 2 ? firsts[at / MANY][at % MANY] : 1;
	for (size_t k = 0; k < MANY; k++)
		keys[k] = variables[0];
	struct key_table table = { .keys = keys, .key_count = MANY, .strata = MANY, .codes = codes, .fraction = 1 };
	table.records = (struct key_records){ .codes = codes, .count = PEOPLE, .width = MANY };
	struct measures measures;
	struct error err = { 0 };
	assert_ok(measures_take(&measures, &table, &entry, &err), &err);
	assert_int_equal(measures.set_count, 11 + 55 + 165 + 1);
	assert_memory_equal(measures.suda.smallest, smallest, sizeof smallest);
	measures_release(&measures);
}

/* Bedford 16, 16, 17; Luton 20, 21, 21: the two of 16, and the two of 21, are one person each. */
static void several_records_of_one_person_count_once(void **state)
{
	(void)state;
	static size_t people[PEOPLE] = { 0, 0, 1, 2, 3, 3 };
	const struct study_microdata entry = { .keys_count = 2, .k = 2 };
	struct key_table table = table_of(0, 2);
	table.records.people = people;
	struct measures measures;
	struct error err = { 0 };
	assert_ok(measures_take(&measures, &table, &entry, &err), &err);
	assert_true(measures.alone == PEOPLE && measures.below == PEOPLE && measures.failing == PEOPLE);
	measures_release(&measures);
	free(table.codes);
}

/* anonymise judges a choice of keys within each stratum, and so does risk. */
static void a_divided_file_is_judged_within_its_parts(void **state)
{
	(void)state;
	struct study_subset single = { .size = 1, .k = 3 };
	const struct study_microdata entry = { .keys_count = 3, .k = 2, .subsets = &single, .subsets_count = 1 };
	struct key_table table = table_of(0, 3);
	table.strata = 0;
	struct measures measures;
	struct error err = { 0 };
	assert_ok(measures_take(&measures, &table, &entry, &err), &err);
	static const unsigned demanded[] = { 7, 3, 5, 1 }; /* all; age, mood and area itself within areas */
	for (size_t set = 0; set < measures.set_count; set++) {
		bool is_demanded = false;
		for (size_t d = 0; d < COUNT(demanded); d++)
			is_demanded = is_demanded || measures.sets[set].keys == demanded[d];
		assert_true((measures.sets[set].k > 0) == is_demanded);
	}
	measures_release(&measures);
	free(table.codes);
}

static void a_missing_key_may_be_anybody_s(void **state)
{
	(void)state;
	/* of six in two areas, one is alone in his, but for the last, who does not say where he is */
	static int codes[PEOPLE] = { 1, 1, 1, 1, 2, 0 };
	static const unsigned enough[][PEOPLE] = { { 0, 0, 0, 0, 0, 0 }, { 0, 0, 0, 0, 1, 1 } };
	for (int missing = STUDY_MISSING_WILDCARD; missing <= STUDY_MISSING_VALUE; missing++) {
		const struct study_microdata entry = { .keys_count = 1,
			                               .k = 2,
			                               .missing = (enum study_missing)missing };
		struct key_table table = { .keys = variables, .key_count = 1, .codes = codes, .fraction = 1 };
		table.records = (struct key_records){ .codes = codes, .count = PEOPLE, .width = 1 };
		struct measures measures;
		struct error err = { 0 };
		assert_ok(measures_take(&measures, &table, &entry, &err), &err);
		assert_memory_equal(measures.enough, enough[missing], sizeof enough[missing]);
		assert_true(measures.f[5] == (missing == STUDY_MISSING_WILDCARD ? 6 : 1));
		measures_release(&measures);
	}
}

static void a_quantile_is_a_risk_that_somebody_has(void **state)
{
	(void)state;
	static const double risks[] = { 0.4, 0.1, 0.3, 0.2 };
	assert_true(measures_quantile(risks, 4, 0.5) == 0.2 && measures_quantile(risks, 4, 0.75) == 0.3);
	assert_true(measures_quantile(risks, 4, 1) == 0.4 && measures_quantile(risks, 4, 0.95) == 0.4);
	assert_true(isnan(measures_quantile(NULL, 0, 0.5)));
}

/* --- offers --- */

struct offered {
	const char *name;
	size_t first, keys; /* of the variables */
	const char *words;
	size_t codes, below; /* what it leaves */
	int k;
};

static const struct offered offered[] = {
	{ "a key can be left out", 0, 2, "leave it out", 0, 0, 2 },
	{ "ages can be in bands", 0, 2, "bands of 2", 2, 0, 2 },
	{ "neighbours of an ordinal key can be merged", 1, 2, "merge “Low” with “Middling”", 2, 2, 2 },
	{ "the top is cut where so many stand at it", 0, 2, "top-code at 20: 20 or more", 3, 3, 3 },
	{ "the bottom is cut likewise", 0, 2, "bottom-code at 17: 17 or less", 3, 3, 3 },
	{ "a top that enough stand at is not cut", 2, 1, "top-code at High: High or more", 0, 99, 2 },
	{ "nor is such a bottom", 2, 1, "bottom-code at Middling: Middling or less", 0, 99, 2 },
	/* three have their own home, one each the others */
	{ "the two rarest can be merged", 3, 1, "merge the rarest: “Kin” and “Hostel”", 3, 1, 2 },
	{ "and the three rarest", 3, 1, "merge the rarest: “Kin”, “Hostel” and “None”", 2, 0, 2 },
	{ "two areas are not merged into one", 0, 2, "merge the rarest: “Bedford” and “Luton”", 0, 99, 2 },
};

static const struct offer *find_offer(const struct offers *offers, const char *words)
{
	for (size_t i = 0; i < offers->count; i++)
		if (strcmp(offers->offers[i].words, words) == 0)
			return &offers->offers[i];
	return NULL;
}

/* 99 below: it is not offered, as it would change nothing or leave one code. */
static void each_change_says_what_it_leaves(void **state)
{
	const struct offered *example = *state;
	const struct study_microdata entry = { .k = example->k };
	struct key_table table = table_of(example->first, example->keys);
	struct offers offers;
	struct error err = { 0 };
	assert_ok(offers_make(&offers, &table, &entry, NULL, 0, &err), &err);
	const struct offer *offer = find_offer(&offers, example->words);
	assert_true((example->below == 99) == (offer == NULL));
	for (size_t i = 0; offer && i < offers.count; i++) /* the best of these words stands first */
		if (strcmp(offers.offers[i].words, example->words) == 0) {
			assert_int_equal(offers.offers[i].codes, example->codes);
			assert_int_equal(offers.offers[i].below, example->below);
			break;
		}
	offers_release(&offers);
	free(table.codes);
}

static void the_best_change_stands_first_and_bands_before_leaving_out(void **state)
{
	(void)state;
	const struct study_microdata entry = { .k = 2 };
	struct key_table table = table_of(0, 2);
	struct offers offers;
	struct error err = { 0 };
	assert_ok(offers_make(&offers, &table, &entry, NULL, 0, &err), &err);
	/* bands of 5 and 10 would be those of 2 */
	assert_int_equal(offers.count, 3);
	assert_string_equal(offers.offers[0].words, "bands of 2");
	assert_close(offers.offers[0].expected, 2, 1e-15); /* two groups of three */
	assert_true(offers.offers[0].alone == 0 && offers.offers[0].codes_before == 4);
	assert_true(offers.offers[1].key == 1 && !offers.offers[1].map); /* age left out: as good, and dearer */
	assert_true(offers.offers[2].key == 0 && offers.offers[2].below == 2);
	offers_release(&offers);
	free(table.codes);
}

static void coarser_codes_take_the_place_of_the_rarest_areas(void **state)
{
	(void)state;
	static const char *const regions[] = { "East", "East", "South East" };
	static int places[PEOPLE] = { 1, 1, 2, 3, 3, 3 };
	struct key_variable variable = variables[0];
	const struct coarser coarser = { .key = 0, .words = "regions in the place of areas", .labels = regions };
	const struct study_microdata entry = { .k = 2 };
	struct key_table table = { .keys = &variable, .key_count = 1, .codes = places, .fraction = 1 };
	variable.code_count = 3;
	variable.answers = places;
	table.records = (struct key_records){ .codes = places, .count = PEOPLE, .width = 1 };
	struct offers offers;
	struct error err = { 0 };
	assert_ok(offers_make(&offers, &table, &entry, &coarser, 1, &err), &err);
	assert_int_equal(offers.count, 2); /* regions; left out */
	const struct offer *offer = find_offer(&offers, coarser.words);
	assert_non_null(offer);
	assert_true(offer->below == 0 && offer->codes == 2 && offer->codes_before == 3);
	offers_release(&offers);
}

int main(void)
{
	struct CMUnitTest tests[24] = {
		cmocka_unit_test(every_demand_counts_who_fails_it),
		cmocka_unit_test(sets_are_counted_without_a_demand),
		cmocka_unit_test(of_many_keys_small_sets_are_counted),
		cmocka_unit_test(several_records_of_one_person_count_once),
		cmocka_unit_test(a_divided_file_is_judged_within_its_parts),
		cmocka_unit_test(a_missing_key_may_be_anybody_s),
		cmocka_unit_test(a_quantile_is_a_risk_that_somebody_has),
		cmocka_unit_test(the_best_change_stands_first_and_bands_before_leaving_out),
		cmocka_unit_test(coarser_codes_take_the_place_of_the_rarest_areas),
	};
	size_t count = 9;
	ADD_EXAMPLES(tests, count, offered, each_change_says_what_it_leaves);
	return _cmocka_run_group_tests("risk", tests, count, NULL, NULL);
}
