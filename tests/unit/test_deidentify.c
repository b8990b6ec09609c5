/* deidentify: what becomes of each kind of variable and answer. */
#include "testing.h"

#include "date.h"
#include "deidentify/kept.h"
#include "deidentify/rare.h"
#include "deidentify/respondent.h"
#include "treatment.h"
#include "dictionary.h"
#include "embedded.h"
#include "store.h"
#include "text.h"

static const struct fate {
	const char *name;
	struct variable variable;
	enum treatment treatment;
} fates[] = {
	{ "a key becomes a pseudonym", { .type = VARIABLE_ID, .role = ROLE_KEY }, TREATMENT_PSEUDONYM },
	{ "another id is dropped", { .type = VARIABLE_ID }, TREATMENT_DROPPED },
	{ "free text is dropped", { .type = VARIABLE_TEXT, .role = ROLE_FREE_TEXT }, TREATMENT_DROPPED },
	{ "and does not reach the analysis table when it is redacted", { .type = VARIABLE_TEXT, .role = ROLE_FREE_TEXT, .treat = TREAT_REDACT }, TREATMENT_DROPPED },
	{ "any other text is dropped", { .type = VARIABLE_TEXT }, TREATMENT_DROPPED },
	{ "a direct identifier is dropped, whatever its type", { .type = VARIABLE_INTEGER, .disclosure = DISCLOSURE_DIRECT }, TREATMENT_DROPPED },
	{ "an exact date is dropped", { .type = VARIABLE_DATE }, TREATMENT_DROPPED },
	{ "an exact time is dropped", { .type = VARIABLE_DATETIME, .role = ROLE_PARADATA }, TREATMENT_DROPPED },
	{ "a date is coarsened where the dictionary says so", { .type = VARIABLE_DATE, .treat = TREAT_YEAR }, TREATMENT_YEAR },
	{ "a code is kept", { .type = VARIABLE_CODE, .disclosure = DISCLOSURE_SENSITIVE }, TREATMENT_KEPT },
	{ "several codes are kept", { .type = VARIABLE_CODES, .disclosure = DISCLOSURE_SENSITIVE }, TREATMENT_KEPT },
	{ "and dropped where the dictionary says so", { .type = VARIABLE_CODES, .treat = TREAT_DROP }, TREATMENT_DROPPED },
	{ "or where they tell who somebody is", { .type = VARIABLE_CODES, .disclosure = DISCLOSURE_DIRECT }, TREATMENT_DROPPED },
	{ "a number is kept", { .type = VARIABLE_NUMBER }, TREATMENT_KEPT },
	{ "what the dictionary drops is dropped", { .type = VARIABLE_CODE, .treat = TREAT_DROP }, TREATMENT_DROPPED },
};

static void variables_meet_their_fate(void **state)
{
	const struct fate *fate = *state;
	assert_int_equal(treatment_of(&fate->variable), fate->treatment);
}

static void bands_hold_their_lower_end_and_not_the_next(void **state)
{
	(void)state;
	struct bands bands;
	char label[80];
	assert_true(bands_read(&bands, "16 18 21"));
	static const struct { double value; size_t band; } examples[] = { { 15.9, 0 }, { 16, 1 }, { 17.9, 1 }, { 18, 2 }, { 21, 3 }, { 99, 3 } };
	for (size_t i = 0; i < COUNT(examples); i++)
		assert_int_equal(bands_find(&bands, examples[i].value), examples[i].band);
	bands_label(label, &bands, 1, true);
	assert_string_equal(label, "16-17");
	bands_label(label, &bands, 2, false);
	assert_string_equal(label, "18 to under 21");
	bands_label(label, &bands, 3, true);
	assert_string_equal(label, "21 and over");
	assert_false(bands_read(&bands, "18 16"));
	assert_false(bands_read(&bands, "18 x"));
	assert_false(bands_read(&bands, ""));
}

static void age_counts_full_years(void **state)
{
	(void)state;
	static const struct { const char *born, *date; long long age; } examples[] = {
		{ "2005-03-31", "2026-03-31", 21 }, { "2005-04-01", "2026-03-31", 20 }, { "2004-02-29", "2025-02-28", 20 },
		{ "2004-02-29", "2025-03-01", 21 }, { "2026-03-31", "2026-03-31", 0 },
	};
	for (size_t i = 0; i < COUNT(examples); i++) {
		long long born = 0, date = 0;
		assert_true(date_read(examples[i].born, &born) && date_read(examples[i].date, &date));
		assert_int_equal(treatment_age(born, date), examples[i].age);
	}
}

