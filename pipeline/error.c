#include "error.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
	enum error_kind kind;
	const char *code;
} kinds[] = {
	{ ERROR_REFUSED, "refused" },   { ERROR_USAGE, "usage" }, { ERROR_INPUT, "input" },
	{ ERROR_NO_INPUT, "no-input" }, { ERROR_FAULT, "fault" }, { ERROR_IO, "io" },
	{ ERROR_CONFIG, "config" },
};

static const char *kind_code(enum error_kind kind)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].kind == kind)
			return kinds[i].code;
	return "fault";
}

static void start(struct error *err, enum error_kind kind, const char *path, size_t line, const char *format,
                  va_list arguments)
{
	assert(kind != ERROR_NONE);
	if (err->kind != ERROR_NONE)
		return;
	err->kind = kind;
	snprintf(err->code, sizeof err->code, "%s", kind_code(kind));
	vsnprintf(err->message, sizeof err->message, format, arguments);
	snprintf(err->path, sizeof err->path, "%s", path ? path : "");
	err->line = line;
}

bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	start(err, kind, NULL, 0, format, arguments);
	va_end(arguments);
	return false;
}

bool error_at(struct error *err, enum error_kind kind, const char *path, size_t line, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	start(err, kind, path, line, format, arguments);
	va_end(arguments);
	return false;
}

bool error_column(struct error *err, size_t column)
{
	if (err->column == 0)
		err->column = column;
	return false;
}

bool error_code(struct error *err, const char *code)
{
	if (strcmp(err->code, kind_code(err->kind)) == 0) /* none was given yet: the first error stays */
		snprintf(err->code, sizeof err->code, "%s", code);
	return false;
}

bool error_record(struct error *err, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	if (err->record[0] == '\0')
		vsnprintf(err->record, sizeof err->record, format, arguments);
	va_end(arguments);
	return false;
}

bool error_help(struct error *err, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	if (err->help[0] == '\0')
		vsnprintf(err->help, sizeof err->help, format, arguments);
	va_end(arguments);
	return false;
}

/* Colour only for a person at a terminal who has not asked for none (no-color.org). */
static bool wants_colour(void)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");
	return isatty(STDERR_FILENO) && !(no_color && *no_color) && !(term && strcmp(term, "dumb") == 0);
}

static void print_head(const char *level, const char *colour, const char *code)
{
	if (wants_colour())
		fprintf(stderr, "\033[1;%sm%s[%s]\033[0m: ", colour, level, code);
	else
		fprintf(stderr, "%s[%s]: ", level, code);
}

/* A file name or an option may hold control characters; a terminal must not act on them. */
static void print_clean(const char *text)
{
	for (const char *c = text; *c; c++)
		fputc((unsigned char)*c < 0x20 || *c == 0x7f ? '?' : *c, stderr);
}

void error_warn(const char *code, const char *format, ...)
{
	char message[1200];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(message, sizeof message, format, arguments);
	va_end(arguments);
	print_head("warning", "33", code);
	print_clean(message);
	fputc('\n', stderr);
}

void error_print(const struct error *err)
{
	print_head("error", "31", err->code);
	print_clean(err->message);
	fputc('\n', stderr);
	if (err->path[0]) {
		fputs(" --> ", stderr);
		print_clean(err->path);
		if (err->line)
			fprintf(stderr, ":%zu", err->line);
		if (err->line && err->column)
			fprintf(stderr, ":%zu", err->column);
		if (err->record[0]) {
			fputs(" (", stderr);
			print_clean(err->record);
			fputc(')', stderr);
		}
		fputc('\n', stderr);
	}
	if (err->help[0]) {
		fputs("help: ", stderr);
		print_clean(err->help);
		fputc('\n', stderr);
	}
}

int stage_exit(const char *stage, bool ok, const struct error *err)
{
	if (ok) {
		if (fflush(stdout) == 0 && !ferror(stdout))
			return 0;
		fprintf(stderr, "error[io]: %s: cannot write to standard output\n", stage);
		return ERROR_IO;
	}
	if (err->kind == ERROR_NONE) {
		print_head("error", "31", "fault");
		fprintf(stderr, "%s failed without saying why\n", stage);
		return ERROR_FAULT;
	}
	error_print(err);
	return (int)err->kind;
}
