#include "unknowns.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

enum { ROUNDS = 20, PASSES = 20 }; /* what is not narrowed by then is left to the linear program */

static void free_rows(struct row **rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(rows[i]->key);
		free(rows[i]);
	}
	free(rows);
}

void unknowns_free(struct unknowns *unknowns)
{
	HASH_CLEAR(hh, unknowns->columns_by_key);
	HASH_CLEAR(hh, unknowns->rows_by_key);
	for (size_t i = 0; i < unknowns->column_count; i++) {
		free(unknowns->columns[i]->key);
		free(unknowns->columns[i]);
	}
	free(unknowns->columns);
	free_rows(unknowns->rows, unknowns->row_count);
	free(unknowns->terms);
}

/* ---- columns ---- */

struct column *unknowns_at(const struct unknowns *unknowns, size_t id)
{
	assert(id >= 1 && id <= unknowns->column_count);
	return unknowns->columns[id - 1];
}

size_t unknowns_find(const struct unknowns *unknowns, const char *key)
{
	struct column *found = NULL;
	HASH_FIND_STR(unknowns->columns_by_key, key, found);
	return found ? found->id : 0;
}

size_t unknowns_add(struct unknowns *unknowns, const char *key, bool whole, double least, double most)
{
	struct column *column = mem_alloc(1, sizeof *column);
	*column = (struct column){ .key = mem_copy_text(key), .whole = whole, .least = -INFINITY, .most = INFINITY };
	HASH_ADD_KEYPTR(hh, unknowns->columns_by_key, column->key, strlen(column->key), column);
	unknowns->columns = mem_grow(unknowns->columns, unknowns->column_count, &unknowns->column_capacity,
	                             sizeof *unknowns->columns);
	unknowns->columns[unknowns->column_count++] = column;
	column->id = unknowns->column_count;
	unknowns_narrow(unknowns, column->id, least, most);
	return column->id;
}

static bool is_known(const struct column *column)
{
	return column->least >= column->most;
}

double unknowns_slack(double bound)
{
	return UNKNOWNS_NEAR * (1 + fabs(bound));
}

/* A sum narrows only where it tells, so that the last digits of doubles do not exclude each other. */
static bool narrow(struct unknowns *unknowns, struct column *column, double least, double most)
{
	double step = 0;
	if (column->whole) {
		least = ceil(least - UNKNOWNS_NEAR);
		most = floor(most + UNKNOWNS_NEAR);
	} else if (isfinite(column->least) || isfinite(column->most)) {
		step = 1e-9 * (1 + fmin(fabs(least), fabs(most)));
	}
	bool changed = false;
	if (least > column->least + step) {
		column->least = least;
		changed = true;
	}
	if (most < column->most - step) {
		column->most = most;
		changed = true;
	}
	if (column->least > column->most) {
		double over = column->least - column->most, end = column->most;
		if (column->whole || over > unknowns_slack(end))
			unknowns->contradiction = true;
		column->most = column->least; /* last digits: wherever the sum is, it is not given away between them */
		column->least = column->whole || over <= 1e-12 * fabs(end) ? column->most : end;
	}
	return changed;
}

void unknowns_whole(struct unknowns *unknowns, size_t id)
{
	struct column *column = unknowns->columns[id - 1];
	column->whole = true;
	narrow(unknowns, column, column->least, column->most);
}

size_t unknowns_leader(const struct unknowns *unknowns, size_t id, double *sign, double *offset)
{
	*sign = 1;
	*offset = 0;
	for (const struct column *column; (column = unknowns_at(unknowns, id))->same_as; id = column->same_as) {
		*offset += *sign * column->offset;
		*sign *= column->sign;
	}
	return id;
}

bool unknowns_narrow(struct unknowns *unknowns, size_t id, double least, double most)
{
	double sign, offset;
	struct column *column = unknowns_at(unknowns, unknowns_leader(unknowns, id, &sign, &offset));
	double low = sign * (least - offset), high = sign * (most - offset);
	return narrow(unknowns, column, fmin(low, high), fmax(low, high));
}

/* ---- rows ---- */

void unknowns_term(struct unknowns *unknowns, size_t column, double factor)
{
	unknowns->terms =
		mem_grow(unknowns->terms, unknowns->term_count, &unknowns->term_capacity, sizeof *unknowns->terms);
	unknowns->terms[unknowns->term_count++] = (struct term){ column, factor };
}

static int compare_terms(const void *a, const void *b)
{
	const struct term *left = a, *right = b;
	return (left->column > right->column) - (left->column < right->column);
}

/* Sort the row under way, add up what speaks of one column, and begin with a factor above 0. */
static void tidy_row(struct unknowns *unknowns, double *least, double *most)
{
	struct term *terms = unknowns->terms + unknowns->row_start;
	size_t count = unknowns->term_count - unknowns->row_start, kept = 0;
	if (count == 0)
		return;
	mem_sort(terms, count, sizeof *terms, compare_terms);
	for (size_t i = 0; i < count;) {
		struct term sum = { terms[i].column, 0 };
		for (; i < count && terms[i].column == sum.column; i++)
			sum.factor += terms[i].factor;
		if (sum.factor != 0)
			terms[kept++] = sum;
	}
	unknowns->term_count = unknowns->row_start + kept;
	if (kept == 0 || terms[0].factor > 0)
		return;
	for (size_t i = 0; i < kept; i++)
		terms[i].factor = -terms[i].factor;
	double low = -*most;
	*most = -*least;
	*least = low;
}

