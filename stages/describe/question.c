#include "question.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "slug.h"
#include "text.h"

/* Columns that may be one question: by the platform's names of boxes, or by what stands above them. */
struct group {
	char *key;
	char *name; /* the question's */
	bool by_words;
	size_t *columns;
	char **options;
	size_t count, capacity, option_capacity;
	UT_hash_handle hh;
};

struct finding_questions {
	const struct gathered *gathered;
	const struct platform *platform;
	const struct questionnaire *questionnaire;
	struct questions *questions;
	size_t capacity;
	struct group *groups;
	struct group **of; /* of each column; NULL: it stands alone */
	bool *gone;        /* columns that say again what others say */
};

/* --- a column's name --- */

static char *group_copy(const char *text, const regmatch_t *match)
{
	return match->rm_so < 0 ? mem_copy_text("")
	                        : mem_copy_bytes(text + match->rm_so, (size_t)(match->rm_eo - match->rm_so));
}

bool question_split(const char *header, char **code, char **words, char **option)
{
	/* the code has a digit or a bracket: "St. Albans" is no question 'St' */
	static const char pattern[] = "^([A-Za-z_]*[0-9][A-Za-z0-9_]*|[A-Za-z][A-Za-z0-9_]*\\[[^]]*\\])"
				      "(\\[[^]]*\\])?(\\.|\\._\\.|:) *([^ ].*)$";
	regex_t compiled;
	regmatch_t parts[5];
	if (strlen(header) > 4000 || regcomp(&compiled, pattern, REG_EXTENDED) != 0)
		return false;
	bool ok = regexec(&compiled, header, COUNT(parts), parts, 0) == 0;
	regfree(&compiled);
	if (!ok)
		return false;
	*code = mem_copy_bytes(header, (size_t)((parts[2].rm_so < 0 ? parts[1].rm_eo : parts[2].rm_eo)));
	*words = group_copy(header, &parts[4]);
	size_t length = strlen(*words);
	char *open = length && (*words)[length - 1] == ']' ? strrchr(*words, '[') : NULL;
	*option = mem_copy_text("");
	if (open && open > *words) {
		free(*option);
		*option = mem_copy_bytes(open + 1, strlen(open) - 2);
		for (*open = '\0'; open > *words && open[-1] == ' '; open--)
			open[-1] = '\0';
	}
	return true;
}

/* --- groups --- */

static void add_to_group(struct finding_questions *in, size_t column, const char *question, const char *option,
                         bool by_words)
{
	char *key = mem_print("%d\x1f%s", by_words, question);
	struct group *group = NULL;
	HASH_FIND_STR(in->groups, key, group);
	if (!group) {
		group = mem_alloc(1, sizeof *group);
		group->key = mem_copy_text(key);
		group->name = mem_copy_text(question);
		group->by_words = by_words;
		HASH_ADD_KEYPTR(hh, in->groups, group->key, strlen(group->key), group);
	}
	free(key);
	group->columns = mem_grow(group->columns, group->count, &group->capacity, sizeof *group->columns);
	group->options = mem_grow(group->options, group->count, &group->option_capacity, sizeof *group->options);
	group->columns[group->count] = column;
	group->options[group->count++] = mem_copy_text(option);
	in->of[column] = group;
}

static void free_groups(struct group *groups)
{
	struct group *group, *next;
	HASH_ITER(hh, groups, group, next)
	{
		HASH_DEL(groups, group);
		for (size_t i = 0; i < group->count; i++)
			free(group->options[i]);
		free(group->options);
		free(group->columns);
		free(group->name);
		free(group->key);
		free(group);
	}
}

static bool is_asked(const struct gather_column *column)
{
	return column->header && !column->own;
}

static bool is_other(const struct platform *platform, const char *name)
{
	char *question = NULL;
	bool other = platform_other(platform, name, &question);
	free(question);
	return other;
}

static const struct questionnaire_entry *entry_of(const struct finding_questions *in, const char *name)
{
	return in->questionnaire ? questionnaire_find(in->questionnaire, name) : NULL;
}

/* --- whether a group's cells are marks --- */

struct marks {
	const char *ticked, *unticked; /* NULL: as the platform has it, or the option's own text */
	bool own, any;                 /* each column holds one text of its own; any one text */
};

static bool is_one_of(const char *text, char *const *words, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (strcmp(words[i], text) == 0)
			return true;
	return false;
}

/* Blanks and capitals apart: headers lose their no-break spaces, cells do not. */
static bool is_alike(const char *a, const char *b)
{
	char *left = slug_fold(a), *right = slug_fold(b);
	bool same = strcmp(left, right) == 0;
	free(left);
	free(right);
	return same;
}

