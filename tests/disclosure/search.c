#include "search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "number.h"

enum { MOST_FOUND = 400 };

/* least <= sum of factor * atom <= most */
struct row {
	size_t count;
	size_t atom[SEARCH_ATOMS];
	double factor[SEARCH_ATOMS];
	double least, most;
};

struct printed {
	double weight[SEARCH_ATOMS];
	atoms numerator, denominator;
	double factor, value;
	int decimals;
};

struct somebody {
	atoms cell, groups[SEARCH_GROUPS];
	size_t count;
	long long small;
};

struct search {
	size_t count, nodes;
	long long truth[SEARCH_ATOMS], most;
	struct row *rows;
	struct printed *printed;
	struct somebody *somebody;
	long long (*found)[SEARCH_ATOMS]; /* tables that agree */
	size_t found_count, found_capacity;
	size_t row_count, row_capacity, printed_count, printed_capacity, somebody_count, somebody_capacity;
};

struct ranges {
	long long least[SEARCH_ATOMS], most[SEARCH_ATOMS];
};

struct search *search_new(const long long *truth, size_t count, long long most, size_t nodes)
{
	struct search *search = mem_alloc(1, sizeof *search);
	search->count = count;
	search->nodes = nodes;
	search->most = most;
	memcpy(search->truth, truth, count * sizeof *truth);
	return search;
}

void search_free(struct search *search)
{
	if (!search)
		return;
	free(search->rows);
	free(search->printed);
	free(search->somebody);
	free(search->found);
	free(search);
}

static bool holds(atoms cell, size_t atom)
{
	return cell >> atom & 1;
}

static struct row *add_row(struct search *search, double least, double most)
{
	search->rows = mem_grow(search->rows, search->row_count, &search->row_capacity, sizeof *search->rows);
	struct row *row = &search->rows[search->row_count++];
	*row = (struct row){ .least = least, .most = most };
	return row;
}

static void add_term(struct row *row, size_t atom, double factor)
{
	if (factor == 0)
		return;
	row->atom[row->count] = atom;
	row->factor[row->count++] = factor;
}

void search_count(struct search *search, atoms cell, long long least, long long most)
{
	struct row *row = add_row(search, (double)least, (double)most);
	for (size_t i = 0; i < search->count; i++)
		add_term(row, i, holds(cell, i));
}

/* The row bounds narrow the search; what is printed is compared digit by digit in the end. */
void search_figure(struct search *search, atoms numerator, const double *weights, atoms denominator, double factor,
                   double value, int decimals)
{
	search->printed =
		mem_grow(search->printed, search->printed_count, &search->printed_capacity, sizeof *search->printed);
	struct printed *printed = &search->printed[search->printed_count++];
	*printed = (struct printed){ .numerator = numerator,
		                     .denominator = denominator,
		                     .factor = factor,
		                     .value = value,
		                     .decimals = decimals };
	for (size_t i = 0; i < search->count; i++)
		printed->weight[i] = weights ? weights[i] : 1;
	double half = 0.5000001 * pow(10, -decimals);
	for (int side = -1; side <= 1; side += 2) {
		struct row *row = add_row(search, side < 0 ? 0 : -INFINITY, side < 0 ? INFINITY : 0);
		for (size_t i = 0; i < search->count; i++)
			add_term(row, i,
			         (holds(numerator, i) ? factor * printed->weight[i] : 0)
			                 - (holds(denominator, i) ? value + side * half : 0));
	}
}

void search_somebody(struct search *search, atoms cell, const atoms *groups, size_t count, long long small)
{
	search->somebody = mem_grow(search->somebody, search->somebody_count, &search->somebody_capacity,
	                            sizeof *search->somebody);
	struct somebody *somebody = &search->somebody[search->somebody_count++];
	*somebody = (struct somebody){ .cell = cell, .small = small };
	for (; somebody->count < count && somebody->count < SEARCH_GROUPS; somebody->count++)
		somebody->groups[somebody->count] = groups[somebody->count];
}

/* --- narrowing --- */

static double span(double factor, long long least, long long most, bool high)
{
	return factor * (double)((factor > 0) == high ? most : least);
}

static bool narrow_row(struct ranges *ranges, const struct row *row, bool *changed)
{
	double low = 0, high = 0;
	for (size_t i = 0; i < row->count; i++) {
		low += span(row->factor[i], ranges->least[row->atom[i]], ranges->most[row->atom[i]], false);
		high += span(row->factor[i], ranges->least[row->atom[i]], ranges->most[row->atom[i]], true);
	}
	if (low > row->most + 1e-6 || high < row->least - 1e-6)
		return false;
	for (size_t i = 0; i < row->count; i++) {
		double factor = row->factor[i];
		long long *least = &ranges->least[row->atom[i]], *most = &ranges->most[row->atom[i]];
		if (*least == *most)
			continue;
		double rest_low = low - span(factor, *least, *most, false),
		       rest_high = high - span(factor, *least, *most, true);
		double a = (row->least - rest_high) / factor, b = (row->most - rest_low) / factor;
		double from = ceil(fmin(a, b) - 1e-6), to = floor(fmax(a, b) + 1e-6);
		if (from > (double)*most || to < (double)*least)
			return false;
		*changed = *changed || from > (double)*least || to < (double)*most;
		*least = from > (double)*least ? (long long)from : *least;
		*most = to < (double)*most ? (long long)to : *most;
		low = rest_low + span(factor, *least, *most, false);
		high = rest_high + span(factor, *least, *most, true);
	}
	return true;
}