/* `known`: how large what was taken out of the row was. */
static bool end_row(struct unknowns *unknowns, double least, double most, double known)
{
	tidy_row(unknowns, &least, &most);
	if (unknowns->term_count == unknowns->row_start) {
		if (least > unknowns_slack(known) || most < -unknowns_slack(known))
			unknowns->contradiction = true;
		return false;
	}
	struct text key = { 0 };
	struct row *row = NULL;
	text_print(&key, "%a %a", least, most);
	for (size_t i = unknowns->row_start; i < unknowns->term_count; i++)
		text_print(&key, " %zu*%a", unknowns->terms[i].column, unknowns->terms[i].factor);
	HASH_FIND_STR(unknowns->rows_by_key, key.bytes, row);
	if (row) {
		unknowns->term_count = unknowns->row_start;
		text_free(&key);
		return false;
	}
	row = mem_alloc(1, sizeof *row);
	*row = (struct row){ .key = key.bytes,
		             .first = unknowns->row_start,
		             .count = unknowns->term_count - unknowns->row_start,
		             .least = least,
		             .most = most };
	HASH_ADD_KEYPTR(hh, unknowns->rows_by_key, row->key, strlen(row->key), row);
	unknowns->rows = mem_grow(unknowns->rows, unknowns->row_count, &unknowns->row_capacity, sizeof *unknowns->rows);
	unknowns->rows[unknowns->row_count++] = row;
	unknowns->row_start = unknowns->term_count;
	return true;
}

bool unknowns_row(struct unknowns *unknowns, double least, double most)
{
	return end_row(unknowns, least, most, 0);
}

/* ---- narrowing ---- */

/* The ends of what a row's terms add up to; those without a bound are counted apart. */
struct reach {
	double least, most;
	double size; /* of the largest end */
	size_t open_least, open_most;
};

static void term_ends(const struct unknowns *unknowns, const struct term *term, double *least, double *most)
{
	const struct column *column = unknowns_at(unknowns, term->column);
	double low = term->factor * column->least, high = term->factor * column->most;
	*least = fmin(low, high);
	*most = fmax(low, high);
}

static void add_end(struct reach *reach, double end, double *sum, size_t *open)
{
	if (isinf(end)) {
		++*open;
		return;
	}
	*sum += end;
	reach->size = fmax(reach->size, fabs(end));
}

static struct reach row_reach(const struct unknowns *unknowns, const struct row *row)
{
	struct reach reach = { 0 };
	for (size_t i = row->first; i < row->first + row->count; i++) {
		double least, most;
		term_ends(unknowns, &unknowns->terms[i], &least, &most);
		add_end(&reach, least, &reach.least, &reach.open_least);
		add_end(&reach, most, &reach.most, &reach.open_most);
	}
	return reach;
}

/* A row that tells nothing beyond the bounds of its columns. */
static bool is_idle(const struct unknowns *unknowns, const struct row *row)
{
	struct reach reach = row_reach(unknowns, row);
	return (isinf(row->least) || (!reach.open_least && reach.least >= row->least))
	       && (isinf(row->most) || (!reach.open_most && reach.most <= row->most));
}

static bool narrow_by_term(struct unknowns *unknowns, const struct row *row, const struct reach *reach,
                           const struct term *term)
{
	double own_least, own_most, least = -INFINITY, most = INFINITY;
	term_ends(unknowns, term, &own_least, &own_most);
	/* what the others add up to, where each of them has a bound */
	if (reach->open_most == 0 || (reach->open_most == 1 && isinf(own_most)))
		least = row->least - (isinf(own_most) ? reach->most : reach->most - own_most);
	if (reach->open_least == 0 || (reach->open_least == 1 && isinf(own_least)))
		most = row->most - (isinf(own_least) ? reach->least : reach->least - own_least);
	least /= term->factor;
	most /= term->factor;
	return unknowns_narrow(unknowns, term->column, fmin(least, most), fmax(least, most));
}

static size_t count_open(const struct unknowns *unknowns, const struct row *row)
{
	size_t open = 0;
	for (size_t i = row->first; i < row->first + row->count; i++)
		open += !is_known(unknowns_at(unknowns, unknowns->terms[i].column));
	return open;
}

/* Counts are narrowed by every row. A sum is narrowed only where it is alone with known numbers: there no rounding of
 * doubles adds up, and the rest is the linear program's. */