static bool is_mark(const struct finding_questions *in, const struct gather_column *column, const char *option,
                    const char *text, const struct marks *marks)
{
	const struct platform_boxes *boxes = in->platform->boxes;
	if (marks->any)
		return true;
	if (marks->ticked)
		return strcmp(text, marks->ticked) == 0 || strcmp(text, marks->unticked) == 0;
	if (marks->own)
		return is_alike(text, option) || is_alike(text, column->sheet->option);
	return boxes
	       && (is_one_of(text, boxes->ticked, boxes->ticked_count)
	           || is_one_of(text, boxes->unticked, boxes->unticked_count));
}

/* Whether all that stands in the column is a mark; *ticks: something does. */
static bool holds_marks(const struct finding_questions *in, const struct gather_column *column, const char *option,
                        const struct marks *marks, bool *filled)
{
	const struct cells_set *sets[] = { &column->cells.values, &column->cells.texts };
	*filled = column->cells.filled > 0;
	if (marks->any && (column->cells.values.count + column->cells.texts.count > 1 || column->cells.formulas))
		return false;
	for (size_t s = 0; s < COUNT(sets); s++) {
		if (sets[s]->over)
			return false;
		for (const struct cells_text *text = sets[s]->texts; text; text = text->hh.next)
			if (!is_mark(in, column, option, text->text, marks))
				return false;
	}
	return true;
}

/* What the questionnaire knows by the column's whole name is no box. The box of "other" may have the name of a column
 * for what was written there: its cells tell. */
static void group_columns(struct finding_questions *in)
{
	const struct marks marks = { 0 };
	for (size_t i = 0; i < in->gathered->count; i++) {
		const struct gather_column *column = &in->gathered->columns[i];
		const struct sheet_column *sheet = column->sheet;
		char *question = NULL, *option = NULL;
		bool filled = false;
		if (!is_asked(column) || entry_of(in, sheet->name))
			continue;
		bool box = platform_box(in->platform, sheet->name, &question, &option);
		bool written = is_other(in->platform, sheet->name)
		               && !(box && holds_marks(in, column, option, &marks, &filled) && filled);
		if (box && !written)
			add_to_group(in, i, question, option, false);
		else if (*sheet->text && *sheet->option && !written)
			add_to_group(in, i, sheet->text, sheet->option, true);
		free(question);
		free(option);
	}
}

/* The platform's own marks; the option's text; a pair that other exports of it use; any one text in each column. Of
 * columns that are told by words alone, yes and no are as likely the rows of a matrix. */
static bool find_marks(struct marks *found, const struct finding_questions *in, const struct group *group)
{
	static const struct marks ways[] = {
		{ 0 },
		{ .own = true },
		{ "1", "0", false, false },
		{ "Yes", "No", false, false },
		{ "yes", "no", false, false },
		{ "TRUE", "FALSE", false, false },
		{ "True", "False", false, false },
		{ "true", "false", false, false },
		{ "Y", "N", false, false },
		{ "Checked", "Unchecked", false, false },
		{ "Selected", "Not selected", false, false },
		{ "Ticked", "Not ticked", false, false },
		{ .any = true },
	};
	for (size_t w = 0; w < COUNT(ways); w++) {
		size_t boxes = 0, filled = 0, cells = 0, others = 0;
		if (ways[w].ticked && group->by_words)
			continue;
		for (size_t i = 0; i < group->count; i++) {
			const struct gather_column *column = &in->gathered->columns[group->columns[i]];
			bool has = false;
			if (holds_marks(in, column, group->options[i], &ways[w], &has)) {
				boxes++;
				filled += has;
				cells += column->cells.filled;
			} else {
				others++;
			}
		}
		/* one text alone in each of a few rows is chance */
		bool enough = !ways[w].any || (others == 0 && filled >= 2 && cells >= 10 * filled);
		if (boxes >= 2 && filled >= 1 && others <= 1 && enough) {
			*found = ways[w];
			return true;
		}
	}
	return false;
}

/* --- the column that says it all again --- */

static const char *box_code(const struct questionnaire_entry *entry, const char *option)
{
	const struct questionnaire_code *code = entry ? questionnaire_option(entry, option) : NULL;
	return code ? code->code : option;
}

/* Whether every part of the column's cells is one of the options. */
static bool holds_options(const struct gather_column *column, const struct question *question)
{
	for (size_t j = 0; j < CELLS_JOINED; j++) {
		const struct cells_set *parts = &column->cells.joined[j].parts;
		bool all = column->cells.joined[j].separator && !parts->over;
		for (const struct cells_text *part = parts->texts; all && part; part = part->hh.next) {
			bool known = false;
			for (size_t i = 0; i < question->count && !known; i++)
				known = strcmp(part->text, question->parts[i].option) == 0
				        || strcmp(part->text, box_code(question->entry, question->parts[i].option))
				                   == 0;
			all = known;
		}
		if (all)
			return true;
	}
	return false;
}

