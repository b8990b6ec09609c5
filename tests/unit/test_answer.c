#include "testing.h"

#include "answer.h"
#include "date.h"
#include "dictionary.h"
#include "embedded.h"
#include "form.h"
#include "store.h"
#include "text.h"

static const char variables[] =
	"variable,label,type,codes,missing,min,max,pattern,role\n"
	"person,,id,,,,,[A-Z]{2}[0-9]+,key\n"
	"words,,text,,,,,,free_text\n"
	"postcode,,text,,,,,[A-Z]+[0-9]+ [0-9][A-Z]{2},\n"
	"area,,code,places,,,,,area\n"
	"sex,,code,sex,,,,,\n"
	"mood,,code,mood,refused,,,,\n"
	"age,,integer,,refused,18,99,,\n"
	"year,,integer,,refused,1,,[0-9]{4},\n"
	"kilos,,number,,refused dont_know,0.5,300,,\n"
	"born,,date,,refused,1900-01-01,2010-12-31,,\n"
	"began,,datetime,,refused,2024-01-01,2024-12-31,,\n"
	"consent,,code,consent,,,,,consent\n"
	"support,,codes,support,,,,,\n"
	"tags,,codes,tags,not_asked,,,,\n"
	"long,,codes,long,,,,,\n"
	"account,,id,,,,,,\n"
	"nhs,,id,,,,,[0-9]{10},\n"
	"telephone,,text,,,,,0[0-9]{9}[0-9]?,\n"
	"band,,code,band,,,,,\n"
	"ward,,code,ward,,,,,\n"
	"ages,,codes,band,,,,,\n"
	"wards,,codes,ward,,,,,\n"
	"income,,number,,,-6,,,\n"
	"visits,,integer,,,-6,,,\n"
	"visited,,date,,,,,,\n"
	"until,,date,,,,2010-12-31,,\n"
	"logged,,datetime,,,,,,\n";

static const char codes[] =
	"list,code,label,as_exported,missing,exclusive\n"
	"any,-9,No answer,,not_answered,\n"
	"any,-8,Prefer not to say,Prefer not to say,refused,\n"
	"any,-7,Don't know,,dont_know,\n"
	"sex,1,Male,,,\n"
	"sex,1,Male,M,,\n"
	"sex,2,Female,woman,,\n"
	"sex,-3,Refused,,refused,\n"
	"mood,good,Rather good,,,\n"
	"mood,Bad,Rather bad,,,\n"
	"mood,so\xc2\xa0so,So so,,,\n"
	"consent,yes,I agree,,,\n"
	"consent,no,I do not agree,,withdrawn,\n"
	"support,housing,Housing,\"Advice on housing, rent\",,\n"
	"support,money,Money; debt,Money,,\n"
	"support,job,\"Work, or training\",J,,\n"
	"support,none,None of these,,,yes\n"
	"support,99,Rather not,,refused,\n"
	"tags,a,Letter A,A,,\n"
	"tags,b,Letter B,B,,\n"
	"tags,ab,Both,\"A, B\",,\n"
	"tags,x y,Two words,,,\n"
	"band,3-4,Three or four,,,\n"
	"band,5-9,Five to nine,,,\n"
	"band,10-19,Ten to nineteen,,,\n"
	"band,1-2,One or two,,,\n"
	"band,2/1,Two of one,,,\n"
	"ward,007,Seven,,,\n"
	"ward,08,Eight,,,\n"
	"ward,008,Another eight,,,\n"
	"ward,110,Hundred and ten,,,\n"
	"long,an_option_whose_code_is_rather_long_the_first_of_six_so_that_all_of_them_fit_no_buffer,One,1,,\n"
	"long,an_option_whose_code_is_rather_long_the_second_of_six_so_that_all_of_them_fit_no_buffer,Two,2,,\n"
	"long,an_option_whose_code_is_rather_long_the_third_of_six_so_that_all_of_them_fit_no_buffer,Three,3,,\n"
	"long,an_option_whose_code_is_rather_long_the_fourth_of_six_so_that_all_of_them_fit_no_buffer,Four,4,,\n"
	"long,an_option_whose_code_is_rather_long_the_fifth_of_six_so_that_all_of_them_fit_no_buffer,Five,5,,\n"
	"long,an_option_whose_code_is_rather_long_the_sixth_of_six_so_that_all_of_them_fit_no_buffer,Six,6,,\n";

static const char places[] =
	"code,name,kind,parent,old_code,opened,closed,also_called\n"
	"E06000055,Bedford,la,,00KB,,,Bedford Borough\n"
	"E06000032,Luton,la,,00KA,,,\n";

static int load(void **state)
{
	struct error err = { 0 };
	struct dictionary *dictionary = NULL;
	char *folder = test_folder();
	char *paths[] = {
		test_file(folder, "variables.csv", variables),
		test_file(folder, "codes.csv", codes),
		test_file(folder, "rules.csv", "rule,severity,when,require,message\n"),
		test_file(folder, "headers.csv", "headers,match,header,variable\n"),
		test_file(folder, "places.csv", places),
	};
	assert_ok(dictionary_load(&dictionary, folder, paths[4], NULL, 0, &err), &err);
	for (size_t i = 0; i < COUNT(paths); i++)
		free(paths[i]);
	free(folder);
	*state = dictionary;
	return 0;
}

static int unload(void **state)
{
	dictionary_free(*state);
	return 0;
}

