#include "persons.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "alike.h"
#include "mem.h"
#include "number.h"
#include "text.h"

enum {
	LEAST_TIMES = 30, /* responses of one export and wave, for their median to say something */
	LEAST_ITEMS = 5,  /* of a list of questions, for one answer to all of them to say something */
	LEAST_ASKED = 10, /* questions, for most of them to say something */
};

/* What the durations of one export and wave are. */
struct pace {
	struct digest sample;
	double *times;
	size_t count, capacity;
	double least; /* a third of the median; 0: too few to tell */
	UT_hash_handle hh;
};

/* Questions that are asked below one another with the same answers to choose from. */
struct block {
	const char *name; /* the instrument; NULL: none */
	size_t *items, count, capacity;
	bool both_ways; /* more is better in some, and worse in others */
};

struct persons {
	struct judging *judging;
	struct digests *digests;
	const struct variable *took;          /* the variable that says how long it took; NULL: none */
	const struct variable *began, *ended; /* or the two that say from when to when; NULL: none */
	struct pace *paces;
	struct block *blocks;
	size_t block_count, block_capacity;
	size_t *answers, answer_count; /* variables whose answers are held against those of other rows */
	uint16_t *numbers;             /* for those, of the current row */
	struct alike *alike;
};

/* --- what the dictionary says --- */

static const struct dictionary *dictionary_of(const struct persons *persons)
{
	return persons->judging->with.dictionary;
}

static bool is_time_unit(const char *unit)
{
	return unit && (strcmp(unit, "seconds") == 0 || strcmp(unit, "minutes") == 0);
}

/* The first number of role paradata with a unit of time: platforms write the whole before the single pages. Without
 * one, two datetimes of role paradata or date; of one or three it is not known which are the beginning and the end. */
static void find_duration(struct persons *persons)
{
	const struct dictionary *dictionary = dictionary_of(persons);
	size_t datetimes = 0;
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		bool number = variable->type == VARIABLE_INTEGER || variable->type == VARIABLE_NUMBER;
		bool paradata = variable->role == ROLE_PARADATA;
		if (!persons->took && paradata && number && is_time_unit(variable->unit))
			persons->took = variable;
		if (variable->type != VARIABLE_DATETIME || (!paradata && variable->role != ROLE_DATE))
			continue;
		datetimes++;
		persons->began = persons->ended;
		persons->ended = variable;
	}
	if (persons->took || datetimes != 2)
		persons->began = persons->ended = NULL;
}

/* Open questions are often left blank, and repeated by nobody; what identifies is unique by intent. */
static bool is_closed_question(const struct variable *variable)
{
	return judging_is_question(variable) && variable->type != VARIABLE_ID && variable->type != VARIABLE_TEXT
	       && variable->role != ROLE_FREE_TEXT && !variable->unique;
}

static bool is_item(const struct variable *variable)
{
	bool number = variable->type == VARIABLE_INTEGER || variable->type == VARIABLE_NUMBER;
	return is_closed_question(variable) && (number || variable->type == VARIABLE_CODE);
}

/* Whether two questions are answered on one scale of more than two steps. A yes to each of several questions is an
 * answer like any. */
static bool share_scale(const struct variable *a, const struct variable *b)
{
	if (a->type != b->type || a->level != b->level || (a->level != LEVEL_ORDINAL && a->level != LEVEL_SCALE))
		return false;
	if (a->type == VARIABLE_CODE)
		return a->codes == b->codes && a->codes->count > 2;
	return a->has_min && a->has_max && b->has_min && b->has_max && a->min == b->min && a->max == b->max
	       && a->max - a->min >= 2;
}

/* Whether a question without an instrument goes on with the list that the one before it is in. */
static bool goes_on(const struct dictionary *dictionary, const struct variable *variable)
{
	if (variable == dictionary->variables || variable->instrument)
		return false;
	const struct variable *before = variable - 1;
	return is_item(before) && !before->instrument && share_scale(before, variable);
}

static struct block *block_for(struct persons *persons, const struct variable *variable)
{
	for (size_t i = 0; variable->instrument && i < persons->block_count; i++)
		if (text_equal(persons->blocks[i].name, variable->instrument))
			return &persons->blocks[i];
	if (goes_on(dictionary_of(persons), variable))
		return &persons->blocks[persons->block_count - 1];
	persons->blocks =
		mem_grow(persons->blocks, persons->block_count, &persons->block_capacity, sizeof *persons->blocks);
	struct block *block = &persons->blocks[persons->block_count++];
	block->name = variable->instrument;
	return block;
}

