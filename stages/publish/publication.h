/* What a release is made from: the withheld results, read once, with the audit's leave to print them. */
#ifndef CANVASS_PUBLISH_PUBLICATION_H
#define CANVASS_PUBLISH_PUBLICATION_H

#include "universe.h"
#include "error.h"
#include "provenance.h"
#include "study.h"

#include <stdbool.h>
#include <stddef.h>

/* An input of withheld.db. Restricted: only its hash keyed with the study's key may be printed. */
struct publication_input {
	char *role;
	char sha256[PROVENANCE_HASH_SIZE];
};

/* An item of the policy, such as threshold and 10: the rows of pipeline/sql/withhold/policy.sql. */
struct publication_item {
	char *item, *value;
};

/* A file of records that is public: the folder that deposit made, of what the audit's attacker held. */
struct publication_records {
	char *dataset, *folder;
	char *manifest; /* as it was when the audit was asked about it */
};

struct publication {
	struct study *study;
	struct universe *universe;      /* withheld: only what may be shown */
	struct publication_item *items; /* what readers are told of the policy, by name */
	size_t item_count;
	char *symbol;     /* what stands in a table for a hidden figure: [c] */
	char *hidden;     /* what it says */
	char *protection; /* in a few sentences, below every table: what is hidden, how numbers are rounded */
	struct publication_input *inputs; /* withheld.db first */
	size_t input_count;
	char *key; /* the study's; NULL: it has none */
	struct publication_records *records;
	size_t record_count;
};

/* `records`: DATASET=FOLDER each. ERROR_REFUSED where the audit did not pass, was made of another withheld.db or
 * without these records, or a hidden line still carries a number. The caller frees *publication with
 * publication_free(). */
bool publication_load(struct publication **publication, const char *study, const char *withheld, const char *audited,
                      char *const *records, size_t record_count, struct error *err);
void publication_free(struct publication *publication); /* accepts NULL */

/* The value of an item of the policy; NULL: the policy has none. */
const char *publication_told(const struct publication *publication, const char *item);

/* The part of the policy that is restricted, as a hash keyed with the study's key; "" where the study has none. */
void publication_policy_hash(char hash[PROVENANCE_HASH_SIZE], const struct publication *publication);

/* The words that label every output of a synthetic study; NULL where the data are real. */
const char *publication_synthetic(const struct publication *publication);

#endif
