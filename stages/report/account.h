/* What became of every row: the one reading that all tables of rows are made from. */
#ifndef CANVASS_REPORT_ACCOUNT_H
#define CANVASS_REPORT_ACCOUNT_H

#include "view.h"

#include <stdbool.h>
#include <stddef.h>

/* The ways of a row, in the order of account.sql's columns. */
enum account_way {
	WAY_ACCEPTED,
	WAY_SET_ASIDE,
	WAY_DUPLICATE,
	WAY_PREVIEW,
	WAY_WITHDRAWN,
	WAY_UNREADABLE,
	WAYS,
};

const char *account_way_words(enum account_way way); /* set aside */

/* "set aside" of its status set_aside; the status itself where it is none. Borrowed. */
const char *account_status_words(const char *status);

struct account_line {
	size_t file;             /* from 0 */
	const char *area, *wave; /* codes; "" where not known; the wave of `waves` only */
	size_t area_rank, wave_rank;
	long long rows[WAYS];
};

struct account_file {
	const char *name;
	long long read; /* rows, readable or not, as ingest counted them */
};

struct account {
	struct account_file *files;
	size_t file_count;
	struct account_line *lines; /* by file and area */
	size_t count;
	struct account_line *waves; /* by wave and area; none where the study has no waves */
	size_t wave_count;
	struct mem_arena *texts;
};

/* ERROR_FAULT where rows are not all accounted for: by file, and by wave. Release with account_free(), also where this
 * fails. */
bool account_load(struct account *account, const struct view *view, struct error *err);
void account_free(struct account *account);

void account_add(long long to[WAYS], const long long rows[WAYS]);
long long account_sum(const long long rows[WAYS]);
bool account_has_many_areas(const struct account *account); /* more than a reader takes in at a glance */
long long account_read(const struct account *account);      /* the rows of all files */

/* Whether a row of this way can count at all: not a copy, a preview, somebody who withdrew. */
long long account_counted(const long long rows[WAYS]);

#endif
