#include "sections.h"

bool section_areas(struct text *html, const struct view *view, struct error *err)
{
	struct account account;
	bool ok = account_load(&account, view, err);
	if (ok && account_has_many_areas(&account)) {
		section_rows_by_area(html, view, &account);
		section_costs_by_area(html, view, &account);
	}
	account_free(&account);
	return ok;
}
