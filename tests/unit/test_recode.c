/* derive's recodes: the variables that a study's config makes of others. Expected values counted by hand from the rows. */
#include "testing.h"

#include "derive/recodes.h"
#include "dictionary.h"
#include "embedded.h"
#include "study.h"
#include "text.h"

/* --- six respondents, and two scores of theirs --- */

static const char variables[] =
	"variable,type,codes,min,max,required,asked_if,role,disclosure,treat\n"
	"id,id,,,,,,key,direct,\n"
	"area,code,area,,,yes,,area,,\n"
	"age,integer,,10,30,,,,quasi,bands:16 18 21\n"
	"born,date,,,,,,,quasi,age\n"
	"left_care,date,,,,,,,quasi,drop\n"
	"asked,date,,,,yes,,date,,year\n"
	"hostel,code,yes_no,,,,,,,\n"
	"streets,code,yes_no,,,,hostel = 'yes',,sensitive,\n"
	"grade,code,grade,,,,,,,\n"
	"needs,codes,needs,,,,,,sensitive,\n"
	"income,number,,0,,,,,,top:500\n"
	"rent,number,,0,,,,,,\n"
	"faith,code,yes_no,,,,,,sensitive,drop\n"
	"job,text,,,,,,,,\n"
	"words,text,,,,,,free_text,,\n"
	"nickname,text,,,,,,,direct,\n"
	"member,id,,,,,,,,\n"
	"weight,number,,0,,,,weight,,\n";
static const char codes[] = "list,code,label,as_exported,missing\n"
			    "area,N,North,,\n"
			    "yes_no,yes,Yes,,\nyes_no,no,No,,\n"
			    "grade,1,Low,,\ngrade,2,Middling,,\ngrade,3,High,,\n"
			    "needs,money,Money,,\nneeds,home,A home,,\nneeds,work,Work,,\n"
			    "any,-8,Do not know,,dont_know\nany,-9,Rather not say,,refused\n";

static const char ingested_rows[] =
	"INSERT INTO source VALUES (1, 'a.csv', 'plain', NULL, 'iso', 'point', ',', 'UTF-8', 7, 0, 7, 1, 6, 0, 0);"
	"CREATE TABLE answers (row INTEGER PRIMARY KEY, source INTEGER, line INTEGER, record INTEGER, id, area, age, born, left_care,"
	" asked, hostel, streets, grade, needs, income, rent, faith, job, words, nickname, member, weight);"
	"INSERT INTO answers VALUES"
	" (1,1,2,2, 'A','N','17','2008-05-02','2025-01-31','2026-03-01','yes','yes','1','money;home','400','100','yes','Cook','x','x','m','1'),"
	" (2,1,3,3, 'B','N','21','2005-02-28','2024-02-29','2026-02-28','no', '',  '2','(none)',    '200','0',  'no', 'cook, part time','x','x','m','1'),"
	" (3,1,4,4, 'C','N','-9','2004-02-29','-8',        '2025-02-28','no', 'no','3','work',      '-9', '50', 'yes','',    'x','x','m','1'),"
	" (4,1,5,5, 'D','N','25','-9',        '2026-01-01','2025-12-31','-9', '-8','-9','',        '900','300','no', 'Nurse','x','x','m','1'),"
	" (5,1,6,6, 'E','N','-8','2000-01-01','-8',        '2026-01-01','yes','-9','1','home',      '0',  '',   'no', 'Cook','x','x','m','1'),"
	" (6,1,7,7, 'F','N','18','2007-06-30','2025-06-30','2026-06-29','yes','no','-8','money',    '100','100','yes','',   'x','x','m','1'),"
	" (7,1,8,8, 'G','N','19','2007-06-30','2025-06-30','2026-06-29','yes','no','1','money',     '100','100','yes','',   'x','x','m','1');";
static const char validated_rows[] =
	"INSERT INTO judgement VALUES (1,'accepted',NULL,'N'), (2,'accepted',NULL,'N'), (3,'accepted',NULL,'N'), (4,'accepted',NULL,'N'),"
	" (5,'accepted',NULL,'N'), (6,'accepted',NULL,'N'), (7,'set_aside','row-fields','N');"
	"INSERT INTO amended VALUES (2, 'streets', 'not_asked', NULL);";

