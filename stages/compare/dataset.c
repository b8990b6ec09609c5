#include "dataset.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "drawing.h"
#include "embedded.h"
#include "mem.h"
#include "number.h"
#include "provenance.h"
#include "record_keys.h"
#include "text.h"

static const char *column_text(const struct dataset *dataset, sqlite3_stmt *row, int column)
{
	return mem_arena_copy(dataset->strings, (const char *)sqlite3_column_text(row, column));
}

static double column_real(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? NAN : sqlite3_column_double(row, column);
}

static bool damaged(const struct dataset *dataset, struct error *err, const char *what)
{
	error_at(err, ERROR_INPUT, store_path(dataset->store), 0, "%s", what);
	return error_help(err, "remove the file and run make again, so that deidentify writes it anew");
}

/* Run `take` on each row of a query; `variable` is bound where it is not NULL. */
static bool each_row(struct dataset *dataset, const char *sql, const char *variable,
                     bool (*take)(struct dataset *dataset, sqlite3_stmt *row, void *to, struct error *err), void *to,
                     struct error *err)
{
	sqlite3_stmt *statement = NULL;
	bool more = true, ok = store_prepare(&statement, dataset->store, sql, err);
	if (ok && variable)
		store_bind_text(statement, ":variable", variable);
	while (ok && more) {
		ok = store_step(dataset->store, statement, &more, err);
		if (ok && more)
			ok = take(dataset, statement, to, err);
	}
	sqlite3_finalize(statement);
	return ok;
}

static bool take_area(struct dataset *dataset, sqlite3_stmt *row, void *to, struct error *err)
{
	size_t *capacity = to;
	if (sqlite3_column_int64(row, 0) != (long long)dataset->area_count + 1)
		return damaged(dataset, err, "its areas are not numbered from 1");
	dataset->areas = mem_grow(dataset->areas, dataset->area_count, capacity, sizeof *dataset->areas);
	dataset->areas[dataset->area_count++] =
		(struct dataset_area){ .code = column_text(dataset, row, 1), .label = column_text(dataset, row, 2) };
	return true;
}

static bool take_name(struct dataset *dataset, sqlite3_stmt *row, void *to, struct error *err)
{
	(void)err;
	*(const char **)to = column_text(dataset, row, 0);
	return true;
}

struct growing {
	struct dataset_variable *variable;
	size_t capacity;
};

static bool take_code(struct dataset *dataset, sqlite3_stmt *row, void *to, struct error *err)
{
	(void)err;
	struct growing *growing = to;
	struct dataset_variable *variable = growing->variable;
	variable->codes = mem_grow(variable->codes, variable->code_count, &growing->capacity, sizeof *variable->codes);
	struct dataset_code *code = &variable->codes[variable->code_count++];
	*code = (struct dataset_code){ .position = sqlite3_column_int64(row, 0),
		                       .code = column_text(dataset, row, 1),
		                       .label = column_text(dataset, row, 2) };
	variable->integers = variable->integers && number_read_integer(code->code, &code->integer);
	return true;
}

static bool take_reason(struct dataset *dataset, sqlite3_stmt *row, void *to, struct error *err)
{
	(void)err;
	struct growing *growing = to;
	struct dataset_variable *variable = growing->variable;
	variable->reasons =
		mem_grow(variable->reasons, variable->reason_count, &growing->capacity, sizeof *variable->reasons);
	variable->reasons[variable->reason_count++] = column_text(dataset, row, 0);
	return true;
}

static enum polarity read_polarity(const char *word)
{
	return text_equal(word, "higher_better")  ? POLARITY_HIGHER_BETTER
	       : text_equal(word, "higher_worse") ? POLARITY_HIGHER_WORSE
	                                          : POLARITY_NONE;
}

static bool take_variable(struct dataset *dataset, sqlite3_stmt *row, void *to, struct error *err)
{
	(void)err;
	size_t *capacity = to;
	dataset->variables =
		mem_grow(dataset->variables, dataset->variable_count, capacity, sizeof *dataset->variables);
	struct dataset_variable *variable = &dataset->variables[dataset->variable_count++];
	*variable = (struct dataset_variable){
		.name = column_text(dataset, row, 0),
		.label = column_text(dataset, row, 1),
		.type = column_text(dataset, row, 2),
		.unit = column_text(dataset, row, 3),
		.least = column_real(row, 4),
		.most = column_real(row, 5),
		.required = sqlite3_column_int(row, 6) != 0,
		.source = column_text(dataset, row, 8),
		.level = column_text(dataset, row, 9),
		.polarity = read_polarity((const char *)sqlite3_column_text(row, 10)),
		.routed = sqlite3_column_int(row, 11) != 0,
		.integers = true,
	};
	variable->term = variable->name;
	variable->column = sqlite3_column_int(row, 7) ? variable->name : NULL;
	return true;
}

