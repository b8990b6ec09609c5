#include "imputed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

bool imputed_is_pooled(const struct dataset *dataset, const struct study_analysis *analysis)
{
	return dataset->imputation && !analysis->filter
	       && (analysis->kind == STUDY_MEAN || analysis->kind == STUDY_SHARE);
}

/* --- the rows, by imputation and person --- */

struct row {
	double number;
	long long person;
	size_t index; /* in the sample */
};

static int compare_rows(const void *left, const void *right)
{
	const struct row *a = left, *b = right;
	int order = (a->number > b->number) - (a->number < b->number);
	return order ? order : (a->person > b->person) - (a->person < b->person);
}

static struct row *sort_rows(const struct sample *numbers)
{
	struct row *rows = mem_alloc(numbers->count, sizeof *rows);
	for (size_t i = 0; i < numbers->count; i++)
		rows[i] = (struct row){ numbers->value[i], numbers->person[i], i };
	if (numbers->count)
		mem_sort(rows, numbers->count, sizeof *rows, compare_rows);
	return rows;
}

static bool wrong(const struct analysis *analysis, struct error *err, const char *what, const char *help)
{
	error_at(err, ERROR_INPUT, store_path(analysis->dataset->store), 0, "the imputations of %s differ: %s",
	         analysis->dataset->name, what);
	return error_help(err, "%s", help);
}

/* That the rows from `at` hold the people of the first ones, in the same areas. */
static bool check_people(const struct analysis *analysis, const struct row *rows, size_t at, size_t people,
                         const struct sample *sample, struct error *err)
{
	for (size_t i = 0; i < people; i++) {
		if (rows[at + i].number != rows[at].number || rows[at + i].person != rows[i].person)
			return wrong(analysis, err, "not everybody has one row in each",
			             "export the long form whole, with every person in every imputation");
		if (sample->area[rows[at + i].index] != sample->area[rows[i].index])
			return wrong(analysis, err, "somebody is of different areas",
			             "areas are not imputed: leave out those of whom no area is known");
	}
	return true;
}

/* Of the imputations from 1, the same people have an answer. */
static bool check_answers(const struct analysis *analysis, const struct imputed *imputed, struct error *err)
{
	size_t answers = sample_answers(analysis->outcome);
	for (size_t j = 1; j < imputed->m; j++)
		for (size_t i = 0; i < imputed->people; i++)
			if ((imputed->first[j].outcome[i] < answers) != (imputed->first[0].outcome[i] < answers))
				return wrong(analysis, err, "an answer is missing in some of them only",
				             "impute the variable in all of them, or in none");
	return true;
}

static void take(struct imputation *imputation, const struct row *rows, size_t people, const struct sample *sample)
{
	*imputation = (struct imputation){ .number = (int)rows[0].number,
		                           .area = mem_alloc(people, sizeof *imputation->area),
		                           .outcome = mem_alloc(people, sizeof *imputation->outcome),
		                           .value = mem_alloc(people, sizeof *imputation->value) };
	for (size_t i = 0; i < people; i++) {
		imputation->area[i] = sample->area[rows[i].index];
		imputation->outcome[i] = sample->outcome[rows[i].index];
		imputation->value[i] = sample->value[rows[i].index];
	}
}

static bool divide(struct imputed *imputed, const struct analysis *analysis, const struct row *rows,
                   const struct sample *sample, struct error *err)
{
	size_t count = sample->count, people = 0;
	while (people < count && rows[people].number == rows[0].number)
		people++;
	if (people == 0 || count % people)
		return wrong(analysis, err, "not everybody has one row in each",
		             "export the long form whole, with every person in every imputation");
	imputed->people = people;
	imputed->items = mem_alloc(count / people, sizeof *imputed->items);
	for (size_t at = 0; at < count; at += people) {
		if (!check_people(analysis, rows, at, people, sample, err))
			return false;
		take(&imputed->items[imputed->count++], rows + at, people, sample);
	}
	bool collected = imputed->items[0].number == 0;
	imputed->collected = collected ? &imputed->items[0] : NULL;
	imputed->m = imputed->count - collected;
	imputed->first = imputed->m ? imputed->items + collected : NULL;
	return check_answers(analysis, imputed, err);
}

