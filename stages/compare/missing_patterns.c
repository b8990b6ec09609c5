#include "missing_patterns.h"

#include <stdlib.h>
#include <string.h>

#include "asked.h"
#include "made_of.h"
#include "mem.h"

/* Whether two variables hold some answers in common: they are one, are scores of one instrument, or one is made of the
 * other. */
static bool in_common(const struct dataset *dataset, const struct made_of *made_of, const char *one, const char *other)
{
	const struct dataset_variable *a = dataset_variable(dataset, one), *b = dataset_variable(dataset, other);
	return strcmp(one, other) == 0 || made_of_share(made_of, one, other)
	       || (a && b && a->source && text_equal(a->source, b->source));
}

/* Who has a score answered its items: the complete cases of two items hold everybody who has it, and no relation says
 * so. */
static bool is_tied_by(const struct missing_patterns *patterns, const struct dataset *dataset,
                       const struct made_of *made_of, const char *variable)
{
	size_t tied = 0;
	for (size_t i = 0; i < patterns->count && variable; i++)
		tied += in_common(dataset, made_of, patterns->questions[i]->variable->name, variable);
	return tied > 1;
}

static bool is_tied(bool *tied, const struct missing_patterns *patterns, const struct analysis *analysis,
                    struct error *err)
{
	const struct study *study = analysis->study;
	struct made_of *made_of = NULL;
	if (!made_of_load(&made_of, analysis->dataset, err))
		return false;
	*tied = false;
	for (unsigned a = 0; a < study->analyses_count && !*tied; a++) {
		const struct study_analysis *other = &study->analyses[a];
		if (strcmp(other->dataset, analysis->dataset->name) != 0)
			continue;
		const char *const about[] = { other->outcome, other->across, other->per };
		for (size_t i = 0; i < COUNT(about); i++)
			*tied = *tied || is_tied_by(patterns, analysis->dataset, made_of, about[i]);
		for (unsigned i = 0; i < other->variables_count; i++)
			*tied = *tied || is_tied_by(patterns, analysis->dataset, made_of, other->variables[i]);
	}
	made_of_free(made_of);
	return true;
}

static bool choose(struct missing_patterns *patterns, const struct analysis *analysis,
                   const struct completeness_question *questions, size_t count, struct error *err)
{
	bool tied = false;
	for (size_t i = 0; i < count; i++) {
		if (questions[i].divided || completeness_unanswered(&questions[i]) == 0)
			continue;
		if (patterns->count == MISSING_PATTERNS_MOST) {
			patterns->not = MISSING_PATTERNS_TOO_MANY;
			return true;
		}
		patterns->questions[patterns->count++] = &questions[i];
	}
	if (!is_tied(&tied, patterns, analysis, err))
		return false;
	patterns->not = patterns->count == 0 ? MISSING_PATTERNS_NO_QUESTION
	                : tied               ? MISSING_PATTERNS_TIED
	                                     : MISSING_PATTERNS_TOLD;
	return true;
}

static size_t *answered_atoms(const struct completeness_question *question)
{
	const struct sample *sample = question->sample;
	size_t answers = sample_answers(question->variable), *atoms = mem_alloc(sample->count, sizeof *atoms);
	for (size_t i = 0; i < sample->count; i++)
		atoms[i] = sample->outcome[i] >= answers;
	return atoms;
}

/* Everybody is the sum of the complete and the incomplete, who are known by what they lack some of. */
static void add_incomplete(struct missing_patterns *patterns, struct universe *universe, size_t unit)
{
	struct text condition = { 0 };
	text_print(&condition, "%s & patterns/incomplete(", universe->cells[patterns->everybody - 1].condition);
	for (size_t i = 0; i < patterns->count; i++)
		text_print(&condition, "%s%s", i ? "," : "", patterns->questions[i]->variable->term);
	text_add(&condition, ")");
	long long n = universe->cells[patterns->everybody - 1].n - universe->cells[patterns->complete - 1].n;
	patterns->incomplete = universe_cell(universe, unit, condition.bytes, n);
	int all = universe->cells[patterns->everybody - 1].key, complete = universe->cells[patterns->complete - 1].key;
	if (all >= 0 && complete >= 0)
		universe_cell_key(universe, patterns->incomplete, (all - complete + UNIVERSE_KEYS) % UNIVERSE_KEYS);
	const size_t parts[] = { patterns->complete, patterns->incomplete };
	universe_relation(universe, RELATION_SUM, patterns->everybody, parts, COUNT(parts));
	text_free(&condition);
}

static void add_cells(struct missing_patterns *patterns, struct analysis *analysis, size_t unit)
{
	const struct sample *sample = patterns->questions[0]->sample;
	const struct axis *axes[LATTICE_AXES] = { &patterns->filters };
	size_t *atoms[LATTICE_AXES] = { NULL };
	axis_filters(&patterns->filters, analysis->subgroups, analysis_own_filter(analysis), sample, &atoms[0]);
	for (size_t i = 0; i < patterns->count; i++) {
		axis_answered(&patterns->axes[i], patterns->questions[i]->variable);
		axes[i + 1] = &patterns->axes[i];
		atoms[i + 1] = answered_atoms(patterns->questions[i]);
	}
	patterns->lattice = lattice_new(axes, (const size_t *const *)atoms, NULL, analysis->dataset->keys, sample->count, analysis->universe,
	                                unit, analysis->dataset->name);
	twins_note(analysis->twins, analysis->dataset->name, patterns->lattice, analysis_least_base(analysis->dataset));
	for (size_t i = 0; i < LATTICE_AXES; i++)
		free(atoms[i]);
	patterns->everybody = lattice_cell(patterns->lattice, (struct lattice_point){ { patterns->filters.filter } });
	patterns->complete = missing_patterns_cell(patterns, 0);
	add_incomplete(patterns, analysis->universe, unit);
}

bool missing_patterns_read(struct missing_patterns *patterns, struct analysis *analysis, size_t unit,
                           const struct completeness_question *questions, size_t count, struct error *err)
{
	*patterns = (struct missing_patterns){ 0 };
	if (!choose(patterns, analysis, questions, count, err))
		return false;
	if (patterns->not == MISSING_PATTERNS_TOLD)
		add_cells(patterns, analysis, unit);
	return true;
}

void missing_patterns_free(struct missing_patterns *patterns)
{
	lattice_free(patterns->lattice);
	axis_release(&patterns->filters);
	for (size_t i = 0; i < MISSING_PATTERNS_MOST; i++)
		axis_release(&patterns->axes[i]);
	*patterns = (struct missing_patterns){ 0 };
}

size_t missing_patterns_cell(const struct missing_patterns *patterns, unsigned lacking)
{
	struct lattice_point point = { { patterns->filters.filter } };
	for (size_t i = 0; i < patterns->count; i++)
		point.facet[i + 1] = lacking >> i & 1 ? patterns->axes[i].missing : patterns->axes[i].answered;
	return lattice_cell(patterns->lattice, point);
}
