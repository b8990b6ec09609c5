#include "margins.h"

#include <stdlib.h>
#include <string.h>

#include "csv_table.h"
#include "mem.h"
#include "number.h"
#include "reading.h"
#include "text.h"

enum { M_MARGIN, M_CODE, M_POPULATION, M_SOURCE, M_COLUMNS };
static const char *const margins_columns[M_COLUMNS] = { "margin", "code", "population", "source" };

/* Of crossings of all codes: 150 areas by 10 ages by 600 of anything else. */
enum { MOST_CROSSED = 1000000, MOST_VARIABLES = 8 };

struct margins_private {
	struct csv_table *table; /* owns the texts */
	const struct margin_variable *variables;
	size_t variable_count, capacity;
	size_t *capacities; /* of each margin's cells */
};

static const char *nearest_variable(const struct margins *margins, const char *name)
{
	const struct margins_private *private = margins->private;
	const char **names = mem_alloc(private->variable_count, sizeof *names);
	for (size_t i = 0; i < private->variable_count; i++)
		names[i] = private->variables[i].name;
	const char *near = text_nearest(name, names, private->variable_count);
	free(names);
	return near;
}

/* Cut `text` at each *, in place. */
static size_t split(char *text, char *parts[MOST_VARIABLES])
{
	size_t count = 0;
	for (char *part = text; part && count < MOST_VARIABLES;) {
		char *star = strchr(part, '*');
		if (star)
			*star = '\0';
		parts[count++] = reading_trim(part);
		part = star ? star + 1 : NULL;
		if (part && count == MOST_VARIABLES)
			return 0;
	}
	return count;
}

static bool find_variable(const struct margins *margins, const struct reading *in, const char *name, size_t *index)
{
	const struct margins_private *private = margins->private;
	for (*index = 0; *index < private->variable_count; ++*index)
		if (strcmp(private->variables[*index].name, name) == 0)
			return true;
	const char *near = nearest_variable(margins, name);
	reading_fault(in, "`%s` is no variable with codes that a margin can be of", name);
	return near ? error_help(in->err, "did you mean %s?", near)
	            : error_help(in->err, "name a variable of type code, or a derived one with codes");
}

/* The margin of the row's name; a new one where it is the first of it. */
static bool take_margin(struct margins *margins, const struct reading *in, const char *name, size_t *index)
{
	struct margins_private *private = margins->private;
	for (*index = 0; *index < margins->count; ++*index)
		if (strcmp(margins->margins[*index].name, name) == 0)
			return true;
	char *copy = mem_copy_text(name), *parts[MOST_VARIABLES];
	size_t count = split(copy, parts), crossed = 1, capacity = private->capacity;
	struct margin margin = { .name = name, .line = csv_table_line(in->table, in->row), .variable_count = count };
	bool ok = count > 0 || reading_fault(in, "a margin crosses at most %d variables", MOST_VARIABLES);
	margin.variables = mem_alloc(count + 1, sizeof *margin.variables);
	for (size_t i = 0; ok && i < count; i++) {
		ok = find_variable(margins, in, parts[i], &margin.variables[i]);
		for (size_t other = 0; ok && other < i; other++)
			if (margin.variables[other] == margin.variables[i])
				ok = reading_fault(in, "the margin crosses `%s` with itself", parts[i]);
		if (ok)
			crossed *= private->variables[margin.variables[i]].code_count;
		if (ok && crossed > MOST_CROSSED)
			ok = reading_fault(in, "the margin has more than %d cells", MOST_CROSSED);
	}
	free(copy);
	if (!ok) {
		free(margin.variables);
		return false;
	}
	margin.crossing = mem_alloc(crossed, sizeof *margin.crossing);
	margins->margins = mem_grow(margins->margins, margins->count, &private->capacity, sizeof *margins->margins);
	private->capacities = mem_grow(private->capacities, margins->count, &capacity, sizeof *private->capacities);
	margins->margins[margins->count++] = margin;
	return true;
}

