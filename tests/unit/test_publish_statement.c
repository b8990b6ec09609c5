/* The public statement: everything that a reader is owed, nothing that would help undo the protection. */
#include "test_publish.h"

#include "publish/statement.h"
#include "publish/table.h"
#include "publish/results.h"
#include "text.h"

struct files {
	struct text html, text, json;
};

static struct files statement_of(const struct publication *publication)
{
	struct files files = { 0 };
	struct statement *statement = statement_new(publication);
	statement_html(&files.html, statement);
	statement_text(&files.text, statement);
	statement_json(&files.json, statement);
	statement_free(statement);
	return files;
}

static void release(struct files *files)
{
	text_free(&files->html);
	text_free(&files->text);
	text_free(&files->json);
}

static void assert_all_say(const struct files *files, const char *words)
{
	const struct text *const all[] = { &files->html, &files->text, &files->json };
	for (size_t i = 0; i < COUNT(all); i++)
		if (!strstr(all[i]->bytes, words))
			fail_msg("%s does not say: %s\n%s", i == 0 ? "html" : i == 1 ? "text" : "json", words, all[i]->bytes);
}

static void assert_none_says(const struct files *files, const char *words)
{
	const struct text *const all[] = { &files->html, &files->text, &files->json };
	for (size_t i = 0; i < COUNT(all); i++)
		if (strstr(all[i]->bytes, words))
			fail_msg("%s says: %s\n%s", i == 0 ? "html" : i == 1 ? "text" : "json", words, all[i]->bytes);
}

/* A publication with these items of policy besides policy, threshold and zeros. */
static struct publication *told(const char *const (*items)[2], size_t count)
{
	struct publication *publication = fixture_publication(true);
	publication->items = mem_grow(publication->items, publication->item_count + count,
				      &(size_t){ publication->item_count }, sizeof *publication->items);
	for (size_t i = 0; i < count; i++)
		publication->items[publication->item_count++] =
			(struct publication_item){ mem_copy_text(items[i][0]), mem_copy_text(items[i][1]) };
	free(publication->symbol);
	free(publication->hidden);
	free(publication->protection);
	protection_say(publication);
	return publication;
}

static void a_release_says_what_is_hidden_and_why(void **state)
{
	(void)state;
	struct publication *publication = fixture_publication(true);
	publication->key = mem_copy_text("the xyzzy of the study");
	char hash[PROVENANCE_HASH_SIZE];
	publication_policy_hash(hash, publication);
	struct files files = statement_of(publication);
	static const char *const said[] = {
		"The people whom these tables are about were promised that nobody would learn their answers from them.",
		"[c]: hidden to protect people from being recognised. Some of these cells are hidden only because they would give another one away.",
		"Nothing is shown of fewer than 10 respondents.",
		"A count of nobody is shown as 0, unless it is nobody among so few.",
		"A total that is shown is a true total, hidden cells included.",
		"Numbers are rounded half away from zero to the digits shown.",
		"house-1", "2026-03-31", "Canvass ", "a@example.org",
	};
	for (size_t i = 0; i < COUNT(said); i++)
		assert_all_say(&files, said[i]);
	assert_all_say(&files, hash);
	/* 17 figures stand in the table: of the lines that are not refused 4 and two tests, of which one line and one test */
	assert_non_null(strstr(files.json.bytes, "\"figures\": 11, \"hidden\": 4"));
	assert_non_null(strstr(files.text.bytes, "4 of 11: "));
	assert_non_null(strstr(files.html.bytes, "<td>11</td><td>4</td>"));
	assert_non_null(strstr(files.html.bytes, "SYNTHETIC"));
	assert_non_null(strstr(files.text.bytes, "SYNTHETIC"));
	assert_null(strstr(files.html.bytes, HOSTILE_SCRIPT));
	release(&files);
	publication_free(publication);
}

