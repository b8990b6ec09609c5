#include "kept.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"
#include "text.h"

static bool read_derived(struct kept *kept, struct store *deidentified, struct error *err)
{
	sqlite3_stmt *select = NULL;
	size_t capacity = 0;
	bool row = false;
	bool ok = store_prepare(&select, deidentified, "SELECT variable FROM derived.derived ORDER BY position", err)
	          && store_step(deidentified, select, &row, err);
	while (ok && row) {
		kept->derived = mem_grow(kept->derived, kept->derived_count, &capacity, sizeof *kept->derived);
		kept->derived[kept->derived_count++] = mem_copy_text((const char *)sqlite3_column_text(select, 0));
		ok = store_step(deidentified, select, &row, err);
	}
	sqlite3_finalize(select);
	return ok;
}

/* Which region or country each place of the list is in; they are numbered as they come. */
static bool levels_find(struct kept_column *column, const struct dictionary *dictionary, struct error *err)
{
	const struct variable *variable = column->variable;
	const struct code_list *list = variable->codes;
	column->level_of = mem_alloc(list->count, sizeof *column->level_of);
	column->levels = mem_alloc(list->count, sizeof *column->levels);
	for (size_t i = 0; i < list->count; i++) {
		struct kept_level level = { 0 };
		level.code =
			dictionary_place_above(dictionary, list->codes[i].code, variable->place_level, &level.name);
		if (!level.code) {
			char *path = mem_print("%s/variables.csv", dictionary->folder);
			error_at(err, ERROR_CONFIG, path, variable->line,
			         "`%s`: places.csv names no %s that %s (%s) is in", variable->name,
			         variable->place_level, list->codes[i].code, list->codes[i].label);
			free(path);
			return error_help(err, "give the place its parent in places.csv, or take another treatment");
		}
		size_t at = 0;
		while (at < column->level_count && strcmp(column->levels[at].code, level.code) != 0)
			at++;
		if (at == column->level_count)
			column->levels[column->level_count++] = level;
		column->level_of[i] = at + 1;
	}
	return true;
}

static void release_column(struct kept_column *column)
{
	free(column->level_of);
	free(column->levels);
}

bool kept_choose(struct kept **kept, const struct dictionary *dictionary, struct store *deidentified, struct error *err)
{
	struct kept *chosen = mem_alloc(1, sizeof *chosen);
	chosen->columns = mem_alloc(dictionary->variable_count, sizeof *chosen->columns);
	chosen->wanted = mem_alloc(dictionary->variable_count, sizeof *chosen->wanted);
	chosen->area = dictionary_role(dictionary, ROLE_AREA);
	chosen->weight = dictionary_role(dictionary, ROLE_WEIGHT);
	chosen->key = dictionary_role(dictionary, ROLE_KEY);
	chosen->stratum = dictionary_role(dictionary, ROLE_STRATUM);
	chosen->cluster = dictionary_role(dictionary, ROLE_CLUSTER);
	chosen->cluster_size = dictionary_role(dictionary, ROLE_CLUSTER_SIZE);
	chosen->replicates = mem_alloc(dictionary->variable_count, sizeof *chosen->replicates);
	bool ok = true;
	for (size_t i = 0; ok && i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		struct kept_column column = { .variable = variable, .treatment = treatment_of(variable) };
		if (column.treatment == TREATMENT_BANDS && !bands_read(&column.bands, variable->bands)) {
			char *path = mem_print("%s/variables.csv", dictionary->folder);
			ok = error_at(err, ERROR_CONFIG, path, variable->line,
			              "the bands of `%s` are no numbers that go upwards", variable->name);
			free(path);
		}
		ok = ok && (column.treatment != TREATMENT_LEVEL || levels_find(&column, dictionary, err));
		bool apart = variable == chosen->area || variable == chosen->weight || variable == chosen->key;
		bool kept_so = column.treatment != TREATMENT_DROPPED && column.treatment != TREATMENT_PSEUDONYM;
		bool replicate = variable->role == ROLE_REPLICATE_WEIGHT;
		if (replicate)
			chosen->replicates[chosen->replicate_count++] = variable;
		chosen->wanted[i] = apart || kept_so || replicate || variable == chosen->stratum
		                    || variable == chosen->cluster || variable == chosen->cluster_size;
		if (kept_so && !apart)
			chosen->columns[chosen->count++] = column;
		else
			release_column(&column);
	}
	chosen->pseudonym = chosen->key && treatment_of(chosen->key) == TREATMENT_PSEUDONYM;
	if (!ok || !read_derived(chosen, deidentified, err)) {
		kept_free(chosen);
		return false;
	}
	*kept = chosen;
	return true;
}

void kept_free(struct kept *kept)
{
	if (!kept)
		return;
	for (size_t i = 0; i < kept->derived_count; i++)
		free(kept->derived[i]);
	free(kept->derived);
	for (size_t i = 0; i < kept->count; i++)
		release_column(&kept->columns[i]);
	free(kept->columns);
	free(kept->wanted);
	free(kept->replicates);
	free(kept);
}

