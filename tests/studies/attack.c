/* attack_release [--respondents N] [--several VARIABLE[:OPTION]] [--group CODE=AREA+AREA]... RESULTS.csv: what a reader can work out from a release, by a program that shares
 * nothing with protect and audit but GLPK. It reads the published results and knows what any reader knows:
 *
 * - A base is the sum of its categories, all areas are the sum of the areas, a margin is the sum of its lines.
 * - Counts are whole, shown ones are exact, a percentage is 100 x / n rounded to its printed digits.
 * - Zeros are shown (the manifest says so) unless they are among few: a count that is hidden itself, though all that it
 *   is a part of is shown, is at least 1.
 * - Analyses that count the same people by their words share the count; whoever answered two questions, or passed a
 *   filter, is among those who answered one, or were not filtered.
 * - Of accounts: rows read are those accepted and each that was lost; who was asked are those who answered and each reason
 *   for no answer, and all who were accepted are those who were asked and those who were not. A question without a line of
 *   those who were not asked was put to everybody.
 * - Of missing answers: everybody stands in one pattern, and who answered a question in one that does not name it.
 * - With --several VARIABLE[:OPTION], that all that apply of a question's options may be ticked, and one at least must be;
 *   and that OPTION goes with no other.
 * - With --respondents, how many took part: a question that so many answered, everybody answered.
 * - With --group, that the lines of CODE are of these areas together.
 *
 * It prints the interval of every hidden count, and of every count that nobody prints but that is the difference of
 * two: those who did not give the answer, left the question out, did not pass the filter, or live in the rest of the
 * areas (the columns less_... say what is taken away). Whether an interval is too narrow is for others to judge. */
#include <getopt.h>
#include <glpk.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "csv.h"
#include "error.h"
#include "mem.h"
#include "text.h"

enum column {
	ANALYSIS,
	DATASET,
	STATISTIC,
	OUTCOME,
	CATEGORY,
	AREA,
	ACROSS,
	DENOMINATOR,
	N,
	ESTIMATE,
	STATUS,
	COLUMN_COUNT
};

static const char *const headers[COLUMN_COUNT] = {
	[ANALYSIS] = "analysis", [DATASET] = "dataset",         [STATISTIC] = "statistic",
	[OUTCOME] = "outcome",   [CATEGORY] = "category",       [AREA] = "area_code",
	[ACROSS] = "across",     [DENOMINATOR] = "denominator", [N] = "n",
	[ESTIMATE] = "estimate", [STATUS] = "status",
};

enum { ROUNDS = 20, MOST_ABOUT = 2 };
static const double NEAR = 1e-5;

/* A line of results.csv. */
struct line {
	const char *field[COLUMN_COUNT];
};

/* An answer; code "": any answer. */
struct about {
	const char *variable, *code;
};

/* Which people are counted; area "": all areas. */
struct people {
	const char *dataset, *filter, *area;
	struct about about[MOST_ABOUT];
	size_t about_count;
};

/* One unknown: how many they are. */
struct cell {
	char *key;
	size_t position;
	struct people people;
	const struct line *line; /* the first that speaks of them; it need not say so in the same words: */
	const char *category, *across;
	double least, most;
	UT_hash_handle hh;
};

/* least <= sum of factor * cell <= most */
struct term {
	size_t cell;
	double factor;
};
struct row {
	size_t first, count;
	double least, most;
};

struct words {
	const char **word;
	size_t count, capacity;
};

/* Areas together. */
struct area_group {
	const char *code;
	struct words areas;
};

struct analysis {
	const struct line *line;     /* its first */
	const char *filter, *across; /* across: the second variable; "" where it has none */
	struct words categories, areas, acrosses;
	struct words causes, reasons, patterns; /* of accounts; of missing answers */
	bool complete;                /* its categories are all there are */
};

struct attack {
	struct mem_arena *arena;
	struct line *lines;
	struct analysis *analyses;
	struct cell **cells, *by_key;
	struct row *rows;
	struct term *terms;
	const char *several, *alone; /* with --several; NULL: none */
	struct area_group *groups;   /* with --group */
	size_t group_count, group_capacity;
	struct words everybody; /* dataset, line end, variable: that everybody answered */
	size_t line_count, line_capacity, analysis_count, analysis_capacity, cell_count, cell_capacity, row_count,
		row_capacity, term_count, term_capacity, row_start;
	glp_prob *programme;
};

/* --- reading --- */

static bool find_columns(size_t place[COLUMN_COUNT], const struct csv_record *record, const char *path,
			 struct error *err)
{
	for (size_t column = 0; column < COLUMN_COUNT; column++) {
		place[column] = 0;
		while (place[column] < record->count && !text_equal(record->fields[place[column]], headers[column]))
			place[column]++;
		if (place[column] == record->count)
			return error_at(err, ERROR_INPUT, path, record->line, "no column named %s", headers[column]);
	}
	return true;
}

static bool read_lines(struct attack *attack, const char *path, struct error *err)
{
	struct csv_reader *reader = NULL;
	const struct csv_record *record = NULL;
	size_t place[COLUMN_COUNT] = { 0 };
	bool more = true, header = true;
	bool ok = csv_open(&reader, path, NULL, err);
	while (ok && (ok = csv_read(reader, &record, &more, err)) && more) {
		if (record->damage) {
			ok = error_at(err, ERROR_INPUT, path, record->line, "damaged: %s", record->damage);
		} else if (header) {
			ok = find_columns(place, record, path, err);
			header = false;
		} else {
			struct line line;
			for (size_t column = 0; column < COLUMN_COUNT; column++)
				line.field[column] = mem_arena_copy(attack->arena, record->fields[place[column]]);
			attack->lines =
				mem_grow(attack->lines, attack->line_count, &attack->line_capacity, sizeof line);
			attack->lines[attack->line_count++] = line;
		}
	}
	csv_close(reader);
	return ok;
}

