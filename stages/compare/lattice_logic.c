#include "lattice_logic.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* The axes that are tied, the filters first: points of these alone ("marks"), and for each the positions on all of them
 * at once where somebody can be. */
struct lattice_logic {
	const struct axis *axes[LATTICE_AXES];
	size_t at[LATTICE_AXES]; /* of the lattice's axes */
	size_t axis_count, mark_count, place_count;
	size_t *named, *first; /* by mark */
	bool *possible;
};

struct mark {
	unsigned char *places; /* a byte each: whether somebody of the mark can be there */
	size_t place_count, index;
};

static int compare_marks(const void *left, const void *right)
{
	const struct mark *a = left, *b = right;
	int order = memcmp(a->places, b->places, a->place_count);
	return order ? order : (a->index > b->index) - (a->index < b->index);
}

/* Split an index into one of each axis, the first axis slowest. */
static void split(const struct lattice_logic *logic, size_t index, bool facets, size_t *each)
{
	for (size_t a = logic->axis_count; a-- > 0;) {
		size_t count = facets ? logic->axes[a]->facet_count : logic->axes[a]->atom_count;
		each[a] = index % count;
		index /= count;
	}
}

/* Whether the filters that are true at the position of the first axis are those that the answers say. */
static bool can_be(const struct lattice_logic *logic, size_t place)
{
	size_t atoms[LATTICE_AXES];
	split(logic, place, false, atoms);
	for (size_t a = 1; a < logic->axis_count; a++)
		if ((logic->axes[0]->patterns[atoms[0]] & logic->axes[a]->read) != logic->axes[a]->holds[atoms[a]])
			return false;
	return true;
}

static bool has_atom(const struct axis_facet *facet, size_t atom)
{
	for (size_t i = 0; i < facet->atom_count; i++)
		if (facet->atoms[i] == atom)
			return true;
	return false;
}

static struct mark make_mark(const struct lattice_logic *logic, size_t index, const bool *possible)
{
	struct mark mark = { mem_alloc(logic->place_count, 1), logic->place_count, index };
	size_t facets[LATTICE_AXES], atoms[LATTICE_AXES];
	split(logic, index, true, facets);
	for (size_t place = 0; place < logic->place_count; place++) {
		split(logic, place, false, atoms);
		bool here = possible[place];
		for (size_t a = 0; here && a < logic->axis_count; a++)
			here = has_atom(&logic->axes[a]->facets[facets[a]], atoms[a]);
		mark.places[place] = here;
	}
	return mark;
}

/* Whether two marks name the same answers, and some. */
static bool differ_in_filters(const struct lattice_logic *logic, size_t one, size_t other)
{
	size_t answers = logic->mark_count / logic->axes[0]->facet_count;
	return one % answers == other % answers && one % answers != 0;
}

/* Marks of the same people, which are sorted to stand together. */
static void take_equals(struct lattice_logic *logic, const struct mark *marks, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t mark = marks[i].index;
		logic->possible[mark] = memchr(marks[i].places, 1, logic->place_count) != NULL;
		logic->first[mark] = marks[0].index;
		logic->named[mark] = mark;
		for (size_t j = 0; j < i && logic->named[mark] == mark; j++)
			if (differ_in_filters(logic, marks[j].index, mark))
				logic->named[mark] = marks[j].index;
	}
}

static void find_equals(struct lattice_logic *logic)
{
	struct mark *marks = mem_alloc(logic->mark_count, sizeof *marks);
	bool *possible = mem_alloc(logic->place_count, sizeof *possible);
	for (size_t place = 0; place < logic->place_count; place++)
		possible[place] = can_be(logic, place);
	for (size_t i = 0; i < logic->mark_count; i++)
		marks[i] = make_mark(logic, i, possible);
	mem_sort(marks, logic->mark_count, sizeof *marks, compare_marks);
	for (size_t i = 0, end = 0; i < logic->mark_count; i = end) {
		for (end = i + 1;
		     end < logic->mark_count && memcmp(marks[i].places, marks[end].places, logic->place_count) == 0;)
			end++;
		take_equals(logic, marks + i, end - i);
	}
	for (size_t i = 0; i < logic->mark_count; i++)
		free(marks[i].places);
	free(marks);
	free(possible);
}

struct lattice_logic *lattice_logic_new(const struct axis *const axes[LATTICE_AXES])
{
	struct lattice_logic logic = { .mark_count = 1, .place_count = 1 };
	for (size_t a = 0; a < LATTICE_AXES; a++)
		if (axes[a]->patterns || (axes[a]->read && logic.axis_count)) {
			logic.at[logic.axis_count] = a;
			logic.axes[logic.axis_count++] = axes[a];
			logic.mark_count *= axes[a]->facet_count;
			logic.place_count *= axes[a]->atom_count;
		}
	if (logic.axis_count < 2)
		return NULL;
	struct lattice_logic *made = mem_alloc(1, sizeof *made);
	*made = logic;
	made->named = mem_alloc(made->mark_count, sizeof *made->named);
	made->first = mem_alloc(made->mark_count, sizeof *made->first);
	made->possible = mem_alloc(made->mark_count, sizeof *made->possible);
	find_equals(made);
	return made;
}

void lattice_logic_free(struct lattice_logic *logic)
{
	if (!logic)
		return;
	free(logic->named);
	free(logic->first);
	free(logic->possible);
	free(logic);
}

static size_t mark_of(const struct lattice_logic *logic, struct lattice_point point)
{
	size_t mark = 0;
	for (size_t a = 0; a < logic->axis_count; a++)
		mark = mark * logic->axes[a]->facet_count + point.facet[logic->at[a]];
	return mark;
}

static struct lattice_point move(const struct lattice_logic *logic, struct lattice_point point, size_t mark)
{
	size_t facets[LATTICE_AXES];
	split(logic, mark, true, facets);
	for (size_t a = 0; a < logic->axis_count; a++)
		point.facet[logic->at[a]] = facets[a];
	return point;
}

bool lattice_logic_is_possible(const struct lattice_logic *logic, struct lattice_point point)
{
	return !logic || logic->possible[mark_of(logic, point)];
}

struct lattice_point lattice_logic_named(const struct lattice_logic *logic, struct lattice_point point)
{
	return logic ? move(logic, point, logic->named[mark_of(logic, point)]) : point;
}

struct lattice_point lattice_logic_first(const struct lattice_logic *logic, struct lattice_point point)
{
	return logic ? move(logic, point, logic->first[mark_of(logic, point)]) : point;
}
