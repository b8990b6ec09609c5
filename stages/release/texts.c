#include "texts.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"
#include "provenance.h"
#include "store.h"

/* The chain puts the report beside the file that it is about. Free with free(). */
static char *report_beside(const char *scanned)
{
	const char *slash = strrchr(scanned, '/');
	return mem_print("%.*stext/index.html", slash ? (int)(slash - scanned + 1) : 0, scanned);
}

static bool check(const char *path, struct error *err)
{
	struct store *scanned = NULL;
	char *dataset = NULL, *report = report_beside(path);
	long long open = 0;
	bool ok = store_open(&scanned, path, "scan", err) && provenance_read(&dataset, scanned, "dataset", err)
	          && store_read_integer(scanned, sql_release_open_texts, 0, &open, err);
	if (ok && open > 0) {
		ok = error_set(err, ERROR_REFUSED,
		               "in the texts of the dataset %s, %lld thing%s that surely tell%s who somebody is wait%s for a "
		               "decision",
		               dataset ? dataset : "", open, open == 1 ? "" : "s", open == 1 ? "s" : "",
		               open == 1 ? "s" : "");
		error_code(err, "text-open");
		error_help(err, "open %s, decide about each in decisions.csv, and run make release again", report);
	}
	free(report);
	free(dataset);
	store_close(scanned);
	return ok;
}

bool texts_check(char *const *paths, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++)
		if (!check(paths[i], err))
			return false;
	return true;
}
