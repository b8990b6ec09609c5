#include "treatment.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "number.h"
#include "date.h"

static const char *const words[] = { "kept",  "dropped", "pseudonym", "year", "age",  "district",
	                             "bands", "top",     "bottom",    "ends", "level" };

enum treatment treatment_of(const struct variable *variable)
{
	if (variable->role == ROLE_CLUSTER_SIZE || variable->role == ROLE_REPLICATE_WEIGHT)
		return TREATMENT_DROPPED; /* read for the design, and no answers */
	switch (variable->treat) {
	case TREAT_DROP:
	case TREAT_REDACT: return TREATMENT_DROPPED;
	case TREAT_PSEUDONYM: return TREATMENT_PSEUDONYM;
	case TREAT_YEAR: return TREATMENT_YEAR;
	case TREAT_AGE: return TREATMENT_AGE;
	case TREAT_DISTRICT: return TREATMENT_DISTRICT;
	case TREAT_BANDS: return TREATMENT_BANDS;
	case TREAT_TOP: return TREATMENT_TOP;
	case TREAT_BOTTOM: return TREATMENT_BOTTOM;
	case TREAT_ENDS: return TREATMENT_ENDS;
	case TREAT_LEVEL: return TREATMENT_LEVEL;
	case TREAT_KEEP:
	case TREAT_BROADER:
	case TREAT_NONE: break;
	}
	if (variable->role == ROLE_KEY)
		return TREATMENT_PSEUDONYM;
	if (variable->disclosure == DISCLOSURE_DIRECT || variable->role == ROLE_FREE_TEXT)
		return TREATMENT_DROPPED;
	switch (variable->type) {
	case VARIABLE_CODE:
	case VARIABLE_CODES:
	case VARIABLE_INTEGER:
	case VARIABLE_NUMBER: return TREATMENT_KEPT;
	default: return TREATMENT_DROPPED;
	}
}

const char *treatment_word(enum treatment treatment)
{
	return words[treatment];
}

bool treatment_coarsens_number(const struct variable *variable)
{
	enum variable_treat treat = variable->treat;
	return treat == TREAT_BANDS || treat == TREAT_TOP || treat == TREAT_BOTTOM || treat == TREAT_ENDS;
}

bool bands_read(struct bands *bands, const char *text)
{
	char *copy = mem_copy_text(text), *rest = copy;
	bool ok = true;
	bands->count = 0;
	for (char *word; ok && (word = strtok_r(rest, " ", &rest));) {
		double lower = 0;
		ok = bands->count < BANDS_LIMIT && number_read_decimal(word, &lower)
		     && (bands->count == 0 || lower > bands->lower[bands->count - 1]);
		if (ok)
			bands->lower[bands->count++] = lower;
	}
	free(copy);
	return ok && bands->count > 0;
}

size_t bands_find(const struct bands *bands, double value)
{
	size_t band = 0;
	while (band < bands->count && value >= bands->lower[band])
		band++;
	return band;
}

void bands_label(char label[80], const struct bands *bands, size_t band, bool whole)
{
	double lower = bands->lower[band - 1], next = band < bands->count ? bands->lower[band] : 0;
	if (band == bands->count)
		snprintf(label, 80, "%.10g and over", lower);
	else if (whole && next - 1 == lower)
		snprintf(label, 80, "%.10g", lower);
	else if (whole)
		snprintf(label, 80, "%.10g-%.10g", lower, next - 1);
	else
		snprintf(label, 80, "%.10g to under %.10g", lower, next);
}

long long treatment_age(long long born, long long date)
{
	char from[11], to[11];
	date_print(from, born);
	date_print(to, date);
	long long years = strtol(to, NULL, 10) - strtol(from, NULL, 10);
	return strcmp(to + 4, from + 4) < 0 ? years - 1 : years;
}

/* One or two letters, one or two digits or a digit and a letter; then a digit and two letters. */
bool treatment_district(char district[8], const char *postcode)
{
	char packed[9];
	size_t length = 0;
	for (const char *c = postcode; *c; c++) {
		if (*c == ' ')
			continue;
		if (length == 7)
			return false;
		packed[length++] = (char)toupper((unsigned char)*c);
	}
	packed[length] = '\0';
	if (length < 5 || !isdigit((unsigned char)packed[length - 3]) || !isupper((unsigned char)packed[length - 2])
	    || !isupper((unsigned char)packed[length - 1]))
		return false;
	size_t outward = length - 3, letters = 0;
	while (letters < outward && isupper((unsigned char)packed[letters]))
		letters++;
	if (letters < 1 || letters > 2 || outward == letters || outward - letters > 2
	    || !isdigit((unsigned char)packed[letters]))
		return false;
	if (outward - letters == 2 && !isalnum((unsigned char)packed[letters + 1]))
		return false;
	memcpy(district, packed, outward);
	district[outward] = '\0';
	return true;
}
