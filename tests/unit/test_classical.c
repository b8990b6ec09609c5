/* Tables that the field argues about: the users of sdcTable, tau-ARGUS, GaussSuppression and ACRO (issues of
 * sdcTools/UserSupport and AI-SDC/ACRO), the vignettes of sdcTable and GaussSuppression, the SDC Handbook (2nd
 * edition). Patterns that are known to give a cell away are caught; of the tables that they are about none is given
 * away here, at no more cost than the pattern that is known to be safe. */
#include "testing.h"

#include "audit/attacker.h"
#include "audit/judge.h"
#include "protect/classify.h"
#include "protect/protect.h"
#include "universe.h"
#include "withhold/withheld.h"

enum { MOST_LINES = 24, MOST_COLUMNS = 8, MOST_GROUPS = 8, MOST_CELLS = MOST_LINES * MOST_COLUMNS };

/* Rows by columns, with all totals. Groups are sets of rows, or of columns, with totals of their own; a group is no
 * part of another. In `pattern` a line for each row, each group and the total; in each a sign for each column, each
 * group and the total: x is hidden. A table of one column has no total of its columns. */
struct table {
	const char *name;
	size_t rows, columns;
	long long n[16][MOST_COLUMNS];
	unsigned row_groups[MOST_GROUPS], column_groups[MOST_GROUPS];
	int threshold, width;
	bool zeros_hidden;
	const char *pattern[MOST_LINES];
	struct {
		size_t row, column; /* of the pattern, from 0 */
		double least, most;
		enum judge_verdict verdict;
	} found[4];
	size_t found_count;
	bool unproven; /* it is too hard to prove that no pattern is cheaper */
};

/* UserSupport#136: regions A, B, I, J of county-1 and K, L, M, N of county-2; L and M are the big ones. */
#define LINKED                                                                                                         \
	.rows = 8, .columns = 1, .n = { { 2 }, { 2 }, { 8 }, { 8 }, { 3 }, { 3 }, { 3 }, { 7 } },                      \
	.row_groups = { 0x0F, 0xF0, 0x60, 0x9F }, .threshold = 4, .width = 2

/* UserSupport#133: regions A, B, I, J, K; A and I are county-1, J and K county-10, B county-4; A and B are the big
 * ones. */
#define COUNTIES                                                                                                       \
	.rows = 5, .columns = 1, .n = { { 11 }, { 7 }, { 3 }, { 9 }, { 4 } },                                          \
	.row_groups = { 0x05, 0x18, 0x03, 0x1C }, .threshold = 5, .width = 2

/* Made up after ACRO#137; the group are the rows that it would not suppress. */
#define RECOMMENDED                                                                                                    \
	.rows = 5, .columns = 1, .n = { { 1440 }, { 858 }, { 2 }, { 2022 }, { 4 } }, .row_groups = { 0x0B },           \
	.threshold = 10, .width = 3

/* The table of GaussSuppression's examples. */
#define FIFTEEN                                                                                                        \
	.rows = 3, .columns = 5, .n = { { 1, 1, 1, 5, 5 }, { 9, 9, 9, 9, 9 }, { 0, 0, 0, 7, 7 } }, .threshold = 4,     \
	.width = 2

/* GaussSuppression, z1: eight regions by four sources of income. */
#define Z1_COUNTS                                                                                                      \
	{ 11, 11, 55, 36 }, { 7, 1, 29, 18 }, { 5, 8, 35, 25 }, { 13, 2, 17, 13 }, { 9, 14, 63, 52 },                  \
		{ 12, 9, 24, 22 }, { 6, 4, 22, 8 },                                                                    \
	{                                                                                                              \
		9, 3, 38, 15                                                                                           \
	}
#define Z1 .rows = 8, .columns = 4, .n = { Z1_COUNTS }, .threshold = 4, .width = 2

/* z2: three regions more, in six counties (fylke) and in two classes (kostragr) that cut across them. */
#define Z2                                                                                                             \
	.rows = 11, .columns = 4, .n = { Z1_COUNTS, { 3, 0, 9, 2 }, { 9, 0, 32, 20 }, { 4, 2, 18, 11 } },              \
	.row_groups = { 0x101, 0x600, 0x002, 0x00C, 0x030, 0x0C0, 0x0FF, 0x700 }, .threshold = 4, .width = 2

