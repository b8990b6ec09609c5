#include "testing.h"

#include <fcntl.h>
#include <readstat.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "embedded.h"
#include "ingest/answers.h"
#include "ingest/columns.h"
#include "ingest/contact.h"
#include "ingest/export.h"
#include "ingest/source.h"
#include "ingest/waves.h"
#include "store.h"
#include "text.h"

#define TEXT(literal) (char *)(literal)

/* A small dictionary: a key, an area, a code, free text, a number; two profiles of headers. */
static const char variables_csv[] = "variable,label,type,codes,role,min,max\n"
				    "id,Respondent,id,,key,,\n"
				    "area,Area,code,areas,area,,\n"
				    "answer,Answer,integer,,,0,100\n"
				    "comment,Comment,text,,free_text,,\n";
#define CODES "list,code,label,as_exported,missing\n"
#define AREAS "areas,E06000055,Bedford,Bedford Borough,\nareas,E06000032,Luton,,\n"
#define TOPICS "topics,sport,Sport,,\ntopics,music,Music,,\ntopics,3,Pets,,\n"
#define ANY "any,-99,Not answered,,not_answered\nany,-98,Rather not say,Rather not say,refused\n"
static const char codes_csv[] = CODES AREAS ANY;
static const char topics_codes_csv[] = CODES AREAS TOPICS;
static const char box_codes_csv[] = CODES TOPICS ANY;
static const char headers_csv[] = "headers,match,header,variable\n"
				  "plain,name,Q1. Where do you live?,area\n"
				  "paper,name,ref,id\npaper,name,la,area\n";
static const char rules_csv[] = "rule,severity,when,require,message\n";
static const char places_csv[] = "code,name,kind,parent,old_code,opened,closed,also_called\n";

/* The same without key and area. */
static const char bare_variables_csv[] = "variable,label,type\nanswer,Answer,integer\ncomment,Comment,text\n";

/* With a question that takes several answers. */
static const char topics_variables_csv[] = "variable,label,type,codes,role,disclosure\n"
					   "id,Respondent,id,,key,direct\n"
					   "area,Area,code,areas,area,quasi\n"
					   "topics,Topics,codes,topics,,\n"
					   "comment,Comment,text,,free_text,\n";

/* A platform made up for the rules that say which responses count. */
static const char tool_yaml[] = "title: Made up\n"
				"dates: dmy\n"
				"header: [name]\n"
				"columns:\n"
				"  - {header: State, type: text}\n"
				"  - {header: Finished, type: text}\n"
				"  - {header: 'done_*', type: text}\n"
				"  - {header: Mail, drop: yes}\n"
				"aside:\n"
				"  - {finding: row-rejected, column: State, values: [Spam]}\n"
				"  - {finding: row-preview, column: State, other: yes, values: [Live, Spam]}\n"
				"  - {finding: row-incomplete, column: Finished, values: ['no', '']}\n"
				"  - {finding: row-incomplete, column: 'done_*', values: ['0']}\n"
				"  - {finding: row-undecrypted, column: Crypt, values: [encrypted]}\n"
				"missing:\n"
				"  - {text: '{hidden}', reason: not_asked}\n";

struct place {
	char *folder, *platforms;
	struct dictionary *dictionary;
};

static struct place place_new(const char *variables, const char *codes, const char *headers)
{
	struct place place = { test_folder(), NULL, NULL };
	struct error err = { 0 };
	free(test_file(place.folder, "variables.csv", variables));
	free(test_file(place.folder, "codes.csv", codes));
	free(test_file(place.folder, "headers.csv", headers));
	free(test_file(place.folder, "rules.csv", rules_csv));
	char *places = test_file(place.folder, "places.csv", places_csv);
	place.platforms = mem_copy_text("data-dictionary/platforms");
	assert_ok(dictionary_load(&place.dictionary, place.folder, places, NULL, 0, &err), &err);
	free(places);
	return place;
}

/* With the platform that is made up. */
static struct place place_with_tool(const char *headers)
{
	struct place place = place_new(variables_csv, codes_csv, headers);
	free(test_file(place.folder, "tool.yaml", tool_yaml));
	free(place.platforms);
	place.platforms = mem_copy_text(place.folder);
	return place;
}

static void place_free(struct place *place)
{
	dictionary_free(place->dictionary);
	free(place->platforms);
	free(place->folder);
}

/* What main does between the dictionary and the commit. */
static bool ingest(struct store **store, const struct place *place, const struct study_export *exports, size_t count,
                   struct error *err)
{
	const struct study_dataset dataset = { .name = TEXT("survey"),
		                               .exports = (struct study_export *)exports,
		                               .exports_count = (unsigned)count };
	char *output = mem_print("%s/ingested.db", place->folder);
	char *schema = mem_print("%s%s", sql_schema_ingested, sql_schema_finding);
	struct source *sources = NULL;
	struct ingestion into = { .dictionary = place->dictionary };
	bool ok = sources_load(&sources, &dataset, place->dictionary, place->platforms, "study.yaml", err)
	          && store_create(store, output, "ingest", schema, err);
	into.store = *store;
	ok = ok && answers_create(&into.answers, *store, place->dictionary, err)
	     && finding_store_new(&into.findings, *store, "survey", err);
	for (size_t i = 0; ok && i < count; i++)
		ok = export_read(&into, &sources[i], place->folder, err);
	ok = ok && waves_find(*store, into.findings, sources, count, err) && export_check_accounts(*store, err);
	answers_free(into.answers);
	finding_store_free(into.findings);
	sources_free(sources, count);
	free(schema);
	free(output);
	return ok;
}

/* The rows of a query: cells by |, NULL as ~, line ends as /, rows by blank. */
static void add_query(struct text *text, struct store *store, const char *sql)
{
	struct error err = { 0 };
	sqlite3_stmt *statement = NULL;
	bool row = true;
	assert_ok(store_prepare(&statement, store, sql, &err), &err);
	while (store_step(store, statement, &row, &err) && row) {
		text_add(text, text->length ? " " : "");
		for (int i = 0; i < sqlite3_column_count(statement); i++) {
			const char *cell = (const char *)sqlite3_column_text(statement, i);
			text_add(text, i ? "|" : "");
			for (const char *c = cell ? cell : "~"; *c; c++)
				text_add_bytes(text, *c == '\n' ? "/" : c, 1);
		}
	}
	assert_ok(!row, &err);
	sqlite3_finalize(statement);
}

static void assert_query(struct store *store, const char *sql, const char *expected)
{
	struct text text = { 0 };
	text_add(&text, "");
	add_query(&text, store, sql);
	assert_string_equal(text.bytes, expected);
	text_free(&text);
}

static const char answers_sql[] = "SELECT * FROM answers ORDER BY row";
static const char source_sql[] = "SELECT lines, blank_lines, records, header_records, rows, unreadable, elsewhere "
				 "FROM source ORDER BY source";
static const char findings_sql[] = "SELECT code, severity, line, record, row, variable, key, expected, occurrences "
				   "FROM finding ORDER BY finding";
static const char told_sql[] = "SELECT code, variable, occurrences FROM finding ORDER BY finding";
static const char meaning_sql[] = "SELECT variable, exported, low, high, code, missing FROM meaning ORDER BY meaning";

/* ---- one plain export ---- */

