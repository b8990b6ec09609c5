#include "record_terms.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "expression.h"
#include "text.h"

enum said {
	SAID_CODES, /* any of these; negated: an answer, and none of these (of the area: or no answer) */
	SAID_ANSWERED,
	SAID_MISSING,
	SAID_REASON,
	SAID_ASKED,
	SAID_UNANSWERED,
	SAID_LOWEST,
	SAID_HIGHEST,
	SAID_BETWEEN,
	SAID_NOT_LOWEST,
	SAID_NOT_HIGHEST,
	SAID_SOME_ANSWERED, /* some of those who answered, whom the file does not tell apart */
	SAID_SOME_MISSING,
	SAID_NOTHING_TICKED,
	SAID_SOME_TICKED, /* one of those options that somebody ticked beside another */
	SAID_FILTER,
};

struct said_term {
	char *text;
	enum said said;
	size_t variable; /* a place in the file's; of a filter: none */
	bool negated;
	size_t *codes, code_count; /* places in the variable's answers */
	const char *reason;        /* in text */
	char *filter;
	struct expression *expression; /* NULL: it cannot be computed from what the file has */
	bool tells_null;               /* it asks whether something is missing */
	double *numbers;               /* that stand in it */
	size_t number_count, number_capacity;
};

/* What conditions say of a variable. */
struct named {
	bool answered; /* that it was answered: so it is no dividing into areas */
	bool several;  /* that somebody ticked several */
	bool ends;     /* more than codes, reasons, and whether it was answered or asked */
	const char **reasons;
	size_t reason_count, reason_capacity;
};

struct record_terms {
	struct record_file *file;
	struct said_term *terms;
	size_t count, capacity;
	struct named *named; /* by variable */
	size_t named_count, named_capacity;
	struct expression_column *columns; /* by variable */
	struct expressions *expressions;
};

static const struct {
	const char *word;
	enum said said;
} words[] = {
	{ "answered", SAID_ANSWERED },       { "missing", SAID_MISSING },
	{ "not-answered", SAID_MISSING },    { "asked", SAID_ASKED },
	{ "unanswered", SAID_UNANSWERED },   { "lowest", SAID_LOWEST },
	{ "highest", SAID_HIGHEST },         { "between", SAID_BETWEEN },
	{ "not-lowest", SAID_NOT_LOWEST },   { "not-highest", SAID_NOT_HIGHEST },
	{ "complete", SAID_SOME_ANSWERED },  { "prorated", SAID_SOME_ANSWERED },
	{ "partial", SAID_SOME_MISSING },    { "nothing", SAID_SOME_MISSING },
	{ "none", SAID_NOTHING_TICKED },     { "some", SAID_SOME_TICKED },
	{ "refused", SAID_REASON },          { "dont_know", SAID_REASON },
	{ "not_asked", SAID_REASON },        { "not_applicable", SAID_REASON },
	{ "not_answered", SAID_REASON },     { "not_reached", SAID_REASON },
	{ "withdrawn", SAID_REASON },        { "unusable", SAID_REASON },
};

struct record_terms *record_terms_new(struct record_file *file)
{
	struct record_terms *terms = mem_alloc(1, sizeof *terms);
	terms->file = file;
	return terms;
}

void record_terms_free(struct record_terms *terms)
{
	if (!terms)
		return;
	for (size_t i = 0; i < terms->count; i++) {
		free(terms->terms[i].text);
		free(terms->terms[i].codes);
		free(terms->terms[i].filter);
		free(terms->terms[i].numbers);
	}
	for (size_t i = 0; i < terms->named_count; i++)
		free(terms->named[i].reasons);
	expressions_free(terms->expressions);
	free(terms->columns);
	free(terms->named);
	free(terms->terms);
	free(terms);
}

size_t record_terms_count(const struct record_terms *terms)
{
	return terms->count;
}

/* ---- reading a condition ---- */

static size_t variable_named(struct record_terms *terms, const char *name, size_t length)
{
	struct record_variable *variable = record_file_variable(terms->file, name, length);
	if (!variable)
		variable = record_file_outside(terms->file, name, length);
	size_t count = terms->file->variable_count;
	while (terms->named_count < count) {
		terms->named =
			mem_grow(terms->named, terms->named_count, &terms->named_capacity, sizeof *terms->named);
		terms->named[terms->named_count++] = (struct named){ 0 };
	}
	return (size_t)(variable - terms->file->variables);
}