/* As scales_describe and scales_score would leave them. */
static const char described_scores[] =
	"INSERT INTO derived VALUES ('total', 1, 'Total', 'number', 'scale', NULL, NULL, NULL, 0, 10, 'made_up', 'Made up'),"
	" ('band', 2, 'Band', 'code', 'ordinal', NULL, NULL, NULL, NULL, NULL, 'made_up', 'Made up');"
	"INSERT INTO derived_code VALUES ('band', 1, 'low', 'Low'), ('band', 2, 'high', 'High');"
	"INSERT INTO derived_reason VALUES ('total', 'refused'), ('total', 'not_answered'), ('band', 'refused'), ('band', 'not_answered');"
	"CREATE TABLE scores (row INTEGER PRIMARY KEY, total REAL, band INTEGER);";
static const char made_scores[] =
	"INSERT INTO scores VALUES (1, 2.5, 1), (2, 9, 2), (3, NULL, NULL), (4, 4, 1), (5, NULL, NULL), (6, 10, 2);"
	"INSERT INTO unscored VALUES (3, 'total', 'refused'), (3, 'band', 'refused'), (5, 'total', 'not_answered'), (5, 'band', 'not_answered');";

/* --- deriving from them --- */

static const char head[] = "study: {name: s, title: T, synthetic: yes, date: 2026-03-31}\n"
			   "datasets:\n  - name: survey\n    kind: responses\n    unit: {name: respondent}\n    dictionary: d\n    derived:\n";

struct run {
	struct store *store; /* derived.db, under way; NULL where it failed */
	struct error err;
};

static char *make_store(const char *folder, const char *stage, const char *schema, const char *rows)
{
	struct error err = { 0 };
	struct store *store = NULL;
	char *path = mem_print("%s/%s.db", folder, stage), *whole = mem_print("%s%s", schema, sql_schema_finding);
	assert_ok(store_create(&store, path, stage, whole, &err) && store_run(store, rows, &err) && store_commit(store, &err), &err);
	store_close(store);
	free(whole);
	return path;
}

/* `derived`: entries of the list, each indented by six. */
static struct run derive(const char *derived)
{
	struct run run = { 0 };
	struct study *study = NULL;
	struct dictionary *dictionary = NULL;
	struct recodes *recodes = NULL;
	struct scales scales = { 0 };
	char *folder = test_folder(), *output = mem_print("%s/derived.db", folder), *yaml = mem_print("%s%s", head, derived);
	char *files[] = {
		test_file(folder, "variables.csv", variables),
		test_file(folder, "codes.csv", codes),
		test_file(folder, "rules.csv", "rule,severity,when,require,message\n"),
		test_file(folder, "headers.csv", "headers,match,header,variable\n"),
		test_file(folder, "places.csv", "code,name,kind,parent,old_code,opened,closed,also_called\n"),
		make_store(folder, "ingest", sql_schema_ingested, ingested_rows),
		make_store(folder, "validate", sql_schema_validated, validated_rows),
		test_file(folder, "study.yaml", yaml),
	};
	assert_ok(dictionary_load(&dictionary, folder, files[4], NULL, 0, &run.err), &run.err);
	assert_ok(study_load(&study, files[7], &run.err), &run.err);
	assert_ok(store_create(&run.store, output, "derive", sql_schema_derived, &run.err), &run.err);
	assert_ok(store_run(run.store, described_scores, &run.err), &run.err);
	bool ok = recodes_new(&recodes, &study->datasets[0], dictionary, &scales, "configs/s.yaml", run.store, &run.err)
		  && store_run(run.store, made_scores, &run.err)
		  && recodes_write(recodes, files[6], files[5], &run.err);
	recodes_free(recodes);
	if (!ok) {
		store_close(run.store);
		run.store = NULL;
	}
	study_free(study);
	dictionary_free(dictionary);
	for (size_t i = 0; i < COUNT(files); i++)
		free(files[i]);
	free(folder);
	free(output);
	free(yaml);
	return run;
}

/* The first column of every row, with ; between. Free with text_free(). */
static struct text column(struct store *store, const char *sql)
{
	struct error err = { 0 };
	struct text got = { 0 };
	sqlite3_stmt *select = NULL;
	bool row = false;
	text_add(&got, "");
	assert_ok(store_prepare(&select, store, sql, &err), &err);
	while (store_step(store, select, &row, &err) && row)
		text_print(&got, "%s%s", got.length ? "; " : "", (const char *)sqlite3_column_text(select, 0));
	sqlite3_finalize(select);
	return got;
}