/* The rows, the account and the findings that it gives, in the forms of the queries above. */
static const struct example {
	const char *name, *bytes, *answers, *account, *findings;
	struct study_export export;
} examples[] = {
	{ "columns are found by their headers, in any order",
	  "comment,Q1. Where do you live?,id,answer\nfine,E06000055,r1,5\nok,E06000032,r2,6\n",
	  "1|1|2|2|r1|E06000055|5|fine 2|1|3|3|r2|E06000032|6|ok",
	  "3|0|3|1|2|0|0",
	  "",
	  { 0 } },
	{ "headers are trimmed before they are compared",
	  " id ,Q1. Where do you live?\t,answer,\"comment \"\nr1,E06000055,5,x\n",
	  "1|1|2|2|r1|E06000055|5|x",
	  "2|0|2|1|1|0|0",
	  "",
	  { 0 } },
	{ "no answer is changed: blanks, case and emptiness stay",
	  "id,Q1. Where do you live?,answer,comment\n r1 ,e06000055,, NA\t\n",
	  "1|1|2|2| r1 |e06000055|| NA\t",
	  "2|0|2|1|1|0|0",
	  "",
	  { 0 } },
	{ "a variable without a column is NULL and a finding",
	  "id,Q1. Where do you live?,comment\nr1,E06000055,x\n",
	  "1|1|2|2|r1|E06000055|~|x",
	  "2|0|2|1|1|0|0",
	  "header-column-missing|warn|1|1|~|answer|~|~|1",
	  { 0 } },
	{ "unknown columns are counted once for each header and not read",
	  "id,Q1. Where do you live?,answer,comment,ip,ip,mail\nr1,E06000055,5,x,10.0.0.1,10.0.0.2,a@b\n",
	  "1|1|2|2|r1|E06000055|5|x",
	  "2|0|2|1|1|0|0",
	  "header-column-unknown|warn|1|1|~|ip|~|~|2 header-duplicate|warn|1|1|~|ip|~|~|2 "
	  "header-column-unknown|warn|1|1|~|mail|~|~|1",
	  { 0 } },
	{ "a column without a header is a finding, and a header with what cannot be seen is read without it",
	  "id,Q1. Where do you live?,an\xe2\x80\x8bswer,comment,,\nr1,E06000055,5,x,a,b\n",
	  "1|1|2|2|r1|E06000055|5|x",
	  "2|0|2|1|1|0|0",
	  "header-hidden-char|note|1|1|~|answer|~|~|1 header-blank|warn|1|1|~|~|~|~|2",
	  { 0 } },
	{ "a variable whose profile gives it another header is not found by its own name",
	  "id,area,Q1. Where do you live?,answer,comment\nr1,wrong,E06000055,5,x\n",
	  "1|1|2|2|r1|E06000055|5|x",
	  "2|0|2|1|1|0|0",
	  "header-column-unknown|warn|1|1|~|area|~|~|1",
	  { 0 } },
	{ "blank lines are no records and one finding",
	  "id,Q1. Where do you live?,answer,comment\n\nr1,E06000055,5,x\n\n\n",
	  "1|1|3|2|r1|E06000055|5|x",
	  "5|3|2|1|1|0|0",
	  "row-blank|note|~|~|~|~|~|~|3",
	  { 0 } },
	{ "rows of another width are set aside and counted",
	  "id,Q1. Where do you live?,answer,comment\nr1,E06000055,5\nr2,E06000055,6,y\nr3,E06000055,7,z,\n",
	  "1|1|3|3|r2|E06000055|6|y",
	  "4|0|4|1|1|2|0",
	  "row-fields|reject|2|2|~|~|~|4 cells, not 3|1 row-fields|reject|4|4|~|~|~|4 cells, not 5|1",
	  { 0 } },
	{ "damaged records are set aside and counted, each under its code",
	  "id,Q1. Where do you live?,answer,comment\nr1,E06000055,5,\"x\nr2,E06000055,6,y\nr3,E06000055,7\"x,z\n"
	  "r5,E06000055,9,ok\n",
	  "1|1|3|3|r2|E06000055|6|y 2|1|5|5|r5|E06000055|9|ok",
	  "5|0|5|1|2|2|0",
	  "row-quote-open|reject|2|2|~|~|~|~|1 row-quote-stray|reject|4|4|~|~|~|~|1",
	  { 0 } },
	{ "a line end in free text is an answer like any other",
	  "id,Q1. Where do you live?,answer,comment\nr1,E06000055,5,\"x\ny\"\nr2,E06000055,6,z\n",
	  "1|1|2|2|r1|E06000055|5|x/y 2|1|4|3|r2|E06000055|6|z",
	  "4|0|3|1|2|0|0",
	  "",
	  { 0 } },
	{ "a column that is not read may run over lines, but not swallow a row",
	  "id,Q1. Where do you live?,answer,comment,other\nr1,E06000055,5,x,\"a\nb\"\nr2,E06000055,5,x,\"a\n"
	  "r3,E06000055,5,x,b\"\n",
	  "1|1|2|2|r1|E06000055|5|x 2|1|4|3|r2|E06000055|5|x",
	  "5|0|3|1|2|0|0",
	  "header-column-unknown|warn|1|1|~|other|~|~|1 "
	  "cell-line-end|reject|4|3|2|other|r2|no line that looks like a row|1",
	  { 0 } },
	{ "a swallowed row is looked for with the delimiter of the file",
	  "id;Q1. Where do you live?;answer;comment\nr1;E06000055;5;\"x\nr2;E06000055;6;y\nr3;E06000055;7;z\"\n"
	  "r4;E06000055;8;\"a\nb,c,d,e\"\n",
	  "1|1|2|2|r1|E06000055|5|x/r2;E06000055;6;y/r3;E06000055;7;z 2|1|5|3|r4|E06000055|8|a/b,c,d,e",
	  "6|0|3|1|2|0|0",
	  "cell-line-end|reject|2|2|1|comment|r1|no line that looks like a row|1",
	  { .delimiter = TEXT("semicolon") } },
	{ "commas in free text of several lines are no rows",
	  "id,Q1. Where do you live?,answer,comment\nr1,E06000055,5,\"x\none, two, three, four\"\n",
	  "1|1|2|2|r1|E06000055|5|x/one, two, three, four",
	  "3|0|2|1|1|0|0",
	  "",
	  { 0 } },
	{ "a byte order mark and mixed line ends are told",
	  "\xef\xbb\xbfid,Q1. Where do you live?,answer,comment\r\nr1,E06000055,5,x\n",
	  "1|1|2|2|r1|E06000055|5|x",
	  "2|0|2|1|1|0|0",
	  "file-byte-order-mark|note|~|~|~|~|~|~|1 file-line-ends|warn|~|~|~|~|~|~|1",
	  { 0 } },
	{ "lines above the header are passed over and counted",
	  "Wellbeing survey\nas of March\nid,Q1. Where do you live?,answer,comment\nr1,E06000055,5,x\n",
	  "1|1|4|2|r1|E06000055|5|x",
	  "4|0|2|1|1|0|0",
	  "file-preamble|note|~|~|~|~|~|~|2",
	  { .skip = 2 } },
	{ "a file in another encoding is converted and says so",
	  "id,Q1. Where do you live?,answer,comment\nr1,E06000055,5,caf\xe9\n",
	  "1|1|2|2|r1|E06000055|5|caf\xc3\xa9",
	  "2|0|2|1|1|0|0",
	  "file-converted|note|~|~|~|~|~|~|1",
	  { .encoding = TEXT("windows-1252") } },
	{ "the header again is set aside and counted, a byte order mark before it or not",
	  "id,Q1. Where do you live?,answer,comment\nr1,E06000055,5,x\n\xef\xbb\xbfid,Q1. Where do you live?,answer,"
	  "comment\nr2,E06000055,6,y\nid, Q1. Where do you live? ,answer,comment\nid,E06000055,6,y\n",
	  "1|1|2|2|r1|E06000055|5|x 2|1|4|4|r2|E06000055|6|y 3|1|6|6|id|E06000055|6|y",
	  "6|0|6|1|3|2|0",
	  "row-header-repeat|reject|3|3|~|~|~|~|1 row-header-repeat|reject|5|5|~|~|~|~|1",
	  { 0 } },
	{ "letters that were spoilt before are told by the cells that hold them",
	  "id,Q1. Where do you live?,answer,comment\nr1,E06000055,5,caf\xc3\x83\xc2\xa9 caf\xc3\x83\xc2\xa9\n"
	  "r2,E06000055,6,it\xc3\xa2\xe2\x82\xac\xe2\x84\xa2s\nr3,E06000055,7,caf\xef\xbf\xbd\nr4,E06000055,8,caf\xc3\xa9 \xc3\x83\n",
	  "1|1|2|2|r1|E06000055|5|caf\xc3\x83\xc2\xa9 caf\xc3\x83\xc2\xa9 "
	  "2|1|3|3|r2|E06000055|6|it\xc3\xa2\xe2\x82\xac\xe2\x84\xa2s 3|1|4|4|r3|E06000055|7|caf\xef\xbf\xbd "
	  "4|1|5|5|r4|E06000055|8|caf\xc3\xa9 \xc3\x83",
	  "5|0|5|1|4|0|0",
	  "file-mojibake|warn|~|~|~|~|~|~|2 file-char-lost|warn|~|~|~|~|~|~|1",
	  { 0 } },
	{ "ways to reach somebody are counted for each variable, and nothing of them is told",
	  "id,Q1. Where do you live?,answer,comment\nr1,E06000055,5,write to jo.bloggs@example.org\n"
	  "r2,E06000055,6,ring 07700 900123 at 5\nr3,E06000055,07700900123,nothing @ all\n",
	  "1|1|2|2|r1|E06000055|5|write to jo.bloggs@example.org 2|1|3|3|r2|E06000055|6|ring 07700 900123 at 5 "
	  "3|1|4|4|r3|E06000055|07700900123|nothing @ all",
	  "4|0|4|1|3|0|0",
	  "privacy-contact|warn|~|~|~|answer|~|~|1 privacy-contact|warn|~|~|~|comment|~|~|2",
	  { 0 } },
	{ "the area of the config fills the variable in every row",
	  "id,answer,comment\nr1,5,x\nr2,6,y\n",
	  "1|1|2|2|r1|Bedford Borough|5|x 2|1|3|3|r2|Bedford Borough|6|y",
	  "3|0|3|1|2|0|0",
	  "",
	  { .area = TEXT("Bedford Borough") } },
};

static void export_gives_rows_account_and_findings(void **state)
{
	const struct example *example = *state;
	struct place place = place_new(variables_csv, codes_csv, headers_csv);
	free(test_file(place.folder, "export.csv", example->bytes));
	struct study_export export = example->export;
	export.path = TEXT("export.csv");
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(store, answers_sql, example->answers);
	assert_query(store, source_sql, example->account);
	assert_query(store, findings_sql, example->findings);
	assert_query(store, "SELECT count(*) FROM finding WHERE value LIKE '%@%' OR value LIKE '%0770%'", "0");
	assert_ok(store_commit(store, &err), &err);
	store_close(store);
	place_free(&place);
}

