#include "converter.h"

#include <string.h>

static bool keeps_letter(iconv_t converter)
{
	char letter[] = "a", made[8];
	char *in = letter, *out = made;
	size_t left = 1, room = sizeof made;
	return iconv(converter, &in, &left, &out, &room) != (size_t)-1
	       && iconv(converter, NULL, NULL, &out, &room) != (size_t)-1 && out == made + 1 && made[0] == 'a';
}

bool converter_open(iconv_t *converter, const char *encoding)
{
	if (*encoding == '\0' || strchr(encoding, '/'))
		return false;
	iconv_t opened = iconv_open("UTF-8", encoding);
	if (opened == (iconv_t)-1)
		return false;
	if (!keeps_letter(opened)) {
		iconv_close(opened);
		return false;
	}
	*converter = opened;
	return true;
}
