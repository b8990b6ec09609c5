/* index.html: one page, complete in itself. */
#ifndef CANVASS_REPORT_PAGE_H
#define CANVASS_REPORT_PAGE_H

#include "text.h"
#include "view.h"

bool page_write(struct text *html, const struct view *view, struct error *err);

#endif
