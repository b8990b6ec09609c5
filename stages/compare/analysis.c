#include "analysis.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "area_groups.h"
#include "asked.h"
#include "attrition.h"
#include "axis_options.h"
#include "imputed.h"
#include "margin_groups.h"
#include "comparison.h"
#include "mem.h"
#include "published.h"
#include "shrunken.h"

static bool check_config(struct analysis *analysis, struct error *err)
{
	return analysis_find_variable(analysis, analysis->config->outcome, &analysis->outcome, err)
	       && comparison_check(analysis, err) && shrunken_check(analysis, err)
	       && analysis_kind_of(analysis)->check(analysis, err);
}

/* --- rows --- */

static void add_row(struct analysis *analysis, struct analysis_row row)
{
	analysis->rows[analysis->row_count++] = row;
}

static void add_rows(struct analysis *analysis)
{
	const struct dataset *dataset = analysis->dataset;
	const struct dataset_variable *across = analysis->across;
	size_t count = across ? across->code_count : dataset->area_count + dataset->group_count;
	analysis->rows = mem_alloc(count + 1, sizeof *analysis->rows);
	for (size_t i = 0; across && i < across->code_count; i++)
		add_row(analysis,
		        (struct analysis_row){ .facet = analysis->by.first_code + i,
		                               .across = mem_print("%s=%s", across->name, across->codes[i].code),
		                               .heading = across->codes[i].label,
		                               .code = across->codes[i].code,
		                               .kind = "category" });
	for (size_t i = 0; !across && i < dataset->area_count; i++)
		add_row(analysis, (struct analysis_row){ .facet = analysis->by.first_code + i,
		                                         .area = dataset->areas[i].code,
		                                         .heading = dataset->areas[i].label,
		                                         .code = dataset->areas[i].code,
		                                         .kind = "area" });
	add_row(analysis, (struct analysis_row){ .facet = across ? analysis->by.answered : AXIS_EVERYBODY,
	                                         .heading = across ? "All answers" : "All areas",
	                                         .kind = "total" });
	for (size_t g = 0; !across && g < dataset->group_count; g++) {
		const struct dataset_group *group = &dataset->groups[g];
		analysis->rows[analysis->row_count + analysis->group_count++] =
			(struct analysis_row){ .facet = area_groups_facet(&analysis->by, g),
			                       .area = group->code,
			                       .group = group,
			                       .heading = group->label,
			                       .code = group->code,
			                       .kind = group->kind };
	}
}

size_t analysis_line_count(const struct analysis *analysis)
{
	return analysis->row_count + analysis->group_count;
}

size_t analysis_line_row(const struct analysis *analysis, size_t line)
{
	size_t total = analysis->row_count - 1;
	return line < total ? line : line < total + analysis->group_count ? line + 1 : total;
}

bool analysis_row_unites(const struct analysis *analysis, const struct analysis_row *row, size_t r)
{
	bool area = r + 1 < analysis->row_count, in = area && !row->area;
	for (size_t i = 0; row->group && area && i < row->group->area_count; i++)
		in = in || row->group->areas[i] == r;
	return in;
}

/* The members of a group once more, in the order of the respondents. */
static void gather_group(struct analysis *analysis, struct analysis_row *row, const size_t *by, const bool *is_in_base)
{
	const struct axis_facet *facet = &analysis->by.facets[row->facet];
	bool *is_row = mem_alloc(analysis->by.atom_count, sizeof *is_row);
	for (size_t i = 0; i < facet->atom_count; i++)
		is_row[facet->atoms[i]] = true;
	row->first_member = analysis->member_count;
	for (size_t i = 0; i < analysis->sample->count; i++)
		if (is_in_base[i] && is_row[by[i]])
			analysis->members[analysis->member_count++] = i;
	row->member_count = analysis->member_count - row->first_member;
	free(is_row);
}

