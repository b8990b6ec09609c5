#include "covering.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "reidentification.h"

/* --- records that are the same in all keys --- */

struct placed {
	const int *codes;
	size_t width, record;
};

static int compare_codes(const int *one, const int *other, size_t width)
{
	for (size_t k = 0; k < width; k++)
		if (one[k] != other[k])
			return one[k] < other[k] ? -1 : 1;
	return 0;
}

static int compare_placed(const void *a, const void *b)
{
	const struct placed *one = a, *other = b;
	int order = compare_codes(one->codes, other->codes, one->width);
	return order ? order : (one->record > other->record) - (one->record < other->record);
}

struct covering {
	const struct file *file;
	struct demands *demands;
	const struct safety *safety; /* k on all keys */
	double max_risk;             /* 0: none */
	struct placed *placed;
	int *codes; /* as they were before any was covered */
	size_t *starts, groups;
	bool *taken; /* by record: it has lost a value already */
	size_t l, kinds;     /* answers that must differ, and to how many questions; 0: none */
	const int **answers; /* by question */
	int *given;          /* group x question x l: the answers of the group, from the first up to the l-th that differs */
	int *met;            /* value x question x l: the same of a tally */
};

static const int *codes_of(const struct covering *covering, size_t group)
{
	return covering->placed[covering->starts[group]].codes;
}

static bool agree(const int *one, const int *other, size_t width, size_t but)
{
	for (size_t k = 0; k < width; k++)
		if (k != but && one[k] && other[k] && one[k] != other[k])
			return false;
	return true;
}

/* --- what a blank may be --- */

/* An answer among those met; l that differ are enough. */
static void meet(int *met, size_t l, int answer)
{
	for (size_t i = 0; i < l && answer; i++) {
		if (met[i] == answer)
			return;
		if (met[i] == 0) {
			met[i] = answer;
			return;
		}
	}
}

static void meet_all(const struct covering *covering, int *met, const int *others)
{
	for (size_t q = 0; q < covering->kinds; q++)
		for (size_t i = 0; i < covering->l; i++)
			meet(met + q * covering->l, covering->l, others[q * covering->l + i]);
}

/* None tells nothing. */
static bool differ_enough(const struct covering *covering, const int *met)
{
	for (size_t q = 0; q < covering->kinds; q++)
		if (met[q * covering->l] && !met[(q + 1) * covering->l - 1])
			return false;
	return true;
}

/* Those who would agree with a record if a key of it had this value. */
struct tally {
	double f, F;
};

static double weight_of(const struct covering *covering, size_t group)
{
	double sum = 0;
	for (size_t i = covering->starts[group]; i < covering->starts[group + 1]; i++)
		sum += covering->demands->weights ? covering->demands->weights[covering->placed[i].record] : 1;
	return sum;
}

static bool is_enough(const struct covering *covering, const struct tally *tallies, size_t value)
{
	double risk = 1;
	const struct tally tally = tallies[value];
	return tally.f >= (double)covering->safety->k
	       && differ_enough(covering, covering->met + value * covering->kinds * covering->l)
	       && (covering->max_risk <= 0
	           || (individual_risk(&risk, tally.f, tally.F) && risk <= covering->max_risk));
}

/* Fill `tallies`, by value of the key; [0]: those who miss it, and agree whatever it is. Returns for how many values the
 * record would not agree with enough. */
static size_t count_candidates(struct tally *tallies, size_t values, const struct covering *covering, size_t group,
                               size_t key)
{
	size_t width = covering->demands->width, candidates = 0, met = covering->kinds * covering->l;
	memset(tallies, 0, (values + 1) * sizeof *tallies);
	memset(covering->met, 0, (values + 1) * met * sizeof *covering->met);
	for (size_t other = 0; other < covering->groups; other++) {
		if (!agree(codes_of(covering, group), codes_of(covering, other), width, key))
			continue;
		size_t value = (size_t)codes_of(covering, other)[key];
		struct tally *tally = &tallies[value];
		tally->f += (double)(covering->starts[other + 1] - covering->starts[other]);
		tally->F += weight_of(covering, other);
		meet_all(covering, covering->met + value * met, covering->given + other * met);
	}
	for (size_t v = 1; v <= values; v++) {
		tallies[v].f += tallies[0].f;
		tallies[v].F += tallies[0].F;
		meet_all(covering, covering->met + v * met, covering->met);
		candidates += !is_enough(covering, tallies, v);
	}
	return candidates;
}

/* --- who loses a value for it --- */

