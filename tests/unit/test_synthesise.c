#include "testing.h"

#include <gsl/gsl_rng.h>
#include <sys/stat.h>

#include "answer.h"
#include "date.h"
#include "csv.h"
#include "form.h"
#include "synthesise/fault.h"
#include "synthesise/person.h"
#include "synthesise/sheet.h"
#include "synthesise/spelling.h"
#include "synthesise/telling.h"
#include "text.h"

/* --- a small study, with a place for every kind of fault --- */

static const char variables_csv[] =
	"variable,label,type,level,polarity,codes,missing,min,max,pattern,required,unique,asked_if,role,disclosure\n"
	"id,Id,id,,,,,,,R[0-9]{5},yes,yes,,key,direct\n"
	"day,Day,date,,,,,2026-01-01,2026-03-01,,,,,date,quasi\n"
	"moment,Moment,datetime,,,,,2026-01-01,,,,,,,none\n"
	"agreed,Agreed,code,nominal,,agreed,,,,,yes,,,consent,none\n"
	"area,Area,code,nominal,,area,,,,,yes,,,area,quasi\n"
	"age,Age,integer,scale,,,not_answered,16,25,,,,,measure,quasi\n"
	"helped,Helped,code,binary,,yes_no,,,,,,,,measure,none\n"
	"how,How,code,ordinal,higher_better,how,,,,,,,helped = 'yes',measure,none\n"
	"well,Well,integer,ordinal,higher_better,,,0,10,,,,,measure,none\n"
	"glad,Glad,code,ordinal,higher_better,glad,,,,,,,,measure,none\n"
	"ill,Ill,integer,scale,higher_worse,,,0,10,,,,,measure,none\n"
	"seen,Seen,date,,,,,2025-06-01,2026-03-01,,,,,measure,none\n"
	"words,Words,text,,,,,,,,,,,free_text,sensitive\n"
	"mail,Mail,text,,,,,,,[a-z]{3}@[a-z]{3},,yes,,,direct\n"
	"ticks,Ticks,codes,nominal,,ticks,,,,,,,,measure,none\n"
	"boxes,Boxes,codes,nominal,,ticks,,,,,,,,measure,none\n"
	"weight,Weight,number,amount,,,,0.2,5,,,,,weight,none\n";
static const char codes_csv[] = "list,code,label,as_exported,missing,exclusive\n"
				"any,-9,No answer,,not_answered,\n"
				"any,-8,Refused,,refused,\n"
				"any,-8,Refused,Rather not,refused,\n"
				"agreed,yes,Agreed,Yes,,\n"
				"agreed,gone,Withdrawn,Gone,withdrawn,\n"
				"area,N,Northern part,,,\n"
				"area,S,Southern part,,,\n"
				"area,E,Eastern part,,,\n"
				"yes_no,yes,Yes,Y,,\n"
				"yes_no,yes,Yes,J,,\n"
				"yes_no,no,No,N,,\n"
				"how,1,Not at all helpful,,,\n"
				"how,2,Rather helpful,,,\n"
				"how,3,Very helpful,,,\n"
				"glad,low,Hardly ever content,,,\n"
				"glad,mid,Content now and then,,,\n"
				"glad,high,Content nearly always,,,\n"
				"ticks,home,A home,House,,\n"
				"ticks,work,Work,Job,,\n"
				"ticks,rest,Rest,,,\n"
				"ticks,none,Nothing,,,yes\n";
static const char rules_csv[] = "rule,severity,when,require,message,limit\n"
				"at_home,warn,\"has(ticks, 'home')\",\"not has(boxes, 'rest')\",No rest at home,\n"
				"seen_first,warn,,seen <= day,The visit lies after the day of the survey,\n"
				"young,reject,age < 18,well > 0,Too young to be so low,\n";
static const char headers_csv[] = "headers,match,header,option,variable,ticked,unticked\n"
				  "plain,name,\"Q1. Are you well, today?\",,well,,\n"
				  "plain,name,Box of home,home,boxes,Yes,No\n"
				  "plain,name,Box of rest,rest,boxes,,\n"
				  "plain,name,Box of none,none,boxes,,\n"
				  "plain,name,Box of work,work,boxes,,\n";
