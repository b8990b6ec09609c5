/* What axes are made of, for those who make one: facets, the positions in them, and relations. Relations move when one
 * is added: each is filled before the next. */
#ifndef CANVASS_COMPARE_AXIS_MAKE_H
#define CANVASS_COMPARE_AXIS_MAKE_H

#include "axis.h"

/* A facet without positions yet. Takes `term`. Returns its index, as all that add a facet. */
size_t axis_add_facet(struct axis *axis, char *term, bool complement);
void axis_add_atom(struct axis *axis, size_t facet, size_t atom);
size_t axis_add_single(struct axis *axis, char *term, size_t atom);

/* Everybody: so many positions. The first facet of an axis. */
void axis_add_everybody(struct axis *axis, size_t atom_count);

/* What `facet` leaves of `parent`; axis_add_split says so. */
size_t axis_add_complement(struct axis *axis, size_t parent, size_t facet, char *term);

/* A relation without parts yet; at most `most` of them. */
struct axis_relation *axis_add_relation(struct axis *axis, size_t parent, size_t most, bool complement);
void axis_add_part(struct axis_relation *relation, size_t part);
void axis_add_split(struct axis *axis, size_t parent, size_t facet, size_t rest);

/* Those who did not answer and each reason, from the position `first` on; everybody is them and those who answered. */
void axis_add_reasons(struct axis *axis, const struct dataset_variable *variable, size_t first);

#endif
