/* A programme in whole numbers, solved by the program `cbc` (COIN-OR branch and cut) instead of GLPK. */
#ifndef CANVASS_PROTECT_CBC_H
#define CANVASS_PROTECT_CBC_H

#include "error.h"

#include <glpk.h>
#include <stdbool.h>

/* The value of each column, from 1, at the optimum: into value[]. *found: whether there is one. The programme, which
 * tells of true counts, and the solution are written into a folder of their own beside `output`, and removed. Without a
 * time limit, in one thread. What cbc says is checked against the programme. Fails where cbc is not there, or does not
 * end as it should. */
bool cbc_solve(double *value, bool *found, glp_prob *programme, const char *output, struct error *err);

#endif