/* --- describing --- */

/* The statements that describing writes with. */
struct describing {
	struct store *to;
	sqlite3_stmt *variable, *code, *reason, *treatment, *area, *microdata, *broader;
};

static bool add_code(const struct describing *with, const char *variable, long long position, const char *code,
                     const char *label, struct error *err)
{
	store_bind_text(with->code, ":variable", variable);
	store_bind_integer(with->code, ":position", position);
	store_bind_text(with->code, ":code", code);
	store_bind_text(with->code, ":label", label);
	return store_insert(with->to, with->code, err);
}

static bool add_codes(const struct describing *with, const struct variable *variable, struct error *err)
{
	long long position = 0;
	bool coded = variable->type == VARIABLE_CODE || variable->type == VARIABLE_CODES;
	for (size_t i = 0; coded && i < variable->codes->count; i++) {
		const struct code *code = &variable->codes->codes[i];
		if (code->missing == MISSING_NONE
		    && !add_code(with, variable->name, ++position, code->code, code->label, err))
			return false;
	}
	return true;
}

static bool add_bands(const struct describing *with, const struct kept_column *column, struct error *err)
{
	for (size_t band = 1; band <= column->bands.count; band++) {
		char label[80];
		bands_label(label, &column->bands, band, column->variable->type == VARIABLE_INTEGER);
		if (!add_code(with, column->variable->name, (long long)band, label, label, err))
			return false;
	}
	return true;
}

static bool add_levels(const struct describing *with, const struct kept_column *column, struct error *err)
{
	for (size_t i = 0; i < column->level_count; i++)
		if (!add_code(with, column->variable->name, (long long)i + 1, column->levels[i].code,
		              column->levels[i].name, err))
			return false;
	return true;
}

/* The type that a variable has once treated. */
static const char *treated_type(const struct kept_column *column)
{
	switch (column->treatment) {
	case TREATMENT_YEAR:
	case TREATMENT_AGE: return "integer";
	case TREATMENT_BANDS: return "code";
	default: return variable_type_word(column->variable->type);
	}
}

/* Of the roles that compare has to know. */
static const char *role_word(enum variable_role role)
{
	return role == ROLE_AREA ? "area" : role == ROLE_WAVE ? "wave" : role == ROLE_IMPUTATION ? "imputation" : "";
}

static bool add_variable(const struct describing *with, const struct kept_column *column, long long position,
                         struct error *err)
{
	const struct variable *variable = column->variable;
	bool number = variable->type == VARIABLE_INTEGER || variable->type == VARIABLE_NUMBER;
	bool range = number && column->treatment != TREATMENT_BANDS;
	store_bind_text(with->variable, ":variable", variable->name);
	store_bind_integer(with->variable, ":position", position);
	store_bind_text(with->variable, ":label", variable->label);
	store_bind_text(with->variable, ":question", variable->question);
	store_bind_text(with->variable, ":type", treated_type(column));
	store_bind_text(with->variable, ":level",
	                column->treatment == TREATMENT_BANDS ? "ordinal" : variable_level_word(variable->level));
	store_bind_text(with->variable, ":unit", variable->unit);
	store_bind_text(with->variable, ":polarity", variable->polarity);
	store_bind_text(with->variable, ":domain", variable->domain);
	store_bind_text(with->variable, ":disclosure", variable_disclosure_word(variable->disclosure));
	bool top = column->treatment == TREATMENT_TOP || column->treatment == TREATMENT_ENDS;
	bool bottom = column->treatment == TREATMENT_BOTTOM || column->treatment == TREATMENT_ENDS;
	if (range && bottom)
		store_bind_real(with->variable, ":least", variable->bottom);
	else if (range && variable->has_min)
		store_bind_real(with->variable, ":least", variable->min);
	if (range && top)
		store_bind_real(with->variable, ":most", variable->top);
	else if (range && variable->has_max)
		store_bind_real(with->variable, ":most", variable->max);
	store_bind_integer(with->variable, ":required", variable->required);
	store_bind_null(with->variable, ":source");
	store_bind_text(with->variable, ":role", role_word(variable->role));
	if (!store_insert(with->to, with->variable, err))
		return false;
	for (int reason = 1; reason < MISSING_COUNT && !variable->required; reason++) {
		if (!(variable->missing & 1u << reason))
			continue;
		store_bind_text(with->reason, ":variable", variable->name);
		store_bind_text(with->reason, ":reason", missing_reason_word((enum missing_reason)reason));
		if (!store_insert(with->to, with->reason, err))
			return false;
	}
	switch (column->treatment) {
	case TREATMENT_BANDS: return add_bands(with, column, err);
	case TREATMENT_LEVEL: return add_levels(with, column, err);
	default: return add_codes(with, variable, err);
	}
}