static void expect(struct store *store, const char *sql, const char *expected)
{
	struct text got = column(store, sql);
	assert_string_equal(got.bytes, expected);
	text_free(&got);
}

/* --- what comes out: of the variable x, row by row --- */

#define X "      - variable: x\n        label: X\n"

static const struct outcome {
	const char *name, *derived;
	const char *values; /* a number or code; the reason in brackets where there is none */
} examples[] = {
	{ "bands of an age, and its missing codes carried", X "        codes:\n"
	  "          - {code: minor, label: Minor, when: age < 18}\n"
	  "          - {code: young, label: Young, when: age between 18 and 20}\n"
	  "          - {code: older, label: Older}\n",
	  "minor; older; (refused); older; (dont_know); young" },
	{ "full months between two dates, backwards below 0", X "        value: months(left_care, asked)\n",
	  /* 31 January 2025 to 1 March 2026; 29 February 2024 to 28 February 2026; ...; a day back; ...; a day less than a year */
	  "13.0; 23.0; (dont_know); -1.0; (dont_know); 11.0" },
	{ "full years on the day of the questionnaire", X "        value: years(born, asked)\n",
	  "17.0; 21.0; 20.0; (refused); 26.0; 18.0" },
	{ "days, and what lies outside the range is unusable", X "        value: days(left_care, asked)\n        least: 0\n        most: 400\n",
	  "394.0; (unusable); (dont_know); (unusable); (dont_know); 364.0" },
	{ "the ends of the range are inside it", X "        value: rent / 50\n        least: 0\n        most: 2\n",
	  "2.0; 0.0; 1.0; (unusable); (not_answered); 2.0" },
	{ "any of several needs all of them, unless it says any", X "        codes:\n"
	  "          - {code: \"yes\", label: A, when: \"hostel = 'yes' or streets = 'yes'\"}\n          - {code: \"no\", label: B}\n",
	  /* 2: streets not asked; 4: refused and dont_know differ; 5: refused */
	  "yes; (not_asked); no; (not_answered); (refused); yes" },
	{ "any of several, as far as those that there are tell", X "        needs: any\n        codes:\n"
	  "          - {code: \"yes\", label: A, when: \"hostel = 'yes' or streets = 'yes'\"}\n          - {code: \"no\", label: B}\n",
	  "yes; (not_asked); no; (not_answered); yes; yes" },
	{ "what is not asked can be told from what is not known", X "        needs: any\n        codes:\n"
	  "          - {code: \"no\", label: B, when: \"hostel = 'no'\"}\n"
	  "          - {code: \"yes\", label: A, when: streets = 'yes'}\n          - {code: other, label: C}\n",
	  "yes; no; no; (not_answered); (refused); other" },
	{ "no later code is the answer where an earlier may be", X "        needs: any\n        codes:\n"
	  "          - {code: poor, label: P, when: income < 300}\n          - {code: low, label: L, when: grade = 1}\n",
	  /* 3: income refused; 4: not poor, its grade refused; 5: poor */
	  "low; poor; (refused); (refused); poor; poor" },
	{ "no code at all is not applicable", X "        codes:\n          - {code: low, label: L, when: grade = 1}\n",
	  "low; (not_applicable); (not_applicable); (refused); low; (dont_know)" },
	{ "or what the config says", X "        missing: not_asked\n        codes:\n          - {code: low, label: L, when: grade = 1}\n",
	  "low; (not_asked); (not_asked); (refused); low; (dont_know)" },
	{ "no value though nothing is missing: divided by 0", X "        value: 100.0 * rent / rent\n",
	  "100.0; (not_applicable); 100.0; 100.0; (not_answered); 100.0" },
	{ "missing itself can be asked for with any", X "        needs: any\n        value: (grade is null) + (streets is null)\n",
	  "0.0; 1.0; 0.0; 2.0; 1.0; 1.0" },
	{ "several answers to one question", X "        codes:\n"
	  "          - {code: roof, label: R, when: \"has(needs, 'home')\"}\n"
	  "          - {code: none, label: N, when: needs = '(none)'}\n          - {code: other, label: O}\n",
	  "roof; none; other; (not_answered); roof; other" },
	{ "how many of several answers", X "        value: has(needs, 'money') + has(needs, 'home') + has(needs, 'work')\n",
	  "2.0; 0.0; 1.0; (not_answered); 1.0; 1.0" },
	{ "codes of a text", X "        codes:\n          - {code: cook, label: C, when: \"lower(job) like 'cook%'\"}\n          - {code: other, label: O}\n",
	  "cook; cook; (not_answered); other; cook; (not_answered)" },
	{ "a score and its band, with the reasons that they have", X "        codes:\n"
	  "          - {code: a, label: A, when: band = 'low' and total < 3}\n          - {code: b, label: B}\n",
	  "a; b; (refused); b; (not_answered); b" },
	{ "a number of a score", X "        value: total * 2\n", "5.0; 18.0; (refused); 8.0; (not_answered); 20.0" },
	{ "a derived variable of a derived one, whose codes are numbers", "      - variable: level\n        label: L\n        codes:\n"
	  "          - {code: \"1\", label: One, when: grade = 3}\n          - {code: \"2\", label: Two, when: age >= 18}\n"
	  "          - {code: \"10\", label: Ten}\n" X "        value: level * 2\n",
	  /* grade and age: 1 and 17, 2 and 21, 3 and refused, refused and 25, 1 and dont_know, dont_know and 18 */
	  "20.0; 4.0; (refused); (refused); (dont_know); (dont_know)" },
	{ "reasons go down a chain", "      - variable: first\n        label: F\n        value: rent\n        most: 200\n"
	  "      - variable: second\n        label: S\n        value: first + 1\n" X "        value: second + 1\n",
	  "102.0; 2.0; 52.0; (unusable); (not_answered); 102.0" },
};

