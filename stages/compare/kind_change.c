/* Kind change: between two waves, by area: who answered at either and at both, what they answered, and how those who
 * answered at both have changed; where nobody is in both waves, how the two differ. */
#include "kinds.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "contributions.h"
#include "lines.h"
#include "asked.h"
#include "change.h"
#include "mem.h"

const struct change_base change_everybody = { { WAVES_EARLIER, WAVES_LATER }, { WAVES_EARLIER_YES, WAVES_LATER_YES } };
const struct change_base change_pairs = { { WAVES_BOTH, WAVES_BOTH },
	                                  { WAVES_BOTH_EARLIER_YES, WAVES_BOTH_LATER_YES } };

const struct change *change_of(const struct analysis *analysis)
{
	return analysis->own;
}

/* --- what the config asks for --- */

static bool check_dataset(const struct analysis *analysis, struct error *err)
{
	const struct dataset *dataset = analysis->dataset;
	long long keyed = 0;
	const struct survey_design *design = &dataset->design;
	if (dataset->adjusted || design->population || design->cluster_size || design->replicates) {
		analysis_wrong(
			analysis, err,
			"a change knows of weights that came with the answers, strata and clusters, and there is "
			"more in the design of",
			dataset->name);
		return error_help(err,
		                  "leave out the analysis, or what is adjusted, finite populations and replicates");
	}
	if (!dataset->wave || !dataset->wave->column || dataset->wave->code_count == 0) {
		analysis_wrong(analysis, err, "a change is between waves, and no variable with codes says them in",
		               dataset->name);
		return error_help(err, "give the variable of the wave the role wave, type code and a code list");
	}
	if (!store_read_integer(dataset->store,
	                        "SELECT count(*) FROM pragma_table_info('respondents') WHERE name = 'pseudonym'", 0,
	                        &keyed, err))
		return false;
	if (!keyed) {
		analysis_wrong(analysis, err, "nobody can tell who answered in two waves without a key in",
		               dataset->name);
		return error_help(err, "give the variable that names each respondent the role key");
	}
	return true;
}

static bool find_waves(const struct analysis *analysis, struct change *change, struct error *err)
{
	const struct dataset_variable *wave = analysis->dataset->wave;
	for (size_t w = 0; w < MATCHED_WAVES; w++) {
		const char *name = analysis->config->waves[w];
		for (size_t i = 0; i < wave->code_count && !change->wave[w]; i++)
			if (strcmp(wave->codes[i].code, name) == 0)
				change->wave[w] = &wave->codes[i];
		if (!change->wave[w]) {
			analysis_wrong(analysis, err, "there is no wave", name);
			return error_help(err, "see the codes of %s in codes.csv", wave->name);
		}
		change->across[w] = mem_print("%s=%s", wave->name, name);
	}
	return true;
}

/* The codes that count together, as axis.h has them, and as a reader does. */
static void name_group(const struct analysis *analysis, struct change *change)
{
	struct text codes = { 0 }, words = { 0 };
	for (size_t i = 0; i < analysis->outcome->code_count; i++)
		if (analysis->group[i]) {
			text_print(&codes, "%s%s", codes.length ? "|" : "", analysis->outcome->codes[i].code);
			text_print(&words, "%s%s", words.length ? " or " : "", analysis->outcome->codes[i].label);
		}
	change->yes = codes.bytes;
	change->yes_words = words.bytes;
}

static bool check_outcome(struct analysis *analysis, struct change *change, struct error *err)
{
	if (!analysis_find_variable(analysis, analysis->config->outcome, &analysis->outcome, err))
		return false;
	if (analysis->outcome == analysis->dataset->wave) {
		analysis_wrong(analysis, err, "a change between waves cannot be of the wave:", analysis->outcome->name);
		return error_help(err, "take another variable");
	}
	if (analysis->config->codes_count == 0)
		return analysis_check_number(analysis, err);
	if (!analysis_check_codes(analysis, analysis->outcome, err) || !analysis_read_group(analysis, err))
		return false;
	name_group(analysis, change);
	return true;
}

/* --- people and cells --- */

static enum axis_wave_state state_of(const struct analysis *analysis, size_t answer)
{
	if (answer >= sample_answers(analysis->outcome)) /* a reason, or no row */
		return WAVE_NONE;
	return analysis->group && analysis->group[answer] ? WAVE_YES : WAVE_ANSWERED;
}

