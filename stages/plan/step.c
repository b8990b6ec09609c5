#include "step.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dictionary.h"
#include "intake.h"
#include "mem.h"
#include "provenance.h"
#include "study_key.h"

/* What a step reads besides the outputs of other steps, which make knows itself. */
enum reads {
	READS_EXPORTS = 1,    /* and the profiles of the platforms that wrote them */
	READS_HEADERS = 2,    /* headers.csv, and what else ingest takes from the dictionary (intake.h) */
	READS_DICTIONARY = 4, /* variables.csv, codes.csv, rules.csv, places.csv */
	READS_INSTRUMENTS = 8,
	READS_KEY = 16,
	READS_LEDGER = 32,
	READS_SEEN = 128,    /* what the steward has looked at */
	READS_MARGINS = 256, /* margins.csv, where a design is declared */
	READS_LEVELS = 512,  /* places.csv, where lines of levels above the areas are asked for */
	READS_PTABLE = 1024, /* the table that counts are perturbed by, where the policy names one */
	READS_MODEL =
		64, /* what synthesise makes answers from: codes.csv, rules.csv, and each variable but for its words */
};

/* Of which datasets there is such a step. */
enum of {
	OF_STUDY, /* of none: one for the study */
	OF_EACH,
	OF_SYNTHETIC, /* whose exports are made up */
	OF_MICRODATA, /* whose records leave */
	OF_REDACTED,  /* with a text that is redacted */
};

struct step {
	const char *name; /* of the step, its program and its slice */
	enum of of;
	unsigned parts;   /* enum study_part */
	unsigned reads;
};

static const struct step steps[] = {
	{ "synthesise", OF_SYNTHETIC, STUDY_PART_SEED | STUDY_PART_EXPORTS | STUDY_PART_SYNTHESIS,
	  READS_HEADERS | READS_MODEL },
	{ "ingest", OF_EACH, STUDY_PART_EXPORTS, READS_EXPORTS | READS_HEADERS },
	{ "validate", OF_EACH, STUDY_PART_DECISIONS, READS_DICTIONARY | READS_INSTRUMENTS },
	{ "report", OF_EACH,
	  STUDY_PART_TITLE | STUDY_PART_LIMITS | STUDY_PART_DECISIONS | STUDY_PART_UNIT | STUDY_PART_ANALYSES
	          | STUDY_PART_DISCLOSURE,
	  READS_DICTIONARY | READS_SEEN },
	{ "codebook", OF_EACH, STUDY_PART_TITLE | STUDY_PART_EXPORTS, READS_DICTIONARY | READS_HEADERS },
	{ "scan", OF_REDACTED, STUDY_PART_DECISIONS | STUDY_PART_ROSTER, READS_DICTIONARY },
	{ "text", OF_REDACTED, STUDY_PART_TITLE | STUDY_PART_DECISIONS | STUDY_PART_ROSTER, READS_DICTIONARY },
	{ "gate", OF_EACH, STUDY_PART_LIMITS | STUDY_PART_DECISIONS, 0 },
	{ "derive", OF_EACH, STUDY_PART_DERIVED, READS_DICTIONARY | READS_INSTRUMENTS | READS_MARGINS },
	{ "deidentify", OF_EACH, STUDY_PART_KEY | STUDY_PART_UNIT | STUDY_PART_DERIVED, READS_DICTIONARY | READS_KEY },
	{ "risk", OF_MICRODATA, STUDY_PART_TITLE | STUDY_PART_UNIT | STUDY_PART_MICRODATA, READS_DICTIONARY },
	{ "anonymise", OF_MICRODATA, STUDY_PART_MICRODATA, 0 },
	{ "deposit", OF_MICRODATA, STUDY_PART_TITLE | STUDY_PART_KEY | STUDY_PART_PUBLISH | STUDY_PART_MICRODATA,
	  READS_KEY },
	{ "compare", OF_STUDY, STUDY_PART_SEED | STUDY_PART_UNIT | STUDY_PART_ANALYSES | STUDY_PART_DISCLOSURE,
	  READS_LEVELS },
	{ "protect", OF_STUDY, STUDY_PART_DISCLOSURE, READS_PTABLE },
	{ "withhold", OF_STUDY, STUDY_PART_DISCLOSURE, 0 },
	{ "audit", OF_STUDY, STUDY_PART_DISCLOSURE, READS_LEDGER },
	{ "disclosure", OF_STUDY, STUDY_PART_TITLE | STUDY_PART_DISCLOSURE, READS_LEDGER },
	{ "publish", OF_STUDY, STUDY_PART_TITLE | STUDY_PART_KEY | STUDY_PART_DISCLOSURE | STUDY_PART_PUBLISH, READS_KEY },
};

