/* release: the steward's act. What was published is written into the ledger, so that every later release is audited
 * with it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entry.h"
#include "mem.h"
#include "operand.h"
#include "options.h"
#include "study.h"
#include "text.h"
#include "texts.h"

enum { FILES = 3 };

static bool check_words(const struct entry *entry, struct error *err)
{
	if (!text_is_blank(entry->by) && !text_is_blank(entry->why))
		return true;
	error_set(err, ERROR_USAGE, "the ledger keeps who releases, or begins it, and why");
	return error_help(err, "give both: --by \"A. Steward\" --why \"annual report 2026\"");
}

static bool check_operands(bool begin, size_t count, struct error *err)
{
	if (begin ? count == 0 : count >= FILES)
		return true;
	error_set(err, ERROR_USAGE, begin ? "a ledger is begun without files" : "a release is made of three files");
	return error_help(err, "a release: WITHHELD.db AUDITED.db MANIFEST.json, scanned.db of each dataset that has one, and the "
	                       "files of records that are handed over with it; --begin: none");
}

/* Those before the first DATASET=FILE. */
static size_t count_texts(char *const *operands, size_t count)
{
	size_t texts = 0;
	while (texts < count && !operand_has_dataset(operands[texts]))
		texts++;
	return texts;
}

int main(int argc, char **argv)
{
	const char *study_path = NULL;
	bool begin = false;
	struct entry entry = { 0 };
	const struct option_row rows[] = {
		{ .name = "study",
		  .letter = 's',
		  .argument = "FILE",
		  .help = "the study's config, or the slice of it for this step",
		  .text = &study_path,
		  .required = true },
		{ .name = "ledger",
		  .argument = "FILE",
		  .help = "the ledger that gets the entry; begun where there is none, but with `releases: yes` in the policy "
		          "only by --begin",
		  .text = &entry.ledger,
		  .required = true },
		{ .name = "by", .argument = "NAME", .help = "who releases", .text = &entry.by, .required = true },
		{ .name = "why",
		  .argument = "TEXT",
		  .help = "what for, or by whose decision",
		  .text = &entry.why,
		  .required = true },
		{ .name = "begin",
		  .help = "begin a ledger without an entry, before the first release of a study with `releases: yes`; "
		          "takes no files",
		  .flag = &begin },
	};
	const struct usage usage = {
		.stage = "release",
		.summary = "Add what was published to the ledger of releases, once the audit has passed it and nothing that "
			   "tells in texts who somebody is waits for a decision. The data steward runs it. FILE is the scanned.db of "
			   "a dataset that has one, or, behind these, DATASET=ANONYMISED.db, "
			   "a file of records that is handed over with it: of a public one the ledger "
			   "keeps the records, as every later release is attacked with them.",
		.operands = "[WITHHELD.db AUDITED.db MANIFEST.json FILE...]",
		.examples = "  release --study configs/demo.yaml --ledger steward/demo/ledger.sqlite \\\n"
			    "          --by \"A. Steward\" --why \"annual report\" \\\n"
			    "          withheld.db audited.db out/demo/release/manifest.json\n"
			    "  release --begin --study configs/demo.yaml \\\n"
			    "          --ledger steward/demo/ledger.sqlite \\\n"
			    "          --by \"A. Steward\" --why \"no release so far\"\n",
		.rows = rows,
		.count = COUNT(rows),
		.least_operands = 0,
		.most_operands = SIZE_MAX,
	};
	struct error err = { 0 };
	char **operands = NULL;
	size_t operand_count = 0;
	enum options_result parsed = options_parse(&usage, argc, argv, &operands, &operand_count, &err);
	if (parsed == OPTIONS_DONE)
		return 0;

	struct study *study = NULL;
	long long already = 0, added = 0, before = 0;
	int lock = -1;
	bool ok = parsed == OPTIONS_RUN && check_operands(begin, operand_count, &err) && check_words(&entry, &err)
	          && study_load(&study, study_path, &err);
	if (ok && begin) {
		entry.study = study;
		ok = entry_lock(&lock, entry.ledger, &err) && entry_begin(&entry, &err);
	} else if (ok) {
		entry.study = study;
		entry.withheld = operands[0];
		entry.audited = operands[1];
		entry.manifest = operands[2];
		size_t texts = count_texts(operands + FILES, operand_count - FILES);
		entry.records =
			(struct records){ operands + FILES + texts, operand_count - FILES - texts };
		ok = texts_check(operands + FILES, texts, &err) && study_check_ledger(study, entry.ledger, &err)
		     && entry_lock(&lock, entry.ledger, &err)
		     && entry_find(&already, &entry, &err)
		     && (already || (entry_check(&entry, &err) && entry_append(&added, &before, &entry, &err)));
	}
	if (ok && begin)
		printf("a ledger without a release → %s\n", entry.ledger);
	else if (ok && already)
		printf("nothing to add: release %lld in %s is this one\n", already, entry.ledger);
	else if (ok)
		printf("release %lld → %s\n", added, entry.ledger);
	if (ok && before)
		printf("note: release %lld handed another file of the same people over under safeguarded access; whoever has "
		       "both can put them together\n",
		       before);

	entry_unlock(lock);
	study_free(study);
	return stage_exit("release", ok, &err);
}
