#include "axis.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "axis_make.h"
#include "mem.h"
#include "text.h"

/* --- the areas --- */

void axis_areas(struct axis *axis, const struct dataset *dataset, bool area_missing)
{
	size_t count = dataset->area_count;
	const char *name = dataset->variables[dataset->area].name;
	*axis = (struct axis){ .variable = name };
	axis_add_everybody(axis, count + area_missing);
	axis->first_code = axis->facet_count;
	for (size_t i = 0; i < count; i++)
		axis_add_single(axis, mem_print("%s=%s", name, dataset->areas[i].code), i);
	struct axis_relation *all = axis_add_relation(axis, AXIS_EVERYBODY, count + 1, false);
	for (size_t i = 0; i < count; i++)
		axis_add_part(all, axis->first_code + i);
	if (area_missing)
		axis_add_part(all, axis_add_single(axis, mem_print("%s:missing", name), count));
	if (axis->atom_count < 2)
		return;
	for (size_t i = 0; i < count; i++) {
		size_t area = axis->first_code + i;
		size_t rest = axis_add_complement(axis, AXIS_EVERYBODY, area,
		                                  mem_print("%s!=%s", name, dataset->areas[i].code));
		axis->first_rest = i == 0 ? rest : axis->first_rest;
		axis_add_split(axis, AXIS_EVERYBODY, area, rest);
	}
}

void axis_groups(struct axis *axis, const struct dataset_variable *variable, bool missing)
{
	size_t count = variable->code_count;
	*axis = (struct axis){ .variable = variable->name };
	axis_add_everybody(axis, count + missing);
	axis->first_code = axis->facet_count;
	struct axis_relation *all = axis_add_relation(axis, AXIS_EVERYBODY, count + 1, false);
	for (size_t i = 0; i < count; i++)
		axis_add_part(all,
		              axis_add_single(axis, mem_print("%s=%s", variable->term, variable->codes[i].code), i));
	if (missing)
		axis_add_part(all, axis_add_single(axis, mem_print("%s:missing", variable->term), count));
}

/* --- the answers to a variable --- */

static void add_codes(struct axis *axis, const struct dataset_variable *variable)
{
	axis->first_code = axis->facet_count;
	for (size_t i = 0; i < variable->code_count; i++)
		axis_add_single(axis, mem_print("%s=%s", variable->term, variable->codes[i].code), i);
	struct axis_relation *answered = axis_add_relation(axis, axis->answered, variable->code_count, false);
	for (size_t i = 0; i < variable->code_count; i++)
		axis_add_part(answered, axis->first_code + i);
	for (size_t i = 0; i < variable->code_count; i++) {
		size_t code = axis->first_code + i;
		char *term = mem_print("%s!=%s", variable->term, variable->codes[i].code);
		axis_add_split(axis, axis->answered, code, axis_add_complement(axis, axis->answered, code, term));
	}
}

/* Codes that count together: named by all of them, in the order of the list. One alone is its code. */
static void add_group(struct axis *axis, const struct dataset_variable *variable, const bool *group)
{
	size_t size = 0, last = 0;
	struct text names = { 0 };
	for (size_t i = 0; i < variable->code_count; i++)
		if (group[i]) {
			text_print(&names, "%s%s", size ? "|" : "", variable->codes[i].code);
			last = i;
			size++;
		}
	assert(size > 0);
	if (size == 1) {
		axis->group = axis->first_code + last;
	} else {
		axis->group = axis_add_facet(axis, mem_print("%s=%s", variable->term, names.bytes), false);
		struct axis_relation *sum = axis_add_relation(axis, axis->group, size, false);
		for (size_t i = 0; i < variable->code_count; i++)
			if (group[i]) {
				axis_add_atom(axis, axis->group, i);
				axis_add_part(sum, axis->first_code + i);
			}
		char *term = mem_print("%s!=%s", variable->term, names.bytes);
		axis_add_split(axis, axis->answered, axis->group,
		               axis_add_complement(axis, axis->answered, axis->group, term));
	}
	text_free(&names);
}

void axis_variable(struct axis *axis, const struct dataset_variable *variable, bool codes, const bool *group)
{
	size_t answers = sample_answers(variable);
	assert(!codes || variable->code_count > 0);
	assert(!group || codes);
	*axis = (struct axis){ .variable = variable->name };
	axis_add_everybody(axis, answers + (variable->required ? 0 : variable->reason_count));
	axis->answered = axis_add_facet(axis, mem_print("%s:answered", variable->term), false);
	for (size_t i = 0; i < answers; i++)
		axis_add_atom(axis, axis->answered, i);
	axis_add_reasons(axis, variable, answers);
	if (codes)
		add_codes(axis, variable);
	if (group)
		add_group(axis, variable, group);
}

