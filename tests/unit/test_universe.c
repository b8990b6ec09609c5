/* The universe of cells: one decision for one group, and nothing lost between a stage and the next. */
#include "testing.h"

#include "universe.h"
#include "embedded.h"
#include "store.h"

static void the_same_condition_is_the_same_cell(void **state)
{
	(void)state;
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10);
	size_t all = universe_cell(universe, unit, "survey", 30), some = universe_cell(universe, unit, "survey & a=1", 12);
	assert_int_equal(universe_unit(universe, "respondent", "respondents", true, 10), unit);
	assert_int_equal(universe_cell(universe, unit, "survey", 30), all);
	assert_int_equal(all, 1);
	assert_int_equal(some, 2);
	assert_int_equal(universe->cell_count, 2);
	assert_int_equal(universe_find(universe, "survey & a=1"), some);
	assert_int_equal(universe_find(universe, "survey & a=2"), 0);
	universe_free(universe);
}

static void a_measure_is_known_by_its_cell_and_variable(void **state)
{
	(void)state;
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10);
	size_t one = universe_cell(universe, unit, "one", 3), two = universe_cell(universe, unit, "two", 4);
	size_t age = universe_measure(universe, one, "age", 16, NAN, 60);
	assert_int_equal(universe_measure(universe, one, "age", 16, NAN, 60), age);
	assert_int_not_equal(universe_measure(universe, two, "age", 16, NAN, 61), age);
	assert_int_not_equal(universe_measure(universe, one, "score", 0, 10, 12), age);
	assert_int_equal(universe->measure_count, 3);
	universe_free(universe);
}

static void a_relation_is_the_same_in_any_order_of_its_parts(void **state)
{
	(void)state;
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10);
	size_t sum = universe_cell(universe, unit, "sum", 10), a = universe_cell(universe, unit, "a", 7),
	       b = universe_cell(universe, unit, "b", 3);
	universe_relation(universe, RELATION_SUM, sum, (size_t[]){ a, b }, 2);
	universe_relation(universe, RELATION_SUM, sum, (size_t[]){ b, a }, 2);
	assert_int_equal(universe->relation_count, 1);
	assert_int_equal(universe->part_count, 2);
	universe_relation(universe, RELATION_CONTAINS, sum, (size_t[]){ a, b }, 2);
	universe_relation(universe, RELATION_CONTAINS, sum, (size_t[]){ a }, 1);
	assert_int_equal(universe->relation_count, 3);
	assert_int_equal(universe->parts[universe->relations[2].first_part], a);
	universe_free(universe);
}

static void a_result_rests_on_a_cell_once(void **state)
{
	(void)state;
	struct universe *universe = universe_new();
	size_t unit = universe_unit(universe, "respondent", "respondents", true, 10);
	size_t a = universe_cell(universe, unit, "a", 7), b = universe_cell(universe, unit, "b", 3);
	struct result result = { .analysis = "x", .dataset = "d", .statistic = "share", .outcome = "o", .level = NAN };
	universe_result(universe, &result, (size_t[]){ b, a, b }, 3, NULL, 0);
	assert_int_equal(universe->results[0].cell_count, 2);
	assert_int_equal(universe->rests[0], a);
	assert_int_equal(universe->rests[1], b);
	universe_free(universe);
}

static void the_first_label_stays(void **state)
{
	(void)state;
	struct universe *universe = universe_new();
	universe_label(universe, "variable", "age", "Age");
	universe_label(universe, "variable", "age", "Years");
	universe_label(universe, "area", "age", "A place called Age");
	assert_string_equal(universe_label_of(universe, "variable", "age"), "Age");
	assert_string_equal(universe_label_of(universe, "area", "age"), "A place called Age");
	assert_null(universe_label_of(universe, "code", "age"));
	universe_free(universe);
}

/* One of everything, with NULLs and unknown numbers where they may be. */
static struct universe *one_of_everything(void)
{
	struct universe *universe = universe_new();
	size_t people = universe_unit(universe, "respondent", "respondents", true, 10);
	size_t services = universe_unit(universe, "service", "services", false, 0);
	size_t all = universe_cell(universe, people, "survey", 30), yes = universe_cell(universe, people, "survey & q=1", 12),
	       no = universe_cell(universe, people, "survey & q!=1", 18);
	universe_cell(universe, services, "services", 0);
	universe_cell(universe, people, "survey & q=2", -1);
	universe_relation(universe, RELATION_SUM, all, (size_t[]){ no, yes }, 2);
	universe_relation(universe, RELATION_CONTAINS, no, (size_t[]){ 5 }, 1);
	size_t age = universe_measure(universe, all, "age", 16, NAN, 612.25);
	universe_measure(universe, yes, "age", NAN, 99, NAN);

