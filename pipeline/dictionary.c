#include "dictionary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "code_lists.h"
#include "conditions.h"
#include "csv_table.h"
#include "headers.h"
#include "mem.h"
#include "number.h"
#include "provenance.h"
#include "reading.h"
#include "variables.h"

struct dictionary_private {
	char *folder;
	struct csv_table *variables_table, *codes_table, *rules_table, *headers_table; /* own most texts */
	struct code_lists *lists;
	struct variables variables;
	struct headers *headers;
};

/* --- rules.csv --- */

static const char *const severity_words[] = { "reject", "warn", "note" };
enum { R_RULE, R_SEVERITY, R_WHEN, R_REQUIRE, R_MESSAGE, R_LIMIT, R_WAVES, R_COLUMNS };
static const char *const rules_columns[R_COLUMNS] = {
	"rule", "severity", "when", "require", "message", "limit", "waves"
};

static bool load_rules(struct dictionary *dictionary, const struct csv_table *table, struct error *err)
{
	size_t rows = csv_table_rows(table);
	struct rule *rules = mem_alloc(rows, sizeof *rules);
	dictionary->rules = rules;
	struct reading in = { table, 0, err };
	for (in.row = 0; in.row < rows; in.row++) {
		const char *cells[R_COLUMNS];
		for (size_t c = 0; c < R_COLUMNS; c++)
			cells[c] = csv_table_cell(table, in.row, c);
		int severity = 0;
		double limit = NAN;
		if (!reading_is_name(cells[R_RULE]))
			return reading_fault(&in, "`%s` cannot be the name of a rule: use small letters, digits and _",
			                     cells[R_RULE]);
		for (size_t i = 0; i < in.row; i++)
			if (strcmp(rules[i].name, cells[R_RULE]) == 0)
				return reading_fault(&in, "the rule `%s` is named twice", cells[R_RULE]);
		if (!reading_word(&severity, &in, "severity", cells[R_SEVERITY], severity_words, COUNT(severity_words)))
			return false;
		if (!*cells[R_REQUIRE] || !*cells[R_MESSAGE])
			return reading_fault(&in, "the rule `%s` needs an expression in require and a message",
			                     cells[R_RULE]);
		if (*cells[R_LIMIT] && (!number_read_decimal(cells[R_LIMIT], &limit) || limit < 0 || limit > 100))
			return reading_fault(&in, "the limit of `%s` is no number from 0 to 100 (per cent)",
			                     cells[R_RULE]);
		rules[in.row] = (struct rule){ cells[R_RULE],
			                       (enum rule_severity)severity,
			                       reading_or_null(cells[R_WHEN]),
			                       cells[R_REQUIRE],
			                       cells[R_MESSAGE],
			                       limit,
			                       reading_or_null(cells[R_WAVES]),
			                       csv_table_line(table, in.row) };
		dictionary->rule_count++;
	}
	return true;
}

/* --- lists and the variables that use them --- */

static bool check_lists_used(const struct dictionary *dictionary, const char *path, struct error *err)
{
	for (size_t l = 0; l < dictionary->list_count; l++) {
		const struct code_list *list = &dictionary->lists[l];
		bool used = strcmp(list->name, "any") == 0 || strcmp(list->name, "places") == 0;
		for (size_t i = 0; i < dictionary->variable_count && !used; i++)
			used = dictionary->variables[i].codes == list;
		if (!used) {
			error_at(err, ERROR_CONFIG, path, 0, "no variable uses the list `%s`", list->name);
			return error_help(err, "name it in the column codes of variables.csv, or remove it");
		}
	}
	return true;
}

/* An option goes with no other only where several may be ticked. */
static bool check_exclusive(const struct dictionary *dictionary, const char *path, struct error *err)
{
	for (size_t l = 0; l < dictionary->list_count; l++) {
		const struct code_list *list = &dictionary->lists[l];
		const struct code *exclusive = NULL;
		bool several = false;
		for (size_t i = 0; i < list->count && !exclusive; i++)
			exclusive = list->codes[i].exclusive ? &list->codes[i] : NULL;
		for (size_t i = 0; exclusive && i < dictionary->variable_count && !several; i++)
			several = dictionary->variables[i].codes == list
			          && dictionary->variables[i].type == VARIABLE_CODES;
		if (exclusive && !several) {
			error_at(err, ERROR_CONFIG, path, exclusive->line,
			         "`%s` of the list `%s` is exclusive, and no variable takes several of it",
			         exclusive->code, list->name);
			return error_help(err,
			                  "clear exclusive, or give the variable of the list the type codes if several "
			                  "may be ticked");
		}
	}
	return true;
}

