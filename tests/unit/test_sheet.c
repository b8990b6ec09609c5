#include "testing.h"

#include <readstat.h>
#include <stdbool.h>

#include "sheet.h"
#include "text.h"

/* Profiles in the shapes of data-dictionary/platforms, and made-up exports in the shapes of what those platforms write.
 */
static enum platform_header name_row[] = { PLATFORM_HEADER_NAME };
static enum platform_header three_rows[] = { PLATFORM_HEADER_NAME, PLATFORM_HEADER_TEXT, PLATFORM_HEADER_IMPORT_ID };
static enum platform_header two_rows[] = { PLATFORM_HEADER_NAME, PLATFORM_HEADER_TEXT };
static enum platform_header text_option[] = { PLATFORM_HEADER_TEXT, PLATFORM_HEADER_OPTION };
static enum platform_header text_options[] = { PLATFORM_HEADER_TEXT, PLATFORM_HEADER_OPTION, PLATFORM_HEADER_OPTION };
static enum platform_header name_tags[] = { PLATFORM_HEADER_NAME, PLATFORM_HEADER_TAGS };
static enum platform_header text_name[] = { PLATFORM_HEADER_TEXT, PLATFORM_HEADER_NAME };
static char response[] = "Response", open_ended[] = "Open-Ended Response", answer[] = "Answer";
static char *singles[] = { response, open_ended };
static char *answers[] = { answer };
static char title[] = "Test platform";
static char semicolon[] = "semicolon", tab[] = "tab", western_europe[] = "windows-1252";

static const struct platform plain = { .title = title, .header = name_row, .header_count = 1 };
static const struct platform bare = { .title = title, .header_count = 0 };
static const struct platform semicolons = {
	.title = title, .header = name_row, .header_count = 1, .delimiter = semicolon
};
static const struct platform western = {
	.title = title, .header = name_row, .header_count = 1, .encoding = western_europe
};
static const struct platform qualtrics = { .title = title, .header = three_rows, .header_count = 3 };
static const struct platform legacy = { .title = title, .header = two_rows, .header_count = 2, .trailing = true };
static const struct platform surveymonkey = {
	.title = title, .header = text_option, .header_count = 2, .carries = true, .single = singles, .single_count = 2
};
static const struct platform smartsurvey = {
	.title = title, .header = text_options, .header_count = 3, .carries = true, .single = answers, .single_count = 1
};
static const struct platform kobo = { .title = title, .header = name_tags, .header_count = 2, .delimiter = semicolon };
static const struct platform vv = {
	.title = title, .header = text_name, .header_count = 2, .delimiter = tab, .carries = true
};
static const struct platform carrying = { .title = title, .header = two_rows, .header_count = 2, .carries = true };
static const struct platform spss = { .title = title, .format = PLATFORM_SPSS };

/* Each column as <name><path><import id><text><option>, * behind it where something unseen was taken out of the name, -
 * for no import id; then each record as line/number[cell|cell], ! and the damage. Worked out by hand. */
struct example {
	const char *name;
	const struct platform *platform;
	const char *bytes, *columns, *records;
	size_t header_line, header_records;
	const struct sheet_options *options;
};

