#include "study_check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis_check.h"
#include "areas_check.h"
#include "date.h"
#include "dictionary.h"
#include "policy_check.h"
#include "mem.h"
#include "microdata_check.h"
#include "text.h"

/* A name that begins with - would be an option. */
static bool is_name(const char *name)
{
	return *name != '-' && name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-")] == '\0'
	       && strlen(name) <= 60;
}

bool study_check_name(const struct config_marks *marks, struct error *err, const char *place, const char *name)
{
	if (is_name(name))
		return true;
	config_error(marks, err, place, "`%s` cannot be a name", name);
	return error_help(err, "use small letters, digits, - and _, at most 60 of them, and no - first");
}

struct check {
	const struct config_marks *marks;
	struct error *err;
};

/* Inside the folder that it is relative to: not absolute, no step up, nothing that a line of a makefile cannot hold. */
static bool check_path(const struct check *check, const char *place, const char *path)
{
	bool out = *path == '/' || strcmp(path, "..") == 0 || strncmp(path, "../", 3) == 0 || strstr(path, "/../")
	           || (strlen(path) > 3 && strcmp(path + strlen(path) - 3, "/..") == 0);
	if (out)
		return config_error(check->marks, check->err, place, "the path leads out of its folder");
	for (const char *c = path; *c; c++)
		if ((unsigned char)*c < 0x20)
			return config_error(check->marks, check->err, place, "the path holds a control character");
	return true;
}