/* --- drafts --- */

static size_t count_guessed(const struct csv_table *table, size_t note, size_t *line)
{
	static const char mark[] = "guessed";
	size_t count = 0;
	for (size_t row = 0; row < csv_table_rows(table); row++) {
		if (strncasecmp(csv_table_cell(table, row, note), mark, sizeof mark - 1) != 0)
			continue;
		*line = count == 0 ? csv_table_line(table, row) : *line;
		count++;
	}
	return count;
}

/* What `describe` guessed from an export is nobody's word on it yet. */
static bool check_guessed(const struct csv_table *variables, const struct csv_table *codes, struct error *err)
{
	size_t variables_line = 0, codes_line = 0;
	size_t of_variables = count_guessed(variables, VARIABLES_NOTE, &variables_line);
	size_t count = of_variables + count_guessed(codes, CODE_LISTS_NOTE, &codes_line);
	if (count == 0)
		return true;
	error_at(err, ERROR_CONFIG, csv_table_path(of_variables ? variables : codes),
	         of_variables ? variables_line : codes_line, "%zu row%s of the dictionary %s only guessed", count,
	         count == 1 ? "" : "s", count == 1 ? "is" : "are");
	error_code(err, "dict-guessed");
	return error_help(err,
	                  "look at each row of variables.csv and codes.csv whose note begins with \"guessed\", put "
	                  "right what is not so, then clear its note");
}

/* --- the whole --- */

/* The rooms that own what the dictionary shows. */
static bool load_parts(struct dictionary *dictionary, const char *places_path, char *const *areas, size_t area_count,
                       struct error *err)
{
	struct dictionary_private *private = dictionary->private;
	if (!check_guessed(private->variables_table, private->codes_table, err)
	    || !code_lists_load(&private->lists, private->codes_table, places_path, areas, area_count, err)
	    || !variables_load(&private->variables, private->variables_table, private->lists, err))
		return false;
	dictionary->lists = code_lists_all(private->lists, &dictionary->list_count);
	dictionary->variables = private->variables.items;
	dictionary->variable_count = private->variables.count;
	if (!check_lists_used(dictionary, csv_table_path(private->codes_table), err)
	    || !check_exclusive(dictionary, csv_table_path(private->codes_table), err)
	    || !load_rules(dictionary, private->rules_table, err)
	    || !headers_load(&private->headers, private->headers_table, &private->variables, private->lists, err))
		return false;
	dictionary->headers = headers_all(private->headers, &dictionary->header_count);
	struct conditions *conditions = NULL;
	bool ok = conditions_new(&conditions, dictionary, err);
	conditions_free(conditions);
	return ok;
}

static bool load_table(struct csv_table **table, const struct dictionary *dictionary, const char *name,
                       const char *const *columns, size_t count, struct error *err)
{
	char *path = mem_print("%s/%s", dictionary->folder, name);
	bool ok = csv_table_load(table, path, columns, count, err);
	free(path);
	return ok;
}

bool dictionary_load(struct dictionary **dictionary, const char *folder, const char *places_path, char *const *areas,
                     size_t area_count, struct error *err)
{
	struct dictionary *loaded = mem_alloc(1, sizeof *loaded);
	struct dictionary_private *private = mem_alloc(1, sizeof *private);
	loaded->private = private;
	loaded->folder = private->folder = mem_copy_text(folder);
	bool ok = load_table(&private->variables_table, loaded, "variables.csv", variables_columns, VARIABLES_COLUMNS,
	                     err)
	          && load_table(&private->codes_table, loaded, "codes.csv", code_lists_columns, CODE_LISTS_COLUMNS, err)
	          && load_table(&private->rules_table, loaded, "rules.csv", rules_columns, R_COLUMNS, err)
	          && load_table(&private->headers_table, loaded, "headers.csv", headers_columns, HEADERS_COLUMNS, err)
	          && load_parts(loaded, places_path, areas, area_count, err);
	if (!ok) {
		dictionary_free(loaded);
		return false;
	}
	*dictionary = loaded;
	return true;
}