static const char places_csv[] = "code,name,kind\nE92000001,England,country\n";
static const char study_yaml[] =
	"study: {name: small, title: Small (synthetic), synthetic: yes, date: 2026-03-31, seed: 7, key: public on purpose}\n"
	"datasets:\n"
	"  - name: survey\n"
	"    kind: responses\n"
	"    unit: {name: respondent, plural: respondents}\n"
	"    dictionary: small\n"
	"    exports:\n"
	"      - path: one.csv\n"
	"      - {path: two.csv.gz, dates: dmy}\n"
	"    synthesis: {respondents: 600, faults: no}\n"
	"analyses:\n"
	"  - {name: well, title: Well, dataset: survey, kind: mean, outcome: well}\n"
	"disclosure: {policy: small, threshold: 10, zeros: shown}\n";

enum { RESPONDENTS = 600, VARIABLES = 17, COLUMNS = VARIABLES - 1 + 4 };

struct fixture {
	char *folder;
	struct study *study;
	const struct study_dataset *dataset;
	struct dictionary *dictionary;
	struct spellings *spellings;
	gsl_rng *rng;
	struct people *people;
	struct sheets sheets;
	struct error err;
};

static void write_file(const char *folder, const char *name, const char *text)
{
	free(test_file(folder, name, text));
}

static void load(struct fixture *at)
{
	char *places = mem_print("%s/places.csv", at->folder), *yaml = test_file(at->folder, "study.yaml", study_yaml);
	long long today;
	assert_ok(study_load(&at->study, yaml, &at->err), &at->err);
	at->dataset = study_dataset(at->study, "survey", &at->err);
	assert_non_null(at->dataset);
	assert_ok(dictionary_load(&at->dictionary, at->folder, places, NULL, 0, &at->err), &at->err);
	assert_int_equal(at->dictionary->variable_count, VARIABLES);
	assert_ok(spellings_load(&at->spellings, at->dictionary, &at->err), &at->err);
	at->rng = gsl_rng_alloc(gsl_rng_mt19937);
	gsl_rng_set(at->rng, 7);
	assert_true(date_read(at->study->study.date, &today));
	assert_ok(people_new(&at->people, at->dictionary, at->rng, today, &at->err), &at->err);
	free(places);
	free(yaml);
}

static int begin(void **state)
{
	struct fixture *at = mem_alloc(1, sizeof *at);
	at->folder = test_folder();
	write_file(at->folder, "variables.csv", variables_csv);
	write_file(at->folder, "codes.csv", codes_csv);
	write_file(at->folder, "rules.csv", rules_csv);
	write_file(at->folder, "headers.csv", headers_csv);
	write_file(at->folder, "places.csv", places_csv);
	load(at);
	*state = at;
	return 0;
}

static int end(void **state)
{
	struct fixture *at = *state;
	sheets_release(&at->sheets);
	people_free(at->people);
	gsl_rng_free(at->rng);
	spellings_free(at->spellings);
	dictionary_free(at->dictionary);
	study_free(at->study);
	free(at->folder);
	free(at);
	return 0;
}

static size_t index_of(const struct fixture *at, const char *name)
{
	return (size_t)(dictionary_variable(at->dictionary, name) - at->dictionary->variables);
}

static void fill(struct fixture *at)
{
	assert_ok(sheets_fill(&at->sheets, at->study, at->dataset, at->dictionary, at->spellings, at->people, at->rng,
			      &at->err),
		  &at->err);
	assert_int_equal(at->sheets.count, RESPONDENTS);
}

/* --- people --- */

static void every_respondent_keeps_every_rule_and_route(void **state)
{
	struct fixture *at = *state;
	struct value values[VARIABLES];
	size_t how = index_of(at, "how"), helped = index_of(at, "helped"), seen = index_of(at, "seen"),
	       day = index_of(at, "day");
	size_t age = index_of(at, "age"), well = index_of(at, "well"), asked = 0, not_asked = 0;
	for (int i = 0; i < RESPONDENTS; i++) {
		assert_ok(people_draw(at->people, values, &at->err), &at->err);
		bool yes = values[helped].missing == MISSING_NONE && strcmp(values[helped].code->code, "yes") == 0;
		assert_int_equal(values[how].missing == MISSING_NOT_ASKED, !yes);
		asked += yes;
		not_asked += !yes;
		if (values[seen].missing == MISSING_NONE)
			assert_true(values[seen].integer <= values[day].integer);
		if (values[age].missing == MISSING_NONE && values[age].integer < 18 &&
		    values[well].missing == MISSING_NONE)
			assert_true(values[well].integer > 0);
	}
	assert_true(asked > 0 && not_asked > 0);
}

