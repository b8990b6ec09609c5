#include "clash.h"

#include <stdlib.h>
#include <string.h>

#include "dataset.h"
#include "expression.h"
#include "imputed.h"
#include "made_of.h"
#include "mem.h"
#include "study_schema.h"
#include "text.h"

bool clash_reads(bool **reads, const struct dataset *dataset, const char *filter, const char *study_path,
                 struct error *err)
{
	size_t kept = dataset->variable_count, count = kept + dataset->held_back_count;
	struct expression_column *columns = mem_alloc(count, sizeof *columns);
	struct expressions *expressions = NULL;
	struct expression *expression = NULL;
	*reads = mem_alloc(kept, sizeof **reads);
	for (size_t i = 0; i < count; i++)
		columns[i] = (struct expression_column){
			.name = i < kept ? dataset->variables[i].name : dataset->held_back[i - kept],
			.type = EXPRESSION_TEXT,
		};
	bool ok = expressions_new(&expressions, columns, count, err)
	          && expression_compile(&expression, expressions, filter, study_path, 0, err);
	for (size_t i = 0; ok && i < count; i++) {
		bool read = expression_reads(expression, i);
		if (i < kept) {
			(*reads)[i] = read;
		} else if (read) { /* the nearest name would mislead: it is spelt as the dictionary has it */
			ok = error_at(err, ERROR_CONFIG, study_path, 0,
			              "the filter `%s` reads `%s`, which deidentify hands to no analysis", filter,
			              columns[i].name);
			error_help(err, "%s", dataset_held_back_help);
		}
	}
	expressions_free(expressions);
	free(columns);
	return ok;
}

/* The same variable, two scores of one instrument, or what is made of some answers in common: a score and its bands are
 * about the same answers, and so are a variable and a recode of it. */
static bool about_the_same(const struct dataset *dataset, const struct made_of *made_of,
                           const struct dataset_variable *variable, const char *name)
{
	const struct dataset_variable *other = name ? dataset_variable(dataset, name) : NULL;
	return other
	       && (other == variable || (other->source && text_equal(other->source, variable->source))
	           || made_of_share(made_of, variable->name, name));
}

/* The variables that an analysis is about, of which any may be NULL. */
static size_t about_count(const struct study_analysis *analysis)
{
	return 3 + analysis->variables_count;
}

static const char *about_at(const struct study_analysis *analysis, size_t i)
{
	const char *const single[] = { analysis->outcome, analysis->across, analysis->per };
	return i < COUNT(single) ? single[i] : analysis->variables[i - COUNT(single)];
}

static size_t count_reads(const struct dataset *dataset, const bool *reads)
{
	size_t count = 0;
	for (size_t i = 0; i < dataset->variable_count; i++)
		count += reads[i];
	return count;
}

/* A filter that reads one variable with codes, and nothing else, is a sum of them: where codes alone are counted, the
 * cells say so. Not of the variable that the filter's own analysis is of, of which it would leave codes nobody can
 * give.
 */
static bool is_sum_of_codes(const struct study_analysis *analysis, const struct study_analysis *other,
                            const struct dataset *dataset, const struct dataset_variable *read, const char *about,
                            const bool *reads)
{
	bool counts = other->kind == STUDY_SHARE || other->kind == STUDY_TABLE;
	return counts && other != analysis && strcmp(read->name, about) == 0 && read->code_count > 0
	       && count_reads(dataset, reads) == 1 && !dataset->adjusted_within
	       && !text_equal(other->filter, analysis->filter);
}

/* A variable that the filter reads, and an analysis of the dataset that is about the same, where no relation of cells
 * says what they tell of each other; false where there is none. */