/* Who is in the base, row after row: those of the filter who answered, and also said what the rows go across. */
static void gather_members(struct analysis *analysis, const size_t *by, const size_t *filters)
{
	const struct sample *sample = analysis->sample;
	size_t answers = sample_answers(analysis->outcome), atoms = analysis->by.atom_count, count = 0;
	const struct axis_facet *in = &analysis->filters.facets[analysis->filters.filter];
	const struct analysis_row *total = &analysis->rows[analysis->row_count - 1];
	bool *is_in = mem_alloc(analysis->filters.atom_count, sizeof *is_in);
	bool *is_row = mem_alloc(atoms, sizeof *is_row);
	bool *is_in_base = mem_alloc(sample->count, sizeof *is_in_base);
	size_t *first = mem_alloc(atoms + 1, sizeof *first);
	for (size_t i = 0; i < in->atom_count; i++)
		is_in[in->atoms[i]] = true;
	for (size_t i = 0; i < analysis->by.facets[total->facet].atom_count; i++)
		is_row[analysis->by.facets[total->facet].atoms[i]] = true;

	/* a counting sort by position, which keeps the order of the respondents */
	for (size_t i = 0; i < sample->count; i++) {
		is_in_base[i] = is_in[filters[i]] && is_row[by[i]] && sample->outcome[i] < answers;
		first[by[i] + 1] += is_in_base[i];
		count += is_in_base[i];
	}
	for (size_t atom = 0; atom < atoms; atom++)
		first[atom + 1] += first[atom];
	for (size_t r = 0; r + 1 < analysis->row_count; r++) {
		size_t atom = analysis->by.facets[analysis->rows[r].facet].atoms[0];
		analysis->rows[r].first_member = first[atom];
		analysis->rows[r].member_count = first[atom + 1] - first[atom];
	}
	analysis->rows[analysis->row_count - 1].member_count = count;
	analysis->members = mem_alloc(count * (1 + analysis->group_count), sizeof *analysis->members);
	for (size_t i = 0; i < sample->count; i++)
		if (is_in_base[i])
			analysis->members[first[by[i]]++] = i;
	analysis->member_count = count;
	for (size_t g = 0; g < analysis->group_count; g++)
		gather_group(analysis, &analysis->rows[analysis->row_count + g], by, is_in_base);
	free(is_in_base);
	free(is_in);
	free(is_row);
	free(first);
}

/* --- words --- */

void analysis_label(struct analysis *analysis, const struct dataset_variable *variable)
{
	size_t count = 0;
	const struct dataset_code *codes = dataset_counted(variable, &count);
	universe_label(analysis->universe, "variable", variable->name, variable->label);
	for (size_t i = 0; i < count; i++) {
		char *name = mem_print("%s=%s", variable->name, codes[i].code);
		universe_label(analysis->universe, "code", name, codes[i].label);
		free(name);
	}
}

void analysis_label_code(struct analysis *analysis, const char *variable, const char *code, const char *words)
{
	char *name = mem_print("%s=%s", variable, code);
	universe_label(analysis->universe, "code", name, words);
	free(name);
}

void analysis_label_areas(struct analysis *analysis)
{
	const struct dataset *dataset = analysis->dataset;
	analysis_label(analysis, &dataset->variables[dataset->area]);
	for (size_t i = 0; i < dataset->area_count; i++)
		universe_label(analysis->universe, "area", dataset->areas[i].code, dataset->areas[i].label);
	for (size_t i = 0; i < dataset->group_count; i++)
		universe_label(analysis->universe, "area", dataset->groups[i].code, dataset->groups[i].label);
}

static char *base_words(const struct analysis *analysis)
{
	struct text words = { 0 };
	text_print(&words, "%s who answered “%s”", analysis->dataset->unit.plural, analysis->outcome->label);
	if (analysis->across)
		text_print(&words, " and “%s”", analysis->across->label);
	if (analysis->config->filter)
		text_print(&words, analysis->config->population ? ", of those %s" : ", of those for whom %s",
		           analysis->config->population ? analysis->config->population : analysis->config->filter);
	words.bytes[0] = (char)toupper((unsigned char)words.bytes[0]);
	return words.bytes;
}

/* --- begin and end --- */

/* Where a filter reads an answer alone, it is a sum of codes: who gave this code and is in the filter is who gave it,
 * or nobody. The kinds that count codes alone may stand beside such a filter. */
static void tell_filters(struct analysis *analysis)
{
	if (analysis->config->kind != STUDY_SHARE && analysis->config->kind != STUDY_TABLE)
		return;
	if (analysis->across)
		axis_tell(&analysis->by, analysis->across, analysis->subgroups);
	if (analysis->outcome->code_count)
		axis_tell(&analysis->answers, analysis->outcome, analysis->subgroups);
}

