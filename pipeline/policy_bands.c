#include "policy_bands.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "mem.h"

enum { PLACE = 60, LONGEST = 24 };

static void place_of(char place[PLACE], unsigned band, const char *key)
{
	snprintf(place, PLACE, "disclosure.bands[%u].%s", band, key);
}

static bool check_name(const struct study_disclosure *policy, unsigned band, const struct config_marks *marks,
                       struct error *err)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
	const char *const taken[] = { "x", "z", "low", policy->hidden_symbol };
	const char *name = policy->bands[band].name;
	size_t length = strlen(name), word = strspn(name, letters);
	char place[PLACE];
	place_of(place, band, "name");
	if (word == 0 || length > LONGEST || strspn(name + word, " -abcdefghijklmnopqrstuvwxyz") != length - word) {
		config_error(marks, err, place, "`%s` cannot stand for a share", name);
		return error_help(err, "use a word of at most %d letters, which nobody takes for a number: some",
		                  LONGEST);
	}
	for (size_t i = 0; i < COUNT(taken); i++)
		if (strcasecmp(taken[i], name) == 0)
			return config_error(marks, err, place, "`%s` stands for something else in tables", name);
	for (unsigned other = 0; other < band; other++)
		if (strcasecmp(policy->bands[other].name, name) == 0)
			return config_error(marks, err, place, "two bands have the name %s", name);
	return true;
}

static bool check_end(const struct study_disclosure *policy, unsigned band, const struct config_marks *marks,
                      struct error *err)
{
	const double *most = policy->bands[band].most, *below = band ? policy->bands[band - 1].most : NULL;
	bool last = band + 1 == policy->bands_count;
	char place[PLACE];
	place_of(place, band, last || most ? "most" : "name");
	if (!most == last && (!most || (*most >= 0 && *most < 100 && (!below || *most > *below))))
		return true;
	if (last || !most)
		config_error(marks, err, place,
		             last ? "the last band has no `most`: it goes on to all of the base"
		                  : "every band but the last has `most`, in per cent of the base");
	else
		config_error(marks, err, place, "bands go upwards, from 0 to less than 100 per cent");
	return error_help(err, "write [{name: none, most: 0}, {name: some, most: 50}, {name: most}]");
}

bool policy_bands_check(const struct study_disclosure *policy, const struct config_marks *marks, struct error *err)
{
	for (unsigned i = 0; i < policy->bands_count; i++)
		if (!check_name(policy, i, marks, err) || !check_end(policy, i, marks, err))
			return false;
	if (policy->bands_count == 1)
		return config_error(marks, err, "disclosure.bands", "one band alone tells nothing of a share");
	if (policy->bands_count && *policy->bands[0].most == 0 && policy->zeros == STUDY_ZEROS_HIDDEN) {
		config_error(marks, err, "disclosure.bands[0].most",
		             "a band of nobody would tell the zeros that `zeros: hidden` hides");
		return error_help(err, "leave it out: the lowest band then begins with nobody");
	}
	if (policy->bands_count && (policy->rounding || policy->cell_key)) {
		config_error(marks, err, "disclosure.bands", "bands are of bases that are printed as they are");
		return error_help(err, "leave out the bands, or %s",
		                  policy->cell_key ? "cell_key" : "rounding (which the preset nhs sets too)");
	}
	return true;
}
