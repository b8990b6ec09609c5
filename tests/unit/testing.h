/* What several unit tests use. Include it first: cmocka's header needs the others before it. */
#ifndef CANVASS_TESTING_H
#define CANVASS_TESTING_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "error.h"
#include "mem.h"

/* `relative` of the larger of the two; where one is 0, an absolute difference. Two infinities of one sign, and two NaN,
 * are close. A macro, so that a failure is reported at the line of the test. */
#define assert_close(got, expected, relative)                                                                          \
	do {                                                                                                           \
		double got_ = (got), expected_ = (expected);                                                           \
		if (!test_is_close(got_, expected_, (relative)))                                                       \
			fail_msg("%s is %.17g, not %.17g within %g", #got, got_, expected_, (double)(relative));       \
	} while (0)

static inline bool test_is_close(double got, double expected, double relative)
{
	if (isnan(got) || isnan(expected))
		return isnan(got) && isnan(expected);
	if (isinf(got) || isinf(expected))
		return isinf(got) && isinf(expected) && (got > 0) == (expected > 0);
	double scale = fmax(fabs(got), fabs(expected));
	if (fmin(fabs(got), fabs(expected)) == 0)
		scale = 1;
	return fabs(got - expected) <= relative * scale;
}

/* Fail with the error's message where `ok` is false. */
#define assert_ok(ok, err)                                                                                             \
	do {                                                                                                           \
		if (!(ok))                                                                                             \
			fail_msg("%s: %s %s:%zu (%s)", #ok, (err)->message, (err)->path, (err)->line, (err)->help);    \
	} while (0)

/* Add a test for each row of a table of examples, whose first member is its name. Returns the new count. */
static inline size_t test_add_examples(struct CMUnitTest *tests, size_t count, const void *examples, size_t size,
                                       size_t examples_count, CMUnitTestFunction function)
{
	for (size_t i = 0; i < examples_count; i++) {
		const char *example = (const char *)examples + i * size;
		tests[count++] = (struct CMUnitTest){ .name = *(const char *const *)(const void *)example,
			                              .test_func = function,
			                              .initial_state = (void *)(uintptr_t)example };
	}
	return count;
}
#define ADD_EXAMPLES(tests, count, list, function)                                                                     \
	((count) = test_add_examples((tests), (count), (list), sizeof *(list), COUNT(list), (function)))

/* The folder of this test program, made at the first call and removed with all that is in it at exit. */
static inline const char *test_root(void)
{
	static char root[64];
	if (!root[0]) {
		snprintf(root, sizeof root, "/tmp/canvass-test-XXXXXX");
		if (!mkdtemp(root))
			abort();
	}
	return root;
}

static inline void test_remove_root(void)
{
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", test_root());
	if (system(command) != 0)
		fprintf(stderr, "cannot remove %s\n", test_root());
}

/* A new empty folder, removed at exit. Free the name with free(). */
static inline char *test_folder(void)
{
	static bool registered;
	if (!registered)
		atexit(test_remove_root);
	registered = true;
	char *folder = mem_print("%s/XXXXXX", test_root());
	if (!mkdtemp(folder))
		abort();
	return folder;
}

/* Write a file of exactly these bytes. The path; free with free(). */
static inline char *test_file_bytes(const char *folder, const char *name, const void *bytes, size_t length)
{
	char *path = mem_print("%s/%s", folder, name);
	FILE *file = fopen(path, "wb");
	if (!file || fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
		abort();
	return path;
}

static inline char *test_file(const char *folder, const char *name, const char *bytes)
{
	return test_file_bytes(folder, name, bytes, strlen(bytes));
}

#endif
