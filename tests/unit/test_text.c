#include "testing.h"

#include <sys/wait.h>

#include "text.h"

/* ---- escaping ---- */

static const struct escape {
	const char *name;
	enum text_format format;
	const char *value, *expected;
} escapes[] = {
	{ "HTML: markup is text", TEXT_HTML, "<a href=\"x\" id='y'>&amp;", "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;" },
	{ "HTML: plain text stays", TEXT_HTML, "Bedford, 12 \xc2\xb7 caf\xc3\xa9 \xf0\x9f\x98\x80", "Bedford, 12 \xc2\xb7 caf\xc3\xa9 \xf0\x9f\x98\x80" },
	{ "LaTeX: special characters are text", TEXT_LATEX, "\\{}$&#%_^~",
	  "\\textbackslash{}\\{\\}\\$\\&\\#\\%\\_\\textasciicircum{}\\textasciitilde{}" },
	{ "LaTeX: neither bracket nor star after \\\\ is its argument", TEXT_LATEX, "[1]*", "{[}1{]}{*}" },
	{ "LaTeX: quotes and angles print as themselves", TEXT_LATEX, "<\"`|>", "\\textless{}{''}\\textasciigrave{}\\textbar{}\\textgreater{}" },
	{ "LaTeX: a blank line makes no paragraph", TEXT_LATEX, "a\n\nb", "a  b" },
	{ "Markdown: emphasis, links, code and columns are text", TEXT_MARKDOWN, "*a* _b_ `c` [d](e) | ~f~ #g !h $i$ ^j",
	  "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\| \\~f\\~ \\#g \\!h \\$i\\$ \\^j" },
	{ "Markdown: a backslash hides nothing", TEXT_MARKDOWN, "\\|", "\\\\\\|" },
	{ "Markdown: HTML is text", TEXT_MARKDOWN, "<b>&lt;", "&lt;b&gt;&amp;lt;" },
	{ "Markdown: a line end stays inside its cell", TEXT_MARKDOWN, "a\nb", "a<br>b" },
	{ "Markdown: CR and LF are one line end", TEXT_MARKDOWN, "a\r\nb\rc", "a<br>b<br>c" },
	{ "JSON: quotes, backslashes and line ends", TEXT_JSON, "\"a\\b\"\n\t", "\\\"a\\\\b\\\"\\n\\t" },
	{ "JSON: no bare control character", TEXT_JSON, "a\x01z\x1f\x7f", "a\xef\xbf\xbdz\xef\xbf\xbd\xef\xbf\xbd" },
	{ "CSV: plain text stays bare", TEXT_CSV, "Central Bedfordshire", "Central Bedfordshire" },
	{ "CSV: nothing is nothing", TEXT_CSV, "", "" },
	{ "CSV: a comma asks for quotes", TEXT_CSV, "a,b", "\"a,b\"" },
	{ "CSV: quotes are doubled", TEXT_CSV, "say \"ah\"", "\"say \"\"ah\"\"\"" },
	{ "CSV: a line end asks for quotes", TEXT_CSV, "a\nb", "\"a\nb\"" },
	{ "CSV: CR and LF are one line end", TEXT_CSV, "a\r\nb", "\"a\nb\"" },
	{ "CSV: outer blanks ask for quotes", TEXT_CSV, " a ", "\" a \"" },
	{ "CSV: = is no formula", TEXT_CSV, "=1+1", "'=1+1" },
	{ "CSV: a formula with a comma is quoted and led", TEXT_CSV, "=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\"" },
	{ "CSV: @ is no formula", TEXT_CSV, "@SUM(A1)", "'@SUM(A1)" },
	{ "CSV: + and - are none", TEXT_CSV, "+cmd|'x'!A0", "'+cmd|'x'!A0" },
	{ "CSV: - before letters is none", TEXT_CSV, "-2+3", "'-2+3" },
	{ "CSV: nor behind blanks", TEXT_CSV, "  =1+1", "\"'  =1+1\"" },
	{ "CSV: nor behind a tab", TEXT_CSV, "\t=1", "'\t=1" },
	{ "CSV: nor behind a line end", TEXT_CSV, "\r\n=1", "\"'\n=1\"" },
	{ "CSV: nor in full width", TEXT_CSV, "\xef\xbc\x9d" "1+1", "'\xef\xbc\x9d" "1+1" },
	{ "CSV: negative numbers stay numbers", TEXT_CSV, "-1.5", "-1.5" },
	{ "CSV: signed and tiny numbers too", TEXT_CSV, "+2e-7", "+2e-7" },
	{ "CSV: a number with more behind it does not", TEXT_CSV, "-1.5.2", "'-1.5.2" },
	{ "CSV: an exponent without digits is no number", TEXT_CSV, "-1e", "'-1e" },
	{ "every format: letters that are no UTF-8 are replaced", TEXT_HTML, "M\xfcller \xed\xa0\x80", "M\xef\xbf\xbdller \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
	{ "every format: a cut letter is replaced", TEXT_CSV, "\xe2\x82", "\xef\xbf\xbd\xef\xbf\xbd" },
};

static void value_is_escaped(void **state)
{
	const struct escape *escape = *state;
	struct text text = { 0 };
	text_add(&text, ">");
	text_add_escaped(&text, escape->format, escape->value);
	text_add_escaped(&text, escape->format, NULL);
	assert_string_equal(text.bytes + 1, escape->expected);
	text_free(&text);
}

/* Whatever the bytes: no markup character of the format is left bare, and what is written is UTF-8. */
static void no_value_breaks_out(void **state)
{
	(void)state;
	unsigned random = 11;
	for (size_t round = 0; round < 20000; round++) {
		char value[9] = { 0 };
		for (size_t i = 0; i < 8; i++) {
			random = random * 1103515245u + 12345u;
			static const char letters[] = "<>&\"'\\|{}$%#_^~`*[]=+-@,;\n\r\t\xff\xc3\xa9" "ab \x01";
			value[i] = letters[(random >> 16) % (sizeof letters - 1)];
		}
		for (enum text_format format = TEXT_HTML; format <= TEXT_JSON; format++) {
			struct text text = { 0 };
			text_add_escaped(&text, format, value);
			assert_int_equal(text_valid_utf8(text.bytes, text.length), text.length);
			if (format == TEXT_HTML)
				assert_null(strpbrk(text.bytes, "<>\"'"));
			if (format == TEXT_LATEX)
				assert_null(strpbrk(text.bytes, "<>|\"`\n"));
			if (format == TEXT_MARKDOWN)
				assert_null(strpbrk(text.bytes, "\n\r"));
			if (format == TEXT_JSON) {
				for (const char *c = text.bytes; *c; c++) {
					assert_true(*c != '"' && (unsigned char)*c >= 0x20);
					c += *c == '\\'; /* what follows a backslash belongs to it */
					assert_true(*c);
				}
			}
			if (format == TEXT_CSV && text.bytes[0] != '"')
				assert_null(strpbrk(text.bytes, ",\"\n\r"));
			text_free(&text);
		}
	}
}

/* ---- UTF-8; the boundaries of RFC 3629, section 4 ---- */

static const struct utf8 {
	const char *bytes;
	size_t length, valid;
} utf8[] = {
	{ "", 0, 0 },
	{ "abc", 3, 3 },
	{ "\xc2\x80\xdf\xbf", 4, 4 },
	{ "\xe0\xa0\x80\xef\xbf\xbf", 6, 6 },
	{ "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", 8, 8 },
	{ "\xed\x9f\xbf\xee\x80\x80", 6, 6 },
	{ "a\x80", 2, 1 },
	{ "\xc0\x80", 2, 0 },
	{ "\xc1\xbf", 2, 0 },
	{ "\xe0\x9f\xbf", 3, 0 },
	{ "\xed\xa0\x80", 3, 0 },
	{ "\xed\xbf\xbf", 3, 0 },
	{ "\xf0\x8f\xbf\xbf", 4, 0 },
	{ "\xf4\x90\x80\x80", 4, 0 },
	{ "\xf5\x80\x80\x80", 4, 0 },
	{ "\xff", 1, 0 },
	{ "ab\xc3", 3, 2 },
	{ "ab\xe2\x82", 4, 2 },
	{ "\xf0\x9f\x98", 3, 0 },
	{ "\xc3" "a", 2, 0 },
	{ "\xe2\x82" "a", 3, 0 },
	{ "a\0b", 3, 3 },
};

static void first_byte_that_is_no_utf8_is_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(utf8); i++) {
		char *copy = mem_copy_bytes(utf8[i].bytes, utf8[i].length); /* so that a sanitizer sees a read behind it */
		assert_int_equal(text_valid_utf8(copy, utf8[i].length), utf8[i].valid);
		free(copy);
	}
}

