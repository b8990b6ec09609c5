#include "analysis.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "axis_options.h"
#include "imputed.h"
#include "margin_groups.h"
#include "comparison.h"
#include "mem.h"
#include "published.h"
#include "shrunken.h"

/* --- what the config asks for, against what the dataset has --- */

bool analysis_wrong(const struct analysis *analysis, struct error *err, const char *what, const char *name)
{
	return error_at(err, ERROR_CONFIG, analysis->study_path, 0, "analysis %s: %s %s", analysis->config->name, what,
	                name);
}

bool analysis_find_variable(const struct analysis *analysis, const char *name, const struct dataset_variable **variable,
                            struct error *err)
{
	*variable = dataset_variable(analysis->dataset, name);
	if (!*variable) {
		const char *near = dataset_near(analysis->dataset, name);
		analysis_wrong(analysis, err, "the dataset has no variable", name);
		return near ? error_help(err, "did you mean %s?", near)
		            : error_help(err, "name a variable of the data dictionary or a derived one");
	}
	if (!(*variable)->column) {
		analysis_wrong(analysis, err, "deidentify keeps no answers to", name);
		return error_help(err, "see what the data dictionary treats it as, or take another variable");
	}
	bool of_options = analysis->config->kind == STUDY_SHARE || analysis->config->kind == STUDY_TOTAL;
	if (strcmp((*variable)->type, "codes") == 0 && !of_options) {
		analysis_wrong(analysis, err, "a respondent may have several answers (type codes) to", name);
		return error_help(err,
		                  "kinds share and total show how many ticked each option; for anything else, derive a "
		                  "variable of one answer, by has(%s, 'code')",
		                  name);
	}
	if (strcmp((*variable)->type, "codes") == 0 && imputed_is_pooled(analysis->dataset, analysis->config)) {
		analysis_wrong(analysis, err,
		               "options of which several may be ticked are not pooled over imputations:", name);
		return error_help(err, "keep the rows of one imputation by a filter");
	}
	if (*variable == &analysis->dataset->variables[analysis->dataset->area]) {
		analysis_wrong(analysis, err, "everything is by area already, and this variable is the area:", name);
		return error_help(err, "take another variable");
	}
	return true;
}

/* A mean of two codes, or of a number with two values, gives their counts away, and is a share by another name. */
bool analysis_check_number(struct analysis *analysis, struct error *err)
{
	const struct dataset_variable *outcome = analysis->outcome;
	if (!sample_is_number(outcome)) {
		analysis_wrong(analysis, err, "a mean needs numbers, and these are none:", outcome->name);
		return error_help(err, "take a number, or use kind share or table");
	}
	bool two = outcome->code_count ? outcome->code_count <= 2
	                               : strcmp(outcome->type, "integer") == 0 && outcome->most - outcome->least <= 1;
	if (two) {
		analysis_wrong(analysis, err, "a mean of two values is a share of", outcome->name);
		return error_help(err, "use kind share");
	}
	/* mean and SD of so few values are equations for how many gave each, and there are no cells of these */
	if (analysis->dataset->unit.confidential && outcome->code_count == 0 && strcmp(outcome->type, "integer") == 0
	    && outcome->most - outcome->least <= 3) {
		analysis_wrong(analysis, err,
		               "a mean of three or four whole numbers tells how many gave each:", outcome->name);
		return error_help(err, "give it a code list, so that these counts are protected, or derive codes");
	}
	return true;
}

bool analysis_check_adjusted(const struct analysis *analysis, struct error *err)
{
	if (!analysis->dataset->adjusted_within)
		return true;
	analysis_wrong(analysis, err,
	               "its lines would tell how few of a group that the weights are adjusted to answered what:",
	               analysis->dataset->margins);
	return error_help(err, "adjust the weights to the areas alone, or use kind mean or share");
}

bool analysis_check_codes(const struct analysis *analysis, const struct dataset_variable *variable, struct error *err)
{
	size_t count = 0;
	dataset_counted(variable, &count);
	if (count > 0)
		return true;
	analysis_wrong(analysis, err, "shares and tables need codes, and these are none:", variable->name);
	return error_help(err, "take a variable with a code list, or use kind mean");
}

