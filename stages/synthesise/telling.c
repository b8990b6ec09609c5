#include "telling.h"

#include <gsl/gsl_rng.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "provenance.h"

#define SHARE_TELLING 0.8 /* of the texts that it may be planted in */

static int draw(gsl_rng *rng, int least, int most)
{
	return least + (int)gsl_rng_uniform_int(rng, (unsigned long)(most - least + 1));
}

/* --- what tells who somebody is --- */

static void add_mobile(struct text *text, gsl_rng *rng)
{
	int last = draw(rng, 0, 999);
	switch (draw(rng, 0, 2)) {
	case 0: text_print(text, "07700 900%03d", last); return;
	case 1: text_print(text, "07700900%03d", last); return;
	default: text_print(text, "+44 7700 900%03d", last); return;
	}
}

static void add_mobile_twice(struct text *text, gsl_rng *rng)
{
	int last = draw(rng, 0, 999);
	text_print(text, "07700 900%03d, that is +447700900%03d", last, last);
}

static void add_landline(struct text *text, gsl_rng *rng)
{
	text_print(text, "01632 960%03d", draw(rng, 0, 999));
}

static void add_email(struct text *text, gsl_rng *rng)
{
	text_print(text, "made.up%d@example.org", draw(rng, 1, 99));
}

static void add_url(struct text *text, gsl_rng *rng)
{
	text_print(text, "https://www.example.com/people/%d", draw(rng, 1, 999));
}

static void add_handle(struct text *text, gsl_rng *rng)
{
	text_print(text, "@made_up_%d", draw(rng, 1, 999));
}

static void add_postcode(struct text *text, gsl_rng *rng)
{
	static const char *const pseudo[] = { "ZZ99 3VZ", "ZZ99 3CZ", "ZZ99 3WZ" };
	text_add(text, pseudo[draw(rng, 0, (int)COUNT(pseudo) - 1)]);
}

static void add_birth(struct text *text, gsl_rng *rng)
{
	text_print(text, "%d/%02d/%d", draw(rng, 1, 28), draw(rng, 1, 12), draw(rng, 2002, 2008));
}

/* The check digit is 11 less what is left of the sum of the digits, times 10 to 2, divided by 11. */
static void add_nhs(struct text *text, gsl_rng *rng)
{
	int check = 10, rest = 0;
	while (check == 10) {
		int sum = 9 * 10 + 9 * 9 + 9 * 8;
		rest = draw(rng, 0, 999999);
		for (int i = 0, left = rest, weight = 2; i < 6; i++, left /= 10, weight++)
			sum += left % 10 * weight;
		check = (11 - sum % 11) % 11;
	}
	text_print(text, "999 %03d %03d%d", rest / 1000, rest % 1000, check);
}

static void add_person(struct text *text, gsl_rng *rng)
{
	static const char *const names[] = { "Robin Nowhere", "Zoë Notreal", "Robin" };
	text_add(text, names[draw(rng, 0, (int)COUNT(names) - 1)]);
}

static void add_worker(struct text *text, gsl_rng *rng)
{
	static const char *const names[] = { "Sam Unreal", "Mrs Unreal" };
	text_add(text, names[draw(rng, 0, (int)COUNT(names) - 1)]);
}

static void add_placement(struct text *text, gsl_rng *rng)
{
	static const char *const names[] = { "Nowhere House", "NOWHERE HOUSE" };
	text_add(text, names[draw(rng, 0, (int)COUNT(names) - 1)]);
}

static void add_school(struct text *text, gsl_rng *rng)
{
	(void)rng;
	text_add(text, "Imagined Academy");
}

static const struct sentence {
	const char *before;
	void (*add)(struct text *text, gsl_rng *rng);
	const char *after;
} sentences[] = {
	{ "You can ring me on ", add_mobile, " after college." },
	{ "My number is ", add_mobile_twice, "." },
	{ "The office is on ", add_landline, ", and nobody answers." },
	{ "Write to me at ", add_email, " if you want to hear more." },
	{ "I keep a diary at ", add_url, ", have a look." },
	{ "Find me online as ", add_handle, " if you like." },
	{ "The letters go to ", add_postcode, " and I never see them." },
	{ "I was born on ", add_birth, " and still nobody explained my rights." },
	{ "They lost my file although my NHS number is ", add_nhs, " on every page." },
	{ "Without ", add_person, "'s help I would have given up." },
	{ "My worker ", add_worker, " was off sick for half a year." },
	{ "It was better when I lived at ", add_placement, "." },
	{ "Nobody at ", add_school, " asked me how I was." },
};

static const char *const others[] = {
	"It took a long time to get an answer.",
	"I would like a room with a door that locks.",
	"The bus is too dear.",
	"Thank you for asking.",
};

static char *tell(gsl_rng *rng)
{
	struct text text = { 0 };
	int count = draw(rng, 1, 2);
	for (int i = 0; i < count; i++) {
		const struct sentence *sentence = &sentences[draw(rng, 0, (int)COUNT(sentences) - 1)];
		text_add(&text, i ? " " : "");
		text_add(&text, sentence->before);
		sentence->add(&text, rng);
		text_add(&text, sentence->after);
	}
	text_print(&text, " %s", others[draw(rng, 0, (int)COUNT(others) - 1)]);
	char *told = mem_copy_text(text.bytes);
	text_free(&text);
	return told;
}

/* --- where it is planted --- */

static void begin_chance(gsl_rng *rng, const struct sheets *sheets, const char *words)
{
	char hash[PROVENANCE_HASH_SIZE];
	char *text = mem_print("%d %s telling %s", sheets->study->study.seed, sheets->dataset->name, words);
	provenance_hash_bytes(hash, text, strlen(text));
	free(text);
	hash[8] = '\0';
	gsl_rng_set(rng, strtoul(hash, NULL, 16));
}

/* A text as it was drawn, which no fault has touched. */
static bool is_plain(const struct sheet_row *row, size_t index)
{
	const struct value *value = &row->values[index];
	return row->damage == FINDING_NONE && value->missing == MISSING_NONE && strcmp(row->cells[index], value->text) == 0
	       && !strpbrk(value->text, ",\"");
}

void telling_plant(struct sheets *sheets)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	for (size_t i = 0; i < sheets->dictionary->variable_count; i++) {
		const struct variable *variable = &sheets->dictionary->variables[i];
		if (variable->treat != TREAT_REDACT || variable->pattern || variable->unique)
			continue;
		for (size_t row = 0; row < sheets->count; row++) {
			if (!is_plain(&sheets->rows[row], i))
				continue;
			begin_chance(rng, sheets, sheets->rows[row].values[i].text);
			if (gsl_rng_uniform(rng) < SHARE_TELLING)
				sheet_set_cell(sheets, row, i, tell(rng));
		}
	}
	gsl_rng_free(rng);
}
