/* checks: what is only likely to be wrong with a dictionary is told, and stops nothing. */
#include "testing.h"

#include <fcntl.h>

#include "dictionary.h"
#include "validate/checks.h"

#define VARIABLES "variable,type,codes,min,max,instrument,item\n"
#define CODES                                                                                                          \
	"list,code,label,missing\nl,1,Never,\nl,2,Often,\nl,9,Blank,not_answered\nsame,1,No,\nsame,9,Blank,not_answered\nsame,2,Yes,\n" \
	"other,1,Never,\nother,2,Often,\nother,3,Always,\n"

static const struct example {
	const char *name, *variables, *codes, *told; /* part of it; "": nothing is told */
} examples[] = {
	{ "items of one list", VARIABLES "a,code,l,,,phq,a\nb,code,l,,,phq,b\n", "list,code,label\nl,1,Never\n", "" },
	{ "items of three lists, of which two have the same codes", VARIABLES "a,code,l,,,phq,a\nb,code,same,,,phq,b\nc,code,other,,,phq,c\n", CODES,
	  "warning[dict-scale]: `a` and `c` are items of `phq`, and do not take the same answers (" },
	{ "items of two instruments", VARIABLES "a,code,l,,,phq,a\nb,code,same,,,phq,b\nc,code,other,,,gad,c\n", CODES, "" },
	{ "what belongs to no instrument", VARIABLES "a,code,l,,,,\nb,code,same,,,,\nc,code,other,,,,\n", CODES, "" },
	{ "numbers of one range", VARIABLES "a,integer,,1,5,phq,a\nb,integer,,1,5,phq,b\n", "list,code,label\n", "" },
	{ "numbers of two ranges", VARIABLES "a,integer,,1,5,phq,a\nb,integer,,0,5,phq,b\n", "list,code,label\n", "`a` and `b` are items of `phq`" },
	{ "a number beside a list", VARIABLES "a,integer,,1,2,phq,a\nb,code,l,,,phq,b\n", "list,code,label\nl,1,Never\nl,2,Often\n", "`a` and `b` are items of `phq`" },
};

/* What checks_new writes to stderr; free with free(). */
static char *told_of(const struct dictionary *dictionary, const char *path)
{
	struct error err = { 0 };
	struct checks *checks = NULL;
	fflush(stderr);
	int kept = dup(STDERR_FILENO), file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	assert_true(kept >= 0 && file >= 0);
	dup2(file, STDERR_FILENO);
	bool ok = checks_new(&checks, dictionary, &err);
	fflush(stderr);
	dup2(kept, STDERR_FILENO);
	close(kept);
	assert_ok(ok, &err);
	checks_free(checks);
	char bytes[2000] = { 0 };
	assert_true(pread(file, bytes, sizeof bytes - 1, 0) >= 0);
	close(file);
	return mem_copy_text(bytes);
}

static void items_that_take_other_answers_are_told(void **state)
{
	const struct example *example = *state;
	char *folder = test_folder();
	char *files[] = { test_file(folder, "variables.csv", example->variables), test_file(folder, "codes.csv", example->codes),
		          test_file(folder, "rules.csv", "rule,severity,when,require,message\n"),
		          test_file(folder, "headers.csv", "headers,match,header,variable\n"),
		          test_file(folder, "places.csv", "code,name,kind,parent,old_code,opened,closed,also_called\n"), mem_print("%s/stderr", folder) };
	struct error err = { 0 };
	struct dictionary *dictionary = NULL;
	assert_ok(dictionary_load(&dictionary, folder, files[4], NULL, 0, &err), &err);
	char *told = told_of(dictionary, files[5]);
	if (*example->told ? !strstr(told, example->told) : *told)
		fail_msg("told: %s", told);
	free(told);
	dictionary_free(dictionary);
	for (size_t i = 0; i < COUNT(files); i++)
		free(files[i]);
	free(folder);
}

int main(void)
{
	struct CMUnitTest tests[COUNT(examples)];
	for (size_t i = 0; i < COUNT(examples); i++)
		tests[i] = (struct CMUnitTest){ .name = examples[i].name,
			                        .test_func = items_that_take_other_answers_are_told,
			                        .initial_state = (void *)&examples[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