/* sdcTable, R/test_problems.R */
#define RECOMPUTED                                                                                                     \
	.rows = 4, .columns = 4,                                                                                       \
	.n = { { 30, 47, 64, 89 }, { 90, 124, 5, 31 }, { 92, 100, 59, 85 }, { 800, 991, 651, 685 } }, .threshold = 10, \
	.width = 3

/* GaussSuppression, example1 of 2014: young and old by Spain, Iceland, Portugal; Spain and Portugal are the EU. */
#define AGES .rows = 2, .columns = 3, .n = { { 5, 2, 0 }, { 6, 3, 4 } }

static const struct table known[] = {
	{ "#307: two hidden cells with a known sum of 8 are below 11", .rows = 3, .columns = 1,
	  .n = { { 15 }, { 5 }, { 3 } }, .threshold = 11, .width = 3, .pattern = { ".", "x", "x", "." },
	  .found = { { 1, 0, 1, 7, JUDGE_BELOW_REACH }, { 2, 0, 1, 7, JUDGE_BELOW_REACH } }, .found_count = 2 },
	{ "#307: with the third hidden they are not", .rows = 3, .columns = 1, .n = { { 15 }, { 5 }, { 3 } },
	  .threshold = 11, .width = 3, .pattern = { "x", "x", "x", "." },
	  .found = { { 1, 0, 1, 21, JUDGE_SAFE }, { 2, 0, 1, 21, JUDGE_SAFE } }, .found_count = 2 },
	{ "#136: two groupings protected in turn give a region away by differencing", LINKED,
	  .pattern = { "x", "x", ".", ".", "x", "x", "x", ".", ".", ".", ".", ".", "." },
	  .found = { { 4, 0, 3, 3, JUDGE_RECOVERED }, { 0, 0, 1, 3, JUDGE_BELOW_REACH } }, .found_count = 2 },
	/* the tables by county and by group were made to agree on region B under one name only: it is hidden as B, and
	 * shown as county-4, which is B alone */
	{ "#133: a region that is shown under its other name", COUNTIES,
	  .pattern = { "x", ".", "x", "x", "x", ".", ".", ".", ".", "." },
	  .found = { { 0, 0, 11, 11, JUDGE_RECOVERED }, { 2, 0, 3, 3, JUDGE_RECOVERED }, { 4, 0, 1, 12, JUDGE_SAFE } },
	  .found_count = 3 },
	{ "#135: three ones that make up three are known", .rows = 1, .columns = 5, .n = { { 1, 1, 7, 1, 0 } },
	  .threshold = 3, .width = 2, .pattern = { "xx.x..", "xx.x.." },
	  .found = { { 0, 0, 1, 1, JUDGE_RECOVERED },
	             { 0, 1, 1, 1, JUDGE_RECOVERED },
	             { 0, 3, 1, 1, JUDGE_RECOVERED } },
	  .found_count = 3 },
	{ "#194: 0 = x + x + 0", .rows = 1, .columns = 3, .n = { { 0, 0, 0 } }, .threshold = 3, .width = 2,
	  .zeros_hidden = true, .pattern = { "xx..", "xx.." },
	  .found = { { 0, 0, 0, 0, JUDGE_RECOVERED }, { 0, 1, 0, 0, JUDGE_RECOVERED } }, .found_count = 2 },
	{ "#194: 15 = 10 + 5 + x + x, the two being zeros", .rows = 1, .columns = 4, .n = { { 10, 5, 0, 0 } },
	  .threshold = 3, .width = 2, .zeros_hidden = true, .pattern = { "..xx.", "..xx." },
	  .found = { { 0, 2, 0, 0, JUDGE_RECOVERED }, { 0, 3, 0, 0, JUDGE_RECOVERED } }, .found_count = 2 },
	{ "#194: 15 = 10 + 3 + x + x, the two being ones", .rows = 1, .columns = 4, .n = { { 10, 3, 1, 1 } },
	  .threshold = 3, .width = 2, .pattern = { "..xx.", "..xx." },
	  .found = { { 0, 2, 1, 1, JUDGE_RECOVERED }, { 0, 3, 1, 1, JUDGE_RECOVERED } }, .found_count = 2 },
	{ "#88: of a group of 100 per cent the others are known to be none", .rows = 2, .columns = 2,
	  .n = { { 20, 0 }, { 12, 15 } }, .threshold = 5, .width = 2, .zeros_hidden = true,
	  .pattern = { ".x.", "...", "..." }, .found = { { 0, 1, 0, 0, JUDGE_RECOVERED } }, .found_count = 1 },
	/* the class of parents by the recommendation for the nursery, of which the row `recommend` has two children */
	{ "ACRO#198: margins beside the cells that a mask took out", .rows = 5, .columns = 3,
	  .n = { { 1440, 1440, 1440 }, { 858, 1484, 1924 }, { 0, 0, 2 }, { 2022, 1264, 758 }, { 0, 132, 196 } },
	  .threshold = 10, .width = 3, .zeros_hidden = true,
	  .pattern = { "....", "....", "xxxx", "....", "x...", "...." },
	  .found = { { 2, 2, 2, 2, JUDGE_RECOVERED },
	             { 2, 1, 0, 0, JUDGE_RECOVERED },
	             { 4, 0, 0, 0, JUDGE_RECOVERED } },
	  .found_count = 3 },
	/* what was asked for: totals of what is shown. The true total stands in the next table */
	{ "ACRO#137: a total of what is shown beside a total of all", RECOMMENDED,
	  .pattern = { ".", ".", "x", ".", "x", ".", "." },
	  .found = { { 2, 0, 1, 5, JUDGE_BELOW_REACH }, { 4, 0, 1, 5, JUDGE_BELOW_REACH } }, .found_count = 2 },
	{ "sdcTable: two hidden in every row and column, and one of them is recomputed", RECOMPUTED,
	  .pattern = { "xxx..", "x.x..", ".x.x.", ".x.x.", "....." }, .found = { { 0, 1, 47, 47, JUDGE_RECOVERED } },
	  .found_count = 1 },
	/* w and x of b are 171 together; w of a, b and c 141, each at least 1 */
	{ "sdcTable: with one more it is not", RECOMPUTED, .pattern = { "xxx..", "xxx..", ".x.x.", ".x.x.", "....." },
	  .found = { { 0, 1, 1, 139, JUDGE_SAFE } }, .found_count = 1 },
	{ "GaussSuppression: three ones in a row, without its rule for singletons", FIFTEEN,
	  .pattern = { "xxx...", "xxx...", "......", "......" },
	  .found = { { 0, 0, 1, 1, JUDGE_RECOVERED }, { 1, 0, 9, 9, JUDGE_RECOVERED } }, .found_count = 2 },
	{ "GaussSuppression: zeros in a row, without its rule for singletons", .rows = 3, .columns = 3,
	  .n = { { 0, 2, 5 }, { 0, 0, 6 }, { 7, 8, 9 } }, .threshold = 4, .width = 2, .zeros_hidden = true,
	  .pattern = { "xx..", "xx..", "....", "...." },
	  .found = { { 1, 0, 0, 0, JUDGE_RECOVERED },
	             { 0, 0, 0, 0, JUDGE_RECOVERED },
	             { 0, 1, 2, 2, JUDGE_RECOVERED } },
	  .found_count = 3 },
	{ "Handbook, 4.2 example 3: a feasibility interval (Geurts 1992)", .rows = 3, .columns = 2,
	  .n = { { 5, 2 }, { 1, 2 }, { 3, 3 } }, .threshold = 3, .width = 3, .zeros_hidden = true,
	  .pattern = { "xx.", "xx.", "...", "..." },
	  .found = { { 0, 0, 3, 6, JUDGE_SAFE }, { 0, 1, 1, 4, JUDGE_SAFE }, { 1, 0, 0, 3, JUDGE_SAFE } },
	  .found_count = 3 },
	/* 2001 output area and 1991 enumeration district: what the one has more */
	{ "Handbook, 5.2: areas that differ by a few households", .rows = 2, .columns = 3,
	  .n = { { 50, 128, 39 }, { 2, 2, 0 } }, .threshold = 3, .width = 2, .zeros_hidden = true,
	  .pattern = { "....", "xxxx", "...." },
	  .found = { { 1, 0, 2, 2, JUDGE_RECOVERED }, { 1, 2, 0, 0, JUDGE_RECOVERED } }, .found_count = 2 },
};

