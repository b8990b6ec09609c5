/* Numbers that an office or a company gives to one person. */
#include <string.h>

#include "identifier_private.h"

static const char phone_words[] =
	" phone phoned mobile mob tel telephone number num no call called text texted ring rang "
	"whatsapp landline contact cell ";
static const char order_words[] =
	" order ref reference invoice ticket tracking case serial isbn barcode account policy "
	"booking claim product item parcel ";
static const char nhs_words[] = " nhs ";
static const char insurance_words[] = " ni nino insurance ";
static const char passport_words[] = " passport passports ";
static const char vehicle_words[] =
	" reg regs registration plate plates numberplate car cars van vehicle vehicles bike "
	"motorbike moped scooter taxi drives driving drove drive parked ";
static const char licence_words[] = " licence license driving driver drivers dvla provisional ";

static void find_phone(struct finder *finder, size_t from)
{
	const struct passage *passage = &finder->passage;
	struct shape shape;
	if (!shape_phone(&shape, passage->text + from))
		return;
	size_t end = from + shape.bytes;
	bool near = passage_near(passage, from, end, 5, 2, phone_words);
	if (!passage_parts(passage, end) || !passage_parts(passage, from))
		return;
	if (!near && passage_near(passage, from, end, 2, 0, order_words))
		finder_add(finder, from, end, IDENTIFIER_PHONE, CONFIDENCE_LOW,
		           "the shape of a telephone number behind a word such as order");
	else if (shape.usual)
		finder_add(finder, from, end, IDENTIFIER_PHONE, CONFIDENCE_HIGH, "a telephone number");
	else if (shape.known)
		finder_add(finder, from, end, IDENTIFIER_PHONE, CONFIDENCE_MEDIUM,
		           "a telephone number of the kind that organisations have");
	else
		finder_add(finder, from, end, IDENTIFIER_PHONE, near ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM,
		           "a telephone number of another country");
}

/* 7700 900123: ten digits without the 0, near a word such as mobile. */
static void find_phone_cut(struct finder *finder, size_t from)
{
	const struct passage *passage = &finder->passage;
	const char *text = passage->text + from;
	struct shape shape;
	char whole[40] = "0";
	if (*text != '7' || (from > 0 && strchr("+0)", text[-1])))
		return;
	strncpy(whole + 1, text, sizeof whole - 2);
	if (shape_phone(&shape, whole) && shape.key[1] == '7' && passage_parts(passage, from + shape.bytes - 1)
	    && passage_near(passage, from, from + shape.bytes - 1, 4, 2, phone_words))
		finder_add(finder, from, from + shape.bytes - 1, IDENTIFIER_PHONE, CONFIDENCE_MEDIUM,
		           "a mobile number without its 0");
}

static void find_nhs(struct finder *finder, size_t from)
{
	const struct passage *passage = &finder->passage;
	struct shape shape;
	if (!shape_nhs(&shape, passage->text + from) || !passage_parts(passage, from + shape.bytes))
		return;
	size_t end = from + shape.bytes;
	bool near = passage_near(passage, from, end, 5, 5, nhs_words);
	bool other = passage_near(passage, from, end, 3, 0, order_words)
	             || (!near && passage_near(passage, from, end, 3, 0, phone_words));
	if (shape.known && near)
		finder_add(finder, from, end, IDENTIFIER_NHS, CONFIDENCE_HIGH,
		           "its check digit is right, and NHS is near");
	else if (shape.known && shape.usual && !other)
		finder_add(finder, from, end, IDENTIFIER_NHS, CONFIDENCE_HIGH,
		           "its check digit is right, and its digits stand as in an NHS number");
	else if (near)
		finder_add(finder, from, end, IDENTIFIER_NHS, CONFIDENCE_LOW,
		           "ten digits near NHS, but the check digit is wrong");
	else if (shape.known && !shape.odd)
		finder_add(finder, from, end, IDENTIFIER_NHS, CONFIDENCE_LOW,
		           "ten digits with a right check digit, as one number in eleven has");
}

/* Length of a text that begins with: A any capital or small letter, 9 a digit, a blank an optional blank or hyphen. */
static size_t fits(const char *text, const char *pattern)
{
	const char *at = text;
	for (; *pattern; pattern++) {
		if (*pattern == ' ') {
			at += separator_at(at) && *at != '.' ? separator_at(at) : 0;
			continue;
		}
		if (*pattern == '9' ? !is_digit(*at) : !is_letter(*at))
			return 0;
		at++;
	}
	return (size_t)(at - text);
}

static void find_insurance(struct finder *finder, size_t from)
{
	const struct passage *passage = &finder->passage;
	struct shape shape;
	if (!shape_insurance(&shape, passage->text + from) || !passage_parts(passage, from + shape.bytes)) {
		size_t length = fits(passage->text + from, "AA 99 99 99");
		if (length && passage_parts(passage, from + length)
		    && passage_near(passage, from, from + length, 4, 6, insurance_words))
			finder_add(finder, from, from + length, IDENTIFIER_INSURANCE, CONFIDENCE_MEDIUM,
			           "a National Insurance number without its last letter, and the words are near");
		return;
	}
	if (!shape.known)
		return;
	size_t end = from + shape.bytes;
	bool near = passage_near(passage, from, end, 6, 4, insurance_words);
	bool other = !near && passage_near(passage, from, end, 2, 0, order_words);
	finder_add(finder, from, end, IDENTIFIER_INSURANCE,
	           near || (shape.usual && !other) ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM,
	           near ? "a National Insurance number, and the words are near" : "a National Insurance number");
}

