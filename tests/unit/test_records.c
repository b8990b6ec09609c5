/* What whoever has a public file of records can count in it: on a file of four made by hand, and on tiny ones against every
 * way in which their blanks can be filled. */
#include "testing.h"

#include "audit/attacker.h"
#include "audit/record_file.h"
#include "audit/records.h"
#include "embedded.h"
#include "provenance.h"
#include "store.h"
#include "text.h"

/* ---- a file by hand ---- */

static struct record_file *file_of(const char *sql)
{
	struct error err = { 0 };
	struct store *store = NULL;
	struct record_file *file = NULL;
	char *folder = test_folder(), *path = mem_print("%s/anonymised.db", folder);
	assert_ok(store_create(&store, path, "anonymise", sql_schema_anonymised, &err), &err);
	assert_ok(store_run(store, sql, &err) && store_commit(store, &err), &err);
	store_close(store);
	assert_ok(store_open(&store, path, "anonymise", &err), &err);
	assert_ok(record_file_read(&file, "d", store, &err), &err);
	store_close(store);
	free(path);
	free(folder);
	return file;
}

#define VARIABLES "INSERT INTO variable (variable, position, label, type, level, treatment, role, sensitive, least, most, top) VALUES "
#define CODES "INSERT INTO code VALUES "
#define STANDS "INSERT INTO stands_for VALUES "

/* The ages of 60 and more are one, and so are the two kinds of renting; the third's sex is blanked, and the age of the fourth,
 * who refused to tell it, too. */
static const char four[] =
	VARIABLES "('area', 1, '', 'code', '', 'kept', 'area', 0, NULL, NULL, NULL), "
	"('sex', 2, '', 'code', '', 'kept', '', 0, NULL, NULL, NULL), "
	"('age', 3, '', 'integer', '', 'top', '', 0, 16, 60, 60), "
	"('tenure', 4, '', 'code', '', 'broader', '', 0, NULL, NULL, NULL), "
	"('support', 5, '', 'codes', '', 'kept', '', 0, NULL, NULL, NULL), "
	"('score', 6, '', 'integer', '', 'kept', '', 0, 0, 10, NULL), "
	"('income', 7, '', 'number', '', 'bands', '', 0, 0, NULL, NULL);"
	CODES "('area', 1, 'A', ''), ('area', 2, 'B', ''), ('sex', 1, 'f', ''), ('sex', 2, 'm', ''), "
	"('tenure', 1, 'own', ''), ('tenure', 2, 'rent', ''), ('support', 1, 'money', ''), ('support', 2, 'advice', ''), "
	"('income', 1, '0-99', '0-99'), ('income', 2, '100 and over', '100 and over');"
	STANDS "('area', 1, 'A'), ('area', 2, 'B'), ('sex', 1, 'f'), ('sex', 2, 'm'), ('tenure', 1, 'own'), "
	"('tenure', 2, 'social'), ('tenure', 2, 'private'), ('support', 1, 'money'), ('support', 2, 'advice');"
	"CREATE TABLE records (record INTEGER PRIMARY KEY, area, sex, age, tenure, support, score, income);"
	"INSERT INTO records VALUES (1, 1, 1, 20, 1, 'money;advice', 10, 1), (2, 1, 2, 60, 2, '(none)', 0, 2), "
	"(3, 2, NULL, 30, 2, 'money', 5, 2), (4, 2, 1, NULL, 1, NULL, NULL, NULL);"
	"INSERT INTO missing VALUES ('sex', 3, 'suppressed'), ('age', 4, 'suppressed'), ('support', 4, 'not_asked'), "
	"('score', 4, 'not_answered'), ('income', 4, 'refused');"
	"INSERT INTO blanked VALUES (3, 'sex', 1, '', ''), (4, 'age', NULL, 'refused', '');"
	/* the band follows but for the third; which kind of renting the second has follows from something else */
	"INSERT INTO derivable_variable VALUES ('band', 'code', NULL, NULL, 'ffff00000000'), ('tenure', 'code', NULL, NULL, ''), "
	"('double', 'integer', 0, 20, ''), ('wants', 'codes', NULL, NULL, '');"
	"INSERT INTO derivable VALUES ('band', 1, 'high', ''), ('band', 2, 'low', ''), ('band', 4, NULL, 'refused'), "
	"('tenure', 2, 'private', ''), ('double', 1, 20, ''), ('double', 2, 0, ''), ('double', 3, 10, ''), "
	"('double', 4, NULL, 'not_answered'), ('wants', 1, 'a;b', ''), ('wants', 2, 'b', '');";

