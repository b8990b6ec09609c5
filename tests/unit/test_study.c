/* study and config: what is wrong in a config is named with its line, its column and what may have been meant. */
#include "testing.h"

#include <sys/stat.h>

#include "study.h"
#include "study_key.h"
#include "text.h"

#define HEAD "study:\n  name: s\n  title: T\n  synthetic: yes\n  date: 2026-03-31\n"
#define AREAS HEAD "  areas: [a, b, c]\n"
#define DATASETS "datasets:\n  - name: survey\n    kind: responses\n    unit: {name: respondent}\n    dictionary: d\n"
#define KIND(kind) "analyses:\n  - name: a\n    title: A\n    dataset: survey\n    kind: " kind "\n"
#define OF_X(kind) KIND(kind) "    outcome: x\n"
#define ANALYSIS OF_X("mean")
#define RECORDS(more) "microdata: [{dataset: survey, access: public, keys: [area, age], " more "}]\n"

static const struct example {
	const char *name, *yaml;
	size_t line, column;
	const char *message, *help; /* parts of them */
} examples[] = {
	{ "an unknown key is named with the nearest", HEAD DATASETS "analises: []\n", 11, 1, "unknown key `analises`", "analyses" },
	{ "an unknown key inside a list has its line", HEAD DATASETS "    exprots: []\n", 11, 5, "unknown key `exprots`", "exports" },
	{ "a missing key is named where it is missing", "study:\n  name: s\n" DATASETS, 2, 3, "`title` is missing", "" },
	{ "a key given twice is an error", HEAD "  name: again\n" DATASETS, 6, 3, "given twice", "" },
	{ "a word where a number belongs", HEAD "  seed: many\n" DATASETS, 6, 9, "whole number", "" },
	{ "a word where yes or no belongs", "study:\n  name: s\n  title: T\n  synthetic: maybe\n  date: 2026-03-31\n" DATASETS, 4, 14, "yes or no", "" },
	{ "a list where one value belongs", HEAD DATASETS "decisions: [a]\n", 11, 12, "one value", "" },
	{ "one value where a list belongs", HEAD "datasets: survey\n", 6, 11, "a list", "" },
	{ "no YAML at all", "study: [\n", 2, 1, "no valid YAML", "indentation" },
	{ "an empty file", "", 0, 0, "empty", "" },
	{ "a second document", HEAD DATASETS "---\n" HEAD DATASETS, 11, 1, "second document", "---" },
	{ "an alias", HEAD DATASETS ANALYSIS "    filter: &f x = 1\n    note: *f\n", 18, 11, "an alias", "write the value out" },
	{ "brackets without end", "study: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n", 1, 39, "nested too deeply", "bracket" },
	{ "a NUL in a text", "study:\n  name: s\n  title: \"a\\0b\"\n  date: 2026-03-31\n" DATASETS, 3, 10, "NUL", "remove" },
	{ "a number that another reader takes as octal", HEAD DATASETS "disclosure: {threshold: 010}\n", 11, 25, "without a 0", "" },
	{ "a dataset named like an option", HEAD "datasets:\n  - name: --help\n    kind: responses\n    unit: {name: r}\n    dictionary: d\n", 7, 11, "cannot be a name", "no - first" },
	{ "a dataset named like plan's folder", HEAD "datasets:\n  - name: plan\n    kind: responses\n    unit: {name: r}\n    dictionary: d\n", 7, 11, "uses itself", "another name" },
	{ "a kind of analysis that does not exist", HEAD DATASETS "analyses:\n  - {name: a, title: A, dataset: survey, kind: median, outcome: x}\n", 12, 48, "`median`", "mean" },
	{ "a name with a capital", "study:\n  name: S\n  title: T\n  synthetic: no\n  date: 2026-03-31\n" DATASETS, 2, 9, "cannot be a name", "small letters" },
	{ "a date that is none", "study:\n  name: s\n  title: T\n  synthetic: no\n  date: 2026-02-30\n" DATASETS, 5, 9, "2026-03-31", "" },
	{ "no dataset", HEAD "datasets: []\n", 6, 11, "needs a dataset", "" },
	{ "two datasets of one name", HEAD DATASETS "  - name: survey\n    kind: responses\n    unit: {name: p}\n    dictionary: d\n", 11, 11, "second dataset", "" },
	{ "an analysis of no dataset", HEAD DATASETS "analyses:\n  - {name: a, title: A, dataset: servey, kind: mean, outcome: x}\n", 12, 34, "no dataset named", "survey" },
	{ "an export that climbs out", HEAD DATASETS "    exports:\n      - path: a/../../b.csv\n", 12, 15, "leads out", "" },
	{ "an absolute export", HEAD DATASETS "    exports:\n      - path: /etc/passwd\n", 12, 15, "leads out", "" },
	{ "a dictionary that climbs out", HEAD "datasets:\n  - name: survey\n    kind: responses\n    unit: {name: r}\n    dictionary: ../d\n", 10, 17, "leads out", "" },
	{ "a real study's key in its config", "study:\n  name: s\n  title: T\n  synthetic: no\n  date: 2026-03-31\n  key: secret\n" DATASETS, 6, 8, "cannot stand in its config", "key_file" },
	{ "made-up exports in a real study", "study:\n  name: s\n  title: T\n  synthetic: no\n  date: 2026-03-31\n" DATASETS "    synthesis: {respondents: 9}\n", 11, 16, "synthetic: yes", "" },
	{ "a limit of neither kind", HEAD DATASETS "    limits:\n      - finding: reject\n", 12, 9, "per_cent or at_most", "" },
	{ "an unknown way of writing dates", HEAD DATASETS "    exports:\n      - {path: a.csv, dates: american}\n", 12, 30, "`american`", "mdy" },
	{ "an unknown delimiter", HEAD DATASETS "    exports:\n      - {path: a.csv, delimiter: \"|\"}\n", 12, 34, "no delimiter", "semicolon" },
	{ "an unknown decimal sign", HEAD DATASETS "    exports:\n      - {path: a.csv, decimal: \",\"}\n", 12, 32, "no decimal sign", "comma (12,5)" },
	{ "fewer than no lines skipped", HEAD DATASETS "    exports:\n      - {path: a.csv, skip: -1}\n", 12, 29, "fewer than 0", "" },
	{ "a platform that climbs out", HEAD DATASETS "    exports:\n      - {path: a.csv, platform: ../x}\n", 12, 33, "cannot be a name", "small letters" },
	{ "unfinished responses neither kept nor aside", HEAD DATASETS "    exports:\n      - {path: a.csv, unfinished: no}\n", 12, 35, "`no`", "kept" },
	{ "a condition on rows without its values", HEAD DATASETS "    exports:\n      - {path: a.csv, where: [{column: event}]}\n", 12, 31, "`values` is missing", "" },
	{ "an interval of no width", HEAD DATASETS "disclosure: {min_width: 0}\n", 11, 25, "at least 1", "" },
	{ "protection levels of more than the count", HEAD DATASETS "disclosure: {min_percent: 101}\n", 11, 27, "from 0 to 100", "per cent of a small count" },
	{ "protection levels of less than nothing", HEAD DATASETS "disclosure: {min_percent: -1}\n", 11, 27, "from 0 to 100", "per cent of a small count" },
	{ "insiders who are no small group", HEAD DATASETS "disclosure: {threshold: 5, insiders: 5}\n", 11, 38, "from 0 to 4", "shown to everybody" },
	{ "fewer insiders than nobody", HEAD DATASETS "disclosure: {insiders: -1}\n", 11, 24, "from 0 to 9", "shown to everybody" },
	{ "fewer contributors than the threshold", HEAD DATASETS "disclosure: {magnitude: {contributors: 9}}\n", 11, 40, "at least the threshold, which is 10", "hidden with its count" },
	{ "a p per cent of nothing", HEAD DATASETS "disclosure: {magnitude: {p_percent: 0}}\n", 11, 37, "above 0 and at most 100", "the largest contribution" },
	{ "a p of more than all", HEAD DATASETS "disclosure: {magnitude: {p_percent: 100.5}}\n", 11, 37, "above 0 and at most 100", "the largest contribution" },
	{ "dominance of more than are known", HEAD DATASETS "disclosure: {magnitude: {dominance_n: 4, dominance_k: 80}}\n", 11, 39, "from 1 to 3", "" },
	{ "dominance without how much", HEAD DATASETS "disclosure: {magnitude: {dominance_n: 2}}\n", 11, 39, "nothing by itself", "dominance_k" },
	{ "dominance of all", HEAD DATASETS "disclosure: {magnitude: {dominance_k: 100}}\n", 11, 39, "above 0 and below 100", "make up of a sum" },
	{ "bands that go down", HEAD DATASETS "disclosure: {bands: [{name: some, most: 50}, {name: half, most: 40}, {name: most}]}\n", 11, 65, "bands go upwards", "{name: some, most: 50}" },
	{ "a last band with an end", HEAD DATASETS "disclosure: {bands: [{name: some, most: 50}, {name: most, most: 90}]}\n", 11, 65, "the last band has no `most`", "{name: most}" },
	{ "a band without an end in between", HEAD DATASETS "disclosure: {bands: [{name: some}, {name: most}]}\n", 11, 29, "every band but the last", "" },
	{ "a band of more than all", HEAD DATASETS "disclosure: {bands: [{name: some, most: 100}, {name: most}]}\n", 11, 41, "less than 100 per cent", "" },
	{ "one band", HEAD DATASETS "disclosure: {bands: [{name: some}]}\n", 11, 21, "tells nothing", "" },
	{ "two bands of one name", HEAD DATASETS "disclosure: {bands: [{name: some, most: 50}, {name: Some}]}\n", 11, 53, "two bands have the name", "" },
	{ "a band that looks like a number", HEAD DATASETS "disclosure: {bands: [{name: 1-9, most: 50}, {name: most}]}\n", 11, 29, "cannot stand for a share", "some" },
	{ "a band that looks like a hidden figure", HEAD DATASETS "disclosure: {bands: [{name: c, most: 50}, {name: most}]}\n", 11, 29, "stands for something else", "" },
	{ "a band of nobody where zeros are hidden", HEAD DATASETS "disclosure: {zeros: hidden, bands: [{name: none, most: 0}, {name: some}]}\n", 11, 56, "would tell the zeros", "leave it out" },
	{ "bands of rounded bases", HEAD DATASETS "disclosure: {threshold: 8, rounding: {base: 5}, bands: [{name: some, most: 50}, {name: most}]}\n", 11, 56, "printed as they are", "leave out the bands, or rounding" },
	{ "records of nobody's choosing", HEAD DATASETS RECORDS("k: 1"), 11, 69, "at least 2", "give 2 or more" },
	{ "so many different answers to no question", HEAD DATASETS RECORDS("l: 3"), 11, 69, "none is named", "sensitive" },
	{ "one different answer", HEAD DATASETS RECORDS("l: 1, sensitive: [x]"), 11, 69, "at least 2", "" },
	{ "a sensitive key", HEAD DATASETS RECORDS("sensitive: [age]"), 11, 78, "is a key", "out of `keys`" },
	{ "a key that leaves twice", HEAD DATASETS RECORDS("variables: [x, x]"), 11, 81, "named twice", "" },
	{ "an important variable that is no key", HEAD DATASETS RECORDS("importance: [x]"), 11, 79, "no key", "add it to `keys`" },
	{ "an important key that is misspelt", HEAD DATASETS RECORDS("importance: [aeg]"), 11, 79, "no key", "did you mean age?" },
	{ "strata of no key", HEAD DATASETS RECORDS("strata: x"), 11, 74, "no key", "add it to `keys`" },
	{ "a subset of all keys", HEAD DATASETS RECORDS("subsets: [{size: 2, k: 5}]"), 11, 83, "one less than there are keys", "k is for all keys" },
	{ "fewer alike on fewer keys", HEAD DATASETS RECORDS("subsets: [{size: 1, k: 4}]"), 11, 89, "asks for fewer people", "give k of all keys, or more" },
	{ "more than all of the population", HEAD DATASETS RECORDS("fraction: 1.5"), 11, 76, "at most 1", "0.25" },
	{ "a risk above 1", HEAD DATASETS RECORDS("max_risk: 2"), 11, 76, "at most 1", "0.1" },
	{ "records of no dataset", HEAD DATASETS "microdata: [{dataset: other, access: public, keys: [area]}]\n", 11, 23, "no dataset of that name", "name one of its datasets" },
	{ "records of a misspelt dataset", HEAD DATASETS "microdata: [{dataset: surveys, access: public, keys: [area]}]\n", 11, 23, "no dataset of that name", "did you mean survey?" },
	{ "two files of the same people", HEAD DATASETS "microdata:\n  - {dataset: survey, access: public, keys: [area]}\n  - {dataset: survey, access: safeguarded, keys: [age]}\n", 13, 15, "one file of records", "joined" },
	{ "a threshold of nobody", HEAD DATASETS "disclosure: {threshold: 0}\n", 11, 25, "at least 1", "" },
	{ "a test of fewer than the threshold", HEAD DATASETS "disclosure: {statistics: {test_base: 9}}\n", 11, 38, "at least the threshold, which is 10", "" },
	{ "fewer than the threshold beyond a quantile", HEAD DATASETS "disclosure: {statistics: {tail: 9}}\n", 11, 33, "at least the threshold, which is 10", "" },
	{ "more decimals than the policy lets be printed", HEAD DATASETS OF_X("mean") "    decimals: 2\ndisclosure: {statistics: {decimals: 1}}\n", 17, 15, "more decimals than the policy", "statistics.decimals is 1" },
	{ "a threshold that does not fit a rounding base", HEAD DATASETS "disclosure: {threshold: 10, rounding: {base: 5, method: nearest}}\n", 11, 25, "10 does not fit rounding to 5", "nearest thresholds that fit are 8 and 13" },
	{ "a threshold by default that does not fit", HEAD DATASETS "disclosure: {rounding: {base: 5}}\n", 11, 31, "10 does not fit rounding to 5", "8 and 13" },
	{ "a threshold that does not fit controlled rounding", HEAD DATASETS "disclosure: {threshold: 8, rounding: {base: 5, method: controlled}}\n", 11, 25, "8 does not fit rounding to 5", "5 and 10" },
	{ "a unit's own threshold that does not fit", HEAD "datasets:\n  - {name: survey, kind: responses, unit: {name: r, threshold: 6}, dictionary: d}\ndisclosure: {threshold: 8, rounding: {base: 5}}\n", 7, 64, "6 does not fit rounding to 5", "3 and 8" },
	{ "rounding alone where nobody is hidden", HEAD DATASETS "disclosure: {threshold: 1, zeros: hidden, rounding: {base: 5}}\n", 11, 25, "1 does not fit", "threshold that fits is 3" },
	{ "rounding to nothing", HEAD DATASETS "disclosure: {threshold: 8, rounding: {base: 1}}\n", 11, 45, "from 2 to 1000", "" },
	{ "rounding and perturbation", HEAD DATASETS "disclosure: {threshold: 8, rounding: {base: 5}, cell_key: {table: t.csv}}\n", 11, 59, "rounded or perturbed", "leave out" },
	{ "a derived variable with a name of ours", HEAD DATASETS "    derived:\n      - {variable: row, label: V, value: a}\n", 12, 20, "cannot be the name", "none of row" },
	{ "a derived variable with a capital", HEAD DATASETS "    derived:\n      - {variable: Age, label: V, value: a}\n", 12, 20, "cannot be the name", "small letters" },
	{ "two derived variables of one name", HEAD DATASETS "    derived:\n      - {variable: v, label: V, value: a}\n      - {variable: v, label: V, value: b}\n", 13, 20, "second derived variable is named `v`", "" },
	{ "a derived variable of neither a value nor codes", HEAD DATASETS "    derived:\n      - {variable: v, label: V}\n", 12, 9, "`v` needs either a value or codes", "a list of code" },
	{ "a derived variable of both a value and codes", HEAD DATASETS "    derived:\n      - {variable: v, label: V, value: a, codes: [{code: c, label: C, when: a}]}\n", 12, 9, "`v` needs either a value or codes", "" },
	{ "a derived variable without a label", HEAD DATASETS "    derived:\n      - {variable: v, value: a}\n", 12, 9, "`label` is missing", "" },
	{ "a level that there is not", HEAD DATASETS "    derived:\n      - {variable: v, label: V, value: a, level: interval}\n", 12, 50, "`interval` is no level", "binary, nominal, ordinal, scale, amount, count, rate" },
	{ "a polarity that there is not", HEAD DATASETS "    derived:\n      - {variable: v, label: V, value: a, polarity: up}\n", 12, 53, "`up` is no polarity", "higher_better, higher_worse" },
	{ "a reason for missing that there is not", HEAD DATASETS "    derived:\n      - {variable: v, label: V, value: a, missing: unknown}\n", 12, 52, "`unknown` is no reason for missing", "refused, dont_know, not_asked" },
	{ "needs that are neither all nor any", HEAD DATASETS "    derived:\n      - {variable: v, label: V, value: a, needs: some}\n", 12, 50, "`some` is none of the words", "all, any" },
	{ "two codes of one derived variable alike", HEAD DATASETS "    derived:\n      - {variable: v, label: V, codes: [{code: c, label: C, when: a}, {code: c, label: D}]}\n", 12, 78, "second code is `c`", "" },
	{ "a code with signs that conditions have", HEAD DATASETS "    derived:\n      - {variable: v, label: V, codes: [{code: a|b, label: C, when: a}]}\n", 12, 48, "`a|b` cannot be a code", "the label is for words" },
	{ "two codes with one label", HEAD DATASETS "    derived:\n      - {variable: v, label: V, codes: [{code: c, label: C, when: a}, {code: d, label: C}]}\n", 12, 88, "label `C`", "" },
	{ "a code for whatever is left before the last", HEAD DATASETS "    derived:\n      - {variable: v, label: V, codes: [{code: c, label: C}, {code: d, label: D, when: a}]}\n", 12, 41, "takes whatever is left", "put it last" },
	{ "one code for everybody", HEAD DATASETS "    derived:\n      - {variable: v, label: V, codes: [{code: c, label: C}]}\n", 12, 41, "it is everybody's", "say when" },
	{ "a least value above the most", HEAD DATASETS "    derived:\n      - {variable: v, label: V, value: a, least: 3, most: 2}\n", 12, 50, "least is above most", "" },
	{ "a range of codes", HEAD DATASETS "    derived:\n      - {variable: v, label: V, codes: [{code: c, label: C, when: a}], most: 2}\n", 12, 78, "codes have no least and most", "" },
	{ "across in a mean", HEAD DATASETS ANALYSIS "    across: y\n", 17, 13, "kind mean has no `across`", "these kinds have it: table" },
	{ "a ratio of nothing", HEAD DATASETS OF_X("ratio"), 12, 5, "kind ratio needs `per`", "such as per: hours_offered" },
	{ "quantiles out of order", HEAD DATASETS OF_X("quantile") "    quantiles: [0.5, 0.25]\n", 17, 16, "in their order", "" },
	{ "a quantile of everybody", HEAD DATASETS OF_X("quantile") "    quantiles: [1]\n", 17, 16, "between 0 and 1", "" },
	{ "a change within one wave", HEAD DATASETS OF_X("change") "    waves: [a, a]\n", 17, 12, "between two waves", "waves: [before, after]" },
	{ "a variable twice among missing ones", HEAD DATASETS KIND("missing") "    variables: [x, x]\n", 16, 16, "named twice", "" },
	{ "a trend of a share", HEAD DATASETS OF_X("share") "    compare: [trend]\n", 17, 14, "a trend is of means", "make it kind table" },
	{ "Tukey's comparison of shares", HEAD DATASETS OF_X("share") "    compare: [tukey]\n", 17, 14, "compare means", "`pairs` or `rest`" },
	{ "a control of nothing", HEAD DATASETS ANALYSIS "    control: E06000055\n", 17, 14, "go together", "the code of the area" },
	{ "a group of an area that the study has not", AREAS "  groups: [{code: g, name: G, areas: [a, d]}]\n" DATASETS, 7, 42, "none of the study's: d", "" },
	{ "a group's area named nearly", "study:\n  name: s\n  title: T\n  synthetic: yes\n  date: 2026-03-31\n  areas: [E06000055, E06000032, b]\n  groups: [{code: g, name: G, areas: [b, E06000033]}]\n" DATASETS, 7, 42, "none of the study's", "E06000032" },
	{ "an area twice in a group", AREAS "  groups: [{code: g, name: G, areas: [a, a]}]\n" DATASETS, 7, 42, "stands in the group g twice", "" },
	{ "a group of one area", AREAS "  groups: [{code: g, name: G, areas: [a]}]\n" DATASETS, 7, 38, "needs two areas", "a line of its own" },
	{ "a group of all areas", AREAS "  groups: [{code: g, name: G, areas: [c, b, a]}]\n" DATASETS, 7, 38, "is all areas", "leave it out" },
	{ "a group with the code of an area", AREAS "  groups: [{code: a, name: G, areas: [a, b]}]\n" DATASETS, 7, 19, "the code of an area, a", "another code" },
	{ "a group with a code of brackets", AREAS "  groups: [{code: \"{a+b}\", name: G, areas: [a, b]}]\n" DATASETS, 7, 19, "cannot be a name", "" },
	{ "two groups of one code", AREAS "  groups: [{code: g, name: G, areas: [a, b]}, {code: g, name: H, areas: [b, c]}]\n" DATASETS, 7, 54, "second group has the code g", "" },
	{ "two groups of one name", AREAS "  groups: [{code: g, name: G, areas: [a, b]}, {code: h, name: G, areas: [b, c]}]\n" DATASETS, 7, 63, "second group has the name `G`", "" },
	{ "two groups of the same areas", AREAS "  groups: [{code: g, name: G, areas: [a, b]}, {code: h, name: H, areas: [b, a]}]\n" DATASETS, 7, 73, "g and h have the same areas", "the same people" },
	{ "a level named twice", AREAS "  levels: [region, region]\n" DATASETS, 7, 20, "named twice", "" },
	{ "a level that no place has", AREAS "  levels: [county]\n" DATASETS, 7, 12, "`county`", "region" },
	{ "a benchmark of four levels", HEAD DATASETS ANALYSIS "    compare: [benchmark]\n    benchmark: {value: 1, name: UK, levels: 4}\n", 18, 45, "3 levels or 5", "" },
};

