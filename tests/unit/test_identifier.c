/* What the scanner of texts finds, and how sure it is. Made-up people; numbers of the ranges kept for examples. */
#include "testing.h"

#include "identifier.h"
#include "text.h"

static struct roster *roster;

static struct identifier_context context_of(const struct roster *names)
{
	return (struct identifier_context){ .first_year = 2024, .last_year = 2025, .roster = names };
}

/* --- one line an example: what is found, as `confidence type words`, parted by | --- */

static const struct example {
	const char *name, *text, *found;
} examples[] = {
	{ "nothing in nothing", "", "" },
	{ "nothing in plain words", "I got on with most of them", "" },

	{ "a postcode in capitals with its blank is high", "at LU1 1AA now", "high postcode LU1 1AA" },
	{ "a postcode without its blank is medium", "at LU11AA now", "medium postcode LU11AA" },
	{ "a postcode in small letters is medium", "at lu1 1aa now", "medium postcode lu1 1aa" },
	{ "a no-break blank is a blank", "at LU1\xc2\xa0" "1AA now", "high postcode LU1\xc2\xa0" "1AA" },
	{ "no fixed abode is a postcode, with letters that no other has", "ZZ99 3VZ", "high postcode ZZ99 3VZ" },
	{ "so is Father Christmas's", "XM4 5HQ", "high postcode XM4 5HQ" },
	{ "an area that there is not is low", "AA1 1AA", "low postcode AA1 1AA" },
	{ "letters that no postcode ends with", "LU1 1CV", "low postcode LU1" },
	{ "Q, V and X begin none", "QU1 1AA VU1 1AA XU1 1AA", "" },
	{ "a first half alone is low", "the LU1 lot", "low postcode LU1" },
	{ "a vitamin is none", "I take B12 daily", "" },
	{ "a small ordinal is no second half", "mk1 2nd hand", "" },
	{ "no postcode inside a longer word", "XLU1 1AAX", "" },

	{ "a mobile number", "ring 07700 900123 now", "high phone 07700 900123" },
	{ "with country and brackets", "+44 (0)7700 900 123", "high phone +44 (0)7700 900 123" },
	{ "with 0044", "0044 7700 900123", "high phone 0044 7700 900123" },
	{ "an area code in brackets", "(01632) 960-123.", "high phone (01632) 960-123" },
	{ "what follows a number is not part of it", "07700 900123 2 times", "high phone 07700 900123" },
	{ "two numbers with a stroke between", "07700900123/07700900124", "high phone 07700900123|high phone 07700900124" },
	{ "a number of organisations is medium", "0808 157 0192", "medium phone 0808 157 0192" },
	{ "an order number of that shape is low", "order 07700900123", "low phone 07700900123" },
	{ "another country's is medium", "his is +49 30 123456", "medium phone +49 30 123456" },
	{ "and high near a word such as phone", "phone +49 30 123456", "high phone +49 30 123456" },
	{ "helplines of few digits are none", "0800 1111 and 116 123 and 111", "" },
	{ "twelve digits are none", "077009001234", "" },
	{ "a number goes on in the next line", "ring 07700\n900123", "high phone 07700\n900123" },
	{ "two lines of two numbers are two", "07700900123\r\n07700900124", "high phone 07700900123|high phone 07700900124" },
	{ "who counts gives no number", "0 1 2 3 4 5 6 7 8 9 10 or 01 02 03 04 05", "" },
	{ "a bracket within is none of a number", "0.2.9 (1998-02-26", "low date 1998-02-26" },
	{ "a number in words", "its oh double seven double oh nine hundred one two three.", "medium phone oh double seven double oh nine hundred one two three" },
	{ "counting in words is none", "zero one two three four five six seven eight nine", "" },
	{ "nor is one word again and again", "oh oh oh oh oh oh oh oh oh oh", "" },
	{ "nor are a few", "zero for one, oh two or three of them", "" },

	{ "an address in words", "its jo_b at gmail dot com ok", "high email jo_b at gmail dot com" },
	{ "with brackets", "jo (at) example [dot] org", "high email jo (at) example [dot] org" },
	{ "a shop is none", "look at amazon dot com, at home. Com on", "" },
	{ "nor is being somewhere", "i was at example.org for months", "low url example.org" },

	{ "an NHS number in its groups", "999 398 2598", "high nhs 999 398 2598" },
	{ "or near NHS", "my NHS one is 9993982598", "high nhs 9993982598" },
	{ "five words away is near", "NHS a b c d 9993982598", "high nhs 9993982598" },
	{ "six words away is not", "NHS a b c d e 9993982598", "low nhs 9993982598" },
	{ "a wrong check near NHS is low, not nothing", "NHS number 9993982599", "low nhs 9993982599" },
	{ "a wrong check elsewhere is nothing", "999 398 2599", "" },
	{ "a right check alone is low", "it said 9993982598", "low nhs 9993982598" },
	{ "groups that nobody uses need NHS", "99939 82598", "" },

	{ "an insurance number", "AB123456C", "high insurance AB123456C" },
	{ "with blanks", "NI AB 12 34 56 C", "high insurance AB 12 34 56 C" },
	{ "in small letters it is medium", "ab123456c", "medium insurance ab123456c" },
	{ "and high where the words are near", "nino ab123456c", "high insurance ab123456c" },
	{ "the specimen is none", "NI number QQ123456C", "" },
	{ "prefixes that are not given out", "BG123456A GB123456A NK123456A ZZ123456A DA123456A AO123456A", "" },
	{ "E ends none", "AB123456E", "" },
	{ "without its last letter the words must be near", "my NI is AB 12 34 56", "medium insurance AB 12 34 56" },

	{ "a date of birth", "born 12/03/2004", "high birth 12/03/2004" },
	{ "in words", "my birthday is the 1st of June 2006", "high birth 1st of June 2006" },
	{ "D.O.B. with points", "D.O.B. 12.3.04", "high birth 12.3.04" },
	{ "year first", "date of birth 2004-03-12", "high birth 2004-03-12" },
	{ "a child's is medium", "my son was born 04/09/2023", "medium birth 04/09/2023" },
	{ "at 14 in the first year of fieldwork", "born 01/06/2010", "high birth 01/06/2010" },
	{ "too young at 13 in the last", "born 01/06/2012", "medium birth 01/06/2012" },
	{ "at 30 before the birthday", "born 31/12/1993", "high birth 31/12/1993" },
	{ "too old at 31", "born 01/01/1992", "medium birth 01/01/1992" },
	{ "a day without its year", "birthday 23rd october", "medium birth 23rd october" },
	{ "a year of birth is low", "born in 2004", "low birth 2004" },
	{ "any other date is low", "on 12/03/2004 it rained", "low date 12/03/2004" },
	{ "there is no such day", "born 31/02/2004", "" },
	{ "a date of a move is indirect", "moved 12/03/2019", "low indirect 12/03/2019" },
	{ "scores and shares are no dates", "7/10 then 2/3, 24/7, 1-1-1", "" },

	{ "an e-mail address", "to jo.b+x@mail.example.org.", "high email jo.b+x@mail.example.org" },
	{ "in brackets", "(jo@example.org)", "high email jo@example.org" },
	{ "with a letter that has a mark", "zo\xc3\xab.l@example.org", "high email zo\xc3\xab.l@example.org" },
	{ "without a point behind @ it is none", "me@work", "" },
	{ "a web address ends before the sentence does", "see http://www.example.org/a?b=1).", "medium url http://www.example.org/a?b=1" },
	{ "www is enough", "www.example.org, then", "medium url www.example.org" },
	{ "a page on a social network is high", "facebook.com/jo.bloggs", "high url facebook.com/jo.bloggs" },
	{ "the name of a site is low", "on example.org", "low url example.org" },
	{ "a missing blank makes no site", "the end.So it goes, Node.js", "" },
	{ "a handle with a sign is high", "I am @jo_b", "high handle @jo_b" },
	{ "one of letters is medium", "ask @jobloggs", "medium handle @jobloggs" },
	{ "and high near a network", "insta @jobloggs", "high handle @jobloggs" },
	{ "some write @ for at", "@home or @ work, 2@5", "" },
	{ "a name near a network, without @", "snap is jo_b99", "medium handle jo_b99" },

	{ "a plate near car", "car reg AB12 CDE", "medium vehicle AB12 CDE" },
	{ "a plate alone is low", "I saw AB12 CDE", "low vehicle AB12 CDE" },
	{ "an old plate needs car", "P123 ABC", "" },
	{ "a passport number near passport", "passport 123456789", "medium passport 123456789" },
	{ "nine digits alone are none", "no. 123456789", "" },
	{ "two letters and seven digits alone are low", "AB1234567", "low passport AB1234567" },
	{ "a licence near licence", "licence MORGA657054SM9IJ", "medium licence MORGA657054SM9IJ" },
	{ "a licence alone is low", "MORGA657054SM9IJ", "low licence MORGA657054SM9IJ" },
	{ "somebody born on the 31st has one", "licence MORGA610315SM9IJ", "medium licence MORGA610315SM9IJ" },
	{ "nobody is born on the 32nd", "licence MORGA610325SM9IJ", "" },
	{ "month 33 makes no licence", "licence MORGA633054SM9IJ", "" },

	{ "a number and a street", "at 14 Marsh Road, yes", "medium address 14 Marsh Road" },
	{ "in small letters, of the surest words", "14 marsh road", "medium address 14 marsh road" },
	{ "a street alone is low", "on Marsh Road", "low address Marsh Road" },
	{ "a road that is none", "3 miles down the road", "" },
	{ "a position in the UK", "51.8787, -0.4200", "high position 51.8787, -0.4200" },
	{ "a position elsewhere needs its word", "gps -33.868, 151.209", "medium position -33.868, 151.209" },
	{ "two numbers are low", "3.1415, 2.7182", "low position 3.1415, 2.7182" },
	{ "three words", "///filled.count.soap", "high position ///filled.count.soap" },
	{ "an IP address near its word", "my ip 192.0.2.44", "high ip 192.0.2.44" },
	{ "one alone", "192.0.2.44 it was", "medium ip 192.0.2.44" },
	{ "a version is low", "version 1.2.3.4", "low ip 1.2.3.4" },
	{ "the long kind", "2001:db8::1", "medium ip 2001:db8::1" },
	{ "a time is none", "at 12:30:00", "" },

	{ "a name of the roster", "with Jordan Adeyemi there", "high person Jordan Adeyemi" },
	{ "in any capitals", "jordan adeyemi, JORDAN ADEYEMI", "high person jordan adeyemi|high person JORDAN ADEYEMI" },
	{ "without its mark", "Chloe Marsden", "high person Chloe Marsden" },
	{ "with another mark", "Chlo\xc3\xa8 Marsden", "high person Chlo\xc3\xa8 Marsden" },
	{ "with a mark of its own", "Chloe\xcc\x81 Marsden", "high person Chloe\xcc\x81 Marsden" },
	{ "with another apostrophe or none", "Sarah O\xe2\x80\x99" "Brien, Sarah OBrien", "high person Sarah O\xe2\x80\x99" "Brien|high person Sarah OBrien" },
	{ "with a hyphen or none", "Leah Marie Tranter", "high person Leah Marie Tranter" },
	{ "a possessive is not part of it", "Jordan Adeyemi's", "high person Jordan Adeyemi" },
	{ "a plural is", "the Tranters", "medium person Tranters" },
	{ "of several the longest", "Christina M and Christina", "high person Christina M|high person Christina" },
	{ "a sentence's end parts names", "Christina. M", "high person Christina" },
	{ "another spelling", "saz", "high person saz" },
	{ "a part of a name is medium", "Adeyemi", "medium person Adeyemi" },
	{ "no part of a word", "Sazz, xsaz", "" },
	{ "a name that is a word needs a capital", "I hope, will and mark", "" },
	{ "and is medium", "I saw Hope there", "medium person Hope" },
	{ "what begins a sentence may be a verb", "Will you? Hope this helps.", "" },
	{ "or a name", "Will came.", "medium person Will" },
	{ "a month is none", "in May, 3 May, May 2024", "" },
	{ "May is somebody", "I asked May about it", "medium worker May" },
	{ "shouting makes no names", "I HOPE THEY WILL", "" },
	{ "of two words, both need one", "Hope House, hope house", "high placement Hope House" },
	{ "a name and another", "Will and Hope came", "medium person Will|medium person Hope" },
	{ "a verb and another", "Hope and pray", "" },
	{ "an initial goes with the surname", "K. Adeyemi and K Adeyemi", "medium person K. Adeyemi|medium person K Adeyemi" },
	{ "a first name spelled otherwise goes with the surname", "I saw Jordon Adeyemi", "medium person Jordon Adeyemi" },
	{ "and a surname with the first name", "Jordan Adeyemy's", "medium person Jordan Adeyemy" },
	{ "what begins a sentence does not", "When Adeyemi came, Mrs Adeyemi left", "medium person Adeyemi|medium person Adeyemi" },
	{ "I is no initial", "I Adeyemi", "medium person Adeyemi" },
	{ "initials with and without points", "TJ, tj, T.J. and T J", "high person TJ|high person tj|high person T.J|high person T J" },
	{ "al- joined to what follows", "Alkhatib", "medium person Alkhatib" },
	{ "a school less what it is", "at Copperfield, copperfield high", "medium school Copperfield|medium school copperfield high" },
	{ "a home less two words", "at Fernbank", "medium placement Fernbank" },
	{ "a name of ordinary words is less sure in small letters", "Open Door, an open door", "high organisation Open Door|medium organisation open door" },
	{ "not where it says what it is", "fernbank children's home", "high placement fernbank children's home" },

	{ "a name behind a title", "Mrs. Abernathy", "medium person Abernathy" },
	{ "behind a word for a person", "my sister Keeley Jones left", "medium person Keeley Jones" },
	{ "behind my name is", "my name is Ashton", "medium person Ashton" },
	{ "with what a hyphen joins", "my mate Reece-james left", "medium person Reece-james" },
	{ "and another one", "my carers Pam and Geoff", "medium person Pam|medium person Geoff" },
	{ "a high street with its number", "117 high st, the high st", "medium address 117 high st" },
	{ "not across a sentence", "my sister. Then", "" },
	{ "not a day", "my worker Monday to Friday", "" },

	{ "the only one somewhere", "I was the only girl in Year 9", "low indirect the only girl in" },
	{ "brothers and sisters", "4 brothers", "low indirect 4 brothers" },
	{ "an offence", "I was arrested", "low indirect arrested" },
	{ "a country", "from Eritrea", "low indirect Eritrea" },
	{ "a bird is none", "turkey", "" },
	{ "where somebody works", "I work at Greggs", "low indirect I work at Greggs" },

	{ "a name in a web address does not part it", "www.example.org/saz/page", "high url www.example.org/saz/page" },
	{ "a name in an e-mail address either", "saz@example.org", "high email saz@example.org" },
	{ "what is no UTF-8 parts words, and is no harm", "\xff" "saz\xc3 07700 900123\xe2", "high person saz|high phone 07700 900123" },
};