static void name_reason(struct named *named, const char *reason)
{
	for (size_t i = 0; i < named->reason_count; i++)
		if (strcmp(named->reasons[i], reason) == 0)
			return;
	named->reasons =
		mem_grow(named->reasons, named->reason_count, &named->reason_capacity, sizeof *named->reasons);
	named->reasons[named->reason_count++] = reason;
}

/* Codes with `between` between them, as answers of the variable. */
static void read_codes(struct record_terms *terms, struct said_term *term, const char *codes, size_t length,
                       char between)
{
	struct record_variable *variable = &terms->file->variables[term->variable];
	size_t capacity = 0;
	for (const char *end = codes + length; codes <= end;) {
		const char *stop = memchr(codes, between, (size_t)(end - codes));
		size_t size = (size_t)((stop ? stop : end) - codes);
		term->codes = mem_grow(term->codes, term->code_count, &capacity, sizeof *term->codes);
		term->codes[term->code_count++] = record_variable_answer(terms->file, variable, codes, size);
		codes += size + 1;
	}
}

static bool is_answer(const struct record_variable *variable, const char *code)
{
	for (size_t i = 0; i < variable->answer_count; i++)
		if (strcmp(variable->answers[i], code) == 0)
			return true;
	return false;
}

/* "E06000032", "3|4", "{E06000032+E06000042}", "any(money|advice)". */
static bool read_coded(struct record_terms *terms, struct said_term *term, const char *codes)
{
	const struct record_variable *variable = &terms->file->variables[term->variable];
	size_t length = strlen(codes);
	term->said = SAID_CODES;
	if (variable->values && variable->kind != RECORD_CODE && variable->kind != RECORD_CODES)
		return false;
	if (is_answer(variable, codes))
		read_codes(terms, term, codes, length, '\0');
	else if (strncmp(codes, "any(", 4) == 0 && codes[length - 1] == ')')
		read_codes(terms, term, codes + 4, length - 5, '|');
	else if (codes[0] == '{' && codes[length - 1] == '}')
		read_codes(terms, term, codes + 1, length - 2, '+');
	else if (strchr(codes, ':')) /* of two waves: lonely=yes:yes-no */
		return false;
	else
		read_codes(terms, term, codes, length, '|');
	return true;
}

static bool read_word(struct record_terms *terms, struct said_term *term, const char *word)
{
	struct named *named = &terms->named[term->variable];
	named->several = named->several || strncmp(word, "ticks", 5) == 0 || strcmp(word, "some") == 0
	                 || strcmp(word, "none") == 0;
	for (size_t i = 0; i < COUNT(words); i++) {
		if (strcmp(word, words[i].word) != 0)
			continue;
		term->said = words[i].said;
		term->reason = word;
		named->answered = named->answered || term->said == SAID_ANSWERED;
		named->ends = named->ends || (term->said >= SAID_LOWEST && term->said < SAID_FILTER);
		if (term->said == SAID_REASON)
			name_reason(named, word);
		return true;
	}
	return false;
}

/* Whether name{inputs;digest} is another variable than the one that the file knows by the name: an earlier release may have
 * made it otherwise. */
static bool is_defined_otherwise(const struct record_file *file, const char *text, size_t length)
{
	const struct record_variable *variable = record_file_variable(file, text, length);
	size_t digest = strcspn(text, ";") + 1, size = strcspn(text, "}");
	return variable && variable->definition && digest < size
	       && (strlen(variable->definition) != size - digest
	           || strncmp(variable->definition, text + digest, size - digest) != 0);
}

