/* The parts of the page, in the order in which a steward asks: may it be released, what is hidden, what that costs,
 * which exceptions were made, could more be shown; then every hidden count and sum, and what it all rests on. Each adds
 * its body to `html`; one that adds nothing is left out.
 */
#ifndef CANVASS_DISCLOSURE_SECTIONS_H
#define CANVASS_DISCLOSURE_SECTIONS_H

#include "view.h"

bool disclosure_section_verdict(struct text *html, const struct view *view, struct error *err);
bool section_failed(struct text *html, const struct view *view, struct error *err);
bool section_hidden(struct text *html, const struct view *view, struct error *err);
bool section_loss(struct text *html, const struct view *view, struct error *err);
bool section_exceptions(struct text *html, const struct view *view, struct error *err);
bool section_proposals(struct text *html, const struct view *view, struct error *err);
bool section_cells(struct text *html, const struct view *view, struct error *err);
bool section_sums(struct text *html, const struct view *view, struct error *err);
bool section_trail(struct text *html, const struct view *view, struct error *err);

/* What would save most, in one sentence; NULL: nothing would. Free with free(). */
bool section_best_proposal(char **words, const struct view *view, struct error *err);

/* Every hidden count that some table asks for, as CSV. */
bool section_cells_csv(struct text *csv, const struct view *view, struct error *err);

#endif
