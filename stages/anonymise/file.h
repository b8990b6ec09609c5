/* A file of records in memory: the columns of the analysis table that leave, and then what becomes of them. */
#ifndef CANVASS_ANONYMISE_FILE_H
#define CANVASS_ANONYMISE_FILE_H

#include "dictionary.h"
#include "error.h"
#include "mem.h"
#include "store.h"
#include "study.h"

#include <stdbool.h>
#include <stddef.h>

/* What the file does to a variable beyond what the analysis table did. */
enum file_treatment {
	FILE_KEPT,
	FILE_DROPPED,
	FILE_BANDS,
	FILE_TOP,
	FILE_BOTTOM,
	FILE_BROADER,
	FILE_AVERAGED, /* of weights: means of several records */
};
const char *file_treatment_word(enum file_treatment treatment);

struct file_code {
	const char *code, *label;
	const char *broader;     /* the code that the file merges it into; NULL: none */
	const char **stands_for; /* codes of the analysis table */
	size_t stands_for_count;
};

struct column {
	const char *name, *label, *question, *type, *level, *unit, *polarity, *domain, *role; /* NULL: none */
	const char *stored; /* its column of the table respondents */
	bool derived, bounded[2], leaves;
	double least, most; /* where bounded */
	const char *wish;   /* the dictionary's word for the file: bands:16 25, broader; NULL: none */
	enum file_treatment treatment;
	double bottom, top; /* NaN: none */
	size_t key;         /* its place among the keys, from 1; 0: none */
	bool sensitive, asked_for;
	struct file_code *codes; /* code c is codes[c - 1]; none: a number or a text */
	size_t code_count;
	const char **texts; /* of a text: value v is texts[v - 1], in their order */
	size_t text_count;
	double *values; /* by record; NaN: missing */
	double *before;  /* as the analysis table has them, with its codes */
	struct analysed {
		const char *type, **codes;
		bool bounded[2];
		double least, most;
	} analysed; /* the same of what recoding changes */
	double *recoded; /* as the file would have them with nothing blanked */
	unsigned char *reasons, *reasons_before; /* enum missing_reason */
};

/* A variable that does not leave, and why. */
struct held_back {
	const char *variable, *why;
};

/* A value that was blanked, or a reason that was. */
struct blanked {
	size_t record, column;
	const char *cause; /* the key whose value was blanked, which this one tells; NULL: the demands */
};

struct file {
	const struct study_microdata *entry;
	const char *config, *unit, *plural;
	struct column *columns; /* all of the analysis table; `leaves` says which stay */
	size_t column_count, record_count;
	size_t *people;             /* by record: whose it is, from 0 */
	size_t person_count;
	double *weights;            /* by record: how many it stands for; NULL: each itself, and the config says nothing */
	struct held_back *held;
	size_t held_count, held_capacity;
	struct blanked *blanked;
	size_t blanked_count, blanked_capacity;
	unsigned long long *lots;  /* by record: its own secret; NULL: none */
	unsigned long long secret; /* that nobody knows who does not hold the analysis table */
	struct mem_arena *strings;
};

/* Read deidentified.db. Names of the config that are no variables of it are an ERROR_CONFIG. Free with file_free(). */
bool file_load(struct file **file, const struct study_microdata *entry, struct store *deidentified, const char *config,
               struct error *err);
void file_free(struct file *file); /* accepts NULL */

/* NULL: none of that name. */
struct column *file_column(const struct file *file, const char *name);

/* Whether the column holds positions of codes or of texts. */
bool column_is_coded(const struct column *column);

/* Let a column not leave. */
void file_hold_back(struct file *file, struct column *column, const char *why);

/* Place an error that was just set at `key` of the entry. Returns false. */
bool file_locate(const struct file *file, struct error *err, const char *key);

#endif