static void a_wrong_config_is_refused_with_its_place(void **state)
{
	const struct example *example = *state;
	char *folder = test_folder(), *path = test_file(folder, "s.yaml", example->yaml);
	struct study *study = NULL;
	struct error err = { 0 };
	assert_false(study_load(&study, path, &err));
	assert_null(study);
	assert_int_equal(err.kind, ERROR_CONFIG);
	assert_string_equal(err.path, path);
	if (!strstr(err.message, example->message) || !strstr(err.help, example->help))
		fail_msg("message `%s`, help `%s`", err.message, err.help);
	assert_int_equal(err.line, example->line);
	assert_int_equal(err.column, example->column);
	free(path);
	free(folder);
}

static void what_is_not_given_has_its_default(void **state)
{
	(void)state;
	char *folder = test_folder(), *path = test_file(folder, "s.yaml", HEAD DATASETS ANALYSIS);
	struct study *study = NULL;
	struct error err = { 0 };
	assert_ok(study_load(&study, path, &err), &err);
	assert_int_equal(study->disclosure.threshold, 10);
	assert_int_equal(study->disclosure.min_width, 3);
	assert_int_equal(study->disclosure.zeros, STUDY_ZEROS_SHOWN);
	assert_true(study->datasets[0].unit.confidential);
	assert_string_equal(study->datasets[0].unit.plural, "respondents");
	assert_int_equal(study->analyses[0].decimals, 1);
	assert_true(study->analyses[0].test);
	assert_int_equal(study_threshold(study, &study->datasets[0]), 10);
	study_free(study);
	free(path);
	free(folder);
}

