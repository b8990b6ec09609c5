#include "view.h"

#include <string.h>

#include "mem.h"

const char *report_view_label(const struct view *view, const char *variable)
{
	const struct variable *known = variable ? dictionary_variable(view->dictionary, variable) : NULL;
	return known && known->label ? known->label : "";
}

size_t view_area_rank(const struct view *view, const char *code)
{
	const struct variable *area = dictionary_role(view->dictionary, ROLE_AREA);
	size_t rank = 0;
	while (area && area->codes && rank < area->codes->count && strcmp(area->codes->codes[rank].code, code) != 0)
		rank++;
	return rank;
}

const char *view_area(const struct view *view, const char *code)
{
	const struct variable *area = dictionary_role(view->dictionary, ROLE_AREA);
	size_t rank = view_area_rank(view, code);
	return area && area->codes && rank < area->codes->count ? area->codes->codes[rank].label : "";
}

const char *view_decision(const struct view *view, const char *identity, const char *code, const char *subject)
{
	const struct decision *decision =
		decisions_find(view->decisions, identity, code, subject, view->study->study.date);
	return decision ? decision_word(decision->kind) : "";
}

static char *words_of(const char *code, const char *label, const char *none)
{
	return !*code ? mem_copy_text(none) : *label ? mem_print("%s (%s)", label, code) : mem_copy_text(code);
}

char *view_area_words(const struct view *view, const char *code)
{
	return words_of(code, view_area(view, code), "(no area known)");
}

char *view_wave_words(const struct view *view, const char *code)
{
	const struct variable *wave = dictionary_role(view->dictionary, ROLE_WAVE);
	const char *label = "";
	for (size_t i = 0; wave && wave->codes && i < wave->codes->count; i++)
		if (strcmp(wave->codes->codes[i].code, code) == 0)
			label = wave->codes->codes[i].label;
	return words_of(code, label, "(no wave known)");
}

char *view_code_id(const char *severity, const char *code)
{
	return mem_print("%s-%s", severity, code);
}

const char *view_column(sqlite3_stmt *statement, int column)
{
	return (const char *)sqlite3_column_text(statement, column);
}