/* How many days from 1970-01-01: GNU date -u -d DATE +%s, by 86400. */
static const struct example {
	const char *variable, *raw, *dates;
	enum missing_reason missing;
	enum finding_code finding;
	const char *text, *suggestion;
	long long integer;
	double number;
} examples[] = {
	/* blanks and columns that are not there */
	{ "age", NULL, .missing = MISSING_NOT_ASKED },
	{ "age", "", .missing = MISSING_NOT_ANSWERED },
	{ "age", " \t ", .missing = MISSING_NOT_ANSWERED, .finding = FINDING_CELL_SPACE },
	{ "words", "\xc2\xa0", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_HIDDEN_CHARACTER },
	{ "age", "\xe2\x80\x8b", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_HIDDEN_CHARACTER },

	/* whole numbers */
	{ "age", "40", .text = "40", .integer = 40, .number = 40 },
	{ "age", "+40", .text = "+40", .integer = 40, .number = 40 },
	{ "age", "040", .text = "040", .integer = 40, .number = 40 },
	{ "age", " 40 ", .finding = FINDING_CELL_SPACE, .text = "40", .integer = 40, .number = 40 },
	{ "age", "18", .text = "18", .integer = 18, .number = 18 },
	{ "age", "99", .text = "99", .integer = 99, .number = 99 },
	{ "age", "17", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_RANGE },
	{ "age", "100", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_RANGE },
	{ "age", "-1726", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_RANGE },
	{ "age", "99999999999", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_RANGE },
	{ "age", "99999999999999999999999999", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_RANGE },
	{ "age", "40.0", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE, .suggestion = "40" },
	{ "age", "40.5", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },
	{ "age", "4e1", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_NUMBER },
	{ "age", "0x28", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },
	{ "age", "1,234", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT },
	{ "age", "forty", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },
	{ "age", "4 0", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT },
	{ "age", "=40", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },
	{ "age", "\xef\xbc\x94\xef\xbc\x90", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DIGIT, .suggestion = "40" }, /* full-width 40 */
	{ "age", "40\xc2\xa0", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_HIDDEN_CHARACTER, .suggestion = "40" },
	{ "age", "\xef\xbb\xbf" "40", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_HIDDEN_CHARACTER, .suggestion = "40" },
	{ "age", "400\xc2\xa0", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_HIDDEN_CHARACTER },
	{ "year", "1999", .text = "1999", .integer = 1999, .number = 1999 },
	{ "year", "99", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_PATTERN },
	{ "year", "19999", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_PATTERN },

	/* numbers */
	{ "kilos", "61.5", .text = "61.5", .number = 61.5 },
	{ "kilos", ".5", .text = ".5", .number = 0.5 },
	{ "kilos", "300", .text = "300", .number = 300 },
	{ "kilos", "300.01", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_RANGE },
	{ "kilos", "61,5", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "61.5" },
	{ "kilos", "1e5", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_NUMBER },
	{ "kilos", "inf", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NOT_FINITE },
	{ "kilos", "nan", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NOT_FINITE },
	{ "kilos", "1_000", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },
	{ "kilos", "61.5kg", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },

	/* missing codes: of all variables, of the list, exported as words, not allowed here */
	{ "age", "-8", .missing = MISSING_REFUSED, .text = "-8" },
	{ "age", "Prefer not to say", .missing = MISSING_REFUSED, .text = "-8" },
	{ "age", " -8", .missing = MISSING_REFUSED, .finding = FINDING_CELL_SPACE, .text = "-8" },
	{ "age", "-9", .missing = MISSING_NOT_ANSWERED, .text = "-9" }, /* not_answered is allowed everywhere */
	{ "age", "-7", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_MISSING_UNLISTED },
	{ "age", "-8.0", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE, .suggestion = "-8" },
	{ "age", "prefer not to say", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },
	{ "kilos", "-7", .missing = MISSING_DONT_KNOW, .text = "-7" },
	{ "born", "-8", .missing = MISSING_REFUSED, .text = "-8" },
	{ "words", "-8", .missing = MISSING_REFUSED, .text = "-8" },
	{ "sex", "-3", .missing = MISSING_REFUSED, .text = "-3" },
	{ "sex", "-7", .missing = MISSING_DONT_KNOW, .text = "-7" },
	{ "mood", "-7", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_MISSING_UNLISTED },
	{ "consent", "no", .missing = MISSING_WITHDRAWN, .text = "no" },

	/* codes: exact; near misses suggested, never taken */
	{ "sex", "1", .text = "1", .integer = 1, .number = 1 },
	{ "sex", "M", .text = "1", .integer = 1, .number = 1 },
	{ "sex", "woman", .text = "2", .integer = 2, .number = 2 },
	{ "sex", " 1", .finding = FINDING_CELL_SPACE, .text = "1", .integer = 1, .number = 1 },
	{ "sex", "01", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
	{ "sex", "3", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
	{ "sex", "Male", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_LABEL, .suggestion = "1" },
	{ "sex", "female", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_LABEL, .suggestion = "2" },
	{ "sex", "Femal", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_LABEL, .suggestion = "2" },
	{ "sex", "1\xe2\x80\x8b", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_HIDDEN_CHARACTER, .suggestion = "1" },
	{ "mood", "good", .text = "good" },
	{ "mood", "Good", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE_CASE, .suggestion = "good" },
	{ "mood", "BAD", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE_CASE, .suggestion = "Bad" },
	{ "mood", "goood", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE, .suggestion = "good" },
	{ "mood", "indifferent", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
	{ "mood", "so\xc2\xa0so", .text = "so\xc2\xa0so" }, /* spelt so in codes.csv */
	{ "area", "E06000055", .text = "E06000055" },
	{ "area", "Bedford", .text = "E06000055" },
	{ "area", "00KB", .text = "E06000055" },
	{ "area", "Bedford Borough", .text = "E06000055" },
	{ "area", "e06000055", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE_CASE, .suggestion = "E06000055" },
	{ "area", "Bedfrod", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_LABEL, .suggestion = "E06000055" },
	{ "area", "E06000056", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE }, /* another place, not a misspelt one */
	{ "area", "E09000001", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },

	/* dates */
	{ "born", "1970-01-01", .text = "1970-01-01", .integer = 0, .number = 0 },
	{ "born", "2000-02-29", .text = "2000-02-29", .integer = 11016, .number = 11016 },
	{ "born", "1900-01-01", "iso", .text = "1900-01-01", .integer = -25567, .number = -25567 },
	{ "born", "1899-12-31", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_RANGE },
	{ "born", "2011-01-01", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_RANGE },
	{ "born", "1900-02-29", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_IMPOSSIBLE },
	{ "born", "2001-02-29", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_IMPOSSIBLE },
	{ "born", "2001-13-01", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_IMPOSSIBLE },
	{ "born", "2001-00-01", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_IMPOSSIBLE },
	{ "born", "2001-1-1", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE },
	{ "born", "20010101", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE },
	{ "born", "36892", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE }, /* a spreadsheet's number of a day */
	{ "born", "01/02/2001", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE },
	{ "born", "2001-01-01 00:00:00", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE, .suggestion = "2001-01-01" },
	{ "born", "2001-01-01x", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE },
	{ "born", "01/02/2001", "dmy", .text = "2001-02-01", .integer = 11354, .number = 11354 },
	{ "born", "01/02/2001", "mdy", .text = "2001-01-02", .integer = 11324, .number = 11324 },
	{ "born", "1.2.2001", "dmy", .text = "2001-02-01", .integer = 11354, .number = 11354 },
	{ "born", "2001-02-01", "dmy", .text = "2001-02-01", .integer = 11354, .number = 11354 },
	{ "born", "31/12/2001", "mdy", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_IMPOSSIBLE, .suggestion = "2001-12-31" },
	{ "born", "31/02/2001", "dmy", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_IMPOSSIBLE },
	{ "born", "1/2-2001", "dmy", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE },
	{ "born", "1/2/01", "dmy", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE },
	{ "born", "1/2", "dmy", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE },
	{ "began", "2024-01-01 00:00", .text = "2024-01-01 00:00:00", .integer = 19723, .number = 19723 },
	{ "began", "2024-12-31T23:59:59", .text = "2024-12-31 23:59:59", .integer = 20088, .number = 20088 + 86399 / 86400.0 },
	{ "began", "31/12/2024 12:00:00", "dmy", .text = "2024-12-31 12:00:00", .integer = 20088, .number = 20088.5 },
	{ "began", "2025-01-01 00:00", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_RANGE },
	{ "began", "2024-01-01", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE },
	{ "began", "2024-01-01 24:00", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE },
	{ "began", "2024-01-01 12:60", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE },
	{ "began", "2024-01-01 12:00Z", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE },
	{ "began", "2024-01-01 12:00:00.5", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE },
	{ "began", "2024-01-01  12:00", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE },

	/* texts and ids */
	{ "words", "All is well. ", .finding = FINDING_CELL_SPACE, .text = "All is well." },
	{ "words", "two\nlines", .text = "two\nlines" },
	{ "words", "caf\xc3\xa9", .text = "caf\xc3\xa9" },
	{ "words", "a\xc2\xa0" "b", .finding = FINDING_CELL_HIDDEN_CHARACTER, .text = "a\xc2\xa0" "b" },
	{ "words", "soft\xc2\xadhyphen", .finding = FINDING_CELL_HIDDEN_CHARACTER, .text = "soft\xc2\xadhyphen" },
	{ "words", "\xe2\x80\xaetxt", .finding = FINDING_CELL_HIDDEN_CHARACTER, .text = "\xe2\x80\xaetxt" },
	{ "words", "\xe2\x80\x99quote", .text = "\xe2\x80\x99quote" }, /* a curly quote can be seen */
	{ "words", "=HYPERLINK(1)", .finding = FINDING_CELL_FORMULA, .text = "=HYPERLINK(1)" },
	{ "words", "@SUM(1)", .finding = FINDING_CELL_FORMULA, .text = "@SUM(1)" },
	{ "words", "+cmd", .finding = FINDING_CELL_FORMULA, .text = "+cmd" },
	{ "words", "-cmd", .finding = FINDING_CELL_FORMULA, .text = "-cmd" },
	{ "words", " =1", .finding = FINDING_CELL_FORMULA, .text = "=1" },
	{ "words", "-5 degrees", .text = "-5 degrees" },
	{ "words", "- not much", .text = "- not much" },
	{ "words", "+44 1234", .text = "+44 1234" },
	{ "person", "AB12", .text = "AB12" },
	{ "person", "\tAB12\r\n", .finding = FINDING_CELL_SPACE, .text = "AB12" },
	{ "person", "ab12", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_PATTERN },
	{ "person", "xAB12", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_PATTERN },
	{ "person", "AB12x", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_PATTERN },
	{ "person", "AB12\xe2\x80\x8b", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_HIDDEN_CHARACTER, .suggestion = "AB12" },
	{ "postcode", "MK40 1AA", .text = "MK40 1AA" },
	{ "postcode", "MK40 1AA or so", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_PATTERN },
};

/* What became of a cell before it came here, and beside each a cell that differs in one thing and is something else. */
static const struct example damaged[] = {
	/* digits of other scripts: full-width, Arabic-Indic, Devanagari, mathematical; a superscript is no decimal digit */
	{ "kilos", "\xef\xbc\x96\xef\xbc\x91\xef\xbc\x8e\xef\xbc\x95", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DIGIT, .suggestion = "61.5" },
	{ "age", "\xd9\xa4\xd9\xa0", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DIGIT, .suggestion = "40" },
	{ "age", "4\xe0\xa5\xa6", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DIGIT, .suggestion = "40" },
	{ "sex", "\xf0\x9d\x9f\x8f", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DIGIT, .suggestion = "1" },
	{ "age", "\xef\xbc\x94", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DIGIT }, /* 4 is out of range */
	{ "born", "\xef\xbc\x92\xef\xbc\x90\xef\xbc\x90\xef\xbc\x91-02-01", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DIGIT, .suggestion = "2001-02-01" },
	{ "person", "\xef\xbc\xa1\xef\xbc\xa2\xef\xbc\x91\xef\xbc\x92", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DIGIT, .suggestion = "AB12" },
	{ "person", "\xef\xbc\xa1\xef\xbc\xa2", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_PATTERN }, /* letters alone */
	{ "age", "4\xc2\xb2", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },

	/* no number at all */
	{ "age", "NaN", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NOT_FINITE },
	{ "kilos", "-Infinity", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NOT_FINITE },
	{ "kilos", "\xe2\x88\x9e", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NOT_FINITE },
	{ "kilos", "1.#INF", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NOT_FINITE },
	{ "kilos", "1e400", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NOT_FINITE },
	{ "age", "-1E+309", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NOT_FINITE },
	{ "kilos", "1e300", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_NUMBER },
	{ "kilos", "1e-400", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_NUMBER },
	{ "born", "NaT", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NOT_FINITE },
	{ "age", "NaT", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },
	{ "sex", "nan", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NOT_FINITE },
	{ "sex", "inf", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
	{ "age", "nano", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },
	{ "words", "nan", .text = "nan" },

	/* other ways of writing a number, where the export declares a point */
	{ "income", "1,234.5", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "1234.5" },
	{ "income", "1,234", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT }, /* a thousand, or one and a bit */
	{ "income", "1,234,567", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "1234567" },
	{ "income", "1,23,456", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE }, /* no groups of three: perhaps three answers */
	{ "income", "1.234,5", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "1234.5" },
	{ "income", "1 234.50", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "1234.50" },
	{ "income", "1'234", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "1234" },
	{ "income", "12 34", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT },
	{ "income", "\xc2\xa3" "1,200.00", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "1200.00" },
	{ "income", "$ 5", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "5" },
	{ "income", "-5 \xe2\x82\xac", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "-5" },
	{ "income", "\xe2\x88\x92" "5", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "-5" }, /* a typographer's minus */
	{ "income", "45%", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT }, /* 45, or 0.45 */
	{ "income", "\xc2\xa3", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },
	{ "income", "5p", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },
	{ "income", "5-6", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },
	{ "income", "-5", .text = "-5", .number = -5 },
	{ "visits", "1,234", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "1234" }, /* one and a bit is no whole number */
	{ "visits", "12,0", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "12" },
	{ "visits", "12,5", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT },
	{ "visits", "12.5", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },
	{ "visits", "1234", .text = "1234", .integer = 1234, .number = 1234 },

	/* scientific notation: suggested where every digit is there */
	{ "account", "1.23E+05", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_NUMBER },
	{ "account", "1E+05", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_NUMBER },
	{ "account", "1E5", .text = "1E5" }, /* may be an id */
	{ "account", "5e-12", .text = "5e-12" },
	{ "account", "12.3E+05", .text = "12.3E+05" },
	{ "account", "123000", .text = "123000" },
	{ "nhs", "9.43477E+09", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_NUMBER },
	{ "nhs", "9.434765919E+09", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_NUMBER, .suggestion = "9434765919" },
	{ "nhs", "9.4347659190E+09", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_NUMBER, .suggestion = "9434765919" },
	{ "nhs", "943476591", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_ZEROS, .suggestion = "0943476591" },
	{ "ward", "1.10E+02", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_NUMBER, .suggestion = "110" },
	{ "ward", "1.1E+02", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_NUMBER },
	{ "ward", "11E1", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
	{ "visits", "1.234E3", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_NUMBER, .suggestion = "1234" },
	{ "visits", "-5.0E+00", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_NUMBER, .suggestion = "-5" },
	{ "visits", "1.25E+01", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_NUMBER }, /* 12.5 */
	{ "visits", "E5", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },
	{ "visits", "1E", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },

	/* dates where codes or numbers were */
	{ "band", "03-Apr", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_DATE, .suggestion = "3-4" },
	{ "band", "4-Mar", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_DATE, .suggestion = "3-4" },
	{ "band", "Oct-19", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_DATE, .suggestion = "10-19" },
	{ "band", "05/09/2026", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_DATE, .suggestion = "5-9" },
	{ "band", "2026-09-05 00:00:00", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_DATE, .suggestion = "5-9" },
	{ "band", "5-Sep-26", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_DATE, .suggestion = "5-9" },
	{ "band", "01-Feb", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_DATE }, /* 1-2 or 2/1 */
	{ "band", "07-Jun", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_DATE },
	{ "band", "07-Jux", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
	{ "band", "6-7", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
	{ "visits", "Apr-25", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_DATE },
	{ "kilos", "03/04/2026", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_DATE },
	{ "kilos", "03/04", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },
	{ "born", "03-Apr", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE },
	{ "person", "3-Apr", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_DATE },
	{ "account", "3-Apr", .text = "3-Apr" }, /* an id of any form may be */
	{ "words", "3-Apr", .text = "3-Apr" },

	/* error values */
	{ "age", "#REF!", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_ERROR },
	{ "sex", "#N/A", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_ERROR },
	{ "support", "#VALUE!", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_ERROR },
	{ "kilos", "#DIV/0!", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_ERROR },
	{ "born", "#NUM!", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_ERROR },
	{ "born", "########", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_ERROR },
	{ "person", "#NAME?", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_ERROR },
	{ "account", "#NULL!", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_ERROR },
	{ "words", " #REF!", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_ERROR },
	{ "words", "#REF! in my form", .text = "#REF! in my form" },
	{ "words", "####", .text = "####" },
	{ "account", "#1", .text = "#1" },
	{ "age", "#", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },
	{ "sex", "#ref!", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },

	/* zeros that are gone */
	{ "ward", "7", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_ZEROS, .suggestion = "007" },
	{ "ward", "8", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_ZEROS }, /* 08 or 008 */
	{ "ward", "9", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
	{ "ward", "0110", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE }, /* zeros too many are another matter */
	{ "nhs", "94347659190", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_PATTERN },
	{ "telephone", "1234567890", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_ZEROS, .suggestion = "01234567890" },
	{ "telephone", "12345678", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_ZEROS }, /* 0012345678 or 00012345678 */
	{ "telephone", "1234567890x", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_PATTERN },
	{ "year", "99", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_PATTERN }, /* a number has no zeros in front to lose */

	/* days that no calendar has */
	{ "visited", "30/02/2024", "dmy", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_IMPOSSIBLE },
	{ "visited", "29/02/2024", "dmy", .text = "2024-02-29", .integer = 19782, .number = 19782 },
	{ "visited", "02/13/2024", "dmy", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_IMPOSSIBLE, .suggestion = "2024-02-13" },
	{ "born", "02/13/2024", "dmy", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_IMPOSSIBLE }, /* the other day is out of range */
	{ "visited", "02/13/2024 10:30", "dmy", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_IMPOSSIBLE, .suggestion = "2024-02-13" },
	{ "logged", "02/13/2024 10:30", "dmy", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_IMPOSSIBLE, .suggestion = "2024-02-13 10:30" },
	{ "logged", "02/13/2024", "dmy", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_IMPOSSIBLE },
	{ "logged", "02/13/2024 25:30", "dmy", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE },
	{ "visited", "2024-13-01", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_IMPOSSIBLE }, /* nobody writes year, day, month */
	{ "visited", "00/01/2024", "dmy", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_IMPOSSIBLE },
	{ "visited", "02/13/2024", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE }, /* an ISO export has no such dates at all */
	{ "visited", "1066-10-14", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE }, /* there was such a day */

	/* days that stand for none, unless the dictionary's limits hold them */
	{ "visited", "1899-12-30", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_SENTINEL },
	{ "visited", "1899-12-31", .text = "1899-12-31", .integer = -25568, .number = -25568 },
	{ "visited", "1900-01-01", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_SENTINEL },
	{ "visited", "01/01/1900", "mdy", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_SENTINEL },
	{ "born", "01/01/1900", "mdy", .text = "1900-01-01", .integer = -25567, .number = -25567 },
	{ "born", "1899-12-30", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_SENTINEL },
	{ "until", "1970-01-01", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_SENTINEL }, /* a maximum alone says nothing of early days */
	{ "until", "1970-01-02", .text = "1970-01-02", .integer = 1, .number = 1 },
	{ "visited", "1904-01-01", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_SENTINEL },
	{ "logged", "1970-01-01 00:00:00", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_SENTINEL },
	{ "visited", "9999-12-31", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_SENTINEL },
	{ "logged", "9999-12-31T00:00:00", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_SENTINEL },
	{ "visited", "0000-00-00", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE_SENTINEL },
	{ "visited", "9999-12-30", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DATE },
};

static void check_text(const struct example *example, const char *what, const char *got, const char *expected)
{
	if ((got == NULL) != (expected == NULL) || (got && strcmp(got, expected) != 0))
		fail_msg("%s of `%s`: %s is %s, not %s", example->variable, example->raw ? example->raw : "NULL", what,
		         got ? got : "NULL", expected ? expected : "NULL");
}

static void check_examples(const struct dictionary *dictionary, const struct example *list, size_t count)
{
	struct answer answer = { 0 };
	memset(answer.buffer, 0xa5, sizeof answer.buffer);
	for (size_t i = 0; i < count; i++) {
		const struct example *example = &list[i];
		const struct variable *variable = dictionary_variable(dictionary, example->variable);
		assert_non_null(variable);
		struct form form = form_plain;
		form.dates = example->dates ? example->dates : "iso";
		answer_read(&answer, dictionary, variable, example->raw, &form);
		if (answer.missing != example->missing || answer.finding != example->finding)
			fail_msg("%s of `%s`: missing %d, finding %s", example->variable, example->raw ? example->raw : "NULL",
			         (int)answer.missing, answer.finding ? finding_kind(answer.finding)->code : "none");
		check_text(example, "text", answer.text, example->text);
		check_text(example, "suggestion", answer.suggestion, example->suggestion);
		if (answer.missing == MISSING_NONE) {
			assert_int_equal(answer.integer, example->integer);
			assert_close(answer.number, example->number, 1e-15);
		}
		bool blanked = answer.finding != FINDING_NONE && answer.severity == SEVERITY_BLANK;
		assert_int_equal(blanked, answer.missing == MISSING_UNUSABLE);
	}
	answer_release(&answer);
}

static void a_cell_is_read_by_its_variable(void **state)
{
	check_examples(*state, examples, COUNT(examples));
}

static void damage_is_named_and_its_neighbours_are_not(void **state)
{
	check_examples(*state, damaged, COUNT(damaged));
}

/* 1 and 309 zeros: 10 to the 308 is a double, ten times that is none. */
static void a_number_of_more_digits_than_a_computer_has_is_not_finite(void **state)
{
	char digits[311];
	struct answer answer = { 0 };
	for (size_t zeros = 308; zeros <= 309; zeros++) {
		memset(digits, '0', sizeof digits);
		digits[0] = '1';
		digits[zeros + 1] = '\0';
		answer_read(&answer, *state, dictionary_variable(*state, "income"), digits, &form_plain);
		assert_int_equal(answer.finding, zeros == 308 ? FINDING_NONE : FINDING_CELL_NOT_FINITE);
	}
}

/* --- the export's own way of writing --- */

enum { ISO, COMMA, COMMAS, BLANKS, FORMS };

/* Decimal comma; a comma between codes; a blank between codes. */
static const struct form ways[FORMS] = {
	[ISO] = { .dates = "iso" },
	[COMMA] = { .dates = "iso", .decimal_comma = true },
	[COMMAS] = { .dates = "iso", .separator = ',' },
	[BLANKS] = { .dates = "iso", .separator = ' ' },
};

static const struct written {
	int way;
	const char *variable, *raw;
	enum missing_reason missing;
	enum finding_code finding;
	const char *text, *suggestion;
	double number;
} written[] = {
	/* decimal commas: a comma and no point, and nothing between thousands */
	{ COMMA, "kilos", "12,5", .text = "12,5", .number = 12.5 },
	{ COMMA, "kilos", "12", .text = "12", .number = 12 },
	{ COMMA, "kilos", " 12,5 ", .finding = FINDING_CELL_SPACE, .text = "12,5", .number = 12.5 },
	{ COMMA, "kilos", "0,4", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_RANGE },
	{ COMMA, "kilos", "12.5", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "12,5" },
	{ COMMA, "kilos", "1.234", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT }, /* 1,234 or 1234 */
	{ COMMA, "kilos", "1.234,5", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT },
	{ COMMA, "kilos", "1,234.5", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT },
	{ COMMA, "kilos", "1,2,3", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },
	{ COMMA, "kilos", "-7", .missing = MISSING_DONT_KNOW, .text = "-7" },
	{ COMMA, "age", "40", .text = "40", .number = 40 },
	{ COMMA, "age", "40,0", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE, .suggestion = "40" },
	{ COMMA, "age", "40,5", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_TYPE },
	{ COMMA, "age", "40.0", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "40" },
	{ ISO, "kilos", "12,5", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "12.5" },
	{ COMMA, "income", "1.234", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT },
	{ COMMA, "income", "1.234,5", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "1234,5" },
	{ COMMA, "income", "1.234.567", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "1234567" },
	{ COMMA, "income", "1234,5", .text = "1234,5", .number = 1234.5 },
	{ COMMA, "visits", "1.234", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NUMBER_FORMAT, .suggestion = "1234" },
	{ COMMA, "visits", "1,234E+03", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_NUMBER, .suggestion = "1234" },
	{ COMMA, "words", "1,5", .text = "1,5" },

	/* several codes: in the order of the list, each once */
	{ ISO, "support", "housing", .text = "housing" },
	{ ISO, "support", "job;housing", .text = "housing;job" },
	{ ISO, "support", " job ; housing ", .finding = FINDING_CELL_SPACE, .text = "housing;job" },
	{ ISO, "support", "job;job;job", .text = "job" },
	{ ISO, "support", "J;job", .text = "job" },
	{ ISO, "support", "Money;Advice on housing, rent;", .text = "housing;money" },
	{ ISO, "support", ";job;;money;", .text = "money;job" },
	{ ISO, "support", "", .missing = MISSING_NOT_ANSWERED },
	{ ISO, "support", NULL, .missing = MISSING_NOT_ASKED },
	{ ISO, "support", "(none)", .text = "(none)" },
	{ ISO, "support", "none", .text = "none" },
	{ ISO, "support", "none;none", .text = "none" },
	{ ISO, "support", "none;money", .finding = FINDING_CELL_MULTI_EXCLUSIVE, .text = "money;none" },
	{ ISO, "support", ";", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },

	/* a missing code says why there is no answer, alone; beside options it says nothing */
	{ ISO, "support", "99", .missing = MISSING_REFUSED, .text = "99" },
	{ ISO, "support", "-8", .missing = MISSING_REFUSED, .text = "-8" },
	{ ISO, "support", " -8", .missing = MISSING_REFUSED, .finding = FINDING_CELL_SPACE, .text = "-8" },
	{ ISO, "support", "99;job", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
	{ ISO, "support", "job;-8", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
	{ ISO, "tags", "-8", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_MISSING_UNLISTED },

	/* near misses are suggested with the rest of the cell, and never taken */
	{ ISO, "support", "money;housng", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE, .suggestion = "housing;money" },
	{ ISO, "support", "MONEY", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE_CASE, .suggestion = "money" },
	{ ISO, "support", "job;Housing", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_LABEL, .suggestion = "housing;job" },
	{ ISO, "support", "job;Money; debt", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
	{ ISO, "support", "housing;moony;jbo", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
	{ ISO, "support", "gardening;job", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
	{ ISO, "support", "housing,job", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
	{ ISO, "support", "job;housing\xe2\x80\x8b", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_HIDDEN_CHARACTER, .suggestion = "job;housing" },

	/* damage in one part is named, and the cell without it suggested where one code fits; in two, nothing is guessed */
	{ ISO, "ages", "5-9;03-Apr", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_DATE, .suggestion = "3-4;5-9" },
	{ ISO, "ages", "5-9;01-Jan", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_DATE },
	{ ISO, "ages", "#REF!;5-9", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_ERROR },
	{ ISO, "ages", "5-9;nan", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_NOT_FINITE },
	{ ISO, "wards", "08;1.10E+02", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_NUMBER, .suggestion = "08;110" },
	{ ISO, "wards", "110;7", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_ZEROS, .suggestion = "007;110" },
	{ ISO, "wards", "110;8", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_EXCEL_ZEROS }, /* 08 or 008 */
	{ ISO, "wards", "110;\xef\xbc\x90\xef\xbc\x98", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_DIGIT, .suggestion = "08;110" },
	{ ISO, "ages", "03-Apr;#REF!", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },

	/* separators of the export; an option may hold one */
	{ COMMAS, "support", "job, housing", .text = "housing;job" },
	{ COMMAS, "support", "Advice on housing, rent", .text = "housing" },
	{ COMMAS, "support", "Money, Advice on housing, rent, J", .text = "housing;money;job" },
	{ COMMAS, "support", "Advice on housing , rent", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
	{ COMMAS, "support", "J, Work, or training", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_LABEL, .suggestion = "job" },
	{ COMMAS, "support", "money;job", .text = "money;job" },
	{ COMMAS, "tags", "A, A", .text = "a" },
	{ COMMAS, "tags", "A, B", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE }, /* one option or two */
	{ COMMAS, "tags", "A;B", .text = "a;b" },
	{ ISO, "tags", "A, B", .text = "ab" }, /* no comma separates here */
	{ ISO, "tags", "A, B;a", .text = "a;ab" },
	{ BLANKS, "tags", "a b", .text = "a;b" },
	{ BLANKS, "tags", "a  b\tab ", .finding = FINDING_CELL_SPACE, .text = "a;b;ab" },
	{ BLANKS, "tags", "x y", .text = "x y" },
	{ BLANKS, "tags", "b x y a", .text = "a;b;x y" },
	{ BLANKS, "tags", "x", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
};

static void a_cell_is_read_as_its_export_writes(void **state)
{
	struct answer answer = { 0 };
	for (size_t i = 0; i < COUNT(written); i++) {
		const struct written *at = &written[i];
		const struct variable *variable = dictionary_variable(*state, at->variable);
		answer_read(&answer, *state, variable, at->raw, &ways[at->way]);
		struct example says = { .variable = at->variable, .raw = at->raw };
		if (answer.missing != at->missing || answer.finding != at->finding)
			fail_msg("%s of `%s`: missing %d, finding %s", at->variable, at->raw ? at->raw : "NULL",
			         (int)answer.missing, answer.finding ? finding_kind(answer.finding)->code : "none");
		check_text(&says, "text", answer.text, answer.missing == MISSING_UNUSABLE ? NULL : at->text);
		check_text(&says, "suggestion", answer.suggestion, at->suggestion);
		if (answer.missing == MISSING_NONE)
			assert_close(answer.number, at->number, 1e-15);
		bool missing_code = answer.missing != MISSING_NONE && answer.text;
		if (variable->type == VARIABLE_CODES && at->finding != FINDING_CELL_MISSING_UNLISTED)
			assert_int_equal(answer.code != NULL, missing_code);
		bool blanked = answer.finding != FINDING_NONE && answer.severity == SEVERITY_BLANK;
		assert_int_equal(blanked, answer.missing == MISSING_UNUSABLE);
	}
	answer_release(&answer);
}

/* Six codes of 84 to 89 bytes each: 521 and 5 semicolons. */
static void several_codes_that_no_buffer_holds_are_written_whole(void **state)
{
	struct answer answer = { 0 };
	const struct variable *variable = dictionary_variable(*state, "long");
	struct text expected = { 0 };
	for (size_t i = 0; i < variable->codes->count; i++)
		text_print(&expected, "%s%s", i ? ";" : "", variable->codes->codes[i].code);
	assert_true(expected.length > sizeof answer.buffer);
	for (int time = 0; time < 2; time++) { /* the second uses the first one's room */
		answer_read(&answer, *state, variable, "6;5;4;3;2;1", &form_plain);
		assert_int_equal(answer.finding, FINDING_NONE);
		assert_string_equal(answer.text, expected.bytes);
		answer_read(&answer, *state, variable, "3", &form_plain);
		assert_string_equal(answer.text, variable->codes->codes[2].code);
	}
	answer_read(&answer, *state, variable, expected.bytes, &form_plain);
	assert_string_equal(answer.text, expected.bytes);
	answer_release(&answer);
	assert_null(answer.longer);
	text_free(&expected);
}

/* Cells as no form has them: they end, and are no answer. */
static void a_cell_of_thousands_of_parts_is_none(void **state)
{
	static const char *const units[] = { "a;", "A, ", ";", "zz,", "x y " };
	const struct variable *variable = dictionary_variable(*state, "tags");
	for (size_t i = 0; i < COUNT(units); i++)
		for (size_t way = 0; way < FORMS; way++) {
			struct answer answer = { 0 };
			struct text cell = { 0 };
			while (cell.length < 60000)
				text_add(&cell, units[i]);
			answer_read(&answer, *state, variable, cell.bytes, &ways[way]);
			assert_int_equal(answer.missing, MISSING_UNUSABLE);
			assert_int_equal(answer.finding, FINDING_CELL_CODE);
			answer_release(&answer);
			text_free(&cell);
		}
}

/* --- what ingest noted of the export --- */

#define NOTES                                                                                                          \
	"INSERT INTO source VALUES (1, 'a.csv', 'plain', NULL, 'iso', 'point', ',', 'UTF-8', 3, 0, 3, 1, 2, 0, 0);"   \
	"INSERT INTO meaning (source, variable, exported, low, high, code, missing) VALUES"                            \
	" (1, 'sex', 'm', NULL, NULL, '1', NULL), (1, 'sex', '2', NULL, NULL, '1', NULL), (1, 'sex', '8', NULL, NULL, '-8', NULL),"\
	" (1, NULL, '{question_not_shown}', NULL, NULL, NULL, 'not_asked'), (1, NULL, '[refused]', NULL, NULL, NULL, 'refused'),"\
	" (1, NULL, '[gone]', NULL, NULL, NULL, 'withdrawn'), (1, 'kilos', '-8', NULL, NULL, NULL, NULL),"             \
	" (1, 'kilos', '200', NULL, NULL, NULL, NULL), (1, 'age', NULL, 90, 99, NULL, NULL), (1, 'sex', '1', NULL, NULL, NULL, NULL),"\
	" (1, 'support', 'Cash, fast', NULL, NULL, 'money', NULL), (1, 'support', 'Nix', NULL, NULL, '99', NULL),"     \
	" (1, 'mood', 'x', NULL, NULL, 'no such code', NULL), (1, 'mood', 'good', NULL, NULL, NULL, 'refused'),"       \
	" (1, 'mood', '[dk]', NULL, NULL, NULL, 'dont_know'), (1, 'born', '[no\xc2\xa0 answer]', NULL, NULL, NULL, 'refused')"

static const struct noted {
	const char *variable, *raw;
	enum missing_reason missing;
	enum finding_code finding;
	const char *text;
} noted[] = {
	{ "sex", "m", .text = "1" },
	{ "sex", " m ", .finding = FINDING_CELL_SPACE, .text = "1" },
	{ "sex", "2", .text = "1" }, /* headers.csv goes before codes.csv */
	{ "sex", "woman", .text = "2" },
	{ "sex", "8", .missing = MISSING_REFUSED, .text = "-8" },
	{ "sex", "1", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_MISSING_DECLARED }, /* an answer that the file calls missing */
	{ "kilos", "-8", .missing = MISSING_REFUSED, .text = "-8" }, /* the dictionary knows why */
	{ "kilos", "200", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_MISSING_DECLARED },
	{ "kilos", "201", .text = "201" },
	{ "age", "90", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_MISSING_DECLARED },
	{ "age", "89", .text = "89" },
	{ "words", "{question_not_shown}", .missing = MISSING_NOT_ASKED },
	{ "born", "[refused]", .missing = MISSING_REFUSED },
	{ "born", "[refused] ", .missing = MISSING_REFUSED, .finding = FINDING_CELL_SPACE },
	{ "born", "[no\xc2\xa0 answer]", .missing = MISSING_REFUSED }, /* the platform writes it so, hidden or not */
	{ "support", "[refused]", .missing = MISSING_REFUSED },
	{ "mood", "[dk]", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_MISSING_UNLISTED },
	{ "mood", "good", .missing = MISSING_REFUSED },
	{ "mood", "x", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
	{ "consent", "[gone]", .missing = MISSING_WITHDRAWN }, /* whether or not variables.csv lists it */
	{ "support", "Cash, fast", .text = "money" },
	{ "support", "Cash, fast, job", .text = "money;job" },
	{ "support", "Nix", .missing = MISSING_REFUSED, .text = "99" },
	{ "support", "Nix, job", .missing = MISSING_UNUSABLE, .finding = FINDING_CELL_CODE },
};

static void what_the_export_declares_goes_before_the_dictionary(void **state)
{
	struct error err = { 0 };
	char *folder = test_folder(), *path = mem_print("%s/ingested.db", folder), *own = mem_print("%s/own.db", folder);
	char *schema = mem_print("%s%s", sql_schema_ingested, sql_schema_finding);
	struct store *store = NULL;
	struct forms *forms = NULL;
	struct answer answer = { 0 };
	assert_ok(store_create(&store, path, "ingest", schema, &err) && store_run(store, NOTES, &err) && store_commit(store, &err), &err);
	store_close(store);
	assert_ok(store_create(&store, own, "validate", "", &err) && store_attach(store, path, "ingest", "ingested", &err)
	          && forms_load(&forms, store, &err), &err);
	for (size_t i = 0; i < COUNT(noted); i++) {
		const struct noted *at = &noted[i];
		struct example says = { .variable = at->variable, .raw = at->raw };
		answer_read(&answer, *state, dictionary_variable(*state, at->variable), at->raw, forms_of(forms, 1));
		if (answer.missing != at->missing || answer.finding != at->finding)
			fail_msg("%s of `%s`: missing %d, finding %s", at->variable, at->raw, (int)answer.missing,
			         answer.finding ? finding_kind(answer.finding)->code : "none");
		check_text(&says, "text", answer.text, at->text);
		bool blanked = answer.finding != FINDING_NONE && answer.severity == SEVERITY_BLANK;
		assert_int_equal(blanked, answer.missing == MISSING_UNUSABLE);
	}
	answer_release(&answer);
	forms_free(forms);
	store_close(store);
	free(folder);
	free(path);
	free(own);
	free(schema);
}

static void a_missing_code_that_is_not_allowed_still_says_which_it_is(void **state)
{
	struct answer answer = { 0 };
	answer_read(&answer, *state, dictionary_variable(*state, "age"), "-7", &form_plain);
	assert_non_null(answer.code);
	assert_int_equal(answer.code->missing, MISSING_DONT_KNOW);
}

static void a_long_text_is_read_whole(void **state)
{
	char text[5000];
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	struct answer answer = { 0 };
	answer_read(&answer, *state, dictionary_variable(*state, "words"), text, &form_plain);
	assert_string_equal(answer.text, text);
	assert_int_equal(answer.finding, FINDING_NONE);
	text[300] = '\xc2', text[301] = '\xa0';
	answer_read(&answer, *state, dictionary_variable(*state, "words"), text, &form_plain);
	assert_int_equal(answer.finding, FINDING_CELL_HIDDEN_CHARACTER);
	assert_int_equal(answer.missing, MISSING_NONE);
}

static void dates_and_days_agree_over_four_centuries(void **state)
{
	(void)state;
	long long first = 0, last = 0;
	assert_true(date_read("1800-01-01", &first));
	assert_true(date_read("2200-12-31", &last));
	assert_int_equal(first, -62091); /* GNU date -u -d 1800-01-01 +%s, by 86400 */
	assert_int_equal(last, 84370);
	char previous[11] = "";
	for (long long day = first; day <= last; day++) {
		char text[11];
		long long back = 0;
		date_print(text, day);
		assert_true(date_read(text, &back));
		assert_int_equal(back, day);
		assert_true(strcmp(previous, text) < 0);
		strcpy(previous, text);
	}
}

static void what_is_no_date_is_not_read_as_one(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"", "2001", "2001-01", "2001-01-1", "2001-01-011", "2001-01-32", "2001-04-31", "2100-02-29", "1799-12-31", "2201-01-01",
		" 2001-01-01", "2001-01-01 ", "2001/01/01", "01-01-2001", "-001-01-01", "2001-01-01T",
	};
	long long days = 0;
	for (size_t i = 0; i < COUNT(texts); i++)
		if (date_read(texts[i], &days))
			fail_msg("`%s` was read as a date", texts[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cell_is_read_by_its_variable),
		cmocka_unit_test(damage_is_named_and_its_neighbours_are_not),
		cmocka_unit_test(a_number_of_more_digits_than_a_computer_has_is_not_finite),
		cmocka_unit_test(a_cell_is_read_as_its_export_writes),
		cmocka_unit_test(several_codes_that_no_buffer_holds_are_written_whole),
		cmocka_unit_test(a_cell_of_thousands_of_parts_is_none),
		cmocka_unit_test(what_the_export_declares_goes_before_the_dictionary),
		cmocka_unit_test(a_missing_code_that_is_not_allowed_still_says_which_it_is),
		cmocka_unit_test(a_long_text_is_read_whole),
		cmocka_unit_test(dates_and_days_agree_over_four_centuries),
		cmocka_unit_test(what_is_no_date_is_not_read_as_one),
	};
	return cmocka_run_group_tests(tests, load, unload);
}
