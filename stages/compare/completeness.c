#include "completeness.h"

#include <stdlib.h>
#include <string.h>

#include "asked.h"
#include "clash.h"
#include "embedded.h"
#include "made_of.h"
#include "mem.h"

/* Marks the variables that are made of some answers in common with this one. */
static void mark_related(bool *marked, const struct dataset *dataset, const struct made_of *made_of,
                         const char *variable)
{
	for (size_t i = 0; i < dataset->variable_count; i++)
		marked[i] = marked[i] || made_of_share(made_of, variable, dataset->variables[i].name);
}

/* Marks what must not be told beside other analyses of the dataset. How many gave no answer to what a filter reads,
 * beside those whom it leaves out, would tell how many gave the answers that it does not take; and a variable that the
 * study made of others may say itself who gave none. */
static bool mark_told(bool *told, const struct analysis *analysis, struct error *err)
{
	const struct dataset *dataset = analysis->dataset;
	struct made_of *made_of = NULL;
	bool ok = made_of_load(&made_of, dataset, err);
	for (unsigned a = 0; ok && a < analysis->study->analyses_count; a++) {
		const struct study_analysis *other = &analysis->study->analyses[a];
		const char *const about[] = { other->outcome, other->across, other->per };
		bool *reads = NULL;
		if (strcmp(other->dataset, dataset->name) != 0)
			continue;
		for (size_t i = 0; i < COUNT(about); i++)
			if (about[i] && made_of_study(made_of, about[i]))
				mark_related(told, dataset, made_of, about[i]);
		for (unsigned i = 0; i < other->variables_count; i++)
			if (made_of_study(made_of, other->variables[i]))
				mark_related(told, dataset, made_of, other->variables[i]);
		if (other->filter)
			ok = clash_reads(&reads, dataset, other->filter, analysis->study_path, err);
		for (size_t i = 0; ok && reads && i < dataset->variable_count; i++)
			if (reads[i])
				mark_related(told, dataset, made_of, dataset->variables[i].name);
		free(reads);
	}
	made_of_free(made_of);
	return ok;
}

/* A question that people were asked and may leave unanswered: one that must be answered is complete, what is derived
 * was not asked (nor was the wave, which the export mostly says), and free text is not in the table. */
static bool is_question(const struct dataset *dataset, const struct dataset_variable *variable)
{
	return variable->column && !variable->source && !variable->required && variable != dataset->wave
	       && variable != &dataset->variables[dataset->area] && strcmp(variable->type, "text") != 0
	       && strcmp(variable->type, "id") != 0;
}

/* Whether somebody was not asked, whatever the reason. */
static bool leaves_out(const struct sample *sample, const struct dataset_variable *variable)
{
	size_t answers = sample_answers(variable);
	for (size_t i = 0; i < sample->count; i++)
		if (sample->outcome[i] >= answers && axis_is_outside(variable->reasons[sample->outcome[i] - answers]))
			return true;
	return false;
}

bool completeness_question_read(struct completeness_question *question, struct analysis *analysis, size_t unit,
                                const struct dataset_variable *variable, const struct subgroups *subgroups, bool keep,
                                struct error *err)
{
	const struct dataset *dataset = analysis->dataset;
	const struct sample_request request = {
		.outcome = variable,
		.filters = subgroups ? subgroups->texts : NULL,
		.filter_count = subgroups ? subgroups->count : 0,
		.study = analysis->study_path,
	};
	struct sample *sample = NULL;
	size_t *filter_atoms = NULL;
	if (!sample_read(&sample, dataset, &request, err))
		return false;
	*question = (struct completeness_question){ .variable = variable,
		                                    .divided = variable->routed || leaves_out(sample, variable) };
	axis_filters(&question->filters, subgroups, analysis_own_filter(analysis), sample, &filter_atoms);
	axis_areas(&question->areas, dataset, sample->area_missing);
	axis_variable(&question->answers, variable, false, NULL);
	if (question->divided)
		axis_asked(&question->answers, variable);

	const struct axis *axes[LATTICE_AXES] = { &question->filters, &question->areas, &question->answers };
	const size_t *atoms[LATTICE_AXES] = { filter_atoms, sample->area, sample->outcome };
	question->lattice = lattice_new(axes, atoms, NULL, dataset->keys, sample->count, analysis->universe, unit, dataset->name);
	twins_note(analysis->twins, dataset->name, question->lattice, analysis_least_base(analysis->dataset));
	free(filter_atoms);
	if (keep)
		question->sample = sample;
	else
		sample_free(sample);
	return true;
}

bool completeness_count(struct completeness *completeness, struct analysis *analysis, size_t unit, struct error *err)
{
	const struct dataset *dataset = analysis->dataset;
	bool *told = mem_alloc(dataset->variable_count, sizeof *told);
	bool ok = mark_told(told, analysis, err);
	*completeness = (struct completeness){ 0 };
	completeness->questions = mem_alloc(dataset->variable_count, sizeof *completeness->questions);
	for (size_t i = 0; ok && i < dataset->variable_count; i++) {
		const struct dataset_variable *variable = &dataset->variables[i];
		if (!is_question(dataset, variable))
			continue;
		if (told[i]) {
			completeness->left_out++;
			continue;
		}
		/* counted before it is read, so that completeness_free finds it; zeroed */
		ok = completeness_question_read(&completeness->questions[completeness->count++], analysis, unit,
		                                variable, NULL, false, err);
	}
	free(told);
	return ok;
}

void completeness_question_free(struct completeness_question *question)
{
	lattice_free(question->lattice);
	sample_free(question->sample);
	axis_release(&question->filters);
	axis_release(&question->areas);
	axis_release(&question->answers);
	*question = (struct completeness_question){ 0 };
}

void completeness_free(struct completeness *completeness)
{
	for (size_t i = 0; i < completeness->count; i++)
		completeness_question_free(&completeness->questions[i]);
	free(completeness->questions);
	*completeness = (struct completeness){ 0 };
}

size_t completeness_cell(const struct completeness_question *question, size_t area, size_t answers)
{
	return lattice_cell(question->lattice, (struct lattice_point){ { question->filters.filter, area, answers } });
}

size_t completeness_unanswered(const struct completeness_question *question)
{
	return question->divided ? question->answers.unanswered : question->answers.missing;
}
