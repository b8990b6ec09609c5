#include "testing.h"

#include <stdio.h>

#include "expression.h"
#include "mem.h"

enum { AGE, AREA, WEIGHT, COLUMNS };

/* More values than are kept at a time, each of them twice, and in between missing ones: what is recalled must be what
 * the expression gives. The expected truths are plain C. */
static void what_is_recalled_is_what_was_evaluated(void **state)
{
	(void)state;
	static const char *const areas[] = { "", "east", "a name that is longer than two words of the machine", "east2" };
	struct expression_column row[COLUMNS] = {
		[AGE] = { .name = "age", .type = EXPRESSION_INTEGER },
		[AREA] = { .name = "area", .type = EXPRESSION_TEXT },
		[WEIGHT] = { .name = "weight", .type = EXPRESSION_REAL },
	};
	struct error err = { 0 };
	struct expressions *expressions = NULL;
	struct expression *expression = NULL;
	assert_ok(expressions_new(&expressions, row, COLUMNS, &err), &err);
	assert_ok(expression_compile(&expression, expressions, "age > 500 and length(area) > 4 and weight < 0.5",
	                             "rules.csv", 2, &err),
	          &err);
	for (int pass = 0; pass < 2; pass++)
		for (int age = 0; age < 1000; age++)
			for (size_t area = 0; area < COUNT(areas); area++)
				for (int missing = 0; missing < 2; missing++) {
					row[AGE].integer = age;
					row[AREA].text = areas[area];
					row[WEIGHT].missing = missing;
					row[WEIGHT].real = age % 3 / 3.0;
					bool others = age > 500 && area >= 2;
					enum expression_result expected = !others ? EXPRESSION_FALSE
					                                  : missing ? EXPRESSION_UNKNOWN
					                                  : age % 3 < 2 ? EXPRESSION_TRUE
					                                                : EXPRESSION_FALSE;
					assert_int_equal(expression_truth(expression), expected);
				}
	expressions_free(expressions);
}

static void an_expression_of_many_columns_is_evaluated_each_time(void **state)
{
	(void)state;
	enum { MANY = 9 };
	char names[MANY][4];
	struct expression_column row[MANY];
	struct error err = { 0 };
	struct expressions *expressions = NULL;
	struct expression *expression = NULL;
	for (int i = 0; i < MANY; i++) {
		snprintf(names[i], sizeof names[i], "q%d", i);
		row[i] = (struct expression_column){ .name = names[i], .type = EXPRESSION_INTEGER };
	}
	assert_ok(expressions_new(&expressions, row, MANY, &err), &err);
	assert_ok(expression_compile(&expression, expressions, "q0 + q1 + q2 + q3 + q4 + q5 + q6 + q7 + q8 > 3",
	                             "rules.csv", 2, &err),
	          &err);
	for (int value = 0; value < 10; value++) {
		row[MANY - 1].integer = value;
		assert_int_equal(expression_truth(expression), value > 3 ? EXPRESSION_TRUE : EXPRESSION_FALSE);
	}
	expressions_free(expressions);
}

/* The absolute value of the smallest integer is a runtime error, and stays one. */
static void a_failure_is_recalled_as_one(void **state)
{
	(void)state;
	struct expression_column row[] = { { .name = "n", .type = EXPRESSION_INTEGER } };
	struct error err = { 0 };
	struct expressions *expressions = NULL;
	struct expression *expression = NULL;
	assert_ok(expressions_new(&expressions, row, COUNT(row), &err), &err);
	assert_ok(expression_compile(&expression, expressions, "abs(n) > 0", "rules.csv", 2, &err), &err);
	for (int pass = 0; pass < 3; pass++) {
		row[0].integer = INT64_MIN;
		assert_int_equal(expression_truth(expression), EXPRESSION_FAILED);
		row[0].integer = 0;
		assert_int_equal(expression_truth(expression), EXPRESSION_FALSE);
		row[0].integer = -1;
		assert_int_equal(expression_truth(expression), EXPRESSION_TRUE);
	}
	expressions_free(expressions);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_recalled_is_what_was_evaluated),
		cmocka_unit_test(an_expression_of_many_columns_is_evaluated_each_time),
		cmocka_unit_test(a_failure_is_recalled_as_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
