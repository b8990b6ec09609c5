/* dictionary: what does not exist, is named twice or contradicts itself is found before any data are read. */
#include "testing.h"

#include "dictionary.h"
#include "places.h"
#include "text.h"

#define VARIABLES "variable,label,type,codes,missing,min,max,pattern,required,unique,asked_if,instrument,item,role,treat\n"
#define CODES "list,code,label,as_exported,missing\n"
#define RULES "rule,severity,when,require,message,limit\n"
#define HEADERS "headers,match,header,variable\n"
#define BOXES "headers,match,header,option,variable,values,ticked,unticked\n"
#define TICKED VARIABLES "t,,codes,l,,,,,,,,,,,\nn,,integer,,,1,9,,,,,,,,\n"
#define OPTIONS CODES "any,-9,Blank,,not_answered\nl,home,Housing,,\nl,work,A job,,\nl,none,Nothing,,\nl,99,Rather not,,refused\n"
#define YES_NO VARIABLES "a,,code,l,,,,,,,,,,,\n"
#define ANSWERS CODES "l,yes,Yes,,\nl,no,No,,\nl,r,Rather not,,refused\n"
#define EXCLUSIVE "list,code,label,exclusive\n"
#define FILED "variable,type,codes,treat,disclosure,role,microdata\n"
#define MERGED "list,code,label,missing,broader\nl,a,A,,ab\nl,b,B,,ab\nl,ab,A or B,,\nl,c,C,,\nl,x,Rather not,refused,\n"
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
	{ "bands that begin at one number", VARIABLES "a,,integer,,,0,90,,,,,,,,bands:16 16\n", CODES, RULES, HEADERS, "variables.csv", 2, "bands are written", "" },
	{ "bands that go down", VARIABLES "a,,integer,,,0,90,,,,,,,,bands:21 16\n", CODES, RULES, HEADERS, "variables.csv", 2, "bands are written", "" },
	{ "a consent that two answers give", VARIABLES "a,,code,l,,,,,,,,,,consent,\n", CODES "l,1,Yes,,\nl,2,No,,\n", RULES, HEADERS, "variables.csv", 2, "is the consent", "" },
	{ "a number that is redacted", VARIABLES "a,,integer,,,,,,,,,,,,redact\n", CODES, RULES, HEADERS, "variables.csv", 2, "redact is a treatment of a text", "" },
	{ "an area that is dropped", VARIABLES "area,,code,places,,,,,,,,,,area,drop\n", CODES, RULES, HEADERS, "variables.csv", 2, "cannot be treated", "" },
	{ "an imputation that is no number", VARIABLES "k,,id,,,,,,yes,,,,,key,\ni,,text,,,,,,yes,,,,,imputation,\n", CODES, RULES, HEADERS, "variables.csv", 3, "is the imputation and must be", "" },
	{ "an imputation that a row may lack", VARIABLES "k,,id,,,,,,yes,,,,,key,\ni,,integer,,,0,,,,,,,,imputation,\n", CODES, RULES, HEADERS, "variables.csv", 3, "is the imputation and must be", "" },
	{ "an imputation below 0", VARIABLES "k,,id,,,,,,yes,,,,,key,\ni,,integer,,,-1,,,yes,,,,,imputation,\n", CODES, RULES, HEADERS, "variables.csv", 3, "is the imputation and must be", "" },
	{ "an imputation without a key", VARIABLES "i,,integer,,,0,,,yes,,,,,imputation,\n", CODES, RULES, HEADERS, "variables.csv", 2, "no variable is the key", "" },
	{ "an imputation beside a repeat", VARIABLES "k,,id,,,,,,yes,,,,,key,\ni,,integer,,,0,,,yes,,,,,imputation,\nr,,integer,,,,,,,,,,,repeat,\n", CODES, RULES, HEADERS, "variables.csv", 3, "no other variable may have the role repeat", "" },
	{ "an imputation beside a wave", VARIABLES "k,,id,,,,,,yes,,,,,key,\ni,,integer,,,0,,,yes,,,,,imputation,\nw,,text,,,,,,,,,,,wave,\n", CODES, RULES, HEADERS, "variables.csv", 3, "no other variable may have the role wave", "" },
	{ "two keys", VARIABLES "a,,id,,,,,,,,,,,key,\nb,,id,,,,,,,,,,,key,\n", CODES, RULES, HEADERS, "variables.csv", 3, "second variable has the role", "" },
	{ "bands of a text", VARIABLES "a,,text,,,,,,,,,,,,bands:1 2\n", CODES, RULES, HEADERS, "variables.csv", 2, "treatments of a number", "" },
	{ "an instrument without its item", VARIABLES "a,,integer,,,1,5,,,,,swemwbs,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "needs its item", "" },
	{ "one exported text for two codes", VARIABLES "a,,code,l,,,,,,,,,,,\n", CODES "l,1,Yes,Y,\nl,2,No,Y,\n", RULES, HEADERS, "codes.csv", 3, "stands for two codes", "" },
	{ "an answer in the list any", VARIABLES "a,,text,,,,,,,,,,,,\n", CODES "any,1,Yes,,\n", RULES, HEADERS, "codes.csv", 2, "missing codes only", "" },
	{ "a rule without a message", VARIABLES "a,,text,,,,,,,,,,,,\n", CODES, RULES "r,warn,,a = 'x',,\n", HEADERS, "rules.csv", 2, "needs an expression", "" },
	{ "a rule's limit above 100", VARIABLES "a,,text,,,,,,,,,,,,\n", CODES, RULES "r,warn,,a = 'x',m,101\n", HEADERS, "rules.csv", 2, "0 to 100", "" },
	{ "a header of no variable", VARIABLES "home,,text,,,,,,,,,,,,\n", CODES, RULES, HEADERS "plain,name,Home,hoem\n", "headers.csv", 2, "no variable `hoem`", "home" },
	{ "a role named twice that may be once: repeat", VARIABLES "a,,id,,,,,,,,,,,repeat,\nb,,id,,,,,,,,,,,repeat,\n", CODES, RULES, HEADERS, "variables.csv", 3, "second variable has the role", "" },
	{ "several codes without a list", VARIABLES "a,,codes,,,,,,,,,,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "needs a list", "" },
	{ "several codes of the list any", VARIABLES "a,,codes,any,,,,,,,,,,,\n", CODES "any,-9,No,,refused\n", RULES, HEADERS, "variables.csv", 2, "needs a list", "" },
	{ "a code with a semicolon among several", VARIABLES "a,,codes,l,,,,,,,,,,,\n", CODES "l,x;y,Both,,\n", RULES, HEADERS, "variables.csv", 2, "cannot be one of several", "without a semicolon" },
	{ "a code that reads as no tick at all", VARIABLES "a,,codes,l,,,,,,,,,,,\n", CODES "l,(none),Nothing,,\n", RULES, HEADERS, "variables.csv", 2, "cannot be one of several", "" },
	{ "a consent of several codes", VARIABLES "a,,codes,l,,,,,,,,,,consent,\n", CODES "l,1,Yes,,\n", RULES, HEADERS, "variables.csv", 2, "is the consent", "" },
	{ "bands of several codes", VARIABLES "a,,codes,l,,,,,,,,,,,bands:1 2\n", CODES "l,1,Yes,,\n", RULES, HEADERS, "variables.csv", 2, "treatments of a number", "" },
	{ "a way of matching that does not exist", TICKED, OPTIONS, RULES, HEADERS "plain,id,Q1,t\n", "headers.csv", 2, "match cannot be `id`", "import-id" },
	{ "a header named twice in one way", TICKED, OPTIONS, RULES, HEADERS "plain,path,Q1,t\nplain,path,Q1,n\n", "headers.csv", 3, "named twice", "" },
	{ "two columns of one variable", TICKED, OPTIONS, RULES, HEADERS "plain,name,Q1,n\nplain,name,Q2,n\n", "headers.csv", 3, "second row of the profile", "each option" },
	{ "a box and a whole column of one variable", TICKED, OPTIONS, RULES, BOXES "plain,name,Q1_1,home,t,,,\nplain,name,Q1,,t,,,\n", "headers.csv", 3, "second row of the profile", "" },
	{ "a whole column and a box of one variable", TICKED, OPTIONS, RULES, BOXES "plain,name,Q1,,t,,,\nplain,name,Q1_1,home,t,,,\n", "headers.csv", 3, "second row of the profile", "" },
	{ "one box twice", TICKED, OPTIONS, RULES, BOXES "plain,name,Q1_1,home,t,,,\nplain,name,Q1_2,home,t,,,\n", "headers.csv", 3, "box of `home` is named twice", "" },
	{ "a box of a number", TICKED, OPTIONS, RULES, BOXES "plain,name,Q1_1,home,n,,,\n", "headers.csv", 2, "not of type codes", "" },
	{ "a box of no option", TICKED, OPTIONS, RULES, BOXES "plain,name,Q1_1,hoem,t,,,\n", "headers.csv", 2, "`hoem` is no code of `t`", "home" },
	{ "what ticks a column that is no box", TICKED, OPTIONS, RULES, BOXES "plain,name,Q1,,t,,yes,\n", "headers.csv", 2, "ticked and unticked are of boxes", "" },
	{ "a value that stands for no code", TICKED, OPTIONS, RULES, BOXES "plain,name,Q1,,t,1=home; 2=wrk,,\n", "headers.csv", 2, "`wrk` is no code of `t`", "work" },
	{ "a value of a number that stands for an answer", TICKED, OPTIONS, RULES, BOXES "plain,name,Q1,,n,99=5,,\n", "headers.csv", 2, "`5` is no code of `n`", "any" },
	{ "a value without what it stands for", TICKED, OPTIONS, RULES, BOXES "plain,name,Q1,,t,1,,\n", "headers.csv", 2, "which code that is", "1=yes" },
	{ "a blank that stands for a code", TICKED, OPTIONS, RULES, BOXES "plain,name,Q1,,t,=home,,\n", "headers.csv", 2, "which code that is", "" },
	{ "one value for two codes", TICKED, OPTIONS, RULES, BOXES "plain,name,Q1,,t,1=home;1=work,,\n", "headers.csv", 2, "two codes in one column", "" },
	{ "a box that tells of another option", TICKED, OPTIONS, RULES, BOXES "plain,name,Q1_1,home,t,1=home; 2=work,,\n", "headers.csv", 2, "another option", "the option itself" },
	{ "a mark for missing that is an option of another box", VARIABLES "t,,codes,l,,,,,,,,,,,\n", CODES "l,1,One,,\nl,9,Nine,,\nl,x,Rather not,,refused\n", RULES,
	  BOXES "plain,name,Q1_1,1,t,1=1; 9=x,,\nplain,name,Q1_9,9,t,,,\n", "headers.csv", 2, "would be missing", "another code" },
	{ "one mark for two reasons in two boxes", TICKED, OPTIONS, RULES, BOXES "plain,name,Q1_1,home,t,7=99,,\nplain,name,Q1_2,work,t,7=-9,,\n", "headers.csv", 3, "in two boxes", "" },
	{ "a box that is ticked as it is unticked", TICKED, OPTIONS, RULES, BOXES "plain,name,Q1_1,home,t,,x,x\n", "headers.csv", 2, "looks the same", "" },
	{ "a value inside the range that is missing in one export", TICKED, OPTIONS, RULES, BOXES "plain,name,Q1,,n,8=-9,,\n", "headers.csv", 2, "inside the min and max", "" },
	{ "a missing code inside the range by its spelling", VARIABLES "a,,number,l,,0,1000,,,,,,,,\n", CODES "l,r,Refused,999,refused\n", RULES, HEADERS, "variables.csv", 2, "missing code inside", "" },
	/* what asks whom */
	{ "a question asked by its own answer", VARIABLES "a,,integer,,,,,,,,a > 3,,,,\n", CODES, RULES, HEADERS, "variables.csv", 2, "asked_if of `a` depends on its own answer", "earlier question" },
	{ "two questions asked by each other", VARIABLES "a,,integer,,,,,,,,b > 3,,,,\nb,,integer,,,,,,,,a > 3,,,,\n", CODES, RULES, HEADERS, "variables.csv", 2,
	  "in a circle: `a` by `b`, `b` by `a`", "asked first" },
	{ "a circle of three, behind a question that it does not ask",
	  VARIABLES "z,,integer,,,,,,,,a > 3,,,,\na,,integer,,,,,,,,b > 3 and k = 1,,,,\nb,,integer,,,,,,,,c > 3,,,,\nc,,integer,,,,,,,,k = 1 or a > 3,,,,\nk,,integer,,,,,,,,,,,,\n",
	  CODES, RULES, HEADERS, "variables.csv", 3, "in a circle: `a` by `b`, `b` by `c`, `c` by `a`", "" },
	{ "a question asked by a misspelt one", VARIABLES "tenure,,integer,,,,,,,,,,,,\nb,,integer,,,,,,,,3 < tenrue,,,,\n", CODES, RULES, HEADERS, "variables.csv", 3, "no variable named tenrue", "did you mean tenure?" },
	{ "a question that is required, and asked of some", VARIABLES "a,,integer,,,,,,,,,,,,\nb,,integer,,,,,,yes,,a > 3,,,,\n", CODES, RULES, HEADERS, "variables.csv", 3, "yet not asked of everybody", "" },
	{ "a question asked by a code that there is not", YES_NO "b,,integer,,,,,,,,a = 'yess',,,,\n", ANSWERS, RULES, HEADERS, "variables.csv", 3, "`yess` is no code of `a`", "did you mean 'yes'?" },
	{ "a rule about a code that there is not", YES_NO, ANSWERS, RULES "r,warn,\"a in ('yes', 'nein')\",a is not null,m,\n", HEADERS, "rules.csv", 2, "`nein` is no code of `a`", "" },
	{ "a rule that requires a missing code", YES_NO, ANSWERS, RULES "r,warn,,a <> 'r',m,\n", HEADERS, "rules.csv", 2, "`r` is a missing code of `a`", "a is null" },
	{ "a rule about an option that there is not", TICKED, OPTIONS, RULES "r,warn,,\"has(t, 'wrk')\",m,\n", HEADERS, "rules.csv", 2, "`wrk` is no code of `t`", "work" },
	{ "a rule that compares a number with a text", TICKED, OPTIONS, RULES "r,warn,n > 'low',n > 3,m,\n", HEADERS, "rules.csv", 2, "`n` is a number", "" },
	{ "a rule that compares a date with none", VARIABLES "d,,date,,,,,,,,,,,,\n", CODES, RULES "r,warn,,d > 2026-03-31,m,\n", HEADERS, "rules.csv", 2, "`d` is a date", "in quotes" },
	{ "a rule about nothing", TICKED, OPTIONS, RULES "r,warn,,1 = 1,m,\n", HEADERS, "rules.csv", 2, "names no variable", "" },
	/* lists */
	{ "one label of two codes", YES_NO, CODES "l,yes,Yes,,\nl,no,No,,\nl,nope,No,,\n", RULES, HEADERS, "codes.csv", 4, "`no` and `nope` of the list `l` have one label, `No`", "its own label" },
	{ "two codes that differ by case", YES_NO, CODES "l,yes,Yes,,\nl,Yes,Indeed,,\n", RULES, HEADERS, "codes.csv", 3, "differ by case or blanks only", "as_exported" },
	{ "two codes that differ by a blank", YES_NO, CODES "l,not sure,Not sure,,\nl,notsure,Unsure,,\n", RULES, HEADERS, "codes.csv", 3, "differ by case or blanks only", "" },
	{ "two codes that differ by a blank of another kind", YES_NO, CODES "l,not sure,Not sure,,\nl,not\xc2\xa0sure,Unsure,,\n", RULES, HEADERS, "codes.csv", 3, "differ by case or blanks only", "" },
	{ "an answer that is a missing code of every variable", YES_NO, CODES "any,9,Refused,,refused\nl,yes,Yes,,\nl,9,Nine,,\n", RULES, HEADERS, "codes.csv", 4, "`9` is an answer of the list `l`, and stands for the missing code `9`", "out of the list any" },
	{ "an answer that is exported as one", YES_NO, CODES "any,-9,Refused,99,refused\nl,yes,Yes,99,\n", RULES, HEADERS, "codes.csv", 3, "missing code `-9` of the list any", "" },
	{ "an option that goes with no other, where one is ticked", YES_NO, EXCLUSIVE "l,yes,Yes,\nl,none,None,yes\n", RULES, HEADERS, "codes.csv", 3, "`none` of the list `l` is exclusive", "clear exclusive" },
	{ "a pattern that no code meets", VARIABLES "a,,code,l,,,,[0-9]+,,,,,,,\n", ANSWERS, RULES, HEADERS, "variables.csv", 2, "pattern that no code of its list meets", "clear the pattern" },
	{ "a range of codes", VARIABLES "a,,code,l,,1,2,,,,,,,,\n", ANSWERS, RULES, HEADERS, "variables.csv", 2, "no number or date", "" },
	/* treatments, and what files of records are to hold */
	{ "a bottom without a number", VARIABLES "a,,integer,,,0,9,,,,,,,,bottom:low\n", CODES, RULES, HEADERS, "variables.csv", 2, "bottom is written bottom:N", "" },
	{ "a bottom above the top", VARIABLES "a,,integer,,,0,9,,,,,,,,top:3 bottom:5\n", CODES, RULES, HEADERS, "variables.csv", 2, "the first below the second", "" },
	{ "a bottom that is the top", VARIABLES "a,,integer,,,0,9,,,,,,,,top:3 bottom:3\n", CODES, RULES, HEADERS, "variables.csv", 2, "the first below the second", "" },
	{ "a top given twice", VARIABLES "a,,integer,,,0,9,,,,,,,,top:3 top:5\n", CODES, RULES, HEADERS, "variables.csv", 2, "bottom and top", "" },
	{ "a top together with bands", VARIABLES "a,,integer,,,0,9,,,,,,,,top:3 bands:1\n", CODES, RULES, HEADERS, "variables.csv", 2, "bottom and top", "" },
	{ "the bottom of a text", VARIABLES "a,,text,,,,,,,,,,,,bottom:1\n", CODES, RULES, HEADERS, "variables.csv", 2, "treatments of a number", "" },
	{ "a level that there is not", VARIABLES "a,,code,places,,,,,,,,,,,level:county\n", CODES, RULES, HEADERS, "variables.csv", 2, "level:region or level:country", "" },
	{ "the level of a code that is no place", VARIABLES "a,,code,l,,,,,,,,,,,level:region\n", ANSWERS, RULES, HEADERS, "variables.csv", 2, "a code of the list places", "" },
	{ "a year behind a colon", VARIABLES "a,,date,,,,,,,,,,,,year:2\n", CODES, RULES, HEADERS, "variables.csv", 2, "only bands, top, bottom and level", "" },
	{ "broader as a treatment of the analysis table", VARIABLES "a,,code,l,,,,,,,,,,,broader\n", ANSWERS, RULES, HEADERS, "variables.csv", 2, "treat cannot be `broader`", "" },
	{ "a file that takes an age of a code", FILED "a,code,l,,,,age\n", MERGED, RULES, HEADERS, "variables.csv", 2, "microdata cannot be `age`", "keep, drop, bands" },
	{ "a file that keeps what nobody keeps", FILED "a,text,,,,,keep\n", CODES, RULES, HEADERS, "variables.csv", 2, "no answers to it", "clear microdata" },
	{ "a file that keeps a direct identifier", FILED "a,integer,,,direct,,top:3\n", CODES, RULES, HEADERS, "variables.csv", 2, "no answers to it", "" },
	{ "bands of bands", FILED "a,integer,,bands:1 2,,,bands:1\n", CODES, RULES, HEADERS, "variables.csv", 2, "a number in the analysis table", "" },
	{ "bands of weights", FILED "a,number,,,,weight,bands:1\n", CODES, RULES, HEADERS, "variables.csv", 2, "is the weight", "" },
	{ "both ends in a file", FILED "a,integer,,,,,top:5 bottom:1\n", CODES, RULES, HEADERS, "variables.csv", 2, "microdata is one word", "" },
	{ "broader codes of several answers", FILED "a,codes,l,,,,broader\n", MERGED, RULES, HEADERS, "variables.csv", 2, "of which one answer is given", "" },
	{ "broader codes of a list that has none", FILED "a,code,l,,,,broader\n", ANSWERS, RULES, HEADERS, "variables.csv", 2, "names a broader one", "column broader" },
	{ "a broader code that there is not", FILED "a,code,l,,,,\n", "list,code,label,missing,broader\nl,north,North,,uup\nl,up,Up,,\n", RULES, HEADERS, "codes.csv", 2, "`uup` of `north` is no code", "up" },
	{ "a code merged into itself", FILED "a,code,l,,,,\n", "list,code,label,missing,broader\nl,a,A,,a\n", RULES, HEADERS, "codes.csv", 2, "is to be merged itself", "last code of the chain" },
	{ "a chain of broader codes", FILED "a,code,l,,,,\n", MERGED "l,d,D,,a\n", RULES, HEADERS, "codes.csv", 7, "`d` cannot be merged into `a`", "last code of the chain" },
	{ "a missing code merged into an answer", FILED "a,code,l,,,,\n", MERGED "l,y,Never said,not_answered,c\n", RULES, HEADERS, "codes.csv", 7, "one of the two is a missing code", "" },
	{ "an answer merged into a missing code", FILED "a,code,l,,,,\n", MERGED "l,d,D,,x\n", RULES, HEADERS, "codes.csv", 7, "one of the two is a missing code", "" },
	{ "a code with two broader ones", FILED "a,code,l,,,,\n", MERGED "l,a,A,,c\n", RULES, HEADERS, "codes.csv", 7, "has two broader codes", "" },
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

static void a_file_of_records_is_recoded_as_the_dictionary_says(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct dictionary *dictionary = load(FILED "a,code,l,,,,broader\nborn,date,,age,,,bands:16 18\nn,integer,,bottom:1 top:5,,,keep\nw,number,,,,,\n",
	                                     MERGED, RULES, HEADERS, NULL, 0, &err);
	assert_ok(dictionary, &err);
	const struct variable *variables = dictionary->variables;
	assert_int_equal(variables[0].microdata.treat, TREAT_BROADER);
	assert_string_equal(variables[0].codes->codes[0].broader, "ab");
	assert_null(variables[0].codes->codes[2].broader);
	assert_int_equal(variables[1].microdata.treat, TREAT_BANDS);
	assert_string_equal(variables[1].microdata.words, "bands:16 18");
	assert_string_equal(variables[1].microdata.bands, "16 18");
	assert_int_equal(variables[2].treat, TREAT_ENDS);
	assert_int_equal(variables[2].bottom, 1);
	assert_int_equal(variables[2].top, 5);
	assert_int_equal(variables[2].microdata.treat, TREAT_KEEP);
	assert_int_equal(variables[3].microdata.treat, TREAT_NONE);
	dictionary_free(dictionary);
}

/* A row has two or three expressions, and a place is known by the cell and the character. */
static void a_fault_in_an_expression_names_its_cell_and_character(void **state)
{
	(void)state;
	static const struct { const char *variables, *rules, *record; } cases[] = {
		{ YES_NO, RULES "r,warn,a = 'yess',a is not null,m,\n", "column when, character 5 of the expression" },
		{ YES_NO, RULES "r,warn,a = 'yes',a is not null and b = 1,m,\n", "column require, character 19 of the expression" },
		{ YES_NO "b,,integer,,,,,,,,a is 'yess',,,,\n", RULES, "column asked_if, character 6 of the expression" },
		{ YES_NO, RULES "r,warn,1 = 1,a = 'yes',m,\n", "column when" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct error err = { 0 };
		assert_null(load(cases[i].variables, ANSWERS, cases[i].rules, HEADERS, NULL, 0, &err));
		assert_string_equal(err.record, cases[i].record);
	}
}

/* The neighbours of what is refused. */
static const struct right {
	const char *name, *variables, *codes, *rules;
} rights[] = {
	{ "questions asked in a chain", VARIABLES "a,,integer,,,,,,,,b > 3,,,,\nb,,integer,,,,,,,,c > 3,,,,\nc,,integer,,,,,,,,,,,,\n", CODES, RULES },
	{ "two questions asked by one, and one by both", VARIABLES "k,,integer,,,,,,,,,,,,\na,,integer,,,,,,,,k = 1,,,,\nb,,integer,,,,,,,,k = 2,,,,\nc,,integer,,,,,,,,a > 1 or b > 1,,,,\n", CODES, RULES },
	{ "a question asked by a code", YES_NO "b,,integer,,,,,,,,a = 'yes',,,,\n", ANSWERS, RULES },
	{ "rules about codes", YES_NO, ANSWERS, RULES "r,warn,\"a in ('yes', 'no')\",a is not null,m,\ns,warn,,a <> 'no',m,\n" },
	{ "a rule about an option", TICKED, OPTIONS, RULES "r,warn,n > '3',\"has(t, 'work')\",m,\n" },
	{ "a rule about a date", VARIABLES "d,,date,,,,,,,,,,,,\n", CODES, RULES "r,warn,,d > '2026-03-31',m,\n" },
	{ "one label in two lists", YES_NO "b,,code,m,,,,,,,,,,,\n", ANSWERS "m,ja,Yes,,\nm,nein,No,,\n", RULES },
	{ "one label of two reasons", YES_NO, ANSWERS "l,x,Blank,,not_answered\nl,z,Blank,,dont_know\n", RULES },
	{ "one code in several rows", YES_NO, ANSWERS "l,no,No,NO,\nl,no,No,Nope,\n", RULES },
	{ "codes that differ by a sign", YES_NO, CODES "l,not_sure,Not sure,,\nl,notsure,Unsure,,\nl,1,One,,\nl,-1,Minus one,,\n", RULES },
	{ "a code that differs by case from one of another list", YES_NO "b,,code,m,,,,,,,,,,,\n", ANSWERS "m,YES,Yes,,\n", RULES },
	{ "a missing code of a list and of any", YES_NO, ANSWERS "any,r,Refused,,not_answered\nany,-9,Blank,,not_answered\n", RULES },
	{ "an option that goes with no other, of a list for one answer too", YES_NO "b,,codes,l,,,,,,,,,,,\n", EXCLUSIVE "l,yes,Yes,\nl,none,None,yes\n", RULES },
	{ "a pattern that a code meets as it is exported", VARIABLES "a,,code,l,,,,[0-9]+,,,,,,,\n", ANSWERS "l,no,No,2,\n", RULES },
};

static void a_right_dictionary_is_taken(void **state)
{
	const struct right *right = *state;
	struct error err = { 0 };
	struct dictionary *dictionary = load(right->variables, right->codes, right->rules, HEADERS, NULL, 0, &err);
	assert_ok(dictionary, &err);
	dictionary_free(dictionary);
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
	assert_int_equal(dictionary_longest(dictionary, list), strlen("Rather not"));
	dictionary_free(dictionary);
}

/* --- headers.csv --- */

static const char lookup_headers[] = BOXES "plain,,Q1,,n,,,\n"
					   "boxed,name,Q2_1,home,t,,Y,N\n"
					   "boxed,name,Q2_2,work,t,,,\n"
					   "boxed,name,Q2_99,99,t,,,\n"
					   "ids,import-id,QID5,,n,\"x=y=-9; -1 = -9\",,\n"
					   "ids,name,Q9,,t,1=home;2=work;,,\n"
					   "ids,path,Do you? | Other,,z,,,\n";

/* What a column is, by its name, its path and its import id. */
static const struct lookup {
	const char *name, *profile, *names[HEADER_MATCH_COUNT], *variable;
	size_t line; /* of the row of headers.csv; 0: none */
} lookups[] = {
	{ "a header without a match is a name", "plain", { "Q1" }, "n", 2 },
	{ "a name is exact", "plain", { "q1" }, NULL, 0 },
	{ "a column with the variable's name needs no row", "plain", { "t" }, "t", 0 },
	{ "unless the profile gives its variable another header", "plain", { "n" }, NULL, 0 },
	{ "another profile says nothing of it", "other", { "n" }, "n", 0 },
	{ "and has none of its headers", "other", { "Q1" }, NULL, 0 },
	{ "a box is its variable's", "boxed", { "Q2_2" }, "t", 4 },
	{ "a missing code may have a box", "boxed", { "Q2_99" }, "t", 5 },
	{ "a variable with boxes has no column of its own name", "boxed", { "t" }, NULL, 0 },
	{ "an import id", "ids", { "Any name", NULL, "QID5" }, "n", 6 },
	{ "which is no name", "ids", { "QID5" }, NULL, 0 },
	{ "nor a path", "ids", { "x", "QID5" }, NULL, 0 },
	{ "an import id goes before a name", "ids", { "Q9", NULL, "QID5" }, "n", 6 },
	{ "a path", "ids", { "Q9_TEXT", "Do you? | Other" }, "z", 8 },
	{ "a path goes before a name", "ids", { "Q9", "Do you? | Other" }, "z", 8 },
	{ "a column without a name is nothing", "ids", { NULL }, NULL, 0 },
};

static struct dictionary *load_lookup(void)
{
	struct error err = { 0 };
	struct dictionary *dictionary = load(TICKED "z,,text,,,,,,,,,,,,\n", OPTIONS, RULES, lookup_headers, NULL, 0, &err);
	assert_ok(dictionary, &err);
	return dictionary;
}

static void a_column_is_known_by_its_names(void **state)
{
	const struct lookup *lookup = *state;
	struct dictionary *dictionary = load_lookup();
	const struct header *header = NULL;
	const struct variable *variable = dictionary_header(dictionary, lookup->profile, lookup->names, &header);
	assert_int_equal(variable != NULL, lookup->variable != NULL);
	if (variable)
		assert_string_equal(variable->name, lookup->variable);
	assert_int_equal(header ? header->line : 0, lookup->line);
	dictionary_free(dictionary);
}

static void a_row_of_headers_says_what_its_column_holds(void **state)
{
	(void)state;
	struct dictionary *dictionary = load_lookup();
	const struct header *rows = dictionary->headers;
	assert_int_equal(dictionary->header_count, 7);
	assert_null(rows[0].option);
	assert_string_equal(rows[1].option, "home");
	assert_string_equal(rows[1].ticked, "Y");
	assert_string_equal(rows[1].unticked, "N");
	assert_null(rows[2].ticked);
	assert_null(rows[2].unticked);
	assert_int_equal(rows[4].match, HEADER_IMPORT_ID);
	assert_int_equal(rows[4].value_count, 2);
	assert_string_equal(rows[4].values[0].exported, "x=y"); /* the last = divides */
	assert_string_equal(rows[4].values[0].code, "-9");
	assert_string_equal(rows[4].values[1].exported, "-1");
	assert_int_equal(rows[5].value_count, 2); /* a semicolon at the end says nothing */
	assert_string_equal(rows[5].values[1].exported, "2");
	assert_string_equal(rows[5].values[1].code, "work");
	assert_int_equal(rows[6].value_count, 0);
	dictionary_free(dictionary);
}

/* 5,000 columns against 2,000 rows: every one is found, or nothing is. */
static void many_columns_find_their_rows(void **state)
{
	(void)state;
	enum { ROWS = 2000, NAMES = 5000 };
	struct text variables = { 0 }, headers = { 0 };
	struct error err = { 0 };
	text_add(&variables, VARIABLES);
	text_add(&headers, HEADERS);
	for (int i = 0; i < ROWS; i++) {
		text_print(&variables, "v%d,,text,,,,,,,,,,,,\n", i);
		text_print(&headers, "wide,name,Question %d,v%d\n", i, i);
	}
	struct dictionary *dictionary = load(variables.bytes, CODES, RULES, headers.bytes, NULL, 0, &err);
	assert_ok(dictionary, &err);
	size_t found = 0;
	for (int i = 0; i < NAMES; i++) {
		char name[40];
		const struct header *header = NULL;
		snprintf(name, sizeof name, "Question %d", i);
		const struct variable *variable = dictionary_header(dictionary, "wide", (const char *const[HEADER_MATCH_COUNT]){ name }, &header);
		assert_int_equal(variable != NULL, i < ROWS);
		found += variable && (size_t)(variable - dictionary->variables) == (size_t)i && header->line == (size_t)i + 2;
	}
	assert_int_equal(found, ROWS);
	dictionary_free(dictionary);
	text_free(&variables);
	text_free(&headers);
}

/* --- drafts --- */

#define NOTED "variable,type,codes,note\n"
#define NOTED_CODES "list,code,label,note\n"

static const struct draft {
	const char *name, *variables, *codes, *file;
	size_t line;
	const char *message; /* NULL: it loads */
} drafts[] = {
	{ "a guessed variable is refused", NOTED "a,text,,looked at\nb,text,,guessed from 212 rows\n", NOTED_CODES, "variables.csv", 3, "1 row of the dictionary is only guessed" },
	{ "a guessed code is refused", NOTED "a,code,l,\n", NOTED_CODES "l,1,Yes,guessed\n", "codes.csv", 2, "1 row of the dictionary is only guessed" },
	{ "both are counted, at the first", NOTED "a,code,l,guessed\n", NOTED_CODES "l,1,Yes,guessed: 5 times\nl,2,No,\nl,3,?,Guessed\n", "variables.csv", 2, "3 rows of the dictionary are only guessed" },
	{ "before anything else that is wrong", NOTED "a,nubmer,l,guessed\n", NOTED_CODES "l,1,,\n", "variables.csv", 2, "1 row of the dictionary is only guessed" },
	{ "a note that only mentions it is not one", NOTED "a,code,l,was guessed at first\n", NOTED_CODES "l,1,Yes,not guessed\n", NULL, 0, NULL },
};

static void a_guessed_row_is_refused_until_its_note_is_cleared(void **state)
{
	const struct draft *draft = *state;
	struct error err = { 0 };
	struct dictionary *dictionary = load(draft->variables, draft->codes, RULES, HEADERS, NULL, 0, &err);
	assert_int_equal(dictionary == NULL, draft->message != NULL);
	dictionary_free(dictionary);
	if (!draft->message)
		return;
	assert_int_equal(err.kind, ERROR_CONFIG);
	assert_string_equal(err.code, "dict-guessed");
	assert_string_equal(err.message, draft->message);
	assert_int_equal(err.line, draft->line);
	assert_non_null(strstr(err.path, draft->file));
	assert_non_null(strstr(err.help, "clear its note"));
}

static void the_words_of_types_and_roles_are_those_of_the_tables(void **state)
{
	(void)state;
	assert_string_equal(variable_type_word(VARIABLE_CODES), "codes");
	assert_string_equal(variable_type_word(VARIABLE_DATETIME), "datetime");
	assert_string_equal(variable_role_word(ROLE_REPEAT), "repeat");
	assert_string_equal(variable_role_word(ROLE_CASE), "case");
	assert_string_equal(variable_role_word(ROLE_PARADATA), "paradata");
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

#define TEST(function) cmocka_unit_test(function)

/* What two profiles make of one mark is no matter, nor what is ticked in one box and missing in another. */
static void boxes_may_have_marks_for_missing(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct dictionary *dictionary = load(TICKED, OPTIONS, RULES,
	                                     BOXES "plain,name,Q1_1,home,t,1=home; 7=99; 8=-9,,\nplain,name,Q1_2,work,t,8=work; 7=99,,\n"
	                                           "other,name,Q1_1,home,t,7=-9,,\nplain,name,Q2,,n,10=-9,,\n",
	                                     NULL, 0, &err);
	assert_ok(dictionary != NULL, &err);
	dictionary_free(dictionary);
}

int main(void)
{
	const struct CMUnitTest fixed[] = {
		TEST(codes_are_found_by_code_and_exported_text_and_in_no_other_way),
		TEST(a_file_of_records_is_recoded_as_the_dictionary_says),
		TEST(a_fault_in_an_expression_names_its_cell_and_character),
		TEST(a_row_of_headers_says_what_its_column_holds),
		TEST(many_columns_find_their_rows),
		TEST(the_words_of_types_and_roles_are_those_of_the_tables),
		TEST(an_area_may_be_exported_as_code_name_old_code_or_other_name),
		TEST(boxes_may_have_marks_for_missing),
	};
	struct CMUnitTest tests[COUNT(wrongs) + COUNT(rights) + COUNT(lookups) + COUNT(drafts) + COUNT(fixed)];
	size_t count = 0;
	for (size_t i = 0; i < COUNT(wrongs); i++)
		tests[count++] = (struct CMUnitTest){ .name = wrongs[i].name, .test_func = a_wrong_dictionary_is_refused_with_its_place, .initial_state = (void *)&wrongs[i] };
	for (size_t i = 0; i < COUNT(rights); i++)
		tests[count++] = (struct CMUnitTest){ .name = rights[i].name, .test_func = a_right_dictionary_is_taken, .initial_state = (void *)&rights[i] };
	for (size_t i = 0; i < COUNT(lookups); i++)
		tests[count++] = (struct CMUnitTest){ .name = lookups[i].name, .test_func = a_column_is_known_by_its_names, .initial_state = (void *)&lookups[i] };
	for (size_t i = 0; i < COUNT(drafts); i++)
		tests[count++] = (struct CMUnitTest){ .name = drafts[i].name, .test_func = a_guessed_row_is_refused_until_its_note_is_cleared, .initial_state = (void *)&drafts[i] };
	memcpy(tests + count, fixed, sizeof fixed);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