static void each_part_of_a_policy_is_told_where_it_is_so(void **state)
{
	(void)state;
	static const struct {
		const char *items[2][2];
		size_t count;
		const char *said;
	} cases[] = {
		{ { { "rounding_base", "5" }, { "rounding_method", "nearest" } }, 2, "Counts are rounded to the nearest 5; totals are rounded by themselves" },
		{ { { "rounding_base", "3" }, { "rounding_method", "controlled" } }, 2, "to multiples of 3, as near as lets parts add up" },
		{ { { "rounding_base", "5" }, { "rounding_method", "nearest" } }, 2, "changed like any other count" },
		{ { { "perturbed", "yes" } }, 1, "changed a little by chance" },
		{ { { "perturbed", "yes" } }, 1, "may be smaller than the count that it stands for" },
		{ { { "bands", "few 20; most of them 100" } }, 1, "few, up to 20 per cent; most of them, more than 20 per cent." },
		{ { { "bands", "none 0; some 50; many 80; most 100" } }, 1,
		  "none, nobody; some, up to 50 per cent; many, more than 50 and up to 80 per cent; most, more than 80 per cent." },
		{ { { "exceptions", "1" } }, 1, "1 exception was made by the steward." },
		{ { { "exceptions", "3" } }, 1, "3 exceptions were made by the steward." },
		{ { { "structural_zeros", "sex=2 & pregnant=yes; age=9" } }, 1, "sex: Women with pregnant: yes; age: 9." },
		{ { { "sensitive", "loneliness" }, { "min_group", "20" } }, 2, "all of a group of fewer than 20 gave the same answer" },
		{ { { "preset", "nhs" } }, 1, "nhs" },
		{ { { "hidden_symbol", "s" } }, 1, "[s]: hidden to protect" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct publication *plain = fixture_publication(true), *publication = told(cases[i].items, cases[i].count);
		struct files without = statement_of(plain), with = statement_of(publication);
		assert_none_says(&without, cases[i].said);
		assert_all_say(&with, cases[i].said);
		release(&without);
		release(&with);
		publication_free(plain);
		publication_free(publication);
	}
}

/* Where no count is hidden for being small, few may be rounded to 0. */
static void a_zero_that_may_be_few_is_told_to_be_one(void **state)
{
	(void)state;
	const char *items[2][2] = { { "rounding_base", "5" }, { "rounding_method", "nearest" } };
	static const char said[] = "a count of few that is rounded to 0";
	struct publication *publication = told(items, 2);
	struct files without = statement_of(publication);
	for (size_t i = 0; i < publication->universe->unit_count; i++)
		publication->universe->units[i].threshold = 1;
	struct files with = statement_of(publication);
	assert_none_says(&without, said);
	assert_all_say(&with, said);
	release(&without);
	release(&with);
	publication_free(publication);
}

/* What stands in the config and must not stand here. */
static void nothing_that_helps_an_attacker_is_told(void **state)
{
	(void)state;
	struct publication *publication = fixture_publication(false);
	struct study_disclosure *policy = &publication->study->disclosure;
	double p_percent = 17.25, dominance_k = 83.5;
	struct study_magnitude magnitude = { 4, &p_percent, 2, &dominance_k };
	struct study_exception exception = { .condition = (char *)"survey & area=A2", .who = (char *)"Dr Steward",
					     .why = (char *)"they agreed", .date = (char *)"2026-01-02",
					     .expires = (char *)"2026-11-12", .in_force = true };
	publication->key = mem_copy_text("the xyzzy of the study");
	*policy = (struct study_disclosure){ .min_width = 3737, .min_percent = 61.5, .insiders = 4343, .magnitude = &magnitude,
					     .exceptions = &exception, .exceptions_count = 1, .solver = STUDY_SOLVER_CBC };
	struct files files = statement_of(publication);
	static const char *const secrets[] = { "17.25", "83.5", "3737", "61.5", "4343", "cbc", "min_width", "insider", "dominan",
					       "p_percent", "area=A2", "Dr Steward", "they agreed", "2026-11-12", "xyzzy",
					       "secret-branch", "secret-reason", "secret-flag", "secondary", "primary", "interval" };
	char hash[PROVENANCE_HASH_SIZE];
	publication_policy_hash(hash, publication);
	for (struct text *file = &files.html; file <= &files.json; file++)
		for (char *at; (at = strstr(file->bytes, hash));) /* whose digits may be anything */
			memset(at, '-', strlen(hash));
	for (size_t i = 0; i < COUNT(secrets); i++)
		assert_none_says(&files, secrets[i]);
	policy->magnitude = NULL;
	policy->exceptions = NULL;
	policy->exceptions_count = 0;
	release(&files);
	publication_free(publication);
}

/* Everywhere in the tables, bare among the results. */
static void the_policy_s_own_symbol_stands_for_what_is_hidden(void **state)
{
	(void)state;
	static const char *const items[][2] = { { "hidden_symbol", "supp" } };
	struct publication *publication = told(items, COUNT(items));
	struct printed_table *table = NULL;
	struct error err = { 0 };
	struct text results = { 0 };
	assert_ok(printed_table_read(&table, publication, 1, &err), &err);
	assert_string_equal(printed_table_cell(table, 1, 0)->text, "[supp]");
	bool explained = false;
	for (size_t i = 0; i < table->word_count; i++)
		explained = explained || (strcmp(table->words[i].kind, "symbol") == 0 && strcmp(table->words[i].label, "[supp]") == 0);
	assert_true(explained);
	assert_ok(results_write(&results, publication, &err), &err);
	assert_non_null(strstr(results.bytes, ",supp,"));
	assert_null(strstr(results.bytes, "[supp]"));
	assert_null(strstr(results.bytes, ",c,"));
	text_free(&results);
	printed_table_free(table);
	publication_free(publication);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_release_says_what_is_hidden_and_why),
		cmocka_unit_test(each_part_of_a_policy_is_told_where_it_is_so),
		cmocka_unit_test(a_zero_that_may_be_few_is_told_to_be_one),
		cmocka_unit_test(nothing_that_helps_an_attacker_is_told),
		cmocka_unit_test(the_policy_s_own_symbol_stands_for_what_is_hidden),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