/* ---- spelling ---- */

static const struct distance {
	const char *a, *b;
	size_t distance;
} distances[] = { /* by hand */
	{ "", "", 0 }, { "age", "age", 0 }, { "Age", "aGE", 0 }, { "", "age", 3 }, { "age", "", 3 }, { "age", "ages", 1 },
	{ "age", "ag", 1 }, { "age", "aga", 1 }, { "age", "aeg", 1 }, { "gae", "age", 1 }, { "ca", "abc", 3 },
	{ "kitten", "sitting", 3 }, { "gender", "egnder", 1 }, { "abcdef", "badcfe", 3 }, { "label", "lable", 1 },
	{ "threshold", "treshold", 1 }, { "a", "b", 1 },
};

static void distance_counts_what_a_finger_does(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(distances); i++) {
		assert_int_equal(text_distance(distances[i].a, distances[i].b), distances[i].distance);
		assert_int_equal(text_distance(distances[i].b, distances[i].a), distances[i].distance);
	}
}

static void long_names_are_compared_by_their_beginning(void **state)
{
	(void)state;
	char a[200], b[200];
	memset(a, 'x', sizeof a - 1);
	memset(b, 'x', sizeof b - 1);
	a[sizeof a - 1] = b[sizeof b - 1] = '\0';
	assert_int_equal(text_distance(a, b), 0);
	a[0] = 'y';
	assert_int_equal(text_distance(a, b), 1);
}

