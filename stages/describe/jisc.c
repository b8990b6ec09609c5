#include "jisc.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "rows.h"

/* The question that heads a grid, until one comes that is not below it; and the question that options belong to. */
struct jisc {
	struct rows *rows;
	struct questionnaire_build *build;
	char *head, *head_words; /* NULL: none */
	char *words;             /* of the question */
	bool has_question, has_list, numbered;
};

static void keep(char **kept, const char *text)
{
	free(*kept);
	*kept = text ? mem_copy_text(text) : NULL;
}

static bool is_option(const char *cell)
{
	return *cell && cell[strspn(cell, "0123456789")] == '\0';
}

/* Q5, Q9_1, Q11_1_a. */
static bool is_numbered(const char *cell)
{
	return cell[0] == 'Q' && cell[1] >= '0' && cell[1] <= '9';
}

/* A question, or a column about the response such as URN and CompletionDate. */
static bool is_question(const char *cell)
{
	bool letter = (*cell >= 'A' && *cell <= 'Z') || (*cell >= 'a' && *cell <= 'z');
	return letter && cell[strspn(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.")] == '\0';
}

static bool is_below(const char *name, const char *head)
{
	size_t length = strlen(head);
	return strncmp(name, head, length) == 0 && name[length] == '_';
}

static enum variable_type type_of(const char *name)
{
	if (strcmp(name, "URN") == 0)
		return VARIABLE_ID;
	if (strcmp(name, "CompletionDate") == 0 || strcmp(name, "StartDate") == 0)
		return VARIABLE_DATE;
	return VARIABLE_TEXT;
}

static bool is_known(const struct questionnaire_build *build, const char *name)
{
	for (size_t i = 0; i < build->questionnaire->count; i++)
		if (strcmp(build->questionnaire->entries[i].name, name) == 0)
			return true;
	return false;
}

/* A grid's cell that offers one option is about that option: the row's words alone would stand at each of its cells. */
static void name_cell(struct jisc *in)
{
	struct questionnaire *questionnaire = in->build->questionnaire;
	if (!in->has_list || !in->head)
		return;
	struct questionnaire_entry *entry = &questionnaire->entries[questionnaire->count - 1];
	const struct questionnaire_list *list = &questionnaire->lists[questionnaire->list_count - 1];
	if (list->count != 1)
		return;
	char *label = mem_print("%s: %s", in->words, list->codes[0].label);
	entry->label = questionnaire_build_words(in->build, label);
	free(label);
}

/* The question above ends where the next begins. */
static void end_question(struct jisc *in)
{
	name_cell(in);
	if (in->has_list) {
		questionnaire_build_exclusive(in->build, in->build->questionnaire->list_count);
		questionnaire_build_last(in->build)->list = questionnaire_build_same_list(in->build);
	}
	in->has_list = false;
}

static bool add_question(struct jisc *in, const char *name, const char *words, struct error *err)
{
	struct questionnaire_build *build = in->build;
	if (is_known(build, name)) {
		rows_fault(in->rows, err, "%s stands here twice", is_numbered(name) ? name : "a line");
		return error_help(err, "download the key again: each question stands once");
	}
	end_question(in);
	if (in->head && !is_below(name, in->head)) {
		keep(&in->head, NULL);
		keep(&in->head_words, NULL);
	}
	/* The last question had no options and this one is a part of it: it heads a grid, and holds no answers. */
	if (!in->head && in->has_question) {
		struct questionnaire_entry *last = &build->questionnaire->entries[build->questionnaire->count - 1];
		if (last->type == VARIABLE_TEXT && is_below(name, last->name)) {
			keep(&in->head, last->name);
			keep(&in->head_words, in->words);
			questionnaire_build_note(build, NULL,
			                         "heads a grid: its answers stand in the questions below it");
		}
	}
	struct questionnaire_entry *entry = questionnaire_build_add(build, name, type_of(name));
	entry->label = questionnaire_build_words(build, words);
	if (in->head) {
		char *question = mem_print("%s | %s", in->head_words, words);
		entry->question = questionnaire_build_words(build, question);
		free(question);
	}
	keep(&in->words, words);
	in->has_question = true;
	in->numbered = in->numbered || is_numbered(name);
	return true;
}

static bool add_option(struct jisc *in, const char *code, const char *words, struct error *err)
{
	struct questionnaire *questionnaire = in->build->questionnaire;
	if (!in->has_question || !is_numbered(questionnaire->entries[questionnaire->count - 1].name)) {
		rows_fault(in->rows, err, "an option stands where no question is above it");
		return error_help(
			err, "a key begins with a question, such as \"Q1\",\"How old are you?\"; an export of answers "
			     "is not it");
	}
	if (!in->has_list) {
		questionnaire->entries[questionnaire->count - 1].type = VARIABLE_CODE;
		questionnaire_build_list(in->build, questionnaire->entries[questionnaire->count - 1].name);
	}
	in->has_list = true;
	if (questionnaire_build_code(in->build, questionnaire->list_count, code, words))
		return true;
	rows_fault(in->rows, err, "question %s has two options of the number %s",
	           questionnaire->entries[questionnaire->count - 1].name, code);
	return error_help(err, "a line between them is missing, or stands in another place: download the key again");
}

/* The cells are not told in messages: a file that is no key may hold answers. */
static bool read_row(struct jisc *in, struct error *err)
{
	if (rows_width(in->rows) != 2) {
		rows_fault(in->rows, err, "a line of a Jisc key has two cells, this one has %zu", rows_width(in->rows));
		return error_help(err, "give the file whose name ends with -key.csv; an export of answers is not it");
	}
	const char *name = rows_cell(in->rows, 1), *words = rows_cell(in->rows, 2);
	if (is_option(name))
		return add_option(in, name, words, err);
	if (is_question(name) && !is_numbered(words) && (is_numbered(name) || type_of(name) != VARIABLE_TEXT || *words))
		return add_question(in, name, words, err);
	rows_fault(in->rows, err, "this line is neither a question nor an option");
	return error_help(
		err, "a key has lines such as \"Q1\",\"How old are you?\" and, below, \"1\",\"18 to 24\"; an export of "
		     "answers is not it");
}

bool jisc_read(struct questionnaire_build *build, const char *path, const char *choices, struct error *err)
{
	(void)choices;
	struct jisc in = { .build = build };
	bool more = true;
	build->dialect = LOGIC_NONE;
	bool ok = rows_open(&in.rows, path, "a Jisc key", false, err);
	while (ok && (ok = rows_next(in.rows, &more, err)) && more)
		ok = read_row(&in, err);
	if (ok && !in.numbered) {
		rows_fault(in.rows, err, "no question of a key stands here, such as Q1");
		ok = error_help(err, "give the file whose name ends with -key.csv");
	}
	if (ok)
		end_question(&in);
	rows_close(in.rows);
	free(in.head);
	free(in.head_words);
	free(in.words);
	return ok;
}
