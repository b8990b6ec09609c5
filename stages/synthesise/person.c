#include "person.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "answer.h"
#include "date.h"
#include "mem.h"
#include "number.h"
#include "pattern.h"
#include "text.h"

/* How answers are spread. Nothing is measured here: it shall look like a survey. */
#define SHARE_MISSING 0.025 /* of the answers that may be missing */
#define SHARE_BLANK 0.5     /* of those not answered: a blank cell, where there is a code for it too */
#define SHARE_TEXT 0.3      /* of the respondents who write something where they may */
#define OUTLOOK_WEIGHT 0.7  /* of the outlook in an answer; the rest is the question's own */
#define OWN_WEIGHT 0.714    /* so that their squares add up to 1 */
#define AREA_SPREAD 0.2     /* of the areas' mean outlooks */
#define SHARE_TICKED 0.25   /* of those who tick each further option */
#define CENTRE 0.58         /* of a scale, from its lower end: people tend to the better half */
#define SPREAD 0.24         /* standard deviation, in lengths of the scale */

enum { TRIES_HOLDING = 10000, TRIES_BREAKING = 50000, TRIES_UNIQUE = 1000, DAYS_BACK = 90, SECONDS_A_DAY = 86400 };

/* A unique text that somebody has. */
struct taken {
	char *key; /* variable, unit separator, text */
	UT_hash_handle hh;
};

struct people {
	const struct dictionary *dictionary; /* borrowed */
	gsl_rng *rng;                        /* borrowed */
	long long today;
	size_t area_count;
	size_t serial;    /* of ids and comments */
	double *outlook;  /* mean of each area */
	double **weights; /* for each code variable: one weight an area and code */
	struct taken *taken;

	struct expression_column *columns;
	char (*dates)[64];   /* texts of date columns */
	struct text *ticked; /* texts of columns of several codes */
	struct expressions *expressions;
	struct expression **asked_if, **when, **require; /* NULL: always */
};

/* --- chance --- */

/* Nearly standard normal: the sum of twelve uniform numbers, which needs no logarithm or root and so is the same
 * everywhere. */
static double normal(gsl_rng *rng)
{
	double sum = -6;
	for (int i = 0; i < 12; i++)
		sum += gsl_rng_uniform(rng);
	return sum;
}

static size_t pick(gsl_rng *rng, const double *weights, size_t count)
{
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += weights[i];
	double left = sum * gsl_rng_uniform(rng);
	size_t i = 0;
	for (; i + 1 < count && left >= weights[i]; i++)
		left -= weights[i];
	return i;
}

static long long whole_between(gsl_rng *rng, long long least, long long most)
{
	if (most <= least)
		return least;
	long long number = least + (long long)(gsl_rng_uniform(rng) * ((double)most - (double)least + 1));
	return number > most ? most : number;
}

/* A limit of the dictionary as a whole number, short of where doubles and whole numbers part. */
static long long whole(double limit)
{
	const double furthest = 1e15;
	return (long long)(limit > furthest ? furthest : limit < -furthest ? -furthest : limit);
}

/* --- one answer --- */

bool value_ticks(const struct value *value, size_t code)
{
	return code < VALUE_MOST_TICKED && (value->ticked >> code & 1);
}

static size_t answer_codes(const struct code_list *list)
{
	size_t count = 0;
	for (size_t i = 0; i < list->count; i++)
		count += list->codes[i].missing == MISSING_NONE;
	return count;
}

static const struct code *answer_code(const struct code_list *list, size_t index)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->codes[i].missing == MISSING_NONE && index-- == 0)
			return &list->codes[i];
	return NULL;
}

/* Where on a scale of `steps` steps (from 0) a respondent stands. */
static long long stand(gsl_rng *rng, const struct variable *variable, double outlook, long long steps, bool wild)
{
	if (wild)
		return whole_between(rng, 0, steps);
	double own = normal(rng), level = own;
	if (variable->polarity)
		level = OUTLOOK_WEIGHT * outlook + OWN_WEIGHT * own;
	if (variable->polarity && strcmp(variable->polarity, "higher_worse") == 0)
		level = -level;
	double at = (double)steps * (CENTRE + SPREAD * level) + 0.5;
	if (at < 0)
		return 0;
	return at >= (double)steps ? steps : (long long)at;
}