static void nearest_is_suggested_only_where_it_is_near(void **state)
{
	(void)state;
	static const char *const names[] = { "variable", "label", "type", "min", "max", "a" };
	assert_string_equal(text_nearest("lable", names, COUNT(names)), "label");
	assert_string_equal(text_nearest("VARIABEL", names, COUNT(names)), "variable");
	assert_string_equal(text_nearest("tpye", names, COUNT(names)), "type");
	assert_string_equal(text_nearest("mix", names, COUNT(names)), "min"); /* as near as max: the first */
	assert_string_equal(text_nearest("label", names, COUNT(names)), "label");
	assert_null(text_nearest("respondent", names, COUNT(names)));
	assert_null(text_nearest("mxy", names, 4));
	assert_null(text_nearest("b", names, COUNT(names)));
	assert_null(text_nearest("", names, COUNT(names)));
	assert_null(text_nearest("label", names, 0));
}

static void blank_is_nothing_but_white_space(void **state)
{
	(void)state;
	assert_true(text_is_blank(NULL) && text_is_blank("") && text_is_blank(" \t\r\n\v\f"));
	assert_false(text_is_blank(" a ") || text_is_blank("0") || text_is_blank("\xc2\xa0"));
}

static void null_equals_null_alone(void **state)
{
	(void)state;
	assert_true(text_equal(NULL, NULL) && text_equal("a", "a") && text_equal("", ""));
	assert_false(text_equal(NULL, "") || text_equal("", NULL) || text_equal("a", "A"));
}

/* ---- growing and filling ---- */

static void text_grows_and_is_always_closed(void **state)
{
	(void)state;
	struct text text = { 0 };
	assert_null(text.bytes);
	text_add_bytes(&text, NULL, 0);
	assert_string_equal(text.bytes, "");
	for (size_t i = 0; i < 10000; i++) {
		text_print(&text, "%zu,", i % 10);
		assert_int_equal(text.length, 2 * (i + 1));
		assert_int_equal(text.bytes[text.length], '\0');
	}
	assert_memory_equal(text.bytes + 19990, "5,6,7,8,9,", 11);
	text_add_bytes(&text, "a\0b", 3);
	assert_int_equal(text.length, 20003);
	assert_memory_equal(text.bytes + 20000, "a\0b", 4);
	text_free(&text);
	assert_null(text.bytes);
	text_add(&text, "again");
	assert_string_equal(text.bytes, "again");
	text_free(&text);
}

static void holes_are_filled_and_escaped_once(void **state)
{
	(void)state;
	const struct text_hole holes[] = {
		{ "title", "A & B", false }, { "body", "<p>ready</p>", true }, { "none", NULL, false }, { "late", "{{title}}", false },
	};
	struct text text = { 0 };
	text_add(&text, "> ");
	text_fill(&text, "<h1>{{title}}</h1>{{body}}{{none}}<i>{{title}}</i>{{late}}.", TEXT_HTML, holes, COUNT(holes));
	assert_string_equal(text.bytes, "> <h1>A &amp; B</h1><p>ready</p><i>A &amp; B</i>{{title}}.");
	text_free(&text);
	text_fill(&text, "no hole", TEXT_HTML, NULL, 0);
	assert_string_equal(text.bytes, "no hole");
	text_free(&text);
}