/* ---- each platform ---- */

/* Exports in the shapes of the platforms, under their own profiles, each with its tick-all question. */
static const struct shape {
	const char *name, *platform, *headers, *bytes, *answers, *account, *findings;
} shapes[] = {
	{ "Qualtrics: three header rows, import ids, previews and unfinished ones", "qualtrics",
	  "qualtrics,name,ResponseId,,id\nqualtrics,import-id,QID1,,area\nqualtrics,import-id,QID2|1,sport,topics\n"
	  "qualtrics,import-id,QID2|2,music,topics\nqualtrics,import-id,QID3_TEXT,,comment\n",
	  "Status,IPAddress,Finished,ResponseId,Status,Q2_1,Q2_2,Q3\n"
	  "Response Type,IP Address,Finished,Response ID,\"Where do\nyou live?\",Topics - Sport,Topics - Music,Why?\n"
	  "\"{\"\"ImportId\"\":\"\"status\"\"}\",\"{\"\"ImportId\"\":\"\"ipAddress\"\"}\",\"{\"\"ImportId\"\":\"\"finished\"\"}\","
	  "\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\","
	  "\"{\"\"ImportId\"\":\"\"QID2\"\",\"\"choiceId\"\":\"\"1\"\"}\",\"{\"\"ImportId\"\":\"\"QID2\"\",\"\"choiceId\"\":\"\"2\"\"}\","
	  "\"{\"\"ImportId\"\":\"\"QID3_TEXT\"\"}\"\n"
	  "IP Address,10.0.0.1,True,R_1,E06000055,1,1,fine\n"
	  "Survey Preview,10.0.0.2,False,R_2,E06000055,,1,test\n"
	  "IP Address,,False,R_3,E06000032,1,,\n"
	  "Spam,10.0.0.4,True,R_4,E06000032,,,\n",
	  "1|1|5|4|R_1|E06000055|sport;music|fine 2|1|6|5|R_2|E06000055|music|test 3|1|7|6|R_3|E06000032|sport| "
	  "4|1|8|7|R_4|E06000032||",
	  "8|0|7|3|4|0|0",
	  "row-preview|reject|6|5|2|Status|R_2|~|1 row-incomplete|reject|6|5|2|Finished|R_2|~|1 "
	  "row-incomplete|reject|7|6|3|Finished|R_3|~|1 row-rejected|reject|8|7|4|Status|R_4|~|1 "
	  "privacy-column|note|1|1|~|IPAddress|~|~|3" },
	{ "Qualtrics: import ids quoted in the Python way, and the three header rows again", "qualtrics",
	  "qualtrics,name,ResponseId,,id\nqualtrics,import-id,QID1,,area\nqualtrics,import-id,QID2|1,sport,topics\n"
	  "qualtrics,import-id,QID2|2,music,topics\nqualtrics,import-id,QID3_TEXT,,comment\n",
	  "Status,Finished,ResponseId,Q1,Q2_1,Q2_2,Q3\n"
	  "Response Type,Finished,Response ID,Where do you live?,Topics - Sport,Topics - Music,Why?\n"
	  "{'ImportId': 'status'},{'ImportId': 'finished'},{'ImportId': '_recordId'},{'ImportId': 'QID1'},"
	  "\"{'ImportId': 'QID2', 'choiceId': '1'}\",\"{'choiceId': '2', 'ImportId': 'QID2'}\",{'ImportId': 'QID3_TEXT'}\n"
	  "IP Address,True,R_1,E06000055,1,1,fine\n"
	  "Status,Finished,ResponseId,Q1,Q2_1,Q2_2,Q3\n"
	  "Response Type,Finished,Response ID,Where do you live?,Topics - Sport,Topics - Music,Why?\n"
	  "{'ImportId': 'status'},{'ImportId': 'finished'},{'ImportId': '_recordId'},{'ImportId': 'QID1'},"
	  "\"{'ImportId': 'QID2', 'choiceId': '1'}\",\"{'choiceId': '2', 'ImportId': 'QID2'}\",{'ImportId': 'QID3_TEXT'}\n"
	  "IP Address,True,R_2,E06000032,,1,\n",
	  "1|1|4|4|R_1|E06000055|sport;music|fine 2|1|8|8|R_2|E06000032|music|", "8|0|8|3|2|3|0",
	  "row-header-repeat|reject|5|5|~|~|~|~|1 row-header-repeat|reject|6|6|~|~|~|~|1 "
	  "row-header-repeat|reject|7|7|~|~|~|~|1" },
	{ "SurveyMonkey: two header rows, the option's own text as a tick, the header again", "surveymonkey",
	  "surveymonkey,name,Respondent ID,,id\nsurveymonkey,path,Where do you live?,,area\n"
	  "surveymonkey,path,Which topics? | Sport,sport,topics\nsurveymonkey,path,Which topics? | Music,music,topics\n"
	  "surveymonkey,path,Why?,,comment\n",
	  "Respondent ID,IP Address,First Name,Where do you live?,Which topics?,,Why?\n"
	  ",,,Response,Sport,Music,Open-Ended Response\n"
	  "1001,10.0.0.1,,E06000055,Sport,,x\n"
	  "1002,10.0.0.2,,E06000032,Sport,Music,y\n"
	  "Respondent ID,IP Address,First Name,Where do you live?,Which topics?,,Why?\n"
	  ",,,Response,Sport,Music,Open-Ended Response\n"
	  "1003,,,E06000032,,,z\n",
	  "1|1|3|3|1001|E06000055|sport|x 2|1|4|4|1002|E06000032|sport;music|y 3|1|7|7|1003|E06000032||z",
	  "7|0|7|2|3|2|0",
	  "row-header-repeat|reject|5|5|~|~|~|~|1 row-header-repeat|reject|6|6|~|~|~|~|1 "
	  "privacy-column|note|1|1|~|IP Address|~|~|2" },
	{ "Jisc: a 0 in a box tells nothing by itself", "jisc",
	  "jisc,name,URN,,id\njisc,name,Q1,,area\njisc,name,Q2_1,sport,topics\njisc,name,Q2_2,music,topics\n"
	  "jisc,name,Q3,,comment\n",
	  "URN,Q1,Q2_1,Q2_2,Q3,CompletionDate\n1-1-1,E06000055,1,0,x,2026-03-01\n1-1-2,E06000032,0,0,,2026-03-01\n",
	  "1|1|2|2|1-1-1|E06000055|sport|x 2|1|3|3|1-1-2|E06000032||", "3|0|3|1|2|0|0", "" },
	{ "Kobo: tags below the header, a 0 in a box is an answer, a blank is none", "kobo",
	  "kobo,name,_uuid,,id\nkobo,name,place,,area\nkobo,name,topic/sport,sport,topics\n"
	  "kobo,name,topic/music,music,topics\nkobo,name,why,,comment\n",
	  "\"place\";\"topic\";\"topic/sport\";\"topic/music\";\"why\";\"username\";\"_uuid\";\"_validation_status\"\r\n"
	  "\"#adm2\";\"\";\"\";\"\";\"\";\"\";\"#id\";\"\"\r\n"
	  "\"E06000055\";\"sport\";\"1\";\"0\";\"x\";\"jo\";\"u-1\";\"\"\r\n"
	  "\"E06000055\";\"\";\"0\";\"0\";\"y\";\"jo\";\"u-2\";\"\"\r\n"
	  "\"E06000032\";\"\";\"\";\"\";\"z\";\"\";\"u-3\";\"validation_status_not_approved\"\r\n",
	  "1|1|3|3|u-1|E06000055|sport|x 2|1|4|4|u-2|E06000055|(none)|y 3|1|5|5|u-3|E06000032||z", "5|0|5|2|3|0|0",
	  "header-column-unknown|warn|1|1|~|topic|~|~|1 row-rejected|reject|5|5|3|_validation_status|u-3|~|1 "
	  "privacy-column|note|1|1|~|username|~|~|2" },
	{ "REDCap: checkboxes, the participant's identifier is dropped, a form's own columns are known", "redcap",
	  "redcap,name,record_id,,id\nredcap,name,la,,area\nredcap,name,topic___1,sport,topics\n"
	  "redcap,name,topic___2,music,topics\nredcap,name,why,,comment\n",
	  "record_id,redcap_survey_identifier,survey_timestamp,la,topic___1,topic___2,why,survey_complete\n"
	  "1,jo@example.org,2026-03-01 10:00:00,E06000055,1,0,x,2\n2,,[not completed],E06000032,0,0,,0\n",
	  "1|1|2|2|1|E06000055|sport|x 2|1|3|3|2|E06000032||", "3|0|3|1|2|0|0",
	  "privacy-column|note|1|1|~|redcap_survey_identifier|~|~|1" },
	{ "LimeSurvey: a mark, semicolons, a record of blanks at the end", "limesurvey",
	  "limesurvey,name,id,,id\nlimesurvey,name,la,,area\nlimesurvey,name,top[SQ001],sport,topics\n"
	  "limesurvey,name,top[SQ002],music,topics\nlimesurvey,name,why,,comment\n",
	  "\xef\xbb\xbf\"id\";\"submitdate\";\"ipaddr\";\"la\";\"top[SQ001]\";\"top[SQ002]\";\"why\"\r\n"
	  "\"1\";\"2026-03-01 10:00:00\";\"10.0.0.1\";\"E06000055\";\"Y\";\"\";\"a\nb\"\r\n"
	  "\"2\";\"\";\"10.0.0.2\";\"E06000032\";\"\";\"Y\";\"\"\r\n\r\n",
	  "1|1|2|2|1|E06000055|sport|a/b 2|1|4|3|2|E06000032|music|", "5|1|3|1|2|0|0",
	  "row-incomplete|reject|4|3|2|submitdate|2|~|1 file-byte-order-mark|note|~|~|~|~|~|~|1 "
	  "row-blank|note|~|~|~|~|~|~|1 privacy-column|note|1|1|~|ipaddr|~|~|2" },
	{ "LimeSurvey VV: options that were not shown do not count, a question that was not keeps its mark",
	  "limesurvey-vv",
	  "limesurvey-vv,name,id,,id\nlimesurvey-vv,name,la,,area\nlimesurvey-vv,name,top_SQ001,sport,topics\n"
	  "limesurvey-vv,name,top_SQ002,music,topics\nlimesurvey-vv,name,why,,comment\n",
	  "Response ID\tDate\tWhere?\tTopics\tTopics\tWhy?\nid\tsubmitdate\tla\ttop_SQ001\ttop_SQ002\twhy\n"
	  "1\t2026-03-01 10:00:00\tE06000055\tY\t{question_not_shown}\tx\n"
	  "2\t2026-03-01 10:00:00\tE06000055\t{question_not_shown}\t{question_not_shown}\t{question_not_shown}\n",
	  "1|1|3|3|1|E06000055|sport|x 2|1|4|4|2|E06000055|{question_not_shown}|{question_not_shown}", "4|0|4|2|2|0|0",
	  "" },
};