static const struct example examples[] = {
	{ "a plain table has one row of names", &plain, "id,town\n1,Luton\n2, Bedford\n",
	  "<id><id><-><><><town><town><-><><>", "2/2[1|Luton]3/3[2| Bedford]", 1, 1, NULL },
	{ "a profile without header rows has one row of names", &bare, "id,town\n1,Luton\n",
	  "<id><id><-><><><town><town><-><><>", "2/2[1|Luton]", 1, 1, NULL },
	{ "names may be twice or blank", &plain, "a,a,\n1,2,3\n", "<a><a><-><><><a><a><-><><><><><-><><>", "2/2[1|2|3]",
	  1, 1, NULL },
	{ "records of another width and damaged ones are handed on", &plain, "a,b\n1\n1,2,3\n1,2\"\n",
	  "<a><a><-><><><b><b><-><><>", "2/2[1]3/3[1|2|3]4/4!row-quote-stray", 1, 1, NULL },
	{ "a header is trimmed, and what cannot be seen is taken out", &plain,
	  " id ,a\xc2\xa0"
	  "b,\xef\xbb\xbftown\xe2\x80\x8b,c\xe3\x80\x80\n1,2,3,4\n",
	  "<id><id><-><><><a b><a b><-><><>*<town><town><-><><>*<c><c><-><><>*", "2/2[1|2|3|4]", 1, 1, NULL },
	{ "the header stands below lines that are passed over", &plain, "Export of today\n\nid,town\n1,Luton\n",
	  "<id><id><-><><><town><town><-><><>", "4/2[1|Luton]", 3, 1, &(const struct sheet_options){ .text.skip = 2 } },
	{ "the platform says the delimiter", &semicolons, "id;town, or village\n1;Luton\n",
	  "<id><id><-><><><town, or village><town, or village><-><><>", "2/2[1|Luton]", 1, 1, NULL },
	{ "the config's delimiter outweighs the platform's", &semicolons, "id\ttown\n1\tLuton\n",
	  "<id><id><-><><><town><town><-><><>", "2/2[1|Luton]", 1, 1,
	  &(const struct sheet_options){ .text.delimiter = '\t' } },
	{ "the platform says the encoding", &western, "caf\xe9,b\n1,\xe9\n",
	  "<caf\xc3\xa9><caf\xc3\xa9><-><><><b><b><-><><>", "2/2[1|\xc3\xa9]", 1, 1, NULL },
	{ "the config's encoding outweighs the platform's", &western, "caf\xc3\xa9,b\n1,2\n",
	  "<caf\xc3\xa9><caf\xc3\xa9><-><><><b><b><-><><>", "2/2[1|2]", 1, 1,
	  &(const struct sheet_options){ .text.bytes.encoding = "utf-8" } },
	{ "a single column is a table", &plain, "id\n1\n2\n", "<id><id><-><><>", "2/2[1]3/3[2]", 1, 1, NULL },
	{ "a single quoted column may hold commas", &plain, "\"why, when, how\"\nso\n",
	  "<why, when, how><why, when, how><-><><>", "2/2[so]", 1, 1, NULL },

	{ "three header rows give names, texts and import ids", &qualtrics,
	  "StartDate,Q3_1,Q3_2,Q4\n"
	  "Start Date,\"Pick\nall - tea\",Pick all - milk,Why?\n"
	  "\"{\"\"ImportId\"\":\"\"startDate\"\",\"\"timeZone\"\":\"\"Z\"\"}\","
	  "\"{\"\"ImportId\"\":\"\"QID3\"\",\"\"choiceId\"\":\"\"1\"\"}\","
	  "\"{\"\"ImportId\"\":\"\"QID3\"\",\"\"choiceId\"\":\"\"2\"\"}\",{'ImportId':'QID4_TEXT'}\n"
	  "2026-03-31,1,,so\n",
	  "<StartDate><Start Date><startDate><Start Date><><Q3_1><Pick\nall - tea><QID3|1><Pick\nall - tea><>"
	  "<Q3_2><Pick all - milk><QID3|2><Pick all - milk><><Q4><Why?><QID4_TEXT><Why?><>",
	  "5/4[2026-03-31|1||so]", 1, 3, NULL },
	{ "a cell of the row of import ids may be blank", &qualtrics,
	  "a,b\nA,B\n\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\n1,2\n", "<a><A><QID1><A><><b><B><><B><>", "4/4[1|2]", 1, 3,
	  NULL },
	{ "a delimiter at each line's end is no column", &legacy, "V1,V2,\nId,Town,\n1,Luton,\n2,,\n3,\n",
	  "<V1><Id><-><Id><><V2><Town><-><Town><>", "3/3[1|Luton]4/4[2|]5/5[3|]", 1, 2, NULL },
	{ "a delimiter at each line's end may be missing from the header", &legacy,
	  "V1,V2\nId,Town\n1,Luton,\n2,Luton,x\n", "<V1><Id><-><Id><><V2><Town><-><Town><>",
	  "3/3[1|Luton]4/4[2|Luton|x]", 1, 2, NULL },
	{ "a question stands over all its options", &surveymonkey,
	  "Id,Do you drink?,What?,,,Why?\n,Response,Tea,Milk,Response,Open-Ended Response\n7,Yes,Tea,,x,so\n",
	  "<Id><Id><-><Id><><Do you drink?><Do you drink?><-><Do you drink?><>"
	  "<What? | Tea><What? | Tea><-><What?><Tea><What? | Milk><What? | Milk><-><What?><Milk>"
	  "<What? | Response><What? | Response><-><What?><Response><Why?><Why?><-><Why?><>",
	  "3/3[7|Yes|Tea||x|so]", 1, 2, NULL },
	{ "questions of one wording side by side are two", &surveymonkey, "Why?,Why?\nResponse,Response\na,b\n",
	  "<Why?><Why?><-><Why?><><Why?><Why?><-><Why?><>", "3/3[a|b]", 1, 2, NULL },
	{ "two rows of options are joined, and a blank one is none", &smartsurvey,
	  "UserID,Q1. Age,Q2. Help,\n,Answer,Q2.1. Home,Q2.2. School\n,,,often\n7,30,x,\n",
	  "<UserID><UserID><-><UserID><><Q1. Age><Q1. Age><-><Q1. Age><>"
	  "<Q2. Help | Q2.1. Home><Q2. Help | Q2.1. Home><-><Q2. Help><Q2.1. Home>"
	  "<Q2. Help | Q2.2. School | often><Q2. Help | Q2.2. School | often><-><Q2. Help><Q2.2. School | often>",
	  "4/4[7|30|x|]", 1, 3, NULL },
	{ "tags below the names are no answers", &kobo,
	  "\"id\";\"town\"\r\n\"#respondent+id\";\"\"\r\n\"1\";\"Luton\"\r\n", "<id><id><-><><><town><town><-><><>",
	  "3/3[1|Luton]", 1, 2, NULL },
	{ "tags need not be there", &kobo, "\"id\";\"town\"\r\n\"1\";\"Luton\"\r\n",
	  "<id><id><-><><><town><town><-><><>", "2/2[1|Luton]", 1, 1, NULL },
	{ "names may stand below texts", &vv, "Number\tWhich town?\nid\ttown\n1\tLuton\n",
	  "<id><Number><-><Number><><town><Which town?><-><Which town?><>", "3/3[1|Luton]", 2, 2, NULL },
	{ "a blank in the last header row stays one", &carrying, "a,b\nA,\n1,2\n", "<a><A><-><A><><b><b><-><><>",
	  "3/3[1|2]", 1, 2, NULL },
	{ "a first question that is blank stays one", &surveymonkey, ",What?,\n,Tea,Milk\n1,2,3\n",
	  "<><><-><><><What? | Tea><What? | Tea><-><What?><Tea><What? | Milk><What? | Milk><-><What?><Milk>",
	  "3/3[1|2|3]", 1, 2, NULL },
	{ "a table without respondents is one", &qualtrics, "a\nA\n\"{\"\"ImportId\"\":\"\"QID1\"\"}\"\n",
	  "<a><A><QID1><A><>", "", 1, 3, NULL },
};