bool analysis_read_group(struct analysis *analysis, struct error *err)
{
	const struct dataset_variable *outcome = analysis->outcome;
	size_t count = 0;
	const struct dataset_code *codes = dataset_counted(outcome, &count);
	if (analysis->config->codes_count == 0)
		return true;
	analysis->group = mem_alloc(count, sizeof *analysis->group);
	for (unsigned i = 0; i < analysis->config->codes_count; i++) {
		const char *name = analysis->config->codes[i];
		size_t code = 0;
		while (code < count && strcmp(codes[code].code, name) != 0)
			code++;
		if (code == count) {
			analysis_wrong(analysis, err, "the outcome has no code", name);
			return error_help(err, "see the codes of %s in codes.csv", outcome->name);
		}
		if (analysis->group[code]) {
			analysis_wrong(analysis, err, "named twice: code", name);
			return error_help(err, "name each code once");
		}
		analysis->group[code] = true;
	}
	return true;
}

static bool check_config(struct analysis *analysis, struct error *err)
{
	return analysis_find_variable(analysis, analysis->config->outcome, &analysis->outcome, err)
	       && comparison_check(analysis, err) && shrunken_check(analysis, err)
	       && analysis_kind_of(analysis)->check(analysis, err);
}

/* --- filters: of all analyses that share a variable with this one --- */

static bool uses(const struct study_analysis *analysis, const char *variable)
{
	bool uses = variable
	            && (text_equal(analysis->outcome, variable) || text_equal(analysis->across, variable)
	                || text_equal(analysis->per, variable));
	for (unsigned i = 0; variable && i < analysis->variables_count; i++)
		uses = uses || strcmp(analysis->variables[i], variable) == 0;
	return uses;
}

static bool share_variable(const struct study_analysis *one, const struct study_analysis *other)
{
	bool share = uses(other, one->outcome) || uses(other, one->across) || uses(other, one->per);
	for (unsigned i = 0; i < one->variables_count; i++)
		share = share || uses(other, one->variables[i]);
	return share;
}

static bool has_filter(const char *const *filters, size_t count, const char *filter, size_t *index)
{
	for (*index = 0; *index < count; ++*index)
		if (strcmp(filters[*index], filter) == 0)
			return true;
	return false;
}

bool analysis_filters(const char ***filters, size_t *count, const struct analysis *analysis, struct error *err)
{
	const struct study *study = analysis->study;
	const struct study_analysis *config = analysis->config;
	const char **found = mem_alloc(study->analyses_count, sizeof *found);
	size_t index = 0;
	*count = 0;
	for (unsigned i = 0; i < study->analyses_count; i++) {
		const struct study_analysis *other = &study->analyses[i];
		bool related = strcmp(other->dataset, config->dataset) == 0 && share_variable(config, other);
		if (related && other->filter && !has_filter(found, *count, other->filter, &index))
			found[(*count)++] = other->filter;
	}
	*filters = found;
	if (*count <= SAMPLE_FILTER_LIMIT)
		return true;
	analysis_wrong(analysis, err, "too many different filters on",
	               config->outcome ? config->outcome : config->variables[0]);
	return error_help(err, "at most %d filters may share a variable", SAMPLE_FILTER_LIMIT);
}

