#include "microdata_check.h"

#include <stdio.h>
#include <string.h>

#include "local_suppression.h"
#include "text.h"

enum { K_DEFAULT = 5, L_DEFAULT = 2 };

struct check {
	const struct config_marks *marks;
	struct error *err;
	unsigned entry;
};

static bool wrong(const struct check *check, const char *key, const char *what, const char *help)
{
	char place[120];
	snprintf(place, sizeof place, "microdata[%u].%s", check->entry, key);
	config_error(check->marks, check->err, place, "%s", what);
	return error_help(check->err, "%s", help);
}

static bool listed(char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* A list of variables: none twice, and all of them keys (`keys` true) or none of them. */
static bool check_list(const struct check *check, const struct study_microdata *entry, const char *key,
                       char *const *names, unsigned count, bool keys)
{
	for (unsigned i = 0; i < count; i++) {
		char place[80];
		snprintf(place, sizeof place, "microdata[%u].%s[%u]", check->entry, key, i);
		if (listed(names, i, names[i]))
			return config_error(check->marks, check->err, place, "`%s` is named twice", names[i]);
		if (listed(entry->keys, entry->keys_count, names[i]) == keys)
			continue;
		config_error(check->marks, check->err, place,
		             keys ? "`%s` is no key of this file" : "`%s` is a key of this file", names[i]);
		const char *near =
			keys ? text_nearest(names[i], (const char *const *)entry->keys, entry->keys_count) : NULL;
		if (near)
			return error_help(check->err, "did you mean %s? It takes names that stand in `keys`", near);
		return error_help(check->err, keys ? "name one of its keys, or add it to `keys`"
		                                   : "keys leave anyway: take it out here, or out of `keys`");
	}
	return true;
}

static bool check_keys(const struct check *check, const struct study_microdata *entry)
{
	if (entry->keys_count == 0 || entry->keys_count > LOCAL_SUPPRESSION_KEYS)
		return wrong(check, "keys", "a file of records has from 1 to 16 keys",
		             "name the variables that others may know of a person: area, age, gender");
	for (unsigned i = 0; i < entry->keys_count; i++)
		if (listed(entry->keys, i, entry->keys[i]))
			return wrong(check, "keys", "a key is named twice", "name each once");
	if (entry->strata && !listed(entry->keys, entry->keys_count, entry->strata))
		return wrong(check, "strata", "what the file is divided by is no key of it",
		             "name one of its keys, or add it to `keys`");
	return check_list(check, entry, "importance", entry->importance, entry->importance_count, true)
	       && check_list(check, entry, "never_blank", entry->never_blank, entry->never_blank_count, true)
	       && check_list(check, entry, "sensitive", entry->sensitive, entry->sensitive_count, false)
	       && check_list(check, entry, "variables", entry->variables, entry->variables_count, false);
}

static bool check_demands(const struct check *check, struct study_microdata *entry)
{
	char place[80];
	snprintf(place, sizeof place, "microdata[%u].k", check->entry);
	if (!config_has(check->marks, place))
		entry->k = K_DEFAULT;
	snprintf(place, sizeof place, "microdata[%u].l", check->entry);
	if (!config_has(check->marks, place))
		entry->l = entry->sensitive_count ? L_DEFAULT : 0;
	else if (entry->l && entry->sensitive_count == 0)
		return wrong(check, "l", "l is of sensitive variables, and none is named", "name them in `sensitive`");
	else if (entry->sensitive_count && entry->l < 2)
		return wrong(check, "l", "l is at least 2: so many different answers", "take l out, or give 2 or more");
	if (entry->k < 2)
		return wrong(check, "k", "k is at least 2: with 1, somebody may be alone", "give 2 or more: 5, say");
	for (unsigned s = 0; s < entry->subsets_count; s++) {
		const struct study_subset *subset = &entry->subsets[s];
		snprintf(place, sizeof place, "subsets[%u].size", s);
		if (subset->size < 1 || (unsigned)subset->size >= entry->keys_count)
			return wrong(check, place, "the size of a subset is from 1 to one less than there are keys",
			             "k is for all keys together");
		snprintf(place, sizeof place, "subsets[%u].k", s);
		if (subset->k < entry->k)
			return wrong(check, place, "a subset of the keys asks for fewer people than `k` does for all keys",
			             "whoever agrees on all keys agrees on each subset: give k of all keys, or more");
	}
	if (entry->fraction && !(*entry->fraction > 0 && *entry->fraction <= 1))
		return wrong(check, "fraction", "a sampling fraction is above 0 and at most 1",
		             "of the population, the part that is in the file: 0.25");
	if (entry->max_risk && !(*entry->max_risk > 0 && *entry->max_risk <= 1))
		return wrong(check, "max_risk", "a risk is above 0 and at most 1", "a probability: 0.1");
	return true;
}

static bool check_dataset(const struct check *check, const struct study *study, const struct study_microdata *entry)
{
	const struct study_dataset *dataset = NULL;
	for (unsigned d = 0; d < study->datasets_count; d++)
		if (strcmp(study->datasets[d].name, entry->dataset) == 0)
			dataset = &study->datasets[d];
	if (!dataset) {
		char help[120] = "name one of its datasets";
		for (unsigned d = 0; d < study->datasets_count; d++) {
			const char *name = study->datasets[d].name;
			if (text_nearest(entry->dataset, &name, 1))
				snprintf(help, sizeof help, "did you mean %s?", name);
		}
		return wrong(check, "dataset", "the study has no dataset of that name", help);
	}
	if (study_is_aggregate(dataset))
		return wrong(check, "dataset", "figures of kind aggregate are published as they are",
		             "a file of records is made of people's answers");
	for (unsigned other = 0; other < check->entry; other++)
		if (strcmp(study->microdata[other].dataset, entry->dataset) == 0)
			return wrong(check, "dataset", "a dataset has one file of records",
			             "two files of the same people could be joined: decide for one");
	return true;
}

bool microdata_check(struct study *study, const struct config_marks *marks, struct error *err)
{
	for (unsigned m = 0; m < study->microdata_count; m++) {
		struct check check = { marks, err, m };
		struct study_microdata *entry = &study->microdata[m];
		if (!check_dataset(&check, study, entry) || !check_keys(&check, entry) || !check_demands(&check, entry))
			return false;
	}
	return true;
}