static void a_postcode_keeps_its_district_only(void **state)
{
	(void)state;
	static const struct { const char *postcode, *district; } examples[] = {
		{ "MK42 0AB", "MK42" }, { "lu1 2sj", "LU1" }, { "M11AE", "M1" }, { "EC1A 1BB", "EC1A" }, { "W1A 0AX", "W1A" },
		{ "Bedford", NULL }, { "MK42", NULL }, { "12345", NULL }, { "MK42 0ABX", NULL }, { "", NULL },
	};
	for (size_t i = 0; i < COUNT(examples); i++) {
		char district[8] = "";
		bool is_one = treatment_district(district, examples[i].postcode);
		assert_int_equal(is_one, examples[i].district != NULL);
		if (is_one)
			assert_string_equal(district, examples[i].district);
	}
}

/* --- the analysis table --- */

static const char variables[] = "variable,type,codes,role\narea,code,area,area\nsupport,codes,support,\nwords,text,,free_text\n";
static const char codes[] = "list,code,label,as_exported,missing\narea,B,Bedford,,\nsupport,out,Moving out,,\nsupport,money,Money,M,\n"
			    "support,none,Nothing,,\nsupport,99,Rather not,,refused\n";
static const char ingested_rows[] =
	"INSERT INTO source VALUES (1, 'a.csv', 'plain', NULL, 'iso', 'point', ',', 'UTF-8', 6, 0, 6, 1, 5, 0, 0);"
	"CREATE TABLE answers (row INTEGER PRIMARY KEY, source INTEGER, line INTEGER, record INTEGER, area TEXT, support TEXT, words TEXT);"
	"INSERT INTO answers VALUES (1, 1, 2, 2, 'B', 'M, out', 'x'), (2, 1, 3, 3, 'B', '(none)', 'x'), (3, 1, 4, 4, 'B', '99', 'x'),"
	" (4, 1, 5, 5, 'B', 'out, gardening', 'x'), (5, 1, 6, 6, 'B', 'none', 'x');";
static const char validated_rows[] = "INSERT INTO judgement VALUES (1, 'accepted', NULL, 'B'), (2, 'accepted', NULL, 'B'),"
				     " (3, 'accepted', NULL, 'B'), (4, 'accepted', NULL, 'B'), (5, 'set_aside', 'row-fields', 'B');";
static const char derived_rows[] = "CREATE TABLE scores (row INTEGER PRIMARY KEY); INSERT INTO scores VALUES (1), (2), (3), (4);";

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

static void expect(struct store *store, const char *sql, const char *expected)
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
	assert_string_equal(got.bytes, expected);
	text_free(&got);
}

/* deidentified.db of these tables, under way; close with store_close(). */
static struct store *deidentify(const char *variables_csv, const char *codes_csv, const char *ingested, const char *key)
{
	struct error err = { 0 };
	struct dictionary *dictionary = NULL;
	struct kept *kept = NULL;
	struct store *store = NULL;
	char *folder = test_folder(), *output = mem_print("%s/deidentified.db", folder);
	char *files[] = {
		test_file(folder, "variables.csv", variables_csv),
		test_file(folder, "codes.csv", codes_csv),
		test_file(folder, "rules.csv", "rule,severity,when,require,message\n"),
		test_file(folder, "headers.csv", "headers,match,header,variable\n"),
		test_file(folder, "places.csv",
		          "code,name,kind,parent,old_code,opened,closed,also_called\nE92000001,England,country,,,,,\n"
		          "E12000006,East of England,region,E92000001,,,,\nE12000008,South East,region,E92000001,,,,\n"
		          "E06000042,Milton Keynes,la,E12000008,,,,\nE06000055,Bedford,la,E12000006,,,,\nE06000032,Luton,la,E12000006,,,,\n"),
		make_store(folder, "ingest", sql_schema_ingested, ingested),
		make_store(folder, "validate", sql_schema_validated, validated_rows),
		make_store(folder, "derive", sql_schema_derived, derived_rows),
	};
	assert_ok(dictionary_load(&dictionary, folder, files[4], NULL, 0, &err), &err);
	assert_ok(store_create(&store, output, "deidentify", sql_schema_deidentified, &err), &err);
	assert_ok(store_attach(store, files[7], "derive", "derived", &err), &err);
	assert_ok(kept_choose(&kept, dictionary, store, &err) && kept_describe(kept, dictionary, store, &err), &err);
	const struct study_dataset dataset = { .name = (char *)"survey" };
	struct drawing *drawing = NULL;
	assert_ok(drawing_new(&drawing, &dataset, kept, key, store, &err), &err);
	assert_ok(respondents_write(kept, dictionary, key, 0, files[6], files[5], drawing, store, &err), &err);
	assert_ok(drawing_write(drawing, &err), &err);
	drawing_free(drawing);
	kept_free(kept);
	dictionary_free(dictionary);
	for (size_t i = 0; i < COUNT(files); i++)
		free(files[i]);
	free(output);
	free(folder);
	return store;
}