size_t analysis_own_filter(const struct analysis *analysis, const char *const *filters, size_t count)
{
	size_t own = count;
	if (analysis->config->filter)
		has_filter(filters, count, analysis->config->filter, &own);
	return own;
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
	analysis->rows = mem_alloc((across ? across->code_count : dataset->area_count) + 1, sizeof *analysis->rows);
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
	size_t *first = mem_alloc(atoms + 1, sizeof *first);
	for (size_t i = 0; i < in->atom_count; i++)
		is_in[in->atoms[i]] = true;
	for (size_t i = 0; i < analysis->by.facets[total->facet].atom_count; i++)
		is_row[analysis->by.facets[total->facet].atoms[i]] = true;

	/* a counting sort by position, which keeps the order of the respondents */
	for (size_t i = 0; i < sample->count; i++)
		if (is_in[filters[i]] && is_row[by[i]] && sample->outcome[i] < answers) {
			first[by[i] + 1]++;
			count++;
		}
	for (size_t atom = 0; atom < atoms; atom++)
		first[atom + 1] += first[atom];
	for (size_t r = 0; r + 1 < analysis->row_count; r++) {
		size_t atom = analysis->by.facets[analysis->rows[r].facet].atoms[0];
		analysis->rows[r].first_member = first[atom];
		analysis->rows[r].member_count = first[atom + 1] - first[atom];
	}
	analysis->rows[analysis->row_count - 1].member_count = count;
	analysis->members = mem_alloc(count, sizeof *analysis->members);
	for (size_t i = 0; i < sample->count; i++)
		if (is_in[filters[i]] && is_row[by[i]] && sample->outcome[i] < answers)
			analysis->members[first[by[i]]++] = i;
	free(is_in);
	free(is_row);
	free(first);
}

static int compare_persons(const void *left, const void *right)
{
	long long a = *(const long long *)left, b = *(const long long *)right;
	return (a > b) - (a < b);
}

bool analysis_refuse_repeats(const struct analysis *analysis, struct error *err)
{
	analysis_wrong(analysis, err, "one key has several rows, which would count as several",
	               analysis->dataset->unit.plural);
	if (analysis->config->kind == STUDY_ACCOUNTS)
		return error_help(err,
		                  "leave out the analysis: accounts are of whole exports, which no filter divides");
	return error_help(
		err,
		"keep one row of each by a filter on the variable of the wave, the repeat or the imputation, the same "
		"one for all analyses of the dataset");
}