/* That nobody is in both is said by every table, in its words. */
static bool check_zeros(const struct analysis *analysis, const struct change *change, struct error *err)
{
	if (change->people.linked > 0 || analysis->study->disclosure.zeros == STUDY_ZEROS_SHOWN)
		return true;
	analysis_wrong(analysis, err, "nobody is in both waves, which the tables would say, and zeros are hidden in",
	               analysis->dataset->name);
	return error_help(err, "leave out the analysis, or show zeros");
}

/* Of the design there is only what weights, strata and clusters say: the rows of one wave are a sample. */
static void mask_designs(const struct analysis *analysis, struct change *change)
{
	const struct matched *people = &change->people;
	const struct survey_design *design = &analysis->dataset->design;
	for (size_t w = 0; w < MATCHED_WAVES && analysis->dataset->designed; w++) {
		double *weight = change->weight[w] = mem_alloc(design->units, sizeof *weight);
		for (size_t i = 0; i < design->units; i++)
			weight[i] = NAN;
		for (size_t i = 0; i < people->count; i++)
			if (people->row[w][i] != SIZE_MAX)
				weight[people->row[w][i]] = design->weight ? design->weight[people->row[w][i]] : 1;
		change->design[w] = *design;
		change->design[w].weight = weight;
	}
}

static bool read_people(struct analysis *analysis, struct change *change, struct error *err)
{
	struct sample_request request = { .outcome = analysis->outcome,
		                          .across = analysis->dataset->wave,
		                          .study = analysis->study_path };
	size_t waves[MATCHED_WAVES];
	for (size_t w = 0; w < MATCHED_WAVES; w++)
		waves[w] = (size_t)(change->wave[w] - analysis->dataset->wave->codes);
	if (!sample_read(&analysis->sample, analysis->dataset, &request, err))
		return false;
	if (!matched_read(&change->people, analysis->sample, waves, analysis->dataset->area_count)) {
		analysis_wrong(analysis, err, "one key has several rows of one wave, which would count as several",
		               analysis->dataset->unit.plural);
		return error_help(err, "keep one row of each in every wave: leave out the exports of repeats");
	}
	const struct matched *people = &change->people;
	change->atom = mem_alloc(people->count, sizeof *change->atom);
	for (size_t i = 0; i < people->count; i++)
		change->atom[i] = axis_waves_atom(state_of(analysis, people->answer[MATCHED_EARLIER][i]),
		                                  state_of(analysis, people->answer[MATCHED_LATER][i]));
	mask_designs(analysis, change);
	return check_zeros(analysis, change, err);
}

static void add_rows(struct analysis *analysis)
{
	const struct dataset *dataset = analysis->dataset;
	analysis->rows = mem_alloc(dataset->area_count + 1, sizeof *analysis->rows);
	for (size_t i = 0; i < dataset->area_count; i++)
		analysis->rows[analysis->row_count++] = (struct analysis_row){ .facet = analysis->by.first_code + i,
			                                                       .area = dataset->areas[i].code,
			                                                       .heading = dataset->areas[i].label,
			                                                       .code = dataset->areas[i].code,
			                                                       .kind = "area" };
	analysis->rows[analysis->row_count++] =
		(struct analysis_row){ .facet = AXIS_EVERYBODY, .heading = "All areas", .kind = "total" };
}

/* Nobody else's conditions are of people who were matched: a row is not a person. */
static void add_cells(struct analysis *analysis, struct change *change)
{
	const struct dataset *dataset = analysis->dataset;
	const struct matched *people = &change->people;
	axis_all_are(&analysis->filters, mem_print("people/matched %s,%s", change->wave[MATCHED_EARLIER]->code,
	                                           change->wave[MATCHED_LATER]->code));
	axis_areas(&analysis->by, dataset, people->area_missing);
	axis_waves(&analysis->answers, analysis->outcome, change->yes);
	const struct axis *axes[LATTICE_AXES] = { &analysis->filters, &analysis->by, &analysis->answers };
	const size_t *atoms[LATTICE_AXES] = { NULL, people->area, change->atom };
	size_t unit = universe_unit(analysis->universe, dataset->unit.name, dataset->unit.plural,
	                            dataset->unit.confidential, dataset->unit.threshold);
	analysis->lattice = lattice_new(axes, atoms, NULL, NULL, people->count, analysis->universe, unit, dataset->name);
	twins_note(analysis->twins, dataset->name, analysis->lattice, analysis_least_base(analysis->dataset));
	add_rows(analysis);
}

