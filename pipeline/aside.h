/* Where an output is made before it takes its place: a name beside it that no other run uses. */
#ifndef CANVASS_ASIDE_H
#define CANVASS_ASIDE_H

/* PATH.aside-HOST-PID. What a killed run of this machine left aside for the same output is removed first; what a run still
 * under way, or another machine's, is making stays. Free with free(). */
char *aside_name(const char *path);

/* Remove a file, or a folder with all it holds; nothing there is fine. */
void aside_remove(const char *path);

#endif
