/* An XLSForm, the form of ODK and KoboToolbox: its sheets survey and choices, each saved as CSV. */
#ifndef DESCRIBE_XLSFORM_H
#define DESCRIBE_XLSFORM_H

#include "questionnaire_build.h"

/* `choices` may be NULL where no question has a list. Labels are the English ones where there are any, else those
 * without a language, else those of the first. */
bool xlsform_read(struct questionnaire_build *build, const char *path, const char *choices, struct error *err);

#endif
