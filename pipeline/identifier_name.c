/* Names: of the roster, and of others where a title or a word for a person stands before them. */
#include <string.h>

#include "common_names.h"
#include "identifier_private.h"
#include "plain.h"

static const struct word *word_before(const struct passage *passage, size_t word)
{
	return word > 0 && passage->words[word].joined ? &passage->words[word - 1] : NULL;
}

static const struct word *word_after(const struct passage *passage, size_t word)
{
	return word + 1 < passage->count && passage->words[word + 1].joined ? &passage->words[word + 1] : NULL;
}

/* No name, though with a capital. */
static const char no_name[] =
	" i im ive id ill monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
	"august september october november december christmas xmas boxing easter maths science eid ramadan diwali god jesus mum dad nan english "
	"british scottish welsh irish england scotland wales britain uk the a an and but so because when then if he she they "
	"we it you my his her our their this that there who what which where why how no not yes ok to for in on at of with "
	"was is are were has had have did does do will would could should can very really just always never all also "
	"social support personal worker surgery said says told left ";

static bool may_be_name(const struct word *word)
{
	return word->capital && !word->shouted && word->plain_length > 1 && !word_in(word, no_name);
}

/* What stands before a name, and is none. */
static const char titles[] = " mr mrs ms mx dr prof professor pc sgt rev judge ";
static const char capital_titles[] = " miss nurse officer sister father auntie aunty uncle aunt nan nana grandma "
				     "grandad granny ";
static const char person_words[] =
	" mum mam mummy mother mom dad daddy father stepdad stepmum brother sister bro sis stepbrother stepsister cousin "
	"auntie aunty aunt uncle nan nana nanny gran grandma grandad friend mate partner boyfriend girlfriend bf gf ex fiance "
	"husband wife son daughter baby twin worker keyworker pa adviser advisor carer carers therapist counsellor teacher "
	"tutor headteacher manager mentor solicitor psychiatrist psychologist doctor gp midwife landlord landlady support "
	"housemate flatmate roommate foster sw iro advocate coach boss nephew niece ";

/* --- the roster --- */

static const char months[] = " april may june august ";
static const char before_month[] =
	" in since until till by last next of from during early late mid before after around this "
	"every end start th st nd rd ";
static const char before_noun[] = " the a an my your our his her their no some any every this that ";
/* Will you, Hope this, May I, Grant me: what follows a word that begins a sentence and is no name. */
static const char after_verb[] =
	" i you he she it we they this that these those there the a an my your our their his her "
	"be to not have someone somebody anyone people things for of in on at with me him us them "
	"everyone everything more if when all and or so ";

static bool is_person(const struct roster_match *match)
{
	return match->kind == ROSTER_PERSON || match->kind == ROSTER_WORKER;
}

/* Every word but the small ones. */
static bool has_capitals(const struct passage *passage, size_t i, size_t words)
{
	enum { SMALL = 3 };
	for (size_t w = i; w < i + words; w++)
		if (!passage->words[w].capital && (w == i || passage->words[w].plain_length > SMALL))
			return false;
	return true;
}

/* A word that may be a name or something else has a capital that nothing but a name explains. */
static bool is_name(const struct roster_match *match, const struct passage *passage, size_t i)
{
	const struct word *word = &passage->words[i], *before = word_before(passage, i);
	const struct word *after = word_after(passage, i + match->words - 1);
	if (match->words > 1)
		return has_capitals(passage, i, match->words);
	if (!word->capital || match->possessive)
		return word->capital;
	if (word->shouted && ((before && before->shouted) || (after && after->shouted)))
		return false;
	if (word_in(word, months)
	    && ((before && (before->digits || is_digit(*before->plain) || word_in(before, before_month)))
	        || (after && (after->digits || is_digit(*after->plain)))))
		return false;
	if (is_person(match) && before && word_in(before, before_noun))
		return false;
	/* Hope and pray, but Hope and Faith */
	const struct word *beside = after && word_in(after, " and ") ? word_after(passage, i + match->words) : NULL;
	return !(word->begins && after && word_in(after, after_verb) && !(beside && may_be_name(beside)));
}

/* Open Door, Safe Haven: small, and without a word for what it is, they may be ordinary words. */
static bool may_be_words(const struct roster_match *match, const struct passage *passage, size_t i)
{
	static const char what[] =
		" house home hospital ward school academy college centre lodge unit project trust hostel "
		"road street lane avenue close ";
	bool small = match->words > 1 && !is_person(match);
	for (size_t w = i; small && w < i + match->words; w++)
		small = !passage->words[w].capital && !word_in(&passage->words[w], what);
	return small;
}

/* Whether a name has a word that begins so: B. Blunt is not Kevin Blunt. */
static bool is_initial_of(const char *initial, const char *name)
{
	struct passage passage;
	char plain[PLAIN_LONGEST + 1];
	bool found = false;
	plain_letter(plain, initial, strnlen(initial, PLAIN_LONGEST));
	passage_read(&passage, name);
	for (size_t i = 0; i < passage.count; i++)
		found = found || strncmp(passage.words[i].plain, plain, strlen(plain)) == 0;
	passage_free(&passage);
	return found;
}

/* The name around a name: K. Blunt, Sara O'Brien of Sarah O'Brien, Imran Shaikh of Imran Sheikh. */
struct around {
	size_t from, end;
	bool other; /* it is somebody else's: B. Blunt is not Kevin Blunt */
};

static bool is_capital_name(const struct word *word)
{
	return may_be_name(word) && !word_in(word, titles) && !word_in(word, capital_titles)
	       && !word_in(word, person_words);
}

