/* Faults as exports have them, planted in made-up ones: a few of every kind that validate knows and a chain may let
 * through. */
#ifndef CANVASS_SYNTHESISE_FAULT_H
#define CANVASS_SYNTHESISE_FAULT_H

#include "error.h"
#include "person.h"
#include "sheet.h"

#include <gsl/gsl_rng.h>
#include <stdbool.h>

/* Each fault gets a row of its own, so that none hides another. A kind for which the dictionary has no place (a pattern
 * where no variable has one) is left out; too few respondents for the others are an error. */
bool faults_plant(struct sheets *sheets, struct people *people, gsl_rng *rng, struct error *err);

#endif
