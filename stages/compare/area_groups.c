#include "area_groups.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asked.h"
#include "axis_make.h"
#include "mem.h"
#include "places.h"
#include "text.h"

/* The words of places.csv, and of the lines in the tables. */
static const char *const level_kinds[] = { [STUDY_LEVEL_REGION] = "region", [STUDY_LEVEL_COUNTRY] = "country" };
static const char group_kind[] = "group";

struct reading {
	const struct study *study;
	const char *study_path;
	const struct places *places; /* NULL: none are needed */
	struct dataset *dataset;
	size_t capacity; /* of dataset->groups */
};

/* --- one group --- */

static bool same_areas(const struct dataset_group *one, const struct dataset_group *other)
{
	return one->area_count == other->area_count
	       && memcmp(one->areas, other->areas, one->area_count * sizeof *one->areas) == 0;
}

/* Takes group.areas. Of the levels, what has a line already is said once. */
static void add_group(struct reading *reading, struct dataset_group group)
{
	struct dataset *dataset = reading->dataset;
	const char *same = group.area_count == dataset->area_count ? "all areas"
	                   : group.area_count == 1                 ? dataset->areas[group.areas[0]].label
	                                                           : NULL;
	for (size_t i = 0; i < dataset->group_count && !same; i++)
		if (same_areas(&dataset->groups[i], &group))
			same = dataset->groups[i].label;
	if (same) {
		printf("%s: %s has no line of its own, as its areas in the study are those of %s\n", dataset->name,
		       group.label, same);
		free(group.areas);
		return;
	}
	dataset->groups = mem_grow(dataset->groups, dataset->group_count, &reading->capacity, sizeof *dataset->groups);
	dataset->groups[dataset->group_count++] = group;
}

/* --- groups that are declared --- */

static bool wrong(const struct reading *reading, struct error *err, const char *group, const char *what,
                  const char *name)
{
	return error_at(err, ERROR_CONFIG, reading->study_path, 0, "study.groups: %s %s %s", group, what, name);
}

static bool find_area(size_t *area, const struct dataset *dataset, const char *code)
{
	for (*area = 0; *area < dataset->area_count; ++*area)
		if (strcmp(dataset->areas[*area].code, code) == 0)
			return true;
	return false;
}

static const char *near_area(const struct dataset *dataset, const char *code)
{
	const char **codes = mem_alloc(dataset->area_count, sizeof *codes);
	for (size_t i = 0; i < dataset->area_count; i++)
		codes[i] = dataset->areas[i].code;
	const char *near = text_nearest(code, codes, dataset->area_count);
	free(codes);
	return near;
}

static bool declared_areas(struct dataset_group *group, const struct reading *reading, const struct study_group *config,
                           struct error *err)
{
	const struct dataset *dataset = reading->dataset;
	bool *in = mem_alloc(dataset->area_count, sizeof *in), ok = true;
	for (unsigned i = 0; i < config->areas_count && ok; i++) {
		size_t area = 0;
		ok = find_area(&area, dataset, config->areas[i]);
		if (ok) {
			in[area] = true;
			continue;
		}
		const char *near = near_area(dataset, config->areas[i]);
		wrong(reading, err, config->code, "has an area that is none of the dataset's:", config->areas[i]);
		error_help(err, near ? "did you mean %s?" : "a group is of areas that the dataset has, such as %s",
		           near ? near : dataset->areas[0].code);
	}
	group->areas = mem_alloc(dataset->area_count, sizeof *group->areas);
	for (size_t i = 0; i < dataset->area_count; i++)
		if (in[i])
			group->areas[group->area_count++] = i;
	free(in);
	if (ok && group->area_count == dataset->area_count) {
		wrong(reading, err, config->code, "is all areas of the dataset", dataset->name);
		ok = error_help(err, "leave it out: all areas together have a line in any case");
	}
	return ok;
}

static bool add_declared(struct reading *reading, const struct study_group *config, struct error *err)
{
	size_t area = 0;
	if (find_area(&area, reading->dataset, config->code)) {
		wrong(reading, err, config->code, "is the code of an area, too:", reading->dataset->areas[area].label);
		return error_help(err, "give the group another code");
	}
	struct dataset_group group = { .code = config->code, .label = config->name, .kind = group_kind };
	if (!declared_areas(&group, reading, config, err)) {
		free(group.areas);
		return false;
	}
	add_group(reading, group);
	return true;
}