/* Every key of a derived variable, and a number with more digits than a float has. */
static void derived_variables_pass_through_a_slice_whole(void **state)
{
	(void)state;
	char *folder = test_folder(), *path = test_file(folder, "s.yaml", HEAD DATASETS
		"    scores: [s1]\n    derived:\n"
		"      - {variable: v, label: 'V: the #1', level: amount, unit: points, polarity: higher_better, domain: d, value: \"a = 'it''s' or b\",\n"
		"         least: -0.1, most: 123456789.125, needs: any, missing: refused}\n"
		"      - {variable: w, label: W, codes: [{code: \"1\", label: One, when: v > 1}, {code: \"yes\", label: Two}]}\n");
	struct study *study = NULL, *again = NULL;
	struct error err = { 0 };
	struct text whole = { 0 }, none = { 0 };
	assert_ok(study_load(&study, path, &err), &err);
	assert_ok(study_slice(&whole, study, "survey", STUDY_PART_DERIVED, &err), &err);
	assert_ok(study_slice(&none, study, "survey", ~0u & ~(unsigned)STUDY_PART_DERIVED, &err), &err);
	assert_null(strstr(none.bytes, "derived"));
	char *slice = test_file(folder, "slice.yaml", whole.bytes);
	assert_ok(study_load(&again, slice, &err), &err);
	const struct study_dataset *dataset = &again->datasets[0];
	assert_string_equal(dataset->scores[0], "s1");
	assert_int_equal(dataset->derived_count, 2);
	const struct study_derived *v = &dataset->derived[0], *w = &dataset->derived[1];
	assert_string_equal(v->label, "V: the #1");
	assert_string_equal(v->value, "a = 'it''s' or b");
	assert_string_equal(v->level, "amount");
	assert_string_equal(v->unit, "points");
	assert_string_equal(v->polarity, "higher_better");
	assert_string_equal(v->domain, "d");
	assert_string_equal(v->missing, "refused");
	assert_int_equal(v->needs, STUDY_NEEDS_ANY);
	assert_true(*v->least == -0.1 && *v->most == 123456789.125);
	assert_null(w->value);
	assert_null(w->least);
	assert_int_equal(w->needs, STUDY_NEEDS_ALL);
	assert_int_equal(w->codes_count, 2);
	assert_string_equal(w->codes[0].code, "1");
	assert_string_equal(w->codes[0].when, "v > 1");
	assert_string_equal(w->codes[1].code, "yes");
	assert_null(w->codes[1].when);
	study_free(study);
	study_free(again);
	text_free(&whole);
	text_free(&none);
	free(slice);
	free(path);
	free(folder);
}