/* --- whom a question is for --- */

bool axis_is_outside(const char *reason)
{
	return strcmp(reason, "not_asked") == 0 || strcmp(reason, "not_applicable") == 0;
}

static size_t count_outside(const struct dataset_variable *variable)
{
	size_t count = 0;
	for (size_t i = 0; i < variable->reason_count; i++)
		count += axis_is_outside(variable->reasons[i]);
	return count;
}

void axis_asked(struct axis *axis, const struct dataset_variable *variable)
{
	size_t outside = count_outside(variable), answers = sample_answers(variable);
	if (variable->required || outside == 0)
		return;
	axis->asked = axis_add_facet(axis, mem_print("%s:asked", variable->term), false);
	axis->unanswered = axis_add_facet(axis, mem_print("%s:unanswered", variable->term), false);
	for (size_t i = 0; i < answers; i++)
		axis_add_atom(axis, axis->asked, i);
	struct axis_relation *asked = axis_add_relation(axis, axis->asked, 2, false);
	axis_add_part(asked, axis->answered);
	axis_add_part(asked, axis->unanswered);
	/* relations move when one is added: each is filled before the next */
	struct axis_relation *all = axis_add_relation(axis, AXIS_EVERYBODY, outside + 1, false);
	axis_add_part(all, axis->asked);
	for (size_t i = 0; i < variable->reason_count; i++)
		if (axis_is_outside(variable->reasons[i]))
			axis_add_part(all, axis->missing + 1 + i);
	struct axis_relation *missing = axis_add_relation(axis, axis->missing, outside + 1, false);
	axis_add_part(missing, axis->unanswered);
	for (size_t i = 0; i < variable->reason_count; i++)
		if (axis_is_outside(variable->reasons[i]))
			axis_add_part(missing, axis->missing + 1 + i);
	if (variable->reason_count == outside)
		return; /* nobody can be among the unanswered */
	struct axis_relation *unanswered =
		axis_add_relation(axis, axis->unanswered, variable->reason_count - outside, false);
	for (size_t i = 0; i < variable->reason_count; i++)
		if (!axis_is_outside(variable->reasons[i])) {
			axis_add_atom(axis, axis->asked, answers + i);
			axis_add_atom(axis, axis->unanswered, answers + i);
			axis_add_part(unanswered, axis->missing + 1 + i);
		}
}

void axis_answered(struct axis *axis, const struct dataset_variable *variable)
{
	bool missing = !variable->required && variable->reason_count > 0;
	*axis = (struct axis){ .variable = variable->name };
	axis_add_everybody(axis, 1 + missing);
	axis->answered = axis_add_single(axis, mem_print("%s:answered", variable->term), 0);
	if (missing)
		axis->missing = axis_add_single(axis, mem_print("%s:missing", variable->term), 1);
	struct axis_relation *all = axis_add_relation(axis, AXIS_EVERYBODY, 2, false);
	axis_add_part(all, axis->answered);
	if (missing)
		axis_add_part(all, axis->missing);
}

void axis_everybody(struct axis *axis)
{
	*axis = (struct axis){ .variable = "" };
	axis_add_everybody(axis, 1);
}

/* --- a score and its items --- */

size_t axis_scored_atom(enum axis_end end, bool prorated)
{
	return 2 * (size_t)end + prorated;
}

size_t axis_unscored_atom(size_t reason, bool partial)
{
	return 2 * AXIS_ENDS + 2 * reason + partial;
}

static void add_unscored(struct axis *axis, const struct dataset_variable *score, size_t reasons)
{
	axis->missing = axis_add_facet(axis, mem_print("%s:missing", score->term), false);
	struct axis_relation *sum = axis_add_relation(axis, axis->missing, reasons, false);
	for (size_t i = 0; i < reasons; i++) {
		size_t facet = axis_add_facet(axis, mem_print("%s:%s", score->term, score->reasons[i]), false);
		for (int partial = 0; partial <= 1; partial++) {
			axis_add_atom(axis, axis->missing, axis_unscored_atom(i, partial));
			axis_add_atom(axis, facet, axis_unscored_atom(i, partial));
		}
		axis_add_part(sum, facet);
	}
}

