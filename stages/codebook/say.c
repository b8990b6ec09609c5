#include "facts.h"

#include <string.h>

#include "date.h"
#include "mem.h"
#include "number.h"
#include "text.h"
#include "treatment.h"

/* A word of the dictionary and what it means. */
struct meaning {
	const char *word, *words;
};

static const char *find_words(const struct meaning *meanings, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(meanings[i].word, word) == 0)
			return meanings[i].words;
	return NULL;
}

static const struct meaning types[] = {
	{ "id", "an id" },
	{ "text", "a text" },
	{ "code", "one code of a list" },
	{ "codes", "as many codes of a list as apply, with ; between them; (none) where none was ticked" },
	{ "integer", "a whole number" },
	{ "number", "a number" },
	{ "date", "a date, YYYY-MM-DD" },
	{ "datetime", "a date and time, YYYY-MM-DD HH:MM:SS" },
};

static void say_type(struct text *value, struct text *words, const struct variable *variable, const struct facts *facts)
{
	(void)facts;
	text_add(value, variable_type_word(variable->type));
	text_add(words, find_words(types, COUNT(types), value->bytes));
}

static const struct meaning levels[] = {
	{ "binary", "binary (one of two answers)" },
	{ "nominal", "nominal (the answers have no order)" },
	{ "ordinal", "ordinal (the answers have an order)" },
	{ "scale", "scale (points on a scale)" },
	{ "amount", "amount (how much)" },
	{ "count", "count (how many)" },
	{ "rate", "rate (how many of how many)" },
};

static void say_level(struct text *value, struct text *words, const struct variable *variable,
                      const struct facts *facts)
{
	(void)facts;
	if (variable->level == LEVEL_NONE)
		return;
	text_add(value, variable_level_word(variable->level));
	text_add(words, find_words(levels, COUNT(levels), value->bytes));
}

static void say_polarity(struct text *value, struct text *words, const struct variable *variable,
                         const struct facts *facts)
{
	(void)facts;
	if (text_is_blank(variable->polarity))
		return;
	text_add(value, variable->polarity);
	text_add(words, strcmp(variable->polarity, "higher_better") == 0 ? "higher is better" : "higher is worse");
}

static void say_unit(struct text *value, struct text *words, const struct variable *variable, const struct facts *facts)
{
	(void)words;
	(void)facts;
	text_add(value, variable->unit ? variable->unit : "");
}

static void say_list(struct text *value, struct text *words, const struct variable *variable, const struct facts *facts)
{
	if (!variable->codes)
		return;
	text_add(value, variable->codes->name);
	if (strcmp(variable->codes->name, "places") != 0)
		return;
	if (facts->study->study.areas_count > 0)
		text_add(words, "places (the areas of the study, by their ONS codes)");
	else
		text_print(words, "places (the %zu local authorities of places.csv that are open, by their ONS codes)",
		           variable->codes->count);
}

static void say_limit(struct text *value, const struct variable *variable, double limit)
{
	char number[NUMBER_TEXT_SIZE], date[11];
	if (variable->type == VARIABLE_DATE || variable->type == VARIABLE_DATETIME) {
		date_print(date, (long long)limit);
		text_add(value, date);
	} else {
		number_print_exact(number, limit);
		text_add(value, number);
	}
}

static void say_least(struct text *value, struct text *words, const struct variable *variable,
                      const struct facts *facts)
{
	(void)words;
	(void)facts;
	if (variable->has_min)
		say_limit(value, variable, variable->min);
}

static void say_most(struct text *value, struct text *words, const struct variable *variable, const struct facts *facts)
{
	(void)words;
	(void)facts;
	if (variable->has_max)
		say_limit(value, variable, variable->max);
}

static void say_pattern(struct text *value, struct text *words, const struct variable *variable,
                        const struct facts *facts)
{
	(void)words;
	(void)facts;
	text_add(value, variable->pattern ? variable->pattern : "");
}

static void say_missing(struct text *value, struct text *words, const struct variable *variable,
                        const struct facts *facts)
{
	(void)facts;
	for (int reason = 1; reason < MISSING_COUNT; reason++) {
		if (!(variable->missing & 1u << reason))
			continue;
		text_print(value, "%s%s", value->length ? " " : "", missing_reason_word((enum missing_reason)reason));
		text_print(words, "%s%s", words->length ? ", " : "", facts_reason((enum missing_reason)reason));
	}
}

