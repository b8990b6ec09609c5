#include "keys.h"

#include <stdlib.h>
#include <string.h>

#include "agreement.h"
#include "answer.h"
#include "mem.h"
#include "number.h"
#include "scale.h"
#include "text.h"

enum { LEAST_ROWS = 30, LEAST_OUTSIDE = 3, LEAST_CELLS = 100 };
static const double least_share = 0.01; /* of the answers: that stand just outside the range */
static const double weak = -0.1;        /* a correlation nearer to 0 says nothing of a key */

/* Where answers to an item lie. */
struct ends {
	size_t cells; /* answers, and cells that would be one if they were not just outside the range */
	size_t at_least, at_most, below, above;
};

/* The items that one score adds up: those of one instrument, or some of them. */
struct part {
	const struct scale *scale;
	const struct score *score;
	unsigned *items; /* of the instrument */
	unsigned count;
	bool *reverse;                /* by place in `items` */
	struct agreement *agreements; /* by export */
};

struct keys {
	struct judging *judging;
	const struct scales *scales;
	size_t sources;
	struct part *parts;
	size_t part_count;
	struct ends **ends; /* scale; export, item */
	double *values;     /* of the row, by item of a part */
	bool *told;         /* scale-reversed; export, of which the last stands for all; variable */
};

/* --- what is judged --- */

static bool has_same_items(const struct part *a, const struct part *b)
{
	return a->scale == b->scale && a->count == b->count
	       && memcmp(a->items, b->items, a->count * sizeof *a->items) == 0;
}

static void free_part(struct part *part, size_t sources)
{
	for (size_t i = 0; part->agreements && i < sources; i++)
		agreement_free(&part->agreements[i]);
	free(part->items);
	free(part->reverse);
	free(part->agreements);
}

/* Only items that are added up have to point the same way; where two scores add up the same ones, the first speaks. */
static void add_part(struct keys *keys, const struct scale *scale, const struct score *score)
{
	const struct instrument *instrument = scale->instrument;
	struct part part = { .scale = scale, .score = score };
	if (!score_adds_items(score))
		return;
	part.items = mem_alloc(instrument->items_count, sizeof *part.items);
	part.reverse = mem_alloc(instrument->items_count, sizeof *part.reverse);
	unsigned place = (unsigned)(score - instrument->scores);
	for (unsigned i = 0; i < instrument->items_count; i++)
		if (instrument_uses(instrument, place, i)) {
			part.reverse[part.count] = instrument_reverses(instrument, i);
			part.items[part.count++] = i;
		}
	bool known = part.count < 2;
	for (size_t i = 0; i < keys->part_count; i++)
		known = known || has_same_items(&keys->parts[i], &part);
	if (known) {
		free_part(&part, 0);
		return;
	}
	part.agreements = mem_alloc(keys->sources, sizeof *part.agreements);
	for (size_t i = 0; i < keys->sources; i++)
		agreement_begin(&part.agreements[i], part.count);
	keys->parts[keys->part_count++] = part;
}

struct keys *keys_new(struct judging *judging)
{
	struct keys *keys = mem_alloc(1, sizeof *keys);
	size_t scores = 0, most = 0;
	keys->judging = judging;
	keys->scales = judging->with.scales;
	if (!keys->scales)
		return keys;
	keys->sources = exported_source_count(judging->with.exported);
	keys->ends = mem_alloc(keys->scales->count, sizeof *keys->ends);
	for (size_t i = 0; i < keys->scales->count; i++) {
		const struct instrument *instrument = keys->scales->scales[i].instrument;
		keys->ends[i] = mem_alloc(keys->sources * instrument->items_count, sizeof *keys->ends[i]);
		scores += instrument->scores_count;
		most = instrument->items_count > most ? instrument->items_count : most;
	}
	keys->parts = mem_alloc(scores, sizeof *keys->parts);
	keys->values = mem_alloc(most, sizeof *keys->values);
	keys->told = mem_alloc((keys->sources + 1) * judging->with.dictionary->variable_count, sizeof *keys->told);
	for (size_t i = 0; i < keys->scales->count; i++) {
		const struct scale *scale = &keys->scales->scales[i];
		for (unsigned s = 0; s < scale->instrument->scores_count; s++)
			add_part(keys, scale, &scale->instrument->scores[s]);
	}
	return keys;
}