/* A variable, for a derived one what it is made of, and what is said of it. `text` is the term's own. */
static bool read_variable_term(struct record_terms *terms, struct said_term *term)
{
	char *text = term->text;
	size_t length = strcspn(text, ":=!{");
	char *said = text + length;
	if (length == 0 || memchr(text, '/', length) || memchr(text, '(', length))
		return false;
	if (*said == '{' && !(said = strchr(said, '}')))
		return false;
	if (*said == '}') {
		said++;
		length = is_defined_otherwise(terms->file, text, length) ? (size_t)(said - text) : length;
	}
	term->negated = *said == '!';
	said += term->negated;
	if (*said != '=' && (*said != ':' || term->negated))
		return false;
	if (*said == ':' && strncmp(said, ":filter:", 8) == 0) /* elsewhere:filter:(...) */
		return false;
	term->variable = variable_named(terms, text, length);
	return *said == '=' ? read_coded(terms, term, said + 1) : read_word(terms, term, said + 1);
}

/* What a filter is made of: names, of which those that the file lacks are variables that it lacks, or words of SQL; and
 * numbers. */
static void read_filter(struct record_terms *terms, struct said_term *term)
{
	static const char *const tells[] = { "null", "coalesce", "ifnull", "nullif", "iif", "case" };
	term->said = SAID_FILTER;
	term->variable = (size_t)-1;
	for (const char *at = term->filter; *at;) {
		char *end = NULL;
		if (*at == '\'') {
			const char *close = strchr(at + 1, '\'');
			at = close ? close + 1 : at + strlen(at);
		} else if (isdigit((unsigned char)*at)) {
			term->numbers = mem_grow(term->numbers, term->number_count, &term->number_capacity,
			                         sizeof *term->numbers);
			term->numbers[term->number_count++] = strtod(at, &end);
			at = end > at ? end : at + 1;
		} else if (isalpha((unsigned char)*at) || *at == '_') {
			size_t length = 0;
			while (isalnum((unsigned char)at[length]) || at[length] == '_')
				length++;
			for (size_t i = 0; i < COUNT(tells); i++)
				term->tells_null = term->tells_null
				                   || (strlen(tells[i]) == length
				                       && strncasecmp(at, tells[i], length) == 0);
			variable_named(terms, at, length);
			at += length;
		} else {
			at++;
		}
	}
}

static bool read_term(struct record_terms *terms, const char *text, size_t length, size_t *id)
{
	for (size_t i = 0; i < terms->count; i++)
		if (strlen(terms->terms[i].text) == length && strncmp(terms->terms[i].text, text, length) == 0) {
			*id = i;
			return true;
		}
	struct said_term term = { .text = mem_copy_bytes(text, length) };
	const char *filter = term.text + (*term.text == '!');
	bool ok;
	if (strncmp(filter, "filter:(", 8) == 0) {
		term.negated = *term.text == '!';
		term.filter = mem_copy_bytes(filter + 8, strlen(filter) - 9);
		read_filter(terms, &term);
		ok = true;
	} else {
		ok = read_variable_term(terms, &term);
	}
	if (!ok) {
		free(term.text);
		free(term.codes);
		return false;
	}
	terms->terms = mem_grow(terms->terms, terms->count, &terms->capacity, sizeof *terms->terms);
	*id = terms->count;
	terms->terms[terms->count++] = term;
	return true;
}

/* Where the term ends: " & " outside brackets and quotes, or the end. */
static size_t term_length(const char *text)
{
	size_t depth = 0, at = 0;
	for (bool quoted = false; text[at]; at++) {
		if (text[at] == '\'')
			quoted = !quoted;
		else if (!quoted && text[at] == '(')
			depth++;
		else if (!quoted && text[at] == ')' && depth)
			depth--;
		else if (!quoted && !depth && strncmp(text + at, " & ", 3) == 0)
			break;
	}
	return at;
}

bool record_terms_read(struct record_terms *terms, const char *condition, size_t ids[RECORD_CONDITION_TERMS],
                       size_t *count)
{
	size_t length = strlen(terms->file->dataset);
	*count = 0;
	if (strncmp(condition, terms->file->dataset, length) != 0)
		return false;
	bool all = true;
	for (const char *at = condition + length; *at;) {
		if (strncmp(at, " & ", 3) != 0)
			return false;
		at += 3;
		size_t size = term_length(at);
		/* the others are read all the same: they name codes */
		if (*count == RECORD_CONDITION_TERMS || !read_term(terms, at, size, &ids[*count]))
			all = false;
		else
			++*count;
		at += size;
	}
	return all;
}

/* ---- filters, compiled ---- */