struct example {
	const char *condition;
	double least, most;
};

/* Counted by hand. */
static const struct example examples[] = {
	{ "d", 4, 4 },
	{ "e", 0, INFINITY },
	{ "d & area=A", 2, 2 },
	{ "d & area!=A", 2, 2 },
	{ "d & area={A+B}", 4, 4 },
	{ "d & sex:answered", 4, 4 },
	{ "d & sex:missing", 0, 0 },
	{ "d & sex=f", 2, 3 },
	{ "d & sex!=f", 1, 2 },
	{ "d & area=A & sex=f", 1, 1 },
	{ "d & area=B & sex=f", 1, 2 },
	{ "d & tenure=own", 2, 2 },
	{ "d & tenure=social", 0, 1 },
	{ "d & tenure=private", 1, 2 },
	{ "d & band=high", 1, 2 },
	{ "d & band=low", 1, 2 },
	{ "d & band!=low", 1, 2 },
	{ "d & band=middle", 0, 1 },
	{ "d & band:answered", 2, 3 },
	{ "d & band:refused", 1, 2 },
	{ "d & area=A & band=low", 1, 1 },
	{ "d & area=B & band=low", 0, 1 },
	{ "d & band{score;ffff00000000}=high", 1, 2 },
	{ "d & band{score;eeee00000000}=high", 0, 4 }, /* another release's, made otherwise */
	{ "d & filter:(band = 'high' or band = 'low')", 2, 3 },
	{ "d & double:highest", 1, 1 },
	{ "d & filter:(double > 5)", 2, 2 },
	{ "d & wants=b", 2, 4 },
	{ "d & wants=a", 1, 3 },
	{ "d & tenure=social|private", 2, 2 },
	{ "d & tenure!=social", 3, 4 },
	{ "d & support=money", 2, 2 },
	{ "d & support!=money", 1, 1 },
	{ "d & support=advice", 1, 1 },
	{ "d & support=any(money|advice)", 2, 2 },
	{ "d & support:none", 1, 1 },
	{ "d & support:some", 1, 2 },
	{ "d & support:not_asked", 1, 1 },
	{ "d & support:asked", 3, 3 },
	{ "d & support:unanswered", 0, 0 },
	{ "d & score:unanswered", 1, 1 },
	{ "d & score:answered", 3, 3 },
	{ "d & score:highest", 1, 1 },
	{ "d & score:lowest", 1, 1 },
	{ "d & score:between", 1, 1 },
	{ "d & score:not-highest", 2, 2 },
	{ "d & score:refused", 0, 0 },
	{ "d & score:complete", 0, 3 },
	{ "d & age:answered", 3, 4 },
	{ "d & age:highest", 0, 2 },
	{ "d & filter:(age >= 60)", 1, 2 },
	{ "d & filter:(age >= 65)", 0, 2 },
	{ "d & !filter:(age >= 65)", 2, 4 },
	{ "d & filter:(age > 65)", 0, 2 }, /* of whoever is 60 or more, and of whose age is blanked */
	{ "d & filter:(age < 25)", 1, 2 },
	{ "d & filter:(income < 100)", 1, 1 },
	{ "d & filter:(income >= 150)", 0, 2 },
	{ "d & filter:(tenure = 'own' or tenure = 'social')", 2, 3 },
	{ "d & filter:(sex = 'f' and region = 'X')", 0, 3 },
	{ "d & filter:(area = 'A' & region = 'X')", 0, 4 }, /* a word of SQL, no end of a term */
	{ "d & filter:(region is null)", 0, 4 },
	{ "d & region=X", 0, 4 },
	{ "d & region:missing & sex=m", 0, 2 },
	{ "d & made{sex,age;0123456789ab}=x & area=A", 0, 2 },
	/* nothing that a file of records tells */
	{ "d & rows/read", 0, INFINITY },
	{ "d & people/matched b,a", 0, INFINITY },
	{ "d & sex=f:yes-no", 0, INFINITY },
	{ "d & support:ticks", 0, INFINITY },
	{ "d & elsewhere:filter:(sex = 'f')", 0, INFINITY },
};

