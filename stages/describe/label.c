#include "label.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* Small ASCII letters and digits with single blanks; apostrophes go, all other marks are blanks. Letters beyond ASCII
 * stay, and of those that French and Portuguese labels begin with, capitals become small. */
static char *bare(const char *label)
{
	static const char *const marks[][2] = {
		{ "\xE2\x80\x99", "" },
		{ "\xE2\x80\x98", "" },
		{ "\xC2\xB4", "" },
		{ "'", "" },
		{ "`", "" },
		{ "\xC2\xA0", " " },
		{ "\xE2\x80\x93", " " },
		{ "\xE2\x80\x94", " " },
		{ "\xE2\x80\xA6", " " },
		{ "\xE2\x80\x9C", " " },
		{ "\xE2\x80\x9D", " " },
		{ "\xC3\x80", "\xC3\xA0" },
		{ "\xC3\x89", "\xC3\xA9" },
		{ "\xC3\x83", "\xC3\xA3" },
	};
	char *words = mem_alloc(strlen(label) + 1, 1);
	size_t length = 0;
	while (*label) {
		size_t mark = 0;
		while (mark < COUNT(marks) && strncmp(label, marks[mark][0], strlen(marks[mark][0])) != 0)
			mark++;
		char one[2] = { *label >= 'A' && *label <= 'Z' ? (char)(*label + ('a' - 'A')) : *label, '\0' };
		bool plain = (one[0] >= 'a' && one[0] <= 'z') || (one[0] >= '0' && one[0] <= '9')
		             || (unsigned char)one[0] >= 0x80;
		const char *as = mark < COUNT(marks) ? marks[mark][1] : plain ? one : " ";
		label += mark < COUNT(marks) ? strlen(marks[mark][0]) : 1;
		for (; *as; as++)
			if (*as != ' ' || (length > 0 && words[length - 1] != ' '))
				words[length++] = *as;
	}
	if (length > 0 && words[length - 1] == ' ')
		length--;
	words[length] = '\0';
	return words;
}

