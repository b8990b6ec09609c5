#include "nests.h"

#include <stdlib.h>
#include <string.h>

#include "analysis.h"
#include "embedded.h"
#include "made_of.h"
#include "mem.h"
#include "text.h"

/* What a condition may say of one variable, and of whom it is true. */
struct name {
	const struct dataset_variable *variable;
	char *term, *sql;
	const char *said; /* in term: what it says of the variable */
	long long n;
	bool answered, option; /* option: one of several that may be ticked */
};

struct nests {
	struct universe *universe;
	const struct dataset *dataset;
	struct made_of *made_of;
	struct name *names;
	size_t count, capacity, unit, cell_count; /* cell_count: how many there were, before any is added here */
	long long least;
};

/* --- the names --- */

static const struct dataset_code *find_code(const struct dataset_variable *variable, const char *code)
{
	for (size_t i = 0; i < variable->code_count; i++)
		if (strcmp(variable->codes[i].code, code) == 0)
			return &variable->codes[i];
	return NULL;
}

/* SQL for who ticked the option; NULL where it is none. */
static char *option_predicate(const struct dataset_variable *variable, const char *column, const char *code)
{
	for (size_t i = 0; i < variable->option_count; i++)
		if (strcmp(variable->options[i].code, code) == 0) {
			char *quoted = sqlite3_mprintf("%Q", code);
			char *sql = mem_print("instr(';' || %s || ';', ';' || %s || ';') > 0", column, quoted);
			sqlite3_free(quoted);
			return sql;
		}
	return NULL;
}

/* SQL for what follows the variable's name in a term; NULL where it is no name that holds others, such as a reason. */
static char *predicate(const struct dataset_variable *variable, const char *said)
{
	char *column = store_quote_name(variable->column), *sql = NULL;
	const struct dataset_code *code = *said == '=' ? find_code(variable, said + 1) : NULL;
	if (strcmp(said, ":answered") == 0)
		sql = mem_print("%s IS NOT NULL", column);
	else if (strcmp(said, ":lowest") == 0)
		sql = mem_print("%s IS %.17g", column, variable->least);
	else if (strcmp(said, ":highest") == 0)
		sql = mem_print("%s IS %.17g", column, variable->most);
	else if (code)
		sql = mem_print("%s IS %lld", column, code->position);
	else if (*said == '=')
		sql = option_predicate(variable, column, said + 1);
	free(column);
	return sql;
}

/* The variable whose name the term begins with, and what it says of it. */
static const struct dataset_variable *read_term(const struct dataset *dataset, const char *term, const char **said)
{
	for (size_t i = 0; i < dataset->variable_count; i++) {
		const struct dataset_variable *variable = &dataset->variables[i];
		size_t length = strlen(variable->term);
		if (variable->column && i != dataset->area && strncmp(term, variable->term, length) == 0
		    && (term[length] == ':' || term[length] == '=')) {
			*said = term + length;
			return variable;
		}
	}
	return NULL;
}

/* Every condition of one term that is such a name. */
static void find_names(struct nests *nests)
{
	const char *dataset = nests->dataset->name;
	for (size_t i = 0; i < nests->cell_count; i++) {
		const struct cell *cell = &nests->universe->cells[i];
		const char *said = NULL, *term = cell->condition + strlen(dataset);
		if (strncmp(cell->condition, dataset, strlen(dataset)) != 0 || strncmp(term, " & ", 3) != 0)
			continue;
		const struct dataset_variable *variable = read_term(nests->dataset, term += 3, &said);
		char *sql = variable ? predicate(variable, said) : NULL;
		if (!sql)
			continue;
		nests->names = mem_grow(nests->names, nests->count, &nests->capacity, sizeof *nests->names);
		struct name name = { .variable = variable,
			             .term = mem_copy_text(term),
			             .sql = sql,
			             .n = cell->n,
			             .answered = strcmp(said, ":answered") == 0,
			             .option = variable->option_count > 0 && *said == '=' };
		name.said = name.term + (said - term);
		nests->names[nests->count++] = name;
	}
}

/* --- which of them is within which --- */

/* Whoever answered an item need not have the score: that all of them have is chance. */
static bool may_nest(const struct nests *nests, const struct name *inner, const struct name *outer)
{
	bool item_in_score = inner->answered && outer->answered && !inner->variable->source && outer->variable->source;
	if (inner->n == 0 || inner->n >= outer->n || item_in_score)
		return false;
	if (inner->variable == outer->variable)
		return inner->option && outer->option;
	return made_of_share(nests->made_of, inner->variable->name, outer->variable->name)
	       || (inner->variable->routed && inner->answered && !outer->answered);
}

static bool is_within(bool *within, const struct nests *nests, const struct name *inner, const struct name *outer,
                      struct error *err)
{
	long long outside = 0;
	*within = false;
	if (!may_nest(nests, inner, outer))
		return true;
	char *sql =
		mem_print("SELECT EXISTS (SELECT 1 FROM respondents WHERE %s AND NOT (%s))", inner->sql, outer->sql);
	bool ok = store_read_integer(nests->dataset->store, sql, 0, &outside, err);
	free(sql);
	*within = ok && outside == 0;
	return ok;
}