static void a_slice_loads_again_and_holds_only_its_parts(void **state)
{
	(void)state;
	char *folder = test_folder();
	char *path = test_file(folder, "s.yaml", HEAD "  seed: 7\n  key: a key of the demo\n" DATASETS
	                       "    exports:\n      - {path: \"it's: a #file.csv\", dates: dmy, platform: redcap, area: E06000055, encoding: windows-1252,\n"
	                       "         delimiter: semicolon, decimal: comma, skip: 2, unfinished: kept, keep: [IP Address], where: [{column: e, values: [\"\", b]}]}\n    limits:\n      - {finding: reject, per_cent: 2.5}\n"
	                       ANALYSIS "    test: no\n    decimals: 0\ndisclosure: {policy: p, threshold: 7, zeros: hidden, magnitude: {p_percent: 12.5}}\n"
	                       RECORDS("subsets: [{size: 1, k: 6}], fraction: 0.25"));
	struct study *study = NULL, *again = NULL, *less = NULL;
	struct error err = { 0 };
	struct text all = { 0 }, twice = { 0 }, part = { 0 };
	assert_ok(study_load(&study, path, &err), &err);
	assert_ok(study_slice(&all, study, NULL, ~0u, &err), &err);
	char *slice = test_file(folder, "slice.yaml", all.bytes);
	assert_ok(study_load(&again, slice, &err), &err);
	assert_ok(study_slice(&twice, again, NULL, ~0u, &err), &err);
	assert_string_equal(all.bytes, twice.bytes);
	assert_string_equal(again->datasets[0].exports[0].path, "it's: a #file.csv");
	const struct study_export *export = &again->datasets[0].exports[0];
	assert_string_equal(study_headers(export), "redcap");
	assert_int_equal(export->unfinished, STUDY_UNFINISHED_KEPT);
	assert_int_equal(export->skip, 2);
	assert_string_equal(export->keep[0], "IP Address");
	assert_int_equal(export->where[0].values_count, 2);
	assert_string_equal(export->where[0].values[0], "");
	assert_close(*again->datasets[0].limits[0].per_cent, 2.5, 0);
	assert_false(again->analyses[0].test);
	assert_int_equal(again->analyses[0].decimals, 0);
	assert_int_equal(again->disclosure.zeros, STUDY_ZEROS_HIDDEN);
	assert_close(*again->disclosure.magnitude->p_percent, 12.5, 0);
	assert_int_equal(study_microdata(again, "survey")->k, 5);
	assert_int_equal(study_microdata(again, "survey")->l, 0);
	assert_int_equal(study_microdata(again, "survey")->subsets[0].k, 6);
	assert_close(*study_microdata(again, "survey")->fraction, 0.25, 0);
	assert_null(study_microdata(again, "other"));
	assert_int_equal(again->disclosure.magnitude->dominance_n, 1);

	assert_ok(study_slice(&part, study, "survey", STUDY_PART_EXPORTS, &err), &err);
	assert_null(strstr(part.bytes, "a key of the demo"));
	char *second = test_file(folder, "part.yaml", part.bytes);
	assert_ok(study_load(&less, second, &err), &err);
	assert_int_equal(less->analyses_count, 0);
	assert_int_equal(less->datasets[0].limits_count, 0);
	assert_int_equal(less->datasets[0].exports_count, 1);
	assert_int_equal(less->disclosure.threshold, 10);
	text_free(&all);
	text_free(&twice);
	text_free(&part);
	study_free(study);
	study_free(again);
	study_free(less);
	free(slice);
	free(second);
	free(path);
	free(folder);
}

