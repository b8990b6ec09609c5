#include "scale.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "scoring.h"
#include "text.h"
#include "treatment.h"

static const struct variable *find_item(const struct dictionary *dictionary, const char *instrument, const char *item)
{
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		if (text_equal(variable->instrument, instrument) && strcmp(variable->item, item) == 0)
			return variable;
	}
	return NULL;
}

static bool item_error(const struct dictionary *dictionary, const struct variable *variable, struct error *err,
                       const char *what)
{
	char *path = mem_print("%s/variables.csv", dictionary->folder);
	error_at(err, ERROR_CONFIG, path, variable->line, "`%s` is an item of %s, but %s", variable->name,
	         variable->instrument, what);
	free(path);
	return false;
}

/* The answers of an item run from `from` to `to` instead of within `least` and `most`: where that is the whole range,
 * shifted, the platform numbers its options otherwise than the instrument does. */
static bool range_error(const struct dictionary *dictionary, const struct variable *variable, double from, double to,
                        double least, double most, struct error *err)
{
	double shift = from - least;
	char what[160];
	if (shift != 0 && to - most == shift) {
		snprintf(what, sizeof what,
		         "its answers run from %g to %g, and those of the instrument from %g to %g: each is %g too %s",
		         from, to, least, most, fabs(shift), shift > 0 ? "high" : "low");
		item_error(dictionary, variable, err, what);
		return error_help(
			err,
			"give it a code list of the numbers %g to %g, and say under values in headers.csv what each "
			"number of the export stands for: %g=%g; %g=%g and so on",
			least, most, from, least, from + 1, least + 1);
	}
	snprintf(what, sizeof what, "its answers may lie outside those of the instrument, which run from %g to %g",
	         least, most);
	item_error(dictionary, variable, err, what);
	return error_help(err,
	                  "correct its min and max or its code list; where the export has other numbers, say under "
	                  "values in headers.csv which code each stands for");
}

/* Answers outside the instrument's range must not reach a sum: the dictionary's own range has to keep them out. */
static bool check_item(const struct dictionary *dictionary, const struct instrument *instrument, unsigned position,
                       const struct variable *variable, struct error *err)
{
	double least, most, from = variable->min, to = variable->max;
	instrument_range(instrument, position, &least, &most);
	bool integers = variable->type == VARIABLE_CODE && variable->codes->integers;
	if (!integers && variable->type != VARIABLE_INTEGER && variable->type != VARIABLE_NUMBER)
		return item_error(dictionary, variable, err, "it is no number, nor a code list of whole numbers");
	if (!integers && (!variable->has_min || !variable->has_max))
		return range_error(dictionary, variable, -HUGE_VAL, HUGE_VAL, least, most, err);
	bool any = !integers;
	for (size_t i = 0; integers && i < variable->codes->count; i++) {
		const struct code *code = &variable->codes->codes[i];
		double value = strtod(code->code, NULL);
		if (code->missing != MISSING_NONE)
			continue;
		from = any ? fmin(from, value) : value;
		to = any ? fmax(to, value) : value;
		any = true;
	}
	return !any || (from >= least && to <= most) || range_error(dictionary, variable, from, to, least, most, err);
}

/* The variables that name the instrument name items of it, each of them once. */
static bool check_names(const struct dictionary *dictionary, const struct instrument *instrument, const char *name,
                        struct error *err)
{
	for (size_t v = 0; v < dictionary->variable_count; v++) {
		const struct variable *variable = &dictionary->variables[v];
		if (!text_equal(variable->instrument, name))
			continue;
		if (scoring_find(instrument->items, instrument->items_count, variable->item) == SCORING_NONE) {
			const char *near = text_nearest(variable->item, (const char *const *)instrument->items,
			                                instrument->items_count);
			item_error(dictionary, variable, err, "the instrument has no such item");
			return near ? error_help(err, "did you mean %s?", near)
			            : error_help(err, "its items are named in %s.yaml, from %s to %s", name,
			                         instrument->items[0], instrument->items[instrument->items_count - 1]);
		}
		if (find_item(dictionary, name, variable->item) != variable)
			return item_error(dictionary, variable, err, "another variable is the same item");
	}
	return true;
}

/* What deidentify keeps back must not come through a score: nothing is made of a direct identifier, and a score of one
 * item is that item again. A sum of several is none of them. */
static bool check_kept(const struct scale *scale, unsigned score, const struct dictionary *dictionary,
                       struct error *err)
{
	const struct instrument *instrument = scale->instrument;
	const struct variable *only = NULL;
	unsigned used = 0;
	for (unsigned i = 0; i < instrument->items_count; i++) {
		const struct variable *variable = &dictionary->variables[scale->variables[i]];
		if (!instrument_uses(instrument, score, i))
			continue;
		if (variable->disclosure == DISCLOSURE_DIRECT)
			return item_error(dictionary, variable, err,
			                  "it is a direct identifier, and no score can be made of it");
		only = variable;
		used++;
	}
	bool number = instrument->scores[score].method != SCORE_BANDS;
	if (used != 1 || !(only->treat == TREAT_DROP || (number && treatment_coarsens_number(only))))
		return true;
	char what[200];
	snprintf(what, sizeof what, "its score %.80s would hand on what its treat keeps back",
	         instrument->scores[score].variable);
	item_error(dictionary, only, err, what);
	return error_help(err,
	                  "clear its treat in variables.csv, or use an instrument without a score of this item alone");
}

