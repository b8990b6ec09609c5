#include "study_key.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "aside.h"
#include "mem.h"
#include "text.h"

enum { KEY_LIMIT = 4096, KEY_LEAST = 16, KEY_BYTES = 32 };

/* --- where it is --- */

/* The path that the config means; `~/` is the home folder. */
static bool key_path(char **path, const struct study *study, struct error *err)
{
	const char *given = study->study.key_file, *home = getenv("HOME");
	if (strncmp(given, "~/", 2) != 0) {
		*path = mem_copy_text(given);
		return true;
	}
	if (!home || *home != '/') {
		error_set(err, ERROR_CONFIG, "key_file begins with ~/, and no home folder is set");
		return error_help(err, "set HOME, or write the whole path into the config");
	}
	*path = mem_print("%s/%s", home, given + 2);
	return true;
}

static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash == path ? mem_copy_text("/")
	       : slash       ? mem_copy_bytes(path, (size_t)(slash - path))
	                     : mem_copy_text(".");
}

static bool is_there(const char *folder, const char *name)
{
	char *path = mem_print("%s/%s", folder, name);
	bool there = access(path, F_OK) == 0;
	free(path);
	return there;
}

/* A folder of a repository: it or one above holds .git, or the config of the study. `folder` is a real path. */
static bool is_in_repository(const char *folder, const struct study *study)
{
	char *at = mem_copy_text(folder), *config = mem_print("configs/%s.yaml", study->study.name);
	bool found = false;
	while (!(found = is_there(at, ".git") || is_there(at, config)) && strcmp(at, "/") != 0) {
		char *above = folder_of(at);
		free(at);
		at = above;
	}
	free(at);
	free(config);
	return found;
}

static bool in_repository(const char *path, const struct study *study, struct error *err)
{
	error_at(err, ERROR_CONFIG, path, 0, "the study's key lies in the repository, which is copied and shared");
	return error_help(err,
	                  "move it to a folder of your own, and name that in the config: key_file: ~/canvass-keys/%s",
	                  study->study.name);
}

/* The real path of a folder, or of the first above it that is there. */
static char *real_folder(const char *path)
{
	char *folder = folder_of(path), *real = NULL;
	while (!(real = realpath(folder, NULL)) && strcmp(folder, "/") != 0 && strcmp(folder, ".") != 0) {
		char *above = folder_of(folder);
		free(folder);
		folder = above;
	}
	free(folder);
	return real;
}

/* Both where the config says that it is and where links lead to. */
static bool check_place(const char *path, const struct study *study, struct error *err)
{
	char *named = real_folder(path), *file = realpath(path, NULL), *linked = file ? folder_of(file) : NULL;
	bool inside = (named && is_in_repository(named, study)) || (linked && is_in_repository(linked, study));
	free(named);
	free(file);
	free(linked);
	return !inside || in_repository(path, study, err);
}

/* --- reading it --- */

static bool check_file(const char *path, const struct study *study, struct error *err)
{
	struct stat status;
	if (stat(path, &status) != 0) {
		error_at(err, errno == ENOENT || errno == ENOTDIR ? ERROR_NO_INPUT : ERROR_IO, path, 0,
		         "cannot read the study's key: %s", strerror(errno));
		return error_help(
			err, "bring it back from its copy; only where there never was one, make it: make key STUDY=%s",
			study->study.name);
	}
	if (!S_ISREG(status.st_mode)) {
		error_at(err, ERROR_CONFIG, path, 0, "the study's key is a folder or a device, not a file");
		return error_help(err, "name a file in key_file");
	}
	if (status.st_uid != geteuid()) {
		error_at(err, ERROR_CONFIG, path, 0, "the study's key belongs to another user of this machine");
		return error_help(err, "run it as the key's owner, or let that user hand the file over");
	}
	if (status.st_mode & 077) {
		error_at(err, ERROR_CONFIG, path, 0, "others on this machine can read the study's key");
		return error_help(err, "chmod 600 %s", path);
	}
	return true;
}

bool study_key(char **key, const struct study *study, struct error *err)
{
	*key = study->study.key ? mem_copy_text(study->study.key) : NULL;
	if (!study->study.key_file)
		return true;
	char *path = NULL;
	struct text text = { 0 };
	bool ok = key_path(&path, study, err) && check_place(path, study, err) && check_file(path, study, err)
	          && text_read_file(&text, path, KEY_LIMIT, err);
	if (ok) {
		text.bytes[strcspn(text.bytes, "\r\n")] = '\0';
		if (strlen(text.bytes) < KEY_LEAST)
			ok = error_at(err, ERROR_CONFIG, path, 1, "the key is shorter than %d characters", KEY_LEAST);
		else
			*key = mem_copy_text(text.bytes);
	}
	text_free(&text);
	free(path);
	return ok;
}