/* As bare() leaves them. */
static const struct {
	const char *words;
	enum missing_reason reason;
} reasons[] = {
	{ "prefer not to say", MISSING_REFUSED },
	{ "prefer not to answer", MISSING_REFUSED },
	{ "prefer not answer", MISSING_REFUSED },
	{ "prefer not to respond", MISSING_REFUSED },
	{ "prefer not to state", MISSING_REFUSED },
	{ "prefer not to disclose", MISSING_REFUSED },
	{ "prefer not to tell", MISSING_REFUSED },
	{ "prefer not to answer this question", MISSING_REFUSED },
	{ "i prefer not to say", MISSING_REFUSED },
	{ "i prefer not to answer", MISSING_REFUSED },
	{ "id prefer not to say", MISSING_REFUSED },
	{ "id prefer not to answer", MISSING_REFUSED },
	{ "i would prefer not to say", MISSING_REFUSED },
	{ "i would prefer not to answer", MISSING_REFUSED },
	{ "would prefer not to say", MISSING_REFUSED },
	{ "id rather not say", MISSING_REFUSED },
	{ "i would rather not say", MISSING_REFUSED },
	{ "would rather not say", MISSING_REFUSED },
	{ "rather not say", MISSING_REFUSED },
	{ "choose not to say", MISSING_REFUSED },
	{ "choose not to answer", MISSING_REFUSED },
	{ "do not wish to say", MISSING_REFUSED },
	{ "do not wish to answer", MISSING_REFUSED },
	{ "i do not wish to say", MISSING_REFUSED },
	{ "i do not wish to answer", MISSING_REFUSED },
	{ "do not want to answer", MISSING_REFUSED },
	{ "i do not want to answer", MISSING_REFUSED },
	{ "dont want to answer", MISSING_REFUSED },
	{ "i dont want to answer", MISSING_REFUSED },
	{ "refused", MISSING_REFUSED },
	{ "refusal", MISSING_REFUSED },
	{ "refuse to answer", MISSING_REFUSED },
	{ "refused to answer", MISSING_REFUSED },
	{ "refused to say", MISSING_REFUSED },
	{ "declined", MISSING_REFUSED },
	{ "decline to answer", MISSING_REFUSED },
	{ "declined to answer", MISSING_REFUSED },
	{ "decline to state", MISSING_REFUSED },
	{ "je préfère ne pas répondre", MISSING_REFUSED },
	{ "préfère ne pas répondre", MISSING_REFUSED },
	{ "prefiro não responder", MISSING_REFUSED },
	{ "prefiro não dizer", MISSING_REFUSED },

	{ "dont know", MISSING_DONT_KNOW },
	{ "do not know", MISSING_DONT_KNOW },
	{ "i dont know", MISSING_DONT_KNOW },
	{ "i do not know", MISSING_DONT_KNOW },
	{ "doesnt know", MISSING_DONT_KNOW },
	{ "does not know", MISSING_DONT_KNOW },
	{ "dont know not sure", MISSING_DONT_KNOW },
	{ "dont know or not sure", MISSING_DONT_KNOW },
	{ "not sure dont know", MISSING_DONT_KNOW },
	{ "not sure", MISSING_DONT_KNOW },
	{ "im not sure", MISSING_DONT_KNOW },
	{ "i am not sure", MISSING_DONT_KNOW },
	{ "unsure", MISSING_DONT_KNOW },
	{ "unknown", MISSING_DONT_KNOW },
	{ "not known", MISSING_DONT_KNOW },
	{ "dk", MISSING_DONT_KNOW },
	{ "cant remember", MISSING_DONT_KNOW },
	{ "cannot remember", MISSING_DONT_KNOW },
	{ "dont remember", MISSING_DONT_KNOW },
	{ "do not remember", MISSING_DONT_KNOW },
	{ "je ne sais pas", MISSING_DONT_KNOW },
	{ "ne sais pas", MISSING_DONT_KNOW },
	{ "ne sait pas", MISSING_DONT_KNOW },
	{ "não sei", MISSING_DONT_KNOW },
	{ "não sabe", MISSING_DONT_KNOW },

	{ "not applicable", MISSING_NOT_APPLICABLE },
	{ "n a", MISSING_NOT_APPLICABLE },
	{ "na", MISSING_NOT_APPLICABLE },
	{ "not applicable n a", MISSING_NOT_APPLICABLE },
	{ "n a not applicable", MISSING_NOT_APPLICABLE },
	{ "not applicable to me", MISSING_NOT_APPLICABLE },
	{ "does not apply", MISSING_NOT_APPLICABLE },
	{ "doesnt apply", MISSING_NOT_APPLICABLE },
	{ "does not apply to me", MISSING_NOT_APPLICABLE },
	{ "doesnt apply to me", MISSING_NOT_APPLICABLE },
	{ "non applicable", MISSING_NOT_APPLICABLE },
	{ "sans objet", MISSING_NOT_APPLICABLE },
	{ "não aplicável", MISSING_NOT_APPLICABLE },
	{ "não se aplica", MISSING_NOT_APPLICABLE },

	{ "no answer", MISSING_NOT_ANSWERED },
	{ "not answered", MISSING_NOT_ANSWERED },
	{ "no answer given", MISSING_NOT_ANSWERED },
	{ "no response", MISSING_NOT_ANSWERED },
	{ "no reply", MISSING_NOT_ANSWERED },
	{ "non response", MISSING_NOT_ANSWERED },
	{ "not completed", MISSING_NOT_ANSWERED },
	{ "not stated", MISSING_NOT_ANSWERED },
	{ "not provided", MISSING_NOT_ANSWERED },
	{ "not reported", MISSING_NOT_ANSWERED },
	{ "unknown not reported", MISSING_NOT_ANSWERED },
	{ "left blank", MISSING_NOT_ANSWERED },
	{ "missing", MISSING_NOT_ANSWERED },
	{ "skipped", MISSING_NOT_ANSWERED },
	{ "sans réponse", MISSING_NOT_ANSWERED },
	{ "sem resposta", MISSING_NOT_ANSWERED },

	{ "not asked", MISSING_NOT_ASKED },
	{ "question not asked", MISSING_NOT_ASKED },
};

static const char *const exclusive_words[] = {
	"none",
	"none of these",
	"none of those",
	"none of the above",
	"none of these apply",
	"none of the above apply",
	"none of these options",
	"none of them",
	"no none of these",
	"aucun",
	"aucune",
	"aucun de ces choix",
	"aucune de ces réponses",
	"nenhum",
	"nenhuma",
	"nenhum destes",
	"nenhuma das anteriores",
	"nenhuma das opções anteriores",
};

enum missing_reason label_reason(const char *label)
{
	enum missing_reason reason = MISSING_NONE;
	char *words = bare(label);
	for (size_t i = 0; i < COUNT(reasons); i++)
		if (strcmp(reasons[i].words, words) == 0)
			reason = reasons[i].reason;
	free(words);
	return reason;
}

bool label_is_exclusive(const char *label)
{
	bool exclusive = false;
	char *words = bare(label);
	for (size_t i = 0; i < COUNT(exclusive_words); i++)
		exclusive = exclusive || strcmp(exclusive_words[i], words) == 0;
	free(words);
	return exclusive;
}
