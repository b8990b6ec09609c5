#include "proposals.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* A count as one code of one variable: what else its condition says, and how many. */
struct crossing {
	char *variable, *code, *rest;
	const struct proposal_cell *cell;
};

struct crossings {
	struct crossing *items;
	size_t count, capacity;
};

/* The one code that the term says of its variable; false: it says something else, such as "not this code". */
static bool read_term(const char *term, size_t length, char **variable, char **code)
{
	const char *equals = memchr(term, '=', length), *brace = memchr(term, '{', length);
	const char *end = term + length;
	if (brace && equals > brace) {
		const char *close = memchr(brace, '}', (size_t)(end - brace));
		equals = close && close + 1 < end && close[1] == '=' ? close + 1 : NULL;
	}
	bool group = equals && equals + 1 < end && equals[1] == '{'; /* of areas */
	if (!equals || group || equals == term || equals[-1] == '!' || memchr(equals, '|', (size_t)(end - equals)))
		return false;
	*variable = mem_copy_bytes(term, (size_t)(equals - term));
	*code = mem_copy_bytes(equals + 1, (size_t)(end - equals - 1));
	return true;
}

static void take_apart(struct crossings *crossings, const struct proposal_cell *cell)
{
	static const char between[] = " & ";
	for (const char *term = strstr(cell->condition, between); term; term = strstr(term, between)) {
		term += strlen(between);
		const char *end = strstr(term, between);
		size_t length = end ? (size_t)(end - term) : strlen(term);
		char *variable = NULL, *code = NULL;
		if (!read_term(term, length, &variable, &code))
			continue;
		crossings->items =
			mem_grow(crossings->items, crossings->count, &crossings->capacity, sizeof *crossings->items);
		crossings->items[crossings->count++] = (struct crossing){
			.variable = variable,
			.code = code,
			.rest = mem_print("%.*s*%s", (int)(term - cell->condition), cell->condition, term + length),
			.cell = cell,
		};
	}
}

static int compare_crossings(const void *left, const void *right)
{
	const struct crossing *a = left, *b = right;
	int order = strcmp(a->variable, b->variable);
	order = order ? order : strcmp(a->rest, b->rest);
	return order ? order : strcmp(a->code, b->code);
}

static int compare_texts(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

static int compare_proposals(const void *left, const void *right)
{
	const struct proposal *a = left, *b = right;
	size_t saves_a = a->before - a->after, saves_b = b->before - b->after;
	if (saves_a != saves_b)
		return saves_a < saves_b ? 1 : -1;
	int order = strcmp(a->variable, b->variable);
	order = order ? order : strcmp(a->first, b->first);
	return order ? order : strcmp(a->second, b->second);
}

/* The codes of a variable that small counts are of, or stand beside: each once, in their order. */
static size_t codes_of(char ***codes, const struct crossing *crossings, size_t count)
{
	char **all = mem_alloc(count, sizeof *all);
	size_t different = 0;
	for (size_t i = 0; i < count; i++)
		all[i] = crossings[i].code;
	mem_sort(all, count, sizeof *all, compare_texts);
	for (size_t i = 0; i < count; i++)
		if (different == 0 || strcmp(all[different - 1], all[i]) != 0)
			all[different++] = all[i];
	*codes = all;
	return different;
}

/* The small counts of each two codes, before and after they are one, in a square of them: [first * codes + second]. */
struct square {
	char **codes;
	size_t count;
	size_t *before, *after;
	const struct proposal_cell **cells; /* by code, of one crossing with everything else; NULL: none */
};

/* A count that stands alone stays what it is. */
static void weigh(struct square *square, const struct crossing *crossings, size_t count)
{
	memset(square->cells, 0, square->count * sizeof *square->cells);
	for (size_t i = 0; i < count; i++) {
		char **code =
			bsearch(&crossings[i].code, square->codes, square->count, sizeof *square->codes, compare_texts);
		square->cells[code - square->codes] = crossings[i].cell;
	}
	for (size_t i = 0; i < square->count; i++)
		for (size_t j = i + 1; j < square->count; j++) {
			const struct proposal_cell *one = square->cells[i], *other = square->cells[j];
			size_t small = (one && one->small ? 1u : 0u) + (other && other->small ? 1u : 0u);
			long long n = (one ? one->n : 0) + (other ? other->n : 0);
			if (!small)
				continue;
			square->before[i * square->count + j] += small;
			square->after[i * square->count + j] += n < (one ? one : other)->threshold;
		}
}

/* Every two codes of one variable, whose crossings stand together. */
static void add_pairs(struct proposals *proposals, size_t *capacity, const struct crossing *crossings, size_t count)
{
	struct square square = { 0 };
	square.count = codes_of(&square.codes, crossings, count);
	square.before = mem_alloc(square.count * square.count, sizeof *square.before);
	square.after = mem_alloc(square.count * square.count, sizeof *square.after);
	square.cells = mem_alloc(square.count, sizeof *square.cells);
	for (size_t begin = 0, end; begin < count; begin = end) {
		for (end = begin; end < count && strcmp(crossings[end].rest, crossings[begin].rest) == 0;)
			end++;
		weigh(&square, crossings + begin, end - begin);
	}
	for (size_t i = 0; i < square.count; i++)
		for (size_t j = i + 1; j < square.count; j++) {
			size_t at = i * square.count + j;
			if (square.before[at] <= square.after[at])
				continue;
			proposals->items =
				mem_grow(proposals->items, proposals->count, capacity, sizeof *proposals->items);
			proposals->items[proposals->count++] =
				(struct proposal){ crossings->variable, square.codes[i], square.codes[j],
				                   square.before[at], square.after[at] };
		}
	free(square.codes);
	free(square.before);
	free(square.after);
	free(square.cells);
}

struct proposals proposals_make(const struct proposal_cell *cells, size_t count, size_t most)
{
	struct crossings crossings = { 0 };
	struct proposals proposals = { 0 };
	size_t capacity = 0;
	for (size_t i = 0; i < count; i++)
		take_apart(&crossings, &cells[i]);
	mem_sort(crossings.items, crossings.count, sizeof *crossings.items, compare_crossings);
	for (size_t begin = 0, end; begin < crossings.count; begin = end) {
		const char *variable = crossings.items[begin].variable;
		for (end = begin; end < crossings.count && strcmp(crossings.items[end].variable, variable) == 0;)
			end++;
		add_pairs(&proposals, &capacity, crossings.items + begin, end - begin);
	}
	mem_sort(proposals.items, proposals.count, sizeof *proposals.items, compare_proposals);
	proposals.count = proposals.count < most ? proposals.count : most;
	for (size_t i = 0; i < proposals.count; i++) {
		struct proposal *proposal = &proposals.items[i];
		*proposal = (struct proposal){ mem_copy_text(proposal->variable), mem_copy_text(proposal->first),
			                       mem_copy_text(proposal->second), proposal->before, proposal->after };
	}
	for (size_t i = 0; i < crossings.count; i++) {
		free(crossings.items[i].variable);
		free(crossings.items[i].code);
		free(crossings.items[i].rest);
	}
	free(crossings.items);
	return proposals;
}

void proposals_release(struct proposals *proposals)
{
	for (size_t i = 0; i < proposals->count; i++) {
		free(proposals->items[i].variable);
		free(proposals->items[i].first);
		free(proposals->items[i].second);
	}
	free(proposals->items);
	*proposals = (struct proposals){ 0 };
}
