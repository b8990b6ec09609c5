#include "policy_check.h"

#include <stdio.h>
#include <string.h>

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

bool policy_check(struct study *study, const struct config_marks *marks, struct error *err)
{
	struct study_disclosure *disclosure = &study->disclosure;
	if (!config_has(marks, "disclosure.threshold"))
		disclosure->threshold = STUDY_THRESHOLD;
	if (!config_has(marks, "disclosure.min_width"))
		disclosure->min_width = STUDY_MIN_WIDTH;
	if (!config_has(marks, "disclosure.min_group"))
		disclosure->min_group = STUDY_MIN_GROUP;
	if (!config_has(marks, "disclosure.reach"))
		disclosure->reach = true;
	for (unsigned i = 0; i < disclosure->sensitive_count; i++)
		for (unsigned other = 0; other < i; other++)
			if (strcmp(disclosure->sensitive[other], disclosure->sensitive[i]) == 0)
				return config_error(marks, err, "disclosure.sensitive",
				                    "the variable %s is named twice", disclosure->sensitive[i]);
	if (disclosure->min_group < disclosure->threshold) {
		config_error(marks, err, "disclosure.min_group", "min_group is at least the threshold, which is %d",
		             disclosure->threshold);
		return error_help(err, "a group below the threshold is small in any case");
	}
	if (disclosure->threshold < 1)
		return config_error(marks, err, "disclosure.threshold", "a threshold is at least 1");
	if (disclosure->min_width < 1)
		return config_error(marks, err, "disclosure.min_width", "min_width is at least 1");
	return check_statistics(study, marks, err);
}