void dictionary_free(struct dictionary *dictionary)
{
	if (!dictionary)
		return;
	struct dictionary_private *private = dictionary->private;
	headers_free(private->headers);
	variables_release(&private->variables);
	code_lists_free(private->lists);
	csv_table_free(private->variables_table);
	csv_table_free(private->codes_table);
	csv_table_free(private->rules_table);
	csv_table_free(private->headers_table);
	free(private->folder);
	free(private);
	free((void *)dictionary->rules);
	free(dictionary);
}

/* --- looking up --- */

const struct variable *dictionary_variable(const struct dictionary *dictionary, const char *name)
{
	return variables_find(&dictionary->private->variables, name);
}

const struct variable *dictionary_role(const struct dictionary *dictionary, enum variable_role role)
{
	return variables_role(&dictionary->private->variables, role);
}

bool dictionary_redacts(const struct dictionary *dictionary)
{
	for (size_t i = 0; i < dictionary->variable_count; i++)
		if (dictionary->variables[i].treat == TREAT_REDACT)
			return true;
	return false;
}

const struct variable *dictionary_repeat(const struct dictionary *dictionary)
{
	const struct variable *repeat = dictionary_role(dictionary, ROLE_REPEAT);
	return repeat ? repeat : dictionary_role(dictionary, ROLE_IMPUTATION);
}

const struct variable *dictionary_header(const struct dictionary *dictionary, const char *profile,
                                         const char *const names[HEADER_MATCH_COUNT], const struct header **header)
{
	const struct headers *headers = dictionary->private->headers;
	*header = headers_find(headers, profile, names);
	if (*header)
		return &dictionary->variables[(*header)->variable];
	const struct variable *same = names[HEADER_NAME] ? dictionary_variable(dictionary, names[HEADER_NAME]) : NULL;
	bool elsewhere = same && headers_name(headers, profile, same->name); /* its column has another name here */
	return elsewhere ? NULL : same;
}

const struct code *dictionary_code(const struct dictionary *dictionary, const struct code_list *list,
                                   const char *exported)
{
	const struct code_lists *lists = dictionary->private->lists;
	const struct code *code = code_lists_spelt(lists, list, exported);
	return code ? code : code_lists_spelt(lists, code_lists_any(lists), exported);
}

size_t dictionary_longest(const struct dictionary *dictionary, const struct code_list *list)
{
	return code_lists_longest(dictionary->private->lists, list);
}

const char *dictionary_near_code(const struct dictionary *dictionary, const struct code_list *list,
                                 const char *exported)
{
	(void)dictionary;
	return code_list_near(list, exported);
}

const struct code_list *dictionary_list(const struct dictionary *dictionary, const char *name)
{
	return code_lists_find(dictionary->private->lists, name);
}

const char *dictionary_place_above(const struct dictionary *dictionary, const char *code, const char *kind,
                                   const char **name)
{
	enum { LEVELS = 8 }; /* a place that is its own parent must not keep us */
	const struct places *places = code_lists_places(dictionary->private->lists);
	const struct place *place = places_find(places, code);
	for (int level = 0; place && level < LEVELS; level++) {
		if (strcmp(place->kind, kind) == 0) {
			*name = place->name;
			return place->code;
		}
		place = *place->parent ? places_find(places, place->parent) : NULL;
	}
	return NULL;
}

bool dictionary_record(const struct dictionary *dictionary, struct store *store, struct error *err)
{
	const struct csv_table *tables[] = { dictionary->private->variables_table, dictionary->private->codes_table,
		                             dictionary->private->rules_table };
	bool ok = true;
	for (size_t i = 0; ok && i < COUNT(tables); i++)
		ok = provenance_input(store, "dictionary", csv_table_path(tables[i]), err);
	return ok;
}