/* Filters multiply the cells of everything that they divide. */
static bool check_size(const struct analysis *analysis, struct error *err)
{
	enum { MOST_CELLS = 50000 };
	size_t filters = analysis->filters.facet_count, rest = analysis->by.facet_count * analysis->answers.facet_count;
	if (analysis->subgroups->count < 2 || filters * rest <= MOST_CELLS)
		return true;
	error_at(
		err, ERROR_CONFIG, analysis->study_path, 0,
		"analysis %s: %zu filters of the dataset %s divide what it counts into %zu cells, of which %d at most can be protected",
		analysis->config->name, analysis->subgroups->count, analysis->dataset->name, filters * rest,
		MOST_CELLS);
	return error_help(err, "use fewer filters, such as exclude each other, or fewer areas and codes");
}

static bool add_cells(struct analysis *analysis, struct error *err)
{
	const struct sample *sample = analysis->sample;
	const struct dataset *dataset = analysis->dataset;
	size_t *filter_atoms = NULL;
	axis_filters(&analysis->filters, analysis->subgroups, analysis_own_filter(analysis), sample, &filter_atoms);
	if (analysis->across)
		axis_variable(&analysis->by, analysis->across, true, NULL);
	else {
		axis_areas(&analysis->by, dataset, sample->area_missing);
		area_groups_add(&analysis->by, dataset, sample->area_missing);
	}
	const struct analysis_kind *kind = analysis_kind_of(analysis);
	size_t *answers = kind->axis ? kind->axis(analysis, filter_atoms) : NULL;
	if (!kind->axis && analysis->outcome->option_count)
		answers = axis_options(&analysis->answers, analysis->outcome, analysis->group, sample);
	else if (!kind->axis)
		axis_variable(&analysis->answers, analysis->outcome, analysis->outcome->code_count > 0,
		              analysis->group);
	tell_filters(analysis);
	if (!check_size(analysis, err)) {
		free(answers);
		free(filter_atoms);
		return false;
	}

	const struct axis *axes[LATTICE_AXES] = { &analysis->filters, &analysis->by, &analysis->answers };
	const size_t *by = analysis->across ? sample->across : sample->area;
	const size_t *atoms[LATTICE_AXES] = { filter_atoms, by, answers ? answers : sample->outcome };
	size_t unit = universe_unit(analysis->universe, dataset->unit.name, dataset->unit.plural,
	                            dataset->unit.confidential, dataset->unit.threshold);
	analysis->lattice = lattice_new(axes, atoms, kind->sums ? sample->value : NULL, dataset->keys, sample->count,
	                                analysis->universe, unit, dataset->name);
	twins_note(analysis->twins, dataset->name, analysis->lattice, analysis_least_base(analysis->dataset));
	margin_groups_add_cells(analysis, filter_atoms, atoms[2]);
	add_rows(analysis);
	gather_members(analysis, by, filter_atoms);
	free(filter_atoms);
	if (analysis->outcome->option_count)
		analysis->places = answers;
	else
		free(answers);
	return attrition_add(analysis, err);
}

int analysis_least_base(const struct dataset *dataset)
{
	int threshold = dataset->unit.confidential ? dataset->unit.threshold : 0;
	return threshold < 2 ? 2 : threshold;
}

int analysis_tested_base(const struct dataset *dataset)
{
	int least = analysis_least_base(dataset);
	return dataset->unit.confidential && dataset->test_base > least ? dataset->test_base : least;
}

bool analysis_begin(struct analysis *analysis, struct error *err)
{
	if (!check_config(analysis, err) || !comparison_benchmark_read(analysis, err))
		return false;
	struct sample_request request = {
		.outcome = analysis->outcome,
		.across = analysis->across,
		.filters = analysis->subgroups->texts,
		.filter_count = analysis->subgroups->count,
		.study = analysis->study_path,
	};
	bool ok = sample_read(&analysis->sample, analysis->dataset, &request, err)
	          && analysis_check_people(analysis, analysis->sample, err);
	if (ok && analysis_kind_of(analysis)->read)
		ok = analysis_kind_of(analysis)->read(analysis, err);
	if (ok && analysis_is_weighted_only(analysis))
		ok = margin_groups_read(&analysis->margins, analysis, err);
	if (ok) {
		analysis->tested_from = analysis_tested_base(analysis->dataset);
		ok = add_cells(analysis, err);
		analysis_label_areas(analysis);
		analysis_label(analysis, analysis->outcome);
		if (analysis->across)
			analysis_label(analysis, analysis->across);
		analysis->base = base_words(analysis);
	}
	return ok;
}

