/* Areas taken together in lines of their own: the groups that the config declares, and the places of the levels above
 * the areas (region, country) by places.csv. A group is the set of its areas: two names of one set are one group, one
 * area is no group, and neither are all of them. */
#ifndef CANVASS_COMPARE_AREA_GROUPS_H
#define CANVASS_COMPARE_AREA_GROUPS_H

#include <stdbool.h>

#include "axis.h"
#include "compare.h"
#include "dataset.h"
#include "error.h"
#include "study.h"

/* Read the study's groups into each dataset of answers: first those that are declared, then the levels'. `places` is
 * the path of places.csv; NULL: there is none. An area that is none of the dataset's, or that has no place of a level,
 * is an ERROR_CONFIG. What is left out, as it is an area, all of them or another group, is printed. */
bool area_groups_read(struct datasets *datasets, const struct study *study, const char *study_path, const char *places,
                      struct error *err);

/* Add to an axis of the areas each group, as the sum of its areas, and what is left of all areas; the facets of the
 * groups stand in their order from axis->first_group on, each before its rest. The places of a level make up all areas,
 * with the areas that stand for themselves. The term of a group names its areas and not the group, so that two
 * releases mean the same people by it: area={E06000055+E06000032}. */
void area_groups_add(struct axis *axis, const struct dataset *dataset, bool area_missing);

/* Whether the config declares it; else it is a place of a level. */
bool area_groups_is_declared(const struct dataset_group *group);

/* The facet of a group, by its place in dataset->groups. */
size_t area_groups_facet(const struct axis *axis, size_t group);

#endif
