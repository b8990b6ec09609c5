#include "recoding.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "number.h"
#include "text.h"
#include "treatment.h"

/* By enum variable_treat. `ends` is never written: it is top and bottom together. */
static const char *const all_words[] = { "",    "drop",   "pseudonym", "year", "age",   "district", "bands",
	                                 "top", "redact", "bottom",    "ends", "level", "keep",     "broader" };
static const char *const treat_words[] = { "",      "drop", "pseudonym", "year",   "age",  "district",
	                                   "bands", "top",  "bottom",    "redact", "level" };
static const char *const microdata_words[] = { "", "keep", "drop", "bands", "top", "bottom", "broader" };

const char *recoding_word(enum variable_treat treat)
{
	return all_words[treat];
}

/* --- the cell --- */

static bool go_upwards(const char *numbers)
{
	char *words = mem_copy_text(numbers), *rest = words;
	double last = -INFINITY, lower = 0;
	bool ok = *numbers != '\0';
	for (char *word; ok && (word = strtok_r(rest, " ", &rest)); last = lower)
		ok = number_read_decimal(word, &lower) && lower > last;
	free(words);
	return ok;
}

/* One word and what stands behind its colon, of the column's `words`. */
static bool read_word(struct recoding *recoding, const struct reading *in, const char *column, const char *of,
                      const char *cell, const char *const *words, size_t count)
{
	const char *colon = strchr(cell, ':'), *behind = colon ? colon + 1 : "";
	char *word = colon ? mem_copy_bytes(cell, (size_t)(colon - cell)) : mem_copy_text(cell);
	int index = 0;
	long long limit = 0;
	bool ok = reading_word(&index, in, column, word, words, count);
	free(word);
	if (!ok)
		return false;
	size_t treat = 0;
	while (strcmp(all_words[treat], words[index]) != 0)
		treat++;
	recoding->treat = (enum variable_treat)treat;
	if (treat == TREAT_TOP || treat == TREAT_BOTTOM) {
		if (!number_read_integer(behind, &limit) || limit > INT_MAX || limit < INT_MIN)
			return reading_fault(in, "`%s`: %s is written %s:N with the %s number that is kept", of,
			                     words[index], words[index], treat == TREAT_TOP ? "highest" : "lowest");
		*(treat == TREAT_TOP ? &recoding->top : &recoding->bottom) = (int)limit;
	} else if (treat == TREAT_BANDS) {
		if (!go_upwards(behind))
			return reading_fault(in, "`%s`: bands are written bands:16 18 21 with the lower end of each",
			                     of);
		recoding->bands = behind;
	} else if (treat == TREAT_LEVEL) {
		if (strcmp(behind, "region") != 0 && strcmp(behind, "country") != 0)
			return reading_fault(in, "`%s`: level is written level:region or level:country", of);
		recoding->level = behind;
	} else if (colon) {
		return reading_fault(in, "`%s`: only bands, top, bottom and level are followed by a colon", of);
	}
	return true;
}

/* One word; or top and bottom with a blank between, in either order. */
static bool read_cell(struct recoding *recoding, const struct reading *in, const char *column, const char *of,
                      const char *cell, const char *const *words, size_t count)
{
	const char *blank = strchr(cell, ' ');
	bool ends = strncmp(cell, "top:", 4) == 0 || strncmp(cell, "bottom:", 7) == 0;
	if (!ends || !blank)
		return read_word(recoding, in, column, of, cell, words, count);
	char *first = mem_copy_bytes(cell, (size_t)(blank - cell));
	struct recoding one = { 0 }, other = { 0 };
	bool ok = read_word(&one, in, column, of, first, words, count)
	          && read_word(&other, in, column, of, blank + strspn(blank, " "), words, count);
	free(first);
	if (!ok)
		return false;
	const struct recoding *top = one.treat == TREAT_TOP ? &one : &other, *bottom = top == &one ? &other : &one;
	if (top->treat != TREAT_TOP || bottom->treat != TREAT_BOTTOM || bottom->bottom >= top->top)
		return reading_fault(in,
		                     "`%s`: two treatments go together where they are bottom and top, the first below "
		                     "the second: bottom:16 top:25",
		                     of);
	*recoding = (struct recoding){ .treat = TREAT_ENDS, .top = top->top, .bottom = bottom->bottom };
	return true;
}

/* --- what fits the variable --- */

