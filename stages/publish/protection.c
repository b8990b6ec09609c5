#include "protection.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "wording.h"

static bool is_told(const struct publication *publication, const char *item, const char *value)
{
	const char *told = publication_told(publication, item);
	return told && strcmp(told, value) == 0;
}

static bool is_about_people(const struct publication *publication)
{
	for (size_t i = 0; i < publication->universe->unit_count; i++)
		if (publication->universe->units[i].confidential)
			return true;
	return false;
}

static bool is_changed(const struct publication *publication)
{
	return publication_told(publication, "rounding_base") || publication_told(publication, "perturbed");
}

static const char *label_of(const struct publication *publication, const char *kind, const char *name)
{
	const char *label = universe_label_of(publication->universe, kind, name);
	return label ? label : name;
}

/* --- the sentences --- */

static void say_why(struct text *words, const struct publication *publication)
{
	if (is_about_people(publication))
		text_add(words, "The people whom these tables are about were promised that nobody would learn their "
		                "answers from them.");
}

static void say_hidden(struct text *words, const struct publication *publication)
{
	if (is_about_people(publication))
		text_print(words, "%s: %s", publication->symbol, wording_hidden);
}

static void say_threshold(struct text *words, const struct publication *publication)
{
	size_t confidential = 0;
	for (size_t i = 0; i < publication->universe->unit_count; i++) {
		const struct unit *unit = &publication->universe->units[i];
		if (unit->confidential)
			text_print(words, "%s %d %s", confidential++ ? " or" : "Nothing is shown of fewer than",
			           unit->threshold, unit->plural);
	}
	text_add(words, confidential ? "." : "Nothing here is about people.");
}

static void say_exceptions(struct text *words, const struct publication *publication)
{
	const char *exceptions = publication_told(publication, "exceptions");
	if (exceptions)
		text_print(words, "%s exception%s made by the steward.", exceptions,
		           strcmp(exceptions, "1") == 0 ? " was" : "s were");
}

/* With a threshold of 1 rounding is all there is, and few may be rounded to 0. */
static bool may_round_to_nobody(const struct publication *publication)
{
	bool may = false;
	for (size_t i = 0; i < publication->universe->unit_count; i++)
		may = may || (publication->universe->units[i].confidential
		              && publication->universe->units[i].threshold <= 1);
	return may && publication_told(publication, "rounding_base");
}

static void say_zeros(struct text *words, const struct publication *publication)
{
	if (is_about_people(publication) && may_round_to_nobody(publication) && is_told(publication, "zeros", "shown"))
		text_add(words, "A count of nobody is shown as 0, and so may be a count of few that is rounded to 0.");
	else if (is_about_people(publication))
		text_add(words, is_told(publication, "zeros", "shown")
		                        ? "A count of nobody is shown as 0, unless it is nobody among so few."
		                        : "A count of nobody is hidden too.");
}

/* "gender=m & pregnant=yes; ...": Gender Man with Pregnant Yes */
static void say_structural_zeros(struct text *words, const struct publication *publication)
{
	const char *told = publication_told(publication, "structural_zeros");
	if (!told)
		return;
	char *zeros = mem_copy_text(told), *rest = NULL;
	text_add(words, "Of these together there can be nobody, and that is shown as 0: ");
	for (char *term = strtok_r(zeros, "&;", &rest); term; term = strtok_r(NULL, "&;", &rest)) {
		bool first = term == zeros, with = !first && told[term - zeros - 1] == '&';
		term += strspn(term, " ");
		term[strcspn(term, " ")] = '\0';
		char *variable = mem_copy_bytes(term, strcspn(term, "="));
		const char *code = universe_label_of(publication->universe, "code", term);
		text_print(words, "%s%s: %s",
		           first  ? ""
		           : with ? " with "
		                  : "; ",
		           label_of(publication, "variable", variable), code ? code : strchr(term, '=') + 1);
		free(variable);
	}
	text_add(words, ".");
	free(zeros);
}

static void say_sensitive(struct text *words, const struct publication *publication)
{
	const char *sensitive = publication_told(publication, "sensitive");
	if (!sensitive || !is_about_people(publication))
		return;
	char *names = mem_copy_text(sensitive), *rest = NULL;
	text_add(words, "Of ");
	for (char *name = strtok_r(names, " ", &rest); name; name = strtok_r(NULL, " ", &rest))
		text_print(words, "%s“%s”", name == names ? "" : ", ", label_of(publication, "variable", name));
	text_print(
		words,
		" it is not told that all of a group of fewer than %s gave the same answer, or that nobody gave one.",
		publication_told(publication, "min_group"));
	free(names);
}

static void say_rounding(struct text *words, const struct publication *publication)
{
	const char *base = publication_told(publication, "rounding_base");
	if (!is_changed(publication) || !is_about_people(publication))
		return;
	if (base && is_told(publication, "rounding_method", "nearest"))
		text_print(
			words,
			"Counts are rounded to the nearest %s; totals are rounded by themselves, and may differ from the "
			"sum of their parts.",
			base);
	else if (base)
		text_print(words,
		           "Counts are rounded to multiples of %s, as near as lets parts add up to their totals.",
		           base);
	else
		text_add(words, "Counts are changed a little by chance (cell key); totals are changed by themselves, "
		                "and may differ from the sum of their parts. A printed number may be smaller "
		                "than the count that it stands for, and so than any that is not hidden.");
	text_print(words,
	           " Percentages are made of these counts. What needs exact counts (intervals, tests, standard "
	           "deviations%s) is not shown.",
	           base ? "" : ", means");
}

static void say_totals(struct text *words, const struct publication *publication)
{
	if (is_about_people(publication))
		text_add(words, is_changed(publication) ? wording_total_changed : wording_total);
}

static void say_bands(struct text *words, const struct publication *publication)
{
	const char *told = publication_told(publication, "bands");
	if (told)
		wording_bands(words, told);
}

static void say_digits(struct text *words, const struct publication *publication)
{
	(void)publication;
	text_add(words, "Numbers are rounded half away from zero to the digits shown.");
}

const struct protection_sentence protection_sentences[] = {
	{ "why", "Why figures are hidden", false, say_why },
	{ "hidden", "What stands for a hidden figure", false, say_hidden },
	{ "threshold", "What is hidden", true, say_threshold },
	{ "exceptions", "Exceptions", true, say_exceptions },
	{ "zeros", "Counts of nobody", true, say_zeros },
	{ "structural_zeros", "Counts that can only be 0", false, say_structural_zeros },
	{ "sensitive", "Sensitive questions", true, say_sensitive },
	{ "rounding", "Rounding of counts", true, say_rounding },
	{ "totals", "Totals", false, say_totals },
	{ "bands", "Words for hidden shares", false, say_bands },
	{ "digits", "Digits", true, say_digits },
};
const size_t protection_sentence_count = COUNT(protection_sentences);

void protection_say(struct publication *publication)
{
	const char *symbol = publication_told(publication, "hidden_symbol");
	struct text brief = { 0 };
	publication->symbol = mem_print("[%s]", symbol ? symbol : STUDY_HIDDEN_SYMBOL);
	publication->hidden =
		mem_print("%s %s", wording_hidden, is_changed(publication) ? wording_total_changed : wording_total);
	for (size_t i = 0; i < protection_sentence_count; i++) {
		struct text words = { 0 };
		if (protection_sentences[i].brief)
			protection_sentences[i].say(&words, publication);
		if (words.length)
			text_print(&brief, "%s%s", brief.length ? " " : "", words.bytes);
		text_free(&words);
	}
	publication->protection = brief.bytes;
}