static char *scan_line(const char *text)
{
	struct spans found = { 0 };
	struct text line = { 0 };
	const struct identifier_context context = context_of(roster);
	identifier_scan(&found, text, &context);
	text_add(&line, "");
	for (size_t i = 0; i < found.count; i++) {
		const struct span *span = &found.spans[i];
		text_print(&line, "%s%s %s ", i ? "|" : "", confidence_word(span->confidence), identifier_word(span->type));
		text_add_bytes(&line, text + span->byte, span->bytes);
		assert_true(span->reason && *span->reason);
	}
	spans_free(&found);
	return line.bytes;
}

static void a_text_gives(void **state)
{
	const struct example *example = *state;
	char *line = scan_line(example->text);
	assert_string_equal(line, example->found);
	free(line);
}

/* --- places and sameness --- */

static void spans_count_in_codepoints_and_in_bytes(void **state)
{
	(void)state;
	static const char text[] = "\xc3\xa9\xf0\x9f\x98\x80\xff Chlo\xc3\xa9 Marsden";
	const struct identifier_context context = context_of(roster);
	struct spans found = { 0 };
	identifier_scan(&found, text, &context);
	assert_int_equal(found.count, 1);
	assert_int_equal(found.spans[0].start, 4); /* e with a mark, a face, a byte of nothing, a blank */
	assert_int_equal(found.spans[0].length, 13);
	assert_int_equal(found.spans[0].byte, 8);
	assert_int_equal(found.spans[0].bytes, 14);
	assert_int_equal(found.spans[0].entry, 1);
	spans_free(&found);
}

