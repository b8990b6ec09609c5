/* How easily the people of a file of records are found by its keys, in numbers. */
#ifndef CANVASS_RISK_MEASURES_H
#define CANVASS_RISK_MEASURES_H

#include "key_table.h"
#include "suda.h"

#include <stdbool.h>
#include <stddef.h>

/* A set of keys, and how many records agree on it with too few. */
struct key_set {
	unsigned keys; /* bit i: key i */
	size_t size;
	size_t k;     /* what the config demands of it; 0: nothing */
	size_t below; /* records that agree with fewer than k, or than the k of all keys where none is demanded */
	size_t alone; /* records that nobody agrees with */
};

/* Of one sensitive variable: how different the answers are of those who agree on all keys. */
struct diversity {
	double *distinct, *entropy;           /* by record */
	double least_distinct, least_entropy; /* of records that have an answer */
	size_t below;                         /* records whose group has fewer different answers than l */
};

struct measures {
	size_t count;
	double *f, *F, *risk;  /* by record: who agrees with it, for how many people these stand, its individual risk */
	double expected, rate; /* the sum of the risks and their mean */
	double highest;        /* risk */
	size_t alone, below;   /* records that agree with nobody, and with fewer than k */
	size_t over;           /* records whose risk is above max_risk */
	size_t failing;        /* records that fail at least one demand */
	bool *fails;           /* by record */
	struct key_set *sets;  /* all keys, then what is demanded, then every other set that is looked at */
	size_t set_count;
	unsigned *enough; /* by record: the fewest keys on which nobody agrees with it, of several such sets that of the
	                   * first keys; 0: none that was looked at */
	struct diversity *diversity; /* by sensitive variable */
	size_t diversity_count;
	struct suda suda;
	double *dis;  /* by record: DIS-SUDA */
	double match; /* DIS: the probability that a match with a unique record is the right one */
};

/* Sets of up to SETS_LARGEST keys are counted, and of any size where there are no more than SETS_WHOLE keys. */
enum { SETS_WHOLE = 6, SETS_LARGEST = 3 };

/* SUDA looks at sets of keys of any size; where there are more than SUDA_WHOLE keys, of up to SUDA_LARGEST. */
enum { SUDA_WHOLE = 10, SUDA_LARGEST = 5 };

/* Of the table by the demands of `entry`. Release with measures_release(), also where this fails. */
bool measures_take(struct measures *measures, const struct key_table *table, const struct study_microdata *entry,
                   struct error *err);
void measures_release(struct measures *measures); /* accepts an empty one */

/* The value that so great a share of `count` numbers lies at or below: 0.5 is the lower median. NaN of none. */
double measures_quantile(const double *numbers, size_t count, double share);

enum key_missing measures_missing(const struct study_microdata *entry);

#endif
