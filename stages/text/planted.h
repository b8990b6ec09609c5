/* How much the scanner finds of what was planted for it: the first line of the page. */
#ifndef CANVASS_TEXT_PLANTED_H
#define CANVASS_TEXT_PLANTED_H

extern const char planted_words[];

#endif