/* The last pattern is of those who wrote of the table, or by hand; empty: it is not known. */
static const struct table protected[] = {
	{ "#307", .rows = 3, .columns = 1, .n = { { 15 }, { 5 }, { 3 } }, .threshold = 11, .width = 3,
	  .pattern = { "x", "x", "x", "." } },
	{ "#136", LINKED, .pattern = { "" } },
	{ "#133", COUNTIES, .pattern = { "" } },
	{ "ACRO#137", RECOMMENDED, .pattern = { "" } },
	{ "#135", .rows = 2, .columns = 5, .n = { { 1, 1, 7, 1, 0 }, { 1, 0, 0, 2, 8 } }, .threshold = 3, .width = 2,
	  .pattern = { "" } },
	{ "#194", .rows = 1, .columns = 4, .n = { { 10, 3, 1, 1 } }, .threshold = 3, .width = 2, .pattern = { "" } },
	{ "ACRO#198", .rows = 5, .columns = 3,
	  .n = { { 1440, 1440, 1440 }, { 858, 1484, 1924 }, { 0, 0, 2 }, { 2022, 1264, 758 }, { 0, 132, 196 } },
	  .threshold = 10, .width = 3, .pattern = { "" } },
	{ "sdcTable's problem", RECOMPUTED, .pattern = { "" } },
	{ "GaussSuppression's fifteen cells, zeros shown", FIFTEEN,
	  .pattern = { "xxx.x.", "xxx.x.", "......", "......" } },
	{ "GaussSuppression's fifteen cells, zeros hidden", FIFTEEN, .zeros_hidden = true,
	  .pattern = { "xxx.x.", "......", "xxx.x.", "......" } },
	{ "GaussSuppression, z1", Z1,
	  .pattern = { ".....", "xx...", ".....", "xx...", ".....", ".....", ".....", "xx...", "....." } },
	{ "GaussSuppression, z2: regions, counties and classes", Z2, .unproven = true,
	  .pattern = { "x..x.", ".x.x.", "xx...", "xx...", ".....", ".....", "xx...", "xx...", "x..x.", ".....",
	               ".x.x.", ".....", ".x.x.", ".x.x.", ".....", ".....", ".....", "xx...", "xx...", "....." } },
	{ "GaussSuppression, example1: zeros and ones hidden", AGES, .threshold = 2, .width = 1, .zeros_hidden = true,
	  .pattern = { ".xx.", ".xx.", "...." } },
	{ "GaussSuppression, example1: by the EU too", AGES, .column_groups = { 5, 2 }, .threshold = 3, .width = 2,
	  .zeros_hidden = true, .pattern = { "" } },
	{ "#93: sections of industry in groups that no tree holds", .rows = 5, .columns = 2,
	  .n = { { 40, 3 }, { 12, 30 }, { 9, 14 }, { 25, 8 }, { 2, 17 } }, .row_groups = { 0x07, 0x0E, 0x1C, 0x15 },
	  .threshold = 5, .width = 3, .pattern = { "" } },
	/* made up after the issue: vehicles by kind; districts in two states, and in regions that cut across them */
	{ "#265: two tables whose districts no tree holds", .rows = 6, .columns = 3,
	  .n = { { 41, 3, 12 }, { 66, 15, 2 }, { 23, 11, 19 }, { 37, 4, 10 }, { 58, 13, 0 }, { 29, 1, 17 } },
	  .row_groups = { 0x07, 0x38, 0x0C, 0x23 }, .threshold = 5, .width = 3, .pattern = { "" } },
	/* sdcTools/tauargus, data/tableinput/pp.tab: enterprises by size and by part of the country */
	{ "tau-ARGUS, the table that comes with it", .rows = 8, .columns = 4,
	  .n = { { 6, 3, 0, 0 },
	         { 1, 1, 0, 3 },
	         { 5137, 4808, 4696, 5361 },
	         { 2471, 2041, 2062, 2257 },
	         { 1487, 1380, 1294, 1337 },
	         { 1426, 1101, 1026, 1041 },
	         { 862, 893, 976, 1048 },
	         { 5, 0, 0, 0 } },
	  .threshold = 10, .width = 3, .pattern = { "" } },
	{ "Handbook, 5.2: marital status by sex", .rows = 3, .columns = 2, .n = { { 38, 17 }, { 7, 4 }, { 3, 1 } },
	  .threshold = 3, .width = 2, .pattern = { "" } },
	{ "Handbook, 5.2: hours by marital status, all of six in full time", .rows = 3, .columns = 2,
	  .n = { { 6, 0 }, { 5, 1 }, { 2, 2 } }, .threshold = 3, .width = 2, .zeros_hidden = true, .pattern = { "" } },
};

