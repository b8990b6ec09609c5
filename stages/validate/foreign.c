#include "foreign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mem.h"
#include "places.h"

enum { LONGEST_NAME = 200 };

struct foreign {
	const struct dictionary *dictionary;
	const struct variable *date;     /* NULL: the dictionary has none */
	const struct code_list *studied; /* the study's areas */
	bool any_closed;                 /* of the study's areas */
	struct places *places;
	const char *study_date;
};

bool foreign_new(struct foreign **foreign, const struct dictionary *dictionary, const char *places_path,
                 const char *date, struct error *err)
{
	struct foreign *made = mem_alloc(1, sizeof *made);
	made->dictionary = dictionary;
	made->date = dictionary_role(dictionary, ROLE_DATE);
	made->studied = dictionary_list(dictionary, "places");
	made->study_date = date;
	if (!places_load(&made->places, places_path, err)) {
		foreign_free(made);
		return false;
	}
	for (size_t i = 0; i < made->studied->count; i++) {
		const struct place *place = places_find(made->places, made->studied->codes[i].code);
		made->any_closed = made->any_closed || (place && *place->closed);
	}
	*foreign = made;
	return true;
}

void foreign_free(struct foreign *foreign)
{
	if (!foreign)
		return;
	places_free(foreign->places);
	free(foreign);
}

static bool is_studied(const struct foreign *foreign, const struct place *place)
{
	for (size_t i = 0; i < foreign->studied->count; i++)
		if (strcmp(foreign->studied->codes[i].code, place->code) == 0)
			return true;
	return false;
}

/* The day of the interview, else the study's. */
static void find_day(char day[11], const struct foreign *foreign, const struct exported_row *row)
{
	struct answer answer = { 0 };
	if (foreign->date)
		answer_read(&answer, foreign->dictionary, foreign->date,
		            row->cells[foreign->date - foreign->dictionary->variables], row->source->form);
	if (foreign->date && answer.missing == MISSING_NONE)
		date_print(day, answer.integer);
	else
		snprintf(day, 11, "%s", foreign->study_date);
	answer_release(&answer);
}

/* The area of the study that a place became, or lies in. */
static const char *find_area(const struct foreign *foreign, const struct place *place)
{
	const struct place *successor = places_successor(foreign->places, place);
	if (successor && is_studied(foreign, successor))
		return successor->code;
	for (size_t steps = 0; place && steps < places_count(foreign->places); steps++) {
		place = places_find(foreign->places, place->parent);
		if (place && is_studied(foreign, place))
			return place->code;
	}
	return NULL;
}

/* A place that is no area of the study, by any of its names. */
static const struct place *find_place(const struct foreign *foreign, const char *raw, const char *day)
{
	char name[LONGEST_NAME];
	size_t length = 0;
	const char *start = answer_trim(raw, &length);
	if (length >= sizeof name)
		return NULL;
	memcpy(name, start, length);
	name[length] = '\0';
	return places_called(foreign->places, name, day);
}

/* A place that the study has is an answer, closed or not: the config names it. Any other is none. */
void foreign_judge(const struct foreign *foreign, struct answer *answer, const struct variable *variable,
                   const struct exported_row *row)
{
	if (!foreign || variable->codes != foreign->studied || variable->type != VARIABLE_CODE)
		return;
	bool studied = foreign->any_closed && answer->missing == MISSING_NONE && answer->finding == FINDING_NONE;
	bool unknown = answer->finding == FINDING_CELL_CODE || answer->finding == FINDING_CELL_LABEL;
	if (!studied && !unknown)
		return;
	char day[11];
	find_day(day, foreign, row);
	const struct place *place =
		studied ? places_find(foreign->places, answer->text)
			: find_place(foreign, row->cells[variable - foreign->dictionary->variables], day);
	bool closed = place && place_is_closed(place, day);
	if (!place || (studied && !closed))
		return;
	answer->finding = closed ? FINDING_KEY_FOREIGN_CLOSED : FINDING_KEY_FOREIGN_OUTSIDE;
	answer->severity = studied ? SEVERITY_WARN : SEVERITY_BLANK;
	answer->suggestion = find_area(foreign, place);
}