static void export_is_read_as_its_platform_writes_it(void **state)
{
	const struct shape *shape = *state;
	char *headers = mem_print("headers,match,header,option,variable\n%s", shape->headers);
	struct place place = place_new(topics_variables_csv, topics_codes_csv, headers);
	free(test_file(place.folder, "export.csv", shape->bytes));
	const struct study_export export = { .path = TEXT("export.csv"), .platform = TEXT(shape->platform) };
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(store, answers_sql, shape->answers);
	assert_query(store, source_sql, shape->account);
	assert_query(store, findings_sql, shape->findings);
	assert_query(store, "SELECT count(*) FROM header WHERE dropped AND variable IS NOT NULL", "0");
	store_close(store);
	free(headers);
	place_free(&place);
}

static bool stands_in(const struct text *bytes, const char *word)
{
	for (size_t i = 0; i + strlen(word) <= bytes->length; i++)
		if (memcmp(bytes->bytes + i, word, strlen(word)) == 0)
			return true;
	return false;
}

/* What was dropped stands nowhere in the file that is written, not even in a page that nobody uses. */
static void dropped_cells_stand_nowhere(void **state)
{
	(void)state;
	struct place place =
		place_new(topics_variables_csv, topics_codes_csv,
	                  "headers,match,header,variable\nredcap,name,record_id,id\nredcap,name,la,area\n");
	free(test_file(
		place.folder, "export.csv",
		"record_id,redcap_survey_identifier,la\n1,secret-person-1,E06000055\n2,secret-person-2,E06000055\n"));
	const struct study_export export = { .path = TEXT("export.csv"), .platform = TEXT("redcap") };
	struct error err = { 0 };
	struct store *store = NULL;
	struct text bytes = { 0 };
	char *output = mem_print("%s/ingested.db", place.folder);
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(store, "SELECT header, dropped FROM header ORDER BY position",
	             "record_id|0 redcap_survey_identifier|1 la|0");
	assert_ok(store_commit(store, &err), &err);
	assert_ok(text_read_file(&bytes, output, 1 << 24, &err), &err);
	assert_true(stands_in(&bytes, "E06000055"));
	assert_false(stands_in(&bytes, "secret-person"));
	text_free(&bytes);
	free(output);
	store_close(store);
	place_free(&place);
}

/* ---- SPSS ---- */

static ssize_t write_bytes(const void *bytes, size_t length, void *file)
{
	return (ssize_t)fwrite(bytes, 1, length, file);
}

/* id, la, two boxes, why, and a number with user-missing values -1 and 90 to 99; three cases. */
static void write_spss(const char *path)
{
	static const struct {
		const char *name, *label;
		readstat_type_t type;
	} variables[] = {
		{ "id", "Respondent", READSTAT_TYPE_STRING },      { "la", "Where?", READSTAT_TYPE_STRING },
		{ "top1", "Topics: sport", READSTAT_TYPE_DOUBLE }, { "top2", "Topics: music", READSTAT_TYPE_DOUBLE },
		{ "why", "Why?", READSTAT_TYPE_STRING },           { "answer", "How many?", READSTAT_TYPE_DOUBLE },
	};
	static const struct {
		const char *id, *la;
		double top1, top2;
		const char *why;
		double answer;
	} cases[] = {
		{ "p1", "E06000055", 1, 0, "caf\xc3\xa9", 2.5 },
		{ "p2", "E06000032", 0, 0, "", -1 },
		{ "p3", "E06000032", 1, 1, "x", NAN },
	};
	readstat_variable_t *made[COUNT(variables)];
	FILE *file = fopen(path, "wb");
	readstat_writer_t *writer = readstat_writer_init();
	assert_non_null(file);
	readstat_set_data_writer(writer, write_bytes);
	for (size_t i = 0; i < COUNT(variables); i++) {
		made[i] = readstat_add_variable(writer, variables[i].name, variables[i].type,
		                                variables[i].type == READSTAT_TYPE_STRING ? 20 : 0);
		readstat_variable_set_label(made[i], variables[i].label);
	}
	readstat_variable_add_missing_double_value(made[5], -1);
	readstat_variable_add_missing_double_range(made[5], 90, 99);
	assert_int_equal(readstat_begin_writing_sav(writer, file, COUNT(cases)), READSTAT_OK);
	for (size_t i = 0; i < COUNT(cases); i++) {
		readstat_begin_row(writer);
		readstat_insert_string_value(writer, made[0], cases[i].id);
		readstat_insert_string_value(writer, made[1], cases[i].la);
		readstat_insert_double_value(writer, made[2], cases[i].top1);
		readstat_insert_double_value(writer, made[3], cases[i].top2);
		readstat_insert_string_value(writer, made[4], cases[i].why);
		if (isnan(cases[i].answer))
			readstat_insert_missing_value(writer, made[5]);
		else
			readstat_insert_double_value(writer, made[5], cases[i].answer);
		assert_int_equal(readstat_end_row(writer), READSTAT_OK);
	}
	assert_int_equal(readstat_end_writing(writer), READSTAT_OK);
	readstat_writer_free(writer);
	fclose(file);
}

static void spss_file_brings_its_missing_values(void **state)
{
	(void)state;
	char *variables = mem_print("%sanswer,Answer,number,,,\n", topics_variables_csv);
	struct place place =
		place_new(variables, topics_codes_csv,
	                  "headers,match,header,option,variable\nspss,name,la,,area\nspss,name,top1,sport,topics\n"
	                  "spss,name,top2,music,topics\nspss,path,Why?,,comment\n");
	char *path = mem_print("%s/export.sav", place.folder);
	write_spss(path);
	const struct study_export export = { .path = TEXT("export.sav"),
		                             .platform = TEXT("spss"),
		                             .decimal = TEXT("comma") };
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(
		store, answers_sql,
		"1|1|1|1|p1|E06000055|sport|caf\xc3\xa9|2.5 2|1|2|2|p2|E06000032|||-1 3|1|3|3|p3|E06000032|sport;music|x|");
	assert_query(store, source_sql, "0|0|3|0|3|0|0");
	assert_query(store, meaning_sql, "answer|~|90.0|99.0|~|~ answer|-1|~|~|~|~");
	assert_query(store, findings_sql, "");
	/* the point is ours, whatever the config says */
	assert_query(store, "SELECT decimal, encoding, dates FROM source", "point|UTF-8|iso");
	assert_query(store, "SELECT text FROM header WHERE variable = 'area'", "Where?");
	store_close(store);
	free(path);
	free(variables);
	place_free(&place);
}

/* ---- boxes ---- */

/* A plain export with three boxes, of the options sport, music and 3 in this order of the list; `marks` is what
 * headers.csv says of each. */
