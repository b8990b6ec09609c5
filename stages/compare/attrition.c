#include "attrition.h"

#include <stdint.h>
#include <stdlib.h>

#include "asked.h"
#include "mem.h"

enum { ONE, OTHER, SIDES };

/* Somebody in one of the two filters or in both: the row of each; SIZE_MAX: none. */
struct person {
	size_t row[SIDES];
};

struct people {
	struct person *items;
	size_t count;
	bool twice; /* somebody stands in both by two rows */
};

/* --- who is who --- */

struct row {
	long long person;
	size_t index;
};

static int compare_rows(const void *left, const void *right)
{
	const struct row *a = left, *b = right;
	int order = (a->person > b->person) - (a->person < b->person);
	return order ? order : (a->index > b->index) - (a->index < b->index);
}

static struct row *sort_rows(const struct sample *sample)
{
	struct row *rows = mem_alloc(sample->count, sizeof *rows);
	for (size_t i = 0; i < sample->count; i++)
		rows[i] = (struct row){ sample->person[i], i };
	if (sample->count)
		mem_sort(rows, sample->count, sizeof *rows, compare_rows);
	return rows;
}

static struct people match(const struct sample *sample, const struct row *rows, const size_t filters[SIDES])
{
	struct people people = { .items = mem_alloc(sample->count, sizeof *people.items) };
	for (size_t i = 0; i < sample->count; i++) {
		if (i == 0 || rows[i].person != rows[i - 1].person)
			people.items[people.count++] = (struct person){ { SIZE_MAX, SIZE_MAX } };
		struct person *person = &people.items[people.count - 1];
		for (int side = 0; side < SIDES; side++)
			if (sample->filters[rows[i].index] >> filters[side] & 1)
				person->row[side] = rows[i].index;
		people.twice = people.twice
		               || (person->row[ONE] != SIZE_MAX && person->row[OTHER] != SIZE_MAX
		                   && person->row[ONE] != person->row[OTHER]);
	}
	return people;
}

static bool have_row_in_common(const struct analysis *analysis, const struct sample *sample,
                               const size_t filters[SIDES])
{
	unsigned long long both = 1ull << filters[ONE] | 1ull << filters[OTHER];
	for (size_t i = 0; i < sample->count; i++)
		if ((sample->filters[i] & both) == both)
			return true;
	return subgroups_overlap(analysis->subgroups, filters[ONE], filters[OTHER]);
}

/* --- cells --- */

/* A filter's people, by whether they are the other's too: in the same area, elsewhere, not. */
enum { SAME, ELSEWHERE, NOT, FATES };

struct level {
	const struct analysis *analysis;
	const struct people *people;
	const size_t *filters;         /* of each side */
	size_t by, answer;             /* facets: of all rows together */
	bool answered;                 /* those who answered; else whoever has a row */
	long long *counts;             /* by side, area (the last: none) and fate */
	long long fates[SIDES][FATES]; /* of all areas */
	size_t *cells;                 /* the same */
	size_t all[SIDES];             /* cells, over all areas: of those who are the other's too */
};

static size_t place_count(const struct level *level)
{
	return level->analysis->dataset->area_count + 1;
}

static size_t index_of(const struct level *level, int side, size_t area, int fate)
{
	return ((size_t)side * place_count(level) + area) * FATES + (size_t)fate;
}

static bool is_there(const struct level *level, size_t row)
{
	const struct analysis *analysis = level->analysis;
	const struct sample *sample = analysis->sample;
	if (row == SIZE_MAX || !level->answered)
		return row != SIZE_MAX;
	return sample->outcome[row] < sample_answers(analysis->outcome)
	       && (!analysis->across || sample->across[row] < sample_answers(analysis->across));
}

static void count(struct level *level)
{
	const struct sample *sample = level->analysis->sample;
	for (size_t i = 0; i < level->people->count; i++)
		for (int side = 0; side < SIDES; side++) {
			size_t own = level->people->items[i].row[side], other = level->people->items[i].row[!side];
			if (!is_there(level, own))
				continue;
			int fate = !is_there(level, other)                    ? NOT
			           : sample->area[own] == sample->area[other] ? SAME
			                                                      : ELSEWHERE;
			level->counts[index_of(level, side, sample->area[own], fate)]++;
			level->fates[side][fate]++;
		}
}

static size_t base_of(const struct level *level, int side, size_t by)
{
	/* each filter's facet is followed by that of what it leaves */
	struct lattice_point point = { { 1 + 2 * level->filters[side], by, level->answer } };
	return lattice_cell(level->analysis->lattice, point);
}

static size_t add_cell(const struct level *level, int side, size_t base, const char *fate, long long n)
{
	struct universe *universe = level->analysis->universe;
	char *condition = mem_print("%s & %s:filter:(%s)", universe->cells[base - 1].condition, fate,
	                            level->analysis->subgroups->texts[level->filters[!side]]);
	size_t cell = universe_cell(universe, universe->cells[base - 1].unit, condition, n);
	free(condition);
	return cell;
}

/* That nobody joined, or moved, is how the study was made: whoever attacks must be taken to know it. */
static bool is_fate(const struct level *level, int side, int fate)
{
	return fate == SAME || level->fates[side][fate] > 0;
}

