/* plan: a study's config to the names and slices that make works with. Runs at every make, writes only what changed. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"
#include "mem.h"
#include "options.h"
#include "stamp.h"
#include "step.h"
#include "study.h"
#include "text.h"

static bool make_folder(const char *path, mode_t mode, struct error *err)
{
	return mkdir(path, mode) == 0 || errno == EEXIST
	       || error_at(err, ERROR_IO, path, 0, "cannot make the folder: %s", strerror(errno));
}

/* OUTPUT is out/STUDY/restricted/plan. What is above restricted/ may be entered by others, to reach release/;
 * restricted/ and what is in it may not. */
static bool make_tree(const struct study *study, const char *output, struct error *err)
{
	char *restricted = mem_copy_text(output), *last = strrchr(restricted, '/');
	bool ok = true;
	if (last)
		*last = '\0';
	for (char *slash = strchr(restricted + 1, '/'); ok && slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		ok = make_folder(restricted, 0755, err);
		*slash = '/';
	}
	ok = ok && make_folder(restricted, 0700, err) && make_folder(output, 0700, err);
	for (unsigned d = 0; ok && d < study->datasets_count; d++) {
		char *slices = mem_print("%s/%s", output, study->datasets[d].name);
		char *dataset = mem_print("%s/%s", restricted, study->datasets[d].name);
		ok = make_folder(slices, 0700, err) && make_folder(dataset, 0700, err);
		free(slices);
		free(dataset);
	}
	free(restricted);
	return ok;
}

/* The study is known by its file's name: everything that it makes stands under out/NAME. */
static bool check_name(const struct study *study, const char *config, struct error *err)
{
	const char *slash = strrchr(config, '/'), *base = slash ? slash + 1 : config;
	size_t length = strlen(study->study.name);
	if (strncmp(base, study->study.name, length) == 0 && strcmp(base + length, ".yaml") == 0)
		return true;
	error_at(err, ERROR_CONFIG, config, 0, "the study in this file is named `%s`", study->study.name);
	return error_help(err, "give the study the file's name, or the file the study's");
}

/* Exports that lie there and are not read, because the config says that they are made up, would be missed by nobody. */
static bool check_exports(const struct study *study, const char *config, const char *exports, struct error *err)
{
	bool ok = true;
	for (unsigned d = 0; ok && d < study->datasets_count; d++) {
		const struct study_dataset *dataset = &study->datasets[d];
		for (unsigned e = 0; ok && dataset->synthesis && e < dataset->exports_count; e++) {
			char *path = mem_print("%s/%s", exports, dataset->exports[e].path);
			if (access(path, F_OK) == 0) {
				ok = error_at(err, ERROR_CONFIG, config, 0,
				              "the dataset `%s` is made up, yet there is an export for it",
				              dataset->name);
				error_help(err, "remove `synthesis` from the config to read %s, or move it away", path);
			}
			free(path);
		}
	}
	return ok;
}

/* The datasets whose records leave, by who may have them, in the order of the datasets. */
static void add_microdata(struct text *text, const struct study *study, const char *name, bool public, bool safeguarded)
{
	text_print(text, "\n%s :=", name);
	for (unsigned d = 0; d < study->datasets_count; d++) {
		const struct study_microdata *entry = study_microdata(study, study->datasets[d].name);
		if (entry && (entry->access == STUDY_ACCESS_PUBLIC ? public : safeguarded))
			text_print(text, " %s", entry->dataset);
	}
}

/* What chain.mk includes. Dataset names are made of [a-z0-9_-] and so stand for themselves in a makefile. */
static bool write_names(const struct study *study, const bool *scanned, const char *output, struct error *err)
{
	struct text text = { 0 };
	char *path = mem_print("%s/plan.mk", output);
	bool changed = false;
	text_add(&text, "# Written by plan from the study's config.\ndatasets :=");
	for (unsigned d = 0; d < study->datasets_count; d++)
		text_print(&text, " %s", study->datasets[d].name);
	text_add(&text, "\nsynthetic :=");
	for (unsigned d = 0; d < study->datasets_count; d++)
		if (study->datasets[d].synthesis)
			text_print(&text, " %s", study->datasets[d].name);
	add_microdata(&text, study, "microdata", true, true);
	add_microdata(&text, study, "microdata_public", true, false);
	add_microdata(&text, study, "microdata_safeguarded", false, true);
	text_add(&text, "\nscanned :=");
	for (unsigned d = 0; d < study->datasets_count; d++)
		if (scanned[d])
			text_print(&text, " %s", study->datasets[d].name);
	text_add(&text, "\n");
	bool ok = stamp_write(path, text.bytes, text.length, &changed, err);
	text_free(&text);
	free(path);
	return ok;
}

int main(int argc, char **argv)
{
	struct error err = { 0 };
	struct study *study = NULL;
	struct stamps *stamps = NULL;
	struct surroundings around = { .shared = "data-dictionary", .steward = "steward" };
	const char *config = NULL, *output = NULL;
	char **operands = NULL, *memory = NULL;
	size_t count = 0;
	bool *scanned = NULL;
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config", &config, NULL, true },
		{ "exports", 'e', "FOLDER", "where the exports are", &around.exports, NULL, true },
		{ "programs", 0, "FOLDER", "where the stage programs are", &around.programs, NULL, true },
		{ "shared", 0, "FOLDER", "where places.csv and instruments/ are; default data-dictionary",
		  &around.shared, NULL, false },
		{ "steward", 0, "FOLDER", "where the steward's decisions and ledger are", &around.steward, NULL, true },
		{ "output", 'o', "FOLDER", "where the slices and plan.mk go", &output, NULL, true },
	};
	const struct usage usage = {
		"plan",
		"Write the names and the slices of a study's config that make depends on, each only where it changed.",
		"",
		"  plan --study configs/demo.yaml --exports exports/demo \\\n"
		"    --programs build/dev/bin --steward steward/demo \\\n"
		"    --output out/demo/restricted/plan\n",
		rows,
		COUNT(rows),
		0,
		0,
	};
	enum options_result parsed = options_parse(&usage, argc, argv, &operands, &count, &err);
	bool ok = parsed == OPTIONS_DONE;
	if (parsed == OPTIONS_RUN) {
		around.config = config;
		memory = mem_print("%s/hashes", output);
		stamps = stamps_open(memory);
		ok = study_load(&study, config, &err) && check_name(study, config, &err)
		     && check_exports(study, config, around.exports, &err) && make_tree(study, output, &err)
		     && (scanned = mem_alloc(study->datasets_count, sizeof *scanned))
		     && steps_write(scanned, study, &around, stamps, output, &err)
		     && write_names(study, scanned, output, &err)
		     && stamps_save(stamps, &err);
	}
	free(scanned);
	stamps_close(stamps);
	study_free(study);
	free(memory);
	return stage_exit("plan", ok, &err);
}