static void derived_variables_come_out_as_counted_by_hand(void **state)
{
	const struct outcome *example = *state;
	struct run run = derive(example->derived);
	assert_ok(run.store != NULL, &run.err);
	expect(run.store,
	       "SELECT coalesce((SELECT code FROM derived_code c WHERE c.variable = 'x' AND c.position = s.x), s.x,"
	       " '(' || (SELECT missing FROM unscored u WHERE u.variable = 'x' AND u.row = s.row) || ')') FROM scores s ORDER BY row",
	       example->values);
	/* what is missing has a reason that was announced, and what is not has none */
	expect(run.store,
	       "SELECT count(*) FROM scores s LEFT JOIN unscored u ON u.row = s.row AND u.variable = 'x'"
	       " WHERE (s.x IS NULL) <> (u.missing IS NOT NULL)",
	       "0");
	expect(run.store,
	       "SELECT variable || ' ' || missing FROM unscored EXCEPT SELECT variable || ' ' || reason FROM derived_reason", "");
	store_close(run.store);
}

/* --- what derived.db says of them --- */

static void a_derived_variable_is_described_with_what_it_is_made_of(void **state)
{
	(void)state;
	struct run run = derive("      - variable: months_out\n        label: Months since leaving care\n        value: months(left_care, asked)\n"
	                        "        unit: months\n        least: 0\n        domain: care\n        polarity: higher_better\n"
	                        "      - variable: recent\n        label: Left in the last year\n        level: binary\n        codes:\n"
	                        "          - {code: \"yes\", label: \"Yes\", when: \"months_out < 12 and streets = 'no'\"}\n"
	                        "          - {code: \"no\", label: \"No\"}\n");
	assert_ok(run.store != NULL, &run.err);
	expect(run.store,
	       "SELECT position || '|' || label || '|' || type || '|' || level || '|' || coalesce(unit, '-') || '|' || coalesce(polarity, '-') || '|'"
	       " || coalesce(domain, '-') || '|' || coalesce(least, '-') || '|' || coalesce(most, '-') || '|' || coalesce(instrument, '-') || '|'"
	       " || source FROM derived WHERE position > 2 ORDER BY position",
	       "3|Months since leaving care|number|amount|months|higher_better|care|0.0|-|-|months(left_care, asked); "
	       "4|Left in the last year|code|binary|-|-|-|-|-|-|case when months_out < 12 and streets = 'no' then 'yes' else 'no' end");
	expect(run.store, "SELECT variable || ' ' || input || ' ' || study || ' ' || disclosure FROM made_of ORDER BY 1",
	       "months_out asked 1 none; months_out left_care 1 quasi; recent asked 1 none; recent left_care 1 quasi; recent streets 1 sensitive");
	/* asked is required; not_answered is also where two reasons differ */
	expect(run.store, "SELECT reason FROM derived_reason WHERE variable = 'months_out' ORDER BY 1",
	       "dont_know; not_answered; not_applicable; not_asked; refused; unusable");
	expect(run.store, "SELECT position || code || label FROM derived_code WHERE variable = 'recent' ORDER BY position", "1yesYes; 2noNo");
	expect(run.store, "SELECT name || ' ' || type FROM pragma_table_info('scores') ORDER BY cid",
	       "row INTEGER; total REAL; band INTEGER; months_out REAL; recent INTEGER");
	store_close(run.store);
}

