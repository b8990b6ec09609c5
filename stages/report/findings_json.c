#include "findings_json.h"

#include <stdbool.h>
#include <string.h>

/* The number of the character of two or three bytes: all that text_hidden knows, and U+0080 to U+009F, are such. */
static unsigned number_of(const char *text, size_t length)
{
	const unsigned char *bytes = (const unsigned char *)text;
	return length == 2 ? (bytes[0] & 0x1fu) << 6 | (bytes[1] & 0x3fu)
	                   : (bytes[0] & 0x0fu) << 12 | (bytes[1] & 0x3fu) << 6 | (bytes[2] & 0x3fu);
}

static bool is_plain(char c)
{
	return c >= ' ' && c <= '~' && !strchr("\"\\<>&", c);
}

/* Add the character at `text`, or as many as can stand as they are; the bytes taken. */
static size_t add_characters(struct text *json, const char *text)
{
	size_t plain = 0;
	while (is_plain(text[plain]))
		plain++;
	if (plain) {
		text_add_bytes(json, text, plain);
		return plain;
	}
	unsigned char c = (unsigned char)*text;
	size_t hidden = text_hidden(text);
	if (c == 0xc2 && (unsigned char)text[1] < 0xa0)
		hidden = 2;
	if (hidden) {
		text_print(json, "\\u%04x", number_of(text, hidden));
		return hidden;
	}
	if (c == '"' || c == '\\')
		text_print(json, "\\%c", c);
	else if (c == '\n')
		text_add(json, "\\n");
	else if (c < 0x20 || c == 0x7f || strchr("<>&", c))
		text_print(json, "\\u%04x", c);
	else
		text_add_bytes(json, text, 1);
	return 1;
}

void findings_json_string(struct text *json, const char *value)
{
	if (!value) {
		text_add(json, "null");
		return;
	}
	size_t length = strlen(value);
	text_add(json, "\"");
	for (size_t at = 0, valid = 0; at < length;) {
		if (at == valid)
			valid += text_valid_utf8(value + at, length - at);
		if (at < valid) {
			at += add_characters(json, value + at);
		} else {
			text_add(json, "\xef\xbf\xbd");
			valid = ++at;
		}
	}
	text_add(json, "\"");
}
