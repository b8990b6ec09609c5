#include "plain.h"

#include <string.h>

#include "mem.h"
#include "text.h"

/* Letters without their marks; " " where the sign is no letter, or none of ASCII is like it. clang-format off */
static const char *const latin[] = { /* U+00C0 to U+024F */
	"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", /* C0 */
	"d", "n", "o", "o", "o", "o", "o", " ", "o", "u", "u", "u", "u", "y", "th", "ss", /* D0 */
	"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", /* E0 */
	"d", "n", "o", "o", "o", "o", "o", " ", "o", "u", "u", "u", "u", "y", "th", "y", /* F0 */
	"a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d", /* 100 */
	"d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g", /* 110 */
	"g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i", /* 120 */
	"i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l", /* 130 */
	"l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o", /* 140 */
	"o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s", /* 150 */
	"s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u", /* 160 */
	"u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s", /* 170 */
	" ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", /* 180 */
	" ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", /* 190 */
	"o", "o", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", "u", /* 1A0 */
	"u", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", /* 1B0 */
	" ", " ", " ", " ", "d", "d", "d", "l", "l", "l", "n", "n", "n", "a", "a", "i", /* 1C0 */
	"i", "o", "o", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", " ", "a", "a", /* 1D0 */
	"a", "a", " ", " ", " ", " ", "g", "g", "k", "k", "o", "o", "o", "o", " ", " ", /* 1E0 */
	"j", "d", "d", "d", "g", "g", " ", " ", "n", "n", "a", "a", " ", " ", " ", " ", /* 1F0 */
	"a", "a", "a", "a", "e", "e", "e", "e", "i", "i", "i", "i", "o", "o", "o", "o", /* 200 */
	"r", "r", "r", "r", "u", "u", "u", "u", "s", "s", "t", "t", " ", " ", "h", "h", /* 210 */
	" ", " ", " ", " ", " ", " ", "a", "a", "e", "e", "o", "o", "o", "o", "o", "o", /* 220 */
	"o", "o", "y", "y", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", /* 230 */
	" ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", /* 240 */
};
static const char *const latin_additional[] = { /* U+1E00 to U+1EFF, Vietnamese and Welsh among them */
	"a", "a", "b", "b", "b", "b", "b", "b", "c", "c", "d", "d", "d", "d", "d", "d", /* 1E00 */
	"d", "d", "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "f", "f", /* 1E10 */
	"g", "g", "h", "h", "h", "h", "h", "h", "h", "h", "h", "h", "i", "i", "i", "i", /* 1E20 */
	"k", "k", "k", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l", "l", "m", "m", /* 1E30 */
	"m", "m", "m", "m", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o", /* 1E40 */
	"o", "o", "o", "o", "p", "p", "p", "p", "r", "r", "r", "r", "r", "r", "r", "r", /* 1E50 */
	"s", "s", "s", "s", "s", "s", "s", "s", "s", "s", "t", "t", "t", "t", "t", "t", /* 1E60 */
	"t", "t", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "v", "v", "v", "v", /* 1E70 */
	"w", "w", "w", "w", "w", "w", "w", "w", "w", "w", "x", "x", "x", "x", "y", "y", /* 1E80 */
	"z", "z", "z", "z", "z", "z", "h", "t", "w", "y", "a", "s", " ", " ", "ss", "d", /* 1E90 */
	"a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", /* 1EA0 */
	"a", "a", "a", "a", "a", "a", "a", "a", "e", "e", "e", "e", "e", "e", "e", "e", /* 1EB0 */
	"e", "e", "e", "e", "e", "e", "e", "e", "i", "i", "i", "i", "o", "o", "o", "o", /* 1EC0 */
	"o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", /* 1ED0 */
	"o", "o", "o", "o", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", /* 1EE0 */
	"u", "u", "y", "y", "y", "y", "y", "y", "y", "y", " ", " ", " ", " ", " ", " ", /* 1EF0 */
};

/* Other scripts' letters stand for themselves. What is left out are signs, pictures and what has no meaning of its own. */
static bool is_letter_elsewhere(unsigned code)
{
	static const struct {
		unsigned first, last;
	} signs[] = {
		{ 0, 0x36f },       { 0x1e00, 0x1eff },   { 0x2000, 0x2bff },   { 0x2e00, 0x2e7f },     { 0x3000, 0x303f },
		{ 0xe000, 0xf8ff }, { 0xfe00, 0xfe6f },   { 0xfeff, 0xff20 },   { 0xfff0, 0xffff },     { 0x1f000, 0x1ffff },
		{ 0xe0000, 0x10ffff },
	};
	for (size_t i = 0; i < COUNT(signs); i++)
		if (code >= signs[i].first && code <= signs[i].last)
			return false;
	return true;
}

/* Marks of their own on the letter before, apostrophes, and what nobody sees. */
static bool is_joint(unsigned code)
{
	return code == 0xad || (code >= 0x300 && code < 0x370) || code == 0x2bc || code == 0xb4 || code == 0x2018
	       || code == 0x2019 || (code >= 0x200b && code <= 0x200f) || code == 0x2060 || code == 0xfeff;
}

size_t plain_length(const char *at, size_t left)
{
	unsigned char lead = (unsigned char)*at;
	size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
	return length <= left && text_valid_utf8(at, length) == length ? length : 1;
}

static unsigned read_code(const char *at, size_t length)
{
	static const unsigned char first[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	unsigned code = (unsigned char)*at & first[length];
	for (size_t i = 1; i < length; i++)
		code = code << 6 | ((unsigned char)at[i] & 0x3fu);
	return code;
}

static size_t put(char plain[PLAIN_LONGEST + 1], const char *bytes, size_t length, size_t taken)
{
	memcpy(plain, bytes, length);
	plain[length] = '\0';
	return taken;
}

size_t plain_letter(char plain[PLAIN_LONGEST + 1], const char *at, size_t left)
{
	unsigned char c = (unsigned char)*at;
	if (c < 0x80) {
		char small = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
		bool kept = (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9');
		return put(plain, kept ? &small : " ", c != '\'' && c != '`', 1);
	}
	size_t length = plain_length(at, left);
	unsigned code = length > 1 ? read_code(at, length) : 0;
	const char *letters = " ";
	if (is_joint(code))
		letters = "";
	else if (code >= 0xc0 && code < 0xc0 + COUNT(latin))
		letters = latin[code - 0xc0];
	else if (code >= 0x1e00 && code < 0x1e00 + COUNT(latin_additional))
		letters = latin_additional[code - 0x1e00];
	else if (is_letter_elsewhere(code))
		return put(plain, at, length, length);
	return put(plain, letters, strlen(letters), length);
}

/* In the blocks of Latin letters with marks, capitals and small ones take turns from U+0100 on. */
bool plain_is_capital(const char *at, size_t left)
{
	if (*at >= 'A' && *at <= 'Z')
		return true;
	size_t length = plain_length(at, left);
	unsigned code = length == 2 || length == 3 ? read_code(at, length) : 0;
	if (code >= 0xc0 && code <= 0xde)
		return true;
	bool odd = (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17e);
	return ((code >= 0x100 && code < 0x180) || (code >= 0x1e00 && code < 0x1f00)) && code % 2 == odd;
}
