#include "policy_check.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "date.h"
#include "mem.h"
#include "policy_bands.h"
#include "rounding.h"
#include "universe.h"

/* --- what is not given --- */

/* Of what each is taken stands in docs/config.md. */
static const struct preset {
	int threshold, rounding_base; /* 0: counts are shown as they are */
} presets[] = {
	[STUDY_PRESET_RESEARCH] = { .threshold = STUDY_THRESHOLD },
	[STUDY_PRESET_NHS] = { .threshold = 8, .rounding_base = 5 },
	[STUDY_PRESET_DFE] = { .threshold = 6 },
	[STUDY_PRESET_OFQUAL] = { .threshold = 5 },
};

static void set_defaults(struct study_disclosure *disclosure, const struct config_marks *marks)
{
	const struct preset *preset = &presets[disclosure->preset];
	if (!config_has(marks, "disclosure.threshold"))
		disclosure->threshold = preset->threshold;
	if (!disclosure->rounding && preset->rounding_base) {
		disclosure->rounding = mem_alloc(1, sizeof *disclosure->rounding);
		*disclosure->rounding = (struct study_rounding){ preset->rounding_base, STUDY_ROUNDING_NEAREST };
	}
	if (!config_has(marks, "disclosure.min_width"))
		disclosure->min_width = STUDY_MIN_WIDTH;
	if (!config_has(marks, "disclosure.min_group"))
		disclosure->min_group = STUDY_MIN_GROUP;
	if (!config_has(marks, "disclosure.reach"))
		disclosure->reach = true;
	if (!disclosure->hidden_symbol)
		disclosure->hidden_symbol = mem_copy_text(STUDY_HIDDEN_SYMBOL);
}

/* --- whether the keys fit --- */

static bool check_small_groups(const struct study_disclosure *disclosure, const struct config_marks *marks,
                               struct error *err)
{
	for (unsigned i = 0; i < disclosure->sensitive_count; i++)
		for (unsigned other = 0; other < i; other++)
			if (strcmp(disclosure->sensitive[other], disclosure->sensitive[i]) == 0)
				return config_error(marks, err, "disclosure.sensitive",
				                    "the variable %s is named twice", disclosure->sensitive[i]);
	if (disclosure->min_group >= disclosure->threshold)
		return true;
	config_error(marks, err, "disclosure.min_group", "min_group is at least the threshold, which is %d",
	             disclosure->threshold);
	return error_help(err, "a group below the threshold is small in any case");
}

/* It stands bare in CSV and in brackets elsewhere, where other symbols may stand. */
static bool check_symbol(const struct study_disclosure *disclosure, const struct config_marks *marks, struct error *err)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
	static const char *const taken[] = { "x", "z", "low" };
	const char *symbol = disclosure->hidden_symbol;
	size_t length = strlen(symbol);
	if (length < 1 || length > 8 || strspn(symbol, letters) != length) {
		config_error(marks, err, "disclosure.hidden_symbol", "`%s` cannot stand for a hidden figure", symbol);
		return error_help(err, "use one to eight letters, without brackets: they are added where a table has "
		                       "them");
	}
	for (size_t i = 0; i < COUNT(taken); i++)
		if (strcasecmp(taken[i], symbol) == 0) {
			config_error(marks, err, "disclosure.hidden_symbol", "`%s` stands for something else", symbol);
			return error_help(err, "x: not computed; z: does not apply; low: rounds to 0. The usual symbol "
			                       "of a hidden figure is c");
		}
	return true;
}

/* "variable=code", or several with " & " between them. */
static bool are_terms(const char *text)
{
	static const char between[] = " & ";
	for (const char *term = text; term;) {
		const char *end = strstr(term, between);
		size_t length = end ? (size_t)(end - term) : strlen(term);
		const char *equals = memchr(term, '=', length);
		if (!equals || equals == term || equals[-1] == '!' || equals + 1 == term + length
		    || memchr(term, ' ', length))
			return false;
		term = end ? end + strlen(between) : NULL;
	}
	return true;
}

static bool check_structural_zeros(const struct study_disclosure *disclosure, const struct config_marks *marks,
                                   struct error *err)
{
	for (unsigned i = 0; i < disclosure->structural_zeros_count; i++) {
		const char *terms = disclosure->structural_zeros[i];
		char place[60];
		snprintf(place, sizeof place, "disclosure.structural_zeros[%u]", i);
		if (!are_terms(terms)) {
			config_error(marks, err, place,
			             "`%s` does not say which answers nobody can have given together", terms);
			return error_help(err, "write variable=code, and more of them with ` & ` between: gender=m & "
			                       "pregnant=yes");
		}
		for (unsigned other = 0; other < i; other++)
			if (strcmp(disclosure->structural_zeros[other], terms) == 0)
				return config_error(marks, err, place, "`%s` stands there twice", terms);
	}
	return true;
}

