/* codebook: every format says what the dictionary says, escaped, and nothing that it may not say. */
#include "testing.h"

#include <sqlite3.h>

#include "codebook/facts.h"
#include "codebook/writers.h"
#include "treatment.h"
#include "dictionary.h"
#include "study.h"
#include "text.h"

static const char variables[] =
	"variable,label,question,type,level,polarity,codes,missing,min,max,pattern,required,unique,asked_if,unit,instrument,item,role,disclosure,treat,domain\n"
	"id,Respondent,,id,,,,,,,P[0-9]+,yes,,,,,,key,direct,,\n"
	"place,Area,Where?,code,nominal,,places,,,,,yes,,,,,,area,quasi,,\n"
	"seen,Seen,When?,datetime,,,,,2026-01-01,2026-01-31,,,,,,,,date,quasi,age,\n"
	"age,<script>alert('x')</script>,\"How \"\"old\"\" & | are\nyou?\",integer,amount,,,refused,15.5,110,,,,,years,,,,quasi,bands:16 18,you\n"
	"mood,Mood,=cmd()|' /C calc'!A0,code,ordinal,higher_better,mood,refused not_answered,,,,,,age >= 16 and place <> 'E06000032',,,,measure,sensitive,,you\n"
	"help,Help,Which?,codes,,,help,,,,,,,,,,,measure,none,,\n"
	"zero,Old code,,code,nominal,,zero,,,,,,,,,,,,none,,\n"
	"w1,Item 1,LICENSED WORDING,integer,ordinal,,,,1,5,,,,,,made_up,first,measure,sensitive,,you\n"
	"mail,Mail,,text,,,,,,,^[a-z]+@,,yes,,,,,,direct,,\n";
static const char codes[] = "list,code,label,missing,exclusive\n"
			    "any,-9,Rather not,refused,\n"
			    "any,-8,No idea,dont_know,\n"
			    "mood,1,\"Low \xef\xbf\xbf ]]> *_`\",,\n"
			    "mood,2,High,,\n"
			    "mood,-9,Would not say,refused,\n"
			    "help,home,Home,,\n"
			    "help,none,Nothing,,yes\n"
			    "zero,007,Seven,,\n"
			    "zero,8,Eight,,\n";
static const char rules[] = "rule,severity,when,require,message,limit\n"
			    "grown,warn,mood = 1,age > 17 and age < 99,\"<b>Grown up</b>\",2.5\n";
static const char headers[] = "headers,match,header,option,variable\n"
			      "plain,name,Q1 <age>,,age\n"
			      "other,path,Help | Home,home,help\n"
			      "other,path,Help | None,none,help\n";
static const char places[] = "code,name,kind,parent,old_code,opened,closed,also_called\n"
			     "E06000055,Bedford,la,,,,,\nE06000032,Luton,la,,,,,\n";

struct made {
	struct study *study;
	struct dictionary *dictionary;
	struct facts *facts;
};

static const struct {
	const char *name;
	void (*write)(struct text *file, const struct facts *facts);
} formats[] = {
	{ "HTML", facts_html }, { "Markdown", facts_markdown },
	{ "CSV", facts_csv },   { "Table Schema", facts_table_schema },
	{ "DDI", facts_ddi },
};

/* `waves`: the two exports are of two. `area`: the study's scope; NULL: it has none. */
static void make(struct made *made, const char *variables_csv, bool waves, const char *area)
{
	struct error err = { 0 };
	char *folder = test_folder();
	char *areas = area ? mem_print("  areas: [%s]\n", area) : mem_copy_text("");
	char *yaml =
		mem_print("study:\n  name: made\n  title: A <made> \"study\"\n  synthetic: no\n  date: 2026-04-30\n%s"
	                  "datasets:\n  - name: survey\n    kind: responses\n"
	                  "    unit: {name: person, plural: people}\n    dictionary: dictionary\n    exports:\n"
	                  "      - {path: one.csv%s}\n      - {path: two.csv, headers: other, area: E06000032%s}\n",
	                  areas, waves ? ", wave: first" : "", waves ? ", wave: second" : "");
	char *files[] = { test_file(folder, "variables.csv", variables_csv),
		          test_file(folder, "codes.csv", codes),
		          test_file(folder, "rules.csv", rules),
		          test_file(folder, "headers.csv", headers),
		          test_file(folder, "places.csv", places),
		          test_file(folder, "study.yaml", yaml) };
	*made = (struct made){ 0 };
	assert_ok(study_load(&made->study, files[5], &err), &err);
	assert_ok(dictionary_load(&made->dictionary, folder, files[4], made->study->study.areas,
	                          made->study->study.areas_count, &err),
	          &err);
	made->facts = facts_new(made->study, &made->study->datasets[0], made->dictionary);
	for (size_t i = 0; i < COUNT(files); i++)
		free(files[i]);
	free(areas);
	free(yaml);
	free(folder);
}

