/* Perturbation by cell keys: the row of each count by hand, what everybody may know by trying every count and key, and
 * tables that are refused. */
#include "testing.h"

#include "protect/cell_key.h"
#include "text.h"
#include "universe.h"

/* What a made-up table adds: between -2 and 2, but nothing falls below 0. */
static int added(long long count, int key)
{
	int change = (int)((count * 7 + key * 3) % 5) - 2;
	return count + change < 0 ? (int)-count : change;
}

static struct cell_key_table *made_up(long long last)
{
	struct text csv = { 0 };
	struct cell_key_table *table = NULL;
	struct error err = { 0 };
	char *folder = test_folder();
	text_add(&csv, "pcv,ckey,pvalue\n");
	for (long long count = 1; count <= last; count++)
		for (int key = 0; key < UNIVERSE_KEYS; key++)
			text_print(&csv, "%lld,%d,%d\n", count, key, added(count, key));
	char *path = test_file(folder, "p.csv", csv.bytes);
	assert_ok(cell_key_table_load(&table, path, &err), &err);
	text_free(&csv);
	free(path);
	free(folder);
	return table;
}

/* ((n - 1) mod 250) + 501 for counts above 750, as the ONS's method has it: by hand. */
static void counts_above_the_table_use_its_last_rows_again(void **state)
{
	(void)state;
	static const long long rows[][2] = { { 1, 1 },      { 250, 250 },  { 500, 500 },  { 501, 501 }, { 750, 750 },  { 751, 501 },
		                             { 1000, 750 }, { 1001, 501 }, { 1234, 734 }, { 1500, 750 }, { 7001, 501 } };
	struct cell_key_table *table = made_up(750);
	for (size_t i = 0; i < COUNT(rows); i++)
		for (int key = 0; key < UNIVERSE_KEYS; key++)
			assert_int_equal(cell_key_perturb(table, rows[i][0], key), rows[i][0] + added(rows[i][1], key));
	for (int key = 0; key < UNIVERSE_KEYS; key++)
		assert_int_equal(cell_key_perturb(table, 0, key), 0);
	cell_key_table_free(table);
	table = made_up(20);
	for (long long n = 20; n < 60; n++)
		assert_int_equal(cell_key_perturb(table, n, 77), n + added(20, 77));
	cell_key_table_free(table);
}

static void everybody_knows_the_counts_that_some_key_prints_so(void **state)
{
	(void)state;
	struct cell_key_table *table = made_up(30);
	size_t seen = 0, none = 0;
	for (int threshold = 1; threshold <= 12; threshold++)
		for (int zeros = 0; zeros < 2; zeros++)
			for (long long printed = 0; printed <= 40; printed++) {
				long long least = -1, most = -1, known_least = -1, known_most = -1;
				for (long long n = 0; n <= 60; n++)
					for (int key = 0; key < UNIVERSE_KEYS; key++) {
						if ((n == 0 ? !zeros : n < threshold)
						    || cell_key_perturb(table, n, key) != printed)
							continue;
						least = least < 0 ? n : least;
						most = n;
					}
				bool any = cell_key_known(table, threshold, zeros, printed, &known_least, &known_most);
				assert_int_equal(any, least >= 0);
				seen += any;
				none += !any;
				if (any) {
					assert_int_equal(known_least, least);
					assert_int_equal(known_most, most);
				}
			}
	assert_true(seen > 500 && none > 50);
	cell_key_table_free(table);
}

/* UserSupport#107: who asks that populated areas stay populated was told that a 0 has to be open to small counts. Here
 * small counts are hidden, so no table of changes below the threshold prints one that is shown as 0, and 0 is nobody, as
 * all may know; where the table's changes are larger, a 0 is open to the counts that they reach. */
static void a_shown_count_stays_populated_where_changes_are_small(void **state)
{
	(void)state;
	struct cell_key_table *table = made_up(30);
	for (long long n = 3; n < 40; n++)
		for (int key = 0; key < UNIVERSE_KEYS; key++)
			assert_true(cell_key_perturb(table, n, key) > 0);
	for (int threshold = 1; threshold <= 10; threshold++) {
		long long least = -1, most = -1;
		assert_true(cell_key_known(table, threshold, true, 0, &least, &most));
		assert_int_equal(least, 0);
		assert_int_equal(most, threshold <= 2 ? 2 : 0);
	}
	cell_key_table_free(table);
}

static const struct refused {
	const char *name, *csv, *message;
	size_t line;
} refused[] = {
	{ "a column that is missing", "pcv,ckey\n1,0\n", "pvalue", 0 },
	{ "a column that is none of them", "pcv,ckey,pvalue,p\n1,0,0,0\n", "`p`", 1 },
	{ "a count that is no number", "pcv,ckey,pvalue\n1,0,0\nx,1,0\n", "pcv is no whole number", 3 },
	{ "a key above 255", "pcv,ckey,pvalue\n1,256,0\n", "ckey is no whole number from 0 to 255", 2 },
	{ "a change that is no whole number", "pcv,ckey,pvalue\n1,0,0.5\n", "pvalue is no whole number", 2 },
	{ "a zero that is changed", "pcv,ckey,pvalue\n0,0,1\n1,0,0\n", "0 stays 0", 2 },
	{ "a count below 0", "pcv,ckey,pvalue\n2,0,-2\n1,0,-2\n", "falls below 0", 3 },
	{ "two rows for one key", "pcv,ckey,pvalue\n1,0,0\n1,1,0\n1,0,1\n", "a second row", 4 },
	{ "a key without a row", "pcv,ckey,pvalue\n1,0,0\n1,2,0\n", "no row for pcv 1 and ckey 1", 0 },
	{ "no count at all", "pcv,ckey,pvalue\n0,0,0\n", "no row for a count of 1", 0 },
};

static void a_wrong_table_is_refused_with_its_line(void **state)
{
	const struct refused *example = *state;
	char *folder = test_folder(), *path = test_file(folder, "p.csv", example->csv);
	struct cell_key_table *table = NULL;
	struct error err = { 0 };
	assert_false(cell_key_table_load(&table, path, &err));
	assert_null(table);
	assert_int_equal(err.kind, ERROR_CONFIG);
	if (!strstr(err.message, example->message) || (example->line && err.line != example->line))
		fail_msg("line %zu: %s", err.line, err.message);
	assert_string_equal(err.path, path);
	free(path);
	free(folder);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(refused) + 3] = {
		cmocka_unit_test(counts_above_the_table_use_its_last_rows_again),
		cmocka_unit_test(everybody_knows_the_counts_that_some_key_prints_so),
		cmocka_unit_test(a_shown_count_stays_populated_where_changes_are_small),
	};
	size_t count = 3;
	ADD_EXAMPLES(tests, count, refused, a_wrong_table_is_refused_with_its_line);
	return _cmocka_run_group_tests("cell_key", tests, count, NULL, NULL);
}
