/* What becomes of each variable on its way into the analysis table, and of each answer under its treatment. */
#ifndef CANVASS_TREATMENT_H
#define CANVASS_TREATMENT_H

#include "answer.h"
#include "dictionary.h"
#include "error.h"

#include <stdbool.h>
#include <stddef.h>

enum treatment {
	TREATMENT_KEPT,
	TREATMENT_DROPPED,
	TREATMENT_PSEUDONYM,
	TREATMENT_YEAR,     /* of a date: the year */
	TREATMENT_AGE,      /* of a date of birth: full years on the study's date */
	TREATMENT_DISTRICT, /* of a postcode: the part before the blank */
	TREATMENT_BANDS,    /* of a number: the position of its band, from 1 */
	TREATMENT_TOP,      /* of a number: at most N */
	TREATMENT_BOTTOM,   /* at least N */
	TREATMENT_ENDS,     /* both */
	TREATMENT_LEVEL,    /* of a place: the region or country that it is in */
};

/* The dictionary's own word where it has one. Without one, what could identify a person is dropped: direct identifiers,
 * ids, texts, exact dates; codes and numbers are kept. */
enum treatment treatment_of(const struct variable *variable);
const char *treatment_word(enum treatment treatment);

/* Whether the analysis table holds a variable less finely than it was answered, so that no number made of it may say
 * more. */
bool treatment_coarsens_number(const struct variable *variable);

/* The bands of a variable: their lower ends, upwards; the last is open. */
enum { BANDS_LIMIT = 60 };
struct bands {
	double lower[BANDS_LIMIT];
	size_t count;
};

/* Read "16 18 21". False where that is no list of at least one number going upwards. */
bool bands_read(struct bands *bands, const char *text);

/* The position of the band that holds `value`, from 1; 0 where it lies below all. */
size_t bands_find(const struct bands *bands, double value);

/* "16-17", "18-20", "21 and over": `whole` where the values are whole numbers; else "16 to under 18". `label` has 80
 * bytes. */
void bands_label(char label[80], const struct bands *bands, size_t band, bool whole);

/* Full years from a date of birth to a date, both in days since 1970-01-01; somebody born on 29 February turns on 1
 * March. */
long long treatment_age(long long born, long long date);

/* The district of a postcode ("MK42 0AB" gives "MK42"), in `district` of 8 bytes; false where the text is no postcode.
 */
bool treatment_district(char district[8], const char *postcode);

#endif