void keys_free(struct keys *keys)
{
	if (!keys)
		return;
	for (size_t i = 0; i < keys->part_count; i++)
		free_part(&keys->parts[i], keys->sources);
	for (size_t i = 0; keys->ends && i < keys->scales->count; i++)
		free(keys->ends[i]);
	free(keys->ends);
	free(keys->parts);
	free(keys->values);
	free(keys->told);
	free(keys);
}

/* --- the rows --- */

/* A whole number that was found to be no answer; false where the cell is something else. */
static bool read_outside(const struct judging *judging, size_t variable, double *value)
{
	const struct judged_cell *cell = &judging->cells[variable];
	bool outside = cell->answer == &cell->came && cell->came.missing == MISSING_UNUSABLE
	               && (cell->came.finding == FINDING_CELL_RANGE || cell->came.finding == FINDING_CELL_CODE);
	if (!outside)
		return false;
	size_t length = 0;
	const char *start = answer_trim(judging->row->cells[variable], &length);
	char text[24];
	long long number = 0;
	if (length >= sizeof text)
		return false;
	memcpy(text, start, length);
	text[length] = '\0';
	if (!number_read_integer(text, &number))
		return false;
	*value = (double)number;
	return true;
}

static void count_ends(struct ends *ends, const struct judging *judging, const struct scale *scale, unsigned item)
{
	size_t variable = scale->variables[item];
	const struct answer *answer = judging->cells[variable].answer;
	double value = 0, least, most;
	instrument_range(scale->instrument, item, &least, &most);
	if (answer->missing == MISSING_NONE) {
		ends->cells++;
		ends->at_least += answer->number == least;
		ends->at_most += answer->number == most;
	} else if (read_outside(judging, variable, &value)) {
		bool below = value == least - 1, above = value == most + 1;
		ends->cells += below || above;
		ends->below += below;
		ends->above += above;
	}
}

/* A row counts for a part where it answered all its items. Values begin at 0, so that sums stay small and exact. */
static void count_part(struct keys *keys, struct part *part, size_t source)
{
	const struct judging *judging = keys->judging;
	const struct instrument *instrument = part->scale->instrument;
	for (unsigned i = 0; i < part->count; i++) {
		const struct answer *answer = judging->cells[part->scale->variables[part->items[i]]].answer;
		if (answer->missing != MISSING_NONE)
			return;
		double least, most;
		instrument_range(instrument, part->items[i], &least, &most);
		keys->values[i] = part->reverse[i] ? most - answer->number : answer->number - least;
	}
	agreement_add(&part->agreements[source], keys->values);
}

void keys_count(struct keys *keys)
{
	const struct judging *judging = keys->judging;
	if (!keys->scales)
		return;
	size_t source = (size_t)(judging->row->source - exported_source_at(judging->with.exported, 0));
	for (size_t i = 0; i < keys->scales->count; i++) {
		const struct scale *scale = &keys->scales->scales[i];
		unsigned items = scale->instrument->items_count;
		for (unsigned item = 0; item < items; item++)
			count_ends(&keys->ends[i][source * items + item], judging, scale, item);
	}
	for (size_t i = 0; i < keys->part_count; i++)
		count_part(keys, &keys->parts[i], source);
}

/* --- which items point the other way --- */

/* The correlation of an item, as it came, with the others, of which some are turned round; whether it is against them.
 */
static bool is_against(double *r, const struct agreement *agreement, const bool *turned, unsigned item)
{
	if (!agreement_rest(r, agreement, turned, item))
		return false;
	*r = turned[item] ? -*r : *r;
	return *r < weak && agreement_r_is_negative(*r, agreement->rows);
}

/* That which is most against the others, of those not turned round yet; part->count: none. Of two that are it as much,
 * the one that the instrument reverses. */
static unsigned find_worst(const struct part *part, const struct agreement *agreement, const bool *turned)
{
	double r = 0, worst = 0;
	unsigned which = part->count;
	for (unsigned i = 0; i < part->count; i++)
		if (!turned[i] && is_against(&r, agreement, turned, i)
		    && (which == part->count || r < worst || (r == worst && part->reverse[i] && !part->reverse[which])))
			which = i, worst = r;
	return which;
}

/* The items that point the other way, as places of `turned`. They are turned round one after the other, that which is
 * most against the others first: an item that only looks wrong beside wrong ones comes right by it. The smaller side is
 * the wrong one; of two halves, the one with more of the instrument's reverse items; none where nothing tells which. */
