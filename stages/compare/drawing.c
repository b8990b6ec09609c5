#include "drawing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"
#include "number.h"
#include "text.h"

/* What the dataset's design borrows. */
struct drawing_arrays {
	double *weight, *start, *population, *cluster_size;
	double *replicate_weight, *replicate_scale;
	struct survey_replicates replicates;
	size_t *stratum, *cluster;
	struct survey_margin *margins;
};

struct capacities {
	size_t weight, start, stratum, cluster;
};

static bool damaged(const struct dataset *dataset, struct error *err)
{
	error_at(err, ERROR_INPUT, store_path(dataset->store), 0, "its design does not fit its respondents");
	return error_help(err, "remove the file and run make again, so that deidentify writes it anew");
}

static bool read_item(struct dataset *dataset, const char *item, const char **value, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, dataset->store, "SELECT value FROM design WHERE item = :item", err);
	if (ok) {
		store_bind_text(select, ":item", item);
		ok = store_step(dataset->store, select, &row, err);
	}
	if (ok && row)
		*value = mem_arena_copy(dataset->strings, (const char *)sqlite3_column_text(select, 0));
	sqlite3_finalize(select);
	return ok;
}

/* Numbers from 1 in the file, from 0 here. */
static bool take_number(sqlite3_stmt *row, int column, size_t *number, size_t *count)
{
	long long value = sqlite3_column_int64(row, column);
	if (value < 1)
		return false;
	*number = (size_t)value - 1;
	*count = (size_t)value > *count ? (size_t)value : *count;
	return true;
}

static bool take_respondent(struct dataset *dataset, struct capacities *capacities, sqlite3_stmt *row, bool drawn,
                            struct error *err)
{
	struct drawing_arrays *arrays = dataset->arrays;
	struct survey_design *design = &dataset->design;
	size_t i = design->units;
	arrays->weight = mem_grow(arrays->weight, i, &capacities->weight, sizeof *arrays->weight);
	arrays->start = mem_grow(arrays->start, i, &capacities->start, sizeof *arrays->start);
	arrays->stratum = mem_grow(arrays->stratum, i, &capacities->stratum, sizeof *arrays->stratum);
	arrays->cluster = mem_grow(arrays->cluster, i, &capacities->cluster, sizeof *arrays->cluster);
	bool has_weight = sqlite3_column_type(row, 0) != SQLITE_NULL;
	arrays->weight[i] = has_weight ? sqlite3_column_double(row, 0) : NAN;
	arrays->start[i] = sqlite3_column_type(row, 3) == SQLITE_NULL ? NAN : sqlite3_column_double(row, 3);
	dataset->weighted = dataset->weighted || has_weight;
	if (drawn
	    && (!take_number(row, 1, &arrays->stratum[i], &design->strata)
	        || !take_number(row, 2, &arrays->cluster[i], &design->clusters)))
		return damaged(dataset, err);
	design->units++;
	return true;
}

static bool read_respondents(struct dataset *dataset, bool drawn, struct error *err)
{
	struct capacities capacities = { 0 };
	sqlite3_stmt *rows = NULL;
	bool more = true, ok = store_prepare(&rows, dataset->store, sql_compare_drawn, err);
	while (ok && more) {
		ok = store_step(dataset->store, rows, &more, err);
		if (ok && more)
			ok = take_respondent(dataset, &capacities, rows, drawn, err);
	}
	sqlite3_finalize(rows);
	return ok;
}

static bool read_strata(struct dataset *dataset, bool *finite, struct error *err)
{
	struct survey_design *design = &dataset->design;
	double *population = mem_alloc(design->strata, sizeof *population);
	sqlite3_stmt *rows = NULL;
	bool more = true;
	dataset->arrays->population = population;
	for (size_t h = 0; h < design->strata; h++)
		population[h] = NAN;
	bool ok = store_prepare(&rows, dataset->store,
	                        "SELECT stratum, population FROM stratum WHERE population NOT NULL", err);
	while (ok && more) {
		ok = store_step(dataset->store, rows, &more, err);
		long long stratum = ok && more ? sqlite3_column_int64(rows, 0) : 0;
		if (stratum >= 1 && stratum <= (long long)design->strata) {
			population[stratum - 1] = sqlite3_column_double(rows, 1);
			*finite = true;
		}
	}
	design->population = *finite ? population : NULL;
	sqlite3_finalize(rows);
	return ok;
}

/* Every respondent is in one cell of every margin. */
static bool read_margin(struct dataset *dataset, sqlite3_stmt *rows, long long number, struct error *err)
{
	struct survey_design *design = &dataset->design;
	struct survey_margin *margin = &dataset->arrays->margins[number - 1];
	size_t *cell = mem_alloc(design->units, sizeof *cell);
	bool more = true, ok = true;
	margin->cell = cell;
	store_bind_integer(rows, ":margin", number);
	for (size_t i = 0; ok && more; i++) {
		ok = store_step(dataset->store, rows, &more, err);
		if (ok
		    && (more ? i >= design->units || !take_number(rows, 0, &cell[i], &margin->cells)
		             : i != design->units))
			ok = damaged(dataset, err);
	}
	sqlite3_reset(rows);
	return ok;
}

