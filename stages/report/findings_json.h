/* A JSON string of any text: it parses back to the same text, and can harm nothing on its way. */
#ifndef CANVASS_REPORT_FINDINGS_JSON_H
#define CANVASS_REPORT_FINDINGS_JSON_H

#include "text.h"

/* In quotation marks; NULL becomes null. Control characters, what cannot be seen, line separators and < > & are written
 * by number: so a line of JSON is one line to every program, and no part of a page. Bytes that are no UTF-8 become
 * U+FFFD. */
void findings_json_string(struct text *json, const char *value);

#endif
