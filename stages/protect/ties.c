#include "ties.h"

#include <stdlib.h>

#include "mem.h"

/* Solving a cell out writes its terms wherever it stood: only where that adds few. */
enum { MOST_TERMS = 12, MOST_ADDED = 6 };

/* How a solved cell's move is made of others'. These may have been solved later, and are looked up in turn. */
struct recipe {
	struct tie_term *terms;
	size_t count;
	bool solved;
};

/* A sum of moves under way: factors by cell, and the cells that have been touched. */
struct tally {
	const struct secondary_problem *problem;
	struct recipe *recipes;
	int *factor;
	bool *listed;
	size_t *cells, count;
};

static void add_cell(struct tally *tally, size_t cell, int factor)
{
	const struct recipe *recipe = &tally->recipes[cell];
	if (room_is_still(&tally->problem->cells[cell]))
		return;
	if (recipe->solved) {
		for (size_t i = 0; i < recipe->count; i++)
			add_cell(tally, recipe->terms[i].cell, factor * recipe->terms[i].factor);
		return;
	}
	if (!tally->listed[cell]) {
		tally->listed[cell] = true;
		tally->cells[tally->count++] = cell;
	}
	tally->factor[cell] += factor;
}

static int compare_cells(const void *a, const void *b)
{
	size_t left = *(const size_t *)a, right = *(const size_t *)b;
	return (left > right) - (left < right);
}

/* Leave only the cells whose factors are not 0, in order. */
static void settle(struct tally *tally)
{
	size_t kept = 0;
	for (size_t i = 0; i < tally->count; i++) {
		size_t cell = tally->cells[i];
		tally->listed[cell] = tally->factor[cell] != 0;
		if (tally->listed[cell])
			tally->cells[kept++] = cell;
	}
	tally->count = kept;
	if (kept)
		mem_sort(tally->cells, kept, sizeof *tally->cells, compare_cells);
}

static void empty(struct tally *tally)
{
	for (size_t i = 0; i < tally->count; i++) {
		tally->factor[tally->cells[i]] = 0;
		tally->listed[tally->cells[i]] = false;
	}
	tally->count = 0;
}

static void add_sum(struct tally *tally, const struct secondary_relation *relation)
{
	add_cell(tally, relation->parent, -1);
	for (size_t i = 0; i < relation->part_count; i++)
		add_cell(tally, relation->parts[i], 1);
	settle(tally);
}

/* The cell of the sum that the fewest relations know, if it may be solved out; else the number of cells. */
static size_t choose(const struct tally *tally, const size_t *known)
{
	size_t none = tally->problem->cell_count, best = none;
	for (size_t i = 0; i < tally->count; i++) {
		size_t cell = tally->cells[i];
		bool may = tally->problem->cells[cell].hidden && abs(tally->factor[cell]) == 1;
		if (may && (best == none || known[cell] < known[best]))
			best = cell;
	}
	if (best == none || known[best] == 1)
		return best;
	size_t others = tally->count - 1, added = others ? (known[best] - 1) * (others - 1) : 0;
	return others <= MOST_TERMS && added <= others + MOST_ADDED ? best : none;
}

static void solve(struct tally *tally, size_t cell)
{
	struct recipe *recipe = &tally->recipes[cell];
	int sign = -tally->factor[cell];
	recipe->terms = mem_alloc(tally->count, sizeof *recipe->terms);
	for (size_t i = 0; i < tally->count; i++)
		if (tally->cells[i] != cell)
			recipe->terms[recipe->count++] =
				(struct tie_term){ .cell = tally->cells[i],
				                   .factor = sign * tally->factor[tally->cells[i]] };
	recipe->solved = true;
}

struct ranked {
	size_t relation, size;
};

static int compare_ranked(const void *a, const void *b)
{
	const struct ranked *left = a, *right = b;
	if (left->size != right->size)
		return left->size < right->size ? -1 : 1;
	return (left->relation > right->relation) - (left->relation < right->relation);
}

/* Go through the sums, short ones first, and solve out what each lets; *kept are those that solve nothing. */
static size_t solve_out(size_t *kept, struct tally *tally)
{
	const struct secondary_problem *problem = tally->problem;
	struct ranked *order = mem_alloc(problem->relation_count, sizeof *order);
	size_t *known = mem_alloc(problem->cell_count, sizeof *known), count = 0, kept_count = 0;
	for (size_t r = 0; r < problem->relation_count; r++) {
		const struct secondary_relation *relation = &problem->relations[r];
		known[relation->parent]++;
		for (size_t i = 0; i < relation->part_count; i++)
			known[relation->parts[i]]++;
		if (!relation->contains)
			order[count++] = (struct ranked){ .relation = r, .size = relation->part_count };
	}
	if (count)
		mem_sort(order, count, sizeof *order, compare_ranked);
	for (size_t i = 0; i < count; i++) {
		add_sum(tally, &problem->relations[order[i].relation]);
		size_t cell = choose(tally, known);
		if (cell < problem->cell_count)
			solve(tally, cell);
		else if (tally->count > 0)
			kept[kept_count++] = order[i].relation;
		empty(tally);
	}
	free(order);
	free(known);
	return kept_count;
}

