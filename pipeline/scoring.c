#include "scoring.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

int scoring_find(char *const *keys, unsigned count, const char *key)
{
	for (unsigned i = 0; key && i < count; i++)
		if (strcmp(keys[i], key) == 0)
			return (int)i;
	return SCORING_NONE;
}

int scoring_find_score(const struct instrument *instrument, const char *variable, unsigned before)
{
	for (unsigned i = 0; variable && i < before; i++)
		if (strcmp(instrument->scores[i].variable, variable) == 0)
			return (int)i;
	return SCORING_NONE;
}

struct scoring *scoring_new(const struct instrument *instrument)
{
	struct scoring *scoring = mem_alloc(1, sizeof *scoring);
	unsigned items = instrument->items_count, scores = instrument->scores_count;
	scoring->least = mem_alloc(items, sizeof *scoring->least);
	scoring->most = mem_alloc(items, sizeof *scoring->most);
	scoring->reversed = mem_alloc(items, sizeof *scoring->reversed);
	scoring->uses = mem_alloc((size_t)items * scores, sizeof *scoring->uses);
	scoring->of = mem_alloc(scores, sizeof *scoring->of);
	scoring->parts = mem_alloc((size_t)scores * scores, sizeof *scoring->parts);
	for (unsigned i = 0; i < items; i++) {
		const char *item = instrument->items[i];
		scoring->least[i] = instrument->least;
		scoring->most[i] = instrument->most;
		for (unsigned r = 0; r < instrument->ranges_count; r++) {
			const struct item_range *range = &instrument->ranges[r];
			if (scoring_find(range->items, range->items_count, item) == SCORING_NONE)
				continue;
			scoring->least[i] = range->least;
			scoring->most[i] = range->most;
		}
		scoring->reversed[i] =
			scoring_find(instrument->reverse, instrument->reverse_count, item) != SCORING_NONE;
	}
	return scoring;
}

void scoring_free(struct scoring *scoring)
{
	if (!scoring)
		return;
	free(scoring->least);
	free(scoring->most);
	free(scoring->reversed);
	free(scoring->uses);
	free(scoring->of);
	free(scoring->parts);
	free(scoring);
}

static void use_items_of(struct scoring *scoring, const struct instrument *instrument, unsigned score, unsigned other)
{
	bool *uses = scoring->uses + (size_t)score * instrument->items_count;
	const bool *also = scoring->uses + (size_t)other * instrument->items_count;
	for (unsigned i = 0; i < instrument->items_count; i++)
		uses[i] = uses[i] || also[i];
}

void scoring_add(struct scoring *scoring, const struct instrument *instrument, unsigned score)
{
	const struct score *added = &instrument->scores[score];
	bool *uses = scoring->uses + (size_t)score * instrument->items_count;
	bool of_items = added->method == SCORE_SUM || added->method == SCORE_MEAN || added->method == SCORE_ITEM
	                || added->method == SCORE_COUNT;
	int of = scoring_find_score(instrument, added->of, score);
	for (unsigned i = 0; of_items && i < instrument->items_count; i++)
		uses[i] = added->items_count == 0
		          || scoring_find(added->items, added->items_count, instrument->items[i]) != SCORING_NONE;
	scoring->of[score] = of == SCORING_NONE ? score : (unsigned)of;
	if (of != SCORING_NONE)
		use_items_of(scoring, instrument, score, (unsigned)of);
	for (unsigned s = 0; s < added->scores_count; s++) {
		int part = scoring_find_score(instrument, added->scores[s], score);
		assert(part != SCORING_NONE);
		scoring->parts[(size_t)score * instrument->scores_count + (size_t)part] = true;
		use_items_of(scoring, instrument, score, (unsigned)part);
	}
}

void instrument_range(const struct instrument *instrument, unsigned item, double *least, double *most)
{
	*least = instrument->scoring->least[item];
	*most = instrument->scoring->most[item];
}