static bool find_counted(const struct study *study, const struct study_analysis *analysis,
                         const struct dataset *dataset, const struct made_of *made_of, const bool *reads,
                         const char **variable, const char **counted)
{
	for (unsigned a = 0; a < study->analyses_count; a++) {
		const struct study_analysis *other = &study->analyses[a];
		for (size_t i = 0; i < dataset->variable_count && strcmp(other->dataset, dataset->name) == 0; i++) {
			const struct dataset_variable *read = &dataset->variables[i];
			for (size_t j = 0; j < about_count(other) && reads[i]; j++) {
				const char *about = about_at(other, j);
				if (!about_the_same(dataset, made_of, read, about)
				    || is_sum_of_codes(analysis, other, dataset, read, about, reads))
					continue;
				*variable = read->name;
				*counted = other->name;
				return true;
			}
		}
	}
	return false;
}

/* Why two filters may not stand together although their patterns are cells; NULL: they may. */
static const char *untold(const struct study_analysis *one, const struct study_analysis *other,
                          const struct dataset *dataset)
{
	if (one->kind == STUDY_CHANGE || other->kind == STUDY_CHANGE)
		return "which count people and not rows";
	if (dataset->imputation)
		return "and the dataset is imputed";
	return dataset->adjusted_within ? "and weights adjusted to margins, which everybody may know" : NULL;
}

static bool check_filter(const struct study *study, const struct study_analysis *analysis,
                         const struct dataset *dataset, const struct made_of *made_of, const char *study_path,
                         struct error *err)
{
	const char *variable = NULL, *other = NULL;
	bool *reads = NULL;
	bool ok = clash_reads(&reads, dataset, analysis->filter, study_path, err);
	if (ok && find_counted(study, analysis, dataset, made_of, reads, &variable, &other)) {
		ok = error_at(
			err, ERROR_CONFIG, study_path, 0,
			"the filter of `%s` reads `%s`, which `%s` is about: the difference of their bases would tell a count",
			analysis->name, variable, other);
		error_help(err, "filter by a variable that no analysis is about, or leave out one of the two; by one "
		                "variable with codes alone, shares and tables of it may stand beside");
	}
	free(reads);
	for (unsigned a = 0; ok && a < study->analyses_count; a++) {
		const struct study_analysis *second = &study->analyses[a];
		if (!second->filter || strcmp(second->dataset, analysis->dataset) != 0
		    || strcmp(second->filter, analysis->filter) == 0 || !untold(analysis, second, dataset))
			continue;
		ok = error_at(
			err, ERROR_CONFIG, study_path, 0,
			"`%s` and `%s` have different filters, %s: the difference of their bases would tell a count",
			analysis->name, second->name, untold(analysis, second, dataset));
		error_help(err, "use one filter for all analyses of the dataset that have one");
	}
	return ok;
}

static bool check_mean(const struct study *study, const struct study_analysis *mean, const struct dataset *dataset,
                       const char *study_path, struct error *err)
{
	const struct dataset_variable *outcome = dataset_variable(dataset, mean->outcome);
	for (unsigned a = 0; outcome && outcome->code_count > 0 && a < study->analyses_count; a++) {
		const struct study_analysis *share = &study->analyses[a];
		bool counts = share->kind == STUDY_SHARE || share->kind == STUDY_TOTAL;
		if (!counts || strcmp(share->dataset, mean->dataset) != 0 || strcmp(share->outcome, mean->outcome) != 0)
			continue;
		error_at(
			err, ERROR_CONFIG, study_path, 0,
			"`%s` is the mean of the codes that `%s` counts: together they would tell counts that neither prints",
			mean->name, share->name);
		return error_help(err, "publish the one or the other, or a table of all codes");
	}
	return true;
}

/* A quantile says that so many answers lie below a value and so many above it; counts of the same answers, or of what
 * is made of them, would be bounded by it. Two lists of quantiles would be one with less between them. */