static void a_respondent_can_be_drawn_who_breaks_one_rule_and_keeps_the_other(void **state)
{
	struct fixture *at = *state;
	struct value values[VARIABLES];
	bool found;
	for (size_t rule = 0; rule < at->dictionary->rule_count; rule++) {
		assert_ok(people_draw_breaking(at->people, values, rule, &found, &at->err), &at->err);
		assert_true(found);
		for (size_t other = 0; other < at->dictionary->rule_count; other++) {
			bool broken = people_rule_applies(at->people, values, other) == EXPRESSION_TRUE &&
				      people_rule_holds(at->people, values, other) == EXPRESSION_FALSE;
			assert_int_equal(broken, other == rule);
		}
	}
}

static void no_unique_text_is_drawn_twice(void **state)
{
	struct fixture *at = *state;
	static struct value values[RESPONDENTS][VARIABLES];
	size_t id = index_of(at, "id"), mail = index_of(at, "mail");
	for (int i = 0; i < RESPONDENTS; i++) {
		assert_ok(people_draw(at->people, values[i], &at->err), &at->err);
		for (int j = 0; j < i; j++) {
			assert_string_not_equal(values[i][id].text, values[j][id].text);
			if (values[i][mail].missing == MISSING_NONE && values[j][mail].missing == MISSING_NONE)
				assert_string_not_equal(values[i][mail].text, values[j][mail].text);
		}
	}
}

static void too_many_respondents_for_a_pattern_are_an_error(void **state)
{
	struct fixture *at = *state;
	struct value values[VARIABLES];
	bool ok = true;
	end(state);
	at = mem_alloc(1, sizeof *at);
	at->folder = test_folder();
	char *narrow = mem_copy_text(variables_csv), *digits = strstr(narrow, "{5}");
	digits[1] = '1'; /* R0 to R9 */
	write_file(at->folder, "variables.csv", narrow);
	write_file(at->folder, "codes.csv", codes_csv);
	write_file(at->folder, "rules.csv", rules_csv);
	write_file(at->folder, "headers.csv", headers_csv);
	write_file(at->folder, "places.csv", places_csv);
	load(at);
	int drawn = 0;
	while ((ok = people_draw(at->people, values, &at->err)))
		drawn++;
	assert_int_equal(drawn, 10);
	assert_int_equal(at->err.kind, ERROR_CONFIG);
	free(narrow);
	*state = at;
}

static double correlation(const double *x, const double *y, int n)
{
	double mx = 0, my = 0, xy = 0, xx = 0, yy = 0;
	for (int i = 0; i < n; i++) {
		mx += x[i] / n;
		my += y[i] / n;
	}
	for (int i = 0; i < n; i++) {
		xy += (x[i] - mx) * (y[i] - my);
		xx += (x[i] - mx) * (x[i] - mx);
		yy += (y[i] - my) * (y[i] - my);
	}
	return xy / sqrt(xx * yy);
}

/* Two answers share 0.49 of their variance; rounding to the scale and cutting at its ends takes a little away. */
static void answers_of_one_outlook_go_together_by_their_polarity(void **state)
{
	struct fixture *at = *state;
	enum { N = 3000 };
	static double well[N], glad[N], ill[N], age[N];
	struct value values[VARIABLES];
	int n = 0;
	for (int i = 0; i < N; i++) {
		assert_ok(people_draw(at->people, values, &at->err), &at->err);
		const struct value *g = &values[index_of(at, "glad")];
		const char *names[] = { "well", "glad", "ill", "age" };
		bool complete = true;
		for (size_t v = 0; v < COUNT(names); v++)
			complete = complete && values[index_of(at, names[v])].missing == MISSING_NONE;
		if (!complete)
			continue;
		well[n] = (double)values[index_of(at, "well")].integer;
		glad[n] = strcmp(g->code->code, "low") == 0 ? 0 : strcmp(g->code->code, "mid") == 0 ? 1 : 2;
		ill[n] = (double)values[index_of(at, "ill")].integer;
		age[n] = (double)values[index_of(at, "age")].integer;
		n++;
	}
	assert_true(n > N * 8 / 10);
	assert_true(correlation(well, glad, n) > 0.3);
	assert_true(correlation(well, ill, n) < -0.3);
	assert_true(fabs(correlation(ill, age, n)) < 0.1);
}

static struct form form_of(const struct fixture *at, size_t export)
{
	struct form form = form_plain;
	const char *dates = at->dataset->exports[export].dates;
	form.dates = dates ? dates : "iso";
	return form;
}

