#include "study_schema.h"

#include <assert.h>

#include "study.h"

#define TEXT(key, structure, member, flags)                                                                            \
	CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (flags), structure, member, 0, CYAML_UNLIMITED)
#define OPTIONAL CYAML_FLAG_OPTIONAL

static const cyaml_schema_value_t text_entry = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, CYAML_UNLIMITED) };

static const cyaml_schema_field_t where_fields[] = {
	TEXT("column", struct study_where, column, 0),
	CYAML_FIELD_SEQUENCE("values", CYAML_FLAG_POINTER, struct study_where, values, &text_entry, 0, CYAML_UNLIMITED),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t where_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct study_where,
	                                                              where_fields) };

static const cyaml_strval_t unfinished_words[] = { { "aside", STUDY_UNFINISHED_ASIDE },
	                                           { "kept", STUDY_UNFINISHED_KEPT } };

static const cyaml_schema_field_t export_fields[] = {
	TEXT("path", struct study_export, path, 0),
	TEXT("platform", struct study_export, platform, OPTIONAL),
	TEXT("headers", struct study_export, headers, OPTIONAL),
	TEXT("wave", struct study_export, wave, OPTIONAL),
	TEXT("area", struct study_export, area, OPTIONAL),
	TEXT("encoding", struct study_export, encoding, OPTIONAL),
	TEXT("delimiter", struct study_export, delimiter, OPTIONAL),
	TEXT("dates", struct study_export, dates, OPTIONAL),
	TEXT("decimal", struct study_export, decimal, OPTIONAL),
	CYAML_FIELD_INT("skip", OPTIONAL, struct study_export, skip),
	CYAML_FIELD_ENUM("unfinished", OPTIONAL, struct study_export, unfinished, unfinished_words,
	                 CYAML_ARRAY_LEN(unfinished_words)),
	CYAML_FIELD_SEQUENCE("keep", CYAML_FLAG_POINTER | OPTIONAL, struct study_export, keep, &text_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("where", CYAML_FLAG_POINTER | OPTIONAL, struct study_export, where, &where_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t export_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct study_export,
	                                                               export_fields) };

static const cyaml_schema_field_t unit_fields[] = {
	TEXT("name", struct study_unit, name, 0),
	TEXT("plural", struct study_unit, plural, OPTIONAL),
	CYAML_FIELD_BOOL("confidential", OPTIONAL, struct study_unit, confidential),
	CYAML_FIELD_INT("threshold", OPTIONAL, struct study_unit, threshold),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t limit_fields[] = {
	TEXT("finding", struct study_limit, finding, 0),
	CYAML_FIELD_FLOAT_PTR("per_cent", CYAML_FLAG_POINTER | OPTIONAL, struct study_limit, per_cent),
	CYAML_FIELD_INT_PTR("at_most", CYAML_FLAG_POINTER | OPTIONAL, struct study_limit, at_most),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t limit_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct study_limit,
	                                                              limit_fields) };

static const cyaml_schema_field_t synthesis_fields[] = {
	CYAML_FIELD_INT("respondents", CYAML_FLAG_DEFAULT, struct study_synthesis, respondents),
	CYAML_FIELD_BOOL("faults", OPTIONAL, struct study_synthesis, faults),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t code_fields[] = {
	TEXT("code", struct study_code, code, 0),
	TEXT("label", struct study_code, label, 0),
	TEXT("when", struct study_code, when, OPTIONAL),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t code_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct study_code,
	                                                             code_fields) };

static const cyaml_strval_t needs_words[] = { { "all", STUDY_NEEDS_ALL }, { "any", STUDY_NEEDS_ANY } };

static const cyaml_schema_field_t derived_fields[] = {
	TEXT("variable", struct study_derived, variable, 0),
	TEXT("label", struct study_derived, label, 0),
	TEXT("level", struct study_derived, level, OPTIONAL),
	TEXT("unit", struct study_derived, unit, OPTIONAL),
	TEXT("polarity", struct study_derived, polarity, OPTIONAL),
	TEXT("domain", struct study_derived, domain, OPTIONAL),
	TEXT("value", struct study_derived, value, OPTIONAL),
	CYAML_FIELD_FLOAT_PTR("least", CYAML_FLAG_POINTER | OPTIONAL, struct study_derived, least),
	CYAML_FIELD_FLOAT_PTR("most", CYAML_FLAG_POINTER | OPTIONAL, struct study_derived, most),
	CYAML_FIELD_SEQUENCE("codes", CYAML_FLAG_POINTER | OPTIONAL, struct study_derived, codes, &code_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_ENUM("needs", OPTIONAL, struct study_derived, needs, needs_words, CYAML_ARRAY_LEN(needs_words)),
	TEXT("missing", struct study_derived, missing, OPTIONAL),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t derived_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct study_derived,
	                                                                derived_fields) };

static const cyaml_strval_t adjust_words[] = { { "none", STUDY_ADJUST_NONE },
	                                       { "poststratify", STUDY_ADJUST_POSTSTRATIFY },
	                                       { "rake", STUDY_ADJUST_RAKE } };
static const cyaml_strval_t lonely_words[] = { { "fail", STUDY_LONELY_FAIL },
	                                       { "adjust", STUDY_LONELY_ADJUST },
	                                       { "average", STUDY_LONELY_AVERAGE },
	                                       { "remove", STUDY_LONELY_REMOVE },
	                                       { "certainty", STUDY_LONELY_CERTAINTY } };

static const cyaml_schema_value_t number_entry = { CYAML_VALUE_FLOAT(CYAML_FLAG_DEFAULT, double) };

static const cyaml_strval_t replicates_words[] = { { "jk1", STUDY_REPLICATES_JK1 },
	                                           { "jkn", STUDY_REPLICATES_JKN },
	                                           { "brr", STUDY_REPLICATES_BRR },
	                                           { "fay", STUDY_REPLICATES_FAY },
	                                           { "bootstrap", STUDY_REPLICATES_BOOTSTRAP } };
static const cyaml_schema_field_t replicates_fields[] = {
	CYAML_FIELD_ENUM("type", CYAML_FLAG_DEFAULT, struct study_replicates, type, replicates_words,
	                 CYAML_ARRAY_LEN(replicates_words)),
	CYAML_FIELD_FLOAT_PTR("rho", CYAML_FLAG_POINTER | OPTIONAL, struct study_replicates, rho),
	CYAML_FIELD_FLOAT_PTR("scale", CYAML_FLAG_POINTER | OPTIONAL, struct study_replicates, scale),
	CYAML_FIELD_SEQUENCE("scales", CYAML_FLAG_POINTER | OPTIONAL, struct study_replicates, scales, &number_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_BOOL("mse", OPTIONAL, struct study_replicates, mse),
	CYAML_FIELD_FLOAT_PTR("df", CYAML_FLAG_POINTER | OPTIONAL, struct study_replicates, df),
	CYAML_FIELD_END,
};
static const cyaml_schema_field_t design_fields[] = {
	CYAML_FIELD_ENUM("adjust", OPTIONAL, struct study_design, adjust, adjust_words, CYAML_ARRAY_LEN(adjust_words)),
	CYAML_FIELD_SEQUENCE("margins", CYAML_FLAG_POINTER | OPTIONAL, struct study_design, margins, &text_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_FLOAT_PTR("trim", CYAML_FLAG_POINTER | OPTIONAL, struct study_design, trim),
	TEXT("fpc", struct study_design, fpc, OPTIONAL),
	CYAML_FIELD_ENUM("lonely", OPTIONAL, struct study_design, lonely, lonely_words, CYAML_ARRAY_LEN(lonely_words)),
	CYAML_FIELD_MAPPING_PTR("replicates", CYAML_FLAG_POINTER | OPTIONAL, struct study_design, replicates,
	                        replicates_fields),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t dataset_fields[] = {
	TEXT("name", struct study_dataset, name, 0),
	TEXT("kind", struct study_dataset, kind, 0),
	CYAML_FIELD_MAPPING("unit", CYAML_FLAG_DEFAULT, struct study_dataset, unit, unit_fields),
	TEXT("dictionary", struct study_dataset, dictionary, 0),
	CYAML_FIELD_SEQUENCE("exports", CYAML_FLAG_POINTER | OPTIONAL, struct study_dataset, exports, &export_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("scores", CYAML_FLAG_POINTER | OPTIONAL, struct study_dataset, scores, &text_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("derived", CYAML_FLAG_POINTER | OPTIONAL, struct study_dataset, derived, &derived_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_MAPPING_PTR("design", CYAML_FLAG_POINTER | OPTIONAL, struct study_dataset, design, design_fields),
	CYAML_FIELD_MAPPING_PTR("synthesis", CYAML_FLAG_POINTER | OPTIONAL, struct study_dataset, synthesis,
	                        synthesis_fields),
	CYAML_FIELD_SEQUENCE("limits", CYAML_FLAG_POINTER | OPTIONAL, struct study_dataset, limits, &limit_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t dataset_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct study_dataset,
	                                                                dataset_fields) };

const cyaml_strval_t study_kind_words[] = { { "mean", STUDY_MEAN },
	                                    { "share", STUDY_SHARE },
	                                    { "table", STUDY_TABLE },
	                                    { "accounts", STUDY_ACCOUNTS },
	                                    { "reliability", STUDY_RELIABILITY },
	                                    { "rate", STUDY_RATE },
	                                    { "total", STUDY_TOTAL },
	                                    { "ratio", STUDY_RATIO },
	                                    { "quantile", STUDY_QUANTILE },
	                                    { "change", STUDY_CHANGE },
	                                    { "missing", STUDY_MISSING },
	                                    { "estimate", STUDY_ESTIMATE } };
static_assert(CYAML_ARRAY_LEN(study_kind_words) == STUDY_KINDS, "every kind has its word");

const cyaml_strval_t study_compare_words[] = {
	{ "pairs", STUDY_COMPARE_PAIRS },         { "rest", STUDY_COMPARE_REST },
	{ "benchmark", STUDY_COMPARE_BENCHMARK }, { "tukey", STUDY_COMPARE_TUKEY },
	{ "control", STUDY_COMPARE_CONTROL },     { "trend", STUDY_COMPARE_TREND }
};
static const cyaml_schema_value_t compare_entry = { CYAML_VALUE_ENUM(
	CYAML_FLAG_DEFAULT, enum study_compare, study_compare_words, CYAML_ARRAY_LEN(study_compare_words)) };
static const cyaml_schema_field_t benchmark_fields[] = {
	CYAML_FIELD_FLOAT_PTR("value", CYAML_FLAG_POINTER | OPTIONAL, struct study_benchmark, value),
	TEXT("dataset", struct study_benchmark, dataset, OPTIONAL),
	TEXT("outcome", struct study_benchmark, outcome, OPTIONAL),
	TEXT("filter", struct study_benchmark, filter, OPTIONAL),
	TEXT("name", struct study_benchmark, name, 0),
	TEXT("source", struct study_benchmark, source, OPTIONAL),
	CYAML_FIELD_INT("levels", OPTIONAL, struct study_benchmark, levels),
	CYAML_FIELD_END,
};

static const cyaml_strval_t interval_words[] = { { "wilson", STUDY_INTERVAL_WILSON },
	                                         { "clopper-pearson", STUDY_INTERVAL_CLOPPER_PEARSON },
	                                         { "jeffreys", STUDY_INTERVAL_JEFFREYS },
	                                         { "logit", STUDY_INTERVAL_LOGIT },
	                                         { "korn-graubard", STUDY_INTERVAL_KORN_GRAUBARD } };

static const cyaml_strval_t standardise_words[] = { { "direct", STUDY_STANDARDISE_DIRECT },
	                                            { "indirect", STUDY_STANDARDISE_INDIRECT } };
static const cyaml_schema_field_t standard_fields[] = {
	TEXT("by", struct study_standard, by, 0),
	CYAML_FIELD_ENUM("method", CYAML_FLAG_DEFAULT, struct study_standard, method, standardise_words,
	                 CYAML_ARRAY_LEN(standardise_words)),
	TEXT("dataset", struct study_standard, dataset, OPTIONAL),
	CYAML_FIELD_FLOAT_PTR("per", CYAML_FLAG_POINTER | OPTIONAL, struct study_standard, per),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t analysis_fields[] = {
	TEXT("name", struct study_analysis, name, 0),
	TEXT("title", struct study_analysis, title, 0),
	TEXT("dataset", struct study_analysis, dataset, 0),
	CYAML_FIELD_ENUM("kind", CYAML_FLAG_DEFAULT, struct study_analysis, kind, study_kind_words,
	                 CYAML_ARRAY_LEN(study_kind_words)),
	TEXT("outcome", struct study_analysis, outcome, OPTIONAL),
	CYAML_FIELD_SEQUENCE("codes", CYAML_FLAG_POINTER | OPTIONAL, struct study_analysis, codes, &text_entry, 0,
	                     CYAML_UNLIMITED),
	TEXT("across", struct study_analysis, across, OPTIONAL),
	TEXT("events", struct study_analysis, events, OPTIONAL),
	TEXT("base", struct study_analysis, base, OPTIONAL),
	TEXT("series", struct study_analysis, series, OPTIONAL),
	TEXT("per", struct study_analysis, per, OPTIONAL),
	CYAML_FIELD_SEQUENCE("quantiles", CYAML_FLAG_POINTER | OPTIONAL, struct study_analysis, quantiles,
	                     &number_entry, 0, 9),
	CYAML_FIELD_SEQUENCE("waves", CYAML_FLAG_POINTER | OPTIONAL, struct study_analysis, waves, &text_entry, 0, 2),
	CYAML_FIELD_SEQUENCE("variables", CYAML_FLAG_POINTER | OPTIONAL, struct study_analysis, variables, &text_entry,
	                     0, CYAML_UNLIMITED),
	TEXT("low", struct study_analysis, low, OPTIONAL),
	TEXT("high", struct study_analysis, high, OPTIONAL),
	CYAML_FIELD_MAPPING_PTR("standardise", CYAML_FLAG_POINTER | OPTIONAL, struct study_analysis, standardise,
	                        standard_fields),
	CYAML_FIELD_ENUM("interval", OPTIONAL, struct study_analysis, interval, interval_words,
	                 CYAML_ARRAY_LEN(interval_words)),
	CYAML_FIELD_BOOL("control_chart", OPTIONAL, struct study_analysis, control_chart),
	CYAML_FIELD_BOOL("shrink", OPTIONAL, struct study_analysis, shrink),
	TEXT("control", struct study_analysis, control, OPTIONAL),
	TEXT("filter", struct study_analysis, filter, OPTIONAL),
	TEXT("population", struct study_analysis, population, OPTIONAL),
	CYAML_FIELD_SEQUENCE("compare", CYAML_FLAG_POINTER | OPTIONAL, struct study_analysis, compare, &compare_entry,
	                     0, 6),
	CYAML_FIELD_MAPPING_PTR("benchmark", CYAML_FLAG_POINTER | OPTIONAL, struct study_analysis, benchmark,
	                        benchmark_fields),
	CYAML_FIELD_INT("decimals", OPTIONAL, struct study_analysis, decimals),
	CYAML_FIELD_BOOL("test", OPTIONAL, struct study_analysis, test),
	TEXT("note", struct study_analysis, note, OPTIONAL),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t analysis_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct study_analysis,
	                                                                 analysis_fields) };

static const cyaml_strval_t zeros_words[] = { { "shown", STUDY_ZEROS_SHOWN }, { "hidden", STUDY_ZEROS_HIDDEN } };

static const cyaml_strval_t never_hide_words[] = { { "areas", STUDY_NEVER_HIDE_AREAS },
	                                           { "bases", STUDY_NEVER_HIDE_BASES } };
static const cyaml_schema_value_t never_hide_entry = { CYAML_VALUE_ENUM(
	CYAML_FLAG_DEFAULT, enum study_never_hide, never_hide_words, CYAML_ARRAY_LEN(never_hide_words)) };

static const cyaml_strval_t preset_words[] = { { "research", STUDY_PRESET_RESEARCH },
	                                       { "nhs", STUDY_PRESET_NHS },
	                                       { "dfe", STUDY_PRESET_DFE },
	                                       { "ofqual", STUDY_PRESET_OFQUAL } };

static const cyaml_strval_t rounding_words[] = { { "nearest", STUDY_ROUNDING_NEAREST },
	                                         { "controlled", STUDY_ROUNDING_CONTROLLED } };
static const cyaml_schema_field_t rounding_fields[] = {
	CYAML_FIELD_INT("base", CYAML_FLAG_DEFAULT, struct study_rounding, base),
	CYAML_FIELD_ENUM("method", OPTIONAL, struct study_rounding, method, rounding_words,
	                 CYAML_ARRAY_LEN(rounding_words)),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t magnitude_fields[] = {
	CYAML_FIELD_INT("contributors", OPTIONAL, struct study_magnitude, contributors),
	CYAML_FIELD_FLOAT_PTR("p_percent", CYAML_FLAG_POINTER | OPTIONAL, struct study_magnitude, p_percent),
	CYAML_FIELD_INT("dominance_n", OPTIONAL, struct study_magnitude, dominance_n),
	CYAML_FIELD_FLOAT_PTR("dominance_k", CYAML_FLAG_POINTER | OPTIONAL, struct study_magnitude, dominance_k),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t cell_key_fields[] = {
	TEXT("table", struct study_cell_key, table, 0),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t statistics_fields[] = {
	CYAML_FIELD_INT("test_base", OPTIONAL, struct study_statistics, test_base),
	CYAML_FIELD_INT("tail", OPTIONAL, struct study_statistics, tail),
	CYAML_FIELD_INT_PTR("decimals", CYAML_FLAG_POINTER | OPTIONAL, struct study_statistics, decimals),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t band_fields[] = {
	TEXT("name", struct study_band, name, 0),
	CYAML_FIELD_FLOAT_PTR("most", CYAML_FLAG_POINTER | OPTIONAL, struct study_band, most),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t band_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct study_band,
	                                                             band_fields) };

static const cyaml_schema_field_t exception_fields[] = {
	TEXT("condition", struct study_exception, condition, 0),
	TEXT("who", struct study_exception, who, 0),
	TEXT("why", struct study_exception, why, 0),
	TEXT("date", struct study_exception, date, 0),
	TEXT("expires", struct study_exception, expires, 0),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t exception_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct study_exception,
	                                                                  exception_fields) };

static const cyaml_strval_t solver_words[] = { { "glpk", STUDY_SOLVER_GLPK }, { "cbc", STUDY_SOLVER_CBC } };

static const cyaml_schema_field_t disclosure_fields[] = {
	TEXT("policy", struct study_disclosure, policy, OPTIONAL),
	CYAML_FIELD_ENUM("preset", OPTIONAL, struct study_disclosure, preset, preset_words,
	                 CYAML_ARRAY_LEN(preset_words)),
	CYAML_FIELD_INT("threshold", OPTIONAL, struct study_disclosure, threshold),
	CYAML_FIELD_ENUM("zeros", OPTIONAL, struct study_disclosure, zeros, zeros_words, CYAML_ARRAY_LEN(zeros_words)),
	CYAML_FIELD_SEQUENCE("structural_zeros", CYAML_FLAG_POINTER | OPTIONAL, struct study_disclosure,
	                     structural_zeros, &text_entry, 0, CYAML_UNLIMITED),
	CYAML_FIELD_INT("min_width", OPTIONAL, struct study_disclosure, min_width),
	CYAML_FIELD_BOOL("reach", OPTIONAL, struct study_disclosure, reach),
	CYAML_FIELD_FLOAT("min_percent", OPTIONAL, struct study_disclosure, min_percent),
	CYAML_FIELD_INT("insiders", OPTIONAL, struct study_disclosure, insiders),
	CYAML_FIELD_SEQUENCE("sensitive", CYAML_FLAG_POINTER | OPTIONAL, struct study_disclosure, sensitive,
	                     &text_entry, 0, CYAML_UNLIMITED),
	CYAML_FIELD_INT("min_group", OPTIONAL, struct study_disclosure, min_group),
	CYAML_FIELD_SEQUENCE("never_hide", CYAML_FLAG_POINTER | OPTIONAL, struct study_disclosure, never_hide,
	                     &never_hide_entry, 0, CYAML_ARRAY_LEN(never_hide_words)),
	CYAML_FIELD_MAPPING_PTR("magnitude", CYAML_FLAG_POINTER | OPTIONAL, struct study_disclosure, magnitude,
	                        magnitude_fields),
	CYAML_FIELD_MAPPING_PTR("rounding", CYAML_FLAG_POINTER | OPTIONAL, struct study_disclosure, rounding,
	                        rounding_fields),
	CYAML_FIELD_MAPPING_PTR("cell_key", CYAML_FLAG_POINTER | OPTIONAL, struct study_disclosure, cell_key,
	                        cell_key_fields),
	CYAML_FIELD_MAPPING_PTR("statistics", CYAML_FLAG_POINTER | OPTIONAL, struct study_disclosure, statistics,
	                        statistics_fields),
	CYAML_FIELD_SEQUENCE("bands", CYAML_FLAG_POINTER | OPTIONAL, struct study_disclosure, bands, &band_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("exceptions", CYAML_FLAG_POINTER | OPTIONAL, struct study_disclosure, exceptions,
	                     &exception_entry, 0, CYAML_UNLIMITED),
	TEXT("hidden_symbol", struct study_disclosure, hidden_symbol, OPTIONAL),
	CYAML_FIELD_ENUM("solver", OPTIONAL, struct study_disclosure, solver, solver_words,
	                 CYAML_ARRAY_LEN(solver_words)),
	CYAML_FIELD_BOOL("releases", OPTIONAL, struct study_disclosure, releases),
	CYAML_FIELD_END,
};

static const cyaml_strval_t access_words[] = { { "safeguarded", STUDY_ACCESS_SAFEGUARDED },
	                                       { "public", STUDY_ACCESS_PUBLIC } };
static const cyaml_strval_t missing_words[] = { { "wildcard", STUDY_MISSING_WILDCARD },
	                                        { "value", STUDY_MISSING_VALUE } };
static const cyaml_schema_field_t subset_fields[] = {
	CYAML_FIELD_INT("size", CYAML_FLAG_DEFAULT, struct study_subset, size),
	CYAML_FIELD_INT("k", CYAML_FLAG_DEFAULT, struct study_subset, k),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t subset_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct study_subset,
	                                                               subset_fields) };
static const cyaml_schema_field_t microdata_fields[] = {
	TEXT("dataset", struct study_microdata, dataset, 0),
	CYAML_FIELD_ENUM("access", CYAML_FLAG_DEFAULT, struct study_microdata, access, access_words,
	                 CYAML_ARRAY_LEN(access_words)),
	CYAML_FIELD_SEQUENCE("keys", CYAML_FLAG_POINTER, struct study_microdata, keys, &text_entry, 0, CYAML_UNLIMITED),
	CYAML_FIELD_INT("k", OPTIONAL, struct study_microdata, k),
	CYAML_FIELD_SEQUENCE("subsets", CYAML_FLAG_POINTER | OPTIONAL, struct study_microdata, subsets, &subset_entry,
	                     0, CYAML_UNLIMITED),
	TEXT("strata", struct study_microdata, strata, OPTIONAL),
	CYAML_FIELD_SEQUENCE("sensitive", CYAML_FLAG_POINTER | OPTIONAL, struct study_microdata, sensitive, &text_entry,
	                     0, CYAML_UNLIMITED),
	CYAML_FIELD_INT("l", OPTIONAL, struct study_microdata, l),
	CYAML_FIELD_ENUM("missing", OPTIONAL, struct study_microdata, missing, missing_words,
	                 CYAML_ARRAY_LEN(missing_words)),
	CYAML_FIELD_FLOAT_PTR("fraction", CYAML_FLAG_POINTER | OPTIONAL, struct study_microdata, fraction),
	CYAML_FIELD_FLOAT_PTR("max_risk", CYAML_FLAG_POINTER | OPTIONAL, struct study_microdata, max_risk),
	CYAML_FIELD_SEQUENCE("importance", CYAML_FLAG_POINTER | OPTIONAL, struct study_microdata, importance,
	                     &text_entry, 0, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("never_blank", CYAML_FLAG_POINTER | OPTIONAL, struct study_microdata, never_blank,
	                     &text_entry, 0, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("variables", CYAML_FLAG_POINTER | OPTIONAL, struct study_microdata, variables, &text_entry,
	                     0, CYAML_UNLIMITED),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t microdata_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct study_microdata,
	                                                                  microdata_fields) };

static const cyaml_schema_field_t publish_fields[] = {
	TEXT("publisher", struct study_publish, publisher, OPTIONAL),
	TEXT("contact", struct study_publish, contact, OPTIONAL),
	TEXT("licence", struct study_publish, licence, OPTIONAL),
	TEXT("source", struct study_publish, source, OPTIONAL),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t group_fields[] = {
	TEXT("code", struct study_group, code, 0),
	TEXT("name", struct study_group, name, 0),
	CYAML_FIELD_SEQUENCE("areas", CYAML_FLAG_POINTER, struct study_group, areas, &text_entry, 0, CYAML_UNLIMITED),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t group_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct study_group,
	                                                              group_fields) };

static const cyaml_strval_t level_words[] = { { "region", STUDY_LEVEL_REGION }, { "country", STUDY_LEVEL_COUNTRY } };
static const cyaml_schema_value_t level_entry = { CYAML_VALUE_ENUM(CYAML_FLAG_DEFAULT, enum study_level, level_words,
	                                                           CYAML_ARRAY_LEN(level_words)) };

static const cyaml_schema_field_t head_fields[] = {
	TEXT("name", struct study_head, name, 0),
	TEXT("title", struct study_head, title, 0),
	CYAML_FIELD_BOOL("synthetic", CYAML_FLAG_DEFAULT, struct study_head, synthetic),
	TEXT("date", struct study_head, date, 0),
	CYAML_FIELD_INT("seed", OPTIONAL, struct study_head, seed),
	TEXT("key", struct study_head, key, OPTIONAL),
	TEXT("key_file", struct study_head, key_file, OPTIONAL),
	CYAML_FIELD_SEQUENCE("areas", CYAML_FLAG_POINTER | OPTIONAL, struct study_head, areas, &text_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("groups", CYAML_FLAG_POINTER | OPTIONAL, struct study_head, groups, &group_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("levels", CYAML_FLAG_POINTER | OPTIONAL, struct study_head, levels, &level_entry, 0,
	                     CYAML_ARRAY_LEN(level_words)),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t study_fields[] = {
	CYAML_FIELD_MAPPING("study", CYAML_FLAG_DEFAULT, struct study, study, head_fields),
	TEXT("decisions", struct study, decisions, OPTIONAL),
	TEXT("roster", struct study, roster, OPTIONAL),
	CYAML_FIELD_SEQUENCE("datasets", CYAML_FLAG_POINTER, struct study, datasets, &dataset_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("analyses", CYAML_FLAG_POINTER | OPTIONAL, struct study, analyses, &analysis_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_MAPPING("disclosure", OPTIONAL, struct study, disclosure, disclosure_fields),
	CYAML_FIELD_SEQUENCE("microdata", CYAML_FLAG_POINTER | OPTIONAL, struct study, microdata, &microdata_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_MAPPING("publish", OPTIONAL, struct study, publish, publish_fields),
	CYAML_FIELD_END,
};
const cyaml_schema_value_t study_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct study, study_fields) };
