/* publish: the withheld results, once the audit has passed them, as a folder that anybody may have. */
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>

#include "index_page.h"
#include "manifest.h"
#include "mem.h"
#include "options.h"
#include "publication.h"
#include "released.h"
#include "results.h"
#include "statement.h"
#include "table.h"
#include "text.h"
#include "writers.h"

/* The release as it grows: the tables, and the files written so far. */
struct work {
	struct publication *publication;
	struct printed_table **tables;
	size_t table_count;
	struct released *released;
};

static bool read_tables(struct work *work, struct error *err)
{
	work->tables = mem_alloc(work->publication->universe->arrangement_count, sizeof *work->tables);
	for (size_t id = 1; id <= work->publication->universe->arrangement_count; id++, work->table_count++)
		if (!printed_table_read(&work->tables[id - 1], work->publication, id, err))
			return false;
	return true;
}

static bool write_tables(struct work *work, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < work->table_count * writer_count; i++) {
		const struct printed_table *table = work->tables[i / writer_count];
		const struct writer *writer = &writers[i % writer_count];
		struct text file = { 0 };
		char *name = mem_print("tables/%s.%s", table->name, writer->extension);
		writer->write(&file, table);
		ok = released_write(work->released, name, &file, err);
		free(name);
		text_free(&file);
	}
	return ok;
}

static bool write_results(struct work *work, struct error *err)
{
	struct text file = { 0 };
	bool ok = results_write(&file, work->publication, err)
	          && released_write(work->released, "results.csv", &file, err);
	text_free(&file);
	return ok;
}

static bool write_index(struct work *work, struct error *err)
{
	struct text file = { 0 };
	index_page_write(&file, work->publication, work->tables, work->table_count);
	bool ok = released_write(work->released, "index.html", &file, err);
	text_free(&file);
	return ok;
}

/* What is hidden and why, for people and for machines. */
static bool write_statement(struct work *work, struct error *err)
{
	static const struct {
		const char *name;
		void (*write)(struct text *file, const struct statement *statement);
	} files[] = {
		{ "disclosure.html", statement_html },
		{ "disclosure.txt", statement_text },
		{ "disclosure.json", statement_json },
	};
	struct statement *statement = statement_new(work->publication);
	bool ok = true;
	for (size_t i = 0; ok && i < COUNT(files); i++) {
		struct text file = { 0 };
		files[i].write(&file, statement);
		ok = released_write(work->released, files[i].name, &file, err);
		text_free(&file);
	}
	statement_free(statement);
	return ok;
}

/* The files of records that are public, as deposit made them. */
static bool write_records(struct work *work, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < work->publication->record_count; i++) {
		const struct publication_records *records = &work->publication->records[i];
		char *into = mem_print("microdata-%s", records->dataset);
		ok = released_copy(work->released, into, records->folder, records->manifest, err);
		free(into);
	}
	return ok;
}

/* Last, because it lists the others. */
static bool write_manifest(struct work *work, struct error *err)
{
	struct text file = { 0 };
	released_sort(work->released);
	manifest_write(&file, work->publication, work->tables, work->table_count, work->released);
	bool ok = released_write(work->released, "manifest.json", &file, err);
	text_free(&file);
	return ok;
}

static void say_where(const struct work *work, const char *output)
{
	char *count = index_page_count(work->table_count);
	printf("%s → %s/index.html\n", count, output);
	free(count);
}

int main(int argc, char **argv)
{
	const char *study = NULL, *output = NULL;
	const struct option_row rows[] = {
		{ "study", 's', "FILE", "the study's config", &study, NULL, true },
		{ "output", 'o', "FOLDER", "the release: a new folder, or an earlier one to take the place of", &output,
		  NULL, true },
	};
	const struct usage usage = {
		.stage = "publish",
		.summary =
			"Write what may be published, once the audit has passed it: tables, tidy results, an index, the "
			"statement of what is hidden and why, files of records that are public, and a manifest.",
		.operands = "WITHHELD.db AUDITED.db [DATASET=FOLDER...]",
		.examples = "  publish --study configs/demo.yaml --output out/demo/release \\\n"
			    "          out/demo/restricted/withheld.db out/demo/restricted/audited.db\n",
		.rows = rows,
		.count = COUNT(rows),
		.least_operands = 2,
		.most_operands = SIZE_MAX,
	};
	struct error err = { 0 };
	struct work work = { 0 };
	char **inputs;
	size_t count;
	enum options_result parsed = options_parse(&usage, argc, argv, &inputs, &count, &err);
	if (parsed == OPTIONS_DONE)
		return 0;

	bool ok = parsed == OPTIONS_RUN
	          && publication_load(&work.publication, study, inputs[0], inputs[1], inputs + 2, count - 2, &err)
	          && read_tables(&work, &err) && released_begin(&work.released, output, &err)
	          && write_tables(&work, &err) && write_results(&work, &err) && write_index(&work, &err)
	          && write_statement(&work, &err) && write_records(&work, &err) && write_manifest(&work, &err)
	          && released_commit(work.released, &err);
	if (ok)
		say_where(&work, output);

	released_free(work.released);
	for (size_t i = 0; i < work.table_count; i++)
		printed_table_free(work.tables[i]);
	free(work.tables);
	publication_free(work.publication);
	return stage_exit("publish", ok, &err);
}
