#include "manifest.h"

#include <stdio.h>

#include "embedded.h"
#include "mem.h"
#include "options.h"
#include "writers.h"

static void add_inputs(struct text *list, const struct publication *publication)
{
	for (size_t i = 0; publication->key && i < publication->input_count; i++) {
		char hash[PROVENANCE_HASH_SIZE];
		provenance_keyed_hash(hash, publication->key, "input", publication->inputs[i].sha256);
		const struct text_hole holes[] = {
			{ .name = "role", .value = publication->inputs[i].role },
			{ .name = "keyed_hash", .value = hash },
		};
		text_fill_item(list, template_publish_manifest_input_json, holes, COUNT(holes));
	}
}

static void add_tables(struct text *list, struct printed_table *const *tables, size_t table_count)
{
	for (size_t i = 0; i < table_count; i++) {
		struct text formats = { 0 };
		for (size_t j = 0; j < writer_count; j++)
			text_print(&formats, "%s\"tables/%s.%s\"", j ? ", " : "", tables[i]->name,
			           writers[j].extension);
		const struct text_hole holes[] = {
			{ .name = "name", .value = tables[i]->name },
			{ .name = "title", .value = tables[i]->title },
			{ .name = "files", .value = formats.bytes, .ready = true },
		};
		text_fill_item(list, template_publish_manifest_table_json, holes, COUNT(holes));
		text_free(&formats);
	}
}

static void add_files(struct text *list, const struct released *released)
{
	for (size_t i = 0; i < released->count; i++) {
		char bytes[32];
		snprintf(bytes, sizeof bytes, "%zu", released->files[i].bytes);
		const struct text_hole holes[] = {
			{ .name = "path", .value = released->files[i].name },
			{ .name = "bytes", .value = bytes },
			{ .name = "sha256", .value = released->files[i].sha256 },
		};
		text_fill_item(list, template_publish_manifest_file_json, holes, COUNT(holes));
	}
}

void manifest_write(struct text *file, const struct publication *publication, struct printed_table *const *tables,
                    size_t table_count, const struct released *released)
{
	const struct study *study = publication->study;
	struct text inputs = { 0 }, table_list = { 0 }, files = { 0 };
	char restricted_hash[PROVENANCE_HASH_SIZE];
	add_inputs(&inputs, publication);
	add_tables(&table_list, tables, table_count);
	add_files(&files, released);
	publication_policy_hash(restricted_hash, publication);
	const struct text_hole holes[] = {
		{ .name = "version", .value = CANVASS_VERSION },
		{ .name = "study", .value = study->study.name },
		{ .name = "title", .value = study->study.title },
		{ .name = "date", .value = study->study.date },
		{ .name = "synthetic", .value = study->study.synthetic ? "true" : "false", .ready = true },
		{ .name = "label", .value = publication_synthetic(publication) },
		{ .name = "publisher", .value = study->publish.publisher },
		{ .name = "contact", .value = study->publish.contact },
		{ .name = "licence", .value = study->publish.licence },
		{ .name = "source", .value = study->publish.source },
		{ .name = "policy", .value = publication_told(publication, "policy") },
		{ .name = "threshold", .value = publication_told(publication, "threshold") },
		{ .name = "zeros", .value = publication_told(publication, "zeros") },
		{ .name = "protection", .value = publication->protection },
		{ .name = "restricted_policy", .value = restricted_hash },
		{ .name = "restricted_note",
		  .value =
		          publication->key
		                  ? "BLAKE2b-256 keyed with the study's key, of the SHA-256 of each input: only those who "
		                    "hold the key can compare them"
		                  : "left out: the study has no key" },
		{ .name = "inputs", .value = inputs.bytes, .ready = true },
		{ .name = "tables", .value = table_list.bytes, .ready = true },
		{ .name = "files", .value = files.bytes, .ready = true },
	};
	text_fill(file, template_publish_manifest_json, TEXT_JSON, holes, COUNT(holes));
	text_free(&inputs);
	text_free(&table_list);
	text_free(&files);
}