static bool read_margins(struct dataset *dataset, struct error *err)
{
	long long count = 0;
	sqlite3_stmt *rows = NULL;
	bool ok = store_read_integer(dataset->store, "SELECT max(margin) FROM margin", 0, &count, err)
	          && store_prepare(&rows, dataset->store,
	                           "SELECT cell FROM margin WHERE margin = :margin ORDER BY respondent", err);
	dataset->arrays->margins = mem_alloc(ok ? (size_t)count : 0, sizeof *dataset->arrays->margins);
	for (long long number = 1; ok && number <= count; number++) {
		dataset->design.margin_count++;
		ok = read_margin(dataset, rows, number, err);
	}
	sqlite3_finalize(rows);
	for (size_t i = 0; ok && count && i < dataset->design.units; i++)
		if (isnan(dataset->arrays->start[i]))
			ok = damaged(dataset, err);
	dataset->design.margins = dataset->arrays->margins;
	dataset->design.start = dataset->arrays->start;
	return ok;
}

static bool read_lonely(struct dataset *dataset, struct error *err)
{
	static const char *const words[] = { [SURVEY_LONELY_FAIL] = "fail",
		                             [SURVEY_LONELY_ADJUST] = "adjust",
		                             [SURVEY_LONELY_AVERAGE] = "average",
		                             [SURVEY_LONELY_REMOVE] = "remove",
		                             [SURVEY_LONELY_CERTAINTY] = "certainty" };
	const char *lonely = "";
	size_t i = 0;
	if (!read_item(dataset, "lonely", &lonely, err))
		return false;
	while (i < COUNT(words) && strcmp(words[i], lonely) != 0)
		i++;
	dataset->design.lonely = (enum survey_lonely)i;
	return i < COUNT(words) || damaged(dataset, err);
}

/* Sizes of clusters: of all, or of none. */
static bool read_sizes(struct dataset *dataset, struct error *err)
{
	struct survey_design *design = &dataset->design;
	sqlite3_stmt *rows = NULL;
	double *size = mem_alloc(design->clusters, sizeof *size);
	size_t count = 0;
	bool more = true;
	bool ok = store_prepare(&rows, dataset->store, "SELECT cluster, size FROM cluster ORDER BY cluster", err);
	dataset->arrays->cluster_size = size;
	while (ok && more) {
		ok = store_step(dataset->store, rows, &more, err);
		if (ok && more && (count >= design->clusters || sqlite3_column_int64(rows, 0) != (long long)count + 1))
			ok = damaged(dataset, err);
		else if (ok && more)
			size[count++] = sqlite3_column_double(rows, 1);
	}
	sqlite3_finalize(rows);
	if (ok && count && count != design->clusters)
		return damaged(dataset, err);
	design->cluster_size = count ? size : NULL;
	return ok;
}

static bool read_scales(struct dataset *dataset, struct error *err)
{
	struct drawing_arrays *arrays = dataset->arrays;
	struct survey_replicates *replicates = &arrays->replicates;
	sqlite3_stmt *rows = NULL;
	size_t capacity = 0;
	bool more = true;
	bool ok = store_prepare(&rows, dataset->store, "SELECT scale FROM replicate ORDER BY replicate", err);
	while (ok && more) {
		ok = store_step(dataset->store, rows, &more, err);
		if (!ok || !more)
			continue;
		arrays->replicate_scale = mem_grow(arrays->replicate_scale, replicates->count, &capacity,
		                                   sizeof *arrays->replicate_scale);
		arrays->replicate_scale[replicates->count++] = sqlite3_column_double(rows, 0);
	}
	sqlite3_finalize(rows);
	replicates->scale = 1; /* each scale holds the common one */
	replicates->scales = arrays->replicate_scale;
	return ok;
}

/* Every respondent has a weight in every replicate. */
static bool read_replicate_weights(struct dataset *dataset, struct error *err)
{
	struct drawing_arrays *arrays = dataset->arrays;
	struct survey_replicates *replicates = &arrays->replicates;
	size_t all = dataset->design.units * replicates->count, count = 0;
	sqlite3_stmt *rows = NULL;
	bool more = true;
	bool ok = store_prepare(&rows, dataset->store,
	                        "SELECT weight FROM replicate_weight ORDER BY respondent, replicate", err);
	arrays->replicate_weight = mem_alloc(all, sizeof *arrays->replicate_weight);
	while (ok && more) {
		ok = store_step(dataset->store, rows, &more, err);
		if (ok && more && count >= all)
			ok = damaged(dataset, err);
		else if (ok && more)
			arrays->replicate_weight[count++] = sqlite3_column_double(rows, 0);
	}
	sqlite3_finalize(rows);
	replicates->weight = arrays->replicate_weight;
	return ok && (count == all || damaged(dataset, err));
}

