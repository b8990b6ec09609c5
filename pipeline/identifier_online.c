/* E-mail and web addresses, and names on social networks. */
#include <string.h>

#include "identifier_private.h"
#include "plain.h"
#include "text.h"

static bool is_local(char c)
{
	return is_letter(c) || is_digit(c) || (c && strchr("._%+-", c));
}

static bool is_domain(char c)
{
	return is_letter(c) || is_digit(c) || c == '-' || c == '.';
}

/* At most as long as the standards let one be, so that no text is read again and again. */
bool shape_email(const char **from, size_t *bytes, const char *text, const char *at)
{
	enum { LOCAL = 64, DOMAIN_NAME = 253 };
	const char *first = at, *end = at + 1, *dot = NULL;
	while (first > text && at - first < LOCAL && is_local(first[-1]))
		first--;
	while (first < at && strchr(".%-", *first))
		first++;
	while (end - at <= DOMAIN_NAME && is_domain(*end))
		end++;
	while (end > at + 1 && strchr(".-", end[-1]))
		end--;
	for (const char *c = at + 2; c + 2 < end; c++)
		if (*c == '.' && is_letter(c[1]) && is_letter(c[2]))
			dot = c;
	*from = first;
	*bytes = (size_t)(end - first);
	return first < at && dot && at[1] != '.';
}

/* Letters with marks stand in addresses too, though no standard of mail lets them. */
static const char *whole_local(const struct passage *passage, const char *free_from, const char *from)
{
	while (from > free_from) {
		bool inside = !passage_parts(passage, (size_t)(from - passage->text));
		bool behind = from - free_from > 1 && strchr("._-+", from[-1]) && (unsigned char)from[-2] >= 0x80
		              && !passage_parts(passage, (size_t)(from - 2 - passage->text));
		if (!inside && !behind)
			break;
		from -= behind ? 2 : 1;
	}
	return from;
}

static void find_emails(struct finder *finder)
{
	const char *text = finder->passage.text, *free_from = text, *from;
	size_t bytes;
	for (const char *at = text; (at = strchr(at, '@')); at++) {
		if (!shape_email(&from, &bytes, free_from, at))
			continue;
		size_t end = (size_t)(from - text) + bytes;
		from = whole_local(&finder->passage, free_from, from);
		finder_add(finder, (size_t)(from - text), end, IDENTIFIER_EMAIL, CONFIDENCE_HIGH, "an e-mail address");
		free_from = text + end;
	}
}

/* --- web addresses --- */

/* Where people have pages of their own. */
static const char social_hosts[] =
	" facebook instagram twitter x tiktok snapchat linkedin youtube reddit github twitch threads bsky linktr discord ";

/* The first byte behind a web address at `from`: blanks, brackets and quotes end it, and signs at its end are the
 * sentence's. */
static size_t url_end(const struct passage *passage, size_t from)
{
	const char *text = passage->text;
	size_t end = from, good = from;
	while (end < passage->length && (unsigned char)text[end] > ' ' && !strchr("<>\"`{}|\\^", text[end])
	       && !text_hidden(text + end)) {
		char letter[PLAIN_LONGEST + 1];
		size_t taken = plain_letter(letter, text + end, passage->length - end);
		if ((unsigned char)text[end]
		    >= 0x80) { /* letters may stand in one; quotes, dashes and pictures do not */
			if (*letter == ' ')
				break;
			good = end += taken;
			continue;
		}
		end++;
		if (!strchr(".,;:!?'()[]*", text[end - 1]))
			good = end;
	}
	return good;
}

/* Whether the name of the host at `at`, up to a / or the end, is one of social_hosts, less www and what is behind. */
static bool is_social(const char *at, size_t length)
{
	for (size_t part = 0; part < length && at[part] != '/';) {
		size_t end = part;
		while (end < length && (is_letter(at[end]) || is_digit(at[end]) || at[end] == '-'))
			end++;
		char name[20] = "";
		for (size_t i = 0; i < end - part && i < sizeof name - 1; i++)
			name[i] = (char)(at[part + i] >= 'A' && at[part + i] <= 'Z' ? at[part + i] - 'A' + 'a'
			                                                            : at[part + i]);
		struct word word = { .plain = name, .plain_length = strlen(name), .stem_length = strlen(name) };
		if (end > part && end < length && at[end] == '.' && word_in(&word, social_hosts))
			return true;
		part = end + 1;
	}
	return false;
}

/* A host without http or www: words with points between, the last one of these. */
static bool is_bare_host(size_t *bytes, const char *at)
{
	static const char endings[] = " com org net uk co me io tv gov ac edu info ly gg ie eu fm ee ";
	size_t length = 0, points = 0, last = 0;
	while (length < 253 && is_domain(at[length])) {
		if (at[length] == '.') {
			if (!is_letter(at[length + 1]) && !is_digit(at[length + 1]))
				break;
			points++;
			last = length + 1;
		}
		length++;
	}
	char name[8] = "";
	if (length - last < sizeof name)
		for (size_t i = last; i < length; i++)
			name[i - last] = (char)(at[i] | 0x20);
	struct word word = { .plain = name, .plain_length = strlen(name), .stem_length = strlen(name) };
	*bytes = length;
	return points > 0 && *name && word_in(&word, endings);
}