static void a_scan_adds_to_what_is_there(void **state)
{
	(void)state;
	struct spans found = { 0 };
	identifier_scan(&found, "LU1 1AA", NULL);
	identifier_scan(&found, "a@example.org", NULL);
	assert_int_equal(found.count, 2);
	assert_int_equal(found.spans[1].type, IDENTIFIER_EMAIL);
	spans_free(&found);
}

static void without_fieldwork_any_age_may_be(void **state)
{
	(void)state;
	struct spans found = { 0 };
	identifier_scan(&found, "born 1/2/1950", NULL);
	assert_int_equal(found.spans[0].confidence, CONFIDENCE_HIGH);
	spans_free(&found);
}

static const struct same {
	const char *name, *one, *other;
	bool same;
} sames[] = {
	{ "a telephone number with and without its country", "07700 900123", "+44 (0)7700-900123", true },
	{ "two telephone numbers", "07700 900123", "07700 900124", false },
	{ "a postcode in any capitals", "LU1 1AA", "lu11aa", true },
	{ "a date in figures and words", "born 12/03/2004", "born 12th of March 2004", true },
	{ "two dates", "born 12/03/2004", "born 13/03/2004", false },
	{ "a web address with and without www", "http://www.example.org/a/", "https://example.org/a", true },
	{ "two pages, of which one has a capital more", "https://example.org/Ab", "https://example.org/ab", false },
	{ "a page whose host is shouted", "https://EXAMPLE.org/Ab", "https://example.org/Ab", true },
	{ "an e-mail address in any capitals", "JO@example.org", "jo@Example.org", true },
	{ "a handle with and without @", "@jo_b99", "snap jo_b99", true },
	{ "a name and its other spelling", "Sarah O'Brien", "saz", true },
	{ "two names", "Sarah O'Brien", "Jordan Adeyemi", false },
	{ "an initial and the surname", "J. Adeyemi", "Jordan Adeyemi", true },
	{ "another initial and the surname", "K. Adeyemi", "Jordan Adeyemi", false },
	{ "a name spelled otherwise", "Jordan Adeyemy", "Jordan Adeyemi", true },
	{ "another first name", "saw Tom Adeyemi", "Jordan Adeyemi", false },
	{ "a part of a name and the whole", "Adeyemi", "Jordan Adeyemi", true },
	{ "a name of two and that of one of them", "Hope Lindsay", "Lindsay", false },
	{ "a name that is not listed, and its possessive", "my sister Keeley", "my sister Keeley's", true },
	{ "an NHS number in groups or not", "999 398 2598", "NHS 9993982598", true },
};

