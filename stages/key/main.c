/* key: the study's key, made once. */
#include <stdio.h>
#include <stdlib.h>

#include "error.h"
#include "mem.h"
#include "options.h"
#include "study.h"
#include "study_key.h"
#include "text.h"

int main(int argc, char **argv)
{
	struct error err = { 0 };
	struct study *study = NULL;
	const char *config = NULL;
	char **operands = NULL, *path = NULL;
	size_t count = 0;
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config, whose key_file says where", &config, NULL, true },
	};
	const struct usage usage = {
		.stage = "key",
		.summary =
			"Make the key of a real study: a random one, in a file outside the repository that nobody else can "
			"read. A key that is there is never overwritten.",
		.operands = "",
		.examples = "  key --study configs/leavers.yaml\n",
		.rows = rows,
		.count = COUNT(rows),
	};
	enum options_result parsed = options_parse(&usage, argc, argv, &operands, &count, &err);
	bool ok = parsed == OPTIONS_DONE;
	if (parsed == OPTIONS_RUN) {
		ok = study_load(&study, config, &err) && study_key_make(&path, study, &err);
		if (ok)
			printf("a key of 256 bits → %s\nKeep a copy of it in another safe place, apart from the data.\n",
			       path);
	}
	study_free(study);
	free(path);
	return stage_exit("key", ok, &err);
}
