/* A code list under way: codes and their spellings, so that no text stands for two codes. */
#ifndef DESCRIBE_LISTING_H
#define DESCRIBE_LISTING_H

#include "draft.h"

struct listing;

/* `joined`: of a variable that takes several codes, which stand in one cell with semicolons between. Texts are copied
 * into `texts`. Free with listing_free(). */
struct listing *listing_new(struct mem_arena *texts, bool joined);
void listing_free(struct listing *listing); /* accepts NULL */

/* A text that some cell holds, and that a later listing_add will give: no other code may be called so. */
void listing_reserve(struct listing *listing, const char *exported);

/* Add a code that is exported as each of the `count` texts. It is called `wanted` where `exact` and that can be a code,
 * else by a slug of it. The code's name, borrowed. */
const char *listing_add(struct listing *listing, const char *wanted, bool exact, const struct draft_code *like,
                        const char *const *exported, size_t count);

/* One more spelling of the code, unless the text stands for another. */
void listing_spell(struct listing *listing, const char *code, const char *exported);

bool listing_has(const struct listing *listing, const char *text); /* as code or spelling */
size_t listing_count(const struct listing *listing);
const struct draft_code *listing_codes(const struct listing *listing);

#endif