/* A slice under way: its comment lines. */
struct slice {
	struct text text;
	struct stamps *stamps;
};

/* One line "# ROLE NAME SHA-256". A name of the user's may hold anything but a line end. */
static bool add_file(struct slice *slice, const char *role, const char *name, const char *path, struct error *err)
{
	char hash[PROVENANCE_HASH_SIZE];
	if (!stamps_hash(slice->stamps, hash, path, err))
		return false;
	text_print(&slice->text, "# %s %s %s\n", role, name, hash);
	return true;
}

static bool add_exports(struct slice *slice, const struct study_dataset *dataset, const struct surroundings *around,
                        struct error *err)
{
	bool ok = true;
	for (unsigned i = 0; ok && i < dataset->exports_count && !dataset->synthesis; i++) {
		char *path = mem_print("%s/%s", around->exports, dataset->exports[i].path);
		ok = add_file(slice, "export", dataset->exports[i].path, path, err);
		if (!ok && err->kind == ERROR_NO_INPUT)
			error_help(err, "put the export there, or say where it is: make EXPORTS=FOLDER");
		free(path);
	}
	return ok;
}

/* Each platform once, in the order of the exports. */
static bool add_platforms(struct slice *slice, const struct study_dataset *dataset, const struct surroundings *around,
                          struct error *err)
{
	bool ok = true;
	for (unsigned i = 0; ok && i < dataset->exports_count; i++) {
		const char *name = study_platform(&dataset->exports[i]);
		bool seen = false;
		for (unsigned j = 0; j < i && !seen; j++)
			seen = strcmp(study_platform(&dataset->exports[j]), name) == 0;
		char *path = mem_print("%s/platforms/%s.yaml", around->shared, name);
		/* ingest tells of a platform that there is none of, and knows the nearest */
		if (!seen && access(path, F_OK) == 0)
			ok = add_file(slice, "platform", name, path, err);
		free(path);
	}
	return ok;
}

static bool add_dictionary_file(struct slice *slice, const struct study_dataset *dataset, const char *name,
                                struct error *err)
{
	char *path = mem_print("%s/%s", dataset->dictionary, name);
	bool ok = add_file(slice, "dictionary", name, path, err);
	free(path);
	return ok;
}

static bool add_ptable(struct slice *slice, const struct study *study, struct error *err)
{
	const struct study_cell_key *cell_key = study->disclosure.cell_key;
	bool ok = !cell_key || add_file(slice, "ptable", cell_key->table, cell_key->table, err);
	if (!ok && err->kind == ERROR_NO_INPUT)
		error_help(err, "disclosure.cell_key.table names a published table of perturbation, as a path from the "
		                "repository: put it there");
	return ok;
}

/* derive tells of a design without one. */
static bool add_margins(struct slice *slice, const struct study_dataset *dataset, struct error *err)
{
	char *path = mem_print("%s/margins.csv", dataset->dictionary);
	bool there = access(path, F_OK) == 0;
	free(path);
	return !dataset->design || !there || add_dictionary_file(slice, dataset, "margins.csv", err);
}

static void add_variables(struct slice *slice, const struct dictionary *dictionary)
{
	struct text lines = { 0 };
	char hash[PROVENANCE_HASH_SIZE];
	intake_variables(&lines, dictionary);
	provenance_hash_bytes(hash, lines.bytes, lines.length);
	text_print(&slice->text, "# dictionary %s %s\n", intake_variables_name, hash);
	text_free(&lines);
}

