/* Who agrees with whom on the key variables: what everybody may know of a person, and so what tells one from another.
 *
 * Records with the same values of all keys are one group. A missing value may agree with any (as whoever looks for
 * somebody must take it), or be a value of its own. */
#ifndef CANVASS_STATISTICS_EQUIVALENCE_H
#define CANVASS_STATISTICS_EQUIVALENCE_H

#include <stddef.h>

/* Codes are whole numbers from 1; 0 is a missing value. */
struct key_records {
	const int *codes; /* count x width, record by record */
	size_t count, width;
	const double *weights; /* how many each stands for, above 0, the same in all of a person's; NULL: itself */
	const size_t *people;  /* whose each is, from 0: several of one person count once; NULL: everybody has one */
	unsigned own;          /* bit k: a missing value of key k is one of its own whatever is said of missing ones */
};

enum key_missing {
	KEY_MISSING_WILDCARD, /* agrees with every value */
	KEY_MISSING_VALUE,    /* is a value of its own */
};

struct equivalence;

/* By the `count` variables in `chosen` (positions in a record), at most 32. Borrows the records. Free with
 * equivalence_free(). */
struct equivalence *equivalence_new(const struct key_records *records, const size_t *chosen, size_t count,
                                    enum key_missing missing);
void equivalence_free(struct equivalence *classes); /* accepts NULL */

/* The groups: numbered from 0, in the order of their values. */
size_t equivalence_group_count(const struct equivalence *classes);
size_t equivalence_group(const struct equivalence *classes, size_t record);
size_t equivalence_size(const struct equivalence *classes, size_t group);   /* records in it */
size_t equivalence_people(const struct equivalence *classes, size_t group); /* whose records they are */

/* The groups that agree with this one, itself among them, ascending; `groups` has room for all. */
size_t equivalence_agreeing(size_t *groups, const struct equivalence *classes, size_t group);

/* For each record: f, how many people have a record that agrees with it, and F, how many these stand for (fk and Fk of
 * Benedetti and Franconi 1998). F may be NULL. */
void equivalence_frequencies(double *f, double *F, const struct equivalence *classes);

/* l-diversity (Machanavajjhala and others 2007): for each record, how many values of a sensitive variable (codes from
 * 1, 0 missing, which is no value) those have who agree with it; and the exponential of their entropy, which is as
 * many where all are equally frequent. 0 where none has one. Either may be NULL. */
void equivalence_diversity(double *distinct, double *entropy, const struct equivalence *classes, const int *sensitive);

#endif