/* --- cells --- */

/* An imputation is a dataset of its own: its cells begin with its number, and so do names that hold the same people. */
static void add_cells(struct imputation *imputation, struct analysis *analysis, size_t unit, size_t people,
                      bool area_missing)
{
	const struct dataset *dataset = analysis->dataset;
	char *name = mem_print("%s & %s=%d", dataset->name, dataset->imputation->term, imputation->number);
	bool codes = imputation->number > 0 && analysis->config->kind == STUDY_SHARE;
	axis_areas(&imputation->areas, dataset, area_missing);
	axis_variable(&imputation->answers, analysis->outcome, codes, codes ? analysis->group : NULL);
	const struct axis *axes[LATTICE_AXES] = { &imputation->areas, &imputation->answers };
	const size_t *atoms[LATTICE_AXES] = { imputation->area, imputation->outcome };
	bool sums = analysis->config->kind == STUDY_MEAN && imputation->number > 0;
	imputation->lattice =
		lattice_new(axes, atoms, sums ? imputation->value : NULL, NULL, people, analysis->universe, unit, name);
	twins_note(analysis->twins, name, imputation->lattice, analysis_least_base(analysis->dataset));
	free(name);
}

/* In every imputation the same people are there, and have an answer. */
static void relate(const struct imputed *imputed, struct universe *universe)
{
	const struct imputation *first = &imputed->items[imputed->count - imputed->m];
	for (size_t area = 0; imputed->m && area < first->areas.facet_count; area++)
		for (size_t i = 0; i < imputed->count; i++) {
			const struct imputation *other = &imputed->items[i];
			if (other == first)
				continue;
			size_t everybody = imputed_cell(other, area, AXIS_EVERYBODY);
			universe_relation(universe, RELATION_SUM, imputed_cell(first, area, AXIS_EVERYBODY), &everybody,
			                  1);
			if (other == imputed->collected)
				continue;
			size_t answered = imputed_cell(other, area, other->answers.answered);
			universe_relation(universe, RELATION_SUM, imputed_cell(first, area, first->answers.answered),
			                  &answered, 1);
		}
}

bool imputed_read(struct imputed *imputed, struct analysis *analysis, struct error *err)
{
	const struct dataset *dataset = analysis->dataset;
	struct sample_request request = { .outcome = dataset->imputation, .study = analysis->study_path };
	struct sample *numbers = NULL, *sample = NULL;
	*imputed = (struct imputed){ 0 };
	bool ok = sample_read(&numbers, dataset, &request, err);
	request.outcome = analysis->outcome;
	ok = ok && sample_read(&sample, dataset, &request, err);
	struct row *rows = ok ? sort_rows(numbers) : NULL;
	ok = ok && divide(imputed, analysis, rows, sample, err);
	if (ok) {
		const struct unit *unit = &dataset->unit;
		size_t id = universe_unit(analysis->universe, unit->name, unit->plural, unit->confidential,
		                          unit->threshold);
		for (size_t i = 0; i < imputed->count; i++)
			add_cells(&imputed->items[i], analysis, id, imputed->people, sample->area_missing);
		relate(imputed, analysis->universe);
	}
	free(rows);
	sample_free(numbers);
	sample_free(sample);
	return ok;
}

void imputed_free(struct imputed *imputed)
{
	for (size_t i = 0; i < imputed->count; i++) {
		struct imputation *imputation = &imputed->items[i];
		free(imputation->area);
		free(imputation->outcome);
		free(imputation->value);
		lattice_free(imputation->lattice);
		axis_release(&imputation->areas);
		axis_release(&imputation->answers);
	}
	free(imputed->items);
	*imputed = (struct imputed){ 0 };
}

size_t imputed_cell(const struct imputation *imputation, size_t area, size_t answers)
{
	return lattice_cell(imputation->lattice, (struct lattice_point){ { area, answers } });
}