	struct result share = { .analysis = "q_by_area", .dataset = "survey", .statistic = "share", .outcome = "q",
		                .category = "1", .area = "E06000055", .across = "sex=1", .method = "wilson", .level = 95,
		                .weight = "w", .flags = "small unequal", .denominator = "those who answered" };
	struct result mean = { .analysis = "age_by_area", .dataset = "survey", .statistic = "mean", .outcome = "age",
		               .level = NAN, .status = RESULT_REFUSED, .reason = "no-variance" };
	universe_result(universe, &share, (size_t[]){ all, yes }, 2, NULL, 0);
	universe_figure(universe, &(struct figure){ .name = "estimate", .decimals = 1, .value = 40, .printed = "40.0",
	                                            .numerator = yes, .denominator = all, .factor = 100 });
	universe_figure(universe, &(struct figure){ .name = "low", .decimals = 1, .value = 24.6, .factor = NAN });
	universe_result(universe, &mean, (size_t[]){ all }, 1, (size_t[]){ age }, 1);
	universe_figure(universe, &(struct figure){ .name = "estimate", .decimals = 2, .value = NAN,
	                                            .numerator_measure = age, .denominator = all, .factor = 1 });

	size_t table = universe_arrangement(universe, "q_by_area", "table", "q_by_area", "Yes, by area",
	                                    "those who answered", "Wilson");
	universe_column(universe, table, "Share", "per cent");
	universe_column(universe, table, "Lower", NULL);
	universe_line(universe, table, "Bedford", "E06000055", "area");
	universe_line(universe, table, "All", NULL, "total");
	universe_entry(universe, table, 1, 1, 1);
	universe_entry(universe, table, 1, 2, 2);
	universe_entry(universe, table, 2, 1, 3);
	universe_note(universe, table, "First.");
	universe_note(universe, table, "Second, with \xc3\xa9.");
	universe_label(universe, "area", "E06000055", "Bedford");
	universe_label(universe, "variable", "q", "A question");
	return universe;
}

static void assert_text(const char *a, const char *b)
{
	if (a && b)
		assert_string_equal(a, b);
	else
		assert_true(a == b);
}

static void assert_number(double a, double b)
{
	assert_true((isnan(a) && isnan(b)) || a == b);
}

static void assert_results_equal(const struct universe *a, const struct universe *b)
{
	assert_int_equal(a->result_count, b->result_count);
	for (size_t i = 0; i < a->result_count; i++) {
		const struct result *p = &a->results[i], *q = &b->results[i];
		assert_text(p->analysis, q->analysis);
		assert_text(p->dataset, q->dataset);
		assert_text(p->statistic, q->statistic);
		assert_text(p->outcome, q->outcome);
		assert_text(p->category, q->category);
		assert_text(p->area, q->area);
		assert_text(p->across, q->across);
		assert_text(p->method, q->method);
		assert_text(p->weight, q->weight);
		assert_number(p->level, q->level);
		assert_int_equal(p->status, q->status);
		assert_text(p->reason, q->reason);
		assert_text(p->flags, q->flags);
		assert_text(p->denominator, q->denominator);
		assert_int_equal(p->cell_count, q->cell_count);
		assert_int_equal(p->measure_count, q->measure_count);
		if (p->cell_count)
			assert_memory_equal(a->rests + p->first_cell, b->rests + q->first_cell, p->cell_count * sizeof(size_t));
		if (p->measure_count)
			assert_memory_equal(a->rests_measures + p->first_measure, b->rests_measures + q->first_measure,
			                    p->measure_count * sizeof(size_t));
	}
	assert_int_equal(a->figure_count, b->figure_count);
	for (size_t i = 0; i < a->figure_count; i++) {
		const struct figure *p = &a->figures[i], *q = &b->figures[i];
		assert_int_equal(p->result, q->result);
		assert_text(p->name, q->name);
		assert_int_equal(p->decimals, q->decimals);
		assert_number(p->value, q->value);
		assert_text(p->printed, q->printed);
		assert_int_equal(p->numerator, q->numerator);
		assert_int_equal(p->numerator_measure, q->numerator_measure);
		assert_int_equal(p->denominator, q->denominator);
		assert_number(p->factor, q->factor);
	}
}