static void find_urls(struct finder *finder)
{
	const struct passage *passage = &finder->passage;
	size_t free_from = 0;
	for (size_t i = 0; i < passage->count; i++) {
		const struct word *word = &passage->words[i];
		const char *at = passage->text + word->byte;
		if (word->byte < free_from || (word->byte > 0 && passage->text[word->byte - 1] == '@'))
			continue;
		bool http = word_in(word, " http https ") && strncmp(at + word->bytes, "://", 3) == 0;
		bool www = word_in(word, " www ") && at[word->bytes] == '.' && (is_letter(at[4]) || is_digit(at[4]));
		size_t host = 0;
		bool bare = !http && !www && at[word->bytes] == '.' && is_bare_host(&host, at);
		if (!http && !www && !bare)
			continue;
		/* facebook.com/name is an address, good.So is a missing blank */
		bool path = bare && at[host] == '/'
		            && (is_letter(at[host + 1]) || is_digit(at[host + 1]) || at[host + 1] == '@');
		size_t end = bare && !path ? word->byte + host : url_end(passage, word->byte);
		const char *name = http ? at + word->bytes + 3 : at;
		size_t length = passage->text + end > name ? (size_t)(passage->text + end - name) : 0;
		const char *slash = length ? memchr(name, '/', length) : NULL;
		bool person = slash && (size_t)(slash - name) + 1 < length && is_social(name, length);
		if (end <= word->byte + word->bytes || !passage_parts(passage, end) || (http && length == 0))
			continue;
		if (bare && !path)
			finder_add(finder, word->byte, end, IDENTIFIER_URL, CONFIDENCE_LOW, "the name of a web site");
		else
			finder_add(finder, word->byte, end, IDENTIFIER_URL,
			           person ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM,
			           person ? "a page on a social network" : "a web address");
		free_from = end;
	}
}

/* --- handles --- */

static const char networks[] =
	" insta instagram ig snap snapchat sc twitter tiktok facebook fb discord reddit youtube twitch psn xbox gamertag "
	"username handle user whatsapp telegram threads tumblr steam roblox fortnite minecraft bereal "
	"pinterest wattpad vinted depop linkedin bluesky ";

static bool is_handle(char c)
{
	return is_letter(c) || is_digit(c) || c == '_' || c == '.';
}

/* @home, @work: some write at so. */
static bool is_at(const char *name, size_t length)
{
	static const char common[] =
		" home work school uni university college night least all the my a an this that him her "
		"them me you times first last and hospital mum mums dads court age ";
	char plain[16] = "";
	for (size_t i = 0; i < length && i < sizeof plain - 1; i++)
		plain[i] = (char)(name[i] | 0x20);
	struct word word = { .plain = plain, .plain_length = strlen(plain), .stem_length = strlen(plain) };
	return length < sizeof plain && word_in(&word, common);
}

static void find_handles(struct finder *finder)
{
	enum { SHORTEST = 2, LONGEST = 40 };
	const struct passage *passage = &finder->passage;
	const char *text = passage->text;
	for (const char *at = text; (at = strchr(at, '@')); at++) {
		size_t length = 0;
		if (at > text && !strchr(" \t\r\n([\"':,;/", at[-1]))
			continue;
		while (length < LONGEST && is_handle(at[1 + length]))
			length++;
		while (length && at[length] == '.')
			length--;
		size_t from = (size_t)(at - text), end = from + 1 + length;
		bool letter = false, sign = false;
		for (size_t i = 1; i <= length; i++) {
			letter = letter || is_letter(at[i]);
			sign = sign || !is_letter(at[i]);
		}
		if (length < SHORTEST || !letter || is_digit(at[1]) || !passage_parts(passage, end)
		    || is_at(at + 1, length))
			continue;
		bool sure = sign || passage_near(passage, from, end, 5, 3, networks);
		finder_add(finder, from, end, IDENTIFIER_HANDLE, sure ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM,
		           "a name behind @");
	}
}

/* my insta is jo_b99: the network's name at most three words before, and a word that no dictionary has; jo#1234. */
static void find_bare_handles(struct finder *finder)
{
	const struct passage *passage = &finder->passage;
	const char *text = passage->text;
	for (size_t i = 0; i < passage->count; i++) {
		size_t from = passage->words[i].byte, end = from;
		bool letter = false, digit = false, sign = false;
		if (from > 0 && (text[from - 1] == '@' || is_handle(text[from - 1])))
			continue;
		while (end - from < 40 && is_handle(text[end])) {
			letter = letter || is_letter(text[end]);
			digit = digit || is_digit(text[end]);
			sign = sign || text[end] == '_' || (text[end] == '.' && is_letter(text[end + 1]));
			end++;
		}
		while (end > from && text[end - 1] == '.')
			end--;
		size_t number = text[end] == '#' ? strspn(text + end + 1, "0123456789") : 0;
		if (letter && number == 4 && passage_parts(passage, end + 5)) {
			finder_add(finder, from, end + 5, IDENTIFIER_HANDLE, CONFIDENCE_MEDIUM,
			           "a name with # and four digits");
			continue;
		}
		if (letter && (digit || sign) && end - from > 3 && text[end] != '@' && text[end] != '/'
		    && passage_parts(passage, end) && !passage->words[i].digits
		    && passage_near(passage, from, end, 3, 0, networks))
			finder_add(finder, from, end, IDENTIFIER_HANDLE, CONFIDENCE_MEDIUM,
			           "a name near that of a network");
	}
}

void find_online(struct finder *finder)
{
	find_emails(finder);
	find_urls(finder);
	find_handles(finder);
	find_bare_handles(finder);
}
