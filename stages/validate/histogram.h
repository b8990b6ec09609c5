/* How often each number occurs, in bounded memory.
 *
 * Up to HISTOGRAM_MOST distinct numbers are kept as they are. Where there are more, all are cut, towards zero, to as
 * many binary digits as leave no more of them: order is kept, and numbers that are now alike count as alike. */
#ifndef VALIDATE_HISTOGRAM_H
#define VALIDATE_HISTOGRAM_H

#include <stddef.h>

enum { HISTOGRAM_MOST = 5000 };

struct histogram_bin {
	double value;
	long long count;
};

/* Zero it to begin with. */
struct histogram {
	struct histogram_bin *bins; /* in rising order */
	size_t count, capacity;
	int cut; /* binary digits, of 53, that were cut off */
};

void histogram_add(struct histogram *histogram, double value); /* finite */

/* Both over the same values, cut alike: how many there are, and how often each is in a and in b. Free both arrays with
 * free(). */
size_t histogram_align(long long **in_a, long long **in_b, const struct histogram *a, const struct histogram *b);

void histogram_free(struct histogram *histogram); /* and zero it */

#endif