static const struct gathered {
	const char *name, *platform, *marks, *cells, *cell;
} boxes[] = {
	{ "ticked boxes come in the order of the list", "plain", ",", "1,1,", "sport;3" },
	{ "all three", "plain", ",", "1,1,1", "sport;music;3" },
	{ "a blank is not ticked, and blanks around a mark do not count", "plain", ",", " 1 , ,", "3" },
	{ "a 0 tells nothing where the platform does not tell the two apart", "plain", ",", "0,0,0", "" },
	{ "a 0 is an answer where it does", "kobo", ",", "0;;0", "(none)" },
	{ "nothing but blanks is no answer there either", "kobo", ",", ";;", "" },
	{ "the option's label is a tick where no mark is declared for it", "plain", ",", ",Sport,", "sport" },
	{ "marks of headers.csv go before the platform's", "plain", "Y,N", "Y,N,N", "3" },
	{ "and make the platform's strange", "plain", "Y,N", "1,N,N", "1" },
	{ "a text that is no mark is kept, so that it is found", "plain", ",", "x,1,", "sport;x" },
	{ "a text that is the code of another option cannot pass for its tick", "plain", ",", ",3,sport",
	  "sport=3;music=sport" },
	{ "nor can two in one", "plain", ",", ",sport;music,", "sport=sport;music" },
	{ "nor can the words for none", "plain", ",", ",(none),", "sport=(none)" },
	{ "a missing code in all boxes is there once", "plain", ",", "-99,-99,-99", "-99" },
	{ "a missing code beside a tick is kept", "plain", ",", "-99,1,-99", "sport;-99" },
	{ "a missing code of words is one too", "kobo", ",", "Rather not say;;", "Rather not say" },
	{ "a platform's word for what was not shown does not count beside a tick", "tool", "Y,N", "{hidden},Y,{hidden}",
	  "sport" },
	{ "nor beside a mark that tells nothing by itself", "tool", "Y,N", "{hidden},N,", "" },
	{ "and stands alone", "tool", "Y,N", "{hidden},,{hidden}", "{hidden}" },
};

static void boxes_are_gathered_into_one_cell(void **state)
{
	const struct gathered *example = *state;
	bool kobo = strcmp(example->platform, "kobo") == 0;
	const char *sep = kobo ? ";" : ",";
	struct text headers = { 0 };
	static const char *const options[] = { "3", "sport", "music" };
	text_add(&headers, "headers,match,header,option,variable,ticked,unticked\n");
	for (size_t i = 0; i < COUNT(options); i++)
		text_print(&headers, "%s,name,b%zu,%s,topics,%s\n", example->platform, i + 1, options[i],
		           example->marks);
	struct place place = place_new("variable,label,type,codes\ntopics,Topics,codes,topics\nn,N,text,\n",
	                               box_codes_csv, headers.bytes);
	if (strcmp(example->platform, "tool") == 0) {
		free(test_file(place.folder, "tool.yaml", tool_yaml));
		free(place.platforms);
		place.platforms = mem_copy_text(place.folder);
	}
	char *bytes = mem_print("b1%sb2%sb3%sn\n%s%sx\n", sep, sep, sep, example->cells, sep);
	free(test_file(place.folder, "export.csv", bytes));
	const struct study_export export = { .path = TEXT("export.csv"), .platform = TEXT(example->platform) };
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(store, "SELECT topics FROM answers", example->cell);
	assert_query(store, "SELECT option FROM header WHERE variable = 'topics' ORDER BY position", "3 sport music");
	store_close(store);
	text_free(&headers);
	free(bytes);
	place_free(&place);
}

static void question_without_any_box_is_not_asked(void **state)
{
	(void)state;
	struct place place =
		place_new("variable,label,type,codes\ntopics,Topics,codes,topics\nn,N,text,\n", box_codes_csv,
	                  "headers,match,header,option,variable\nplain,name,b1,sport,topics\n");
	free(test_file(place.folder, "export.csv", "n\nx\n"));
	const struct study_export export = { .path = TEXT("export.csv") };
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(store, "SELECT topics, n FROM answers", "~|x");
	store_close(store);
	place_free(&place);
}

/* ---- which rows count ---- */

static const struct counted {
	const char *name, *bytes, *answers, *account, *findings;
	struct study_export export;
} counts[] = {
	{ "responses that do not count are kept and set aside by a finding each",
	  "id,area,State,Finished,done_a,done_b\nr1,E06000055,Live,yes,1,1\nr2,E06000055,Spam,no,1,1\n"
	  "r3,E06000055,Draft,yes,1,1\nr4,E06000055, Live ,,1,1\nr5,E06000055,Live,yes,1,0\nr6,E06000055,Live,no,0,0\n",
	  "r1 r2 r3 r4 r5 r6",
	  "7|1|6|0|0",
	  "row-rejected|reject|2|State row-incomplete|reject|2|Finished row-preview|reject|3|State "
	  "row-incomplete|reject|4|Finished row-incomplete|reject|5|done_a row-incomplete|reject|6|Finished",
	  { 0 } },
	{ "unfinished ones that are kept are a note, and a preview stays one",
	  "id,area,State,Finished\nr1,E06000055,Live,no\nr2,E06000055,Draft,no\n",
	  "r1 r2",
	  "3|1|2|0|0",
	  "row-incomplete|note|1|Finished row-preview|reject|2|State row-incomplete|note|2|Finished",
	  { .unfinished = STUDY_UNFINISHED_KEPT } },
	{ "a rule whose column the export lacks sets nobody aside", /* but is told: column_that_is_kept_is_read */
	  "id,area\nr1,E06000055\n",
	  "r1",
	  "2|1|1|0|0",
	  "",
	  { 0 } },
	{ "an encrypted response is set aside",
	  "id,area,Crypt\nr1,E06000055,encrypted\nr2,E06000055,\n",
	  "r1 r2",
	  "3|1|2|0|0",
	  "header-column-unknown|warn|~|Crypt row-undecrypted|reject|1|Crypt",
	  { 0 } },
	{ "rows of another dataset are counted and not kept",
	  "id,area,event,form\nr1,E06000055,base,\nr2,E06000055,later,\nr3,E06000055, base ,x\nr4,E06000055,first, \nr5\n",
	  "r1 r4",
	  "6|1|2|1|2",
	  "header-column-unknown|warn|~|event header-column-unknown|warn|~|form row-fields|reject|~|~ "
	  "row-elsewhere|note|~|~",
	  { .where = (struct study_where[]){ { TEXT("event"), (char *[]){ TEXT("base"), TEXT("first") }, 2 },
	                                     { TEXT("form"), (char *[]){ TEXT("") }, 1 } },
	    .where_count = 2 } },
};

static void rows_are_told_apart(void **state)
{
	const struct counted *example = *state;
	struct place place = place_with_tool("headers,match,header,variable\ntool,name,id,id\n");
	free(test_file(place.folder, "export.csv", example->bytes));
	struct study_export export = example->export;
	export.path = TEXT("export.csv");
	export.platform = TEXT("tool");
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(store, "SELECT id FROM answers ORDER BY row", example->answers);
	assert_query(store, "SELECT records, header_records, rows, unreadable, elsewhere FROM source",
	             example->account);
	assert_query(
		store,
		"SELECT code, severity, row, variable FROM finding WHERE code <> 'header-column-missing' ORDER BY finding",
		example->findings);
	assert_query(store, "SELECT dates FROM source", "dmy");
	assert_query(store, meaning_sql, "~|{hidden}|~|~|~|not_asked");
	store_close(store);
	place_free(&place);
}

/* ---- what an export may hold ---- */

static void column_that_is_kept_is_read(void **state)
{
	(void)state;
	struct place place = place_with_tool("headers,match,header,variable\ntool,name,Mail,comment\n");
	free(test_file(place.folder, "export.csv", "id,area,Mail\nr1,E06000055,jo@example.org\n"));
	const struct study_export export = { .path = TEXT("export.csv"),
		                             .platform = TEXT("tool"),
		                             .keep = (char *[]){ TEXT("Mail") },
		                             .keep_count = 1 };
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(store, "SELECT comment FROM answers", "jo@example.org");
	assert_query(store, told_sql,
	             "header-column-missing|answer|1 header-column-missing|State|1 header-column-missing|Finished|1 "
	             "header-column-missing|Crypt|1 privacy-contact|comment|1");
	store_close(store);
	place_free(&place);
}

static void values_of_boxes_are_ticks(void **state)
{
	(void)state;
	struct place place =
		place_new("variable,label,type,codes\ntopics,Topics,codes,topics\nn,N,text,\n", box_codes_csv,
	                  "headers,match,header,option,variable,values\nplain,name,b1,sport,topics,5=sport; 9=-99\n"
	                  "plain,name,b2,music,topics,\n");
	free(test_file(place.folder, "export.csv", "b1,b2,n\n5,1,x\n9,,y\n"));
	const struct study_export export = { .path = TEXT("export.csv") };
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(store, "SELECT topics FROM answers ORDER BY row", "sport;music 9");
	assert_query(store, meaning_sql, "topics|9|~|~|-99|~");
	store_close(store);
	place_free(&place);
}

static void values_of_headers_csv_are_handed_on(void **state)
{
	(void)state;
	struct place place =
		place_new("variable,label,type,codes,role\nid,Id,id,,key\nhappy,Happy,code,yes_no,\n",
	                  CODES "yes_no,yes,Yes,,\nyes_no,no,No,,\n" ANY,
	                  "headers,match,header,variable,values\nplain,name,Happy?,happy,1=yes; 2=no; 9=-99\n");
	free(test_file(place.folder, "export.csv", "id,Happy?\nr1,1\n"));
	const struct study_export export = { .path = TEXT("export.csv") };
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(store, "SELECT happy FROM answers", "1");
	assert_query(store, meaning_sql, "happy|1|~|~|yes|~ happy|2|~|~|no|~ happy|9|~|~|-99|~");
	store_close(store);
	place_free(&place);
}

