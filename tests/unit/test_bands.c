/* Words for hidden shares: from which count to which each says that it is. */
#include "testing.h"

#include "protect/protect.h"

static char none[] = "none", part[] = "some", most[] = "most";
static double nobody = 0, half = 50, sixty = 60;
static struct study_band by_half[] = { { none, &nobody }, { part, &half }, { most, NULL } };
static struct study_band by_sixty[] = { { none, &nobody }, { part, &sixty }, { most, NULL } };

struct told {
	const char *word; /* NULL: none */
	long long least, most;
};

/* A base that is shown, of whom `yes` answered so and the others not; *said is what is told of both. */
static void tell(struct told said[2], long long base, long long yes, struct study_band bands[3])
{
	struct universe *universe = universe_new();
	struct error err = { 0 };
	struct cell_decision *decisions = NULL;
	struct study_disclosure policy = { .threshold = 10,
		                           .zeros = STUDY_ZEROS_SHOWN,
		                           .min_width = 3,
		                           .min_group = 20,
		                           .reach = true,
		                           .bands = bands,
		                           .bands_count = 3 };
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10);
	size_t all = universe_cell(universe, unit, "d & q:answered", base);
	size_t parts[] = { universe_cell(universe, unit, "d & q=yes", yes),
		           universe_cell(universe, unit, "d & q=no", base - yes) };
	universe_relation(universe, RELATION_SUM, all, parts, 2);
	for (size_t i = 0; i < 3; i++) {
		size_t cell = i ? parts[i - 1] : all;
		struct result line = { .analysis = "a",
			               .dataset = "d",
			               .statistic = i ? "share" : "count",
			               .outcome = "q",
			               .level = NAN };
		universe_result(universe, &line, &cell, 1, NULL, 0);
		universe_figure(universe, &(struct figure){ .name = i ? "estimate" : "n",
		                                            .value = 1,
		                                            .numerator = cell,
		                                            .denominator = i ? all : 0,
		                                            .factor = i ? 100 : 1 });
	}
	assert_ok(protect_universe(&decisions, NULL, universe, &policy, &err), &err);
	assert_false(decisions[all - 1].hidden);
	for (size_t i = 0; i < 2; i++) {
		const struct cell_decision *decision = &decisions[parts[i] - 1];
		assert_true(decision->hidden);
		said[i] = (struct told){ decision->band, decision->band_least, decision->band_most };
	}
	free(decisions);
	universe_free(universe);
}

static const struct {
	const char *name;
	long long base, yes;
	struct study_band *bands;
	struct told said[2];
} examples[] = {
	/* "some" is above 0 and up to half; "most" is above half */
	{ "half of an even base is some", 40, 9, by_half, { { "some", 1, 20 }, { "most", 21, 40 } } },
	{ "half of an odd base is nobody's count", 41, 9, by_half, { { "some", 1, 20 }, { "most", 21, 41 } } },
	{ "60 per cent that is a count", 45, 4, by_sixty, { { "some", 1, 27 }, { "most", 28, 45 } } },
	{ "60 per cent that is none", 44, 4, by_sixty, { { "some", 1, 26 }, { "most", 27, 44 } } },
	/* of 18, "some" would say fewer than ten; of 20, both words together would: 20 less 11 is 9 */
	{ "a word that tells too much is not said", 18, 5, by_half, { { NULL, -1, -1 }, { NULL, -1, -1 } } },
	{ "nor are two that do so together", 20, 5, by_half, { { NULL, -1, -1 }, { NULL, -1, -1 } } },
	{ "two that just do not are", 22, 5, by_half, { { "some", 1, 11 }, { "most", 12, 22 } } },
};

static void each_word_has_its_ends(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++) {
		struct told said[2];
		tell(said, examples[i].base, examples[i].yes, examples[i].bands);
		for (size_t j = 0; j < 2; j++) {
			const struct told *expected = &examples[i].said[j];
			if ((said[j].word == NULL) != (expected->word == NULL)
			    || (said[j].word && strcmp(said[j].word, expected->word) != 0)
			    || said[j].least != expected->least || said[j].most != expected->most)
				fail_msg("%s: %s from %lld to %lld", examples[i].name,
				         said[j].word ? said[j].word : "no word", said[j].least, said[j].most);
		}
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(each_word_has_its_ends) };
	return cmocka_run_group_tests_name("bands", tests, NULL, NULL);
}