/* A count has no upper end in the mind: each further one is a little less likely. */
static long long count_from(gsl_rng *rng, long long least, long long most)
{
	long long count = least;
	while (count < most && gsl_rng_uniform(rng) < 0.55)
		count++;
	return count;
}

static void draw_code(struct people *people, struct value *value, const struct variable *variable, size_t area,
                      double outlook, bool wild)
{
	size_t count = answer_codes(variable->codes), at = 0;
	if (count == 0)
		return;
	if (variable->role == ROLE_CONSENT)
		at = 0; /* the others said no, and are not in an export */
	else if (variable->level == LEVEL_ORDINAL)
		at = (size_t)stand(people->rng, variable, outlook, (long long)count - 1, wild);
	else if (wild)
		at = (size_t)gsl_rng_uniform_int(people->rng, count);
	else
		at = pick(people->rng, people->weights[variable - people->dictionary->variables] + area * count, count);
	value->code = answer_code(variable->codes, at);
}

/* One option, and some others with it, unless it goes with none. */
static void draw_codes(struct people *people, struct value *value, const struct variable *variable)
{
	const struct code_list *list = variable->codes;
	size_t options[VALUE_MOST_TICKED], count = 0;
	for (size_t i = 0; i < list->count && i < VALUE_MOST_TICKED; i++)
		if (list->codes[i].missing == MISSING_NONE)
			options[count++] = i;
	if (count == 0)
		return;
	size_t first = options[gsl_rng_uniform_int(people->rng, count)];
	value->ticked = 1ull << first;
	for (size_t i = 0; i < count && !list->codes[first].exclusive; i++)
		if (!list->codes[options[i]].exclusive && gsl_rng_uniform(people->rng) < SHARE_TICKED)
			value->ticked |= 1ull << options[i];
}

static void draw_integer(struct people *people, struct value *value, const struct variable *variable, double outlook,
                         bool wild)
{
	long long least = variable->has_min ? whole(variable->min) : 0;
	long long most = variable->has_max ? whole(variable->max) : least + 10;
	if (variable->level == LEVEL_COUNT && !wild)
		value->integer = count_from(people->rng, least, most);
	else if (variable->polarity)
		value->integer = least + stand(people->rng, variable, outlook, most - least, wild);
	else
		value->integer = whole_between(people->rng, least, most);
	value->number = (double)value->integer;
}

static void draw_number(struct people *people, struct value *value, const struct variable *variable, double outlook)
{
	double least = variable->has_min ? variable->min : 0, most = variable->has_max ? variable->max : least + 10;
	double number = least + (most - least) * gsl_rng_uniform(people->rng);
	bool weight = variable->role == ROLE_WEIGHT || variable->role == ROLE_REPLICATE_WEIGHT;
	if (weight)
		number = 1 + 0.25 * normal(people->rng);
	else if (variable->polarity)
		number = least + (most - least) * (double)stand(people->rng, variable, outlook, 1000, false) / 1000;
	if (weight && !variable->has_min && number < 0.2)
		number = 0.2;
	if (variable->has_min && number < variable->min)
		number = variable->min;
	if (variable->has_max && number > variable->max)
		number = variable->max;
	value->number = number_round(number, 3);
}

static void draw_date(struct people *people, struct value *value, const struct variable *variable)
{
	long long most =
		variable->has_max && variable->max < (double)people->today ? whole(variable->max) : people->today;
	long long least = variable->has_min ? whole(variable->min) : most - DAYS_BACK;
	value->integer = whole_between(people->rng, least < most ? least : most, most);
	if (variable->type == VARIABLE_DATETIME)
		value->second = (int)whole_between(people->rng, 0, SECONDS_A_DAY - 1);
}

