#include "testing.h"

#include "answer.h"
#include "dictionary.h"
#include "error.h"
#include "mem.h"
#include "text.h"
#include "validate/expected.h"
#include "validate/exported.h"
#include "validate/foreign.h"

static const char variables[] =
	"variable,label,type,codes,role\n"
	"id,,id,,key\n"
	"area,,code,places,area\n"
	"born_in,,code,places,\n"
	"town,,code,town,\n"
	"begun,,date,,date\n";

static const char codes[] =
	"list,code,label\n"
	"town,1,Bedford\n";

/* Codes, names and dates as in the ONS's code history: Northumberland became another code in 2013, Northamptonshire two
 * authorities in 2021, Cumbria two in 2023. */
static const char all[] =
	"code,name,kind,parent,old_code,opened,closed,also_called\n"
	"E92000001,England,country,,,,,\n"
	"E12000001,North East,region,E92000001,,,,\n"
	"E12000006,East of England,region,E92000001,,,,East\n"
	"E06000055,Bedford,la,E12000006,822,2009-04-01,,Bedford Borough\n"
	"E06000056,Central Bedfordshire,la,E12000006,823,2009-04-01,,Central Beds;CBC\n"
	"E06000048,Northumberland,la,E12000001,929,2009-01-01,2013-03-31,\n"
	"E06000057,Northumberland,la,E12000001,929,2013-04-01,,\n"
	"E10000021,Northamptonshire,la,,928,2009-01-01,2021-03-31,\n"
	"E06000061,North Northamptonshire,la,,940,2021-04-01,,\n";

enum { ID, AREA, BORN_IN, TOWN, BEGUN, COLUMNS };

/* The areas of the study, apart by blanks. */
#define TOWNS "E06000055 E06000057"
#define OLD "E06000055 E06000048"
#define REGIONS "E12000001 E12000006"

static const struct example {
	const char *areas, *area, *begun;
	enum finding_code finding;
	enum severity severity;
	const char *suggestion;
} examples[] = {
	{ TOWNS, "E06000055", .begun = "2025-06-01" },
	{ TOWNS, "Bedford Borough", .begun = "2025-06-01" },

	/* a place that is not in the study, by each of its names; another that is nowhere */
	{ TOWNS, "E06000056", "2025-06-01", FINDING_KEY_FOREIGN_OUTSIDE, SEVERITY_BLANK, NULL },
	{ TOWNS, "Central Bedfordshire", "2025-06-01", FINDING_KEY_FOREIGN_OUTSIDE, SEVERITY_BLANK, NULL },
	{ TOWNS, "823", "2025-06-01", FINDING_KEY_FOREIGN_OUTSIDE, SEVERITY_BLANK, NULL },
	{ TOWNS, " CBC ", "2025-06-01", FINDING_KEY_FOREIGN_OUTSIDE, SEVERITY_BLANK, NULL },
	{ TOWNS, "E12000006", "2025-06-01", FINDING_KEY_FOREIGN_OUTSIDE, SEVERITY_BLANK, NULL },
	{ TOWNS, "E06000099", "2025-06-01", FINDING_CELL_CODE, SEVERITY_BLANK, NULL },
	{ TOWNS, "Central", "2025-06-01", FINDING_CELL_CODE, SEVERITY_BLANK, NULL },
	{ TOWNS, "", .begun = "2025-06-01" },

	/* a place that another took over from, on the day that it closed and the day after */
	{ TOWNS, "E06000048", "2013-03-31", FINDING_KEY_FOREIGN_OUTSIDE, SEVERITY_BLANK, "E06000057" },
	{ TOWNS, "E06000048", "2013-04-01", FINDING_KEY_FOREIGN_CLOSED, SEVERITY_BLANK, "E06000057" },
	{ TOWNS, "Northumberland", .begun = "2025-06-01" }, /* the name is the successor's too */
	{ TOWNS, "E10000021", "2025-06-01", FINDING_KEY_FOREIGN_CLOSED, SEVERITY_BLANK, NULL }, /* two did, of other names */
	{ TOWNS, "Northamptonshire", "2020-06-01", FINDING_KEY_FOREIGN_OUTSIDE, SEVERITY_BLANK, NULL },

	/* a closed place that the config names is kept, and told */
	{ OLD, "E06000048", .begun = "2013-03-31" },
	{ OLD, "E06000048", "2013-04-01", FINDING_KEY_FOREIGN_CLOSED, SEVERITY_WARN, NULL },
	{ OLD, "Northumberland", "2025-06-01", FINDING_KEY_FOREIGN_CLOSED, SEVERITY_WARN, NULL },
	{ OLD, "E06000055", .begun = "2025-06-01" },

	/* without a date of the row the study's counts: 2025-12-01 */
	{ OLD, "E06000048", "", FINDING_KEY_FOREIGN_CLOSED, SEVERITY_WARN, NULL },
	{ OLD, "E06000048", NULL, FINDING_KEY_FOREIGN_CLOSED, SEVERITY_WARN, NULL },
	{ OLD, "E06000048", "soon", FINDING_KEY_FOREIGN_CLOSED, SEVERITY_WARN, NULL },

	/* a study of regions: the one that holds the place */
	{ REGIONS, "E06000055", "2025-06-01", FINDING_KEY_FOREIGN_OUTSIDE, SEVERITY_BLANK, "E12000006" },
	{ REGIONS, "E06000048", "2025-06-01", FINDING_KEY_FOREIGN_CLOSED, SEVERITY_BLANK, "E12000001" },
	{ REGIONS, "East", .begun = "2025-06-01" },
	{ REGIONS, "England", "2025-06-01", FINDING_KEY_FOREIGN_OUTSIDE, SEVERITY_BLANK, NULL },
};

