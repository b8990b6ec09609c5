#include "testing.h"

#include <limits.h>
#include <time.h>

#include "expression.h"

/* age, weight_kg, sex, started, ended, income, order (an SQL keyword), coded */
enum { AGE, KILOS, SEX, STARTED, ENDED, INCOME, ORDER, CODED, SUPPORT, NEVER, COLUMNS };

static struct expression_column row[COLUMNS] = {
	[AGE] = { .name = "age", .type = EXPRESSION_INTEGER },
	[KILOS] = { .name = "kilos", .type = EXPRESSION_REAL },
	[SEX] = { .name = "sex", .type = EXPRESSION_TEXT },
	[STARTED] = { .name = "started", .type = EXPRESSION_TEXT },
	[ENDED] = { .name = "ended", .type = EXPRESSION_TEXT },
	[INCOME] = { .name = "income", .type = EXPRESSION_INTEGER },
	[ORDER] = { .name = "order", .type = EXPRESSION_INTEGER },
	[CODED] = { .name = "coded", .type = EXPRESSION_INTEGER },
	[SUPPORT] = { .name = "support", .type = EXPRESSION_TEXT },
	[NEVER] = { .name = "never", .type = EXPRESSION_TEXT },
};

/* A woman of 40, who started on 29 February 2000 and ended on 28 February 2018; her income is not known. */
static void set_row(void)
{
	row[AGE].integer = 40;
	row[KILOS].real = 61.5;
	row[SEX].text = "2";
	row[STARTED].text = "2000-02-29";
	row[ENDED].text = "2018-02-28";
	row[INCOME].missing = true;
	row[ORDER].integer = LLONG_MIN;
	row[CODED].integer = 1;
	row[SUPPORT].text = "housing;money advice;3";
	row[NEVER].text = "(none)";
}

static int open_row(void **state)
{
	struct error err = { 0 };
	struct expressions *expressions = NULL;
	set_row();
	assert_ok(expressions_new(&expressions, row, COLUMNS, &err), &err);
	*state = expressions;
	return 0;
}

static int close_row(void **state)
{
	expressions_free(*state);
	return 0;
}

