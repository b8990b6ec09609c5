/* Everything that the report is made from; borrowed by its parts. */
#ifndef CANVASS_REPORT_VIEW_H
#define CANVASS_REPORT_VIEW_H

#include "decision.h"
#include "dictionary.h"
#include "error.h"
#include "store.h"
#include "study.h"
#include "verdict.h"

#include <stdbool.h>

struct groups;

struct view {
	const struct study *study;
	const struct study_dataset *dataset;
	const struct dictionary *dictionary;
	const struct decisions *decisions;
	const struct verdict *verdict;
	struct store *store;         /* validated.db, with ingested.db attached as `ingested` */
	const char *seen;            /* a file of steward_lay: what the steward has looked at; NULL: none */
	const struct groups *groups; /* the page's own: page_write lays them */
};

/* The dictionary's words: a variable's label, an area's; "" where it has none. */
const char *report_view_label(const struct view *view, const char *variable);
const char *view_area(const struct view *view, const char *code);

/* The same to be read: "Luton (E06000032)", "(no area known)"; of a wave likewise. Free with free(). */
char *view_area_words(const struct view *view, const char *code);
char *view_wave_words(const struct view *view, const char *code);

/* Where an area stands in the study's own order; "" and what is not in it come last. */
size_t view_area_rank(const struct view *view, const char *code);

/* The steward's word about a finding (accept, correct, set_aside), or "". `code` is its word. */
const char *view_decision(const struct view *view, const char *identity, const char *code, const char *subject);

/* The id of the part of the page about one code, such as reject-row-required. Free with free(). */
char *view_code_id(const char *severity, const char *code);

/* A text of the current row, NULL where it is NULL. */
const char *view_column(sqlite3_stmt *statement, int column);

#endif