static bool add_areas(const struct describing *with, const struct variable *area, struct error *err)
{
	long long position = 0;
	for (size_t i = 0; area && i < area->codes->count; i++) {
		const struct code *code = &area->codes->codes[i];
		if (code->missing != MISSING_NONE)
			continue;
		store_bind_integer(with->area, ":area", ++position);
		store_bind_text(with->area, ":code", code->code);
		store_bind_text(with->area, ":label", code->label);
		if (!store_insert(with->to, with->area, err))
			return false;
	}
	return true;
}

static bool add_treatments(const struct describing *with, const struct dictionary *dictionary, struct error *err)
{
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		store_bind_text(with->treatment, ":variable", dictionary->variables[i].name);
		store_bind_text(with->treatment, ":treatment", treatment_word(treatment_of(&dictionary->variables[i])));
		if (!store_insert(with->to, with->treatment, err))
			return false;
	}
	return true;
}

static bool add_broader(const struct describing *with, const struct variable *variable, struct error *err)
{
	const struct code_list *list = variable->codes;
	for (const struct code *code = list->codes; code < list->codes + list->count; code++) {
		if (!code->broader)
			continue;
		store_bind_text(with->broader, ":variable", variable->name);
		store_bind_text(with->broader, ":code", code->code);
		store_bind_text(with->broader, ":broader", code->broader);
		if (!store_insert(with->to, with->broader, err))
			return false;
	}
	return true;
}

static bool add_microdata(const struct describing *with, const struct dictionary *dictionary, struct error *err)
{
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		if (variable->microdata.treat == TREAT_NONE)
			continue;
		store_bind_text(with->microdata, ":variable", variable->name);
		store_bind_text(with->microdata, ":wish", variable->microdata.words);
		if (!store_insert(with->to, with->microdata, err)
		    || (variable->microdata.treat == TREAT_BROADER && !add_broader(with, variable, err)))
			return false;
	}
	return true;
}

static bool make_table(const struct kept *kept, struct store *deidentified, struct error *err)
{
	struct text sql = { 0 };
	text_add(&sql,
	         "CREATE TABLE respondents (respondent INTEGER PRIMARY KEY, pseudonym TEXT, area INTEGER, weight REAL");
	for (size_t i = 0; i < kept->count; i++) {
		const char *type = treated_type(&kept->columns[i]);
		char *name = store_quote_name(kept->columns[i].variable->name);
		text_print(&sql, ", %s %s", name,
		           strcmp(type, "number") == 0                               ? "REAL"
		           : strcmp(type, "text") == 0 || strcmp(type, "codes") == 0 ? "TEXT"
		                                                                     : "INTEGER");
		free(name);
	}
	for (size_t i = 0; i < kept->derived_count; i++) {
		char *name = store_quote_name(kept->derived[i]);
		text_print(&sql, ", %s NUMERIC", name);
		free(name);
	}
	text_add(&sql, ")");
	bool ok = store_run(deidentified, sql.bytes, err);
	text_free(&sql);
	return ok;
}

bool kept_describe(const struct kept *kept, const struct dictionary *dictionary, struct store *deidentified,
                   struct error *err)
{
	struct describing with = { .to = deidentified };
	bool ok =
		store_prepare(&with.variable, deidentified, sql_deidentify_insert_variable, err)
		&& store_prepare(&with.code, deidentified,
	                         "INSERT INTO code VALUES (:variable, :position, :code, :label)", err)
		&& store_prepare(&with.reason, deidentified, "INSERT INTO reason VALUES (:variable, :reason)", err)
		&& store_prepare(&with.treatment, deidentified, "INSERT INTO treatment VALUES (:variable, :treatment)",
	                         err)
		&& store_prepare(&with.area, deidentified, "INSERT INTO area VALUES (:area, :code, :label)", err)
		&& store_prepare(&with.microdata, deidentified, "INSERT INTO microdata VALUES (:variable, :wish)", err)
		&& store_prepare(&with.broader, deidentified, "INSERT INTO broader VALUES (:variable, :code, :broader)",
	                         err)
		&& add_areas(&with, kept->area, err) && add_treatments(&with, dictionary, err)
		&& add_microdata(&with, dictionary, err);
	struct kept_column area = { .variable = kept->area, .treatment = TREATMENT_KEPT };
	if (kept->area)
		ok = ok && add_variable(&with, &area, 0, err);
	for (size_t i = 0; ok && i < kept->count; i++)
		ok = add_variable(&with, &kept->columns[i], (long long)i + 1, err);
	ok = ok && store_run(deidentified, sql_deidentify_copy_derived, err) && make_table(kept, deidentified, err);
	sqlite3_finalize(with.variable);
	sqlite3_finalize(with.code);
	sqlite3_finalize(with.reason);
	sqlite3_finalize(with.treatment);
	sqlite3_finalize(with.area);
	sqlite3_finalize(with.microdata);
	sqlite3_finalize(with.broader);
	return ok;
}
