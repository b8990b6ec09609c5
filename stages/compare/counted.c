#include "counted.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* Every complement stands right behind its facet where it is a group, and behind all codes where it is a code. */
static struct counted counted_group(const struct analysis *analysis)
{
	const struct dataset_variable *outcome = analysis->outcome;
	const struct axis *answers = &analysis->answers;
	struct text label = { 0 };
	size_t single = 0, size = 0;
	for (size_t i = 0; i < outcome->code_count; i++)
		if (analysis->group[i]) {
			text_print(&label, "%s%s", label.length ? " or " : "", outcome->codes[i].label);
			single = i;
			size++;
		}
	size_t rest = size == 1 ? answers->first_code + outcome->code_count + single : answers->group + 1;
	const char *term = answers->facets[answers->group].term + strlen(outcome->term) + 1;
	return (struct counted){ answers->group, rest, term, label.bytes };
}

struct counted *counted_all(const struct analysis *analysis, size_t *count)
{
	const struct dataset_variable *outcome = analysis->outcome;
	*count = analysis->group ? 1 : outcome->code_count;
	struct counted *counted = mem_alloc(*count, sizeof *counted);
	if (analysis->group) {
		*counted = counted_group(analysis);
		return counted;
	}
	for (size_t i = 0; i < *count; i++) {
		size_t facet = analysis->answers.first_code + i;
		counted[i] = (struct counted){ facet, facet + *count, outcome->codes[i].code,
			                       mem_copy_text(outcome->codes[i].label) };
	}
	return counted;
}

void counted_free(struct counted *counted, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(counted[i].label);
	free(counted);
}

void counted_say(struct analysis *analysis, const struct counted *counted)
{
	if (!analysis->group)
		return;
	char *note = mem_print("Counted: those who answered “%s”.", counted->label);
	universe_note(analysis->universe, analysis->arrangement, note);
	free(note);
	char *name = mem_print("%s=%s", analysis->outcome->name, counted->term);
	universe_label(analysis->universe, "code", name, counted->label);
	free(name);
}

bool counted_has(const struct analysis *analysis, const struct counted *counted, size_t atom)
{
	const struct axis_facet *facet = &analysis->answers.facets[counted->facet];
	for (size_t i = 0; i < facet->atom_count; i++)
		if (facet->atoms[i] == atom)
			return true;
	return false;
}
