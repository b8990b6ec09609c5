/* outside: a release that was made elsewhere, in the form that audit attacks. */
#include <stdio.h>
#include <stdlib.h>

#include "embedded.h"
#include "mem.h"
#include "options.h"
#include "provenance.h"
#include "spec.h"
#include "store.h"
#include "told.h"

struct arguments {
	const char *spec, *folder, *output;
};

static enum options_result read_options(struct arguments *arguments, int argc, char **argv, struct error *err)
{
	char **operands;
	size_t operand_count;
	const struct option_row rows[] = {
		{ "describe", 'd', "FILE", "what the release looks like, and what adds up (docs/attack.md)",
		  &arguments->spec, NULL, true },
		{ "exports", 'e', "FOLDER", "where its files are", &arguments->folder, NULL, true },
		{ "output", 'o', "FILE", "the new file, to be attacked", &arguments->output, NULL, true },
	};
	const struct usage usage = {
		.stage = "outside",
		.summary =
			"Read a release that was made elsewhere, so that audit can attack it: what a reader can work "
			"out of the counts that it hides.",
		.operands = "",
		.examples = "  outside --describe release.yaml --exports exports --output withheld.db\n"
			    "  audit --output audited.db withheld.db\n",
		.rows = rows,
		.count = COUNT(rows),
	};
	return options_parse(&usage, argc, argv, &operands, &operand_count, err);
}

static bool add_policy(struct store *store, const struct spec *spec, struct error *err)
{
	char threshold[32];
	snprintf(threshold, sizeof threshold, "%d", spec->unit.threshold);
	const char *items[][2] = { { "policy", spec->name },
		                   { "threshold", threshold },
		                   { "zeros", spec->zeros == STUDY_ZEROS_HIDDEN ? "hidden" : "shown" } };
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, store, "INSERT INTO policy (item, value) VALUES (:item, :value)", err);
	for (size_t i = 0; ok && i < COUNT(items); i++) {
		store_bind_text(insert, ":item", items[i][0]);
		store_bind_text(insert, ":value", items[i][1]);
		ok = store_insert(store, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

static bool record(struct store *store, const struct spec *spec, const struct arguments *arguments, struct error *err)
{
	bool ok = provenance_record(store, "study", spec->name, err) && provenance_record(store, "synthetic", "no", err)
	          && provenance_input(store, "study", arguments->spec, err);
	for (unsigned t = 0; ok && t < spec->tables_count; t++) {
		char *path = mem_print("%s/%s", arguments->folder, spec->tables[t].file);
		ok = provenance_input(store, "export", path, err);
		free(path);
	}
	return ok;
}

/* It has the form of what withhold writes, so that there is one attacker for both. */
int main(int argc, char **argv)
{
	struct arguments arguments = { 0 };
	struct error err = { 0 };
	struct spec *spec = NULL;
	struct universe *universe = universe_new();
	struct store *store = NULL;

	enum options_result options = read_options(&arguments, argc, argv, &err);
	bool ok = options != OPTIONS_WRONG;
	if (options == OPTIONS_RUN)
		ok = spec_load(&spec, arguments.spec, &err) && told_read(universe, spec, arguments.folder, &err)
		     && store_create(&store, arguments.output, "withhold", sql_schema_withheld, &err)
		     && store_run(store, sql_schema_universe, &err) && record(store, spec, &arguments, &err)
		     && add_policy(store, spec, &err) && universe_store(universe, store, &err)
		     && store_commit(store, &err);

	store_close(store);
	universe_free(universe);
	spec_free(spec);
	return stage_exit("outside", ok, &err);
}