static void say_required(struct text *value, struct text *words, const struct variable *variable,
                         const struct facts *facts)
{
	(void)facts;
	if (!variable->required)
		return;
	text_add(value, "yes");
	text_add(words, "yes (a row without an answer is set aside)");
}

static void say_unique(struct text *value, struct text *words, const struct variable *variable,
                       const struct facts *facts)
{
	if (facts_is_unique(facts, variable)) {
		text_add(value, "yes");
		text_add(words, "yes (no two rows share an answer)");
	} else if (variable->unique && facts->identity_count > 1) {
		for (size_t i = 1; i < facts->identity_count; i++)
			text_print(words, "%s%s", words->length ? " and " : "together with ", facts->identity[i]->name);
	} else if (variable->unique) {
		text_add(words, "in each wave");
	}
}

static void say_asked_if(struct text *value, struct text *words, const struct variable *variable,
                         const struct facts *facts)
{
	const char *plural = facts->dataset->unit.plural;
	if (!text_is_blank(variable->asked_if)) {
		text_add(value, variable->asked_if);
		text_print(words, "%s for whom %s", plural ? plural : "those", variable->asked_if);
	} else if (!text_is_blank(variable->question) || !text_is_blank(variable->instrument)) {
		text_print(words, "all %s", plural ? plural : "");
	}
}

static void say_waves(struct text *value, struct text *words, const struct variable *variable,
                      const struct facts *facts)
{
	(void)words;
	(void)facts;
	text_add(value, variable->waves ? variable->waves : "");
}

static void say_instrument(struct text *value, struct text *words, const struct variable *variable,
                           const struct facts *facts)
{
	(void)words;
	(void)facts;
	text_add(value, variable->instrument ? variable->instrument : "");
}

static void say_item(struct text *value, struct text *words, const struct variable *variable, const struct facts *facts)
{
	(void)words;
	(void)facts;
	text_add(value, variable->item ? variable->item : "");
}

static void say_domain(struct text *value, struct text *words, const struct variable *variable,
                       const struct facts *facts)
{
	(void)words;
	(void)facts;
	text_add(value, variable->domain ? variable->domain : "");
}

static const struct meaning roles[] = {
	{ "key", "key (who somebody is)" },
	{ "repeat", "repeat (which of the rows of one key this is)" },
	{ "imputation", "imputation (which of several fillings of what is missing the row is of; 0: as collected)" },
	{ "case", "case (what a row is about)" },
	{ "coder", "coder (who gave the codes)" },
	{ "area", "area (where a row is counted, the lines of the tables)" },
	{ "wave", "wave (which round of the study)" },
	{ "date", "date (the day of the response)" },
	{ "weight", "weight (how many a row stands for)" },
	{ "stratum", "stratum (of the sample)" },
	{ "cluster", "cluster (of the sample)" },
	{ "cluster_size", "how many there were to draw from in the cluster" },
	{ "replicate_weight", "replicate weight (of the sample)" },
	{ "consent", "consent (without it a row goes no further)" },
	{ "measure", "measure (an answer)" },
	{ "free_text", "free text (in somebody's own words)" },
	{ "paradata", "paradata (about the response, and no answer)" },
};

static void say_role(struct text *value, struct text *words, const struct variable *variable, const struct facts *facts)
{
	(void)facts;
	if (variable->role == ROLE_NONE)
		return;
	text_add(value, variable_role_word(variable->role));
	text_add(words, find_words(roles, COUNT(roles), value->bytes));
}

static const struct meaning disclosures[] = {
	{ "none", "none (tells nobody who somebody is)" },
	{ "quasi", "quasi (may tell who somebody is, together with others)" },
	{ "sensitive", "sensitive (harms if it is known of somebody)" },
	{ "direct", "direct (tells who somebody is)" },
};

static void say_disclosure(struct text *value, struct text *words, const struct variable *variable,
                           const struct facts *facts)
{
	(void)facts;
	text_add(value, variable_disclosure_word(variable->disclosure));
	text_add(words, find_words(disclosures, COUNT(disclosures), value->bytes));
}

static void add_bands(struct text *words, const char *bands)
{
	text_add(words, "in which band it lies; the bands begin at ");
	for (bool first = true; *bands; first = false) {
		size_t length = strcspn(bands, " ");
		text_add(words, first ? "" : ", ");
		text_add_bytes(words, bands, length);
		bands += length;
		bands += strspn(bands, " ");
	}
}