static bool check_quantile(const struct study *study, const struct study_analysis *quantile,
                           const struct dataset *dataset, const struct made_of *made_of, const char *study_path,
                           struct error *err)
{
	const struct dataset_variable *outcome = dataset_variable(dataset, quantile->outcome);
	for (unsigned a = 0; outcome && a < study->analyses_count; a++) {
		const struct study_analysis *other = &study->analyses[a];
		const struct dataset_variable *counted =
			other->outcome ? dataset_variable(dataset, other->outcome) : NULL;
		bool tells = (other->kind != STUDY_MEAN && other->kind != STUDY_RATIO)
		             && !(other->kind == STUDY_TOTAL && counted && counted->code_count == 0);
		if (other == quantile || !tells || strcmp(other->dataset, quantile->dataset) != 0
		    || !(about_the_same(dataset, made_of, outcome, other->outcome)
		         || about_the_same(dataset, made_of, outcome, other->across)))
			continue;
		error_at(
			err, ERROR_CONFIG, study_path, 0,
			"`%s` gives quantiles of `%s`, and `%s` is about the same answers: together they would tell how few lie between two values",
			quantile->name, quantile->outcome, other->name);
		return error_help(err,
		                  "publish the one or the other; put all quantiles of a variable into one analysis");
	}
	return true;
}

/* --- several answers to one question --- */

static bool names_code(const struct study_analysis *analysis, const char *code)
{
	for (unsigned i = 0; i < analysis->codes_count; i++)
		if (strcmp(analysis->codes[i], code) == 0)
			return true;
	return false;
}

static bool same_codes(const struct study_analysis *one, const struct study_analysis *other)
{
	bool same = one->codes_count == other->codes_count;
	for (unsigned i = 0; same && i < one->codes_count; i++)
		same = names_code(other, one->codes[i]);
	return same;
}

/* Who ticked any of a and b, who any of b and c: together at least who ticked any of the three and who ticked b. No
 * cell says how many these are, and so none keeps them apart. One group alone is tied to its options. */
static bool check_groups(const struct study *study, const struct study_analysis *share, const struct dataset *dataset,
                         const char *study_path, struct error *err)
{
	const struct dataset_variable *outcome = dataset_variable(dataset, share->outcome);
	for (unsigned a = 0; outcome && outcome->option_count && share->codes_count > 1 && a < study->analyses_count;
	     a++) {
		const struct study_analysis *other = &study->analyses[a];
		bool counts = other->kind == STUDY_SHARE || other->kind == STUDY_TOTAL;
		if (!counts || other->codes_count < 2 || strcmp(other->dataset, share->dataset) != 0
		    || strcmp(other->outcome, share->outcome) != 0 || same_codes(share, other))
			continue;
		error_at(
			err, ERROR_CONFIG, study_path, 0,
			"`%s` and `%s` count different groups of options of `%s`, of which several may be ticked: together they would tell how few ticked an option",
			share->name, other->name, share->outcome);
		return error_help(err, "count one group of options together, or each option for itself");
	}
	return true;
}

/* --- weights that were adjusted to margins --- */

/* Where others can work out the weights, a count without them says how the groups of the margins differ. Of a mean, how
 * many stand at the ends of the score (reliability) tells nothing of any group. */
static bool check_unweighted(const struct study *study, const struct study_analysis *weighted,
                             const struct dataset *dataset, const struct made_of *made_of, const char *study_path,
                             struct error *err)
{
	const struct dataset_variable *outcome = dataset_variable(dataset, weighted->outcome);
	if (weighted->shrink) {
		error_at(err, ERROR_CONFIG, study_path, 0,
		         "`%s` draws areas together without the weights, which are adjusted to margins",
		         weighted->name);
		return error_help(err, "leave out `shrink`, or the adjustment (`adjust`) of the design");
	}
	for (unsigned a = 0; outcome && a < study->analyses_count; a++) {
		const struct study_analysis *other = &study->analyses[a];
		bool counts = other->kind == STUDY_TABLE
		              || (other->kind == STUDY_RELIABILITY && weighted->kind == STUDY_SHARE);
		if (!counts || strcmp(other->dataset, weighted->dataset) != 0
		    || !(about_the_same(dataset, made_of, outcome, other->outcome)
		         || about_the_same(dataset, made_of, outcome, other->across)))
			continue;
		error_at(
			err, ERROR_CONFIG, study_path, 0,
			"`%s` counts without weights what `%s` shows by weights adjusted to margins: together they would tell how few of a margin's group answered what",
			other->name, weighted->name);
		return error_help(err, "leave out one of the two, or the adjustment (`adjust`) of the design");
	}
	return true;
}

