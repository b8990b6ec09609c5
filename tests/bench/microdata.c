/* microdata ROWS MISSING: so many made-up records of 8 keys, as different as people are, of which a part of the values
 * is missing (per cent); one line of figures: the seconds that the processor worked to count who agrees with whom, to
 * find special uniques (SUDA2), and to blank values until everybody agrees with two others, and how many were below and
 * blanked. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "equivalence.h"
#include "local_suppression.h"
#include "mem.h"
#include "suda.h"

enum { KEYS = 8, K = 3 };

/* Codes of area, age, gender, accommodation, activity, ethnicity, disability and household: the first the most
 * frequent. */
static const int codes_of[KEYS] = { 152, 10, 3, 9, 6, 18, 2, 6 };

static unsigned long long seed = 2026;

static double chance(void)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (double)(seed >> 33) / (double)(1ull << 31);
}

static double worked(void)
{
	struct timespec time;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 64;
	size_t count = strtoul(argv[1], NULL, 10), all[KEYS], below = 0, blanked = 0, missing = 0;
	double share = strtod(argv[2], NULL) / 100, costs[KEYS], *f = mem_alloc(count, sizeof *f), at[4];
	int *codes = mem_alloc(count * KEYS, sizeof *codes);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < KEYS; k++) {
			double skewed = chance() * chance();
			codes[i * KEYS + k] = chance() < share ? 0 : 1 + (int)(skewed * codes_of[k]);
			missing += codes[i * KEYS + k] == 0;
		}
	for (size_t k = 0; k < KEYS; k++) {
		all[k] = k;
		costs[k] = 1 + 1. / codes_of[k];
	}
	struct key_records records = { .codes = codes, .count = count, .width = KEYS };
	struct suda suda;

	at[0] = worked();
	struct equivalence *classes = equivalence_new(&records, all, KEYS, KEY_MISSING_WILDCARD);
	equivalence_frequencies(f, NULL, classes);
	equivalence_free(classes);
	at[1] = worked();
	suda_find(&suda, &records, 0, SUDA_ELLIOT);
	at[2] = worked();
	const struct anonymity demand = { (1u << KEYS) - 1, K };
	size_t failed = local_suppression(codes, count, KEYS, &demand, 1, costs, KEY_MISSING_WILDCARD);
	at[3] = worked();

	for (size_t i = 0; i < count; i++)
		below += f[i] < K;
	for (size_t i = 0; i < count * KEYS; i++)
		blanked += codes[i] == 0;
	printf("%zu %g %zu %zu %.3f %.3f %.3f\n", count, 100 * share, below, blanked - missing, at[1] - at[0],
	       at[2] - at[1], at[3] - at[2]);
	suda_release(&suda);
	free(codes);
	free(f);
	return failed > 0;
}
