#include "statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "html_page.h"
#include "mem.h"
#include "number.h"
#include "options.h"

/* One thing that is said. */
struct line {
	const char *key, *label;
	char *words;
};

struct deposit_statement {
	const struct deposit *deposit;
	struct line *lines;
	size_t count, capacity;
};

/* Nothing where there are no words. Takes `words` over; the config's may end in a point, which each format sets. */
static void add_line(struct deposit_statement *statement, const char *key, const char *label, char *words)
{
	size_t length = words ? strlen(words) : 0;
	if (text_is_blank(words)) {
		free(words);
		return;
	}
	if (words[length - 1] == '.')
		words[length - 1] = '\0';
	statement->lines = mem_grow(statement->lines, statement->count, &statement->capacity, sizeof *statement->lines);
	statement->lines[statement->count++] = (struct line){ key, label, words };
}

static char *copy(const char *words)
{
	return words ? mem_copy_text(words) : NULL;
}

static const char *item(const struct deposit_statement *statement, const char *name)
{
	return contents_item(statement->deposit->contents, name);
}

/* age, gender and area */
static char *list_variables(const struct contents *contents, bool (*wanted)(const struct contents_variable *variable))
{
	struct text words = { 0 };
	size_t count = 0, said = 0;
	for (size_t v = 0; v < contents->variable_count; v++)
		count += wanted(&contents->variables[v]);
	for (size_t v = 0; v < contents->variable_count; v++)
		if (wanted(&contents->variables[v]))
			text_add_listed(&words, contents->variables[v].name, said++, count);
	char *list = copy(words.bytes);
	text_free(&words);
	return list;
}

static bool is_key(const struct contents_variable *variable)
{
	return variable->key > 0;
}

static bool is_sensitive(const struct contents_variable *variable)
{
	return variable->sensitive;
}

static bool is_recoded(const struct contents_variable *variable)
{
	return strcmp(variable->treatment, "kept") != 0;
}

/* --- how the people are protected --- */

static void say_demands(struct deposit_statement *statement)
{
	const struct contents *contents = statement->deposit->contents;
	char *keys = list_variables(contents, is_key), *sensitive = list_variables(contents, is_sensitive);
	const char *plural = item(statement, "plural"), *strata = item(statement, "strata");
	struct text words = { 0 };
	text_print(&words, "everybody agrees with at least %s %s, himself or herself among them, on %s%s%s",
	           item(statement, "k"), plural, keys, strata ? ", within each value of " : "", strata ? strata : "");
	for (size_t i = 0; i < contents->subset_count; i++)
		text_print(&words, "; with at least %d on any %d of these", contents->subsets[i].k,
		           contents->subsets[i].size);
	if (sensitive)
		text_print(&words, "; those who agree gave at least %s different answers to each of: %s",
		           item(statement, "l"), sensitive);
	if (item(statement, "max_risk"))
		text_print(&words, "; nobody's risk of being found is above %s", item(statement, "max_risk"));
	text_print(&words, ". A missing value %s",
	           text_equal(item(statement, "missing"), "value") ? "counts as a value of its own"
	                                                           : "may be any value, and so agrees with all");
	add_line(statement, "anonymity", "Protection", copy(words.bytes));
	text_free(&words);
	free(keys);
	free(sensitive);
}

static void say_blanked(struct deposit_statement *statement)
{
	char share[NUMBER_TEXT_SIZE];
	const struct contents *contents = statement->deposit->contents;
	struct text words = { 0 };
	for (size_t v = 0; v < contents->variable_count && contents->record_count; v++) {
		size_t blanked = contents->variables[v].missing[MISSING_SUPPRESSED];
		if (!blanked)
			continue;
		number_print(share, 100.0 * (double)blanked / (double)contents->record_count, 1);
		text_print(&words, "%s%s %zu of %zu (%s%%)", words.length ? ", " : "", contents->variables[v].name,
		           blanked, contents->record_count, share);
	}
	add_line(statement, "suppressed", "Values that were blanked for it (suppressed)",
	         words.length ? copy(words.bytes) : mem_copy_text("none"));
	text_free(&words);
}