static void find_turned(bool *turned, const struct part *part, const struct agreement *agreement)
{
	unsigned count = 0, reverse = 0, reverse_left = 0, which;
	for (; (which = find_worst(part, agreement, turned)) != part->count; count++)
		turned[which] = true;
	for (unsigned i = 0; i < part->count; i++) {
		reverse += turned[i] && part->reverse[i];
		reverse_left += !turned[i] && part->reverse[i];
	}
	bool half = 2 * count == part->count;
	if (half && reverse == reverse_left)
		memset(turned, 0, part->count * sizeof *turned);
	else if (2 * count > part->count || (half && reverse_left > reverse))
		for (unsigned i = 0; i < part->count; i++)
			turned[i] = !turned[i];
}

static bool tell_item(struct keys *keys, const struct exported_source *source, const struct part *part,
                      const struct agreement *agreement, const bool *turned, unsigned item, struct error *err)
{
	size_t variable = part->scale->variables[part->items[item]];
	size_t place = source ? (size_t)(source - exported_source_at(keys->judging->with.exported, 0)) : keys->sources;
	bool *told = &keys->told[place * keys->judging->with.dictionary->variable_count + variable];
	double r = 0;
	unsigned others = 0;
	if (*told || !is_against(&r, agreement, turned, item))
		return true;
	*told = true;
	for (unsigned i = 0; i < part->count; i++)
		others += turned[i] && i != item;
	struct text words = { 0 };
	char number[NUMBER_TEXT_SIZE];
	number_print(number, r, 2);
	text_print(&words, "to agree with the other %u items of %s", part->count - 1, part->score->variable);
	if (others > 0)
		text_print(&words, ", of which %u that point the other way too are turned round", others);
	text_print(&words, "; r is %s over %zu complete rows, and the instrument %s the item", number, agreement->rows,
	           part->reverse[item] ? "reverses" : "does not reverse");
	struct finding finding = {
		.code = FINDING_SCALE_REVERSED,
		.variable = keys->judging->with.dictionary->variables[variable].name,
		.expected = words.bytes,
		.occurrences = 1,
	};
	bool ok = judging_tell_once(keys->judging, source, &finding, err);
	text_free(&words);
	return ok;
}

static bool tell_alpha(struct keys *keys, const struct exported_source *source, const struct part *part,
                       const struct agreement *agreement, const bool *turned, struct error *err)
{
	double alpha = 0, mended = 0;
	unsigned count = 0;
	if (!agreement_alpha(&alpha, agreement, NULL)
	    || !agreement_alpha_is_negative(alpha, agreement->rows, part->count))
		return true;
	for (unsigned i = 0; i < part->count; i++)
		count += turned[i];
	struct text words = { 0 };
	char number[NUMBER_TEXT_SIZE];
	number_print(number, alpha, 2);
	text_print(&words, "%u items that point one way; alpha is %s over %zu complete rows", part->count, number,
	           agreement->rows);
	if (count > 0 && agreement_alpha(&mended, agreement, turned)) {
		number_print(number, mended, 2);
		text_print(&words, ", and %s with %u of them turned round", number, count);
	}
	struct finding finding = {
		.code = FINDING_SCALE_ALPHA,
		.variable = part->score->variable,
		.expected = words.bytes,
		.occurrences = 1,
	};
	bool ok = judging_tell_once(keys->judging, source, &finding, err);
	text_free(&words);
	return ok;
}

static bool tell_part(struct keys *keys, const struct exported_source *source, const struct part *part,
                      const struct agreement *agreement, struct error *err)
{
	bool *turned = mem_alloc(part->count, sizeof *turned);
	find_turned(turned, part, agreement);
	bool ok = tell_alpha(keys, source, part, agreement, turned, err);
	for (unsigned i = 0; ok && i < part->count; i++)
		ok = !turned[i] || tell_item(keys, source, part, agreement, turned, i, err);
	free(turned);
	return ok;
}

/* --- answers that are one too high or too low --- */

static void add_ends(struct ends *to, const struct ends *ends)
{
	to->cells += ends->cells;
	to->at_least += ends->at_least;
	to->at_most += ends->at_most;
	to->below += ends->below;
	to->above += ends->above;
}

