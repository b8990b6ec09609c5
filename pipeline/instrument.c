#include "instrument.h"

#include "config.h"
#include "instrument_check.h"
#include "scoring.h"

#define TEXT(key, structure, member, flags)                                                                            \
	CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (flags), structure, member, 0, CYAML_UNLIMITED)
#define OPTIONAL CYAML_FLAG_OPTIONAL

static const cyaml_schema_value_t text_entry = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, CYAML_UNLIMITED) };

#define TEXTS(key, structure, member, flags)                                                                           \
	CYAML_FIELD_SEQUENCE(key, CYAML_FLAG_POINTER | (flags), structure, member, &text_entry, 1, CYAML_UNLIMITED)
#define LIST(key, structure, member, entry, flags)                                                                     \
	CYAML_FIELD_SEQUENCE(key, CYAML_FLAG_POINTER | (flags), structure, member, entry, 1, CYAML_UNLIMITED)

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
	{ "sum", SCORE_SUM },     { "mean", SCORE_MEAN },       { "item", SCORE_ITEM },   { "count", SCORE_COUNT },
	{ "total", SCORE_TOTAL }, { "convert", SCORE_CONVERT }, { "bands", SCORE_BANDS },
};

static const cyaml_schema_field_t score_fields[] = {
	TEXT("variable", struct score, variable, 0),
	TEXT("label", struct score, label, 0),
	TEXT("level", struct score, level, 0),
	TEXT("unit", struct score, unit, OPTIONAL),
	TEXT("polarity", struct score, polarity, OPTIONAL),
	TEXT("domain", struct score, domain, OPTIONAL),
	TEXT("note", struct score, note, OPTIONAL),
	CYAML_FIELD_ENUM("method", CYAML_FLAG_DEFAULT, struct score, method, method_words,
	                 CYAML_ARRAY_LEN(method_words)),
	TEXTS("items", struct score, items, OPTIONAL),
	TEXTS("scores", struct score, scores, OPTIONAL),
	TEXT("of", struct score, of, OPTIONAL),
	CYAML_FIELD_INT("prorate", OPTIONAL, struct score, prorate),
	CYAML_FIELD_BOOL("round", OPTIONAL, struct score, round),
	CYAML_FIELD_FLOAT("at_least", OPTIONAL, struct score, at_least),
	CYAML_FIELD_FLOAT("least", OPTIONAL, struct score, least),
	CYAML_FIELD_FLOAT("most", OPTIONAL, struct score, most),
	LIST("conversion", struct score, conversion, &conversion_entry, OPTIONAL),
	LIST("bands", struct score, bands, &band_entry, OPTIONAL),
	CYAML_FIELD_BOOL("on_request", OPTIONAL, struct score, on_request),
	CYAML_FIELD_BOOL("recalled", OPTIONAL, struct score, recalled),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t score_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct score, score_fields) };

static const cyaml_schema_field_t range_fields[] = {
	TEXTS("items", struct item_range, items, 0),
	CYAML_FIELD_FLOAT("least", CYAML_FLAG_DEFAULT, struct item_range, least),
	CYAML_FIELD_FLOAT("most", CYAML_FLAG_DEFAULT, struct item_range, most),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t range_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct item_range,
	                                                              range_fields) };

static const cyaml_strval_t what_words[] = {
	{ "mean", BENCHMARK_MEAN },
	{ "median", BENCHMARK_MEDIAN },
	{ "percent", BENCHMARK_PERCENT },
};

static const cyaml_schema_field_t benchmark_fields[] = {
	TEXT("score", struct benchmark, score, 0),
	CYAML_FIELD_ENUM("what", CYAML_FLAG_DEFAULT, struct benchmark, what, what_words, CYAML_ARRAY_LEN(what_words)),
	TEXTS("codes", struct benchmark, codes, OPTIONAL),
	TEXT("population", struct benchmark, population, 0),
	TEXT("area", struct benchmark, area, 0),
	CYAML_FIELD_FLOAT("value", CYAML_FLAG_DEFAULT, struct benchmark, value),
	CYAML_FIELD_FLOAT_PTR("lower", CYAML_FLAG_POINTER | OPTIONAL, struct benchmark, lower),
	CYAML_FIELD_FLOAT_PTR("upper", CYAML_FLAG_POINTER | OPTIONAL, struct benchmark, upper),
	CYAML_FIELD_FLOAT_PTR("sd", CYAML_FLAG_POINTER | OPTIONAL, struct benchmark, sd),
	CYAML_FIELD_INT("n", OPTIONAL, struct benchmark, n),
	TEXT("year", struct benchmark, year, 0),
	TEXT("source", struct benchmark, source, 0),
	CYAML_FIELD_BOOL("recalled", OPTIONAL, struct benchmark, recalled),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t benchmark_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct benchmark,
	                                                                  benchmark_fields) };

static const cyaml_schema_field_t example_fields[] = {
	TEXT("what", struct example, what, 0),
	TEXT("source", struct example, source, OPTIONAL),
	TEXTS("items", struct example, items, 0),
	TEXTS("scores", struct example, scores, 0),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t example_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct example,
	                                                                example_fields) };

static const cyaml_schema_field_t instrument_fields[] = {
	TEXT("instrument", struct instrument, instrument, 0),
	TEXT("title", struct instrument, title, 0),
	TEXT("source", struct instrument, source, 0),
	TEXT("licence", struct instrument, licence, OPTIONAL),
	TEXT("note", struct instrument, note, OPTIONAL),
	CYAML_FIELD_BOOL("recalled", OPTIONAL, struct instrument, recalled),
	TEXTS("items", struct instrument, items, 0),
	CYAML_FIELD_FLOAT("least", CYAML_FLAG_DEFAULT, struct instrument, least),
	CYAML_FIELD_FLOAT("most", CYAML_FLAG_DEFAULT, struct instrument, most),
	LIST("ranges", struct instrument, ranges, &range_entry, OPTIONAL),
	CYAML_FIELD_SEQUENCE("reverse", CYAML_FLAG_POINTER | OPTIONAL, struct instrument, reverse, &text_entry, 0,
	                     CYAML_UNLIMITED),
	LIST("scores", struct instrument, scores, &score_entry, 0),
	LIST("benchmarks", struct instrument, benchmarks, &benchmark_entry, OPTIONAL),
	LIST("examples", struct instrument, examples, &example_entry, 0),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t instrument_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct instrument,
	                                                                    instrument_fields) };

bool instrument_load(struct instrument **instrument, const char *path, struct error *err)
{
	void *data = NULL;
	struct config_marks *marks = NULL;
	if (!config_load(&data, &marks, &instrument_schema, path, err))
		return false;
	struct instrument *loaded = data;
	bool ok = instrument_check(loaded, marks, err);
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
	if (!instrument)
		return;
	scoring_free(instrument->scoring);
	instrument->scoring = NULL;
	config_free(instrument, NULL, &instrument_schema);
}
