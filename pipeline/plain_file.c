#include "plain_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int plain_file_open(const char *path, struct stat *status)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (file < 0)
		return -1;
	int why = 0;
	if (fstat(file, status) != 0)
		why = errno;
	else if (!S_ISREG(status->st_mode))
		why = S_ISDIR(status->st_mode) ? EISDIR : EINVAL;
	if (why == 0)
		return file;
	close(file);
	errno = why;
	return -1;
}
