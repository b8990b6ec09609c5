/* The key of Jisc Online Surveys: what questions and option codes mean. */
#ifndef DESCRIBE_JISC_H
#define DESCRIBE_JISC_H

#include "questionnaire_build.h"

/* Two columns without a header: a question ("Q5","text"), and below it its options ("1","Botswana"), which belong to it
 * by their place alone. `choices` is not used. */
bool jisc_read(struct questionnaire_build *build, const char *path, const char *choices, struct error *err);

#endif
