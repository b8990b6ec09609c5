/* REDCap's data dictionary: the file of 18 columns, or what its API gives as metadata. */
#ifndef DESCRIBE_REDCAP_H
#define DESCRIBE_REDCAP_H

#include "questionnaire_build.h"

/* Besides the fields, an export has a column FORM_complete for each form, and FORM_timestamp where the form is a
 * survey: they are entries too. `choices` is not used. */
bool redcap_read(struct questionnaire_build *build, const char *path, const char *choices, struct error *err);

#endif
