#include "wording.h"

#include <stddef.h>
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

void wording_bands(struct text *words, const struct study_disclosure *policy)
{
	text_add(words, "where a share is hidden, a word may tell how much of the base it is: ");
	for (unsigned i = 0; i < policy->bands_count; i++) {
		const double *below = i ? policy->bands[i - 1].most : NULL, *most = policy->bands[i].most;
		text_print(words, "%s%s, ", i ? "; " : "", policy->bands[i].name);
		if (most && *most == 0)
			text_add(words, "nobody");
		else if (below && *below > 0 && most)
			text_print(words, "more than %.15g and up to %.15g per cent", *below, *most);
		else if (most)
			text_print(words, "up to %.15g per cent", *most);
		else if (below)
			text_print(words, "more than %.15g per cent", *below);
		else
			text_add(words, "any share");
	}
	text_add(words, ".");
}
