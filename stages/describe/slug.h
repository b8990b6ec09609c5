/* Names out of words: of variables, code lists and codes. */
#ifndef DESCRIBE_SLUG_H
#define DESCRIBE_SLUG_H

#include <stdbool.h>
#include <stddef.h>

/* `text` in small ASCII letters and digits with single _ between, at most `longest` bytes, cut between words where one
 * ends near enough. Letters with marks lose them; a letter of no such kind is a break. "" where nothing is left. Free
 * with free(). */
char *slug_make(const char *text, size_t longest);

/* The same, and words that are told apart by a capital alone are parted: RecipientEmail is recipient_email. */
char *slug_make_parted(const char *text, size_t longest);

/* slug_make_parted; where that is too long, without the small words of English that tell no question from another. */
char *slug_make_short(const char *text, size_t longest);

/* What two spellings of one answer share: capitals and the number of blanks apart. Free with free(). */
char *slug_fold(const char *text);

/* Names that are taken. */
struct slug_set;
struct slug_set *slug_set_new(void);
void slug_set_free(struct slug_set *set); /* accepts NULL */
bool slug_set_has(const struct slug_set *set, const char *name);
void slug_set_add(struct slug_set *set, const char *name);

/* `name`, or it cut with _2, _3 and so on behind it, the first that is not taken and fits `longest`; it is taken then.
 * Borrowed from the set. */
const char *slug_set_take(struct slug_set *set, const char *name, size_t longest);

/* The same for the name of a variable: one that dictionary.h lets through, and no word of SQL. */
const char *slug_set_take_variable(struct slug_set *set, const char *name);

enum { SLUG_LONGEST = 40 };

#endif
