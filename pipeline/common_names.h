/* Names that are English words as well. */
#ifndef CANVASS_COMMON_NAMES_H
#define CANVASS_COMMON_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a plain word (passage.h) is both a name and a word that texts hold, or so short that it may be anything. */
bool common_name(const char *plain, size_t length);

#endif