static bool read_replicates(struct dataset *dataset, struct error *err)
{
	static const struct {
		const char *word, *variance;
	} types[] = {
		{ "jk1", "the jackknife (replicate weights, JK1)" },
		{ "jkn", "the stratified jackknife (replicate weights, JKn)" },
		{ "brr", "balanced repeated replication" },
		{ "fay", "balanced repeated replication as Fay's" },
		{ "bootstrap", "the bootstrap (replicate weights)" },
	};
	struct survey_replicates *replicates = &dataset->arrays->replicates;
	const char *type = NULL, *around = "", *df = "";
	size_t i = 0;
	if (!read_item(dataset, "replicates", &type, err) || !type)
		return type == NULL;
	if (!read_item(dataset, "replicates_around", &around, err) || !read_item(dataset, "replicates_df", &df, err))
		return false;
	while (i < COUNT(types) && strcmp(types[i].word, type) != 0)
		i++;
	replicates->mse = strcmp(around, "estimate") == 0;
	if (i == COUNT(types) || (strcmp(df, "rank") != 0 && !number_read_decimal(df, &replicates->df)))
		return damaged(dataset, err);
	if (strcmp(df, "rank") == 0)
		replicates->df = NAN;
	dataset->variance = types[i].variance;
	dataset->drawing = replicates->mse ? ", around the estimate" : ", around the replicates' mean";
	dataset->design.replicates = replicates;
	return read_scales(dataset, err) && read_replicate_weights(dataset, err);
}

/* What readers are told of how the sample was drawn. */
static void put_into_words(struct dataset *dataset, bool finite)
{
	static const char *const lonelies[] = {
		[SURVEY_LONELY_FAIL] = "a stratum of one leaves no interval",
		[SURVEY_LONELY_ADJUST] = "a stratum of one counts by its distance from the mean of all",
		[SURVEY_LONELY_AVERAGE] = "a stratum of one counts as the others do on average",
		[SURVEY_LONELY_REMOVE] = "a stratum of one is left out",
		[SURVEY_LONELY_CERTAINTY] = "a stratum of one was sure to be drawn",
	};
	const struct survey_design *design = &dataset->design;
	struct text words = { 0 };
	text_add(&words, "");
	if (design->strata > 1)
		text_print(&words, ", in strata (%s)", lonelies[design->lonely]);
	if (design->clusters < design->units)
		text_add(&words, design->cluster_size ? ", in clusters and within them" : ", in clusters");
	if (finite)
		text_add(&words, ", from a finite population");
	if (dataset->adjusted)
		text_add(&words, ", with the weights adjusted to the margins");
	dataset->drawing = mem_arena_copy(dataset->strings, words.bytes);
	text_free(&words);
}

static bool read_design(struct dataset *dataset, struct error *err)
{
	const char *adjust = "none";
	bool finite = false;
	struct survey_design *design = &dataset->design;
	bool ok = read_item(dataset, "weight", &dataset->weight, err) && read_item(dataset, "adjust", &adjust, err)
	          && read_item(dataset, "margins", &dataset->margins, err) && read_respondents(dataset, true, err)
	          && read_lonely(dataset, err) && read_strata(dataset, &finite, err) && read_sizes(dataset, err);
	dataset->adjusted = strcmp(adjust, "none") != 0;
	dataset->adjusted_within =
		dataset->adjusted && strcmp(dataset->margins, dataset->variables[dataset->area].name) != 0;
	design->stratum = dataset->arrays->stratum;
	design->cluster = dataset->arrays->cluster;
	ok = ok && (!dataset->adjusted || read_margins(dataset, err));
	dataset->designed = true;
	if (ok)
		put_into_words(dataset, finite);
	return ok && read_replicates(dataset, err);
}

bool drawing_read(struct dataset *dataset, struct error *err)
{
	long long items = 0;
	dataset->arrays = mem_alloc(1, sizeof *dataset->arrays);
	dataset->drawing = dataset->margins = "";
	dataset->variance = "Taylor linearisation";
	if (!store_read_integer(dataset->store, "SELECT count(*) FROM design", 0, &items, err))
		return false;
	bool ok = items ? read_design(dataset, err) : read_respondents(dataset, false, err);
	struct survey_design *design = &dataset->design;
	design->weight = dataset->weighted ? dataset->arrays->weight : NULL;
	dataset->designed = dataset->designed || dataset->weighted;
	if (items == 0) {
		design->strata = 1;
		design->clusters = design->units;
		dataset->weight = dataset->weighted ? "weight" : NULL;
	} else if (!dataset->weighted)
		dataset->weight = NULL;
	return ok;
}

void drawing_release(struct dataset *dataset)
{
	struct drawing_arrays *arrays = dataset->arrays;
	if (!arrays)
		return;
	for (size_t m = 0; m < dataset->design.margin_count; m++)
		free((void *)arrays->margins[m].cell);
	free(arrays->margins);
	free(arrays->weight);
	free(arrays->start);
	free(arrays->population);
	free(arrays->cluster_size);
	free(arrays->replicate_weight);
	free(arrays->replicate_scale);
	free(arrays->stratum);
	free(arrays->cluster);
	free(arrays);
}
