/* A page that is not for everybody, such as a steward's: complete in itself, with a list of its parts. */
#ifndef CANVASS_HTML_PAGE_H
#define CANVASS_HTML_PAGE_H

#include "error.h"
#include "study.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>

struct html_page {
	struct text first, contents, sections; /* the first part stands before the contents: the verdict comes first */
};

/* Add a part, whose body is ready HTML. One without a body is left out. */
void html_page_add(struct html_page *page, const char *id, const char *heading, const char *body);

/* A paragraph; one of a list of questions with a short answer, which leads to a part of the page; that list. */
void html_page_words(struct text *html, const char *words);
void html_page_answer(struct text *answers, const char *kind, const char *question, const char *id, const char *answer,
                      const char *more);
void html_page_answers(struct text *html, const struct text *answers);

struct html_page_head {
	const char *mark;    /* who may read it, before `holds`; NULL: Restricted. */
	const char *state;   /* in the window's title: Stops */
	const char *kind;    /* Validation report */
	const char *about;   /* the dataset; NULL: the study as a whole */
	const char *holds;   /* what of the page is not for others, a sentence */
	const char *closing; /* a sentence at its end */
	const struct study *study;
};

/* A part of a report, and the room that writes it. The stage's own view of what is told is passed on to it. */
struct view;
struct html_page_part {
	const char *id, *heading;
	bool (*add)(struct text *html, const struct view *view, struct error *err);
};

/* The whole page, of those parts that have something to say. */
bool html_page_compose(struct text *html, const struct html_page_part *parts, size_t count, const struct view *view,
                       const struct html_page_head *head, struct error *err);

/* The same, of parts that were added by themselves. */
void html_page_print(struct text *html, const struct html_page *page, const struct html_page_head *head);
void html_page_release(struct html_page *page);

#endif