static const struct {
	const char *text;
	enum expression_result result;
} truths[] = {
	{ "age >= 18", EXPRESSION_TRUE },
	{ "age < 18", EXPRESSION_FALSE },
	{ "income > 10", EXPRESSION_UNKNOWN },
	{ "income is null", EXPRESSION_TRUE },
	{ "income is not null", EXPRESSION_FALSE },
	/* three values: NULL and FALSE is FALSE, NULL or TRUE is TRUE */
	{ "income > 10 and age < 18", EXPRESSION_FALSE },
	{ "income > 10 and age > 18", EXPRESSION_UNKNOWN },
	{ "income > 10 or age > 18", EXPRESSION_TRUE },
	{ "income > 10 or age < 18", EXPRESSION_UNKNOWN },
	{ "not income > 10", EXPRESSION_UNKNOWN },
	{ "not age < 18", EXPRESSION_TRUE },
	{ "age in (39, 40)", EXPRESSION_TRUE },
	{ "income in (39, 40)", EXPRESSION_UNKNOWN },
	{ "age not in (1, income)", EXPRESSION_UNKNOWN },
	{ "age between 40 and 41", EXPRESSION_TRUE },
	{ "coalesce(income, 0) = 0", EXPRESSION_TRUE },
	/* columns are typed: a number written as text is compared as the column's type, and the reverse */
	{ "sex = 2", EXPRESSION_TRUE },
	{ "sex = '2'", EXPRESSION_TRUE },
	{ "age = '40'", EXPRESSION_TRUE },
	{ "age > '9'", EXPRESSION_TRUE },
	{ "sex in (1, 2)", EXPRESSION_TRUE },
	{ "kilos = '61.5'", EXPRESSION_TRUE },
	{ "kilos = 61.5", EXPRESSION_TRUE },
	{ "coded", EXPRESSION_TRUE },
	{ "not coded", EXPRESSION_FALSE },
	/* names as SQL takes them */
	{ "\"order\" < 0", EXPRESSION_TRUE },
	{ "AGE = 40", EXPRESSION_TRUE },
	{ "row.age = 40", EXPRESSION_TRUE },
	{ "(age = 40)", EXPRESSION_TRUE },
	{ "age = 40 -- forty", EXPRESSION_TRUE },
	/* functions */
	{ "iif(age > 18, 1, 0)", EXPRESSION_TRUE },
	{ "max(age, 50) = 50", EXPRESSION_TRUE },
	{ "min(age, 50) = 40", EXPRESSION_TRUE },
	{ "length(trim('  ' || sex || ' ')) = 1", EXPRESSION_TRUE },
	{ "started like '2000-%'", EXPRESSION_TRUE },
	{ "started glob '2000-*'", EXPRESSION_TRUE },
	{ "substr(started, 1, 4) = '2000'", EXPRESSION_TRUE },
	{ "case when age > 18 then 0 else 1 end", EXPRESSION_FALSE },
	{ "1 / (age - 40)", EXPRESSION_UNKNOWN },
	/* from 2000-02-29 to 2018-02-28: 18 years are 6,575 days, less the day (GNU date: 6574) */
	{ "days(started, ended) = 6574", EXPRESSION_TRUE },
	{ "days(ended, started) = -6574", EXPRESSION_TRUE },
	{ "days(started, '2000-03-01') = 1", EXPRESSION_TRUE },
	{ "days(started, '2000-02-29 23:59:59') = 0", EXPRESSION_TRUE },
	{ "years(started, ended) = 17", EXPRESSION_TRUE },
	{ "years(started, '2018-03-01') = 18", EXPRESSION_TRUE },
	{ "years(ended, started) = -18", EXPRESSION_TRUE },
	{ "years(started, started) = 0", EXPRESSION_TRUE },
	/* 18 years less a day are 215 full months; a month from 31 January is full on 1 March, as there is no 31 February */
	{ "months(started, ended) = 215", EXPRESSION_TRUE },
	{ "months(ended, started) = -216", EXPRESSION_TRUE },
	/* a day too early is below 0 already, or `least: 0` would let it through */
	{ "months(started, '2000-02-28') = -1 and years(started, '2000-02-28') = -1", EXPRESSION_TRUE },
	{ "months(started, '2000-01-29') = -1 and years(started, '1999-03-01') = -1", EXPRESSION_TRUE },
	{ "months(started, '2018-03-01') = 216", EXPRESSION_TRUE },
	{ "months(started, '2000-03-28 23:00:00') = 0", EXPRESSION_TRUE },
	{ "months(started, '2000-03-29') = 1", EXPRESSION_TRUE },
	{ "months('1999-12-31', started) = 1", EXPRESSION_TRUE },
	{ "months('2000-01-31', started) = 0", EXPRESSION_TRUE },
	{ "months('2000-01-31', '2000-03-01') = 1 and age", EXPRESSION_TRUE },
	{ "months('2000-01-31', '2000-03-31') = 2 and age", EXPRESSION_TRUE },
	{ "months(started, started) = 0", EXPRESSION_TRUE },
	{ "months(started, null) is null and age", EXPRESSION_TRUE },
	{ "months(started, sex) > 0", EXPRESSION_FAILED },
	{ "days(started, null) is null and age", EXPRESSION_TRUE },
	/* one of several codes, whole and letter by letter */
	{ "has(support, 'housing')", EXPRESSION_TRUE },
	{ "has(support, 'money advice')", EXPRESSION_TRUE },
	{ "has(support, '3')", EXPRESSION_TRUE },
	{ "has(support, 3)", EXPRESSION_TRUE },
	{ "has(support, 'hous')", EXPRESSION_FALSE },
	{ "has(support, 'ousing')", EXPRESSION_FALSE },
	{ "has(support, 'Housing')", EXPRESSION_FALSE },
	{ "has(support, 'advice')", EXPRESSION_FALSE },
	{ "has(support, 'housing;money advice')", EXPRESSION_FALSE },
	{ "has(support, '')", EXPRESSION_FALSE },
	{ "has(support, '33')", EXPRESSION_FALSE },
	{ "has(never, 'housing')", EXPRESSION_FALSE },
	{ "has(nullif(never, '(none)'), 'housing')", EXPRESSION_UNKNOWN },
	{ "has(support, null)", EXPRESSION_UNKNOWN },
	{ "not has(nullif(never, '(none)'), 'housing')", EXPRESSION_UNKNOWN },
	{ "has(support, 'housing') + has(support, 'work') = 1", EXPRESSION_TRUE },
	{ "HAS(support, 'housing')", EXPRESSION_TRUE },
	/* runtime errors are not "cannot be judged" */
	{ "abs(\"order\") > 0", EXPRESSION_FAILED },
	{ "days(started, sex) > 0", EXPRESSION_FAILED },
	{ "years('2018-02-30', started) > 0", EXPRESSION_FAILED },
	{ "days(started, '2018-02-28x') > 0", EXPRESSION_FAILED },
	/* a text is no truth value */
	{ "sex", EXPRESSION_FAILED },
	{ "started || ended", EXPRESSION_FAILED },
};

