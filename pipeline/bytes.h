/* A file as UTF-8 text, a block at a time: unpacked where it is gzip, converted from the encoding that it is in.
 *
 * A byte order mark decides the encoding; else the one that is declared; else it is UTF-8, or refused. Nothing is
 * guessed. The mark itself is not handed on. */
#ifndef CANVASS_BYTES_H
#define CANVASS_BYTES_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

struct bytes;

/* The largest file that is read, unpacked: 16 GiB. A packed file of a few megabytes can hold more than any disk. */
#define BYTES_LIMIT 17179869184LL

struct bytes_options {
	const char *encoding; /* a name that iconv knows, such as windows-1252; NULL: UTF-8 */
	long long limit;      /* of unpacked bytes; 0: BYTES_LIMIT */
};

/* What the file turned out to be. */
struct bytes_account {
	bool gzip;
	bool mark;            /* it begins with a byte order mark */
	const char *encoding; /* UTF-8, UTF-16LE, ..., or as declared; borrowed */
};

/* `options` may be NULL. A file that is missing, empty or no text (zip, xlsx, sav, pdf, a web page, an archive that is
 * not gzip), an encoding that iconv does not know (ERROR_CONFIG), or a declared one that the file's mark contradicts
 * is refused here, with a file- code and what to do. The caller frees *bytes with bytes_close(). */
bool bytes_open(struct bytes **bytes, const char *path, const struct bytes_options *options, struct error *err);

/* The next block, borrowed until the next call; *length 0 at the end. Characters are never cut in two. Refused, with
 * line and byte of the line where that is known: bytes that are no text of the encoding (file-encoding), a gzip file
 * that is cut off (file-truncated), damaged (file-corrupt) or followed by bytes that are not gzip
 * (file-trailing-bytes), a file over its limit (file-too-large). */
bool bytes_read(struct bytes *bytes, const char **block, size_t *length, struct error *err);

const struct bytes_account *bytes_account(const struct bytes *bytes);
void bytes_close(struct bytes *bytes); /* accepts NULL */

#endif