static bool take_term(struct dataset *dataset, sqlite3_stmt *row, void *to, struct error *err)
{
	(void)to, (void)err;
	for (size_t i = 0; i < dataset->variable_count; i++)
		if (strcmp(dataset->variables[i].name, (const char *)sqlite3_column_text(row, 0)) == 0)
			dataset->variables[i].term = column_text(dataset, row, 1);
	return true;
}

static bool take_held_back(struct dataset *dataset, sqlite3_stmt *row, void *to, struct error *err)
{
	(void)err;
	size_t *capacity = to;
	dataset->held_back =
		mem_grow(dataset->held_back, dataset->held_back_count, capacity, sizeof *dataset->held_back);
	dataset->held_back[dataset->held_back_count++] = column_text(dataset, row, 0);
	return true;
}

static bool read_variable(struct dataset *dataset, struct dataset_variable *variable, struct error *err)
{
	struct growing codes = { variable, 0 }, reasons = { variable, 0 };
	if (!each_row(dataset, sql_compare_codes, variable->name, take_code, &codes, err)
	    || !each_row(dataset, sql_compare_reasons, variable->name, take_reason, &reasons, err))
		return false;
	if (strcmp(variable->type, "codes") == 0) { /* a text of them: no position of one */
		variable->options = variable->codes;
		variable->option_count = variable->code_count;
		variable->codes = NULL;
		variable->code_count = 0;
	}
	variable->integers = variable->integers && variable->code_count > 0;
	return true;
}

/* The area's codes are the declared areas, whatever positions its code list gave them. */
static void give_areas(struct dataset *dataset, struct dataset_variable *variable)
{
	free(variable->codes);
	variable->codes = mem_alloc(dataset->area_count, sizeof *variable->codes);
	variable->code_count = dataset->area_count;
	variable->integers = true;
	variable->column = "area";
	for (size_t i = 0; i < dataset->area_count; i++) {
		struct dataset_code *code = &variable->codes[i];
		*code = (struct dataset_code){ .position = (long long)i + 1,
			                       .code = dataset->areas[i].code,
			                       .label = dataset->areas[i].label };
		variable->integers = variable->integers && number_read_integer(code->code, &code->integer);
	}
}

static bool find_area(struct dataset *dataset, struct error *err)
{
	const char *name = NULL;
	if (!each_row(dataset, sql_compare_area_variable, NULL, take_name, &name, err))
		return false;
	if (!name)
		return damaged(dataset, err, "no variable has the role of the area");
	dataset->area = 0;
	while (!text_equal(dataset->variables[dataset->area].name, name))
		dataset->area++;
	give_areas(dataset, &dataset->variables[dataset->area]);
	return true;
}

static bool find_wave(struct dataset *dataset, struct error *err)
{
	const char *name = NULL;
	if (!each_row(dataset, "SELECT variable FROM variable WHERE role = 'wave'", NULL, take_name, &name, err))
		return false;
	dataset->wave = name ? dataset_variable(dataset, name) : NULL;
	return true;
}

static bool find_imputation(struct dataset *dataset, struct error *err)
{
	const char *name = NULL;
	if (!each_row(dataset, "SELECT variable FROM variable WHERE role = 'imputation'", NULL, take_name, &name, err))
		return false;
	dataset->imputation = name ? dataset_variable(dataset, name) : NULL;
	return true;
}

/* Weights are of people, and the rows of a dataset with imputations are not. */
static bool check_imputation(const struct dataset *dataset, struct error *err)
{
	if (!dataset->imputation || !dataset->designed)
		return true;
	error_set(err, ERROR_CONFIG, "the dataset %s has imputations and weights or a design, which are not pooled yet",
	          dataset->name);
	return error_help(
		err, "leave out the design in the config, and the role weight, stratum or cluster in variables.csv");
}