/* The cell that holds all codes is the better one of two: it cannot disagree with itself, and shows an option that the
 * form gained later, for which there was no column. But labels cannot be told apart again where they hold the
 * separator: then the boxes are drafted. The other one is not named, so that an answer does not count twice. */
static void find_summary(struct finding_questions *in, struct question *question)
{
	bool ticked = false;
	for (size_t i = 0; i < question->count; i++)
		ticked = ticked || in->gathered->columns[question->parts[i].column].cells.filled;
	for (size_t i = 0; i < in->gathered->count; i++) {
		const struct gather_column *column = &in->gathered->columns[i];
		if (!is_asked(column) || in->of[i] || strcmp(column->sheet->name, question->name) != 0)
			continue;
		if (!in->platform->separator && !column->cells.joined[0].cells && !column->cells.joined[1].cells)
			return;
		in->gone[i] = true;
		question->has_summary = holds_options(column, question) && (column->cells.filled > 0 || !ticked);
		question->summary = i;
		in->questions->left_out += question->has_summary ? question->count : 1;
		return;
	}
}

/* --- questions --- */

static struct question *add_question(struct finding_questions *in, enum question_kind kind, const char *name,
                                     const char *text, size_t count)
{
	struct questions *all = in->questions;
	all->questions = mem_grow(all->questions, all->count, &in->capacity, sizeof *all->questions);
	struct question *question = &all->questions[all->count++];
	*question = (struct question){ .kind = kind,
		                       .name = mem_arena_copy(all->texts, name),
		                       .text = mem_arena_copy(all->texts, text),
		                       .parts = mem_alloc(count, sizeof *question->parts) };
	return question;
}

/* The question and the option in words, where the header rows or the header itself have them. */
static void column_words(struct finding_questions *in, size_t column, const char **text, const char **option)
{
	const struct sheet_column *sheet = in->gathered->columns[column].sheet;
	char *code = NULL, *words = NULL, *label = NULL;
	*text = sheet->text;
	*option = *sheet->option ? sheet->option : NULL;
	if (*sheet->text || !question_split(sheet->name, &code, &words, &label))
		return;
	*text = mem_arena_copy(in->questions->texts, words);
	*option = *label ? mem_arena_copy(in->questions->texts, label) : NULL;
	free(code);
	free(words);
	free(label);
}

static void add_single(struct finding_questions *in, size_t column)
{
	const char *text = "", *option = NULL;
	const struct sheet_column *sheet = in->gathered->columns[column].sheet;
	column_words(in, column, &text, &option);
	struct question *question = add_question(in, QUESTION_SINGLE, sheet->name, text, 1);
	question->other = is_other(in->platform, sheet->name);
	question->entry = in->gathered->columns[column].own ? NULL : entry_of(in, sheet->name);
	question->parts[question->count++] = (struct question_part){ .column = column, .label = option };
}

static void fill_parts(struct finding_questions *in, struct question *question, const struct group *group,
                       const struct marks *marks)
{
	for (size_t i = 0; i < group->count; i++) {
		const struct gather_column *column = &in->gathered->columns[group->columns[i]];
		const char *text = "", *label = NULL;
		bool filled = false;
		if (marks && !holds_marks(in, column, group->options[i], marks, &filled)) {
			in->of[group->columns[i]] = NULL; /* what was written beside the boxes: a question of its own */
			continue;
		}
		column_words(in, group->columns[i], &text, &label);
		struct question_part part = { .column = group->columns[i],
			                      .option = mem_arena_copy(in->questions->texts, group->options[i]),
			                      .label = label };
		const struct cells_text *held =
			column->cells.values.texts ? column->cells.values.texts : column->cells.texts.texts;
		if (marks && marks->ticked) {
			part.ticked = marks->ticked;
			part.unticked = marks->unticked;
		} else if (marks && held && (marks->own || marks->any)) {
			bool same = strcmp(held->text, column->sheet->option) == 0
			            && !(in->platform->boxes && in->platform->boxes->ticked_count);
			part.ticked = same ? NULL : mem_arena_copy(in->questions->texts, held->text);
			part.label = part.label || !marks->any ? part.label : part.ticked;
		}
		question->parts[question->count++] = part;
		if (!*question->text && *text)
			question->text = mem_arena_copy(in->questions->texts, text);
	}
}

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Where the question's row says "Which do you use? - French" over each column: what all share is the question, what
 * follows " - " is the option. */