bool instrument_reverses(const struct instrument *instrument, unsigned item)
{
	return instrument->scoring->reversed[item];
}

bool instrument_uses(const struct instrument *instrument, unsigned score, unsigned item)
{
	return instrument->scoring->uses[(size_t)score * instrument->items_count + item];
}

bool score_adds_items(const struct score *score)
{
	return score->method == SCORE_SUM || score->method == SCORE_MEAN || score->method == SCORE_TOTAL;
}

/* --- one respondent --- */

/* What the answered items of a score come to, reverse ones turned: their sum, or how many are at or above at_least. */
struct tally {
	double sum;
	unsigned answered, missing, high;
};

static struct tally tally_items(const struct instrument *instrument, unsigned score, const double *items)
{
	const struct scoring *scoring = instrument->scoring;
	struct tally tally = { 0 };
	for (unsigned i = 0; i < instrument->items_count; i++) {
		if (!instrument_uses(instrument, score, i))
			continue;
		if (isnan(items[i])) {
			tally.missing++;
			continue;
		}
		assert(items[i] >= scoring->least[i] && items[i] <= scoring->most[i]);
		double value = scoring->reversed[i] ? scoring->least[i] + scoring->most[i] - items[i] : items[i];
		tally.sum += value;
		tally.high += value >= instrument->scores[score].at_least;
		tally.answered++;
	}
	return tally;
}

/* Half up, also below 0: what instruments mean by rounding a prorated sum. */
static double round_half_up(double value)
{
	return floor(value + 0.5);
}

static double add_items(const struct score *score, struct tally tally)
{
	if (tally.missing > (unsigned)score->prorate || tally.answered == 0)
		return NAN;
	if (score->method == SCORE_MEAN)
		return tally.sum / tally.answered;
	/* multiplied first: both are whole numbers, so that a half comes out as one */
	double sum = tally.missing ? tally.sum * (tally.answered + tally.missing) / tally.answered : tally.sum;
	return score->round ? round_half_up(sum) : sum;
}

static double total(const struct instrument *instrument, unsigned score, const double *scores)
{
	const bool *parts = instrument->scoring->parts + (size_t)score * instrument->scores_count;
	double sum = 0;
	for (unsigned s = 0; s < score; s++)
		if (parts[s])
			sum += scores[s];
	return sum;
}

static double convert(const struct score *score, double value)
{
	for (unsigned i = 0; i < score->conversion_count; i++)
		if (score->conversion[i].from == value)
			return score->conversion[i].to;
	return NAN;
}

double scoring_looked_up(const struct score *score, double value)
{
	return score->method == SCORE_MEAN || score->method == SCORE_CONVERT ? value : round_half_up(value);
}

double scoring_band(const struct score *score, double value)
{
	for (unsigned i = 0; i < score->bands_count; i++)
		if (value >= score->bands[i].least && value <= score->bands[i].most)
			return i + 1;
	return NAN;
}

void instrument_score(const struct instrument *instrument, const double *items, double *scores)
{
	for (unsigned s = 0; s < instrument->scores_count; s++) {
		const struct score *score = &instrument->scores[s];
		unsigned of = instrument->scoring->of[s];
		struct tally tally = tally_items(instrument, s, items);
		double looked_up = of < s ? scoring_looked_up(&instrument->scores[of], scores[of]) : NAN;
		switch (score->method) {
		case SCORE_SUM:
		case SCORE_MEAN:
		case SCORE_ITEM: scores[s] = add_items(score, tally); break;
		case SCORE_COUNT: scores[s] = tally.missing ? NAN : tally.high; break;
		case SCORE_TOTAL: scores[s] = total(instrument, s, scores); break;
		case SCORE_CONVERT: scores[s] = convert(score, looked_up); break;
		case SCORE_BANDS: scores[s] = scoring_band(score, looked_up); break;
		case SCORE_METHOD_COUNT: assert(false);
		}
	}
}