static void expressions_have_three_values_and_failure(void **state)
{
	for (size_t i = 0; i < COUNT(truths); i++) {
		struct error err = { 0 };
		struct expression *expression = NULL;
		if (!expression_compile(&expression, *state, truths[i].text, "rules.csv", 2, &err))
			fail_msg("%s: %s", truths[i].text, err.message);
		for (int again = 0; again < 2; again++) {
			enum expression_result got = expression_truth(expression);
			if (got != truths[i].result)
				fail_msg("%s gives %d, not %d", truths[i].text, (int)got, (int)truths[i].result);
		}
	}
}

static const struct {
	const char *text;
	const char *message; /* part of it */
	const char *help;    /* part of it; NULL: any */
	const char *record;  /* NULL: any */
} refused[] = {
	{ "agee > 3", "no variable named agee", "did you mean age?", "character 1 of the expression" },
	{ "age > 3 and sexx = 1", "no variable named sexx", "did you mean sex?", "character 13 of the expression" },
	{ "row.agee > 3", "no variable named agee", "did you mean age?", NULL },
	{ "other.age > 3", "no variable named other.age", NULL, NULL },
	{ "age > 3 and \"agee\" = 1", "no variable named agee", "did you mean age?", "character 13 of the expression" },
	{ "age > 3 and sex = \"female\"", "no variable named female", "'female'", "character 19 of the expression" },
	{ "'age' > 3", "names no variable", "without quotes", NULL },
	{ "1 = 1", "names no variable", NULL, NULL },
	{ "null", "names no variable", NULL, NULL },
	{ "", "empty", NULL, NULL },
	{ " \t\n", "empty", NULL, NULL },
	{ "age >", "syntax error", NULL, NULL },
	{ "age > 3)", "syntax error", NULL, NULL },
	{ "(age > 3", "cannot understand", NULL, NULL },
	{ "age = 40 /* forty", "cannot understand", NULL, NULL },
	{ "age = 'a", "unrecognized token", NULL, NULL },
	{ "age > 3; select 1", "cannot understand", NULL, NULL },
	{ "age) FROM row; --", "cannot understand", NULL, NULL },
	/* statements that close our parentheses */
	{ "1) FROM row LIMIT 0 /*", "cannot understand", NULL, NULL },
	{ "age) FROM row LIMIT 0 /*", "cannot understand", NULL, NULL },
	{ "age)) LIMIT 0 /*", "", NULL, NULL },
	{ "age)) FROM row LIMIT 0 /*", "cannot understand", NULL, NULL },
	{ "age)) UNION SELECT 1 WHERE ((age", "", NULL, NULL },
	{ "age) FROM row UNION SELECT (age", "", NULL, NULL },
	{ "age) FROM row WHERE (age", "cannot understand", NULL, NULL },
	{ "age) FROM row ORDER BY (age", "cannot understand", NULL, NULL },
	{ "age), (age", "", NULL, NULL },
	{ "age, sex", "", NULL, NULL },
	{ "age) AS x, (sex", "", NULL, NULL },
	{ "*", "cannot understand", NULL, NULL },
	{ "row.*", "cannot understand", NULL, NULL },
	/* sub-selects and other tables */
	{ "age > (select 1)", "a sub-select", NULL, NULL },
	{ "age in (select 1)", "a sub-select", NULL, NULL },
	{ "age in (values (1), (2))", "", NULL, NULL },
	{ "exists (select 1) and age", "a sub-select", NULL, NULL },
	{ "age > (select max(age) from row)", "", NULL, NULL },
	{ "age in row", "", NULL, NULL },
	{ "age in sqlite_schema", "", NULL, NULL },
	{ "age in pragma_user_version", "", NULL, NULL },
	{ "age in pragma_table_info('row')", "", NULL, NULL },
	{ "age in (select name from pragma_database_list)", "", NULL, NULL },
	{ "age > (with recursive t(x) as (select 1 union all select x + 1 from t) select max(x) from t)", "", NULL, NULL },
	{ "rowid = age", "the row's number", NULL, NULL },
	{ "row.oid = age", "the row's number", NULL, NULL },
	/* functions that are not pure, not small, or not about one row */
	{ "load_extension('x') = age", "the function or operator load_extension", NULL, NULL },
	{ "random() > age", "the function or operator random", NULL, NULL },
	{ "length(randomblob(1000000000)) > age", "the function or operator randomblob", NULL, NULL },
	{ "length(zeroblob(1000000000)) > age", "the function or operator zeroblob", NULL, NULL },
	{ "length(printf('%.*c', 1000000000, 'x')) > age", "the function or operator printf", NULL, NULL },
	{ "hex(sex) = age", "the function or operator hex", NULL, NULL },
	{ "date('now') > started", "the function or operator date", NULL, NULL },
	{ "julianday(started) > 1", "the function or operator julianday", NULL, NULL },
	{ "current_timestamp > started", "the function or operator current_timestamp", NULL, NULL },
	{ "current_date > started", "the function or operator current_date", NULL, NULL },
	{ "sqlite_version() > age", "the function or operator sqlite_version", NULL, NULL },
	{ "changes() > age", "the function or operator changes", NULL, NULL },
	{ "json_extract(sex, '$') > age", "the function or operator json_extract", NULL, NULL },
	{ "sex ->> '$' > age", "the function or operator ->>", NULL, NULL },
	{ "sex match 'a'", "match", NULL, NULL },
	{ "sex regexp 'a'", "no such function: regexp", NULL, NULL },
	{ "count(*) > age", "the function or operator count", NULL, NULL },
	{ "avg(age) > 3", "the function or operator avg", NULL, NULL },
	{ "max(age) > 3", "max()", NULL, NULL },
	{ "min(age) > 3", "min()", NULL, NULL },
	{ "max(age, 3) over () > 3", "", NULL, NULL },
	{ "max(age) over () > 3", "", NULL, NULL },
	{ "lag(age) over () > 3", "", NULL, NULL },
	{ "lenght(sex) > 3", "lenght", NULL, NULL },
	{ "abs(age, 1) > 3", "wrong number of arguments", NULL, NULL },
	{ "days(started) > 3", "wrong number of arguments", NULL, NULL },
	{ "raise(abort, 'x') = age", "", NULL, NULL },
	/* place holders */
	{ "age > ?", "place holder", NULL, NULL },
	{ "age > :limit", "place holder", NULL, NULL },
	{ "age > @limit", "place holder", NULL, NULL },
	{ "age > $limit", "place holder", NULL, NULL },
};

