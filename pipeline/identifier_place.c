/* Where somebody is: postcodes, addresses, positions, machines. */
#include <string.h>

#include "identifier_private.h"

static const char living_words[] = " postcode post code in near around area live lives lived living moved from of to ";
static const char machine_words[] = " ip server router login address ";
static const char map_words[] = " coordinates coords lat latitude long longitude gps position location map at ";
static const char version_words[] = " version v section update ios android chapter ";

/* 1st, 2nd, 3rd, 4th: also the end of a postcode. */
static bool is_ordinal(const char *text)
{
	static const char *const ends[] = { "st", "nd", "rd", "th" };
	for (size_t i = 0; i < 4; i++)
		if (is_digit(*text) && strncmp(text + 1, ends[i], 2) == 0)
			return true;
	return false;
}

static bool find_postcode(struct finder *finder, size_t from)
{
	const struct passage *passage = &finder->passage;
	struct shape shape;
	const char *text = passage->text + from;
	if (!shape_postcode(&shape, text) || !passage_parts(passage, from + shape.bytes)
	    || is_ordinal(text + shape.bytes - 3))
		return false;
	if (!shape.known)
		finder_add(finder, from, from + shape.bytes, IDENTIFIER_POSTCODE, CONFIDENCE_LOW,
		           "the shape of a postcode, of an area that there is not");
	else
		finder_add(finder, from, from + shape.bytes, IDENTIFIER_POSTCODE,
		           shape.usual ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM,
		           shape.usual ? "a postcode" : "a postcode in small letters or without its blank");
	return true;
}

/* LU1, MK9, and E17 near a word that says where: B12 is a vitamin too, and M1 a motorway. */
static void find_outward(struct finder *finder, const struct word *word)
{
	const struct passage *passage = &finder->passage;
	const char *text = passage->text + word->byte;
	size_t letters = 0, digits = 0, length = word->bytes;
	while (letters < length && text[letters] >= 'A' && text[letters] <= 'Z')
		letters++;
	while (letters + digits < length && is_digit(text[letters + digits]))
		digits++;
	size_t end = letters + digits;
	bool last = end < length && end + 1 == length && text[end] >= 'A' && text[end] <= 'Z';
	if (letters < 1 || letters > 2 || digits < 1 || digits > 2 || (end < length && !(last && digits == 1))
	    || text[letters] == '0' || !shape_is_area(text, letters))
		return;
	if (letters == 1 && !passage_near(passage, word->byte, word->byte + length, 2, 0, living_words))
		return;
	finder_add(finder, word->byte, word->byte + length, IDENTIFIER_POSTCODE, CONFIDENCE_LOW,
	           "the first half of a postcode");
}

static void find_machine(struct finder *finder, size_t from)
{
	const struct passage *passage = &finder->passage;
	struct shape shape;
	if (from > 0 && strchr(".:", passage->text[from - 1]) && from > 1 && is_digit(passage->text[from - 2]))
		return;
	if (!shape_ip(&shape, passage->text + from) || !passage_parts(passage, from + shape.bytes))
		return;
	size_t end = from + shape.bytes;
	bool near = passage_near(passage, from, end, 4, 2, machine_words);
	bool version = !near && passage_near(passage, from, end, 2, 0, version_words);
	finder_add(finder, from, end, IDENTIFIER_IP,
	           near          ? CONFIDENCE_HIGH
	           : version     ? CONFIDENCE_LOW
	           : shape.known ? CONFIDENCE_MEDIUM
	                         : CONFIDENCE_LOW,
	           near ? "an IP address, and a word such as server is near" : "the shape of an IP address");
}

static void find_position(struct finder *finder, size_t from)
{
	const struct passage *passage = &finder->passage;
	struct shape shape;
	if (from > 0 && strchr(".-+", passage->text[from - 1])) {
		if (passage->text[from - 1] == '.')
			return;
		from--;
	}
	if (!shape_position(&shape, passage->text + from) || !passage_parts(passage, from + shape.bytes))
		return;
	bool near = passage_near(passage, from, from + shape.bytes, 4, 2, map_words);
	finder_add(finder, from, from + shape.bytes, IDENTIFIER_POSITION,
	           shape.known ? CONFIDENCE_HIGH
	           : near      ? CONFIDENCE_MEDIUM
	                       : CONFIDENCE_LOW,
	           shape.known ? "a position in or near the UK" : "the shape of a position");
}