static void dump_columns(struct text *text, const struct sheet *sheet)
{
	size_t count = 0;
	const struct sheet_column *columns = sheet_columns(sheet, &count);
	for (size_t i = 0; i < count; i++)
		text_print(text, "<%s><%s><%s><%s><%s>%s", columns[i].name, columns[i].path,
		           columns[i].import_id ? columns[i].import_id : "-", columns[i].text, columns[i].option,
		           columns[i].hidden ? "*" : "");
}

static bool dump_record(const struct csv_record *record, void *data, struct error *err)
{
	struct text *text = data;
	(void)err;
	text_print(text, "%zu/%zu", record->line, record->record);
	if (record->damage) {
		text_print(text, "!%s", record->damage);
		return true;
	}
	for (size_t i = 0; i < record->count; i++)
		text_print(text, "%s%s", i ? "|" : "[", record->fields[i]);
	text_add(text, "]");
	return true;
}

static void exports_are_read_by_their_platform(void **state)
{
	const struct example *example = *state;
	struct error err = { 0 };
	struct sheet *sheet = NULL;
	struct text columns = { 0 }, records = { 0 };
	char *folder = test_folder(), *path = test_file(folder, "export.csv", example->bytes);
	assert_ok(sheet_open(&sheet, path, example->platform, example->options, &err), &err);
	dump_columns(&columns, sheet);
	assert_string_equal(columns.bytes, example->columns);
	assert_int_equal(sheet_header_line(sheet), example->header_line);
	assert_int_equal(sheet_header_records(sheet), example->header_records);
	assert_ok(sheet_each(sheet, dump_record, &records, &err), &err);
	assert_string_equal(records.bytes ? records.bytes : "", example->records);
	size_t slashes = 0;
	for (const char *c = example->records; *c; c++)
		slashes += *c == '/';
	assert_int_equal(sheet_account(sheet)->records, slashes + example->header_records);
	sheet_close(sheet);
	text_free(&columns);
	text_free(&records);
	free(path);
	free(folder);
}

