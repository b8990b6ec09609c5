/* The chain of stages/validate/main.c over tables that a test writes; shared by the tests of validate. */
#ifndef TEST_VALIDATE_H
#define TEST_VALIDATE_H

#include "testing.h"

#include "decision.h"
#include "dictionary.h"
#include "embedded.h"
#include "store.h"
#include "text.h"
#include "validate/checks.h"
#include "validate/exported.h"
#include "validate/review.h"
#include "validate/rulings.h"
#include "validate/shift.h"
#include "validate/tally.h"

/* Whose keys are judged, tied to a dictionary of the same variables; NULL: none. */
static const struct scales *judged_scales;

struct outcome {
	bool ok;
	struct error err;
	char *path; /* of validated.db */
};

/* `decisions`: rows without their header; NULL: no file. `ingested` is the path of ingested.db. Takes `folder` and `ingested`. */
static struct outcome validate(char *folder, const char *variables, const char *codes, const char *rules,
                               const char *decisions, char *ingested)
{
	char *rows = decisions ? mem_print("finding,dataset,decision,value,by,when,why,until\n%s", decisions) : NULL;
	char *made[] = {
		ingested,
		rows,
		decisions ? test_file(folder, "decisions.csv", rows) : NULL,
		test_file(folder, "places.csv", "code,name,kind,parent,old_code,opened,closed,also_called\n"),
		test_file(folder, "variables.csv", variables),
		test_file(folder, "codes.csv", codes),
		test_file(folder, "rules.csv", rules),
		test_file(folder, "headers.csv", "headers,match,header,variable\n"),
	};
	const char *decided = made[2], *places = made[3];
	struct outcome outcome = { .path = mem_print("%s/validated.db", folder) };
	struct error *err = &outcome.err;
	struct review_tools tools = { .dataset = "survey", .scales = judged_scales };
	struct dictionary *dictionary = NULL;
	struct decisions *known = NULL;
	struct review *review = NULL;
	char *schema = mem_print("%s%s", sql_schema_validated, sql_schema_finding);

	outcome.ok = dictionary_load(&dictionary, folder, places, NULL, 0, err)
	             && checks_new(&tools.checks, dictionary, err) && decisions_load(&known, decided, "survey", err)
	             && store_create(&tools.store, outcome.path, "validate", schema, err)
	             && store_attach(tools.store, ingested, "ingest", "ingested", err)
	             && exported_open(&tools.exported, tools.store, dictionary, err)
	             && (tools.dictionary = dictionary) != NULL
	             && (tools.rulings = rulings_new(known, decided, "survey", "2025-12-01")) != NULL
	             && (tools.tally = tally_new(dictionary, tools.exported)) != NULL
	             && review_new(&review, &tools, err) && review_take_findings(review, err)
	             && review_find_repeats(review, err) && review_rows(review, err) && review_rules(review, err)
	             && shift_find(&tools, err) && tally_store(tools.tally, tools.store, err)
	             && tally_check(tools.store, err) && rulings_store(tools.rulings, tools.store, err);
	review_free(review);
	tally_free(tools.tally);
	rulings_free(tools.rulings);
	exported_close(tools.exported);
	outcome.ok = outcome.ok && store_commit(tools.store, err);
	store_close(tools.store);
	decisions_free(known);
	checks_free(tools.checks);
	dictionary_free(dictionary);
	for (size_t i = 0; i < COUNT(made); i++)
		free(made[i]);
	free(schema);
	free(folder);
	return outcome;
}

#endif
