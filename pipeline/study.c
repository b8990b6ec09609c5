#include "study.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "date.h"
#include "config.h"
#include "mem.h"
#include "provenance.h"
#include "text.h"

/* --- the schema: what each key is --- */

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

static const cyaml_schema_field_t design_fields[] = {
	CYAML_FIELD_ENUM("adjust", OPTIONAL, struct study_design, adjust, adjust_words, CYAML_ARRAY_LEN(adjust_words)),
	CYAML_FIELD_SEQUENCE("margins", CYAML_FLAG_POINTER | OPTIONAL, struct study_design, margins, &text_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_FLOAT_PTR("trim", CYAML_FLAG_POINTER | OPTIONAL, struct study_design, trim),
	TEXT("fpc", struct study_design, fpc, OPTIONAL),
	CYAML_FIELD_ENUM("lonely", OPTIONAL, struct study_design, lonely, lonely_words, CYAML_ARRAY_LEN(lonely_words)),
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

static const cyaml_strval_t kind_words[] = { { "mean", STUDY_MEAN },
	                                     { "share", STUDY_SHARE },
	                                     { "table", STUDY_TABLE },
	                                     { "accounts", STUDY_ACCOUNTS },
	                                     { "reliability", STUDY_RELIABILITY } };

static const cyaml_schema_field_t analysis_fields[] = {
	TEXT("name", struct study_analysis, name, 0),
	TEXT("title", struct study_analysis, title, 0),
	TEXT("dataset", struct study_analysis, dataset, 0),
	CYAML_FIELD_ENUM("kind", CYAML_FLAG_DEFAULT, struct study_analysis, kind, kind_words,
	                 CYAML_ARRAY_LEN(kind_words)),
	TEXT("outcome", struct study_analysis, outcome, OPTIONAL),
	CYAML_FIELD_SEQUENCE("codes", CYAML_FLAG_POINTER | OPTIONAL, struct study_analysis, codes, &text_entry, 0,
	                     CYAML_UNLIMITED),
	TEXT("across", struct study_analysis, across, OPTIONAL),
	TEXT("filter", struct study_analysis, filter, OPTIONAL),
	TEXT("population", struct study_analysis, population, OPTIONAL),
	CYAML_FIELD_INT("decimals", OPTIONAL, struct study_analysis, decimals),
	CYAML_FIELD_BOOL("test", OPTIONAL, struct study_analysis, test),
	TEXT("note", struct study_analysis, note, OPTIONAL),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t analysis_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct study_analysis,
	                                                                 analysis_fields) };

static const cyaml_strval_t zeros_words[] = { { "shown", STUDY_ZEROS_SHOWN }, { "hidden", STUDY_ZEROS_HIDDEN } };

static const cyaml_schema_field_t disclosure_fields[] = {
	TEXT("policy", struct study_disclosure, policy, OPTIONAL),
	CYAML_FIELD_INT("threshold", OPTIONAL, struct study_disclosure, threshold),
	CYAML_FIELD_ENUM("zeros", OPTIONAL, struct study_disclosure, zeros, zeros_words, CYAML_ARRAY_LEN(zeros_words)),
	CYAML_FIELD_INT("min_width", OPTIONAL, struct study_disclosure, min_width),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t publish_fields[] = {
	TEXT("publisher", struct study_publish, publisher, OPTIONAL),
	TEXT("contact", struct study_publish, contact, OPTIONAL),
	TEXT("licence", struct study_publish, licence, OPTIONAL),
	TEXT("source", struct study_publish, source, OPTIONAL),
	CYAML_FIELD_END,
};

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
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t study_fields[] = {
	CYAML_FIELD_MAPPING("study", CYAML_FLAG_DEFAULT, struct study, study, head_fields),
	TEXT("decisions", struct study, decisions, OPTIONAL),
	CYAML_FIELD_SEQUENCE("datasets", CYAML_FLAG_POINTER, struct study, datasets, &dataset_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("analyses", CYAML_FLAG_POINTER | OPTIONAL, struct study, analyses, &analysis_entry, 0,
	                     CYAML_UNLIMITED),
	CYAML_FIELD_MAPPING("disclosure", OPTIONAL, struct study, disclosure, disclosure_fields),
	CYAML_FIELD_MAPPING("publish", OPTIONAL, struct study, publish, publish_fields),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t study_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct study,
	                                                               study_fields) };

/* --- what a schema cannot say --- */

struct check {
	const struct config_marks *marks;
	struct error *err;
};

/* A name that begins with - would be an option. */
static bool is_name(const char *name)
{
	return *name != '-' && name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-")] == '\0'
	       && strlen(name) <= 60;
}

static bool check_name(const struct check *check, const char *place, const char *name)
{
	if (is_name(name))
		return true;
	config_error(check->marks, check->err, place, "`%s` cannot be a name", name);
	return error_help(check->err, "use small letters, digits, - and _, at most 60 of them, and no - first");
}

/* Inside the folder that it is relative to: not absolute, no step up, nothing that a line of a makefile cannot hold. */
static bool check_path(const struct check *check, const char *place, const char *path)
{
	bool out = *path == '/' || strcmp(path, "..") == 0 || strncmp(path, "../", 3) == 0 || strstr(path, "/../")
	           || (strlen(path) > 3 && strcmp(path + strlen(path) - 3, "/..") == 0);
	if (out)
		return config_error(check->marks, check->err, place, "the path leads out of its folder");
	for (const char *c = path; *c; c++)
		if ((unsigned char)*c < 0x20)
			return config_error(check->marks, check->err, place, "the path holds a control character");
	return true;
}

static bool one_of(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

/* The keys of an export that take one of a few words. */
static bool check_export_words(const struct check *check, const struct study_export *export, const char *place)
{
	static const char *const dates[] = { "iso", "dmy", "mdy" };
	static const char *const delimiters[] = { "comma", "semicolon", "tab" };
	static const char *const decimals[] = { "point", "comma" };
	const struct {
		const char *key, *word, *const *words;
		size_t count;
		const char *what, *help;
	} keys[] = {
		{ "dates", export->dates, dates, COUNT(dates), "way of writing dates",
		  "it takes one of: iso (2026-03-31), dmy (31/03/2026), mdy (03/31/2026)" },
		{ "delimiter", export->delimiter, delimiters, COUNT(delimiters), "delimiter",
		  "it takes one of: comma, semicolon, tab" },
		{ "decimal", export->decimal, decimals, COUNT(decimals), "decimal sign",
		  "it takes one of: point (12.5), comma (12,5)" },
	};
	for (size_t i = 0; i < COUNT(keys); i++) {
		char at[160];
		if (!keys[i].word || one_of(keys[i].word, keys[i].words, keys[i].count))
			continue;
		snprintf(at, sizeof at, "%s.%s", place, keys[i].key);
		config_error(check->marks, check->err, at, "`%s` is no %s", keys[i].word, keys[i].what);
		return error_help(check->err, "%s", keys[i].help);
	}
	return true;
}

static bool check_exports(const struct check *check, const struct study_dataset *dataset, unsigned d)
{
	char place[120];
	for (unsigned e = 0; e < dataset->exports_count; e++) {
		const struct study_export *export = &dataset->exports[e];
		snprintf(place, sizeof place, "datasets[%u].exports[%u].path", d, e);
		if (!check_path(check, place, export->path))
			return false;
		for (unsigned other = 0; other < e; other++)
			if (strcmp(dataset->exports[other].path, export->path) == 0)
				return config_error(check->marks, check->err, place, "the export is named twice");
		snprintf(place, sizeof place, "datasets[%u].exports[%u].skip", d, e);
		if (export->skip < 0)
			return config_error(check->marks, check->err, place, "no fewer than 0 lines can be skipped");
		snprintf(place, sizeof place, "datasets[%u].exports[%u].platform", d, e);
		if (export->platform && !check_name(check, place, export->platform))
			return false;
		snprintf(place, sizeof place, "datasets[%u].exports[%u]", d, e);
		if (!check_export_words(check, export, place))
			return false;
	}
	return true;
}

static bool check_dataset(const struct check *check, struct study *study, unsigned d)
{
	struct study_dataset *dataset = &study->datasets[d];
	char place[120];
	snprintf(place, sizeof place, "datasets[%u].name", d);
	if (!check_name(check, place, dataset->name))
		return false;
	if (strcmp(dataset->name, "plan") == 0) { /* the folder beside those of the datasets */
		config_error(check->marks, check->err, place, "`%s` is a name that Canvass uses itself", dataset->name);
		return error_help(check->err, "give the dataset another name");
	}
	for (unsigned other = 0; other < d; other++)
		if (strcmp(study->datasets[other].name, dataset->name) == 0)
			return config_error(check->marks, check->err, place, "a second dataset is named `%s`",
			                    dataset->name);
	snprintf(place, sizeof place, "datasets[%u].kind", d);
	if (strcmp(dataset->kind, "responses") != 0) {
		config_error(check->marks, check->err, place, "`%s` is no kind of dataset", dataset->kind);
		return error_help(check->err, "it takes: responses");
	}
	snprintf(place, sizeof place, "datasets[%u].dictionary", d);
	if (!check_path(check, place, dataset->dictionary))
		return false;
	snprintf(place, sizeof place, "datasets[%u].unit.name", d);
	if (!check_name(check, place, dataset->unit.name))
		return false;
	snprintf(place, sizeof place, "datasets[%u].unit.threshold", d);
	if (dataset->unit.threshold < 0)
		return config_error(check->marks, check->err, place, "a threshold is at least 1");
	snprintf(place, sizeof place, "datasets[%u].unit.confidential", d);
	if (!config_has(check->marks, place))
		dataset->unit.confidential = true;
	if (!dataset->unit.plural)
		dataset->unit.plural = mem_print("%ss", dataset->unit.name);
	snprintf(place, sizeof place, "datasets[%u].synthesis", d);
	if (dataset->synthesis && !study->study.synthetic) {
		config_error(check->marks, check->err, place, "a study with made-up exports must say `synthetic: yes`");
		return error_help(check->err, "remove synthesis, or declare the whole study synthetic");
	}
	if (dataset->synthesis && (dataset->synthesis->respondents < 1 || dataset->synthesis->respondents > 100000000))
		return config_error(check->marks, check->err, place, "respondents must be from 1 to 100000000");
	for (unsigned l = 0; l < dataset->limits_count; l++) {
		const struct study_limit *limit = &dataset->limits[l];
		snprintf(place, sizeof place, "datasets[%u].limits[%u]", d, l);
		if (!limit->per_cent == !limit->at_most)
			return config_error(check->marks, check->err, place,
			                    "a limit needs either per_cent or at_most");
		if ((limit->per_cent && (*limit->per_cent < 0 || *limit->per_cent > 100))
		    || (limit->at_most && *limit->at_most < 0))
			return config_error(check->marks, check->err, place,
			                    "a limit cannot be negative, nor above 100 per cent");
	}
	return check_exports(check, dataset, d);
}

static bool check_analysis(const struct check *check, struct study *study, unsigned a)
{
	struct study_analysis *analysis = &study->analyses[a];
	char place[120];
	snprintf(place, sizeof place, "analyses[%u].name", a);
	if (!check_name(check, place, analysis->name))
		return false;
	for (unsigned other = 0; other < a; other++)
		if (strcmp(study->analyses[other].name, analysis->name) == 0)
			return config_error(check->marks, check->err, place, "a second analysis is named `%s`",
			                    analysis->name);
	snprintf(place, sizeof place, "analyses[%u].dataset", a);
	struct error unknown = { 0 };
	if (!study_dataset(study, analysis->dataset, &unknown)) {
		config_error(check->marks, check->err, place, "%s", unknown.message);
		return *unknown.help ? error_help(check->err, "%s", unknown.help) : false;
	}
	snprintf(place, sizeof place, "analyses[%u].decimals", a);
	if (!config_has(check->marks, place))
		analysis->decimals = 1;
	if (analysis->decimals < 0 || analysis->decimals > 6)
		return config_error(check->marks, check->err, place, "decimals must be from 0 to 6");
	snprintf(place, sizeof place, "analyses[%u].test", a);
	if (!config_has(check->marks, place))
		analysis->test = true;
	snprintf(place, sizeof place, "analyses[%u].population", a);
	if (analysis->population && !analysis->filter)
		return config_error(check->marks, check->err, place,
		                    "population puts a filter into words, and there is none");
	snprintf(place, sizeof place, "analyses[%u].outcome", a);
	if (!analysis->outcome != (analysis->kind == STUDY_ACCOUNTS))
		return config_error(check->marks, check->err, place, "%s",
		                    analysis->outcome ? "an analysis of kind accounts is of no one variable"
		                                      : "an analysis needs an outcome, but for one of kind accounts");
	snprintf(place, sizeof place, "analyses[%u].across", a);
	if (analysis->across && analysis->kind != STUDY_TABLE)
		return config_error(check->marks, check->err, place,
		                    "only an analysis of kind table goes across a second variable");
	snprintf(place, sizeof place, "analyses[%u].codes", a);
	if (analysis->codes_count && analysis->kind != STUDY_SHARE)
		return config_error(check->marks, check->err, place,
		                    "only an analysis of kind share counts codes together");
	return true;
}

static bool check_head(const struct check *check, struct study *study)
{
	long long days = 0;
	struct study_head *head = &study->study;
	if (!check_name(check, "study.name", head->name))
		return false;
	if (!date_read(head->date, &days))
		return config_error(check->marks, check->err, "study.date", "the date must be written as 2026-03-31");
	if (head->key && !head->synthetic) {
		config_error(check->marks, check->err, "study.key", "a real study's key cannot stand in its config");
		return error_help(check->err,
		                  "put it into a file of mode 0600 outside the repository, and name that in key_file");
	}
	if (head->key && head->key_file)
		return config_error(check->marks, check->err, "study.key_file",
		                    "a study has a key or a key_file, not both");
	for (unsigned i = 0; i < head->areas_count; i++) {
		char place[60];
		snprintf(place, sizeof place, "study.areas[%u]", i);
		for (unsigned other = 0; other < i; other++)
			if (strcmp(head->areas[other], head->areas[i]) == 0)
				return config_error(check->marks, check->err, place, "the area %s is named twice",
				                    head->areas[i]);
	}
	return true;
}

static bool check_disclosure(const struct check *check, struct study *study)
{
	struct study_disclosure *disclosure = &study->disclosure;
	if (!config_has(check->marks, "disclosure.threshold"))
		disclosure->threshold = 10;
	if (!config_has(check->marks, "disclosure.min_width"))
		disclosure->min_width = 3;
	if (disclosure->threshold < 1)
		return config_error(check->marks, check->err, "disclosure.threshold", "a threshold is at least 1");
	if (disclosure->min_width < 1)
		return config_error(check->marks, check->err, "disclosure.min_width", "min_width is at least 1");
	return true;
}

const char *study_platform(const struct study_export *export)
{
	return export->platform ? export->platform : "plain";
}

const char *study_headers(const struct study_export *export)
{
	return export->headers ? export->headers : study_platform(export);
}

/* --- the whole --- */

bool study_load(struct study **study, const char *path, struct error *err)
{
	void *data = NULL;
	struct config_marks *marks = NULL;
	if (!config_load(&data, &marks, &study_schema, path, err))
		return false;
	struct study *loaded = data;
	struct check check = { marks, err };
	bool ok = check_head(&check, loaded)
	          && (!loaded->decisions || check_path(&check, "decisions", loaded->decisions));
	if (ok && loaded->datasets_count == 0)
		ok = config_error(marks, err, "datasets", "a study needs a dataset");
	for (unsigned d = 0; ok && d < loaded->datasets_count; d++)
		ok = check_dataset(&check, loaded, d);
	for (unsigned a = 0; ok && a < loaded->analyses_count; a++)
		ok = check_analysis(&check, loaded, a);
	ok = ok && check_disclosure(&check, loaded);
	config_free(NULL, marks, &study_schema);
	if (!ok) {
		study_free(loaded);
		return false;
	}
	*study = loaded;
	return true;
}

void study_free(struct study *study)
{
	config_free(study, NULL, &study_schema);
}

const struct study_dataset *study_dataset(const struct study *study, const char *name, struct error *err)
{
	for (unsigned d = 0; d < study->datasets_count; d++)
		if (strcmp(study->datasets[d].name, name) == 0)
			return &study->datasets[d];
	const char **names = mem_alloc(study->datasets_count, sizeof *names);
	for (unsigned d = 0; d < study->datasets_count; d++)
		names[d] = study->datasets[d].name;
	const char *near = text_nearest(name, names, study->datasets_count);
	error_set(err, ERROR_USAGE, "the study has no dataset named `%s`", name);
	if (near)
		error_help(err, "did you mean %s?", near);
	free(names);
	return NULL;
}

int study_threshold(const struct study *study, const struct study_dataset *dataset)
{
	if (!dataset->unit.confidential)
		return 0;
	return dataset->unit.threshold ? dataset->unit.threshold : study->disclosure.threshold;
}

static char *expand_home(const char *path)
{
	const char *home = getenv("HOME");
	return strncmp(path, "~/", 2) == 0 && home ? mem_print("%s/%s", home, path + 2) : mem_copy_text(path);
}

bool study_key(char **key, const struct study *study, struct error *err)
{
	enum { KEY_LIMIT = 4096, KEY_LEAST = 16 };
	*key = study->study.key ? mem_copy_text(study->study.key) : NULL;
	if (!study->study.key_file)
		return true;
	char *path = expand_home(study->study.key_file);
	struct stat status;
	struct text text = { 0 };
	bool ok = true;
	if (stat(path, &status) != 0) {
		ok = error_at(err, ERROR_NO_INPUT, path, 0, "cannot read the study's key: %s", strerror(errno));
		error_help(err, "make one: (umask 077; head -c 32 /dev/urandom | base64 > %s)", path);
	} else if (status.st_mode & 077) {
		ok = error_at(err, ERROR_CONFIG, path, 0, "others on this machine can read the study's key");
		error_help(err, "chmod 600 %s", path);
	}
	ok = ok && text_read_file(&text, path, KEY_LIMIT, err);
	if (ok) {
		text.bytes[strcspn(text.bytes, "\r\n")] = '\0';
		if (strlen(text.bytes) < KEY_LEAST)
			ok = error_at(err, ERROR_CONFIG, path, 1, "the key is shorter than %d characters", KEY_LEAST);
		else
			*key = mem_copy_text(text.bytes);
	}
	text_free(&text);
	free(path);
	return ok;
}

/* A shallow copy with less in it, saved against the same schema. */
bool study_slice(struct text *yaml, const struct study *study, const char *dataset, unsigned parts, struct error *err)
{
	struct study cut = *study;
	if (!(parts & STUDY_PART_DECISIONS))
		cut.decisions = NULL;
	if (!(parts & STUDY_PART_TITLE))
		cut.study.title = cut.study.name;
	if (!(parts & STUDY_PART_SEED))
		cut.study.seed = 0;
	if (!(parts & STUDY_PART_KEY))
		cut.study.key = cut.study.key_file = NULL;
	struct study_dataset *datasets = mem_alloc(study->datasets_count, sizeof *datasets);
	cut.datasets = datasets;
	cut.datasets_count = 0;
	for (unsigned d = 0; d < study->datasets_count; d++) {
		if (dataset && strcmp(study->datasets[d].name, dataset) != 0)
			continue;
		struct study_dataset *kept = &datasets[cut.datasets_count++];
		*kept = study->datasets[d];
		if (!(parts & STUDY_PART_EXPORTS))
			kept->exports_count = 0, kept->exports = NULL;
		if (!(parts & STUDY_PART_SYNTHESIS))
			kept->synthesis = NULL;
		if (!(parts & STUDY_PART_DERIVED)) {
			kept->scores_count = 0, kept->scores = NULL;
			kept->derived_count = 0, kept->derived = NULL;
			kept->design = NULL;
		}
		if (!(parts & STUDY_PART_LIMITS))
			kept->limits_count = 0, kept->limits = NULL;
		if (!(parts & STUDY_PART_UNIT))
			kept->unit = (struct study_unit){ kept->unit.name, kept->unit.plural, true, 0 };
	}
	if (!(parts & STUDY_PART_ANALYSES))
		cut.analyses_count = 0, cut.analyses = NULL;
	if (!(parts & STUDY_PART_DISCLOSURE))
		cut.disclosure = (struct study_disclosure){ NULL, 10, STUDY_ZEROS_SHOWN, 3 };
	if (!(parts & STUDY_PART_PUBLISH))
		cut.publish = (struct study_publish){ 0 };

	static const cyaml_config_t config = {
		.log_level = CYAML_LOG_ERROR, .log_fn = NULL, .mem_fn = cyaml_mem, .flags = CYAML_CFG_STYLE_BLOCK
	};
	char *output = NULL;
	size_t length = 0;
	cyaml_err_t code = cyaml_save_data(&output, &length, &config, &study_schema, &cut, 0);
	free(datasets);
	if (code != CYAML_OK)
		return error_set(err, ERROR_FAULT, "cannot write a slice of the config: %s", cyaml_strerror(code));
	text_add_bytes(yaml, output, length);
	cyaml_mem(NULL, output, 0);
	return true;
}

char *study_source(const char *path)
{
	char line[1024] = "";
	FILE *file = fopen(path, "r");
	size_t mark = strlen(STUDY_SLICE_MARK);
	if (file && !fgets(line, sizeof line, file))
		line[0] = '\0';
	if (file)
		fclose(file);
	line[strcspn(line, "\n")] = '\0';
	return mem_copy_text(strncmp(line, STUDY_SLICE_MARK, mark) == 0 ? line + mark : path);
}

bool study_record(const struct study *study, const char *dataset, struct store *store, struct error *err)
{
	struct text yaml = { 0 };
	bool ok = study_slice(&yaml, study, dataset, ~0u, err)
	          && provenance_record(store, "study", study->study.name, err)
	          && (!dataset || provenance_record(store, "dataset", dataset, err))
	          && provenance_record(store, "synthetic", study->study.synthetic ? "yes" : "no", err)
	          && provenance_input_bytes(store, "study", study->study.name, yaml.bytes, yaml.length, err);
	text_free(&yaml);
	return ok;
}
