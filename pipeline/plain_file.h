/* A file of bytes on disk, opened to be read: no folder, no device, and no pipe, which would wait for a writer. */
#ifndef CANVASS_PLAIN_FILE_H
#define CANVASS_PLAIN_FILE_H

#include <sys/stat.h>

/* -1, with errno set, where it cannot be opened: EISDIR where it is a folder, EINVAL where it is a device or a pipe.
 * The caller closes it. */
int plain_file_open(const char *path, struct stat *status);

#endif