static void say_kept(struct text *value, struct text *words, const struct variable *variable, const struct facts *facts)
{
	bool whole = variable->role == ROLE_AREA || variable->role == ROLE_WEIGHT; /* what the tables are made by */
	text_add(value, treatment_word(whole ? TREATMENT_KEPT : treatment_of(variable)));

	if (strcmp(value->bytes, "kept") == 0)
		text_add(words, "the answers as they are");
	else if (strcmp(value->bytes, "dropped") == 0)
		text_add(words, "nothing");
	else if (strcmp(value->bytes, "pseudonym") == 0)
		text_add(words, variable->role == ROLE_KEY ? "a pseudonym in its place" : "nothing");
	else if (variable->treat == TREAT_YEAR)
		text_add(words, "the year");
	else if (variable->treat == TREAT_AGE)
		text_print(words, "full years of age on %s", facts->study->study.date);
	else if (variable->treat == TREAT_DISTRICT)
		text_add(words, "the first half of the postcode");
	else if (variable->treat == TREAT_BANDS)
		add_bands(words, variable->bands);
	else if (variable->treat == TREAT_LEVEL)
		text_print(words, "the %s that the place is in", variable->place_level);
	else if (variable->treat == TREAT_BOTTOM)
		text_print(words, "the number, and %d for all below", variable->bottom);
	else if (variable->treat == TREAT_ENDS)
		text_print(words, "the number, %d for all below and %d for all above", variable->bottom, variable->top);
	else
		text_print(words, "the number, and %d for all above", variable->top);
}

static const struct {
	const char *column, *heading;
	void (*say)(struct text *value, struct text *words, const struct variable *variable, const struct facts *facts);
} rows[FACT_COUNT] = {
	[FACT_TYPE] = { "type", "Type", say_type },
	[FACT_LEVEL] = { "level", "Level", say_level },
	[FACT_POLARITY] = { "polarity", "Direction", say_polarity },
	[FACT_UNIT] = { "unit", "Unit", say_unit },
	[FACT_LIST] = { "codes", "Code list", say_list },
	[FACT_LEAST] = { "min", "Lowest", say_least },
	[FACT_MOST] = { "max", "Highest", say_most },
	[FACT_PATTERN] = { "pattern", "Pattern", say_pattern },
	[FACT_MISSING] = { "missing", "May be missing", say_missing },
	[FACT_REQUIRED] = { "required", "Required", say_required },
	[FACT_UNIQUE] = { "unique", "Unique", say_unique },
	[FACT_ASKED_IF] = { "asked_if", "Asked of", say_asked_if },
	[FACT_WAVES] = { "waves", "Waves", say_waves },
	[FACT_INSTRUMENT] = { "instrument", "Instrument", say_instrument },
	[FACT_ITEM] = { "item", "Item", say_item },
	[FACT_DOMAIN] = { "domain", "Domain", say_domain },
	[FACT_ROLE] = { "role", "Role", say_role },
	[FACT_DISCLOSURE] = { "disclosure", "Disclosure", say_disclosure },
	[FACT_KEPT] = { "kept", "Kept for analysis", say_kept },
};

const char *fact_column(enum fact fact)
{
	return rows[fact].column;
}

const char *fact_heading(enum fact fact)
{
	return rows[fact].heading;
}

void facts_say(struct facts_variable *said, const struct facts *facts)
{
	for (int fact = 0; fact < FACT_COUNT; fact++) {
		struct text value = { 0 }, words = { 0 };
		rows[fact].say(&value, &words, said->variable, facts);
		if (!text_is_blank(value.bytes))
			said->value[fact] = mem_copy_text(value.bytes);
		if (!text_is_blank(words.bytes))
			said->words[fact] = mem_copy_text(words.bytes);
		else if (said->value[fact])
			said->words[fact] = mem_copy_text(said->value[fact]);
		text_free(&value);
		text_free(&words);
	}
}

const char *facts_reason(enum missing_reason reason)
{
	static const char *const words[MISSING_COUNT] = {
		[MISSING_NONE] = "",
		[MISSING_REFUSED] = "refused",
		[MISSING_DONT_KNOW] = "does not know",
		[MISSING_NOT_ASKED] = "not asked",
		[MISSING_NOT_APPLICABLE] = "not applicable",
		[MISSING_NOT_ANSWERED] = "not answered",
		[MISSING_NOT_REACHED] = "not reached",
		[MISSING_WITHDRAWN] = "consent withdrawn",
		[MISSING_UNUSABLE] = "unusable",
		[MISSING_SUPPRESSED] = "suppressed",
		[MISSING_LOW] = "rounds to 0",
	};
	return words[reason];
}