/* --- derived variables --- */

/* A mean of them would be a share, and its sum their count, which no threshold would guard. */
static bool check_two_values(const struct study_analysis *analysis, const char *variable, const struct dataset *dataset,
                             const char *study_path, struct error *err)
{
	enum { FEW = 4 };
	long long values = 0;
	char *name = store_quote_name(variable);
	char *sql =
		mem_print("SELECT count(*) FROM (SELECT DISTINCT %s FROM respondents WHERE %s IS NOT NULL LIMIT %d)",
	                  name, name, FEW + 1);
	bool ok = store_read_integer(dataset->store, sql, 0, &values, err);
	free(name);
	free(sql);
	if (!ok || values == 0 || values > FEW)
		return ok;
	error_at(err, ERROR_CONFIG, study_path, 0, "`%s` is a %s of `%s`, which has no more than four values",
	         analysis->name, study_kind_words[analysis->kind].str, variable);
	return error_help(err, "derive codes in place of a value, and use kind share");
}

/* Codes of the one are sums of the other's, or hold them: nothing that protects or attacks a table knows it. */
static bool check_recode(const struct study_analysis *one, const struct study_analysis *other,
                         const struct made_of *made_of, const char *study_path, struct error *err)
{
	for (size_t i = 0; i < about_count(one); i++)
		for (size_t j = 0; j < about_count(other); j++) {
			const char *mine = about_at(one, i), *theirs = about_at(other, j);
			if (!mine || !theirs || strcmp(mine, theirs) == 0
			    || !(made_of_study(made_of, mine) || made_of_study(made_of, theirs))
			    || !made_of_share(made_of, mine, theirs))
				continue;
			error_at(
				err, ERROR_CONFIG, study_path, 0,
				"`%s` is about `%s` and `%s` about `%s`, which are made of the same answers: together they would tell counts that neither prints",
				one->name, mine, other->name, theirs);
			return error_help(err, "publish the one or the other");
		}
	return true;
}

/* Whether its lines are sums of the outcome, or places among its values. */
static bool adds_up(const struct study_analysis *analysis)
{
	return analysis->kind == STUDY_MEAN || analysis->kind == STUDY_TOTAL || analysis->kind == STUDY_RATIO
	       || analysis->kind == STUDY_QUANTILE || (analysis->kind == STUDY_CHANGE && analysis->codes_count == 0);
}

static bool check_derived(const struct study *study, const struct study_analysis *analysis,
                          const struct dataset *dataset, const struct made_of *made_of, const char *study_path,
                          struct error *err)
{
	const char *numbers[] = { adds_up(analysis) ? analysis->outcome : NULL, analysis->per };
	bool ok = true;
	for (size_t i = 0; ok && i < COUNT(numbers); i++) {
		const struct dataset_variable *number = numbers[i] ? dataset_variable(dataset, numbers[i]) : NULL;
		if (number && number->code_count == 0 && made_of_study(made_of, number->name))
			ok = check_two_values(analysis, number->name, dataset, study_path, err);
	}
	for (unsigned a = 0; ok && a < study->analyses_count; a++)
		if (strcmp(study->analyses[a].dataset, analysis->dataset) == 0)
			ok = check_recode(analysis, &study->analyses[a], made_of, study_path, err);
	return ok;
}

/* --- changes between waves --- */

/* Whether the study has the dataset's people in this one too: some export is of both. */
static bool has_export_of(const struct study *study, const char *one, const char *other)
{
	struct error unused = { 0 };
	const struct study_dataset *a = study_dataset(study, one, &unused), *b = study_dataset(study, other, &unused);
	for (unsigned i = 0; a && b && i < a->exports_count; i++)
		for (unsigned j = 0; j < b->exports_count; j++)
			if (strcmp(a->exports[i].path, b->exports[j].path) == 0)
				return true;
	return false;
}

