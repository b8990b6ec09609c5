#include "reading.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

bool reading_fault(const struct reading *in, const char *format, ...)
{
	char message[600];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(message, sizeof message, format, arguments);
	va_end(arguments);
	return error_at(in->err, ERROR_CONFIG, csv_table_path(in->table), csv_table_line(in->table, in->row), "%s",
	                message);
}

bool reading_word(int *index, const struct reading *in, const char *column, const char *word, const char *const *words,
                  size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(words[i], word) == 0) {
			*index = (int)i;
			return true;
		}
	}
	struct text list = { 0 };
	for (size_t i = 0; i < count; i++)
		if (*words[i])
			text_print(&list, "%s%s", list.length ? ", " : "", words[i]);
	const char *near = text_nearest(word, words, count);
	error_at(in->err, ERROR_CONFIG, csv_table_path(in->table), csv_table_line(in->table, in->row),
	         "%s cannot be `%s`", column, word);
	if (near && *near)
		error_help(in->err, "did you mean %s? It takes one of: %s", near, list.bytes);
	else
		error_help(in->err, "it takes one of: %s", list.bytes);
	text_free(&list);
	return false;
}

const char *reading_or_null(const char *cell)
{
	return *cell ? cell : NULL;
}

char *reading_trim(char *text)
{
	text += strspn(text, " \t");
	for (size_t length = strlen(text); length && strchr(" \t", text[length - 1]); length--)
		text[length - 1] = '\0';
	return text;
}

bool reading_is_name(const char *name)
{
	if (!((*name >= 'a' && *name <= 'z') || *name == '_'))
		return false;
	return name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}
