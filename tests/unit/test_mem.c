#include "testing.h"

#include <sys/wait.h>

/* AddressSanitizer would end the program itself where an allocation cannot succeed. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

static void memory_is_zeroed_also_where_none_is_asked_for(void **state)
{
	(void)state;
	unsigned char *bytes = mem_alloc(1000, 3);
	for (size_t i = 0; i < 3000; i++)
		assert_int_equal(bytes[i], 0);
	free(bytes);
	void *nothing = mem_alloc(0, 8);
	assert_non_null(nothing);
	free(nothing);
	nothing = mem_alloc(8, 0);
	assert_non_null(nothing);
	free(nothing);
}

static void array_grows_keeps_its_items_and_zeroes_new_room(void **state)
{
	(void)state;
	size_t *items = NULL, capacity = 0;
	for (size_t count = 0; count < 10000; count++) {
		size_t before = capacity;
		items = mem_grow(items, count, &capacity, sizeof *items);
		assert_true(capacity > count);
		for (size_t i = before; i < capacity; i++)
			assert_int_equal(items[i], 0);
		items[count] = count + 1;
	}
	for (size_t i = 0; i < 10000; i++)
		assert_int_equal(items[i], i + 1);
	assert_true(capacity < 20000);
	size_t *same = items;
	assert_ptr_equal(mem_grow(items, capacity - 1, &capacity, sizeof *items), same);
	free(items);
}

static void array_grows_far_enough_at_once(void **state)
{
	(void)state;
	size_t capacity = 0;
	char *items = mem_grow(NULL, 1000, &capacity, 1);
	assert_true(capacity > 1000);
	items[1000] = 1;
	free(items);
}

static int by_number(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void list_that_was_never_made_is_sorted(void **state)
{
	(void)state;
	mem_sort(NULL, 0, sizeof(int), by_number);
	int numbers[] = { 3, 1, 2 };
	mem_sort(numbers, COUNT(numbers), sizeof *numbers, by_number);
	for (int i = 0; i < 3; i++)
		assert_int_equal(numbers[i], i + 1);
}

static void copies_are_copies(void **state)
{
	(void)state;
	char word[] = "Luton";
	char *copy = mem_copy_text(word), *part = mem_copy_bytes("a\0bc", 3), *none = mem_copy_bytes(NULL, 0);
	word[0] = 'X';
	assert_string_equal(copy, "Luton");
	assert_memory_equal(part, "a\0b", 4);
	assert_string_equal(none, "");
	free(copy);
	free(part);
	free(none);
}

static void printed_text_has_the_length_it_needs(void **state)
{
	(void)state;
	char *text = mem_print("%d %s %5.2f%%", 42, "areas", 1.5);
	assert_string_equal(text, "42 areas  1.50%");
	free(text);
	text = mem_print("%0*d", 5000, 1);
	assert_int_equal(strlen(text), 5000);
	free(text);
}

static void arena_keeps_all_its_strings(void **state)
{
	(void)state;
	enum { STRINGS = 20000 };
	struct mem_arena *arena = mem_arena_new();
	char **strings = mem_alloc(STRINGS, sizeof *strings), buffer[64], longer[40000];
	memset(longer, 'y', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	char *first_long = mem_arena_copy(arena, longer);
	for (size_t i = 0; i < STRINGS; i++) {
		snprintf(buffer, sizeof buffer, "%zu-%.*s", i, (int)(i % 50), longer);
		strings[i] = mem_arena_copy(arena, buffer);
	}
	char *last_long = mem_arena_copy(arena, longer);
	for (size_t i = 0; i < STRINGS; i++) {
		snprintf(buffer, sizeof buffer, "%zu-%.*s", i, (int)(i % 50), longer);
		assert_string_equal(strings[i], buffer);
	}
	assert_string_equal(first_long, longer);
	assert_string_equal(last_long, longer);
	assert_null(mem_arena_copy(arena, NULL));
	assert_string_equal(mem_arena_copy(arena, ""), "");
	free(strings);
	mem_arena_free(arena);
	mem_arena_free(NULL);
}

/* Sizes whose product overflows must not come back as a small block. In a child, whose end is the answer. */
static void memory_that_is_not_there_ends_the_program_with_70(void **state)
{
	(void)state;
	for (int which = 0; which < 2; which++) {
		fflush(NULL);
		pid_t child = fork();
		if (child == 0) {
			size_t capacity = SIZE_MAX / 8;
			if (!freopen("/dev/null", "w", stderr))
				_exit(1);
			if (which == 0)
				free(mem_alloc(SIZE_MAX / 2, 4));
			else
				free(mem_grow(NULL, capacity, &capacity, 16));
			_exit(0);
		}
		int status;
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 70);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_also_where_none_is_asked_for),
		cmocka_unit_test(array_grows_keeps_its_items_and_zeroes_new_room),
		cmocka_unit_test(array_grows_far_enough_at_once),
		cmocka_unit_test(list_that_was_never_made_is_sorted),
		cmocka_unit_test(copies_are_copies),
		cmocka_unit_test(printed_text_has_the_length_it_needs),
		cmocka_unit_test(arena_keeps_all_its_strings),
		cmocka_unit_test(memory_that_is_not_there_ends_the_program_with_70),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