static bool narrow_by_row(struct unknowns *unknowns, const struct row *row)
{
	struct reach reach = row_reach(unknowns, row);
	if ((!reach.open_least && reach.least > row->most + unknowns_slack(fmax(fabs(row->most), reach.size)))
	    || (!reach.open_most && reach.most < row->least - unknowns_slack(fmax(fabs(row->least), reach.size))))
		unknowns->contradiction = true;
	size_t open = count_open(unknowns, row);
	bool changed = false;
	for (size_t i = row->first; open && i < row->first + row->count && !unknowns->contradiction; i++) {
		const struct term *term = &unknowns->terms[i];
		const struct column *column = unknowns_at(unknowns, term->column);
		if (is_known(column) || (!column->whole && open > 1) || !narrow_by_term(unknowns, row, &reach, term))
			continue;
		changed = true;
		reach = row_reach(unknowns, row);
	}
	return changed;
}

static bool narrow_all(struct unknowns *unknowns)
{
	bool changed = false, again = true;
	for (int round = 0; again && round < ROUNDS && !unknowns->contradiction; round++) {
		again = false;
		for (size_t i = 0; i < unknowns->row_count; i++)
			again = narrow_by_row(unknowns, unknowns->rows[i]) || again;
		changed = changed || again;
	}
	return changed;
}

void unknowns_spread(struct unknowns *unknowns)
{
	narrow_all(unknowns);
}

/* ---- columns that follow others ---- */

/* x + f y = c with f = 1 or -1: y follows x. Both are columns that follow nobody yet: a row rewritten names no others,
 * and a column that began to follow in this pass waits for the next. */
static bool follow_in_row(struct unknowns *unknowns, const struct row *row)
{
	const struct term *x = &unknowns->terms[row->first], *y = x + 1;
	if (row->count != 2 || row->least < row->most || fabs(x->factor) != fabs(y->factor))
		return false;
	struct column *first = unknowns_at(unknowns, x->column), *second = unknowns_at(unknowns, y->column);
	double offset = row->least / y->factor;
	if (first->same_as || second->same_as || first->whole != second->whole || is_known(first) || is_known(second)
	    || (first->whole && offset != round(offset)))
		return false;
	second->same_as = first->id;
	second->sign = -x->factor / y->factor;
	second->offset = offset;
	double low = second->sign * (second->least - offset), high = second->sign * (second->most - offset);
	unknowns_narrow(unknowns, first->id, fmin(low, high), fmax(low, high));
	return true;
}

/* Write a row anew without columns that are known or follow others. One that speaks of a single column is a bound of
 * it. Whether that told anything new. */
static bool rewrite_row(struct unknowns *unknowns, const struct row *row, const struct term *terms)
{
	double known = 0, size = 0;
	for (size_t i = row->first; i < row->first + row->count; i++) {
		double sign, offset;
		size_t to = unknowns_leader(unknowns, terms[i].column, &sign, &offset);
		const struct column *column = unknowns_at(unknowns, to);
		known += terms[i].factor * offset;
		if (is_known(column))
			known += terms[i].factor * sign * column->least;
		else
			unknowns_term(unknowns, to, terms[i].factor * sign);
		size = fmax(size, fabs(known));
	}
	if (!end_row(unknowns, row->least - known, row->most - known, size))
		return false;
	struct row *written = unknowns->rows[unknowns->row_count - 1];
	bool single = written->count == 1, told = single && narrow_by_row(unknowns, written);
	if (single || is_idle(unknowns, written)) {
		HASH_DEL(unknowns->rows_by_key, written);
		unknowns->row_start = unknowns->term_count = written->first;
		unknowns->row_count--;
		free(written->key);
		free(written);
	}
	return told;
}

static bool rewrite_all(struct unknowns *unknowns)
{
	struct row **rows = unknowns->rows;
	struct term *terms = unknowns->terms;
	size_t count = unknowns->row_count;
	HASH_CLEAR(hh, unknowns->rows_by_key);
	unknowns->rows = NULL;
	unknowns->terms = NULL;
	unknowns->row_count = unknowns->row_capacity = unknowns->term_count = unknowns->term_capacity =
		unknowns->row_start = 0;
	bool told = false;
	for (size_t i = 0; i < count; i++)
		told = rewrite_row(unknowns, rows[i], terms) || told;
	free_rows(rows, count);
	free(terms);
	return told;
}

void unknowns_conclude(struct unknowns *unknowns)
{
	bool changed = true;
	for (int pass = 0; changed && pass < PASSES && !unknowns->contradiction; pass++) {
		changed = rewrite_all(unknowns);
		changed = narrow_all(unknowns) || changed;
		for (size_t i = 0; i < unknowns->row_count && !unknowns->contradiction; i++)
			changed = follow_in_row(unknowns, unknowns->rows[i]) || changed;
	}
	rewrite_all(unknowns);
}

void unknowns_follow(struct unknowns *unknowns)
{
	for (size_t id = 1; id <= unknowns->column_count; id++) {
		double sign, offset;
		const struct column *to = unknowns_at(unknowns, unknowns_leader(unknowns, id, &sign, &offset));
		double low = sign * to->least + offset, high = sign * to->most + offset;
		narrow(unknowns, unknowns_at(unknowns, id), fmin(low, high), fmax(low, high));
	}
}