static char *first_same(const char *text)
{
	struct spans found = { 0 };
	const struct identifier_context context = context_of(roster);
	identifier_scan(&found, text, &context);
	assert_true(found.count > 0);
	char *same = identifier_same(text, &found.spans[0]);
	spans_free(&found);
	return same;
}

static void spellings_of_one_thing_are_the_same(void **state)
{
	const struct same *example = *state;
	char *one = first_same(example->one), *other = first_same(example->other);
	if ((strcmp(one, other) == 0) != example->same)
		fail_msg("%s and %s", one, other);
	free(one);
	free(other);
}

static void every_type_has_a_word_that_leads_back_to_it(void **state)
{
	(void)state;
	for (int i = IDENTIFIER_NONE + 1; i < IDENTIFIER_COUNT; i++) {
		enum identifier back = IDENTIFIER_NONE;
		assert_true(identifier_named(&back, identifier_word((enum identifier)i)));
		assert_int_equal(back, i);
		assert_true(*identifier_words((enum identifier)i));
	}
	enum identifier none;
	assert_false(identifier_named(&none, "nonsense"));
	for (int kind = 0; kind < ROSTER_KINDS; kind++)
		assert_string_equal(identifier_word((enum identifier)(IDENTIFIER_PERSON + kind)),
		                    roster_kind_word((enum roster_kind)kind));
}