static struct interval interval_of(const struct attacker *attacker, const char *condition, const char *variable)
{
	struct interval interval;
	assert_true(attacker_interval(attacker, condition, variable, &interval));
	return interval;
}

static void a_file_bounds_what_it_is_about(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct attacker *attacker = attacker_new();
	struct record_file *file = file_of(four);
	for (size_t i = 0; i < COUNT(examples); i++)
		attacker_cell(attacker, examples[i].condition, 0, INFINITY);
	assert_ok(records_teach(attacker, file, "", &err) && attacker_run(attacker, &err), &err);
	for (size_t i = 0; i < COUNT(examples); i++) {
		struct interval got = interval_of(attacker, examples[i].condition, NULL);
		if (got.least != examples[i].least || got.most != examples[i].most)
			fail_msg("%s: %g to %g, not %g to %g", examples[i].condition, got.least, got.most,
			         examples[i].least, examples[i].most);
	}
	record_file_free(file);
	attacker_free(attacker);
}

static void a_file_of_earlier_people_is_about_these_alone(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct attacker *attacker = attacker_new();
	struct record_file *file = file_of(four);
	attacker_cell(attacker, "d & area=A", 0, INFINITY);
	attacker_cell(attacker, "release 1: d & area=A", 0, INFINITY);
	assert_ok(records_teach(attacker, file, "release 1: ", &err) && attacker_run(attacker, &err), &err);
	assert_true(interval_of(attacker, "release 1: d & area=A", NULL).most == 2);
	assert_true(isinf(interval_of(attacker, "d & area=A", NULL).most));
	record_file_free(file);
	attacker_free(attacker);
}

/* The third has one sex or the other: who knows how many women there are knows how many men. */
static void a_blank_that_is_no_woman_s_is_a_man_s(void **state)
{
	(void)state;
	for (int women = 2; women <= 3; women++) {
		struct error err = { 0 };
		struct attacker *attacker = attacker_new();
		struct record_file *file = file_of(four);
		attacker_cell(attacker, "d & sex=f", women, women);
		attacker_cell(attacker, "d & sex=m", 0, INFINITY);
		assert_ok(records_teach(attacker, file, "", &err) && attacker_run(attacker, &err), &err);
		assert_close(interval_of(attacker, "d & sex=m", NULL).least, 4 - women, 1e-9);
		assert_close(interval_of(attacker, "d & sex=m", NULL).most, 4 - women, 1e-9);
		record_file_free(file);
		attacker_free(attacker);
	}
}

