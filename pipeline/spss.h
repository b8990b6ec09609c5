/* SPSS system and portable files (.sav, .zsav, .por) through ReadStat: variables with their labels, and the cases as
 * texts. */
#ifndef CANVASS_SPSS_H
#define CANVASS_SPSS_H

#include "csv.h"
#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/* A value that the file declares missing, or a range of them. A blank text is missing anyway, and not listed. */
struct spss_missing {
	bool range;
	double low, high; /* of a range; infinite where it is open. Of a single number both are the number */
	const char *text; /* of a single value: as cells are written; NULL of a range */
};

struct spss_label {
	const char *text;  /* the value, as cells are written */
	const char *label; /* "" where the file has none */
};

enum spss_kind { SPSS_TEXT, SPSS_NUMBER, SPSS_DATE, SPSS_DATETIME, SPSS_TIME };

struct spss_variable {
	const char *name, *label; /* label "": none */
	enum spss_kind kind;
	const struct spss_label *labels; /* in the file's order */
	size_t label_count;
	const struct spss_missing *missing;
	size_t missing_count;
};

/* What is read of one file: more is damage, or an attack. */
enum { SPSS_LABEL_LIMIT = 1000000 };

struct spss;

/* Whether the file begins as an SPSS file does; false where it cannot be read. */
bool spss_recognise(const char *path);

/* Read the file's own dictionary. `encoding` NULL: as the file declares; where it declares none, UTF-8. A file that
 * ReadStat cannot read is an ERROR_INPUT (file-corrupt, file-truncated, file-empty, file-too-large, file-not-text where
 * it is no SPSS file, file-encoding). Free with spss_close(); *spss is NULL where this fails. */
bool spss_open(struct spss **spss, const char *path, const char *encoding, struct error *err);
void spss_close(struct spss *spss); /* accepts NULL */

const struct spss_variable *spss_variables(const struct spss *spss, size_t *count);
const char *spss_encoding(const struct spss *spss); /* as the file declares it, or as given; "" where it says nothing */

/* Each case as a record of `count` cells: line and record are its number from 1. Refused is a file with fewer or more
 * cases than its header says. A case over the limits of csv.h is damaged (row-length).
 *
 * Numbers are written so that they read back exactly, whole ones without a point, none with an exponent; system-missing
 * is "". Dates are 2026-03-31, those with a time of day 2026-03-31 12:00:00, times 12:00:00 (hours beyond 24 where they
 * are a duration), each with the fraction of a second where there is one; what is no date or is declared missing stays
 * the number that it is in the file. Texts lose the blanks that SPSS pads them with; half a letter at the end of a
 * text, which was cut by bytes, is U+FFFD. User-missing values are written as they are: spss_variable says which they
 * are.
 *
 * Where `take` returns false it is not called again, and spss_each returns false with what `take` left in err: it must
 * set it. */
bool spss_each(struct spss *spss, bool (*take)(const struct csv_record *record, void *data, struct error *err),
               void *data, struct error *err);

#endif