/* ///three.plain.words */
static void find_three_words(struct finder *finder)
{
	const struct passage *passage = &finder->passage;
	const char *text = passage->text;
	for (const char *at = text; (at = strstr(at, "///")); at += 3) {
		size_t from = (size_t)(at - text), end = from + 3, points = 0;
		while (is_letter(text[end])
		       || (text[end] == '.' && is_letter(text[end + 1]) && is_letter(text[end - 1])))
			points += text[end++] == '.';
		if (points == 2 && (from == 0 || text[from - 1] != '/') && passage_parts(passage, end))
			finder_add(finder, from, end, IDENTIFIER_POSITION, CONFIDENCE_HIGH,
			           "a position in three words");
	}
}

/* --- streets --- */

static const char road_words[] = " road rd street avenue ave lane crescent cres terrace gdns ";
static const char other_road_words[] =
	" st close drive dr way court place gardens gdns grove walk mews square hill row rise green park view house ter "
	"approach croft parade quay wharf ";
static const char no_street[] =
	" the a an my our your his her their this that same long whole main high side one any every each some on in of off "
	"down up across no own open cross of by and or to at for with from near busy other another next ";

/* 14 Marsh Road, 7b St Ann's Close: the number, at most three words with capitals, and what streets are called; of the
 * surest of these, small letters will do. Without a number: low. */
static void find_street(struct finder *finder, size_t last)
{
	enum { MOST = 3 };
	const struct passage *passage = &finder->passage;
	const struct word *words = passage->words;
	/* 117 high st */
	bool high = last > 1 && words[last].joined && word_in(&words[last], " st street road ")
	            && word_in(&words[last - 1], " high main ") && words[last - 1].joined && words[last - 2].digits;
	bool sure = high || word_in(&words[last], road_words);
	if ((!sure && !word_in(&words[last], other_road_words)) || !words[last].joined || last == 0)
		return;
	size_t first = last, small = words[last].capital ? 0 : 1;
	while (first > 0 && last - first < MOST && words[first].joined && !words[first - 1].digits
	       && (words[first - 1].capital || (sure && small))
	       && (!word_in(&words[first - 1], no_street) || (high && first == last))
	       && !is_digit(words[first - 1].plain[0])) {
		first--;
		small += !words[first].capital;
	}
	if (first == last)
		return;
	bool comma = first > 0 && !words[first].joined && passage->text[words[first].byte - 1] == ' '
	             && passage->text[words[first].byte - 2] == ','
	             && words[first - 1].byte + words[first - 1].bytes + 2 == words[first].byte;
	const struct word *number = first > 0 && (words[first].joined || comma) ? &words[first - 1] : NULL;
	size_t digits = 0;
	while (number && digits < number->bytes && is_digit(passage->text[number->byte + digits]))
		digits++;
	bool numbered = number && digits >= 1 && digits <= 4 && number->bytes <= digits + 1;
	size_t end = words[last].byte + words[last].bytes;
	if (numbered && (sure || !small))
		finder_add(finder, number->byte, end, IDENTIFIER_ADDRESS, CONFIDENCE_MEDIUM, "a number and a street");
	else if (sure && !small)
		finder_add(finder, words[first].byte, end, IDENTIFIER_ADDRESS, CONFIDENCE_LOW, "the name of a street");
}

void find_places(struct finder *finder)
{
	const struct passage *passage = &finder->passage;
	for (size_t i = 0; i < passage->count; i++) {
		size_t from = passage->words[i].byte;
		char first = passage->text[from];
		if (is_letter(first) && !find_postcode(finder, from))
			find_outward(finder, &passage->words[i]);
		if (is_digit(first))
			find_position(finder, from);
		if (is_digit(first) || (first | 0x20) < 'g')
			find_machine(finder, from);
		find_street(finder, i);
	}
	find_three_words(finder);
}
