/* deposit: a file of records as those get it who may have it, with its codebook and a statement of how it is protected.
 */
#include <stdlib.h>
#include <string.h>

#include "contents.h"
#include "folder.h"
#include "mem.h"
#include "options.h"
#include "provenance.h"
#include "store.h"
#include "study.h"
#include "study_key.h"
#include "writers.h"

enum { FILES = 7, MANIFEST = FILES - 1 };

/* Those that grow with the records are written as they are read, the others at once. */
static const struct {
	const char *name; /* %s: the dataset's */
	bool (*write_records)(struct folder_file *file, const struct deposit *deposit, struct error *err);
	void (*write)(struct text *file, const struct deposit *deposit);
} formats[FILES] = {
	{ "%s.csv", .write_records = records_csv },
	{ "%s-missing.csv", .write_records = records_missing },
	{ "%s.sav", .write_records = records_sav },
	{ "codebook.csv", .write = write_codebook },
	{ "index.html", .write = write_page },
	{ "statement.txt", .write = write_statement },
	{ "manifest.json", NULL, NULL }, /* last, because it lists the others */
};

static void name_files(struct deposited files[FILES], const char *dataset)
{
	for (size_t i = 0; i < FILES; i++)
		files[i].name = strncmp(formats[i].name, "%s", 2) == 0 ? mem_print("%s%s", dataset, formats[i].name + 2)
		                                                       : mem_copy_text(formats[i].name);
}

static bool check_output(const char *output, const struct deposited files[FILES], struct error *err)
{
	const char *names[FILES];
	for (size_t i = 0; i < FILES; i++)
		names[i] = files[i].name;
	return folder_check_own(output, "deposit", names, FILES, err);
}

static bool write_one(struct folder *folder, struct deposited *into, size_t format, const struct deposit *deposit,
                      struct error *err)
{
	struct folder_file *file = NULL;
	struct text text = { 0 };
	long long bytes = 0;
	if (formats[format].write)
		formats[format].write(&text, deposit);
	bool ok = folder_file_begin(&file, folder, into->name, err)
	          && (formats[format].write ? folder_file_add(file, text.bytes, text.length, err)
	                                    : formats[format].write_records(file, deposit, err))
	          && folder_file_end(file, err);
	folder_file_close(file);
	text_free(&text);
	char *path = folder_path(folder, into->name);
	ok = ok && provenance_hash_file(into->sha256, &bytes, path, err);
	into->bytes = (size_t)bytes;
	free(path);
	return ok;
}

static bool write_files(struct folder *folder, struct deposited files[FILES], const struct deposit *deposit,
                        struct error *err)
{
	bool ok = true;
	struct text manifest = { 0 };
	for (size_t i = 0; ok && i < MANIFEST; i++)
		ok = write_one(folder, &files[i], i, deposit, err);
	if (ok)
		write_manifest(&manifest, deposit, files, MANIFEST);
	ok = ok && folder_write(folder, files[MANIFEST].name, manifest.bytes, manifest.length, err);
	text_free(&manifest);
	return ok;
}

/* What the folder is made from, as only those can tell who hold the file and the study's key. */
static bool note_origin(struct deposit *deposit, const struct study *study, const char *anonymised, struct error *err)
{
	char hash[PROVENANCE_HASH_SIZE], *key = NULL;
	long long bytes = 0;
	bool ok = study_key(&key, study, err) && provenance_hash_file(hash, &bytes, anonymised, err);
	if (ok)
		provenance_made_from(deposit->made_from, key, hash);
	free(key);
	return ok;
}

int main(int argc, char **argv)
{
	const char *config = NULL, *name = NULL, *output = NULL;
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config, or a slice of it", &config, NULL, true },
		{ "dataset", 'd', "NAME", "the dataset whose records leave", &name, NULL, true },
		{ "output", 'o', "FOLDER",
		  "the folder to write: the records as CSV and .sav, codebook, statement, manifest", &output, NULL,
		  true },
	};
	const struct usage usage = {
		.stage = "deposit",
		.summary =
			"Write a file of records as those get it who may have it: CSV and SPSS, why values are missing, a "
			"codebook, a statement of how the people in it are protected, and a manifest.",
		.operands = "ANONYMISED.db",
		.examples = "  deposit --study configs/demo.yaml --dataset survey \\\n"
			    "    --output out/demo/safeguarded/survey anonymised.db\n",
		.rows = rows,
		.count = COUNT(rows),
		.least_operands = 1,
		.most_operands = 1,
	};
	struct error err = { 0 };
	struct study *study = NULL;
	struct store *anonymised = NULL;
	struct contents *contents = NULL;
	struct folder *folder = NULL;
	struct deposit deposit = { 0 };
	struct deposited files[FILES] = { 0 };
	char **operands = NULL;
	size_t count = 0;

	enum options_result parsed = options_parse(&usage, argc, argv, &operands, &count, &err);
	bool ok = parsed == OPTIONS_DONE;
	if (parsed == OPTIONS_RUN) {
		ok = study_load(&study, config, &err) && (deposit.dataset = study_dataset(study, name, &err))
		     && store_open(&anonymised, operands[0], "anonymise", &err)
		     && contents_load(&contents, anonymised, &err) && note_origin(&deposit, study, operands[0], &err);
		if (ok) {
			deposit.study = study;
			deposit.contents = contents;
			deposit.open = text_equal(contents_item(contents, "access"), "public");
			name_files(files, name);
			ok = check_output(output, files, &err) && folder_begin(&folder, output, 0700, &err)
			     && write_files(folder, files, &deposit, &err) && folder_commit(folder, &err);
		}
	}
	for (size_t i = 0; i < FILES; i++)
		free(files[i].name);
	folder_close(folder);
	contents_free(contents);
	store_close(anonymised);
	study_free(study);
	return stage_exit("deposit", ok, &err);
}
