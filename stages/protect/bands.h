/* Words for hidden shares: none, some or most of a base that is shown, where the policy declares such bands.
 *
 * A word tells everybody from where to where a hidden count is. It stands only where that gives nobody away, and where
 * neither it nor its lack tells more than its ends:
 *
 *  - the hidden count is the numerator of shares of one base only, which is shown, and so is every group that it is
 * part of for which some line asks: whoever is part of a hidden group gets no word, whatever his count is;
 *  - any count of this base would have got a word whose ends meet what the policy demands of small counts, but one of
 *    nobody where that is shown as 0;
 *  - all that is unsafe can still be proven to be safe with all the words told. Where it cannot, the words of the base
 * go, and if that is not enough, those of all that hangs together with it. No cell is hidden for the sake of a word. */
#ifndef CANVASS_PROTECT_BANDS_H
#define CANVASS_PROTECT_BANDS_H

#include "classify.h"
#include "secondary.h"

#include "study.h"
#include "universe.h"

/* Give hidden cells their words and ends: band, band_least and band_most of their decisions. `problem` is as
 * secondary_protect left it, of the universe's cells, and stays as it is. */
void bands_tell(struct cell_decision *decisions, const struct secondary_problem *problem,
                const struct universe *universe, const struct study_disclosure *policy);

#endif