static void draw_text(struct people *people, struct value *value, const struct variable *variable)
{
	size_t serial = ++people->serial;
	if (variable->pattern)
		pattern_text(value->text, sizeof value->text, variable->pattern,
		             people->rng); /* people_new has tried it */
	else if (variable->type == VARIABLE_ID)
		snprintf(value->text, sizeof value->text, "R%07zu", serial);
	else if (variable->role == ROLE_FREE_TEXT && serial % 2)
		snprintf(value->text, sizeof value->text, "Made-up words, with a comma and \"quotes\" (%zu)", serial);
	else
		snprintf(value->text, sizeof value->text, "Made-up words %zu", serial);
}

static void draw_answer(struct people *people, struct value *value, const struct variable *variable, size_t area,
                        double outlook, bool wild)
{
	*value = (struct value){ .missing = MISSING_NONE };
	switch (variable->type) {
	case VARIABLE_CODE: draw_code(people, value, variable, area, outlook, wild); break;
	case VARIABLE_CODES: draw_codes(people, value, variable); break;
	case VARIABLE_INTEGER: draw_integer(people, value, variable, outlook, wild); break;
	case VARIABLE_NUMBER: draw_number(people, value, variable, outlook); break;
	case VARIABLE_DATE:
	case VARIABLE_DATETIME: draw_date(people, value, variable); break;
	case VARIABLE_ID:
	case VARIABLE_TEXT: draw_text(people, value, variable); break;
	}
}

void people_answer(struct people *people, struct value *value, const struct variable *variable)
{
	draw_answer(people, value, variable, 0, 0, true);
}

/* --- answers left out --- */

const struct code *people_missing_code(const struct dictionary *dictionary, const struct variable *variable,
                                       enum missing_reason reason)
{
	const struct code_list *lists[] = { variable->codes, dictionary_list(dictionary, "any") };
	for (size_t l = 0; l < COUNT(lists); l++)
		for (size_t i = 0; lists[l] && i < lists[l]->count; i++)
			if (lists[l]->codes[i].missing == reason)
				return &lists[l]->codes[i];
	return NULL;
}

static bool may_be_missing(const struct variable *variable)
{
	switch (variable->role) {
	case ROLE_KEY:
	case ROLE_CASE:
	case ROLE_CODER:
	case ROLE_AREA:
	case ROLE_WAVE:
	case ROLE_IMPUTATION:
	case ROLE_DATE:
	case ROLE_WEIGHT:
	case ROLE_STRATUM:
	case ROLE_CLUSTER:
	case ROLE_CLUSTER_SIZE:
	case ROLE_REPLICATE_WEIGHT:
	case ROLE_CONSENT: return false;
	default: return !variable->required;
	}
}

static bool is_left_out(const struct people *people, const struct variable *variable)
{
	if (!may_be_missing(variable))
		return false;
	return gsl_rng_uniform(people->rng) < (variable->type == VARIABLE_TEXT ? 1 - SHARE_TEXT : SHARE_MISSING);
}

/* Who writes nothing where words are asked for leaves a blank; elsewhere the reason is drawn from those that may be
 * given. */
static void leave_out(struct people *people, struct value *value, const struct variable *variable)
{
	static const enum missing_reason given[] = {
		MISSING_NOT_ANSWERED, MISSING_REFUSED, MISSING_DONT_KNOW, MISSING_NOT_APPLICABLE, MISSING_NOT_REACHED,
	};
	enum missing_reason possible[COUNT(given)] = { MISSING_NOT_ANSWERED };
	size_t count = 1;
	for (size_t i = 1; i < COUNT(given) && variable->type != VARIABLE_TEXT; i++)
		if ((variable->missing & 1u << given[i]) && people_missing_code(people->dictionary, variable, given[i]))
			possible[count++] = given[i];
	enum missing_reason reason = possible[gsl_rng_uniform_int(people->rng, count)];
	*value = (struct value){ .missing = reason, .code = people_missing_code(people->dictionary, variable, reason) };
	if (variable->type == VARIABLE_TEXT
	    || (reason == MISSING_NOT_ANSWERED && gsl_rng_uniform(people->rng) < SHARE_BLANK))
		value->code = NULL;
}

/* --- routes and rules --- */

