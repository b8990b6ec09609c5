/* The parts of the page, in the order in which a steward asks: how bad is it, whom does it concern and why, what would
 * help; then the numbers, and what anonymise made of them. Each adds its body to `html`; one that adds nothing is left
 * out. */
#ifndef CANVASS_RISK_SECTIONS_H
#define CANVASS_RISK_SECTIONS_H

#include "view.h"

bool section_short(struct text *html, const struct view *view, struct error *err);
bool section_people(struct text *html, const struct view *view, struct error *err);
bool section_offers(struct text *html, const struct view *view, struct error *err);
bool section_groups(struct text *html, const struct view *view, struct error *err);
bool section_subsets(struct text *html, const struct view *view, struct error *err);
bool section_answers(struct text *html, const struct view *view, struct error *err);
bool section_special(struct text *html, const struct view *view, struct error *err);
bool section_after(struct text *html, const struct view *view, struct error *err);

/* Every number of the page, and every record that fails a demand or is alone, as CSV. */
void list_numbers(struct text *csv, const struct view *view);
void list_records(struct text *csv, const struct view *view);

/* What one change buys most, as a phrase; NULL: none buys anything. Free with free(). */
char *section_best_offer(const struct view *view);

#endif
