#include "margin_groups.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "asked.h"
#include "mem.h"

enum { CROSSED = 2, FILTERS = 0, AREAS = 1, ANSWERS = 2, FIRST_GROUP = 3 };

/* A margin without the area, by which everything is anyway. */
struct margin_groups_margin {
	const struct dataset_variable *variables[CROSSED];
	size_t variable_count;
	bool outcome; /* the outcome is one of its variables, which is then left out too */
	struct sample *sample;
	struct axis axes[CROSSED];
	struct lattice *lattice;
};

struct margin_groups {
	struct margin_groups_margin *margins;
	size_t count, capacity;
	struct axis areas;
};

/* --- which variables --- */

static bool take_variable(struct margin_groups_margin *margin, const struct analysis *analysis, const char *name,
                          struct error *err)
{
	const struct dataset *dataset = analysis->dataset;
	const struct dataset_variable *variable = dataset_variable(dataset, name);
	if (variable == &dataset->variables[dataset->area])
		return true;
	if (!variable || !variable->column || variable->code_count == 0) {
		analysis_wrong(analysis, err, "weights are adjusted to what deidentify keeps no codes of:", name);
		return error_help(err, "keep its codes (treat, in variables.csv), or leave it out of the margins of "
		                       "the design: who is in a weighted figure could not be told");
	}
	if (variable == analysis->outcome) {
		margin->outcome = true;
		return true;
	}
	if (margin->variable_count == CROSSED) {
		analysis_wrong(analysis, err, "weights are adjusted to a margin of too many variables, one of them",
		               name);
		return error_help(err, "cross at most %d besides the area, and name the others as margins of their own",
		                  CROSSED);
	}
	margin->variables[margin->variable_count++] = variable;
	return true;
}

/* As in "area, age*gender". */
static bool take_margins(struct margin_groups *groups, const struct analysis *analysis, struct error *err)
{
	bool ok = true;
	for (const char *at = analysis->dataset->margins; *at && ok;) {
		groups->margins = mem_grow(groups->margins, groups->count, &groups->capacity, sizeof *groups->margins);
		struct margin_groups_margin *margin = &groups->margins[groups->count++];
		*margin = (struct margin_groups_margin){ 0 };
		for (bool crossed = true; crossed && ok;) {
			size_t length = strcspn(at, "*,");
			char *name = mem_copy_bytes(at, length);
			ok = take_variable(margin, analysis, name, err);
			free(name);
			at += length;
			crossed = *at == '*';
			at += crossed;
		}
		at += strspn(at, ", ");
	}
	return ok;
}

/* --- who is in them --- */

/* Weights are adjusted of those only who are in a cell of every margin. */
static bool check_answers(const struct margin_groups_margin *margin, const struct dataset *dataset, struct error *err)
{
	const struct sample *sample = margin->sample;
	for (size_t i = 0; i < sample->count; i++)
		if (sample->outcome[i] >= margin->variables[0]->code_count
		    || (sample->across && sample->across[i] >= margin->variables[1]->code_count)) {
			error_at(err, ERROR_INPUT, store_path(dataset->store), 0,
			         "somebody is in no cell of a margin that the weights were adjusted to");
			return error_help(err, "remove the file and run make again, so that deidentify writes it anew");
		}
	return true;
}

static bool read_margin(struct margin_groups_margin *margin, const struct analysis *analysis, struct error *err)
{
	struct sample_request request = {
		.outcome = margin->variables[0],
		.across = margin->variables[1],
		.study = analysis->study_path,
	};
	if (margin->variable_count == 0)
		return true;
	for (size_t v = 0; v < margin->variable_count; v++)
		axis_groups(&margin->axes[v], margin->variables[v], false);
	return sample_read(&margin->sample, analysis->dataset, &request, err)
	       && check_answers(margin, analysis->dataset, err);
}

bool margin_groups_read(struct margin_groups **groups, const struct analysis *analysis, struct error *err)
{
	const struct dataset *dataset = analysis->dataset;
	if (!dataset->adjusted_within)
		return true;
	struct margin_groups *read = mem_alloc(1, sizeof *read);
	axis_groups(&read->areas, &dataset->variables[dataset->area], analysis->sample->area_missing);
	bool ok = take_margins(read, analysis, err);
	for (size_t m = 0; m < read->count && ok; m++)
		ok = read_margin(&read->margins[m], analysis, err);
	if (ok)
		*groups = read;
	else
		margin_groups_free(read);
	return ok;
}

void margin_groups_free(struct margin_groups *groups)
{
	if (!groups)
		return;
	for (size_t m = 0; m < groups->count; m++) {
		lattice_free(groups->margins[m].lattice);
		sample_free(groups->margins[m].sample);
		for (size_t v = 0; v < CROSSED; v++)
			axis_release(&groups->margins[m].axes[v]);
	}
	axis_release(&groups->areas);
	free(groups->margins);
	free(groups);
}

void margin_groups_add_cells(struct analysis *analysis, const size_t *filters, const size_t *answers)
{
	struct margin_groups *groups = analysis->margins;
	const struct unit *unit = &analysis->dataset->unit;
	for (size_t m = 0; groups && m < groups->count; m++) {
		struct margin_groups_margin *margin = &groups->margins[m];
		if (margin->variable_count == 0)
			continue;
		const struct axis *axes[LATTICE_AXES] = {
			[FILTERS] = &analysis->filters,
			[AREAS] = &groups->areas,
			[ANSWERS] = &analysis->answers,
			[FIRST_GROUP] = &margin->axes[0],
			[FIRST_GROUP + 1] = margin->variable_count > 1 ? &margin->axes[1] : NULL,
		};
		const size_t *atoms[LATTICE_AXES] = { filters, analysis->sample->area, answers, margin->sample->outcome,
			                              margin->sample->across };
		margin->lattice = lattice_new(axes, atoms, NULL, analysis->dataset->keys, margin->sample->count, analysis->universe,
		                              universe_unit(analysis->universe, unit->name, unit->plural,
		                                            unit->confidential, unit->threshold),
		                              analysis->dataset->name);
		twins_note(analysis->twins, analysis->dataset->name, margin->lattice, analysis_least_base(analysis->dataset));
	}
}