/* Only the column of a direct identifier may hold addresses without a finding. */
static void contacts_in_direct_identifiers_are_expected(void **state)
{
	(void)state;
	struct place place =
		place_new("variable,label,type,role,disclosure\nid,Id,id,key,direct\nwhen,When,datetime,,\n"
	                  "mail,Mail,text,,direct\nother,Other,text,,sensitive\n",
	                  CODES, "headers,match,header,variable\n");
	free(test_file(place.folder, "export.csv",
	               "id,when,mail,other\n07700900123,01-02-2026 1030,a@example.org,b@example.org\n"
	               "r2,0123-456-7890,a@example.org,\n"));
	const struct study_export export = { .path = TEXT("export.csv") };
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(store, told_sql, "privacy-contact|other|1");
	store_close(store);
	place_free(&place);
}

static const struct contact {
	const char *text;
	bool mail, telephone;
} contacts[] = {
	{ "a@b.co", true, false },
	{ "write to Jo.O-Neill+x@mail.example.org, please", true, false },
	{ "jo@example.org.", true, false },
	{ "@home by 5", false, false },
	{ "me @ work.com", false, false },
	{ "a@b", false, false },
	{ "a@b.1", false, false },
	{ "jo@@example.org", false, false },
	{ "07700900123", false, true },
	{ "07700 900 123", false, true },
	{ "ring 07700-900-123 now", false, true },
	{ "+447700900123", false, true },
	{ "+44 (0)7700 900123", false, true },
	{ "0044 7700 900123", false, true },
	{ "(01234) 567890", false, true },
	{ "0123 456 78", false, false }, /* 10 digits are the least */
	{ "0123 456 7890 or later", false, true },
	{ "020 7946 0000", false, true },
	{ "0207946000", false, true },
	{ "07700 90012", false, false },   /* a mobile number has 11 */
	{ "0770090012345", false, false }, /* too many */
	{ "0870 123 4567", false, false }, /* nobody's own */
	{ "2026-03-31 10:30:00", false, false },
	{ "01-02-2026 10:30", false, false },
	{ "01/02/2026 1030", false, false },
	{ "641101-0121092-68063910", false, false }, /* the id of a response */
	{ "10012345678", false, false },
	{ "A07700900123", false, false },
	{ "0.7700900123", false, false },
	{ "1 in 07700900123x", false, false },
	{ "", false, false },
};

static void contact_is_told_by_its_shape(void **state)
{
	const struct contact *contact = *state;
	if (contact_is_mail(contact->text) != contact->mail)
		fail_msg("mail: `%s`", contact->text);
	if (contact_is_telephone(contact->text) != contact->telephone)
		fail_msg("telephone: `%s`", contact->text);
}

/* ---- waves ---- */

static void waves_are_compared(void **state)
{
	(void)state;
	struct place place =
		place_new("variable,label,type,codes,role\nid,Id,id,,key\narea,Area,code,areas,area\n"
	                  "happy,Happy,text,,\nsad,Sad,text,,\ntopics,T,codes,topics,\nwave,Wave,text,,wave\n",
	                  topics_codes_csv,
	                  "headers,match,header,option,variable\n"
	                  "qualtrics-legacy,name,V1,,id\nqualtrics-legacy,name,Q1,,area\n"
	                  "qualtrics-legacy,name,Q2,,happy\nqualtrics-legacy,name,Q3,,sad\n"
	                  "qualtrics-legacy,name,Q4_1,sport,topics\nqualtrics-legacy,name,Q4_2,music,topics\n");
	free(test_file(place.folder, "1a.csv",
	               "V1,Q1,Q2,Q3,Q4_1,Q4_2,Extra,\nResponseID,Where?,Happy now?,Sad now?,Topics,Topics,E,\n"
	               "r1,E06000055,1,1,1,,x,\n"));
	free(test_file(
		place.folder, "1b.csv",
		"V1,Q1,Q2,Q4_1,Q4_2,V9,\nResponseID,Where?,Happy  NOW?,Topics,Topics,Finished,\nr2,E06000032,1,1,,1,\n"));
	free(test_file(place.folder, "2.csv",
	               "V1,Q2,Q4_1,Q4_2,Extra,New,V8,\nResponseID,Happy today?,Topics!,Topics!,E,N,Status,\n"
	               "r3,1,1,,x,y,0,\n"));
	/* only what changed since it was last asked is told: sad, which the second wave left out */
	free(test_file(place.folder, "3.csv",
	               "V1,Q1,Q2,Q3,Q4_1,Q4_2,New,\nResponseID,Where?,Happy today?,sad  now?,Topics!,Topics!,N,\n"
	               "r4,E06000055,1,1,,1,y,\n"));
	free(test_file(place.folder, "other.csv", "V1,Q1\nResponseID,Where?\nr5,E06000055\n"));
	const struct study_export exports[] = {
		{ .path = TEXT("1a.csv"), .platform = TEXT("qualtrics-legacy"), .wave = TEXT("first") },
		{ .path = TEXT("1b.csv"), .platform = TEXT("qualtrics-legacy"), .wave = TEXT("first") },
		{ .path = TEXT("2.csv"),
		  .platform = TEXT("qualtrics-legacy"),
		  .wave = TEXT("2nd"),
		  .area = TEXT("E06000055") },
		{ .path = TEXT("3.csv"), .platform = TEXT("qualtrics-legacy"), .wave = TEXT("third") },
		{ .path = TEXT("other.csv"), .platform = TEXT("qualtrics-legacy") },
	};
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, exports, COUNT(exports), &err), &err);
	assert_query(store,
	             "SELECT code, severity, source, variable FROM finding WHERE code LIKE 'wave-%' ORDER BY finding",
	             "wave-column-gone|warn|3|sad wave-column-new|note|3|New "
	             "wave-label-changed|warn|3|happy wave-label-changed|warn|3|topics");
	assert_query(store, "SELECT id, area, wave FROM answers ORDER BY row",
	             "r1|E06000055|first r2|E06000032|first r3|E06000055|2nd r4|E06000055|third r5|E06000055|~");
	store_close(store);
	place_free(&place);
}

/* ---- the whole ---- */

/* Which severity it has is finding.c's to say; here: where it stands, and whose row it is. */
static void line_end_in_a_code_is_a_finding_about_its_row(void **state)
{
	(void)state;
	struct place place = place_new(variables_csv, codes_csv, headers_csv);
	free(test_file(place.folder, "export.csv",
	               "id,Q1. Where do you live?,answer,comment,other\nr1,E06000055,5,x,\"o\np\"\n"
	               "r2,\"E06000055,6,y,q\nr3,E06000032\",7,z,s\n"));
	const struct study_export export = { .path = TEXT("export.csv") };
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(
		store,
		"SELECT line, record, row, variable, key, value, expected FROM finding WHERE code = 'cell-line-end' "
		"ORDER BY finding",
		"4|3|2|area|r2|E06000055,6,y,q/r3,E06000032|one line");
	assert_query(store, source_sql, "5|0|3|1|2|0|0");
	store_close(store);
	place_free(&place);
}

static void exports_are_read_in_order_each_under_its_profile(void **state)
{
	(void)state;
	struct place place = place_new(variables_csv, codes_csv, headers_csv);
	free(test_file(place.folder, "online.csv",
	               "id,Q1. Where do you live?,answer,comment\nr1,E06000055,5,x\nr2,E06000032,6,y\n"));
	free(test_file(place.folder, "paper.csv", "ref,la,answer,comment\np1,E06000055,7,z\n"));
	const struct study_export exports[] = {
		{ .path = TEXT("online.csv"), .wave = TEXT("1") },
		{ .path = TEXT("paper.csv"), .headers = TEXT("paper"), .dates = TEXT("dmy"), .decimal = TEXT("comma") },
	};
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, exports, COUNT(exports), &err), &err);
	assert_query(store, answers_sql, "1|1|2|2|r1|E06000055|5|x 2|1|3|3|r2|E06000032|6|y 3|2|2|2|p1|E06000055|7|z");
	assert_query(store,
	             "SELECT source, name, platform, wave, dates, decimal, separator, encoding, rows FROM source "
	             "ORDER BY source",
	             "1|online.csv|plain|1|iso|point|~|UTF-8|2 2|paper.csv|plain|~|dmy|comma|~|UTF-8|1");
	assert_query(store,
	             "SELECT source, position, header, text, variable, option, dropped FROM header WHERE source = 2 "
	             "ORDER BY position",
	             "2|1|ref||id|~|0 2|2|la||area|~|0 2|3|answer||answer|~|0 2|4|comment||comment|~|0");
	/* sha256sum of paper.csv above */
	assert_query(store, "SELECT name, role, bytes, sha256 FROM input WHERE name = 'export:paper.csv'",
	             "export:paper.csv|export|39|7cd6b93ff3372c71bdcb85846532ffd7462cc056f00b288715c7814650a95814");
	store_close(store);
	place_free(&place);
}

