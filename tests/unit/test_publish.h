/* A made-up publication for the tests of publish: one table with a shown, a hidden, a refused and an empty cell in it,
 * and names that every format would trip over. */
#ifndef CANVASS_TEST_PUBLISH_H
#define CANVASS_TEST_PUBLISH_H

#include "testing.h"

#include "universe.h"
#include "publish/protection.h"
#include "publish/publication.h"

#define HOSTILE_SCRIPT "<script>alert(1)</script>"
#define HOSTILE_FORMULA "=cmd|' /C calc'!A0"
#define HOSTILE_LATEX "\\input{/etc/passwd} 100% & _x_ $y$ #1 ~ ^"
#define HOSTILE_PIPES "a|b \"quoted\", and 'single'\nsecond line"
#define WELSH "Ynys M\xc3\xb4n a'r \xc5\xb4yddgrug"
#define ARABIC "\xd9\x84\xd9\x86\xd8\xaf\xd9\x86"

static inline size_t fixture_figure(struct universe *universe, const char *name, const char *printed, int decimals)
{
	struct figure figure = { .name = name,
				 .decimals = decimals,
				 .value = printed ? strtod(printed, NULL) : NAN,
				 .printed = printed,
				 .factor = NAN };
	return universe_figure(universe, &figure);
}

/* A line of results, and its n and estimate at `line` of the arrangement. */
static inline void fixture_line(struct universe *universe, size_t table, size_t line, struct result result,
				const char *n, const char *estimate)
{
	result.analysis = "wellbeing", result.dataset = "survey", result.statistic = "mean", result.outcome = "wemwbs";
	universe_result(universe, &result, NULL, 0, NULL, 0);
	size_t first = fixture_figure(universe, "n", n, 0), second = fixture_figure(universe, "estimate", estimate, 2);
	universe_entry(universe, table, line, 1, first);
	universe_entry(universe, table, line, 2, second);
}

/* A test with columns of its own, 4 and 5. */
static inline void fixture_test(struct universe *universe, size_t table, const char *heading, enum result_status status,
				const char *f, const char *p)
{
	struct result result = { .analysis = "wellbeing",
				 .dataset = "survey",
				 .statistic = "welch_anova",
				 .outcome = "wemwbs",
				 .level = NAN,
				 .status = status };
	size_t line = universe_line(universe, table, heading, NULL, "test");
	universe_result(universe, &result, NULL, 0, NULL, 0);
	size_t first = fixture_figure(universe, "statistic", f, 2), second = fixture_figure(universe, "p", p, 4);
	universe_entry(universe, table, line, 4, first);
	universe_entry(universe, table, line, 5, second);
}

static inline struct universe *fixture_universe(void)
{
	struct universe *universe = universe_new();
	universe_unit(universe, "respondent", "respondents", true, 10);
	universe_unit(universe, "service", "services", false, 0);
	universe_label(universe, "variable", "wemwbs", "Wellbeing " HOSTILE_SCRIPT);
	universe_label(universe, "area", "A1", HOSTILE_FORMULA);
	universe_label(universe, "code", "wemwbs=1", "Low");
	universe_label(universe, "code", "sex=2", "Women");
	size_t table =
		universe_arrangement(universe, "wellbeing", "table", "wellbeing", "Wellbeing by area " HOSTILE_SCRIPT,
				     "Everybody who answered " HOSTILE_LATEX, "Means with 95% t intervals");
	universe_column(universe, table, "Respondents", NULL);
	universe_column(universe, table, "Mean " HOSTILE_PIPES, "points");
	universe_column(universe, table, "Statistic", NULL);
	universe_column(universe, table, "F", NULL);
	universe_column(universe, table, "p", NULL);
	static const char *const headings[] = { HOSTILE_FORMULA, HOSTILE_LATEX, WELSH, ARABIC, "[c]" HOSTILE_SCRIPT };
	for (size_t i = 0; i < COUNT(headings); i++)
		universe_line(universe, table, headings[i], i == 4 ? NULL : "A1", i == 4 ? "total" : "area");
	universe_note(universe, table, "A note with | and " HOSTILE_SCRIPT);
	universe_note(universe, table, HOSTILE_FORMULA);

	fixture_line(universe, table, 1,
		     (struct result){ .area = "A1",
				      .status = RESULT_OK,
				      .level = 95,
				      .method = "t",
				      .flags = "n-below-30 wide-interval" },
		     "21", "-1.50");
	fixture_line(universe, table, 2,
		     (struct result){ .area = "A2",
				      .status = RESULT_HIDDEN,
				      .level = 95,
				      .method = "secret-branch",
				      .reason = "secret-reason",
				      .flags = "secret-flag" },
		     NULL, NULL);
	fixture_line(universe, table, 3,
		     (struct result){ .area = "A3",
				      .status = RESULT_REFUSED,
				      .level = 95,
				      .category = "1",
				      .across = "sex=2",
				      .reason = "zero-variance" },
		     NULL, NULL);
	fixture_line(universe, table, 4,
		     (struct result){ .area = "A4", .status = RESULT_REFUSED, .level = NAN, .reason = "zero-variance" },
		     NULL, NULL);
	fixture_line(universe, table, 5,
		     (struct result){ .status = RESULT_OK, .level = 97.5, .weight = "w", .flags = "wide-interval" },
		     "1204", "48.07");
	size_t p = fixture_figure(universe, "p", "<0.001", 3);
	universe_entry(universe, table, 5, 3, p);
	fixture_test(universe, table, "Test one " HOSTILE_SCRIPT, RESULT_OK, "3.21", "<0.0001");
	fixture_test(universe, table, "Test two", RESULT_HIDDEN, NULL, NULL);
	return universe;
}

/* Free with publication_free(). */
static inline struct publication *fixture_publication(bool synthetic)
{
	struct publication *publication = mem_alloc(1, sizeof *publication);
	struct study *study = mem_alloc(1, sizeof *study);
	study->study.name = mem_copy_text("fixture");
	study->study.title = mem_copy_text("A made-up study " HOSTILE_SCRIPT);
	study->study.date = mem_copy_text("2026-03-31");
	study->study.synthetic = synthetic;
	study->disclosure.min_width = 3;
	study->publish.source = mem_copy_text("Nowhere " HOSTILE_LATEX);
	study->publish.contact = mem_copy_text("\"Somebody\" <a@example.org>");
	publication->study = study;
	publication->universe = fixture_universe();
	static const char *const items[][2] = { { "policy", "house-1" }, { "threshold", "10" }, { "zeros", "shown" } };
	publication->items = mem_alloc(COUNT(items), sizeof *publication->items);
	for (; publication->item_count < COUNT(items); publication->item_count++)
		publication->items[publication->item_count] = (struct publication_item){
			mem_copy_text(items[publication->item_count][0]), mem_copy_text(items[publication->item_count][1])
		};
	protection_say(publication);
	publication->inputs = mem_alloc(2, sizeof *publication->inputs);
	publication->input_count = 2;
	for (size_t i = 0; i < 2; i++) {
		publication->inputs[i].role = mem_copy_text(i ? "stage" : "withheld");
		provenance_hash_bytes(publication->inputs[i].sha256, i ? "a" : "b", 1);
	}
	return publication;
}

#endif