/* The scores are 10, 0 and 5; who gave the 5 may be a woman. */
static void a_file_bounds_sums(void **state)
{
	static const struct {
		const char *condition, *variable;
		double least, most;
	} sums[] = {
		{ "d & score:answered", "score", 15, 15 },
		{ "d & sex=f & score:answered", "score", 10, 15 },
		{ "d & region=X & score:answered", "score", 0, 15 },
		{ "d & sex=f", "outside", 0, 21 },
		{ "d & double:answered", "double", 30, 30 },
		{ "d & sex=f & double:answered", "double", 20, 30 },
		{ "d & area=A", "income", 0 + 100, 99 + 101 }, /* who has 100 and more has 101 at most */
	};
	(void)state;
	struct error err = { 0 };
	struct attacker *attacker = attacker_new();
	struct record_file *file = file_of(four);
	for (size_t i = 0; i < COUNT(sums); i++)
		attacker_measure(attacker, attacker_cell(attacker, sums[i].condition, 0, INFINITY), sums[i].variable, 0,
		                 strcmp(sums[i].variable, "score") == 0    ? 10
		                 : strcmp(sums[i].variable, "double") == 0  ? 20
		                 : strcmp(sums[i].variable, "outside") == 0 ? 7
		                                                           : 101);
	assert_ok(records_teach(attacker, file, "", &err) && attacker_run(attacker, &err), &err);
	for (size_t i = 0; i < COUNT(sums); i++) {
		struct interval got = interval_of(attacker, sums[i].condition, sums[i].variable);
		if (fabs(got.least - sums[i].least) > 1e-6 || fabs(got.most - sums[i].most) > 1e-6)
			fail_msg("%s: %g to %g", sums[i].condition, got.least, got.most);
	}
	record_file_free(file);
	attacker_free(attacker);
}

/* ---- every way to fill the blanks ---- */

/* d is made of b and c and is not in the file: it follows where b is told. */
enum { RECORDS = 7, KINDS = 4, KIND_B = 1, MADE = 3, CODES_MOST = 3, FILES = 400 };
static const size_t code_count[KINDS] = { 2, 3, 2, 2 };
static const char *const names[KINDS] = { "a", "b", "c", "d" };

/* A cell says of each variable a code, or (0) nothing. */
struct asked {
	int code[KINDS];
	bool shown;
	int n, least, most;
};

struct tiny {
	int values[RECORDS][KINDS]; /* from 1 */
	bool blank[RECORDS][KINDS];
	bool merged; /* the file tells the first two codes of b not apart */
	bool lacks;  /* the file has neither c nor what is made of it */
	struct asked cells[64];
	size_t cell_count;
};

static unsigned long long seed;
static int below(int count)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int)((seed >> 33) % (unsigned)count);
}

static char *condition_of(const struct asked *cell)
{
	struct text text = { 0 };
	text_add(&text, "d");
	for (int k = 0; k < KINDS; k++)
		if (cell->code[k])
			text_print(&text, " & %s=%d", names[k], cell->code[k]);
	return text.bytes;
}

static bool is_in(const struct asked *cell, int values[KINDS])
{
	for (int k = 0; k < KINDS; k++)
		if (cell->code[k] && cell->code[k] != values[k])
			return false;
	return true;
}

/* Whoever has the file is not taken to know how d is made, where not all of that is told. */
static bool is_told(const struct tiny *tiny, int r)
{
	return !tiny->lacks && !tiny->blank[r][KIND_B] && !(tiny->merged && tiny->values[r][KIND_B] < 3);
}

/* All cells of one and of two variables. */
static void make_tiny(struct tiny *tiny, bool lacks)
{
	*tiny = (struct tiny){ .merged = below(4) == 0, .lacks = lacks };
	for (int r = 0; r < RECORDS; r++)
		for (int k = 0; k < KINDS; k++) {
			tiny->values[r][k] = k == MADE ? 1 + (tiny->values[r][1] + tiny->values[r][2]) % 2
			                               : 1 + below((int)code_count[k]);
			tiny->blank[r][k] = k < 2 && below(4) == 0;
		}
	for (int a = 0; a <= 2; a++)
		for (int b = 0; b <= 3; b++)
			for (int c = 0; c <= 2; c++)
				for (int d = 0; d <= 2; d++) {
					if ((a > 0) + (b > 0) + (c > 0) + (d > 0) > 2)
						continue;
					struct asked *cell = &tiny->cells[tiny->cell_count++];
					*cell = (struct asked){ .code = { a, b, c, d },
						                .shown = below(4) == 0,
						                .least = RECORDS + 1 };
					for (int r = 0; r < RECORDS; r++)
						cell->n += is_in(cell, tiny->values[r]);
				}
}

