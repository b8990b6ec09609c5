/* dictionary: what does not exist, is named twice or contradicts itself is found before any data are read. */
#include "testing.h"

#include "dictionary.h"
#include "places.h"

#define VARIABLES "variable,label,type,codes,missing,min,max,pattern,required,unique,asked_if,instrument,item,role,treat\n"
#define CODES "list,code,label,as_exported,missing\n"
#define RULES "rule,severity,when,require,message,limit\n"
#define HEADERS "headers,match,header,variable\n"
#define PLACES                                                                                                         \
	"code,name,kind,parent,old_code,opened,closed,also_called\n"                                                   \
	"E06000055,Bedford,la,E12000006,822,2009-04-01,,Bedford Borough\n"                                             \
	"E06000032,Luton,la,E12000006,821,1997-04-01,,\n"                                                              \
	"E10000002,Buckinghamshire,la,E12000008,825,1974-04-01,2020-04-01,\n"

static struct dictionary *load(const char *variables, const char *codes, const char *rules, const char *headers,
                               char *const *areas, size_t area_count, struct error *err)
{
	char *folder = test_folder();
	char *files[] = { test_file(folder, "variables.csv", variables), test_file(folder, "codes.csv", codes),
		          test_file(folder, "rules.csv", rules), test_file(folder, "headers.csv", headers),
		          test_file(folder, "places.csv", PLACES) };
	struct dictionary *dictionary = NULL;
	dictionary_load(&dictionary, folder, files[4], areas, area_count, err);
	for (size_t i = 0; i < COUNT(files); i++)
		free(files[i]);
	free(folder);
	return dictionary;
}