/* --- a table as a universe --- */

struct place {
	size_t line, column; /* of the pattern */
};

struct made {
	struct universe *universe;
	struct place places[MOST_CELLS]; /* by cell less one */
	size_t at[MOST_LINES][MOST_COLUMNS], lines, columns;
};

static size_t group_count(const unsigned *groups)
{
	size_t count = 0;
	while (count < MOST_GROUPS && groups[count])
		count++;
	return count;
}

/* The rows of a line of the pattern, as a set; columns likewise. */
static unsigned members(size_t position, size_t count, const unsigned *groups)
{
	size_t group = position - count;
	if (position < count)
		return 1U << position;
	return group < group_count(groups) ? groups[group] : (1U << count) - 1;
}

static size_t line_count(size_t count, const unsigned *groups)
{
	return count == 1 && !groups[0] ? 1 : count + group_count(groups) + 1;
}

static size_t add_cell(struct made *made, const struct table *table, size_t unit, size_t line, size_t column)
{
	unsigned rows = members(line, table->rows, table->row_groups),
		 columns = members(column, table->columns, table->column_groups);
	long long n = 0;
	for (size_t i = 0; i < table->rows; i++)
		for (size_t j = 0; j < table->columns; j++)
			n += rows >> i & 1 && columns >> j & 1 ? table->n[i][j] : 0;
	char *condition = mem_print("survey & column=%zu & row=%zu", column, line);
	size_t cell = universe_cell(made->universe, unit, condition, n);
	free(condition);
	universe_result(
		made->universe,
		&(struct result){
			.analysis = "a", .dataset = "survey", .statistic = "count", .outcome = "x", .level = NAN },
		&cell, 1, NULL, 0);
	universe_figure(made->universe,
	                &(struct figure){ .name = "n", .value = (double)n, .numerator = cell, .factor = NAN });
	made->places[cell - 1] = (struct place){ line, column };
	return made->at[line][column] = cell;
}

