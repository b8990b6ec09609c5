/* What the rooms of the scanner share: each finds its types in a passage, without regard to the others. */
#ifndef CANVASS_IDENTIFIER_PRIVATE_H
#define CANVASS_IDENTIFIER_PRIVATE_H

#include "identifier.h"
#include "passage.h"

struct finder {
	struct passage passage;
	const struct identifier_context *context; /* never NULL */
	struct spans *found;                      /* may overlap */
};

/* Add the bytes from..end. */
void finder_add(struct finder *finder, size_t from, size_t end, enum identifier type, enum confidence confidence,
                const char *reason);

void find_numbers(struct finder *finder);  /* identifier_number.c: phone, NHS, insurance, passport, vehicle, licence */
void find_places(struct finder *finder);   /* identifier_place.c: postcode, address, position, IP address */
void find_online(struct finder *finder);   /* identifier_online.c: e-mail, web address, handle */
void find_spoken(struct finder *finder);   /* identifier_spoken.c: telephones and e-mail addresses in words */
void find_dates(struct finder *finder);    /* identifier_date.c */
void find_names(struct finder *finder);    /* identifier_name.c: by the roster, and by titles and cues */
void find_indirect(struct finder *finder); /* identifier_indirect.c */

/* Shapes at the beginning of a text: their length in bytes, 0 where it does not begin so. identifier_shape.c */
struct shape {
	size_t bytes;
	bool known;   /* holds what only a right one holds: its check digit, a postcode area that there is */
	bool usual;   /* written as is usual: capitals, blanks in their places */
	bool odd;     /* its digits in groups that nobody is taught */
	char key[40]; /* what spellings share */
};
bool shape_phone(struct shape *shape, const char *at);     /* known: a mobile or area number of the UK */
bool shape_nhs(struct shape *shape, const char *at);       /* ten digits; usual: 3-3-4; known: check digit */
bool shape_insurance(struct shape *shape, const char *at); /* known: a prefix that is given out */
bool shape_postcode(struct shape *shape, const char *at);  /* known: an area */
bool shape_ip(struct shape *shape, const char *at);
bool shape_position(struct shape *shape, const char *at); /* known: in or near the UK */

/* The area letters at the beginning of a postcode or its outward half are some that there are. */
bool shape_is_area(const char *letters, size_t length);

/* A date in full at *at: its length, and the day as YYYY-MM-DD in key. identifier_date.c */
bool shape_date(struct shape *shape, const char *at, int last_year);

/* An e-mail address around the @ at `at` of a text that begins at `text`: its first byte. identifier_online.c */
bool shape_email(const char **from, size_t *bytes, const char *text, const char *at);

bool is_digit(char c);
bool is_letter(char c);

/* Bytes of the sign at *at that may stand once or twice in a number: blanks, line ends, . - ( ) and dashes. */
size_t separator_at(const char *at);

#endif