static bool points_both_ways(const struct dictionary *dictionary, const struct block *block)
{
	const char *polarity = NULL;
	for (size_t i = 0; i < block->count; i++) {
		const char *other = dictionary->variables[block->items[i]].polarity;
		if (polarity && other && strcmp(polarity, other) != 0)
			return true;
		polarity = polarity ? polarity : other;
	}
	return false;
}

static void find_blocks(struct persons *persons)
{
	const struct dictionary *dictionary = dictionary_of(persons);
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		if (!is_item(variable))
			continue;
		struct block *block = block_for(persons, variable);
		block->items = mem_grow(block->items, block->count, &block->capacity, sizeof *block->items);
		block->items[block->count++] = i;
	}
	size_t kept = 0;
	for (size_t i = 0; i < persons->block_count; i++) {
		struct block block = persons->blocks[i];
		block.both_ways = points_both_ways(dictionary, &block);
		if (block.count >= LEAST_ITEMS)
			persons->blocks[kept++] = block;
		else
			free(block.items);
	}
	persons->block_count = kept;
}

struct persons *persons_new(struct judging *judging, struct digests *digests)
{
	struct persons *persons = mem_alloc(1, sizeof *persons);
	size_t variables = judging->with.dictionary->variable_count;
	persons->judging = judging;
	persons->digests = digests;
	persons->answers = mem_alloc(variables, sizeof *persons->answers);
	persons->numbers = mem_alloc(variables, sizeof *persons->numbers);
	for (size_t i = 0; i < variables; i++)
		if (is_closed_question(&judging->with.dictionary->variables[i]))
			persons->answers[persons->answer_count++] = i;
	persons->alike = alike_new(persons->answer_count);
	find_duration(persons);
	find_blocks(persons);
	return persons;
}

void persons_free(struct persons *persons)
{
	if (!persons)
		return;
	struct pace *pace, *next;
	HASH_ITER(hh, persons->paces, pace, next)
	{
		HASH_DEL(persons->paces, pace);
		free(pace->times);
		free(pace);
	}
	for (size_t i = 0; i < persons->block_count; i++)
		free(persons->blocks[i].items);
	alike_free(persons->alike);
	free(persons->blocks);
	free(persons->answers);
	free(persons->numbers);
	free(persons);
}

/* --- fast --- */

bool persons_reads(const struct persons *persons, const struct variable *variable)
{
	return variable == persons->took || variable == persons->began || variable == persons->ended;
}

/* False where it is not known how long the response took. */
static bool read_time(const struct persons *persons, double *time)
{
	const struct answer *took = judging_answer(persons->judging, persons->took);
	const struct answer *began = judging_answer(persons->judging, persons->began);
	const struct answer *ended = judging_answer(persons->judging, persons->ended);
	if (took && took->missing == MISSING_NONE)
		*time = took->number;
	else if (began && began->missing == MISSING_NONE && ended->missing == MISSING_NONE)
		*time = round((ended->number - began->number) * 24 * 60 * 60) / 60;
	else
		return false;
	return *time >= 0;
}

static struct pace *find_pace(const struct persons *persons)
{
	struct digest sample = digests_sample(persons->digests);
	struct pace *pace = NULL;
	HASH_FIND(hh, persons->paces, &sample, sizeof sample, pace);
	return pace;
}

void persons_add(struct persons *persons)
{
	double time = 0;
	if (!read_time(persons, &time))
		return;
	struct pace *pace = find_pace(persons);
	if (!pace) {
		pace = mem_alloc(1, sizeof *pace);
		pace->sample = digests_sample(persons->digests);
		HASH_ADD(hh, persons->paces, sample, sizeof pace->sample, pace);
	}
	pace->times = mem_grow(pace->times, pace->count, &pace->capacity, sizeof *pace->times);
	pace->times[pace->count++] = time;
}

static int by_size(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;
	return (a > b) - (a < b);
}