/* Each total and each group is the sum of its members, along the lines or along the columns. */
static void add_sums(struct made *made, size_t count, const unsigned *groups, bool lines)
{
	size_t across = lines ? made->columns : made->lines, along = lines ? made->lines : made->columns;
	for (size_t other = 0; other < across; other++)
		for (size_t whole = count; whole < along; whole++) {
			size_t parts[16], part_count = 0;
			for (size_t i = 0; i < count; i++)
				if (members(whole, count, groups) >> i & 1)
					parts[part_count++] = lines ? made->at[i][other] : made->at[other][i];
			universe_relation(made->universe, RELATION_SUM,
			                  lines ? made->at[whole][other] : made->at[other][whole], parts, part_count);
		}
}

/* `backwards`: the cells in the other order, as where the analyses of a study stand in another one. */
static struct made make(const struct table *table, bool backwards)
{
	struct made made = { .universe = universe_new(),
		             .lines = line_count(table->rows, table->row_groups),
		             .columns = line_count(table->columns, table->column_groups) };
	size_t unit = universe_unit(made.universe, "respondent", "respondents", true, 0);
	for (size_t i = 0; i < made.lines * made.columns; i++) {
		size_t place = backwards ? made.lines * made.columns - 1 - i : i;
		add_cell(&made, table, unit, place / made.columns, place % made.columns);
	}
	add_sums(&made, table->rows, table->row_groups, true);
	add_sums(&made, table->columns, table->column_groups, false);
	return made;
}