static bool has_word(const struct words *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++)
		if (strcmp(words->word[i], word) == 0)
			return true;
	return false;
}

static void add_word(struct words *words, const char *word)
{
	if (!*word || has_word(words, word))
		return;
	words->word = mem_grow(words->word, words->count, &words->capacity, sizeof *words->word);
	words->word[words->count++] = word;
}

/* The word at `i`, and "" (all of them) behind the last. */
static const char *word_at(const struct words *words, size_t i)
{
	return i < words->count ? words->word[i] : "";
}

static bool is_statistic(const struct line *line, const char *statistic)
{
	return strcmp(line->field[STATISTIC], statistic) == 0;
}

static bool is_shown(const struct line *line)
{
	return !*line->field[STATUS];
}

static bool is_hidden(const struct line *line)
{
	return strcmp(line->field[STATUS], "c") == 0;
}

/* Whether it tells how many, or would: of its category, or of its base. */
static bool is_count(const struct line *line)
{
	static const char *const counts[] = { "count", "share", "rows", "cause", "asked", "missing", "unanswered", "pattern" };
	for (size_t i = 0; i < COUNT(counts); i++)
		if (is_statistic(line, counts[i]))
			return true;
	return false;
}

static bool starts_with(const char *text, const char *beginning)
{
	return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* --- the words of accounts --- */

static const char outcome_rows[] = "exports/rows", category_accepted[] = "accepted", no_area[] = "(none)",
		  category_asked[] = "asked", category_missing[] = "missing:", category_unanswered[] = "unanswered",
		  outcome_patterns[] = "answers/patterns";

static bool is_reason(const char *category)
{
	return starts_with(category, category_missing);
}

static bool is_of_answers(const char *category)
{
	return !is_reason(category) && strcmp(category, category_asked) != 0 &&
	       strcmp(category, category_unanswered) != 0;
}

static bool is_outside(const char *category)
{
	return strcmp(category, "missing:not_asked") == 0 || strcmp(category, "missing:not_applicable") == 0;
}

static bool is_several(const struct attack *attack, const char *variable)
{
	return attack->several && strcmp(attack->several, variable) == 0;
}

static const struct area_group *find_group(const struct attack *attack, const char *code)
{
	for (size_t i = 0; i < attack->group_count; i++)
		if (strcmp(attack->groups[i].code, code) == 0)
			return &attack->groups[i];
	return NULL;
}

/* Whether an area, or every area of a group, is among those of the group `wide`. */
static bool is_in_group(const struct attack *attack, const char *narrow, const char *wide)
{
	const struct area_group *group = find_group(attack, wide), *part = find_group(attack, narrow);
	if (!group || !*narrow)
		return false;
	bool in = part || has_word(&group->areas, narrow);
	for (size_t i = 0; part && i < part->areas.count; i++)
		in = in && has_word(&group->areas, part->areas.word[i]);
	return in;
}

/* CODE=AREA+AREA */
static void add_area_group(struct attack *attack, const char *text)
{
	attack->groups = mem_grow(attack->groups, attack->group_count, &attack->group_capacity, sizeof *attack->groups);
	struct area_group *group = &attack->groups[attack->group_count++];
	char *copy = mem_copy_text(text), *rest = NULL;
	*group = (struct area_group){ .code = mem_arena_copy(attack->arena, strtok_r(copy, "=", &rest)) };
	for (char *area = strtok_r(NULL, "+", &rest); area; area = strtok_r(NULL, "+", &rest))
		add_word(&group->areas, mem_arena_copy(attack->arena, area));
	free(copy);
}

static struct analysis *find_analysis(const struct attack *attack, const struct line *line)
{
	for (size_t i = 0; i < attack->analysis_count; i++)
		if (strcmp(attack->analyses[i].line->field[ANALYSIS], line->field[ANALYSIS]) == 0 &&
		    strcmp(attack->analyses[i].line->field[OUTCOME], line->field[OUTCOME]) == 0)
			return &attack->analyses[i];
	return NULL;
}

static void add_analysis(struct attack *attack, const struct line *line)
{
	static const char filtered[] = "”, of those "; /* its filter, or the words for it */
	const char *filter = strstr(line->field[DENOMINATOR], filtered);
	attack->analyses = mem_grow(attack->analyses, attack->analysis_count, &attack->analysis_capacity,
				    sizeof *attack->analyses);
	attack->analyses[attack->analysis_count++] =
		(struct analysis){ .line = line, .filter = filter ? filter + strlen(filtered) : "", .across = "" };
}

static void read_analyses(struct attack *attack)
{
	for (size_t i = 0; i < attack->line_count; i++) {
		const struct line *line = &attack->lines[i];
		if (!find_analysis(attack, line))
			add_analysis(attack, line);
		struct analysis *analysis = find_analysis(attack, line);
		const char *equal = strchr(line->field[ACROSS], '=');
		if (is_statistic(line, "cause"))
			add_word(&analysis->causes, line->field[CATEGORY]);
		else if (is_statistic(line, "missing"))
			add_word(&analysis->reasons, line->field[CATEGORY]);
		else if (is_statistic(line, "pattern"))
			add_word(&analysis->patterns, line->field[CATEGORY]);
		else if (is_count(line) && !is_statistic(line, "asked") && !is_statistic(line, "unanswered"))
			add_word(&analysis->categories, line->field[CATEGORY]);
		if (!find_group(attack, line->field[AREA]))
			add_word(&analysis->areas, line->field[AREA]);
		if (equal && !*analysis->across) {
			char *variable = mem_copy_bytes(line->field[ACROSS], (size_t)(equal - line->field[ACROSS]));
			analysis->across = mem_arena_copy(attack->arena, variable);
			free(variable);
		}
		add_word(&analysis->acrosses, equal ? equal + 1 : "");
		analysis->complete =
			!is_several(attack, line->field[OUTCOME]) && (analysis->complete || is_statistic(line, "percentage") || analysis->categories.count > 1);
	}
}

/* --- who is counted --- */

static char *everybody_key(const char *dataset, const char *variable)
{
	return mem_print("%s\n%s", dataset, variable);
}

static bool everybody_answered(const struct attack *attack, const char *dataset, const char *variable)
{
	char *key = everybody_key(dataset, variable);
	bool found = has_word(&attack->everybody, key);
	free(key);
	return found;
}

static void add_about(struct people *people, const struct attack *attack, const char *variable, const char *code)
{
	if (!*variable || (!*code && everybody_answered(attack, people->dataset, variable)))
		return;
	size_t at = people->about_count++;
	for (; at > 0 && strcmp(people->about[at - 1].variable, variable) > 0; at--)
		people->about[at] = people->about[at - 1];
	people->about[at] = (struct about){ variable, code };
}

static struct people people_of(const struct attack *attack, const struct analysis *analysis, const char *category,
			       const char *area, const char *across)
{
	struct people people = { .dataset = analysis->line->field[DATASET], .filter = analysis->filter, .area = area };
	const char *outcome = analysis->line->field[OUTCOME];
	if (strcmp(outcome, outcome_rows) == 0) {
		if (strcmp(category, category_accepted) == 0)
			return people; /* the respondents */
		people.about[people.about_count++] = (struct about){ outcome_rows, category };
		return people;
	}
	if (strcmp(outcome, outcome_patterns) == 0) {
		if (strcmp(category, "all") != 0)
			people.about[people.about_count++] = (struct about){ outcome_patterns, category };
		return people;
	}
	bool divided = false;
	for (size_t i = 0; i < analysis->reasons.count; i++)
		divided = divided || is_outside(analysis->reasons.word[i]);
	if (!divided && strcmp(category, category_asked) == 0)
		return people;
	add_about(&people, attack, outcome, category);
	add_about(&people, attack, analysis->across, across);
	return people;
}

static char *people_key(const struct people *people)
{
	struct text key = { 0 };
	text_print(&key, "%s\n%s\n%s", people->dataset, people->filter, people->area);
	for (size_t i = 0; i < people->about_count; i++)
		text_print(&key, "\n%s=%s", people->about[i].variable, people->about[i].code);
	return key.bytes;
}

/* NULL where no line speaks of them. */
static struct cell *find_cell(const struct attack *attack, const struct people *people)
{
	char *key = people_key(people);
	struct cell *cell = NULL;
	HASH_FIND_STR(attack->by_key, key, cell);
	free(key);
	return cell;
}

static struct cell *cell_of_line(const struct attack *attack, const struct analysis *analysis, const struct line *line,
				 const char *category)
{
	const char *equal = strchr(line->field[ACROSS], '=');
	struct people people = people_of(attack, analysis, category, line->field[AREA], equal ? equal + 1 : "");
	return find_cell(attack, &people);
}

/* A question that as many answered as took part. Both questions of a table across a variable. */
static void read_everybody(struct attack *attack, const char *respondents)
{
	for (size_t i = 0; i < attack->line_count; i++) {
		const struct line *line = &attack->lines[i];
		const struct analysis *analysis = find_analysis(attack, line);
		if (!is_statistic(line, "count") || *line->field[CATEGORY] || *line->field[AREA] ||
		    *line->field[ACROSS] || *analysis->filter || strcmp(line->field[N], respondents) != 0)
			continue;
		const char *const variables[] = { line->field[OUTCOME], analysis->across };
		for (size_t j = 0; j < COUNT(variables); j++) {
			char *key = everybody_key(line->field[DATASET], variables[j]);
			add_word(&attack->everybody, mem_arena_copy(attack->arena, key));
			free(key);
		}
	}
}

static void read_cells(struct attack *attack)
{
	for (size_t i = 0; i < attack->line_count; i++) {
		const struct line *line = &attack->lines[i];
		const char *equal = strchr(line->field[ACROSS], '='), *across = equal ? equal + 1 : "";
		if (!is_count(line))
			continue;
		struct people people = people_of(attack, find_analysis(attack, line), line->field[CATEGORY],
						 line->field[AREA], across);
		struct cell *cell = find_cell(attack, &people);
		if (!cell) {
			cell = mem_alloc(1, sizeof *cell);
			*cell = (struct cell){ .key = people_key(&people),
					       .position = attack->cell_count,
					       .people = people,
					       .line = line,
					       .category = line->field[CATEGORY],
					       .across = line->field[ACROSS],
					       .most = INFINITY };
			HASH_ADD_KEYPTR(hh, attack->by_key, cell->key, strlen(cell->key), cell);
			attack->cells = mem_grow(attack->cells, attack->cell_count, &attack->cell_capacity,
						 sizeof *attack->cells);
			attack->cells[attack->cell_count++] = cell;
		}
		if (is_shown(line) && *line->field[N])
			cell->least = cell->most = strtod(line->field[N], NULL);
	}
}

/* --- what ties them --- */

static bool is_fixed(const struct cell *cell)
{
	return cell->least >= cell->most;
}

static void add_term(struct attack *attack, size_t cell, double factor)
{
	attack->terms = mem_grow(attack->terms, attack->term_count, &attack->term_capacity, sizeof *attack->terms);
	attack->terms[attack->term_count++] = (struct term){ cell, factor };
}

static void end_row(struct attack *attack, double least, double most)
{
	attack->rows = mem_grow(attack->rows, attack->row_count, &attack->row_capacity, sizeof *attack->rows);
	attack->rows[attack->row_count++] =
		(struct row){ attack->row_start, attack->term_count - attack->row_start, least, most };
	attack->row_start = attack->term_count;
}

/* Whole = sum of parts, where a line speaks of each. */
static void add_sum(struct attack *attack, const struct people *whole, const struct people *parts, size_t count)
{
	const struct cell *cell = find_cell(attack, whole);
	if (cell)
		add_term(attack, cell->position, -1);
	for (size_t i = 0; cell && i < count; i++) {
		cell = find_cell(attack, &parts[i]);
		if (cell)
			add_term(attack, cell->position, 1);
	}
	if (cell && count > 0)
		end_row(attack, 0, 0);
	else
		attack->term_count = attack->row_start;
}

/* Of one table: its categories, areas and lines add up. */
static void add_margins(struct attack *attack, const struct analysis *analysis)
{
	const struct words *categories = &analysis->categories, *areas = &analysis->areas,
			   *acrosses = &analysis->acrosses;
	size_t most = categories->count + areas->count + acrosses->count;
	struct people *parts = mem_alloc(most, sizeof *parts);
	for (size_t i = 0; i <= categories->count; i++)
		for (size_t j = 0; j <= areas->count; j++)
			for (size_t k = 0; k <= acrosses->count; k++) {
				const char *category = word_at(categories, i), *area = word_at(areas, j),
					   *across = word_at(acrosses, k);
				struct people whole = people_of(attack, analysis, category, area, across);
				for (size_t p = 0; p < categories->count; p++)
					parts[p] = people_of(attack, analysis, word_at(categories, p), area, across);
				if (!*category && analysis->complete)
					add_sum(attack, &whole, parts, categories->count);
				size_t count = 0;
				for (size_t p = 0; p < areas->count; p++) {
					parts[count] = people_of(attack, analysis, category, word_at(areas, p), across);
					/* nobody is accepted without an area, where no line says who was */
					bool nobody = strcmp(word_at(areas, p), no_area) == 0 && !find_cell(attack, &parts[count]);
					count += !nobody;
				}
				if (!*area)
					add_sum(attack, &whole, parts, count);
				for (size_t p = 0; p < acrosses->count; p++)
					parts[p] = people_of(attack, analysis, category, area, word_at(acrosses, p));
				if (!*across)
					add_sum(attack, &whole, parts, acrosses->count);
			}
	free(parts);
}

/* Of one table: a group of areas is the sum of these, and its categories and lines add up, too. */
static void add_group_margins(struct attack *attack, const struct analysis *analysis, const struct area_group *group)
{
	const struct words *categories = &analysis->categories, *acrosses = &analysis->acrosses;
	struct people *parts = mem_alloc(categories->count + group->areas.count + acrosses->count, sizeof *parts);
	for (size_t i = 0; i <= categories->count; i++)
		for (size_t k = 0; k <= acrosses->count; k++) {
			const char *category = word_at(categories, i), *across = word_at(acrosses, k);
			struct people whole = people_of(attack, analysis, category, group->code, across);
			for (size_t p = 0; p < group->areas.count; p++)
				parts[p] = people_of(attack, analysis, category, word_at(&group->areas, p), across);
			add_sum(attack, &whole, parts, group->areas.count);
			for (size_t p = 0; p < categories->count; p++)
				parts[p] = people_of(attack, analysis, word_at(categories, p), group->code, across);
			if (!*category && analysis->complete)
				add_sum(attack, &whole, parts, categories->count);
			for (size_t p = 0; p < acrosses->count; p++)
				parts[p] = people_of(attack, analysis, category, group->code, word_at(acrosses, p));
			if (!*across)
				add_sum(attack, &whole, parts, acrosses->count);
		}
	free(parts);
}

/* Rows that were set aside are the sum of the causes. */
static void add_causes(struct attack *attack, const struct analysis *analysis)
{
	struct people *parts = mem_alloc(analysis->causes.count, sizeof *parts);
	for (size_t i = 0; i < analysis->categories.count; i++) {
		const char *category = analysis->categories.word[i];
		struct people whole = people_of(attack, analysis, category, "", "");
		size_t count = 0, length = strlen(category);
		for (size_t c = 0; c < analysis->causes.count; c++)
			if (starts_with(analysis->causes.word[c], category) && analysis->causes.word[c][length] == '/')
				parts[count++] = people_of(attack, analysis, analysis->causes.word[c], "", "");
		if (count)
			add_sum(attack, &whole, parts, count);
	}
	free(parts);
}

/* Asked = answered + each reason why not; everybody = asked + who was not. And each of them adds up over the areas. */
static void add_question(struct attack *attack, const struct analysis *analysis)
{
	const struct words *reasons = &analysis->reasons, *areas = &analysis->areas;
	struct people *parts = mem_alloc(reasons->count + areas->count + 1, sizeof *parts);
	for (size_t a = 0; a <= areas->count && reasons->count; a++) {
		const char *area = word_at(areas, a);
		struct people asked = people_of(attack, analysis, category_asked, area, ""), everybody = asked;
		size_t count = 0;
		parts[count++] = people_of(attack, analysis, "", area, "");
		for (size_t r = 0; r < reasons->count; r++)
			if (!is_outside(reasons->word[r]))
				parts[count++] = people_of(attack, analysis, reasons->word[r], area, "");
		add_sum(attack, &asked, parts, count);
		struct people unanswered = people_of(attack, analysis, category_unanswered, area, "");
		if (find_cell(attack, &unanswered)) {
			add_sum(attack, &unanswered, parts + 1, count - 1);
			parts[1] = unanswered;
			add_sum(attack, &asked, parts, 2);
		}
		count = 0;
		everybody.about_count = 0;
		parts[count++] = asked;
		for (size_t r = 0; r < reasons->count; r++)
			if (is_outside(reasons->word[r]))
				parts[count++] = people_of(attack, analysis, reasons->word[r], area, "");
		if (count > 1)
			add_sum(attack, &everybody, parts, count);
	}
	for (size_t r = 0; r <= reasons->count && reasons->count; r++) {
		const char *category = r < reasons->count ? reasons->word[r] : category_asked;
		struct people whole = people_of(attack, analysis, category, "", "");
		for (size_t a = 0; a < areas->count; a++)
			parts[a] = people_of(attack, analysis, category, word_at(areas, a), "");
		add_sum(attack, &whole, parts, areas->count);
	}
	free(parts);
}

/* Whether the pattern, missing:a,b, names the variable. */
static bool lacks(const char *pattern, const char *variable)
{
	size_t length = strlen(variable);
	for (const char *at = pattern + strlen(category_missing); is_reason(pattern) && at; at = strchr(at, ','), at += at != NULL)
		if (strncmp(at, variable, length) == 0 && (at[length] == ',' || !at[length]))
			return true;
	return false;
}

/* Everybody is the complete and the incomplete, these are the other patterns; who answered a question is the sum of the
 * patterns that do not name it. */
static void add_patterns(struct attack *attack, const struct analysis *analysis)
{
	const struct words *patterns = &analysis->patterns;
	struct people *parts = mem_alloc(patterns->count + 2, sizeof *parts);
	struct people everybody = people_of(attack, analysis, "all", "", ""),
		      incomplete = people_of(attack, analysis, "incomplete", "", "");
	for (size_t v = 0; v <= patterns->count && patterns->count; v++) {
		const char *variable = word_at(patterns, v); /* behind the last: "", which all answered or not */
		size_t count = 0;
		if (*variable && (!is_reason(variable) || strchr(variable, ',')))
			continue;
		variable += *variable ? strlen(category_missing) : 0;
		struct people answered = everybody;
		if (*variable)
			answered.about[answered.about_count++] = (struct about){ variable, "" };
		for (size_t p = 0; p < patterns->count; p++)
			if (is_reason(patterns->word[p]) && !(*variable && lacks(patterns->word[p], variable)))
				parts[count++] = people_of(attack, analysis, patterns->word[p], "", "");
		if (!*variable)
			add_sum(attack, &incomplete, parts, count);
		parts[count++] = people_of(attack, analysis, "complete", "", "");
		add_sum(attack, &answered, parts, count);
	}
	free(parts);
}

static bool is_among(const char *code, const char *group)
{
	size_t length = strlen(code);
	for (const char *at = group; at; at = strchr(at, '|'), at += at != NULL)
		if (strncmp(at, code, length) == 0 && (at[length] == '|' || !at[length]))
			return true;
	return false;
}

/* Whoever is in the whole is in one of the parts at least: whole <= sum of parts. Nothing where some have no line. */
static void add_cover(struct attack *attack, const struct people *whole, const struct people *parts, size_t count)
{
	const struct cell *cell = find_cell(attack, whole);
	bool known = cell != NULL;
	for (size_t i = 0; known && i < count; i++)
		known = find_cell(attack, &parts[i]) != NULL;
	if (!known)
		return;
	add_term(attack, cell->position, -1);
	for (size_t i = 0; i < count; i++)
		add_term(attack, find_cell(attack, &parts[i])->position, 1);
	end_row(attack, 0, INFINITY);
}

/* What is known of options without any line: those who answered ticked one at least, counted singly or with a group in
 * the place of its options; and beside the one that goes alone none. */
static void add_several(struct attack *attack, const struct cell *base)
{
	const struct cell *groups[2] = { NULL }; /* NULL: without a group */
	for (size_t i = 0; i < attack->cell_count; i++)
		if (attack->cells[i]->people.about_count == 1 && is_several(attack, attack->cells[i]->people.about[0].variable) &&
		    strcmp(attack->cells[i]->people.area, base->people.area) == 0 &&
		    strchr(attack->cells[i]->people.about[0].code, '|'))
			groups[1] = attack->cells[i];
	for (size_t g = 0; g < COUNT(groups); g++) {
		struct people parts[64];
		size_t count = 0;
		if (groups[g])
			parts[count++] = groups[g]->people;
		for (size_t i = 0; i < attack->cell_count && count < COUNT(parts); i++) {
			const struct people *people = &attack->cells[i]->people;
			if (people->about_count != 1 || !is_several(attack, people->about[0].variable) ||
			    strcmp(people->area, base->people.area) != 0 || !*people->about[0].code ||
			    !is_of_answers(people->about[0].code) || strchr(people->about[0].code, '|') ||
			    (groups[g] && is_among(people->about[0].code, groups[g]->people.about[0].code)))
				continue;
			parts[count++] = *people;
		}
		if (count > 0)
			add_cover(attack, &base->people, parts, count);
		struct people alone = base->people;
		alone.about[0].code = attack->alone;
		const struct cell *cell = attack->alone ? find_cell(attack, &alone) : NULL;
		for (size_t i = 0; cell && i < count; i++) {
			const struct cell *part = find_cell(attack, &parts[i]);
			if (part == cell || is_among(attack->alone, parts[i].about[0].code))
				continue;
			add_term(attack, base->position, 1);
			add_term(attack, cell->position, -1);
			add_term(attack, part->position, -1);
			end_row(attack, 0, INFINITY);
		}
	}
}

/* Codes that count together (3|4) are the sum of each, where another table tells them apart. */
static void add_group(struct attack *attack, const struct cell *cell)
{
	for (size_t i = 0; i < cell->people.about_count; i++) {
		struct people parts[64];
		size_t count = 0;
		char *codes = mem_copy_text(cell->people.about[i].code), *rest = NULL;
		for (char *code = strtok_r(codes, "|", &rest); code && count < COUNT(parts);
		     code = strtok_r(NULL, "|", &rest)) {
			parts[count] = cell->people;
			parts[count++].about[i].code = code;
		}
		if (count > 1 && is_several(attack, cell->people.about[i].variable))
			add_cover(attack, &cell->people, parts, count);
		else if (count > 1)
			add_sum(attack, &cell->people, parts, count);
		free(codes);
	}
}

/* Whether an answer, or the lack of one, is among those of the `wide` code ("": any answer). */
static bool is_within(const char *narrow, const char *wide)
{
	if (strcmp(narrow, wide) == 0)
		return true;
	if (strcmp(wide, category_asked) == 0)
		return !is_outside(narrow);
	if (strcmp(wide, category_unanswered) == 0)
		return is_reason(narrow) && !is_outside(narrow);
	if (!is_of_answers(narrow))
		return false;
	return !*wide || is_among(narrow, wide) || (starts_with(narrow, wide) && narrow[strlen(wide)] == '/');
}

/* From everybody to those who gave this answer, or none: by way of those who answered, or were asked. */
static size_t steps_to(const char *code, bool answered_by_all)
{
	if (!is_of_answers(code))
		return is_reason(code) && !is_outside(code) ? 2 : 1;
	return *code && !answered_by_all ? 2 : 1;
}

/* How many words more `part` needs than the `whole` that it is among: one for an area, a filter, a question answered,
 * and one for which answer. 0: it is not among them, for all that one can tell. */
static size_t steps_between(const struct attack *attack, const struct people *whole, const struct people *part)
{
	size_t steps = 0;
	if (strcmp(whole->dataset, part->dataset) != 0 ||
	    (*whole->filter && strcmp(whole->filter, part->filter) != 0) ||
	    (*whole->area && strcmp(whole->area, part->area) != 0 && !is_in_group(attack, part->area, whole->area)))
		return 0;
	steps += strcmp(whole->filter, part->filter) != 0;
	steps += strcmp(whole->area, part->area) != 0;
	bool rows = part->about_count && strcmp(part->about[0].variable, outcome_rows) == 0;
	if (whole->about_count && strcmp(whole->about[0].variable, outcome_rows) == 0 && !*whole->about[0].code &&
	    part->about_count == 0)
		return steps + 1; /* of the rows read, those that were accepted */
	if (rows && whole->about_count == 0)
		return 0; /* rows are not among the respondents */
	for (size_t i = 0; i < whole->about_count; i++) {
		const struct about *wide = &whole->about[i], *narrow = NULL;
		for (size_t j = 0; j < part->about_count; j++)
			if (strcmp(part->about[j].variable, wide->variable) == 0)
				narrow = &part->about[j];
		if (!narrow || !is_within(narrow->code, wide->code))
			return 0;
		steps += strcmp(wide->code, narrow->code) != 0;
	}
	for (size_t j = 0; j < part->about_count; j++) {
		const struct about *narrow = &part->about[j];
		bool asked = false;
		for (size_t i = 0; i < whole->about_count; i++)
			asked = asked || strcmp(whole->about[i].variable, narrow->variable) == 0;
		bool answered_by_all = everybody_answered(attack, part->dataset, narrow->variable);
		steps += asked ? 0 : steps_to(narrow->code, answered_by_all);
	}
	return steps;
}

static void add_parts(struct attack *attack)
{
	for (size_t i = 0; i < attack->cell_count; i++)
		for (size_t j = 0; j < attack->cell_count; j++) {
			const struct cell *whole = attack->cells[i], *part = attack->cells[j];
			if (i == j || (is_fixed(whole) && is_fixed(part)) ||
			    !steps_between(attack, &whole->people, &part->people))
				continue;
			add_term(attack, i, 1);
			add_term(attack, j, -1);
			end_row(attack, 0, INFINITY);
		}
}

static void add_per_cent(struct attack *attack, const struct line *line)
{
	const char *estimate = line->field[ESTIMATE], *point = strchr(estimate, '.');
	const struct analysis *analysis = find_analysis(attack, line);
	bool asked = is_statistic(line, "answered") || is_statistic(line, "missing_share");
	const struct cell *part = cell_of_line(attack, analysis, line, line->field[CATEGORY]),
			  *base = cell_of_line(attack, analysis, line, asked ? category_asked : is_statistic(line, "pattern_share") ? "all" : "");
	if (!*estimate || !part || !base || (is_fixed(part) && is_fixed(base)))
		return;
	double value = strtod(estimate, NULL), half = 0.5 * pow(10, point ? -(double)strlen(point + 1) : 0);
	add_term(attack, part->position, 100);
	add_term(attack, base->position, -(value - half));
	end_row(attack, 0, INFINITY);
	add_term(attack, part->position, 100);
	add_term(attack, base->position, -(value + half));
	end_row(attack, -INFINITY, 0);
}

/* Whether some line shows how many they are, and that they are not nobody. */
static bool shows_somebody(const struct attack *attack, const struct people *people)
{
	const struct cell *cell = find_cell(attack, people);
	return cell && is_fixed(cell) && cell->most > 0;
}

/* Whether all that these people are a part of, in one step each, is shown: they are not among few, and nobody would be
 * a 0. */
static bool would_show_nobody(const struct attack *attack, const struct people *people)
{
	struct people whole = *people;
	whole.area = "";
	bool shown = !*people->area || shows_somebody(attack, &whole);
	for (size_t i = 0; shown && i < attack->group_count; i++) {
		whole.area = attack->groups[i].code;
		if (strcmp(people->area, whole.area) != 0 && is_in_group(attack, people->area, whole.area))
			shown = !find_cell(attack, &whole) || shows_somebody(attack, &whole);
	}
	whole = *people;
	whole.filter = "";
	shown = shown && (!*people->filter || shows_somebody(attack, &whole));
	for (size_t i = 0; shown && i < people->about_count; i++) {
		whole = *people;
		whole.about_count = 0;
		for (size_t j = 0; j < people->about_count; j++) {
			const struct about *about = &people->about[j];
			if (i != j)
				add_about(&whole, attack, about->variable, about->code);
			else if (*about->code)
				add_about(&whole, attack, about->variable, "");
		}
		shown = shows_somebody(attack, &whole);
	}
	return shown;
}

/* A hidden line of one count is hidden for it; a hidden share for its count, where its base is shown. */
static void add_at_least_one(struct attack *attack, const struct line *line)
{
	const struct analysis *analysis = find_analysis(attack, line);
	struct cell *cell = cell_of_line(attack, analysis, line, line->field[CATEGORY]);
	const struct cell *base = cell_of_line(attack, analysis, line, "");
	bool itself = is_statistic(line, "count") || (base && is_fixed(base));
	if (is_hidden(line) && itself && would_show_nobody(attack, &cell->people))
		cell->least = fmax(cell->least, 1);
}

static void learn(struct attack *attack)
{
	for (size_t i = 0; i < attack->line_count; i++) {
		if (is_statistic(&attack->lines[i], "count") || is_statistic(&attack->lines[i], "share"))
			add_at_least_one(attack, &attack->lines[i]);
		if (is_statistic(&attack->lines[i], "share") || is_statistic(&attack->lines[i], "percentage") ||
		    is_statistic(&attack->lines[i], "answered") || is_statistic(&attack->lines[i], "missing_share") ||
		    is_statistic(&attack->lines[i], "pattern_share"))
			add_per_cent(attack, &attack->lines[i]);
	}
	for (size_t i = 0; i < attack->analysis_count; i++) {
		add_margins(attack, &attack->analyses[i]);
		for (size_t g = 0; g < attack->group_count; g++)
			add_group_margins(attack, &attack->analyses[i], &attack->groups[g]);
		add_causes(attack, &attack->analyses[i]);
		add_question(attack, &attack->analyses[i]);
		add_patterns(attack, &attack->analyses[i]);
	}
	for (size_t i = 0; i < attack->cell_count; i++) {
		const struct people *people = &attack->cells[i]->people;
		add_group(attack, attack->cells[i]);
		if (people->about_count == 1 && is_several(attack, people->about[0].variable) && !*people->about[0].code)
			add_several(attack, attack->cells[i]);
	}
	add_parts(attack);
}

/* --- solving --- */

static void bound_column(struct attack *attack, size_t position)
{
	const struct cell *cell = attack->cells[position];
	int kind = is_fixed(cell) ? GLP_FX : isinf(cell->most) ? GLP_LO : GLP_DB;
	glp_set_col_bnds(attack->programme, (int)position + 1, kind, cell->least, cell->most);
}

static void state_programme(struct attack *attack)
{
	glp_prob *programme = attack->programme = glp_create_prob();
	int *index = mem_alloc(attack->cell_count + 1, sizeof *index);
	double *factor = mem_alloc(attack->cell_count + 1, sizeof *factor);
	glp_add_cols(programme, (int)attack->cell_count);
	for (size_t i = 0; i < attack->cell_count; i++)
		bound_column(attack, i);
	for (size_t i = 0; i < attack->row_count; i++) {
		const struct row *row = &attack->rows[i];
		int at = glp_add_rows(programme, 1), kind = isinf(row->least)  ? GLP_UP
							    : isinf(row->most) ? GLP_LO
									       : GLP_FX;
		for (size_t j = 0; j < row->count; j++) {
			index[j + 1] = (int)attack->terms[row->first + j].cell + 1;
			factor[j + 1] = attack->terms[row->first + j].factor;
		}
		glp_set_row_bnds(programme, at, kind, row->least, row->most);
		glp_set_mat_row(programme, at, (int)row->count, index, factor);
	}
	glp_adv_basis(programme, 0);
	free(index);
	free(factor);
}

static bool solve_one(double *end, struct attack *attack, int direction, struct error *err)
{
	glp_smcp control;
	glp_init_smcp(&control);
	control.msg_lev = GLP_MSG_OFF;
	glp_set_obj_dir(attack->programme, direction);
	int failed = glp_simplex(attack->programme, &control), status = glp_get_status(attack->programme);
	if (failed || (status != GLP_OPT && status != GLP_UNBND))
		return error_set(err, ERROR_INPUT,
				 "no counts at all fit what was published and what a reader takes for granted");
	double value = glp_get_obj_val(attack->programme);
	bool least = direction == GLP_MIN;
	*end = status == GLP_UNBND ? (least ? -INFINITY : INFINITY)
				   : (least ? ceil(value - NEAR) : floor(value + NEAR)) + 0.0; /* no -0 */
	return true;
}

/* The least and the most of a cell less another (NULL: less nothing). */
static bool solve_interval(double *least, double *most, struct attack *attack, size_t cell, const size_t *less,
			   struct error *err)
{
	glp_set_obj_coef(attack->programme, (int)cell + 1, 1);
	if (less)
		glp_set_obj_coef(attack->programme, (int)*less + 1, -1);
	bool ok = solve_one(least, attack, GLP_MIN, err) && solve_one(most, attack, GLP_MAX, err);
	glp_set_obj_coef(attack->programme, (int)cell + 1, 0);
	if (less)
		glp_set_obj_coef(attack->programme, (int)*less + 1, 0);
	return ok;
}

/* Counts are whole: what one interval loses by that may narrow another. */
static bool solve_cells(struct attack *attack, struct error *err)
{
	bool changed = true;
	for (size_t round = 0; changed && round < ROUNDS; round++) {
		changed = false;
		for (size_t i = 0; i < attack->cell_count; i++) {
			struct cell *cell = attack->cells[i];
			double least = cell->least, most = cell->most;
			if (is_fixed(cell))
				continue;
			if (!solve_interval(&least, &most, attack, i, NULL, err))
				return false;
			if (least > cell->least || most < cell->most) {
				changed = true;
				cell->least = fmax(cell->least, least);
				cell->most = fmin(cell->most, most);
				bound_column(attack, i);
			}
		}
	}
	return true;
}

/* --- printing --- */

static void print_fields(const char *const *fields, size_t count)
{
	struct text line = { 0 };
	for (size_t i = 0; i < count; i++) {
		text_add(&line, i ? "," : "");
		text_add_escaped(&line, TEXT_CSV, fields[i]);
	}
	puts(line.bytes);
	text_free(&line);
}

/* Bounds are whole; no upper one prints as nothing. */
static void print_interval(const struct line *line, const struct cell *less, double least, double most)
{
	char low[32] = "", high[32] = "";
	if (isfinite(least))
		snprintf(low, sizeof low, "%.0f", least);
	if (isfinite(most))
		snprintf(high, sizeof high, "%.0f", most);
	const char *fields[] = { line->field[ANALYSIS],
				 line->field[OUTCOME],
				 line->field[CATEGORY],
				 line->field[AREA],
				 line->field[ACROSS],
				 less ? less->line->field[ANALYSIS] : "",
				 less ? less->line->field[OUTCOME] : "",
				 less ? less->category : "",
				 less ? less->line->field[AREA] : "",
				 less ? less->across : "",
				 low,
				 high };
	print_fields(fields, COUNT(fields));
}

static void print_hidden(const struct attack *attack)
{
	for (size_t i = 0; i < attack->line_count; i++) {
		const struct line *line = &attack->lines[i];
		if (!is_count(line) || !is_hidden(line))
			continue;
		const struct cell *cell =
			cell_of_line(attack, find_analysis(attack, line), line, line->field[CATEGORY]);
		print_interval(line, NULL, cell->least, cell->most);
	}
}

static bool print_differences(struct attack *attack, struct error *err)
{
	for (size_t i = 0; i < attack->cell_count; i++)
		for (size_t j = 0; j < attack->cell_count; j++) {
			const struct cell *whole = attack->cells[i], *part = attack->cells[j];
			double least = 0, most = 0;
			if (i == j || steps_between(attack, &whole->people, &part->people) != 1)
				continue;
			if (is_fixed(whole) && is_fixed(part))
				least = most = whole->least - part->least;
			else if (!solve_interval(&least, &most, attack, i, &j, err))
				return false;
			print_interval(whole->line, part, least, most);
		}
	return true;
}

static void attack_free(struct attack *attack)
{
	HASH_CLEAR(hh, attack->by_key);
	for (size_t i = 0; i < attack->cell_count; i++) {
		free(attack->cells[i]->key);
		free(attack->cells[i]);
	}
	for (size_t i = 0; i < attack->analysis_count; i++) {
		free(attack->analyses[i].categories.word);
		free(attack->analyses[i].areas.word);
		free(attack->analyses[i].acrosses.word);
		free(attack->analyses[i].causes.word);
		free(attack->analyses[i].patterns.word);
		free(attack->analyses[i].reasons.word);
	}
	if (attack->programme)
		glp_delete_prob(attack->programme);
	glp_free_env();
	free(attack->everybody.word);
	for (size_t i = 0; i < attack->group_count; i++)
		free(attack->groups[i].areas.word);
	free(attack->groups);
	free(attack->lines);
	free(attack->analyses);
	free(attack->cells);
	free(attack->rows);
	free(attack->terms);
	mem_arena_free(attack->arena);
}

static void read_several(struct attack *attack, const char *words)
{
	const char *colon = strchr(words, ':');
	char *variable = mem_copy_bytes(words, colon ? (size_t)(colon - words) : strlen(words));
	attack->several = mem_arena_copy(attack->arena, variable);
	attack->alone = colon ? colon + 1 : NULL;
	free(variable);
}

static const char usage[] = "attack_release [--respondents N] [--several VARIABLE[:OPTION]] [--group CODE=AREA+AREA]... RESULTS.csv";

int main(int argc, char **argv)
{
	static const struct option options[] = { { "respondents", required_argument, NULL, 'r' },
						 { "several", required_argument, NULL, 's' },
						 { "group", required_argument, NULL, 'g' },
						 { 0 } };
	static const char *const printed[] = { "analysis",      "outcome",      "category",      "area",
					       "across",        "less_analysis", "less_outcome", "less_category",
					       "less_area",     "less_across",  "low",           "high" };
	struct attack attack = { .arena = mem_arena_new() };
	struct error err = { 0 };
	const char *respondents = NULL;
	int option = 0;
	bool ok = true;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
		if (option == 'r')
			respondents = optarg;
		else if (option == 's')
			read_several(&attack, optarg);
		else if (option == 'g')
			add_area_group(&attack, optarg);
		else
			ok = error_set(&err, ERROR_USAGE, "%s", usage);
	if (ok && optind + 1 != argc)
		ok = error_set(&err, ERROR_USAGE, "%s", usage);

	glp_term_out(GLP_OFF);
	ok = ok && read_lines(&attack, argv[optind], &err);
	if (ok) {
		read_analyses(&attack);
		if (respondents)
			read_everybody(&attack, respondents);
		read_cells(&attack);
		learn(&attack);
		state_programme(&attack);
		ok = solve_cells(&attack, &err);
	}
	if (ok) {
		print_fields(printed, COUNT(printed));
		print_hidden(&attack);
		ok = print_differences(&attack, &err);
	}
	attack_free(&attack);
	return stage_exit("attack_release", ok, &err);
}
