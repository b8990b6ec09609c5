/* What a codebook says of a dataset, arranged once from its dictionary and its config. Every format is written from
 * this, and from nothing else: no answer of anybody is read. */
#ifndef CANVASS_CODEBOOK_FACTS_H
#define CANVASS_CODEBOOK_FACTS_H

#include "dictionary.h"
#include "study.h"

#include <stdbool.h>
#include <stddef.h>

/* What is said of each variable besides its name, label and question, in the order in which it is said. */
enum fact {
	FACT_TYPE,
	FACT_LEVEL,
	FACT_POLARITY,
	FACT_UNIT,
	FACT_LIST,
	FACT_LEAST,
	FACT_MOST,
	FACT_PATTERN,
	FACT_MISSING,
	FACT_REQUIRED,
	FACT_UNIQUE,
	FACT_ASKED_IF,
	FACT_WAVES,
	FACT_INSTRUMENT,
	FACT_ITEM,
	FACT_DOMAIN,
	FACT_ROLE,
	FACT_DISCLOSURE,
	FACT_KEPT,
	FACT_COUNT,
};

/* A fact's column in codebook.csv, and what it is called for people. */
const char *fact_column(enum fact fact);
const char *fact_heading(enum fact fact);

/* Cells are rows of as many texts as there are headings, each row after the other. */
struct facts_table {
	char *caption;
	const char *const *headings;
	size_t columns, rows;
	char **cells;
	size_t capacity;
	bool links; /* the first cell of each row names a variable */
};

struct facts_variable {
	const struct variable *variable;
	const char *question;    /* NULL: none, or an instrument's, whose wording may be licensed */
	char *value[FACT_COUNT]; /* in the dictionary's own words; NULL: nothing to say */
	char *words[FACT_COUNT]; /* for people; NULL: nothing to say */
	struct code *codes;      /* the answers of its list in their order, then what says why there is none */
	size_t code_count;
	struct facts_table table; /* the same for people; no rows where there are no codes */
	bool named;               /* the answers are not among the codes: all places, which the list names */
	char **columns;           /* of exports, that fill it: for people */
	size_t column_count;
};

/* A part of the codebook: variables of one domain, or tables. */
struct facts_section {
	char *id;
	const char *heading, *words; /* words: NULL for none */
	size_t *members;             /* indices of variables */
	size_t member_count;
	struct facts_table *tables;
	size_t table_count, table_capacity;
};

struct facts {
	const struct study *study;
	const struct study_dataset *dataset;
	const struct dictionary *dictionary;
	struct facts_variable *variables; /* in the dictionary's order */
	size_t variable_count;
	struct facts_section *sections;
	size_t section_count, section_capacity;
	const struct variable *identity[3]; /* key, wave, repeat: what together tells one row from every other */
	size_t identity_count;              /* 0: no variables do */
};

/* All three are borrowed, and outlive the facts. Free with facts_free(). */
struct facts *facts_new(const struct study *study, const struct study_dataset *dataset,
                        const struct dictionary *dictionary);
void facts_free(struct facts *facts); /* accepts NULL */

/* Fill value and words of a variable, whose other parts and the identity are there. */
void facts_say(struct facts_variable *said, const struct facts *facts);

/* Whether two rows may share the variable's answer without being the same. */
bool facts_is_unique(const struct facts *facts, const struct variable *variable);

/* A reason for missing, for people: not asked. */
const char *facts_reason(enum missing_reason reason);

/* The rows of a table, one after the other. A cell that is NULL is empty. */
void facts_table_add(struct facts_table *table, const char *const *cells);

#endif