static void forget(struct made *made)
{
	facts_free(made->facts);
	dictionary_free(made->dictionary);
	study_free(made->study);
}

static size_t occurrences(const char *text, const char *part)
{
	size_t count = 0;
	for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
		count++;
	return count;
}

static const struct facts_variable *find(const struct made *made, const char *name)
{
	return &made->facts->variables[dictionary_variable(made->dictionary, name) - made->dictionary->variables];
}

/* What SQLite's JSON functions read at a path of the Table Schema; free with free(). NULL: nothing is there. */
static char *json_at(const struct text *json, const char *path)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *select = NULL;
	char *value = NULL;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT json_valid(?1), json_extract(?1, ?2)", -1, &select, NULL),
	                 SQLITE_OK);
	sqlite3_bind_text(select, 1, json->bytes, (int)json->length, SQLITE_STATIC);
	sqlite3_bind_text(select, 2, path, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(select), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int(select, 0), 1);
	if (sqlite3_column_type(select, 1) != SQLITE_NULL)
		value = mem_copy_text((const char *)sqlite3_column_text(select, 1));
	sqlite3_finalize(select);
	sqlite3_close(db);
	return value;
}

/* --- what is kept --- */

static void what_is_kept_is_what_deidentify_keeps(void **state)
{
	(void)state;
	struct made made;
	size_t compared = 0;
	make(&made, variables, false, NULL);
	for (int type = 0; type <= VARIABLE_DATETIME; type++)
		for (int role = 0; role <= ROLE_PARADATA; role++)
			for (int disclosure = 0; disclosure <= DISCLOSURE_SENSITIVE; disclosure++)
				for (int treat = 0; treat <= TREAT_LEVEL; treat++) {
					struct variable variable = {
						.name = "v",        .label = "V", .bands = "1 2", .top = 3,
						.bottom = 1, .place_level = "region"
					};
					variable.type = (enum variable_type)type;
					variable.level = (enum variable_level)(compared % (LEVEL_RATE + 1));
					variable.role = (enum variable_role)role;
					variable.disclosure = (enum variable_disclosure)disclosure;
					variable.treat = (enum variable_treat)treat;
					struct facts_variable said = { .variable = &variable };
					facts_say(&said, made.facts);
					bool whole = role == ROLE_AREA || role == ROLE_WEIGHT;
					assert_string_equal(said.value[FACT_KEPT],
					                    whole ? "kept" : treatment_word(treatment_of(&variable)));
					assert_non_null(said.words[FACT_KEPT]);
					for (int fact = 0; fact < FACT_COUNT; fact++) {
						free(said.value[fact]);
						free(said.words[fact]);
					}
					compared++;
				}
	assert_int_equal(compared, 8 * 18 * 4 * 12);
	assert_string_equal(find(&made, "age")->words[FACT_KEPT], "in which band it lies; the bands begin at 16, 18");
	assert_string_equal(find(&made, "seen")->words[FACT_KEPT], "full years of age on 2026-04-30");
	assert_string_equal(find(&made, "mail")->words[FACT_KEPT], "nothing");
	forget(&made);
}

/* --- what is said --- */

static void who_is_asked_is_said_in_the_dictionarys_own_words(void **state)
{
	(void)state;
	struct made made;
	make(&made, variables, false, NULL);
	assert_string_equal(find(&made, "mood")->words[FACT_ASKED_IF], "people for whom age >= 16 and place <> 'E06000032'");
	assert_string_equal(find(&made, "age")->words[FACT_ASKED_IF], "all people");
	assert_null(find(&made, "id")->words[FACT_ASKED_IF]);
	forget(&made);
}