/* No value of a number is a code: an end is named by what it is, so that no other variable's code is taken for it. */
static void add_ends(struct axis *axis, const struct dataset_variable *score)
{
	static const char *const words[] = {
		[AXIS_LOWEST] = "lowest", [AXIS_HIGHEST] = "highest", [AXIS_BETWEEN] = "between"
	};
	for (size_t end = 0; end < AXIS_ENDS; end++) {
		axis->end[end] = axis_add_facet(axis, mem_print("%s:%s", score->term, words[end]), false);
		for (int prorated = 0; prorated <= 1; prorated++)
			axis_add_atom(axis, axis->end[end], axis_scored_atom((enum axis_end)end, prorated));
	}
	struct axis_relation *sum = axis_add_relation(axis, axis->answered, AXIS_ENDS, false);
	for (size_t end = 0; end < AXIS_ENDS; end++)
		axis_add_part(sum, axis->end[end]);
	for (size_t end = 0; end < AXIS_BETWEEN; end++) {
		char *term = mem_print("%s:not-%s", score->term, words[end]);
		axis_add_split(axis, axis->answered, axis->end[end],
		               axis_add_complement(axis, axis->answered, axis->end[end], term));
	}
}

/* A facet of every second position of `parent`, and what is left of it. */
static size_t add_half(struct axis *axis, size_t parent, bool odd, char *term, char *rest)
{
	size_t half = axis_add_facet(axis, term, false);
	for (size_t i = 0; i < axis->facets[parent].atom_count; i++)
		if (axis->facets[parent].atoms[i] % 2 == odd)
			axis_add_atom(axis, half, axis->facets[parent].atoms[i]);
	axis_add_split(axis, parent, half, axis_add_complement(axis, parent, half, rest));
	return half;
}

void axis_score(struct axis *axis, const struct dataset_variable *score, struct axis_scored people)
{
	size_t reasons = score->required ? 0 : score->reason_count;
	*axis = (struct axis){ .variable = score->name };
	axis_add_everybody(axis, axis_unscored_atom(reasons, false));
	axis->answered = axis->complete = axis_add_facet(axis, mem_print("%s:answered", score->term), false);
	for (size_t atom = 0; atom < axis_unscored_atom(0, false); atom++)
		axis_add_atom(axis, axis->answered, atom);
	if (reasons > 0)
		add_unscored(axis, score, reasons);
	struct axis_relation *all = axis_add_relation(axis, AXIS_EVERYBODY, 2, false);
	axis_add_part(all, axis->answered);
	if (reasons > 0)
		axis_add_part(all, axis->missing);
	if (score->least < score->most)
		add_ends(axis, score);
	if (people.complete && people.prorated)
		axis->complete = add_half(axis, axis->answered, false, mem_print("%s:complete", score->term),
		                          mem_print("%s:prorated", score->term));
	if (people.partial)
		axis->partial = axis->missing;
	if (people.partial && people.nothing)
		axis->partial = add_half(axis, axis->missing, true, mem_print("%s:partial", score->term),
		                         mem_print("%s:nothing", score->term));
}

/* --- two waves --- */

size_t axis_waves_atom(enum axis_wave_state earlier, enum axis_wave_state later)
{
	return (size_t)earlier * WAVE_STATES + later;
}

/* Bits of states. */
enum { NONE = 1 << WAVE_NONE, NO = 1 << WAVE_ANSWERED, YES = 1 << WAVE_YES, SOME = NO | YES, ANY = NONE | SOME };

static const struct {
	const char *word;
	unsigned earlier, later;
} wave_facets[WAVES_FACETS] = {
	[WAVES_BOTH] = { "both", SOME, SOME },
	[WAVES_ONLY_EARLIER] = { "only-earlier", SOME, NONE },
	[WAVES_ONLY_LATER] = { "only-later", NONE, SOME },
	[WAVES_NEITHER] = { "neither", NONE, NONE },
	[WAVES_EARLIER] = { "earlier", SOME, ANY },
	[WAVES_LATER] = { "later", ANY, SOME },
	[WAVES_YES_YES] = { "yes-yes", YES, YES },
	[WAVES_YES_NO] = { "yes-no", YES, NO },
	[WAVES_NO_YES] = { "no-yes", NO, YES },
	[WAVES_NO_NO] = { "no-no", NO, NO },
	[WAVES_BOTH_EARLIER_YES] = { "both-earlier-yes", YES, SOME },
	[WAVES_BOTH_EARLIER_NO] = { "both-earlier-no", NO, SOME },
	[WAVES_BOTH_LATER_YES] = { "both-later-yes", SOME, YES },
	[WAVES_BOTH_LATER_NO] = { "both-later-no", SOME, NO },
	[WAVES_ONLY_EARLIER_YES] = { "only-earlier-yes", YES, NONE },
	[WAVES_ONLY_EARLIER_NO] = { "only-earlier-no", NO, NONE },
	[WAVES_ONLY_LATER_YES] = { "only-later-yes", NONE, YES },
	[WAVES_ONLY_LATER_NO] = { "only-later-no", NONE, NO },
	[WAVES_EARLIER_YES] = { "earlier-yes", YES, ANY },
	[WAVES_EARLIER_NO] = { "earlier-no", NO, ANY },
	[WAVES_LATER_YES] = { "later-yes", ANY, YES },
	[WAVES_LATER_NO] = { "later-no", ANY, NO },
};

