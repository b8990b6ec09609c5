#include "recode.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "treatment.h"

/* --- compiling --- */

/* Where in the config a fault stands, before what says where in the expression. */
static bool locate(const struct recode *recode, const struct study_code *code, struct error *err)
{
	char *within = mem_copy_text(err->record);
	const char *comma = *within ? ", " : "";
	err->record[0] = '\0'; /* the first stays, otherwise */
	if (code)
		error_record(err, "derived `%s`, when of `%s`%s%s", recode->config->variable, code->code, comma,
		             within);
	else
		error_record(err, "derived `%s`, value%s%s", recode->config->variable, comma, within);
	free(within);
	return false;
}

/* Why nothing may be made of a variable; NULL: something may. What a code tells is coarse; a number can be a copy. */
static const char *barred(const struct variable *variable, bool number)
{
	bool date = variable->type == VARIABLE_DATE || variable->type == VARIABLE_DATETIME;
	if (variable->role == ROLE_KEY || variable->type == VARIABLE_ID)
		return "says who somebody is";
	if (variable->disclosure == DISCLOSURE_DIRECT)
		return "is a direct identifier";
	if (variable->role == ROLE_FREE_TEXT)
		return "is free text";
	if (variable->role == ROLE_WEIGHT)
		return "is the weight";
	if (variable->role == ROLE_REPLICATE_WEIGHT)
		return "is a replicate weight";
	if (variable->role == ROLE_CLUSTER_SIZE)
		return "is the size of a cluster";
	if (variable->role == ROLE_AREA)
		return "is the area";
	if (variable->treat == TREAT_DROP && !date)
		return "is to be dropped";
	if (number && variable->type == VARIABLE_TEXT)
		return "is a text, which a number could copy";
	if (number && treatment_coarsens_number(variable))
		return "is to be coarsened, and a number could be as fine as it is";
	return NULL;
}

static const char *barred_help(const struct variable *variable, bool number)
{
	if (variable->role == ROLE_AREA)
		return "every table is by area already, and its cells would be sums of theirs that nobody protects";
	if (variable->role == ROLE_CLUSTER_SIZE)
		return "it tells how people were drawn, and is no answer of theirs";
	if (variable->role == ROLE_WEIGHT || variable->role == ROLE_REPLICATE_WEIGHT)
		return "weights count people, and are no answers of theirs";
	return number && !barred(variable, false)
	               ? "make codes of it, which say when each is the answer"
	               : "what deidentify keeps back cannot come through another variable: see treat and disclosure in "
	                 "variables.csv";
}

/* What it reads of the columns of the dictionary, and of those that it cannot know yet. */
static bool check_reads(const struct recode *recode, const struct expression *expression, const struct study_code *code,
                        const struct expression_column *columns, size_t own, size_t count,
                        const struct dictionary *dictionary, struct error *err)
{
	bool number = !code;
	for (size_t i = 0; i < count; i++) {
		if (!expression_reads(expression, i))
			continue;
		const struct variable *variable = i < dictionary->variable_count ? &dictionary->variables[i] : NULL;
		const char *why = variable ? barred(variable, number) : NULL;
		if (why) {
			error_at(err, ERROR_CONFIG, recode->path, 0, "`%s` cannot be made of `%s`, which %s",
			         recode->config->variable, variable->name, why);
			error_help(err, "%s", barred_help(variable, number));
			return locate(recode, code, err);
		}
		if (i >= own) {
			error_at(err, ERROR_CONFIG, recode->path, 0, "`%s` cannot be made of `%s`, which %s",
			         recode->config->variable, columns[i].name, i == own ? "is itself" : "stands below it");
			error_help(err, "a derived variable reads those above it: change their order");
			return locate(recode, code, err);
		}
	}
	return true;
}

