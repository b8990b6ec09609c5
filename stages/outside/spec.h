/* The description of a release that was made elsewhere: which file holds its counts, by what they are broken down, what
 * adds up to what, and what stands in the place of a count that is hidden. A YAML file; docs/attack.md has an
 * example. */
#ifndef CANVASS_OUTSIDE_SPEC_H
#define CANVASS_OUTSIDE_SPEC_H

#include "error.h"
#include "study.h"

/* A code that is the sum of others. */
struct spec_sum {
	char *total, **parts;
	unsigned parts_count;
};

/* Rows of one level of a hierarchy, in files that keep their levels in columns of their own. */
struct spec_level {
	char *level;    /* what stands in the column of levels */
	char *code;     /* the column of its codes */
	char *within;   /* the column of the code that it is a part of; NULL: of none */
	double rounded; /* its counts are rounded to so much; 0: they are not */
};

struct spec_dimension {
	char *variable; /* its name here */
	char *column;   /* of its codes; NULL where it has levels */
	char *level;    /* the column of levels */
	struct spec_level *levels;
	unsigned levels_count;
	struct spec_sum *sums;
	unsigned sums_count;
};

struct spec_table {
	char *name, *file; /* the file is relative to the folder of the exports */
	char *count;       /* the column of the counts */
	char **hidden;     /* what stands in the place of a hidden count: c */
	unsigned hidden_count;
	char **none; /* what says that there is no such group: z */
	unsigned none_count;
	struct spec_dimension *dimensions;
	unsigned dimensions_count;
};

struct spec {
	char *name;
	struct study_unit unit; /* threshold: the smallest count that the publisher shows */
	enum study_zeros zeros;
	struct spec_table *tables;
	unsigned tables_count;
	struct config_marks *marks;
};

/* The caller frees *spec with spec_free(). */
bool spec_load(struct spec **spec, const char *path, struct error *err);
void spec_free(struct spec *spec); /* accepts NULL */

#endif
