/* A file of records that everybody may have, as whoever has it reads it: what each record says of each variable, in the
 * codes that the tables are made of. */
#ifndef CANVASS_AUDIT_RECORD_FILE_H
#define CANVASS_AUDIT_RECORD_FILE_H

#include "error.h"
#include "mem.h"
#include "provenance.h"
#include "store.h"

#include <stdbool.h>
#include <stddef.h>

enum record_kind {
	RECORD_CODE,   /* one of a list */
	RECORD_CODES,  /* several of one: texts */
	RECORD_NUMBER, /* or a band of numbers */
	RECORD_TEXT,
};

enum record_kind record_kind_of(const char *type);

enum record_state {
	RECORD_GIVEN,
	RECORD_MISSING,
	RECORD_BLANKED,
	RECORD_UNKNOWN, /* the file does not have it, and it does not follow from what the file has */
};

struct record_value {
	enum record_state state;
	size_t code;       /* of RECORD_CODE: a place in the variable's codes */
	double low, high;  /* of RECORD_NUMBER: apart where the file says from where to where it is */
	const char *text;  /* of RECORD_CODES and RECORD_TEXT; of what is missing: the reason */
};

/* A code of the file: the answers that it stands for. */
struct record_code {
	const char *name;
	size_t first, count; /* in meant */
	double low, high;    /* of a band of numbers: its ends */
};

struct record_variable {
	const char *name;
	enum record_kind kind;
	bool area;
	bool whole;           /* its numbers are */
	bool hides_missing;   /* what was blanked may have been missing */
	bool follows;         /* the file does not have it; some values follow from what it has */
	bool outside;         /* nor does anything follow */
	const char *definition; /* of the study's own derived ones a digest; NULL: not known */
	double least, most;   /* what the file may hold; NaN: open */
	const char **answers; /* codes of the tables, each once */
	size_t answer_count, answer_capacity;
	struct record_code *codes;
	size_t *meant; /* places in answers */
	size_t code_count, code_capacity, meant_count, meant_capacity;
	struct record_value *values; /* by record; NULL: nothing is known of anybody */
};

struct record_file {
	const char *dataset;
	struct record_variable *variables;
	size_t variable_count, variable_capacity, count; /* count: of records */
	struct mem_arena *strings;
	/* the same of the same records alone, whoever wrote them down; and of the same that follows from them */
	char digest[PROVENANCE_HASH_SIZE], digest_of_all[PROVENANCE_HASH_SIZE];
};

/* What anonymise wrote. The caller frees *file with record_file_free(). */
bool record_file_read(struct record_file **file, const char *dataset, struct store *anonymised, struct error *err);

/* What an earlier release made public, from the ledger. */
bool record_file_recall(struct record_file **file, const char *dataset, struct store *ledger, long long release,
                        struct error *err);
void record_file_free(struct record_file *file); /* accepts NULL */

/* NULL where there is none. */
struct record_variable *record_file_variable(const struct record_file *file, const char *name, size_t length);

/* A variable that the file does not have; nothing is known of anybody's answer. */
struct record_variable *record_file_outside(struct record_file *file, const char *name, size_t length);

/* The place of an answer; one that is not there yet is added. */
size_t record_variable_answer(struct record_file *file, struct record_variable *variable, const char *code,
                              size_t length);

#endif