static void widen_before(struct around *around, const struct roster_match *match, const struct passage *passage,
                         size_t i, const char *name)
{
	const struct word *before = &passage->words[i - 1];
	size_t end = before->byte + before->bytes, gap = match->from - end;
	bool letter = before->plain_length == 1 && before->capital;
	bool point = letter && gap > 0 && gap <= 2 && passage->text[end] == '.'
	             && (gap == 1 || passage->text[end + 1] == ' ');
	bool alike = name && is_initial_of(passage->text + before->byte, name);
	bool blank = passage->words[i].joined
	             && (letter ? !word_in(before, " i a ") : is_capital_name(before) && (alike || !before->begins));
	if (!point && !blank)
		return;
	around->from = before->byte;
	around->other = !alike;
}

static void widen_behind(struct around *around, const struct passage *passage, size_t last, const char *name)
{
	const struct word *after = word_after(passage, last);
	if (!after || !is_capital_name(after))
		return;
	around->end = after->byte + after->stem_bytes;
	around->other = around->other || (name && !is_initial_of(passage->text + after->byte, name));
}

/* A part of a person's name with the rest of it, though the rest is not as the roster has it. */
static void widen(struct around *around, const struct roster_match *match, const struct passage *passage, size_t i,
                  const struct roster *roster)
{
	const char *name = match->entry == ROSTER_NONE ? NULL : roster_at(roster, match->entry)->name;
	*around = (struct around){ match->from, match->end, false };
	if (!match->part || !is_person(match))
		return;
	if (i > 0)
		widen_before(around, match, passage, i, name);
	if (!match->possessive && !match->common && around->from == match->from)
		widen_behind(around, passage, i + match->words - 1, name);
}

static void find_roster(struct finder *finder)
{
	const struct passage *passage = &finder->passage;
	const struct roster *roster = finder->context->roster;
	for (size_t i = 0; roster && i < passage->count; i++) {
		struct roster_match match;
		if (!roster_find(&match, roster, passage, i)
		    || ((match.common || (match.part && match.words == 1 && !is_person(&match)))
		        && !is_name(&match, passage, i)))
			continue;
		struct around around;
		widen(&around, &match, passage, i, roster);
		bool words = may_be_words(&match, passage, i);
		bool sure = !match.part && (!match.common || match.words > 1) && !words;
		enum identifier type = (enum identifier)((int)IDENTIFIER_PERSON + (int)match.kind);
		finder_add(finder, around.from, around.end, type, sure ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM,
		           sure         ? "a name of the roster"
		           : match.part ? "part of a name of the roster"
		           : words      ? "a name of the roster in small letters, which may be ordinary words"
		                        : "a name of the roster that is an English word as well");
		finder->found->spans[finder->found->count - 1].entry = around.other ? ROSTER_NONE : match.entry;
	}
}

/* --- cues --- */

static const char name_words[] = " called named ";

/* Whether a hyphen and nothing else parts a word from the one before: Reece-James. */
static bool is_hyphened(const struct passage *passage, size_t word)
{
	const struct word *before = &passage->words[word - 1];
	return before->byte + before->bytes + 1 == passage->words[word].byte
	       && passage->text[before->byte + before->bytes] == '-';
}

/* The word, what hyphens join to it, and one more with a capital; and behind `and` another. Returns the last word
 * taken.
 */
static size_t add_named(struct finder *finder, size_t word, const char *reason)
{
	const struct passage *passage = &finder->passage;
	const struct word *words = passage->words;
	for (;;) {
		size_t last = word;
		while (last + 1 < passage->count && is_hyphened(passage, last + 1))
			last++;
		const struct word *next = word_after(passage, last);
		if (words[last].stem_length == words[last].plain_length && next && may_be_name(next))
			last++;
		while (last + 1 < passage->count && is_hyphened(passage, last + 1))
			last++;
		finder_add(finder, words[word].byte, words[last].byte + words[last].stem_bytes, IDENTIFIER_PERSON,
		           CONFIDENCE_MEDIUM, reason);
		const struct word *and = word_after(passage, last);
		next = and&&word_in(and, " and n ") ? word_after(passage, last + 1) : NULL;
		if (!next || !may_be_name(next))
			return last;
		word = last + 2;
		reason = "a capital behind a name and the word and";
	}
}

/* A title, its point and a blank. */
static bool follows_title(const struct passage *passage, size_t word)
{
	const struct word *title = &passage->words[word - 1];
	bool is = word_in(title, titles) || (title->capital && word_in(title, capital_titles));
	size_t end = title->byte + title->bytes, gap = passage->words[word].byte - end;
	return is && (passage->words[word].joined || (gap <= 2 && passage->text[end] == '.'));
}

static bool follows_person(const struct passage *passage, size_t word)
{
	const struct word *before = word_before(passage, word);
	if (!before)
		return false;
	if (word_in(before, person_words))
		return before->stem_length == before->plain_length;
	if (word > 1 && word_in(before, " is ") && word_in(&passage->words[word - 2], " name names "))
		return true;
	return word_in(before, name_words) && passage_near(passage, before->byte, before->byte, 5, 0, person_words);
}

static void find_cued(struct finder *finder)
{
	const struct passage *passage = &finder->passage;
	for (size_t i = 1; i < passage->count; i++) {
		const struct word *word = &passage->words[i];
		if (!may_be_name(word))
			continue;
		if (follows_title(passage, i))
			i = add_named(finder, i, "behind a title such as Mrs");
		else if (!word->begins && follows_person(passage, i))
			i = add_named(finder, i, "a capital behind a word such as worker or sister");
	}
}

void find_names(struct finder *finder)
{
	find_roster(finder);
	find_cued(finder);
}
