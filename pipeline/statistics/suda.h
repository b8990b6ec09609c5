/* Special uniques (Elliot, Manning, Mayes, Gurd and Bane 2005; Manning, Haglin and Keane 2008): records that few of
 * their keys tell from all others. */
#ifndef CANVASS_STATISTICS_SUDA_H
#define CANVASS_STATISTICS_SUDA_H

#include <stdbool.h>
#include <stddef.h>

#include "equivalence.h"

enum { SUDA_KEYS = 20 }; /* at most */

/* What a minimal sample unique of k of the ATT keys counts: a set of values that nobody else has, while each set of
 * fewer of them somebody else has. */
enum suda_weighting {
	SUDA_ELLIOT, /* product of ATT - i, i = k to ATT - 1 */
	SUDA_IHSN,   /* (2^(ATT - k) - 1) k! (ATT - k)! / ATT! */
};

struct suda {
	size_t records, keys;
	double *scores;       /* by record: the sum of its minimal sample uniques; 0: it has none */
	size_t *smallest;     /* by record: the fewest keys that tell it from all others; 0: none do */
	unsigned *fewest;     /* by record: these keys, bit k: key k; of several such sets that of the first keys */
	double *contribution; /* record x key: the part of the score that comes from sets with this key; they overlap */
};

/* Sets of up to `largest` keys are looked at; 0: all. A missing value is none: a set that has one is not unique.
 * False where there are more than SUDA_KEYS keys. Release what is inside with suda_release(). */
bool suda_find(struct suda *suda, const struct key_records *records, size_t largest, enum suda_weighting weighting);
void suda_release(struct suda *suda); /* accepts an empty one */

/* DIS (Skinner and Elliot 2002): the probability that a unique match is the right one, from U uniques and P people in
 * pairs of equal keys, where a fraction f (0 < f <= 1) of the population is in the sample: D = Uf / (Uf + P(1 - f)). 0
 * where there is no unique. */
double suda_match(const struct key_records *records, double fraction);

/* DIS-SUDA (Elliot and Manning 2003) shares DIS out by the scores s: 1/(1 + (U/D - U)/(s^Q A)), A the sum of s^-Q, Q =
 * 1
 * + (8 - ATT)/20; 0 for a score of 0. Returns D; `dis` by record. */
double suda_dis(double *dis, const struct suda *suda, const struct key_records *records, double fraction);

#endif