static void say_left_out(struct deposit_statement *statement)
{
	const struct contents *contents = statement->deposit->contents;
	struct text words = { 0 };
	for (size_t i = 0; i < contents->left_out_count; i++)
		text_print(&words, "%s%s", i ? ", " : "", contents->left_out[i]);
	add_line(statement, "left_out", "Variables of the study that are not in it", copy(words.bytes));
	text_free(&words);
}

/* --- what it is --- */

struct deposit_statement *deposit_statement_new(const struct deposit *deposit)
{
	struct deposit_statement *statement = mem_alloc(1, sizeof *statement);
	const struct study *study = deposit->study;
	statement->deposit = deposit;
	add_line(statement, "study", "Study", mem_copy_text(study->study.title));
	add_line(statement, "records", "Records",
	         mem_print("%zu, each of one %s; in an order that tells nothing", deposit->contents->record_count,
	                   item(statement, "unit")));
	add_line(statement, "access", "Access",
	         mem_copy_text(deposit->open ? "public: everybody may use it"
	                                     : "safeguarded: only those who signed for it, and not to be passed on"));
	add_line(statement, "use", "What nobody may do",
	         mem_copy_text("try to find somebody in it, or join it with other data about single people"));
	say_demands(statement);
	say_blanked(statement);
	add_line(statement, "recoded", "Made coarser for this file", list_variables(deposit->contents, is_recoded));
	say_left_out(statement);
	add_line(statement, "order", "How to read it",
	         mem_print("%s.csv holds codes, codebook.csv what they mean, %s-missing.csv why a value is not there; "
	                   "%s.sav holds the same for SPSS, R, Stata and others",
	                   deposit->dataset->name, deposit->dataset->name, deposit->dataset->name));
	add_line(statement, "caution", "What it is less good for",
	         mem_copy_text(
			 "answers that were blanked are not missing at random: tables of the study are made of all "
			 "answers, and differ from those of this file"));
	add_line(statement, "date", "Date", copy(study->study.date));
	add_line(statement, "publisher", "Published by", copy(study->publish.publisher));
	add_line(statement, "contact", "Questions", copy(study->publish.contact));
	if (deposit->open)
		add_line(statement, "licence", "Licence", copy(study->publish.licence));
	add_line(statement, "source", "Source", copy(study->publish.source));
	add_line(statement, "version", "Made with", mem_copy_text("Canvass " CANVASS_VERSION));
	return statement;
}

void deposit_statement_free(struct deposit_statement *statement)
{
	if (!statement)
		return;
	for (size_t i = 0; i < statement->count; i++)
		free(statement->lines[i].words);
	free(statement->lines);
	free(statement);
}

void deposit_statement_html(struct text *html, const struct deposit_statement *statement)
{
	for (size_t i = 0; i < statement->count; i++) {
		const struct text_hole holes[] = { { "label", statement->lines[i].label, false },
			                           { "words", statement->lines[i].words, false } };
		text_fill(html, template_deposit_line_html, TEXT_HTML, holes, COUNT(holes));
	}
}

void deposit_statement_text(struct text *file, const struct deposit_statement *statement)
{
	if (statement->deposit->study->study.synthetic)
		text_add(file, "Synthetic data. Written by a program: no row is about a person.\n\n");
	for (size_t i = 0; i < statement->count; i++)
		text_print(file, "%s: %s.\n", statement->lines[i].label, statement->lines[i].words);
}

void deposit_statement_json(struct text *items, const struct deposit_statement *statement)
{
	for (size_t i = 0; i < statement->count; i++) {
		const struct text_hole holes[] = {
			{ "about", statement->lines[i].key, false },
			{ "label", statement->lines[i].label, false },
			{ "words", statement->lines[i].words, false },
		};
		text_fill_item(items, template_deposit_line_json, holes, COUNT(holes));
	}
}