static void what_is_not_one_safe_expression_is_refused_before_any_data(void **state)
{
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct error err = { 0 };
		struct expression *expression = NULL;
		if (expression_compile(&expression, *state, refused[i].text, "rules.csv", 7, &err))
			fail_msg("%s was let through", refused[i].text);
		assert_int_equal(err.kind, ERROR_CONFIG);
		assert_string_equal(err.path, "rules.csv");
		assert_int_equal(err.line, 7);
		assert_true(err.help[0] != '\0');
		if (!strstr(err.message, refused[i].message))
			fail_msg("%s: %s", refused[i].text, err.message);
		if (refused[i].help && !strstr(err.help, refused[i].help))
			fail_msg("%s: %s", refused[i].text, err.help);
		if (refused[i].record && strcmp(err.record, refused[i].record) != 0)
			fail_msg("%s: %s", refused[i].text, err.record);
		assert_null(expression);
	}
}

static struct expression *compiled(void **state, const char *text)
{
	struct error err = { 0 };
	struct expression *expression = NULL;
	assert_ok(expression_compile(&expression, *state, text, "rules.csv", 1, &err), &err);
	return expression;
}

static void an_expression_knows_which_columns_it_reads(void **state)
{
	const struct expression *expression = compiled(state, "coalesce(income, AGE) > 3 and 'sex' <> ''");
	for (size_t i = 0; i < COLUMNS; i++)
		assert_int_equal(expression_reads(expression, i), i == AGE || i == INCOME);
}