static void a_key_that_others_can_read_is_refused(void **state)
{
	(void)state;
	char *folder = test_folder(), *file = test_file(folder, "study.key", "0123456789abcdef0123456789abcdef\n"), *key = NULL;
	char *yaml = mem_print("study:\n  name: s\n  title: T\n  synthetic: no\n  date: 2026-03-31\n  key_file: %s\n" DATASETS, file);
	char *path = test_file(folder, "s.yaml", yaml);
	struct study *study = NULL;
	struct error err = { 0 }, open = { 0 };
	assert_ok(study_load(&study, path, &err), &err);
	assert_int_equal(chmod(file, 0644), 0);
	assert_false(study_key(&key, study, &open));
	assert_null(key);
	assert_int_equal(open.kind, ERROR_CONFIG);
	assert_int_equal(chmod(file, 0600), 0);
	assert_ok(study_key(&key, study, &err), &err);
	assert_string_equal(key, "0123456789abcdef0123456789abcdef");
	free(key);
	study_free(study);
	free(yaml);
	free(path);
	free(file);
	free(folder);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples) + 4];
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[i] = (struct CMUnitTest){ .name = examples[i].name, .test_func = a_wrong_config_is_refused_with_its_place,
			                        .initial_state = (void *)&examples[i] };
	const struct CMUnitTest others[] = {
		cmocka_unit_test(what_is_not_given_has_its_default),
		cmocka_unit_test(a_slice_loads_again_and_holds_only_its_parts),
		cmocka_unit_test(derived_variables_pass_through_a_slice_whole),
		cmocka_unit_test(a_key_that_others_can_read_is_refused),
	};
	memcpy(tests + COUNT(examples), others, sizeof others);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
