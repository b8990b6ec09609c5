/* What names nobody, but may be enough for those who know somebody: low, for a reader to judge. */
#include <stdlib.h>
#include <string.h>

#include "identifier_private.h"
#include "mem.h"

/* Words of a pattern, a blank between. a|b: one of these; # a number to 20, in digits or letters; @ a word with a
 * capital that begins no sentence; * up to six words, in one sentence. The span is the whole. */
static const struct {
	const char *pattern, *reason;
} patterns[] = {
	{ "the only * in|at|from|here", "says to be the only one" },
	{ "only one|person|girl|boy|lad|woman|man|kid * in|at|from", "says to be the only one" },
	{ "first|youngest|oldest|eldest person|girl|boy|kid|care|one|ever * in|at|to",
	  "says to be the first or the youngest" },
	{ "# brothers|sisters|siblings|brother|sister|stepbrothers|stepsisters", "how many brothers and sisters" },
	{ "# younger|older|little|big|other|half|step|foster|twin brothers|sisters|siblings|brother|sister|kids",
	  "how many brothers and sisters" },
	{ "one|youngest|eldest|oldest|middle of # kids|children|siblings|brothers|sisters",
	  "how many brothers and sisters" },
	{ "youngest|eldest|oldest|middle of #", "how many brothers and sisters" },
	{ "# kids|children", "how many children" },
	{ "my twin|triplets|twins|triplet", "a twin" },
	{ "twins|triplets", "a twin" },
	{ "arrested|convicted|sentenced|prison|jail|imprisoned|probation|manslaughter|murder|murdered|stabbed|stabbing|"
	  "robbery|burglary|arson|gbh|abh|yoi|hmp|offence|offences|offender|tagged",
	  "an offence" },
	{ "young offenders|offender", "an offence" },
	{ "in the news|paper|papers|newspaper", "was in the news" },
	{ "on the|tv news", "was in the news" },
	{ "i work|worked at|for|in @", "where somebody works" },
	{ "i am|was working at|for|in @", "where somebody works" },
	{ "im working at|for|in @", "where somebody works" },
	{ "my job|apprenticeship|placement|shift at|in|with @", "where somebody works" },
	{ "got|have a job|apprenticeship at|in|with @", "where somebody works" },
	{ "i work|am|was|volunteer as a|an * in|at|for @", "where somebody works" },
	{ "im a|an * at|for|in @", "where somebody works" },
	{ "i study|studied|go|went at|to @", "where somebody studies or goes" },
};

/* Countries from which few in care come, with their people and languages; in the order of the letters. */
static const char *const countries[] = {
	"afghan",      "afghani",    "afghanistan", "albania",     "albanian",   "albanians",  "algeria",
	"algerian",    "angola",     "angolan",     "armenia",     "armenian",   "azerbaijan", "bangladesh",
	"bangladeshi", "belarus",    "bolivia",     "brazil",      "brazilian",  "bulgaria",   "bulgarian",
	"burma",       "burundi",    "cambodia",    "cameroon",    "chad",       "chinese",    "colombia",
	"colombian",   "congo",      "congolese",   "cuba",        "czech",      "ecuador",    "egypt",
	"egyptian",    "eritrea",    "eritrean",    "eritreans",   "estonia",    "ethiopia",   "ethiopian",
	"gambia",      "gambian",    "georgian",    "ghana",       "ghanaian",   "guinea",     "hungarian",
	"hungary",     "iran",       "iranian",     "iraq",        "iraqi",      "ivorian",    "jamaica",
	"jamaican",    "kazakhstan", "kenya",       "kenyan",      "kosovan",    "kosovo",     "kurd",
	"kurdish",     "kurdistan",  "kuwait",      "kuwaiti",     "latvia",     "latvian",    "lebanon",
	"liberia",     "libya",      "libyan",      "lithuania",   "lithuanian", "malawi",     "mali",
	"mauritania",  "moldova",    "mongolia",    "moroccan",    "morocco",    "mozambique", "myanmar",
	"namibia",     "nepal",      "nepalese",    "nepali",      "nigeria",    "nigerian",   "oromo",
	"pakistan",    "pakistani",  "palestine",   "palestinian", "pashto",     "peru",       "philippines",
	"roma",        "romania",    "romanian",    "russian",     "rwanda",     "senegal",    "somali",
	"somalia",     "somalian",   "sudan",       "sudanese",    "syria",      "syrian",     "tajikistan",
	"tanzania",    "tigrinya",   "togo",        "traveller",   "tunisia",    "turkey",     "turkish",
	"uganda",      "ugandan",    "ukraine",     "ukrainian",   "uzbekistan", "venezuela",  "vietnam",
	"vietnamese",  "yemen",      "yemeni",      "zambia",      "zimbabwe",   "zimbabwean",
};

static int compare(const void *plain, const void *row)
{
	return strcmp(plain, *(const char *const *)row);
}

static bool is_number(const struct word *word)
{
	static const char numbers[] = " two three four five six seven eight nine ten eleven twelve thirteen fourteen ";
	if (word->digits)
		return word->plain_length <= 2 && atoi(word->plain) > 1 && atoi(word->plain) <= 20;
	return word_in(word, numbers);
}

/* Whether the first `length` bytes of `item` allow a word. */
static bool allows(const char *item, size_t length, const struct word *word)
{
	if (*item == '#')
		return is_number(word);
	if (*item == '@')
		return word->capital && !word->begins;
	for (size_t at = 0; at < length;) {
		size_t end = at;
		while (end < length && item[end] != '|')
			end++;
		if (end - at == word->plain_length && strncmp(item + at, word->plain, end - at) == 0)
			return true;
		at = end + 1;
	}
	return false;
}

/* The word behind the last one that fits the pattern from `word` on; 0: it does not. */
static size_t match(const char *pattern, const struct passage *passage, size_t word)
{
	enum { WIDEST = 6 };
	size_t first = word, gap = 0;
	while (*pattern) {
		size_t length = strcspn(pattern, " ");
		if (*pattern == '*') {
			gap = WIDEST;
			pattern += 2;
			continue;
		}
		size_t skipped = 0;
		for (;; word++, skipped++) {
			if (word == passage->count || skipped > gap || (word > first && passage->words[word].begins))
				return 0;
			if (allows(pattern, length, &passage->words[word]))
				break;
		}
		word++;
		gap = 0;
		pattern += length + (pattern[length] == ' ');
	}
	return word;
}

static void find_countries(struct finder *finder, const struct word *word)
{
	const char *plain = word->plain;
	if (!word->capital || !bsearch(plain, countries, COUNT(countries), sizeof *countries, compare))
		return;
	finder_add(finder, word->byte, word->byte + word->stem_bytes, IDENTIFIER_INDIRECT, CONFIDENCE_LOW,
	           "a country or people from which few come");
}

void find_indirect(struct finder *finder)
{
	const struct passage *passage = &finder->passage;
	for (size_t i = 0; i < passage->count; i++) {
		const struct word *words = passage->words;
		find_countries(finder, &words[i]);
		for (size_t p = 0; p < COUNT(patterns); p++) {
			size_t end = match(patterns[p].pattern, passage, i);
			if (!end)
				continue;
			finder_add(finder, words[i].byte, words[end - 1].byte + words[end - 1].bytes,
			           IDENTIFIER_INDIRECT, CONFIDENCE_LOW, patterns[p].reason);
			break;
		}
	}
}
