#include "digests.h"

#include <stdlib.h>

#include "mem.h"
#include "number.h"

struct digests {
	const struct judging *judging;
	const char **texts; /* those added for the digest under way */
	size_t *lengths, count;
};

struct digests *digests_new(const struct judging *judging)
{
	struct digests *digests = mem_alloc(1, sizeof *digests);
	size_t most = judging->with.dictionary->variable_count + 4;
	digests->judging = judging;
	digests->texts = mem_alloc(most, sizeof *digests->texts);
	digests->lengths = mem_alloc(most, sizeof *digests->lengths);
	return digests;
}

void digests_free(struct digests *digests)
{
	if (!digests)
		return;
	free(digests->texts);
	free(digests->lengths);
	free(digests);
}

static void add_text(struct digests *digests, const char *text)
{
	size_t length = 0;
	digests->texts[digests->count] = text ? answer_trim(text, &length) : NULL;
	digests->lengths[digests->count++] = length;
}

static struct digest finish(struct digests *digests)
{
	struct digest digest = digest_of(digests->texts, digests->lengths, digests->count);
	digests->count = 0;
	return digest;
}

/* An answer so that it is the same text however it was written; NULL: there is none. */
static const char *plain_text(char number[NUMBER_TEXT_SIZE], const struct judging *judging,
                              const struct variable *variable)
{
	const struct answer *answer = judging_answer(judging, variable);
	if (!answer || answer->missing != MISSING_NONE)
		return NULL;
	if (variable->type != VARIABLE_INTEGER && variable->type != VARIABLE_NUMBER)
		return answer->text;
	number_print_exact(number, answer->number);
	return number;
}

/* The wave that a row says, else its export's. */
static void add_wave(struct digests *digests, char number[NUMBER_TEXT_SIZE])
{
	const char *wave = plain_text(number, digests->judging, digests->judging->wave);
	add_text(digests, wave ? wave : digests->judging->row->source->wave);
}

bool digests_key(struct digests *digests, struct digest *digest)
{
	const struct judging *judging = digests->judging;
	const struct answer *key = judging_answer(judging, judging->key);
	char wave[NUMBER_TEXT_SIZE], repeat[NUMBER_TEXT_SIZE];
	if (!key || key->missing != MISSING_NONE)
		return false;
	add_wave(digests, wave);
	add_text(digests, plain_text(repeat, judging, judging->repeat));
	add_text(digests, key->text);
	*digest = finish(digests);
	return true;
}

bool digests_unique(struct digests *digests, size_t variable, struct digest *digest)
{
	const struct judging *judging = digests->judging;
	const struct variable *asked = &judging->with.dictionary->variables[variable];
	const struct answer *answer = judging->cells[variable].answer;
	if (!asked->unique || asked == judging->key || answer->missing != MISSING_NONE)
		return false;
	char wave[NUMBER_TEXT_SIZE];
	add_wave(digests, wave);
	add_text(digests, asked->name);
	add_text(digests, answer->text);
	*digest = finish(digests);
	return true;
}

struct digest digests_content(struct digests *digests)
{
	for (size_t i = 0; i < digests->judging->with.dictionary->variable_count; i++)
		add_text(digests, digests->judging->row->cells[i]);
	return finish(digests);
}

struct digest digests_sample(struct digests *digests)
{
	char wave[NUMBER_TEXT_SIZE];
	add_text(digests, digests->judging->row->source->name);
	add_wave(digests, wave);
	return finish(digests);
}
