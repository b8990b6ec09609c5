/* The parts of the page, in the order in which a steward asks: can we go on, is everybody accounted for, what was
 * found, and what it rests on. Each adds its body to `html`. */
#ifndef CANVASS_REPORT_SECTIONS_H
#define CANVASS_REPORT_SECTIONS_H

#include "text.h"
#include "view.h"

bool section_verdict(struct text *html, const struct view *view, struct error *err);
bool section_rows(struct text *html, const struct view *view,
                  struct error *err); /* ERROR_FAULT where they do not add up */
bool section_findings(struct text *html, const struct view *view, struct error *err);
bool section_rules(struct text *html, const struct view *view, struct error *err);
bool section_completeness(struct text *html, const struct view *view, struct error *err);
bool section_decisions(struct text *html, const struct view *view, struct error *err);
bool section_inputs(struct text *html, const struct view *view, struct error *err);

/* A paragraph. */
void section_words(struct text *html, const char *words);

#endif