static void a_variable_that_is_never_missing_gives_only_the_reason_of_the_config(void **state)
{
	(void)state;
	struct run run = derive(X "        missing: unusable\n        value: years('2020-01-01', asked)\n");
	assert_ok(run.store != NULL, &run.err);
	expect(run.store, "SELECT reason FROM derived_reason WHERE variable = 'x'", "unusable");
	store_close(run.store);
}

/* A release tells a recode from one that was changed by it. */
static void a_definition_changes_with_all_that_decides_who_counts(void **state)
{
	(void)state;
	static const char *const definitions[] = {
		X "        value: rent\n",
		X "        value: rent + 1\n",
		X "        value: rent\n        least: 0\n",
		X "        value: rent\n        most: 0\n",
		X "        value: rent\n        needs: any\n",
		X "        value: rent\n        missing: refused\n",
		X "        codes: [{code: a, label: A, when: rent}]\n",
		X "        codes: [{code: b, label: A, when: rent}]\n",
		X "        codes: [{code: a, label: A, when: rent}, {code: b, label: B}]\n",
		"      - variable: y\n        label: Y\n        value: rent\n" X "        value: y\n",
		"      - variable: y\n        label: Y\n        value: rent + 1\n" X "        value: y\n",
	};
	struct text digests[COUNT(definitions)];
	for (size_t i = 0; i < COUNT(definitions); i++) {
		struct run run = derive(definitions[i]);
		assert_ok(run.store != NULL, &run.err);
		digests[i] = column(run.store, "SELECT digest FROM definition WHERE variable = 'x'");
		assert_int_equal(strlen(digests[i].bytes), 12);
		for (size_t other = 0; other < i; other++)
			assert_string_not_equal(digests[i].bytes, digests[other].bytes);
		store_close(run.store);
	}
	struct run again = derive(X "        unit: pounds\n        value: rent\n");
	expect(again.store, "SELECT digest FROM definition", digests[0].bytes);
	store_close(again.store);
	for (size_t i = 0; i < COUNT(digests); i++)
		text_free(&digests[i]);
}

/* --- what is refused --- */

#define CODED(when) X "        codes:\n          - {code: a, label: A, when: \"" when "\"}\n          - {code: b, label: B}\n"
#define VALUE(value) X "        value: \"" value "\"\n"