struct refusal {
	const char *name;
	const struct platform *platform;
	const char *bytes, *code, *help; /* a word of the help */
	size_t line;
};

static const struct refusal refusals[] = {
	{ "fewer rows than the platform's header are refused", &qualtrics, "SECRET,b\nA,B\n", "header-rows", "platform",
	  2 },
	{ "a header without import ids is refused", &qualtrics, "SECRET,b\nA,B\n1,2\n", "header-rows", "platform", 3 },
	{ "an import id row with an answer in it is refused", &qualtrics,
	  "a,b\nA,B\n\"{\"\"ImportId\"\":\"\"QID1\"\"}\",SECRET\n1,2\n", "header-rows", "platform", 3 },
	{ "import ids that are broken are refused", &qualtrics,
	  "a,b\nA,B\n{'ImportId':'QID1'},{'ImportId':'SECRET\n1,2\n", "header-rows", "platform", 3 },
	{ "three header rows are not read as one and two respondents", &plain,
	  "SECRET,b\nA,B\n\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID2\"\"}\"\n1,2\n",
	  "header-rows", "platform", 3 },
	{ "three header rows are not read as two and a respondent", &legacy,
	  "SECRET,b\nA,B\n\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID2\"\"}\"\n1,2\n",
	  "header-rows", "platform", 3 },
	{ "tags are not read as a respondent", &semicolons, "id;town\n#SECRET;#town\n1;Luton\n", "header-rows",
	  "platform", 2 },
	{ "header rows of different widths are refused", &qualtrics,
	  "SECRET,b\nA,B\n\"{\"\"ImportId\"\":\"\"QID1\"\"}\"\n1,2\n", "header-rows", "platform", 3 },
	{ "a table with another delimiter is refused", &plain, "id;SECRET;town\n1;2;Luton\n", "file-delimiter",
	  "`delimiter: semicolon`", 1 },
	{ "a table with tabs is refused", &plain, "id\tSECRET\ttown\n1\t2\tLuton\n", "file-delimiter",
	  "`delimiter: tab`", 1 },
	{ "a table with commas is refused where semicolons are said", &semicolons, "id,SECRET,town\n1,2,Luton\n",
	  "file-delimiter", "`delimiter: comma`", 1 },
	{ "a table with bars is refused", &plain, "id|SECRET|town\n1|2|Luton\n", "file-delimiter", "commas", 1 },
	{ "a quoted table with another delimiter is refused", &plain, "\"id\";\"SECRET\"\n\"1\";\"2\"\n",
	  "file-delimiter", "`delimiter: semicolon`", 1 },
	{ "a damaged header is refused", &plain, "id,\"SECRET\n1,2\n", "row-quote-open", "quotation", 1 },
	{ "a damaged second header row is refused", &legacy, "id,town\nId,SEC\"RET\n1,2\n", "row-quote-stray",
	  "quotation", 2 },
	{ "a file without anything is refused", &plain, "", "file-empty", "export", 0 },
	{ "text is refused where SPSS is said", &spss, "SECRET,b\n1,2\n", "header-rows", "platform", 0 },
};