static void a_variable_has_its_own_codes_then_the_missing_codes_that_it_allows(void **state)
{
	(void)state;
	struct made made;
	make(&made, variables, false, NULL);
	const struct facts_variable *mood = find(&made, "mood"), *zero = find(&made, "zero"), *age = find(&made, "age");
	assert_int_equal(mood->code_count, 3); /* 1, 2, and -9 once, by its own list's label; -8 is not allowed */
	assert_string_equal(mood->codes[2].label, "Would not say");
	assert_int_equal(zero->code_count, 4); /* without a word about missing, both of `any` */
	assert_int_equal(age->code_count, 1);
	assert_string_equal(age->codes[0].label, "Rather not");
	forget(&made);
}

static void columns_of_exports_are_named_with_their_profile(void **state)
{
	(void)state;
	static const char *const age[] = { "Q1 <age> (plain)", "age (other, its own name)" };
	static const char *const help[] = { "help (plain, its own name)",
		                            "Help | Home (other, by its path, the box of home)",
		                            "Help | None (other, by its path, the box of none)" };
	static const char *const place[] = { "place (plain, its own name)",
		                             "E06000032, in every row of two.csv (other, the study's config)" };
	const struct {
		const char *variable, *const *columns;
		size_t count;
	} examples[] = { { "age", age, COUNT(age) }, { "help", help, COUNT(help) }, { "place", place, COUNT(place) } };
	struct made made;
	make(&made, variables, false, NULL);
	for (size_t i = 0; i < COUNT(examples); i++) {
		const struct facts_variable *said = find(&made, examples[i].variable);
		assert_int_equal(said->column_count, examples[i].count);
		for (size_t c = 0; c < said->column_count; c++)
			assert_string_equal(said->columns[c], examples[i].columns[c]);
	}
	forget(&made);
}

static void domains_stand_in_the_dictionarys_order_and_what_has_none_comes_last(void **state)
{
	(void)state;
	struct made made;
	make(&made, variables, false, NULL);
	assert_string_equal(made.facts->sections[0].heading, "All variables");
	assert_string_equal(made.facts->sections[1].heading, "you");
	assert_int_equal(made.facts->sections[1].member_count, 3);
	assert_string_equal(made.facts->sections[2].heading, "Other variables");
	assert_int_equal(made.facts->sections[2].member_count, 6);
	forget(&made);
}

static void no_format_prints_the_wording_of_an_instruments_item(void **state)
{
	(void)state;
	struct made made;
	make(&made, variables, false, NULL);
	for (size_t i = 0; i < COUNT(formats); i++) {
		struct text file = { 0 };
		formats[i].write(&file, made.facts);
		assert_null(strstr(file.bytes, "LICENSED"));
		assert_non_null(strstr(file.bytes, "Item 1"));
		text_free(&file);
	}
	forget(&made);
}

static void all_places_are_named_and_a_studys_own_areas_printed(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(formats); i++) {
		struct made all, some;
		struct text all_file = { 0 }, some_file = { 0 };
		make(&all, variables, false, NULL);
		make(&some, variables, false, "E06000032");
		formats[i].write(&all_file, all.facts);
		formats[i].write(&some_file, some.facts);
		assert_null(strstr(all_file.bytes, "Luton"));
		assert_non_null(strstr(all_file.bytes, "places"));
		assert_non_null(strstr(some_file.bytes, "Luton"));
		assert_null(strstr(some_file.bytes, "Bedford"));
		text_free(&all_file);
		text_free(&some_file);
		forget(&all);
		forget(&some);
	}
}

static void the_same_facts_give_the_same_bytes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(formats); i++) {
		struct made one, other;
		struct text one_file = { 0 }, other_file = { 0 };
		make(&one, variables, false, NULL);
		make(&other, variables, false, NULL);
		formats[i].write(&one_file, one.facts);
		formats[i].write(&other_file, other.facts);
		assert_int_equal(one_file.length, other_file.length);
		assert_memory_equal(one_file.bytes, other_file.bytes, one_file.length);
		text_free(&one_file);
		text_free(&other_file);
		forget(&one);
		forget(&other);
	}
}

/* --- the formats --- */