static void add_sums(struct analysis *analysis, struct change *change)
{
	size_t atoms = analysis->answers.atom_count;
	for (size_t w = 0; w < MATCHED_WAVES; w++) {
		change->sums[w] = mem_alloc(analysis->by.atom_count * atoms, sizeof *change->sums[w]);
		for (size_t i = 0; i < change->people.count; i++)
			if (!isnan(change->people.value[w][i]))
				change->sums[w][change->people.area[i] * atoms + change->atom[i]] +=
					change->people.value[w][i];
	}
}

static void note_contributions(const struct analysis *analysis, size_t measure, const struct axis_facet *area,
                               const struct axis_facet *answer, size_t wave)
{
	const struct change *change = change_of(analysis);
	size_t atoms = analysis->answers.atom_count, count = change->people.count;
	if (!contributions_wanted(analysis, measure))
		return;
	double largest[UNIVERSE_LARGEST];
	bool *in = mem_alloc(analysis->by.atom_count * atoms, sizeof *in);
	size_t *position = mem_alloc(count, sizeof *position);
	for (size_t a = 0; a < area->atom_count; a++)
		for (size_t i = 0; i < answer->atom_count; i++)
			in[area->atoms[a] * atoms + answer->atoms[i]] = true;
	for (size_t i = 0; i < count; i++)
		position[i] = change->people.area[i] * atoms + change->atom[i];
	contributions_largest(largest, change->people.value[wave], position, in, NULL, count);
	universe_measure_largest(analysis->universe, measure, largest);
	free(in);
	free(position);
}

size_t change_measure(const struct analysis *analysis, const struct analysis_row *row, size_t facet, size_t wave)
{
	const struct dataset_variable *outcome = analysis->outcome;
	const struct axis_facet *area = &analysis->by.facets[row->facet], *answer = &analysis->answers.facets[facet];
	double least = outcome->least, most = outcome->most, total = 0;
	for (size_t i = 0; i < outcome->code_count; i++) {
		double value = (double)outcome->codes[i].integer;
		least = i == 0 || value < least ? value : least;
		most = i == 0 || value > most ? value : most;
	}
	for (size_t a = 0; a < area->atom_count; a++)
		for (size_t i = 0; i < answer->atom_count; i++)
			total += change_of(analysis)
			                 ->sums[wave][area->atoms[a] * analysis->answers.atom_count + answer->atoms[i]];
	char *name = mem_print("%s@%s", outcome->term, change_of(analysis)->wave[wave]->code);
	size_t measure =
		universe_measure(analysis->universe, analysis_cell(analysis, row, facet), name, least, most, total);
	free(name);
	analysis_measure_whole(analysis, measure, outcome);
	note_contributions(analysis, measure, area, answer, wave);
	return measure;
}

/* Of those who answered at a wave, those who did at both, and those who did at it alone: whoever knows the sums of two
 * of them knows the third. In every area and what is left of it. */
static void add_measures(const struct analysis *analysis)
{
	static const size_t facets[MATCHED_WAVES][3] = { { WAVES_EARLIER, WAVES_BOTH, WAVES_ONLY_EARLIER },
		                                         { WAVES_LATER, WAVES_BOTH, WAVES_ONLY_LATER } };
	for (size_t by = 0; by < analysis->by.facet_count; by++)
		for (size_t w = 0; w < MATCHED_WAVES; w++)
			for (size_t f = 0; f < COUNT(facets[w]); f++)
				change_measure(analysis, &(struct analysis_row){ .facet = by }, facets[w][f], w);
}

static void add_labels(struct analysis *analysis, const struct change *change)
{
	analysis_label_areas(analysis);
	analysis_label(analysis, analysis->outcome);
	analysis_label(analysis, analysis->dataset->wave);
	if (!change->yes)
		return;
	char *name = mem_print("%s=%s", analysis->outcome->name, change->yes);
	universe_label(analysis->universe, "code", name, change->yes_words);
	free(name);
}

