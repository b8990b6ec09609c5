#include "places.h"

#include <stdlib.h>
#include <string.h>

#include "csv_table.h"
#include "date.h"
#include "mem.h"
#include "text.h"

enum { CODE, NAME, KIND, PARENT, OLD_CODE, OPENED, CLOSED, ALSO_CALLED, COLUMNS };

static const char *const columns[COLUMNS] = {
	"code", "name", "kind", "parent", "old_code", "opened", "closed", "also_called",
};

struct places {
	struct csv_table *table; /* owns the texts */
	struct place *places;
	size_t count;
};

bool places_load(struct places **places, const char *path, struct error *err)
{
	struct places *loaded = mem_alloc(1, sizeof *loaded);
	if (!csv_table_load(&loaded->table, path, columns, COLUMNS, err)) {
		places_free(loaded);
		return false;
	}
	loaded->count = csv_table_rows(loaded->table);
	loaded->places = mem_alloc(loaded->count, sizeof *loaded->places);
	for (size_t i = 0; i < loaded->count; i++) {
		const char *cells[COLUMNS];
		for (size_t c = 0; c < COLUMNS; c++)
			cells[c] = csv_table_cell(loaded->table, i, c);
		loaded->places[i] = (struct place){ cells[CODE],     cells[NAME],   cells[KIND],   cells[PARENT],
			                            cells[OLD_CODE], cells[OPENED], cells[CLOSED], cells[ALSO_CALLED] };
		bool again = false;
		for (size_t other = 0; other < i && !again; other++)
			again = strcmp(loaded->places[other].code, cells[CODE]) == 0;
		if (again || !*cells[CODE] || !*cells[NAME]) {
			error_at(err, ERROR_CONFIG, path, csv_table_line(loaded->table, i),
			         again ? "the code of this place stands above already"
			               : "a place needs a code and a name");
			places_free(loaded);
			return false;
		}
	}
	*places = loaded;
	return true;
}

void places_free(struct places *places)
{
	if (!places)
		return;
	csv_table_free(places->table);
	free(places->places);
	free(places);
}

size_t places_count(const struct places *places)
{
	return places->count;
}

const struct place *places_at(const struct places *places, size_t index)
{
	return &places->places[index];
}

const struct place *places_find(const struct places *places, const char *code)
{
	for (size_t i = 0; i < places->count; i++)
		if (strcmp(places->places[i].code, code) == 0)
			return &places->places[i];
	return NULL;
}

static bool is_called(const struct place *place, const char *text)
{
	size_t length = strlen(text);
	if (strcmp(place->code, text) == 0 || strcmp(place->name, text) == 0 || strcmp(place->old_code, text) == 0)
		return true;
	for (const char *name = place->also_called; *name;) {
		size_t blanks = strspn(name, " "), end = strcspn(name, ";");
		if (end >= blanks && end - blanks == length && strncmp(name + blanks, text, length) == 0)
			return true;
		name += end + (name[end] == ';');
	}
	return false;
}

bool place_is_closed(const struct place *place, const char *date)
{
	return *place->closed && strcmp(place->closed, date) < 0;
}

const struct place *places_called(const struct places *places, const char *text, const char *date)
{
	const struct place *found = NULL;
	for (size_t i = 0; *text && i < places->count; i++) {
		const struct place *place = &places->places[i];
		if (!is_called(place, text))
			continue;
		found = place;
		if (!place_is_closed(place, date) && strcmp(place->opened, date) <= 0)
			return place;
	}
	return found;
}

/* Dates are YYYY-MM-DD and sort as text. A new code for the same place opens the day after. */
const struct place *places_successor(const struct places *places, const struct place *closed)
{
	const struct place *found = NULL;
	long long last = 0, first = 0;
	if (!date_read(closed->closed, &last))
		return NULL;
	for (size_t i = 0; i < places->count; i++) {
		const struct place *place = &places->places[i];
		if (!date_read(place->opened, &first) || first != last + 1 || !is_called(place, closed->name))
			continue;
		if (found)
			return NULL;
		found = place;
	}
	return found;
}

const char *places_near(const struct places *places, const char *text)
{
	const char **names = mem_alloc(2 * places->count, sizeof *names);
	for (size_t i = 0; i < places->count; i++) {
		names[2 * i] = places->places[i].code;
		names[2 * i + 1] = places->places[i].name;
	}
	const char *near = text_nearest(text, names, 2 * places->count);
	free(names);
	return near;
}