static void assert_arrangements_equal(const struct universe *a, const struct universe *b)
{
	assert_int_equal(a->arrangement_count, b->arrangement_count);
	for (size_t i = 0; i < a->arrangement_count; i++) {
		const struct arrangement *p = &a->arrangements[i], *q = &b->arrangements[i];
		assert_text(p->name, q->name);
		assert_text(p->kind, q->kind);
		assert_text(p->analysis, q->analysis);
		assert_text(p->title, q->title);
		assert_text(p->base, q->base);
		assert_text(p->method, q->method);
		assert_int_equal(p->column_count, q->column_count);
		for (size_t j = 0; j < p->column_count; j++) {
			assert_text(p->columns[j].heading, q->columns[j].heading);
			assert_text(p->columns[j].unit, q->columns[j].unit);
		}
		assert_int_equal(p->line_count, q->line_count);
		for (size_t j = 0; j < p->line_count; j++) {
			assert_text(p->lines[j].heading, q->lines[j].heading);
			assert_text(p->lines[j].code, q->lines[j].code);
			assert_text(p->lines[j].kind, q->lines[j].kind);
		}
		assert_int_equal(p->entry_count, q->entry_count);
		for (size_t j = 0; j < p->entry_count; j++) {
			assert_int_equal(p->entries[j].line, q->entries[j].line);
			assert_int_equal(p->entries[j].column, q->entries[j].column);
			assert_int_equal(p->entries[j].figure, q->entries[j].figure);
		}
		assert_int_equal(p->note_count, q->note_count);
		for (size_t j = 0; j < p->note_count; j++)
			assert_text(p->notes[j], q->notes[j]);
	}
	assert_int_equal(a->label_count, b->label_count);
	for (size_t i = 0; i < a->label_count; i++)
		assert_text(universe_label_of(b, a->labels[i].kind, a->labels[i].name), a->labels[i].label);
}

static void assert_universes_equal(const struct universe *a, const struct universe *b)
{
	assert_int_equal(a->unit_count, b->unit_count);
	for (size_t i = 0; i < a->unit_count; i++) {
		assert_text(a->units[i].name, b->units[i].name);
		assert_text(a->units[i].plural, b->units[i].plural);
		assert_int_equal(a->units[i].confidential, b->units[i].confidential);
		assert_int_equal(a->units[i].threshold, b->units[i].threshold);
	}
	assert_int_equal(a->cell_count, b->cell_count);
	for (size_t i = 0; i < a->cell_count; i++) {
		assert_int_equal(a->cells[i].unit, b->cells[i].unit);
		assert_text(a->cells[i].condition, b->cells[i].condition);
		assert_int_equal(a->cells[i].n, b->cells[i].n);
	}
	assert_int_equal(a->relation_count, b->relation_count);
	assert_int_equal(a->part_count, b->part_count);
	assert_memory_equal(a->parts, b->parts, a->part_count * sizeof *a->parts);
	for (size_t i = 0; i < a->relation_count; i++) {
		assert_int_equal(a->relations[i].kind, b->relations[i].kind);
		assert_int_equal(a->relations[i].parent, b->relations[i].parent);
		assert_int_equal(a->relations[i].first_part, b->relations[i].first_part);
		assert_int_equal(a->relations[i].part_count, b->relations[i].part_count);
	}
	assert_int_equal(a->measure_count, b->measure_count);
	for (size_t i = 0; i < a->measure_count; i++) {
		assert_int_equal(a->measures[i].cell, b->measures[i].cell);
		assert_text(a->measures[i].variable, b->measures[i].variable);
		assert_number(a->measures[i].least, b->measures[i].least);
		assert_number(a->measures[i].most, b->measures[i].most);
		assert_number(a->measures[i].total, b->measures[i].total);
	}
	assert_results_equal(a, b);
	assert_arrangements_equal(a, b);
}

/* A stage file of the test's own, in a folder that goes with it. */
struct place {
	char folder[64], path[128];
};