/* Of one exception; sets whether it is in force on the study's date. */
static bool check_exception(struct study_exception *exception, unsigned i, const char *date,
                            const struct config_marks *marks, struct error *err)
{
	long long from = 0, to = 0, today = 0;
	char place[60];
	snprintf(place, sizeof place, "disclosure.exceptions[%u].date", i);
	if (!date_read(exception->date, &from))
		return config_error(marks, err, place, "the date must be written as 2026-03-31");
	snprintf(place, sizeof place, "disclosure.exceptions[%u].expires", i);
	if (!date_read(exception->expires, &to))
		return config_error(marks, err, place, "the date must be written as 2026-03-31");
	if (to < from) {
		config_error(marks, err, place, "the exception expires before it is made, on %s", exception->date);
		return error_help(err, "write the last day of a release that it holds for");
	}
	exception->in_force = date_read(date, &today) && from <= today && today <= to;
	return true;
}

static bool check_exceptions(struct study *study, const struct config_marks *marks, struct error *err)
{
	struct study_disclosure *disclosure = &study->disclosure;
	for (unsigned i = 0; i < disclosure->exceptions_count; i++) {
		struct study_exception *exception = &disclosure->exceptions[i];
		if (!check_exception(exception, i, study->study.date, marks, err))
			return false;
		for (unsigned other = 0; other < i; other++) {
			char place[60];
			snprintf(place, sizeof place, "disclosure.exceptions[%u].condition", i);
			if (strcmp(disclosure->exceptions[other].condition, exception->condition) == 0)
				return config_error(marks, err, place, "a second exception is made for this cell");
		}
	}
	return true;
}

/* No limit may be looser than the threshold that the policy's counts have, and no estimate finer than the policy says.
 */
static bool check_statistics(const struct study *study, const struct config_marks *marks, struct error *err)
{
	const struct study_disclosure *disclosure = &study->disclosure;
	const struct study_statistics *statistics = disclosure->statistics;
	if (!statistics)
		return true;
	if (statistics->test_base && statistics->test_base < disclosure->threshold)
		return config_error(marks, err, "disclosure.statistics.test_base",
		                    "test_base is at least the threshold, which is %d", disclosure->threshold);
	if (statistics->tail && statistics->tail < disclosure->threshold)
		return config_error(marks, err, "disclosure.statistics.tail",
		                    "tail is at least the threshold, which is %d", disclosure->threshold);
	if (statistics->decimals && *statistics->decimals < 0)
		return config_error(marks, err, "disclosure.statistics.decimals", "decimals are 0 or more");
	for (unsigned a = 0; statistics->decimals && a < study->analyses_count; a++) {
		const struct study_dataset *dataset = study_dataset(study, study->analyses[a].dataset, err);
		if (study_is_aggregate(dataset) || study->analyses[a].decimals <= *statistics->decimals)
			continue;
		char place[60];
		snprintf(place, sizeof place, "analyses[%u].decimals", a);
		config_error(marks, err, place, "the analysis %s prints more decimals than the policy lets it",
		             study->analyses[a].name);
		return error_help(err, "disclosure.statistics.decimals is %d", *statistics->decimals);
	}
	return true;
}

/* What is demanded of an attacker's interval. */
static bool check_demands(const struct study *study, const struct config_marks *marks, struct error *err)
{
	const struct study_disclosure *disclosure = &study->disclosure;
	int smallest = disclosure->threshold;
	for (unsigned d = 0; d < study->datasets_count; d++) {
		int threshold = study_threshold(study, &study->datasets[d]);
		smallest = threshold > 0 && threshold < smallest ? threshold : smallest;
	}
	if (disclosure->min_width < 1)
		return config_error(marks, err, "disclosure.min_width", "min_width is at least 1");
	if (!(disclosure->min_percent >= 0 && disclosure->min_percent <= 100)) {
		config_error(marks, err, "disclosure.min_percent", "min_percent is from 0 to 100");
		return error_help(err, "it says how many per cent of a small count both ends of what a reader can work "
		                       "out lie from it at least");
	}
	if (disclosure->insiders < 0 || disclosure->insiders >= smallest) {
		config_error(marks, err, "disclosure.insiders",
		             "insiders is from 0 to %d, one less than the smallest threshold", smallest - 1);
		return error_help(err, "a count from the threshold on is shown to everybody, insiders or not");
	}
	return true;
}

/* Counts below a threshold are hidden, and the rest is rounded: the smallest number that is printed must not stand for
 * fewer counts than the others. `place` is where the threshold stands. */
static bool check_fit(const struct study_disclosure *disclosure, int threshold, const char *place,
                      const struct config_marks *marks, struct error *err)
{
	const struct study_rounding *rounding = disclosure->rounding;
	bool zeros_shown = disclosure->zeros == STUDY_ZEROS_SHOWN;
	if (rounding_fits(rounding, threshold, zeros_shown))
		return true;
	int below = threshold - 1, above = threshold + 1;
	while (below > 0 && !rounding_fits(rounding, below, zeros_shown))
		below--;
	while (!rounding_fits(rounding, above, zeros_shown))
		above++;
	config_error(
		marks, err, place,
		"the threshold %d does not fit rounding to %d: the smallest number that is printed would stand for "
		"fewer than %d counts, and tell what rounding is to hide",
		threshold, rounding->base, rounding->base);
	if (below > 0)
		return error_help(err, "the nearest thresholds that fit are %d and %d", below, above);
	return error_help(err, "the nearest threshold that fits is %d", above);
}

