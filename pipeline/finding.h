/* What ingest and validate find: data about the data. The table in finding.c gives each code its words. */
#ifndef CANVASS_FINDING_H
#define CANVASS_FINDING_H

#include "error.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

/* What becomes of the thing that the finding is about. */
enum severity {
	SEVERITY_REJECT, /* the row is set aside */
	SEVERITY_BLANK,  /* the cell is set to missing, reason unusable */
	SEVERITY_WARN,   /* kept; a person decides */
	SEVERITY_NOTE,   /* kept; worth knowing */
	SEVERITY_COUNT,
};

enum finding_code {
	FINDING_NONE,
	/* file, header, row, privacy and wave: ingest */
	FINDING_FILE_BYTE_ORDER_MARK,
	FINDING_FILE_LINE_ENDS,
	FINDING_FILE_CONVERTED,
	FINDING_FILE_PREAMBLE,
	FINDING_FILE_MOJIBAKE,
	FINDING_FILE_CHARACTER_LOST,
	FINDING_HEADER_COLUMN_UNKNOWN,
	FINDING_HEADER_COLUMN_MISSING,
	FINDING_HEADER_DUPLICATE,
	FINDING_HEADER_BLANK,
	FINDING_HEADER_HIDDEN,
	FINDING_ROW_FIELDS,
	FINDING_ROW_BLANK,
	FINDING_ROW_QUOTE_OPEN,
	FINDING_ROW_QUOTE_STRAY,
	FINDING_ROW_ENCODING,
	FINDING_ROW_CONTROL,
	FINDING_ROW_LENGTH,
	FINDING_ROW_HEADER_REPEAT,
	FINDING_ROW_PREVIEW,
	FINDING_ROW_INCOMPLETE,
	FINDING_ROW_REJECTED,
	FINDING_ROW_UNDECRYPTED,
	FINDING_ROW_ELSEWHERE,
	FINDING_CELL_LINE_END,
	FINDING_PRIVACY_COLUMN,
	FINDING_PRIVACY_CONTACT,
	FINDING_WAVE_COLUMN_GONE,
	FINDING_WAVE_COLUMN_NEW,
	FINDING_WAVE_LABEL_CHANGED,
	FINDING_WAVE_CODE_NEW,
	FINDING_WAVE_SHIFT,
	FINDING_WAVE_NONRESPONSE,
	/* cells: validate */
	FINDING_CELL_SPACE,
	FINDING_CELL_TYPE,
	FINDING_CELL_RANGE,
	FINDING_CELL_PATTERN,
	FINDING_CELL_CODE,
	FINDING_CELL_CODE_CASE,
	FINDING_CELL_LABEL,
	FINDING_CELL_DATE,
	FINDING_CELL_MISSING_UNLISTED,
	FINDING_CELL_MISSING_DECLARED,
	FINDING_CELL_MULTI_EXCLUSIVE,
	FINDING_CELL_DIGIT,
	FINDING_CELL_NOT_FINITE,
	FINDING_CELL_NUMBER_FORMAT,
	FINDING_CELL_EXCEL_NUMBER,
	FINDING_CELL_EXCEL_DATE,
	FINDING_CELL_EXCEL_ERROR,
	FINDING_CELL_EXCEL_ZEROS,
	FINDING_CELL_DATE_AMBIGUOUS,
	FINDING_CELL_DATE_IMPOSSIBLE,
	FINDING_CELL_DATE_SENTINEL,
	FINDING_CELL_HIDDEN_CHARACTER,
	FINDING_CELL_FORMULA,
	/* rows and keys: validate */
	FINDING_REQUIRED,
	FINDING_KEY_DUPLICATE_ROW,
	FINDING_KEY_CONFLICT,
	FINDING_UNIQUE,
	FINDING_KEY_NEAR,
	FINDING_KEY_FOREIGN_CLOSED,
	FINDING_KEY_FOREIGN_OUTSIDE,
	FINDING_ROW_NO_ANSWERS,
	FINDING_WITHDRAWN,
	FINDING_ROUTE_UNEXPECTED,
	FINDING_ROUTE_UNANSWERED,
	FINDING_ROUTE_REASON,
	FINDING_RULE_BROKEN,
	FINDING_RULE_UNKNOWABLE,
	FINDING_PERSON_FAST,
	FINDING_PERSON_STRAIGHT_LINE,
	FINDING_PERSON_MISSING_MOST,
	FINDING_PERSON_DUPLICATE_ANSWERS,
	/* instruments: validate */
	FINDING_SCALE_REVERSED,
	FINDING_SCALE_ALPHA,
	FINDING_SCALE_SHIFTED,
	FINDING_COUNT,
};

