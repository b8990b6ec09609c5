#include "slug.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dictionary.h"
#include "mem.h"
#include "name_index.h"
#include "plain.h"
#include "text.h"

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What the character at *text adds, and *text behind it: letters and digits of ASCII; "" for what joins two letters,
 * such as an apostrophe or a mark of its own; " " for a break. */
static const char *read_plain(const char **text, char letter[PLAIN_LONGEST + 1])
{
	*text += plain_letter(letter, *text, strnlen(*text, PLAIN_LONGEST));
	return (unsigned char)*letter < 0x80 ? letter : " ";
}

/* Signs that tell two answers apart: > 60 and 60, 150,000+ and 150,000. */
static const char *sign_word(const char *text, const char *at)
{
	bool after = at > text && is_digit(at[-1]);
	const char *next = at + 1 + strspn(at + 1, " $");
	switch (*at) {
	case '&': return "and";
	case '<': return is_digit(*next) ? "under" : NULL;
	case '>': return is_digit(*next) ? "over" : NULL;
	case '+': return after && !is_digit(*next) ? "plus" : NULL;
	case '%': return after ? "percent" : NULL;
	default: return NULL;
	}
}

/* Cut between words where one ends near enough. */
static void cut(char *slug, size_t longest)
{
	size_t end = longest;
	if (strlen(slug) <= longest)
		return;
	while (end > longest * 2 / 3 && slug[end] != '_')
		end--;
	if (slug[end] != '_')
		end = longest;
	while (end && slug[end - 1] == '_')
		end--;
	slug[end] = '\0';
}

static char *make(const char *text, size_t longest, bool parted)
{
	struct text slug = { 0 };
	text_add(&slug, "");
	bool gap = false;
	for (const char *at = text; *at;) {
		/* a capital begins a word after a small letter, and before one: IPAddress */
		bool begins = parted && at > text && is_upper(*at)
		              && (is_lower(at[-1]) || (is_upper(at[-1]) && is_lower(at[1])));
		char letter[PLAIN_LONGEST + 1];
		const char *word = sign_word(text, at), *adds = read_plain(&at, letter);
		if (word) {
			text_print(&slug, "%s%s", slug.length ? "_" : "", word);
			gap = true;
			continue;
		}
		if (*adds == ' ' || begins)
			gap = true;
		if (*adds == ' ' || !*adds)
			continue;
		if (gap && slug.length)
			text_add(&slug, "_");
		gap = false;
		text_add(&slug, adds);
	}
	cut(slug.bytes, longest);
	return slug.bytes;
}

char *slug_make(const char *text, size_t longest)
{
	return make(text, longest, false);
}

char *slug_make_parted(const char *text, size_t longest)
{
	return make(text, longest, true);
}

char *slug_make_short(const char *text, size_t longest)
{
	static const char *const small[] = {
		"a",    "an",   "the",  "of", "to",   "in",  "on",   "at",  "for",   "and",   "or",
		"is",   "are",  "be",   "do", "does", "did", "have", "has", "you",   "your",  "please",
		"that", "this", "with", "it", "any",  "was", "were", "by",  "which", "these", "if",
	};
	enum { WHOLE = 2000 };
	char *whole = make(text, WHOLE, true);
	if (strlen(whole) <= longest)
		return whole;
	struct text kept = { 0 };
	text_add(&kept, "");
	char *rest = whole;
	for (char *word; (word = strtok_r(rest, "_", &rest));) {
		bool drop = false;
		for (size_t i = 0; i < COUNT(small); i++)
			drop = drop || strcmp(small[i], word) == 0;
		if (!drop)
			text_print(&kept, "%s%s", kept.length ? "_" : "", word);
	}
	free(whole);
	cut(kept.bytes, longest);
	return kept.bytes;
}

char *slug_fold(const char *text)
{
	struct text folded = { 0 };
	text_add(&folded, "");
	bool gap = false;
	for (const char *at = text; *at; at++) {
		bool blank = *at == ' ' || (*at >= '\t' && *at <= '\r') || (*at == '\xc2' && at[1] == '\xa0');
		if (*at == '\xc2' && at[1] == '\xa0')
			at++; /* a no-break space */
		if (!blank) {
			if (gap && folded.length)
				text_add(&folded, " ");
			char c = is_upper(*at) ? (char)(*at - 'A' + 'a') : *at;
			text_add_bytes(&folded, &c, 1);
		}
		gap = blank;
	}
	return folded.bytes;
}

/* --- names that are taken --- */

struct slug_set {
	struct mem_arena *texts;
	struct name_index *names;
};

struct slug_set *slug_set_new(void)
{
	struct slug_set *set = mem_alloc(1, sizeof *set);
	set->texts = mem_arena_new();
	return set;
}

void slug_set_free(struct slug_set *set)
{
	if (!set)
		return;
	name_index_free(set->names);
	mem_arena_free(set->texts);
	free(set);
}

bool slug_set_has(const struct slug_set *set, const char *name)
{
	return name_index_find(set->names, name);
}

/* `name` as the set keeps it; it is not taken yet. */
static const char *add(struct slug_set *set, const char *name)
{
	const char *kept = mem_arena_copy(set->texts, name);
	name_index_add(&set->names, kept, 0);
	return kept;
}

void slug_set_add(struct slug_set *set, const char *name)
{
	if (!slug_set_has(set, name))
		add(set, name);
}

const char *slug_set_take(struct slug_set *set, const char *name, size_t longest)
{
	char *tried = mem_copy_text(name);
	for (size_t n = 2; slug_set_has(set, tried); n++) {
		char behind[24];
		int length = snprintf(behind, sizeof behind, "_%zu", n);
		char *head = mem_copy_text(name);
		cut(head, longest > (size_t)length ? longest - (size_t)length : 0);
		free(tried);
		tried = mem_print("%s%s", head, behind);
		free(head);
	}
	const char *taken = add(set, tried);
	free(tried);
	return taken;
}

/* A word of SQL could only stand in an expression between quotes, which nobody would think of. */
const char *slug_set_take_variable(struct slug_set *set, const char *name)
{
	bool fine = is_lower(*name) && variable_can_be_named(name) && !sqlite3_keyword_check(name, (int)strlen(name));
	char *prefixed = fine ? mem_copy_text(name) : mem_print("q_%.*s", SLUG_LONGEST - 2, name);
	const char *taken = slug_set_take(set, prefixed, SLUG_LONGEST);
	free(prefixed);
	return taken;
}