/* Which tables cell_key may name: as paths of datasets, within the repository. */
static bool check_cell_key(const struct study_disclosure *disclosure, const struct config_marks *marks, struct error *err)
{
	const char *path = disclosure->cell_key ? disclosure->cell_key->table : "t";
	if (*path && *path != '/' && strncmp(path, "../", 3) != 0 && !strstr(path, "/../"))
		return true;
	config_error(marks, err, "disclosure.cell_key.table", "the path leads out of the repository");
	return error_help(err, "put the published table beside the study's config, such as configs/ptable.csv");
}

static bool check_rounding(const struct study *study, const struct config_marks *marks, struct error *err)
{
	const struct study_disclosure *disclosure = &study->disclosure;
	const struct study_rounding *rounding = disclosure->rounding;
	if (!rounding)
		return true;
	if (rounding->base < ROUNDING_LEAST_BASE || rounding->base > ROUNDING_MOST_BASE)
		return config_error(marks, err, "disclosure.rounding.base", "a rounding base is from %d to %d",
		                    ROUNDING_LEAST_BASE, ROUNDING_MOST_BASE);
	if (disclosure->cell_key) {
		config_error(marks, err, "disclosure.cell_key", "counts are rounded or perturbed, and not both");
		return error_help(err, "leave out rounding (which the preset nhs sets too) or cell_key");
	}
	const char *own =
		config_has(marks, "disclosure.threshold") ? "disclosure.threshold" : "disclosure.rounding.base";
	if (!check_fit(disclosure, disclosure->threshold, own, marks, err))
		return false;
	for (unsigned d = 0; d < study->datasets_count; d++) {
		const struct study_unit *unit = &study->datasets[d].unit;
		char place[60];
		snprintf(place, sizeof place, "datasets[%u].unit.threshold", d);
		if (unit->confidential && unit->threshold && !check_fit(disclosure, unit->threshold, place, marks, err))
			return false;
	}
	return true;
}

/* Magnitude rules: at most UNIVERSE_LARGEST contributions to a sum are known (pipeline/universe.h). */
static bool check_magnitude(struct study_disclosure *disclosure, const struct config_marks *marks, struct error *err)
{
	struct study_magnitude *magnitude = disclosure->magnitude;
	if (!magnitude)
		return true;
	if (magnitude->contributors && magnitude->contributors < disclosure->threshold) {
		config_error(marks, err, "disclosure.magnitude.contributors",
		             "contributors is at least the threshold, which is %d", disclosure->threshold);
		return error_help(err, "a sum is hidden with its count; leave contributors out for the threshold");
	}
	if (magnitude->p_percent && !(*magnitude->p_percent > 0 && *magnitude->p_percent <= 100)) {
		config_error(marks, err, "disclosure.magnitude.p_percent", "p_percent is above 0 and at most 100");
		return error_help(err, "how near, in per cent, nobody may come to the largest contribution: 10, say");
	}
	if (!config_has(marks, "disclosure.magnitude.dominance_n"))
		magnitude->dominance_n = 1;
	if (magnitude->dominance_n < 1 || magnitude->dominance_n > UNIVERSE_LARGEST)
		return config_error(marks, err, "disclosure.magnitude.dominance_n", "dominance_n is from 1 to %d",
		                    UNIVERSE_LARGEST);
	if (!magnitude->dominance_k && magnitude->dominance_n > 1) {
		config_error(marks, err, "disclosure.magnitude.dominance_n", "dominance_n says nothing by itself");
		return error_help(err, "give dominance_k too: of how many per cent of a sum the largest %d make up no "
		                       "more",
		                  magnitude->dominance_n);
	}
	if (magnitude->dominance_k && !(*magnitude->dominance_k > 0 && *magnitude->dominance_k < 100)) {
		config_error(marks, err, "disclosure.magnitude.dominance_k", "dominance_k is above 0 and below 100");
		return error_help(err, "the most, in per cent, that the largest contributions may make up of a sum: 75, say");
	}
	return true;
}

bool policy_check(struct study *study, const struct config_marks *marks, struct error *err)
{
	struct study_disclosure *disclosure = &study->disclosure;
	set_defaults(disclosure, marks);
	if (disclosure->threshold < 1)
		return config_error(marks, err, "disclosure.threshold", "a threshold is at least 1");
	return check_demands(study, marks, err) && check_small_groups(disclosure, marks, err)
	       && check_symbol(disclosure, marks, err) && check_structural_zeros(disclosure, marks, err)
	       && check_exceptions(study, marks, err) && check_statistics(study, marks, err)
	       && check_cell_key(disclosure, marks, err) && check_rounding(study, marks, err)
	       && policy_bands_check(disclosure, marks, err)
	       && check_magnitude(disclosure, marks, err);
}