static const struct refusal {
	const char *name, *bytes;
	struct study_export export; /* path NULL: export.csv */
	enum error_kind kind;
	const char *code, *message, *help;
} refusals[] = {
	{ "two columns of one variable are refused",
	  "id,Q1. Where do you live?,answer, answer\nr1,E06000055,5,6\n",
	  { 0 },
	  ERROR_INPUT,
	  "header-duplicate",
	  "two columns hold `answer`",
	  "remove one" },
	{ "a file without the key is refused",
	  "Q1. Where do you live?,answer\nE06000055,5\n",
	  { 0 },
	  ERROR_INPUT,
	  "header-column-missing",
	  "no column holds `id`, the study's key",
	  "headed `id`" },
	{ "a file without the area is refused",
	  "id,answer\nr1,5\n",
	  { 0 },
	  ERROR_INPUT,
	  "header-column-missing",
	  "no column holds `area`, the study's area",
	  "headed `Q1. Where do you live?`" },
	{ "a file without a header is refused",
	  "r1,E06000055,5,x\nr2,E06000055,5,x\n",
	  { 0 },
	  ERROR_INPUT,
	  "header-missing",
	  "the dictionary knows no column",
	  "compare its header with the rows of the profile `plain` in headers.csv" },
	{ "a file with semicolons is refused",
	  "id;area;answer\nr1;E06000055;5\n",
	  { 0 },
	  ERROR_INPUT,
	  "file-delimiter",
	  "semicolon",
	  "delimiter: semicolon" },
	{ "an export with labels for names is refused",
	  "Respondent,Area,Answer\nr1,E06000055,5\n",
	  { 0 },
	  ERROR_INPUT,
	  "header-missing",
	  "headed with labels",
	  "names of the variables" },
	{ "an export with a label for the key is refused",
	  "Respondent,Q1. Where do you live?,answer\nr1,E06000055,5\n",
	  { 0 },
	  ERROR_INPUT,
	  "header-column-missing",
	  "headed with labels",
	  "names of the variables" },
	{ "an export of another platform is refused by its name",
	  "r1,E06000055\nr2,E06000055\n",
	  { .platform = TEXT("jisc") },
	  ERROR_INPUT,
	  "header-missing",
	  "no export as Jisc Online Surveys (version 2) writes it",
	  "which platform" },
	{ "a header with a stray quote is refused",
	  "id,\"Q1\"x,answer\nr1,E06000055,5\n",
	  { 0 },
	  ERROR_INPUT,
	  "row-quote-stray",
	  "the header cannot be read",
	  "" },
	{ "a header and no rows is refused",
	  "id,Q1. Where do you live?\n\n",
	  { 0 },
	  ERROR_INPUT,
	  "file-no-rows",
	  "a header and no rows",
	  "export the data again" },
	{ "a file none of whose rows can be read is refused",
	  "id,Q1. Where do you live?\nr1\nr2\n",
	  { 0 },
	  ERROR_INPUT,
	  "file-no-rows",
	  "none of its 2 rows",
	  "" },
	{ "a file none of whose rows are of the dataset is refused",
	  "id,Q1. Where do you live?\nr1,E06000055\nr2\n",
	  { .where = (struct study_where[]){ { TEXT("id"), (char *[]){ TEXT("r9") }, 1 } }, .where_count = 1 },
	  ERROR_INPUT,
	  "file-no-rows",
	  "none of its 2 rows is of this dataset",
	  "`where`" },
	{ "an empty file is refused", "", { 0 }, ERROR_INPUT, "file-empty", "empty", "" },
	{ "a file that is not UTF-8 is refused",
	  "id,Q1. Where do you live?\nr1,caf\xe9\n",
	  { 0 },
	  ERROR_INPUT,
	  "file-encoding",
	  "",
	  "encoding" },
	{ "a missing file is no input",
	  "id\n",
	  { .path = TEXT("exprot.csv") },
	  ERROR_NO_INPUT,
	  "no-input",
	  "cannot find",
	  "--exports" },
	{ "a platform that nobody knows is a wrong config",
	  "id\n",
	  { .platform = TEXT("qualtrix") },
	  ERROR_CONFIG,
	  "config",
	  "qualtrix",
	  "qualtrics" },
	{ "headers that headers.csv lacks are a wrong config",
	  "id\n",
	  { .headers = TEXT("papre") },
	  ERROR_CONFIG,
	  "config",
	  "`papre`",
	  "did you mean `paper`" },
	{ "an area that the list lacks is a wrong config",
	  "id\n",
	  { .area = TEXT("Lutno") },
	  ERROR_CONFIG,
	  "config",
	  "gives the area `Lutno`",
	  "did you mean `E06000032`" },
	{ "a missing code is no area",
	  "id\n",
	  { .area = TEXT("-99") },
	  ERROR_CONFIG,
	  "config",
	  "gives the area `-99`",
	  "" },
	{ "an area in the config and in the file is one too many",
	  "id,Q1. Where do you live?\nr1,E06000055\n",
	  { .area = TEXT("E06000055") },
	  ERROR_CONFIG,
	  "config",
	  "has a column for `area`",
	  "take `area` from this export" },
	{ "a where of a column that is not there is a wrong config",
	  "id,Q1. Where do you live?,event\nr1,E06000055,a\n",
	  { .where = (struct study_where[]){ { TEXT("evnet"), (char *[]){ TEXT("a") }, 1 } }, .where_count = 1 },
	  ERROR_CONFIG,
	  "config",
	  "has no column `evnet`",
	  "column 3 comes near to it" },
	{ "a where of a column that is there twice is a wrong config",
	  "id,Q1. Where do you live?,event,event\nr1,E06000055,a,a\n",
	  { .where = (struct study_where[]){ { TEXT("event"), (char *[]){ TEXT("a") }, 1 } }, .where_count = 1 },
	  ERROR_CONFIG,
	  "config",
	  "more than one column `event`",
	  "" },
	{ "a column to keep that is not there is a wrong config",
	  "id,Q1. Where do you live?\nr1,E06000055\n",
	  { .keep = (char *[]){ TEXT("Mail") }, .keep_count = 1 },
	  ERROR_CONFIG,
	  "config",
	  "no column `Mail` to keep",
	  "" },
};

static void assert_refused(const struct place *place, const struct study_export *export, enum error_kind kind,
                           const char *code, const char *message, const char *help)
{
	struct error err = { 0 };
	struct store *store = NULL;
	assert_false(ingest(&store, place, export, 1, &err));
	if (err.kind != kind || strcmp(err.code, code) != 0 || !strstr(err.message, message) || !strstr(err.help, help))
		fail_msg("%d [%s] %s (%s)", err.kind, err.code, err.message, err.help);
	/* nothing of an answer in what is printed, also where the first row stands in the header's place */
	if (!export->area)
		assert_null(strstr(err.message, "E06000055"));
	assert_null(strstr(err.message, "r1"));
	assert_null(strstr(err.help, "r1"));
	store_close(store);
	char *output = mem_print("%s/ingested.db", place->folder);
	assert_int_not_equal(access(output, F_OK), 0);
	free(output);
}

static void export_is_refused(void **state)
{
	const struct refusal *refusal = *state;
	struct place place = place_new(variables_csv, codes_csv, headers_csv);
	free(test_file(place.folder, "export.csv", refusal->bytes));
	struct study_export export = refusal->export;
	export.path = export.path ? export.path : TEXT("export.csv");
	assert_refused(&place, &export, refusal->kind, refusal->code, refusal->message, refusal->help);
	place_free(&place);
}

static void dropped_column_that_the_dictionary_names_is_refused(void **state)
{
	(void)state;
	struct place place = place_with_tool("headers,match,header,variable\ntool,name,Mail,comment\n");
	free(test_file(place.folder, "export.csv", "id,area,Mail\nr1,E06000055,jo@example.org\n"));
	const struct study_export export = { .path = TEXT("export.csv"), .platform = TEXT("tool") };
	assert_refused(&place, &export, ERROR_CONFIG, "config", "`comment` stands in a column that is dropped",
	               "keep: [Mail]");
	place_free(&place);
}

/* One box twice, and a box beside a column of the whole question. */
static void box_of_two_columns_is_refused(void **state)
{
	(void)state;
	struct place place =
		place_new("variable,label,type,codes\ntopics,Topics,codes,topics\nn,N,text,\n", box_codes_csv,
	                  "headers,match,header,option,variable\nplain,name,b1,sport,topics\n"
	                  "plain,path,b2,music,topics\n");
	const struct study_export export = { .path = TEXT("export.csv") };
	free(test_file(place.folder, "export.csv", "n,b1,b2,b1\nx,1,1,1\n"));
	assert_refused(&place, &export, ERROR_INPUT, "header-duplicate", "two columns hold `topics`", "remove one");
	place_free(&place);
}

static void area_of_a_dictionary_without_one_is_refused(void **state)
{
	(void)state;
	struct place place = place_new(bare_variables_csv, "list,code,label\n", "headers,match,header,variable\n");
	const struct study_export export = { .path = TEXT("export.csv"), .area = TEXT("E06000055") };
	free(test_file(place.folder, "export.csv", "answer,comment\n5,x\n"));
	assert_refused(&place, &export, ERROR_CONFIG, "config", "no variable of the dictionary has the role area",
	               "role");
	place_free(&place);
}