/* Whoever answered the one may be all those who gave a code of the other, by its route. */
static bool is_routed_beside_codes(const struct dataset *dataset, const struct study_analysis *routed,
                                   const struct study_analysis *codes)
{
	const struct dataset_variable *variable = dataset_variable(dataset, routed->outcome);
	return codes->codes_count > 0 && variable && variable->routed;
}

/* Two changes of one dataset: of the same waves, so that they have the same people, and of other answers. */
static bool check_two_changes(const struct study_analysis *one, const struct study_analysis *other,
                              const struct dataset *dataset, const struct made_of *made_of, const char *study_path,
                              struct error *err)
{
	const struct dataset_variable *outcome = dataset_variable(dataset, one->outcome);
	if (strcmp(one->waves[0], other->waves[0]) != 0 || strcmp(one->waves[1], other->waves[1]) != 0) {
		error_at(
			err, ERROR_CONFIG, study_path, 0,
			"`%s` and `%s` are changes between different waves: together they would tell who was lost in between",
			one->name, other->name);
		return error_help(err, "take the same two waves for all changes of a dataset");
	}
	if ((outcome && about_the_same(dataset, made_of, outcome, other->outcome))
	    || is_routed_beside_codes(dataset, one, other) || is_routed_beside_codes(dataset, other, one)) {
		error_at(
			err, ERROR_CONFIG, study_path, 0,
			"`%s` and `%s` are changes of answers that hang together: the difference of their bases would tell a count",
			one->name, other->name);
		return error_help(err, "publish the one or the other");
	}
	return true;
}

/* A change counts people, by the wave that they answered at; everything else counts rows. The number of rows of a wave
 * tells how many of its people were lost, and neither protect nor the audit can see that it does. */
static bool check_change(const struct study *study, const struct study_analysis *change, const struct dataset *dataset,
                         const struct made_of *made_of, const char *study_path, struct error *err)
{
	bool ok = true;
	for (unsigned a = 0; ok && a < study->analyses_count; a++) {
		const struct study_analysis *other = &study->analyses[a];
		bool same = strcmp(other->dataset, change->dataset) == 0;
		if (other == change || (!same && !has_export_of(study, change->dataset, other->dataset)))
			continue;
		if (same && other->kind == STUDY_CHANGE) {
			ok = check_two_changes(change, other, dataset, made_of, study_path, err);
			continue;
		}
		ok = error_at(
			err, ERROR_CONFIG, study_path, 0,
			"`%s` is a change of people whose rows `%s` counts: together they would tell how few answered at one wave only",
			change->name, other->name);
		error_help(
			err,
			"a study of these exports has changes alone, each with the means or shares of both waves, or no change; "
			"a second study would tell the same. docs/together.md says what may stand together");
	}
	return ok;
}

/* --- imputations --- */

/* Pooled figures count what was filled in, the others what was answered: the difference is how many were not. The
 * people of two datasets of one unit may be the same ones. Two variables that are made of the same answers are tied in
 * every imputation, and no relation says so. */
static bool check_imputed(const struct study *study, const struct study_analysis *pooled,
                          const struct datasets *datasets, const struct dataset *dataset, const struct made_of *made_of,
                          const char *study_path, struct error *err)
{
	const struct dataset_variable *outcome = dataset_variable(dataset, pooled->outcome);
	for (unsigned a = 0; a < study->analyses_count; a++) {
		const struct study_analysis *other = &study->analyses[a];
		const struct dataset *theirs = datasets_find(datasets, other->dataset);
		if (!theirs || other == pooled || !theirs->unit.confidential)
			continue;
		bool same = theirs == dataset, both = same && imputed_is_pooled(theirs, other);
		bool tied = both && outcome && strcmp(other->outcome, pooled->outcome) != 0
		            && about_the_same(dataset, made_of, outcome, other->outcome);
		if (same ? both && !tied : strcmp(theirs->unit.name, dataset->unit.name) != 0)
			continue;
		error_at(
			err, ERROR_CONFIG, study_path, 0,
			tied ? "`%s` and `%s` are pooled over imputations and made of the same answers: together they would tell counts that neither prints"
			     : "`%s` is pooled over imputations, and `%s` counts the same people: together they would tell how few did not answer",
			pooled->name, other->name);
		return error_help(err,
		                  tied   ? "publish the one or the other"
		                  : same ? "pool all analyses of the dataset, or filter all by one imputation"
		                         : "publish them apart; people who are others have a unit of another name");
	}
	return true;
}

