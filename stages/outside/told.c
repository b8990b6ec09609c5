#include "told.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "csv.h"
#include "csv_table.h"
#include "mem.h"
#include "number.h"
#include "text.h"

enum { MOST_DIMENSIONS = 8 };

/* The columns of one dimension, by place in a row. */
struct columns {
	size_t column, level;
	size_t *codes, *within; /* by level */
};

/* A group that the table counts: its codes in the order of the dimensions, and what it is a part of. */
struct group {
	char *codes[MOST_DIMENSIONS];
	char *whole[MOST_DIMENSIONS]; /* NULL: of nothing */
	size_t cell;
};

struct telling {
	const struct spec *spec;
	const struct spec_table *table;
	struct universe *universe;
	size_t unit;
	const char *path;
	struct columns columns[MOST_DIMENSIONS];
	size_t count_column, width;
	struct group *groups;
	size_t group_count, group_capacity;
};

/* --- the header --- */

static bool find_column(size_t *place, const struct telling *telling, const struct csv_record *header, const char *name,
                        struct error *err)
{
	for (*place = 0; *place < header->count; ++*place)
		if (strcmp(header->fields[*place], name) == 0)
			return true;
	error_at(err, ERROR_INPUT, telling->path, header->line, "there is no column `%s`", name);
	const char *near = text_nearest(name, header->fields, header->count);
	return near ? error_help(err, "did you mean %s?", near)
	            : error_help(err, "name the columns as the file's header does");
}

static bool find_columns(struct telling *telling, const struct csv_record *header, struct error *err)
{
	const struct spec_table *table = telling->table;
	telling->width = header->count;
	bool ok = find_column(&telling->count_column, telling, header, table->count, err);
	for (unsigned d = 0; ok && d < table->dimensions_count; d++) {
		const struct spec_dimension *dimension = &table->dimensions[d];
		struct columns *columns = &telling->columns[d];
		columns->codes = mem_alloc(dimension->levels_count, sizeof *columns->codes);
		columns->within = mem_alloc(dimension->levels_count, sizeof *columns->within);
		ok = dimension->column ? find_column(&columns->column, telling, header, dimension->column, err)
		                       : find_column(&columns->level, telling, header, dimension->level, err);
		for (unsigned l = 0; ok && l < dimension->levels_count; l++) {
			const struct spec_level *level = &dimension->levels[l];
			ok = find_column(&columns->codes[l], telling, header, level->code, err)
			     && (!level->within
			         || find_column(&columns->within[l], telling, header, level->within, err));
		}
	}
	return ok;
}

/* --- rows --- */

static bool is_one_of(const char *text, char *const *words, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (strcmp(text, words[i]) == 0)
			return true;
	return false;
}

/* DATASET & variable=code & ...: the dimensions in the order of the spec. Free with free(). */
static char *condition_of(const struct telling *telling, char *const *codes)
{
	struct text condition = { 0 };
	text_add(&condition, telling->table->name);
	for (unsigned d = 0; d < telling->table->dimensions_count; d++)
		text_print(&condition, " & %s=%s", telling->table->dimensions[d].variable, codes[d]);
	return condition.bytes;
}

/* The codes of the row; *rounded: to what its count is. *known false: it is of a level that the spec leaves out. */
static void read_codes(struct group *group, double *rounded, bool *known, const struct telling *telling,
                       const struct csv_record *row)
{
	*rounded = 0;
	*known = true;
	for (unsigned d = 0; d < telling->table->dimensions_count; d++) {
		const struct spec_dimension *dimension = &telling->table->dimensions[d];
		const struct columns *columns = &telling->columns[d];
		if (dimension->column) {
			group->codes[d] = mem_copy_text(row->fields[columns->column]);
			continue;
		}
		unsigned l = 0;
		while (l < dimension->levels_count
		       && strcmp(dimension->levels[l].level, row->fields[columns->level]) != 0)
			l++;
		if (l == dimension->levels_count) {
			*known = false;
			continue;
		}
		const struct spec_level *level = &dimension->levels[l];
		group->codes[d] = mem_copy_text(row->fields[columns->codes[l]]);
		if (level->within)
			group->whole[d] = mem_copy_text(row->fields[columns->within[l]]);
		*rounded = fmax(*rounded, level->rounded);
	}
}