/* A variable's words (label, question, note) and what is done with its answers later make no answer different; but into
 * a text that is redacted, synthesise plants what there is to redact. */
static void add_model(struct slice *slice, const struct dictionary *dictionary)
{
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		text_print(&slice->text, "# model %s %s %s %s %x [%.17g, %.17g] %d%d%d%d%s %s %s %s\n", variable->name,
		           variable_level_word(variable->level), variable->polarity ? variable->polarity : "",
		           variable->codes ? variable->codes->name : "", variable->missing, variable->min,
		           variable->max, variable->has_min, variable->has_max, variable->required, variable->unique,
		           variable->treat == TREAT_REDACT ? " redact" : "",
		           variable->instrument ? variable->instrument : "", variable->pattern ? variable->pattern : "",
		           variable->asked_if ? variable->asked_if : "");
	}
}

/* The instruments that the dataset's variables name, each once, in the dictionary's order. */
static bool add_instruments(struct slice *slice, const struct dictionary *dictionary, const struct surroundings *around,
                            struct error *err)
{
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const char *name = dictionary->variables[i].instrument;
		bool seen = !name;
		for (size_t j = 0; j < i && !seen; j++)
			seen = text_equal(dictionary->variables[j].instrument, name);
		if (seen)
			continue;
		char *path = mem_print("%s/instruments/%s.yaml", around->shared, name);
		bool ok = add_file(slice, "instrument", name, path, err);
		if (!ok && err->kind == ERROR_NO_INPUT)
			error_help(err, "variables.csv names the instrument %s: add the file, or correct the name",
			           name);
		free(path);
		if (!ok)
			return false;
	}
	return true;
}

/* The steward's own file stands in for a config that names none. */
static void find_file(char **named, const char *name, const struct surroundings *around)
{
	char *path = mem_print("%s/%s", around->steward, name);
	if (!*named && access(path, F_OK) == 0)
		*named = mem_copy_text(path);
	free(path);
}

/* A real study's key as a hash, so that another key rebuilds. */
static bool add_key(struct slice *slice, const struct study *study, struct error *err)
{
	char *key = NULL, hash[PROVENANCE_HASH_SIZE];
	if (!study_key(&key, study, err))
		return false;
	if (key) {
		provenance_keyed_hash(hash, key, "slice", study->study.name);
		text_print(&slice->text, "# key %s\n", hash);
	}
	free(key);
	return true;
}

static bool add_reads(struct slice *slice, const struct step *step, const struct study *study,
                      const struct study_dataset *dataset, const struct dictionary *dictionary,
                      const struct surroundings *around, struct error *err)
{
	static const char *const tables[] = { "variables.csv", "codes.csv", "rules.csv" };
	char *program = mem_print("%s/%s", around->programs, step->name),
	     *places = mem_print("%s/places.csv", around->shared);
	char *ledger = mem_print("%s/ledger.sqlite", around->steward);
	char *seen = mem_print("%s/%s-seen.csv", around->steward, dataset ? dataset->name : "");
	bool ok = add_file(slice, "program", step->name, program, err);
	if (step->reads & READS_EXPORTS)
		ok = ok && add_exports(slice, dataset, around, err) && add_platforms(slice, dataset, around, err);
	if (step->reads & READS_HEADERS) {
		ok = ok && add_dictionary_file(slice, dataset, "headers.csv", err);
		if (intake_has_codes(dictionary, dataset))
			ok = ok && add_dictionary_file(slice, dataset, "codes.csv", err)
			     && add_file(slice, "places", "places.csv", places, err);
		add_variables(slice, dictionary);
	}
	for (size_t i = step->reads & READS_DICTIONARY ? 0 : 1;
	     step->reads & (READS_DICTIONARY | READS_MODEL) && i < COUNT(tables); i++)
		ok = ok && add_dictionary_file(slice, dataset, tables[i], err);
	if (step->reads & READS_MODEL)
		add_model(slice, dictionary);
	if (step->reads & (READS_DICTIONARY | READS_MODEL))
		ok = ok && add_file(slice, "places", "places.csv", places, err);
	if (step->reads & READS_LEVELS && study->study.levels_count)
		ok = ok && add_file(slice, "places", "places.csv", places, err);
	if (step->parts & STUDY_PART_DECISIONS && study->decisions)
		ok = ok && add_file(slice, "decisions", "decisions.csv", study->decisions, err);
	if (step->parts & STUDY_PART_ROSTER && study->roster)
		ok = ok && add_file(slice, "roster", "roster.csv", study->roster, err);
	if (step->reads & READS_INSTRUMENTS)
		ok = ok && add_instruments(slice, dictionary, around, err);
	if (step->reads & READS_MARGINS)
		ok = ok && add_margins(slice, dataset, err);
	if (step->reads & READS_PTABLE)
		ok = ok && add_ptable(slice, study, err);
	if (step->reads & READS_KEY)
		ok = ok && add_key(slice, study, err);
	if (step->reads & READS_SEEN && access(seen, F_OK) == 0)
		ok = ok && add_file(slice, "seen", "seen", seen, err);
	if (step->reads & READS_LEDGER)
		ok = ok && study_check_ledger(study, ledger, err);
	if (step->reads & READS_LEDGER && access(ledger, F_OK) == 0)
		ok = ok && add_file(slice, "ledger", "ledger.sqlite", ledger, err);
	free(program);
	free(places);
	free(ledger);
	free(seen);
	return ok;
}