static void fill_in_child(const char *template, const struct text_hole *hole, int *status)
{
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		struct text text = { 0 };
		if (!freopen("/dev/null", "w", stderr))
			_exit(1);
		text_fill(&text, template, TEXT_HTML, hole, 1);
		text_free(&text);
		_exit(0);
	}
	assert_int_equal(waitpid(child, status, 0), child);
}

static void hole_and_value_that_do_not_meet_are_asserted(void **state)
{
	(void)state;
	const struct text_hole hole = { "title", "x", false };
	int status;
	fill_in_child("<h1>{{title}}</h1>", &hole, &status);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	fill_in_child("<h1>{{title}}{{other}}</h1>", &hole, &status);
	assert_true(WIFSIGNALED(status));
	fill_in_child("<h1>{{titles}}</h1>", &hole, &status);
	assert_true(WIFSIGNALED(status));
	fill_in_child("<h1></h1>", &hole, &status);
	assert_true(WIFSIGNALED(status));
}

static void file_is_read_whole_up_to_its_limit(void **state)
{
	(void)state;
	char *folder = test_folder();
	struct text large = { 0 }, text = { 0 };
	struct error err = { 0 };
	for (size_t i = 0; i < 200000; i++)
		text_add_bytes(&large, "a\0\n", 3);
	char *path = test_file_bytes(folder, "large", large.bytes, large.length);
	assert_ok(text_read_file(&text, path, large.length, &err), &err);
	assert_int_equal(text.length, large.length);
	assert_memory_equal(text.bytes, large.bytes, large.length + 1);
	text_free(&text);

	assert_false(text_read_file(&text, path, large.length - 1, &err));
	assert_int_equal(err.kind, ERROR_INPUT);
	text_free(&text);
	free(path);

	path = test_file(folder, "empty", "");
	err = (struct error){ 0 };
	assert_ok(text_read_file(&text, path, 10, &err), &err);
	assert_string_equal(text.bytes, "");
	text_free(&text);
	free(path);

	assert_false(text_read_file(&text, "/nonexistent/file", 10, &err));
	assert_int_equal(err.kind, ERROR_NO_INPUT);
	text_free(&text);
	err = (struct error){ 0 };
	assert_false(text_read_file(&text, folder, 10, &err));
	assert_int_equal(err.kind, ERROR_INPUT);
	text_free(&text);
	text_free(&large);
	free(folder);
}

static void lists_end_in_and(void **state)
{
	(void)state;
	static const char *const items[] = { "age", "gender", "area" };
	static const char *const lists[] = { "", "age", "age and gender", "age, gender and area" };
	for (size_t count = 0; count < COUNT(lists); count++) {
		struct text text = { 0 };
		text_add(&text, "");
		for (size_t at = 0; at < count; at++)
			text_add_listed(&text, items[at], at, count);
		assert_string_equal(text.bytes ? text.bytes : "", lists[count]);
		text_free(&text);
	}
}

int main(void)
{
	static const struct CMUnitTest single[] = {
		cmocka_unit_test(no_value_breaks_out),
		cmocka_unit_test(first_byte_that_is_no_utf8_is_found),
		cmocka_unit_test(distance_counts_what_a_finger_does),
		cmocka_unit_test(long_names_are_compared_by_their_beginning),
		cmocka_unit_test(nearest_is_suggested_only_where_it_is_near),
		cmocka_unit_test(blank_is_nothing_but_white_space),
		cmocka_unit_test(null_equals_null_alone),
		cmocka_unit_test(text_grows_and_is_always_closed),
		cmocka_unit_test(holes_are_filled_and_escaped_once),
		cmocka_unit_test(hole_and_value_that_do_not_meet_are_asserted),
		cmocka_unit_test(lists_end_in_and),
		cmocka_unit_test(file_is_read_whole_up_to_its_limit),
	};
	struct CMUnitTest tests[COUNT(escapes) + COUNT(single)];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(escapes); i++)
		tests[count++] = (struct CMUnitTest){ .name = escapes[i].name, .test_func = value_is_escaped,
			                              .initial_state = (void *)&escapes[i] };
	for (size_t i = 0; i < COUNT(single); i++)
		tests[count++] = single[i];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