/* Nobody at one end of the range, and enough just beyond the other. */
static bool is_shifted(const struct ends *ends)
{
	size_t outside = ends->above + ends->below;
	return ends->cells >= LEAST_ROWS && outside >= LEAST_OUTSIDE
	       && (double)outside >= least_share * (double)ends->cells
	       && ((ends->below == 0 && ends->at_least == 0) || (ends->above == 0 && ends->at_most == 0));
}

/* Of an instrument of symptoms, from 0: so many cells, and no symptom is missing anywhere. Where nobody has one at its
 * worst, that is all that answers from 1 look like. */
static bool is_never_least(const struct ends *ends, const struct instrument *instrument)
{
	bool symptoms = false;
	for (unsigned s = 0; s < instrument->scores_count; s++)
		symptoms = symptoms
		           || (score_adds_items(&instrument->scores[s])
		               && text_equal(instrument->scores[s].polarity, "higher_worse"));
	return symptoms && instrument->least == 0 && ends->cells >= LEAST_CELLS && ends->at_least == 0
	       && ends->below == 0;
}

static bool tell_shifted(struct keys *keys, const struct exported_source *source, const char *subject, double from,
                         double to, const struct ends *ends, struct error *err)
{
	bool up = ends->below == 0;
	char least[NUMBER_TEXT_SIZE], most[NUMBER_TEXT_SIZE], beyond[NUMBER_TEXT_SIZE];
	number_print_exact(least, from);
	number_print_exact(most, to);
	number_print_exact(beyond, up ? to + 1 : from - 1);
	char *expected = mem_print("%s to %s; of %zu cells none holds %s, and %zu hold %s", least, most, ends->cells,
	                           up ? least : most, up ? ends->above : ends->below, beyond);
	struct finding finding = {
		.code = FINDING_SCALE_SHIFTED,
		.variable = subject,
		.expected = expected,
		.occurrences = 1,
	};
	bool ok = judging_tell_once(keys->judging, source, &finding, err);
	free(expected);
	return ok;
}

/* Of the whole instrument where all its items together say so, and have one range; else of single items. */
static bool tell_ends(struct keys *keys, const struct exported_source *source, const struct scale *scale,
                      const struct ends *ends, struct error *err)
{
	const struct instrument *instrument = scale->instrument;
	struct ends all = { 0 };
	double least, most;
	for (unsigned i = 0; i < instrument->items_count; i++)
		add_ends(&all, &ends[i]);
	if (instrument->ranges_count == 0 && (is_shifted(&all) || is_never_least(&all, instrument)))
		return tell_shifted(keys, source, instrument->instrument, instrument->least, instrument->most, &all,
		                    err);
	for (unsigned i = 0; i < instrument->items_count; i++) {
		const struct variable *item = &keys->judging->with.dictionary->variables[scale->variables[i]];
		instrument_range(instrument, i, &least, &most);
		if (is_shifted(&ends[i]) && !tell_shifted(keys, source, item->name, least, most, &ends[i], err))
			return false;
	}
	return true;
}

/* --- of each export, or of all together where each is too small --- */

static bool tell_parts(struct keys *keys, struct part *part, struct error *err)
{
	struct exported *exported = keys->judging->with.exported;
	bool any = false;
	for (size_t i = 0; i < keys->sources; i++) {
		const struct agreement *agreement = &part->agreements[i];
		if (agreement->rows < LEAST_ROWS)
			continue;
		any = true;
		if (!tell_part(keys, exported_source_at(exported, i), part, agreement, err))
			return false;
	}
	for (size_t i = 1; i < keys->sources && !any; i++)
		agreement_join(&part->agreements[0], &part->agreements[i]);
	return any || part->agreements[0].rows < LEAST_ROWS || tell_part(keys, NULL, part, &part->agreements[0], err);
}

static bool tell_scale(struct keys *keys, size_t scale, struct error *err)
{
	const struct scale *of = &keys->scales->scales[scale];
	unsigned items = of->instrument->items_count;
	for (size_t i = 0; i < keys->sources; i++)
		if (!tell_ends(keys, exported_source_at(keys->judging->with.exported, i), of,
		               &keys->ends[scale][i * items], err))
			return false;
	return true;
}

bool keys_tell(struct keys *keys, struct error *err)
{
	for (size_t i = 0; keys->scales && i < keys->scales->count; i++)
		if (!tell_scale(keys, i, err))
			return false;
	for (size_t i = 0; i < keys->part_count; i++)
		if (!tell_parts(keys, &keys->parts[i], err))
			return false;
	return true;
}