static long long sum(const long long *numbers, atoms cell, size_t count)
{
	long long total = 0;
	for (size_t i = 0; i < count; i++)
		total += holds(cell, i) ? numbers[i] : 0;
	return total;
}

/* Nobody can be in the cell, and no group of it can be small. */
static bool is_broken(const struct ranges *ranges, const struct somebody *somebody, size_t count)
{
	if (sum(ranges->most, somebody->cell, count) > 0)
		return false;
	for (size_t i = 0; i < somebody->count; i++)
		if (sum(ranges->least, somebody->groups[i], count) < somebody->small)
			return false;
	return true;
}

static bool narrow(const struct search *search, const struct row *target, struct ranges *ranges)
{
	for (bool changed = true; changed;) {
		changed = false;
		if (!narrow_row(ranges, target, &changed))
			return false;
		for (size_t i = 0; i < search->row_count; i++)
			if (!narrow_row(ranges, &search->rows[i], &changed))
				return false;
	}
	for (size_t i = 0; i < search->somebody_count; i++)
		if (is_broken(ranges, &search->somebody[i], search->count))
			return false;
	return true;
}

/* --- trying --- */

static bool is_printed_so(const struct search *search, const struct printed *printed, const long long *numbers)
{
	double numerator = 0;
	for (size_t i = 0; i < search->count; i++)
		numerator += holds(printed->numerator, i) ? printed->weight[i] * (double)numbers[i] : 0;
	long long denominator = sum(numbers, printed->denominator, search->count);
	return denominator > 0
	       && number_round(printed->factor * numerator / (double)denominator, printed->decimals) == printed->value;
}

static bool agrees(const struct search *search, const long long *numbers)
{
	for (size_t i = 0; i < search->printed_count; i++)
		if (!is_printed_so(search, &search->printed[i], numbers))
			return false;
	return true;
}

static long long clamp(long long value, long long least, long long most)
{
	return value < least ? least : value > most ? most : value;
}

static enum search_answer keep(struct search *search, const long long *numbers)
{
	if (!agrees(search, numbers))
		return SEARCH_NO;
	if (search->found_count < MOST_FOUND) {
		search->found =
			mem_grow(search->found, search->found_count, &search->found_capacity, sizeof *search->found);
		memcpy(search->found[search->found_count++], numbers, search->count * sizeof *numbers);
	}
	return SEARCH_YES;
}

static enum search_answer try(struct search *search, const struct row *target, struct ranges ranges, size_t *nodes)
{
	if ((*nodes)++ > search->nodes)
		return SEARCH_GAVE_UP;
	if (!narrow(search, target, &ranges))
		return SEARCH_NO;
	size_t open = search->count;
	for (size_t i = 0; i < search->count; i++)
		if (ranges.least[i] < ranges.most[i]
		    && (open == search->count
		        || ranges.most[i] - ranges.least[i] < ranges.most[open] - ranges.least[open]))
			open = i;
	if (open == search->count)
		return keep(search, ranges.least);
	long long middle = clamp(search->truth[open], ranges.least[open], ranges.most[open]);
	const long long least[] = { middle, ranges.least[open], middle + 1 },
			most[] = { middle, middle - 1, ranges.most[open] };
	enum search_answer answer = SEARCH_NO;
	for (size_t i = 0; i < 3 && answer == SEARCH_NO; i++) {
		struct ranges part = ranges;
		part.least[open] = least[i];
		part.most[open] = most[i];
		if (least[i] <= most[i])
			answer = try(search, target, part, nodes);
	}
	return answer;
}

enum search_answer search_possible(struct search *search, atoms cell, long long least, long long most)
{
	struct row target = { .least = (double)least, .most = (double)most };
	struct ranges ranges;
	size_t nodes = 0;
	if (least > most)
		return SEARCH_NO;
	for (size_t i = 0; i < search->found_count; i++) {
		long long n = sum(search->found[i], cell, search->count);
		if (n >= least && n <= most)
			return SEARCH_YES;
	}
	for (size_t i = 0; i < search->count; i++) {
		add_term(&target, i, holds(cell, i));
		ranges.least[i] = 0;
		ranges.most[i] = search->most;
	}
	return try(search, &target, ranges, &nodes);
}