static struct study_disclosure policy_of(const struct table *table)
{
	return (struct study_disclosure){ .threshold = table->threshold,
		                          .zeros = table->zeros_hidden ? STUDY_ZEROS_HIDDEN : STUDY_ZEROS_SHOWN,
		                          .min_width = table->width,
		                          .reach = true };
}

/* The pattern's sign; a table of one row or column may leave out the total. */
static bool pattern_hides(const struct table *table, struct place place)
{
	const char *line = table->pattern[place.line];
	return line && place.column < strlen(line) && line[place.column] == 'x';
}

static bool *hidden_by_pattern(const struct made *made, const struct table *table)
{
	bool *hidden = mem_alloc(made->universe->cell_count, sizeof *hidden);
	for (size_t i = 0; i < made->universe->cell_count; i++)
		hidden[i] = pattern_hides(table, made->places[i]);
	return hidden;
}

/* --- attack and judge --- */

static struct attacker *attack(const struct made *made, const struct table *table, bool *hidden)
{
	struct error err = { 0 };
	struct attacker *attacker = attacker_new();
	struct universe *shown = withheld_universe(made->universe, &(struct withholding){ .hidden = hidden });
	attacker_universe(
		attacker, shown,
		&(struct attacker_policy){ .zeros_shown = !table->zeros_hidden, .threshold = table->threshold });
	assert_ok(attacker_run(attacker, &err), &err);
	universe_free(shown);
	return attacker;
}

static enum judge_verdict verdict_of(const struct made *made, const struct cell_decision *decisions, const bool *hidden,
                                     const struct attacker *attacker, size_t cell, struct interval *interval)
{
	const struct cell_decision *decision = &decisions[cell - 1];
	assert_true(attacker_interval(attacker, made->universe->cells[cell - 1].condition, NULL, interval));
	return judge_cell(&(struct judge_demand){ .truth = (double)made->universe->cells[cell - 1].n,
	                                          .published = decision->published,
	                                          .hidden = hidden[cell - 1],
	                                          .unsafe = decision->unsafe,
	                                          .reach = decision->reach,
	                                          .width = decision->width },
	                  *interval);
}

static void what_a_pattern_gives_away_is_found(void **state)
{
	const struct table *table = *state;
	struct made made = make(table, false);
	struct study_disclosure policy = policy_of(table);
	struct cell_decision *decisions = classify(made.universe, &policy);
	bool *hidden = hidden_by_pattern(&made, table);
	struct attacker *attacker = attack(&made, table, hidden);
	for (size_t i = 0; i < table->found_count; i++) {
		struct interval interval;
		size_t cell = made.at[table->found[i].row][table->found[i].column];
		enum judge_verdict verdict = verdict_of(&made, decisions, hidden, attacker, cell, &interval);
		if (interval.least + 0 != table->found[i].least || interval.most != table->found[i].most)
			fail_msg("%s: %g to %g, not %g to %g", made.universe->cells[cell - 1].condition, interval.least,
			         interval.most, table->found[i].least, table->found[i].most);
		assert_string_equal(judge_verdict_word(verdict), judge_verdict_word(table->found[i].verdict));
	}
	attacker_free(attacker);
	free(hidden);
	free(decisions);
	universe_free(made.universe);
}

/* Whether every cell is as safe as the policy demands; `blame` gets the first that is not. */
static bool all_safe(const struct made *made, const struct table *table, const struct cell_decision *decisions,
                     bool *hidden, size_t *blame)
{
	struct attacker *attacker = attack(made, table, hidden);
	bool safe = true;
	for (size_t cell = 1; cell <= made->universe->cell_count && safe; cell++) {
		struct interval interval;
		safe = (hidden[cell - 1] || !decisions[cell - 1].unsafe)
		       && verdict_of(made, decisions, hidden, attacker, cell, &interval) == JUDGE_SAFE;
		*blame = cell;
	}
	attacker_free(attacker);
	return safe;
}

static double cost_of(const struct made *made, const struct cell_decision *decisions, const bool *hidden)
{
	double cost = 0;
	for (size_t i = 0; i < made->universe->cell_count; i++)
		cost += hidden[i] && !decisions[i].unsafe ? decisions[i].cost : 0;
	return cost;
}

