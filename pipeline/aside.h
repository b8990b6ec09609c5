/* Where an output is made before it takes its place: a name beside it that no other run uses. */
#ifndef CANVASS_ASIDE_H
#define CANVASS_ASIDE_H

#include "error.h"

#include <sys/types.h>

/* PATH.aside-HOST-PID. What a killed run of this machine left aside for the same output is removed first; what a run
 * still under way, or another machine's, is making stays. Free with free(). */
char *aside_name(const char *path);

/* Whether an output may take the place of what stands at `path`: nothing, or the same kind of thing (S_IFREG or
 * S_IFDIR). A device or a pipe would be gone for the whole machine, and a folder with all that it holds. */
bool aside_check(const char *path, mode_t kind, struct error *err);

/* Remove a file, or a folder with all it holds; nothing there is fine. */
void aside_remove(const char *path);

#endif
