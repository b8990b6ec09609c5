#include "crossing.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <uthash.h>

#include "mem.h"

/* A filter, a variable that is counted, or one that is measured: "dataset", unit separator, its text. */
struct word {
	char *key;
	const char *text; /* in key */
	unsigned sides;
	UT_hash_handle hh;
};

struct crossing {
	struct word *filters, *variables, *counted, *measured, *groups;
	struct word *patterns; /* two filters or more, each true or not: filter:(a) & !filter:(b) */
	struct word *counts;   /* what a dataset's cells are of: rows, or the people of two waves */
};

struct crossing *crossing_new(void)
{
	return mem_alloc(1, sizeof(struct crossing));
}

static void free_words(struct word *words)
{
	struct word *word, *next;
	HASH_ITER(hh, words, word, next)
	{
		HASH_DEL(words, word);
		free(word->key);
		free(word);
	}
}

void crossing_free(struct crossing *crossing)
{
	if (!crossing)
		return;
	free_words(crossing->filters);
	free_words(crossing->patterns);
	free_words(crossing->variables);
	free_words(crossing->counted);
	free_words(crossing->measured);
	free_words(crossing->counts);
	free_words(crossing->groups);
	free(crossing);
}

static void add(struct word **words, enum crossing_side side, const char *dataset, size_t dataset_length,
                const char *text, size_t length)
{
	char *key = mem_print("%.*s\x1f%.*s", (int)dataset_length, dataset, (int)length, text);
	struct word *word = NULL;
	HASH_FIND_STR(*words, key, word);
	if (!word) {
		word = mem_alloc(1, sizeof *word);
		word->key = key;
		word->text = key + dataset_length + 1;
		HASH_ADD_KEYPTR(hh, *words, word->key, strlen(word->key), word);
	} else {
		free(key);
	}
	word->sides |= side;
}

/* How long the text in brackets is that begins at `open`, both brackets included; what is quoted does not count. */
static size_t bracket_length(const char *open)
{
	size_t depth = 0;
	char quote = '\0';
	for (const char *c = open; *c; c++) {
		if (quote) {
			quote = *c == quote ? '\0' : quote;
			continue;
		}
		if (*c == '\'' || *c == '"')
			quote = *c;
		depth += *c == '(';
		if (*c == ')' && --depth == 0)
			return (size_t)(c - open) + 1;
	}
	return strlen(open);
}

static const char filter_mark[] = "filter:", group_mark[] = "=any(";

/* How long the term is where it is a filter, true or not, and where it says of people of one filter whether they are
 * those of another; 0: it is none. */
static size_t filter_length(const char *at)
{
	size_t not = *at == '!', mark = strlen(filter_mark);
	return strncmp(at + not, filter_mark, mark) == 0 ? not +mark + bracket_length(at + not +mark) : 0;
}

static size_t matched_length(const char *at)
{
	static const char *const marks[] = { "also:", "!also:", "elsewhere:" };
	for (size_t i = 0; i < COUNT(marks); i++)
		if (strncmp(at, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]) + filter_length(at + strlen(marks[i]));
	return 0;
}

/* The filters that a condition begins with, which is behind them then. */
static const char *take_filters(struct crossing *crossing, enum crossing_side side, const char *condition,
                                size_t dataset, const char *at)
{
	const char *first = at;
	size_t count = 0, length = 0;
	for (; strncmp(at, " & ", 3) == 0 && (length = filter_length(at + 3)) > 0; at += 3 + length, count++) {
		size_t mark = strlen(filter_mark) + (at[3] == '!');
		add(&crossing->filters, side, condition, dataset, at + 3 + mark, length - mark);
	}
	if (count > 1)
		add(&crossing->patterns, side, condition, dataset, first, (size_t)(at - first));
	return at;
}

/* Conditions of people whose rows of two waves were matched begin so, and name the waves. */
static const char people_mark[] = " & people/matched ";

/* A variable that a study derived is followed by what it is made of: name{input,input;digest}. */
static size_t name_length(const char *term)
{
	return strcspn(term, "{=:!");
}

void crossing_condition(struct crossing *crossing, enum crossing_side side, const char *condition)
{
	size_t dataset = strcspn(condition, " ");
	const char *at = condition + dataset;
	bool people = strncmp(at, people_mark, strlen(people_mark)) == 0;
	const char *counts = people ? at + strlen(" & ") : "rows";
	add(&crossing->counts, side, condition, dataset, counts, people ? strcspn(counts, "&") : strlen(counts));
	at = take_filters(crossing, side, condition, dataset, at);
	while (strncmp(at, " & ", 3) == 0) {
		at += 3;
		size_t matched = matched_length(at);
		if (matched) {
			at += matched;
			continue;
		}
		const char *end = strstr(at, " & ");
		size_t length = end ? (size_t)(end - at) : strlen(at), term = strcspn(at, "=:!");
		add(&crossing->variables, side, condition, dataset, at, term);
		if (at[term] == '=' || at[term] == '!')
			add(&crossing->counted, side, condition, dataset, at, name_length(at));
		if (strncmp(at + term, group_mark, strlen(group_mark)) == 0)
			add(&crossing->groups, side, condition, dataset, at, length);
		at += length;
	}
}

void crossing_measure(struct crossing *crossing, enum crossing_side side, const char *condition, const char *variable)
{
	/* of a change it is name@wave */
	add(&crossing->measured, side, condition, strcspn(condition, " "), variable, strcspn(variable, "@"));
}