struct study {
	struct dictionary *dictionary;
	struct foreign *foreign;
	char *places;
};

static void open_study(struct study *study, const char *areas)
{
	struct error err = { 0 };
	char *folder = test_folder(), *named[4] = { NULL }, *copy = mem_copy_text(areas), *rest = copy;
	size_t count = 0;
	for (char *area; (area = strtok_r(rest, " ", &rest));)
		named[count++] = area;
	char *files[] = { test_file(folder, "variables.csv", variables), test_file(folder, "codes.csv", codes),
		          test_file(folder, "rules.csv", "rule,severity,when,require,message\n"),
		          test_file(folder, "headers.csv", "headers,match,header,variable\n") };
	study->places = test_file(folder, "places.csv", all);
	assert_ok(dictionary_load(&study->dictionary, folder, study->places, named, count, &err)
	                  && foreign_new(&study->foreign, study->dictionary, study->places, "2025-12-01", &err),
	          &err);
	for (size_t i = 0; i < COUNT(files); i++)
		free(files[i]);
	free(copy);
	free(folder);
}

static void close_study(struct study *study)
{
	foreign_free(study->foreign);
	dictionary_free(study->dictionary);
	free(study->places);
}

/* As validate does: read, then judge. */
static void read_cell(struct answer *answer, const struct study *study, size_t column, const char *const *cells,
                      bool judged)
{
	const struct form form = { .dates = "dmy" };
	const struct exported_source source = { .source = 1, .name = "a.csv", .wave = "", .form = &form };
	const struct exported_row row = { .row = 1, .source = &source, .line = 2, .record = 2, .cells = cells };
	const struct variable *variable = &study->dictionary->variables[column];
	answer_read(answer, study->dictionary, variable, cells[column], &form);
	foreign_judge(judged ? study->foreign : NULL, answer, variable, &row);
}