/* --- letters and digits in a pattern --- */

static bool is_capitals(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] >= 'a' && text[i] <= 'z')
			return false;
	return true;
}

static void find_passport(struct finder *finder, size_t from)
{
	const struct passage *passage = &finder->passage;
	static const char *const patterns[] = { "AA9999999", "999999999", "A99999999", "999 999 999" };
	for (size_t i = 0; i < 4; i++) {
		size_t length = fits(passage->text + from, patterns[i]), end = from + length;
		if (!length || !passage_parts(passage, end))
			continue;
		bool near = passage_near(passage, from, end, 6, 4, passport_words);
		if (near)
			finder_add(finder, from, end, IDENTIFIER_PASSPORT, CONFIDENCE_MEDIUM,
			           "its shape, and passport is near");
		else if (i == 0 && is_capitals(passage->text + from, length))
			finder_add(finder, from, end, IDENTIFIER_PASSPORT, CONFIDENCE_LOW,
			           "two letters and seven digits");
		return;
	}
}

/* Today's plates, those with the year's letter in front (1983 to 2001) and behind (1963 to 1983). */
static void find_vehicle(struct finder *finder, size_t from)
{
	const struct passage *passage = &finder->passage;
	static const char *const patterns[] = { "AA 99 AAA", "A999 AAA", "A99 AAA", "AAA 999A", "AAA 99A" };
	for (size_t i = 0; i < 5; i++) {
		size_t length = fits(passage->text + from, patterns[i]), end = from + length;
		if (!length || !passage_parts(passage, end))
			continue;
		bool capitals = is_capitals(passage->text + from, length);
		bool near = passage_near(passage, from, end, 6, 4, vehicle_words);
		bool parted = strcspn(passage->text + from, " ") < length;
		if (near && (capitals || !parted)) /* small and with blanks, they are words: so b10 the car */
			finder_add(finder, from, end, IDENTIFIER_VEHICLE, CONFIDENCE_MEDIUM,
			           "its shape, and a word such as car is near");
		else if (i == 0 && capitals)
			finder_add(finder, from, end, IDENTIFIER_VEHICLE, CONFIDENCE_LOW,
			           "the shape of a number plate");
		return;
	}
}

/* Five of the surname, the decade, month (50 more for women), day and year of birth, two initials, three more (DVLA).
 */
static void find_licence(struct finder *finder, size_t from)
{
	enum { LENGTH = 16 };
	const struct passage *passage = &finder->passage;
	char signs[LENGTH];
	const char *at = passage->text + from;
	for (size_t i = 0; i < LENGTH; i++, at++) {
		if ((i == 5 || i == 11 || i == 14) && (*at == ' ' || *at == '-'))
			at++;
		bool digit = is_digit(*at), letter = is_letter(*at);
		bool right = i < 5 || i == 11 || i == 12 ? letter || *at == '9' : i < 11 ? digit : digit || letter;
		if (!right)
			return;
		signs[i] = *at;
	}
	int month = (signs[6] - '0') * 10 + signs[7] - '0', day = (signs[8] - '0') * 10 + signs[9] - '0';
	month -= month > 50 ? 50 : 0;
	size_t end = (size_t)(at - passage->text);
	if (month < 1 || month > 12 || day < 1 || day > 31 || !is_letter(signs[0]) || !passage_parts(passage, end))
		return;
	bool near = passage_near(passage, from, end, 6, 4, licence_words);
	finder_add(finder, from, end, IDENTIFIER_LICENCE, near ? CONFIDENCE_MEDIUM : CONFIDENCE_LOW,
	           near ? "its shape, and a word such as licence is near" : "the shape of a driving licence number");
}

void find_numbers(struct finder *finder)
{
	const struct passage *passage = &finder->passage;
	const char *text = passage->text;
	for (size_t i = 0; i < passage->count; i++) {
		size_t from = passage->words[i].byte;
		/* a number goes on from the one before: 020 7946 0123 is not looked at again from 7946 */
		bool inside = from > 0 && (text[from - 1] == '.' || text[from - 1] == '-') && from > 1
		              && is_digit(text[from - 2]);
		if (is_digit(text[from]) && !inside) {
			bool open = from > 0 && text[from - 1] == '(';
			bool plus = from > 0 && text[from - 1] == '+';
			if (plus && from > 1 && text[from - 2] == '(')
				find_phone(finder, from - 2);
			find_phone(finder, from - open - plus);
			find_phone_cut(finder, from);
			find_nhs(finder, from);
			find_passport(finder, from);
		} else if (is_letter(text[from])) {
			find_insurance(finder, from);
			find_passport(finder, from);
			find_vehicle(finder, from);
			find_licence(finder, from);
		}
	}
}
