#include "aside.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)status, (void)kind, (void)place;
	return remove(path);
}

void aside_remove(const char *path)
{
	nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

/* Whether a process has ended. Of one whose parent does not ask how, as of all that are killed in a container whose first
 * program asks for nobody, the number stays in use, and only Linux's /proc tells. */
static bool has_ended(long process)
{
	if (process <= 0 || (kill((pid_t)process, 0) != 0 && errno == ESRCH))
		return true;
	char *path = mem_print("/proc/%ld/stat", process), line[256];
	FILE *file = fopen(path, "r");
	free(path);
	if (!file)
		return false;
	line[fread(line, 1, sizeof line - 1, file)] = '\0';
	fclose(file);
	const char *state = strrchr(line, ')'); /* behind the program's name, which may hold brackets */
	return state && strncmp(state, ") Z", 3) == 0;
}

/* Remove the entries of `folder` that start with `prefix` and go on with the number of a process that has ended. */
static void sweep(const char *folder, const char *prefix)
{
	DIR *entries = opendir(folder);
	if (!entries)
		return;
	size_t length = strlen(prefix);
	for (struct dirent *entry; (entry = readdir(entries));) {
		if (strncmp(entry->d_name, prefix, length) != 0)
			continue;
		char *end = NULL;
		long process = strtol(entry->d_name + length, &end, 10);
		if (has_ended(process) || process == getpid()) {
			char *stale = mem_print("%s/%s", folder, entry->d_name);
			aside_remove(stale);
			free(stale);
		}
	}
	closedir(entries);
}

bool aside_check(const char *path, mode_t kind, struct error *err)
{
	struct stat status;
	if (*path == '\0')
		return error_set(err, ERROR_USAGE, "the output has no name");
	if (stat(path, &status) != 0 || (status.st_mode & S_IFMT) == kind)
		return true;
	error_at(err, ERROR_USAGE, path, 0, "what stands there is no %s, and would be removed",
	         kind == S_IFDIR ? "folder" : "file");
	return error_help(err, "name another place with --output");
}

/* A write beyond the limit on the size of files shall fail, so that what is aside is removed, and not end the program.
 */
char *aside_name(const char *path)
{
	signal(SIGXFSZ, SIG_IGN);
	char host[65] = "";
	if (gethostname(host, sizeof host - 1) != 0)
		host[0] = '\0';
	char *parent = mem_copy_text(path), *slash = strrchr(parent, '/');
	const char *base = slash ? slash + 1 : parent;
	char *prefix = mem_print("%s.aside-%s-", base, host);
	if (slash)
		*slash = '\0';
	sweep(slash ? (*parent ? parent : "/") : ".", prefix);
	free(prefix);
	free(parent);
	return mem_print("%s.aside-%s-%ld", path, host, (long)getpid());
}
