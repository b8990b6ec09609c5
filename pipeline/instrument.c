#include "instrument.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "config.h"
#include "dictionary.h"

#define TEXT(key, structure, member, flags)                                                                            \
	CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (flags), structure, member, 0, CYAML_UNLIMITED)
#define OPTIONAL CYAML_FLAG_OPTIONAL

static const cyaml_schema_value_t text_entry = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, CYAML_UNLIMITED) };

static const cyaml_schema_field_t conversion_fields[] = {
	CYAML_FIELD_FLOAT("from", CYAML_FLAG_DEFAULT, struct conversion, from),
	CYAML_FIELD_FLOAT("to", CYAML_FLAG_DEFAULT, struct conversion, to),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t conversion_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct conversion,
	                                                                   conversion_fields) };

static const cyaml_schema_field_t band_fields[] = {
	TEXT("code", struct band, code, 0),
	TEXT("label", struct band, label, 0),
	CYAML_FIELD_FLOAT("least", CYAML_FLAG_DEFAULT, struct band, least),
	CYAML_FIELD_FLOAT("most", CYAML_FLAG_DEFAULT, struct band, most),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t band_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct band, band_fields) };

static const cyaml_strval_t method_words[] = {
	{ "sum", SCORE_SUM },
	{ "mean", SCORE_MEAN },
	{ "convert", SCORE_CONVERT },
	{ "bands", SCORE_BANDS },
};
static const cyaml_strval_t missing_words[] = { { "strict", MISSING_STRICT }, { "prorate", MISSING_PRORATE } };