static bool all_integers(const struct record_variable *variable)
{
	for (size_t i = 0; i < variable->answer_count; i++) {
		char *end = NULL;
		strtoll(variable->answers[i], &end, 10);
		if (end == variable->answers[i] || *end)
			return false;
	}
	return variable->answer_count > 0;
}

static enum expression_type column_type(const struct record_variable *variable)
{
	if (variable->values && variable->kind == RECORD_NUMBER)
		return variable->whole ? EXPRESSION_INTEGER : EXPRESSION_REAL;
	bool coded = !variable->values || variable->kind == RECORD_CODE;
	return coded && all_integers(variable) ? EXPRESSION_INTEGER : EXPRESSION_TEXT;
}

bool record_terms_begin(struct record_terms *terms, struct error *err)
{
	size_t count = terms->file->variable_count;
	bool filtered = false;
	if (count)
		variable_named(terms, terms->file->variables[0].name, strlen(terms->file->variables[0].name));
	for (size_t i = 0; i < terms->count; i++)
		filtered = filtered || terms->terms[i].said == SAID_FILTER;
	if (!filtered)
		return true;
	terms->columns = mem_alloc(count, sizeof *terms->columns);
	for (size_t i = 0; i < count; i++)
		terms->columns[i] = (struct expression_column){
			.name = terms->file->variables[i].name,
			.type = column_type(&terms->file->variables[i]),
			.missing = true,
		};
	if (!expressions_new(&terms->expressions, terms->columns, count, err))
		return false;
	for (size_t i = 0; i < terms->count; i++) {
		struct error not_computed = { 0 };
		if (terms->terms[i].said == SAID_FILTER
		    && !expression_compile(&terms->terms[i].expression, terms->expressions, terms->terms[i].filter, "",
		                           0, &not_computed))
			terms->terms[i].expression = NULL;
	}
	return true;
}

bool record_terms_about(const struct record_terms *terms, size_t id, size_t variable)
{
	const struct said_term *term = &terms->terms[id];
	if (term->said == SAID_FILTER)
		return term->expression && expression_reads(term->expression, variable);
	return term->variable == variable;
}

/* ---- one record ---- */

void record_terms_guess(const struct record_terms *terms, size_t record, struct record_guess *guesses)
{
	for (size_t v = 0; v < terms->file->variable_count; v++) {
		const struct record_variable *variable = &terms->file->variables[v];
		guesses[v] = (struct record_guess){ .kind = RECORD_GUESS_OPEN };
		if (!variable->values)
			continue;
		const struct record_value *value = &variable->values[record];
		if (value->state == RECORD_UNKNOWN)
			continue;
		const struct record_code *code =
			variable->kind == RECORD_CODE && value->state == RECORD_GIVEN ? &variable->codes[value->code] : NULL;
		if (value->state == RECORD_MISSING)
			guesses[v] = (struct record_guess){ .kind = RECORD_GUESS_MISSING, .text = value->text };
		else if (code)
			guesses[v] = (struct record_guess){ .kind = code->count == 1 ? RECORD_GUESS_ANSWER
				                                                     : RECORD_GUESS_ANY,
				                            .answers = variable->meant + code->first,
				                            .answer = variable->meant[code->first],
				                            .count = code->count };
		else if (value->state == RECORD_BLANKED && variable->hides_missing)
			continue;
		else if (value->state == RECORD_BLANKED && variable->kind == RECORD_CODE)
			guesses[v] = (struct record_guess){ .kind = RECORD_GUESS_ANY, .count = variable->answer_count };
		else if (value->state == RECORD_BLANKED)
			guesses[v].kind = RECORD_GUESS_ANSWERED;
		else if (variable->kind == RECORD_NUMBER)
			guesses[v] = (struct record_guess){ .kind = RECORD_GUESS_NUMBER,
				                            .low = value->low,
				                            .high = value->high };
		else
			guesses[v] = (struct record_guess){ .kind = RECORD_GUESS_TEXT, .text = value->text };
	}
}

