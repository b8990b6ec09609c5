/* Who can answer for a finding. */
#ifndef CANVASS_REPORT_ASK_H
#define CANVASS_REPORT_ASK_H

#include "finding.h"
#include "groups.h"

enum ask_whom {
	ASK_NOBODY,
	ASK_PLATFORM,   /* the export has to come again, or otherwise */
	ASK_COLLECTOR,  /* only the source knows which answer or row is right */
	ASK_DICTIONARY, /* what is expected may be wrong, not what was answered */
	ASK_STEWARD,    /* a judgement: nobody else knows more */
	ASK_COUNT,
};

enum ask_whom ask_whom(enum finding_code code);
const char *ask_words(enum ask_whom whom); /* "whoever runs the survey platform" */
const char *ask_short(enum ask_whom whom); /* "the survey platform" */
const char *ask_what(enum ask_whom whom);  /* a sentence: what to ask them for */

/* Findings that are open and worth a question: notes are none. */
long long ask_count(const struct groups *groups, enum ask_whom whom);

#endif
