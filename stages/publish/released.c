#include "released.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "folder.h"
#include "mem.h"

static const char manifest_name[] = "manifest.json";

static bool is_empty_folder(const char *path)
{
	DIR *folder = opendir(path);
	if (!folder)
		return false;
	bool empty = true;
	for (const struct dirent *entry; (entry = readdir(folder));)
		empty = empty && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
	closedir(folder);
	return empty;
}

static bool begins_with(const char *folder, const char *name, const char *beginning, size_t length)
{
	enum { LARGEST = 256 << 20 };
	char *path = mem_print("%s/%s", folder, name);
	struct text file = { 0 };
	struct error unread = { 0 };
	bool same = text_read_file(&file, path, LARGEST, &unread) && file.length >= length
	            && memcmp(file.bytes, beginning, length) == 0;
	text_free(&file);
	free(path);
	return same;
}

/* An earlier release is known by how its manifest begins: what the template says before its first hole. A make that is
 * interrupted removes the manifest, so the first columns of results.csv do as well. */
static bool is_release(const char *path)
{
	static const char columns[] = "analysis,dataset,statistic,outcome,outcome_label,";
	const char *manifest = template_publish_manifest_json;
	return begins_with(path, "manifest.json", manifest, (size_t)(strstr(manifest, "{{") - manifest))
	       || begins_with(path, "results.csv", columns, strlen(columns));
}

/* The swap removes what stood there, so it must be ours: --output ~ is one slip away. */
static bool check_output(const char *path, struct error *err)
{
	DIR *folder = opendir(path);
	if (!folder && errno == ENOENT)
		return true;
	if (folder)
		closedir(folder);
	if (folder && (is_empty_folder(path) || is_release(path)))
		return true;
	error_at(err, ERROR_USAGE, path, 0, "what stands there is no release of Canvass, and would be removed");
	error_code(err, "output-not-a-release");
	return error_help(err, "name a new folder with --output, or move away what stands there");
}

bool released_begin(struct released **released, const char *path, struct error *err)
{
	struct folder *folder = NULL;
	if (!check_output(path, err) || !folder_begin(&folder, path, 0755, err))
		return false;
	*released = mem_alloc(1, sizeof **released);
	(*released)->folder = folder;
	return true;
}

bool released_write(struct released *released, const char *name, const struct text *bytes, struct error *err)
{
	if (!folder_write(released->folder, name, bytes->bytes, bytes->length, err))
		return false;
	released->files = mem_grow(released->files, released->count, &released->capacity, sizeof *released->files);
	struct released_file *file = &released->files[released->count++];
	file->name = mem_copy_text(name);
	file->bytes = bytes->length;
	provenance_hash_bytes(file->sha256, bytes->bytes, bytes->length);
	return true;
}

/* Whether a folder's manifest tells of the file that was written last, as it is. */
static bool is_as_noted(const struct released *released, const char *name, const char *manifest)
{
	const struct released_file *file = &released->files[released->count - 1];
	char *bytes = mem_print("%zu", file->bytes);
	const struct text_hole holes[] = { { "path", name, false },
		                           { "bytes", bytes, false },
		                           { "sha256", file->sha256, false } };
	struct text item = { 0 };
	text_fill_item(&item, template_deposit_file_json, holes, COUNT(holes));
	bool noted = strstr(manifest, item.bytes) != NULL;
	text_free(&item);
	free(bytes);
	return noted;
}

static bool changed(const char *folder, const char *name, const char *words, struct error *err)
{
	char *path = mem_print("%s/%s", folder, name);
	error_at(err, ERROR_REFUSED, path, 0, "%s", words);
	free(path);
	error_code(err, "records-changed");
	return error_help(err, "remove the folder, and run `deposit` or make again");
}

static bool copy_file(struct released *released, const char *into, const char *folder, const char *name,
                      const char *manifest, struct error *err)
{
	enum { LARGEST = 1 << 30 };
	char *from = mem_print("%s/%s", folder, name), *to = mem_print("%s/%s", into, name);
	struct text file = { 0 };
	bool ok = text_read_file(&file, from, LARGEST, err) && released_write(released, to, &file, err);
	if (ok && strcmp(name, manifest_name) == 0)
		ok = text_equal(file.bytes, manifest) || changed(folder, name, "changed while it was read", err);
	else if (ok && !is_as_noted(released, name, manifest))
		ok = changed(folder, name, "not the file that the manifest beside it tells of", err);
	text_free(&file);
	free(from);
	free(to);
	return ok;
}

/* How many files the manifest tells of: inside its words a quotation mark is escaped. */
static size_t count_noted(const char *manifest)
{
	static const char item[] = "{ \"path\": \"";
	size_t count = 0;
	for (const char *at = manifest; (at = strstr(at, item)); at += strlen(item))
		count++;
	return count;
}

bool released_copy(struct released *released, const char *into, const char *folder, const char *manifest,
                   struct error *err)
{
	struct dirent **entries = NULL;
	int count = scandir(folder, &entries, NULL, alphasort);
	size_t copied = 0;
	bool ok = count >= 0 || error_at(err, ERROR_NO_INPUT, folder, 0, "cannot read the folder: %s", strerror(errno));
	for (int i = 0; i < count; i++) {
		if (*entries[i]->d_name != '.' && ok) {
			ok = copy_file(released, into, folder, entries[i]->d_name, manifest, err);
			copied++;
		}
		free(entries[i]);
	}
	free(entries);
	if (ok && copied != count_noted(manifest) + 1)
		ok = changed(folder, manifest_name, "tells of a file that is not there", err);
	return ok;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct released_file *)a)->name, ((const struct released_file *)b)->name);
}

void released_sort(struct released *released)
{
	if (released->count)
		mem_sort(released->files, released->count, sizeof *released->files, by_name);
}

bool released_commit(struct released *released, struct error *err)
{
	return folder_commit(released->folder, err);
}

void released_free(struct released *released)
{
	if (!released)
		return;
	for (size_t i = 0; i < released->count; i++)
		free(released->files[i].name);
	free(released->files);
	folder_close(released->folder);
	free(released);
}
