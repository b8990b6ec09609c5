#include "areas_check.h"

#include <stdio.h>
#include <string.h>

#include "study_check.h"
#include "text.h"

enum { PLACE = 80 };

static bool has_area(char *const *areas, unsigned count, const char *area)
{
	for (unsigned i = 0; i < count; i++)
		if (strcmp(areas[i], area) == 0)
			return true;
	return false;
}

static bool check_scope(const struct study_head *head, const struct config_marks *marks, struct error *err)
{
	char place[PLACE];
	for (unsigned i = 0; i < head->areas_count; i++) {
		snprintf(place, sizeof place, "study.areas[%u]", i);
		if (has_area(head->areas, i, head->areas[i]))
			return config_error(marks, err, place, "the area %s is named twice", head->areas[i]);
	}
	return true;
}

/* Without a scope the areas are the dataset's, which compare knows. */
static bool check_members(const struct study_head *head, unsigned g, const struct config_marks *marks,
                          struct error *err)
{
	const struct study_group *group = &head->groups[g];
	char place[PLACE];
	for (unsigned i = 0; i < group->areas_count; i++) {
		const char *area = group->areas[i];
		snprintf(place, sizeof place, "study.groups[%u].areas[%u]", g, i);
		if (has_area(group->areas, i, area))
			return config_error(marks, err, place, "the area %s stands in the group %s twice", area,
			                    group->code);
		if (head->areas_count == 0 || has_area(head->areas, head->areas_count, area))
			continue;
		const char *near = text_nearest(area, (const char *const *)head->areas, head->areas_count);
		config_error(marks, err, place, "the group %s has an area that is none of the study's: %s", group->code,
		             area);
		return near ? error_help(err, "did you mean %s?", near)
		            : error_help(err, "a group is of areas that stand under study.areas");
	}
	snprintf(place, sizeof place, "study.groups[%u].areas", g);
	if (group->areas_count < 2) {
		config_error(marks, err, place, "the group %s needs two areas or more", group->code);
		return error_help(err, "an area has a line of its own in any case");
	}
	if (head->areas_count && group->areas_count == head->areas_count) {
		config_error(marks, err, place, "the group %s is all areas of the study", group->code);
		return error_help(err, "leave it out: all areas together have a line in any case");
	}
	return true;
}

static bool same_areas(const struct study_group *one, const struct study_group *other)
{
	bool same = one->areas_count == other->areas_count;
	for (unsigned i = 0; same && i < one->areas_count; i++)
		same = has_area(other->areas, other->areas_count, one->areas[i]);
	return same;
}

static bool check_group(const struct study_head *head, unsigned g, const struct config_marks *marks, struct error *err)
{
	const struct study_group *group = &head->groups[g];
	char place[PLACE];
	snprintf(place, sizeof place, "study.groups[%u].code", g);
	if (!study_check_name(marks, err, place, group->code))
		return false;
	if (has_area(head->areas, head->areas_count, group->code)) {
		config_error(marks, err, place, "a group cannot have the code of an area, %s", group->code);
		return error_help(err, "give the group another code");
	}
	if (!check_members(head, g, marks, err))
		return false;
	for (unsigned other = 0; other < g; other++) {
		snprintf(place, sizeof place, "study.groups[%u].code", g);
		if (strcmp(head->groups[other].code, group->code) == 0)
			return config_error(marks, err, place, "a second group has the code %s", group->code);
		snprintf(place, sizeof place, "study.groups[%u].name", g);
		if (strcmp(head->groups[other].name, group->name) == 0)
			return config_error(marks, err, place, "a second group has the name `%s`", group->name);
		snprintf(place, sizeof place, "study.groups[%u].areas", g);
		if (!same_areas(&head->groups[other], group))
			continue;
		config_error(marks, err, place, "the groups %s and %s have the same areas", head->groups[other].code,
		             group->code);
		return error_help(err, "leave one of them out: they are the same people");
	}
	return true;
}

bool areas_check(const struct study_head *head, const struct config_marks *marks, struct error *err)
{
	char place[PLACE];
	if (!check_scope(head, marks, err))
		return false;
	for (unsigned g = 0; g < head->groups_count; g++)
		if (!check_group(head, g, marks, err))
			return false;
	for (unsigned i = 0; i < head->levels_count; i++)
		for (unsigned other = 0; other < i; other++) {
			snprintf(place, sizeof place, "study.levels[%u]", i);
			if (head->levels[other] == head->levels[i])
				return config_error(marks, err, place, "a level is named twice");
		}
	return true;
}
