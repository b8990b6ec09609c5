#include "testing.h"

#include "answer.h"
#include "describe/advice.h"
#include "describe/cells.h"
#include "describe/draft.h"
#include "describe/gather.h"
#include "describe/guess.h"
#include "describe/header_identifier.h"
#include "describe/listing.h"
#include "describe/question.h"
#include "describe/slug.h"
#include "dictionary.h"
#include "platform.h"
#include "text.h"

#include <sys/stat.h>

static const char platforms[] = "data-dictionary/platforms";

/* --- names --- */

static void names_are_small_plain_and_short(void **state)
{
	(void)state;
	static const struct {
		const char *text, *slug;
	} rows[] = {
		{ "Age", "age" },
		{ "  How old are you?  ", "how_old_are_you" },
		{ "Don't know", "dont_know" },
		{ "Don\xe2\x80\x99t know", "dont_know" },
		{ "\xc3\x9c"
		  "ber Stra\xc3\x9f"
		  "e",
		  "uber_strasse" },
		{ "Male\xcc\x81", "male" },
		{ "> 60", "over_60" },
		{ "< 18", "under_18" },
		{ "$150,000+", "150_000_plus" },
		{ "50%", "50_percent" },
		{ "Bed & breakfast", "bed_and_breakfast" },
		{ "\xd9\x86\xd8\xb9\xd9\x85", "" },
		{ "-", "" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *slug = slug_make(rows[i].text, SLUG_LONGEST);
		assert_string_equal(slug, rows[i].slug);
		free(slug);
	}
	char *parted = slug_make_parted("RecipientEmail", 40), *upper = slug_make_parted("IPAddress", 40);
	char *cut = slug_make("one two three four five six seven eight nine ten", 40);
	char *small = slug_make_short("Do you consider yourself to be a fan of the Expanded Universe?", 40);
	assert_string_equal(parted, "recipient_email");
	assert_string_equal(upper, "ip_address");
	assert_string_equal(cut, "one_two_three_four_five_six_seven_eight");
	assert_string_equal(small, "consider_yourself_fan_expanded_universe");
	free(parted);
	free(upper);
	free(cut);
	free(small);
}

static void no_variable_has_a_name_that_canvass_or_sql_uses(void **state)
{
	(void)state;
	static const char *const wanted[] = { "row", "area", "weight", "select", "order", "1a", "", "a", "a" };
	struct slug_set *set = slug_set_new();
	for (size_t i = 0; i < COUNT(wanted); i++) {
		const char *name = slug_set_take_variable(set, wanted[i]);
		assert_true(variable_can_be_named(name));
		assert_true(strlen(name) <= SLUG_LONGEST);
	}
	assert_true(slug_set_has(set, "a") && slug_set_has(set, "a_2") && slug_set_has(set, "q_order"));
	slug_set_free(set);
}

/* --- who somebody is --- */

/* 943 476 5919 is the example of the NHS Data Dictionary; its last digit changed is none. QQ 12 34 56 C is HMRC's
 * example; numbers from 01632 960 are Ofcom's for made-up people; SW1A 1AA is a public building. */
static void values_that_tell_are_known_by_their_shape(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum identifier identifier;
	} rows[] = {
		{ "somebody@example.org", IDENTIFIER_EMAIL },
		{ "Write to me at somebody@example.org, please", IDENTIFIER_EMAIL },
		{ "a@b", IDENTIFIER_NONE },
		{ "@handle", IDENTIFIER_NONE },
		{ "01632 960123", IDENTIFIER_PHONE },
		{ "(01632) 960-123", IDENTIFIER_PHONE },
		{ "+44 7700 900123", IDENTIFIER_PHONE },
		{ "0044 7700 900123", IDENTIFIER_PHONE },
		{ "07700900123", IDENTIFIER_PHONE },
		{ "+49 30 123456", IDENTIFIER_PHONE },
		{ "2024-01-31", IDENTIFIER_NONE },
		{ "31.01.2024", IDENTIFIER_NONE },
		{ "3292879998", IDENTIFIER_NONE },
		{ "9434765919", IDENTIFIER_NHS },
		{ "943 476 5919", IDENTIFIER_NHS },
		{ "9434765918", IDENTIFIER_NONE },
		{ "SW1A 1AA", IDENTIFIER_POSTCODE },
		{ "mk9 3es", IDENTIFIER_POSTCODE },
		{ "M11AE", IDENTIFIER_POSTCODE },
		{ "E06000042", IDENTIFIER_NONE },
		{ "192.0.2.1", IDENTIFIER_IP },
		{ "2001:db8::1", IDENTIFIER_IP },
		{ "12:30:00", IDENTIFIER_NONE },
		{ "1.2.3.400", IDENTIFIER_NONE },
		{ "QQ 12 34 56 C", IDENTIFIER_INSURANCE },
		{ "QQ123456E", IDENTIFIER_NONE },
		{ "51.5072 -0.1276 0 0", IDENTIFIER_POSITION },
		{ "51.5, 12.1", IDENTIFIER_NONE },
		{ "A long answer in words", IDENTIFIER_NONE },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		if (identifier_of_value(rows[i].text) != rows[i].identifier)
			fail_msg("`%s` is taken for %s", rows[i].text,
			         identifier_words(identifier_of_value(rows[i].text)));
}

static void headers_that_tell_are_known_by_their_words(void **state)
{
	(void)state;
	static const struct {
		const char *header;
		enum identifier identifier;
	} rows[] = {
		{ "Email", IDENTIFIER_EMAIL },
		{ "E-mail Address", IDENTIFIER_EMAIL },
		{ "RecipientEmail", IDENTIFIER_EMAIL },
		{ "What is your mobile number?", IDENTIFIER_PHONE },
		{ "phone", IDENTIFIER_PHONE },
		{ "mobile", IDENTIFIER_PHONE },
		{ "Surname", IDENTIFIER_PERSON },
		{ "FirstName", IDENTIFIER_PERSON },
		{ "Last name", IDENTIFIER_PERSON },
		{ "Your full name", IDENTIFIER_PERSON },
		{ "name", IDENTIFIER_PERSON },
		{ "Child's name", IDENTIFIER_PERSON },
		{ "enumerator_name", IDENTIFIER_PERSON },
		{ "school_name", IDENTIFIER_NONE },
		{ "Postcode", IDENTIFIER_POSTCODE },
		{ "What is your postcode?", IDENTIFIER_POSTCODE },
		{ "NHS number", IDENTIFIER_NHS },
		{ "Have you used NHS services for your mental health in the last year?", IDENTIFIER_NONE },
		{ "Date of birth", IDENTIFIER_BIRTH },
		{ "dob", IDENTIFIER_BIRTH },
		{ "IP Address", IDENTIFIER_IP },
		{ "home_address", IDENTIFIER_ADDRESS },
		{ "How many hours a day do you spend on your mobile phone?", IDENTIFIER_NONE },
		{ "Did the service address what mattered to you and your family?", IDENTIFIER_NONE },
		{ "age", IDENTIFIER_NONE },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		bool sure = false;
		if (header_identifier(rows[i].header, &sure) != rows[i].identifier)
			fail_msg("`%s` is taken for %s", rows[i].header,
			         identifier_words(header_identifier(rows[i].header, &sure)));
	}
}

/* --- guesses --- */

enum { CELLS = 12 };

struct example {
	const char *name, *header;
	const char *cells[CELLS]; /* each `times` times */
	size_t times;
	enum variable_type type;
	enum identifier identifier;
	size_t answers, missing; /* of its list */
	const char *min, *max;
};

static const struct example examples[] = {
	{ "blank cells are text", "q", { "" }, 5, VARIABLE_TEXT, 0, 0, 0, "", "" },
	{ "whole numbers are integers", "q", { "1", "20", "-3" }, 5, VARIABLE_INTEGER, 0, 0, 0, "", "" },
	{ "numbers with a point are numbers", "q", { "1", "2.5" }, 5, VARIABLE_NUMBER, 0, 0, 0, "", "" },
	{ "numbers with a comma are numbers where no point is",
	  "q",
	  { "1", "2,5" },
	  5,
	  VARIABLE_NUMBER,
	  0,
	  0,
	  0,
	  "",
	  "" },
	{ "a number in a hundred that is none changes nothing",
	  "q",
	  { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12" },
	  9,
	  VARIABLE_INTEGER,
	  0,
	  0,
	  0,
	  "",
	  "" },
	{ "leading zeros are meant", "q", { "007", "012" }, 5, VARIABLE_CODE, 0, 2, 0, "", "" },
	{ "dates are dates", "q", { "2024-01-31", "2024-02-01" }, 5, VARIABLE_DATE, 0, 0, 0, "", "" },
	{ "dates day first are dates", "q", { "31/01/2024", "01/02/2024" }, 5, VARIABLE_DATE, 0, 0, 0, "", "" },
	{ "dates month first are dates", "q", { "01/31/2024", "01/02/2024" }, 5, VARIABLE_DATE, 0, 0, 0, "", "" },
	{ "dates with times are datetimes",
	  "q",
	  { "2024-01-31 12:00:00", "2024-02-01T01:02" },
	  5,
	  VARIABLE_DATETIME,
	  0,
	  0,
	  0,
	  "",
	  "" },
	{ "years of two digits stay text",
	  "q",
	  { "5/10/21 9:36:44", "6/10/21 9:36:44", "7/10/21 1:00:00" },
	  1,
	  VARIABLE_TEXT,
	  0,
	  0,
	  0,
	  "",
	  "" },
	{ "yes and no are codes in one row each", "q", { "Yes", "no" }, 1, VARIABLE_CODE, 0, 2, 0, "", "" },
	{ "few texts that recur are codes", "q", { "Agree", "Disagree" }, 3, VARIABLE_CODE, 0, 2, 0, "", "" },
	{ "few texts in few rows stay text", "q", { "Agree", "Disagree" }, 2, VARIABLE_TEXT, 0, 0, 0, "", "" },
	{ "a text that says why there is none is a missing code",
	  "q",
	  { "Agree", "Disagree", "Prefer not to say" },
	  4,
	  VARIABLE_CODE,
	  0,
	  2,
	  1,
	  "",
	  "" },
	{ "and among numbers too", "q", { "1", "2", "Don't know" }, 4, VARIABLE_INTEGER, 0, 0, 1, "", "" },
	{ "-99 among numbers from 0 is missing", "q", { "0", "10", "-99" }, 4, VARIABLE_INTEGER, 0, 0, 1, "0", "" },
	{ "99 far above all others is missing", "q", { "1", "5", "99" }, 4, VARIABLE_INTEGER, 0, 0, 1, "", "98" },
	{ "99 near the others is an age", "q", { "18", "85", "99" }, 4, VARIABLE_INTEGER, 0, 0, 0, "", "" },
	{ "999 above ages is missing", "q", { "18", "85", "999" }, 4, VARIABLE_INTEGER, 0, 0, 1, "", "998" },
	{ "88 and 99 are both missing", "q", { "1", "5", "88", "99" }, 4, VARIABLE_INTEGER, 0, 0, 2, "", "87" },
	{ "-99 among temperatures is one", "q", { "-120", "10", "-99" }, 4, VARIABLE_INTEGER, 0, 0, 0, "", "" },
	{ "-99 among words is missing", "q", { "Agree", "Disagree", "-99" }, 4, VARIABLE_CODE, 0, 2, 1, "", "" },
	{ "a number with a word that recurs is an answer to choose",
	  "q",
	  { "0", "1", "2", "3 or more" },
	  4,
	  VARIABLE_CODE,
	  0,
	  4,
	  0,
	  "",
	  "" },
	{ "several answers in one cell are codes",
	  "q",
	  { "a;b", "b", "a", "a;b;c", "c;a" },
	  4,
	  VARIABLE_CODES,
	  0,
	  3,
	  0,
	  "",
	  "" },
	{ "each ended by a semicolon, in few rows too",
	  "q",
	  { "tea;coffee;", "tea;" },
	  1,
	  VARIABLE_CODES,
	  0,
	  2,
	  0,
	  "",
	  "" },
	{ "a comma in an option is not a separator",
	  "q",
	  { "Yes, often", "Yes, rarely", "No" },
	  4,
	  VARIABLE_CODE,
	  0,
	  3,
	  0,
	  "",
	  "" },
	{ "e-mail addresses are dropped and never listed",
	  "contact",
	  { "a@example.org", "b@example.org" },
	  5,
	  VARIABLE_TEXT,
	  IDENTIFIER_EMAIL,
	  0,
	  0,
	  "",
	  "" },
	{ "one e-mail address among answers keeps them from a list",
	  "q",
	  { "Yes", "No", "Yes", "No", "Yes", "No", "Yes", "No", "a@example.org" },
	  3,
	  VARIABLE_TEXT,
	  0,
	  0,
	  0,
	  "",
	  "" },
	{ "a header is enough", "Surname", { "Smith", "Jones" }, 5, VARIABLE_TEXT, IDENTIFIER_PERSON, 0, 0, "", "" },
	{ "whether there is a telephone tells nobody", "phone", { "Yes", "No" }, 5, VARIABLE_CODE, 0, 2, 0, "", "" },
	{ "nor how often it rings", "phone", { "1", "20" }, 5, VARIABLE_INTEGER, 0, 0, 0, "", "" },
	{ "NHS numbers are known by their check digit",
	  "q",
	  { "9434765919" },
	  5,
	  VARIABLE_TEXT,
	  IDENTIFIER_NHS,
	  0,
	  0,
	  "",
	  "" },
	{ "dates of birth stay dates",
	  "dob",
	  { "1980-01-31", "1990-02-28" },
	  5,
	  VARIABLE_DATE,
	  IDENTIFIER_BIRTH,
	  0,
	  0,
	  "",
	  "" },
	{ "what a spreadsheet would run is never listed",
	  "q",
	  { "=1+1", "Yes", "No" },
	  5,
	  VARIABLE_TEXT,
	  0,
	  0,
	  0,
	  "",
	  "" },
	{ "nor where it stands in the middle of a cell",
	  "q",
	  { "a;b", "b", "a", "a;=1+1", "b;a" },
	  4,
	  VARIABLE_TEXT,
	  0,
	  0,
	  0,
	  "",
	  "" },
	{ "nor is an address that stands there",
	  "q",
	  { "a;b", "b", "a", "a;c@example.org", "b;a" },
	  4,
	  VARIABLE_TEXT,
	  IDENTIFIER_EMAIL,
	  0,
	  0,
	  "",
	  "" },
	{ "nor as a missing code", "q", { "1", "2", "3", "-Don't know" }, 4, VARIABLE_TEXT, 0, 0, 0, "", "" },
	{ "rounded numbers are no answers to choose",
	  "q",
	  { "1e+05", "50000", "20000" },
	  5,
	  VARIABLE_TEXT,
	  0,
	  0,
	  0,
	  "",
	  "" },
};

static void a_column_is_guessed(void **state)
{
	const struct example *example = *state;
	struct cells cells;
	struct guess guess;
	const struct cells *columns[] = { &cells };
	cells_begin(&cells, ',', false);
	for (size_t n = 0; n < example->times; n++)
		for (size_t i = 0; i < CELLS && example->cells[i]; i++)
			cells_add(&cells, example->cells[i], false);
	if (strstr(example->name, "in a hundred"))
		cells_add(&cells, "about three", false);
	struct guess_form form = guess_form(columns, 1, NULL);
	guess_column(&guess, &cells, &form, (const char *const[]){ example->header, NULL });
	assert_string_equal(variable_type_word(guess.type), variable_type_word(example->type));
	assert_int_equal(guess.identifier, example->identifier);
	assert_int_equal(guess.text_count, example->answers);
	assert_int_equal(guess.missing_count, example->missing);
	assert_string_equal(guess.min, example->min);
	assert_string_equal(guess.max, example->max);
	guess_free(&guess);
	cells_free(&cells);
}

static void texts_that_hardly_anybody_gave_are_not_listed(void **state)
{
	(void)state;
	struct cells cells;
	struct guess guess;
	const struct guess_form form = { .dates = "iso" };
	cells_begin(&cells, '\0', false);
	for (size_t i = 0; i < 100; i++)
		cells_add(&cells, i % 2 ? "Male" : "Female", false);
	for (size_t i = 0; i < 8; i++) {
		char *once = mem_print("a remark of somebody %c", (char)('a' + i));
		cells_add(&cells, once, false);
		free(once);
	}
	guess_column(&guess, &cells, &form, (const char *const[]){ "gender", NULL });
	assert_int_equal(guess.type, VARIABLE_CODE);
	assert_int_equal(guess.text_count, 2);
	assert_null(strstr(guess.remarks.bytes, "somebody"));
	guess_free(&guess);
	cells_free(&cells);
}

static void a_column_of_texts_without_end_keeps_none_of_them(void **state)
{
	(void)state;
	struct cells cells;
	cells_begin(&cells, ' ', false);
	for (size_t i = 0; i < 10000; i++) {
		char *text = mem_print("text %zu", i);
		cells_add(&cells, text, false);
		free(text);
	}
	assert_true(cells.texts.over && cells.joined[0].parts.over);
	assert_int_equal(cells.texts.count + cells.joined[0].parts.count, 0);
	cells_free(&cells);
}

static void one_order_of_dates_is_found_for_all_columns(void **state)
{
	(void)state;
	struct cells day, either, iso;
	cells_begin(&day, '\0', false);
	cells_begin(&either, '\0', false);
	cells_begin(&iso, '\0', false);
	cells_add(&day, "31/01/2024", false);
	cells_add(&either, "01/02/2024", false);
	cells_add(&iso, "2024-01-31", false);
	const struct cells *both[] = { &either, &day }, *alone[] = { &either, &iso };
	struct guess_form known = guess_form(both, 2, "mdy"), unknown = guess_form(alone, 2, NULL);
	struct guess_form told = guess_form(alone, 2, "mdy"), plain = guess_form(alone + 1, 1, NULL);
	assert_string_equal(known.dates, "dmy");
	assert_false(known.dates_ambiguous);
	assert_true(unknown.dates_ambiguous && unknown.dates_seen);
	assert_string_equal(told.dates, "mdy");
	assert_false(plain.dates_seen || plain.dates_ambiguous);
	cells_free(&day);
	cells_free(&either);
	cells_free(&iso);
}

static void answers_stand_in_the_order_of_their_numbers(void **state)
{
	(void)state;
	static const char *const order[] = {
		"1-5", "6-25", "26-100", "100-500", "$1,000 - $2,000", "Agree", "disagree"
	};
	for (size_t i = 1; i < COUNT(order); i++)
		assert_true(guess_compare(order[i - 1], order[i]) < 0 && guess_compare(order[i], order[i - 1]) > 0);
}

static void an_id_must_differ_in_every_row_of_a_file(void **state)
{
	(void)state;
	struct cells cells;
	cells_begin(&cells, '\0', true);
	for (int wave = 0; wave < 2; wave++) { /* the same people in two files are fine */
		cells_add(&cells, "a", false);
		cells_add(&cells, "b", false);
		cells_end_file(&cells);
	}
	assert_true(guess_is_key(&cells, 4, "Respondent ID"));
	assert_false(guess_is_key(&cells, 5, "Respondent ID"));
	assert_false(guess_is_key(&cells, 4, "Mood"));
	cells_add(&cells, "c", false);
	cells_add(&cells, "c", false);
	cells_end_file(&cells);
	assert_false(guess_is_key(&cells, 6, "Respondent ID"));
	cells_free(&cells);
}

/* --- lists --- */

static void no_text_of_a_list_stands_for_two_codes(void **state)
{
	(void)state;
	struct mem_arena *texts = mem_arena_new();
	struct listing *listing = listing_new(texts, true);
	const struct draft_code like = { .label = "label" };
	const char *const upper[] = { "Yes" }, *const lower[] = { "yes" };
	listing_reserve(listing, "Yes");
	listing_reserve(listing, "yes");
	assert_string_equal(listing_add(listing, "Yes", false, &like, upper, 1), "yes_2");
	assert_string_equal(listing_add(listing, "yes", false, &like, lower, 1), "yes");
	assert_string_equal(listing_add(listing, "a;b", true, &like, NULL, 0), "a_b");
	assert_string_equal(listing_add(listing, "(none)", true, &like, NULL, 0), "none");
	assert_string_equal(listing_add(listing, "=1+1", true, &like, NULL, 0), "1_1");
	assert_string_equal(listing_add(listing, "-99", true, &like, NULL, 0), "-99");
	listing_spell(listing, "none", "yes"); /* somebody else's */
	assert_int_equal(listing_count(listing), 6);
	listing_free(listing);
	mem_arena_free(texts);
}

/* --- whole drafts --- */

struct drafted {
	char *folder, *output;
	struct platform *platform;
	struct gathered *gathered;
	struct draft *draft;
	struct dictionary *dictionary;
	struct error err;
};

static void drafted_free(struct drafted *drafted)
{
	dictionary_free(drafted->dictionary);
	draft_free(drafted->draft);
	gather_free(drafted->gathered);
	platform_free(drafted->platform);
	free(drafted->output);
	free(drafted->folder);
}

/* Take the marks off, as somebody does who has looked. */
static void clear_marks(const char *folder, const char *name)
{
	struct text bytes = { 0 };
	struct error err = { 0 };
	char *path = mem_print("%s/%s", folder, name);
	assert_ok(text_read_file(&bytes, path, 1 << 28, &err), &err);
	for (char *mark = bytes.bytes; (mark = strstr(mark, "guessed"));)
		memcpy(mark, "checked", 7);
	free(test_file_bytes(folder, name, bytes.bytes, bytes.length));
	free(path);
	text_free(&bytes);
}

static bool load(struct drafted *drafted)
{
	char *places = test_file(drafted->folder, "places.csv",
	                         "code,name,kind,parent,old_code,opened,closed,also_called\n"
	                         "E06000042,Milton Keynes,la,,,,,\n");
	bool ok = dictionary_load(&drafted->dictionary, drafted->output, places, NULL, 0, &drafted->err);
	free(places);
	return ok;
}

/* Draft from a file of these bytes, take the marks off, load. */
static bool draft_bytes(struct drafted *drafted, const char *platform, const char *bytes, size_t length)
{
	*drafted = (struct drafted){ .folder = test_folder() };
	struct sheet_options options = { 0 };
	char *path = test_file_bytes(drafted->folder, "export.csv", bytes, length);
	drafted->output = mem_print("%s/draft", drafted->folder);
	bool ok = platform_load(&drafted->platform, platforms, platform, &drafted->err)
	          && gather(&drafted->gathered, drafted->platform, &options, &path, 1, &drafted->err);
	const struct draft_sources sources = { .gathered = drafted->gathered,
		                               .platform = drafted->platform,
		                               .exports = true };
	ok = ok && draft_make(&drafted->draft, &sources, &drafted->err)
	     && draft_write(drafted->draft, drafted->output, platform, &drafted->err);
	free(path);
	return ok;
}

static bool draft_and_load(struct drafted *drafted, const char *platform, const char *bytes, size_t length)
{
	if (!draft_bytes(drafted, platform, bytes, length))
		return false;
	clear_marks(drafted->output, "variables.csv");
	clear_marks(drafted->output, "codes.csv");
	return load(drafted);
}

static const char small[] = "Person ID,Mood,Email\na1,Good,a@example.org\na2,Bad,b@example.org\na3,Good,c@example.org\n"
			    "a4,Bad,d@example.org\na5,Good,e@example.org\na6,Bad,f@example.org\n";

static void a_draft_is_refused_while_it_is_marked(void **state)
{
	(void)state;
	struct drafted drafted;
	assert_ok(draft_bytes(&drafted, "plain", small, strlen(small)), &drafted.err);
	assert_false(load(&drafted));
	assert_int_equal(drafted.err.kind, ERROR_CONFIG);
	assert_non_null(strstr(drafted.err.message, "guessed"));
	for (size_t i = 0; i < drafted.draft->count; i++)
		assert_int_equal(strncmp(drafted.draft->variables[i].note, "guessed", 7), 0);
	for (size_t l = 0; l < drafted.draft->list_count; l++)
		for (size_t i = 0; i < drafted.draft->lists[l].count; i++)
			if (drafted.draft->lists[l].codes[i].missing)
				assert_int_equal(strncmp(drafted.draft->lists[l].codes[i].note, "guessed", 7), 0);
	drafted_free(&drafted);
}

static void only_its_owner_can_read_a_draft_and_nothing_is_overwritten(void **state)
{
	(void)state;
	struct drafted drafted;
	struct stat status;
	struct error err = { 0 };
	static const char *const files[] = { "variables.csv", "codes.csv", "rules.csv", "headers.csv" };
	assert_ok(draft_bytes(&drafted, "plain", small, strlen(small)), &drafted.err);
	assert_int_equal(stat(drafted.output, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0700);
	for (size_t i = 0; i < COUNT(files); i++) {
		char *path = mem_print("%s/%s", drafted.output, files[i]);
		assert_int_equal(stat(path, &status), 0);
		assert_int_equal(status.st_mode & 0777, 0600);
		free(path);
	}
	assert_false(draft_write(drafted.draft, drafted.output, "plain", &err));
	assert_int_equal(err.kind, ERROR_USAGE);
	drafted_free(&drafted);
}

static bool holds(const char *folder, const char *name, const char *text)
{
	struct text bytes = { 0 };
	struct error err = { 0 };
	char *path = mem_print("%s/%s", folder, name);
	assert_ok(text_read_file(&bytes, path, 1 << 28, &err), &err);
	bool found = strstr(bytes.bytes, text);
	free(path);
	text_free(&bytes);
	return found;
}

static void what_tells_who_somebody_is_stands_nowhere(void **state)
{
	(void)state;
	struct drafted drafted;
	struct text words = { 0 };
	assert_ok(draft_and_load(&drafted, "plain", small, strlen(small)), &drafted.err);
	const struct draft_sources sources = { .gathered = drafted.gathered,
		                               .platform = drafted.platform,
		                               .exports = true };
	const struct advice advice = { .platform = "plain", .profile = "plain", .folder = drafted.output };
	advice_write(&words, drafted.draft, &sources, &advice);
	static const char *const files[] = { "variables.csv", "codes.csv", "headers.csv" };
	for (size_t i = 0; i < COUNT(files); i++)
		assert_false(holds(drafted.output, files[i], "example.org"));
	assert_null(strstr(words.bytes, "example.org"));
	assert_null(strstr(words.bytes, "Good"));
	assert_non_null(strstr(words.bytes, "email"));
	const struct variable *email = dictionary_variable(drafted.dictionary, "email");
	assert_int_equal(email->disclosure, DISCLOSURE_DIRECT);
	assert_int_equal(email->treat, TREAT_DROP);
	const struct variable *person = dictionary_variable(drafted.dictionary, "person_id");
	assert_int_equal(person->role, ROLE_KEY);
	assert_true(person->required);
	text_free(&words);
	drafted_free(&drafted);
}

/* --- exports in the shapes of the platforms --- */

static const struct variable *variable(const struct drafted *drafted, const char *name, enum variable_type type)
{
	const struct variable *found = dictionary_variable(drafted->dictionary, name);
	if (!found)
		fail_msg("no variable %s", name);
	assert_string_equal(variable_type_word(found->type), variable_type_word(type));
	return found;
}

static const struct header *box(const struct drafted *drafted, const char *name, const char *option)
{
	const struct dictionary *dictionary = drafted->dictionary;
	for (size_t i = 0; i < dictionary->header_count; i++) {
		const struct header *header = &dictionary->headers[i];
		if (strcmp(dictionary->variables[header->variable].name, name) == 0
		    && text_equal(header->option, option))
			return header;
	}
	fail_msg("no row of headers.csv for %s %s", name, option ? option : "");
	return NULL;
}

/* `head`, then `rows` so many times with their number before each. */
static char *numbered(const char *head, const char *const *rows, size_t count, size_t times)
{
	struct text csv = { 0 };
	text_add(&csv, head);
	for (size_t n = 0; n < times * count; n++)
		text_print(&csv, "%zu%s\n", n + 1, rows[n % count]);
	return csv.bytes;
}

static void options_in_the_header_rows_become_one_variable(void **state)
{
	(void)state;
	static const char *const rows[] = { ",Tea,,Very good,Bad", ",Tea,Coffee; black,Bad,Very good",
		                            ",,,Very good,Bad" };
	char *csv = numbered("Respondent ID,What do you drink?,,How is it?,\n,Tea,Coffee; black,The tea,The cup\n",
	                     rows, COUNT(rows), 4);
	struct drafted drafted;
	assert_ok(draft_and_load(&drafted, "surveymonkey", csv, strlen(csv)), &drafted.err);
	const struct variable *drink = variable(&drafted, "what_do_you_drink", VARIABLE_CODES);
	assert_int_equal(drink->codes->count, 2);
	assert_string_equal(drink->codes->codes[1].code, "coffee_black");
	assert_string_equal(drink->codes->codes[1].label, "Coffee; black");
	assert_null(box(&drafted, "what_do_you_drink", "coffee_black")->ticked);
	const struct variable *tea = variable(&drafted, "how_is_it_the_tea", VARIABLE_CODE);
	assert_ptr_equal(tea->codes, variable(&drafted, "how_is_it_the_cup", VARIABLE_CODE)->codes);
	assert_string_equal(tea->label, "The tea");
	drafted_free(&drafted);
	free(csv);
}

/* V1 in one export of a legacy Qualtrics survey need not be V1 in the next; the words below are. */
static void columns_that_their_words_alone_tell_are_found_by_them(void **state)
{
	(void)state;
	static const char *const rows[] = { ",Default,1,Good,a,", ",Default,0,Bad,b," };
	char *csv = numbered("V1,V2,V5,Q1,Q2,\nResponseID,ResponseSet,Finished,How?,Name,\n", rows, COUNT(rows), 4);
	struct drafted drafted;
	assert_ok(draft_and_load(&drafted, "qualtrics-legacy", csv, strlen(csv)), &drafted.err);
	assert_true(drafted.draft->has_key);
	assert_int_equal(variable(&drafted, "response_id", VARIABLE_ID)->role, ROLE_KEY);
	assert_int_equal(variable(&drafted, "finished", VARIABLE_TEXT)->role, ROLE_PARADATA);
	assert_int_equal(box(&drafted, "response_id", NULL)->match, HEADER_PATH);
	assert_string_equal(box(&drafted, "response_id", NULL)->header, "ResponseID");
	assert_int_equal(box(&drafted, "q1", NULL)->match, HEADER_NAME);
	assert_null(dictionary_variable(drafted.dictionary, "q2")); /* who they are: dropped */
	assert_null(dictionary_variable(drafted.dictionary, "name"));
	drafted_free(&drafted);
	free(csv);
}

/* With import ids they tell, and a question may be worded as the platform's own column is called. */
static void a_question_worded_as_the_platforms_own_stays_a_question(void **state)
{
	(void)state;
	static const char *const rows[] = { ",Good", ",Bad" };
	char *csv = numbered("ResponseId,Q1\nResponse ID,Status\n\"{\"\"ImportId\"\":\"\"_recordId\"\"}\","
	                     "\"{\"\"ImportId\"\":\"\"QID1\"\"}\"\n",
	                     rows, COUNT(rows), 4);
	struct drafted drafted;
	assert_ok(draft_and_load(&drafted, "qualtrics", csv, strlen(csv)), &drafted.err);
	const struct variable *status = variable(&drafted, "q1", VARIABLE_CODE);
	assert_int_equal(status->role, ROLE_NONE);
	assert_int_equal(box(&drafted, "q1", NULL)->match, HEADER_IMPORT_ID);
	drafted_free(&drafted);
	free(csv);
}

static void a_box_that_holds_another_mark_says_so(void **state)
{
	(void)state;
	static const char *const rows[] = { ",Checked,Unchecked", ",Unchecked,Checked" };
	static const char *const texts[] = { ",Selected,", ",,Selected" };
	struct drafted drafted;
	char *csv = numbered("record_id,race___1,race___2\n", rows, COUNT(rows), 4);
	assert_ok(draft_and_load(&drafted, "redcap", csv, strlen(csv)), &drafted.err);
	variable(&drafted, "race", VARIABLE_CODES);
	assert_null(box(&drafted, "race", "1")->ticked); /* the platform's own mark */
	drafted_free(&drafted);
	free(csv);
	csv = numbered("RespondentID,What?,\n,Tea,Coffee\n", texts, COUNT(texts), 12);
	assert_ok(draft_and_load(&drafted, "surveymonkey", csv, strlen(csv)), &drafted.err);
	variable(&drafted, "what", VARIABLE_CODES);
	assert_string_equal(box(&drafted, "what", "coffee")->ticked, "Selected");
	drafted_free(&drafted);
	free(csv);
}

static const char kobo_head[] = "_id;needs;needs/food;needs/water;needs/other;needs_other;group/age;group/sex\n";

static void of_a_cell_and_its_boxes_one_is_drafted(void **state)
{
	(void)state;
	static const char *const codes[] = { ";food water;1;1;0;;30;f", ";food;1;0;0;;44;m", ";other;0;0;1;rent;51;f" };
	static const char *const labels[] = { ";Food aid Water;1;1;0;;30;f", ";Food aid;1;0;0;;44;m",
		                              ";Other;0;0;1;rent;51;f" };
	struct drafted drafted;
	char *csv = numbered(kobo_head, codes, COUNT(codes), 5);
	assert_ok(draft_and_load(&drafted, "kobo", csv, strlen(csv)), &drafted.err);
	assert_int_equal(variable(&drafted, "needs", VARIABLE_CODES)->codes->count, 3);
	assert_int_equal(drafted.draft->left_out, 3);
	for (size_t i = 0; i < drafted.dictionary->header_count; i++)
		assert_null(drafted.dictionary->headers[i].option);
	assert_int_equal(variable(&drafted, "needs_other", VARIABLE_TEXT)->role, ROLE_FREE_TEXT);
	variable(&drafted, "group_age", VARIABLE_INTEGER);
	variable(&drafted, "group_sex", VARIABLE_CODE);
	drafted_free(&drafted);
	free(csv);
	csv = numbered(kobo_head, labels, COUNT(labels), 5);
	assert_ok(draft_and_load(&drafted, "kobo", csv, strlen(csv)), &drafted.err);
	variable(&drafted, "needs", VARIABLE_CODES);
	box(&drafted, "needs", "water");
	box(&drafted, "needs", "other");
	assert_int_equal(drafted.draft->left_out, 1);
	drafted_free(&drafted);
	free(csv);
}

static void names_that_look_like_boxes_are_none_without_marks(void **state)
{
	(void)state;
	static const char *const rows[] = { ";yes;own", ";no;rent" };
	struct drafted drafted;
	char *csv = numbered("_id;hh/job;hh/home\n", rows, COUNT(rows), 6);
	assert_ok(draft_and_load(&drafted, "kobo", csv, strlen(csv)), &drafted.err);
	assert_ptr_not_equal(variable(&drafted, "hh_job", VARIABLE_CODE)->codes,
	                     variable(&drafted, "hh_home", VARIABLE_CODE)->codes);
	drafted_free(&drafted);
	free(csv);
}

static void code_and_words_of_a_header_are_parted(void **state)
{
	(void)state;
	static const struct {
		const char *header, *code, *words, *option;
	} rows[] = {
		{ "edu1. What is it?", "edu1", "What is it?", "" },
		{ "lang[SQ001]. Which? [French]", "lang[SQ001]", "Which?", "French" },
		{ "rse3[SQ001]. Who? []", "rse3[SQ001]", "Who?", "" },
		{ "Q4. How?", "Q4", "How?", "" },
		{ "St. Albans resident", NULL, NULL, NULL },
		{ "age", NULL, NULL, NULL },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *code = NULL, *words = NULL, *option = NULL;
		assert_int_equal(question_split(rows[i].header, &code, &words, &option), rows[i].code != NULL);
		if (rows[i].code) {
			assert_string_equal(code, rows[i].code);
			assert_string_equal(words, rows[i].words);
			assert_string_equal(option, rows[i].option);
		}
		free(code);
		free(words);
		free(option);
	}
}

/* --- properties --- */

/* xorshift, Marsaglia 2003. */
static unsigned long long draw(unsigned long long *seed, unsigned long long below)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed % below;
}

static void add_field(struct text *csv, const char *field, char end)
{
	text_add(csv, "\"");
	for (const char *c = field; *c; c++)
		text_print(csv, "%s%c", *c == '"' ? "\"" : "", *c);
	text_print(csv, "\"%c", end);
}

static const char *const odd_texts[] = {
	"",
	"NA",
	"N/A",
	"-",
	".",
	"yes",
	"Yes",
	"YES ",
	"no",
	"No",
	"=1+1",
	"+x",
	"@here",
	"-other",
	"- other",
	"a;b",
	"b",
	"(none)",
	";",
	";;",
	",",
	"\"",
	"''",
	"a\nb",
	"1",
	"2",
	"3",
	"1.5",
	"1,5",
	"1,234",
	"007",
	"-99",
	"99",
	"999",
	"1e+05",
	"2024-01-31",
	"31/01/2024",
	"01/31/2024",
	"1/2/24",
	"2024-01-31 10:00",
	"Don't know",
	"Prefer not to say",
	"any",
	"places",
	"row",
	"x\xc2\xa0y",
	"\xc2\xa0",
	"\xe2\x80\x8b",
	"\xef\xbc\x9dwide",
	"\x01",
	"\xc3\xa9t\xc3\xa9",
	"\xd9\x86\xd8\xb9\xd9\x85",
	"a b",
	"a b c",
	"Agree",
	"agree",
	" Agree",
	"AGREE",
	"Agree ",
	"#N/A",
	"null",
	"answer",
	"answer_2",
	"yes_2",
	"not answered",
	"not_answered",
	"a@example.org",
	"9434765919",
	"MK9 3ES",
	"5+",
	"> 5",
	"< 5",
	"9999999999999999999999",
	"1=yes; 2=no",
	"guess",
	"checked",
	"\t",
	"{\"ImportId\":\"Q\"}",
	"a/b",
	"Response",
};
static const char *const odd_headers[] = {
	"",
	"id",
	"ID",
	"row",
	"area",
	"weight",
	"select",
	"Q1",
	"Q1",
	"q1",
	"Q1_1",
	"Q1_2",
	"Q1_2_TEXT",
	"a/b",
	"a/c",
	"a",
	"=HYPERLINK()",
	"-x",
	"with, comma",
	"with \"quotes\"",
	"two\nlines",
	"Email",
	"name",
	"Date of birth",
	"_uuid",
	"race___1",
	"race___2",
	"SUP[SQ001]",
	"SUP[SQ002]",
	"SUP[other]",
	"\xd9\x86\xd8\xb9\xd9\x85",
	"1",
	"2",
	"any",
	"places",
	"a very long question that goes on and on, with words that nobody needs, until it is too long for any name at all",
	"a very long question that goes on and on, with words that nobody needs, until it is too long for any other name",
	"Response",
	"Start Date",
	"status",
	"Other (please specify)",
	"end",
	"case",
	"values",
	"note",
	"wave",
	"URN",
};

static char *random_text(unsigned long long *seed, const char *const *texts, size_t count)
{
	char *text = mem_copy_text(texts[draw(seed, count)]);
	if (draw(seed, 6) == 0) { /* letters of any kind behind it */
		static const char letters[] = "aZ09_-=+@ ,;\"'.:/[](){}|<>%&\n";
		char *longer =
			mem_print("%s%c%c%c", text, letters[draw(seed, sizeof letters - 1)],
		                  letters[draw(seed, sizeof letters - 1)], letters[draw(seed, sizeof letters - 1)]);
		free(text);
		text = longer;
	}
	return text;
}

/* Columns of few texts, of many, of one kind and of all, under any profile. */
static void random_sheet(struct text *csv, unsigned long long *seed, char delimiter)
{
	size_t columns = 1 + draw(seed, 12), rows = draw(seed, 80), heads = 1 + draw(seed, 3);
	size_t first[12], kinds[12];
	for (size_t c = 0; c < columns; c++) {
		first[c] = draw(seed, COUNT(odd_texts));
		kinds[c] = 1 + draw(seed, 5) * draw(seed, 5);
	}
	for (size_t r = 0; r < heads + rows; r++)
		for (size_t c = 0; c < columns; c++) {
			size_t at = (first[c] + draw(seed, kinds[c])) % COUNT(odd_texts);
			char *text = r < heads             ? random_text(seed, odd_headers, COUNT(odd_headers))
			             : draw(seed, 40) == 0 ? random_text(seed, odd_texts, COUNT(odd_texts))
			                                   : mem_copy_text(odd_texts[at]);
			add_field(csv, text, c + 1 < columns ? delimiter : '\n');
			free(text);
		}
}

static void every_draft_loads_once_its_marks_are_off(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		char delimiter;
	} profiles[] = {
		{ "plain", ',' },        { "surveymonkey", ',' },    { "kobo", ';' },
		{ "redcap", ',' },       { "qualtrics", ',' },       { "limesurvey", ';' },
		{ "google-forms", ',' }, { "smartsurvey", ',' },     { "jisc", ',' },
		{ "odk", ',' },          { "microsoft-forms", ',' }, { "limesurvey-vv", '\t' },
	};
	enum { SHEETS = 40 };
	size_t loaded = 0;
	for (unsigned long long n = 0; n < SHEETS * COUNT(profiles); n++) {
		unsigned long long seed = 88172645463325252ULL + n * 7919;
		size_t p = n % COUNT(profiles);
		struct text csv = { 0 };
		struct drafted drafted;
		random_sheet(&csv, &seed, profiles[p].delimiter);
		if (draft_and_load(&drafted, profiles[p].name, csv.bytes, csv.length))
			loaded++;
		else if (drafted.draft) /* a sheet may be refused, a draft may not */
			fail_msg("sheet %llu, %s: %s %s:%zu (%s)", n, profiles[p].name, drafted.err.message,
			         drafted.err.path, drafted.err.line, drafted.err.help);
		drafted_free(&drafted);
		text_free(&csv);
	}
	assert_true(loaded > SHEETS * COUNT(profiles) / 2);
}

/* Columns of one kind each: every cell is then an answer or missing, by the dictionary alone. */
static void no_cell_of_a_tidy_sheet_fails_its_draft(void **state)
{
	(void)state;
	static const char *const kinds[][6] = {
		{ "1", "2", "3", "40", "-99", "Prefer not to say" },
		{ "1.5", "2", "3.25", "", "99", "NA" },
		{ "Yes", "No", "yes", "Don't know", "", "N/A" },
		{ "Strongly agree", "Agree", "agree", "Disagree", "Don't know", "" },
		{ "31/01/2024", "02/01/2024", "", "28/02/2024", "NA", "2024-03-01" },
		{ "2024-01-31 10:00", "", "31/01/2024 11:12:13", "2024-02-01T00:00", "2024-03-01 01:01",
		  "2024-03-02 01:01" },
		{ "tea;coffee", "tea", "coffee;milk", "milk", "tea;milk", "tea;coffee;milk" },
		{ "5-10", "< 5", "> 10", "10+", "5", "Other: \"none\", really" },
		{ "x\xc2\xa0y", "\xc3\xa9t\xc3\xa9", "\xd9\x86\xd8\xb9\xd9\x85", "- none", "", "a,b" },
	};
	struct text csv = { 0 };
	for (size_t c = 0; c < COUNT(kinds); c++)
		text_print(&csv, "Question %zu%s", c, c + 1 < COUNT(kinds) ? "," : "\n");
	for (size_t r = 0; r < 60; r++)
		for (size_t c = 0; c < COUNT(kinds); c++)
			add_field(&csv, kinds[c][(r + r / 6 * c) % 6], c + 1 < COUNT(kinds) ? ',' : '\n');
	struct drafted drafted;
	assert_ok(draft_and_load(&drafted, "plain", csv.bytes, csv.length), &drafted.err);
	assert_string_equal(drafted.draft->form.dates, "dmy");
	const struct form form = { .dates = drafted.draft->form.dates };
	struct answer answer = { 0 };
	for (size_t c = 0; c < COUNT(kinds); c++)
		for (size_t r = 0; r < 6; r++) {
			char *name = mem_print("question_%zu", c);
			const struct variable *asked = dictionary_variable(drafted.dictionary, name);
			assert_non_null(asked);
			answer_read(&answer, drafted.dictionary, asked, kinds[c][r], &form);
			if (answer.missing == MISSING_UNUSABLE)
				fail_msg("`%s` is no answer to %s, a %s", kinds[c][r], name,
				         variable_type_word(asked->type));
			free(name);
		}
	answer_release(&answer);
	drafted_free(&drafted);
	text_free(&csv);
}

int main(void)
{
	static struct CMUnitTest guesses[COUNT(examples)];
	for (size_t i = 0; i < COUNT(examples); i++)
		guesses[i] = (struct CMUnitTest){ .name = examples[i].name,
			                          .test_func = a_column_is_guessed,
			                          .initial_state = (void *)&examples[i] };
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_small_plain_and_short),
		cmocka_unit_test(no_variable_has_a_name_that_canvass_or_sql_uses),
		cmocka_unit_test(values_that_tell_are_known_by_their_shape),
		cmocka_unit_test(headers_that_tell_are_known_by_their_words),
		cmocka_unit_test(texts_that_hardly_anybody_gave_are_not_listed),
		cmocka_unit_test(a_column_of_texts_without_end_keeps_none_of_them),
		cmocka_unit_test(one_order_of_dates_is_found_for_all_columns),
		cmocka_unit_test(answers_stand_in_the_order_of_their_numbers),
		cmocka_unit_test(an_id_must_differ_in_every_row_of_a_file),
		cmocka_unit_test(no_text_of_a_list_stands_for_two_codes),
		cmocka_unit_test(a_draft_is_refused_while_it_is_marked),
		cmocka_unit_test(only_its_owner_can_read_a_draft_and_nothing_is_overwritten),
		cmocka_unit_test(what_tells_who_somebody_is_stands_nowhere),
		cmocka_unit_test(options_in_the_header_rows_become_one_variable),
		cmocka_unit_test(columns_that_their_words_alone_tell_are_found_by_them),
		cmocka_unit_test(a_question_worded_as_the_platforms_own_stays_a_question),
		cmocka_unit_test(a_box_that_holds_another_mark_says_so),
		cmocka_unit_test(of_a_cell_and_its_boxes_one_is_drafted),
		cmocka_unit_test(names_that_look_like_boxes_are_none_without_marks),
		cmocka_unit_test(code_and_words_of_a_header_are_parted),
		cmocka_unit_test(every_draft_loads_once_its_marks_are_off),
		cmocka_unit_test(no_cell_of_a_tidy_sheet_fails_its_draft),
	};
	int failed = cmocka_run_group_tests_name("guesses", guesses, NULL, NULL);
	return failed + cmocka_run_group_tests_name("describe", tests, NULL, NULL);
}