static bool *hidden_by_protect(const struct made *made, const struct study_disclosure *policy, bool *cheapest)
{
	struct error err = { 0 };
	struct cell_decision *decisions = NULL;
	assert_ok(protect_universe(&decisions, cheapest, made->universe, policy, &err), &err);
	bool *hidden = mem_alloc(made->universe->cell_count, sizeof *hidden);
	for (size_t i = 0; i < made->universe->cell_count; i++)
		hidden[i] = decisions[i].hidden;
	free(decisions);
	return hidden;
}

static void a_table_is_protected_at_no_more_cost(void **state)
{
	const struct table *table = *state;
	struct made made = make(table, false);
	struct study_disclosure policy = policy_of(table);
	struct cell_decision *decisions = classify(made.universe, &policy);
	bool cheapest = false, again_cheapest = false;
	bool *hidden = hidden_by_protect(&made, &policy, &cheapest),
	     *again = hidden_by_protect(&made, &policy, &again_cheapest);
	size_t blame = 0;
	if (!all_safe(&made, table, decisions, hidden, &blame))
		fail_msg("%s is not safe", made.universe->cells[blame - 1].condition);
	assert_true(cheapest || table->unproven);
	/* #315: the same table, the same pattern */
	assert_memory_equal(hidden, again, made.universe->cell_count * sizeof *hidden);
	bool *theirs = hidden_by_pattern(&made, table);
	if (table->pattern[0][0] && all_safe(&made, table, decisions, theirs, &blame))
		assert_true(cost_of(&made, decisions, hidden) <= cost_of(&made, decisions, theirs) + 1e-9);
	free(theirs);
	free(again);
	free(hidden);
	free(decisions);
	universe_free(made.universe);
}

/* Where the cheapest pattern is proven, no other order of the cells costs less, so that of two orders that are proven
 * only cells that cost the same together change places. */
static void another_order_costs_as_much(void **state)
{
	const struct table *table = *state;
	struct study_disclosure policy = policy_of(table);
	double cost[2] = { 0 }, apart[2] = { 0 };
	bool *hidden[2], cheapest[2] = { false };
	struct made made[2];
	for (int order = 0; order < 2; order++) {
		made[order] = make(table, order);
		hidden[order] = hidden_by_protect(&made[order], &policy, &cheapest[order]);
	}
	assert_true(cheapest[0] || table->unproven);
	for (int order = 0; order < 2; order++) {
		struct cell_decision *decisions = classify(made[order].universe, &policy);
		cost[order] = cost_of(&made[order], decisions, hidden[order]);
		for (size_t line = 0; line < made[0].lines; line++)
			for (size_t column = 0; column < made[0].columns; column++) {
				size_t cell = made[order].at[line][column], other = made[!order].at[line][column];
				if (hidden[order][cell - 1] && !hidden[!order][other - 1])
					apart[order] += decisions[cell - 1].cost;
			}
		free(decisions);
	}
	assert_true(!cheapest[0] || cost[0] <= cost[1] + 1e-9);
	assert_true(!cheapest[1] || cost[1] <= cost[0] + 1e-9);
	if (cheapest[0] && cheapest[1])
		assert_close(apart[0], apart[1], 1e-9);
	for (int order = 0; order < 2; order++) {
		free(hidden[order]);
		universe_free(made[order].universe);
	}
}

/* #115: the sixty of an area must stay, and so must all of 64: no pattern protects the four of the other one, and that
 * is said, with its name. */
static void what_must_be_published_and_cannot_is_said(void **state)
{
	(void)state;
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 0);
	size_t all = universe_cell(universe, unit, "survey", 64),
	       a = universe_cell(universe, unit, "survey & area=A", 60),
	       b = universe_cell(universe, unit, "survey & area=B", 4);
	for (size_t cell = 1; cell <= 3; cell++)
		universe_result(universe,
		                &(struct result){ .analysis = "a",
		                                  .dataset = "survey",
		                                  .statistic = "count",
		                                  .outcome = "x",
		                                  .level = NAN },
		                &cell, 1, NULL, 0);
	universe_relation(universe, RELATION_SUM, all, (size_t[]){ a, b }, 2);
	enum study_never_hide areas[] = { STUDY_NEVER_HIDE_AREAS };
	struct study_disclosure policy = {
		.threshold = 10, .min_width = 3, .reach = true, .never_hide = areas, .never_hide_count = 1
	};
	struct cell_decision *decisions = NULL;
	struct error err = { 0 };
	assert_false(protect_universe(&decisions, NULL, universe, &policy, &err));
	assert_string_equal(err.code, "policy-infeasible");
	assert_non_null(strstr(err.message, "survey & area=B"));
	universe_free(universe);
}

