/* A draft of a data dictionary: what the exports and the platform's own dictionary tell, each row marked as guessed. */
#ifndef DESCRIBE_DRAFT_H
#define DESCRIBE_DRAFT_H

#include "questionnaire.h"
#include "gather.h"
#include "guess.h"
#include "platform.h"

#include <stdbool.h>
#include <stddef.h>

/* A row of codes.csv. Texts are the draft's. */
struct draft_code {
	const char *code, *label;
	const char *exported; /* NULL: as the code */
	enum missing_reason missing;
	bool exclusive;
	const char *note; /* NULL: none */
};

struct draft_list {
	const char *name;
	struct draft_code *codes;
	size_t count;
};

enum draft_origin {
	DRAFT_GUESSED,       /* from the cells */
	DRAFT_QUESTIONNAIRE, /* the platform's own dictionary says so */
	DRAFT_FILE,          /* the SPSS file says so */
	DRAFT_PLATFORM,      /* a column of the platform's own */
	DRAFT_ORIGIN_COUNT,
};

/* A row of variables.csv. */
struct draft_variable {
	const char *name, *label, *question; /* question NULL: the label says it all */
	enum variable_type type;
	size_t list;                                /* from 1; 0: none */
	const char *min, *max, *pattern, *asked_if; /* NULL: none */
	unsigned reasons; /* bit 1 << reason for each that the platform's own texts give, beside those of its list */
	bool required, direct;
	enum variable_role role;
	const char *note;
	enum draft_origin origin;
	const struct questionnaire_entry *entry; /* NULL: it is not drafted from one */
};

/* A row of headers.csv. */
struct draft_header {
	enum header_match match;
	const char *header, *option, *ticked, *unticked; /* but for header NULL where there is none */
	size_t variable;
};

struct draft {
	struct draft_variable *variables;
	struct draft_list *lists;
	struct draft_header *headers;
	size_t count, list_count, header_count;
	struct guess_form form;
	size_t left_out; /* columns that say again what others say */
	size_t unasked;  /* questions of the questionnaire that no column holds */
	bool has_key;
	struct draft_private *private;
};

struct draft_sources {
	const struct gathered *gathered;
	const struct platform *platform;
	const struct questionnaire *questionnaire; /* NULL: none */
	const char *questionnaire_name;            /* of its file */
	bool exports;                              /* there are any: else all of the questionnaire is drafted */
};

/* The caller frees *draft with draft_free(). It borrows from the sources. */
bool draft_make(struct draft **draft, const struct draft_sources *sources, struct error *err);
void draft_free(struct draft *draft); /* accepts NULL */

/* Write variables.csv, codes.csv, rules.csv and headers.csv for the header profile `profile` as a new folder that only
 * its owner can read. Refused where something stands there. */
bool draft_write(const struct draft *draft, const char *folder, const char *profile, struct error *err);

/* Whether something stands at `folder` already: an ERROR_USAGE, as it may be somebody's work. */
bool draft_check_place(const char *folder, struct error *err);

#endif
