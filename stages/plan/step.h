/* The steps of the chain, and for each the slice that make depends on: the part of the config that the step reads, and
 * the SHA-256 of every file that it reads and of its program. */
#ifndef CANVASS_PLAN_STEP_H
#define CANVASS_PLAN_STEP_H

#include "error.h"
#include "stamp.h"
#include "study.h"
#include "text.h"

#include <stdbool.h>

/* Where things are; borrowed. */
struct surroundings {
	const char *config;   /* the study's config, as it was named */
	const char *exports;  /* the folder of the exports */
	const char *programs; /* the folder of the stage programs */
	const char *shared;   /* the folder of places.csv, instruments/ and platforms/ */
	const char *steward;  /* steward/STUDY: decisions.csv, roster.csv and ledger.sqlite, where they are there */
};

/* Write OUTPUT/STEP.yaml or OUTPUT/DATASET/STEP.yaml for every step, each only where it changed. `scanned`: one flag a
 * dataset, set where it has a text that is redacted. */
bool steps_write(bool *scanned, struct study *study, const struct surroundings *around, struct stamps *stamps,
                 const char *output, struct error *err);

#endif
