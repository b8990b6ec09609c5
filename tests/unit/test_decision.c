#include "testing.h"

#include "decision.h"
#include "text.h"

#define HEADER "finding,dataset,decision,value,by,when,why,until\n"

static struct decisions *load(const char *lines, const char *dataset)
{
	char *folder = test_folder(), *bytes = mem_print("%s%s", HEADER, lines),
	     *path = test_file(folder, "decisions.csv", bytes);
	struct error err = { 0 };
	struct decisions *decisions = NULL;
	assert_ok(decisions_load(&decisions, path, dataset, &err), &err);
	free(path);
	free(bytes);
	free(folder);
	return decisions;
}

static void without_a_file_there_are_no_decisions(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct decisions *decisions = NULL;
	assert_ok(decisions_load(&decisions, NULL, "survey", &err), &err);
	assert_int_equal(decisions_count(decisions), 0);
	assert_null(decisions_find(decisions, "0123456789ab", "cell-range", "age", "2026-01-01"));
	decisions_free(decisions);
	decisions_free(NULL);
}

static void a_row_is_read_as_it_stands_with_its_line(void **state)
{
	(void)state;
	struct decisions *decisions = load("cell-range:age,,accept,,R. Okoro,2026-02-01,checked,2026-12-31\n"
	                                   "0123456789ab,survey,correct,34,R. Okoro,2026-02-02,\"form 12, page 2\",\n"
	                                   "row-no-answers,diary,set_aside,,R. Okoro,2026-02-03,empty,\n", "survey");
	assert_int_equal(decisions_count(decisions), 2);
	const struct decision *first = decisions_at(decisions, 0), *second = decisions_at(decisions, 1);
	assert_string_equal(first->finding, "cell-range:age");
	assert_int_equal(first->kind, DECISION_ACCEPT);
	assert_string_equal(first->dataset, "");
	assert_string_equal(first->until, "2026-12-31");
	assert_int_equal(first->line, 2);
	assert_int_equal(second->kind, DECISION_CORRECT);
	assert_string_equal(second->value, "34");
	assert_string_equal(second->by, "R. Okoro");
	assert_string_equal(second->why, "form 12, page 2");
	assert_int_equal(second->line, 3);
	decisions_free(decisions);
}

static void what_is_decided_about_texts_is_told_apart_from_answers(void **state)
{
	(void)state;
	static const char rows[] = HEADER "cell-range:age,,accept,,A,2026-02-01,checked,\n"
					  "text-phone:comment,,redact,,A,2026-02-01,looked at,\n"
					  "a123456789ab,survey,keep,,A,2026-02-01,the helpline,\n"
					  "b123456789ab,survey,set_aside,,A,2026-02-01,a test,\n"
					  "text-email,diary,keep,,A,2026-02-01,of another dataset,\n";
	char *folder = test_folder(), *path = test_file(folder, "decisions.csv", rows);
	struct error err = { 0 };
	struct decisions *answers = NULL, *texts = NULL;
	assert_ok(decisions_load(&answers, path, "survey", &err) && decisions_load_texts(&texts, path, "survey", &err), &err);
	assert_int_equal(decisions_count(answers), 2);
	assert_int_equal(decisions_at(answers, 0)->line, 2);
	assert_int_equal(decisions_at(answers, 1)->line, 5);
	assert_int_equal(decisions_count(texts), 2);
	assert_int_equal(decisions_at(texts, 0)->kind, DECISION_REDACT);
	assert_int_equal(decisions_at(texts, 1)->kind, DECISION_KEEP);
	assert_ptr_equal(decisions_find(texts, "c123456789ab", "text-phone", "comment", "2026-06-01"), decisions_at(texts, 0));
	assert_null(decisions_find(texts, "c123456789ab", "text-phone", "why", "2026-06-01"));
	decisions_free(answers);
	decisions_free(texts);
	free(path);
	free(folder);
}

struct wrong {
	const char *name, *row, *message, *help;
};

