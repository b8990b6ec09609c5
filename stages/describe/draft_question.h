/* One question into the draft: a column, the rows of a matrix, or boxes. */
#ifndef DESCRIBE_DRAFT_QUESTION_H
#define DESCRIBE_DRAFT_QUESTION_H

#include "drafting.h"

void draft_question(const struct drafting *in, const struct question *question);

#endif
