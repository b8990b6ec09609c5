#include "advice.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

/* Names, at most some of them. */
static void add_names(struct text *words, const char *const *names, size_t count)
{
	enum { MOST = 40 };
	for (size_t i = 0; i < count && i < MOST; i++)
		text_print(words, "%s%s", i ? ", " : "", names[i]);
	if (count > MOST)
		text_print(words, " and %zu more", count - MOST);
	text_add(words, "\n");
}

static void add_counts(struct text *words, const struct draft *draft, const struct draft_sources *sources)
{
	static const char *const of[DRAFT_ORIGIN_COUNT] = {
		[DRAFT_GUESSED] = "guessed from the data alone",
		[DRAFT_QUESTIONNAIRE] = "from the form",
		[DRAFT_FILE] = "from the labels of the file",
		[DRAFT_PLATFORM] = "of the platform's own columns",
	};
	size_t counts[DRAFT_ORIGIN_COUNT] = { 0 };
	for (size_t i = 0; i < draft->count; i++)
		counts[draft->variables[i].origin]++;
	text_print(words, "drafted %zu variable%s", draft->count, plural(draft->count));
	if (sources->exports)
		text_print(words, " from %zu row%s", sources->gathered->rows, plural(sources->gathered->rows));
	text_add(words, "\n");
	for (int i = 0; i < DRAFT_ORIGIN_COUNT; i++)
		if (counts[i])
			text_print(words, "  %zu %s\n", counts[i], of[i]);
}

/* What is not in the draft, and why. */
static void add_absent(struct text *words, const struct draft *draft, const struct draft_sources *sources)
{
	const struct gathered *gathered = sources->gathered;
	const char **names = NULL;
	size_t count = 0;
	names = mem_alloc(gathered->count, sizeof *names);
	for (size_t i = 0; i < gathered->count; i++)
		if (gathered->columns[i].own && gathered->columns[i].own->drop)
			names[count++] = gathered->columns[i].own->header;
	if (count) {
		text_print(words, "%zu column%s dropped by the platform's profile: ", count, plural(count));
		add_names(words, names, count);
	}
	free(names);
	if (draft->left_out)
		text_print(words, "%zu column%s left out: they say again what others say\n", draft->left_out,
		           plural(draft->left_out));
	if (gathered->nameless)
		text_print(words, "%zu column%s left out for want of a header\n", gathered->nameless,
		           plural(gathered->nameless));
	if (gathered->twins)
		text_print(words, "%zu column%s left out, as they share their headers\n", gathered->twins,
		           plural(gathered->twins));
	if (gathered->unreadable)
		text_print(words, "%zu row%s could not be read and counted for nothing\n", gathered->unreadable,
		           plural(gathered->unreadable));
	if (sources->exports && draft->unasked)
		text_print(words, "%zu question%s of the form left out: no column holds them\n", draft->unasked,
		           plural(draft->unasked));
}

static void add_direct(struct text *words, const struct draft *draft)
{
	const char **names = mem_alloc(draft->count, sizeof *names);
	size_t count = 0;
	for (size_t i = 0; i < draft->count; i++)
		if (draft->variables[i].direct)
			names[count++] = draft->variables[i].name;
	if (count) {
		text_print(words, "%zu look%s like a direct identifier, and will be dropped: ", count,
		           count == 1 ? "s" : "");
		add_names(words, names, count);
	} else {
		text_add(words, "none looks like a direct identifier; look yourself\n");
	}
	if (!draft->has_key)
		text_add(words,
		         "no column looks like a key: without one, a response that was handed in twice counts twice\n");
	free(names);
}

static void add_export(struct text *words, const struct draft *draft, const struct draft_sources *sources,
                       const struct advice *advice, const char *path)
{
	const struct gathered *gathered = sources->gathered;
	const char *encoding = advice->encoding ? advice->encoding : gathered->encoding;
	const char *platform_dates = sources->platform->dates ? sources->platform->dates : "iso";
	text_add(words, "      - path: \"");
	text_add_escaped(words, TEXT_JSON, base_name(path));
	text_add(words, "\"   # as it stands below EXPORTS\n");
	text_print(words, "        platform: %s\n", advice->platform);
	if (strcmp(advice->profile, advice->platform) != 0)
		text_print(words, "        headers: %s\n", advice->profile);
	if (encoding && !(sources->platform->encoding && strcmp(sources->platform->encoding, encoding) == 0))
		text_print(words, "        encoding: %s\n", encoding);
	if (advice->delimiter)
		text_print(words, "        delimiter: %s\n", advice->delimiter);
	if (advice->skip)
		text_print(words, "        skip: %s\n", advice->skip);
	if (draft->form.dates_seen || strcmp(draft->form.dates, platform_dates) != 0)
		text_print(words, "        dates: %s%s\n", draft->form.dates,
		           draft->form.dates_ambiguous
		                   ? "   # AMBIGUOUS: no day above 12 tells dmy from mdy; ask whoever exported it"
		           : draft->form.dates_differ
		                   ? "   # most columns; others are written the other way and stay text"
		                   : "");
	if (draft->form.decimal_comma)
		text_add(words, "        decimal: comma\n");
}

void advice_write(struct text *words, const struct draft *draft, const struct draft_sources *sources,
                  const struct advice *advice)
{
	add_counts(words, draft, sources);
	add_direct(words, draft);
	add_absent(words, draft, sources);
	if (advice->export_count)
		text_add(words, "\nin the config, at the dataset:\n    exports:\n");
	for (size_t i = 0; i < advice->export_count; i++)
		add_export(words, draft, sources, advice, advice->exports[i]);
	text_print(
		words,
		"\n%s is restricted: its code lists hold answers as respondents gave them. Nobody but the study's team may\n"
		"see it until somebody has looked through it.\n"
		"next: go through variables.csv and codes.csv there. Where a note begins with \"guessed\", see whether it is\n"
		"so, put right what is not, give labels, roles and disclosure, and clear the note; the chain takes no\n"
		"dictionary with such notes. Then move the folder to data-dictionary/STUDY/DATASET and name it in the config.\n",
		advice->folder);
}
