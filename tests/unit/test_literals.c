/* literals: what a variable never is, an expression cannot ask for. Which comparisons SQLite makes of each text is tried
 * on SQLite itself in test_expression.c; here, what is let through and what is not. */
#include "testing.h"

#include "expression.h"

static const struct expression_answer yes_no[] = { { "yes", "Yes", false }, { "no", "No", false }, { "-9", "Blank", true } };
static const struct expression_answer stars[] = { { "1", "One", false }, { "2", "Two", false }, { "3", "Three", false }, { "9", "Rather not", true } };
static const struct expression_answer needs[] = { { "money", "Money", false }, { "home", "Housing", false }, { "99", "Rather not", true } };
static const struct expression_answer zips[] = { { "01", "North", false }, { "7", "South", false }, { "x", "Elsewhere", false } };

static struct expression_column row[] = {
	{ .name = "helped", .type = EXPRESSION_TEXT, .answers = yes_no, .answer_count = COUNT(yes_no) },
	{ .name = "stars", .type = EXPRESSION_INTEGER, .answers = stars, .answer_count = COUNT(stars) },
	{ .name = "needs", .type = EXPRESSION_TEXT, .several = true, .answers = needs, .answer_count = COUNT(needs) },
	{ .name = "zip", .type = EXPRESSION_TEXT, .answers = zips, .answer_count = COUNT(zips) },
	{ .name = "age", .type = EXPRESSION_INTEGER },
	{ .name = "kilos", .type = EXPRESSION_REAL },
	{ .name = "day", .type = EXPRESSION_TEXT, .date = true },
	{ .name = "words", .type = EXPRESSION_TEXT },
};

