#include "axis_options.h"

#include <assert.h>
#include <stdlib.h>

#include "axis_make.h"
#include "mem.h"
#include "text.h"

/* Positions. Those of a question come first, then four for each option, then the reasons. Some stand for people, and
 * some for ticks, where a respondent may stand more than once. */
enum { ANSWERED, NONE, SOME, MORE, GROUP, NOT_GROUP, GROUPED, NOT_GROUPED, GROUP_MORE, BESIDE_MORE, FIRST_OPTION };
enum { TICKED, NOT_TICKED, SOME_NOT, GROUPED_NOT, OPTION_ATOMS };

struct options {
	struct axis *axis;
	const struct dataset_variable *variable;
	const bool *group;
	const struct sample *sample;
	size_t count;
	bool *alone;      /* nobody ticked it beside another */
	size_t *some_not; /* by option: the facet of who ticked another one of those that are not alone; 0: none */
	bool none;        /* somebody answered and ticked nothing */
	size_t among_count, grouped_count; /* options that are not alone; of the group */
	size_t none_facet, some, grouped;  /* facets: who ticked nothing, any of those, any of the group's; 0: there are
	                                    * none */
};

static size_t atom_of(size_t option, size_t which)
{
	return FIRST_OPTION + OPTION_ATOMS * option + which;
}

static const bool *ticks_of(const struct options *options, size_t respondent)
{
	return options->sample->ticked + respondent * options->count;
}

static bool has_answered(const struct options *options, size_t respondent)
{
	return options->sample->outcome[respondent] < sample_answers(options->variable);
}

/* Options of the group that are not alone. */
static bool is_grouped(const struct options *options, size_t option)
{
	return options->group && options->group[option] && !options->alone[option];
}

static void look(struct options *options)
{
	for (size_t o = 0; o < options->count; o++)
		options->alone[o] = true;
	for (size_t i = 0; i < options->sample->count; i++) {
		const bool *ticks = ticks_of(options, i);
		size_t ticked = 0;
		for (size_t o = 0; o < options->count; o++)
			ticked += ticks[o];
		options->none = options->none || (has_answered(options, i) && ticked == 0);
		for (size_t o = 0; o < options->count && ticked > 1; o++)
			options->alone[o] = options->alone[o] && !ticks[o];
	}
	for (size_t o = 0; o < options->count; o++) {
		options->among_count += !options->alone[o];
		options->grouped_count += is_grouped(options, o);
	}
}

/* --- facets and relations --- */

static size_t add_facet(struct options *options, const char *term, size_t atom, bool complement)
{
	size_t facet = axis_add_facet(options->axis, mem_print("%s%s", options->variable->term, term), complement);
	axis_add_atom(options->axis, facet, atom);
	return facet;
}

static void add_options(struct options *options)
{
	struct axis *axis = options->axis;
	const struct dataset_variable *variable = options->variable;
	axis->first_code = axis->facet_count;
	for (size_t o = 0; o < options->count; o++) {
		size_t facet = axis_add_single(axis, mem_print("%s=%s", variable->term, variable->options[o].code),
		                               atom_of(o, TICKED));
		axis->facets[facet].overlaps = true;
	}
	for (size_t o = 0; o < options->count; o++) {
		size_t rest =
			axis_add_facet(axis, mem_print("%s!=%s", variable->term, variable->options[o].code), true);
		axis_add_atom(axis, rest, atom_of(o, NOT_TICKED));
		axis_add_split(axis, axis->answered, axis->first_code + o, rest);
	}
}

/* A sum of the options that `is_part` takes, and of what else is given, as ticks: of so many people, and of what they
 * ticked beyond one. `name` tells sums of one question apart. */
