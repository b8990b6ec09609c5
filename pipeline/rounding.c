#include "rounding.h"

long long rounding_nearest(long long n, int base)
{
	return (n + base / 2) / base * base;
}

void rounding_known(const struct study_rounding *rounding, int threshold, bool zeros_shown, int steps,
                    long long printed, long long *least, long long *most)
{
	bool controlled = rounding->method == STUDY_ROUNDING_CONTROLLED;
	long long within = (long long)rounding->base * steps - 1;
	long long smallest = threshold < 1 ? 1 : threshold;
	*least = printed - (controlled ? within : rounding->base / 2);
	*most = printed + (controlled ? within : (rounding->base - 1) / 2);
	if (printed == 0 && zeros_shown) { /* nobody, or one of the counts that are printed as 0 */
		*least = 0;
		*most = *most < smallest ? 0 : *most;
	} else if (*least < smallest) { /* nobody is printed as 0 */
		*least = smallest;
	}
}

bool rounding_fits(const struct study_rounding *rounding, int threshold, bool zeros_shown)
{
	if (threshold <= 1 && zeros_shown)
		return true;
	if (rounding->method == STUDY_ROUNDING_CONTROLLED)
		return threshold % rounding->base == 0;
	long long last = rounding_nearest(threshold, rounding->base) + (rounding->base - 1) / 2;
	return last - threshold + 1 >= rounding->base;
}