static void an_expression_follows_the_row(void **state)
{
	struct expression *adult = compiled(state, "age >= 18"), *known = compiled(state, "sex in ('1', '2')");
	char sex[] = "2";
	row[SEX].text = sex;
	for (long long age = 0; age < 40; age++) {
		row[AGE].integer = age;
		row[AGE].missing = age % 7 == 3;
		*sex = (char)('0' + age % 4);
		enum expression_result expected = age >= 18 ? EXPRESSION_TRUE : EXPRESSION_FALSE;
		assert_int_equal(expression_truth(adult), row[AGE].missing ? EXPRESSION_UNKNOWN : expected);
		assert_int_equal(expression_truth(known), age % 4 == 1 || age % 4 == 2 ? EXPRESSION_TRUE : EXPRESSION_FALSE);
	}
	row[AGE].missing = false;
}

static void an_expression_goes_on_after_a_runtime_error(void **state)
{
	struct expression *expression = compiled(state, "abs(\"order\") = 5");
	row[ORDER].integer = LLONG_MIN;
	assert_int_equal(expression_truth(expression), EXPRESSION_FAILED);
	row[ORDER].integer = -5;
	assert_int_equal(expression_truth(expression), EXPRESSION_TRUE);
	row[ORDER].integer = 6;
	assert_int_equal(expression_truth(expression), EXPRESSION_FALSE);
}

static const struct {
	const char *text;
	bool ok, missing;
	double value;
} numbers[] = {
	{ "age / 7", true, false, 5 }, /* SQL divides whole numbers wholly */
	{ "age / 7.0", true, false, 40 / 7.0 },
	{ "kilos * 2", true, false, 123 },
	{ "income + age", true, true, NAN },
	{ "age / 0", true, true, NAN },
	{ "abs(\"order\")", false, false, NAN },
	{ "sex || ''", false, false, NAN },
	{ "kilos * 1e308", false, false, NAN }, /* infinite */
	{ "case age when 40 then 2.5 else null end", true, false, 2.5 },
};

static void a_derived_number_is_a_number_or_missing_or_fails(void **state)
{
	for (size_t i = 0; i < COUNT(numbers); i++) {
		double value = 0;
		bool missing = false;
		bool ok = expression_number(compiled(state, numbers[i].text), &value, &missing);
		if (ok != numbers[i].ok || missing != numbers[i].missing)
			fail_msg("%s: ok %d, missing %d", numbers[i].text, ok, missing);
		if (ok)
			assert_close(value, numbers[i].value, 1e-15);
	}
}