static bool name_error(const struct dictionary *dictionary, const struct variable *first, const char *score,
                       const char *other, struct error *err)
{
	char what[200];
	snprintf(what, sizeof what, "%s has the name of its score, %.80s", other, score);
	return item_error(dictionary, first, err, what);
}

/* A score's name is nobody else's. */
static bool check_scores(const struct scale *scale, const struct scales *scales, const struct dictionary *dictionary,
                         const struct variable *first, struct error *err)
{
	for (unsigned s = 0; s < scale->instrument->scores_count; s++) {
		const char *name = scale->instrument->scores[s].variable;
		if (scale->made[s] && !check_kept(scale, s, dictionary, err))
			return false;
		if (scale->made[s] && dictionary_variable(dictionary, name))
			return name_error(dictionary, first, name, "a variable of the dictionary", err)
			       || error_help(err,
			                     "items and other variables may have any name but the scores': rename it");
		for (const struct scale *other = scales->scales; scale->made[s] && other < scale; other++) {
			int same = scoring_find_score(other->instrument, name, other->instrument->scores_count);
			if (same != SCORING_NONE && other->made[same])
				return name_error(dictionary, first, name, "a score of another instrument", err);
		}
	}
	return true;
}

static bool tie(struct scale *scale, struct scales *scales, const struct dictionary *dictionary,
                const struct variable *first, struct error *err)
{
	const struct instrument *instrument = scale->instrument;
	if (!check_names(dictionary, instrument, first->instrument, err))
		return false;
	for (unsigned i = 0; i < instrument->items_count; i++) {
		const struct variable *item = find_item(dictionary, first->instrument, instrument->items[i]);
		if (!item) {
			item_error(dictionary, first, err, "no variable is its item");
			return error_help(err, "add a variable with instrument %s and item %s", first->instrument,
			                  instrument->items[i]);
		}
		if (!check_item(dictionary, instrument, i, item, err))
			return false;
		scale->variables[i] = (size_t)(item - dictionary->variables);
		scales->wanted[scale->variables[i]] = true;
	}
	return check_scores(scale, scales, dictionary, first, err);
}

static bool load_scale(struct scales *scales, const struct dictionary *dictionary, const char *instruments,
                       char *const *requested, unsigned requested_count, const struct variable *first,
                       struct error *err)
{
	struct scale *scale = &scales->scales[scales->count];
	char *path = mem_print("%s/%s.yaml", instruments, first->instrument);
	bool ok = instrument_load(&scale->instrument, path, err);
	if (ok) {
		const struct instrument *instrument = scale->instrument;
		scales->count++;
		scale->variables = mem_alloc(instrument->items_count, sizeof *scale->variables);
		scale->made = mem_alloc(instrument->scores_count, sizeof *scale->made);
		for (unsigned s = 0; s < instrument->scores_count; s++)
			scale->made[s] = !instrument->scores[s].on_request
			                 || scoring_find(requested, requested_count, instrument->scores[s].variable)
			                            != SCORING_NONE;
		ok = strcmp(instrument->instrument, first->instrument) == 0
		             ? tie(scale, scales, dictionary, first, err)
		             : error_at(err, ERROR_CONFIG, path, 0, "the file describes %s", instrument->instrument);
	}
	free(path);
	return ok;
}

/* A requested score that no instrument of the dictionary has. */
static bool check_requested(const struct scales *scales, const struct dictionary *dictionary, const char *requested,
                            struct error *err)
{
	size_t most = 0, count = 0;
	for (size_t i = 0; i < scales->count; i++)
		most += scales->scales[i].instrument->scores_count;
	const char **names = mem_alloc(most, sizeof *names);
	bool known = false;
	for (size_t i = 0; i < scales->count; i++)
		for (unsigned s = 0; s < scales->scales[i].instrument->scores_count; s++) {
			names[count++] = scales->scales[i].instrument->scores[s].variable;
			known = known || strcmp(names[count - 1], requested) == 0;
		}
	if (!known) {
		const char *near = text_nearest(requested, names, count);
		error_set(err, ERROR_CONFIG, "the study's `scores` name `%s`, which no instrument of %s has", requested,
		          dictionary->folder);
		if (near)
			error_help(err, "did you mean %s?", near);
		else
			error_help(err, "docs/instruments.md lists the scores of each instrument");
	}
	free(names);
	return known;
}

bool scales_load(struct scales **scales, const struct dictionary *dictionary, const char *instruments,
                 char *const *requested, unsigned requested_count, struct error *err)
{
	struct scales *loaded = mem_alloc(1, sizeof *loaded);
	loaded->scales = mem_alloc(dictionary->variable_count, sizeof *loaded->scales);
	loaded->wanted = mem_alloc(dictionary->variable_count, sizeof *loaded->wanted);
	bool ok = true;
	for (size_t i = 0; ok && i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		bool known = !variable->instrument;
		for (size_t s = 0; s < loaded->count && !known; s++)
			known = strcmp(loaded->scales[s].instrument->instrument, variable->instrument) == 0;
		ok = known || load_scale(loaded, dictionary, instruments, requested, requested_count, variable, err);
	}
	for (unsigned r = 0; ok && r < requested_count; r++)
		ok = check_requested(loaded, dictionary, requested[r], err);
	if (!ok) {
		scales_free(loaded);
		return false;
	}
	*scales = loaded;
	return true;
}

void scales_free(struct scales *scales)
{
	if (!scales)
		return;
	for (size_t i = 0; i < scales->count; i++) {
		instrument_free(scales->scales[i].instrument);
		free(scales->scales[i].variables);
		free(scales->scales[i].made);
	}
	free(scales->scales);
	free(scales->wanted);
	free(scales);
}
