/* What stands in the place of words that tell who somebody is: [phone 1], [person 2]. */
#ifndef CANVASS_SCAN_PLACEHOLDER_H
#define CANVASS_SCAN_PLACEHOLDER_H

#include "identifier.h"

struct placeholders;

/* `roster` is borrowed; NULL: there is none. The caller frees with placeholders_free(). */
struct placeholders *placeholders_new(const struct roster *roster);
void placeholders_free(struct placeholders *placeholders); /* accepts NULL */

/* The placeholder of a span of `text`, of `person` (any text that no other person has). One thing has one number, in all
 * texts of the person and however it is spelled, from 1 in the order in which they come; an entry of the roster has the
 * number of its place among those of its kind, in the texts of everybody, and what the roster does not tell apart comes
 * after those. Free with free(). */
char *placeholder_of(struct placeholders *placeholders, const char *person, const char *text, const struct span *span);

/* Bytes of what reads as a placeholder at the beginning of `text`, of so many bytes; 0: it begins with none. */
size_t placeholder_length(const char *text, size_t bytes);

#endif