static bool is_of_numbers(enum variable_treat treat)
{
	return treat == TREAT_BANDS || treat == TREAT_TOP || treat == TREAT_BOTTOM || treat == TREAT_ENDS;
}

bool recoding_read_treat(struct variable *variable, const struct reading *in, const char *cell)
{
	struct recoding recoding = { 0 };
	if (!read_cell(&recoding, in, "treat", variable->name, cell, treat_words, COUNT(treat_words)))
		return false;
	variable->treat = recoding.treat;
	variable->top = recoding.top;
	variable->bottom = recoding.bottom;
	variable->bands = recoding.bands;
	variable->place_level = recoding.level;

	enum variable_treat treat = recoding.treat;
	bool number = variable->type == VARIABLE_INTEGER || variable->type == VARIABLE_NUMBER;
	bool date = variable->type == VARIABLE_DATE || variable->type == VARIABLE_DATETIME;
	bool place = variable->type == VARIABLE_CODE && strcmp(variable->codes->name, "places") == 0;
	if (is_of_numbers(treat) && !number)
		return reading_fault(in, "`%s`: bands, top and bottom are treatments of a number", variable->name);
	if ((treat == TREAT_YEAR || treat == TREAT_AGE) && !date)
		return reading_fault(in, "`%s`: year and age are treatments of a date", variable->name);
	if (treat == TREAT_DISTRICT && variable->type != VARIABLE_TEXT)
		return reading_fault(in, "`%s`: district is a treatment of a postcode, which is a text",
		                     variable->name);
	if (treat == TREAT_REDACT && variable->type != VARIABLE_TEXT)
		return reading_fault(in, "`%s`: redact is a treatment of a text", variable->name);
	if (treat == TREAT_PSEUDONYM && variable->type != VARIABLE_ID)
		return reading_fault(in, "`%s`: pseudonym is a treatment of an id", variable->name);
	if (treat == TREAT_LEVEL && !place)
		return reading_fault(in, "`%s`: level is a treatment of a code of the list places", variable->name);
	return true;
}

/* Whether the list has a code that is merged into another. */
static bool has_broader(const struct code_list *list)
{
	for (size_t i = 0; list && i < list->count; i++)
		if (list->codes[i].broader)
			return true;
	return false;
}

bool recoding_read_microdata(struct variable *variable, const struct reading *in, const char *cell)
{
	struct recoding *recoding = &variable->microdata;
	if (!read_cell(recoding, in, "microdata", variable->name, cell, microdata_words, COUNT(microdata_words)))
		return false;
	recoding->words = cell;
	if (recoding->treat == TREAT_ENDS)
		return reading_fault(in, "`%s`: microdata is one word: bands, or top, or bottom", variable->name);
	enum treatment treatment = treatment_of(variable);
	bool apart = variable->role == ROLE_AREA || variable->role == ROLE_WEIGHT; /* kept, whatever else is said */
	bool kept = apart || (treatment != TREATMENT_DROPPED && treatment != TREATMENT_PSEUDONYM);
	bool number = variable->type == VARIABLE_INTEGER || variable->type == VARIABLE_NUMBER;
	bool date = treatment == TREATMENT_YEAR || treatment == TREATMENT_AGE;
	if (recoding->treat == TREAT_NONE || recoding->treat == TREAT_DROP)
		return true;
	if (!kept) {
		reading_fault(in, "`%s`: the analysis table has no answers to it, and no file of records can",
		              variable->name);
		return error_help(in->err, "clear microdata, or let treat keep something of the answers");
	}
	if (is_of_numbers(recoding->treat) && variable->role == ROLE_WEIGHT)
		return reading_fault(in, "`%s` is the weight, and takes keep or drop under microdata", variable->name);
	if (is_of_numbers(recoding->treat) && (treatment == TREATMENT_BANDS || !(number || date)))
		return reading_fault(
			in, "`%s`: bands, top and bottom under microdata are of a number in the analysis table",
			variable->name);
	if (recoding->treat == TREAT_BROADER && (variable->type != VARIABLE_CODE || treatment == TREATMENT_LEVEL))
		return reading_fault(in, "`%s`: broader is of a code, of which one answer is given", variable->name);
	if (recoding->treat == TREAT_BROADER && !has_broader(variable->codes)) {
		reading_fault(in, "`%s`: no code of the list `%s` names a broader one", variable->name,
		              variable->codes->name);
		return error_help(in->err, "name in the column broader of codes.csv what each code is merged into");
	}
	return true;
}
