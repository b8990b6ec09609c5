/* What looks like a way to reach somebody, inside an answer. */
#ifndef CANVASS_INGEST_CONTACT_H
#define CANVASS_INGEST_CONTACT_H

#include <stdbool.h>
#include <stddef.h>

/* A name, an @ and a domain with a dot. */
bool contact_is_mail(const char *text);

/* A telephone number of the United Kingdom: 07 and 11 digits, 01, 02 or 03 and 10 or 11, or the same with +44 or 0044
 * instead of the 0; blanks, hyphens and brackets between the digits. */
bool contact_is_telephone(const char *text);

enum { CONTACT_LEAST_DIGITS = 10 }; /* a text with fewer holds no such number */

#endif
