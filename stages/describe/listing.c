#include "listing.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "slug.h"
#include "text.h"

struct listing {
	struct mem_arena *texts;
	bool joined;
	struct draft_code *codes;
	size_t count, capacity;
	struct slug_set *taken; /* codes, spellings, and texts that will be spellings */
	struct slug_set *added; /* codes and spellings */
};

struct listing *listing_new(struct mem_arena *texts, bool joined)
{
	struct listing *listing = mem_alloc(1, sizeof *listing);
	*listing = (struct listing){ .texts = texts, .joined = joined };
	listing->taken = slug_set_new();
	listing->added = slug_set_new();
	return listing;
}

void listing_free(struct listing *listing)
{
	if (!listing)
		return;
	slug_set_free(listing->taken);
	slug_set_free(listing->added);
	free(listing->codes);
	free(listing);
}

void listing_reserve(struct listing *listing, const char *exported)
{
	slug_set_add(listing->taken, exported);
}

/* A code stands in every table after this, so none that a spreadsheet would run. */
static bool can_be_code(const struct listing *listing, const char *code)
{
	return *code && !strpbrk(code, "\r\n") && !cells_is_formula(code)
	       && !(listing->joined && (strchr(code, ';') || strcmp(code, "(none)") == 0));
}

static bool is_one(const char *text, const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(texts[i], text) == 0)
			return true;
	return false;
}

static const char *name_code(struct listing *listing, const char *wanted, bool exact, const char *const *exported,
                             size_t count)
{
	enum { LONGEST = 48 };
	if (exact && can_be_code(listing, wanted) && !slug_set_has(listing->added, wanted)
	    && (is_one(wanted, exported, count) || !slug_set_has(listing->taken, wanted)))
		return wanted;
	char *slug = slug_make(wanted, LONGEST);
	const char *base = *slug ? slug : "answer", *name = NULL;
	if (is_one(base, exported, count) && !slug_set_has(listing->added, base))
		name = mem_arena_copy(listing->texts, base);
	else
		name = mem_arena_copy(listing->texts, slug_set_take(listing->taken, base, LONGEST));
	free(slug);
	return name;
}

static void add_row(struct listing *listing, struct draft_code row)
{
	listing->codes = mem_grow(listing->codes, listing->count, &listing->capacity, sizeof *listing->codes);
	listing->codes[listing->count++] = row;
}

const char *listing_add(struct listing *listing, const char *wanted, bool exact, const struct draft_code *like,
                        const char *const *exported, size_t count)
{
	const char *code = mem_arena_copy(listing->texts, name_code(listing, wanted, exact, exported, count));
	struct draft_code row = { .code = code,
		                  .label = text_is_blank(like->label) ? code
		                                                      : mem_arena_copy(listing->texts, like->label),
		                  .missing = like->missing,
		                  .exclusive = like->exclusive,
		                  .note = mem_arena_copy(listing->texts, like->note) };
	slug_set_add(listing->taken, code);
	slug_set_add(listing->added, code);
	size_t rows = 0;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(exported[i], code) == 0 || slug_set_has(listing->added, exported[i]))
			continue;
		row.exported = mem_arena_copy(listing->texts, exported[i]);
		slug_set_add(listing->taken, exported[i]);
		slug_set_add(listing->added, exported[i]);
		add_row(listing, row);
		rows++;
	}
	if (rows == 0)
		add_row(listing, row);
	return code;
}

void listing_spell(struct listing *listing, const char *code, const char *exported)
{
	if (slug_set_has(listing->taken, exported) || text_is_blank(exported))
		return;
	for (size_t i = 0; i < listing->count; i++) {
		if (strcmp(listing->codes[i].code, code) != 0)
			continue;
		struct draft_code row = listing->codes[i];
		row.exported = mem_arena_copy(listing->texts, exported);
		slug_set_add(listing->taken, exported);
		slug_set_add(listing->added, exported);
		if (!listing->codes[i].exported)
			listing->codes[i] = row;
		else
			add_row(listing, row);
		return;
	}
}

bool listing_has(const struct listing *listing, const char *text)
{
	return slug_set_has(listing->added, text);
}

size_t listing_count(const struct listing *listing)
{
	return listing->count;
}

const struct draft_code *listing_codes(const struct listing *listing)
{
	return listing->codes;
}