static bool same_dataset(const struct word *a, const struct word *b)
{
	size_t length = (size_t)(a->text - a->key);
	return length == (size_t)(b->text - b->key) && memcmp(a->key, b->key, length) == 0;
}

/* Whether the expression names the variable: as a word of its own, whatever its letters' size. */
static bool names(const char *expression, const char *variable)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
	size_t length = name_length(variable);
	while (*expression) {
		size_t word = strspn(expression, letters);
		if (word == length && strncasecmp(expression, variable, length) == 0)
			return true;
		expression += word ? word : 1;
	}
	return false;
}

static bool refuse(struct error *err, const char *what, const char *one, const char *other)
{
	error_set(err, ERROR_REFUSED, "together with an earlier release, %s: %s and %s", what, one, other);
	error_code(err, "audit-crossing");
	return error_help(err, "nothing is published: leave out the analysis that is new, or publish it as the earlier "
	                       "release did");
}

/* Whether a name stands in what a derived variable is made of. */
static bool is_made_of(const char *term, const char *name, size_t length)
{
	const char *at = term + name_length(term);
	while (*at == '{' || *at == ',') {
		size_t input = strcspn(++at, ",;}");
		if (input == length && memcmp(at, name, length) == 0)
			return true;
		at += input;
	}
	return false;
}

/* Two variables of which one is derived, made of some answers in common; or of one name, and made in two ways. */
static bool share_answers(const char *one, const char *other)
{
	if (is_made_of(one, other, name_length(other)) || is_made_of(other, one, name_length(one)))
		return true;
	const char *at = one + name_length(one);
	while (*at == '{' || *at == ',') {
		size_t input = strcspn(++at, ",;}");
		if (is_made_of(other, at, input))
			return true;
		at += input;
	}
	return false;
}

/* Two groups of options of one question where several may be ticked, of which the one is new. */
static bool check_groups(const struct crossing *crossing, struct error *err)
{
	for (const struct word *one = crossing->groups; one; one = one->hh.next)
		for (const struct word *other = one->hh.next; other; other = other->hh.next) {
			size_t length = name_length(one->text);
			if (same_dataset(one, other) && one->sides != other->sides && length == name_length(other->text)
			    && memcmp(one->text, other->text, length) == 0)
				return refuse(err, "two groups of options would tell how few ticked an option",
				              one->text, other->text);
		}
	return true;
}

/* Whether the side has a filter of the word's dataset that the other has not. */
static bool has_alone(const struct crossing *crossing, const struct word *word, unsigned side)
{
	for (const struct word *filter = crossing->filters; filter; filter = filter->hh.next)
		if (same_dataset(filter, word) && filter->sides == side)
			return true;
	return false;
}

/* Filters, and what they read, that some release has together are tied by cells; those of which each release has one
 * are not. Nor are groups by two filters to a release that divides them by more: it does not say which of its own
 * groups make them up. */
static bool check_filters(const struct crossing *crossing, struct error *err)
{
	const unsigned both = CROSSING_NOW | CROSSING_EARLIER;
	const struct word *filter, *other;
	for (filter = crossing->filters; filter; filter = filter->hh.next) {
		for (other = filter->hh.next; other; other = other->hh.next)
			if (same_dataset(filter, other) && !(filter->sides & other->sides))
				return refuse(err, "two filters would tell who is in one and not in the other",
				              filter->text, other->text);
		for (other = crossing->variables; other; other = other->hh.next)
			if (same_dataset(filter, other) && !(filter->sides & other->sides)
			    && names(filter->text, other->text))
				return refuse(err, "a filter would tell a count of the variable that it reads",
				              filter->text, other->text);
	}
	for (const struct word *pattern = crossing->patterns; pattern; pattern = pattern->hh.next)
		if (pattern->sides != both && has_alone(crossing, pattern, both & ~pattern->sides))
			return refuse(err, "groups by some filters and by more of them would tell of each other",
			              "those", pattern->text + strlen(" & "));
	return true;
}

bool crossing_check(const struct crossing *crossing, struct error *err)
{
	const struct word *other, *measured;
	if (!check_filters(crossing, err))
		return false;
	for (const struct word *one = crossing->counts; one; one = one->hh.next)
		for (other = one->hh.next; other; other = other->hh.next)
			if (same_dataset(one, other)
			    && (one->sides | other->sides) == (CROSSING_NOW | CROSSING_EARLIER))
				return refuse(err, "they would tell who answered at one wave only", one->text,
				              other->text);
	for (const struct word *one = crossing->variables; one; one = one->hh.next)
		for (other = one->hh.next; other; other = other->hh.next)
			if (same_dataset(one, other) && (one->sides | other->sides) == (CROSSING_NOW | CROSSING_EARLIER)
			    && share_answers(one->text, other->text))
				return refuse(
					err, "two variables that are made of the same answers would tell of each other",
					one->text, other->text);
	for (measured = crossing->measured; measured; measured = measured->hh.next)
		for (other = crossing->counted; other; other = other->hh.next)
			if (strcmp(measured->key, other->key) == 0 && measured->sides != other->sides)
				return refuse(err, "a mean would tell counts of the codes that it is made of",
				              measured->text, other->text);
	return check_groups(crossing, err);
}
