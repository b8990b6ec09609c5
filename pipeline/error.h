/* What went wrong, where, and what to do about it.
 *
 * Whoever sees a failure first writes it here; everyone above returns false; only main prints it,
 * through stage_exit(). A message never carries a respondent's answer: values stand in restricted/ only. */
#ifndef CANVASS_ERROR_H
#define CANVASS_ERROR_H

#include <stdbool.h>
#include <stddef.h>

/* The exit codes of every stage (sysexits.h, and 1 for a gate, a policy, an audit or a ledger that says no). */
enum error_kind {
	ERROR_NONE = 0,
	ERROR_REFUSED = 1,   /* a gate or an audit says no */
	ERROR_USAGE = 64,    /* the command line */
	ERROR_INPUT = 65,    /* an input that cannot be used */
	ERROR_NO_INPUT = 66, /* an input that is not there */
	ERROR_FAULT = 70,    /* our own mistake */
	ERROR_IO = 74,       /* reading or writing failed */
	ERROR_CONFIG = 78,   /* the study config or the data dictionary is wrong */
};

struct error {
	enum error_kind kind;
	char code[40];     /* a stable word such as file-truncated; the kind's own word where none was given */
	char message[600]; /* lower case, no full stop */
	char path[600];    /* empty where there is no place */
	size_t line;       /* from 1; 0: not known */
	size_t column;     /* from 1; 0: not known */
	char record[160];  /* such as "record 12, column age": which record and column of the file, without its value */
	char help[600];    /* what to do, a sentence */
};

/* Each returns false, so that a failing function can `return error_set(...)`. The first error stays. */
bool error_set(struct error *err, enum error_kind kind, const char *format, ...) __attribute__((format(printf, 3, 4)));
bool error_at(struct error *err, enum error_kind kind, const char *path, size_t line, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* Add to the error just set: the byte or field column, the stable code, the record, what to do. All return false. */
bool error_column(struct error *err, size_t column);
bool error_code(struct error *err, const char *code);
bool error_record(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool error_help(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Print `warning[code]: message` on stderr. */
void error_warn(const char *code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Print one of several errors, of which stage_exit() prints the last. */
void error_print(const struct error *err);

/* The last line of every main: print the error if there is one, and give the exit status. */
int stage_exit(const char *stage, bool ok, const struct error *err);

#endif
