#include "matched.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "mem.h"

struct row {
	long long person;
	size_t row, wave;
};

static int compare_rows(const void *left, const void *right)
{
	const struct row *a = left, *b = right;
	if (a->person != b->person)
		return a->person < b->person ? -1 : 1;
	if (a->wave != b->wave)
		return a->wave < b->wave ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

/* The rows of the two waves, person by person, the earlier wave's first. */
static size_t gather(struct row *rows, const struct sample *sample, const size_t waves[MATCHED_WAVES])
{
	size_t count = 0;
	for (size_t i = 0; i < sample->count; i++)
		for (size_t w = 0; w < MATCHED_WAVES; w++)
			if (sample->across[i] == waves[w])
				rows[count++] = (struct row){ sample->person[i], i, w };
	if (count)
		mem_sort(rows, count, sizeof *rows, compare_rows);
	return count;
}

static void add_person(struct matched *matched, size_t area_count)
{
	size_t at = matched->count++;
	matched->area[at] = area_count;
	for (size_t w = 0; w < MATCHED_WAVES; w++) {
		matched->answer[w][at] = matched->row[w][at] = SIZE_MAX;
		matched->value[w][at] = NAN;
	}
}

bool matched_read(struct matched *matched, const struct sample *sample, const size_t waves[MATCHED_WAVES],
                  size_t area_count)
{
	struct row *rows = mem_alloc(sample->count, sizeof *rows);
	size_t count = gather(rows, sample, waves);
	bool once = true;
	*matched = (struct matched){ .area = mem_alloc(count, sizeof *matched->area) };
	for (size_t w = 0; w < MATCHED_WAVES; w++) {
		matched->answer[w] = mem_alloc(count, sizeof **matched->answer);
		matched->row[w] = mem_alloc(count, sizeof **matched->row);
		matched->value[w] = mem_alloc(count, sizeof **matched->value);
	}
	for (size_t i = 0; i < count && once; i++) {
		const struct row *row = &rows[i];
		bool again = i > 0 && rows[i - 1].person == row->person;
		once = !again || rows[i - 1].wave != row->wave;
		if (!again)
			add_person(matched, area_count);
		size_t at = matched->count - 1;
		if (matched->area[at] == area_count)
			matched->area[at] = sample->area[row->row];
		matched->row[row->wave][at] = row->row;
		matched->answer[row->wave][at] = sample->outcome[row->row];
		matched->value[row->wave][at] = sample->value[row->row];
		matched->linked += again;
	}
	for (size_t i = 0; i < matched->count; i++)
		matched->area_missing = matched->area_missing || matched->area[i] == area_count;
	free(rows);
	return once;
}

void matched_release(struct matched *matched)
{
	free(matched->area);
	for (size_t w = 0; w < MATCHED_WAVES; w++) {
		free(matched->answer[w]);
		free(matched->row[w]);
		free(matched->value[w]);
	}
	*matched = (struct matched){ 0 };
}