static bool one_of(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

/* The keys of an export that take one of a few words. */
static bool check_export_words(const struct check *check, const struct study_export *export, const char *place)
{
	static const char *const dates[] = { "iso", "dmy", "mdy" };
	static const char *const delimiters[] = { "comma", "semicolon", "tab" };
	static const char *const decimals[] = { "point", "comma" };
	const struct {
		const char *key, *word, *const *words;
		size_t count;
		const char *what, *help;
	} keys[] = {
		{ "dates", export->dates, dates, COUNT(dates), "way of writing dates",
		  "it takes one of: iso (2026-03-31), dmy (31/03/2026), mdy (03/31/2026)" },
		{ "delimiter", export->delimiter, delimiters, COUNT(delimiters), "delimiter",
		  "it takes one of: comma, semicolon, tab" },
		{ "decimal", export->decimal, decimals, COUNT(decimals), "decimal sign",
		  "it takes one of: point (12.5), comma (12,5)" },
	};
	for (size_t i = 0; i < COUNT(keys); i++) {
		char at[160];
		if (!keys[i].word || one_of(keys[i].word, keys[i].words, keys[i].count))
			continue;
		snprintf(at, sizeof at, "%s.%s", place, keys[i].key);
		config_error(check->marks, check->err, at, "`%s` is no %s", keys[i].word, keys[i].what);
		return error_help(check->err, "%s", keys[i].help);
	}
	return true;
}

static bool check_exports(const struct check *check, const struct study_dataset *dataset, unsigned d)
{
	char place[120];
	for (unsigned e = 0; e < dataset->exports_count; e++) {
		const struct study_export *export = &dataset->exports[e];
		snprintf(place, sizeof place, "datasets[%u].exports[%u].path", d, e);
		if (!check_path(check, place, export->path))
			return false;
		for (unsigned other = 0; other < e; other++)
			if (strcmp(dataset->exports[other].path, export->path) == 0)
				return config_error(check->marks, check->err, place, "the export is named twice");
		snprintf(place, sizeof place, "datasets[%u].exports[%u].skip", d, e);
		if (export->skip < 0)
			return config_error(check->marks, check->err, place, "no fewer than 0 lines can be skipped");
		snprintf(place, sizeof place, "datasets[%u].exports[%u].platform", d, e);
		if (export->platform && !study_check_name(check->marks, check->err, place, export->platform))
			return false;
		snprintf(place, sizeof place, "datasets[%u].exports[%u]", d, e);
		if (!check_export_words(check, export, place))
			return false;
	}
	return true;
}

/* --- derived variables: what stands in them is for derive to check, which has the dictionary --- */

static bool check_word(const struct check *check, const char *place, const char *word, const char *what,
                       const char *const *words, size_t count)
{
	if (!word || one_of(word, words, count))
		return true;
	struct text list = { 0 };
	for (size_t i = 0; i < count; i++)
		text_print(&list, "%s%s", i ? ", " : "", words[i]);
	config_error(check->marks, check->err, place, "`%s` is no %s", word, what);
	error_help(check->err, "it takes one of: %s", list.bytes);
	text_free(&list);
	return false;
}

static bool check_derived_words(const struct check *check, const struct study_derived *derived, const char *place)
{
	static const char *const polarities[] = { "higher_better", "higher_worse" };
	const char *levels[LEVEL_RATE], *reasons[MISSING_COUNT - 1];
	char at[200];
	for (int level = LEVEL_NONE + 1; level <= LEVEL_RATE; level++)
		levels[level - 1] = variable_level_word((enum variable_level)level);
	for (int reason = MISSING_NONE + 1; reason < MISSING_COUNT; reason++)
		reasons[reason - 1] = missing_reason_word((enum missing_reason)reason);
	snprintf(at, sizeof at, "%s.level", place);
	if (!check_word(check, at, derived->level, "level", levels, COUNT(levels)))
		return false;
	snprintf(at, sizeof at, "%s.polarity", place);
	if (!check_word(check, at, derived->polarity, "polarity", polarities, COUNT(polarities)))
		return false;
	snprintf(at, sizeof at, "%s.missing", place);
	return check_word(check, at, derived->missing, "reason for missing", reasons, COUNT(reasons));
}

/* Codes stand in conditions of cells, among other signs. */
static const char code_letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_+.";

static bool check_derived_codes(const struct check *check, const struct study_derived *derived, const char *place)
{
	char at[200];
	for (unsigned c = 0; c < derived->codes_count; c++) {
		const struct study_code *code = &derived->codes[c];
		snprintf(at, sizeof at, "%s.codes[%u].code", place, c);
		if (code->code[strspn(code->code, code_letters)] != '\0') {
			config_error(check->marks, check->err, at, "`%s` cannot be a code", code->code);
			return error_help(check->err, "use letters, digits, - _ + and . alone: the label is for words");
		}
		for (unsigned other = 0; other < c; other++)
			if (strcmp(derived->codes[other].code, code->code) == 0)
				return config_error(check->marks, check->err, at, "a second code is `%s`", code->code);
		snprintf(at, sizeof at, "%s.codes[%u].label", place, c);
		for (unsigned other = 0; other < c; other++)
			if (strcmp(derived->codes[other].label, code->label) == 0)
				return config_error(check->marks, check->err, at, "a second code has the label `%s`",
				                    code->label);
		snprintf(at, sizeof at, "%s.codes[%u]", place, c);
		if (!code->when && c + 1 < derived->codes_count) {
			config_error(check->marks, check->err, at, "a code without `when` takes whatever is left");
			return error_help(check->err, "put it last, or say when it is the answer");
		}
		if (!code->when && c == 0) {
			config_error(check->marks, check->err, at, "the only code has no `when`: it is everybody's");
			return error_help(check->err, "say when it is the answer");
		}
	}
	return true;
}

static bool check_derived_range(const struct check *check, const struct study_derived *derived, const char *place)
{
	char at[200];
	snprintf(at, sizeof at, "%s.%s", place, derived->least ? "least" : "most");
	if (derived->codes_count && (derived->least || derived->most))
		return config_error(check->marks, check->err, at, "codes have no least and most, which are of a value");
	if (derived->least && derived->most && *derived->least > *derived->most)
		return config_error(check->marks, check->err, at, "least is above most");
	return true;
}

static bool check_derived(const struct check *check, const struct study_dataset *dataset, unsigned d)
{
	for (unsigned v = 0; v < dataset->derived_count; v++) {
		const struct study_derived *derived = &dataset->derived[v];
		char place[120], at[160];
		snprintf(place, sizeof place, "datasets[%u].derived[%u]", d, v);
		snprintf(at, sizeof at, "%s.variable", place);
		if (!variable_can_be_named(derived->variable)) {
			config_error(check->marks, check->err, at, "`%s` cannot be the name of a variable",
			             derived->variable);
			return error_help(check->err, "use small letters, digits and _, no digit first, and none of "
			                              "row, source, line, record, respondent, pseudonym, area, weight");
		}
		for (unsigned other = 0; other < v; other++)
			if (strcmp(dataset->derived[other].variable, derived->variable) == 0)
				return config_error(check->marks, check->err, at,
				                    "a second derived variable is named `%s`", derived->variable);
		if (!derived->value == !derived->codes_count) {
			config_error(check->marks, check->err, place, "`%s` needs either a value or codes",
			             derived->variable);
			return error_help(check->err,
			                  "value: an expression that gives a number; codes: a list of code, "
			                  "label and when");
		}
		if (!check_derived_words(check, derived, place) || !check_derived_codes(check, derived, place)
		    || !check_derived_range(check, derived, place))
			return false;
	}
	return true;
}

static bool refuse_replicates(const struct check *check, unsigned d, const char *key, const char *message,
                              const char *help)
{
	char place[120];
	snprintf(place, sizeof place, "datasets[%u].design.replicates%s%s", d, *key ? "." : "", key);
	config_error(check->marks, check->err, place, "%s", message);
	return error_help(check->err, "%s", help);
}

static bool check_scales(const struct check *check, const struct study_replicates *replicates, unsigned d)
{
	bool balanced = replicates->type == STUDY_REPLICATES_BRR || replicates->type == STUDY_REPLICATES_FAY;
	bool counts = replicates->scales_count == 0;
	if (replicates->type == STUDY_REPLICATES_BOOTSTRAP && !replicates->scale)
		return refuse_replicates(
			check, d, "type", "bootstrap weights need their scale",
			"write scale: as whoever made the weights gives it, often 1/B of B replicates");
	if (replicates->scale && (balanced || !(*replicates->scale > 0)))
		return refuse_replicates(check, d, "scale", "scale is above 0, of jk1, jkn and bootstrap",
		                         "brr and fay follow from how many replicates there are, and rho");
	if (replicates->type == STUDY_REPLICATES_JKN && replicates->scales_count == 0)
		return refuse_replicates(
			check, d, "type", "jkn needs the scale of each replicate",
			"write scales: with (n - 1)/n of the stratum that each leaves one of n out of");
	if (replicates->scales_count && (balanced || replicates->type == STUDY_REPLICATES_JK1))
		return refuse_replicates(check, d, "scales",
		                         "each replicate has a scale of its own in jkn and bootstrap", "remove scales");
	for (unsigned k = 0; k < replicates->scales_count; k++) {
		if (!(replicates->scales[k] >= 0))
			return refuse_replicates(
				check, d, "scales", "a replicate's scale is 0 or above",
				"write one for each variable of role replicate_weight, in their order");
		counts = counts || replicates->scales[k] > 0;
	}
	return counts
	       || refuse_replicates(check, d, "scales", "every replicate's scale is 0", "at least one is above 0");
}

/* Weights that repeat the sample know how it was drawn and adjusted: nothing goes on top. */
static bool check_replicates(const struct check *check, const struct study_design *design, unsigned d)
{
	const struct study_replicates *replicates = design->replicates;
	char place[120];
	snprintf(place, sizeof place, "datasets[%u].design.lonely", d);
	if (design->adjust != STUDY_ADJUST_NONE || design->fpc || config_has(check->marks, place))
		return refuse_replicates(check, d, "",
		                         "replicate weights know how the sample was drawn and adjusted already",
		                         "remove adjust, margins, trim, fpc and lonely, or the replicates");
	if (replicates->type == STUDY_REPLICATES_FAY && !replicates->rho)
		return refuse_replicates(check, d, "type", "fay needs its rho",
		                         "write rho: as whoever made the weights gives it");
	if (replicates->rho
	    && (replicates->type != STUDY_REPLICATES_FAY || !(*replicates->rho >= 0 && *replicates->rho < 1)))
		return refuse_replicates(check, d, "rho", "rho is from 0 to below 1, of fay alone",
		                         "remove rho, or write type: fay");
	if (replicates->df && !(*replicates->df >= 1))
		return refuse_replicates(check, d, "df", "the degrees of freedom are at least 1",
		                         "remove df: then they follow from the weights");
	return check_scales(check, replicates, d);
}

/* A design says what weights are adjusted to, and nothing that only an adjustment could use. */
static bool check_design(const struct check *check, const struct study_design *design, unsigned d)
{
	char place[120];
	snprintf(place, sizeof place, "datasets[%u].design.adjust", d);
	if (design->adjust != STUDY_ADJUST_NONE && design->margins_count == 0) {
		config_error(check->marks, check->err, place, "weights are adjusted to margins, and none is named");
		return error_help(check->err, "name them under margins, as they stand in margins.csv");
	}
	snprintf(place, sizeof place, "datasets[%u].design.margins", d);
	if (design->adjust == STUDY_ADJUST_NONE && design->margins_count > 0) {
		config_error(check->marks, check->err, place, "margins are named, and adjust does not say what for");
		return error_help(check->err, "write adjust: poststratify for one margin, adjust: rake for several");
	}
	if (design->adjust == STUDY_ADJUST_POSTSTRATIFY && design->margins_count > 1) {
		config_error(check->marks, check->err, place, "post-stratification is to one margin");
		return error_help(check->err, "write adjust: rake, or cross them to one margin: area*gender");
	}
	for (unsigned i = 0; i < design->margins_count; i++)
		for (unsigned other = 0; other < i; other++)
			if (strcmp(design->margins[other], design->margins[i]) == 0)
				return config_error(check->marks, check->err, place, "the margin %s is named twice",
				                    design->margins[i]);
	snprintf(place, sizeof place, "datasets[%u].design.trim", d);
	if (design->trim && !(*design->trim > 1))
		return config_error(check->marks, check->err, place, "trim is above 1: so many times the mean weight");
	if (design->trim && design->adjust == STUDY_ADJUST_NONE)
		return config_error(check->marks, check->err, place,
		                    "weights are trimmed where they are adjusted, and adjust says none");
	return !design->replicates || check_replicates(check, design, d);
}

/* Nothing protects counts that are not made of rows of people here, so they have to be public already. */
static bool check_aggregate(const struct check *check, const struct study_dataset *dataset, unsigned d)
{
	char place[120];
	snprintf(place, sizeof place, "datasets[%u].unit", d);
	if (dataset->unit.confidential) {
		config_error(check->marks, check->err, place, "a dataset of kind aggregate holds published figures");
		return error_help(check->err,
		                  "where everybody may see them, say `confidential: no` of the unit; figures "
		                  "that are not public cannot be protected yet");
	}
	snprintf(place, sizeof place, "datasets[%u]", d);
	if (dataset->design || dataset->synthesis)
		return config_error(check->marks, check->err, place, "figures of kind aggregate have no %s",
		                    dataset->design ? "design" : "synthesis");
	return true;
}

static bool check_dataset(const struct check *check, struct study *study, unsigned d)
{
	struct study_dataset *dataset = &study->datasets[d];
	char place[120];
	snprintf(place, sizeof place, "datasets[%u].name", d);
	if (!study_check_name(check->marks, check->err, place, dataset->name))
		return false;
	if (strcmp(dataset->name, "plan") == 0) { /* the folder beside those of the datasets */
		config_error(check->marks, check->err, place, "`%s` is a name that Canvass uses itself", dataset->name);
		return error_help(check->err, "give the dataset another name");
	}
	for (unsigned other = 0; other < d; other++)
		if (strcmp(study->datasets[other].name, dataset->name) == 0)
			return config_error(check->marks, check->err, place, "a second dataset is named `%s`",
			                    dataset->name);
	snprintf(place, sizeof place, "datasets[%u].kind", d);
	if (strcmp(dataset->kind, "responses") != 0 && !study_is_aggregate(dataset)) {
		config_error(check->marks, check->err, place, "`%s` is no kind of dataset", dataset->kind);
		return error_help(check->err, "it takes: responses, aggregate");
	}
	snprintf(place, sizeof place, "datasets[%u].dictionary", d);
	if (!check_path(check, place, dataset->dictionary))
		return false;
	snprintf(place, sizeof place, "datasets[%u].unit.name", d);
	if (!study_check_name(check->marks, check->err, place, dataset->unit.name))
		return false;
	snprintf(place, sizeof place, "datasets[%u].unit.threshold", d);
	if (dataset->unit.threshold < 0)
		return config_error(check->marks, check->err, place, "a threshold is at least 1");
	snprintf(place, sizeof place, "datasets[%u].unit.confidential", d);
	if (!config_has(check->marks, place))
		dataset->unit.confidential = true;
	if (!dataset->unit.plural)
		dataset->unit.plural = mem_print("%ss", dataset->unit.name);
	if (study_is_aggregate(dataset) && !check_aggregate(check, dataset, d))
		return false;
	snprintf(place, sizeof place, "datasets[%u].synthesis", d);
	if (dataset->synthesis && !study->study.synthetic) {
		config_error(check->marks, check->err, place, "a study with made-up exports must say `synthetic: yes`");
		return error_help(check->err, "remove synthesis, or declare the whole study synthetic");
	}
	if (dataset->synthesis && (dataset->synthesis->respondents < 1 || dataset->synthesis->respondents > 100000000))
		return config_error(check->marks, check->err, place, "respondents must be from 1 to 100000000");
	for (unsigned l = 0; l < dataset->limits_count; l++) {
		const struct study_limit *limit = &dataset->limits[l];
		snprintf(place, sizeof place, "datasets[%u].limits[%u]", d, l);
		if (!limit->per_cent == !limit->at_most)
			return config_error(check->marks, check->err, place,
			                    "a limit needs either per_cent or at_most");
		if ((limit->per_cent && (*limit->per_cent < 0 || *limit->per_cent > 100))
		    || (limit->at_most && *limit->at_most < 0))
			return config_error(check->marks, check->err, place,
			                    "a limit cannot be negative, nor above 100 per cent");
	}
	return check_exports(check, dataset, d) && check_derived(check, dataset, d)
	       && (!dataset->design || check_design(check, dataset->design, d));
}

static bool check_head(const struct check *check, struct study *study)
{
	long long days = 0;
	struct study_head *head = &study->study;
	if (!study_check_name(check->marks, check->err, "study.name", head->name))
		return false;
	if (!date_read(head->date, &days))
		return config_error(check->marks, check->err, "study.date", "the date must be written as 2026-03-31");
	if (head->key && !head->synthetic) {
		config_error(check->marks, check->err, "study.key", "a real study's key cannot stand in its config");
		return error_help(check->err,
		                  "put it into a file of mode 0600 outside the repository, and name that in key_file");
	}
	if (head->key && head->key_file)
		return config_error(check->marks, check->err, "study.key_file",
		                    "a study has a key or a key_file, not both");
	return areas_check(head, check->marks, check->err);
}

bool study_check(struct study *study, const struct config_marks *marks, struct error *err)
{
	struct check check = { marks, err };
	if (!check_head(&check, study) || (study->decisions && !check_path(&check, "decisions", study->decisions))
	    || (study->roster && !check_path(&check, "roster", study->roster)))
		return false;
	if (study->datasets_count == 0)
		return config_error(marks, err, "datasets", "a study needs a dataset");
	for (unsigned d = 0; d < study->datasets_count; d++)
		if (!check_dataset(&check, study, d))
			return false;
	for (unsigned a = 0; a < study->analyses_count; a++)
		if (!analysis_check(study, a, marks, err))
			return false;
	return policy_check(study, marks, err) && microdata_check(study, marks, err);
}
