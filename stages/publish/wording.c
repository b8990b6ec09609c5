#include "wording.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

const char wording_synthetic[] =
	"SYNTHETIC DATA, made up by a program. Nothing here describes a real person or says anything "
	"about the places named.";

/* Not which cells are below the threshold and which only cover for them: that would give the first kind away. */
const char wording_hidden[] =
	"hidden to protect people from being recognised. Some of these cells are hidden only because they "
	"would give another one away.";
const char wording_total[] = "A total that is shown is a true total, hidden cells included.";
const char wording_total_changed[] =
	"A total that is shown is counted with the hidden cells, and changed like any other count.";
const char wording_refused[] = "not computed, because the data do not allow it.";
const char wording_not_applicable[] = "does not apply here";

const char *wording_symbol(const char *reason)
{
	static const char *const symbols[][2] = {
		{ "source-suppressed", "[c]" },
		{ "source-not-applicable", "[z]" },
		{ "source-low", "[low]" },
	};
	for (size_t i = 0; reason && i < COUNT(symbols); i++)
		if (strcmp(symbols[i][0], reason) == 0)
			return symbols[i][1];
	return "[x]";
}

void wording_bands(struct text *words, const char *told)
{
	char *bands = mem_copy_text(told), *rest = NULL;
	const char *below = "0";
	text_add(words, "Where a share is hidden, a word may tell how much of the base it is: ");
	for (char *band = strtok_r(bands, ";", &rest); band; band = strtok_r(NULL, ";", &rest)) {
		char *name = band + (*band == ' '), *most = strrchr(band, ' ');
		bool from_0 = strcmp(below, "0") == 0, to_100 = strcmp(most + 1, "100") == 0;
		text_print(words, "%s%.*s, ", band == bands ? "" : "; ", (int)(most - name), name);
		if (strcmp(most + 1, "0") == 0)
			text_add(words, "nobody");
		else if (to_100 && band == bands)
			text_add(words, "any share");
		else if (to_100)
			text_print(words, "more than %s per cent", below);
		else if (from_0)
			text_print(words, "up to %s per cent", most + 1);
		else
			text_print(words, "more than %s and up to %s per cent", below, most + 1);
		below = most + 1;
	}
	text_add(words, ".");
	free(bands);
}