void persons_settle(struct persons *persons)
{
	struct pace *pace, *next;
	HASH_ITER(hh, persons->paces, pace, next)
	{
		mem_sort(pace->times, pace->count, sizeof *pace->times, by_size);
		double median = (pace->times[(pace->count - 1) / 2] + pace->times[pace->count / 2]) / 2;
		pace->least = pace->count < LEAST_TIMES ? 0 : median / 3;
		free(pace->times);
		pace->times = NULL;
	}
}

/* Less than a third of the median of all who answered the same export and wave. Practice takes a half, 40 per cent or a
 * third of it; of those the third finds fewest who only read fast, and a person decides. Where the instrument is known,
 * seconds an item say more (Huang and others, Journal of Business and Psychology 2012, 27: two), but the whole time is
 * what exports tell. The median is of all responses that count, also those that something else sets aside: so what the
 * steward decides about one row does not make another one fast. */
static bool review_fast(struct persons *persons, struct error *err)
{
	double time = 0;
	if (!read_time(persons, &time))
		return true;
	const struct pace *pace = find_pace(persons);
	if (!pace || time >= pace->least)
		return true;
	const struct variable *variable = persons->took ? persons->took : persons->ended;
	size_t index = (size_t)(variable - dictionary_of(persons)->variables);
	struct finding finding = judging_about_cell(persons->judging, FINDING_PERSON_FAST, index);
	char least[NUMBER_TEXT_SIZE];
	number_print(least, pace->least, 1);
	char *expected = mem_print("at least %s %s: a third of the median of %zu responses", least,
	                           persons->took ? persons->took->unit : "minutes", pace->count);
	finding.expected = expected;
	bool ok = judging_tell(persons->judging, &finding, false, err);
	free(expected);
	return ok;
}

/* --- straight lines --- */

static bool is_same_answer(const struct variable *variable, const struct answer *a, const struct answer *b)
{
	return variable->type == VARIABLE_CODE ? strcmp(a->text, b->text) == 0 : a->number == b->number;
}

enum line { LINE_UNANSWERED, LINE_VARIED, LINE_STRAIGHT };

/* Only what is answered in full counts. */
static enum line line_of(const struct persons *persons, const struct block *block)
{
	enum line line = LINE_STRAIGHT;
	const struct answer *first = persons->judging->cells[block->items[0]].answer;
	for (size_t i = 0; i < block->count; i++) {
		const struct variable *variable = &dictionary_of(persons)->variables[block->items[i]];
		const struct answer *answer = persons->judging->cells[block->items[i]].answer;
		if (answer->missing != MISSING_NONE || first->missing != MISSING_NONE)
			return LINE_UNANSWERED;
		if (!is_same_answer(variable, first, answer))
			line = LINE_VARIED;
	}
	return line;
}

/* Where all items point the same way, one answer to them is what somebody says who is content, or is not: it takes two
 * such lists, and no fewer than half of those answered. Where they point both ways, one answer contradicts itself. */
static bool review_straight_line(struct persons *persons, struct error *err)
{
	const struct block *reversed = NULL;
	size_t answered = 0, straight = 0;
	for (size_t i = 0; i < persons->block_count; i++) {
		const struct block *block = &persons->blocks[i];
		enum line line = line_of(persons, block);
		answered += line != LINE_UNANSWERED;
		straight += line == LINE_STRAIGHT;
		if (line == LINE_STRAIGHT && block->both_ways && !reversed)
			reversed = block;
	}
	if (!reversed && (straight < 2 || 2 * straight < answered))
		return true;
	struct finding finding = judging_about_row(persons->judging, FINDING_PERSON_STRAIGHT_LINE);
	const struct variable *first = reversed ? &dictionary_of(persons)->variables[reversed->items[0]] : NULL;
	char *expected = reversed ? mem_print("not one answer to all %zu items from `%s` on: some point the other way",
	                                      reversed->count, first->name)
	                          : mem_print("not one answer to all items in %zu of %zu lists", straight, answered);
	finding.expected = expected;
	bool ok = judging_tell(persons->judging, &finding, false, err);
	free(expected);
	return ok;
}

/* --- missing --- */

/* A blank where all that apply may be ticked can mean none of them, so those questions do not count. A refusal is an
 * answer of a kind. */
