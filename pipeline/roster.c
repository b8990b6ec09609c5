#include "roster.h"

#include <stdlib.h>
#include <string.h>

#include "csv_table.h"
#include "mem.h"
#include "text.h"

enum { KIND, NAME, ALSO, COLUMNS };

static const char *const columns[COLUMNS] = { "kind", "name", "also" };

static const char *const kinds[ROSTER_KINDS] = {
	[ROSTER_PERSON] = "person",     [ROSTER_WORKER] = "worker",
	[ROSTER_PLACEMENT] = "placement", [ROSTER_SCHOOL] = "school",
	[ROSTER_HOSPITAL] = "hospital", [ROSTER_ORGANISATION] = "organisation",
	[ROSTER_STREET] = "street",     [ROSTER_PLACE] = "place",
};

struct roster {
	struct csv_table *table; /* owns the texts */
	struct roster_entry *entries;
	size_t count;
};

static bool read_entry(struct roster_entry *entry, const struct csv_table *table, size_t row, struct error *err)
{
	const char *kind = csv_table_cell(table, row, KIND), *path = csv_table_path(table);
	size_t line = csv_table_line(table, row), found = 0;
	while (found < ROSTER_KINDS && strcmp(kinds[found], kind) != 0)
		found++;
	if (found == ROSTER_KINDS) {
		error_at(err, ERROR_CONFIG, path, line, "there is no such kind of name");
		return error_help(err, "kind is one of: person, worker, placement, school, hospital, organisation, street, place");
	}
	*entry = (struct roster_entry){ (enum roster_kind)found, csv_table_cell(table, row, NAME), line };
	return *entry->name || error_at(err, ERROR_CONFIG, path, line, "a row of the roster needs a name");
}

bool roster_load(struct roster **roster, const char *path, struct error *err)
{
	struct roster *loaded = mem_alloc(1, sizeof *loaded);
	bool ok = csv_table_load(&loaded->table, path, columns, COLUMNS, err);
	loaded->count = ok ? csv_table_rows(loaded->table) : 0;
	loaded->entries = mem_alloc(loaded->count, sizeof *loaded->entries);
	for (size_t i = 0; ok && i < loaded->count; i++)
		ok = read_entry(&loaded->entries[i], loaded->table, i, err);
	if (ok)
		*roster = loaded;
	else
		roster_free(loaded);
	return ok;
}

void roster_free(struct roster *roster)
{
	if (!roster)
		return;
	csv_table_free(roster->table);
	free(roster->entries);
	free(roster);
}

size_t roster_count(const struct roster *roster)
{
	return roster->count;
}

const struct roster_entry *roster_at(const struct roster *roster, size_t entry)
{
	return &roster->entries[entry];
}

const char *roster_kind_word(enum roster_kind kind)
{
	return kinds[kind];
}