static void several_codes_pass_as_one_text_beside_the_list_of_them(void **state)
{
	(void)state;
	struct store *store = deidentify(variables, codes, ingested_rows, NULL);
	expect(store, "SELECT respondent || ' ' || coalesce(support, '-') || ' ' || typeof(support) FROM respondents ORDER BY 1",
	       "1 out;money text; 2 (none) text; 3 - null; 4 - null");
	expect(store, "SELECT respondent || ' ' || reason FROM missing WHERE variable = 'support' ORDER BY 1", "3 refused; 4 unusable");
	expect(store, "SELECT type FROM variable WHERE variable = 'support'", "codes");
	expect(store, "SELECT position || ' ' || code FROM code WHERE variable = 'support' ORDER BY position", "1 out; 2 money; 3 none");
	expect(store, "SELECT respondent FROM again", "");
	store_close(store);
}

/* `words` holds the key: rows 1 and 3 are of one person, 2 and 4 of nobody that is known, 5 is not accepted. */
static void rows_of_one_key_are_told_of_one_another(void **state)
{
	(void)state;
	static const struct {
		const char *treat, *key, *pseudonyms;
	} examples[] = { { "", "a key of the study", "2" }, { "drop", "a key of the study", "0" }, { "drop", NULL, "0" } };
	char *rows = mem_print("%sUPDATE answers SET words = CASE row WHEN 2 THEN '' WHEN 4 THEN NULL ELSE 'P1' END;", ingested_rows);
	for (size_t i = 0; i < COUNT(examples); i++) {
		char *keyed = mem_print("variable,type,codes,role,treat\narea,code,area,area,\nsupport,codes,support,,\nwords,id,,key,%s\n",
		                        examples[i].treat);
		struct store *store = deidentify(keyed, codes, rows, examples[i].key);
		expect(store, "SELECT count(pseudonym) FROM respondents", examples[i].pseudonyms);
		expect(store, "SELECT group_concat(support, ' and ') FROM (SELECT coalesce(support, 'nothing') AS support FROM respondents"
		              " WHERE respondent IN (SELECT respondent FROM again) OR respondent IN (SELECT first FROM again) ORDER BY support)",
		       "nothing and out;money");
		expect(store, "SELECT count(*) FROM again WHERE first < respondent", "1");
		store_close(store);
		free(keyed);
	}
	free(rows);
}

/* Visits of 0, 3, 4 and 12; places Bedford, Luton, Milton Keynes, Luton. */
static void numbers_and_places_are_as_fine_as_the_dictionary_lets_them(void **state)
{
	(void)state;
	static const struct {
		const char *treats, *seen, *known, *range;
	} examples[] = {
		{ "top:4,level:region", "0 2; 3 2; 4 1; 4 2", "1 E12000008 South East; 2 E12000006 East of England", "0 to 4" },
		{ "bottom:3,level:country", "3 1; 3 1; 4 1; 12 1", "1 E92000001 England", "3 to 20" },
		{ "top:4 bottom:3,level:region", "3 2; 3 2; 4 1; 4 2", "1 E12000008 South East; 2 E12000006 East of England", "3 to 4" },
		{ ",", "0 2; 3 3; 4 1; 12 3", "1 E06000042 Milton Keynes; 2 E06000055 Bedford; 3 E06000032 Luton", "0 to 20" },
	};
	char *rows = mem_print("%sALTER TABLE answers ADD COLUMN visits TEXT; ALTER TABLE answers ADD COLUMN lives TEXT;"
	                       "UPDATE answers SET visits = CASE row WHEN 1 THEN '0' WHEN 2 THEN '3' WHEN 3 THEN '4' ELSE '12' END,"
	                       " lives = CASE row WHEN 1 THEN 'Bedford' WHEN 3 THEN 'E06000042' ELSE 'Luton' END;",
	                       ingested_rows);
	for (size_t i = 0; i < COUNT(examples); i++) {
		const char *comma = strchr(examples[i].treats, ',');
		char *table = mem_print("variable,type,codes,role,treat,min,max\narea,code,area,area,,,\nsupport,codes,support,,,,\n"
		                        "visits,integer,,,%.*s,0,20\nlives,code,places,,%s,,\n",
		                        (int)(comma - examples[i].treats), examples[i].treats, comma + 1);
		struct store *store = deidentify(table, codes, rows, NULL);
		expect(store, "SELECT visits || ' ' || lives FROM respondents ORDER BY visits, lives", examples[i].seen);
		expect(store, "SELECT position || ' ' || code || ' ' || label FROM code WHERE variable = 'lives' ORDER BY position", examples[i].known);
		expect(store, "SELECT CAST(least AS INTEGER) || ' to ' || CAST(most AS INTEGER) FROM variable WHERE variable = 'visits'", examples[i].range);
		store_close(store);
		free(table);
	}
	free(rows);
}