/* Every answer is read back by answer_read without a finding, which knows ranges, codes, patterns and dates. */
static void an_export_without_faults_has_no_findings(void **state)
{
	struct fixture *at = *state;
	fill(at);
	size_t missing = 0, cells = 0;
	for (size_t row = 0; row < at->sheets.count; row++) {
		const struct sheet_row *sheet = &at->sheets.rows[row];
		for (size_t v = 0; v < at->dictionary->variable_count; v++) {
			struct answer answer = { 0 };
			struct form form = form_of(at, sheet->export);
			answer_read(&answer, at->dictionary, &at->dictionary->variables[v], sheet->cells[v], &form);
			if (answer.finding != FINDING_NONE)
				fail_msg("%s: %s has %s", at->dictionary->variables[v].name, sheet->cells[v],
					 finding_kind(answer.finding)->code);
			if (sheet->values[v].missing == MISSING_NONE)
				assert_int_equal(answer.missing, MISSING_NONE);
			else if (sheet->values[v].missing != MISSING_NOT_ASKED)
				assert_int_equal(answer.missing, sheet->values[v].missing);
			if (answer.missing == MISSING_NONE && at->dictionary->variables[v].type == VARIABLE_CODE)
				assert_ptr_equal(answer.code, sheet->values[v].code);
			answer_release(&answer);
			missing += sheet->values[v].missing != MISSING_NONE &&
				   at->dictionary->variables[v].type == VARIABLE_INTEGER;
			cells += at->dictionary->variables[v].type == VARIABLE_INTEGER;
		}
	}
	assert_true(missing > cells / 100 && missing < cells / 20); /* SHARE_MISSING is 0.025 */
}

static void the_same_seed_gives_the_same_bytes_and_another_seed_others(void **state)
{
	struct fixture *at = *state;
	struct text text[3] = { { 0 } };
	fill(at);
	sheets_print(&text[0], &at->sheets, 0);
	for (unsigned long seed = 7; seed < 9; seed++) {
		long long today;
		assert_true(date_read(at->study->study.date, &today));
		sheets_release(&at->sheets);
		people_free(at->people);
		gsl_rng_set(at->rng, seed);
		assert_ok(people_new(&at->people, at->dictionary, at->rng, today, &at->err), &at->err);
		fill(at);
		sheets_print(&text[seed - 6], &at->sheets, 0);
	}
	assert_string_equal(text[0].bytes, text[1].bytes);
	assert_string_not_equal(text[0].bytes, text[2].bytes);
	for (size_t i = 0; i < COUNT(text); i++)
		text_free(&text[i]);
}

/* --- several codes --- */

/* One option at least, none with one that goes alone; each of the others now and then. */
static void several_options_are_ticked_but_not_with_one_that_goes_alone(void **state)
{
	struct fixture *at = *state;
	struct value values[VARIABLES];
	size_t ticks = index_of(at, "ticks"), alone = 0, several = 0, each[4] = { 0 };
	for (int i = 0; i < RESPONDENTS; i++) {
		assert_ok(people_draw(at->people, values, &at->err), &at->err);
		if (values[ticks].missing != MISSING_NONE)
			continue;
		size_t count = 0;
		for (size_t code = 0; code < COUNT(each); code++) {
			count += value_ticks(&values[ticks], code);
			each[code] += value_ticks(&values[ticks], code);
		}
		assert_true(count >= 1);
		assert_false(value_ticks(&values[ticks], COUNT(each)));
		assert_false(value_ticks(&values[ticks], VALUE_MOST_TICKED));
		alone += value_ticks(&values[ticks], 3);
		several += count > 1;
		if (value_ticks(&values[ticks], 3))
			assert_int_equal(count, 1);
	}
	assert_true(alone > 0 && several > 0 && each[0] > 0 && each[1] > 0 && each[2] > 0);
}