static void add_ticks(struct options *options, const char *name, size_t people, size_t more_atom, size_t other,
                      bool (*is_part)(const struct options *options, size_t option))
{
	struct axis *axis = options->axis;
	char *term = mem_print(":ticks%s", name), *beyond = mem_print(":more%s", name);
	size_t ticks = axis_add_facet(axis, mem_print("%s%s", options->variable->term, term), false);
	struct axis_relation *sum = axis_add_relation(axis, ticks, options->count + 1, false);
	for (size_t o = 0; o < options->count; o++)
		if (is_part(options, o)) {
			axis_add_atom(axis, ticks, atom_of(o, TICKED));
			axis_add_part(sum, axis->first_code + o);
		}
	if (other) {
		axis_add_atom(axis, ticks, axis->facets[other].atoms[0]);
		axis_add_part(sum, other);
	}
	size_t more = add_facet(options, beyond, more_atom, false);
	axis->facets[ticks].ticks = axis->facets[more].ticks = true;
	struct axis_relation *again = axis_add_relation(axis, ticks, 2, false);
	axis_add_part(again, people);
	axis_add_part(again, more);
	free(term);
	free(beyond);
}

/* The whole is who ticked the option and who of it did not, of each that `is_part` takes. `facets` gets those, by
 * option; NULL: they are not asked for. */
static void add_rests(struct options *options, size_t whole, const char *of, size_t which, size_t *facets,
                      bool (*is_part)(const struct options *options, size_t option))
{
	const struct dataset_variable *variable = options->variable;
	for (size_t o = 0; o < options->count; o++) {
		if (!is_part(options, o))
			continue;
		char *term = mem_print("%s & %s!=%s", of, variable->term, variable->options[o].code);
		size_t rest = add_facet(options, term, atom_of(o, which), true);
		axis_add_split(options->axis, whole, options->axis->first_code + o, rest);
		if (facets)
			facets[o] = rest;
		free(term);
	}
}

static bool is_among(const struct options *options, size_t option)
{
	return !options->alone[option];
}

static bool is_beside(const struct options *options, size_t option)
{
	return !options->alone[option] && !is_grouped(options, option);
}

/* Those who answered: who ticked nothing, who an option that goes alone, who any of the others. */
static void add_answered(struct options *options)
{
	struct axis *axis = options->axis;
	bool divided = options->none || options->among_count < options->count;
	if (options->none)
		options->none_facet = add_facet(options, ":none", NONE, false);
	if (options->among_count)
		options->some = divided ? add_facet(options, ":some", SOME, false) : axis->answered;
	if (divided) {
		struct axis_relation *sum = axis_add_relation(axis, axis->answered, options->count + 2, false);
		if (options->none_facet)
			axis_add_part(sum, options->none_facet);
		for (size_t o = 0; o < options->count; o++)
			if (options->alone[o])
				axis_add_part(sum, axis->first_code + o);
		if (options->some)
			axis_add_part(sum, options->some);
	}
	if (!options->some)
		return;
	if (divided)
		add_rests(options, options->some, ":some", SOME_NOT, options->some_not, is_among);
	add_ticks(options, "", options->some, MORE, 0, is_among);
}

/* --- a group --- */

/* The codes that `is_part` takes, with | between. */
static char *print_codes(const struct options *options, bool (*is_part)(const struct options *options, size_t option))
{
	struct text codes = { 0 };
	text_add(&codes, "");
	for (size_t o = 0; o < options->count; o++)
		if (is_part(options, o))
			text_print(&codes, "%s%s", codes.length ? "|" : "", options->variable->options[o].code);
	return codes.bytes;
}

static bool is_in_group(const struct options *options, size_t option)
{
	return options->group[option];
}