/* --- levels --- */

/* The place itself or one above it; NULL where none is of the kind. A place above itself ends the search. */
static const struct place *above(const struct places *places, const struct place *place, const char *kind)
{
	for (size_t steps = places_count(places); place && steps > 0; steps--) {
		if (strcmp(place->kind, kind) == 0)
			return place;
		place = places_find(places, place->parent);
	}
	return NULL;
}

static bool place_of(const struct place **place, const struct reading *reading, size_t area, const char *kind,
                     struct error *err)
{
	const struct dataset_area *of = &reading->dataset->areas[area];
	const struct place *own = places_find(reading->places, of->code);
	*place = own ? above(reading->places, own, kind) : NULL;
	if (*place)
		return true;
	error_at(err, ERROR_CONFIG, reading->study_path, 0, "study.levels: the area %s of the dataset %s %s %s",
	         of->code, reading->dataset->name,
	         own ? "has by places.csv no" : "is no place of places.csv and has no", kind);
	return error_help(err, own ? "give it a parent there, or leave the level out"
	                           : "leave `levels` out; `groups` may be of any areas");
}

/* The areas of a level's place, open on the study's date or among the study's. */
static size_t count_areas_of(const struct reading *reading, const struct place *place, const char *area_kind)
{
	size_t count = 0, area = 0;
	const char *date = reading->study->study.date;
	for (size_t i = 0; i < places_count(reading->places); i++) {
		const struct place *one = places_at(reading->places, i);
		bool open = !place_is_closed(one, date) && strcmp(one->opened, date) <= 0;
		if (strcmp(one->kind, area_kind) == 0 && above(reading->places, one, place->kind) == place)
			count += open || find_area(&area, reading->dataset, one->code);
	}
	return count;
}

/* "South East", or "East of England (3 of the 12 authorities)". */
static const char *label_of(const struct reading *reading, const struct place *place, const struct dataset_group *group)
{
	struct dataset *dataset = reading->dataset;
	const struct place *first = places_find(reading->places, dataset->areas[group->areas[0]].code);
	size_t all = count_areas_of(reading, place, first->kind);
	if (all <= group->area_count)
		return mem_arena_copy(dataset->strings, place->name);
	char *label = mem_print("%s (%zu of the %zu %s)", place->name, group->area_count, all,
	                        strcmp(first->kind, "la") == 0 ? "authorities" : "areas");
	const char *kept = mem_arena_copy(dataset->strings, label);
	free(label);
	return kept;
}

static bool check_code(const struct reading *reading, const struct place *place, struct error *err)
{
	for (unsigned i = 0; i < reading->study->study.groups_count; i++)
		if (strcmp(reading->study->study.groups[i].code, place->code) == 0) {
			wrong(reading, err, place->code, "is the code of a place, too:", place->name);
			return error_help(err, "give the group another code");
		}
	return true;
}

/* Every place of the level that has areas in the dataset, in the order of places.csv. */
static bool add_level(struct reading *reading, const char *kind, struct error *err)
{
	const struct dataset *dataset = reading->dataset;
	const struct place **of = mem_alloc(dataset->area_count, sizeof *of);
	bool ok = true;
	for (size_t i = 0; i < dataset->area_count && ok; i++)
		ok = place_of(&of[i], reading, i, kind, err);
	for (size_t p = 0; p < places_count(reading->places) && ok; p++) {
		const struct place *place = places_at(reading->places, p);
		struct dataset_group group = { .code = mem_arena_copy(dataset->strings, place->code), .kind = kind };
		group.areas = mem_alloc(dataset->area_count, sizeof *group.areas);
		for (size_t i = 0; i < dataset->area_count; i++)
			if (of[i] == place)
				group.areas[group.area_count++] = i;
		ok = group.area_count == 0 || check_code(reading, place, err);
		if (group.area_count == 0 || !ok) {
			free(group.areas);
			continue;
		}
		group.label = label_of(reading, place, &group);
		add_group(reading, group);
	}
	free(of);
	return ok;
}

