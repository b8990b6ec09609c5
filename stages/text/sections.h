/* The parts of the page. Each adds its body, or nothing where it has nothing to say. */
#ifndef CANVASS_TEXT_SECTIONS_H
#define CANVASS_TEXT_SECTIONS_H

#include "view.h"

bool text_section_verdict(struct text *html, const struct view *view, struct error *err);
bool section_open(struct text *html, const struct view *view, struct error *err);
bool section_decide(struct text *html, const struct view *view, struct error *err);
bool section_medium(struct text *html, const struct view *view, struct error *err);
bool section_low(struct text *html, const struct view *view, struct error *err);
bool section_decided(struct text *html, const struct view *view, struct error *err);
bool section_types(struct text *html, const struct view *view, struct error *err);
bool section_scanned(struct text *html, const struct view *view, struct error *err);
bool text_section_decisions(struct text *html, const struct view *view, struct error *err);

/* Everything that was found, as CSV, safe to open in a spreadsheet. */
bool section_found_csv(struct text *csv, const struct view *view, struct error *err);

#endif