/* Who ticked any of the group's options that are not alone: what is an option or the group already has its facet. */
static void find_grouped(struct options *options)
{
	struct axis *axis = options->axis;
	bool takes_alone = false;
	size_t last = 0;
	for (size_t o = 0; o < options->count; o++) {
		takes_alone = takes_alone || (options->group[o] && options->alone[o]);
		last = is_grouped(options, o) ? o : last;
	}
	bool all = options->grouped_count == options->among_count;
	char *codes = print_codes(options, is_grouped), *term = mem_print("=any(%s)", codes);
	if (options->grouped_count == 0) {
		options->grouped = 0;
	} else if (options->grouped_count == 1) {
		options->grouped = axis->first_code + last;
	} else if (all) {
		options->grouped = options->some;
	} else if (takes_alone) {
		options->grouped = add_facet(options, term, GROUPED, false);
		axis->facets[options->grouped].overlaps = true;
	} else {
		options->grouped = axis->group;
	}
	free(codes);
	free(term);
	if (options->grouped == axis->group)
		return;
	struct axis_relation *sum = axis_add_relation(axis, axis->group, options->count + 1, false);
	for (size_t o = 0; o < options->count; o++)
		if (options->group[o] && options->alone[o])
			axis_add_part(sum, axis->first_code + o);
	if (options->grouped)
		axis_add_part(sum, options->grouped);
}

/* What ties the group to its options, and to the others as if it were one of them. Returns the facet of who ticked of
 * the others alone; 0: it is that of who ticked none of the group. */
static size_t tie_group(struct options *options)
{
	size_t left_facet = 0;
	char *codes = print_codes(options, is_grouped), *of = mem_print("=any(%s)", codes),
	     *own = mem_print("(%s)", codes), *beside = mem_print("-beside(%s)", codes),
	     *left = mem_print(":some & %s!=any(%s)", options->variable->term, codes);
	if (options->some != options->axis->answered || options->grouped != options->axis->group)
		left_facet = add_facet(options, left, NOT_GROUPED, true);
	if (left_facet)
		axis_add_split(options->axis, options->some, options->grouped, left_facet);
	add_rests(options, options->grouped, of, GROUPED_NOT, NULL, is_grouped);
	add_ticks(options, own, options->grouped, GROUP_MORE, 0, is_grouped);
	add_ticks(options, beside, options->some, BESIDE_MORE, options->grouped, is_beside);
	free(codes);
	free(of);
	free(own);
	free(beside);
	free(left);
	return left_facet;
}

/* Who ticked none of the group: nothing, another that goes alone, of the others only (`left`). It follows from the
 * rest; but that nobody did says so of each of these. */
static void say_rest(struct options *options, size_t rest, size_t left)
{
	size_t *parts = mem_alloc(options->count + 2, sizeof *parts), count = 0;
	if (options->none_facet)
		parts[count++] = options->none_facet;
	for (size_t o = 0; o < options->count; o++)
		if (options->alone[o] && !options->group[o])
			parts[count++] = options->axis->first_code + o;
	if (left)
		parts[count++] = left;
	struct axis_relation *sum = count ? axis_add_relation(options->axis, rest, count, false) : NULL;
	for (size_t i = 0; i < count; i++)
		axis_add_part(sum, parts[i]);
	free(parts);
}

/* More than one option, the last of which is `last` among those that are not alone. */
static void add_several(struct options *options, size_t last)
{
	struct axis *axis = options->axis;
	char *codes = print_codes(options, is_in_group), *term = mem_print("=any(%s)", codes),
	     *not_term = mem_print("!=any(%s)", codes);
	axis->group = add_facet(options, term, GROUP, false);
	axis->facets[axis->group].overlaps = true;
	size_t rest = add_facet(options, not_term, NOT_GROUP, true);
	axis_add_split(axis, axis->answered, axis->group, rest);
	free(codes);
	free(term);
	free(not_term);
	find_grouped(options);
	size_t left = options->grouped_count == 0   ? options->some
	              : options->grouped_count == 1 ? options->some_not[last]
	                                            : 0;
	if (options->grouped_count > 1 && options->grouped_count < options->among_count)
		left = tie_group(options);
	if (options->some != axis->answered)
		say_rest(options, rest, left);
}

static void add_group(struct options *options)
{
	size_t size = 0, only = 0, last = 0;
	for (size_t o = 0; o < options->count; o++)
		if (options->group[o]) {
			only = o;
			last = options->alone[o] ? last : o;
			size++;
		}
	assert(size > 0);
	if (size == 1)
		options->axis->group = options->axis->first_code + only;
	else
		add_several(options, last);
}