/* Of somebody of whose answer nothing is known: the answers and reasons that conditions name, and any other. */
static size_t open_choices(const struct record_terms *terms, size_t place, struct record_guess *choices)
{
	const struct record_variable *variable = &terms->file->variables[place];
	const struct named *named = &terms->named[place];
	size_t count = 0;
	if (named->several || named->ends
	    || variable->answer_count + named->reason_count + 2 > RECORD_CHOICES)
		return 0;
	for (size_t i = 0; i < variable->answer_count; i++)
		choices[count++] = (struct record_guess){ .kind = RECORD_GUESS_ANSWER, .answer = i };
	choices[count++] = (struct record_guess){ .kind = RECORD_GUESS_OTHER };
	for (size_t i = 0; i < named->reason_count; i++)
		choices[count++] =
			(struct record_guess){ .kind = RECORD_GUESS_MISSING, .text = named->reasons[i] };
	choices[count++] = (struct record_guess){ .kind = RECORD_GUESS_OTHER_MISSING };
	return count;
}

size_t record_terms_choices(const struct record_terms *terms, size_t variable, const struct record_guess *guess,
                            struct record_guess choices[RECORD_CHOICES])
{
	switch (guess->kind) {
	case RECORD_GUESS_OPEN: return open_choices(terms, variable, choices);
	case RECORD_GUESS_ANY:
		if (guess->count > RECORD_CHOICES)
			return 0;
		for (size_t i = 0; i < guess->count; i++)
			choices[i] = (struct record_guess){ .kind = RECORD_GUESS_ANSWER,
				                            .answer = guess->answers ? guess->answers[i] : i };
		return guess->count;
	case RECORD_GUESS_ANSWERED: return 0;
	case RECORD_GUESS_NUMBER:
		if (guess->low < guess->high)
			return 0;
		break;
	default: break;
	}
	choices[0] = *guess;
	return 1;
}

/* ---- truths ---- */

static enum record_truth truth_of(bool yes)
{
	return yes ? RECORD_YES : RECORD_NO;
}

static enum record_truth turned(enum record_truth truth)
{
	return truth == RECORD_OPEN ? truth : truth_of(truth == RECORD_NO);
}

static enum record_truth is_missing(const struct record_guess *guess)
{
	if (guess->kind == RECORD_GUESS_OPEN)
		return RECORD_OPEN;
	return truth_of(guess->kind == RECORD_GUESS_MISSING || guess->kind == RECORD_GUESS_OTHER_MISSING);
}

static bool is_listed(const struct said_term *term, size_t answer)
{
	for (size_t i = 0; i < term->code_count; i++)
		if (term->codes[i] == answer)
			return true;
	return false;
}

/* How many of `count` answers the term lists: all, none, or some. */
static enum record_truth are_listed(const struct said_term *term, const size_t *answers, size_t count)
{
	size_t listed = 0;
	for (size_t i = 0; i < count; i++)
		listed += is_listed(term, answers ? answers[i] : i);
	return listed == 0 ? RECORD_NO : listed == count ? RECORD_YES : RECORD_OPEN;
}

/* Of several codes in a text, each stands for an answer, or for one or more of those that it was merged from. */
static enum record_truth ticks_listed(const struct record_variable *variable, const struct said_term *term,
                                      const char *text)
{
	enum record_truth truth = RECORD_NO;
	for (const char *at = text; at && truth != RECORD_YES;) {
		size_t length = strcspn(at, ";");
		for (size_t c = 0; c < variable->code_count; c++) {
			const struct record_code *code = &variable->codes[c];
			if (strlen(code->name) != length || strncmp(code->name, at, length) != 0)
				continue;
			enum record_truth listed = are_listed(term, variable->meant + code->first, code->count);
			truth = listed == RECORD_NO ? truth : listed;
		}
		at = at[length] ? at + length + 1 : NULL;
	}
	return truth;
}

static enum record_truth truth_of_codes(const struct record_terms *terms, const struct said_term *term,
                                        const struct record_guess *guess)
{
	const struct record_variable *variable = &terms->file->variables[term->variable];
	enum record_truth missing = is_missing(guess), listed = RECORD_OPEN;
	bool area = variable->values ? variable->area : !terms->named[term->variable].answered;
	if (missing == RECORD_YES)
		return truth_of(term->negated && area);
	if (missing == RECORD_OPEN)
		return RECORD_OPEN;
	switch (guess->kind) {
	case RECORD_GUESS_ANSWER: listed = truth_of(is_listed(term, guess->answer)); break;
	case RECORD_GUESS_ANY: listed = are_listed(term, guess->answers, guess->count); break;
	case RECORD_GUESS_OTHER: listed = RECORD_NO; break;
	case RECORD_GUESS_TEXT: listed = ticks_listed(variable, term, guess->text); break;
	default: break;
	}
	return term->negated ? turned(listed) : listed;
}