/* What the tally holds becomes a tie. */
static void add_tie(struct ties *ties, struct tally *tally, bool equal, struct room room)
{
	ties->ties = mem_grow(ties->ties, ties->tie_count, &ties->tie_capacity, sizeof *ties->ties);
	ties->ties[ties->tie_count++] =
		(struct tie){ .first = ties->term_count, .count = tally->count, .equal = equal, .room = room };
	for (size_t i = 0; i < tally->count; i++) {
		size_t cell = tally->cells[i];
		ties->terms = mem_grow(ties->terms, ties->term_count, &ties->term_capacity, sizeof *ties->terms);
		ties->terms[ties->term_count++] = (struct tie_term){ .cell = cell, .factor = tally->factor[cell] };
	}
	empty(tally);
}

static void write_equal(struct ties *ties, struct tally *tally, const size_t *kept, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		add_sum(tally, &tally->problem->relations[kept[i]]);
		if (tally->count > 0)
			add_tie(ties, tally, true, (struct room){ 0 });
		empty(tally);
	}
}

static void write_solved(struct ties *ties, struct tally *tally)
{
	for (size_t cell = 0; cell < tally->problem->cell_count; cell++) {
		const struct secondary_cell *it = &tally->problem->cells[cell];
		if (!tally->recipes[cell].solved)
			continue;
		add_cell(tally, cell, 1);
		settle(tally);
		add_tie(ties, tally, false, room_of(it, true));
		ties->solved[cell] = ties->tie_count;
		ties->ties[ties->tie_count - 1].solves = cell + 1;
	}
}

static void write_contains(struct ties *ties, struct tally *tally)
{
	const struct secondary_problem *problem = tally->problem;
	for (size_t r = 0; r < problem->relation_count; r++) {
		const struct secondary_relation *relation = &problem->relations[r];
		long long n = problem->cells[relation->parent].n;
		for (size_t i = 0; relation->contains && i < relation->part_count; i++) {
			add_cell(tally, relation->parent, 1);
			add_cell(tally, relation->parts[i], -1);
			settle(tally);
			long long left = n - problem->cells[relation->parts[i]].n;
			add_tie(ties, tally, false, (struct room){ .below = left, .above = SECONDARY_NO_MOST });
		}
	}
}

static void index_ties(struct ties *ties, size_t cell_count)
{
	ties->touching_first = mem_alloc(cell_count + 2, sizeof *ties->touching_first);
	ties->touching = mem_alloc(ties->term_count, sizeof *ties->touching);
	for (size_t i = 0; i < ties->term_count; i++)
		ties->touching_first[ties->terms[i].cell + 2]++;
	for (size_t i = 2; i < cell_count + 2; i++)
		ties->touching_first[i] += ties->touching_first[i - 1];
	for (size_t t = 0; t < ties->tie_count; t++)
		for (size_t i = 0; i < ties->ties[t].count; i++) {
			size_t cell = ties->terms[ties->ties[t].first + i].cell;
			ties->touching[ties->touching_first[cell + 1]++] = t;
		}
}

struct ties *ties_new(const struct secondary_problem *problem)
{
	size_t *kept = mem_alloc(problem->relation_count, sizeof *kept);
	struct tally tally = {
		.problem = problem,
		.recipes = mem_alloc(problem->cell_count, sizeof *tally.recipes),
		.factor = mem_alloc(problem->cell_count, sizeof *tally.factor),
		.listed = mem_alloc(problem->cell_count, sizeof *tally.listed),
		.cells = mem_alloc(problem->cell_count, sizeof *tally.cells),
	};
	struct ties *ties = mem_alloc(1, sizeof *ties);
	ties->solved = mem_alloc(problem->cell_count, sizeof *ties->solved);

	size_t kept_count = solve_out(kept, &tally);
	write_equal(ties, &tally, kept, kept_count);
	write_solved(ties, &tally);
	write_contains(ties, &tally);
	index_ties(ties, problem->cell_count);

	for (size_t i = 0; i < problem->cell_count; i++)
		free(tally.recipes[i].terms);
	free(tally.recipes);
	free(tally.factor);
	free(tally.listed);
	free(tally.cells);
	free(kept);
	return ties;
}

void ties_free(struct ties *ties)
{
	if (!ties)
		return;
	free(ties->ties);
	free(ties->terms);
	free(ties->touching);
	free(ties->touching_first);
	free(ties->solved);
	free(ties);
}