/* --- saying so --- */

/* Where the term stands in the condition, between blanks; NULL: nowhere. */
static const char *find_term(const char *condition, const char *term)
{
	size_t length = strlen(term);
	for (const char *at = condition; (at = strstr(at, " & ")); at++)
		if (strncmp(at + 3, term, length) == 0
		    && (at[3 + length] == 0 || strncmp(at + 3 + length, " & ", 3) == 0))
			return at;
	return NULL;
}

/* The cell whose condition has `inner` in the place of the term at `at`, which is `length` long; 0: there is none.
 * Terms are sorted, so that the place may be another. */
static size_t find_sibling(const struct universe *universe, const char *condition, const char *at, size_t length,
                           const char *inner)
{
	char *rest = mem_print("%.*s%s", (int)(at - condition), condition, at + 3 + length);
	size_t cell = 0;
	for (const char *place = strstr(rest, " & "); place && !cell; place = strstr(place + 1, " & ")) {
		char *tried = mem_print("%.*s & %s%s", (int)(place - rest), rest, inner, place);
		cell = universe_find(universe, tried);
		free(tried);
	}
	if (!cell) {
		char *tried = mem_print("%s & %s", rest, inner);
		cell = universe_find(universe, tried);
		free(tried);
	}
	free(rest);
	return cell;
}

/* The cell is the sum of the inner one and of who is left, at every condition that has the outer name. */
static void relate_rest(struct nests *nests, const struct name *outer, const struct name *inner)
{
	struct universe *universe = nests->universe;
	for (size_t i = 0; i < nests->cell_count; i++) {
		const char *condition = universe->cells[i].condition, *at = find_term(condition, outer->term);
		size_t length = strlen(outer->term),
		       part = at ? find_sibling(universe, condition, at, length, inner->term) : 0;
		if (!part)
			continue;
		char *left = mem_print("%.*s & %s:not-%s%s", (int)(at + 3 + length - condition), condition,
		                       inner->variable->term, inner->said + 1, at + 3 + length);
		size_t parts[] = { part, universe_cell(universe, nests->unit, left,
			                               universe->cells[i].n - universe->cells[part - 1].n) };
		universe_relation(universe, RELATION_SUM, i + 1, parts, COUNT(parts));
		free(left);
	}
}

static void relate_sum(struct nests *nests, const struct name *outer, const struct name **inner, size_t count)
{
	struct universe *universe = nests->universe;
	size_t *parts = mem_alloc(count, sizeof *parts), length = strlen(outer->term);
	for (size_t i = 0; i < nests->cell_count; i++) {
		const char *condition = universe->cells[i].condition, *at = find_term(condition, outer->term);
		size_t found = 0;
		for (size_t p = 0; at && p < count; p++) {
			parts[found] = find_sibling(universe, condition, at, length, inner[p]->term);
			found += parts[found] != 0;
		}
		if (at && found == count)
			universe_relation(universe, RELATION_SUM, i + 1, parts, count);
	}
	free(parts);
}

/* Those names of one variable that are within the outer one. */
static bool relate(struct nests *nests, const struct name *outer, const struct dataset_variable *variable,
                   struct error *err)
{
	const struct name **inner = mem_alloc(nests->count, sizeof *inner);
	size_t count = 0;
	long long sum = 0;
	bool ok = true, within = false, answered = false, overlap = variable->option_count > 0;
	for (size_t i = 0; ok && i < nests->count; i++) {
		const struct name *name = &nests->names[i];
		if (name->variable != variable)
			continue;
		ok = is_within(&within, nests, name, outer, err);
		if (!within)
			continue;
		inner[count++] = name;
		answered = answered || name->answered;
		sum += name->n;
	}
	/* of everybody who answered, the codes are no news */
	if (ok && count > 1 && !answered && !overlap && sum == outer->n) {
		relate_sum(nests, outer, inner, count);
	} else {
		for (size_t i = 0; ok && i < count; i++)
			if (inner[i]->n >= nests->least && inner[i]->answered == answered)
				relate_rest(nests, outer, inner[i]);
	}
	free(inner);
	return ok;
}

bool nests_add(struct universe *universe, const struct dataset *dataset, struct error *err)
{
	const struct unit *unit = &dataset->unit;
	struct nests nests = {
		.universe = universe,
		.dataset = dataset,
		.unit = universe_unit(universe, unit->name, unit->plural, unit->confidential, unit->threshold),
		.least = analysis_least_base(dataset),
		.cell_count = universe->cell_count,
	};
	bool ok = made_of_load(&nests.made_of, dataset, err);
	if (ok)
		find_names(&nests);
	for (size_t i = 0; ok && i < nests.count; i++)
		for (size_t v = 0; ok && v < dataset->variable_count; v++)
			ok = relate(&nests, &nests.names[i], &dataset->variables[v], err);
	for (size_t i = 0; i < nests.count; i++) {
		free(nests.names[i].term);
		free(nests.names[i].sql);
	}
	free(nests.names);
	made_of_free(nests.made_of);
	return ok;
}