static bool read_groups(struct reading *reading, struct error *err)
{
	const struct study_head *head = &reading->study->study;
	bool ok = true;
	for (unsigned i = 0; i < head->groups_count && ok; i++)
		ok = add_declared(reading, &head->groups[i], err);
	for (int level = STUDY_LEVEL_REGION; level <= STUDY_LEVEL_COUNTRY && ok; level++)
		for (unsigned i = 0; i < head->levels_count && ok; i++)
			if ((int)head->levels[i] == level)
				ok = add_level(reading, level_kinds[level], err);
	return ok;
}

bool area_groups_read(struct datasets *datasets, const struct study *study, const char *study_path, const char *places,
                      struct error *err)
{
	struct places *loaded = NULL;
	if (study->study.levels_count && !places) {
		error_set(err, ERROR_USAGE,
		          "the study's levels above the areas stand in places.csv, which is not given");
		return error_help(err, "add --places data-dictionary/places.csv");
	}
	bool ok = study->study.levels_count == 0 || places_load(&loaded, places, err);
	for (size_t i = 0; i < datasets->count && ok; i++) {
		struct reading reading = {
			.study = study, .study_path = study_path, .places = loaded, .dataset = datasets->items[i]
		};
		ok = datasets->items[i]->aggregate || read_groups(&reading, err);
	}
	datasets->places = loaded ? places : NULL;
	places_free(loaded);
	return ok;
}

/* --- on the axis of the areas --- */

static int compare_codes(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Sorted by code, whatever the order of the areas in this release. */
static char *members(const struct dataset *dataset, const struct dataset_group *group)
{
	struct text members = { 0 };
	const char **codes = mem_alloc(group->area_count, sizeof *codes);
	for (size_t i = 0; i < group->area_count; i++)
		codes[i] = dataset->areas[group->areas[i]].code;
	mem_sort(codes, group->area_count, sizeof *codes, compare_codes);
	for (size_t i = 0; i < group->area_count; i++)
		text_print(&members, "%s%s", i ? "+" : "", codes[i]);
	free(codes);
	return members.bytes;
}

static void add_facets(struct axis *axis, const struct dataset *dataset, const struct dataset_group *group)
{
	char *codes = members(dataset, group);
	size_t facet = axis_add_facet(axis, mem_print("%s={%s}", axis->variable, codes), false);
	struct axis_relation *sum = axis_add_relation(axis, facet, group->area_count, false);
	for (size_t i = 0; i < group->area_count; i++) {
		axis_add_atom(axis, facet, group->areas[i]);
		axis_add_part(sum, axis->first_code + group->areas[i]);
	}
	size_t rest = axis_add_complement(axis, AXIS_EVERYBODY, facet, mem_print("%s!={%s}", axis->variable, codes));
	axis_add_split(axis, AXIS_EVERYBODY, facet, rest);
	free(codes);
}

/* All areas as the sum of a level's places: it follows from the sums of areas, and is the shorter. */
static void add_level_sum(struct axis *axis, const struct dataset *dataset, bool area_missing, const char *kind)
{
	bool *covered = mem_alloc(dataset->area_count, sizeof *covered), any = false;
	struct axis_relation *sum = NULL;
	for (size_t g = 0; g < dataset->group_count; g++) {
		const struct dataset_group *group = &dataset->groups[g];
		if (strcmp(group->kind, kind) != 0)
			continue;
		sum = any ? sum : axis_add_relation(axis, AXIS_EVERYBODY, dataset->area_count + 1, false);
		any = true;
		axis_add_part(sum, area_groups_facet(axis, g));
		for (size_t i = 0; i < group->area_count; i++)
			covered[group->areas[i]] = true;
	}
	for (size_t i = 0; i < dataset->area_count && any; i++)
		if (!covered[i])
			axis_add_part(sum, axis->first_code + i);
	if (any && area_missing) /* the facet behind the areas */
		axis_add_part(sum, axis->first_code + dataset->area_count);
	free(covered);
}

void area_groups_add(struct axis *axis, const struct dataset *dataset, bool area_missing)
{
	axis->first_group = axis->facet_count;
	for (size_t g = 0; g < dataset->group_count; g++)
		add_facets(axis, dataset, &dataset->groups[g]);
	for (size_t level = 0; level < COUNT(level_kinds); level++)
		add_level_sum(axis, dataset, area_missing, level_kinds[level]);
}

bool area_groups_is_declared(const struct dataset_group *group)
{
	return strcmp(group->kind, group_kind) == 0;
}

size_t area_groups_facet(const struct axis *axis, size_t group)
{
	return axis->first_group + 2 * group;
}