/* Everybody once: a base, a threshold and an interval are of people. Two rows of one person would pass for two. */
bool analysis_check_people(const struct analysis *analysis, const struct sample *sample, const char *const *filters,
                           size_t filter_count, struct error *err)
{
	size_t own = analysis_own_filter(analysis, filters, filter_count), count = 0;
	long long *persons = mem_alloc(sample->count, sizeof *persons);
	for (size_t i = 0; i < sample->count; i++)
		if (own == filter_count || sample->filters[i] >> own & 1)
			persons[count++] = sample->person[i];
	if (count)
		mem_sort(persons, count, sizeof *persons, compare_persons);
	bool twice = false;
	for (size_t i = 1; i < count && !twice; i++)
		twice = persons[i] == persons[i - 1];
	free(persons);
	return twice ? analysis_refuse_repeats(analysis, err) : true;
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

static void add_cells(struct analysis *analysis, const char *const *filters, size_t filter_count)
{
	const struct sample *sample = analysis->sample;
	const struct dataset *dataset = analysis->dataset;
	size_t own = analysis_own_filter(analysis, filters, filter_count), *filter_atoms = NULL;
	axis_filters(&analysis->filters, filters, filter_count, own, sample, &filter_atoms);
	if (analysis->across)
		axis_variable(&analysis->by, analysis->across, true, NULL);
	else
		axis_areas(&analysis->by, dataset, sample->area_missing);
	const struct analysis_kind *kind = analysis_kind_of(analysis);
	size_t *answers = kind->axis ? kind->axis(analysis, filter_atoms) : NULL;
	if (!kind->axis && analysis->outcome->option_count)
		answers = axis_options(&analysis->answers, analysis->outcome, analysis->group, sample);
	else if (!kind->axis)
		axis_variable(&analysis->answers, analysis->outcome, analysis->outcome->code_count > 0,
		              analysis->group);

	const struct axis *axes[LATTICE_AXES] = { &analysis->filters, &analysis->by, &analysis->answers };
	const size_t *by = analysis->across ? sample->across : sample->area;
	const size_t *atoms[LATTICE_AXES] = { filter_atoms, by, answers ? answers : sample->outcome };
	size_t unit = universe_unit(analysis->universe, dataset->unit.name, dataset->unit.plural,
	                            dataset->unit.confidential, dataset->unit.threshold);
	analysis->lattice = lattice_new(axes, atoms, kind->sums ? sample->value : NULL, sample->count,
	                                analysis->universe, unit, dataset->name);
	twins_note(analysis->twins, dataset->name, analysis->lattice, analysis->tested_from);
	margin_groups_add_cells(analysis, filter_atoms, atoms[2]);
	add_rows(analysis);
	gather_members(analysis, by, filter_atoms);
	free(filter_atoms);
	if (analysis->outcome->option_count)
		analysis->places = answers;
	else
		free(answers);
}

int analysis_least_base(const struct dataset *dataset)
{
	int threshold = dataset->unit.confidential ? dataset->unit.threshold : 0;
	return threshold < 2 ? 2 : threshold;
}

bool analysis_begin(struct analysis *analysis, struct error *err)
{
	if (!check_config(analysis, err) || !comparison_benchmark_read(analysis, err))
		return false;
	size_t filter_count = 0;
	const char **filters = NULL;
	bool ok = analysis_filters(&filters, &filter_count, analysis, err);
	struct sample_request request = {
		.outcome = analysis->outcome,
		.across = analysis->across,
		.filters = filters,
		.filter_count = filter_count,
		.study = analysis->study_path,
	};
	ok = ok && sample_read(&analysis->sample, analysis->dataset, &request, err)
	     && analysis_check_people(analysis, analysis->sample, filters, filter_count, err);
	if (ok && analysis_kind_of(analysis)->read)
		ok = analysis_kind_of(analysis)->read(analysis, err);
	if (ok && analysis_is_weighted_only(analysis))
		ok = margin_groups_read(&analysis->margins, analysis, err);
	if (ok) {
		analysis->tested_from = analysis_least_base(analysis->dataset);
		add_cells(analysis, filters, filter_count);
		analysis_label_areas(analysis);
		analysis_label(analysis, analysis->outcome);
		if (analysis->across)
			analysis_label(analysis, analysis->across);
		analysis->base = base_words(analysis);
	}
	free(filters);
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

void analysis_arrange(struct analysis *analysis, const char *method)
{
	analysis->arrangement = analysis_begin_part(analysis, (struct analysis_part){ .method = method });
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

/* --- results and figures --- */

void analysis_rest_cell(struct analysis_rests *rests, size_t cell)
{
	rests->cells = mem_grow(rests->cells, rests->cell_count, &rests->cell_capacity, sizeof *rests->cells);
	rests->cells[rests->cell_count++] = cell;
}

void analysis_rest_measure(struct analysis_rests *rests, size_t measure)
{
	rests->measures =
		mem_grow(rests->measures, rests->measure_count, &rests->measure_capacity, sizeof *rests->measures);
	rests->measures[rests->measure_count++] = measure;
}

void analysis_result(struct analysis *analysis, struct result line, struct analysis_rests *rests, enum refusal refusal,
                     unsigned cautions)
{
	struct text flags = { 0 };
	if (!refusal)
		caution_words(&flags, cautions);
	line.analysis = analysis->config->name;
	line.dataset = analysis->dataset->name;
	line.outcome = line.outcome ? line.outcome : analysis->outcome->name;
	line.denominator = line.denominator ? line.denominator : analysis->base;
	line.status = refusal ? RESULT_REFUSED : RESULT_OK;
	line.reason = refusal_word(refusal);
	line.flags = flags.bytes;
	universe_result(analysis->universe, &line, rests->cells, rests->cell_count, rests->measures,
	                rests->measure_count);
	text_free(&flags);
	free(rests->cells);
	free(rests->measures);
	*rests = (struct analysis_rests){ 0 };
}

static size_t add_figure(struct analysis *analysis, struct figure figure)
{
	const struct universe *universe = analysis->universe;
	if (universe->results[universe->result_count - 1].status == RESULT_REFUSED)
		figure = (struct figure){
			.name = figure.name, .decimals = figure.decimals, .value = NAN, .factor = NAN
		};
	else
		assert(isfinite(figure.value));
	return universe_figure(analysis->universe, &figure);
}

size_t analysis_figure(struct analysis *analysis, const char *name, int decimals, double value)
{
	return add_figure(analysis,
	                  (struct figure){ .name = name, .decimals = decimals, .value = value, .factor = NAN });
}

size_t analysis_figure_count(struct analysis *analysis, size_t cell)
{
	double n = (double)analysis->universe->cells[cell - 1].n;
	return add_figure(analysis, (struct figure){ .name = "n", .value = n, .numerator = cell, .factor = 1 });
}

size_t analysis_figure_share(struct analysis *analysis, double value, size_t cell, size_t base)
{
	return add_figure(analysis, (struct figure){ .name = "estimate",
	                                             .decimals = analysis->config->decimals,
	                                             .value = value,
	                                             .numerator = cell,
	                                             .denominator = base,
	                                             .factor = 100 });
}

size_t analysis_figure_mean(struct analysis *analysis, double value, size_t measure, size_t base)
{
	return add_figure(analysis, (struct figure){ .name = "estimate",
	                                             .decimals = analysis->config->decimals,
	                                             .value = value,
	                                             .numerator_measure = measure,
	                                             .denominator = base,
	                                             .factor = 1 });
}

size_t analysis_figure_sum(struct analysis *analysis, const char *name, double value, size_t measure)
{
	return add_figure(analysis, (struct figure){ .name = name,
	                                             .decimals = analysis->config->decimals,
	                                             .value = value,
	                                             .numerator_measure = measure,
	                                             .factor = 1 });
}

size_t analysis_base(struct analysis *analysis, const struct analysis_row *row)
{
	size_t cell = analysis_cell(analysis, row, analysis->answers.answered);
	struct analysis_rests rests = { 0 };
	analysis_rest_cell(&rests, cell);
	analysis_result(analysis,
	                (struct result){ .statistic = "count", .area = row->area, .across = row->across, .level = NAN },
	                &rests, REFUSAL_NONE, 0);
	return analysis_figure_count(analysis, cell);
}

void analysis_rest_design(const struct analysis *analysis, const struct analysis_row *row, struct analysis_rests *rests)
{
	const struct survey_design *design = &analysis->dataset->design;
	bool counts_people = design->clusters == design->units || design->cluster_size;
	if (!design->population || !counts_people)
		return;
	for (size_t r = 0; r < analysis->row_count; r++) {
		const size_t facet = analysis->rows[r].facet;
		const struct lattice_point answered = { { AXIS_EVERYBODY, facet, analysis->answers.answered } };
		const struct lattice_point missing = { { AXIS_EVERYBODY, facet, analysis->answers.missing } };
		if (row->area && row->facet != facet)
			continue;
		analysis_rest_cell(rests, lattice_cell(analysis->lattice, answered));
		if (analysis->answers.missing)
			analysis_rest_cell(rests, lattice_cell(analysis->lattice, missing));
	}
}

size_t analysis_count_line(struct analysis *analysis, struct result line, size_t cell)
{
	struct analysis_rests rests = { 0 };
	line.level = NAN;
	analysis_rest_cell(&rests, cell);
	analysis_result(analysis, line, &rests, REFUSAL_NONE, 0);
	return analysis_figure_count(analysis, cell);
}

unsigned analysis_cautions(long long n)
{
	return n < 10 ? CAUTION_N_BELOW_10 : n < 30 ? CAUTION_N_BELOW_30 : 0;
}

unsigned analysis_design_cautions(double deff_replace, double df)
{
	return (deff_replace > 1.5 ? CAUTION_DEFF_ABOVE_1_5 : 0) | (df < 8 ? CAUTION_DESIGN_DF_BELOW_8 : 0);
}

unsigned analysis_error_cautions(const struct survey_estimate *estimate)
{
	static const double large = 0.33, some = 0.2;
	double size = fabs(estimate->value);
	return estimate->se > large * size  ? CAUTION_RSE_ABOVE_33
	       : estimate->se > some * size ? CAUTION_RSE_ABOVE_20
	                                    : 0;
}

unsigned analysis_estimate_cautions(const struct survey_estimate *estimate, size_t n)
{
	enum { FEW = 30 };
	return analysis_cautions((long long)n) | analysis_error_cautions(estimate)
	       | analysis_design_cautions(estimate->deff_replace, estimate->df)
	       | (estimate->n_kish < FEW ? CAUTION_N_EFF_BELOW_30 : 0);
}