static void one_call_of_a_function_on_a_long_cell_is_bounded(void **state)
{
	enum { LONG = 65536 };
	char *text = mem_alloc(2 * LONG, 1);
	memset(text, 'a', 2 * LONG - 1);
	text[LONG - 1] = '\0';
	row[SEX].text = text;
	clock_t start = clock();
	assert_int_equal(expression_truth(compiled(state, "instr(sex, substr(sex, 1, 32000) || 'b') = 0")), EXPRESSION_TRUE);
	assert_int_equal(expression_truth(compiled(state, "sex like '%a%a%a%a%a%a%a%a%a%a%a%a%b'")), EXPRESSION_FALSE);
	assert_true(clock() - start < 20 * CLOCKS_PER_SEC);

	assert_int_equal(expression_truth(compiled(state, "length(sex || sex) > 0")), EXPRESSION_FAILED);
	assert_int_equal(expression_truth(compiled(state, "length(replace(sex, 'a', 'aaaaaaaaaaaaaaaa')) > 0")), EXPRESSION_FAILED);
	text[LONG - 1] = 'a'; /* longer than any cell may be */
	assert_int_equal(expression_truth(compiled(state, "length(sex) > 0")), EXPRESSION_FAILED);
	free(text);
}

static void depth_and_size_of_an_expression_are_bounded(void **state)
{
	char *deep = mem_alloc(20000, 1), *out = deep;
	for (int i = 0; i < 500; i++)
		out += sprintf(out, "abs(");
	out += sprintf(out, "age");
	for (int i = 0; i < 500; i++)
		*out++ = ')';
	struct error err = { 0 };
	struct expression *expression = NULL;
	assert_false(expression_compile(&expression, *state, deep, "rules.csv", 1, &err));
	assert_int_equal(err.kind, ERROR_CONFIG);
	free(deep);

	/* a code list of 5,000 is no bomb */
	char *wide = mem_alloc(60000, 1);
	out = wide + sprintf(wide, "age in (0");
	for (int i = 1; i < 5000; i++)
		out += sprintf(out, ",%d", i);
	strcpy(out, ")");
	assert_int_equal(expression_truth(compiled(state, wide)), EXPRESSION_TRUE);
	free(wide);
}

static void two_thousand_columns_are_read_and_not_one_more(void **state)
{
	(void)state;
	enum { MANY = 2000 };
	struct expression_column *columns = mem_alloc(MANY + 1, sizeof *columns);
	for (size_t i = 0; i <= MANY; i++) {
		columns[i].name = mem_print("a_rather_long_name_of_a_variable_in_a_very_wide_export_number_%zu", i);
		columns[i].type = EXPRESSION_INTEGER;
		columns[i].integer = (long long)i;
	}
	struct error err = { 0 };
	struct expressions *expressions = NULL;
	assert_ok(expressions_new(&expressions, columns, MANY, &err), &err);
	struct expression *expression = NULL;
	char *text = mem_print("%s + %s = 1999", columns[0].name, columns[MANY - 1].name);
	assert_ok(expression_compile(&expression, expressions, text, "rules.csv", 1, &err), &err);
	assert_int_equal(expression_truth(expression), EXPRESSION_TRUE);
	assert_true(expression_reads(expression, MANY - 1));
	assert_false(expression_reads(expression, MANY - 2));
	free(text);
	expressions_free(expressions);

	assert_false(expressions_new(&expressions, columns, MANY + 1, &err));
	assert_int_equal(err.kind, ERROR_CONFIG);
	struct error none = { 0 };
	assert_false(expressions_new(&expressions, columns, 0, &none));
	for (size_t i = 0; i <= MANY; i++)
		free((char *)columns[i].name);
	free(columns);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(expressions_have_three_values_and_failure, open_row, close_row),
		cmocka_unit_test_setup_teardown(what_is_not_one_safe_expression_is_refused_before_any_data, open_row, close_row),
		cmocka_unit_test_setup_teardown(an_expression_knows_which_columns_it_reads, open_row, close_row),
		cmocka_unit_test_setup_teardown(an_expression_follows_the_row, open_row, close_row),
		cmocka_unit_test_setup_teardown(an_expression_goes_on_after_a_runtime_error, open_row, close_row),
		cmocka_unit_test_setup_teardown(a_derived_number_is_a_number_or_missing_or_fails, open_row, close_row),
		cmocka_unit_test_setup_teardown(one_call_of_a_function_on_a_long_cell_is_bounded, open_row, close_row),
		cmocka_unit_test_setup_teardown(depth_and_size_of_an_expression_are_bounded, open_row, close_row),
		cmocka_unit_test(two_thousand_columns_are_read_and_not_one_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