/* --- all of them --- */

/* What one analysis says to those of the study. */
static bool check(const struct study *study, const struct study_analysis *analysis, const struct datasets *datasets,
                  const char *study_path, struct error *err)
{
	const struct dataset *dataset = datasets_find(datasets, analysis->dataset);
	struct made_of *made_of = NULL;
	if (!dataset || dataset->aggregate)
		return true; /* compare_study says which one is missing; published figures tell nothing new */
	bool ok = made_of_load(&made_of, dataset, err);
	if (ok && analysis->filter)
		ok = check_filter(study, analysis, dataset, made_of, study_path, err);
	if (ok && analysis->kind == STUDY_MEAN)
		ok = check_mean(study, analysis, dataset, study_path, err);
	if (ok && analysis->kind == STUDY_QUANTILE)
		ok = check_quantile(study, analysis, dataset, made_of, study_path, err);
	if (ok && (analysis->kind == STUDY_SHARE || analysis->kind == STUDY_TOTAL))
		ok = check_groups(study, analysis, dataset, study_path, err);
	if (ok && dataset->adjusted_within && (analysis->kind == STUDY_MEAN || analysis->kind == STUDY_SHARE))
		ok = check_unweighted(study, analysis, dataset, made_of, study_path, err);
	if (ok && imputed_is_pooled(dataset, analysis))
		ok = check_imputed(study, analysis, datasets, dataset, made_of, study_path, err);
	if (ok && analysis->kind == STUDY_CHANGE)
		ok = check_change(study, analysis, dataset, made_of, study_path, err);
	ok = ok && check_derived(study, analysis, dataset, made_of, study_path, err);
	made_of_free(made_of);
	return ok;
}

struct clashes {
	struct error *items;
	size_t count, capacity;
};

/* A study that has these analyses alone. Returns whether they may stand together; else the clash is noted, at the place
 * in the config where the one stands that says so. */
static bool check_together(struct clashes *clashes, const struct study *study, const struct study_analysis *analyses,
                           unsigned count, const struct datasets *datasets, const char *study_path)
{
	struct study together = *study;
	struct error found = { 0 };
	together.analyses = (struct study_analysis *)analyses;
	together.analyses_count = count;
	for (unsigned i = 0; i < count && found.kind == ERROR_NONE; i++)
		if (!check(&together, &analyses[i], datasets, study_path, &found))
			study_locate(&found, study_path, analyses[i].name);
	if (found.kind == ERROR_NONE)
		return true;
	clashes->items = mem_grow(clashes->items, clashes->count, &clashes->capacity, sizeof *clashes->items);
	clashes->items[clashes->count++] = found;
	return false;
}

bool clash_check(const struct study *study, const char *study_path, const struct datasets *datasets, struct error *err)
{
	struct clashes clashes = { 0 };
	bool *alone = mem_alloc(study->analyses_count, sizeof *alone);
	for (unsigned a = 0; a < study->analyses_count; a++) {
		alone[a] = check_together(&clashes, study, &study->analyses[a], 1, datasets, study_path);
		for (unsigned b = 0; b < a; b++) {
			const struct study_analysis both[] = { study->analyses[b], study->analyses[a] };
			if (alone[a] && alone[b])
				check_together(&clashes, study, both, COUNT(both), datasets, study_path);
		}
	}
	for (size_t i = 0; i < clashes.count; i++)
		if (i + 1 < clashes.count)
			error_print(&clashes.items[i]);
		else
			*err = clashes.items[i];
	bool ok = clashes.count == 0;
	free(clashes.items);
	free(alone);
	return ok;
}