/* splitmix64 (Steele, Lea and Flood 2014) */
static unsigned long long draw(unsigned long long secret, unsigned long long at)
{
	unsigned long long z = secret + (at + 1) * 0x9e3779b97f4a7c15u;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static unsigned long long lot_of(const struct file *file, size_t record, size_t key)
{
	return file->lots ? draw(file->lots[record], key) : draw(draw(file->secret, record), key);
}

struct drawn {
	unsigned long long lot;
	size_t record;
};

static int compare_drawn(const void *a, const void *b)
{
	const struct drawn *one = a, *other = b;
	if (one->lot != other->lot)
		return one->lot < other->lot ? -1 : 1;
	return (one->record > other->record) - (one->record < other->record);
}

/* Those who agree but for the key, and have a value of it that nobody takes the blank for. */
static size_t find_covers(struct drawn *drawn, const struct covering *covering, const struct tally *tallies, size_t group,
                          size_t key)
{
	size_t width = covering->demands->width, count = 0;
	for (size_t other = 0; other < covering->groups; other++) {
		int code = codes_of(covering, other)[key];
		if (code == 0 || !is_enough(covering, tallies, (size_t)code)
		    || !agree(codes_of(covering, group), codes_of(covering, other), width, key))
			continue;
		for (size_t i = covering->starts[other]; i < covering->starts[other + 1]; i++) {
			size_t record = covering->placed[i].record;
			if (!covering->taken[record])
				drawn[count++] = (struct drawn){ lot_of(covering->file, record, key), record };
		}
	}
	mem_sort(drawn, count, sizeof *drawn, compare_drawn);
	return count;
}

static void lose(struct covering *covering, size_t record, unsigned set)
{
	size_t width = covering->demands->width;
	covering->taken[record] = true;
	for (size_t k = 0; k < width; k++)
		if (set >> k & 1)
			covering->demands->codes[record * width + k] = 0;
}

/* All that goes along with a key; 0 where some of it is never blanked. */
static unsigned closure(const struct demands *demands, const unsigned *along, size_t key)
{
	unsigned set = 1u << key;
	for (unsigned before = 0; before != set;) {
		before = set;
		for (size_t k = 0; k < demands->width; k++)
			set |= set >> k & 1 ? along[k] : 0;
	}
	for (size_t k = 0; k < demands->width; k++)
		if (set >> k & 1 && isinf(demands->costs[k]))
			return 0;
	return set;
}

/* Records of the group whose key was blanked, and not missing from the start. */
static size_t count_blanked(const struct covering *covering, size_t group, size_t key)
{
	const struct column *column = covering->demands->keys[key];
	size_t count = 0;
	for (size_t i = covering->starts[group]; i < covering->starts[group + 1]; i++) {
		size_t record = covering->placed[i].record;
		count += isnan(column->values[record]) && !isnan(column->recoded[record]);
	}
	return count;
}

static void make_groups(struct covering *covering)
{
	size_t count = covering->file->record_count, width = covering->demands->width;
	for (size_t i = 0; i < count; i++)
		covering->placed[i] = (struct placed){ covering->codes + i * width, width, i };
	mem_sort(covering->placed, count, sizeof *covering->placed, compare_placed);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || compare_codes(covering->placed[i - 1].codes, covering->placed[i].codes, width) != 0)
			covering->starts[covering->groups++] = i;
	covering->starts[covering->groups] = count;
}

static void list_answers(struct covering *covering)
{
	const struct demands *demands = covering->demands;
	covering->answers = mem_alloc(demands->count, sizeof *covering->answers);
	for (size_t d = 0; d < demands->count; d++)
		if (demands->demands[d].kind == DEMAND_L) {
			covering->answers[covering->kinds++] = demands->sensitive[d];
			covering->l = demands->demands[d].safety.l;
		}
	size_t met = covering->kinds * covering->l;
	covering->given = mem_alloc(covering->groups * met, sizeof *covering->given);
	for (size_t g = 0; g < covering->groups; g++)
		for (size_t i = covering->starts[g]; i < covering->starts[g + 1]; i++)
			for (size_t q = 0; q < covering->kinds; q++)
				meet(covering->given + g * met + q * covering->l, covering->l,
				     covering->answers[q][covering->placed[i].record]);
}

size_t cover_blanks(const struct file *file, struct demands *demands, const unsigned *along)
{
	size_t count = file->record_count, width = demands->width, covers = 0;
	struct covering covering = { .file = file,
		                     .demands = demands,
		                     .safety = &demands->demands[0].safety,
		                     .max_risk = file->entry->max_risk ? *file->entry->max_risk : 0,
		                     .placed = mem_alloc(count, sizeof *covering.placed),
		                     .codes = mem_alloc(count * width, sizeof *covering.codes),
		                     .starts = mem_alloc(count + 1, sizeof *covering.starts),
		                     .taken = mem_alloc(count, sizeof *covering.taken) };
	struct drawn *drawn = mem_alloc(count, sizeof *drawn);
	struct tally *tallies = mem_alloc(count + 2, sizeof *tallies);
	if (count)
		memcpy(covering.codes, demands->codes, count * width * sizeof *covering.codes);
	make_groups(&covering);
	list_answers(&covering);
	covering.met = mem_alloc((count + 2) * covering.kinds * covering.l, sizeof *covering.met);
	for (size_t k = 0; k < width; k++) {
		unsigned set = closure(demands, along, k);
		for (size_t g = 0; set && g < covering.groups; g++) {
			size_t blanked = codes_of(&covering, g)[k] ? 0 : count_blanked(&covering, g, k);
			if (blanked == 0 || count_candidates(tallies, (size_t)demands->values[k], &covering, g, k) > 1)
				continue;
			size_t found = find_covers(drawn, &covering, tallies, g, k);
			for (size_t i = 0; i < found && i < blanked; i++, covers++)
				lose(&covering, drawn[i].record, set);
		}
	}
	free(covering.placed);
	free(covering.codes);
	free(covering.starts);
	free(covering.taken);
	free(covering.answers);
	free(covering.given);
	free(covering.met);
	free(drawn);
	free(tallies);
	return covers;
}