/* As answer_read writes several codes. */
static const char *ticked_text(struct text *text, const struct variable *variable, const struct value *value)
{
	text_free(text);
	text_add(text, "");
	for (size_t i = 0; i < variable->codes->count; i++)
		if (value_ticks(value, i))
			text_print(text, "%s%s", text->length ? ";" : "", variable->codes->codes[i].code);
	return text->bytes;
}

static void set_column(struct people *people, size_t index, const struct value *value)
{
	struct expression_column *column = &people->columns[index];
	const struct variable *variable = &people->dictionary->variables[index];
	column->missing = value->missing != MISSING_NONE;
	if (column->missing)
		return;
	column->integer = value->integer;
	column->real = value->number;
	column->text = value->text;
	if (variable->type == VARIABLE_CODE && !value->code)
		column->missing = true;
	else if (variable->type == VARIABLE_CODE && variable->codes->integers)
		number_read_integer(value->code->code, &column->integer);
	else if (variable->type == VARIABLE_CODE)
		column->text = value->code->code;
	else if (variable->type == VARIABLE_CODES)
		column->text = ticked_text(&people->ticked[index], variable, value);
	if (variable->type != VARIABLE_DATE && variable->type != VARIABLE_DATETIME)
		return;
	date_print(people->dates[index], value->integer);
	if (variable->type == VARIABLE_DATETIME)
		snprintf(people->dates[index] + 10, sizeof *people->dates - 10, " %02d:%02d:%02d", value->second / 3600,
		         value->second / 60 % 60, value->second % 60);
	column->text = people->dates[index];
}

static void set_columns(struct people *people, const struct value *values)
{
	for (size_t i = 0; i < people->dictionary->variable_count; i++)
		set_column(people, i, &values[i]);
}

static enum expression_result truth(struct expression *expression)
{
	return expression ? expression_truth(expression) : EXPRESSION_TRUE;
}

enum expression_result people_asked(struct people *people, const struct value *values, size_t index)
{
	set_columns(people, values);
	return truth(people->asked_if[index]);
}

enum expression_result people_rule_applies(struct people *people, const struct value *values, size_t rule)
{
	set_columns(people, values);
	return truth(people->when[rule]);
}

enum expression_result people_rule_holds(struct people *people, const struct value *values, size_t rule)
{
	set_columns(people, values);
	return truth(people->require[rule]);
}

bool people_rule_requires(const struct people *people, size_t rule, size_t index)
{
	const struct expression *when = people->when[rule], *require = people->require[rule];
	return require && expression_reads(require, index) && !(when && expression_reads(when, index));
}

/* The columns are set. */
static bool is_broken(struct people *people, size_t rule)
{
	return truth(people->when[rule]) == EXPRESSION_TRUE && truth(people->require[rule]) == EXPRESSION_FALSE;
}

/* --- a respondent --- */

static bool is_taken(const struct people *people, const struct variable *variable, const char *text)
{
	char *key = mem_print("%s\x1f%s", variable->name, text);
	struct taken *found = NULL;
	HASH_FIND_STR(people->taken, key, found);
	free(key);
	return found != NULL;
}

static bool is_unique_text(const struct variable *variable)
{
	return variable->unique && (variable->type == VARIABLE_ID || variable->type == VARIABLE_TEXT);
}

static void take_texts(struct people *people, const struct value *values)
{
	for (size_t i = 0; i < people->dictionary->variable_count; i++) {
		const struct variable *variable = &people->dictionary->variables[i];
		if (!is_unique_text(variable) || values[i].missing != MISSING_NONE)
			continue;
		struct taken *taken = mem_alloc(1, sizeof *taken);
		taken->key = mem_print("%s\x1f%s", variable->name, values[i].text);
		HASH_ADD_KEYPTR(hh, people->taken, taken->key, strlen(taken->key), taken);
	}
}

static bool draw_unique(struct people *people, struct value *value, const struct variable *variable, struct error *err)
{
	for (int tries = 0; tries < TRIES_UNIQUE; tries++) {
		draw_answer(people, value, variable, 0, 0, false);
		if (!is_taken(people, variable, value->text))
			return true;
	}
	error_set(err, ERROR_CONFIG, "the pattern of `%s` allows too few different texts for so many respondents",
	          variable->name);
	return error_help(err, "widen the pattern in variables.csv, or ask for fewer respondents");
}