static void the_page_escapes_what_it_is_told(void **state)
{
	(void)state;
	struct made made;
	struct text html = { 0 };
	make(&made, variables, false, NULL);
	facts_html(&html, made.facts);
	assert_null(strstr(html.bytes, "<script"));
	assert_null(strstr(html.bytes, "<b>"));
	assert_null(strstr(html.bytes, "<made>"));
	assert_non_null(strstr(html.bytes, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
	assert_non_null(strstr(html.bytes, "How &quot;old&quot; &amp; | are\nyou?"));
	assert_null(strstr(html.bytes, "src="));
	assert_null(strstr(html.bytes, "http:"));
	assert_null(strstr(html.bytes, "https:"));
	assert_null(strstr(html.bytes, "Synthetic"));
	text_free(&html);
	forget(&made);
}

static void every_table_of_the_page_has_a_caption_and_scoped_headers(void **state)
{
	(void)state;
	struct made made;
	struct text html = { 0 };
	make(&made, variables, false, NULL);
	facts_html(&html, made.facts);
	/* the overview, codes of all nine, rules, items, reasons, profiles */
	assert_int_equal(occurrences(html.bytes, "<table"), 1 + 9 + 1 + 1 + 1 + 1);
	assert_int_equal(occurrences(html.bytes, "<caption id="), occurrences(html.bytes, "<table"));
	assert_int_equal(occurrences(html.bytes, "<th "), occurrences(html.bytes, "<th scope=\""));
	assert_int_equal(occurrences(html.bytes, "<th>"), 0);
	assert_int_equal(occurrences(html.bytes, "<h1>"), 1);
	assert_int_equal(occurrences(html.bytes, "<h3 "), 9);
	assert_non_null(strstr(html.bytes, "<html lang="));
	text_free(&html);
	forget(&made);
}

static void the_links_of_the_page_lead_somewhere(void **state)
{
	(void)state;
	struct made made;
	struct text html = { 0 };
	size_t links = 0;
	make(&made, variables, false, NULL);
	facts_html(&html, made.facts);
	for (const char *at = html.bytes; (at = strstr(at, "href=\"#"));) {
		at += strlen("href=\"#");
		char *id = mem_print(" id=\"%.*s\"", (int)strcspn(at, "\""), at);
		assert_int_equal(occurrences(html.bytes, id), 1);
		free(id);
		links++;
	}
	assert_int_equal(links, 1 + 7 + 9); /* to the main part; seven parts; nine variables */
	text_free(&html);
	forget(&made);
}

static void markdown_cannot_be_broken_out_of(void **state)
{
	(void)state;
	struct made made;
	struct text markdown = { 0 };
	make(&made, variables, false, NULL);
	facts_markdown(&markdown, made.facts);
	assert_null(strstr(markdown.bytes, "<script"));
	assert_null(strstr(markdown.bytes, "<b>"));
	assert_non_null(strstr(markdown.bytes, "> How \"old\" &amp; \\| are<br>you?\n"));
	assert_non_null(strstr(markdown.bytes, " \\]\\]&gt; \\*\\_\\` |"));
	assert_non_null(strstr(markdown.bytes, "\n### age: &lt;script&gt;"));
	text_free(&markdown);
	forget(&made);
}

static void the_table_has_a_row_a_variable_and_code_and_runs_no_formula(void **state)
{
	(void)state;
	struct made made;
	struct text csv = { 0 };
	size_t rows = 1;
	make(&made, variables, false, NULL);
	facts_csv(&csv, made.facts);
	for (size_t i = 0; i < made.facts->variable_count; i++)
		rows += made.facts->variables[i].code_count ? made.facts->variables[i].code_count : 1;
	/* the question of age holds a line end, and age has one code */
	assert_int_equal(occurrences(csv.bytes, "\n"), rows + 1);
	assert_int_equal(rows, 1 + 2 + 2 + 2 + 1 + 3 + 4 + 4 + 2 + 2);
	assert_int_equal(occurrences(csv.bytes, "\nmood,Mood,'=cmd()|' /C calc'!A0,code,ordinal,higher_better,,mood,"),
	                 3);
	assert_non_null(strstr(csv.bytes, ",home,Home,,\n"));
	assert_non_null(strstr(csv.bytes, ",none,Nothing,,yes\n"));
	assert_non_null(strstr(csv.bytes, ",-9,Would not say,refused,\n"));
	text_free(&csv);
	forget(&made);
}

static const struct {
	const char *path, *value; /* NULL: nothing */
} members[] = {
	{ "$.\"$schema\"", "https://datapackage.org/profiles/2.0/tableschema.json" },
	{ "$.primaryKey", "[\"id\"]" },
	{ "$.fields[0].type", "string" },
	{ "$.fields[0].constraints", "{\"required\":true,\"unique\":true,\"pattern\":\"P[0-9]+\"}" },
	{ "$.fields[1].categories", NULL },
	{ "$.fields[1].constraints", "{\"required\":true}" },
	{ "$.fields[2].type", "datetime" },
	{ "$.fields[2].constraints", "{\"minimum\":\"2026-01-01 00:00:00\",\"maximum\":\"2026-01-31 23:59:59\"}" },
	{ "$.fields[3].title", "<script>alert('x')</script>" },
	{ "$.fields[3].type", "integer" },
	{ "$.fields[3].constraints", "{\"minimum\":16,\"maximum\":110}" },
	{ "$.fields[3].missingValues",
	  "[{\"value\":\"\",\"label\":\"Not answered\"},{\"value\":\"-9\",\"label\":\"Rather not\"}]" },
	{ "$.fields[4].type", "integer" },
	{ "$.fields[4].constraints", "{\"enum\":[1,2]}" },
	{ "$.fields[4].categories[1]", "{\"value\":2,\"label\":\"High\"}" },
	{ "$.fields[4].categoriesOrdered", "1" },
	{ "$.fields[4].missingValues[0].label", "Not answered, or not asked" },
	{ "$.fields[4].missingValues[1]", "{\"value\":\"-9\",\"label\":\"Would not say\"}" },
	{ "$.fields[5].type", "string" },
	{ "$.fields[5].delimiter", ";" },
	{ "$.fields[5].categories", NULL },
	{ "$.fields[5].constraints", NULL },
	{ "$.fields[5].options[0]", "{\"value\":\"home\",\"label\":\"Home\"}" },
	{ "$.fields[6].type", "string" },
	{ "$.fields[6].categories[0].value", "007" },
	{ "$.fields[6].categories[1].value", "8" },
	{ "$.fields[6].categoriesOrdered", NULL },
	{ "$.fields[8].constraints", "{\"unique\":true}" }, /* the pattern is one of POSIX only */
	{ "$.fields[9]", NULL },
};

static void the_table_schema_says_what_the_dictionary_says(void **state)
{
	(void)state;
	struct made made;
	struct text json = { 0 };
	make(&made, variables, false, NULL);
	facts_table_schema(&json, made.facts);
	for (size_t i = 0; i < COUNT(members); i++) {
		char *value = json_at(&json, members[i].path);
		if (!text_equal(value, members[i].value))
			fail_msg("%s is %s, not %s", members[i].path, value ? value : "absent",
			         members[i].value ? members[i].value : "absent");
		free(value);
	}
	text_free(&json);
	forget(&made);
}

static void a_key_of_several_waves_is_no_primary_key_by_itself(void **state)
{
	(void)state;
	static const char with_wave[] = "variable,label,type,codes,min,max,required,role\nid,Id,id,,,,yes,key\n"
					"round,Round,text,,,,yes,wave\nvisit,Visit,integer,,1,9,,repeat\n"
					"age,,integer,,0,99,,\nmood,,code,mood,,,,\nhelp,,codes,help,,,,\n"
					"zero,,code,zero,,,,\n";
	struct made config_waves, variable_waves;
	struct text one = { 0 }, other = { 0 };
	make(&config_waves, variables, true, NULL);
	make(&variable_waves, with_wave, true, NULL);
	facts_table_schema(&one, config_waves.facts);
	facts_table_schema(&other, variable_waves.facts);
	char *none = json_at(&one, "$.primaryKey"), *unique = json_at(&one, "$.fields[0].constraints.unique");
	char *three = json_at(&other, "$.primaryKey"), *alone = json_at(&other, "$.fields[0].constraints.unique");
	assert_null(none);
	assert_null(unique);
	assert_string_equal(find(&config_waves, "id")->words[FACT_UNIQUE], "in each wave");
	assert_string_equal(three, "[\"id\",\"round\",\"visit\"]");
	assert_null(alone);
	assert_string_equal(find(&variable_waves, "id")->words[FACT_UNIQUE], "together with round and visit");
	free(three);
	text_free(&one);
	text_free(&other);
	forget(&config_waves);
	forget(&variable_waves);
}

static const struct {
	const char *pattern;
	bool shared;
} patterns[] = {
	{ "CL-[0-9]{5}", true },   { "[a-z0-9]+@[a-z]+\\.example", true },
	{ "(a|b){2,3}c?", true },  { "[^;]*", true },
	{ "[a-]", true },          { "^a$", false }, /* XML Schema has no anchors: they are characters there */
	{ "[[:alpha:]]+", false },                   /* nor these classes */
	{ "[\\d]", false },                          /* of POSIX: a backslash or a d */
	{ "[]a]", false },         { "a{,3}", false },
	{ "a**", false },          { "a]", false },
	{ "\\$", false },          { "[a", false },
};

static void a_pattern_is_handed_on_where_both_kinds_read_it_alike(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(patterns); i++)
		if (facts_pattern_is_shared(patterns[i].pattern) != patterns[i].shared)
			fail_msg("`%s`", patterns[i].pattern);
}

/* That it is well-formed and follows the schema is looked at by xmllint, where there is one. */
static void ddi_describes_every_variable_and_holds_what_xml_may_hold(void **state)
{
	(void)state;
	static const char *const parts[] = {
		"<titl>A &lt;made&gt; &quot;study&quot;</titl>",
		"<varGrp ID=\"domain-1\" type=\"subject\" var=\"var-age var-mood var-w1\">",
		"<var ID=\"var-place\" name=\"place\" intrvl=\"discrete\" nature=\"nominal\" geog=\"Y\" representationType=\"code\">",
		"<qstnLit>How &quot;old&quot; &amp; | are\nyou?</qstnLit>",
		"<range min=\"15.5\" max=\"110\"/>",
		"<universe>people for whom age &gt;= 16 and place &lt;&gt; &#39;E06000032&#39;</universe>",
		"<catgry missing=\"Y\" missType=\"refused\">\n        <catValu>-9</catValu>\n        <labl>Would not say</labl>",
		"<catgry>\n        <catValu>2</catValu>\n        <labl>High</labl>",
		"<labl>Low \xef\xbf\xbd ]]&gt; *_`</labl>",
		"<concept>you</concept>",
		"<varFormat type=\"character\" category=\"date\">",
	};
	struct made made;
	struct text xml = { 0 };
	make(&made, variables, false, NULL);
	facts_ddi(&xml, made.facts);
	for (size_t i = 0; i < COUNT(parts); i++)
		if (!strstr(xml.bytes, parts[i]))
			fail_msg("absent: %s", parts[i]);
	assert_int_equal(occurrences(xml.bytes, "<var ID="), 9);
	assert_int_equal(occurrences(xml.bytes, "</var>"), 9);
	assert_null(strstr(xml.bytes, "\xef\xbf\xbf"));
	text_free(&xml);
	forget(&made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_kept_is_what_deidentify_keeps),
		cmocka_unit_test(who_is_asked_is_said_in_the_dictionarys_own_words),
		cmocka_unit_test(a_variable_has_its_own_codes_then_the_missing_codes_that_it_allows),
		cmocka_unit_test(columns_of_exports_are_named_with_their_profile),
		cmocka_unit_test(domains_stand_in_the_dictionarys_order_and_what_has_none_comes_last),
		cmocka_unit_test(no_format_prints_the_wording_of_an_instruments_item),
		cmocka_unit_test(all_places_are_named_and_a_studys_own_areas_printed),
		cmocka_unit_test(the_same_facts_give_the_same_bytes),
		cmocka_unit_test(the_page_escapes_what_it_is_told),
		cmocka_unit_test(every_table_of_the_page_has_a_caption_and_scoped_headers),
		cmocka_unit_test(the_links_of_the_page_lead_somewhere),
		cmocka_unit_test(markdown_cannot_be_broken_out_of),
		cmocka_unit_test(the_table_has_a_row_a_variable_and_code_and_runs_no_formula),
		cmocka_unit_test(the_table_schema_says_what_the_dictionary_says),
		cmocka_unit_test(a_key_of_several_waves_is_no_primary_key_by_itself),
		cmocka_unit_test(a_pattern_is_handed_on_where_both_kinds_read_it_alike),
		cmocka_unit_test(ddi_describes_every_variable_and_holds_what_xml_may_hold),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