static const struct wrong {
	const char *name, *variables, *codes, *rules, *headers, *file;
	size_t line;
	const char *message, *help;
} wrongs[] = {
	{ "a type that does not exist", VARIABLES "a,,nubmer,,,,,,,,,,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "type cannot be `nubmer`", "number" },
	{ "a variable named twice", VARIABLES "a,,text,,,,,,,,,,,,\na,,text,,,,,,,,,,,,\n", CODES, RULES, HEADERS, "variables.csv", 3, "named twice", "" },
	{ "a name with a blank", VARIABLES "a b,,text,,,,,,,,,,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "cannot be the name", "small letters" },
	{ "a name that Canvass uses", VARIABLES "row,,text,,,,,,,,,,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "uses itself", "" },
	{ "a code without a list", VARIABLES "a,,code,,,,,,,,,,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "needs a list", "" },
	{ "a list that does not exist", VARIABLES "a,,code,yesno,,,,,,,,,,,\n", CODES "yes_no,1,Yes,,\n", RULES, HEADERS, "variables.csv", 2, "no list named `yesno`", "yes_no" },
	{ "a list that nobody uses", VARIABLES "a,,text,,,,,,,,,,,,\n", CODES "yes_no,1,Yes,,\n", RULES, HEADERS, "codes.csv", 0, "no variable uses", "" },
	{ "a weight that is not the survey's", VARIABLES "weight,,number,,,1,300,,,,,,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "uses itself", "" },
	{ "an area that is not the study's", VARIABLES "area,,text,,,,,,,,,,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "uses itself", "" },
	{ "min above max", VARIABLES "a,,integer,,,9,1,,,,,,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "min above its max", "" },
	{ "a range of a text", VARIABLES "a,,text,,,1,,,,,,,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "no number or date", "" },
	{ "a missing code inside the range", VARIABLES "a,,integer,,,0,100,,,,,,,,\n", CODES "any,99,Refused,,refused\n", RULES, HEADERS, "variables.csv", 2, "missing code inside", "" },
	{ "a reason that does not exist", VARIABLES "a,,text,,refusd,,,,,,,,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "missing cannot be `refusd`", "refused" },
	{ "a pattern that is none", VARIABLES "a,,text,,,,,(,,,,,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "regular expression", "" },
	{ "a pattern of another kind of expression", VARIABLES "a,,text,,,,,A\\d{5},,,,,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "backslash before a letter", "" },
	{ "a pattern that refers back", VARIABLES "a,,text,,,,,(a*)\\2,,,,,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "refers back", "" },
	{ "a pattern that takes for ever", VARIABLES "a,,text,,,,,((a{200}){200}){200},,,,,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "too long a text", "" },
	{ "a pattern of many brackets", VARIABLES "a,,text,,,,,((((((((((((((((((((((((a)))))))))))))))))))))))),,,,,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "nested too deeply", "" },
	{ "a top that no int holds", VARIABLES "a,,integer,,,0,9,,,,,,,,top:4294967301\n", CODES, RULES, HEADERS, "variables.csv", 2, "top is written", "" },
	{ "bands that go down", VARIABLES "a,,integer,,,0,90,,,,,,,,bands:21 16\n", CODES, RULES, HEADERS, "variables.csv", 2, "bands are written", "" },
	{ "a consent that two answers give", VARIABLES "a,,code,l,,,,,,,,,,consent,\n", CODES "l,1,Yes,,\nl,2,No,,\n", RULES, HEADERS, "variables.csv", 2, "is the consent", "" },
	{ "an area that is dropped", VARIABLES "area,,code,places,,,,,,,,,,area,drop\n", CODES, RULES, HEADERS, "variables.csv", 2, "cannot be treated", "" },
	{ "two keys", VARIABLES "a,,id,,,,,,,,,,,key,\nb,,id,,,,,,,,,,,key,\n", CODES, RULES, HEADERS, "variables.csv", 3, "second variable has the role", "" },
	{ "bands of a text", VARIABLES "a,,text,,,,,,,,,,,,bands:1 2\n", CODES, RULES, HEADERS, "variables.csv", 2, "bands are written", "" },
	{ "an instrument without its item", VARIABLES "a,,integer,,,1,5,,,,,swemwbs,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "needs its item", "" },
	{ "one exported text for two codes", VARIABLES "a,,code,l,,,,,,,,,,,\n", CODES "l,1,Yes,Y,\nl,2,No,Y,\n", RULES, HEADERS, "codes.csv", 3, "stands for two codes", "" },
	{ "an answer in the list any", VARIABLES "a,,text,,,,,,,,,,,,\n", CODES "any,1,Yes,,\n", RULES, HEADERS, "codes.csv", 2, "missing codes only", "" },
	{ "a rule without a message", VARIABLES "a,,text,,,,,,,,,,,,\n", CODES, RULES "r,warn,,a = 'x',,\n", HEADERS, "rules.csv", 2, "needs an expression", "" },
	{ "a rule's limit above 100", VARIABLES "a,,text,,,,,,,,,,,,\n", CODES, RULES "r,warn,,a = 'x',m,101\n", HEADERS, "rules.csv", 2, "0 to 100", "" },
	{ "a header of no variable", VARIABLES "home,,text,,,,,,,,,,,,\n", CODES, RULES, HEADERS "plain,name,Home,hoem\n", "headers.csv", 2, "no variable `hoem`", "home" },
	{ "an unknown column", "variable,label,typ\na,,text\n", CODES, RULES, HEADERS, "variables.csv", 1, "typ", "type" },
};

static void a_wrong_dictionary_is_refused_with_its_place(void **state)
{
	const struct wrong *wrong = *state;
	struct error err = { 0 };
	assert_null(load(wrong->variables, wrong->codes, wrong->rules, wrong->headers, NULL, 0, &err));
	assert_int_equal(err.kind, ERROR_CONFIG);
	if (!strstr(err.message, wrong->message) || !strstr(err.help, wrong->help) || !strstr(err.path, wrong->file))
		fail_msg("%s: `%s`, help `%s`", err.path, err.message, err.help);
	assert_int_equal(err.line, wrong->line);
}

static void codes_are_found_by_code_and_exported_text_and_in_no_other_way(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct dictionary *dictionary = load(VARIABLES "a,,code,l,,,,,,,,,,,\n",
	                                     CODES "l,1,Yes,Y,\nl,1,,Yep,\nl,2,No,N,\nl,9,Rather not,,refused\nany,-99,Blank,,not_answered\n", RULES,
	                                     HEADERS "plain,name,Q1,a\n", NULL, 0, &err);
	assert_ok(dictionary, &err);
	const struct code_list *list = dictionary_list(dictionary, "l");
	static const struct { const char *exported, *code; } examples[] = {
		{ "1", "1" }, { "Y", "1" }, { "Yep", "1" }, { "N", "2" }, { "9", "9" }, { "-99", "-99" }, { "Yes", NULL }, { "y", NULL }, { "", NULL }, { " Y", NULL },
	};
	for (size_t i = 0; i < COUNT(examples); i++) {
		const struct code *code = dictionary_code(dictionary, list, examples[i].exported);
		assert_int_equal(code != NULL, examples[i].code != NULL);
		if (code)
			assert_string_equal(code->code, examples[i].code);
	}
	assert_int_equal(list->count, 3);
	assert_true(list->integers);
	assert_int_equal(dictionary_code(dictionary, list, "9")->missing, MISSING_REFUSED);
	assert_string_equal(dictionary_near_code(dictionary, list, "yes"), "1");
	assert_string_equal(dictionary_header(dictionary, "plain", "Q1")->name, "a");
	assert_null(dictionary_header(dictionary, "plain", "a")); /* the profile gives it another header */
	assert_string_equal(dictionary_header(dictionary, "other", "a")->name, "a");
	dictionary_free(dictionary);
}

static void an_area_may_be_exported_as_code_name_old_code_or_other_name(void **state)
{
	(void)state;
	struct error err = { 0 }, unknown = { 0 };
	char luton[] = "E06000032", bedford_code[] = "E06000055", central[] = "E06000056";
	char *areas[] = { luton, bedford_code }, *wrong[] = { central };
	struct dictionary *dictionary = load(VARIABLES "area,,code,places,,,,,,,,,,area,\n", CODES, RULES, HEADERS, areas, 2, &err);
	assert_ok(dictionary, &err);
	const struct code_list *places = dictionary_role(dictionary, ROLE_AREA)->codes;
	assert_int_equal(places->count, 2);
	assert_string_equal(places->codes[0].code, "E06000032"); /* the scope's order */
	static const char *const bedford[] = { "E06000055", "Bedford", "822", "Bedford Borough" };
	for (size_t i = 0; i < COUNT(bedford); i++)
		assert_string_equal(dictionary_code(dictionary, places, bedford[i])->code, "E06000055");
	assert_null(dictionary_code(dictionary, places, "Buckinghamshire"));
	dictionary_free(dictionary);
	assert_null(load(VARIABLES "area,,code,places,,,,,,,,,,area,\n", CODES, RULES, HEADERS, wrong, 1, &unknown));
	assert_non_null(strstr(unknown.help, "E0600005"));
}

int main(void)
{
	struct CMUnitTest tests[COUNT(wrongs) + 2];
	for (size_t i = 0; i < COUNT(wrongs); i++)
		tests[i] = (struct CMUnitTest){ .name = wrongs[i].name, .test_func = a_wrong_dictionary_is_refused_with_its_place, .initial_state = (void *)&wrongs[i] };
	tests[COUNT(wrongs)] = (struct CMUnitTest)cmocka_unit_test(codes_are_found_by_code_and_exported_text_and_in_no_other_way);
	tests[COUNT(wrongs) + 1] = (struct CMUnitTest)cmocka_unit_test(an_area_may_be_exported_as_code_name_old_code_or_other_name);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
