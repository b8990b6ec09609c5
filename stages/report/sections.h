/* The parts of the page, in the order in which a steward asks: can we go on, what must be fixed, whom must I ask, what
 * changed; is everybody accounted for, what does it cost; then all that was found, area by area where there are many,
 * and what it rests on. Each adds its body to `html`; one that adds nothing is left out. */
#ifndef CANVASS_REPORT_SECTIONS_H
#define CANVASS_REPORT_SECTIONS_H

#include "account.h"
#include "groups.h"
#include "text.h"
#include "view.h"

bool section_verdict(struct text *html, const struct view *view, struct error *err);
bool section_limits(struct text *html, const struct view *view, struct error *err);
bool section_causes(struct text *html, const struct view *view, struct error *err);
bool section_ask(struct text *html, const struct view *view, struct error *err);
bool section_changes(struct text *html, const struct view *view, struct error *err);
bool section_rows(struct text *html, const struct view *view, struct error *err); /* ERROR_FAULT: do not add up */
bool section_costs(struct text *html, const struct view *view, struct error *err);
bool section_areas(struct text *html, const struct view *view, struct error *err);
bool section_findings(struct text *html, const struct view *view, struct error *err);
bool section_rules(struct text *html, const struct view *view, struct error *err);
bool section_completeness(struct text *html, const struct view *view, struct error *err);
bool section_decisions(struct text *html, const struct view *view, struct error *err);
bool section_inputs(struct text *html, const struct view *view, struct error *err);

/* Tables with a line for each area. They stand in the parts about rows and costs where areas are few; where they are
 * many (account_has_many_areas), behind the findings, in section_areas. */
void section_rows_by_area(struct text *html, const struct view *view, const struct account *account);
void section_costs_by_area(struct text *html, const struct view *view, const struct account *account);

/* What changed, in one sentence. Free *words with free(). */
bool section_changes_words(char **words, const struct view *view, struct error *err);

/* "500 of these 512 have one cause. ...". Free with free(). */
char *section_cause_words(const struct view *view, const struct cause *cause);

/* What a limit speaks of, in words: "All warnings (warn)". */
void section_limit_words(struct text *words, const char *limit);

/* The same briefly, of a limit that is exceeded: "Warnings: 12, and 10 allowed". */
void section_limit_brief(struct text *words, const struct verdict_line *line);

#endif