/* --- where respondents stand --- */

struct places {
	size_t *atoms, count, capacity;
};

static void stand(struct places *places, size_t atom, size_t times)
{
	for (size_t i = 0; i < times; i++) {
		places->atoms = mem_grow(places->atoms, places->count, &places->capacity, sizeof *places->atoms);
		places->atoms[places->count++] = atom;
	}
}

static size_t less_one(size_t count)
{
	return count ? count - 1 : 0;
}

static void place(struct places *places, const struct options *options, const bool *ticks)
{
	size_t ticked = 0, among = 0, grouped = 0, in_group = 0;
	for (size_t o = 0; o < options->count; o++) {
		ticked += ticks[o];
		among += ticks[o] && !options->alone[o];
		grouped += ticks[o] && is_grouped(options, o);
		in_group += ticks[o] && options->group && options->group[o];
	}
	stand(places, ANSWERED, 1);
	stand(places, NONE, ticked == 0);
	stand(places, SOME, among > 0);
	stand(places, MORE, less_one(among));
	stand(places, in_group ? GROUP : NOT_GROUP, 1);
	stand(places, GROUPED, grouped > 0);
	stand(places, NOT_GROUPED, among > 0 && grouped == 0);
	stand(places, GROUP_MORE, less_one(grouped));
	stand(places, BESIDE_MORE, less_one(among - grouped + (grouped > 0)));
	for (size_t o = 0; o < options->count; o++) {
		stand(places, atom_of(o, ticks[o] ? TICKED : NOT_TICKED), 1);
		stand(places, atom_of(o, SOME_NOT), !ticks[o] && among > 0);
		stand(places, atom_of(o, GROUPED_NOT), !ticks[o] && grouped > 0 && is_grouped(options, o));
	}
}

static size_t *place_all(const struct options *options, size_t first_reason)
{
	const struct sample *sample = options->sample;
	size_t answers = sample_answers(options->variable);
	struct places places = { 0 };
	options->axis->first = mem_alloc(sample->count + 1, sizeof *options->axis->first);
	for (size_t i = 0; i < sample->count; i++) {
		if (has_answered(options, i))
			place(&places, options, ticks_of(options, i));
		else
			stand(&places, first_reason + sample->outcome[i] - answers, 1);
		options->axis->first[i + 1] = places.count;
	}
	return places.atoms ? places.atoms : mem_alloc(1, sizeof *places.atoms);
}

size_t *axis_options(struct axis *axis, const struct dataset_variable *variable, const bool *group,
                     const struct sample *sample)
{
	size_t count = variable->option_count, reasons = variable->required ? 0 : variable->reason_count;
	size_t first_reason = atom_of(count, 0);
	assert(count > 0);
	struct options options = {
		.axis = axis, .variable = variable, .group = group, .sample = sample, .count = count
	};
	*axis = (struct axis){ .variable = variable->name, .atom_count = first_reason + reasons };
	options.alone = mem_alloc(count, sizeof *options.alone);
	options.some_not = mem_alloc(count, sizeof *options.some_not);
	look(&options);
	size_t everybody = axis_add_single(axis, NULL, ANSWERED);
	assert(everybody == AXIS_EVERYBODY);
	for (size_t r = 0; r < reasons; r++)
		axis_add_atom(axis, everybody, first_reason + r);
	axis->answered = add_facet(&options, ":answered", ANSWERED, false);
	axis_add_reasons(axis, variable, first_reason);
	add_options(&options);
	add_answered(&options);
	if (group)
		add_group(&options);
	size_t *places = place_all(&options, first_reason);
	free(options.alone);
	free(options.some_not);
	return places;
}

bool axis_ticked(const struct sample *sample, const struct dataset_variable *variable, const bool *options,
                 size_t respondent)
{
	for (size_t o = 0; o < variable->option_count; o++)
		if (options[o] && sample->ticked[respondent * variable->option_count + o])
			return true;
	return false;
}