/* One try, which may break rules. The area first: the other answers differ by it; then in the dictionary's order, as a
 * route leads from earlier questions to later ones. */
static bool draw_once(struct people *people, struct value *values, bool wild, struct error *err)
{
	const struct dictionary *dictionary = people->dictionary;
	const struct variable *area_variable = dictionary_role(dictionary, ROLE_AREA);
	size_t area = 0;
	for (size_t i = 0; i < dictionary->variable_count; i++)
		people->columns[i].missing = true;
	if (area_variable) {
		struct value *value = &values[area_variable - dictionary->variables];
		draw_answer(people, value, area_variable, 0, 0, wild);
		while (area < people->area_count && answer_code(area_variable->codes, area) != value->code)
			area++;
	}
	double outlook = people->outlook[area] + normal(people->rng);
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		struct value *value = &values[i];
		if (truth(people->asked_if[i]) != EXPRESSION_TRUE)
			*value = (struct value){ .missing = MISSING_NOT_ASKED };
		else if (is_left_out(people, variable))
			leave_out(people, value, variable);
		else if (!is_unique_text(variable) && variable != area_variable)
			draw_answer(people, value, variable, area, outlook, wild);
		else if (is_unique_text(variable) && !draw_unique(people, value, variable, err))
			return false;
		set_column(people, i, value);
	}
	return true;
}

bool people_draw(struct people *people, struct value *values, struct error *err)
{
	size_t broken = 0;
	for (int tries = 0; tries < TRIES_HOLDING; tries++) {
		if (!draw_once(people, values, false, err))
			return false;
		for (broken = 0; broken < people->dictionary->rule_count && !is_broken(people, broken);)
			broken++;
		if (broken == people->dictionary->rule_count) {
			take_texts(people, values);
			return true;
		}
	}
	const struct rule *rule = &people->dictionary->rules[broken];
	char *path = mem_print("%s/rules.csv", people->dictionary->folder);
	error_at(err, ERROR_CONFIG, path, rule->line, "no made-up respondent keeps the rule `%s` and the others",
	         rule->name);
	free(path);
	return error_help(err, "look whether the rules contradict each other, or the ranges in variables.csv");
}

bool people_draw_breaking(struct people *people, struct value *values, size_t rule, bool *found, struct error *err)
{
	*found = false;
	for (int tries = 0; tries < TRIES_BREAKING && !*found; tries++) {
		if (!draw_once(people, values, true, err))
			return false;
		*found = is_broken(people, rule);
		for (size_t i = 0; i < people->dictionary->rule_count && *found; i++)
			*found = i == rule || !is_broken(people, i);
	}
	if (*found)
		take_texts(people, values);
	return true;
}

/* --- before the first --- */

/* Shares of the codes, falling from the first to the last, and in each area a little otherwise. */
static void weigh_codes(struct people *people, size_t index)
{
	const struct variable *variable = &people->dictionary->variables[index];
	size_t count = variable->codes ? answer_codes(variable->codes) : 0;
	if (variable->type != VARIABLE_CODE || count == 0)
		return;
	people->weights[index] = mem_alloc(people->area_count * count, sizeof *people->weights[index]);
	for (size_t code = 0; code < count; code++) {
		double share = variable->role == ROLE_AREA ? 1 : 1 / (1 + (double)code);
		share *= 0.8 + 0.4 * gsl_rng_uniform(people->rng);
		for (size_t area = 0; area < people->area_count; area++) {
			double tilt = variable->role == ROLE_AREA ? 1 : 0.7 + 0.6 * gsl_rng_uniform(people->rng);
			people->weights[index][area * count + code] = share * tilt;
		}
	}
}

static enum expression_type column_type(const struct variable *variable)
{
	switch (variable->type) {
	case VARIABLE_INTEGER: return EXPRESSION_INTEGER;
	case VARIABLE_NUMBER: return EXPRESSION_REAL;
	case VARIABLE_CODE: return variable->codes->integers ? EXPRESSION_INTEGER : EXPRESSION_TEXT;
	default: return EXPRESSION_TEXT;
	}
}