static void exports_of_another_shape_are_refused(void **state)
{
	const struct refusal *refusal = *state;
	struct error err = { 0 };
	struct sheet *sheet = NULL;
	char *folder = test_folder(), *path = test_file(folder, "export.csv", refusal->bytes);
	assert_false(sheet_open(&sheet, path, refusal->platform, NULL, &err));
	assert_null(sheet);
	assert_int_equal(err.kind, ERROR_INPUT);
	assert_string_equal(err.code, refusal->code);
	assert_int_equal(err.line, refusal->line);
	assert_non_null(strstr(err.help, refusal->help));
	assert_null(strstr(err.message, "SEC"));
	assert_null(strstr(err.help, "SEC"));
	assert_null(strstr(err.record, "SEC"));
	free(path);
	free(folder);
}

static void a_missing_file_is_no_input(void **state)
{
	(void)state;
	static const struct platform *const platforms[] = { &plain, &spss };
	for (size_t i = 0; i < COUNT(platforms); i++) {
		struct error err = { 0 };
		struct sheet *sheet = NULL;
		assert_false(sheet_open(&sheet, "/nowhere/export", platforms[i], NULL, &err));
		assert_int_equal(err.kind, ERROR_NO_INPUT);
	}
}

static bool refuse_record(const struct csv_record *record, void *data, struct error *err)
{
	(void)record, (void)data;
	return error_set(err, ERROR_IO, "no room");
}

static void what_fails_above_stops_the_reading(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct sheet *sheet = NULL;
	char *folder = test_folder(), *path = test_file(folder, "export.csv", "a\n1\n2\n");
	assert_ok(sheet_open(&sheet, path, &plain, NULL, &err), &err);
	assert_false(sheet_each(sheet, refuse_record, NULL, &err));
	assert_string_equal(err.message, "no room");
	sheet_close(sheet);
	free(path);
	free(folder);
}

static void a_header_of_thousands_of_columns_is_read(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct sheet *sheet = NULL;
	struct text bytes = { 0 };
	enum { COLUMNS = 5000 };
	text_add(&bytes, "What?");
	for (int i = 1; i < COLUMNS; i++)
		text_add(&bytes, ",");
	for (int i = 0; i < COLUMNS; i++)
		text_print(&bytes, "%co%d", i ? ',' : '\n', i);
	text_add(&bytes, "\n");
	char *folder = test_folder(), *path = test_file(folder, "export.csv", bytes.bytes);
	assert_ok(sheet_open(&sheet, path, &surveymonkey, NULL, &err), &err);
	size_t count = 0;
	const struct sheet_column *columns = sheet_columns(sheet, &count);
	assert_int_equal(count, COLUMNS);
	assert_string_equal(columns[COLUMNS - 1].path, "What? | o4999");
	sheet_close(sheet);
	text_free(&bytes);
	free(path);
	free(folder);
}

static ssize_t append(const void *bytes, size_t length, void *data)
{
	text_add_bytes(data, bytes, length);
	return (ssize_t)length;
}