static const cyaml_schema_field_t score_fields[] = {
	TEXT("variable", struct score, variable, 0),
	TEXT("label", struct score, label, 0),
	TEXT("level", struct score, level, 0),
	TEXT("unit", struct score, unit, OPTIONAL),
	TEXT("polarity", struct score, polarity, OPTIONAL),
	TEXT("domain", struct score, domain, OPTIONAL),
	CYAML_FIELD_ENUM("method", CYAML_FLAG_DEFAULT, struct score, method, method_words,
	                 CYAML_ARRAY_LEN(method_words)),
	TEXT("of", struct score, of, OPTIONAL),
	CYAML_FIELD_FLOAT("least", OPTIONAL, struct score, least),
	CYAML_FIELD_FLOAT("most", OPTIONAL, struct score, most),
	CYAML_FIELD_SEQUENCE("conversion", CYAML_FLAG_POINTER | OPTIONAL, struct score, conversion, &conversion_entry,
	                     0, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("bands", CYAML_FLAG_POINTER | OPTIONAL, struct score, bands, &band_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_BOOL("recalled", OPTIONAL, struct score, recalled),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t score_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct score, score_fields) };

static const cyaml_schema_field_t instrument_fields[] = {
	TEXT("instrument", struct instrument, instrument, 0),
	TEXT("title", struct instrument, title, 0),
	TEXT("source", struct instrument, source, 0),
	TEXT("licence", struct instrument, licence, OPTIONAL),
	CYAML_FIELD_SEQUENCE("items", CYAML_FLAG_POINTER, struct instrument, items, &text_entry, 1, CYAML_UNLIMITED),
	CYAML_FIELD_FLOAT("least", CYAML_FLAG_DEFAULT, struct instrument, least),
	CYAML_FIELD_FLOAT("most", CYAML_FLAG_DEFAULT, struct instrument, most),
	CYAML_FIELD_SEQUENCE("reverse", CYAML_FLAG_POINTER | OPTIONAL, struct instrument, reverse, &text_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_ENUM("missing", CYAML_FLAG_DEFAULT, struct instrument, missing, missing_words,
	                 CYAML_ARRAY_LEN(missing_words)),
	CYAML_FIELD_INT("prorate", OPTIONAL, struct instrument, prorate),
	CYAML_FIELD_SEQUENCE("scores", CYAML_FLAG_POINTER, struct instrument, scores, &score_entry, 1, CYAML_UNLIMITED),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t instrument_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct instrument,
	                                                                    instrument_fields) };

enum { NO_SCORE = -1 };

static int find_score(const struct instrument *instrument, const char *variable, unsigned before)
{
	for (unsigned i = 0; variable && i < before; i++)
		if (strcmp(instrument->scores[i].variable, variable) == 0)
			return (int)i;
	return NO_SCORE;
}

static bool is_reverse(const struct instrument *instrument, const char *item)
{
	for (unsigned i = 0; i < instrument->reverse_count; i++)
		if (strcmp(instrument->reverse[i], item) == 0)
			return true;
	return false;
}

static bool check_items(const struct instrument *instrument, const struct config_marks *marks, struct error *err)
{
	char place[60];
	if (!(instrument->least < instrument->most))
		return config_error(marks, err, "most", "most must be above least");
	if ((instrument->missing == MISSING_PRORATE) != (instrument->prorate > 0))
		return config_error(marks, err, "missing", "`missing: prorate` and a number in prorate go together");
	for (unsigned i = 1; i < instrument->items_count; i++) {
		snprintf(place, sizeof place, "items[%u]", i);
		for (unsigned other = 0; other < i; other++)
			if (strcmp(instrument->items[other], instrument->items[i]) == 0)
				return config_error(marks, err, place, "the item `%s` is named twice",
				                    instrument->items[i]);
	}
	for (unsigned i = 0; i < instrument->reverse_count; i++) {
		unsigned at = 0;
		while (at < instrument->items_count && strcmp(instrument->items[at], instrument->reverse[i]) != 0)
			at++;
		snprintf(place, sizeof place, "reverse[%u]", i);
		if (at == instrument->items_count)
			return config_error(marks, err, place, "`%s` is none of the items", instrument->reverse[i]);
	}
	return true;
}

static bool check_score(const struct instrument *instrument, unsigned s, const struct config_marks *marks,
                        struct error *err)
{
	const struct score *score = &instrument->scores[s];
	char place[60];
	snprintf(place, sizeof place, "scores[%u]", s);
	bool of_another = score->method == SCORE_CONVERT || score->method == SCORE_BANDS;
	if (!variable_can_be_named(score->variable))
		return config_error(marks, err, place, "`%s` cannot be the name of a score", score->variable);
	if (find_score(instrument, score->variable, s) != NO_SCORE)
		return config_error(marks, err, place, "the score `%s` is named twice", score->variable);
	if (of_another != (score->of != NULL) || (of_another && find_score(instrument, score->of, s) == NO_SCORE))
		return config_error(marks, err, place,
		                    "convert and bands, and they alone, are `of` a score that stands above");
	if ((score->method == SCORE_CONVERT) != (score->conversion_count > 0))
		return config_error(marks, err, place, "convert, and it alone, has a conversion");
	if ((score->method == SCORE_BANDS) != (score->bands_count > 0))
		return config_error(marks, err, place, "bands, and they alone, have bands");
	if (score->method != SCORE_BANDS && !(score->least < score->most))
		return config_error(marks, err, place, "a score needs least and most");
	for (unsigned i = 0; i < score->conversion_count; i++)
		if (score->conversion[i].to < score->least || score->conversion[i].to > score->most)
			return config_error(marks, err, place, "the conversion leads outside least and most");
	for (unsigned i = 1; i < score->conversion_count; i++)
		if (!(score->conversion[i - 1].from < score->conversion[i].from))
			return config_error(marks, err, place, "the conversion must go upwards, each value once");
	for (unsigned i = 0; i < score->bands_count; i++)
		if (!(score->bands[i].least <= score->bands[i].most)
		    || (i > 0 && !(score->bands[i - 1].most < score->bands[i].least)))
			return config_error(marks, err, place, "the bands must go upwards without overlap");
	return true;
}

bool instrument_load(struct instrument **instrument, const char *path, struct error *err)
{
	void *data = NULL;
	struct config_marks *marks = NULL;
	if (!config_load(&data, &marks, &instrument_schema, path, err))
		return false;
	struct instrument *loaded = data;
	bool ok = check_items(loaded, marks, err);
	for (unsigned s = 0; ok && s < loaded->scores_count; s++)
		ok = check_score(loaded, s, marks, err);
	config_free(NULL, marks, &instrument_schema);
	if (!ok) {
		instrument_free(loaded);
		return false;
	}
	*instrument = loaded;
	return true;
}

void instrument_free(struct instrument *instrument)
{
	config_free(instrument, NULL, &instrument_schema);
}

/* The sum over the items, reverse ones turned, the missing ones of a prorated scale taken as the mean of the others. */
static double sum_items(const struct instrument *instrument, const double *items)
{
	double sum = 0;
	unsigned answered = 0;
	for (unsigned i = 0; i < instrument->items_count; i++) {
		if (isnan(items[i]))
			continue;
		assert(items[i] >= instrument->least && items[i] <= instrument->most);
		sum += is_reverse(instrument, instrument->items[i]) ? instrument->least + instrument->most - items[i]
		                                                    : items[i];
		answered++;
	}
	unsigned missing = instrument->items_count - answered;
	unsigned allowed = instrument->missing == MISSING_PRORATE ? (unsigned)instrument->prorate : 0;
	if (missing > allowed || answered == 0)
		return NAN;
	return missing ? sum / answered * instrument->items_count : sum;
}

static double convert(const struct score *score, double value)
{
	for (unsigned i = 0; i < score->conversion_count; i++)
		if (score->conversion[i].from == value)
			return score->conversion[i].to;
	return NAN;
}

static double find_band(const struct score *score, double value)
{
	for (unsigned i = 0; i < score->bands_count; i++)
		if (value >= score->bands[i].least && value <= score->bands[i].most)
			return i + 1;
	return NAN;
}

void instrument_score(const struct instrument *instrument, const double *items, double *scores)
{
	double sum = sum_items(instrument, items);
	for (unsigned s = 0; s < instrument->scores_count; s++) {
		const struct score *score = &instrument->scores[s];
		int of = find_score(instrument, score->of, s);
		switch (score->method) {
		case SCORE_SUM: scores[s] = sum; break;
		case SCORE_MEAN: scores[s] = sum / instrument->items_count; break;
		case SCORE_CONVERT: scores[s] = convert(score, scores[of]); break;
		case SCORE_BANDS: scores[s] = find_band(score, scores[of]); break;
		}
	}
}