static bool review_missing(struct persons *persons, struct error *err)
{
	size_t asked = 0, blank = 0;
	for (size_t i = 0; i < persons->answer_count; i++) {
		const struct judged_cell *cell = &persons->judging->cells[persons->answers[i]];
		enum missing_reason missing = cell->answer->missing;
		if (dictionary_of(persons)->variables[persons->answers[i]].type == VARIABLE_CODES || cell->not_asked
		    || missing == MISSING_NOT_ASKED)
			continue;
		asked++;
		blank += missing == MISSING_NOT_ANSWERED || missing == MISSING_NOT_REACHED;
	}
	if (asked < LEAST_ASKED || 2 * blank <= asked)
		return true;
	struct finding finding = judging_about_row(persons->judging, FINDING_PERSON_MISSING_MOST);
	char *expected =
		mem_print("answers to half of the %zu questions that it was asked; %zu are blank", asked, blank);
	finding.expected = expected;
	bool ok = judging_tell(persons->judging, &finding, false, err);
	free(expected);
	return ok;
}

/* --- other rows --- */

/* A number for an answer, which two answers share only if they are the same; of amounts beyond 65,000 and of several
 * codes it is 16 bits of a hash, which few share. 0: no answer. */
static uint16_t number_of(const struct variable *variable, const struct answer *answer)
{
	enum { MOST = 65535 };
	if (answer->missing != MISSING_NONE)
		return 0;
	if (variable->type == VARIABLE_CODE)
		return (uint16_t)(1 + (size_t)(answer->code - variable->codes->codes) % MOST);
	if (variable->type == VARIABLE_INTEGER || variable->type == VARIABLE_DATE)
		return (uint16_t)(1 + (unsigned long long)answer->integer % MOST);
	char number[NUMBER_TEXT_SIZE];
	if (variable->type != VARIABLE_CODES)
		number_print_exact(number, answer->number);
	const char *text = variable->type == VARIABLE_CODES ? answer->text : number;
	return (uint16_t)(1 + hash_of(text, strlen(text)) % MOST);
}

static struct alike_row alike_row_of(struct persons *persons)
{
	const struct judging *judging = persons->judging;
	const struct answer *key = judging_answer(judging, judging->key);
	for (size_t i = 0; i < persons->answer_count; i++) {
		size_t variable = persons->answers[i];
		persons->numbers[i] =
			number_of(&dictionary_of(persons)->variables[variable], judging->cells[variable].answer);
	}
	return (struct alike_row){
		.source = judging->row->source,
		.line = judging->row->line,
		.key = key && key->missing == MISSING_NONE ? key->text : NULL,
		.answers = persons->numbers,
	};
}

/* It says where the other row stands, and nothing of what it says. */
static bool tell_other(struct persons *persons, enum finding_code code, const struct alike_row *other,
                       struct error *err)
{
	const struct judging *judging = persons->judging;
	bool key = code == FINDING_KEY_NEAR, elsewhere = other->source != judging->row->source;
	struct finding finding = judging_about_row(judging, code);
	finding.variable = key ? judging->key->name : NULL;
	char *expected = mem_print("%s line %zu%s%s", key ? "a key unlike that of" : "answers other than those of",
	                           other->line, elsewhere ? " of " : "", elsewhere ? other->source->name : "");
	finding.expected = expected;
	bool ok = judging_tell(persons->judging, &finding, false, err);
	free(expected);
	return ok;
}

static bool review_alike(struct persons *persons, struct error *err)
{
	struct alike_row row = alike_row_of(persons), other;
	if (alike_find_key(persons->alike, &row, &other) && !tell_other(persons, FINDING_KEY_NEAR, &other, err))
		return false;
	if (alike_find_answers(persons->alike, &row, &other)
	    && !tell_other(persons, FINDING_PERSON_DUPLICATE_ANSWERS, &other, err))
		return false;
	if (persons->judging->status == ROW_ACCEPTED)
		alike_add(persons->alike, &row);
	return true;
}

bool persons_review(struct persons *persons, struct error *err)
{
	static bool (*const reviews[])(struct persons *, struct error *) = {
		review_fast,
		review_straight_line,
		review_missing,
		review_alike,
	};
	for (size_t i = 0; i < COUNT(reviews) && persons->judging->status == ROW_ACCEPTED; i++)
		if (!reviews[i](persons, err))
			return false;
	return true;
}