/* In one column the codes as the export spells them; else a column for each option, in the order of headers.csv. */
static void several_codes_are_printed_in_one_column_or_a_box_each(void **state)
{
	struct fixture *at = *state;
	struct text csv = { 0 };
	size_t ticks = index_of(at, "ticks"), boxes = index_of(at, "boxes");
	at->dataset->synthesis->respondents = 3;
	assert_ok(sheets_fill(&at->sheets, at->study, at->dataset, at->dictionary, at->spellings, at->people, at->rng,
			      &at->err),
		  &at->err);
	const struct code *refused = people_missing_code(at->dictionary, &at->dictionary->variables[boxes], MISSING_REFUSED);
	static const unsigned long long ticked[] = { 3, 0, 0 }; /* home and work */
	for (size_t row = 0; row < 3; row++) {
		at->sheets.rows[row].export = 0;
		struct value *values = at->sheets.rows[row].values;
		values[ticks] = values[boxes] = (struct value){ .ticked = ticked[row] };
		if (row == 1)
			values[boxes] = (struct value){ .missing = MISSING_NOT_ANSWERED };
		if (row == 2)
			values[boxes] = (struct value){ .missing = MISSING_REFUSED, .code = refused };
		sheet_spell(&at->sheets, row, ticks);
		sheet_spell(&at->sheets, row, boxes);
	}
	assert_string_equal(at->sheets.rows[0].cells[ticks], "House;Job");
	sheets_print(&csv, &at->sheets, 0);
	assert_non_null(strstr(csv.bytes, ",ticks,Box of home,Box of rest,Box of none,Box of work,weight\n"));
	assert_non_null(strstr(csv.bytes, ",House;Job,Yes,0,0,1,"));
	assert_non_null(strstr(csv.bytes, ",,,,,"));
	assert_non_null(strstr(csv.bytes, ",-8,-8,-8,-8,"));
	text_free(&csv);
}

/* --- spellings --- */

static void exports_spell_codes_and_dates_in_their_own_way(void **state)
{
	struct fixture *at = *state;
	const struct code_list *list = dictionary_list(at->dictionary, "yes_no");
	const struct variable *age = dictionary_variable(at->dictionary, "age"),
			      *day = dictionary_variable(at->dictionary, "day");
	assert_string_equal(spell_code(at->spellings, list, &list->codes[0], 0), "Y");
	assert_string_equal(spell_code(at->spellings, list, &list->codes[0], 1), "J");
	assert_string_equal(spell_code(at->spellings, list, &list->codes[0], 2), "Y");
	assert_string_equal(spell_code(at->spellings, list, &list->codes[1], 1), "N");
	const struct code *refused = people_missing_code(at->dictionary, age, MISSING_REFUSED);
	assert_string_equal(spell_code(at->spellings, age->codes, refused, 0), "-8");
	assert_string_equal(spell_code(at->spellings, age->codes, refused, 1), "Rather not");
	struct value value = { .integer = 20454 }; /* 2026-01-01: date -ud 2026-01-01 +%s is 1767225600, over 86400 */
	char *iso = spell_value(at->spellings, day, &value, 0, NULL),
	     *mdy = spell_value(at->spellings, day, &value, 0, "mdy");
	assert_string_equal(iso, "2026-01-01");
	assert_string_equal(mdy, "01/01/2026");
	free(iso);
	free(mdy);
	char *dmy = spell_day(2026, 2, 31, "dmy");
	assert_string_equal(dmy, "31/02/2026");
	free(dmy);
}

/* --- faults --- */

static bool is_header(const struct csv_record *record, char *const *names)
{
	for (size_t i = 0; i < record->count; i++)
		if (strcmp(record->fields[i], names[i]) != 0)
			return false;
	return true;
}

/* What ingest's reader and answer_read see in the printed exports. */
static void see(const struct fixture *at, size_t export, bool seen[FINDING_COUNT], size_t *readable)
{
	struct text csv = { 0 };
	sheets_print(&csv, &at->sheets, export);
	char *path = test_file_bytes(at->folder, "seen.csv", csv.bytes, csv.length);
	struct csv_reader *reader = NULL;
	struct error err = { 0 };
	const struct csv_record *record;
	bool more;
	struct form form = form_of(at, export);
	size_t width = 0, places[COLUMNS + 1] = { 0 };
	char *names[COLUMNS + 1] = { NULL };
	assert_ok(csv_open(&reader, path, NULL, &err), &err);
	*readable = 0;
	while (csv_read(reader, &record, &more, &err) && more) {
		enum finding_code damage = FINDING_NONE;
		if (record->damage) {
			assert_true(finding_read_code(record->damage, &damage));
			seen[damage] = true;
		} else if (record->record == 1) {
			width = record->count;
			assert_in_range(width, COLUMNS - 1, COLUMNS + 1);
			for (size_t i = 0; i < width; i++) {
				const struct header *header = NULL;
				const char *const name[HEADER_MATCH_COUNT] = { record->fields[i] };
				const struct variable *variable =
					dictionary_header(at->dictionary, "plain", name, &header);
				bool box = header && header->option;
				places[i] = variable && !box ? (size_t)(variable - at->dictionary->variables) : VARIABLES;
				names[i] = mem_copy_text(record->fields[i]);
				seen[FINDING_HEADER_COLUMN_UNKNOWN] |= !variable;
			}
			seen[FINDING_HEADER_COLUMN_MISSING] |= width < COLUMNS;
		} else if (record->count != width) {
			seen[FINDING_ROW_FIELDS] = true;
		} else if (is_header(record, names)) {
			seen[FINDING_ROW_HEADER_REPEAT] = true;
		} else {
			++*readable;
			for (size_t i = 0; i < width; i++) {
				struct answer answer = { 0 };
				if (places[i] == VARIABLES)
					continue;
				const struct variable *variable = &at->dictionary->variables[places[i]];
				answer_read(&answer, at->dictionary, variable, record->fields[i], &form);
				seen[answer.finding] = true;
				seen[FINDING_REQUIRED] |= variable->required && answer.missing == MISSING_NOT_ANSWERED;
				seen[FINDING_WITHDRAWN] |= answer.missing == MISSING_WITHDRAWN;
				seen[FINDING_CELL_LINE_END] |= record->quoted_line_end[i];
				answer_release(&answer);
			}
		}
	}
	assert_int_equal(err.kind, ERROR_NONE);
	const struct csv_account *account = csv_account(reader);
	seen[FINDING_FILE_BYTE_ORDER_MARK] |= account->bytes.mark;
	seen[FINDING_FILE_LINE_ENDS] |= account->ends_lf > 0 && account->ends_crlf > 0;
	seen[FINDING_ROW_BLANK] |= account->blank_lines > 0;
	csv_close(reader);
	text_free(&csv);
	free(path);
	for (size_t i = 0; i < COUNT(names); i++)
		free(names[i]);
}

