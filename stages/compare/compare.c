#include "compare.h"

#include <stdlib.h>
#include <string.h>

#include "analysis.h"
#include "embedded.h"
#include "mem.h"
#include "nests.h"
#include "operand.h"
#include "provenance.h"
#include "store.h"

/* Their count where there is none. */
static size_t find_index(const struct datasets *datasets, const char *name)
{
	size_t i = 0;
	while (i < datasets->count && strcmp(datasets->items[i]->name, name) != 0)
		i++;
	return i;
}

const struct dataset *datasets_find(const struct datasets *datasets, const char *name)
{
	size_t i = find_index(datasets, name);
	return i < datasets->count ? datasets->items[i] : NULL;
}

/* Two datasets may share a unit (the same respondents), but then it is one unit with one threshold. */
static bool check_units(const struct datasets *datasets, struct error *err)
{
	for (size_t i = 0; i < datasets->count; i++)
		for (size_t j = 0; j < i; j++) {
			const struct unit *a = &datasets->items[i]->unit, *b = &datasets->items[j]->unit;
			if (strcmp(a->name, b->name) != 0
			    || (a->confidential == b->confidential && a->threshold == b->threshold))
				continue;
			error_set(err, ERROR_CONFIG, "datasets %s and %s protect the unit %s differently",
			          datasets->items[j]->name, datasets->items[i]->name, a->name);
			return error_help(err, "give both units the same threshold, or two names");
		}
	return true;
}

static bool check_all_given(const struct datasets *datasets, const struct study *study, struct error *err)
{
	for (unsigned i = 0; i < study->analyses_count; i++)
		if (!datasets_find(datasets, study->analyses[i].dataset)) {
			error_set(err, ERROR_USAGE, "analysis %s is of the dataset %s, which is not given",
			          study->analyses[i].name, study->analyses[i].dataset);
			return error_help(err, "add %s=FILE, its deidentified.db", study->analyses[i].dataset);
		}
	return true;
}

bool datasets_open(struct datasets *datasets, const struct study *study, char *const *operands, size_t count,
                   struct error *err)
{
	*datasets = (struct datasets){ .items = mem_alloc(count, sizeof *datasets->items) };
	for (size_t i = 0; i < count; i++) {
		char *name = NULL;
		const char *path = NULL;
		if (!operand_split(&name, &path, operands[i], "deidentified.db", err))
			return false;
		bool twice = datasets_find(datasets, name) != NULL;
		bool ok = !twice && dataset_open(&datasets->items[datasets->count], study, name, path, err);
		if (twice) {
			error_set(err, ERROR_USAGE, "the dataset %s is given twice", name);
			error_help(err, "name each dataset once");
		}
		free(name);
		if (!ok)
			return false;
		datasets->count++;
	}
	return check_units(datasets, err) && check_all_given(datasets, study, err);
}

void datasets_close(struct datasets *datasets)
{
	for (size_t i = 0; i < datasets->count; i++)
		dataset_close(datasets->items[i]);
	free(datasets->items);
	*datasets = (struct datasets){ 0 };
}

/* A misspelt name would leave unprotected what it should protect, and so would a variable of whose answers there are no
 * codes, while readers are told of the rule. */
static bool check_sensitive(const struct study *study, const char *study_path, const struct datasets *datasets,
                            struct error *err)
{
	for (unsigned i = 0; i < study->disclosure.sensitive_count; i++) {
		const char *name = study->disclosure.sensitive[i], *near = NULL;
		bool found = false;
		size_t codes = 0;
		for (size_t d = 0; d < datasets->count && codes == 0; d++) {
			const struct dataset_variable *variable = dataset_variable(datasets->items[d], name);
			found = found || variable;
			near = near ? near : dataset_near(datasets->items[d], name);
			if (variable)
				dataset_counted(variable, &codes);
		}
		if (codes > 0)
			continue;
		if (found) {
			error_at(err, ERROR_CONFIG, study_path, 0, "disclosure.sensitive names %s, which has no codes",
			         name);
			return error_help(err, "name variables with codes: of numbers no answer of all can be hidden");
		}
		error_at(err, ERROR_CONFIG, study_path, 0, "disclosure.sensitive names %s, and no dataset has it",
		         name);
		return near ? error_help(err, "did you mean %s?", near)
		            : error_help(err, "name variables of the data dictionaries, or derived ones");
	}
	return true;
}

