#include "subgroups.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "axis.h"
#include "filtering.h"
#include "mem.h"
#include "text.h"

enum { MOST_FILTERS = 12, MOST_PATTERNS = 64, MOST_ROWS = 100000, MOST_RANGE = 200, MOST_OPTIONS = 8 };

/* --- the filters --- */

static int compare_texts(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void find_filters(struct subgroups *subgroups, const struct study *study)
{
	subgroups->texts = mem_alloc(study->analyses_count, sizeof *subgroups->texts);
	for (unsigned i = 0; i < study->analyses_count; i++) {
		const struct study_analysis *analysis = &study->analyses[i];
		if (analysis->filter && strcmp(analysis->dataset, subgroups->dataset->name) == 0
		    && subgroups_find(subgroups, analysis->filter) == subgroups->count)
			subgroups->texts[subgroups->count++] = analysis->filter;
	}
	if (subgroups->count)
		mem_sort(subgroups->texts, subgroups->count, sizeof *subgroups->texts, compare_texts);
}

size_t subgroups_find(const struct subgroups *subgroups, const char *filter)
{
	size_t at = 0;
	while (at < subgroups->count && !(filter && strcmp(subgroups->texts[at], filter) == 0))
		at++;
	return at;
}

static int compare_patterns(const void *a, const void *b)
{
	unsigned long long left = *(const unsigned long long *)a, right = *(const unsigned long long *)b;
	return (left > right) - (left < right);
}

static bool has_pattern(const unsigned long long *patterns, size_t count, unsigned long long pattern)
{
	for (size_t i = 0; i < count; i++)
		if (patterns[i] == pattern)
			return true;
	return false;
}

bool subgroups_overlap(const struct subgroups *subgroups, size_t one, size_t other)
{
	unsigned long long both = 1ull << one | 1ull << other;
	for (size_t p = 0; p < subgroups->pattern_count; p++)
		if ((subgroups->patterns[p] & both) == both)
			return true;
	return false;
}

/* --- the values that a variable is tried with --- */

struct values {
	struct mem_arena *strings;
	struct filtering_value *items;
	size_t count, capacity;
};

static void add_value(struct values *values, struct filtering_value value)
{
	values->items = mem_grow(values->items, values->count, &values->capacity, sizeof *values->items);
	values->items[values->count++] = value;
}

static void add_number(struct values *values, const struct dataset_variable *variable, double number)
{
	bool whole = strcmp(variable->type, "number") != 0;
	if (isnan(number) || (whole && number != floor(number)) || fabs(number) > 1e15
	    || (!isnan(variable->least) && number < variable->least)
	    || (!isnan(variable->most) && number > variable->most))
		return;
	add_value(values, (struct filtering_value){ .real = number, .integer = (long long)number });
}

static void add_text(struct values *values, const char *text, const char *behind)
{
	char *both = mem_print("%s%s", text, behind);
	add_value(values, (struct filtering_value){ .text = mem_arena_copy(values->strings, both) });
	free(both);
}

/* What the filter compares with: its numbers and its quoted texts. */
static void add_literals(struct values *values, const struct dataset_variable *variable, const char *filter,
                         bool is_text)
{
	for (const char *at = filter; *at;) {
		if (*at == '\'') {
			size_t length = strcspn(at + 1, "'");
			char *text = mem_copy_bytes(at + 1, length);
			if (is_text) {
				add_text(values, text, "");
				add_text(values, text, "~");
			}
			free(text);
			at += length + 1 + (at[1 + length] == '\'');
		} else if (isdigit((unsigned char)*at) || (*at == '.' && isdigit((unsigned char)at[1]))) {
			char *end = NULL;
			double number = strtod(at, &end);
			for (int sign = -1; sign <= 1 && !is_text; sign += 2)
				for (int by = -2; by <= 2; by++)
					add_number(values, variable, sign * number + by / 2.0);
			at = end;
		} else if (isalpha((unsigned char)*at) || *at == '_') { /* a digit in a name is none */
			while (isalnum((unsigned char)*at) || *at == '_')
				at++;
		} else {
			at++;
		}
	}
}

/* Every set of the options, and that nobody ticked one; of many options each by itself and all. */
static void add_ticks(struct values *values, const struct dataset_variable *variable)
{
	size_t count = variable->option_count;
	bool few = count <= MOST_OPTIONS;
	size_t sets = few ? (size_t)1 << count : count + 1;
	for (size_t set = 0; set < sets; set++) {
		struct text ticked = { 0 };
		for (size_t o = 0; o < count; o++)
			if (few ? set >> o & 1 : set == o || set == count)
				text_print(&ticked, "%s%s", ticked.length ? ";" : "", variable->options[o].code);
		add_text(values, ticked.length ? ticked.bytes : ANSWER_NONE_TICKED, "");
		text_free(&ticked);
	}
}

static void add_open_values(struct values *values, const struct subgroups *subgroups,
                            const struct dataset_variable *variable)
{
	bool is_text = strcmp(variable->type, "integer") != 0 && strcmp(variable->type, "number") != 0;
	if (is_text)
		add_text(values, "", "");
	add_number(values, variable, variable->least);
	add_number(values, variable, variable->most);
	for (size_t i = 0; i < subgroups->count; i++)
		add_literals(values, variable, subgroups->texts[i], is_text);
	if (values->count == 0)
		add_value(values, (struct filtering_value){ .missing = true });
}

static void add_values(struct values *values, const struct subgroups *subgroups,
                       const struct dataset_variable *variable)
{
	double range = variable->most - variable->least; /* NaN: open */
	if (!variable->required)
		add_value(values, (struct filtering_value){ .missing = true });
	for (size_t i = 0; i < variable->code_count; i++)
		add_value(values, filtering_code(&variable->codes[i]));
	if (variable->code_count)
		return;
	if (variable->option_count)
		add_ticks(values, variable);
	else if (strcmp(variable->type, "integer") == 0 && range <= MOST_RANGE)
		for (double at = variable->least; at <= variable->most; at++)
			add_number(values, variable, at);
	else
		add_open_values(values, subgroups, variable);
}

/* --- the patterns --- */

struct grid {
	struct subgroups *subgroups;
	struct filtering *filtering;
	size_t *variables; /* that are read by some of the filters in question */
	struct values *values;
	size_t count;
	unsigned long long *patterns; /* of these filters alone */
	size_t pattern_count;
};

static void grid_release(struct grid *grid)
{
	for (size_t i = 0; i < grid->count; i++)
		free(grid->values[i].items);
	free(grid->variables);
	free(grid->values);
	free(grid->patterns);
}

/* Filters that hang together, as they read a variable in common: `of` has the bits of one, and gets those of all. */
static unsigned long long find_together(const struct grid *grid, unsigned long long of)
{
	const struct subgroups *subgroups = grid->subgroups;
	for (bool more = true; more;) {
		more = false;
		for (size_t v = 0; v < subgroups->dataset->variable_count; v++) {
			unsigned long long read = 0;
			for (size_t i = 0; i < subgroups->count; i++)
				read |= (unsigned long long)filtering_reads(grid->filtering, i, v) << i;
			if ((read & of) && (read & ~of)) {
				of |= read;
				more = true;
			}
		}
	}
	return of;
}

static bool fill(struct grid *grid, unsigned long long together, struct mem_arena *strings, const char *study_path,
                 struct error *err)
{
	const struct dataset *dataset = grid->subgroups->dataset;
	double rows = 1;
	grid->variables = mem_alloc(dataset->variable_count, sizeof *grid->variables);
	grid->values = mem_alloc(dataset->variable_count, sizeof *grid->values);
	for (size_t v = 0; v < dataset->variable_count; v++) {
		bool read = false;
		for (size_t i = 0; i < grid->subgroups->count; i++)
			read = read || ((together >> i & 1) && filtering_reads(grid->filtering, i, v));
		if (!read)
			continue;
		grid->values[grid->count].strings = strings;
		grid->variables[grid->count] = v;
		add_values(&grid->values[grid->count], grid->subgroups, &dataset->variables[v]);
		rows *= (double)grid->values[grid->count++].count;
	}
	if (rows <= MOST_ROWS)
		return true;
	error_at(err, ERROR_CONFIG, study_path, 0,
	         "the filters of `%s` read too much for anybody to tell which of them exclude each other",
	         dataset->name);
	return error_help(err,
	                  "derive one variable with a code for each group, and let every filter read that one alone");
}

/* Row after row, as on a counter whose digits are the variables' values. */
static bool try_all(struct grid *grid, unsigned long long together, struct error *err)
{
	size_t *at = mem_alloc(grid->count + 1, sizeof *at), capacity = 0;
	bool ok = true;
	for (size_t digit = 0; ok && digit < grid->count;) {
		unsigned long long pattern = 0;
		for (size_t i = 0; i < grid->count; i++)
			filtering_set(grid->filtering, grid->variables[i], grid->values[i].items[at[i]]);
		ok = filtering_truths(grid->filtering, &pattern, err);
		pattern &= together;
		if (!has_pattern(grid->patterns, grid->pattern_count, pattern)) {
			grid->patterns = mem_grow(grid->patterns, grid->pattern_count, &capacity, sizeof pattern);
			grid->patterns[grid->pattern_count++] = pattern;
		}
		for (digit = 0; digit < grid->count && ++at[digit] == grid->values[digit].count; digit++)
			at[digit] = 0;
	}
	free(at);
	return ok;
}

/* Each pattern so far with each of these. */
static bool cross(struct subgroups *subgroups, const struct grid *grid, const char *study_path, struct error *err)
{
	size_t count = subgroups->pattern_count * grid->pattern_count, crossed = 0;
	unsigned long long *patterns = mem_alloc(count, sizeof *patterns);
	for (size_t i = 0; i < subgroups->pattern_count; i++)
		for (size_t j = 0; j < grid->pattern_count; j++)
			patterns[crossed++] = subgroups->patterns[i] | grid->patterns[j];
	free(subgroups->patterns);
	subgroups->patterns = patterns;
	subgroups->pattern_count = count;
	if (count <= MOST_PATTERNS)
		return true;
	error_at(err, ERROR_CONFIG, study_path, 0,
	         "the %zu filters of `%s` divide people into more than %d groups, each with cells of its own",
	         subgroups->count, subgroups->dataset->name, MOST_PATTERNS);
	return error_help(err, "use fewer filters, or such as exclude each other: by the codes of one variable");
}

/* A filter alone may be true or not. */
static void add_single(struct grid *grid, unsigned long long filter)
{
	grid->patterns = mem_alloc(2, sizeof *grid->patterns);
	grid->patterns[1] = filter;
	grid->pattern_count = 2;
}

static bool find_patterns(struct subgroups *subgroups, struct filtering *filtering, const char *study_path,
                          struct error *err)
{
	struct mem_arena *strings = mem_arena_new();
	unsigned long long done = 0;
	bool ok = true;
	subgroups->patterns = mem_alloc(1, sizeof *subgroups->patterns);
	subgroups->pattern_count = 1;
	for (size_t i = 0; ok && i < subgroups->count; i++) {
		struct grid grid = { .subgroups = subgroups, .filtering = filtering };
		if (done >> i & 1)
			continue;
		unsigned long long together = find_together(&grid, 1ull << i);
		if (together == 1ull << i)
			add_single(&grid, together);
		else
			ok = fill(&grid, together, strings, study_path, err) && try_all(&grid, together, err);
		ok = ok && cross(subgroups, &grid, study_path, err);
		grid_release(&grid);
		done |= together;
	}
	mem_sort(subgroups->patterns, subgroups->pattern_count, sizeof *subgroups->patterns, compare_patterns);
	mem_arena_free(strings);
	return ok;
}

/* --- what a variable alone says --- */

static bool reads_only(const struct subgroups *subgroups, const struct filtering *filtering, size_t filter,
                       size_t variable)
{
	for (size_t v = 0; v < subgroups->dataset->variable_count; v++)
		if (filtering_reads(filtering, filter, v) != (v == variable))
			return false;
	return true;
}

static bool is_routed(const struct dataset_variable *variable)
{
	bool routed = variable->routed;
	for (size_t i = 0; i < variable->reason_count; i++)
		routed = routed || axis_is_outside(variable->reasons[i]);
	return routed;
}

static bool tell(struct subgroups *subgroups, struct filtering *filtering, size_t v, struct error *err)
{
	const struct dataset_variable *variable = &subgroups->dataset->variables[v];
	struct subgroups_told *told = &subgroups->told[v];
	bool ok = true;
	for (size_t i = 0; variable->code_count && i < subgroups->count; i++)
		told->read |= (unsigned long long)reads_only(subgroups, filtering, i, v) << i;
	if (!told->read)
		return true;
	for (size_t other = 0; other < subgroups->dataset->variable_count; other++)
		if (filtering_reads_any(filtering, other))
			filtering_set(filtering, other, (struct filtering_value){ .missing = true });
	told->holds = mem_alloc(variable->code_count + 1, sizeof *told->holds);
	for (size_t c = 0; ok && c <= variable->code_count; c++) {
		filtering_set(filtering, v, filtering_code(c < variable->code_count ? &variable->codes[c] : NULL));
		ok = filtering_truths(filtering, &told->holds[c], err);
		told->holds[c] &= told->read;
	}
	return ok;
}

/* --- who is divided --- */

static bool is_about(const struct study_analysis *analysis, const char *variable)
{
	bool is = variable
	          && (text_equal(analysis->outcome, variable) || text_equal(analysis->across, variable)
	              || text_equal(analysis->per, variable));
	for (unsigned i = 0; variable && i < analysis->variables_count; i++)
		is = is || strcmp(analysis->variables[i], variable) == 0;
	return is;
}

static bool share_variable(const struct study_analysis *one, const struct study_analysis *other)
{
	bool share = is_about(other, one->outcome) || is_about(other, one->across) || is_about(other, one->per);
	for (unsigned i = 0; i < one->variables_count; i++)
		share = share || is_about(other, one->variables[i]);
	return share;
}

bool subgroups_divide(const struct subgroups *subgroups, const struct study *study,
                      const struct study_analysis *analysis)
{
	const struct dataset *dataset = subgroups->dataset;
	for (size_t v = 0; v < dataset->variable_count; v++)
		if (subgroups->told[v].read && is_about(analysis, dataset->variables[v].name))
			return true;
	for (unsigned i = 0; i < study->analyses_count; i++) {
		const struct study_analysis *other = &study->analyses[i];
		if (other->filter && strcmp(other->dataset, dataset->name) == 0
		    && (other == analysis || share_variable(analysis, other)))
			return true;
	}
	return false;
}

bool subgroups_read(struct subgroups **subgroups, const struct study *study, const struct dataset *dataset, bool any,
                    const char *study_path, struct error *err)
{
	struct subgroups *read = *subgroups = mem_alloc(1, sizeof *read);
	struct filtering *filtering = NULL;
	read->dataset = dataset;
	read->told = mem_alloc(dataset->variable_count, sizeof *read->told);
	if (!dataset->aggregate && any)
		find_filters(read, study);
	if (read->count > MOST_FILTERS) {
		error_at(err, ERROR_CONFIG, study_path, 0,
		         "`%s` has %zu different filters, and %d at most are told apart", dataset->name, read->count,
		         MOST_FILTERS);
		return error_help(err, "use fewer filters, or a table across the variable that they read");
	}
	bool ok = filtering_open(&filtering, dataset, read->texts, read->count, study_path, err)
	          && find_patterns(read, filtering, study_path, err);
	for (size_t v = 0; ok && v < dataset->variable_count; v++)
		read->routed = read->routed || (filtering_reads_any(filtering, v) && is_routed(&dataset->variables[v]));
	for (size_t v = 0; ok && v < dataset->variable_count; v++)
		ok = tell(read, filtering, v, err);
	filtering_close(filtering);
	return ok;
}

void subgroups_free(struct subgroups *subgroups)
{
	if (!subgroups)
		return;
	for (size_t v = 0; v < subgroups->dataset->variable_count; v++)
		free(subgroups->told[v].holds);
	free(subgroups->told);
	free(subgroups->texts);
	free(subgroups->patterns);
	free(subgroups);
}