static const struct example {
	const char *text, *message, *help; /* message NULL: it is taken */
	size_t at;                         /* where, from 1 */
} examples[] = {
	{ "helped = 'yes'", NULL, NULL, 0 },
	{ "helped = 'yess'", "`yess` is no code of `helped`", "did you mean 'yes'?", 10 },
	{ "helped='Yes'", "`Yes` is no code of `helped`", "did you mean 'yes'?", 8 },
	{ "helped == 'maybe'", "`maybe` is no code of `helped`", "its codes are 'yes', 'no'", 11 },
	{ "helped <> 'nein'", "no code", "'", 11 },
	{ "helped != 'nein'", "no code", "'", 11 },
	{ "helped is 'nein'", "no code", "'", 11 },
	{ "helped is not 'nein'", "no code", "'", 15 },
	{ "helped is not distinct from 'nein'", "no code", "'", 29 },
	{ "helped is not 'no' and helped is not null", NULL, NULL, 0 },
	{ "'yess' = helped", "`yess` is no code", "'yes'", 1 },
	{ "'yes' = helped", NULL, NULL, 0 },
	{ "age > 3 and 'yess' = helped", "no code", "'yes'", 13 },
	{ "age > 3 or (helped = 'no' and helped = 'yess')", "no code", "'yes'", 40 },
	{ "helped in ('yes', 'noo')", "`noo` is no code", "'no'", 19 },
	{ "helped not in ('noo')", "`noo` is no code", "'no'", 16 },
	{ "helped IN ('yes', 'no')", NULL, NULL, 0 },
	{ "helped in ('yes', lower('NOO'))", NULL, NULL, 0 },
	{ "case helped when 'yes' then 1 when 'noo' then 0 end", "`noo` is no code", "'no'", 36 },
	{ "case helped when 'yes' then 'yess' when 'no' then 0 end", NULL, NULL, 0 },
	{ "case when helped = 'noo' then 1 end", "no code", "'no'", 20 },
	{ "iif(helped = 'noo', 1, 0)", "no code", "'no'", 14 },
	{ "\"helped\" = 'noo'", "no code", "'no'", 12 },
	{ "row.helped = 'noo'", "no code", "'no'", 14 },
	{ "Helped = 'noo'", "no code", "'no'", 10 },
	{ "helped /* of 'all' */ = -- how\n 'noo'", "no code", "'no'", 33 },
	/* what is computed is not a variable's code */
	{ "lower(helped) = 'noo'", NULL, NULL, 0 },
	{ "helped || 'x' = 'yesx'", NULL, NULL, 0 },
	{ "helped = 'y' || 'es'", NULL, NULL, 0 },
	{ "helped = 'YES' collate nocase", NULL, NULL, 0 },
	{ "helped like 'y%'", NULL, NULL, 0 },
	{ "words = 'helped = ''noo'''", NULL, NULL, 0 },
	{ "words = 'noo'", NULL, NULL, 0 },
	{ "helped = words", NULL, NULL, 0 },
	{ "helped > 'm'", NULL, NULL, 0 },
	/* missing codes are NULL here */
	{ "helped = '-9'", "missing code of `helped`", "helped is null", 10 },
	{ "stars <> 9", "missing code of `stars`", "stars is null", 10 },
	{ "helped = ''", "`` is no code", "its codes", 10 },
	{ "helped = null", "nothing is equal to NULL", "helped is null", 10 },
	{ "age not in (1, null)", "nothing is equal to NULL", "age is null", 16 },
	/* codes that are whole numbers compare as numbers, others as texts */
	{ "stars in (1, 2)", NULL, NULL, 0 },
	{ "stars = '1'", NULL, NULL, 0 },
	{ "stars = 1.0", NULL, NULL, 0 },
	{ "stars = 4", "`4` is no code of `stars`", "'1', '2', '3'", 9 },
	{ "stars = -1", "`-1` is no code of `stars`", "", 9 },
	{ "-1 = stars", "`-1` is no code of `stars`", "", 1 },
	{ "stars = 'one'", "`one` is no code of `stars`", "did you mean '1'?", 9 },
	{ "stars >= 4", NULL, NULL, 0 },
	{ "stars + 1 = 4", NULL, NULL, 0 },
	{ "1 + stars = 4", NULL, NULL, 0 },
	{ "stars = 2 + 2", NULL, NULL, 0 },
	{ "zip = '01'", NULL, NULL, 0 },
	{ "zip = 7", NULL, NULL, 0 },
	{ "zip > 7", "the codes of `zip` are texts", "zip in ('01', ...)", 7 },
	{ "zip > '7'", NULL, NULL, 0 },
	{ "zip = 01", "`1` is no code of `zip`", "", 7 },
	/* several in one text */
	{ "has(needs, 'money')", NULL, NULL, 0 },
	{ "has(needs, 'Rather no')", "`Rather no` is no code of `needs`", "its codes are 'money', 'home'", 12 },
	{ "has(needs, 'Housing')", "`Housing` is no code of `needs`", "did you mean 'home'?", 12 },
	{ "has(needs, 'mony')", "`mony` is no code of `needs`", "did you mean 'money'?", 12 },
	{ "not HAS ( needs , 'mony' )", "`mony` is no code of `needs`", "money", 19 },
	{ "has(needs, '99')", "missing code of `needs`", "needs is null", 12 },
	{ "has(needs, words)", NULL, NULL, 0 },
	{ "has(needs, 'money;home')", "no code of `needs`", "", 12 },
	{ "has(age, 'money')", "`age` does not take several codes", "compare", 10 },
	{ "needs = 'money;home'", NULL, NULL, 0 },
	{ "needs = 'home;money'", "in the order of their list", "has(needs, 'money')", 9 },
	{ "needs = 'money;hme'", "`hme` is no code of `needs`", "home", 9 },
	{ "needs = '(none)'", NULL, NULL, 0 },
	/* types */
	{ "age > '17'", NULL, NULL, 0 },
	{ "age > 'adult'", "`age` is a number, and is compared with a text", "without quotes", 7 },
	{ "kilos = 'heavy'", "`kilos` is a number", "", 9 },
	{ "age between 16 and '2x'", "`age` is a number", "", 20 },
	{ "age between 16 and 25 and helped = 'noo'", "no code", "", 36 },
	{ "day >= '2026-03-31'", NULL, NULL, 0 },
	{ "day >= '2026'", NULL, NULL, 0 },
	{ "day < '2026-04'", NULL, NULL, 0 },
	{ "day >= '31/03/2026'", "`day` is a date", "'2026-03-31'", 8 },
	{ "day = '2026'", "`day` is a date", "", 7 },
	{ "day = '2026-02-30'", "`day` is a date", "", 7 },
	{ "day > 2026-03-31", "`day` is a date", "in quotes", 7 },
	{ "day between '2026-01-01' and '2026-13-01'", "`day` is a date", "", 30 },
	{ "day = '2026-01-01 10:00:00'", NULL, NULL, 0 },
	{ "days(day, '2026-03-31') > 3", NULL, NULL, 0 },
};

static void what_a_variable_never_is_cannot_be_asked_for(void **state)
{
	const struct example *example = *state;
	struct error err = { 0 };
	struct expressions *expressions = NULL;
	struct expression *expression = NULL;
	assert_ok(expressions_new(&expressions, row, COUNT(row), &err), &err);
	bool taken = expression_compile(&expression, expressions, example->text, "rules.csv", 7, &err);
	expressions_free(expressions);
	if (!example->message) {
		assert_ok(taken, &err);
		return;
	}
	assert_false(taken);
	if (!strstr(err.message, example->message) || !strstr(err.help, example->help) || strstr(err.help, "-9"))
		fail_msg("`%s`, help `%s`", err.message, err.help);
	assert_int_equal(err.kind, ERROR_CONFIG);
	assert_string_equal(err.path, "rules.csv");
	assert_int_equal(err.line, 7);
	char *record = mem_print("character %zu of the expression", example->at);
	assert_string_equal(err.record, record);
	free(record);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples)];
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[i] = (struct CMUnitTest){ .name = examples[i].text,
			                        .test_func = what_a_variable_never_is_cannot_be_asked_for,
			                        .initial_state = (void *)&examples[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