static bool read_all(struct dataset *dataset, struct error *err)
{
	size_t area_capacity = 0, variable_capacity = 0, held_back_capacity = 0;
	if (!each_row(dataset, "SELECT area, code, label FROM area ORDER BY area", NULL, take_area, &area_capacity, err)
	    || !each_row(dataset, sql_compare_variables, NULL, take_variable, &variable_capacity, err)
	    || !each_row(dataset, sql_compare_held_back, NULL, take_held_back, &held_back_capacity, err))
		return false;
	if (dataset->area_count == 0)
		return damaged(dataset, err, "it declares no area");
	for (size_t i = 0; i < dataset->variable_count; i++)
		if (!read_variable(dataset, &dataset->variables[i], err))
			return false;
	return each_row(dataset, sql_compare_terms, NULL, take_term, NULL, err) && find_area(dataset, err)
	       && find_wave(dataset, err) && find_imputation(dataset, err) && drawing_read(dataset, err)
	       && check_imputation(dataset, err);
}

static bool check_maker(struct dataset *dataset, struct error *err)
{
	char *made_of = NULL;
	bool ok = provenance_read(&made_of, dataset->store, "dataset", err);
	if (ok && made_of && strcmp(made_of, dataset->name) != 0) {
		ok = error_at(err, ERROR_USAGE, store_path(dataset->store), 0, "it holds the dataset %s, not %s",
		              made_of, dataset->name);
		error_help(err, "give each dataset as NAME=FILE, with its own file");
	}
	free(made_of);
	return ok;
}

bool dataset_open(struct dataset **dataset, const struct study *study, const char *name, const char *path,
                  struct error *err)
{
	const struct study_dataset *config = study_dataset(study, name, err);
	if (!config)
		return false;
	struct dataset *opened = mem_alloc(1, sizeof *opened);
	opened->strings = mem_arena_new();
	opened->name = mem_arena_copy(opened->strings, name);
	opened->aggregate = study_is_aggregate(config);
	opened->unit = (struct unit){
		.name = mem_arena_copy(opened->strings, config->unit.name),
		.plural = mem_arena_copy(opened->strings, config->unit.plural),
		.confidential = config->unit.confidential,
		.threshold = study_threshold(study, config),
	};
	const struct study_statistics *statistics = study->disclosure.statistics;
	opened->test_base = statistics ? statistics->test_base : 0;
	opened->tail = statistics ? statistics->tail : 0;
	if (!store_open(&opened->store, path, "deidentify", err) || !check_maker(opened, err)
	    || !read_all(opened, err)
	    || (study->disclosure.cell_key && opened->unit.confidential && !record_keys_read(opened, err))) {
		dataset_close(opened);
		return false;
	}
	*dataset = opened;
	return true;
}

void dataset_close(struct dataset *dataset)
{
	if (!dataset)
		return;
	for (size_t i = 0; i < dataset->variable_count; i++) {
		free(dataset->variables[i].codes);
		free(dataset->variables[i].options);
		free(dataset->variables[i].reasons);
	}
	free(dataset->variables);
	free(dataset->held_back);
	for (size_t i = 0; i < dataset->group_count; i++)
		free(dataset->groups[i].areas);
	free(dataset->groups);
	free(dataset->areas);
	free(dataset->keys);
	drawing_release(dataset);
	store_close(dataset->store);
	mem_arena_free(dataset->strings);
	free(dataset);
}

const struct dataset_variable *dataset_variable(const struct dataset *dataset, const char *name)
{
	for (size_t i = 0; i < dataset->variable_count; i++)
		if (strcmp(dataset->variables[i].name, name) == 0)
			return &dataset->variables[i];
	return NULL;
}

const struct dataset_code *dataset_counted(const struct dataset_variable *variable, size_t *count)
{
	*count = variable->option_count ? variable->option_count : variable->code_count;
	return variable->option_count ? variable->options : variable->codes;
}

const char dataset_held_back_help[] =
	"texts, dates, ids, weights and what `treat` drops go no further: give it type code and a code list, or derive "
	"codes of it";

bool dataset_holds_back(const struct dataset *dataset, const char *name)
{
	for (size_t i = 0; i < dataset->held_back_count; i++)
		if (strcmp(dataset->held_back[i], name) == 0)
			return true;
	return false;
}

const char *dataset_near(const struct dataset *dataset, const char *name)
{
	const char **names = mem_alloc(dataset->variable_count, sizeof *names);
	for (size_t i = 0; i < dataset->variable_count; i++)
		names[i] = dataset->variables[i].name;
	const char *near = text_nearest(name, names, dataset->variable_count);
	free(names);
	return near;
}