static const struct wrong wrongs[] = {
	{ "an unknown decision word is refused", "cell-range,,acept,,A,2026-01-01,x,", "none of its words",
	  "did you mean accept?" },
	{ "an empty decision word is refused", "cell-range,,,,A,2026-01-01,x,", "holds nothing",
	  "accept, correct or set_aside" },
	{ "a code that no finding has is refused", "cell-rnge,,accept,,A,2026-01-01,x,",
	  "no finding has the code cell-rnge", "did you mean cell-range?" },
	{ "a type that no text is searched for is refused", "text-fone:comment,,keep,,A,2026-01-01,x,",
	  "has the code text-fone", "did you mean text-phone?" },
	{ "what is found in texts is not accepted", "text-phone,,accept,,A,2026-01-01,x,",
	  "the decision accept does not fit text-phone", "redact or keep" },
	{ "an answer is not redacted", "cell-range:age,,redact,,A,2026-01-01,x,", "the decision redact does not fit cell-range",
	  "text-phone:comment" },
	{ "only a correction has a value, in texts too", "text-phone,,redact,[phone],A,2026-01-01,x,", "a value beside",
	  "only correct" },
	{ "a severity is no finding", "reject,,accept,,A,2026-01-01,x,", "no finding has the code reject",
	  "docs/findings.md" },
	{ "an empty finding is refused", ",,accept,,A,2026-01-01,x,", "no finding has the code", "12 digits" },
	{ "an identity has 12 digits", "0123456789a,,accept,,A,2026-01-01,x,", "no finding has the code", "12 digits" },
	{ "a colon without a subject is refused", "cell-range:,,accept,,A,2026-01-01,x,", "behind the colon",
	  "name the variable" },
	{ "a day that no month has is no date", "cell-range,,accept,,A,2026-02-30,x,", "the column when holds no date",
	  "YYYY-MM-DD" },
	{ "a date is written with the year first", "cell-range,,accept,,A,2026-01-01,x,31/12/2026",
	  "the column until holds no date", "YYYY-MM-DD" },
	{ "a decision does not end before it was made", "cell-range,,accept,,A,2026-03-01,x,2026-02-28",
	  "before it was made", "until" },
	{ "a correction has a value", "0123456789ab,,correct,,A,2026-01-01,x,", "without a value", "set_aside" },
	{ "a correction speaks of one finding", "cell-range:age,,correct,34,A,2026-01-01,x,",
	  "every cell-range:age at once", "codes.csv" },
	{ "only a correction has a value", "cell-range,,accept,34,A,2026-01-01,x,", "a value beside", "only correct" },
	{ "a decision says who made it", "cell-range,,accept,,,2026-01-01,x,", "does not say by", "nobody signs" },
	{ "a decision says when it was made", "cell-range,,accept,,A,,x,", "does not say when", "nobody signs" },
	{ "a decision says why it was made", "cell-range,,accept,,A,2026-01-01,,", "does not say why", "nobody signs" },
	{ "a decision about another dataset is checked too", "cell-rnge,diary,accept,,A,2026-01-01,x,",
	  "no finding has the code", "cell-range" },
};

static void wrong_decisions_are_refused_at_their_line(void **state)
{
	const struct wrong *wrong = *state;
	char *folder = test_folder();
	char *bytes = mem_print("%scell-range,,accept,,A,2026-01-01,right,\n%s\n", HEADER, wrong->row);
	char *path = test_file(folder, "decisions.csv", bytes);
	struct error err = { 0 };
	struct decisions *decisions = NULL;
	assert_false(decisions_load(&decisions, path, "survey", &err));
	assert_null(decisions);
	assert_int_equal(err.kind, ERROR_CONFIG);
	assert_string_equal(err.path, path);
	assert_int_equal(err.line, 3);
	if (!strstr(err.message, wrong->message) || !strstr(err.help, wrong->help))
		fail_msg("the message is: %s (%s)", err.message, err.help);
	free(path);
	free(bytes);
	free(folder);
}

static void a_column_that_decisions_do_not_have_is_refused(void **state)
{
	(void)state;
	char *folder = test_folder();
	char *path =
		test_file(folder, "decisions.csv", "finding,decison,by,when,why\ncell-range,accept,A,2026-01-01,x\n");
	struct error err = { 0 };
	struct decisions *decisions = NULL;
	assert_false(decisions_load(&decisions, path, "survey", &err));
	assert_int_equal(err.kind, ERROR_CONFIG);
	free(path);
	free(folder);
}

struct search {
	const char *name, *rows, *identity, *code, *subject, *date;
	size_t line; /* of the decision expected; 0: none */
};

#define SIGNED ",A,2026-01-01,x,"

