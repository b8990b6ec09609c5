#include "stamp.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "aside.h"
#include "mem.h"
#include "text.h"

/* One remembered file: what told its state then, as text, and its hash. */
struct stamp {
	char *path, *state;
	char hash[PROVENANCE_HASH_SIZE];
	bool asked, young;
};

struct stamps {
	char *memory;
	struct stamp *stamps;
	size_t count, capacity;
};

enum { MEMORY_LIMIT = 64 << 20, YOUNG_SECONDS = 2 };

static struct stamp *add(struct stamps *stamps, const char *path, const char *state, const char *hash)
{
	stamps->stamps = mem_grow(stamps->stamps, stamps->count, &stamps->capacity, sizeof *stamps->stamps);
	struct stamp *stamp = &stamps->stamps[stamps->count++];
	stamp->path = mem_copy_text(path);
	stamp->state = mem_copy_text(state);
	snprintf(stamp->hash, sizeof stamp->hash, "%s", hash);
	return stamp;
}

/* A line of the memory: hash, tab, state, tab, path. */
static void recall(struct stamps *stamps, char *line)
{
	char *state = strchr(line, '\t'), *path = state ? strchr(state + 1, '\t') : NULL;
	if (!path || state - line != PROVENANCE_HASH_SIZE - 1)
		return;
	*state = *path = '\0';
	add(stamps, path + 1, state + 1, line);
}

struct stamps *stamps_open(const char *memory)
{
	struct stamps *stamps = mem_alloc(1, sizeof *stamps);
	struct text text = { 0 };
	struct error ignored = { 0 };
	stamps->memory = mem_copy_text(memory);
	if (text_read_file(&text, memory, MEMORY_LIMIT, &ignored)) {
		char *rest = text.bytes;
		for (char *line; (line = strtok_r(rest, "\n", &rest));)
			recall(stamps, line);
	}
	text_free(&text);
	return stamps;
}

bool stamps_hash(struct stamps *stamps, char hash[PROVENANCE_HASH_SIZE], const char *path, struct error *err)
{
	struct stat status;
	long long bytes = 0;
	if (stat(path, &status) != 0)
		return error_at(err, errno == ENOENT ? ERROR_NO_INPUT : ERROR_IO, path, 0, "cannot read: %s",
		                strerror(errno));
	char state[200];
	snprintf(state, sizeof state, "%lld %lld.%09ld %lld.%09ld %lld", (long long)status.st_size,
	         (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec, (long long)status.st_ctim.tv_sec,
	         status.st_ctim.tv_nsec, (long long)status.st_ino);
	struct stamp *stamp = NULL;
	for (size_t i = 0; i < stamps->count && !stamp; i++)
		if (strcmp(stamps->stamps[i].path, path) == 0)
			stamp = &stamps->stamps[i];
	if (!stamp || strcmp(stamp->state, state) != 0) {
		if (!provenance_hash_file(hash, &bytes, path, err))
			return false;
		if (!stamp)
			stamp = add(stamps, path, "", "");
		free(stamp->state);
		stamp->state = mem_copy_text(state);
		snprintf(stamp->hash, sizeof stamp->hash, "%s", hash);
	}
	stamp->asked = true;
	stamp->young = status.st_ctim.tv_sec + YOUNG_SECONDS >= time(NULL);
	memcpy(hash, stamp->hash, PROVENANCE_HASH_SIZE);
	return true;
}

bool stamps_save(const struct stamps *stamps, struct error *err)
{
	struct text text = { 0 };
	text_add(&text, "");
	for (size_t i = 0; i < stamps->count; i++) {
		const struct stamp *stamp = &stamps->stamps[i];
		if (stamp->asked && !stamp->young && !strchr(stamp->path, '\n'))
			text_print(&text, "%s\t%s\t%s\n", stamp->hash, stamp->state, stamp->path);
	}
	bool changed = false;
	bool ok = stamp_write(stamps->memory, text.bytes, text.length, &changed, err);
	text_free(&text);
	return ok;
}

void stamps_close(struct stamps *stamps)
{
	if (!stamps)
		return;
	for (size_t i = 0; i < stamps->count; i++) {
		free(stamps->stamps[i].path);
		free(stamps->stamps[i].state);
	}
	free(stamps->stamps);
	free(stamps->memory);
	free(stamps);
}

bool stamp_write(const char *path, const char *bytes, size_t length, bool *changed, struct error *err)
{
	struct text old = { 0 };
	struct error absent = { 0 };
	*changed = !text_read_file(&old, path, length + 1, &absent) || old.length != length
	           || memcmp(old.bytes, bytes, length) != 0;
	text_free(&old);
	if (!*changed)
		return true;
	char *aside = aside_name(path);
	int file = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool ok = file >= 0;
	for (size_t done = 0; ok && done < length;) {
		ssize_t wrote = write(file, bytes + done, length - done);
		ok = wrote >= 0 || errno == EINTR;
		done += wrote > 0 ? (size_t)wrote : 0;
	}
	ok = ok && fsync(file) == 0;
	ok = (file < 0 || close(file) == 0) && ok && rename(aside, path) == 0;
	if (!ok) {
		error_at(err, ERROR_IO, path, 0, "cannot write: %s", strerror(errno));
		aside_remove(aside);
	}
	free(aside);
	return ok;
}
