#include "roster.h"

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "common_names.h"
#include "csv_table.h"
#include "mem.h"
#include "text.h"

enum { KIND, NAME, ALSO, COLUMNS };

static const char *const columns[COLUMNS] = { "kind", "name", "also" };

static const char *const kinds[ROSTER_KINDS] = {
	[ROSTER_PERSON] = "person", [ROSTER_WORKER] = "worker",     [ROSTER_PLACEMENT] = "placement",
	[ROSTER_SCHOOL] = "school", [ROSTER_HOSPITAL] = "hospital", [ROSTER_ORGANISATION] = "organisation",
	[ROSTER_STREET] = "street", [ROSTER_PLACE] = "place",
};

/* The names as a tree of words: an edge leads from a node by a word to the next. A look-up takes one step a word,
 * however many names there are. Never walked: the order of a hash is no order. */
struct vocabulary {
	UT_hash_handle hh;
	size_t id;
	char plain[];
};

struct step {
	size_t node, word;
};

struct edge {
	UT_hash_handle hh;
	struct step step;
	size_t node;
};

/* What ends at a node. */
struct ending {
	bool name, part, several;
	size_t entry; /* the first */
};

struct roster {
	struct csv_table *table; /* owns the texts */
	struct roster_entry *entries;
	size_t count;
	struct vocabulary *words;
	struct edge *edges;
	struct ending *endings; /* of each node; 0 is the root */
	size_t nodes, capacity;
};

/* --- the tree --- */

static const struct vocabulary *find_word(const struct roster *roster, const char *plain, size_t length)
{
	struct vocabulary *found = NULL;
	HASH_FIND(hh, roster->words, plain, length, found);
	return found;
}

static size_t find_node(const struct roster *roster, size_t node, const char *plain, size_t length)
{
	const struct vocabulary *word = find_word(roster, plain, length);
	struct edge *found = NULL;
	if (!word)
		return 0;
	struct step step;
	memset(&step, 0, sizeof step);
	step.node = node;
	step.word = word->id;
	HASH_FIND(hh, roster->edges, &step, sizeof step, found);
	return found ? found->node : 0;
}

static size_t add_node(struct roster *roster, size_t node, const struct word *word)
{
	size_t found = find_node(roster, node, word->plain, word->plain_length);
	if (found)
		return found;
	const struct vocabulary *known = find_word(roster, word->plain, word->plain_length);
	if (!known) {
		struct vocabulary *added = mem_alloc(1, sizeof *added + word->plain_length + 1);
		memcpy(added->plain, word->plain, word->plain_length);
		added->id = HASH_COUNT(roster->words);
		HASH_ADD_KEYPTR(hh, roster->words, added->plain, word->plain_length, added);
		known = added;
	}
	struct edge *edge = mem_alloc(1, sizeof *edge);
	edge->step.node = node;
	edge->step.word = known->id;
	roster->endings = mem_grow(roster->endings, roster->nodes, &roster->capacity, sizeof *roster->endings);
	edge->node = roster->nodes++;
	HASH_ADD(hh, roster->edges, step, sizeof edge->step, edge);
	return edge->node;
}

/* --- loading --- */

static bool read_entry(struct roster_entry *entry, const struct csv_table *table, size_t row, struct error *err)
{
	const char *kind = csv_table_cell(table, row, KIND), *path = csv_table_path(table);
	size_t line = csv_table_line(table, row), found = 0;
	while (found < ROSTER_KINDS && strcmp(kinds[found], kind) != 0)
		found++;
	if (found == ROSTER_KINDS) {
		error_at(err, ERROR_CONFIG, path, line, "there is no such kind of name");
		error_record(err, "column kind");
		return error_help(err,
		                  "kind is one of: person, worker, placement, school, hospital, organisation, street, "
		                  "place");
	}
	*entry = (struct roster_entry){ (enum roster_kind)found, csv_table_cell(table, row, NAME), line };
	if (!*entry->name) {
		error_at(err, ERROR_CONFIG, path, line, "a row of the roster needs a name");
		return error_record(err, "column name");
	}
	return true;
}

static bool has_letter(const struct passage *passage)
{
	for (size_t i = 0; i < passage->count; i++)
		if (!passage->words[i].digits)
			return true;
	return false;
}

/* Where words first..last of a passage end. */
static size_t add_words(struct roster *roster, const struct passage *passage, size_t first, size_t last)
{
	size_t node = 0;
	for (size_t i = first; i <= last; i++)
		node = add_node(roster, node, &passage->words[i]);
	return node;
}