/* Whether what is shown fits; then the counts of what is hidden. */
static void see_completion(struct tiny *tiny, int values[RECORDS][KINDS])
{
	int counts[64];
	for (size_t i = 0; i < tiny->cell_count; i++) {
		counts[i] = 0;
		for (int r = 0; r < RECORDS; r++)
			counts[i] += is_in(&tiny->cells[i], values[r]);
		if (tiny->cells[i].shown && counts[i] != tiny->cells[i].n)
			return;
	}
	for (size_t i = 0; i < tiny->cell_count; i++) {
		struct asked *cell = &tiny->cells[i];
		cell->least = counts[i] < cell->least ? counts[i] : cell->least;
		cell->most = counts[i] > cell->most ? counts[i] : cell->most;
	}
}

static void complete(struct tiny *tiny, int values[RECORDS][KINDS], int place)
{
	if (place == RECORDS * KINDS) {
		see_completion(tiny, values);
		return;
	}
	int r = place / KINDS, k = place % KINDS, code = tiny->values[r][k];
	bool merged = k == 1 && tiny->merged && code < 3;
	for (int other = 1; other <= (int)code_count[k]; other++)
		if (other == code || tiny->blank[r][k] || (merged && other < 3) || (k == MADE && !is_told(tiny, r))
		    || (k == MADE - 1 && tiny->lacks)) {
			values[r][k] = other;
			complete(tiny, values, place + 1);
		}
}

static char *print_file(const struct tiny *tiny)
{
	struct text sql = { 0 };
	text_add(&sql, VARIABLES "('a', 1, '', 'code', '', 'kept', '', 0, NULL, NULL, NULL), "
	                         "('b', 2, '', 'code', '', 'kept', '', 0, NULL, NULL, NULL)");
	if (!tiny->lacks)
		text_add(&sql, ", ('c', 3, '', 'code', '', 'kept', '', 0, NULL, NULL, NULL)");
	text_add(&sql, "; " CODES);
	int kinds = tiny->lacks ? MADE - 1 : MADE;
	for (int k = 0; k < kinds; k++)
		for (int code = 1; code <= (int)code_count[k]; code++)
			if (!(k == 1 && tiny->merged && code == 3))
				text_print(&sql, "('%s', %d, '%d', ''), ", names[k], code, code);
	text_add(&sql, "('a', 9, '', ''); DELETE FROM code WHERE position = 9; ");
	for (int k = 0; k < kinds; k++)
		for (int code = 1; code <= (int)code_count[k]; code++)
			text_print(&sql, "INSERT INTO stands_for VALUES ('%s', %d, '%d'); ", names[k],
			           k == 1 && tiny->merged && code > 1 ? code - 1 : code, code);
	text_add(&sql, tiny->lacks ? "CREATE TABLE records (record INTEGER PRIMARY KEY, a, b); "
	                           : "CREATE TABLE records (record INTEGER PRIMARY KEY, a, b, c); ");
	for (int r = 0; r < RECORDS; r++) {
		text_print(&sql, "INSERT INTO records VALUES (%d", r + 1);
		for (int k = 0; k < kinds; k++) {
			int code = tiny->values[r][k] - (k == 1 && tiny->merged && tiny->values[r][k] > 1);
			if (tiny->blank[r][k])
				text_add(&sql, ", NULL");
			else
				text_print(&sql, ", %d", code);
		}
		text_add(&sql, "); ");
		for (int k = 0; k < KINDS; k++)
			if (tiny->blank[r][k])
				text_print(&sql, "INSERT INTO missing VALUES ('%s', %d, 'suppressed'); ", names[k],
				           r + 1);
		if (is_told(tiny, r))
			text_print(&sql, "INSERT INTO derivable VALUES ('d', %d, '%d', ''); ", r + 1, tiny->values[r][MADE]);
	}
	if (!tiny->lacks)
		text_add(&sql, "INSERT INTO derivable_variable VALUES ('d', 'code', NULL, NULL, '');");
	return sql.bytes;
}