/* The sections of docs/findings.md. */
enum finding_group {
	GROUP_FILES,
	GROUP_ROWS,
	GROUP_WAVES,
	GROUP_ANSWERS,
	GROUP_KEYS,
	GROUP_ROUTES,
	GROUP_PERSONS,
	GROUP_SCALES,
	FINDING_GROUP_COUNT,
};

struct finding_kind {
	const char *code; /* stable: never reused for another meaning */
	enum severity severity;
	enum finding_group group;
	bool retired;      /* no stage makes it any more */
	const char *title; /* what was found */
	const char *cause; /* how it comes about, a sentence */
	const char *cure;  /* what to do, a sentence */
};

/* The words of a code; of FINDING_NONE or beyond the table it is our mistake and asserted. */
const struct finding_kind *finding_kind(enum finding_code code);
bool finding_read_code(const char *word, enum finding_code *code); /* false: no such code, *code as it was */

/* The code that `word` may have been meant for, or NULL. */
const char *finding_nearest_code(const char *word);

const char *severity_word(enum severity severity); /* reject, blank, warn, note */
bool severity_read(const char *word, enum severity *severity);

const char *finding_group_word(enum finding_group group); /* files, rows, ... scales: as the page names its tables */

/* One finding. Texts are borrowed until finding_store_add returns. */
struct finding {
	enum finding_code code;
	enum severity severity; /* the kind's own, or a rule's */
	long long source;       /* 0: none */
	long long row;          /* 0: no row of the table */
	size_t line, record;    /* 0: not about one */
	const char *variable;   /* or header name; NULL */
	const char *rule;       /* NULL */
	const char *key;        /* the row's key as it came; NULL. Restricted */
	const char *wave;       /* which of the rows of that key: its wave, and its instance of a repeated form, as */
	const char *repeat;     /* they came; NULL or blank: it may be the only one. Not stored */
	const char *value;      /* the cell as it came; NULL. Restricted */
	const char *expected;   /* in the dictionary's words; NULL */
	const char *suggestion; /* NULL */
	size_t occurrences;     /* at least 1 */
};

enum { FINDING_IDENTITY_SIZE = 13 };

/* What decisions.csv calls a finding by: 12 hexadecimal digits, the first a letter, of SHA-256 over dataset, source
 * name, code, rule, variable, the row's key or, without one, its line, the value, and which of the key's rows. So a
 * decision outlives rows that come and go, but not a change of the answer it was made about. Findings about a repeated
 * key count the line too: the key is what their rows share. `source_name` is the export's path as the config has it;
 * NULL: not about one export. */
void finding_identity(char identity[FINDING_IDENTITY_SIZE], const char *dataset, const char *source_name,
                      const struct finding *finding);

/* The same digits of other bytes: of what tells one thing found from all others. */
void finding_identity_of(char identity[FINDING_IDENTITY_SIZE], const void *bytes, size_t length);

/* What follows the colon where a decision or a limit names a code and one thing: the rule's name where there is a rule
 * (rule-broken:consent_first), else the variable's (cell-range:age); NULL where there is neither. Borrowed. */
const char *finding_subject(const struct finding *finding);

/* Writes findings into the table `finding` (schema/finding.sql) of a stage file under way, in the order in which they
 * are added, each with its identity. */
struct finding_store;
bool finding_store_new(struct finding_store **findings, struct store *store, const char *dataset, struct error *err);
bool finding_store_add(struct finding_store *findings, const char *source_name, const struct finding *finding,
                       struct error *err);
void finding_store_free(struct finding_store *findings); /* accepts NULL; before the store is closed */

#endif