/* Parent, then its parts. What follows from these is left out, but for a group and the two answers in it: protect sees
 * by these that nobody of a small group gave one. */
static const size_t presence_sums[][5] = {
	{ AXIS_EVERYBODY, WAVES_BOTH, WAVES_ONLY_EARLIER, WAVES_ONLY_LATER, WAVES_NEITHER },
	{ WAVES_EARLIER, WAVES_BOTH, WAVES_ONLY_EARLIER },
	{ WAVES_LATER, WAVES_BOTH, WAVES_ONLY_LATER },
};
static const size_t answer_sums[][5] = {
	{ WAVES_BOTH, WAVES_YES_YES, WAVES_YES_NO, WAVES_NO_YES, WAVES_NO_NO },
	{ WAVES_BOTH_EARLIER_YES, WAVES_YES_YES, WAVES_YES_NO },
	{ WAVES_BOTH_EARLIER_NO, WAVES_NO_YES, WAVES_NO_NO },
	{ WAVES_BOTH_LATER_YES, WAVES_YES_YES, WAVES_NO_YES },
	{ WAVES_BOTH_LATER_NO, WAVES_YES_NO, WAVES_NO_NO },
	{ WAVES_ONLY_EARLIER, WAVES_ONLY_EARLIER_YES, WAVES_ONLY_EARLIER_NO },
	{ WAVES_ONLY_LATER, WAVES_ONLY_LATER_YES, WAVES_ONLY_LATER_NO },
	{ WAVES_EARLIER_YES, WAVES_BOTH_EARLIER_YES, WAVES_ONLY_EARLIER_YES },
	{ WAVES_EARLIER_NO, WAVES_BOTH_EARLIER_NO, WAVES_ONLY_EARLIER_NO },
	{ WAVES_LATER_YES, WAVES_BOTH_LATER_YES, WAVES_ONLY_LATER_YES },
	{ WAVES_LATER_NO, WAVES_BOTH_LATER_NO, WAVES_ONLY_LATER_NO },
	{ WAVES_EARLIER, WAVES_EARLIER_YES, WAVES_EARLIER_NO },
	{ WAVES_LATER, WAVES_LATER_YES, WAVES_LATER_NO },
	{ WAVES_BOTH, WAVES_BOTH_EARLIER_YES, WAVES_BOTH_EARLIER_NO },
	{ WAVES_BOTH, WAVES_BOTH_LATER_YES, WAVES_BOTH_LATER_NO },
};

static void add_wave_facet(struct axis *axis, size_t which, char *term)
{
	size_t facet = axis_add_facet(axis, term, false);
	assert(facet == which);
	for (size_t earlier = 0; earlier < WAVE_STATES; earlier++)
		for (size_t later = 0; later < WAVE_STATES; later++)
			if (wave_facets[which].earlier & 1u << earlier && wave_facets[which].later & 1u << later)
				axis_add_atom(axis, facet, axis_waves_atom(earlier, later));
}

/* No sum has everybody among its parts. */
static void add_wave_sums(struct axis *axis, const size_t (*sums)[5], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct axis_relation *sum = axis_add_relation(axis, sums[i][0], 4, false);
		for (size_t part = 1; part < 5 && sums[i][part]; part++)
			axis_add_part(sum, sums[i][part]);
	}
}

void axis_waves(struct axis *axis, const struct dataset_variable *variable, const char *yes)
{
	*axis = (struct axis){ .variable = variable->name };
	axis_add_everybody(axis, WAVE_STATES * WAVE_STATES);
	for (size_t f = WAVES_BOTH; f < WAVES_PRESENCE; f++)
		add_wave_facet(axis, f, mem_print("%s:%s", variable->term, wave_facets[f].word));
	add_wave_sums(axis, presence_sums, COUNT(presence_sums));
	for (size_t f = WAVES_PRESENCE; yes && f < WAVES_FACETS; f++)
		add_wave_facet(axis, f, mem_print("%s=%s:%s", variable->term, yes, wave_facets[f].word));
	if (yes)
		add_wave_sums(axis, answer_sums, COUNT(answer_sums));
}

void axis_all_are(struct axis *axis, char *term)
{
	axis_everybody(axis);
	axis->facets[AXIS_EVERYBODY].term = term;
}

void axis_release(struct axis *axis)
{
	for (size_t i = 0; i < axis->facet_count; i++) {
		free(axis->facets[i].term);
		free(axis->facets[i].atoms);
	}
	for (size_t i = 0; i < axis->relation_count; i++)
		free(axis->relations[i].parts);
	free(axis->facets);
	free(axis->relations);
	free(axis->first);
	free(axis->patterns);
	free(axis->holds);
	*axis = (struct axis){ 0 };
}
