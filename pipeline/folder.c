#define _GNU_SOURCE /* renameat2 */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "aside.h"
#include "mem.h"

struct folder {
	char *path;  /* where it shall stand, without a final slash */
	char *aside; /* where it is being made; NULL once it stands in its place */
	mode_t mode;
};

struct folder_file {
	char *path;
	mode_t mode;
	bool nested;    /* in a sub-folder */
	int file;       /* -1: closed */
	size_t pending; /* of bytes, not written yet */
	char bytes[1 << 16];
};

static bool io_error(struct error *err, const char *path, const char *what)
{
	int why = errno;
	error_at(err, ERROR_IO, path, 0, "cannot %s: %s", what, strerror(why));
	return why == ENOSPC ? error_help(err, "the disk is full: make room and run make again") : false;
}

bool folder_begin(struct folder **folder, const char *path, mode_t mode, struct error *err)
{
	struct folder *begun = mem_alloc(1, sizeof *begun);
	begun->path = mem_copy_text(path);
	begun->mode = mode;
	for (size_t length = strlen(path); length > 1 && begun->path[length - 1] == '/'; length--)
		begun->path[length - 1] = '\0';
	if (!aside_check(begun->path, S_IFDIR, err)) {
		folder_close(begun);
		return false;
	}
	begun->aside = aside_name(begun->path);
	if (mkdir(begun->aside, 0700) != 0) {
		io_error(err, begun->path, "make a folder beside it");
		free(begun->aside);
		begun->aside = NULL;
		folder_close(begun);
		return false;
	}
	*folder = begun;
	return true;
}

static bool is_among(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

bool folder_check_own(const char *path, const char *stage, const char *const *names, size_t count, struct error *err)
{
	static const char *const links[] = { ".", ".." };
	DIR *folder = opendir(path);
	bool own = true;
	for (const struct dirent *entry; folder && own && (entry = readdir(folder));)
		own = is_among(entry->d_name, links, COUNT(links)) || is_among(entry->d_name, names, count);
	if (folder)
		closedir(folder);
	if (own)
		return true;
	error_at(err, ERROR_USAGE, path, 0, "the folder holds files that %s did not write, and that would be removed",
	         stage);
	return error_help(err, "name another folder with --output");
}

static bool write_all(int file, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(file, bytes, length);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return false;
		bytes += written;
		length -= (size_t)written;
	}
	return true;
}

static void flush_folder(const char *path)
{
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder >= 0) {
		fsync(folder);
		close(folder);
	}
}

bool folder_file_begin(struct folder_file **file, struct folder *folder, const char *name, struct error *err)
{
	struct folder_file *begun = mem_alloc(1, sizeof *begun);
	begun->path = mem_print("%s/%s", folder->aside, name);
	begun->nested = strchr(name, '/') != NULL;
	begun->mode = folder->mode & 0666;
	char *slash = strrchr(begun->path, '/');
	bool ok = true;
	if (begun->nested) {
		*slash = '\0';
		if ((mkdir(begun->path, folder->mode) != 0 && errno != EEXIST) || chmod(begun->path, folder->mode) != 0)
			ok = io_error(err, begun->path, "make the folder");
		*slash = '/';
	}
	begun->file = ok ? open(begun->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, begun->mode) : -1;
	if (ok && begun->file < 0)
		ok = io_error(err, begun->path, "write");
	if (ok)
		*file = begun;
	else
		folder_file_close(begun);
	return ok;
}

static bool write_pending(struct folder_file *file, struct error *err)
{
	size_t length = file->pending;
	file->pending = 0;
	return write_all(file->file, file->bytes, length) || io_error(err, file->path, "write");
}

bool folder_file_add(struct folder_file *file, const char *bytes, size_t length, struct error *err)
{
	if (length > sizeof file->bytes - file->pending && !write_pending(file, err))
		return false;
	if (length > sizeof file->bytes)
		return write_all(file->file, bytes, length) || io_error(err, file->path, "write");
	if (length > 0) /* bytes may then be NULL */
		memcpy(file->bytes + file->pending, bytes, length);
	file->pending += length;
	return true;
}

bool folder_file_end(struct folder_file *file, struct error *err)
{
	bool ok = write_pending(file, err);
	if (ok && (fchmod(file->file, file->mode) != 0 || fsync(file->file) != 0))
		ok = io_error(err, file->path, "write");
	if (close(file->file) != 0 && ok)
		ok = io_error(err, file->path, "write");
	file->file = -1;
	if (ok && file->nested) {
		char *slash = strrchr(file->path, '/');
		*slash = '\0';
		flush_folder(file->path);
		*slash = '/';
	}
	return ok;
}

void folder_file_close(struct folder_file *file)
{
	if (!file)
		return;
	if (file->file >= 0)
		close(file->file);
	free(file->path);
	free(file);
}

bool folder_write(struct folder *folder, const char *name, const char *bytes, size_t length, struct error *err)
{
	struct folder_file *file = NULL;
	bool ok = folder_file_begin(&file, folder, name, err) && folder_file_add(file, bytes, length, err)
	          && folder_file_end(file, err);
	folder_file_close(file);
	return ok;
}

char *folder_path(const struct folder *folder, const char *name)
{
	return mem_print("%s/%s", folder->aside, name);
}

/* Where the file system cannot exchange two names, the old folder is moved away first: for an instant neither stands
 * there, and a kill in that instant leaves the output absent, which make mends. The old one goes only once the new one
 * stands. */
static bool swap(const char *aside, const char *path)
{
	if (renameat2(AT_FDCWD, aside, AT_FDCWD, path, RENAME_EXCHANGE) == 0) {
		aside_remove(aside);
		return true;
	}
	if (errno == ENOENT)
		return rename(aside, path) == 0;
	char *old = mem_print("%s.old", aside);
	bool ok = rename(path, old) == 0;
	if (ok && rename(aside, path) != 0) {
		int why = errno;
		rename(old, path);
		errno = why;
		ok = false;
	}
	if (ok)
		aside_remove(old);
	free(old);
	return ok;
}

bool folder_commit(struct folder *folder, struct error *err)
{
	if (chmod(folder->aside, folder->mode) != 0)
		return io_error(err, folder->path, "set the mode");
	flush_folder(folder->aside);
	if (!swap(folder->aside, folder->path))
		return io_error(err, folder->path, "put the new folder in its place");
	free(folder->aside);
	folder->aside = NULL;
	char *parent = mem_copy_text(folder->path), *slash = strrchr(parent, '/');
	if (slash)
		*slash = '\0';
	flush_folder(slash && *parent ? parent : slash ? "/" : ".");
	free(parent);
	return true;
}

void folder_close(struct folder *folder)
{
	if (!folder)
		return;
	if (folder->aside)
		aside_remove(folder->aside);
	free(folder->aside);
	free(folder->path);
	free(folder);
}