static bool is_outside(const char *reason)
{
	return strcmp(reason, "not_asked") == 0 || strcmp(reason, "not_applicable") == 0;
}

/* Whether it is at an end of its range. */
static enum record_truth truth_of_end(const struct record_variable *variable, const struct record_guess *guess,
                                      bool highest)
{
	double end = highest ? variable->most : variable->least;
	if (is_missing(guess) == RECORD_YES)
		return RECORD_NO;
	if (guess->kind != RECORD_GUESS_NUMBER || isnan(end))
		return RECORD_OPEN;
	if (guess->low == guess->high)
		return truth_of(guess->low == end);
	return guess->low > end || guess->high < end ? RECORD_NO : RECORD_OPEN;
}

static enum record_truth both(enum record_truth one, enum record_truth other)
{
	if (one == RECORD_NO || other == RECORD_NO)
		return RECORD_NO;
	return one == RECORD_YES && other == RECORD_YES ? RECORD_YES : RECORD_OPEN;
}

/* ---- a filter ---- */

/* A number that may be anywhere in a range is tried at its ends, and at and around every number of the filter. */
enum { TRIES = 64, ALL_TRIES = 4096 };

static size_t list_tries(double tries[TRIES], const struct said_term *term, const struct record_guess *guess)
{
	size_t count = 0;
	if (isfinite(guess->low))
		tries[count++] = guess->low;
	if (isfinite(guess->high))
		tries[count++] = guess->high;
	for (size_t i = 0; i < term->number_count; i++)
		for (int sign = -1; sign <= 1; sign += 2)
			for (double step = 0; step <= 1; step += 0.5) {
				double number = sign * term->numbers[i] + (sign > 0 ? step : -step);
				double below = sign * term->numbers[i] - (sign > 0 ? step : -step);
				if (count < TRIES && number >= guess->low && number <= guess->high)
					tries[count++] = number;
				if (count < TRIES && below >= guess->low && below <= guess->high)
					tries[count++] = below;
			}
	if (count == 0)
		tries[count++] = isfinite(guess->low) ? guess->low : isfinite(guess->high) ? guess->high : 0;
	return count;
}

struct trial {
	const struct record_terms *terms;
	const struct said_term *term;
	const struct record_guess *guesses;
	bool unknown;   /* something is set to NULL of which nobody knows what it is */
	size_t tried;
	bool seen[3];   /* truths so far */
};

static void set_text(struct expression_column *column, const char *text)
{
	column->missing = false;
	column->text = text;
	column->integer = strtoll(text, NULL, 10);
}

static void try_from(struct trial *trial, size_t variable)
{
	const struct record_file *file = trial->terms->file;
	while (variable < file->variable_count && !expression_reads(trial->term->expression, variable))
		variable++;
	if (trial->tried > ALL_TRIES)
		return;
	if (variable == file->variable_count) {
		enum expression_result result = expression_truth(trial->term->expression);
		bool open = trial->unknown
		            && (result == EXPRESSION_UNKNOWN || result == EXPRESSION_FAILED
		                || trial->term->tells_null);
		trial->seen[open ? RECORD_OPEN : result == EXPRESSION_TRUE ? RECORD_YES : RECORD_NO] = true;
		trial->tried++;
		return;
	}
	struct expression_column *column = &trial->terms->columns[variable];
	const struct record_guess *guess = &trial->guesses[variable];
	const struct record_variable *of = &file->variables[variable];
	bool before = trial->unknown;
	column->missing = true;
	switch (guess->kind) {
	case RECORD_GUESS_ANSWER: set_text(column, of->answers[guess->answer]); break;
	case RECORD_GUESS_TEXT: set_text(column, guess->text); break;
	case RECORD_GUESS_ANY:
		for (size_t i = 0; i < guess->count; i++) {
			set_text(column, of->answers[guess->answers ? guess->answers[i] : i]);
			try_from(trial, variable + 1);
		}
		return;
	case RECORD_GUESS_NUMBER: {
		double tries[TRIES];
		size_t count = list_tries(tries, trial->term, guess);
		column->missing = false;
		for (size_t i = 0; i < count; i++) {
			column->real = tries[i];
			column->integer = (long long)floor(tries[i]);
			try_from(trial, variable + 1);
		}
		return;
	}
	case RECORD_GUESS_MISSING:
	case RECORD_GUESS_OTHER_MISSING: break;
	case RECORD_GUESS_OPEN:
	case RECORD_GUESS_ANSWERED:
	case RECORD_GUESS_OTHER: trial->unknown = true; break;
	}
	try_from(trial, variable + 1);
	trial->unknown = before;
}

