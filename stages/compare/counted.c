#include "counted.h"

#include <stdlib.h>
#include <string.h>

#include "axis_options.h"
#include "mem.h"

/* Every complement stands right behind its facet where it is a group, and behind all codes where it is a code. */
static struct counted counted_group(const struct analysis *analysis)
{
	const struct axis *answers = &analysis->answers;
	bool several = analysis->outcome->option_count > 0;
	struct text label = { 0 }, term = { 0 };
	size_t single = 0, size = 0, count = 0;
	const struct dataset_code *codes = dataset_counted(analysis->outcome, &count);
	struct counted counted = { .facet = answers->group };
	if (several)
		counted.options = mem_alloc(count, sizeof *counted.options);
	for (size_t i = 0; i < count; i++)
		if (analysis->group[i]) {
			text_print(&label, "%s%s", label.length ? several ? ", " : " or " : "", codes[i].label);
			text_print(&term, "%s%s", term.length ? "|" : "", codes[i].code);
			if (several)
				counted.options[i] = true;
			single = i;
			size++;
		}
	counted.rest = size == 1 ? answers->first_code + count + single : answers->group + 1;
	counted.term = term.bytes;
	counted.label = several && size > 1 ? mem_print("any of %s", label.bytes) : mem_copy_text(label.bytes);
	text_free(&label);
	return counted;
}

struct counted *counted_all(const struct analysis *analysis, size_t *count)
{
	const struct dataset_code *codes = dataset_counted(analysis->outcome, count);
	size_t code_count = *count;
	*count = analysis->group ? 1 : code_count;
	struct counted *counted = mem_alloc(*count, sizeof *counted);
	if (analysis->group) {
		*counted = counted_group(analysis);
		return counted;
	}
	for (size_t i = 0; i < *count; i++) {
		size_t facet = analysis->answers.first_code + i;
		counted[i] = (struct counted){ .facet = facet,
			                       .rest = facet + *count,
			                       .term = mem_copy_text(codes[i].code),
			                       .label = mem_copy_text(codes[i].label) };
		if (analysis->outcome->option_count > 0) {
			counted[i].options = mem_alloc(code_count, sizeof *counted[i].options);
			counted[i].options[i] = true;
		}
	}
	return counted;
}

void counted_free(struct counted *counted, size_t count)
{
	for (size_t i = 0; counted && i < count; i++) {
		free(counted[i].term);
		free(counted[i].label);
		free(counted[i].options);
	}
	free(counted);
}

void counted_say(struct analysis *analysis, const struct counted *counted)
{
	if (!analysis->group)
		return;
	char *note = mem_print(counted->options ? "Counted: those who ticked %s." : "Counted: those who answered “%s”.",
	                       counted->label);
	universe_note(analysis->universe, analysis->arrangement, note);
	free(note);
	char *name = mem_print("%s=%s", analysis->outcome->name, counted->term);
	universe_label(analysis->universe, "code", name, counted->label);
	free(name);
}

bool counted_has(const struct analysis *analysis, const struct counted *counted, size_t respondent)
{
	const struct axis_facet *facet = &analysis->answers.facets[counted->facet];
	if (counted->options)
		return axis_ticked(analysis->sample, analysis->outcome, counted->options, respondent);
	for (size_t i = 0; i < facet->atom_count; i++)
		if (facet->atoms[i] == analysis->sample->outcome[respondent])
			return true;
	return false;
}