static bool find_code(const struct margin_variable *variable, const struct reading *in, const char *code, size_t *index)
{
	for (*index = 0; *index < variable->code_count; ++*index)
		if (strcmp(variable->codes[*index], code) == 0)
			return true;
	const char *near = text_nearest(code, variable->codes, variable->code_count);
	reading_fault(in, "`%s` is no code of %s", code, variable->name);
	return near ? error_help(in->err, "did you mean %s?", near)
	            : error_help(in->err, "a margin has the codes that are answers, and of the area those in the "
	                                  "study's scope");
}

static size_t crossing_of(const struct margins *margins, const struct margin *margin, const size_t *codes)
{
	size_t crossing = 0;
	for (size_t i = 0; i < margin->variable_count; i++)
		crossing = crossing * margins->private->variables[margin->variables[i]].code_count + codes[i];
	return crossing;
}

size_t margin_cell_of(const struct margins *margins, const struct margin *margin, const size_t *codes)
{
	return margin->crossing[crossing_of(margins, margin, codes)];
}

static bool take_cell(struct margins *margins, const struct reading *in)
{
	const char *code = csv_table_cell(in->table, in->row, M_CODE);
	const char *population = csv_table_cell(in->table, in->row, M_POPULATION);
	size_t index = 0, codes[MOST_VARIABLES] = { 0 };
	if (!take_margin(margins, in, csv_table_cell(in->table, in->row, M_MARGIN), &index))
		return false;
	struct margins_private *private = margins->private;
	struct margin *margin = &margins->margins[index];
	struct margin_cell cell = { .code = code, .line = csv_table_line(in->table, in->row) };
	char *copy = mem_copy_text(code), *parts[MOST_VARIABLES];
	size_t count = split(copy, parts);
	bool ok =
		count == margin->variable_count
		|| reading_fault(in, "a cell of %s has %zu codes with * between", margin->name, margin->variable_count);
	for (size_t i = 0; ok && i < count; i++)
		ok = find_code(&private->variables[margin->variables[i]], in, parts[i], &codes[i]);
	free(copy);
	if (!ok)
		return false;
	if (!number_read_decimal(population, &cell.population) || cell.population <= 0) {
		reading_fault(in, "the population of %s=%s is no number above 0", margin->name, code);
		return error_help(in->err, "write it in digits; leave out a cell that nobody can be in");
	}
	size_t crossing = crossing_of(margins, margin, codes);
	if (margin->crossing[crossing])
		return reading_fault(in, "%s=%s has its population twice", margin->name, code);
	margin->cells = mem_grow(margin->cells, margin->cell_count, &private->capacities[index], sizeof *margin->cells);
	margin->cells[margin->cell_count++] = cell;
	margin->crossing[crossing] = margin->cell_count;
	return true;
}

bool margins_load(struct margins **margins, const char *path, const struct margin_variable *variables, size_t count,
                  struct error *err)
{
	struct margins *loaded = mem_alloc(1, sizeof *loaded);
	loaded->private = mem_alloc(1, sizeof *loaded->private);
	loaded->private->variables = variables;
	loaded->private->variable_count = count;
	bool ok = csv_table_load(&loaded->private->table, path, margins_columns, M_COLUMNS, err);
	struct reading in = { loaded->private->table, 0, err };
	if (ok)
		loaded->path = csv_table_path(in.table);
	for (; ok && in.row < csv_table_rows(in.table); in.row++)
		ok = take_cell(loaded, &in);
	if (!ok) {
		margins_free(loaded);
		return false;
	}
	*margins = loaded;
	return true;
}

void margins_free(struct margins *margins)
{
	if (!margins)
		return;
	for (size_t i = 0; i < margins->count; i++) {
		free(margins->margins[i].variables);
		free(margins->margins[i].cells);
		free(margins->margins[i].crossing);
	}
	free(margins->margins);
	csv_table_free(margins->private->table);
	free(margins->private->capacities);
	free(margins->private);
	free(margins);
}

const struct margin *margins_find(const struct margins *margins, const char *name, const char **near)
{
	const char **names = mem_alloc(margins->count, sizeof *names);
	const struct margin *found = NULL;
	for (size_t i = 0; i < margins->count; i++) {
		names[i] = margins->margins[i].name;
		found = strcmp(names[i], name) == 0 ? &margins->margins[i] : found;
	}
	*near = found ? NULL : text_nearest(name, names, margins->count);
	free(names);
	return found;
}
