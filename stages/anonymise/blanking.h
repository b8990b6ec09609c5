/* Single values of a file are blanked until its demands are met, and with them what else would tell them. */
#ifndef CANVASS_ANONYMISE_BLANKING_H
#define CANVASS_ANONYMISE_BLANKING_H

#include "demands.h"
#include "telling.h"

/* Every value that is lost is in file->blanked. Whether all demands are met is for verify to count. Weights become
 * averages in the end. Always true. */
bool blank_file(struct file *file, struct demands *demands, const struct telling *telling);

#endif