static bool check_pattern(struct people *people, const struct variable *variable, struct error *err)
{
	char text[VALUE_TEXT_SIZE];
	bool texts = variable->type == VARIABLE_ID || variable->type == VARIABLE_TEXT;
	if (!texts || !variable->pattern)
		return true;
	if (pattern_text(text, sizeof text, variable->pattern, people->rng)
	    && regexec(&variable->compiled, text, 0, NULL, 0) == 0)
		return true;
	char *path = mem_print("%s/variables.csv", people->dictionary->folder);
	error_at(err, ERROR_CONFIG, path, variable->line, "cannot make up a text for the pattern of `%s`",
	         variable->name);
	free(path);
	return error_help(
		err, "synthesise knows letters, sets such as [A-Z] and counts such as {4}, and no groups or choices");
}

static bool compile(struct people *people, struct error *err)
{
	const struct dictionary *dictionary = people->dictionary;
	char *variables = mem_print("%s/variables.csv", dictionary->folder),
	     *rules = mem_print("%s/rules.csv", dictionary->folder);
	bool ok = expressions_new(&people->expressions, people->columns, dictionary->variable_count, err);
	for (size_t i = 0; ok && i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		ok = check_pattern(people, variable, err)
		     && (!variable->asked_if
		         || expression_compile(&people->asked_if[i], people->expressions, variable->asked_if, variables,
		                               variable->line, err));
	}
	for (size_t i = 0; ok && i < dictionary->rule_count; i++) {
		const struct rule *rule = &dictionary->rules[i];
		ok = (!rule->when
		      || expression_compile(&people->when[i], people->expressions, rule->when, rules, rule->line, err))
		     && expression_compile(&people->require[i], people->expressions, rule->require, rules, rule->line,
		                           err);
	}
	free(variables);
	free(rules);
	return ok;
}

bool people_new(struct people **made, const struct dictionary *dictionary, gsl_rng *rng, long long today,
                struct error *err)
{
	struct people *people = mem_alloc(1, sizeof *people);
	size_t count = dictionary->variable_count;
	const struct variable *area = dictionary_role(dictionary, ROLE_AREA);
	people->dictionary = dictionary;
	people->rng = rng;
	people->today = today;
	people->area_count = area && answer_codes(area->codes) ? answer_codes(area->codes) : 1;
	people->outlook = mem_alloc(people->area_count + 1, sizeof *people->outlook);
	people->weights = mem_alloc(count, sizeof *people->weights);
	people->columns = mem_alloc(count, sizeof *people->columns);
	people->dates = mem_alloc(count, sizeof *people->dates);
	people->ticked = mem_alloc(count, sizeof *people->ticked);
	people->asked_if = mem_alloc(count, sizeof *people->asked_if);
	people->when = mem_alloc(dictionary->rule_count, sizeof *people->when);
	people->require = mem_alloc(dictionary->rule_count, sizeof *people->require);
	for (size_t i = 0; i < people->area_count; i++)
		people->outlook[i] = AREA_SPREAD * normal(rng);
	for (size_t i = 0; i < count; i++) {
		people->columns[i] = (struct expression_column){
			.name = dictionary->variables[i].name,
			.type = column_type(&dictionary->variables[i]),
			.missing = true,
		};
		weigh_codes(people, i);
	}
	if (!compile(people, err)) {
		people_free(people);
		return false;
	}
	*made = people;
	return true;
}

void people_free(struct people *people)
{
	if (!people)
		return;
	struct taken *taken, *next;
	HASH_ITER(hh, people->taken, taken, next)
	{
		HASH_DEL(people->taken, taken);
		free(taken->key);
		free(taken);
	}
	for (size_t i = 0; i < people->dictionary->variable_count; i++) {
		free(people->weights[i]);
		text_free(&people->ticked[i]);
	}
	free(people->ticked);
	expressions_free(people->expressions);
	free(people->outlook);
	free(people->weights);
	free(people->columns);
	free(people->dates);
	free(people->asked_if);
	free(people->when);
	free(people->require);
	free(people);
}