static size_t rows_with(const struct fixture *at, const char *variable, const char *cell)
{
	size_t rows = 0, index = index_of(at, variable);
	for (size_t i = 0; i < at->sheets.count; i++)
		rows += strcmp(at->sheets.rows[i].cells[index], cell) == 0;
	return rows;
}

/* What needs more than one cell to be seen. */
static void see_rows(struct fixture *at, bool seen[FINDING_COUNT])
{
	size_t id = index_of(at, "id"), mail = index_of(at, "mail"), how = index_of(at, "how"),
	       well = index_of(at, "well");
	for (size_t i = 0; i < at->sheets.count; i++) {
		const struct sheet_row *row = &at->sheets.rows[i];
		bool mailed = row->cells[mail][0] && row->values[mail].missing == MISSING_NONE;
		seen[FINDING_UNIQUE] |= mailed && rows_with(at, "mail", row->cells[mail]) > 1;
		seen[FINDING_ROUTE_UNEXPECTED] |= row->values[how].missing == MISSING_NONE &&
						  people_asked(at->people, row->values, how) == EXPRESSION_FALSE;
		seen[FINDING_ROW_NO_ANSWERS] |= !row->cells[well][0] && !row->cells[index_of(at, "age")][0] &&
						!row->cells[index_of(at, "helped")][0] &&
						!row->cells[index_of(at, "glad")][0];
		for (size_t rule = 0; rule < at->dictionary->rule_count; rule++) {
			enum expression_result applies = people_rule_applies(at->people, row->values, rule);
			enum expression_result holds = people_rule_holds(at->people, row->values, rule);
			seen[FINDING_RULE_BROKEN] |= applies == EXPRESSION_TRUE && holds == EXPRESSION_FALSE;
			seen[FINDING_RULE_UNKNOWABLE] |= applies == EXPRESSION_TRUE && holds == EXPRESSION_UNKNOWN;
		}
		for (size_t j = 0; j < i; j++) {
			bool same = true;
			for (size_t v = 0; v < VARIABLES; v++)
				same = same && strcmp(row->cells[v], at->sheets.rows[j].cells[v]) == 0;
			bool same_key = strcmp(row->cells[id], at->sheets.rows[j].cells[id]) == 0;
			seen[FINDING_KEY_DUPLICATE_ROW] |= same;
			seen[FINDING_KEY_CONFLICT] |= same_key && !same;
		}
	}
}

/* What a made-up export of a plain table in UTF-8 cannot have: platforms of their own, other encodings, several waves of
 * the same questions, files shared by datasets, boxes that contradict one another, contacts. */