bool compare_study(struct universe *universe, const struct study *study, const char *study_path,
                   const struct datasets *datasets, struct error *err)
{
	bool ok = check_sensitive(study, study_path, datasets, err);
	struct twins *twins = twins_new();
	struct subgroups **subgroups = mem_alloc(datasets->count, sizeof *subgroups),
			 **undivided = mem_alloc(datasets->count, sizeof *undivided);
	for (size_t i = 0; i < datasets->count && ok; i++)
		ok = subgroups_read(&subgroups[i], study, datasets->items[i], true, study_path, err)
		     && subgroups_read(&undivided[i], study, datasets->items[i], false, study_path, err);
	for (unsigned i = 0; i < study->analyses_count && ok; i++) {
		const struct study_analysis *config = &study->analyses[i];
		size_t of = find_index(datasets, config->dataset);
		struct analysis analysis = {
			.study = study,
			.config = config,
			.study_path = study_path,
			.dataset = datasets_find(datasets, config->dataset),
			.subgroups = subgroups_divide(subgroups[of], study, config) ? subgroups[of] : undivided[of],
			.against = config->benchmark && config->benchmark->dataset
			                   ? datasets_find(datasets, config->benchmark->dataset)
			                   : NULL,
			.standard = config->standardise && config->standardise->dataset
			                    ? datasets_find(datasets, config->standardise->dataset)
			                    : NULL,
			.universe = universe,
			.twins = twins,
		};
		ok = analysis_kind_of(&analysis)->begin(&analysis, err);
		if (ok)
			analysis_kind_of(&analysis)->say(&analysis);
		analysis_release(&analysis);
	}
	for (size_t i = 0; i < datasets->count && ok; i++)
		ok = nests_add(universe, datasets->items[i], err);
	if (ok)
		twins_relate(twins, universe);
	twins_free(twins);
	for (size_t i = 0; i < datasets->count; i++) {
		subgroups_free(subgroups[i]);
		subgroups_free(undivided[i]);
	}
	free(subgroups);
	free(undivided);
	return ok;
}

/* The people of a dataset, and the rows that were not accepted: accounts count them, and they may be somebody's too.
 * They are recorded for each dataset, and what all of them are is added to `people`. */
static bool add_people(struct text *people, struct store *store, const struct dataset *dataset, struct error *err)
{
	size_t start = people->length;
	char hash[PROVENANCE_HASH_SIZE];
	char *population = NULL;
	sqlite3_stmt *select = NULL;
	bool row = false, ok = provenance_read(&population, dataset->store, "population", err)
	                       && store_prepare(&select, dataset->store, sql_compare_account, err);
	text_print(people, "%s %s\n", dataset->name, population ? population : "");
	while (ok && (ok = store_step(dataset->store, select, &row, err)) && row)
		text_print(people, "%s %s %s %lld\n", (const char *)sqlite3_column_text(select, 0),
		           (const char *)sqlite3_column_text(select, 1), (const char *)sqlite3_column_text(select, 2),
		           (long long)sqlite3_column_int64(select, 3));
	sqlite3_finalize(select);
	free(population);
	provenance_hash_bytes(hash, people->bytes + start, people->length - start);
	char *item = mem_print("population:%s", dataset->name);
	ok = ok && provenance_record(store, item, hash, err);
	free(item);
	return ok;
}

/* The people of all datasets: what tells a later release whether it is about the same ones. Published figures are
 * nobody's, and may be corrected. */
static bool record_population(struct store *store, const struct datasets *datasets, struct error *err)
{
	struct text people = { 0 };
	char hash[PROVENANCE_HASH_SIZE];
	bool ok = true;
	for (size_t i = 0; i < datasets->count && ok; i++)
		ok = datasets->items[i]->aggregate || add_people(&people, store, datasets->items[i], err);
	provenance_hash_bytes(hash, people.bytes, people.length);
	text_free(&people);
	return ok && provenance_record(store, "population", hash, err);
}

static bool record_inputs(struct store *store, const struct study *study, const struct datasets *datasets,
                          struct error *err)
{
	bool ok = study_record(study, NULL, store, err) && record_population(store, datasets, err);
	if (datasets->places)
		ok = ok && provenance_input(store, "places", datasets->places, err);
	for (size_t i = 0; i < datasets->count && ok; i++) {
		/* every dataset's file has the same base name: the role tells them apart */
		char *role = mem_print("stage:%s", datasets->items[i]->name);
		ok = provenance_input(store, role, store_path(datasets->items[i]->store), err);
		free(role);
	}
	return ok;
}

bool compare_store(const struct universe *universe, const struct study *study, const struct datasets *datasets,
                   const char *output, struct error *err)
{
	struct store *store = NULL;
	bool ok = store_create(&store, output, "compare", sql_schema_universe, err)
	          && record_inputs(store, study, datasets, err) && universe_store(universe, store, err)
	          && store_commit(store, err);
	store_close(store);
	return ok;
}
