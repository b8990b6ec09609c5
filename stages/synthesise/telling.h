/* Words that tell who somebody is, planted in made-up texts that the dictionary redacts, for scan to find. All of it is
 * made up: telephone numbers that are kept for drama, domains that nobody can own, NHS numbers kept for tests, the postcode of
 * those without an address, and names that no one has. */
#ifndef CANVASS_SYNTHESISE_TELLING_H
#define CANVASS_SYNTHESISE_TELLING_H

#include "sheet.h"

/* Every such text has a chance of its own, by the study's seed and its words: no other answer is drawn differently, and
 * rows that say the same go on saying the same. Rows that a fault damages as a whole stay as they are. */
void telling_plant(struct sheets *sheets);

#endif
