/* Texts of a named encoding to UTF-8, by iconv. */
#ifndef CANVASS_CONVERTER_H
#define CANVASS_CONVERTER_H

#include <iconv.h>
#include <stdbool.h>

/* False, and nothing is open, where there is no such encoding. iconv knows names that stand for another encoding on
 * another machine (an empty one, wchar_t), or that ask it to leave out what it cannot read (//IGNORE): only those are
 * taken in which an "a" is an "a". The caller closes *converter with iconv_close(). */
bool converter_open(iconv_t *converter, const char *encoding);

#endif