/* --- what rests on them --- */

/* Call `take` with each group's cell of the area and the facet `answer`. */
static void each_group(const struct analysis *analysis, const struct margin_groups_margin *margin, size_t area,
                       size_t answer, void (*take)(void *to, size_t cell), void *to)
{
	const struct axis *first = &margin->axes[0], *second = &margin->axes[1];
	size_t crossed = margin->variable_count > 1 ? margin->variables[1]->code_count : 1;
	for (size_t i = 0; i < margin->variables[0]->code_count; i++)
		for (size_t j = 0; j < crossed; j++) {
			struct lattice_point point = { { [FILTERS] = analysis->filters.filter,
				                         [AREAS] = area,
				                         [ANSWERS] = answer,
				                         [FIRST_GROUP] = first->first_code + i } };
			if (margin->variable_count > 1)
				point.facet[FIRST_GROUP + 1] = second->first_code + j;
			take(to, lattice_cell(margin->lattice, point));
		}
}

/* A margin of the outcome itself: its groups are those who gave each code. The areas are in the same order on all axes,
 * behind everybody. */
static void each_cell_of_area(const struct analysis *analysis, const struct margin_groups_margin *margin, size_t area,
                              const size_t *answers, size_t count, void (*take)(void *to, size_t cell), void *to)
{
	const struct axis *axis = &analysis->answers;
	assert(analysis->margins->areas.first_code == analysis->by.first_code && !analysis->across);
	for (size_t i = 0; margin->variable_count && i < count; i++)
		each_group(analysis, margin, area, answers[i], take, to);
	for (size_t code = 0; margin->outcome && code < analysis->outcome->code_count; code++) {
		struct lattice_point point = { { analysis->filters.filter, area, axis->first_code + code } };
		if (margin->variable_count)
			each_group(analysis, margin, area, axis->first_code + code, take, to);
		else
			take(to, lattice_cell(analysis->lattice, point));
	}
}

/* Of all areas together: each area's, and those of nobody's area; of a group of areas each of its areas'. The margins'
 * groups over several areas are sums of these. */
static void each_cell(const struct analysis *analysis, const struct margin_groups_margin *margin,
                      const struct analysis_row *row, const size_t *answers, size_t count,
                      void (*take)(void *to, size_t cell), void *to)
{
	const struct axis *areas = &analysis->margins->areas;
	for (size_t area = areas->first_code; area < areas->facet_count; area++)
		if (!row->area || row->facet == area || analysis_row_unites(analysis, row, area - areas->first_code))
			each_cell_of_area(analysis, margin, area, answers, count, take, to);
}

static void rest_on(void *to, size_t cell)
{
	analysis_rest_cell(to, cell);
}

void margin_groups_rest(const struct analysis *analysis, const struct analysis_row *row, const size_t *answers,
                        size_t count, struct analysis_rests *rests)
{
	const struct margin_groups *groups = analysis->margins;
	for (size_t m = 0; groups && m < groups->count; m++)
		each_cell(analysis, &groups->margins[m], row, answers, count, rest_on, rests);
}

/* --- what the steward can do --- */

struct search {
	const struct universe *universe;
	int threshold;
	bool small;
};

static void find_small(void *to, size_t cell)
{
	struct search *search = to;
	long long n = search->universe->cells[cell - 1].n;
	search->small = search->small || (n > 0 && n < search->threshold);
}

/* Whether the line would be shown, but for its groups. */
static bool hangs_on_groups(const struct analysis *analysis, const struct margin_groups_margin *margin,
                            const struct analysis_row *row, const size_t *answers, size_t count)
{
	int threshold = analysis->dataset->unit.confidential ? analysis->dataset->unit.threshold : 0;
	struct search alone = { analysis->universe, threshold, false }, grouped = alone;
	for (size_t i = 0; i < count; i++)
		find_small(&alone, analysis_cell(analysis, row, answers[i]));
	each_cell(analysis, margin, row, answers, count, find_small, &grouped);
	return grouped.small && !alone.small;
}

void margin_groups_advise(const struct analysis *analysis, const size_t *answers, size_t count)
{
	const struct margin_groups *groups = analysis->margins;
	for (size_t m = 0; groups && m < groups->count; m++) {
		const struct margin_groups_margin *margin = &groups->margins[m];
		size_t areas = 0;
		for (size_t r = 0; r + 1 < analysis->row_count; r++)
			areas += hangs_on_groups(analysis, margin, &analysis->rows[r], answers, count);
		if (areas == 0)
			continue;
		const char *one = margin->variable_count > 0 ? margin->variables[0]->name : analysis->outcome->name;
		const char *other = margin->variable_count > 1 ? margin->variables[1]->name : NULL;
		printf("%s: weighted lines of %zu of %zu areas, and of all areas, are hidden where few of a group of "
		       "%s%s%s answered, or gave an answer: put codes that few have together before the weights are "
		       "adjusted to them, or leave the margin out\n",
		       analysis->config->name, areas, analysis->row_count - 1, one, other ? "*" : "",
		       other ? other : "");
	}
}
