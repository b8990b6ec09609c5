/* A page that is not for everybody, such as a steward's: complete in itself, with a list of its parts. */
#ifndef CANVASS_HTML_PAGE_H
#define CANVASS_HTML_PAGE_H

#include "study.h"
#include "text.h"

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

/* The whole page. */
void html_page_print(struct text *html, const struct html_page *page, const struct html_page_head *head);
void html_page_release(struct html_page *page);

#endif