static const struct search searches[] = {
	{ "the identity goes before code and variable",
	  "0123456789ab,,accept," SIGNED "\ncell-range:age,,set_aside," SIGNED "\ncell-range,,set_aside," SIGNED "\n",
	  "0123456789ab", "cell-range", "age", "2026-06-01", 2 },
	{ "code and variable go before the code alone",
	  "cell-range,,set_aside," SIGNED "\ncell-range:age,,accept," SIGNED "\ncell-range,,set_aside," SIGNED "\n",
	  "0123456789ab", "cell-range", "age", "2026-06-01", 3 },
	{ "the code alone speaks of every variable", "cell-range,,accept," SIGNED "\n", "0123456789ab", "cell-range",
	  "height", "2026-06-01", 2 },
	{ "the code alone speaks of a finding about no variable", "row-blank,,accept," SIGNED "\n", "0123456789ab",
	  "row-blank", NULL, "2026-06-01", 2 },
	{ "another variable is another matter", "cell-range:age,,accept," SIGNED "\n", "0123456789ab", "cell-range",
	  "height", "2026-06-01", 0 },
	{ "a code is not the beginning of another", "cell-code,,accept," SIGNED "\n", "0123456789ab", "cell-code-case",
	  "sex", "2026-06-01", 0 },
	{ "a variable is not the beginning of another", "cell-range:age,,accept," SIGNED "\n", "0123456789ab",
	  "cell-range", "age_now", "2026-06-01", 0 },
	{ "code and variable do not speak of a finding without one", "row-blank:age,,accept," SIGNED "\n",
	  "0123456789ab", "row-blank", NULL, "2026-06-01", 0 },
	{ "a decision counts on its last day", "cell-range,,accept," SIGNED "2026-06-01\n", "0123456789ab",
	  "cell-range", "age", "2026-06-01", 2 },
	{ "a decision ends after its last day", "cell-range,,accept," SIGNED "2026-06-01\n", "0123456789ab",
	  "cell-range", "age", "2026-06-02", 0 },
	{ "where the exact one has expired the wider one counts",
	  "cell-range:age,,set_aside," SIGNED "2026-05-31\ncell-range,,accept," SIGNED "\n", "0123456789ab",
	  "cell-range", "age", "2026-06-01", 3 },
	{ "of two as exact the one that names the dataset counts",
	  "cell-range,survey,accept," SIGNED "\ncell-range,,set_aside," SIGNED "\n", "0123456789ab", "cell-range",
	  "age", "2026-06-01", 2 },
	{ "the dataset does not outweigh the variable",
	  "cell-range,survey,set_aside," SIGNED "\ncell-range:age,,accept," SIGNED "\n", "0123456789ab", "cell-range",
	  "age", "2026-06-01", 3 },
	{ "of two that say the same thing the later line counts",
	  "cell-range,,accept," SIGNED "\ncell-range,,set_aside," SIGNED "\n", "0123456789ab", "cell-range", "age",
	  "2026-06-01", 3 },
	{ "a rule is a subject too", "rule-broken:age_fits,,accept," SIGNED "\n", "0123456789ab", "rule-broken",
	  "age_fits", "2026-06-01", 2 },
};

static void the_most_exact_decision_is_found(void **state)
{
	const struct search *search = *state;
	struct decisions *decisions = load(search->rows, "survey");
	const struct decision *found =
		decisions_find(decisions, search->identity, search->code, search->subject, search->date);
	assert_int_equal(found ? found->line : 0, search->line);
	decisions_free(decisions);
}

int main(void)
{
	static const struct CMUnitTest single[] = {
		cmocka_unit_test(without_a_file_there_are_no_decisions),
		cmocka_unit_test(a_row_is_read_as_it_stands_with_its_line),
		cmocka_unit_test(what_is_decided_about_texts_is_told_apart_from_answers),
		cmocka_unit_test(a_column_that_decisions_do_not_have_is_refused),
	};
	struct CMUnitTest tests[COUNT(single) + COUNT(wrongs) + COUNT(searches)];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(single); i++)
		tests[count++] = single[i];
	for (size_t i = 0; i < COUNT(wrongs); i++)
		tests[count++] = (struct CMUnitTest){ .name = wrongs[i].name,
						      .test_func = wrong_decisions_are_refused_at_their_line,
						      .initial_state = (void *)&wrongs[i] };
	for (size_t i = 0; i < COUNT(searches); i++)
		tests[count++] = (struct CMUnitTest){ .name = searches[i].name,
						      .test_func = the_most_exact_decision_is_found,
						      .initial_state = (void *)&searches[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
