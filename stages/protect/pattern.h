/* A pattern of cells to hide, found step by step: each unsafe cell in turn gets the proofs that it needs, as cheaply as
 * can be; then what turns out not to be needed is shown again. */
#ifndef CANVASS_PROTECT_PATTERN_H
#define CANVASS_PROTECT_PATTERN_H

#include "secondary.h"

struct pattern;

/* `chosen` are cells to begin with, by cell, hidden to protect others; `enough`: they are likely to be all. Borrows the
 * problem, whose cells are hidden and shown as the pattern goes. */
struct pattern *pattern_new(struct secondary_problem *problem, const bool *chosen, bool enough);
void pattern_free(struct pattern *pattern); /* accepts NULL */

/* Hide what is needed, and perhaps more. False as of secondary_protect. */
bool pattern_protect(struct pattern *pattern, size_t *impossible);

/* Then: show again what need not be hidden. */
void pattern_show_again(struct pattern *pattern);

/* Show again only what plainly protects nothing. */
void pattern_show_useless(struct pattern *pattern);

#endif
