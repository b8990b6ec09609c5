/* The rows that something found by ingest, or the steward's word on it, sets aside. */
#ifndef VALIDATE_SENTENCES_H
#define VALIDATE_SENTENCES_H

#include "error.h"
#include "finding.h"
#include "judging.h"

struct sentences;

/* Take ingest's findings over into the file under way, and from them who is set aside. */
bool sentences_take(struct sentences **sentences, const struct judging *judging, struct error *err);
void sentences_free(struct sentences *sentences); /* accepts NULL */

/* For which finding a row is set aside; FINDING_NONE: for none. Rows are asked for in their order, from the first
 * again after sentences_rewind. Of several the one that says most, of those alike the first. */
enum finding_code sentences_of(struct sentences *sentences, long long row);
void sentences_rewind(struct sentences *sentences);

/* How much a reason says: 0 none; 1 that something is wrong with the row; 2 that the platform says it does not count;
 * 3 that it is nobody's response. */
int sentence_weight(enum finding_code reason);

#endif
