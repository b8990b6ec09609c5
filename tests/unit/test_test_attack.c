/* Why a test over several areas goes with its F and df where one of its areas is hidden: a reader who knows the areas that
 * are shown tries every group of a few whole scores, and sees which of them make this F. */
#include "testing.h"

#include "withhold/withheld.h"
#include "universe.h"

enum { AREAS = 4, MOST_PEOPLE = 9, LEAST_SCORE = 0, MOST_SCORE = 10 };

struct group {
	double n, mean, variance;
};

/* As printed: n, and mean and SD to two decimals. The last area is hidden: 6 people, the scores 2 3 3 5 7 7. */
static const struct group shown[AREAS - 1] = { { 41, 6.12, 2.31 * 2.31 }, { 38, 5.87, 2.07 * 2.07 }, { 57, 6.44, 1.92 * 1.92 } };
enum { TRUE_N = 6, TRUE_SUM = 27, TRUE_SQUARES = 145 };

static struct group group_of(int n, int sum, int squares)
{
	double mean = (double)sum / n;
	return (struct group){ n, mean, (squares - n * mean * mean) / (n - 1) };
}

/* Welch (1951), from the summaries. */
static void welch_of(double *f, double *df2, struct group hidden)
{
	double weights[AREAS], total = 0, centre = 0, between = 0, spread = 0;
	const double k = AREAS;
	for (int i = 0; i < AREAS; i++) {
		const struct group *group = i < AREAS - 1 ? &shown[i] : &hidden;
		weights[i] = group->n / group->variance;
		total += weights[i];
		centre += weights[i] * group->mean;
	}
	centre /= total;
	for (int i = 0; i < AREAS; i++) {
		const struct group *group = i < AREAS - 1 ? &shown[i] : &hidden;
		between += weights[i] * (group->mean - centre) * (group->mean - centre);
		spread += (1 - weights[i] / total) * (1 - weights[i] / total) / (group->n - 1);
	}
	*f = between / (k - 1) / (1 + 2 * (k - 2) * spread / (k * k - 1));
	*df2 = (k * k - 1) / (3 * spread);
}

/* What withhold leaves of the test's line; NaN: nothing. */
static void leave(double *f, double *df2, bool hidden)
{
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10), cells[AREAS];
	const char *const names[AREAS] = { "s & area=A", "s & area=B", "s & area=C", "s & area=D" };
	for (int i = 0; i < AREAS; i++)
		cells[i] = universe_cell(universe, unit, names[i], i < AREAS - 1 ? (long long)shown[i].n : TRUE_N);
	welch_of(f, df2, group_of(TRUE_N, TRUE_SUM, TRUE_SQUARES));
	universe_result(universe,
	                &(struct result){ .analysis = "a", .dataset = "s", .statistic = "welch_anova", .outcome = "x", .level = NAN },
	                cells, AREAS, NULL, 0);
	universe_figure(universe, &(struct figure){ .name = "statistic", .decimals = 2, .value = *f, .factor = NAN });
	universe_figure(universe, &(struct figure){ .name = "df2", .decimals = 1, .value = *df2, .factor = NAN });
	bool cells_hidden[AREAS] = { false, false, false, hidden };
	struct universe *left = withheld_universe(universe, &(struct withholding){ .hidden = cells_hidden });
	*f = left->figures[0].value;
	*df2 = left->figures[1].value;
	universe_free(left);
	universe_free(universe);
}

/* Whether F and df2 print like those that are left. */
static bool fits(struct group hidden, double f, double df2)
{
	double own_f, own_df2;
	if (!(hidden.variance > 0))
		return false;
	welch_of(&own_f, &own_df2, hidden);
	return (isnan(f) || fabs(own_f - f) <= 0.005) && (isnan(df2) || fabs(own_df2 - df2) <= 0.05);
}

struct found {
	size_t groups;       /* n, sum and sum of squares that fit */
	bool n[MOST_PEOPLE + 1];
	bool truth;
};

static void try_groups(struct found *found, double f, double df2)
{
	for (int n = 2; n <= MOST_PEOPLE; n++)
		for (int sum = n * LEAST_SCORE; sum <= n * MOST_SCORE; sum++)
			for (int squares = sum * sum / n; squares <= MOST_SCORE * sum; squares++) {
				/* whole scores: a sum and its squares are odd or even alike */
				if ((sum - squares) % 2 != 0 || !fits(group_of(n, sum, squares), f, df2))
					continue;
				found->groups++;
				found->n[n] = true;
				found->truth = found->truth || (n == TRUE_N && sum == TRUE_SUM && squares == TRUE_SQUARES);
			}
}

static void a_test_beside_a_hidden_area_gives_it_away(void **state)
{
	(void)state;
	double f, df2;
	struct found told = { 0 }, withheld = { 0 };
	leave(&f, &df2, false); /* the rule switched off */
	assert_false(isnan(f) || isnan(df2));
	try_groups(&told, f, df2);
	leave(&f, &df2, true);
	assert_true(isnan(f) && isnan(df2));
	try_groups(&withheld, f, df2);
	size_t sizes = 0;
	for (int n = 0; n <= MOST_PEOPLE; n++)
		sizes += told.n[n];
	print_message("%zu groups fit F and df2, of %zu sizes; %zu fit what withhold leaves\n", told.groups, sizes, withheld.groups);
	assert_true(told.truth && withheld.truth);
	assert_true(sizes == 1 && told.groups <= 2);
	for (int n = 2; n <= MOST_PEOPLE; n++)
		assert_true(withheld.n[n]);
	assert_true(withheld.groups > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(a_test_beside_a_hidden_area_gives_it_away) };
	return cmocka_run_group_tests_name("test_attack", tests, NULL, NULL);
}