void analysis_release(struct analysis *analysis)
{
	sample_free(analysis->sample);
	lattice_free(analysis->lattice);
	axis_release(&analysis->filters);
	axis_release(&analysis->by);
	axis_release(&analysis->answers);
	for (size_t i = 0; i < analysis->row_count; i++)
		free(analysis->rows[i].across);
	free(analysis->rows);
	free(analysis->members);
	free(analysis->places);
	free(analysis->base);
	free(analysis->group);
	margin_groups_free(analysis->margins);
	published_values_free(analysis->benchmark);
	if (analysis_kind_of(analysis)->free)
		analysis_kind_of(analysis)->free(analysis->own);
}

size_t analysis_begin_part(const struct analysis *analysis, struct analysis_part part)
{
	const struct study_analysis *config = analysis->config;
	char *name = part.part ? mem_print("%s.%s", config->name, part.part) : mem_copy_text(config->name);
	char *title = part.about ? mem_print("%s: %s", config->title, part.about) : mem_copy_text(config->title);
	size_t arrangement =
		universe_arrangement(analysis->universe, name, part.kind ? part.kind : "table", config->name, title,
	                             part.base ? part.base : analysis->base, part.method);
	if (config->note)
		universe_note(analysis->universe, arrangement, config->note);
	free(name);
	free(title);
	return arrangement;
}

/* Which areas a group is of: "The pilot: Bedford, Milton Keynes." What lies in a region everybody can look up. */
static void note_groups(const struct analysis *analysis)
{
	for (size_t g = 0; g < analysis->group_count; g++) {
		const struct dataset_group *group = &analysis->dataset->groups[g];
		struct text note = { 0 };
		text_print(&note, "%s:", group->label);
		for (size_t i = 0; i < group->area_count; i++)
			text_print(&note, "%s %s", i ? "," : "", analysis->dataset->areas[group->areas[i]].label);
		text_add(&note, ".");
		if (area_groups_is_declared(group))
			universe_note(analysis->universe, analysis->arrangement, note.bytes);
		text_free(&note);
	}
}

void analysis_arrange(struct analysis *analysis, const char *method)
{
	analysis->arrangement = analysis_begin_part(analysis, (struct analysis_part){ .method = method });
	note_groups(analysis);
}

bool analysis_is_weighted_only(const struct analysis *analysis)
{
	return analysis->dataset->adjusted_within
	       && (analysis->config->kind == STUDY_MEAN || analysis->config->kind == STUDY_SHARE);
}

bool analysis_is_by_design(const struct analysis *analysis)
{
	const struct dataset *dataset = analysis->dataset;
	bool known = dataset->adjusted_within || (dataset->adjusted && analysis->across);
	return dataset->designed && !(known && analysis->config->kind == STUDY_TABLE);
}

void analysis_say_design(const struct analysis *analysis, struct text *method, const char *estimate)
{
	const struct dataset *dataset = analysis->dataset;
	if (!dataset->designed)
		return;
	text_print(method, " %s %s", dataset->weighted ? "Weighted" : "By the sample's design:", estimate);
	if (dataset->weight && strcmp(dataset->weight, "weight") != 0)
		text_print(method, " (%s)", dataset->weight);
	text_print(method, "; its variance by %s over all %s%s, the areas being domains of one sample.",
	           dataset->variance, dataset->unit.plural, dataset->drawing);
}

const char *analysis_untested(const struct analysis *analysis, const char *weights, const char *design)
{
	return analysis->dataset->weighted ? weights : analysis->dataset->designed ? design : "";
}

/* --- cells --- */

static struct lattice_point point_of(const struct analysis *analysis, const struct analysis_row *row, size_t answer)
{
	return (struct lattice_point){ { analysis->filters.filter, row->facet, answer } };
}

size_t analysis_cell(const struct analysis *analysis, const struct analysis_row *row, size_t answer)
{
	return lattice_cell(analysis->lattice, point_of(analysis, row, answer));
}

long long analysis_count(const struct analysis *analysis, const struct analysis_row *row, size_t answer)
{
	return lattice_tally(analysis->lattice, point_of(analysis, row, answer)).n;
}

bool analysis_is_tested(const struct analysis *analysis, const struct analysis_row *row)
{
	if (strcmp(row->kind, "total") == 0)
		return false;
	return analysis->across || analysis_count(analysis, row, analysis->answers.answered) >= analysis->tested_from;
}
