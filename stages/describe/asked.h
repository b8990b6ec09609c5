/* Who is asked a question: the platform's condition over the names of the draft. */
#ifndef DESCRIBE_ASKED_H
#define DESCRIBE_ASKED_H

#include "draft.h"

/* Give each variable that is drafted from an entry its asked_if, where the expression compiles over the variables as
 * they were drafted; where it does not, the variable's note says so. `questionnaire` NULL: nothing to do. Texts go into
 * `texts`. */
void asked_set(struct draft *draft, const struct questionnaire *questionnaire, struct mem_arena *texts);

#endif