static bool is_of_other_exports(enum finding_code code)
{
	static const enum finding_code others[] = {
		FINDING_FILE_CONVERTED,  FINDING_FILE_PREAMBLE,      FINDING_FILE_MOJIBAKE,
		FINDING_FILE_CHARACTER_LOST, FINDING_HEADER_DUPLICATE, FINDING_HEADER_BLANK,
		FINDING_HEADER_HIDDEN,   FINDING_ROW_ENCODING,       FINDING_ROW_PREVIEW,
		FINDING_ROW_INCOMPLETE,  FINDING_ROW_REJECTED,       FINDING_ROW_UNDECRYPTED,
		FINDING_ROW_ELSEWHERE,   FINDING_PRIVACY_COLUMN,     FINDING_PRIVACY_CONTACT,
		FINDING_WAVE_COLUMN_GONE, FINDING_WAVE_COLUMN_NEW,   FINDING_WAVE_LABEL_CHANGED,
		FINDING_CELL_MISSING_DECLARED, FINDING_CELL_MULTI_EXCLUSIVE,
		FINDING_CELL_DIGIT, FINDING_CELL_NOT_FINITE, FINDING_CELL_NUMBER_FORMAT, FINDING_CELL_EXCEL_NUMBER,
		FINDING_CELL_EXCEL_DATE, FINDING_CELL_EXCEL_ERROR, FINDING_CELL_EXCEL_ZEROS, FINDING_CELL_DATE_AMBIGUOUS, FINDING_CELL_DATE,
		FINDING_CELL_DATE_SENTINEL, FINDING_ROUTE_UNANSWERED, FINDING_ROUTE_REASON,
		FINDING_KEY_NEAR, FINDING_KEY_FOREIGN_CLOSED, FINDING_KEY_FOREIGN_OUTSIDE, FINDING_PERSON_FAST,
		FINDING_PERSON_STRAIGHT_LINE, FINDING_PERSON_MISSING_MOST, FINDING_PERSON_DUPLICATE_ANSWERS,
		FINDING_WAVE_CODE_NEW, FINDING_WAVE_SHIFT, FINDING_WAVE_NONRESPONSE,
		FINDING_SCALE_REVERSED, FINDING_SCALE_ALPHA, FINDING_SCALE_SHIFTED,
	};
	for (size_t i = 0; i < COUNT(others); i++)
		if (others[i] == code)
			return true;
	return false;
}

static void every_kind_of_fault_is_planted_and_no_row_is_lost(void **state)
{
	struct fixture *at = *state;
	bool seen[FINDING_COUNT] = { false };
	size_t readable[2];
	fill(at);
	assert_ok(faults_plant(&at->sheets, at->people, at->rng, &at->err), &at->err);
	for (size_t export = 0; export < 2; export ++)
		see(at, export, seen, &readable[export]);
	see_rows(at, seen);
	for (int code = FINDING_NONE + 1; code < FINDING_COUNT; code++)
		if (!seen[code] && !is_of_other_exports((enum finding_code)code))
			fail_msg("no fault leads to %s", finding_kind((enum finding_code)code)->code);
	/* 600 respondents: each kind three times. 3 copies; unreadable: 5 kinds (fields, open, stray, control,
	 * the header again) of 3 rows and 1 of too long a cell. */
	assert_int_equal(at->sheets.count, RESPONDENTS + 3);
	assert_int_equal(readable[0] + readable[1], RESPONDENTS + 3 - 5 * 3 - 1);
}

static void too_few_respondents_for_every_fault_are_an_error(void **state)
{
	struct fixture *at = *state;
	at->dataset->synthesis->respondents = 20;
	assert_ok(sheets_fill(&at->sheets, at->study, at->dataset, at->dictionary, at->spellings, at->people, at->rng,
			      &at->err),
		  &at->err);
	assert_false(faults_plant(&at->sheets, at->people, at->rng, &at->err));
	assert_int_equal(at->err.kind, ERROR_CONFIG);
}

/* --- words that tell who somebody is --- */

/* Rows in which one cell or another differs from what it was. */
static void count_changes(const struct fixture *at, char **before, size_t words, size_t *told, size_t *others)
{
	size_t variables = at->dictionary->variable_count;
	for (size_t i = 0; i < at->sheets.count * variables; i++)
		if (strcmp(before[i], at->sheets.rows[i / variables].cells[i % variables]) != 0)
			++*(i % variables == words ? told : others);
}

