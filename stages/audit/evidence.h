/* What the audit leaves behind: every interval and verdict, in audited.db where all is safe, and beside it in
 * audit-failed.db where it is not. */
#ifndef CANVASS_AUDIT_EVIDENCE_H
#define CANVASS_AUDIT_EVIDENCE_H

#include "judge.h"
#include "record_files.h"

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/* What was read, for provenance. */
struct evidence_source {
	const char *study_path, *study, *withheld_path;
	const char *protected_path; /* NULL, and study_path too: of a release that was made elsewhere */
	const char *ledger_path;    /* NULL: no earlier release */
	const struct record_files *files;
	bool synthetic;
	size_t releases;
};

/* Write the evidence for `output`, remove what an earlier run left under the other name, and fail with ERROR_REFUSED
 * where something is not safe (ERROR_FAULT where the truth lies outside an interval). */
bool evidence_write(const struct judge *judge, const struct evidence_source *source, const char *output,
                    struct error *err);

#endif
