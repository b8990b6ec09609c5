/* What the tests of compare share: an analysis table that a test writes, and all analyses of a study over it. Include it
 * after testing.h. */
#ifndef CANVASS_TEST_COMPARE_H
#define CANVASS_TEST_COMPARE_H

#include "compare/clash.h"
#include "compare/compare.h"
#include "embedded.h"
#include "text.h"

/* A deidentified.db with what the SQL puts into it, which is released. Free the path with free(). */
static inline char *test_deidentified(struct text *sql)
{
	char *folder = test_folder(), *path = mem_print("%s/deidentified.db", folder);
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(store_create(&store, path, "deidentify", sql_schema_deidentified, &err), &err);
	assert_ok(store_run(store, sql->bytes, &err), &err);
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	text_free(sql);
	free(folder);
	return path;
}

struct run {
	struct study *study;
	struct datasets datasets;
	struct universe *universe;
	struct error err;
	bool ok;
};

/* As compare runs, but for storing the universe: the study's config, and its dataset `survey`. `clashes`: also refuse
 * analyses that must not be published together. */
static inline struct run run_study(const char *yaml, const char *path, bool clashes)
{
	struct run run = { .universe = universe_new() };
	char *folder = test_folder(), *study = test_file(folder, "study.yaml", yaml), *operand = mem_print("survey=%s", path);
	run.ok = study_load(&run.study, study, &run.err)
	         && datasets_open(&run.datasets, run.study, &operand, 1, &run.err)
	         && (!clashes || clash_check(run.study, study, &run.datasets, &run.err))
	         && compare_study(run.universe, run.study, study, &run.datasets, &run.err);
	free(folder);
	free(study);
	free(operand);
	return run;
}

static inline void run_free(struct run *run)
{
	universe_free(run->universe);
	datasets_close(&run->datasets);
	study_free(run->study);
}

#endif