bool recode_compile(struct recode *recode, const struct study_derived *config, const char *path,
                    struct expressions *expressions, const struct expression_column *columns, size_t own,
                    const struct dictionary *dictionary, struct error *err)
{
	size_t count = expressions_count(expressions);
	*recode = (struct recode){ .config = config, .path = path };
	recode->when = mem_alloc(config->codes_count, sizeof *recode->when);
	recode->inputs = mem_alloc(count, sizeof *recode->inputs);
	if (config->value && !expression_compile(&recode->value, expressions, config->value, path, 0, err))
		return locate(recode, NULL, err);
	if (config->value && !check_reads(recode, recode->value, NULL, columns, own, count, dictionary, err))
		return false;
	for (unsigned c = 0; c < config->codes_count; c++) {
		const struct study_code *code = &config->codes[c];
		if (code->when && !expression_compile(&recode->when[c], expressions, code->when, path, 0, err))
			return locate(recode, code, err);
		if (code->when && !check_reads(recode, recode->when[c], code, columns, own, count, dictionary, err))
			return false;
	}
	for (size_t i = 0; i < count; i++) {
		bool reads = recode->value && expression_reads(recode->value, i);
		for (unsigned c = 0; c < config->codes_count; c++)
			reads = reads || (recode->when[c] && expression_reads(recode->when[c], i));
		if (reads)
			recode->inputs[recode->input_count++] = i;
	}
	return true;
}

void recode_release(struct recode *recode)
{
	free(recode->when);
	free(recode->inputs);
	*recode = (struct recode){ 0 };
}

/* --- what it may be missing for --- */

static enum missing_reason own_reason(const struct recode *recode)
{
	enum missing_reason reason = MISSING_NOT_APPLICABLE;
	if (recode->config->missing) /* a word that study_load knows */
		missing_reason_read(recode->config->missing, &reason);
	return reason;
}

unsigned recode_reasons(const struct recode *recode, const unsigned *reasons)
{
	unsigned all = 0, inputs = 0;
	for (size_t i = 0; i < recode->input_count; i++) {
		all |= reasons[recode->inputs[i]];
		inputs += reasons[recode->inputs[i]] != 0;
	}
	if (inputs > 1) /* they may differ */
		all |= 1u << MISSING_NOT_ANSWERED;
	if (recode->config->least || recode->config->most)
		all |= 1u << MISSING_UNUSABLE;
	return all | 1u << own_reason(recode);
}

/* --- the rows --- */

static bool cannot(const struct recode *recode, const struct study_code *code, struct error *err, const char *what)
{
	error_at(err, ERROR_CONFIG, recode->path, 0, "`%s` cannot be computed for some row: %s",
	         recode->config->variable, what);
	error_help(err, "rule out with case when what overflows, is no date or gives a text");
	return locate(recode, code, err);
}

static bool answer_number(struct recode_answer *answer, const struct recode *recode, enum missing_reason otherwise,
                          struct error *err)
{
	const struct study_derived *config = recode->config;
	bool missing = false;
	if (!expression_number(recode->value, &answer->number, &missing))
		return cannot(recode, NULL, err, "its value is no number, or there is none");
	if (missing)
		answer->missing = otherwise;
	else if ((config->least && answer->number < *config->least) || (config->most && answer->number > *config->most))
		answer->missing = MISSING_UNUSABLE;
	return true;
}

/* Where it is not known whether an earlier code is the answer, no later one can be. */
static bool answer_code(struct recode_answer *answer, const struct recode *recode, enum missing_reason otherwise,
                        struct error *err)
{
	for (unsigned c = 0; c < recode->config->codes_count; c++) {
		switch (recode->when[c] ? expression_truth(recode->when[c]) : EXPRESSION_TRUE) {
		case EXPRESSION_FALSE: continue;
		case EXPRESSION_UNKNOWN: answer->missing = otherwise; return true;
		case EXPRESSION_FAILED:
			return cannot(recode, &recode->config->codes[c], err, "it is neither true nor false");
		case EXPRESSION_TRUE: answer->position = c + 1; return true;
		}
	}
	answer->missing = otherwise;
	return true;
}

bool recode_row(struct recode_answer *answer, const struct recode *recode, const enum missing_reason *missing,
                struct error *err)
{
	enum missing_reason shared = MISSING_NONE;
	for (size_t i = 0; i < recode->input_count; i++)
		shared = missing_reason_shared(shared, missing[recode->inputs[i]]);
	*answer = (struct recode_answer){ .missing = MISSING_NONE };
	if (shared != MISSING_NONE && recode->config->needs == STUDY_NEEDS_ALL) {
		answer->missing = shared;
		return true;
	}
	enum missing_reason otherwise = shared != MISSING_NONE ? shared : own_reason(recode);
	return recode->value ? answer_number(answer, recode, otherwise, err)
	                     : answer_code(answer, recode, otherwise, err);
}