static void drop(struct group *group)
{
	for (size_t d = 0; d < MOST_DIMENSIONS; d++) {
		free(group->codes[d]);
		free(group->whole[d]);
	}
}

/* A line of the release about one cell: a count that is shown, near a rounded one, or hidden. */
static void add_line(const struct telling *telling, size_t cell, enum result_status status, double value,
                     double rounded)
{
	universe_result(telling->universe,
	                &(struct result){ .analysis = telling->table->name,
	                                  .dataset = telling->table->name,
	                                  .statistic = "count",
	                                  .outcome = telling->table->count,
	                                  .level = NAN,
	                                  .status = status },
	                &cell, 1, NULL, 0);
	universe_figure(telling->universe, &(struct figure){ .name = "n",
	                                                     .value = value,
	                                                     .decimals = rounded > 0 ? -(int)lround(log10(rounded)) : 0,
	                                                     .numerator = cell,
	                                                     .factor = 1 });
}

static bool is_power_of_ten(double number)
{
	return number == 0 || (number >= 1 && fabs(log10(number) - round(log10(number))) < 1e-9);
}

static bool take_count(const struct telling *telling, struct group *group, double rounded, const char *text,
                       size_t line, struct error *err)
{
	const struct spec_table *table = telling->table;
	bool hidden = is_one_of(text, table->hidden, table->hidden_count);
	double count = 0;
	if (!hidden && (!number_read_decimal(text, &count) || count < 0 || count != floor(count))) {
		error_at(err, ERROR_INPUT, telling->path, line, "column `%s` holds neither a count nor a known symbol",
		         table->count);
		return error_help(err, "name its symbols under `hidden` or `none`");
	}
	if (!is_power_of_ten(rounded)) {
		error_at(err, ERROR_INPUT, telling->path, line, "counts are rounded to 1, 10, 100 and so on here");
		return error_help(err, "mend `rounded` in the description");
	}
	char *condition = condition_of(telling, group->codes);
	bool twice = universe_find(telling->universe, condition) != 0;
	if (!twice) {
		group->cell = universe_cell(telling->universe, telling->unit, condition,
		                            hidden || rounded > 0 ? -1 : (long long)count);
		add_line(telling, group->cell, hidden ? RESULT_HIDDEN : RESULT_OK, hidden ? NAN : count, rounded);
	}
	free(condition);
	if (!twice)
		return true;
	error_at(err, ERROR_INPUT, telling->path, line, "a second row is of the same group");
	return error_help(err, "name every column that the rows differ by under `dimensions`");
}

static bool take_row(struct telling *telling, const struct csv_record *row, struct error *err)
{
	const char *text = row->fields[telling->count_column];
	struct group group = { .cell = 0 };
	double rounded = 0;
	bool known = true;
	if (is_one_of(text, telling->table->none, telling->table->none_count))
		return true;
	read_codes(&group, &rounded, &known, telling, row);
	if (!known || !take_count(telling, &group, rounded, text, row->line, err)) {
		drop(&group);
		return !known;
	}
	telling->groups =
		mem_grow(telling->groups, telling->group_count, &telling->group_capacity, sizeof *telling->groups);
	telling->groups[telling->group_count++] = group;
	return true;
}

/* --- what adds up --- */

/* The cell of the group with another code in one dimension; 0: the release has none. */
static size_t beside(const struct telling *telling, const struct group *group, unsigned dimension, char *code)
{
	char *codes[MOST_DIMENSIONS];
	memcpy(codes, group->codes, sizeof codes);
	codes[dimension] = code;
	char *condition = condition_of(telling, codes);
	size_t cell = universe_find(telling->universe, condition);
	free(condition);
	return cell;
}