static void add_areas(struct level *level, int side)
{
	static const char *const words[FATES] = { "also", "elsewhere", "!also" };
	const struct analysis *analysis = level->analysis;
	size_t places = place_count(level) - !analysis->sample->area_missing;
	for (size_t area = 0; area < places; area++) {
		size_t base = base_of(level, side, analysis->by.first_code + area), parts[FATES], count = 0;
		for (int fate = 0; fate < FATES; fate++) {
			size_t at = index_of(level, side, area, fate);
			if (!is_fate(level, side, fate))
				continue;
			level->cells[at] = add_cell(level, side, base, words[fate], level->counts[at]);
			parts[count++] = level->cells[at];
		}
		universe_relation(analysis->universe, RELATION_SUM, base, parts, count);
	}
}

/* What the cells of all areas add up to. */
static void add_sum(const struct level *level, int side, size_t whole, int first, int last)
{
	size_t places = place_count(level), count = 0;
	size_t *parts = mem_alloc(places * FATES, sizeof *parts);
	for (size_t area = 0; area < places; area++)
		for (int fate = first; fate <= last; fate++) {
			parts[count] = level->cells[index_of(level, side, area, fate)];
			count += parts[count] != 0;
		}
	if (count)
		universe_relation(level->analysis->universe, RELATION_SUM, whole, parts, count);
	free(parts);
}

/* Over all areas: whom the other filter has, wherever, and whom not. */
static void add_all(struct level *level, int side)
{
	const long long *fates = level->fates[side];
	size_t base = base_of(level, side, level->by), parts[2], count = 1;
	parts[0] = level->all[side] = add_cell(level, side, base, "also", fates[SAME] + fates[ELSEWHERE]);
	add_sum(level, side, parts[0], SAME, ELSEWHERE);
	if (is_fate(level, side, NOT)) {
		parts[count++] = add_cell(level, side, base, "!also", fates[NOT]);
		add_sum(level, side, parts[1], NOT, NOT);
	}
	universe_relation(level->analysis->universe, RELATION_SUM, base, parts, count);
}

/* Those who are in both are the same people, whichever filter they are counted by. */
static void add_equals(const struct level *level)
{
	struct universe *universe = level->analysis->universe;
	universe_relation(universe, RELATION_SUM, level->all[ONE], &level->all[OTHER], 1);
	for (size_t area = 0; area < place_count(level); area++) {
		size_t one = level->cells[index_of(level, ONE, area, SAME)],
		       other = level->cells[index_of(level, OTHER, area, SAME)];
		if (one)
			universe_relation(universe, RELATION_SUM, one, &other, 1);
	}
}

static void add_level(struct level level)
{
	size_t size = SIDES * place_count(&level) * FATES;
	level.counts = mem_alloc(size, sizeof *level.counts);
	level.cells = mem_alloc(size, sizeof *level.cells);
	count(&level);
	for (int side = 0; side < SIDES; side++) {
		if (!level.analysis->across)
			add_areas(&level, side);
		add_all(&level, side);
	}
	add_equals(&level);
	free(level.counts);
	free(level.cells);
}

/* --- two filters --- */

/* Kinds whose lines rest on those who answered, and on what is part of these. */
static bool is_told(const struct analysis *analysis)
{
	static const bool told[STUDY_KINDS] = {
		[STUDY_MEAN] = true,  [STUDY_SHARE] = true,    [STUDY_TABLE] = true,
		[STUDY_TOTAL] = true, [STUDY_QUANTILE] = true,
	};
	return told[analysis->config->kind];
}

static bool refuse_kind(const struct analysis *analysis, struct error *err)
{
	analysis_wrong(analysis, err, "some people stand by two rows in two filters of the dataset",
	               analysis->dataset->name);
	return error_help(err, "leave out the analysis, or filter all analyses of the dataset by one wave");
}

static bool add_pair(const struct analysis *analysis, const struct row *rows, const size_t filters[SIDES],
                     struct error *err)
{
	struct people people = match(analysis->sample, rows, filters);
	struct level level = { .analysis = analysis, .people = &people, .filters = filters };
	bool ok = true;
	if (people.twice && !is_told(analysis)) {
		ok = refuse_kind(analysis, err);
	} else if (people.twice && have_row_in_common(analysis, analysis->sample, filters)) {
		ok = analysis_wrong(
			analysis, err,
			"some people stand by two rows in two filters that have rows in common, one of them",
			analysis->subgroups->texts[filters[ONE]]);
		error_help(err, "let each filter take one wave alone, the same filter for all analyses of it");
	} else if (people.twice) {
		add_level(level);
		level.answered = true;
		level.by = analysis->across ? analysis->by.answered : AXIS_EVERYBODY;
		level.answer = analysis->answers.answered;
		add_level(level);
	}
	free(people.items);
	return ok;
}

bool attrition_add(const struct analysis *analysis, struct error *err)
{
	struct row *rows = sort_rows(analysis->sample);
	bool ok = true;
	for (size_t one = 0; ok && one < analysis->subgroups->count; one++)
		for (size_t other = one + 1; ok && other < analysis->subgroups->count; other++)
			ok = add_pair(analysis, rows, (const size_t[SIDES]){ one, other }, err);
	free(rows);
	return ok;
}

bool attrition_refuse(const struct analysis *analysis, const struct sample *sample, struct error *err)
{
	struct row *rows = sort_rows(sample);
	bool twice = false;
	for (size_t one = 0; one < analysis->subgroups->count; one++)
		for (size_t other = one + 1; other < analysis->subgroups->count && !twice; other++) {
			struct people people = match(sample, rows, (const size_t[SIDES]){ one, other });
			twice = people.twice;
			free(people.items);
		}
	free(rows);
	return twice ? refuse_kind(analysis, err) : true;
}
