/* The exports, read once: which columns there are, and what the cells of each are like. */
#ifndef DESCRIBE_GATHER_H
#define DESCRIBE_GATHER_H

#include "cells.h"
#include "dictionary.h"
#include "platform.h"
#include "sheet.h"

#include <stdbool.h>
#include <stddef.h>

/* A column of one export or of several. */
struct gather_column {
	const struct sheet_column *sheet; /* of the first export that has it */
	enum header_match match; /* by what it is known: the platform's id, its name, its path; see choose_match */
	const char *header;      /* NULL: nothing tells it apart */
	const struct platform_column *own; /* the platform's own; NULL: a question */
	size_t rows;                       /* of the exports that have it */
	unsigned reasons;          /* bit 1 << reason for each that the platform's own texts give in its cells */
	struct cells cells;        /* empty of a column that the platform's profile drops */
	struct cells_set declared; /* what an SPSS file declares missing, and some cell holds */
};

struct gathered {
	struct gather_column *columns; /* in the order of the first export, then of the next */
	size_t count;
	size_t rows, blank_rows, unreadable; /* rows with an answer; without any; damaged or of another width */
	size_t nameless, twins;              /* columns that nothing tells apart: without a header; with the same */
	const char *encoding;                /* of the first file that is not in UTF-8, by no mark of its own; NULL */
	struct gather_private *private;
};

/* `options` as sheet_open takes them. The caller frees *gathered with gather_free(). */
bool gather(struct gathered **gathered, const struct platform *platform, const struct sheet_options *options,
            char *const *paths, size_t count, struct error *err);
void gather_free(struct gathered *gathered); /* accepts NULL */

/* Whether the SPSS file of the column declares a value missing. */
bool gather_is_declared(const struct spss_variable *variable, const char *text);

#endif
