/* Answers that name a place: one that exists and is not in the study, or that was closed before the survey. */
#ifndef VALIDATE_FOREIGN_H
#define VALIDATE_FOREIGN_H

#include "answer.h"
#include "dictionary.h"
#include "error.h"
#include "exported.h"

#include <stdbool.h>

struct foreign;

/* `places_path` is of places.csv; `date`, borrowed, is the study's. */
bool foreign_new(struct foreign **foreign, const struct dictionary *dictionary, const char *places_path,
                 const char *date, struct error *err);
void foreign_free(struct foreign *foreign); /* accepts NULL */

/* What answer_read made of the row's cell of `variable`, judged again; accepts NULL, which judges nothing. Other than
 * variables of places are left alone. The day that counts is the row's answer to the variable with the role date, else
 * the study's. What is suggested is an area of the study: the place that took over, else the one that holds the place;
 * it lives as long as `foreign`. */
void foreign_judge(const struct foreign *foreign, struct answer *answer, const struct variable *variable,
                   const struct exported_row *row);

#endif