/* #98: three people with large weights are three people. */
static void weights_make_no_count_large(void **state)
{
	(void)state;
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 0);
	size_t cell = universe_cell(universe, unit, "survey & area=A", 3);
	universe_result(universe,
	                &(struct result){ .analysis = "a",
	                                  .dataset = "survey",
	                                  .statistic = "weighted_share",
	                                  .outcome = "x",
	                                  .weight = "w",
	                                  .level = NAN },
	                &cell, 1, NULL, 0);
	universe_figure(universe, &(struct figure){ .name = "estimate", .decimals = 1, .value = 61.5, .factor = NAN });
	struct study_disclosure policy = { .threshold = 10, .min_width = 3, .reach = true };
	struct made made = { .universe = universe };
	bool cheapest = false, *hidden = hidden_by_protect(&made, &policy, &cheapest);
	struct universe *shown = withheld_universe(universe, &(struct withholding){ .hidden = hidden });
	assert_true(hidden[cell - 1]);
	assert_int_equal(shown->results[0].status, RESULT_HIDDEN);
	assert_true(isnan(shown->figures[0].value));
	universe_free(shown);
	free(hidden);
	universe_free(universe);
}

/* Handbook, 5.5: men and women of three areas, each count to the nearest five; 32 people stand as 35. Its own number is
 * outside what the other numbers leave; the 30 that belongs there is not. */
static void a_misprint_among_rounded_counts_is_found(void **state)
{
	static const long long counts[4][3] = { { 1, 0, 1 }, { 3, 3, 6 }, { 12, 20, 32 }, { 16, 23, 39 } },
			       rounded[4][3] = { { 0, 0, 0 }, { 5, 5, 5 }, { 10, 20, 30 }, { 15, 25, 40 } };
	(void)state;
	for (int misprint = 0; misprint < 2; misprint++) {
		struct error err = { 0 };
		struct attacker *attacker = attacker_new();
		size_t cells[4][3];
		for (size_t i = 0; i < 4; i++)
			for (size_t j = 0; j < 3; j++) {
				long long value = misprint && i == 2 && j == 2 ? 35 : rounded[i][j];
				char *condition = mem_print("%zu & %zu", i, j);
				cells[i][j] = attacker_cell(attacker, condition, value > 2 ? (double)value - 2 : 0,
				                            (double)value + 2);
				free(condition);
			}
		for (size_t i = 0; i < 4; i++)
			attacker_relation(attacker, RELATION_SUM, cells[i][2], cells[i], 2);
		for (size_t j = 0; j < 3; j++)
			attacker_relation(attacker, RELATION_SUM, cells[3][j],
			                  (size_t[]){ cells[0][j], cells[1][j], cells[2][j] }, 3);
		assert_ok(attacker_run(attacker, &err), &err);
		struct interval interval;
		assert_true(attacker_interval(attacker, "2 & 2", NULL, &interval));
		enum judge_verdict verdict =
			judge_cell(&(struct judge_demand){ .truth = (double)counts[2][2] }, interval);
		assert_int_equal(verdict, misprint ? JUDGE_INCONSISTENT : JUDGE_SAFE);
		attacker_free(attacker);
	}
}

int main(void)
{
	struct CMUnitTest tests[COUNT(known) + 2 * COUNT(protected) + 8];
	size_t count = 0;
	ADD_EXAMPLES(tests, count, known, what_a_pattern_gives_away_is_found);
	ADD_EXAMPLES(tests, count, protected, a_table_is_protected_at_no_more_cost);
	ADD_EXAMPLES(tests, count, protected, another_order_costs_as_much);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(what_must_be_published_and_cannot_is_said);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(weights_make_no_count_large);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_misprint_among_rounded_counts_is_found);
	return _cmocka_run_group_tests("classical", tests, count, NULL, NULL);
}