/* Every cell of fewer variables is the sum of those that say one code more. */
static void teach_tiny(struct attacker *attacker, const struct tiny *tiny)
{
	size_t ids[64];
	for (size_t i = 0; i < tiny->cell_count; i++) {
		const struct asked *cell = &tiny->cells[i];
		char *condition = condition_of(cell);
		ids[i] = attacker_cell(attacker, condition, cell->shown ? cell->n : 0, cell->shown ? cell->n : INFINITY);
		attacker_cell(attacker, condition, 0, INFINITY);
		free(condition);
	}
	for (size_t i = 0; i < tiny->cell_count; i++)
		for (int k = 0; k < KINDS; k++) {
			size_t parts[CODES_MOST], count = 0;
			for (size_t j = 0; j < tiny->cell_count && !tiny->cells[i].code[k]; j++) {
				bool one_more = tiny->cells[j].code[k] != 0;
				for (int other = 0; other < KINDS; other++)
					one_more = one_more
					           && (other == k
					               || tiny->cells[j].code[other] == tiny->cells[i].code[other]);
				if (one_more)
					parts[count++] = ids[j];
			}
			if (count)
				attacker_relation(attacker, RELATION_SUM, ids[i], parts, count);
		}
}

/* How many counts of all are open, and how many the attacker leaves wider than they are; none is ruled out that can be. */
static void attack_files(int files, bool lacks, size_t *open, size_t *wider)
{
	size_t asked = 0;
	seed = 8;
	*open = *wider = 0;
	for (int i = 0; i < files; i++) {
		struct error err = { 0 };
		struct tiny tiny;
		int values[RECORDS][KINDS];
		make_tiny(&tiny, lacks);
		complete(&tiny, values, 0);
		char *sql = print_file(&tiny);
		struct record_file *file = file_of(sql);
		struct attacker *attacker = attacker_new();
		teach_tiny(attacker, &tiny);
		assert_ok(records_teach(attacker, file, "", &err) && attacker_run(attacker, &err), &err);
		for (size_t c = 0; c < tiny.cell_count; c++) {
			const struct asked *cell = &tiny.cells[c];
			char *condition = condition_of(cell);
			struct interval got = interval_of(attacker, condition, NULL);
			assert_true(got.least <= cell->least && got.most >= cell->most);
			asked++;
			*open += cell->least < cell->most;
			*wider += got.least < cell->least || got.most > cell->most;
			free(condition);
		}
		attacker_free(attacker);
		record_file_free(file);
		free(sql);
	}
	print_message("%zu counts, %zu of them open, %zu wider than they are\n", asked, *open, *wider);
}

static void the_attacker_is_as_strong_as_who_tries_every_way_to_fill_the_blanks(void **state)
{
	(void)state;
	size_t open, wider;
	attack_files(FILES, false, &open, &wider);
	assert_true(open > 1000);
	assert_int_equal(wider, 0);
}

static void the_same_where_the_file_lacks_variables_of_the_tables(void **state)
{
	(void)state;
	size_t open, wider;
	attack_files(FILES / 32, true, &open, &wider);
	assert_true(open > 100);
	assert_int_equal(wider, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_bounds_what_it_is_about),
		cmocka_unit_test(a_file_of_earlier_people_is_about_these_alone),
		cmocka_unit_test(a_blank_that_is_no_woman_s_is_a_man_s),
		cmocka_unit_test(a_file_bounds_sums),
		cmocka_unit_test(the_attacker_is_as_strong_as_who_tries_every_way_to_fill_the_blanks),
		cmocka_unit_test(the_same_where_the_file_lacks_variables_of_the_tables),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
