#include "view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "grid.h"
#include "number.h"
#include "provenance.h"

/* --- what is coarser --- */

static const char *region_of(const struct places *places, const char *code)
{
	const struct place *place = places_find(places, code);
	while (place && strcmp(place->kind, "region") != 0 && *place->parent)
		place = places_find(places, place->parent);
	return place && strcmp(place->kind, "region") == 0 ? place->name : NULL;
}

static void find_regions(struct coarser *coarser, const struct key_variable *variable, size_t key,
                         const struct places *places)
{
	const char **labels = mem_alloc(variable->code_count, sizeof *labels);
	for (size_t c = 0; c < variable->code_count; c++)
		labels[c] = region_of(places, variable->codes[c].code);
	*coarser = (struct coarser){ .key = key, .words = "regions in the place of areas", .labels = labels };
}

/* The codes as the dictionary merges them; *found false where it merges none of this key. */
static bool find_broader(struct coarser *coarser, const struct key_variable *variable, size_t key, struct store *store,
                         bool *found, struct error *err)
{
	sqlite3_stmt *select = NULL;
	const char **labels = mem_alloc(variable->code_count, sizeof *labels);
	bool row = true, ok = store_prepare(&select, store, sql_risk_broader, err);
	*found = false;
	for (size_t c = 0; c < variable->code_count; c++)
		labels[c] = variable->codes[c].code;
	if (ok)
		store_bind_text(select, ":variable", variable->name);
	while (ok && (ok = store_step(store, select, &row, err)) && row)
		for (size_t c = 0; c < variable->code_count; c++)
			if (strcmp(variable->codes[c].code, (const char *)sqlite3_column_text(select, 0)) == 0)
				for (size_t b = 0; b < variable->code_count; b++)
					if (strcmp(variable->codes[b].code,
					           (const char *)sqlite3_column_text(select, 1))
					    == 0) {
						labels[c] = variable->codes[b].code;
						*found = true;
					}
	sqlite3_finalize(select);
	*coarser = (struct coarser){ .key = key, .words = "the broader codes of the dictionary", .labels = labels };
	return ok;
}

static bool make_offers(struct view *view, struct error *err)
{
	const struct key_table *table = view->sides[0].table;
	struct coarser *coarser = mem_alloc(2 * table->key_count, sizeof *coarser);
	size_t count = 0;
	bool ok = true, found = false;
	for (size_t k = 0; ok && k < table->key_count; k++) {
		if (table->keys[k].area && view->places)
			find_regions(&coarser[count++], &table->keys[k], k, view->places);
		ok = find_broader(&coarser[count], &table->keys[k], k, view->sides[0].store, &found, err);
		if (found)
			count++;
		else
			free((void *)coarser[count].labels);
	}
	ok = ok && offers_make(&view->offers, table, view->entry, coarser, count, err);
	for (size_t i = 0; i < count; i++)
		free((void *)coarser[i].labels);
	free(coarser);
	return ok;
}

/* --- the files --- */

/* Weights do not leave: afterwards everybody stands for as many as the average did. */
static void carry_weights(struct key_table *after, const struct key_table *before)
{
	if (after->records.weights || !before->records.weights)
		return;
	for (size_t i = 0; i < after->records.count; i++)
		after->weights[i] = 1 / before->fraction;
	after->records.weights = after->weights;
	after->fraction = before->fraction;
}

static bool check_dataset(struct store *store, const char *dataset, struct error *err)
{
	char *made_of = NULL;
	bool ok = provenance_read(&made_of, store, "dataset", err);
	if (ok && made_of && strcmp(made_of, dataset) != 0) {
		ok = error_at(err, ERROR_USAGE, store_path(store), 0, "it holds the dataset %s, not %s", made_of,
		              dataset);
		error_help(err, "give the file of the dataset that --dataset names");
	}
	free(made_of);
	return ok;
}

static bool side_open(struct view *view, const char *words, const char *path, const char *stage, enum key_source source,
                      const struct view_inputs *inputs, struct error *err)
{
	struct side *side = &view->sides[view->side_count++];
	side->words = words;
	if (!store_open(&side->store, path, stage, err) || !check_dataset(side->store, inputs->dataset, err)
	    || !key_table_load(&side->table, view->entry, side->store, source, inputs->config, err))
		return false;
	if (view->side_count == 2)
		carry_weights(side->table, view->sides[0].table);
	return measures_take(&side->measures, side->table, view->entry, err);
}

bool risk_view_open(struct view *view, const struct study *study, const struct view_inputs *inputs, struct error *err)
{
	view->study = study;
	view->dataset = study_dataset(study, inputs->dataset, err);
	view->entry = view->dataset ? study_microdata(study, inputs->dataset) : NULL;
	if (view->dataset && !view->entry) {
		char *config = study_source(inputs->config);
		error_at(err, ERROR_CONFIG, config, 0, "no records of %s are to leave", inputs->dataset);
		free(config);
		return error_help(err, "add an entry for it to `microdata` in the study's config");
	}
	return view->entry && (!inputs->places || places_load(&view->places, inputs->places, err))
	       && side_open(view, "Before", inputs->deidentified, "deidentify", KEY_DEIDENTIFIED, inputs, err)
	       && make_offers(view, err)
	       && (!inputs->anonymised
	           || side_open(view, "After", inputs->anonymised, "anonymise", KEY_ANONYMISED, inputs, err));
}

void risk_view_close(struct view *view)
{
	for (size_t s = 0; s < view->side_count; s++) {
		measures_release(&view->sides[s].measures);
		key_table_free(view->sides[s].table);
		store_close(view->sides[s].store);
	}
	offers_release(&view->offers);
	places_free(view->places);
}

/* --- words --- */

void view_say_keys(struct text *words, const struct view *view, unsigned keys)
{
	const struct key_table *table = view->sides[0].table;
	size_t count = 0, said = 0;
	for (size_t k = 0; k < table->key_count; k++)
		count += keys >> k & 1;
	for (size_t k = 0; k < table->key_count; k++)
		if (keys >> k & 1)
			text_add_listed(words, table->keys[k].label, said++, count);
}

void view_say_values(struct text *words, const struct key_table *table, size_t record, unsigned keys)
{
	bool more = false;
	for (size_t k = 0; k < table->key_count; k++) {
		if (!(keys >> k & 1))
			continue;
		int code = table->codes[record * table->key_count + k];
		text_print(words, "%s%s", more ? "; " : "", code ? table->keys[k].codes[code - 1].label : "–");
		if (code && table->keys[k].number)
			text_print(words, " %s", table->keys[k].unit);
		more = true;
	}
}

void view_say_number(struct text *words, double number, int decimals)
{
	char text[NUMBER_TEXT_SIZE];
	if (isfinite(number))
		number_print(text, number, decimals);
	text_add(words, isfinite(number) ? text : "–");
}

void view_say_people(struct text *words, const struct view *view, size_t count)
{
	char number[GRID_NUMBER_SIZE];
	grid_print_number(number, (long long)count);
	text_print(words, "%s %s", number, count == 1 ? view->dataset->unit.name : view->dataset->unit.plural);
}

bool view_is_empty(const struct view *view)
{
	return view->sides[0].measures.count == 0;
}

const struct side *view_last(const struct view *view)
{
	return &view->sides[view->side_count - 1];
}