static bool write_step(const struct step *step, const struct study *study, const struct study_dataset *dataset,
                       const struct dictionary *dictionary, const struct surroundings *around, struct stamps *stamps,
                       const char *output, struct error *err)
{
	struct slice slice = { { 0 }, stamps };
	char *path = dataset ? mem_print("%s/%s/%s.yaml", output, dataset->name, step->name)
	                     : mem_print("%s/%s.yaml", output, step->name);
	bool changed = false;
	text_print(&slice.text, "%s%s\n# What the step %s depends on, written by plan.\n", STUDY_SLICE_MARK,
	           around->config, step->name);
	bool ok = add_reads(&slice, step, study, dataset, dictionary, around, err)
	          && study_slice(&slice.text, study, dataset ? dataset->name : NULL, step->parts, err)
	          && stamp_write(path, slice.text.bytes, slice.text.length, &changed, err);
	text_free(&slice.text);
	free(path);
	return ok;
}

static bool is_of(const struct step *step, const struct study *study, const struct study_dataset *dataset,
                  const struct dictionary *dictionary)
{
	switch (step->of) {
	case OF_STUDY: return false;
	case OF_EACH: return true;
	case OF_SYNTHETIC: return dataset->synthesis != NULL;
	case OF_MICRODATA: return study_microdata(study, dataset->name) != NULL;
	case OF_REDACTED: return dictionary_redacts(dictionary);
	}
	return false;
}

bool steps_write(bool *scanned, struct study *study, const struct surroundings *around, struct stamps *stamps,
                 const char *output, struct error *err)
{
	char *places = mem_print("%s/places.csv", around->shared);
	bool ok = true;
	find_file(&study->decisions, "decisions.csv", around);
	find_file(&study->roster, "roster.csv", around);
	for (unsigned d = 0; ok && d < study->datasets_count; d++) {
		const struct study_dataset *dataset = &study->datasets[d];
		struct dictionary *dictionary = NULL;
		ok = dictionary_load(&dictionary, dataset->dictionary, places, study->study.areas,
		                     study->study.areas_count, err);
		scanned[d] = ok && dictionary_redacts(dictionary);
		for (size_t s = 0; ok && s < COUNT(steps); s++)
			if (is_of(&steps[s], study, dataset, dictionary))
				ok = write_step(&steps[s], study, dataset, dictionary, around, stamps, output, err);
		dictionary_free(dictionary);
	}
	for (size_t s = 0; ok && s < COUNT(steps); s++)
		if (steps[s].of == OF_STUDY)
			ok = write_step(&steps[s], study, NULL, NULL, around, stamps, output, err);
	free(places);
	return ok;
}
