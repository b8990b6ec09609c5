/* The shapes of numbers and codes, without the words around them: for a text and for a cell alike. */
#include <stdlib.h>
#include <string.h>

#include "identifier_private.h"
#include "mem.h"
#include "text.h"

bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char capital(char c)
{
	return (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

static bool one_of(char c, const char *letters)
{
	return c && strchr(letters, capital(c));
}

size_t separator_at(const char *at)
{
	static const char *const wide[] = { "\xc2\xa0",     "\xe2\x80\x89", "\xe2\x80\xaf", "\xe2\x80\x90",
		                            "\xe2\x80\x91", "\xe2\x80\x92", "\xe2\x80\x93" };
	if (*at && strchr(" .-()\r\n", *at))
		return 1;
	for (size_t i = 0; (unsigned char)*at >= 0x80 && i < COUNT(wide); i++)
		if (strncmp(at, wide[i], strlen(wide[i])) == 0)
			return strlen(wide[i]);
	return 0;
}

static size_t blank_at(const char *at)
{
	size_t bytes = separator_at(at);
	return bytes && !strchr(".-()", *at) ? bytes : 0;
}

/* --- digits in groups --- */

/* As a person writes a long number: groups of digits, between them at most two signs. */
struct digits {
	char digits[20];
	size_t count;
	struct {
		size_t count, bytes; /* digits so far, and bytes from the beginning, where a group ends */
	} groups[16];
	size_t group_count;
};

static void read_digits(struct digits *read, const char *at)
{
	enum { SIGNS = 2 };
	const char *from = at;
	*read = (struct digits){ 0 };
	while (read->group_count < COUNT(read->groups)) {
		size_t before = read->count;
		while (is_digit(*at) && read->count < sizeof read->digits - 1)
			read->digits[read->count++] = *at++;
		if (is_digit(*at) || read->count == before)
			return;
		read->groups[read->group_count].count = read->count;
		read->groups[read->group_count++].bytes = (size_t)(at - from);
		for (size_t signs = 0; signs < SIGNS && separator_at(at); signs++)
			at += separator_at(at);
	}
}

/* 0 1 2 3, 01 02 03: somebody counts, or names a scale. */
static bool counts_up(const struct digits *read, size_t groups)
{
	enum { LEAST = 4 };
	int last = 0;
	for (size_t i = 0; i < groups; i++) {
		size_t from = i ? read->groups[i - 1].count : 0, length = read->groups[i].count - from;
		int value = 0;
		for (size_t d = 0; d < length && d < 4; d++)
			value = value * 10 + (read->digits[from + d] - '0');
		if (length > 3 || (i && value != last + 1))
			return false;
		last = value;
	}
	return groups >= LEAST;
}

/* --- telephones --- */

/* The number of the UK without its 0: its length is right, and it begins as numbers of people or organisations do.
 * Only 1 has numbers of nine digits (Ofcom, National Telephone Numbering Plan). */
static bool is_national(const char *digits, size_t count)
{
	return (count == 10 && strchr("12378", *digits)) || (count == 9 && *digits == '1');
}

/* Without a country a bracket opens before the area, nowhere else: 0.2.9 (1998-02-26 is no number. */
static bool opens_within(const char *at, size_t bytes)
{
	return memchr(at, '(', bytes) != NULL;
}

bool shape_phone(struct shape *shape, const char *at)
{
	const char *from = at;
	*shape = (struct shape){ 0 };
	bool open = *at == '(', plus = at[open] == '+';
	at += open + plus;
	struct digits read;
	read_digits(&read, at);
	bool country = strncmp(read.digits, plus ? "44" : "0044", plus ? 2 : 4) == 0;
	size_t skip = country ? (plus ? 2 : 4) : 0;
	if (!plus && !country && *read.digits != '0')
		return false;
	for (size_t i = read.group_count; i-- > 0;) {
		size_t count = read.groups[i].count, lead = skip;
		if (lead < count && read.digits[lead] == '0')
			lead++;
		bool national = (country || !plus) && count > lead && (lead > 0)
		                && is_national(read.digits + lead, count - lead);
		bool foreign = plus && !country && count >= 8 && count <= 15;
		if ((!national && !foreign) || counts_up(&read, i + 1)
		    || (skip == 0 && !plus && opens_within(at, read.groups[i].bytes)))
			continue;
		shape->bytes = (size_t)(at - from) + read.groups[i].bytes;
		shape->known = national;
		shape->usual = national && !strchr("38", read.digits[lead]);
		memcpy(shape->key, national ? "0" : "+", 2);
		memcpy(shape->key + 1, read.digits + (national ? lead : 0), count - (national ? lead : 0));
		return true;
	}
	return false;
}

/* --- numbers with a check --- */

/* The last digit makes the sum of the others, times 10 to 2, a multiple of 11 (NHS Data Dictionary). */
static bool nhs_check(const char *digits)
{
	int sum = 0;
	for (int i = 0; i < 9; i++)
		sum += (digits[i] - '0') * (10 - i);
	int check = (11 - sum % 11) % 11;
	return check != 10 && digits[9] - '0' == check;
}

bool shape_nhs(struct shape *shape, const char *at)
{
	struct digits read;
	*shape = (struct shape){ 0 };
	if (!is_digit(*at))
		return false;
	read_digits(&read, at);
	size_t groups = 0;
	while (groups < read.group_count && read.groups[groups].count < 10)
		groups++;
	if (groups == read.group_count || read.groups[groups].count != 10 || *read.digits == '0')
		return false;
	shape->bytes = read.groups[groups].bytes;
	shape->usual = groups == 2 && read.groups[0].count == 3 && read.groups[1].count == 6;
	shape->odd = groups > 0 && !shape->usual;
	shape->known = nhs_check(read.digits);
	memcpy(shape->key, read.digits, 10);
	return true;
}

/* Two letters, six digits, A to D. Letters that no prefix has: HMRC's manual NIM39110. */
bool shape_insurance(struct shape *shape, const char *at)
{
	const char *from = at;
	size_t count = 0;
	*shape = (struct shape){ .usual = true };
	for (; count < 9; at++, count++) {
		if (count)
			at += *at == '-' ? 1 : blank_at(at);
		bool fits = count < 2 ? is_letter(*at) : count < 8 ? is_digit(*at) : one_of(*at, "ABCD");
		if (!fits)
			break;
		shape->usual = shape->usual && *at == capital(*at);
		shape->key[count] = capital(*at);
	}
	if (count < 9)
		return false;
	static const char *const never[] = { "BG", "GB", "KN", "NK", "NT", "TN", "ZZ" };
	shape->known = !strchr("DFIQUV", shape->key[0]) && !strchr("DFIQUVO", shape->key[1]);
	for (size_t i = 0; i < COUNT(never); i++)
		shape->known = shape->known && strncmp(shape->key, never[i], 2) != 0;
	shape->bytes = (size_t)(at - from);
	return true;
}

/* --- postcodes --- */

/* Royal Mail's areas, the islands', and XM of Father Christmas and ZZ of those without an address, both as in tests. */
bool shape_is_area(const char *letters, size_t length)
{
	static const char areas[] =
		" AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN "
		"EX FK FY G GIR GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N "
		"NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ "
		"TR TS TW UB W WA WC WD WF WN WR WS WV XM YO ZE ZZ ";
	for (const char *at = areas; (at = strchr(at, ' ')) && at[1]; at++) {
		size_t i = 0;
		while (i < length && at[1 + i] == capital(letters[i]))
			i++;
		if (i == length && at[1 + i] == ' ')
			return true;
	}
	return false;
}

/* A9, A99, AA9, AA99, A9A, AA9A, then at most two blanks or a hyphen, 9AA. Where an outward half of more signs leaves
 * no inward half, one of fewer is tried: M1 1AE of M11AE. */
bool shape_postcode(struct shape *shape, const char *at)
{
	size_t letters = 0, most = 0;
	*shape = (struct shape){ 0 };
	while (letters < 3 && is_letter(at[letters]))
		letters++;
	bool test = capital(*at) == 'X' && capital(at[1]) == 'M' && at[2] == '4';
	if (letters < 1 || letters > 2 || !is_digit(at[letters]) || (one_of(*at, "QVX") && !test))
		return false;
	most = letters + 1;
	if (is_digit(at[most]) || is_letter(at[most]))
		most++;
	bool nowhere = capital(*at) == 'Z' && capital(at[1]) == 'Z' && strncmp(at + 2, "99", 2) == 0;
	for (size_t outward = most; outward > letters; outward--) {
		const char *inward = at + outward;
		size_t gap = *inward == '-' ? 1 : blank_at(inward);
		inward += gap;
		inward += gap ? blank_at(inward) : 0;
		if (!is_digit(inward[0]) || !is_letter(inward[1]) || !is_letter(inward[2])
		    || (!nowhere && (one_of(inward[1], "CIKMOV") || one_of(inward[2], "CIKMOV"))))
			continue;
		shape->bytes = (size_t)(inward + 3 - at);
		shape->known = shape_is_area(at, letters);
		shape->usual = gap > 0 && at[outward] != '-';
		size_t length = 0;
		for (size_t i = 0; i < outward + 3; i++) {
			char c = i < outward ? at[i] : inward[i - outward];
			shape->usual = shape->usual && c == capital(c);
			shape->key[length++] = capital(c);
		}
		return true;
	}
	return false;
}

/* --- machines and maps --- */

static bool shape_ip6(struct shape *shape, const char *at)
{
	size_t length = 0, colons = 0, group = 0;
	bool hidden = false;
	for (; length < 40; length++) {
		char c = capital(at[length]);
		if (c == ':') {
			colons++;
			hidden = hidden || at[length + 1] == ':';
			group = 0;
		} else if (is_digit(c) || (c >= 'A' && c <= 'F')) {
			if (++group > 4)
				return false;
		} else {
			break;
		}
	}
	if (length < 4 || length >= 40 || colons < 2 || colons > 7 || (colons < 7 && !hidden))
		return false;
	shape->bytes = length;
	shape->known = true;
	memcpy(shape->key, at, length < sizeof shape->key ? length : sizeof shape->key - 1);
	return true;
}

bool shape_ip(struct shape *shape, const char *at)
{
	const char *from = at;
	*shape = (struct shape){ 0 };
	for (int part = 0; part < 4; part++) {
		size_t digits = 0;
		int value = 0;
		for (; digits < 4 && is_digit(*at); digits++)
			value = value * 10 + (*at++ - '0');
		if (digits < 1 || digits > 3 || value > 255 || (part < 3 && *at++ != '.'))
			return shape_ip6(shape, from);
	}
	if (is_digit(*at) || (*at == '.' && is_digit(at[1])))
		return false;
	shape->bytes = (size_t)(at - from);
	shape->known = shape->bytes >= 9; /* 1.2.3.4 may as well be a version or a heading */
	memcpy(shape->key, from, shape->bytes);
	return true;
}

/* A decimal number with at least three places behind the point, at *text, which moves behind it. */
static bool read_degrees(double *value, const char **text, double most)
{
	const char *at = *text, *point;
	double sign = *at == '-' ? -1 : 1, scale = 1;
	at += *at == '-' || *at == '+';
	*value = 0;
	size_t whole = 0;
	for (; whole < 4 && is_digit(*at); whole++)
		*value = *value * 10 + (*at++ - '0');
	if (whole < 1 || whole > 3 || *at != '.')
		return false;
	for (point = at++; is_digit(*at) && at - point < 16; at++)
		*value += (*at - '0') * (scale /= 10);
	*value *= sign;
	if (at - point < 4 || is_digit(*at) || *value < -most || *value > most)
		return false;
	*text = at;
	return true;
}

bool shape_position(struct shape *shape, const char *at)
{
	const char *from = at;
	double north = 0, east = 0;
	*shape = (struct shape){ 0 };
	if (!read_degrees(&north, &at, 90))
		return false;
	size_t between = strspn(at, ", ");
	at += between;
	if (between < 1 || between > 3 || !read_degrees(&east, &at, 180))
		return false;
	shape->bytes = (size_t)(at - from);
	shape->known = north > 49 && north < 61.5 && east > -11 && east < 2.5;
	memcpy(shape->key, from, shape->bytes < sizeof shape->key ? shape->bytes : sizeof shape->key - 1);
	return true;
}
