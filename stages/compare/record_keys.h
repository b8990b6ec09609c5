/* Record keys, where the policy perturbs counts by cell keys: of each respondent a number that is fixed for ever and that
 * nobody outside knows, so that the same people are changed alike in every table and every release.
 *
 * It is had from the pseudonym, which is itself a hash of the person's id keyed with the study's key. */
#ifndef CANVASS_COMPARE_RECORD_KEYS_H
#define CANVASS_COMPARE_RECORD_KEYS_H

#include "dataset.h"
#include "error.h"

#include <stdbool.h>

/* From 0 to UNIVERSE_KEYS - 1. */
unsigned char record_key_of(const char *pseudonym);

/* Fill dataset->keys, in the order of the respondents. An ERROR_CONFIG where the dataset has no key variable, or some
 * respondent has no id. */
bool record_keys_read(struct dataset *dataset, struct error *err);

#endif