static void a_text_that_is_redacted_tells_who_somebody_is_and_nothing_else_changes(void **state)
{
	struct fixture *at = *state;
	size_t words = index_of(at, "words"), variables = at->dictionary->variable_count;
	fill(at);
	assert_ok(faults_plant(&at->sheets, at->people, at->rng, &at->err), &at->err);
	for (int redacted = 0; redacted <= 1; redacted++) {
		char **before = mem_alloc(at->sheets.count * variables, sizeof *before);
		size_t told = 0, others = 0;
		for (size_t i = 0; i < at->sheets.count * variables; i++)
			before[i] = mem_copy_text(at->sheets.rows[i / variables].cells[i % variables]);
		((struct variable *)(uintptr_t)&at->dictionary->variables[words])->treat = redacted ? TREAT_REDACT : TREAT_DROP;
		telling_plant(&at->sheets);
		count_changes(at, before, words, &told, &others);
		/* of 600 respondents 3 in 10 write, half of them words without a comma, 4 in 5 of these tell */
		if (redacted ? told < 40 : told > 0)
			fail_msg("%zu texts tell who somebody is", told);
		assert_int_equal(others, 0);
		for (size_t i = 0; i < at->sheets.count * variables; i++)
			free(before[i]);
		free(before);
	}
}

/* --- the folder --- */

static void the_exports_are_written_under_their_names_and_read_back(void **state)
{
	struct fixture *at = *state;
	char *output = mem_print("%s/made", at->folder);
	fill(at);
	for (int time = 0; time < 2; time++) /* the second replaces the first */
		assert_ok(sheets_write(&at->sheets, output, &at->err), &at->err);
	size_t records = 0;
	for (unsigned export = 0; export < at->dataset->exports_count; export ++) {
		char *path = mem_print("%s/%s", output, at->dataset->exports[export].path);
		struct csv_reader *reader = NULL;
		const struct csv_record *record;
		bool more;
		assert_ok(csv_open(&reader, path, NULL, &at->err), &at->err);
		while (csv_read(reader, &record, &more, &at->err) && more)
			assert_null(record->damage);
		records += csv_account(reader)->records;
		assert_int_equal(csv_account(reader)->bytes.gzip, export == 1);
		csv_close(reader);
		free(path);
	}
	assert_int_equal(records, RESPONDENTS + 2);
	free(output);
}

/* RFC 1952: bytes 4 to 7 hold the time, byte 9 the system; 255 is unknown. */
static void a_packed_export_holds_no_time_and_no_system(void **state)
{
	struct fixture *at = *state;
	char *output = mem_print("%s/made", at->folder);
	fill(at);
	assert_ok(sheets_write(&at->sheets, output, &at->err), &at->err);
	char *path = mem_print("%s/two.csv.gz", output);
	FILE *file = fopen(path, "rb");
	unsigned char head[10];
	assert_non_null(file);
	assert_int_equal(fread(head, 1, sizeof head, file), sizeof head);
	fclose(file);
	for (size_t i = 4; i < 8; i++)
		assert_int_equal(head[i], 0);
	assert_int_equal(head[9], 255);
	free(path);
	free(output);
}

static void a_folder_of_real_exports_is_never_replaced(void **state)
{
	struct fixture *at = *state;
	char *output = mem_print("%s/real", at->folder);
	struct text text = { 0 };
	assert_int_equal(mkdir(output, 0700), 0);
	char *export = test_file(output, "one.csv", "real\n");
	fill(at);
	assert_false(sheets_write(&at->sheets, output, &at->err));
	assert_int_equal(at->err.kind, ERROR_USAGE);
	struct error err = { 0 };
	assert_ok(text_read_file(&text, export, 100, &err), &err);
	assert_string_equal(text.bytes, "real\n");
	text_free(&text);
	free(export);
	free(output);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_respondent_keeps_every_rule_and_route),
		TEST(a_respondent_can_be_drawn_who_breaks_one_rule_and_keeps_the_other),
		TEST(no_unique_text_is_drawn_twice),
		TEST(too_many_respondents_for_a_pattern_are_an_error),
		TEST(answers_of_one_outlook_go_together_by_their_polarity),
		TEST(an_export_without_faults_has_no_findings),
		TEST(the_same_seed_gives_the_same_bytes_and_another_seed_others),
		TEST(several_options_are_ticked_but_not_with_one_that_goes_alone),
		TEST(several_codes_are_printed_in_one_column_or_a_box_each),
		TEST(exports_spell_codes_and_dates_in_their_own_way),
		TEST(every_kind_of_fault_is_planted_and_no_row_is_lost),
		TEST(too_few_respondents_for_every_fault_are_an_error),
		TEST(a_text_that_is_redacted_tells_who_somebody_is_and_nothing_else_changes),
		TEST(the_exports_are_written_under_their_names_and_read_back),
		TEST(a_packed_export_holds_no_time_and_no_system),
		TEST(a_folder_of_real_exports_is_never_replaced),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