/* A part that the release does not have is nobody: it would say so else. */
static void add_sum(const struct telling *telling, const struct group *group, unsigned dimension,
                    const struct spec_sum *sum)
{
	size_t *parts = mem_alloc(sum->parts_count, sizeof *parts), count = 0;
	for (unsigned i = 0; i < sum->parts_count; i++) {
		size_t part = beside(telling, group, dimension, sum->parts[i]);
		if (part)
			parts[count++] = part;
	}
	if (count)
		universe_relation(telling->universe, RELATION_SUM, group->cell, parts, count);
	free(parts);
}

struct part {
	size_t whole, cell;
};

static int compare_parts(const void *left, const void *right)
{
	const struct part *a = left, *b = right;
	if (a->whole != b->whole)
		return a->whole < b->whole ? -1 : 1;
	return (a->cell > b->cell) - (a->cell < b->cell);
}

/* All groups that name the same whole make it up. */
static void add_hierarchy(const struct telling *telling, unsigned dimension)
{
	struct part *parts = mem_alloc(telling->group_count, sizeof *parts);
	size_t *cells = mem_alloc(telling->group_count, sizeof *cells), count = 0;
	for (size_t i = 0; i < telling->group_count; i++) {
		const struct group *group = &telling->groups[i];
		size_t whole = group->whole[dimension] ? beside(telling, group, dimension, group->whole[dimension]) : 0;
		if (whole)
			parts[count++] = (struct part){ whole, group->cell };
	}
	mem_sort(parts, count, sizeof *parts, compare_parts);
	for (size_t begin = 0, end; begin < count; begin = end) {
		for (end = begin; end < count && parts[end].whole == parts[begin].whole; end++)
			cells[end - begin] = parts[end].cell;
		universe_relation(telling->universe, RELATION_SUM, parts[begin].whole, cells, end - begin);
	}
	free(parts);
	free(cells);
}

static void add_relations(const struct telling *telling)
{
	for (unsigned d = 0; d < telling->table->dimensions_count; d++) {
		const struct spec_dimension *dimension = &telling->table->dimensions[d];
		for (size_t i = 0; i < telling->group_count; i++)
			for (unsigned s = 0; s < dimension->sums_count; s++)
				if (strcmp(telling->groups[i].codes[d], dimension->sums[s].total) == 0)
					add_sum(telling, &telling->groups[i], d, &dimension->sums[s]);
		add_hierarchy(telling, d);
	}
}

static bool read_table(struct telling *telling, struct error *err)
{
	struct csv_reader *reader = NULL;
	const struct csv_record *row = NULL;
	bool more = true, ok = csv_open(&reader, telling->path, NULL, err) && csv_read(reader, &row, &more, err);
	ok = ok && csv_table_row_check(telling->path, row, 0, err) && find_columns(telling, row, err);
	while (ok && (ok = csv_read(reader, &row, &more, err)) && more)
		ok = csv_table_row_check(telling->path, row, telling->width, err)
		     && (csv_table_row_is_blank(row) || take_row(telling, row, err));
	csv_close(reader);
	if (ok)
		add_relations(telling);
	return ok;
}

bool told_read(struct universe *universe, const struct spec *spec, const char *folder, struct error *err)
{
	size_t unit = universe_unit(universe, spec->unit.name, spec->unit.plural, true, spec->unit.threshold);
	bool ok = true;
	for (unsigned t = 0; ok && t < spec->tables_count; t++) {
		char *path = mem_print("%s/%s", folder, spec->tables[t].file);
		struct telling telling = {
			.spec = spec, .table = &spec->tables[t], .universe = universe, .unit = unit, .path = path
		};
		ok = spec->tables[t].dimensions_count <= MOST_DIMENSIONS
		     || error_at(err, ERROR_CONFIG, path, 0, "a table has at most %d dimensions", MOST_DIMENSIONS);
		ok = ok && read_table(&telling, err);
		for (size_t i = 0; i < telling.group_count; i++)
			drop(&telling.groups[i]);
		for (size_t d = 0; d < MOST_DIMENSIONS; d++) {
			free(telling.columns[d].codes);
			free(telling.columns[d].within);
		}
		free(telling.groups);
		free(path);
	}
	return ok;
}