/* A name that stands twice of its kind is one line too many; another spelling may be that of several. */
static bool add_name(struct roster *roster, size_t entry, const char *name, bool other, struct error *err)
{
	const struct roster_entry *of = &roster->entries[entry];
	const char *path = csv_table_path(roster->table), *column = other ? "column also" : "column name";
	struct passage passage;
	passage_read(&passage, name);
	bool ok = false;
	if (!has_letter(&passage) || passage.count > ROSTER_LONGEST) {
		error_at(err, ERROR_CONFIG, path, of->line,
		         has_letter(&passage) ? "a name of more than %d words" : "a name without a letter",
		         ROSTER_LONGEST);
		error_record(err, "%s", column);
		error_help(err, "a name is of 1 to %d words, as they stand in texts", ROSTER_LONGEST);
		goto done;
	}
	size_t node = add_words(roster, &passage, 0, passage.count - 1); /* may move the endings */
	struct ending *ending = &roster->endings[node];
	const struct roster_entry *first = &roster->entries[ending->entry];
	if (ending->name && ending->entry != entry && !other && first->kind == of->kind) {
		error_at(err, ERROR_CONFIG, path, of->line, "this name stands in line %zu already", first->line);
		error_record(err, "%s", column);
		error_help(err,
		           "one line for a name is enough, though two people have it: a text does not tell them apart");
		goto done;
	}
	ending->several = ending->several || (ending->name && ending->entry != entry);
	if (!ending->name)
		ending->entry = entry;
	ending->name = true;
	ok = true;
done:
	passage_free(&passage);
	return ok;
}

static bool add_other_names(struct roster *roster, size_t row, struct error *err)
{
	char *names = mem_copy_text(csv_table_cell(roster->table, row, ALSO)), *next = names;
	bool ok = true;
	for (char *name; ok && (name = strtok_r(next, ";", &next));)
		ok = text_is_blank(name) || add_name(roster, row, name, true, err);
	free(names);
	return ok;
}

/* Words first..last of a name, where they name nothing else in full. */
static void add_part(struct roster *roster, size_t entry, const struct passage *passage, size_t first, size_t last)
{
	size_t node = add_words(roster, passage, first, last); /* may move the endings */
	struct ending *ending = &roster->endings[node];
	if (ending->name)
		return;
	ending->several = ending->several || (ending->part && ending->entry != entry);
	if (!ending->part)
		ending->entry = entry;
	ending->part = true;
}

static bool is_person(const struct roster_entry *entry)
{
	return entry->kind == ROSTER_PERSON || entry->kind == ROSTER_WORKER;
}

/* What a name is called for short, once every name in full has its place: any words of a person's that stand together,
 * first name, surname or both without the title; of the others' the rest without the article and what they are, one
 * word after the other: Copperfield High of Copperfield High School, and Copperfield. */
static void add_parts(struct roster *roster, size_t entry, const char *name)
{
	static const char no_part[] = " mr mrs ms miss mx dr prof professor sir aunt auntie aunty uncle nan nurse pc "
				      "van von der den del della the and bin ibn abu abd ";
	static const char what[] =
		" house home homes hospital ward school academy college centre lodge unit project trust "
		"charity hostel clinic surgery infirmary high primary secondary junior infant sixth form "
		"pru children childrens young peoples cic ltd limited ";
	struct passage passage;
	passage_read(&passage, name);
	size_t count = passage.count;
	const struct word *words = passage.words;
	if (is_person(&roster->entries[entry])) {
		for (size_t first = 0; first < count; first++)
			for (size_t last = first; last < count; last++)
				if (last > first || (words[first].plain_length > 2 && !word_in(&words[first], no_part)))
					add_part(roster, entry, &passage, first, last);
	} else {
		size_t first = count > 1 && word_in(&words[0], " the ") ? 1 : 0, last = count - 1;
		for (bool more = true; more; last--) {
			more = last > first && word_in(&words[last], what);
			if (words[last].plain_length > 2 && (last > first || !word_in(&words[last], " st saint "))
			    && (count == 1 || last > first || !word_in(&words[last], what)))
				add_part(roster, entry, &passage, first, last);
		}
	}
	passage_free(&passage);
}

/* How else a person's name is spelled: Alkhatib of al-Khatib, T.J. of TJ. NULL: as it is; free with free(). */
static char *other_spelling(const char *name)
{
	enum { INITIALS = 3 };
	struct passage passage;
	struct text spelling = { 0 };
	bool other = false;
	passage_read(&passage, name);
	for (size_t i = 0; i < passage.count; i++) {
		const struct word *word = &passage.words[i];
		bool letters = passage.count == 1 && word->shouted && word->plain_length <= INITIALS;
		bool joins = i + 1 < passage.count && word_in(word, " al el ap abd abdul abdel abu ");
		for (size_t c = 0; c < word->plain_length; c++)
			text_print(&spelling, "%c%s", word->plain[c], letters ? " " : "");
		text_add(&spelling, joins ? "" : " ");
		other = other || letters || joins;
	}
	passage_free(&passage);
	if (!other)
		text_free(&spelling);
	return spelling.bytes;
}