static void places_outside_the_study_and_closed_ones_are_told(void **state)
{
	(void)state;
	struct answer answer = { 0 };
	for (size_t i = 0; i < COUNT(examples); i++) {
		const struct example *at = &examples[i];
		struct study study = { 0 };
		open_study(&study, at->areas);
		const char *cells[COLUMNS] = { [ID] = "1", [AREA] = at->area, [BEGUN] = at->begun };
		read_cell(&answer, &study, AREA, cells, true);
		bool spaced = answer.finding == FINDING_CELL_SPACE;
		if (!spaced && answer.finding != at->finding)
			fail_msg("%s in %s on %s: %s", at->area, at->areas, at->begun ? at->begun : "no day",
			         answer.finding ? finding_kind(answer.finding)->code : "nothing");
		if (at->finding != FINDING_NONE) {
			assert_int_equal(answer.severity, at->severity);
			assert_int_equal(answer.missing == MISSING_UNUSABLE, at->severity == SEVERITY_BLANK);
		}
		if (!text_equal(answer.suggestion, at->suggestion))
			fail_msg("%s in %s on %s: %s is suggested", at->area, at->areas, at->begun ? at->begun : "no day",
			         answer.suggestion ? answer.suggestion : "nothing");
		answer_release(&answer);
		close_study(&study);
	}
}

/* The area and any other variable of places; not another list that has a place's name, nor where nothing is judged. */
static void only_variables_of_places_are_judged(void **state)
{
	(void)state;
	struct answer answer = { 0 };
	struct study study = { 0 };
	open_study(&study, TOWNS);
	const char *cells[COLUMNS] = { "1", "CBC", "CBC", "CBC", "01/06/2025" };
	static const struct {
		size_t column;
		bool judged;
		enum finding_code finding;
	} judged[] = {
		{ AREA, true, FINDING_KEY_FOREIGN_OUTSIDE },
		{ BORN_IN, true, FINDING_KEY_FOREIGN_OUTSIDE },
		{ TOWN, true, FINDING_CELL_CODE },
		{ AREA, false, FINDING_CELL_CODE },
	};
	for (size_t i = 0; i < COUNT(judged); i++) {
		read_cell(&answer, &study, judged[i].column, cells, judged[i].judged);
		assert_int_equal(answer.finding, judged[i].finding);
	}
	answer_release(&answer);
	close_study(&study);
}

/* The interview's date is read as its export writes it: 03/04/2013 is in April, and in March where months come first. */
static void the_day_of_the_interview_is_read_as_its_export_writes_it(void **state)
{
	(void)state;
	struct answer answer = { 0 };
	struct study study = { 0 };
	open_study(&study, OLD);
	const char *cells[COLUMNS] = { "1", "E06000048", NULL, NULL, "03/04/2013" };
	read_cell(&answer, &study, AREA, cells, true);
	assert_int_equal(answer.finding, FINDING_KEY_FOREIGN_CLOSED);
	cells[BEGUN] = "04/03/2013";
	read_cell(&answer, &study, AREA, cells, true);
	assert_int_equal(answer.finding, FINDING_NONE);
	answer_release(&answer);
	close_study(&study);
}

static void what_was_expected_is_said_of_both(void **state)
{
	(void)state;
	char words[EXPECTED_SIZE];
	struct study study = { 0 };
	open_study(&study, TOWNS);
	static const enum finding_code findings[] = { FINDING_KEY_FOREIGN_CLOSED, FINDING_KEY_FOREIGN_OUTSIDE };
	for (size_t i = 0; i < COUNT(findings); i++) {
		expected_words(words, &study.dictionary->variables[AREA], findings[i], &form_plain);
		assert_string_equal(words, "one of E06000055, E06000057");
	}
	close_study(&study);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_outside_the_study_and_closed_ones_are_told),
		cmocka_unit_test(only_variables_of_places_are_judged),
		cmocka_unit_test(the_day_of_the_interview_is_read_as_its_export_writes_it),
		cmocka_unit_test(what_was_expected_is_said_of_both),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