static const struct refused {
	const char *name, *derived, *message, *help, *record; /* parts of them */
} refused[] = {
	{ "a misspelt variable in a value", VALUE("agee + 1"), "no variable named agee", "did you mean age?",
	  "derived `x`, value, character 1 of the expression" },
	{ "a misspelt score in a code", CODED("age > 1 and totl > 1"), "no variable named totl", "did you mean total?",
	  "derived `x`, when of `a`, character 13 of the expression" },
	{ "a text that is no code of its variable", CODED("hostel = 'yess'"), "`yess` is no code of `hostel`", "did you mean 'yes'?", "when of `a`" },
	{ "a text that is no code of a score", CODED("band = 'medium'"), "`medium` is no code of `band`", "'low', 'high'", "when of `a`" },
	{ "a text that is no code of a derived variable", "      - variable: y\n        label: Y\n        codes: [{code: old, label: O, when: age > 20}]\n"
	  CODED("y = 'olt'"), "`olt` is no code of `y`", "did you mean 'old'?", "derived `x`, when of `a`" },
	{ "no expression at all", VALUE("age +"), "cannot understand the expression", "", "derived `x`, value" },
	{ "an expression that reads nothing", VALUE("1 + 1"), "names no variable", "", "derived `x`, value" },
	{ "a function that is not let in", VALUE("random() + age"), "may not use the function or operator random", "", "derived `x`, value" },
	{ "a variable that is made of itself", VALUE("x + 1"), "`x` cannot be made of `x`, which is itself", "above it", "derived `x`, value" },
	{ "a variable that is made of one below", VALUE("y + 1") "      - variable: y\n        label: Y\n        value: age\n",
	  "`x` cannot be made of `y`, which stands below it", "above it", "derived `x`, value" },
	{ "the name of a variable", "      - variable: rent\n        label: R\n        value: age\n", "`rent` has the name of a variable of the dictionary", "give it another", "" },
	{ "the name of a score", "      - variable: total\n        label: R\n        value: rent\n", "`total` has the name of a score", "give it another", "" },
	/* what must not get past deidentify */
	{ "of the key", CODED("id = 'A'"), "made of `id`, which says who somebody is", "cannot come through another variable", "when of `a`" },
	{ "of another id", CODED("member > 'a'"), "made of `member`, which says who somebody is", "", "" },
	{ "of a direct identifier", CODED("nickname like 'a%'"), "made of `nickname`, which is a direct identifier", "", "" },
	{ "of free text", CODED("words like '%help%'"), "made of `words`, which is free text", "", "" },
	{ "of the weight", VALUE("weight * 2"), "made of `weight`, which is the weight", "count people", "" },
	{ "of the area", CODED("area = 'N'"), "made of `area`, which is the area", "by area already", "" },
	{ "of what is to be dropped", CODED("faith = 'yes'"), "made of `faith`, which is to be dropped", "treat and disclosure", "" },
	{ "a number of a text", VALUE("length(job)"), "made of `job`, which is a text", "make codes of it", "" },
	{ "a number of what is kept in bands", VALUE("age - 16"), "made of `age`, which is to be coarsened", "make codes of it", "" },
	{ "a number of what is capped", VALUE("income / 2"), "made of `income`, which is to be coarsened", "make codes of it", "" },
	/* found in the rows: no answer is told */
	{ "a value that is a text", VALUE("case when rent > 200 then 'a lot' else rent end"), "its value is no number", "case when", "derived `x`, value" },
	{ "a value that overflows", VALUE("abs(-9223372036854775807 - (rent > 200))"), "its value is no number", "case when", "derived `x`, value" },
	{ "a value without end", VALUE("rent * 1e308"), "its value is no number", "", "" },
	{ "a condition that is a text", CODED("lower(hostel)"), "neither true nor false", "", "when of `a`" },
	{ "a date that is none", VALUE("days(hostel, asked)"), "its value is no number", "is no date", "" },
};

static void what_cannot_be_derived_is_refused(void **state)
{
	const struct refused *example = *state;
	struct run run = derive(example->derived);
	assert_null(run.store);
	assert_int_equal(run.err.kind, ERROR_CONFIG);
	assert_string_equal(run.err.path, "configs/s.yaml");
	if (!strstr(run.err.message, example->message) || !strstr(run.err.help, example->help) || !strstr(run.err.record, example->record))
		fail_msg("message `%s`, help `%s`, record `%s`", run.err.message, run.err.help, run.err.record);
}

static void a_date_that_is_dropped_gives_what_is_made_of_it(void **state)
{
	(void)state;
	struct run run = derive(CODED("left_care < '2025-01-01'"));
	assert_ok(run.store != NULL, &run.err);
	expect(run.store, "SELECT coalesce(x, 0) FROM scores ORDER BY row", "2; 1; 0; 2; 0; 2");
	store_close(run.store);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples) + COUNT(refused) + 4];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[count++] = (struct CMUnitTest){ .name = examples[i].name, .test_func = derived_variables_come_out_as_counted_by_hand, .initial_state = (void *)&examples[i] };
	for (size_t i = 0; i < COUNT(refused); i++)
		tests[count++] = (struct CMUnitTest){ .name = refused[i].name, .test_func = what_cannot_be_derived_is_refused, .initial_state = (void *)&refused[i] };
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_derived_variable_is_described_with_what_it_is_made_of);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_variable_that_is_never_missing_gives_only_the_reason_of_the_config);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_definition_changes_with_all_that_decides_who_counts);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_date_that_is_dropped_gives_what_is_made_of_it);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
