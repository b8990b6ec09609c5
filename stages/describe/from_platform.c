#include "from_platform.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

static int read_word(const char *word, const char *(*words)(int), int count)
{
	for (int i = 0; word && i < count; i++)
		if (strcmp(words(i), word) == 0)
			return i;
	return -1;
}

static const char *type_word(int type)
{
	return variable_type_word((enum variable_type)type);
}

static const char *role_word(int role)
{
	return variable_role_word((enum variable_role)role);
}

static bool is_date(enum variable_type type)
{
	return type == VARIABLE_DATE || type == VARIABLE_DATETIME;
}

static bool is_number(enum variable_type type)
{
	return type == VARIABLE_INTEGER || type == VARIABLE_NUMBER;
}

static enum variable_type own_type(enum variable_type told, enum variable_type guessed, bool filled)
{
	switch (told) {
	case VARIABLE_DATE:
	case VARIABLE_DATETIME: return !filled ? told : is_date(guessed) ? guessed : VARIABLE_TEXT;
	case VARIABLE_INTEGER: return !filled ? told : is_number(guessed) ? guessed : VARIABLE_TEXT;
	case VARIABLE_NUMBER: return !filled || is_number(guessed) ? told : VARIABLE_TEXT;
	case VARIABLE_CODE:
	case VARIABLE_CODES: return guessed == told ? told : VARIABLE_TEXT;
	case VARIABLE_ID:
	case VARIABLE_TEXT: break;
	}
	return told;
}

static bool has_role(const struct draft *draft, enum variable_role role)
{
	for (size_t i = 0; i < draft->count; i++)
		if (draft->variables[i].role == role)
			return true;
	return false;
}

static bool is_number_role(int role)
{
	return role == ROLE_WEIGHT || role == ROLE_CLUSTER_SIZE || role == ROLE_REPLICATE_WEIGHT;
}

/* The profile's role, where the dictionary would take it: one variable of most, and some ask for a type. */
static enum variable_role own_role(const struct drafting *in, const struct draft_variable *variable, int role)
{
	static const bool many[ROLE_PARADATA + 1] = {
		[ROLE_NONE] = true,
		[ROLE_CASE] = true,
		[ROLE_CODER] = true,
		[ROLE_MEASURE] = true,
		[ROLE_FREE_TEXT] = true,
		[ROLE_PARADATA] = true,
		[ROLE_REPLICATE_WEIGHT] = true,
	};
	bool fits = role > 0 && role != ROLE_CONSENT && (!is_number_role(role) || is_number(variable->type))
	            && (role != ROLE_AREA || variable->type == VARIABLE_CODE);
	if (!fits || (!many[role] && has_role(in->draft, (enum variable_role)role)))
		return ROLE_NONE;
	return (enum variable_role)role;
}

void from_platform_key(const struct drafting *in, struct draft_variable *variable, const struct gather_column *column)
{
	variable->type = VARIABLE_ID;
	variable->role = ROLE_KEY;
	variable->list = 0;
	variable->min = variable->max = NULL;
	variable->required = column->cells.filled == column->rows && column->rows > 0;
	variable->direct = false;
	if (column->cells.prints_repeat) {
		char *more = mem_print("%s; some rows share one", variable->note);
		variable->note = drafting_keep(in, more);
		free(more);
	}
	in->draft->has_key = true;
}

void from_platform(const struct drafting *in, struct draft_variable *variable, const struct gather_column *column,
                   const struct guess *guess)
{
	int type = read_word(column->own->type, type_word, VARIABLE_DATETIME + 1);
	int role = read_word(column->own->role, role_word, ROLE_PARADATA + 1);
	variable->type =
		type < 0 ? guess->type : own_type((enum variable_type)type, guess->type, column->cells.filled > 0);
	bool words = variable->type == VARIABLE_ID || variable->type == VARIABLE_TEXT;
	bool same = variable->type == guess->type || (is_number(variable->type) && is_number(guess->type));
	if (words || !same) {
		variable->list = 0;
		variable->min = variable->max = NULL;
	}
	variable->role = own_role(in, variable, role);
	variable->direct = false;
	variable->origin = DRAFT_PLATFORM;
	variable->note = drafting_note(in, DRAFT_PLATFORM, column->rows, guess->remarks.bytes);
	if (variable->role == ROLE_KEY)
		from_platform_key(in, variable, column);
	else if (variable->type == VARIABLE_TEXT && column->cells.line_ends)
		variable->role = ROLE_FREE_TEXT; /* a line end in any other text sets the row aside */
}
