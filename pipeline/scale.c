#include "scale.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

static const struct variable *find_item(const struct dictionary *dictionary, const char *instrument, const char *item)
{
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		if (text_equal(variable->instrument, instrument) && strcmp(variable->item, item) == 0)
			return variable;
	}
	return NULL;
}

static bool item_error(const struct dictionary *dictionary, const struct variable *variable, struct error *err,
                       const char *what)
{
	char *path = mem_print("%s/variables.csv", dictionary->folder);
	error_at(err, ERROR_CONFIG, path, variable->line, "`%s` is an item of %s, but %s", variable->name,
	         variable->instrument, what);
	free(path);
	return false;
}

/* Answers outside the instrument's range must not reach a sum: the dictionary's own range has to keep them out. */
static bool check_item(const struct dictionary *dictionary, const struct instrument *instrument,
                       const struct variable *variable, struct error *err)
{
	bool integers = variable->type == VARIABLE_CODE && variable->codes->integers;
	if (!integers && variable->type != VARIABLE_INTEGER && variable->type != VARIABLE_NUMBER)
		return item_error(dictionary, variable, err, "it is no number, nor a code list of whole numbers");
	if (!integers
	    && (!variable->has_min || !variable->has_max || variable->min < instrument->least
	        || variable->max > instrument->most))
		return item_error(dictionary, variable, err, "its min and max do not keep to the instrument's range");
	for (size_t i = 0; integers && i < variable->codes->count; i++) {
		const struct code *code = &variable->codes->codes[i];
		double value = strtod(code->code, NULL);
		if (code->missing == MISSING_NONE && (value < instrument->least || value > instrument->most))
			return item_error(dictionary, variable, err,
			                  "a code of its list lies outside the instrument's range");
	}
	return true;
}

static bool tie(struct scale *scale, struct scales *scales, const struct dictionary *dictionary,
                const struct variable *first, struct error *err)
{
	const struct instrument *instrument = scale->instrument;
	scale->variables = mem_alloc(instrument->items_count, sizeof *scale->variables);
	for (unsigned i = 0; i < instrument->items_count; i++) {
		const struct variable *item = find_item(dictionary, first->instrument, instrument->items[i]);
		if (!item) {
			item_error(dictionary, first, err, "no variable is its item");
			return error_help(err, "add a variable with instrument %s and item %s", first->instrument,
			                  instrument->items[i]);
		}
		if (!check_item(dictionary, instrument, item, err))
			return false;
		for (const struct variable *other = item + 1;
		     other < dictionary->variables + dictionary->variable_count; other++)
			if (text_equal(other->instrument, item->instrument) && strcmp(other->item, item->item) == 0)
				return item_error(dictionary, other, err, "another variable is the same item");
		scale->variables[i] = (size_t)(item - dictionary->variables);
		scales->wanted[scale->variables[i]] = true;
	}
	for (unsigned s = 0; s < instrument->scores_count; s++) {
		const char *name = instrument->scores[s].variable;
		if (dictionary_variable(dictionary, name))
			return item_error(dictionary, first, err,
			                  "the dictionary has a variable of the name of its score");
		for (const struct scale *other = scales->scales; other < scale; other++)
			for (unsigned o = 0; o < other->instrument->scores_count; o++)
				if (strcmp(other->instrument->scores[o].variable, name) == 0)
					return item_error(dictionary, first, err,
					                  "another instrument has a score of the same name");
	}
	return true;
}

bool scales_load(struct scales **scales, const struct dictionary *dictionary, const char *instruments,
                 struct error *err)
{
	struct scales *loaded = mem_alloc(1, sizeof *loaded);
	loaded->scales = mem_alloc(dictionary->variable_count, sizeof *loaded->scales);
	loaded->wanted = mem_alloc(dictionary->variable_count, sizeof *loaded->wanted);
	bool ok = true;
	for (size_t i = 0; ok && i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		bool known = !variable->instrument;
		for (size_t s = 0; s < loaded->count && !known; s++)
			known = strcmp(loaded->scales[s].instrument->instrument, variable->instrument) == 0;
		if (known)
			continue;
		struct scale *scale = &loaded->scales[loaded->count];
		char *path = mem_print("%s/%s.yaml", instruments, variable->instrument);
		ok = instrument_load(&scale->instrument, path, err);
		if (ok) {
			loaded->count++;
			ok = strcmp(scale->instrument->instrument, variable->instrument) == 0
			             ? tie(scale, loaded, dictionary, variable, err)
			             : error_at(err, ERROR_CONFIG, path, 0, "the file describes %s",
			                        scale->instrument->instrument);
		}
		free(path);
	}
	if (!ok) {
		scales_free(loaded);
		return false;
	}
	*scales = loaded;
	return true;
}

void scales_free(struct scales *scales)
{
	if (!scales)
		return;
	for (size_t i = 0; i < scales->count; i++) {
		instrument_free(scales->scales[i].instrument);
		free(scales->scales[i].variables);
	}
	free(scales->scales);
	free(scales->wanted);
	free(scales);
}
