/* The data dictionary of one dataset: variables.csv, codes.csv, rules.csv, headers.csv, and the places it names. A row
 * of variables.csv or codes.csv whose note begins with "guessed" was written by `describe` and not looked at yet:
 * refused.
 *
 * Loaded whole and checked: whatever does not exist, is named twice, or contradicts itself is an ERROR_CONFIG with
 * file, line and what to do, before any data are read. Borrowed by everybody, changed by nobody. */
#ifndef CANVASS_DICTIONARY_H
#define CANVASS_DICTIONARY_H

#include "error.h"

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

enum variable_type {
	VARIABLE_ID,
	VARIABLE_TEXT,
	VARIABLE_CODE,
	VARIABLE_CODES, /* several codes of one list: a question where all that apply are ticked */
	VARIABLE_INTEGER,
	VARIABLE_NUMBER,
	VARIABLE_DATE,
	VARIABLE_DATETIME
};

enum variable_level {
	LEVEL_NONE,
	LEVEL_BINARY,
	LEVEL_NOMINAL,
	LEVEL_ORDINAL,
	LEVEL_SCALE,
	LEVEL_AMOUNT,
	LEVEL_COUNT,
	LEVEL_RATE
};

enum variable_role {
	ROLE_NONE,
	ROLE_KEY,
	ROLE_REPEAT,     /* which of the rows that one key has in one wave: an instance of a repeated form */
	ROLE_IMPUTATION, /* which imputation of several a row is of; 0: as the answers were collected */
	ROLE_CASE,
	ROLE_CODER,
	ROLE_AREA,
	ROLE_WAVE,
	ROLE_DATE,
	ROLE_WEIGHT,
	ROLE_STRATUM,
	ROLE_CLUSTER,
	ROLE_CLUSTER_SIZE,     /* units that there were to draw from in the cluster */
	ROLE_REPLICATE_WEIGHT, /* one of the weights that repeat the sample */
	ROLE_CONSENT,
	ROLE_MEASURE,
	ROLE_FREE_TEXT,
	ROLE_PARADATA,
};

enum variable_disclosure { DISCLOSURE_NONE, DISCLOSURE_DIRECT, DISCLOSURE_QUASI, DISCLOSURE_SENSITIVE };

enum variable_treat {
	TREAT_NONE,
	TREAT_DROP,
	TREAT_PSEUDONYM,
	TREAT_YEAR,
	TREAT_AGE,
	TREAT_DISTRICT,
	TREAT_BANDS,
	TREAT_TOP,
	TREAT_REDACT, /* of a text in people's own words: scan writes it redacted; no text reaches the analysis table */
	TREAT_BOTTOM,
	TREAT_ENDS,    /* top and bottom */
	TREAT_LEVEL,   /* of a place: the region or country that it is in */
	TREAT_KEEP,    /* in a file of records only, as is broader */
	TREAT_BROADER, /* codes are merged as codes.csv says */
};

/* Why there is no answer: a closed list. Blank cells are not_answered, or not_asked where asked_if says so. */
enum missing_reason {
	MISSING_NONE,
	MISSING_REFUSED,
	MISSING_DONT_KNOW,
	MISSING_NOT_ASKED,
	MISSING_NOT_APPLICABLE,
	MISSING_NOT_ANSWERED,
	MISSING_NOT_REACHED,
	MISSING_WITHDRAWN,
	MISSING_UNUSABLE,
	MISSING_SUPPRESSED, /* of published figures: hidden by whoever published them */
	MISSING_LOW,        /* of published figures: rounds to 0 and is none */
	MISSING_COUNT,
};

struct code {
	const char *code; /* as it stands in every table after validate */
	const char *label;
	enum missing_reason missing; /* MISSING_NONE: an answer */
	bool exclusive;
	size_t line;         /* in codes.csv, the first of its rows; 0: in places.csv */
	const char *broader; /* the code of the list that it is merged into in a file of records; NULL: none */
};

struct code_list {
	const char *name;
	const struct code *codes; /* in the order of codes.csv; for `places`, the study's areas in its own order */
	size_t count;
	bool integers; /* every code is a whole number: its column in expressions is one */
};

/* What is done with the answers to a variable: a word, and what stands behind its colon. */
struct recoding {
	enum variable_treat treat;
	int top, bottom;
	const char *bands, *level;
	const char *words; /* as they stand in variables.csv */
};

struct variable {
	const char *name, *label, *question;
	enum variable_type type;
	enum variable_level level;
	const char *polarity;          /* higher_better, higher_worse or NULL */
	const struct code_list *codes; /* NULL where it has none */
	unsigned missing;              /* bit 1 << reason for each reason allowed here */
	bool has_min, has_max;
	double min, max;     /* numbers; dates as days since 1970-01-01 */
	const char *pattern; /* POSIX extended, of the whole cell; NULL: none */
	regex_t compiled;    /* where pattern is not NULL */
	bool required, unique;
	const char *asked_if; /* expression; NULL: asked of everybody */
	const char *unit, *instrument, *item;
	enum variable_role role;
	enum variable_disclosure disclosure;
	enum variable_treat treat;
	int top, bottom;           /* of TREAT_TOP, TREAT_BOTTOM and TREAT_ENDS */
	const char *bands;         /* of TREAT_BANDS: the lower ends, "0 18 22" */
	const char *place_level;   /* of TREAT_LEVEL: a kind of place in places.csv */
	struct recoding microdata; /* of the analysis table's answers, in a file of records */
	const char *domain, *waves, *note;
	size_t line; /* in variables.csv */
};