static bool begin(struct analysis *analysis, struct error *err)
{
	struct change *change = analysis->own = mem_alloc(1, sizeof *change);
	if (!check_dataset(analysis, err) || !find_waves(analysis, change, err) || !check_outcome(analysis, change, err)
	    || !read_people(analysis, change, err))
		return false;
	analysis->tested_from = analysis_tested_base(analysis->dataset);
	add_cells(analysis, change);
	if (!change->yes) {
		add_sums(analysis, change);
		add_measures(analysis);
	}
	add_labels(analysis, change);
	struct text words = { 0 };
	text_print(&words, "%s who answered “%s” at “%s” or at “%s”", analysis->dataset->unit.plural,
	           analysis->outcome->label, change->wave[MATCHED_EARLIER]->label, change->wave[MATCHED_LATER]->label);
	words.bytes[0] = (char)toupper((unsigned char)words.bytes[0]);
	analysis->base = words.bytes;
	return true;
}

static void free_own(void *own)
{
	struct change *change = own;
	if (!change)
		return;
	matched_release(&change->people);
	free(change->atom);
	free(change->yes);
	free(change->yes_words);
	for (size_t w = 0; w < MATCHED_WAVES; w++) {
		free(change->across[w]);
		free(change->sums[w]);
		free(change->weight[w]);
	}
	free(change);
}

/* --- who answered, and what --- */

static void fill_people(struct analysis *analysis, const struct analysis_row *row, struct change_row *lines)
{
	const struct change *change = change_of(analysis);
	const char *unit = analysis->dataset->unit.plural;
	const char *earlier = change->wave[MATCHED_EARLIER]->label, *later = change->wave[MATCHED_LATER]->label;
	const struct {
		const char *statistic, *across, *heading;
		size_t facet;
	} counts[] = {
		{ "count_of_wave", change->across[MATCHED_EARLIER], earlier, WAVES_EARLIER },
		{ "count_of_wave", change->across[MATCHED_LATER], later, WAVES_LATER },
		{ "count_both", NULL, "both", WAVES_BOTH },
		{ "count_lost", NULL, earlier, WAVES_ONLY_EARLIER },
		{ "count_joined", NULL, later, WAVES_ONLY_LATER },
	};
	for (size_t i = 0; i < (change->people.linked ? COUNT(counts) : MATCHED_WAVES); i++) {
		struct change_line *line =
			change_line(lines, counts[i].statistic, counts[i].across, NULL, NAN, REFUSAL_NONE);
		size_t cell = analysis_cell(analysis, row, counts[i].facet);
		line->uncoded = true;
		analysis_rest_cell(&line->rests, cell);
		change_figure_count(
			line, mem_print("%s: %s", i > MATCHED_WAVES ? "Answered only" : "Answered", counts[i].heading),
			unit, cell);
	}
	for (size_t w = 0; w < MATCHED_WAVES; w++)
		if (change->yes)
			change_add_share(analysis, row, lines, &change_everybody, w);
		else
			change_add_mean(analysis, row, lines, &change_everybody, w);
	for (size_t w = 0; w < MATCHED_WAVES; w++)
		change_add_weighted(analysis, row, lines, w);
}

static void say(struct analysis *analysis)
{
	const struct change *change = change_of(analysis);
	struct text method = { 0 };
	text_print(
		&method,
		"%s at each wave, of everybody who answered at it, with a 95 per cent %s.%s An area's people are those "
		"whose row at the earlier wave is of it; of those without one, the later row counts.",
		change->yes ? "Share" : "Mean", change->yes ? "Wilson score interval" : "t interval",
		change->people.linked ? " Who answered only at the earlier wave was lost, who did only at the later "
					"one joined: the two waves are not of the same people."
				      : " Nobody is in both waves.");
	if (analysis->dataset->designed)
		text_print(&method, " By design: %s%s, the rows of a wave being the sample.",
		           analysis->dataset->variance, analysis->dataset->drawing);
	change_table(analysis, (struct analysis_part){ .method = method.bytes }, fill_people, NULL);
	text_free(&method);
	if (change->yes)
		change_say_shares(analysis);
	else
		change_say_means(analysis);
}

const struct analysis_kind kind_change = { .begin = begin, .say = say, .free = free_own };