static enum record_truth truth_of_filter(const struct record_terms *terms, const struct said_term *term,
                                         const struct record_guess *guesses)
{
	struct trial trial = { .terms = terms, .term = term, .guesses = guesses };
	if (!term->expression)
		return RECORD_OPEN;
	try_from(&trial, 0);
	if (trial.seen[RECORD_OPEN] || (trial.seen[RECORD_YES] && trial.seen[RECORD_NO]) || trial.tried > ALL_TRIES)
		return RECORD_OPEN;
	return truth_of(trial.seen[RECORD_YES] != term->negated);
}

enum record_truth record_terms_truth(const struct record_terms *terms, size_t id, const struct record_guess *guesses)
{
	const struct said_term *term = &terms->terms[id];
	if (term->said == SAID_FILTER)
		return truth_of_filter(terms, term, guesses);
	const struct record_variable *variable = &terms->file->variables[term->variable];
	const struct record_guess *guess = &guesses[term->variable];
	enum record_truth missing = is_missing(guess), answered = turned(missing);
	bool reasoned = guess->kind == RECORD_GUESS_MISSING;
	switch (term->said) {
	case SAID_CODES: return truth_of_codes(terms, term, guess);
	case SAID_ANSWERED: return answered;
	case SAID_MISSING: return missing;
	case SAID_REASON:
		return reasoned ? truth_of(strcmp(guess->text, term->reason) == 0)
		       : guess->kind == RECORD_GUESS_OTHER_MISSING ? RECORD_NO
		                                                   : missing;
	case SAID_ASKED:
		return reasoned ? truth_of(!is_outside(guess->text))
		       : guess->kind == RECORD_GUESS_OTHER_MISSING ? RECORD_OPEN
		                                                   : answered;
	case SAID_UNANSWERED:
		return reasoned ? truth_of(!is_outside(guess->text))
		       : guess->kind == RECORD_GUESS_OTHER_MISSING ? RECORD_OPEN
		                                                   : missing;
	case SAID_LOWEST: return truth_of_end(variable, guess, false);
	case SAID_HIGHEST: return truth_of_end(variable, guess, true);
	case SAID_NOT_LOWEST: return both(answered, turned(truth_of_end(variable, guess, false)));
	case SAID_NOT_HIGHEST: return both(answered, turned(truth_of_end(variable, guess, true)));
	case SAID_BETWEEN:
		return both(answered, both(turned(truth_of_end(variable, guess, false)),
		                           turned(truth_of_end(variable, guess, true))));
	case SAID_SOME_ANSWERED: return both(answered, RECORD_OPEN);
	case SAID_SOME_MISSING: return both(missing, RECORD_OPEN);
	case SAID_NOTHING_TICKED:
		return both(answered, guess->kind != RECORD_GUESS_TEXT ? RECORD_OPEN
		                                                       : truth_of(strcmp(guess->text, "(none)") == 0));
	case SAID_SOME_TICKED:
		return both(answered, guess->kind != RECORD_GUESS_TEXT       ? RECORD_OPEN
		                      : strcmp(guess->text, "(none)") == 0 ? RECORD_NO
		                      : strchr(guess->text, ';')           ? RECORD_YES
		                                                           : RECORD_OPEN);
	case SAID_FILTER: break;
	}
	return RECORD_OPEN;
}