/* --- making it --- */

static bool cannot_make(const char *path, struct error *err)
{
	return error_at(err, ERROR_IO, path, 0, "cannot make it: %s", strerror(errno));
}

/* The folder and those above that are not there, for the owner alone. */
static bool make_folders(const char *folder, struct error *err)
{
	if (access(folder, F_OK) == 0)
		return true;
	char *above = folder_of(folder);
	bool ok =
		make_folders(above, err) && ((mkdir(folder, 0700) == 0 || errno == EEXIST) || cannot_make(folder, err));
	free(above);
	return ok;
}

/* The folder that is there already must be nobody else's to write to: who can, can put another key there. */
static bool check_folder(const char *folder, struct error *err)
{
	struct stat status;
	if (stat(folder, &status) != 0)
		return cannot_make(folder, err);
	if (!S_ISDIR(status.st_mode))
		return error_at(err, ERROR_CONFIG, folder, 0, "the study's key is to lie here, and this is no folder");
	if (status.st_uid == geteuid() && !(status.st_mode & 022))
		return true;
	error_at(err, ERROR_CONFIG, folder, 0, "others on this machine can write to the folder of the study's key");
	return error_help(err, "take a folder of your own in key_file, or: chmod 700 %s", folder);
}

/* The whole key or none: written aside, and given its name only where nothing has that yet. */
static bool write_key(const char *path, const char *line, struct error *err)
{
	char *aside = aside_name(path);
	size_t length = strlen(line);
	int file = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool ok = file >= 0 && fchmod(file, 0600) == 0 && write(file, line, length) == (ssize_t)length
	          && fsync(file) == 0;
	if (file >= 0)
		ok = close(file) == 0 && ok;
	ok = (ok && link(aside, path) == 0) || cannot_make(path, err);
	unlink(aside);
	char *folder = folder_of(path);
	int opened = ok ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	if (opened >= 0) {
		fsync(opened); /* so that the name outlives a power cut too; where this fails, the file is there all the
		                  same */
		close(opened);
	}
	free(folder);
	free(aside);
	return ok;
}

static bool check_wanted(const struct study *study, struct error *err)
{
	const struct study_head *head = &study->study;
	if (head->synthetic) {
		error_set(err, ERROR_CONFIG,
		          "%s is synthetic: its key is a word in its config, `key`, and protects nobody", head->name);
		return error_help(err, "make a key where the answers are people's: synthetic: no, and a key_file");
	}
	if (!head->key_file) {
		error_set(err, ERROR_CONFIG, "the config of %s does not say where its key is to be", head->name);
		return error_help(err, "name a file outside the repository: key_file: ~/canvass-keys/%s", head->name);
	}
	return true;
}

static bool check_free(const char *path, struct error *err)
{
	struct stat status;
	if (lstat(path, &status) != 0)
		return errno == ENOENT || errno == ENOTDIR || cannot_make(path, err);
	error_at(err, ERROR_REFUSED, path, 0,
	         "there is a key already, and without it no pseudonym could be made again");
	error_code(err, "key-exists");
	return error_help(err, "keep it; for another key name another file in key_file, and read what that means in "
	                       "docs/deidentify.md");
}

bool study_key_make(char **path, const struct study *study, struct error *err)
{
	unsigned char bytes[KEY_BYTES];
	char line[sodium_base64_ENCODED_LEN(KEY_BYTES, sodium_base64_VARIANT_ORIGINAL) + 1];
	char *to = NULL, *folder = NULL;
	if (!check_wanted(study, err) || !key_path(&to, study, err))
		return false;
	folder = folder_of(to);
	bool ok = check_place(to, study, err) && check_free(to, err) && make_folders(folder, err)
	          && check_place(to, study, err) && check_folder(folder, err);
	if (ok && sodium_init() < 0)
		ok = error_set(err, ERROR_FAULT, "libsodium cannot start");
	if (ok) {
		randombytes_buf(bytes, sizeof bytes);
		sodium_bin2base64(line, sizeof line, bytes, sizeof bytes, sodium_base64_VARIANT_ORIGINAL);
		strcat(line, "\n");
		ok = write_key(to, line, err);
		sodium_memzero(bytes, sizeof bytes);
		sodium_memzero(line, sizeof line);
	}
	free(folder);
	if (ok)
		*path = to;
	else
		free(to);
	return ok;
}