/* A person's other spelling, where it is nobody's name. */
static void add_spelling(struct roster *roster, size_t entry)
{
	char *spelling = is_person(&roster->entries[entry]) ? other_spelling(roster->entries[entry].name) : NULL;
	struct passage passage;
	if (!spelling)
		return;
	passage_read(&passage, spelling);
	if (passage.count <= ROSTER_LONGEST) {
		size_t node = add_words(roster, &passage, 0, passage.count - 1); /* may move the endings */
		struct ending *ending = &roster->endings[node];
		if (!ending->name)
			*ending = (struct ending){ .name = true, .entry = entry };
	}
	passage_free(&passage);
	add_parts(roster, entry, spelling);
	free(spelling);
}

bool roster_load(struct roster **roster, const char *path, struct error *err)
{
	struct roster *loaded = mem_alloc(1, sizeof *loaded);
	loaded->endings = mem_grow(NULL, 0, &loaded->capacity, sizeof *loaded->endings);
	loaded->nodes = 1;
	bool ok = csv_table_load(&loaded->table, path, columns, COLUMNS, err);
	loaded->count = ok ? csv_table_rows(loaded->table) : 0;
	loaded->entries = mem_alloc(loaded->count, sizeof *loaded->entries);
	for (size_t i = 0; ok && i < loaded->count; i++)
		ok = read_entry(&loaded->entries[i], loaded->table, i, err)
		     && add_name(loaded, i, loaded->entries[i].name, false, err);
	for (size_t i = 0; ok && i < loaded->count; i++)
		ok = add_other_names(loaded, i, err);
	for (size_t i = 0; ok && i < loaded->count; i++)
		add_parts(loaded, i, loaded->entries[i].name);
	for (size_t i = 0; ok && i < loaded->count; i++)
		add_spelling(loaded, i);
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
	struct vocabulary *word, *next_word;
	struct edge *edge, *next_edge;
	HASH_ITER(hh, roster->words, word, next_word)
	{
		HASH_DEL(roster->words, word);
		free(word);
	}
	HASH_ITER(hh, roster->edges, edge, next_edge)
	{
		HASH_DEL(roster->edges, edge);
		free(edge);
	}
	csv_table_free(roster->table);
	free(roster->endings);
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

/* --- finding --- */

/* Whether a name may go on from a word to the next: blanks, hyphens, apostrophes or line ends between; a point behind
 * an initial or a title. */
static bool goes_on(const struct passage *passage, size_t word)
{
	enum { WIDEST = 4 };
	const struct word *from = &passage->words[word], *to = from + 1;
	size_t gap = from->byte + from->bytes;
	if (to->byte - gap > WIDEST)
		return false;
	for (size_t at = gap; at < to->byte; at++) {
		char c = passage->text[at];
		bool between = (unsigned char)c >= 0x80 || (c && strchr(" \t\r\n-'", c));
		if (!between && !(c == '.' && from->plain_length <= 3))
			return false;
	}
	return true;
}

/* What ends at the word, as it stands or less what makes it a possessive or a plural. */
static const struct ending *find_ending(struct roster_match *match, const struct roster *roster, size_t node,
                                        const struct word *word)
{
	const size_t lengths[] = {
		word->plain_length,
		word->stem_length,
		word->plain_length > 3 && word->plain[word->plain_length - 1] == 's' ? word->plain_length - 1 : 0,
		word->plain_length > 4 && strcmp(word->plain + word->plain_length - 2, "es") == 0
			? word->plain_length - 2
			: 0,
	};
	for (size_t i = 0; i < COUNT(lengths); i++) {
		bool possessive = i == 1 && word->stem_length < word->plain_length;
		bool plural = i > 1;
		if (lengths[i] == 0 || (plural && common_name(word->plain, lengths[i])))
			continue;
		size_t found = find_node(roster, node, word->plain, lengths[i]);
		const struct ending *ending = found ? &roster->endings[found] : NULL;
		if (!ending || !(ending->name || ending->part))
			continue;
		match->possessive = possessive;
		match->end = word->byte + (possessive ? word->stem_bytes : word->bytes);
		match->common = match->common && common_name(word->plain, lengths[i]);
		return ending;
	}
	return NULL;
}

bool roster_find(struct roster_match *match, const struct roster *roster, const struct passage *passage, size_t word)
{
	size_t node = 0;
	bool found = false, common = true;
	for (size_t i = word; i < passage->count && i - word < ROSTER_LONGEST; i++) {
		const struct word *at = &passage->words[i];
		struct roster_match seen = { .from = passage->words[word].byte,
			                     .words = i - word + 1,
			                     .common = common };
		const struct ending *ending = find_ending(&seen, roster, node, at);
		if (ending) {
			seen.kind = roster->entries[ending->entry].kind;
			seen.entry = ending->several ? ROSTER_NONE : ending->entry;
			seen.part = !ending->name;
			*match = seen;
			found = true;
		}
		node = find_node(roster, node, at->plain, at->plain_length);
		common = common && common_name(at->plain, at->plain_length);
		if (!node || i + 1 == passage->count || !goes_on(passage, i))
			break;
	}
	return found;
}