static char *write_spss(const char *folder)
{
	struct text bytes = { 0 };
	readstat_writer_t *writer = readstat_writer_init();
	readstat_set_data_writer(writer, append);
	readstat_variable_t *id = readstat_add_variable(writer, "id", READSTAT_TYPE_DOUBLE, 0);
	readstat_variable_t *town = readstat_add_variable(writer, "town", READSTAT_TYPE_STRING, 8);
	readstat_variable_set_label(town, " Which\xc2\xa0town? ");
	assert_int_equal(readstat_begin_writing_sav(writer, &bytes, 2), READSTAT_OK);
	for (int i = 1; i <= 2; i++) {
		readstat_begin_row(writer);
		readstat_insert_double_value(writer, id, i);
		readstat_insert_string_value(writer, town, i == 1 ? "Luton" : "");
		readstat_end_row(writer);
	}
	assert_int_equal(readstat_end_writing(writer), READSTAT_OK);
	readstat_writer_free(writer);
	char *path = test_file_bytes(folder, "export.sav", bytes.bytes, bytes.length);
	text_free(&bytes);
	return path;
}

static void an_spss_file_looks_like_a_table(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct sheet *sheet = NULL;
	struct text columns = { 0 }, records = { 0 };
	char *folder = test_folder(), *path = write_spss(folder);
	assert_ok(sheet_open(&sheet, path, &spss, NULL, &err), &err);
	dump_columns(&columns, sheet);
	assert_string_equal(columns.bytes, "<id><id><-><><><town><Which town?><-><Which town?><>");
	size_t count = 0;
	assert_int_equal(sheet_columns(sheet, &count)[1].spss->kind, SPSS_TEXT);
	assert_int_equal(sheet_header_line(sheet), 0);
	assert_int_equal(sheet_header_records(sheet), 0);
	assert_ok(sheet_each(sheet, dump_record, &records, &err), &err);
	assert_string_equal(records.bytes, "1/1[1|Luton]2/2[2|]");
	assert_int_equal(sheet_account(sheet)->records, 2);
	assert_int_equal(sheet_account(sheet)->lines, 0);
	assert_string_equal(sheet_account(sheet)->bytes.encoding, "UTF-8");
	sheet_close(sheet);
	text_free(&columns);
	text_free(&records);
	free(path);
	free(folder);
}

static void an_spss_file_is_refused_where_text_is_said(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct sheet *sheet = NULL;
	char *folder = test_folder(), *path = write_spss(folder);
	assert_false(sheet_open(&sheet, path, &plain, NULL, &err));
	assert_string_equal(err.code, "header-rows");
	assert_non_null(strstr(err.help, "`platform: spss`"));
	free(path);
	free(folder);
}

static void hidden_characters_are_told_by_their_length(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t length;
	} texts[] = {
		{ "", 0 },
		{ "a", 0 },
		{ " ", 0 },
		{ "\xc3\xa9", 0 },
		{ "\xc2\xa0x", 2 },
		{ "\xc2\xad", 2 },
		{ "\xe2\x80\x8b", 3 },
		{ "\xe2\x80\x90", 0 },
		{ "\xe2\x80\xaf", 3 },
		{ "\xe3\x80\x80", 3 },
		{ "\xef\xbb\xbf", 3 },
		{ "\xef\xbb\xbe", 0 },
		{ "\xe2", 0 },
	};
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_int_equal(text_hidden(texts[i].text), texts[i].length);
}

int main(void)
{
	struct CMUnitTest tests[80] = {
		cmocka_unit_test(a_missing_file_is_no_input),
		cmocka_unit_test(what_fails_above_stops_the_reading),
		cmocka_unit_test(a_header_of_thousands_of_columns_is_read),
		cmocka_unit_test(an_spss_file_looks_like_a_table),
		cmocka_unit_test(an_spss_file_is_refused_where_text_is_said),
		cmocka_unit_test(hidden_characters_are_told_by_their_length),
	};
	size_t count = 0;
	while (tests[count].name)
		count++;
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[count++] = (struct CMUnitTest){ .name = examples[i].name,
			                              .test_func = exports_are_read_by_their_platform,
			                              .initial_state = (void *)&examples[i] };
	for (size_t i = 0; i < COUNT(refusals); i++)
		tests[count++] = (struct CMUnitTest){ .name = refusals[i].name,
			                              .test_func = exports_of_another_shape_are_refused,
			                              .initial_state = (void *)&refusals[i] };
	return _cmocka_run_group_tests("sheet", tests, count, NULL, NULL);
}