static void key_and_area_are_needed_only_where_the_dictionary_has_them(void **state)
{
	(void)state;
	struct place place = place_new(bare_variables_csv, "list,code,label\n", "headers,match,header,variable\n");
	free(test_file(place.folder, "export.csv", "answer,comment\n5,x\n"));
	const struct study_export export = { .path = TEXT("export.csv") };
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(store, answers_sql, "1|1|2|2|5|x");
	store_close(store);
	place_free(&place);
}

/* An account that does not add up is noticed: a row is taken away behind ingest's back. */
static void accounts_that_do_not_add_up_are_our_fault(void **state)
{
	(void)state;
	static const char *const harms[] = { "DELETE FROM answers WHERE row = 2",
		                             "UPDATE source SET records = records + 1",
		                             "UPDATE answers SET source = 2 WHERE row = 1",
		                             "DELETE FROM answers",
		                             "UPDATE source SET elsewhere = 1",
		                             "UPDATE source SET header_records = 2" };
	for (size_t i = 0; i < COUNT(harms); i++) {
		struct place place = place_new(variables_csv, codes_csv, headers_csv);
		free(test_file(place.folder, "export.csv",
		               "id,Q1. Where do you live?,answer,comment\nr1,E06000055,5,x\nr2,E06000055,6,y\n"));
		const struct study_export export = { .path = TEXT("export.csv") };
		struct error err = { 0 };
		struct store *store = NULL;
		assert_ok(ingest(&store, &place, &export, 1, &err), &err);
		assert_ok(store_run(store, harms[i], &err), &err);
		assert_false(export_check_accounts(store, &err));
		assert_int_equal(err.kind, ERROR_FAULT);
		store_close(store);
		place_free(&place);
	}
}

/* A child touches the file all the while that it is read. */
static void export_that_changes_while_it_is_read_is_refused(void **state)
{
	(void)state;
	struct place place = place_new(variables_csv, codes_csv, headers_csv);
	struct text rows = { 0 };
	text_add(&rows, "id,Q1. Where do you live?,answer,comment\n");
	for (size_t i = 0; i < 100000; i++)
		text_print(&rows, "r%zu,E06000055,5,x\n", i);
	char *path = test_file(place.folder, "export.csv", rows.bytes);
	int ready[2];
	char byte = 0;
	assert_int_equal(pipe(ready), 0);
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		for (long i = 1;; i++) {
			const struct timespec times[2] = { { .tv_sec = i }, { .tv_sec = i } };
			if (utimensat(AT_FDCWD, path, times, 0) != 0 || (i == 1 && write(ready[1], "x", 1) != 1))
				_exit(1);
		}
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	const struct study_export export = { .path = TEXT("export.csv") };
	struct error err = { 0 };
	struct store *store = NULL;
	bool ok = ingest(&store, &place, &export, 1, &err);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(ready[0]);
	close(ready[1]);
	assert_false(ok);
	assert_string_equal(err.code, "file-changed");
	store_close(store);
	text_free(&rows);
	free(path);
	place_free(&place);
}

static void more_variables_than_a_table_holds_are_a_wrong_dictionary(void **state)
{
	(void)state;
	for (size_t count = ANSWERS_MOST_VARIABLES; count <= ANSWERS_MOST_VARIABLES + 1; count++) {
		struct text variables = { 0 }, export_text = { 0 };
		text_add(&variables, "variable,label,type\n");
		for (size_t i = 0; i < count; i++)
			text_print(&variables, "v%zu,V,text\n", i);
		for (size_t i = 0; i < count; i++)
			text_print(&export_text, "%sv%zu", i ? "," : "", count - 1 - i);
		text_add(&export_text, "\n");
		for (size_t i = 0; i < count; i++)
			text_print(&export_text, "%s%zu", i ? "," : "", count - 1 - i);
		struct place place = place_new(variables.bytes, "list,code,label\n", "headers,match,header,variable\n");
		free(test_file(place.folder, "export.csv", export_text.bytes));
		const struct study_export export = { .path = TEXT("export.csv") };
		struct error err = { 0 };
		struct store *store = NULL;
		bool ok = ingest(&store, &place, &export, 1, &err);
		assert_int_equal(ok, count <= ANSWERS_MOST_VARIABLES);
		if (ok)
			assert_query(store, "SELECT v0, v1, v1989 FROM answers", "0|1|1989");
		else
			assert_int_equal(err.kind, ERROR_CONFIG);
		store_close(store);
		text_free(&variables);
		text_free(&export_text);
		place_free(&place);
	}
}

/* SQLite holds no such table, and need not: the dictionary names four of the columns. */
static void export_of_five_thousand_columns_is_read(void **state)
{
	(void)state;
	struct text bytes = { 0 };
	text_add(&bytes, "id,Q1. Where do you live?");
	for (size_t i = 2; i < 4999; i++)
		text_print(&bytes, ",c%zu", i);
	text_add(&bytes, ",comment\nr1,E06000055");
	for (size_t i = 2; i < 4999; i++)
		text_print(&bytes, ",%zu", i);
	text_add(&bytes, ",last\n");
	struct place place = place_new(variables_csv, codes_csv, headers_csv);
	free(test_file(place.folder, "export.csv", bytes.bytes));
	const struct study_export export = { .path = TEXT("export.csv") };
	struct error err = { 0 };
	struct store *store = NULL;
	assert_ok(ingest(&store, &place, &export, 1, &err), &err);
	assert_query(store, answers_sql, "1|1|2|2|r1|E06000055|~|last");
	assert_query(store, "SELECT count(*) FROM header", "5000");
	assert_query(store, "SELECT code, count(*) FROM finding GROUP BY code",
	             "header-column-missing|1 header-column-unknown|4997");
	store_close(store);
	text_free(&bytes);
	place_free(&place);
}

int main(void)
{
	static const struct CMUnitTest single[] = {
		cmocka_unit_test(dropped_cells_stand_nowhere),
		cmocka_unit_test(spss_file_brings_its_missing_values),
		cmocka_unit_test(question_without_any_box_is_not_asked),
		cmocka_unit_test(column_that_is_kept_is_read),
		cmocka_unit_test(values_of_boxes_are_ticks),
		cmocka_unit_test(values_of_headers_csv_are_handed_on),
		cmocka_unit_test(contacts_in_direct_identifiers_are_expected),
		cmocka_unit_test(waves_are_compared),
		cmocka_unit_test(line_end_in_a_code_is_a_finding_about_its_row),
		cmocka_unit_test(exports_are_read_in_order_each_under_its_profile),
		cmocka_unit_test(dropped_column_that_the_dictionary_names_is_refused),
		cmocka_unit_test(box_of_two_columns_is_refused),
		cmocka_unit_test(area_of_a_dictionary_without_one_is_refused),
		cmocka_unit_test(key_and_area_are_needed_only_where_the_dictionary_has_them),
		cmocka_unit_test(accounts_that_do_not_add_up_are_our_fault),
		cmocka_unit_test(export_that_changes_while_it_is_read_is_refused),
		cmocka_unit_test(more_variables_than_a_table_holds_are_a_wrong_dictionary),
		cmocka_unit_test(export_of_five_thousand_columns_is_read),
	};
	struct CMUnitTest tests[COUNT(examples) + COUNT(shapes) + COUNT(boxes) + COUNT(counts) + COUNT(contacts)
	                        + COUNT(refusals) + COUNT(single)];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[count++] = (struct CMUnitTest){ .name = examples[i].name,
			                              .test_func = export_gives_rows_account_and_findings,
			                              .initial_state = (void *)&examples[i] };
	for (size_t i = 0; i < COUNT(shapes); i++)
		tests[count++] = (struct CMUnitTest){ .name = shapes[i].name,
			                              .test_func = export_is_read_as_its_platform_writes_it,
			                              .initial_state = (void *)&shapes[i] };
	for (size_t i = 0; i < COUNT(boxes); i++)
		tests[count++] = (struct CMUnitTest){ .name = boxes[i].name,
			                              .test_func = boxes_are_gathered_into_one_cell,
			                              .initial_state = (void *)&boxes[i] };
	for (size_t i = 0; i < COUNT(counts); i++)
		tests[count++] = (struct CMUnitTest){ .name = counts[i].name,
			                              .test_func = rows_are_told_apart,
			                              .initial_state = (void *)&counts[i] };
	for (size_t i = 0; i < COUNT(contacts); i++)
		tests[count++] = (struct CMUnitTest){ .name = contacts[i].text,
			                              .test_func = contact_is_told_by_its_shape,
			                              .initial_state = (void *)&contacts[i] };
	for (size_t i = 0; i < COUNT(refusals); i++)
		tests[count++] = (struct CMUnitTest){ .name = refusals[i].name,
			                              .test_func = export_is_refused,
			                              .initial_state = (void *)&refusals[i] };
	for (size_t i = 0; i < COUNT(single); i++)
		tests[count++] = single[i];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