enum rule_severity { RULE_REJECT, RULE_WARN, RULE_NOTE };

struct rule {
	const char *name;
	enum rule_severity severity; /* reject: the row is set aside */
	const char *when;            /* expression; NULL: always */
	const char *require;         /* expression */
	const char *message;
	double limit; /* per cent of the rows judged that may break it; NaN: none */
	const char *waves;
	size_t line; /* in rules.csv */
};

/* By what a column of an export is known. */
enum header_match {
	HEADER_NAME,      /* its name in the row of names */
	HEADER_PATH,      /* question, or "question | option", in the words of the header rows */
	HEADER_IMPORT_ID, /* the platform's id for it */
	HEADER_MATCH_COUNT,
};

struct header_value {
	const char *exported, *code;
};

/* One column of an export. */
struct header {
	const char *profile, *header;
	enum header_match match;
	size_t variable;                   /* index */
	const char *option;                /* of type codes: the code whose box this column is; NULL: no box */
	const struct header_value *values; /* what texts in this column stand for: "1=yes; 2=no" */
	size_t value_count;
	const char *ticked, *unticked; /* what the box holds, where it is not as the platform has it; NULL */
	size_t line;                   /* in headers.csv */
};

struct dictionary {
	const char *folder;
	const struct variable *variables;
	size_t variable_count;
	const struct code_list *lists;
	size_t list_count;
	const struct rule *rules;
	size_t rule_count;
	const struct header *headers;
	size_t header_count;
	struct dictionary_private *private; /* look-ups and strings */
};

/* `areas` is the study's scope of place codes, `area_count` 0 for none: it is what the code list `places` holds.
 * The caller frees *dictionary with dictionary_free(). */
bool dictionary_load(struct dictionary **dictionary, const char *folder, const char *places_path, char *const *areas,
                     size_t area_count, struct error *err);
void dictionary_free(struct dictionary *dictionary); /* accepts NULL */

/* NULL where there is none. */
const struct variable *dictionary_variable(const struct dictionary *dictionary, const char *name);
const struct variable *dictionary_role(const struct dictionary *dictionary, enum variable_role role);

/* Whether it has a text that is redacted. */
bool dictionary_redacts(const struct dictionary *dictionary);

/* What tells the rows apart that one key has in one wave: the instance of a repeated form, or the imputation. NULL:
 * nothing does. */
const struct variable *dictionary_repeat(const struct dictionary *dictionary);

/* What a column is under a profile, by the names it has in the export (NULL: none of that kind): the row of headers.csv
 * in *header, NULL where there is none; and the variable, which without a row is the one of the column's own name,
 * unless the profile has a row for that variable. NULL: no variable. */
const struct variable *dictionary_header(const struct dictionary *dictionary, const char *profile,
                                         const char *const names[HEADER_MATCH_COUNT], const struct header **header);

/* The code that an exported text stands for in a list, or as a missing code of every variable (list `any`). Exact;
 * NULL: none. */
const struct code *dictionary_code(const struct dictionary *dictionary, const struct code_list *list,
                                   const char *exported);

/* How many bytes the longest code, spelling or label of a list has. */
size_t dictionary_longest(const struct dictionary *dictionary, const struct code_list *list);

/* A code or label near to `exported` that may have been meant, or NULL. */
const char *dictionary_near_code(const struct dictionary *dictionary, const struct code_list *list,
                                 const char *exported);

/* The code of the place of a kind (region, country) that a place is in by the parents of places.csv, or that it is, and
 * its name in *name; NULL: none. */
const char *dictionary_place_above(const struct dictionary *dictionary, const char *code, const char *kind,
                                   const char **name);

const struct code_list *dictionary_list(const struct dictionary *dictionary, const char *name);

/* The words of the closed lists, as they stand in the CSV and in every stage file. */
/* Small letters, digits and _, and none of the columns that stage files have of themselves: row, respondent, area and
 * the like. The variable with the role of the area may be named area, that of the weight weight. */
bool variable_can_be_named(const char *name);

const char *variable_type_word(enum variable_type type);
const char *variable_level_word(enum variable_level level);
const char *variable_role_word(enum variable_role role);
const char *variable_disclosure_word(enum variable_disclosure disclosure);
const char *variable_treat_word(enum variable_treat treat);
const char *missing_reason_word(enum missing_reason reason);
bool missing_reason_read(const char *word, enum missing_reason *reason);

/* Why something is missing that is made of several answers: the reason that those missing share, not_answered where
 * they differ. One by one, beginning with MISSING_NONE, which no answer changes. */
enum missing_reason missing_reason_shared(enum missing_reason shared, enum missing_reason reason);

/* Record variables.csv, codes.csv and rules.csv as inputs of a stage file under way. */
struct store;
bool dictionary_record(const struct dictionary *dictionary, struct store *store, struct error *err);

#endif