static void part_words(struct finding_questions *in, struct question *question)
{
	const char *first = in->gathered->columns[question->parts[0].column].sheet->text;
	size_t shared = strlen(first);
	for (size_t i = 0; i < question->count; i++) {
		const char *text = in->gathered->columns[question->parts[i].column].sheet->text;
		size_t same = 0;
		while (same < shared && text[same] == first[same])
			same++;
		shared = same;
		if (question->parts[i].label)
			return;
	}
	while (shared >= 3 && strncmp(first + shared - 3, " - ", 3) != 0)
		shared--;
	if (shared < 4 || question->count < 2)
		return;
	for (size_t i = 0; i < question->count; i++) {
		const char *label = in->gathered->columns[question->parts[i].column].sheet->text + shared;
		question->parts[i].label = *label ? label : NULL;
	}
	for (shared -= 3; shared && !is_letter_or_digit(first[shared - 1]) && !strchr("?.!:)", first[shared - 1]);)
		shared--;
	char *text = mem_copy_bytes(first, shared);
	question->text = mem_arena_copy(in->questions->texts, text);
	free(text);
}

/* Whether every column of the group is an option that the questionnaire knows, and holds nothing but marks. */
static bool are_known_boxes(const struct finding_questions *in, const struct group *group,
                            const struct questionnaire_entry *entry)
{
	const struct marks marks = { 0 };
	bool all = entry != NULL, filled = false;
	for (size_t i = 0; i < group->count && all; i++)
		all = questionnaire_option(entry, group->options[i])
		      && holds_marks(in, &in->gathered->columns[group->columns[i]], group->options[i], &marks, &filled);
	return all;
}

/* The platform's own dictionary knows better than the cells; but a Jisc key has no types, and only the boxes tell. */
static void add_group(struct finding_questions *in, struct group *group)
{
	const struct questionnaire_entry *entry = group->by_words ? NULL : entry_of(in, group->name);
	struct marks marks = { 0 };
	bool boxes = find_marks(&marks, in, group);
	if (entry && entry->type == VARIABLE_CODES)
		boxes = true;
	else if (entry && entry->type == VARIABLE_CODE)
		boxes = boxes || are_known_boxes(in, group, entry);
	else if (entry)
		boxes = false;
	if (group->count < 2 && !boxes) {
		in->of[group->columns[0]] = NULL;
		return;
	}
	struct question *question = add_question(in, boxes ? QUESTION_BOXES : QUESTION_MATRIX, group->name,
	                                         group->by_words ? group->name : "", group->count);
	question->entry = boxes ? entry : NULL;
	fill_parts(in, question, group, boxes ? &marks : NULL);
	if (question->count == 0) {
		free(question->parts);
		in->questions->count--;
		return;
	}
	if (!group->by_words)
		part_words(in, question);
	if (boxes)
		find_summary(in, question);
}

static size_t first_column(const struct question *question)
{
	size_t first = question->has_summary ? question->summary : (size_t)-1;
	for (size_t i = 0; i < question->count; i++)
		first = question->parts[i].column < first ? question->parts[i].column : first;
	return first;
}

static int compare_questions(const void *a, const void *b)
{
	size_t left = first_column(a), right = first_column(b);
	return left < right ? -1 : left > right;
}

void questions_find(struct questions **questions, const struct gathered *gathered, const struct platform *platform,
                    const struct questionnaire *questionnaire)
{
	struct finding_questions in = { .gathered = gathered, .platform = platform, .questionnaire = questionnaire };
	in.questions = mem_alloc(1, sizeof *in.questions);
	in.questions->texts = mem_arena_new();
	in.of = mem_alloc(gathered->count, sizeof(struct group *));
	in.gone = mem_alloc(gathered->count, sizeof *in.gone);
	group_columns(&in);
	for (struct group *group = in.groups; group; group = group->hh.next)
		add_group(&in, group);
	for (size_t i = 0; i < gathered->count; i++) {
		const struct gather_column *column = &gathered->columns[i];
		if (column->header && !(column->own && column->own->drop) && !in.of[i] && !in.gone[i])
			add_single(&in, i);
	}
	if (in.questions->count)
		mem_sort(in.questions->questions, in.questions->count, sizeof *in.questions->questions,
		         compare_questions);
	free_groups(in.groups);
	free(in.of);
	free(in.gone);
	*questions = in.questions;
}

void questions_free(struct questions *questions)
{
	if (!questions)
		return;
	for (size_t i = 0; i < questions->count; i++)
		free(questions->questions[i].parts);
	mem_arena_free(questions->texts);
	free(questions->questions);
	free(questions);
}
