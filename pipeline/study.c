#include "study.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mem.h"
#include "provenance.h"
#include "study_check.h"
#include "study_schema.h"
#include "text.h"

bool study_load(struct study **study, const char *path, struct error *err)
{
	void *data = NULL;
	struct config_marks *marks = NULL;
	if (!config_load(&data, &marks, &study_schema, path, err))
		return false;
	struct study *loaded = data;
	bool ok = study_check(loaded, marks, err);
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

bool study_check_ledger(const struct study *study, const char *ledger, struct error *err)
{
	if (!study->disclosure.releases || (ledger && (access(ledger, F_OK) == 0 || errno != ENOENT)))
		return true;
	error_at(
		err, ERROR_REFUSED, ledger, 0,
		"the study has a ledger of releases (`releases: yes`), and it is not there: nothing is audited without it");
	error_code(err, "ledger-missing");
	return error_help(err,
	                  "restore it from the backup; only where nothing was ever released, begin one: "
	                  "make ledger STUDY=%s BY='who' WHY='no release so far'",
	                  study->study.name);
}

/* A shallow copy with less in it, saved against the same schema. */
bool study_slice(struct text *yaml, const struct study *study, const char *dataset, unsigned parts, struct error *err)
{
	struct study cut = *study;
	if (!(parts & STUDY_PART_DECISIONS))
		cut.decisions = NULL;
	if (!(parts & STUDY_PART_ROSTER))
		cut.roster = NULL;
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
			kept->unit =
				(struct study_unit){ kept->unit.name, kept->unit.plural, !study_is_aggregate(kept), 0 };
	}
	struct study_analysis *analyses = mem_alloc(study->analyses_count, sizeof *analyses);
	cut.analyses = analyses;
	cut.analyses_count = 0;
	for (unsigned a = 0; a < study->analyses_count && parts & STUDY_PART_ANALYSES; a++)
		if (!dataset || strcmp(study->analyses[a].dataset, dataset) == 0)
			analyses[cut.analyses_count++] = study->analyses[a];
	if (cut.analyses_count == 0)
		cut.analyses = NULL;
	if (!(parts & STUDY_PART_ANALYSES)) { /* lines of their own in the tables */
		cut.study.groups_count = 0, cut.study.groups = NULL;
		cut.study.levels_count = 0, cut.study.levels = NULL;
	}
	if (!(parts & STUDY_PART_DISCLOSURE))
		cut.disclosure = (struct study_disclosure){ .threshold = STUDY_THRESHOLD,
			                                    .zeros = STUDY_ZEROS_SHOWN,
			                                    .min_width = STUDY_MIN_WIDTH,
			                                    .min_group = STUDY_MIN_GROUP,
			                                    .reach = true };
	struct study_microdata *microdata = mem_alloc(study->microdata_count, sizeof *microdata);
	cut.microdata = microdata;
	cut.microdata_count = 0;
	for (unsigned m = 0; m < study->microdata_count && parts & STUDY_PART_MICRODATA; m++)
		if (!dataset || strcmp(study->microdata[m].dataset, dataset) == 0)
			microdata[cut.microdata_count++] = study->microdata[m];
	if (cut.microdata_count == 0)
		cut.microdata = NULL;
	if (!(parts & STUDY_PART_PUBLISH))
		cut.publish = (struct study_publish){ 0 };

	static const cyaml_config_t config = {
		.log_level = CYAML_LOG_ERROR, .log_fn = NULL, .mem_fn = cyaml_mem, .flags = CYAML_CFG_STYLE_BLOCK
	};
	char *output = NULL;
	size_t length = 0;
	cyaml_err_t code = cyaml_save_data(&output, &length, &config, &study_schema, &cut, 0);
	free(datasets);
	free(analyses);
	free(microdata);
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

/* Where the config has what an error is about, if it still has it: `find` gives the place, or NULL. */
static void locate(struct error *err, const char *source, const char *name, const char *key,
                   char *(*find)(const struct study *study, const char *name, const char *key))
{
	struct error place = { 0 }, unused = { 0 };
	struct config_marks *marks = NULL;
	void *data = NULL;
	if (err->kind == ERROR_NONE || err->line || !config_load(&data, &marks, &study_schema, source, &unused))
		return;
	struct study *study = data;
	char *at = find(study, name, key);
	if (at)
		config_error(marks, &place, at, "%s", name);
	err->line = place.line;
	err->column = place.line ? place.column : err->column;
	free(at);
	config_free(NULL, marks, &study_schema);
	study_free(study);
}

static char *find_analysis(const struct study *study, const char *name, const char *key)
{
	for (unsigned i = 0; i < study->analyses_count; i++)
		if (strcmp(study->analyses[i].name, name) == 0)
			return mem_print("analyses[%u].%s", i, key);
	return NULL;
}

static char *find_microdata(const struct study *study, const char *dataset, const char *key)
{
	for (unsigned i = 0; i < study->microdata_count; i++)
		if (strcmp(study->microdata[i].dataset, dataset) == 0)
			return mem_print("microdata[%u].%s", i, key);
	return NULL;
}

void study_locate(struct error *err, const char *source, const char *analysis)
{
	locate(err, source, analysis, "name", find_analysis);
}

void study_locate_microdata(struct error *err, const char *source, const char *dataset, const char *key)
{
	locate(err, source, dataset, key, find_microdata);
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

bool study_is_aggregate(const struct study_dataset *dataset)
{
	return strcmp(dataset->kind, "aggregate") == 0;
}

const struct study_microdata *study_microdata(const struct study *study, const char *dataset)
{
	for (unsigned m = 0; m < study->microdata_count; m++)
		if (strcmp(study->microdata[m].dataset, dataset) == 0)
			return &study->microdata[m];
	return NULL;
}

const char *study_platform(const struct study_export *export)
{
	return export->platform ? export->platform : "plain";
}

const char *study_headers(const struct study_export *export)
{
	return export->headers ? export->headers : study_platform(export);
}
