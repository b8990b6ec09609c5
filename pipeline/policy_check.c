#include "policy_check.h"

#include <string.h>

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
	return true;
}