static int load(void **state)
{
	(void)state;
	struct error err = { 0 };
	char *folder = test_folder();
	char *path = test_file(folder, "roster.csv",
	                       "kind,name,also\nperson,Jordan Adeyemi,\nperson,Chlo\xc3\xa9 Marsden,\nperson,Sarah O'Brien,Saz\n"
	                       "person,Leah-Marie Tranter,\nperson,Christina,\nperson,Christina M,\nperson,Hope,\nperson,Will,\n"
	                       "worker,May,\nperson,Mark,\nplacement,Hope House,\nperson,Hope Lindsay,\nperson,Ada Lindsay,\n"
	                       "person,TJ,\nperson,Yusuf al-Khatib,\nschool,Copperfield High School,\n"
	                       "placement,Fernbank Children's Home,\norganisation,Open Door,\n");
	bool ok = roster_load(&roster, path, &err);
	free(path);
	free(folder);
	return ok ? 0 : -1;
}

static int unload(void **state)
{
	(void)state;
	roster_free(roster);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest alone[] = {
		cmocka_unit_test(spans_count_in_codepoints_and_in_bytes),
		cmocka_unit_test(a_scan_adds_to_what_is_there),
		cmocka_unit_test(without_fieldwork_any_age_may_be),
		cmocka_unit_test(every_type_has_a_word_that_leads_back_to_it),
	};
	struct CMUnitTest tests[COUNT(alone) + COUNT(examples) + COUNT(sames)];
	size_t count = COUNT(alone);
	memcpy(tests, alone, sizeof alone);
	ADD_EXAMPLES(tests, count, examples, a_text_gives);
	ADD_EXAMPLES(tests, count, sames, spellings_of_one_thing_are_the_same);
	return cmocka_run_group_tests(tests, load, unload);
}