static void what_a_file_of_records_is_to_hold_goes_along(void **state)
{
	(void)state;
	static const char table[] = "variable,type,codes,role,microdata\narea,code,area,area,keep\nsupport,codes,support,,\n"
				    "words,text,,free_text,drop\nvisits,integer,,,bands:0 3\nhome,code,home,,broader\n";
	static const char lists[] = "list,code,label,broader\narea,B,Bedford,\nsupport,out,Moving out,\nsupport,money,Money,\n"
				    "support,none,Nothing,\nsupport,99,Rather not,\nhome,flat,Flat,own\nhome,room,Room,own\n"
				    "home,own,Own place,\nhome,none,None,\n";
	char *rows = mem_print("%sALTER TABLE answers ADD COLUMN visits TEXT; ALTER TABLE answers ADD COLUMN home TEXT;", ingested_rows);
	struct store *store = deidentify(table, lists, rows, NULL);
	expect(store, "SELECT variable || ' ' || wish FROM microdata ORDER BY variable", "area keep; home broader; visits bands:0 3; words drop");
	expect(store, "SELECT variable || ' ' || code || ' ' || broader FROM broader ORDER BY code", "home flat own; home room own");
	store_close(store);
	free(rows);
}

/* Three live in Bedford and one in Luton; two have a flat, one a room, one does not say. Where the two are one person, his
 * first row counts. */
static void who_stands_out_is_counted_and_flagged(void **state)
{
	(void)state;
	static const struct {
		const char *key, *rare, *flagged;
	} examples[] = {
		{ "", "all 4 2 2; home 4 1 0; lives 4 2 2", "1 1 2 2" },
		{ "key", "all 3 3 0; home 3 1 2; lives 3 3 0", "1 1 1" },
	};
	char *rows = mem_print("%sALTER TABLE answers ADD COLUMN lives TEXT; ALTER TABLE answers ADD COLUMN home TEXT;"
	                       "UPDATE answers SET lives = CASE row WHEN 3 THEN 'Luton' ELSE 'Bedford' END, words = CASE WHEN row <= 2 THEN 'P1' ELSE row END,"
	                       " home = CASE WHEN row <= 2 THEN 'flat' WHEN row = 3 THEN 'room' END;",
	                       ingested_rows);
	static const char lists[] = "list,code,label\narea,B,Bedford\nhome,flat,Flat\nhome,room,Room\n";
	for (size_t i = 0; i < COUNT(examples); i++) {
		char *table = mem_print("variable,type,codes,role,disclosure,treat\narea,code,area,area,,\nwords,%s,,%s,,%s\n"
		                        "lives,code,places,,quasi,\nhome,code,home,,quasi,\n",
		                        *examples[i].key ? "id" : "text", examples[i].key, *examples[i].key ? "pseudonym" : "");
		struct store *store = deidentify(table, lists, rows, "a key of the study");
		struct error err = { 0 };
		assert_ok(rare_write(store, &err), &err);
		expect(store, "SELECT iif(without = '', 'all', without) || ' ' || people || ' ' || alone || ' ' || pairs FROM rare ORDER BY without",
		       examples[i].rare);
		expect(store, "SELECT group_concat(agree, ' ') FROM (SELECT agree FROM rare_respondent ORDER BY agree)", examples[i].flagged);
		store_close(store);
		free(table);
	}
	free(rows);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(fates) + 8];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(fates); i++)
		tests[count++] = (struct CMUnitTest){ .name = fates[i].name, .test_func = variables_meet_their_fate, .initial_state = (void *)&fates[i] };
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(bands_hold_their_lower_end_and_not_the_next);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(age_counts_full_years);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_postcode_keeps_its_district_only);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(several_codes_pass_as_one_text_beside_the_list_of_them);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(rows_of_one_key_are_told_of_one_another);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(numbers_and_places_are_as_fine_as_the_dictionary_lets_them);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(what_a_file_of_records_is_to_hold_goes_along);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(who_stands_out_is_counted_and_flagged);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