static int make_place(void **state)
{
	struct place *place = mem_alloc(1, sizeof *place);
	strcpy(place->folder, "/tmp/canvass-cell-XXXXXX");
	*state = place;
	if (!mkdtemp(place->folder))
		return -1;
	strcat(strcpy(place->path, place->folder), "/compared.db");
	return 0;
}

static int remove_place(void **state)
{
	struct place *place = *state;
	unlink(place->path);
	rmdir(place->folder);
	free(place);
	return 0;
}

static void store_it(const struct universe *universe, const char *path, const char *then)
{
	struct error err = { 0 };
	struct store *store = NULL;
	assert_true(store_create(&store, path, "compare", sql_schema_universe, &err));
	assert_true(universe_store(universe, store, &err));
	assert_true(store_run(store, then, &err));
	assert_true(store_commit(store, &err));
	store_close(store);
}

static bool load_it(struct universe **universe, const char *path, struct error *err)
{
	struct store *store = NULL;
	bool ok = store_open(&store, path, "compare", err) && universe_load(universe, store, err);
	store_close(store);
	return ok;
}

static void everything_that_is_stored_is_loaded_again(void **state)
{
	struct place *place = *state;
	struct error err = { 0 };
	struct universe *universe = one_of_everything(), *again = NULL;
	store_it(universe, place->path, "");
	assert_true(load_it(&again, place->path, &err));
	assert_universes_equal(universe, again);
	assert_int_equal(universe_find(again, "survey & q=1"), 2);
	universe_relation(again, RELATION_SUM, 1, (size_t[]){ 2, 3 }, 2);
	assert_int_equal(again->relation_count, 2);
	universe_free(universe);
	universe_free(again);
}

static void a_file_that_contradicts_itself_is_refused(void **state)
{
	static const char *const damages[] = {
		"UPDATE cell SET n = 13 WHERE cell = 2",
		"UPDATE cell SET n = 13, condition = 'x' WHERE cell = 3",
		"DELETE FROM cell WHERE cell = 4",
		"DELETE FROM part",
		"UPDATE relation SET parent = 77",
		"INSERT INTO rests VALUES (1, 99)",
		"UPDATE figure SET denominator = 99",
		"UPDATE figure SET result = 2, name = 'x' WHERE figure = 1",
		"UPDATE figure SET result = 99 WHERE figure = 3",
		"UPDATE result SET status = 'perhaps'",
		"UPDATE entry SET line = 9 WHERE line = 2",
	};
	struct place *place = *state;
	struct universe *universe = one_of_everything();
	for (size_t i = 0; i < COUNT(damages); i++) {
		struct error err = { 0 };
		struct universe *again = NULL;
		unlink(place->path);
		store_it(universe, place->path, damages[i]);
		assert_false(load_it(&again, place->path, &err));
		assert_null(again);
		assert_int_equal(err.kind, ERROR_INPUT);
		assert_string_equal(err.code, "universe-damaged");
	}
	universe_free(universe);
}

static void a_condition_names_a_code_of_a_variable(void **state)
{
	(void)state;
	assert_true(cell_names_code("survey & area=N & lonely=often", "lonely"));
	assert_true(cell_names_code("survey & area=N & lonely!=often", "area"));
	assert_true(cell_names_code("survey & area=N & lonely!=often", "lonely"));
	assert_true(cell_names_code("survey & band{cut of score}=low", "band"));
	assert_false(cell_names_code("survey & lonely:answered", "lonely"));
	assert_false(cell_names_code("survey & lonely_now=often", "lonely"));
	assert_false(cell_names_code("survey & band{lonely=often}:answered", "lonely"));
	assert_false(cell_names_code("lonely=often", "lonely")); /* the dataset comes first */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_condition_is_the_same_cell),
		cmocka_unit_test(a_measure_is_known_by_its_cell_and_variable),
		cmocka_unit_test(a_relation_is_the_same_in_any_order_of_its_parts),
		cmocka_unit_test(a_result_rests_on_a_cell_once),
		cmocka_unit_test(the_first_label_stays),
		cmocka_unit_test(a_condition_names_a_code_of_a_variable),
		cmocka_unit_test_setup_teardown(everything_that_is_stored_is_loaded_again, make_place, remove_place),
		cmocka_unit_test_setup_teardown(a_file_that_contradicts_itself_is_refused, make_place, remove_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
