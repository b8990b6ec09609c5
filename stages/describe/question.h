/* Columns put together as the questions that were asked: one column, the rows of a matrix, or the boxes of a question
 * that takes several answers. */
#ifndef DESCRIBE_QUESTION_H
#define DESCRIBE_QUESTION_H

#include "questionnaire.h"
#include "gather.h"
#include "platform.h"

#include <stdbool.h>
#include <stddef.h>

enum question_kind { QUESTION_SINGLE, QUESTION_MATRIX, QUESTION_BOXES };

/* One column of it. Texts are the questions' own. */
struct question_part {
	size_t column;                 /* of gathered */
	const char *option;            /* as the platform calls the box; NULL of a single question */
	const char *label;             /* the option in words; NULL: the option */
	const char *ticked, *unticked; /* of boxes: what they hold, where it is not as the platform has it; NULL */
};

struct question {
	enum question_kind kind;
	const char *name;                        /* what the platform calls it; of boxes, without their options */
	const char *text;                        /* what is asked; "" where the export does not say */
	const struct questionnaire_entry *entry; /* NULL: the questionnaire does not know it */
	struct question_part *parts;
	size_t count;
	bool other; /* "other, please specify": free text */

	/* Of boxes: the column that holds their answers together as codes. It is drafted in the boxes' place. */
	bool has_summary;
	size_t summary;
};

struct questions {
	struct question *questions; /* in the order of their first columns */
	size_t count;
	size_t left_out; /* columns that say again what others say */
	struct mem_arena *texts;
};

/* `questionnaire` NULL: there is none. Columns that are dropped, or that nothing tells apart, are in no question. The
 * caller frees *questions with questions_free(). */
void questions_find(struct questions **questions, const struct gathered *gathered, const struct platform *platform,
                    const struct questionnaire *questionnaire);
void questions_free(struct questions *questions); /* accepts NULL */

/* A header such as "edu1. What is your highest qualification?" or "lang[SQ001]. Which languages? [French]" in its
 * parts: the code, the words and the option. False: it is not of that form. Each is freed with free(). */
bool question_split(const char *header, char **code, char **words, char **option);

#endif
